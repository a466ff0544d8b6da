"""What the guardrail says of a text."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["caution", "block"]
Verdict = Literal["pass", "caution", "block"]
Category = Literal[
    "order", "anatomy", "indication", "evidence", "numeric", "dose", "absolute", "safety_omission", "safety_denial",
    "citation", "pharmacology", "mechanism", "fabricated", "patient", "emergency", "out_of_scope", "unverified",
    "input",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where in the review a finding rests."""

    statement_id: str
    section: str
    paragraph: int | str
    references: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault; text[start:end] of the checked text is what it is about; correction: the canonical sentence."""

    rule: str
    category: Category
    severity: Severity
    start: int
    end: int
    message: str
    source: Source | None = None
    correction: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on a text, its findings in its order, and the text with offending sentences replaced."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    repaired: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "verdict": self.verdict,
            "findings": [finding.to_dict() for finding in self.findings],
            "repaired": self.repaired,
        }


def verdict(findings: tuple[Finding, ...]) -> Verdict:
    """The gravest severity among the findings, "pass" without any."""
    severities = {finding.severity for finding in findings}
    return "block" if "block" in severities else "caution" if severities else "pass"
