"""A text against the review, sentence by sentence, deterministic and total: all checks, and the repaired text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from assistant.corpus import load
from assistant.errors import PatientError
from assistant.guardrail.checks import CHECKS
from assistant.guardrail.context import Context
from assistant.guardrail.fragments import last_asked, put_in, put_together
from assistant.guardrail.printed_references import without_references
from assistant.guardrail.repair import repair
from assistant.guardrail.reported import as_meant
from assistant.guardrail.supposed import without_supposed
from assistant.guardrail.types import Finding, Report, verdict
from assistant.guardrail.units import Document, read
from assistant.pathway import load_algorithm, plan
from assistant.patient import Patient
from assistant.reading import sentences

# Checks that read a reference's own title, journal and pages; to the others these are no clinical claims.
OF_REFERENCES: Final = ("citation", "fabricated")
_CLINICAL: Final = tuple((name, work) for name, work in CHECKS if name not in OF_REFERENCES)
# Longer texts are checked up to here and the rest is said to be unchecked: an answer is some hundred words.
LONGEST: Final = 40_000
# A question in whose words a bare answer is read.
LONGEST_ASKED: Final = 600


def report(text: str, patient: Patient | Mapping[str, Any] | None, question: str | None) -> Report:
    """The findings on a text, the verdict on them, and the text repaired."""
    findings, document = examine(text, patient, question)
    repaired = repair(document, findings, lambda again: examine(again, patient, question))
    return Report(verdict(findings), findings, repaired)


def examine(
    text: str, patient: Patient | Mapping[str, Any] | None, question: str | None
) -> tuple[tuple[Finding, ...], Document]:
    """The findings on a text, in order of the text, and the text as read."""
    found: list[Finding] = []
    document = read(text[:LONGEST])
    if not any(character.isalnum() for character in document.normalised.text):
        found.append(_input("block", 0, len(text), "the text is empty; there is nothing to check"))
    if len(text) > LONGEST:
        found.append(_input("caution", LONGEST, len(text), f"only the first {LONGEST:,} characters were checked"))
    context, fault = _context(patient, question)
    if fault:
        found.append(_input("caution", 0, 0, f"the patient can't be used and was left aside: {fault}"))
    prose = without_supposed(without_references(document, context.corpus))
    for name, work in CHECKS:
        found += _run(name, work, document if name in OF_REFERENCES else prose, context)
    found += _of_bare_answers(document, question, context)
    found = list(as_meant(found, document))
    return tuple(sorted(_unique(found), key=lambda item: (item.start, item.end, item.rule))), document


def _of_bare_answers(document: Document, question: str | None, context: Context) -> Iterable[Finding]:
    """What is found in an answer that says something only with its question: "Three hours" to "How long?"."""
    text = document.normalised.text
    before = last_asked(question) if question and question.strip() and len(question) < LONGEST_ASKED else ""
    if not before and "?" not in text:
        return
    for at, span in enumerate(sentences(text)):
        piece = text[span.start : span.end]
        # In the text itself the two have been put together as it was read.
        readings = {put_in(before, piece), put_together(before, piece) if not at else None} if before else set()
        place = document.span(span.start, span.end)
        for reading in sorted(filter(None, readings)):
            together = without_supposed(without_references(read(reading), context.corpus))
            found = (item for name, work in _CLINICAL for item in _run(name, work, together, context))
            yield from (replace(item, start=place[0], end=place[1]) for item in found if item.category != "input")
        before = piece.strip() if piece.rstrip().endswith("?") else ""


def _context(patient: object, question: str | None) -> tuple[Context, str]:
    who, fault = None, ""
    if patient is not None:
        try:
            who = Patient.from_value(patient)  # type: ignore[arg-type]
        except PatientError as error:
            fault = str(error)
    return Context(load(), load_algorithm(), who, plan(who) if who else None, question), fault


def _run(
    name: str, work: Callable[[Document, Context], Iterable[Finding]], document: Document, context: Context
) -> list[Finding]:
    """A check's findings; a check that breaks is itself a block finding: what was not checked must not pass."""
    try:
        return list(work(document, context))
    except Exception as error:  # whatever it is, the text was not checked
        fault = f"the check {name!r} failed ({type(error).__name__}); the text was not checked"
        return [_input("block", 0, len(document.normalised.original), fault)]


def _input(severity: Any, start: int, end: int, message: str) -> Finding:
    return Finding("INP-1", "input", severity, start, end, message)


def _unique(found: Iterable[Finding]) -> list[Finding]:
    """One finding per rule and place."""
    return list({(item.rule, item.start, item.end): item for item in found}.values())
