"""What has been tried, with what result: one history for every step and every block of the pathway."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.pathway.result import SATISFIED, History
from assistant.pathway.rules import Algorithm, Aside, Intervention
from assistant.pathway.situation import Situation
from assistant.patient import Patient

BLOCK: Final = "sympathetic_block"
# A name in several lists: the first of these counts. A step that failed and is now ruled out has failed.
_PRECEDENCE: Final[tuple[tuple[str, History], ...]] = (
    ("failed", "failed"),
    ("brief", "brief"),
    ("contraindicated", "contraindicated"),
    ("tried", "tried"),
    ("not_tried", "not tried"),
)
_RANK: Final = {history: rank for rank, (_, history) in enumerate(_PRECEDENCE)}
_GIVEN: Final[tuple[History, ...]] = ("failed", "brief", "tried")
_UNTRIED: Final[tuple[History, ...]] = ("unknown", "not tried")


@dataclass(frozen=True, slots=True)
class Histories:
    """steps: of each step of the pathway; blocks: of each block that serves the site; named: of each name given.

    wide: the steps of which it is only known that a wide name, such as "neuromodulation", may have meant them.
    """

    steps: Mapping[str, History]
    blocks: Mapping[str, History]
    named: Mapping[str, History]
    wide: frozenset[str]

    @property
    def left(self) -> tuple[str, ...]:
        """The blocks for the site that are left to try; blocks in general where none is."""
        done = (*SATISFIED, "contraindicated")
        return tuple(name for name, history in self.blocks.items() if history not in done) or (BLOCK,)


def histories_of(patient: Patient, situation: Situation, algorithm: Algorithm) -> Histories:
    """The histories of a patient; a block given for another site says nothing about the one for this site."""
    named: dict[str, History] = {}
    for field, history in reversed(_PRECEDENCE):
        for name in getattr(patient, field):
            named[name] = history
    asides = {name: aside for aside in algorithm.asides for name in aside.interventions if name in named}
    steps = {item.id: _of_step(named, item, asides) for item in algorithm.interventions}
    generic = named.get(BLOCK) or _wide(named, BLOCK, asides)
    blocks = {name: named.get(name, generic) for name in situation.blocks}
    if situation.is_placed and not blocks:
        steps[BLOCK] = generic
    if patient.block_relief_percent is not None:
        # A measured relief says that a block was tried, and not whether the relief was adequate and lasted.
        steps[BLOCK] = "tried" if steps[BLOCK] in _UNTRIED else steps[BLOCK]
        if not set(blocks.values()) & set(_GIVEN):
            blocks = {name: "tried" if found in _UNTRIED else found for name, found in blocks.items()}
    if blocks:
        steps[BLOCK] = _together(blocks.values())
    return Histories(steps, blocks, named, _by_wide_name_alone(steps, named, patient, algorithm, asides))


def _by_wide_name_alone(
    steps: Mapping[str, History],
    named: Mapping[str, History],
    patient: Patient,
    algorithm: Algorithm,
    asides: Mapping[str, Aside],
) -> frozenset[str]:
    """Steps that count as tried because of a wide name and of nothing else."""
    if not asides:
        return frozenset()
    given = set(named) - set(asides)
    measured = {BLOCK} if patient.block_relief_percent is not None else set()
    wide = {
        item.id
        for item in algorithm.interventions
        if steps[item.id] == "tried" and not given & set(item.includes) and _wide(named, item.id, asides) == "tried"
    }
    return frozenset(wide - measured)


def _of_step(named: Mapping[str, History], item: Intervention, asides: Mapping[str, Aside]) -> History:
    """A form that was tried counts for the step; one that is contraindicated or untried leaves the step open."""
    found = [
        named[name]
        for name in item.includes
        if name in named and name not in asides and (name not in item.forms or named[name] in _GIVEN)
    ]
    if not found:
        return _wide(named, item.id, asides)
    return min(found, key=_RANK.__getitem__)


def _wide(named: Mapping[str, History], step: str, asides: Mapping[str, Aside]) -> History:
    """What a wide name such as "neuromodulation" says of a step: tried, it leaves open which step was meant."""
    if not asides:
        return "unknown"
    found: list[History] = []
    for name, aside in asides.items():
        if step in aside.may_be and named[name] in _GIVEN:
            found.append("tried")
        elif step in aside.may_be and aside.covers_all:
            found.append(named[name])
    return min(found, key=_RANK.__getitem__, default="unknown")


def _together(blocks: Iterable[History]) -> History:
    """Blocks have failed when none of those for the site is left; else the history of one that is left counts."""
    found = set(blocks)
    left: tuple[History, ...] = ("tried", "unknown", "not tried")
    order: tuple[History, ...] = (*left, *SATISFIED, "contraindicated")
    return next(history for history in order if history in found)
