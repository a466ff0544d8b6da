"""Patient states by step of the pathway, with what the review's site list and trials say of each: no algorithm read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from assistant.patient import Patient

STEPS: Final = ("pharmacotherapy", "non_drug_care", "sympathetic_block", "ketamine", "pns", "scs")
HISTORIES: Final = ("failed", "brief", "tried", "not_tried", "contraindicated", "unknown")
BLOCKS: Final = ("stellate_block", "lumbar_block", "celiac_block", "hypogastric_block", "impar_block")
# Every intervention of the pathway in its order; each plan gives one status to each.
ORDER: Final = (*STEPS[:3], *BLOCKS, *STEPS[3:])


@dataclass(frozen=True, slots=True)
class State:
    """A patient of whom the history of every step is given, and whose site the review settles.

    history: of each step, as in HISTORIES. blocks: those that serve the site; none where the review names none, None
    where the site is not known. is_pns_studied: PNS has a trial or moderate evidence in the condition. is_block_open:
    no block is ruled out by the condition, and none waits for an answer about it.
    """

    patient: Patient
    history: Mapping[str, str]
    blocks: tuple[str, ...] | None
    is_pns_studied: bool = False
    is_block_open: bool = True


@dataclass(frozen=True, slots=True)
class _Setting:
    """A condition at a site."""

    condition: str
    site: str | None
    blocks: tuple[str, ...] | None
    course: str | None = None
    pattern: str | None = None
    is_pns_studied: bool = False
    is_block_open: bool = True

    def state(self, history: Mapping[str, str]) -> State:
        lists: dict[str, list[str]] = {}
        for step, found in history.items():
            if found != "unknown":
                lists.setdefault(found, []).append(step)
        given: dict[str, Any] = {name: tuple(steps) for name, steps in lists.items()}
        # Every name is an id already, so that the validation of wording is left out.
        patient = Patient.model_construct(
            condition=self.condition, site=self.site, course=self.course, pattern=self.pattern, **given
        )
        return State(patient, history, self.blocks, self.is_pns_studied, self.is_block_open)


_PELVIS: Final = ("hypogastric_block", "impar_block")
# PNS after blocks and before them. Here every step meets every history.
_DECISIVE: Final = (
    _Setting("CRPS", "hand", ("stellate_block",)),
    _Setting("peripheral nerve injury", "hand", ("stellate_block",), is_pns_studied=True),
)
_FURTHER: Final = (
    _Setting("neuropathic pain", None, None),
    _Setting("postherpetic neuralgia", "neck", ()),
    _Setting("postherpetic neuralgia", "foot", ("lumbar_block",), course="long-standing", is_block_open=False),
    _Setting("acute herpes zoster", "hand", ("stellate_block",), course="long-standing", is_block_open=False),
    _Setting("CRPS type 2", "foot", ("lumbar_block",), course="early"),
    _Setting("neuropathic pain", "abdomen", ("celiac_block",)),
    _Setting("neuropathic pain", "pelvis", _PELVIS),
    _Setting("neuropathic pain", "perineum", ("impar_block",)),
    _Setting("neuropathic pain", "trunk", ()),
    _Setting("acute herpes zoster", "face", ("stellate_block",), course="acute"),
    _Setting("spinal cord injury pain", "foot", ("lumbar_block",), pattern="segmental"),
    _Setting("spinal cord injury pain", "foot", ("lumbar_block",), pattern="diffuse"),
    _Setting("mononeuropathic pain", None, None, is_pns_studied=True),
    _Setting("phantom limb pain", "foot", ("lumbar_block",), is_pns_studied=True),
    _Setting("failed back surgery syndrome", "leg", ("lumbar_block",)),
    _Setting("radiculopathy", "arm", ("stellate_block",)),
    _Setting("fibromyalgia", None, None),
    _Setting("abdominal pain", None, ("celiac_block",)),
    _Setting("pelvic pain", None, _PELVIS),
    _Setting("perineal pain", None, ("impar_block",)),
    _Setting("visceral pain", None, ("impar_block",)),
    _Setting("facial pain", None, ("stellate_block",)),
    _Setting("ischaemic pain", None, ("lumbar_block",)),
    _Setting("vascular insufficiency", None, ("lumbar_block",)),
    _Setting("painful diabetic neuropathy", "foot", ("lumbar_block",)),
    _Setting("post-stroke pain", "left antler", ()),
)


@lru_cache(maxsize=1)
def states() -> tuple[State, ...]:
    """Every setting at each step of the pathway; the decisive ones also with every history of one step before it."""
    along = [setting.state(history) for setting in (*_DECISIVE, *_FURTHER) for history in _progress()]
    astray = [setting.state(history) for setting in _DECISIVE for history in _detours()]
    return (*along, *astray)


def _progress() -> Iterator[Mapping[str, str]]:
    """Everything before a step failed, it and what comes after it unknown."""
    for at in range(len(STEPS)):
        yield {name: "failed" if place < at else "unknown" for place, name in enumerate(STEPS)}


def _detours() -> Iterator[Mapping[str, str]]:
    """The same, but one of the steps up to there has another history."""
    for history in _progress():
        at = list(history.values()).count("failed")
        for name in STEPS[: at + 1]:
            yield from ({**history, name: other} for other in HISTORIES if other != history[name])
