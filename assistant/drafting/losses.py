"""What a sentence loses of its statement: caution, grade, condition, limit, subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from assistant.corpus import load
from assistant.drafting.parts import is_told, told_parts
from assistant.drafting.rephrasing import plainer
from assistant.drafting.sayings import GENERAL, Said, Saying, saying
from assistant.drafting.silence import both_silent, is_open_too, is_silence
from assistant.drafting.wholeness import conditions
from assistant.drafting.wordings import load_wordings
from assistant.entries import Statement
from assistant.reading import stem

# "Can occur" is as careful as "may occur".
_ALSO_HEDGES: Final = frozenset({"can", "could", "thought"})
# Words that deny by themselves, as "rather than" does not.
_NAME: Final = re.compile(r"May [A-Z]")
_NOT_EXCLUDED: Final = re.compile(
    r"\b(?:not|cannot|[a-z]+n't)\b[^.;,]*\b(?:rules? out|ruled out|exclud\w+)", re.IGNORECASE
)
_REASON: Final = re.compile(r"(?:because|since|as|although|though|at \d+ \w+, when)\b[^,]*,\s+", re.IGNORECASE)
_CONTRASTS: Final = frozenset({"but", "yet", "while", "whereas", "although", "though", "despite", "however"})
# Limits that set one thing apart from others.
_OUTSIDE: Final = frozenset(map(stem, "outside except exception unlike".split()))


def losses(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A hedge, a grade of evidence, a condition or a limit lost, of those parts of the statement that are told."""
    if both_silent(said, statement):
        return _lost_subject(said, statement, named)
    wordings = load_wordings()
    parts = told_parts(said, plainer(statement.text))
    told = [word for part in parts for word in part.words]
    free = {word.stem for part in parts for word in part.free_words()}
    here, there = {word.stem for word in said.words}, {word.stem for word in told}
    if any(is_told(said, chunk) for part in parts for chunk in hedged(part)) and not here & (
        wordings.hedges | _ALSO_HEDGES
    ):
        return "its statement is more cautious"
    if (there & wordings.grades) - here and "evid" in here and not here & wordings.grades:
        return "it leaves out how strong the evidence is"
    groups_here = {group for word in said.words for group in word.groups}
    for word in told:
        if word.stem not in free or word.stem in here or word.groups & groups_here:
            continue
        if word.stem in wordings.conditions:
            return f"it leaves out a condition of its statement: “{word.text}”"
        if word.stem in wordings.limits and not _keeps_to(said, word, told):
            return f"it leaves out a limit of its statement: “{word.text}”"
    if any(_NOT_EXCLUDED.search(part.text) for part in parts) and not _NOT_EXCLUDED.search(said.text):
        return "its statement only does not exclude that"
    is_open = any(is_silence(part.text) for part in parts)
    if "gap" in statement.aspects and is_open and not is_open_too(said, statement):
        return "its statement is on what the review leaves open"
    return _lost_subject(said, statement, named)


def hedged(part: Saying) -> list[str]:
    """What a part asserts with caution, apart from the reason before it; none in a name, nor in a condition of it."""
    spans = conditions(part.text)
    starts = [
        word.start
        for word in part.free_words()
        if word.stem in load_wordings().hedges
        and not (word.stem == stem("reportedly") and word.text != "reportedly")
        and not (word.text == "may" and _NAME.match(part.text, word.start))
        and not any(start <= word.start < end for start, end in spans)
    ]
    reason = _REASON.match(part.text)
    cuts = [0, *([reason.end()] if reason else []), len(part.text)]
    return [part.text[a:b] for a, b in pairwise(cuts) if any(a <= start < b for start in starts)]


def _keeps_to(said: Saying, limit: Said, told: Sequence[Said]) -> bool:
    """Whether a limit need not be told: of what lies outside it the sentence names a part, or says "other"."""
    if limit.stem == stem("standing"):
        return limit.text != "standing"
    if limit.stem not in _OUTSIDE:
        return False
    conditions = {thing.id for thing in said.things if thing.kind == "condition"} - GENERAL - {"neuropathic_pain"}
    at = told.index(limit) if limit in told else -1
    excluded = {thing.id for thing in saying(" ".join(word.text for word in told[at + 1 : at + 4])).things}
    return bool(conditions - excluded and not conditions & excluded) or any(word.text == "other" for word in said.words)


def _lost_subject(said: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A sentence must name, of the treatments and of the conditions that its statement is about, one each."""
    known = load().concepts
    if any(thing.kind == "study" and said.text[thing.start].isupper() for thing in said.things):
        return None  # a study by its name has its treatment and its condition
    about = load().with_broader(statement.about)
    things = [thing for part in told_parts(said, plainer(statement.text)) for thing in part.things]
    for kind in ("intervention", "condition"):
        of_kind = {thing.id for thing in things if thing.kind == kind and thing.id in about} - GENERAL
        wider = load().with_broader(name for name in of_kind if name in known)
        near = {thing.id for thing in said.things if thing.kind == kind} | (named & set(known))
        narrower = load().with_broader(name for name in near if name in known)
        if of_kind and not (near & wider or narrower & of_kind):
            return f"it does not say of which {'treatment' if kind == 'intervention' else kind} it speaks"
    return None


def overstated(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A grade or a superlative put to another noun than in the statement."""
    grades = load_wordings().grades
    pairs = {pair for at, _ in enumerate(source.words) for pair in _graded(source.words, at, grades)}
    for at, word in enumerate(said.words):
        if word.stem in grades:
            here = set(_graded(said.words, at, grades))
            if here and pairs and not here & pairs and any(pair[0] == word.stem for pair in pairs):
                return f"its statement puts “{word.text}” to something else"
    return None


def _graded(words: Sequence[Said], at: int, grades: frozenset[str]) -> Iterable[tuple[str, str]]:
    """The word with the nouns of grading that follow or precede closely in its clause."""
    if words[at].stem not in grades:
        return
    start = max((i + 1 for i in range(at) if words[i].text in _CONTRASTS), default=0)
    end = min((i for i in range(at, len(words)) if words[i].text in _CONTRASTS), default=len(words))
    for other in words[max(start, at - 7) : min(end, at + 6)]:
        if other.stem in ("evid", "recommend", "support", "effect", "relief", "qualiti"):
            yield words[at].stem, other.stem
