"""Each rule and frame of the guardrail: whether it fires, spares its near miss, and is missed when it is dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from assistant.guardrail import Report
from assistant.guardrail.examination import examine
from assistant.guardrail.frames import load_frames
from assistant.guardrail.rules import load_rules
from assistant.guardrail.types import verdict

GRAVITY: Final = ("caution", "block")
# The rule by which the guardrail says that it could not check; it must not pass for having found a fault.
NOT_CHECKED: Final = "INP-1"

Check = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Given:
    """An example as its rule or frame gives it; name: as in a finding; patient, question: for whom and to what."""

    name: str
    kind: Literal["rules", "frames"]
    text: str
    is_near_miss: bool
    patient: Mapping[str, Any] | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """An example and what was found in it.

    found: whether its rule spoke. covered_by: other rules that find at least as grave a fault in it, so that nobody
    would miss the rule there: to drop a rule takes its findings away and no other's.
    """

    given: Given
    found: bool
    covered_by: tuple[str, ...]
    is_checked: bool

    @property
    def is_right(self) -> bool:
        """Whether the rule speaks where it must and is silent where it must be."""
        return self.is_checked and self.found != self.given.is_near_miss


def unrepaired(text: str, patient: Mapping[str, Any] | None = None, question: str | None = None) -> Report:
    """The project's own report without a repair of the text, which would be checked again: it takes half the time."""
    findings, _ = examine(text, patient, question)
    return Report(verdict(findings), findings, text)


def given_examples() -> Iterator[Given]:
    """Every example of every rule, then of every frame."""
    for rule in load_rules().values():
        for texts, is_near_miss in ((rule.fires, False), (rule.near_miss, True)):
            yield from (Given(rule.id, "rules", text, is_near_miss, rule.patient, rule.question) for text in texts)
    for frame in load_frames().frames:
        for texts, is_near_miss in ((frame.fires, False), (frame.near_miss, True)):
            yield from (Given(f"FRM-{frame.id}", "frames", text, is_near_miss) for text in texts)


def example(one: Given, check: Check) -> Example:
    """What a guardrail finds in an example."""
    findings = check(one.text, one.patient, one.question).findings
    own = [GRAVITY.index(item.severity) for item in findings if item.rule == one.name]
    named = {item.rule for item in findings if own and GRAVITY.index(item.severity) >= max(own)}
    is_checked = NOT_CHECKED not in {item.rule for item in findings}
    return Example(one, bool(own), tuple(sorted(named - {one.name, NOT_CHECKED})), is_checked)
