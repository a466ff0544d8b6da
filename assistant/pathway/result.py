"""What the engine returns: a plan, its steps, and what was set aside."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

Status = Literal["consider", "alongside", "later", "done", "failed", "unavailable", "not covered", "need to know"]
History = Literal["failed", "brief", "tried", "not tried", "contraindicated", "unknown"]
# A need is met by these, and by nothing else.
SATISFIED: Final[tuple[History, ...]] = ("failed", "brief")
OFFERED: Final[tuple[Status, ...]] = ("consider", "alongside")


@dataclass(frozen=True, slots=True)
class Step:
    """Where one intervention stands for the patient; `statements` are the ids that the reason rests on."""

    intervention: str
    label: str
    status: Status
    reason: str
    references: tuple[int, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """An intervention in the patient's history that is no step of the pathway, and what the review says of it."""

    intervention: str
    label: str
    history: History
    reason: str
    references: tuple[int, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The patient's place on the pathway.

    steps: one per intervention, in the pathway's order. next: ids to consider now, in order, those alongside last.
    ask: questions whose answers change the plan. unrecognised: parts of condition and site that were not understood.
    condition, site: the concepts that were understood, or None. remarks: statement ids on block relief.
    aside: interventions given for the patient that are no step. caveats: statement ids to discuss before what is next.
    """

    steps: tuple[Step, ...]
    next: tuple[str, ...]
    ask: tuple[str, ...]
    unrecognised: tuple[str, ...]
    condition: str | None
    site: str | None
    remarks: tuple[str, ...] = ()
    aside: tuple[SetAside, ...] = ()
    caveats: tuple[str, ...] = ()

    def step(self, intervention: str) -> Step:
        """The step of that intervention."""
        return next(step for step in self.steps if step.intervention == intervention)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)
