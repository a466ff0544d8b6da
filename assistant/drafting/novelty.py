"""What a sentence has that its statement does not: things, words, gravity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.corpus import load
from assistant.drafting.figures import is_bound
from assistant.drafting.parts import PARTS
from assistant.drafting.sameness import same, stands_for
from assistant.drafting.sayings import GENERAL, Said, Saying, role, saying
from assistant.drafting.silence import both_silent
from assistant.drafting.wordings import load_wordings
from assistant.entries import Statement
from assistant.reading import stem

# Words that claim nothing where the review is said to be silent.
_IN_SILENCE: Final = frozenset({"should", "must", "may", "need", "any", "only", "exact", "specif"})
_SEVERAL: Final = 2
# Words of caution, which claim no more where the statement is cautious, too.
_WEAKER: Final = frozenset(
    "may might could can possibly perhaps consider considered considering seem seems appear appears potentially".split()
)
_ORDER_WORDS: Final = frozenset({"after", "once", "following", "when", "upon", "during", "subsequent"})
_PHRASAL: Final = re.compile(r"\b(?:carried|carry|ruled?|worked|work|set|taken|stands?) $", re.IGNORECASE)
_GRAVE: Final = frozenset(map(stem, "serious severe major minor mild grave fatal".split()))
_OPPOSITES: Final = re.compile(
    r"\b(central|peripheral|acute|chronic|upper|lower|short|long)(?: or |/)(central|peripheral|acute|chronic|"
    r"upper|lower|short|long)\b",
    re.IGNORECASE,
)


def foreign_things(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """Something named that the statement does not name; a broader word for it is allowed."""
    known = load().concepts
    # A word of another wording may be read as a finding that the statement does not have: "infusions lasted".
    own = load().with_broader(name for name in saying(statement.text).ids if name in known)
    ids = {name for name in source.ids if name in own or name not in known or known[name].kind != "finding"}
    there = load().with_broader([name for name in (*ids, *statement.about) if name in known]) | ids
    wordings = load_wordings()
    for thing in said.things:
        if thing.kind == "source" or thing.id in there:
            continue
        # An arm is a limb, too.
        idle = wordings.free if role(thing) else wordings.free | wordings.telling
        stems = {word.stem for word in source.words}
        # Another treatment is not the same because its words may stand for some: "medical management".
        is_other_treatment = thing.kind == "intervention" and " " in said.text[thing.start : thing.end]
        is_worded = all(
            (word.stem in stems if is_other_treatment else stands_for(word, source)) or word.stem in idle
            for word in said.words_in(thing)
        )
        if not is_worded:
            return f"its statement does not speak of “{said.text[thing.start : thing.end]}”"
    return None


def graver(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
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


def one_half(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
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
    is_careful = any(word.stem in wordings.hedges for word in source.words)
    foreign = [
        word for word in content
        if not stands_for(word, source) and word.stem not in weak and not (word.text == "any" and word.is_denied)
        and not (word.text in _WEAKER and is_careful) and not is_bound(said, word)
        and not (word.text in ("only", "just") and _is_least(said, word))
        and not (word.text == "out" and _PHRASAL.search(said.text[: word.start]))
    ]  # fmt: skip
    is_idle = _orders_nothing(said, statement)
    return [word for word in foreign if not (is_idle and word.text in _ORDER_WORDS)]


def _is_least(said: Saying, word: Said) -> bool:
    """Whether "only" stands before the smallest of several figures of a kind, with which that is compared."""
    end = word.start + len(word.text)
    after = next((figure for figure in said.figures if figure.start > word.start), None)
    if after is None or said.text[end : after.start].strip():
        return False
    return any(figure.value > after.value for figure in said.figures if figure.unit == after.unit)


def strange_words(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A word that stands for none of the statement."""
    foreign = foreign_words(said, source, statement)
    return f"its statement does not say “{foreign[0].text}”" if foreign else None


def _orders_nothing(said: Saying, statement: Statement) -> bool:
    """Whether "after" and "once" put no treatments in order: the sentence names one at most."""
    treatments = {thing.id for thing in said.things if thing.kind == "intervention"} - GENERAL
    return "order" not in statement.aspects and len(treatments) < _SEVERAL
