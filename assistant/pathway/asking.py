"""What must be asked: the site, the course, and histories that a step waits for or is offered without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from assistant.corpus import load
from assistant.pathway.history import BLOCK, Histories
from assistant.pathway.result import OFFERED, Status
from assistant.pathway.rules import Algorithm
from assistant.pathway.situation import Situation

# A step in one of these still waits for an answer, or is offered without one.
_OPEN: tuple[Status, ...] = ("need to know", *OFFERED)


def questions(
    situation: Situation, histories: Histories, algorithm: Algorithm, statuses: Mapping[str, Status]
) -> tuple[str, ...]:
    """Questions whose answers change the plan, in the pathway's order; none for a condition that is not covered."""
    if situation.condition is None:
        return ()
    asked = [*situation.ask, *_wide_names(histories, algorithm)]
    for item in algorithm.interventions:
        history = histories.steps[item.id]
        if history == "tried" and item.id not in histories.wide:
            asked.append(f"What was the result of {_label(_meant(item.id, 'tried', histories))}?")
        elif history == "unknown" and _matters(item.id, algorithm, statuses):
            asked.append(f"Has {_label(_meant(item.id, 'unknown', histories))} been tried, and with what result?")
    return tuple(asked)


def _wide_names(histories: Histories, algorithm: Algorithm) -> Iterator[str]:
    """A question for each wide name that was tried: which step it was."""
    for aside in algorithm.asides if histories.wide else ():
        for name in aside.interventions:
            open_ = [step for step in aside.may_be if step in histories.wide]
            if open_ and histories.named.get(name) in ("failed", "brief", "tried"):
                choice = " or ".join(_label((step,)) for step in open_)
                yield f"“{_label((name,))}” leaves open which step was meant: was it {choice}, and with what result?"


def _meant(step: str, history: str, histories: Histories) -> tuple[str, ...]:
    """The blocks for the site whose history is that, else the step itself."""
    if step != BLOCK:
        return (step,)
    return tuple(name for name, found in histories.blocks.items() if found == history) or (step,)


def _matters(step: str, algorithm: Algorithm, statuses: Mapping[str, Status]) -> bool:
    """Whether the step is offered, or a step that needs it waits for an answer or is offered."""
    return statuses[step] in OFFERED or any(
        need.intervention == step and statuses[item.id] in _OPEN
        for item in algorithm.interventions
        for need in item.needs
    )


@lru_cache(maxsize=256)
def _label(names: tuple[str, ...]) -> str:
    return " or ".join(load().concepts[name].label for name in names)
