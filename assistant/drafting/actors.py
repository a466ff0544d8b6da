"""Which of two acts on the other, and which study a figure is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise, product
from typing import Final

from assistant.drafting.sameness import same
from assistant.drafting.sayings import Said, Saying, Thing
from assistant.drafting.wordings import load_wordings
from assistant.entries import Statement

_STUDY_CUT: Final = re.compile(r"[;:]\s|,?\s(?:while|whereas|but|and)\s|,\s(?=[A-Z]\w+'s?\b)")
_CUT: Final = re.compile(r"[;:.()]|\b(?:but|while|whereas|than|against|versus|before|after)\b", re.IGNORECASE)
_SEVERAL: Final = 2
_ACTING: Final = frozenset({"mechanism", "anatomy"})
_ACTS: Final = re.compile(
    r"\b(?:inhibit|activat|block|stimulat|releas|produc|increas|decreas|reduc|lower|rais|sensitis|excit|suppress|"
    r"antagonis|modulat|maintain|caus|trigger|prevent|remov|generat|express|affect|contribut|lead|result|rise|form|"
    r"suppl|enhanc|induc|evok)\w*",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"\b(?:by|from|due to|because of|result of|owing to)\b", re.IGNORECASE)


def other_actor(said: Saying, source: Saying) -> str | None:
    """Two structures or processes of which the one acts on the other in the statement, and is acted on here.

    Their sequence turns with the voice: "X inhibits Y" and "Y is inhibited by X".
    """
    for one, other in combinations([thing for thing in said.things if thing.kind in _ACTING], 2):
        if one.id == other.id or _far(said, one, other):
            continue
        exchanged = [
            (first.start > last.start) != (_voice(said, one, other) != _voice(source, first, last))
            for first, last in product(_named(source, one.id), _named(source, other.id))
            if not _far(source, first, last)
        ]
        if exchanged and all(exchanged):
            return "it exchanges what acts and what is acted on"
    return None


def _named(text: Saying, name: str) -> list[Thing]:
    return [thing for thing in text.things if thing.id == name]


def _far(text: Saying, one: Thing, other: Thing) -> bool:
    """Whether two things are not joined by one verb: listed, in different clauses, or without a verb of acting."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    between = text.text[start:end]
    return bool(_CUT.search(between) or "," in between) or not _ACTS.search(between)


def _voice(text: Saying, one: Thing, other: Thing) -> bool:
    """Whether the verb between two things is turned to the passive."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    return bool(_BY.search(text.text[start:end]))


def other_study(said: Saying, source: Saying) -> str | None:
    """A figure of another study than the one that the sentence names, where its statement tells of several."""
    studies = {thing.id for thing in said.things if thing.kind == "study" and thing.id in _named_studies(source)}
    if not studies or len(_named_studies(source)) < _SEVERAL:
        return None
    there = _figures_by_study(source)
    if len(studies) >= _SEVERAL:
        for study, figures in _figures_by_study(said).items():
            owners = [{name for name, own in there.items() if figure in own} for figure in figures]
            if any(names and study not in names for names in owners):
                return "it puts a figure to another study than its statement"
        return None
    for figure in said.figures:
        own = {study for study, figures in there.items() if (figure.value, figure.unit) in figures}
        if own and not own & studies:
            return "it puts a figure to another study than its statement"
    return None


def of_another_study(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """Words that the statement has of one study alone, and the sentence of another: "tolerable in A's, none in B's"."""
    here, there = (_words_by_study(text) for text in (said, source))
    if len(there) < _SEVERAL:
        return None
    foreign, own = list[Said](), 0
    for study in here.keys() & there.keys():
        for word in here[study]:
            owners = {name for name, words in there.items() if any(same(word, other) for other in words)}
            own += owners == {study}
            foreign += [word] if owners and study not in owners else []
    if len(foreign) >= _SEVERAL and len(foreign) > own:
        return f"its statement says “{foreign[0].text}” of another study"
    return None


def _words_by_study(text: Saying) -> dict[str, list[Said]]:
    """The words with content in the clauses that name one study, by study."""
    idle = load_wordings().free | load_wordings().telling
    found: dict[str, list[Said]] = {}
    for study, start, end in _of_one_study(text):
        words = [w for w in text.words if start <= w.start < end and w.stem not in idle and not w.is_name]
        found.setdefault(study, []).extend(words)
    return found


def _of_one_study(text: Saying) -> Iterator[tuple[str, int, int]]:
    """The clauses that name one study: which, where they start and end."""
    studies = _named_studies(text)
    cuts = [0, *(match.end() for match in _STUDY_CUT.finditer(text.text)), len(text.text)]
    for start, end in pairwise(cuts):
        named = {thing.id for thing in text.things if thing.id in studies and start <= thing.start < end}
        if len(named) == 1:
            yield named.pop(), start, end


def _named_studies(text: Saying) -> frozenset[str]:
    """Studies called by a name, as against "the trial"."""
    return frozenset(
        thing.id
        for thing in text.things
        if thing.kind == "study" and text.text[thing.start : thing.start + 1].isupper()
    )


def _figures_by_study(text: Saying) -> dict[str, set[tuple[float, str | None]]]:
    """Figures by the only study that is named in their clause."""
    found: dict[str, set[tuple[float, str | None]]] = {}
    for study, start, end in _of_one_study(text):
        found.setdefault(study, set()).update((f.value, f.unit) for f in text.figures if start <= f.start < end)
    return found
