"""The shapes that questions become and answers have; plain frozen records without behaviour of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Protocol

Outcome = Literal["answered", "abstained", "refused"]
Message = Mapping[str, str]


class CheckReport(Protocol):
    """What an answer shows of the guardrail's report; `assistant.guardrail.Report` is one."""

    @property
    def verdict(self) -> Literal["pass", "caution", "block"]:
        """The gravest of the findings' severities, "pass" without any."""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One mark of an answer and what stands behind it.

    mark: as printed in the text, "[47, 48]" or "[Chin 2021]". printed: reference numbers as the article prints them
    where they are wrong, as (printed, right) pairs. passage: the article's own words where the library has them.
    """

    mark: str
    statement_id: str
    text: str
    section: str
    paragraph: int | str
    references: tuple[int, ...]
    printed: tuple[tuple[int, int], ...] = ()
    passage: str | None = None
    read: Literal["review", "paper"] = "review"


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was read: standalone wording, concept ids, aspects, and the patient as given or described."""

    question: str
    concepts: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    patient: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way to an answer: its name, what it found in short, and how long it took."""

    name: str
    found: str
    milliseconds: float


# What became of a sentence that a language model drafted. "replaced": its statement stands there instead; a sentence
# that is unverified or contradicted is not shown.
SentenceVerdict = Literal["supported", "supported by inheritance", "unverified", "contradicted", "replaced"]
# Which way an answer came: all of it as drafted; drafted, with sentences replaced or left out; without the model.
Way = Literal["drafted", "drafted in part", "default"]


@dataclass(frozen=True, slots=True)
class DraftedSentence:
    """A sentence as a model drafted it, and what became of it.

    statements: ids of the statements that it rests on; shown: what stands in the answer for it, "" if nothing does;
    reason: why it is not shown as drafted.
    """

    text: str
    verdict: SentenceVerdict
    statements: tuple[str, ...] = ()
    shown: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DraftReport:
    """How a language model's draft became the answer, or why it did not.

    note: one sentence for the reader on which way the answer came; unknown_marks: marks of the draft that stand for no
    statement; calls: how often the model was called; fault: what went wrong with it; milliseconds: its own time, and
    that of checking what it wrote.
    """

    way: Way
    note: str
    model: str
    sentences: tuple[DraftedSentence, ...] = ()
    unknown_marks: tuple[str, ...] = ()
    calls: int = 0
    fault: str | None = None
    model_milliseconds: float = 0.0
    checking_milliseconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked answer; `text` is Markdown with inline marks, every clinical sentence has one.

    draft_report: None where no language model is set.
    """

    outcome: Outcome
    text: str
    understood: Understood
    citations: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()
    report: CheckReport | None = None
    draft_report: DraftReport | None = None
    steps: tuple[Step, ...] = field(default=(), compare=False)

    @property
    def references(self) -> tuple[int, ...]:
        """The review's reference numbers cited, ascending."""
        return tuple(sorted({number for citation in self.citations for number in citation.references}))

    @property
    def milliseconds(self) -> float:
        """Time that this question took, index already open."""
        return round(sum(step.milliseconds for step in self.steps), 3)

    def to_dict(self) -> dict[str, Any]:
        """The batch line without its id, plus `report` and `understood`; JSON-ready."""
        return {
            "outcome": self.outcome,
            "text": self.text,
            "references": list(self.references),
            "citations": [asdict(citation) for citation in self.citations],
            "verdict": self.report.verdict if self.report else None,
            "missing": list(self.missing),
            "milliseconds": self.milliseconds,
            "report": self.report.to_dict() if self.report else None,
            "understood": asdict(self.understood),
            **({"draft_report": asdict(self.draft_report)} if self.draft_report else {}),
        }


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a stream: a stage begun, a piece of checked text, or (always last) the whole answer."""

    kind: Literal["stage", "text", "answer"]
    name: str = ""
    text: str = ""
    answer: Answer | None = None
