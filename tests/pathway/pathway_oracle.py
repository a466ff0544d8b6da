"""The pathway worked out another way: for each status a formula that says when a step has it.

Written from the article and the design's decisions, with its own tables of sites and conditions; it reads neither
`algorithm.yaml` nor the engine. Preconditions are three-valued numbers, and the lowest of them decides (Kleene): 0 not
met, 1 not known or left to judgement, 2 met.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from assistant.patient import Patient

STEPS = ("pharmacotherapy", "non_drug_care", "sympathetic_block", "ketamine", "pns", "scs")
HISTORIES = ("failed", "brief", "tried", "not_tried", "contraindicated", "unknown")
BLOCKS = ("stellate_block", "lumbar_block", "celiac_block", "hypogastric_block", "impar_block")
NOT_MET, OPEN, MET = 0, 1, 2
OFFERS = ("consider", "alongside")
# Site as written for the patient: the blocks that the review names for it; None where the site is not known.
SITES: Mapping[str | None, tuple[str, ...] | None] = {
    "hand": ("stellate_block",),
    "foot": ("lumbar_block",),
    "abdomen": ("celiac_block",),
    "pelvis": ("hypogastric_block", "impar_block"),
    "perineum": ("impar_block",),
    "face": ("stellate_block",),
    "neck": (),
    "trunk": (),
    "left antler": (),
    None: None,
}
LIMBS_AND_TRUNK = ("hand", "foot", "trunk")


@dataclass(frozen=True)
class Condition:
    """What the article says of a condition that changes where a step stands."""

    text: str
    course: str | None = None
    pattern: str | None = None
    is_covered: bool = True
    is_only_listed: bool = False
    are_blocks_effective: bool = True
    is_scs_effective: bool = True
    is_pns_studied: bool = False
    is_contradictory: bool = False
    blocks: tuple[str, ...] | None = None  # named for the condition, where no site is given
    is_in_limb: bool | None = None  # None: the condition says nothing of the site


CONDITIONS = (
    Condition("CRPS"),
    Condition("CRPS type 2", course="early"),
    Condition("acute herpes zoster", course="acute"),
    Condition("acute herpes zoster", course="long-standing", is_contradictory=True),
    Condition("postherpetic neuralgia"),
    Condition("postherpetic neuralgia", course="long-standing", are_blocks_effective=False),
    Condition("spinal cord injury pain"),
    Condition("spinal cord injury pain", pattern="segmental"),
    Condition("spinal cord injury pain", pattern="diffuse", is_scs_effective=False),
    Condition("peripheral nerve injury", is_pns_studied=True),
    Condition("mononeuropathic pain", is_pns_studied=True),
    Condition("phantom limb pain", is_pns_studied=True),
    Condition("failed back surgery syndrome"),
    Condition("radiculopathy"),
    Condition("neuropathic pain"),
    Condition("fibromyalgia"),
    Condition("pelvic pain", blocks=("hypogastric_block", "impar_block"), is_in_limb=False),
    Condition("visceral pain", blocks=("impar_block",), is_in_limb=False),
    Condition("ischaemic pain", blocks=("lumbar_block",), is_in_limb=True),
    Condition("painful diabetic neuropathy", is_only_listed=True),
    Condition("trigeminal neuralgia", is_only_listed=True, blocks=("stellate_block",), is_in_limb=False),
    Condition("post-stroke pain", is_only_listed=True),
    Condition("glass bones", is_covered=False),
)


@dataclass(frozen=True)
class Place:
    """A condition at a site."""

    condition: Condition
    site: str | None

    @property
    def blocks(self) -> tuple[str, ...] | None:
        """The blocks that serve it; None: not known."""
        return self.condition.blocks if self.site is None else SITES[self.site]

    @property
    def is_outside_pns(self) -> bool:
        """PNS is described for neuropathic pain of the limbs and trunk."""
        return self.condition.is_in_limb is False if self.site is None else self.site not in LIMBS_AND_TRUNK

    def patient(self, histories: tuple[str, ...]) -> Patient:
        """A patient there; validation is left out, because every name is an id already."""
        lists: dict[str, list[str]] = {}
        for step, history in zip(STEPS, histories, strict=True):
            if history != "unknown":
                lists.setdefault(history, []).append(step)
        given: dict[str, Any] = {name: tuple(steps) for name, steps in lists.items()}
        condition = self.condition
        return Patient.model_construct(
            condition=condition.text, site=self.site, course=condition.course, pattern=condition.pattern, **given
        )


def places() -> Iterator[Place]:
    """Every condition at every site."""
    return (Place(condition, site) for condition in CONDITIONS for site in SITES)


# Every combination of the histories of the six steps.
EVERY_HISTORY: tuple[tuple[str, ...], ...] = tuple(product(HISTORIES, repeat=len(STEPS)))


def some_histories(offset: int, stride: int = 211) -> tuple[tuple[str, ...], ...]:
    """A part of the combinations, from another start each time; a prime stride meets every history of every step."""
    return EVERY_HISTORY[offset % stride :: stride]


def expected(place: Place, histories: tuple[str, ...]) -> dict[str, str]:
    """The status of every step of the pathway."""
    drugs, care, block, ketamine, pns, scs = histories
    condition = place.condition
    no_block = place.blocks == ()
    is_block_possible = condition.are_blocks_effective and not no_block
    need_drugs = _value(drugs)
    need_care = _value(care, is_unknown_a_bar=False)
    need_block = _value(block, is_possible=is_block_possible)
    block_first = min(need_drugs, need_care)
    is_covered = condition.is_covered
    found = {
        "pharmacotherapy": _status(drugs, is_covered, MET),
        "non_drug_care": _status(care, is_covered, MET),
        "sympathetic_block": _status(block, is_covered, block_first, condition.are_blocks_effective, no_block),
    }
    # The contradiction is asked before anything that comes earlier is looked at.
    if condition.is_contradictory and not no_block and block in ("unknown", "not_tried"):
        found["sympathetic_block"] = "need to know"
    found["ketamine"] = _status(ketamine, is_covered, min(block_first, need_block))
    if found["ketamine"] in ("later", "need to know") and ketamine in ("unknown", "not_tried"):
        # With blocks, where a block is what is offered now.
        found["ketamine"] = "alongside" if found["sympathetic_block"] == "consider" else found["ketamine"]
    for_pns = block_first if condition.is_pns_studied else min(block_first, need_block)
    found["pns"] = _status(pns, is_covered, for_pns, is_outside=place.is_outside_pns)
    for_scs = min(block_first, need_block, _value(ketamine))
    found["scs"] = _status(scs, is_covered, for_scs, is_effective=condition.is_scs_effective)
    return found


def _value(history: str, *, is_unknown_a_bar: bool = True, is_possible: bool = True) -> int:
    """A precondition as a number; what can't be given here is a matter of judgement, and never "not tried yet"."""
    if history in ("failed", "brief"):
        return MET
    if history == "contraindicated" or not is_possible:
        return OPEN
    if history == "not_tried":
        return NOT_MET
    return OPEN if is_unknown_a_bar else MET


@cache
def _status(own: str, is_covered: bool, needs: int, is_effective: bool = True, is_outside: bool = False) -> str:
    """The one status whose formula holds; a ValueError where two hold, or none."""
    is_open = own in ("unknown", "not_tried")
    is_excluded = is_covered and not is_effective
    is_beyond = not is_covered or (is_outside and not is_excluded)
    on_pathway = is_open and not is_excluded and not is_beyond
    formulas = {
        "failed": own == "failed",
        "done": own == "brief",
        "unavailable": own == "contraindicated" or (is_open and is_excluded),
        "not covered": is_open and is_beyond,
        "later": on_pathway and needs == NOT_MET,
        "need to know": own == "tried" or (on_pathway and needs == OPEN),
        "consider": on_pathway and needs == MET,
    }
    (status,) = [name for name, holds in formulas.items() if holds]
    return status


def expected_next(place: Place, statuses: Mapping[str, str]) -> tuple[str, ...]:
    """What is offered now, by the names of the blocks for the site; what goes alongside comes last."""
    named = {step: (place.blocks or (step,)) if step == "sympathetic_block" else (step,) for step in STEPS}
    return tuple(name for offer in OFFERS for step in STEPS if statuses[step] == offer for name in named[step])


def expected_block(place: Place, block: str, statuses: Mapping[str, str]) -> str:
    """The status of one block, where the history is given for sympathetic blocks in general."""
    if place.blocks and block in place.blocks:
        return statuses["sympathetic_block"]
    if not place.condition.is_covered:
        return "not covered"
    return "need to know" if place.blocks is None else "not covered"
