"""The verdict on one step: status, reason and statements, from the situation, its history and those of its needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from assistant.pathway.beside import joined
from assistant.pathway.history import BLOCK
from assistant.pathway.result import OFFERED, SATISFIED, History, Status
from assistant.pathway.rules import Intervention, Need, Position
from assistant.pathway.situation import Situation

# Evidence that lets a step come where `unless_studied` waives a need.
STUDIED: Final = ("moderate", "trial")
NOTHING_SPECIFIC: Final = "nothing specific to this condition"
BY_HISTORY: Final[Mapping[History, tuple[Status, str]]] = {
    "failed": ("failed", "tried and failed"),
    "brief": ("done", "brought relief that did not last"),
    "contraindicated": ("unavailable", "contraindicated in this patient"),
    "tried": ("need to know", "tried, with what result is not known"),
}


class Verdict(NamedTuple):
    """Status and reason of a step, and the statements behind them."""

    status: Status
    reason: str
    statements: tuple[str, ...]


class Before(NamedTuple):
    """A step that another needs: its history, its status, and the names of what of it is left to try."""

    step: str
    history: History
    status: Status
    left: tuple[str, ...]


# The verdict depends on nothing else, so that it is worked out once for each combination.
@lru_cache(maxsize=65536)
def verdict_on(step: str, situation: Situation, history: History, is_wide: bool, before: tuple[Before, ...]) -> Verdict:
    """The verdict on a step; `is_wide`: it may only have been meant by a wide name; `before`: the steps it needs."""
    item = situation.algorithm.intervention(step)
    if history not in BY_HISTORY:
        return marked(item, _on_open(item, situation, history, before), situation)
    status, reason = by_history(history, is_wide)
    sources = (*item.statements, *(item.after_brief if history == "brief" else ()))
    return marked(item, Verdict(status, reason, sources), situation)


def by_history(history: History, is_wide: bool) -> tuple[Status, str]:
    """Status and reason of a step that was tried or is ruled out: what the patient's own history says."""
    if history == "tried" and is_wide:
        return "need to know", "may have been tried under a wider name; which step was meant is not known"
    return BY_HISTORY[history]


def _on_open(item: Intervention, situation: Situation, history: History, before: Sequence[Before]) -> Verdict:
    """The verdict on a step that was not tried as far as is known."""
    if situation.condition is None:
        return Verdict("not covered", "the review does not cover this condition", item.statements)
    contradiction, position = situation.contradiction, situation.positions.get(item.id)
    if position and position.standing == "not effective":
        return Verdict("unavailable", position.says, position.statements)
    outside = _outside(item, situation)
    if outside:
        return outside
    if contradiction and contradiction.intervention == item.id:
        return Verdict("need to know", "depends on what the condition is", contradiction.statements)
    status, reason = _by_needs(item, position, {entry.step: entry for entry in before})
    if status in OFFERED:
        reason = _offer(item, position, situation, is_untried=history == "not tried")
    return Verdict(status, reason, _sources(item, position, situation))


def _outside(item: Intervention, situation: Situation) -> Verdict | None:
    """The verdict where the site is none that the review describes the step for."""
    reach = next((reach for reach in situation.algorithm.reaches if reach.intervention == item.id), None)
    is_unread = situation.is_placed and situation.site is None and not situation.blocks
    if is_unread and (reach or item.id == BLOCK):
        return Verdict("not covered", "the site as given was not understood", item.statements)
    if reach and situation.is_placed and situation.site not in reach.sites:
        return Verdict("not covered", f"the review describes it {reach.says}", reach.statements)
    if item.id == BLOCK and situation.is_placed and not situation.blocks:
        sources = (*situation.place_statements, *_sources(item, situation.positions.get(item.id), situation))
        return Verdict("not covered", situation.place_says, sources)
    return None


def _by_needs(item: Intervention, position: Position | None, before: Mapping[str, Before]) -> tuple[Status, str]:
    """Offered, later or to be asked, from what has to come before; the reason of an offer is left to `_offer`."""
    barring = [before[need.intervention] for need in item.needs if _bars(need, position, before[need.intervention])]
    if not barring:
        return "consider", ""
    if [entry.step for entry in barring] == [item.alongside] and barring[0].status == "consider":
        return "alongside", ""
    closed = [entry for entry in barring if entry.status in ("unavailable", "not covered")]
    waiting = [entry for entry in barring if entry not in closed]
    names = joined(tuple(name for entry in waiting for name in entry.left)) if waiting else ""
    if any(entry.history == "not tried" for entry in waiting):
        return "later", f"comes after {names}"
    parts = [f"depends on the result of {names}, which is not known"] if waiting else []
    if closed:
        missing = joined(tuple(entry.step for entry in closed))
        parts.append(f"without {missing} the review does not cover this; your judgement")
    return "need to know", "; ".join(parts)


def _bars(need: Need, position: Position | None, before: Before) -> bool:
    if before.history in SATISFIED or (need.unless_studied and _is_studied(position)):
        return False
    return need.unknown == "bars" or before.history not in ("unknown", "tried")


def _is_studied(position: Position | None) -> bool:
    return position is not None and position.evidence in STUDIED


def _offer(item: Intervention, position: Position | None, situation: Situation, *, is_untried: bool) -> str:
    """The reason of an offer: how strongly, if not yet tried, where, and what is said of the condition."""
    reach = next((reach for reach in situation.algorithm.reaches if reach.intervention == item.id), None)
    parts = [
        item.modality,
        reach.says if reach and not situation.is_placed else "",
        position.says if position else "",
        "" if is_untried else "if not yet tried",
    ]
    return "; ".join(part for part in parts if part)


def marked(item: Intervention, verdict: Verdict, situation: Situation) -> Verdict:
    """A condition that the review only lists is said to be so in every step; another where it has no standing."""
    is_graded = item.general is not None and item.id not in situation.positions
    is_pathway = verdict.status in ("consider", "alongside", "later")
    if not situation.listed and not (is_graded and is_pathway and situation.is_specific):
        return verdict
    return Verdict(verdict.status, f"{verdict.reason}; {NOTHING_SPECIFIC}", (*verdict.statements, *situation.listed))


def _sources(item: Intervention, position: Position | None, situation: Situation) -> tuple[str, ...]:
    own = position.statements if position else item.general.statements if item.general else ()
    return (*item.statements, *own, *situation.aims.get(item.id, ()))
