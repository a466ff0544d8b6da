"""Marks against what was said before them: the study that is spoken of, the source that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from assistant.corpus import load
from assistant.guardrail.context import corrects_error, says_silence
from assistant.guardrail.facts import Study, in_days, named, spoken_of, studies
from assistant.guardrail.quantities import amounts
from assistant.guardrail.rules import finding
from assistant.guardrail.support import carried_for, tokens, weight
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit

# The sentence turns to something else than the study before it.
_TURNS: Final = re.compile(
    r"\b(?:another|other|others|second|further|later|earlier|elsewhere|both|two|three|four|all|these|trials|studies|"
    r"unlike|whereas|while|by contrast|in contrast|different|next|also|besides|too|separate)\b",
    re.IGNORECASE,
)
_ASKS_SOURCE: Final = re.compile(
    r"^\W*(?:q\W+)?(?:(?:on|from|in|by|to) )?(?:who|whose|which|what|where)\b.{0,80}\b(?:trial|study|series|survey|"
    r"work|"
    r"paper|reference|author|source|review|rests?|comes? from|stems?|credit|cite\w*|based)\b",
    re.IGNORECASE,
)
# A mark of one reference, and where what it stands for begins.
_ONE_MARK: Final = re.compile(r"\[(\d{1,2})\]")
_SEGMENT: Final = re.compile(r"\]|[;|\n]|\.\s|,? (?:but|while|whereas|and then)\b")
_AHEAD: Final = re.compile(r"\s*(?:for|at|on|is|are|covers?|gives?|reports?|describes?|by|=|:)(?!\w)")
_LEAST: Final = 0.9
_MOST: Final = 12
_ENOUGH: Final = 8.0
_WELL: Final = 0.6
_PART: Final = 0.7


def answered(document: Document) -> Iterator[Finding]:
    """Marks of another study than the one that the sentence goes on about, or than the question asks for."""
    about: tuple[Study, ...] = ()
    before: Unit | None = None
    for unit in document.units:
        own = _by_name(unit)
        if unit.marks and not (unit.is_question or corrects_error(unit) or says_silence(unit)):
            marked = {number for mark in unit.marks for number in mark}
            if before is not None and before.is_question and _ASKS_SOURCE.search(before.text):
                yield from _of_question(document, unit, before, marked)
            elif about and not own:
                yield from _of_study(document, unit, about, marked)
            yield from _of_report(document, unit)
        about = own or (about if not unit.marks else ())
        before = unit


def _by_name(unit: Unit) -> tuple[Study, ...]:
    """The one study of which the author is named."""
    found = tuple(study for study in named(unit) if study.author in unit.text.lower())
    return found if len({study.author for study in found}) == 1 else ()


def _of_study(document: Document, unit: Unit, about: tuple[Study, ...], marked: set[int]) -> Iterator[Finding]:
    right = {number for study in about for number in study.references}
    others = {number for study in studies().values() for number in study.references} - right
    if not marked or not marked <= others or _TURNS.search(unit.text):
        return
    fitting = {study.id for study in spoken_of(unit)}
    if not all(study.id in fitting for study in about):
        return
    said = tokens(unit.text)
    mine = max(carried_for(said, number, apart=True)[0].score for number in sorted(right))
    theirs = max(carried_for(said, number, apart=True)[0].score for number in sorted(marked))
    if mine >= theirs and mine > 0:
        listed = ", ".join(map(str, sorted(right)))
        yield finding("CIT-3", document, unit, detail=f"The study spoken of stands for [{listed}].")


def _of_report(document: Document, unit: Unit) -> Iterator[Finding]:
    """A mark of one report of a trial behind the time of another of its reports: two years, three to five years."""
    for match in islice(_ONE_MARK.finditer(unit.text), _MOST):
        study = _reports().get(int(match[1]))
        if not study or _AHEAD.match(unit.text, match.end()):
            continue
        start = max((cut.end() for cut in _SEGMENT.finditer(unit.text, 0, match.start())), default=0)
        said = {
            number
            for item in amounts(unit)
            if item.kind == "time" and start <= item.start < match.start()
            for number, low, high in study
            if low * _LEAST <= item.value and (item.upper or item.value) <= high / _LEAST
        }
        if len(said) == 1 and int(match[1]) not in said:
            detail = f"For this time read [{said.pop()}]."
            yield finding("CIT-2", document, unit, match.span(), detail=detail)


@lru_cache(maxsize=1)
def _reports() -> dict[int, tuple[tuple[int, float, float], ...]]:
    """Under each report of a trial that several references report: all of them with their follow-up in days."""
    found: dict[str, dict[int, tuple[float, float]]] = {}
    for item in load().statements:
        for quantity in item.numbers if len(item.references) == 1 else ():
            low = in_days(quantity.value, quantity.unit) if quantity.role == "follow-up" else None
            study = next((name for name, one in studies().items() if item.references[0] in one.references), None)
            if low and study and len(studies()[study].references) > 1:
                high = in_days(quantity.upper, quantity.unit) if quantity.upper else low
                found.setdefault(study, {})[item.references[0]] = (low, high or low)
    return {
        number: tuple((other, *times) for other, times in reports.items())
        for reports in found.values()
        for number in reports
    }


def _of_question(document: Document, unit: Unit, asked: Unit, marked: set[int]) -> Iterator[Finding]:
    said = tokens(asked.text)
    if sum(map(weight, said)) < _ENOUGH:
        return
    pairs = [carried_for(said, number, apart=True) for number in sorted(marked)]
    own, rival = max(pair[0].score for pair in pairs), max((pair[1] for pair in pairs), key=lambda match: match.score)
    if rival.passage is None or rival.score < _WELL or marked & set(rival.passage.references):
        return
    if own < _PART * rival.score:
        detail = f"For what is asked read [{', '.join(map(str, rival.passage.references))}]."
        yield finding("CIT-2", document, unit, statement=rival.passage.id, detail=detail)
