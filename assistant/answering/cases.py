"""Answers about a patient: the lead from the pathway, then the statements that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering.asked import Asked, asked_of
from assistant.answering.cite import marked
from assistant.answering.leads import (
    STIMULATORS,
    WHICH_STIMULATOR,
    caveats,
    closest,
    label_of,
    lead,
    risks_of,
    specific,
)
from assistant.corpus import Corpus
from assistant.entries import Statement
from assistant.pathway import Plan, Step, plan
from assistant.patient import Patient
from assistant.question import Query
from assistant.retrieval import Hit
from assistant.terms import TREATMENTS
from assistant.vignette import asking, in_general

# Steps whose unknown history is asked for rather than offered as the answer.
MOST_NAMED: Final = 4
_IN_PASSING: Final = ("non_drug_care",)
_DRUGS: Final = "pharmacotherapy"
_DRUG_NAMES: Final = frozenset({_DRUGS, "named_drug", "medical_management"})
_DAILY: Final = _DRUG_NAMES | {"non_drug_care", "physical_therapy", "tens"}
_GROUNDS: Final = frozenset({"evidence", "recommendation", "result"})
_LATER: Final = {"scs": "order-why-scs-late", "ketamine": "order-ketamine-with-or-after-blocks"}
# Signs of it, where no block has measured it.
_SIGNS: Final = ("smp-manifestations", "block-benefit-who")
# Statements on one option where its evidence is asked for.
_MOST_EVIDENCE: Final = 3
_REPEAT: Final = "block-benefit-repeat-unclear"
# What nobody should take the review's silence for.
_SILENCE: Final = "review-safety-gap"
# Why histories are asked: steps count on others having been tried.
_ASKED_FOR: Final = "order-before-scs-failed"
# Questions worth asking back; further ones wait for the answers.
_MOST_ASKED: Final = 2
# Things found that are looked at for what else belongs into the answer; of names as wide as these everything is found.
_MOST_BESIDE: Final = 8
_WIDE: Final = ("pain_relief", "interventional_care", "pharmacotherapy", "named_drug")
# Of what was found, so many stand in a case answer whatever they are about.
_MOST_NEAREST: Final = 2
# Words of a whole case answer.
MOST_WORDS: Final = 250
# Words of the headings of its second part.
_HEADINGS: Final = 8


@dataclass(frozen=True, slots=True)
class Case:
    """What the pathway says for a patient.

    lead: the first sentences, their marks in them; sources: the statements behind these. statements: what the question
    puts forward, why, and the risk, in order; about: the treatments that are next or put forward, broader ones
    included; next: the first of them alone. later: what comes
    after, and what the review is silent on; ask: questions whose answers would change the lead.
    """

    lead: str
    sources: tuple[Statement, ...]
    statements: tuple[Statement, ...]
    about: frozenset[str] = frozenset()
    next: tuple[str, ...] = ()
    later: tuple[Statement, ...] = ()
    ask: tuple[str, ...] = ()


def case_answer(query: Query, corpus: Corpus) -> Case | None:
    """The pathway's answer for the patient, or for patients at large; None if there are none, or if else is asked."""
    asked = asked_of(query, corpus)
    patient = query.patient
    if patient is None and asked.next_step and not asked.options and not query.is_followup:
        patient = in_general(query.question, query.mentions, corpus)
    if patient is None or not (asked.any or query.supposed):
        return None
    found, condition = _placed(patient, asked)
    if query.supposed:
        condition = _supposing(query, corpus)
    steps = [found.step(name) for name in found.next if name not in _IN_PASSING][:MOST_NAMED]
    opening, sources = lead(found, steps, asked, patient, condition, corpus)
    if not opening:
        return None
    said = _statements(_why(found, steps, asked, corpus), corpus)
    said = tuple(item for item in said if not _is_said(item, opening))
    later = [item for item in _statements((*_following(found), _SILENCE), corpus) if item not in said]
    questions = tuple(question for question in found.ask if not condition or "drug" not in question)
    about = corpus.with_broader([step.intervention for step in steps] + list(asked.options)) & TREATMENTS
    behind = (*sources, _ASKED_FOR) if questions else sources
    first = (*asked.options, *(step.intervention for step in steps))[:1]
    return Case(opening, _statements(behind, corpus), said, about, first, tuple(later), questions[:_MOST_ASKED])


def beside(case: Case, query: Query, hits: Sequence[Hit], corpus: Corpus) -> list[Statement]:
    """Of what was found, the statements that belong beside the case.

    On its treatments in its condition, the evidence; and on what else is asked, such as sedation.
    """
    clauses = asking(query.question)
    named = {m.id for m in query.mentions for c in clauses if c.start <= m.start < c.end and m.id in corpus.concepts}
    conditions = {name for name in query.concepts if corpus.concepts[name].kind == "condition"}
    also = {name for name in named if corpus.concepts[name].kind not in ("condition", "site")} - set(_WIDE)
    also = {name for name in also if not corpus.with_broader([name]) & TREATMENTS}
    return [
        hit.statement
        for hit in hits[:_MOST_BESIDE]
        if not _is_said(hit.statement, case.lead)
        and (
            also & set(hit.statement.about)
            or (
                corpus.with_broader(hit.statement.about) & case.about
                and _GROUNDS & set(hit.statement.aspects)
                and conditions & set(hit.statement.about)
            )
        )
    ]


def nearest(case: Case, hits: Sequence[Hit]) -> tuple[Statement, ...]:
    """What was found nearest to the question's own words, unless the lead says it or the review is silent on it."""
    near = (hit.statement for hit in hits[:_MOST_NEAREST] if not hit.statement.silent)
    return tuple(statement for statement in near if not _is_said(statement, case.lead))


def _is_said(statement: Statement, opening: str) -> bool:
    """Whether the first sentences have it already, be it after a colon."""
    return marked(statement.text, statement.references)[1:] in opening


def _why(found: Plan, steps: Sequence[Step], asked: Asked, corpus: Corpus) -> list[str]:
    """Ids of the statements after the lead: on what is put forward, why the next step, its risk, and its company."""
    options = specific([step for name in asked.options for step in found.steps if step.intervention == name], found)
    named = [*label_of(found, _SIGNS)] if asked.label else [*found.remarks]
    if asked.risks:
        named += risks_of(found, options or steps, corpus)
    named += [*asked.hints, *(name for option in options for name in _on_option(option, found, asked, corpus))]
    if not steps and set(STIMULATORS) <= {option.intervention for option in options}:
        named.append(WHICH_STIMULATOR)
    if asked.repeats:
        named.append(_REPEAT)
    for step in steps[:1]:
        named += (closest(step.statements[1:], found, corpus) or step.statements[:1])[:2]
    ahead = [step for step in options if step.status in ("consider", "alongside")]
    named += [name for step in (*ahead, *steps[:1]) for name in caveats(step.intervention)][:1]
    company = steps[1:] if steps else [step for step in found.steps if step.status == "need to know"]
    return [*named, *(name for step in company for name in closest(step.statements[1:], found, corpus)[:1])]


def _on_option(option: Step, found: Plan, asked: Asked, corpus: Corpus) -> list[str]:
    """What the review says of an option in this condition, and why it comes later."""
    named = [*closest(option.statements, found, corpus)[: _MOST_EVIDENCE if asked.evidence else 1]]
    if option.status in ("later", "need to know") and option.intervention in _LATER:
        named.append(_LATER[option.intervention])
    return named


def _statements(names: Sequence[str], corpus: Corpus) -> tuple[Statement, ...]:
    return tuple(corpus.by_id[name] for name in dict.fromkeys(names))


def _placed(patient: Patient, asked: Asked) -> tuple[Plan, str]:
    """The plan, and the condition it is made under.

    A later step in the history, or one that is put forward, says that drugs came before; with what result is not known
    where they are only listed.
    """
    found = plan(patient)
    is_past = patient.block_relief_percent is not None or any(
        set(getattr(patient, name)) - _DAILY for name in ("failed", "brief", "tried")
    )
    status = found.step(_DRUGS).status
    is_open = status == "need to know" or (status == "consider" and (is_past or bool(asked.options)))
    if not is_open or _DRUGS in patient.not_tried:
        return found, ""
    tried = tuple(name for name in patient.tried if name not in _DRUG_NAMES)
    supposed = patient.model_copy(update={"failed": (*patient.failed, _DRUGS), "tried": tried})
    return plan(supposed), "If drug treatment has failed, "


def _supposing(query: Query, corpus: Corpus) -> str:
    """The condition that the question itself makes."""
    named = " and ".join(corpus.concepts[name].label for name in query.supposed)
    return f"If {named} fails or does not last, "


def _following(found: Plan) -> list[str]:
    """Statements on what comes after."""
    return [_LATER[step.intervention] for step in found.steps if step.intervention in _LATER
            and step.status in ("later", "need to know")]  # fmt: skip


def rest(case: Case, said: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements on what comes later that there is room for, beside what is said already."""
    length = _HEADINGS + len(case.lead.split()) + len(" ".join(case.ask).split())
    length += sum(len(item.text.split()) for item in said)
    chosen: list[Statement] = []
    for item in case.later:
        length += len(item.text.split())
        if item not in said and length <= MOST_WORDS:
            chosen.append(item)
    return tuple(chosen)


def closing(case: Case, later: Sequence[Statement]) -> str:
    """The second part of a case answer: what comes after, what to ask, what the review is silent on."""
    after = [item for item in later if item.id != _SILENCE]
    silent = [item for item in later if item.id == _SILENCE]
    parts = [("After that", " ".join(marked(item.text, item.references) for item in after))]
    parts.append(("To clarify", " ".join(marked(question, ()) for question in case.ask)))
    parts.append(("Not in the review", " ".join(marked(item.text, item.references) for item in silent)))
    return "".join(f"\n\n**{name}:** {text}" for name, text in parts if text)
