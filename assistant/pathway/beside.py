"""What stands beside the pathway's verdicts: citations, what is set aside, caveats, and remarks on block relief."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.corpus import load
from assistant.pathway.history import BLOCK, Histories
from assistant.pathway.result import SetAside, Status, Step
from assistant.pathway.rules import Algorithm
from assistant.pathway.situation import Situation
from assistant.patient import Patient


@lru_cache(maxsize=8192)
def cited_step(name: str, status: Status, reason: str, statements: tuple[str, ...]) -> Step:
    """A step with its label, and the references of its statements, ascending."""
    unique = tuple(dict.fromkeys(statements))
    return Step(name, load().concepts[name].label, status, reason, _references(unique), unique)


def _references(statements: Sequence[str]) -> tuple[int, ...]:
    return tuple(sorted({number for name in statements for number in load().by_id[name].references}))


@lru_cache(maxsize=256)
def joined(names: tuple[str, ...]) -> str:
    """Labels of concepts in one phrase: "a, b and c"; at least one name."""
    labels = [load().concepts[name].label for name in names]
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"


def set_aside(histories: Histories, algorithm: Algorithm) -> tuple[SetAside, ...]:
    """What was given for the patient and is no step, in the order of the file; nothing that is given is lost."""
    return tuple(
        SetAside(
            name,
            load().concepts[name].label,
            histories.named[name],
            entry.says,
            _references(entry.statements),
            entry.statements,
        )
        for entry in algorithm.asides
        for name in entry.interventions
        if name in histories.named
    )


def caveats(following: Sequence[str], algorithm: Algorithm) -> tuple[str, ...]:
    """Statements to discuss before what is next; of blocks in general too where a block is next."""
    blocks = set(algorithm.intervention(BLOCK).forms)
    wanted = {*following, *((BLOCK,) if blocks & set(following) else ())}
    return tuple(
        dict.fromkeys(s for caveat in algorithm.caveats if caveat.intervention in wanted for s in caveat.statements)
    )


def remarks(patient: Patient, situation: Situation, algorithm: Algorithm) -> tuple[str, ...]:
    """Statements on what the measured block relief means; empty where none was measured."""
    percent = patient.block_relief_percent
    if percent is None or situation.condition is None:
        return ()
    found: list[str] = []
    for threshold in algorithm.thresholds:
        side = "exactly" if percent == threshold.percent else "above" if percent > threshold.percent else "below"
        reading = getattr(threshold, side if threshold.condition in situation.lineage else "elsewhere")
        found += reading.statements
    return tuple(found)
