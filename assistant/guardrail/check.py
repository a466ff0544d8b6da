"""`check`, quick to import: the checks with their patterns, the rules and the corpus are loaded by its first call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assistant.guardrail.types import Report

if TYPE_CHECKING:
    from assistant.patient import Patient


def check(text: str, patient: Patient | Mapping[str, Any] | None = None, question: str | None = None) -> Report:
    """The report on a text; never raises on a str, and gives the same report for the same input everywhere.

    patient: a Patient or a mapping of its fields; one that can't be used is a caution and the text is checked alone.
    question: what the text answers; an emergency in it that the text ignores is a finding, and a bare answer ("36.") is
    read in its words.
    """
    from assistant.guardrail.examination import report

    return report(text, patient, question)
