"""Where a patient stands on the pathway: one status for every intervention, the next steps, and what must be asked.

Three-valued throughout: a need is met, not met, or unknown; unknown is asked and never taken for met.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final, Literal

from assistant.corpus import Corpus, load
from assistant.pathway.model import Algorithm, Intervention, Position, load_algorithm
from assistant.patient import Patient
from assistant.reading import Lexicon, normalise, words

Status = Literal["consider", "alongside", "later", "done", "failed", "unavailable", "not covered", "need to know"]
History = Literal["failed", "brief", "tried", "not tried", "contraindicated", "unknown"]
BLOCK: Final = "sympathetic_block"
# A name in several lists: the first of these counts. A step that failed and is now ruled out has failed.
_PRECEDENCE: Final[tuple[tuple[str, History], ...]] = (
    ("failed", "failed"),
    ("brief", "brief"),
    ("contraindicated", "contraindicated"),
    ("tried", "tried"),
    ("not_tried", "not tried"),
)
_SATISFIED: Final = ("failed", "brief")
STUDIED: Final = ("moderate", "trial")


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
class Plan:
    """The patient's place on the pathway.

    steps: one per intervention, in the pathway's order. next: ids to consider now, in order, those alongside last.
    ask: questions whose answers change the plan. unrecognised: parts of condition and site that were not understood.
    condition, site: the concepts that were understood, or None. remarks: statement ids on block relief.
    """

    steps: tuple[Step, ...]
    next: tuple[str, ...]
    ask: tuple[str, ...]
    unrecognised: tuple[str, ...]
    condition: str | None
    site: str | None
    remarks: tuple[str, ...] = ()

    def step(self, intervention: str) -> Step:
        """The step of that intervention."""
        return next(step for step in self.steps if step.intervention == intervention)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Case:
    """A patient in the pathway's terms."""

    patient: Patient
    condition: str | None
    lineage: frozenset[str]
    site: str | None
    blocks: tuple[str, ...] | None
    history: Mapping[str, History]
    unrecognised: tuple[str, ...]


def plan(patient: Patient | Mapping[str, Any]) -> Plan:
    """The plan for a patient; raises PatientError for a mapping that is none."""
    who = Patient.from_value(patient)
    algorithm, corpus = load_algorithm(), load()
    case = _case(who, algorithm, corpus)
    statuses: dict[str, tuple[Status, str, tuple[str, ...]]] = {}
    for item in algorithm.interventions:
        statuses[item.id] = _status(item, case, algorithm, statuses)
    steps: list[Step] = []
    for item in algorithm.interventions:
        steps.append(_step(item.id, *statuses[item.id], corpus))
        if item.id == BLOCK:
            steps += [_block_step(name, statuses[BLOCK], case, algorithm, corpus) for name in _all_blocks(algorithm)]
    return Plan(
        steps=tuple(steps),
        next=_next(steps, case),
        ask=_ask(case, algorithm, statuses, corpus),
        unrecognised=case.unrecognised,
        condition=case.condition,
        site=case.site,
        remarks=_remarks(who, case, algorithm),
    )


def _status(
    item: Intervention, case: _Case, algorithm: Algorithm, before: Mapping[str, tuple[Status, str, tuple[str, ...]]]
) -> tuple[Status, str, tuple[str, ...]]:
    """Status, reason and the statements behind it; `before` holds the steps that stand earlier."""
    own = case.history[item.id]
    by_history: dict[History, tuple[Status, str]] = {
        "failed": ("failed", "has been tried and failed"),
        "brief": ("done", "brought relief that did not last, which satisfies what the next step asks for"),
        "contraindicated": ("unavailable", "is contraindicated in this patient"),
        "tried": ("need to know", "has been tried, with what result is not known"),
    }
    if own in by_history:
        return (*by_history[own], item.statements)
    if case.condition is None:
        return "not covered", "the review does not cover this condition", item.statements
    position = position_of(algorithm, item.id, case.lineage, case.patient)
    if position and position.standing == "not effective":
        return "unavailable", "the review does not find it effective here", position.statements
    reach = next((reach for reach in algorithm.reaches if reach.intervention == item.id), None)
    if reach and case.site and case.site not in reach.sites:
        return "not covered", "the review describes it for limbs and trunk only", reach.statements
    if item.id == BLOCK and case.blocks == ():
        site = next(site for site in algorithm.sites if site.site == case.site)
        return "not covered", "the review names no sympathetic block for this site", site.statements
    statements = (*item.statements, *(position.statements if position else ()))
    is_studied = position is not None and position.evidence in STUDIED
    if item.early_where_studied and is_studied and case.history["pharmacotherapy"] in _SATISFIED:
        return "consider", f"{item.modality}; how early the review does not say", statements
    return (*_by_needs(item, case, before), statements)


def _by_needs(
    item: Intervention, case: _Case, before: Mapping[str, tuple[Status, str, tuple[str, ...]]]
) -> tuple[Status, str]:
    """Offered, later or to be asked, from what has to come before."""
    open_needs = [need for need in item.needs if case.history[need.intervention] not in _SATISFIED]
    waiting = [n.intervention for n in open_needs if before[n.intervention][0] in ("consider", "later", "alongside")]
    barring = [n.intervention for n in open_needs if n.unknown == "bars" or case.history[n.intervention] == "not tried"]
    if item.alongside and before[item.alongside][0] == "consider" and barring == [item.alongside]:
        return "alongside", f"{item.modality} at the same time as sympathetic blocks, or after they fail"
    unknown = [n for n in barring if n not in waiting or case.history[n] != "not tried"]
    if not barring:
        tried = " if not yet tried" if case.history[item.id] == "unknown" else ""
        return "consider", f"{item.modality}{tried}"
    names = _labels(barring)
    if unknown and not any(case.history[name] == "not tried" for name in barring):
        return "need to know", f"depends on {names}"
    return "later", f"comes after {names}"


def position_of(
    algorithm: Algorithm, intervention: str, lineage: frozenset[str], patient: Patient
) -> Position | None:
    """What the review says of an intervention in the patient's condition; the most specific entry counts."""
    fitting = [
        position
        for position in algorithm.standings
        if position.intervention == intervention
        and position.condition in lineage
        and position.course in (None, patient.course)
        and position.pattern in (None, patient.pattern)
    ]
    return max(fitting, key=lambda p: (p.course is not None) + (p.pattern is not None), default=None)


def _case(patient: Patient, algorithm: Algorithm, corpus: Corpus) -> _Case:
    condition, site = _place(patient.condition, "condition", corpus), None
    unrecognised = [] if condition else [patient.condition]
    if patient.site:
        site = _place(patient.site, "site", corpus)
        unrecognised += [] if site else [patient.site]
    site = site or _place(patient.condition, "site", corpus)
    lineage = corpus.with_broader([condition]) if condition else frozenset[str]()
    if site is None and not patient.site:
        site = next((entry.site for entry in algorithm.condition_sites if entry.condition in lineage), None)
    blocks = next((entry.blocks for entry in algorithm.sites if entry.site == site), None)
    history = {item.id: _history(patient, item.includes) for item in algorithm.interventions}
    history[BLOCK] = _block_history(patient, history[BLOCK], blocks)
    return _Case(patient, condition, lineage, site, blocks, history, tuple(unrecognised))


def _place(text: str, kind: str, corpus: Corpus) -> str | None:
    """The first concept of a kind that a text names; of conditions the most specific."""
    found = [mention.id for mention in _lexicon().find(words(normalise(text).text)) if corpus.concepts[mention.id].kind == kind]
    return max(found, key=lambda name: len(corpus.with_broader([name])), default=None)


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon({c.id: (c.label, *c.terms) for c in load().concepts.values()})


def _history(patient: Patient, includes: Sequence[str]) -> History:
    for name, history in _PRECEDENCE:
        if set(getattr(patient, name)) & set(includes):
            return history
    return "unknown"


def _block_history(patient: Patient, found: History, blocks: tuple[str, ...] | None) -> History:
    """A block given for another site says nothing about the one for this site."""
    if not blocks:
        if found == "unknown" and patient.block_relief_percent is not None:
            return "tried"
        return found
    history = _history(patient, (BLOCK, "regional_technique", *blocks))
    return "tried" if history == "unknown" and patient.block_relief_percent is not None else history


def _all_blocks(algorithm: Algorithm) -> tuple[str, ...]:
    return tuple(dict.fromkeys(block for site in algorithm.sites for block in site.blocks))


def _block_step(
    name: str, general: tuple[Status, str, tuple[str, ...]], case: _Case, algorithm: Algorithm, corpus: Corpus
) -> Step:
    """The step of one block: that of blocks in general where it serves the site."""
    own = _history(case.patient, (name,))
    sources = tuple(s for site in algorithm.sites if name in site.blocks for s in site.statements[:1])[:1]
    if own in _SATISFIED:
        return _step(name, "failed" if own == "failed" else "done", "has been tried", sources, corpus)
    if own == "contraindicated":
        return _step(name, "unavailable", "is contraindicated in this patient", sources, corpus)
    if case.site is None and case.condition is not None:
        return _step(name, "need to know", "depends on the site of the pain", sources, corpus)
    if not case.blocks or name not in case.blocks:
        return _step(name, "not covered", "the review does not name it for this site", sources, corpus)
    site = next(entry for entry in algorithm.sites if entry.site == case.site)
    return _step(name, general[0], general[1], (*site.statements, *general[2]), corpus)


def _step(name: str, status: Status, reason: str, statements: Sequence[str], corpus: Corpus) -> Step:
    unique = tuple(dict.fromkeys(statements))
    references = sorted({number for s in unique for number in corpus.by_id[s].references})
    return Step(name, corpus.concepts[name].label, status, reason, tuple(references), unique)


def _next(steps: Sequence[Step], case: _Case) -> tuple[str, ...]:
    """What to consider now: the block for the site where there is one, else blocks in general."""
    hidden = {BLOCK} if case.blocks else set()
    order: tuple[Status, ...] = ("consider", "alongside")
    return tuple(s.intervention for status in order for s in steps if s.status == status and s.intervention not in hidden)


def _ask(
    case: _Case, algorithm: Algorithm, statuses: Mapping[str, tuple[Status, str, tuple[str, ...]]], corpus: Corpus
) -> tuple[str, ...]:
    """What must be asked: the condition, the site, and unknown histories that the next step depends on."""
    if case.condition is None:
        return ()
    asked = []
    if case.site is None and statuses[BLOCK][0] in ("consider", "need to know", "later"):
        asked.append("Where is the pain? The block depends on the site.")
    for item in algorithm.interventions:
        label = corpus.concepts[item.id].label
        is_needed = any(need.intervention == item.id for other in algorithm.interventions for need in other.needs)
        if case.history[item.id] == "tried":
            asked.append(f"What was the result of {label}?")
        elif case.history[item.id] == "unknown" and is_needed and _blocks_something(item.id, algorithm, statuses):
            asked.append(f"Has {label} been tried, and with what result?")
    return tuple(asked)


def _blocks_something(
    name: str, algorithm: Algorithm, statuses: Mapping[str, tuple[Status, str, tuple[str, ...]]]
) -> bool:
    """Whether a step that needs `name` waits for an answer, or is offered while it is not known."""
    return any(
        need.intervention == name and statuses[item.id][0] in ("need to know", "consider", "alongside")
        for item in algorithm.interventions
        for need in item.needs
    )


def _remarks(patient: Patient, case: _Case, algorithm: Algorithm) -> tuple[str, ...]:
    """Statements on what the measured block relief means."""
    if patient.block_relief_percent is None:
        return ()
    return tuple(
        statement
        for threshold in algorithm.thresholds
        if threshold.condition in case.lineage
        for statement in threshold.statements[: 2 if patient.block_relief_percent == threshold.percent else 1]
    )


def _labels(names: Sequence[str]) -> str:
    labels = [load().concepts[name].label for name in names]
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"
