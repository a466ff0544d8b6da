"""Marks against what was said before them: the study that is spoken of, the source that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.context import corrects_error, says_silence
from assistant.guardrail.facts import Study, named, spoken_of, studies
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
