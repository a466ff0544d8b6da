"""Whether a drafted sentence says what a statement says, and nothing besides; what can't be tied to it is refused.

No model judges this. Each word of the sentence must be one of the statement, or stand for one; each figure must be
there with its unit and bound; what a negation reaches there it must reach here; treatments, arms, sites and figures
keep their places; and hedges, grades of evidence and conditions must not be lost. A rewording that this does not know
is refused, too: then the statement itself is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from assistant.corpus import load
from assistant.drafting.figures import foreign_figures
from assistant.drafting.neighbours import elsewhere, polar
from assistant.drafting.parts import PARTS, is_told, told_parts
from assistant.drafting.places import misplaced
from assistant.drafting.rephrasing import plainer
from assistant.drafting.sameness import same, stands_for
from assistant.drafting.sayings import Said, Saying, role, saying
from assistant.drafting.silence import both_silent, is_open_too, is_silence
from assistant.drafting.wholeness import CONDITION, no_condition, no_order, no_sentence
from assistant.drafting.wordings import load_wordings
from assistant.entries import Statement
from assistant.reading import stem

# "Can occur" is as careful as "may occur".
_ALSO_HEDGES: Final = frozenset({"can", "could", "thought"})
# Words that claim nothing where the review is said to be silent.
_IN_SILENCE: Final = frozenset({"should", "must", "may", "need", "any", "only", "exact", "specif"})
# A word that no list has is let pass among so many others and names that are the statement's, if it is this long.
_CARRIED: Final = 4
# Words and names of the statement for each plain word that it does not have.
_EACH: Final = 4
_SEVERAL: Final = 2
_CHUNK: Final = re.compile(
    r"[,;:]\s+|\s(?:and|but|while|whereas|which|who|that|because|so|by|through|via|with|without)\s"
)
_ORDER_WORDS: Final = frozenset({"after", "once", "following", "when", "upon", "during", "subsequent"})
_SHORTEST: Final = 4
_PHRASAL: Final = re.compile(r"\b(?:carried|carry|ruled?|worked|work|set|taken|stands?) $", re.IGNORECASE)
# Words that deny by themselves, as "rather than" does not.
_NAME: Final = re.compile(r"May [A-Z]")
_GRAVE: Final = frozenset(map(stem, "serious severe major minor mild grave fatal".split()))
_OPPOSITES: Final = re.compile(
    r"\b(central|peripheral|acute|chronic|upper|lower|short|long)(?: or |/)(central|peripheral|acute|chronic|upper|lower|short|long)\b",
    re.IGNORECASE,
)
_NOT_EXCLUDED: Final = re.compile(
    r"\b(?:not|cannot|[a-z]+n't)\b[^.;,]*\b(?:rules? out|ruled out|exclud\w+)", re.IGNORECASE
)
_REASON: Final = re.compile(r"(?:because|since|as|although|though|at \d+ \w+, when)\b[^,]*,\s+", re.IGNORECASE)
_CONTRASTS: Final = frozenset({"but", "yet", "while", "whereas", "although", "though", "despite", "however"})
# Limits that set one thing apart from others.
_OUTSIDE: Final = frozenset(map(stem, "outside except exception unlike".split()))
_STRONG: Final = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|nowhere|neither|(?<!with or )without|cannot|lack\w*|absence|inability|unable|[a-z]+n't)\b",
    re.IGNORECASE,
)
# Names for whatever is done.
_GENERAL: Final = frozenset({"interventional_care", "named_drug", "pain_relief"})


def disagreement(
    sentence: str,
    statements: Sequence[Statement],
    named: Iterable[str] = (),
    *,
    is_part: bool = False,
    is_cited: bool = True,
) -> str | None:
    """Why the sentence is not what one of the statements says; None where it is.

    named: concept ids that the question or the sentence before has named, so that the sentence need not. A sentence
    of several parts may take each from another of the statements. is_part: it is a part of a sentence, whose verb may
    stand in a part before. is_cited: the sentence names the statements itself; in one that is only looked for, no
    word may be new.
    """
    sentence = plainer(sentence)
    said = saying(sentence)
    if any(sentence == plainer(statement.text) for statement in statements):
        return None
    if not is_part and (scrap := no_sentence(said)):
        return scrap
    if not is_cited and any(foreign_words(said, saying(plainer(one.text)), one) for one in statements):
        return "no other statement says that"
    reasons = [_against(said, statement, frozenset(named)) for statement in statements]
    if not reasons or None in reasons:
        return None if reasons else "it cites no statement"
    parts = [part for part in PARTS.split(sentence) if part.strip()]
    if len(statements) > 1 and len(parts) > 1 and _is_joined(parts, statements, frozenset(named)):
        return None
    return reasons[0]


def _is_joined(parts: Sequence[str], statements: Sequence[Statement], named: frozenset[str]) -> bool:
    known = named
    for part in parts:
        if all(_against(saying(part), statement, known) for statement in statements):
            return False
        known |= saying(part).ids
    return True


def _against(said: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    source = saying(plainer(statement.text))
    if [word.stem for word in said.words] == [word.stem for word in source.words] and said.text == source.text:
        return None
    for check in (
        _foreign_things,
        foreign_figures,
        _foreign_words,
        _graver,
        _one_half,
        no_order,
        no_condition,
        polar,
        elsewhere,
        _turned,
        _losses,
        _overstated,
    ):
        reason = check(said, source, statement, named)
        if reason:
            return reason
    return misplaced(said, source)


def _foreign_things(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """Something named that the statement does not name; a broader word for it is allowed."""
    known = load().concepts
    there = load().with_broader([name for name in (*source.ids, *statement.about) if name in known]) | source.ids
    wordings = load_wordings()
    for thing in said.things:
        if thing.kind == "source" or thing.id in there:
            continue
        # An arm is a limb, too.
        idle = wordings.free if role(thing) else wordings.free | wordings.telling
        if not all(stands_for(word, source) or word.stem in idle for word in said.words_in(thing)):
            return f"its statement does not speak of “{said.text[thing.start : thing.end]}”"
    return None


def _graver(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A word of gravity that the statement does not have: "serious" complications."""
    for at, word in enumerate(said.words):
        if word.stem not in _GRAVE:
            continue
        there = [i for i, other in enumerate(source.words) if same(word, other)]
        near = [other for i in there for other in _beside(source, i)]
        counted = _counted(said, source)
        is_apart = counted is not None and not any(same(word, other) for other in counted)
        if is_apart or not any(same(one, other) for one in _beside(said, at) for other in near):
            return f"its statement does not say “{word.text}” of this"
    return None


def _counted(said: Saying, source: Saying) -> Sequence[Said] | None:
    """The words of the part of a statement in which a percentage of the sentence stands; None where there is none."""
    values = {figure.value for figure in said.figures if figure.unit == "percent"}
    for part in map(saying, PARTS.split(source.text)):
        if values & {figure.value for figure in part.figures if figure.unit == "percent"}:
            return part.words
    return None


def _beside(text: Saying, at: int) -> list[Said]:
    """The words with content next to a word, four on either side."""
    return [word for word in text.words[max(0, at - 4) : at + 5] if word.stem not in load_wordings().free]


def _one_half(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """One of two opposites where the statement leaves open which: "central or peripheral"."""
    here = {word.text for word in said.words}
    for match in _OPPOSITES.finditer(source.text):
        if len({match[1].lower(), match[2].lower()} & here) == 1:
            return f"its statement says “{match[0]}”"
    return None


def foreign_words(said: Saying, source: Saying, statement: Statement) -> list[Said]:
    """The words with content that stand for none of the statement."""
    wordings = load_wordings()
    content = [word for word in said.free_words() if word.stem not in wordings.free | wordings.telling]
    weak = _IN_SILENCE if both_silent(said, statement) else frozenset[str]()
    foreign = [
        word for word in content
        if not stands_for(word, source) and word.stem not in weak and not (word.text == "any" and word.is_denied)
        and not (word.text == "out" and _PHRASAL.search(said.text[: word.start]))
    ]  # fmt: skip
    is_idle = _orders_nothing(said, statement)
    return [word for word in foreign if not (is_idle and word.text in _ORDER_WORDS)]


def _foreign_words(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    wordings = load_wordings()
    content = [word for word in said.free_words() if word.stem not in wordings.free | wordings.telling]
    foreign = foreign_words(said, source, statement)
    # To deny what the statement does not speak of is a claim of its own.
    is_silent = both_silent(said, statement)
    telling = next((word for word in foreign if (word.is_denied and not is_silent) or not _is_plain(word)), None)
    if telling:
        return f"its statement does not say “{telling.text}”"
    lone = next((word for word in foreign if not _is_carried(word, foreign, content, said)), None)
    return f"its statement does not say “{lone.text}”" if lone else None


def _orders_nothing(said: Saying, statement: Statement) -> bool:
    """Whether "after" and "once" put no treatments in order: the sentence names one at most."""
    treatments = {thing.id for thing in said.things if thing.kind == "intervention"} - _GENERAL
    return "order" not in statement.aspects and len(treatments) < _SEVERAL


def _is_plain(word: Said) -> bool:
    """Whether a word is in no list of words that claim something, and is no name."""
    wordings = load_wordings()
    lists = wordings.never | wordings.hedges | wordings.grades | wordings.conditions | wordings.limits | wordings.polar
    return word.stem not in lists and len(word.text) >= _SHORTEST and not word.is_name


@lru_cache(maxsize=1)
def _corpus_stems() -> frozenset[str]:
    """Stems of all statements: a word of another statement claims something of its own."""
    return frozenset(word.stem for statement in load().statements for word in saying(statement.text).words)


def _is_carried(word: Said, foreign: Sequence[Said], content: Sequence[Said], said: Saying) -> bool:
    """Whether a plain word stands among enough words and names of the statement, in the sentence and in its part."""
    carried = len(content) - len(foreign) + len(said.things) + len(said.figures)
    if len(foreign) == 1 and carried >= _CARRIED and not word.groups and word.stem not in _corpus_stems():
        return True
    if len(foreign) > max(1, carried // _EACH) or carried < _CARRIED:
        return False
    cuts = [0, *(match.end() for match in _CHUNK.finditer(said.text)), len(said.text)]
    start, end = next((a, b) for a, b in pairwise(cuts) if a <= word.start < b)
    starts = [*(other.start for other in content), *(thing.start for thing in said.things)]
    inside = sum(start <= at < end for at in starts)
    strange = sum(start <= other.start < end for other in foreign)
    return inside - strange >= _SEVERAL * strange


def _turned(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """What is denied here and not there, or there and not here.

    A negation may stand at another place of the clause, so that a word before it comes behind it; then what is denied
    in both must outweigh what is not.
    """
    wordings = load_wordings()
    if both_silent(said, statement):
        return None
    if len(_STRONG.findall(said.text)) > len(_STRONG.findall(source.text)):
        return "its statement does not deny that"
    for word in said.words:
        like = [other for other in source.words if same(word, other)]
        if word.is_struck and like and not any(other.is_denied or other.is_open for other in like):
            return f"its statement says “{word.text}” the other way round"
    turned, alike = list[Said](), 0
    for word in said.free_words():
        if word.stem in wordings.free | wordings.telling or word.text in ("may", "might", "can", "could"):
            continue
        like = [other for other in source.words if same(word, other)]
        there = {other.is_denied for other in like}
        is_other = bool(there) and word.is_denied not in there
        if is_other and not (word.is_open or any(other.is_open for other in like)):
            turned.append(word)
            if word.is_struck or any(other.is_struck for other in like):
                return f"its statement says “{word.text}” the other way round"
        elif word.is_denied and there:
            alike += 1
    if turned and not (said.is_denying and alike >= len(turned)):
        return f"its statement says “{turned[0].text}” the other way round"
    return None


def _losses(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
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
    conditions = [match.span() for match in CONDITION.finditer(part.text)]
    starts = [
        word.start
        for word in part.free_words()
        if word.stem in load_wordings().hedges
        and not (word.stem == stem("reportedly") and word.text != "reportedly")
        and not (word.text == "may" and _NAME.match(part.text, word.start))
        and not any(start <= word.start < end for start, end in conditions)
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
    conditions = {thing.id for thing in said.things if thing.kind == "condition"} - _GENERAL - {"neuropathic_pain"}
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
        of_kind = {thing.id for thing in things if thing.kind == kind and thing.id in about} - _GENERAL
        wider = load().with_broader(name for name in of_kind if name in known)
        near = {thing.id for thing in said.things if thing.kind == kind} | (named & set(known))
        narrower = load().with_broader(name for name in near if name in known)
        if of_kind and not (near & wider or narrower & of_kind):
            return f"it does not say of which {'treatment' if kind == 'intervention' else kind} it speaks"
    return None


def _overstated(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
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
