"""Safety omission: a list of risks that is called complete and leaves out some that the review lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.context import Context
from assistant.guardrail.omission_words import (
    BEFORE,
    COMPLETE,
    GOES_WRONG,
    HERE,
    LOOSE,
    PARTIAL,
    SEDATION_GAINS,
    SEDATION_HARM,
    TOPIC,
)
from assistant.guardrail.risks import Masked, ancestors, masked, risks_of, settings, treatments_near
from assistant.guardrail.rules import finding
from assistant.guardrail.safety_mood import is_asserted
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document

# How many sentences or items a list may reach over.
_REACH: Final = 12


def safety_omission(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on lists of risks that are called complete."""
    for position, unit in enumerate(document.units):
        sentence = masked(unit.text)
        if PARTIAL.search(sentence.text) or unit.is_question:
            continue
        here = _claim(document, position, sentence.text, HERE)
        before = _claim(document, position, sentence.text, (BEFORE,))
        loose = not (here or before) and _claim(document, position, sentence.text, LOOSE)
        if _weighs_gains_alone(document, position):
            yield finding("OMI-1", document, unit, statement="sedation-concerns", severity="caution")
        if not (here or before or loose):
            continue
        first, last = _list(document, position, backward=before)
        found = _missing(document, first, last, position, context) or _named_none(sentence)
        if found:
            missing, statement = found
            grave = [name for name in missing if name not in settings()["minor"]]
            detail = "Left out: " + ", ".join(context.corpus.concepts[name].label for name in (grave or missing)) + "."
            yield finding(
                "OMI-1",
                document,
                unit,
                statement=statement,
                detail=detail,
                severity=None if grave and not loose else "caution",
            )


def _named_none(sentence: Masked) -> tuple[list[str], str] | None:
    """What a list leaves out that is called complete, and holds none of the risks that the review lists."""
    treatment = next((name for name in sentence.treatments if risks_of(name)), None)
    if sentence.risks or not treatment or not (COMPLETE.search(sentence.text) and GOES_WRONG.search(sentence.text)):
        return None
    listed = risks_of("stellate_block" if treatment == "sympathetic_block" else treatment)
    missing = list(listed)
    grave = next((name for name in missing if name not in settings()["minor"]), missing[0])
    return missing, listed[grave]


def _weighs_gains_alone(document: Document, position: int) -> bool:
    """Whether only what speaks for sedation is let count, in a text that names no risk of it."""
    text = masked(document.units[position].text)
    around = " ".join(unit.text.lower() for unit in document.units[max(0, position - 1) : position + 2])
    named = "sedation" in text.treatments or "sedat" in text.text
    return named and bool(SEDATION_GAINS.search(text.text)) and not text.risks and not SEDATION_HARM.search(around)


def _claim(document: Document, position: int, text: str, patterns: tuple[re.Pattern[str], ...]) -> bool:
    return any(
        is_asserted(
            document,
            position,
            text,
            match.span(),
            negation=not match.group().startswith(("no", "apart", "except", "besides", "other")),
        )
        for pattern in patterns
        for match in pattern.finditer(text)
    )


def _list(document: Document, position: int, *, backward: bool) -> tuple[int, int]:
    """First and last unit of the list that the claim in the unit at `position` is about."""
    first = last = position
    units = document.units
    if backward:
        while first and position - first < _REACH and masked(units[first - 1].text).risks:
            first -= 1
    if backward and first and units[first - 1].is_question:
        first -= 1
    if not backward or first == position:
        while last + 1 < len(units) and last - position < _REACH and _is_item(units[last + 1].text):
            last += 1
    return first, last


def _is_item(text: str) -> bool:
    """Whether a unit is an item of a list: little else than a risk."""
    sentence = masked(text)
    return bool(sentence.risks) and len(re.findall(r"[a-z]{3,}", re.sub(r"<\w+>", "", sentence.text))) <= 5


def _missing(
    document: Document, first: int, last: int, position: int, context: Context
) -> tuple[list[str], str] | None:
    """What a complete list for the treatment in question would hold too, and the statement that lists it."""
    sentences = [masked(unit.text) for unit in document.units[first : last + 1]]
    asked = document.units[first - 1] if first and document.units[first - 1].is_question else None
    if not any(TOPIC.search(sentence.text) for sentence in (*sentences, *([masked(asked.text)] if asked else []))):
        return None
    named = {risk for sentence in sentences for risk in sentence.risks}
    treatments = treatments_near(document, position, context.question)
    everywhere = [
        name for unit in reversed(document.units[: last + 1]) for name in reversed(masked(unit.text).treatments)
    ]
    owner = next((name for name in (*treatments, *everywhere) if named & _with_covered(set(risks_of(name)))), None)
    if not treatments and not owner:
        # Risks of one treatment alone tell which it is.
        owners = [
            name
            for name in ("stellate_block", "lumbar_block", "ketamine", "scs", "pns")
            if named <= set(risks_of(name))
        ]
        owner = owners[0] if len(owners) == 1 else None
    if not named or not owner:
        return None
    # "That block" may be any block that has a list: the one that the text comes closest to.
    members = ("stellate_block", "lumbar_block") if owner == "sympathetic_block" else (owner,)
    covered = _with_covered(named)
    missing, listed = min(
        (([risk for risk in risks_of(name) if risk not in covered], risks_of(name)) for name in members),
        key=lambda item: len(item[0]),
    )
    return (
        (missing, listed[next((name for name in missing if name not in settings()["minor"]), missing[0])])
        if missing
        else None
    )


def _with_covered(named: set[str]) -> set[str]:
    """The risks with those that naming them covers: broader, narrower, cause and effect."""
    covered = set(named)
    for line in settings()["covers"]:
        if named & set(line):
            covered |= set(line)
    known = {name for line in risks_of_all() for name in line}
    covered |= {name for name in known if ancestors(name) & named}
    return covered | {name for risk in named for name in ancestors(risk)}


def risks_of_all() -> tuple[tuple[str, ...], ...]:
    """The lists of every treatment that has one."""
    return tuple(tuple(risks_of(name)) for name in ("stellate_block", "lumbar_block", "ketamine", "scs", "pns"))
