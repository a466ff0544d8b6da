"""What a sentence has that its statement does not: things, words, gravity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from assistant.corpus import load
from assistant.drafting.parts import PARTS
from assistant.drafting.sameness import same, stands_for
from assistant.drafting.sayings import GENERAL, Said, Saying, role, saying
from assistant.drafting.silence import both_silent
from assistant.drafting.wordings import load_wordings
from assistant.entries import Statement
from assistant.reading import stem

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
_GRAVE: Final = frozenset(map(stem, "serious severe major minor mild grave fatal".split()))
_OPPOSITES: Final = re.compile(
    r"\b(central|peripheral|acute|chronic|upper|lower|short|long)(?: or |/)(central|peripheral|acute|chronic|"
    r"upper|lower|short|long)\b",
    re.IGNORECASE,
)


def foreign_things(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
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
    foreign = [
        word for word in content
        if not stands_for(word, source) and word.stem not in weak and not (word.text == "any" and word.is_denied)
        and not (word.text == "out" and _PHRASAL.search(said.text[: word.start]))
    ]  # fmt: skip
    is_idle = _orders_nothing(said, statement)
    return [word for word in foreign if not (is_idle and word.text in _ORDER_WORDS)]


def strange_words(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A word that the statement does not have, unless it is a plain one among enough of the statement's."""
    wordings = load_wordings()
    content = [word for word in said.free_words() if word.stem not in wordings.free | wordings.telling]
    foreign = foreign_words(said, source, statement)
    # To deny what the statement does not speak of is a claim of its own.
    is_silent = both_silent(said, statement)
    telling = next((word for word in foreign if (word.is_denied and not is_silent) or not _is_plain(word)), None)
    if telling:
        return f"its statement does not say “{telling.text}”"
    lone = next(iter(foreign), None)
    return f"its statement does not say “{lone.text}”" if lone else None


def _orders_nothing(said: Saying, statement: Statement) -> bool:
    """Whether "after" and "once" put no treatments in order: the sentence names one at most."""
    treatments = {thing.id for thing in said.things if thing.kind == "intervention"} - GENERAL
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
