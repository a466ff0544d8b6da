"""The patient's place on the pathway as the page shows it: the picture, the next steps, each step's evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answering.cite import citation
from assistant.corpus import Corpus
from assistant.page.models import Card, card
from assistant.pathway import Plan, load_algorithm, plan
from assistant.pathway.engine import BLOCK
from assistant.pathway.picture import STATUS_WORDS, to_dot


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of the pathway: `status` in words, "" where there is no patient; the statements that it rests on."""

    key: str
    label: str
    status: str
    reason: str
    is_next: bool
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Here:
    """The view "You are here"; `alt` says in words what the picture shows, `silent` what the review leaves out."""

    dot: str
    alt: str
    following: tuple[StepShown, ...]
    steps: tuple[StepShown, ...]
    ask: tuple[str, ...]
    unrecognised: tuple[str, ...]
    aside: tuple[str, ...]
    remarks: tuple[Card, ...]
    caveats: tuple[Card, ...]
    silent: tuple[str, ...]


def here(patient: Mapping[str, Any] | None, corpus: Corpus) -> Here:
    """The place of a patient on the pathway, or the pathway alone; raises PatientError for one that can't be used."""
    found = plan(patient) if patient else None
    steps = _steps_of(found, corpus) if found else _steps_alone(corpus)
    shown = {step.key for step in steps}
    # Without a patient a single block has no step of its own: it leads to sympathetic blocks.
    return Here(
        dot=to_dot(found, link=lambda name: f"#{_key(name) if _key(name) in shown else _key(BLOCK)}"),
        alt=_in_words(steps),
        following=tuple(step for name in (found.next if found else ()) for step in steps if step.key == _key(name)),
        steps=steps,
        ask=found.ask if found else (),
        unrecognised=found.unrecognised if found else (),
        aside=tuple(f"{item.label}: {item.reason}" for item in found.aside) if found else (),
        remarks=_cards(found.remarks, corpus, "remark") if found else (),
        caveats=_cards(found.caveats, corpus, "caveat") if found else (),
        silent=tuple(item.about for item in load_algorithm().silent),
    )


def _steps_of(found: Plan, corpus: Corpus) -> tuple[StepShown, ...]:
    """The plan's steps; a block that does not serve the site has no place here."""
    blocks = {form for item in load_algorithm().interventions for form in item.forms}
    return tuple(
        StepShown(
            key=_key(step.intervention),
            label=step.label,
            status=STATUS_WORDS[step.status],
            reason=step.reason,
            is_next=step.intervention in found.next,
            cards=_cards(step.statements, corpus, _key(step.intervention)),
        )
        for step in found.steps
        if step.status != "not covered" or step.intervention not in blocks
    )


def _steps_alone(corpus: Corpus) -> tuple[StepShown, ...]:
    return tuple(
        StepShown(
            _key(item.id),
            corpus.concepts[item.id].label,
            "",
            item.modality,
            is_next=False,
            cards=_cards(item.statements, corpus, _key(item.id)),
        )
        for item in load_algorithm().interventions
    )


def _cards(names: Iterable[str], corpus: Corpus, key: str) -> tuple[Card, ...]:
    found = [citation(corpus.by_id[name], corpus, {}) for name in names]
    return tuple(card(item, corpus, f"evidence-{key}-{position}") for position, item in enumerate(found, 1))


def _in_words(steps: Sequence[StepShown]) -> str:
    said = "; ".join(f"{step.label}: {step.status or step.reason}" for step in steps)
    return f"The review's treatment pathway. {said}."


def _key(intervention: str) -> str:
    return f"step-{intervention.replace('_', '-')}"
