"""Answers about a patient: the lead from the pathway, then the statements that it rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering.cite import mark
from assistant.corpus import Corpus
from assistant.entries import Statement
from assistant.pathway import Plan, Step, plan
from assistant.patient import Patient
from assistant.question import Query

# What asks for the patient's next step, as opposed to a fact on the way.
_NEXT: Final = re.compile(
    r"\b(?:next|now what|what now|what else|where now|options?|offer|which (?:sympathetic )?block|what block|agree|"
    r"straight to|"
    r"go (?:to|for|on)|in what order|what order|what would|what should|what do i|pathway|sensible|after that|refer|"
    r"interventional|anything (?:else|left|more)|is there (?:a|any) block)\b",
    re.IGNORECASE,
)
_AGREE: Final = re.compile(
    r"\b(?:agree|straight to|ok to|okay to|reasonable to|can i|should (?:i|we)|skip|right move)\b", re.IGNORECASE
)
# Steps whose unknown history is asked for rather than offered as the answer.
MOST_NAMED: Final = 4
_IN_PASSING: Final = ("non_drug_care",)
_DRUGS: Final = "pharmacotherapy"
_LATER: Final = {"scs": "order-why-scs-late", "ketamine": "order-ketamine-with-or-after-blocks"}


@dataclass(frozen=True, slots=True)
class Case:
    """The lead sentence, its marks in it, the statements behind these, and the statements to follow, in order."""

    lead: str
    sources: tuple[Statement, ...]
    statements: tuple[Statement, ...]


def case_answer(query: Query, corpus: Corpus) -> Case | None:
    """The pathway's answer for the patient; None without a patient or a next step, or if something else is asked."""
    asking = " ".join(part.text for part in query.asking)
    if query.patient is None or not _NEXT.search(asking):
        return None
    found, condition = _placed(query.patient)
    steps = [found.step(name) for name in found.next if name not in _IN_PASSING][:MOST_NAMED]
    if not steps:
        return None
    first = steps[0]
    ruled_out = [step.statements[0] for step in _proposed(query, found) if step.status == "unavailable"]
    said = [*found.remarks, *ruled_out, *first.statements[:2], *_following(found, steps), *first.statements[2:]]
    statements = tuple(corpus.by_id[name] for name in dict.fromkeys(said))
    lead = _lead(query, found, steps, corpus, is_conditional=bool(condition))
    sources = tuple(corpus.by_id[step.statements[0]] for step in steps[:MOST_NAMED])
    return Case(condition + lead, sources, statements)


def _placed(patient: Patient) -> tuple[Plan, str]:
    """The plan, and the condition it is made under: a later step in the history says that drugs came before."""
    found = plan(patient)
    past_drugs = patient.block_relief_percent is not None or any(
        set(getattr(patient, name)) - {_DRUGS} for name in ("failed", "brief", "tried")
    )
    if found.step(_DRUGS).status != "consider" or not past_drugs or _DRUGS in patient.not_tried:
        return found, ""
    return plan(patient.model_copy(update={"failed": (*patient.failed, _DRUGS)})), "If drug treatment has failed, "


def _lead(query: Query, found: Plan, steps: Sequence[Step], corpus: Corpus, *, is_conditional: bool) -> str:
    with_it = [_named(step, corpus) for step in steps[1:] if step.status == "alongside"]
    also = [_named(step, corpus) for step in steps[1:] if step.status == "consider"]
    text = f"next on the review's pathway is {_article(steps[0].label)}{_named(steps[0], corpus)}"
    if with_it:
        text += f", possibly with {with_it[0]} alongside"
    if also:
        text += f", or {' or '.join(also[:2])}"
    proposed = {step.status for step in _proposed(query, found)}
    if not is_conditional and "unavailable" in proposed:
        return f"No: {text}."
    if not is_conditional and _AGREE.search(query.question) and proposed & {"later", "need to know"}:
        return f"No, not yet: {text}."
    return f"{text}." if is_conditional else f"{text[0].upper()}{text[1:]}."


def _proposed(query: Query, found: Plan) -> list[Step]:
    """The steps that the question puts forward."""
    asked = {m.id for m in query.mentions if any(part.start <= m.start < part.end for part in query.asking)}
    return [step for step in found.steps if step.intervention in asked]


def _following(found: Plan, steps: Sequence[Step]) -> list[str]:
    """Statements on what goes alongside and what comes after."""
    named = [name for step in steps[1:] for name in dict.fromkeys((step.statements[0], step.statements[-1]))]
    later = [_LATER[step.intervention] for step in found.steps if step.intervention in _LATER
             and step.status in ("later", "need to know")]  # fmt: skip
    return named + later


def _named(step: Step, corpus: Corpus) -> str:
    """A step with the mark of the statement that puts it there."""
    return f"{step.label} {mark(corpus.by_id[step.statements[0]].references)}"


def _article(label: str) -> str:
    return "a " if label.endswith("block") else ""
