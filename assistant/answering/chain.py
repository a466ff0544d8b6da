"""The one visible chain of steps that page, API, command line and evaluation share."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from langchain_core.runnables import Runnable, RunnableLambda, RunnableSequence

from assistant.answering.bibliography import Bibliography, bibliography
from assistant.answering.cases import Case, beside, case_answer, closing, nearest, rest
from assistant.answering.cite import citation, marked
from assistant.answering.compose import begin, choose, nearby, treatments
from assistant.answering.parts import answers_to_parts, is_compound
from assistant.answering.wording import AGAIN, COURTESIES, NEARBY, REFUSALS, SILENT, conflict, not_covered
from assistant.corpus import Corpus
from assistant.covered import COVERED, covered_part
from assistant.entries import Statement
from assistant.guardrail import Report, check
from assistant.patient import Patient
from assistant.question import Query, Reader
from assistant.retrieval import Hit, Searcher
from assistant.scope import Scope, decide, gate
from assistant.terms import TREATMENTS
from assistant.types import Answer, Citation, DraftReport, Message, Step


@dataclass(frozen=True, slots=True)
class Asked:
    """What comes in; `tell` is told what a long step is at."""

    question: str
    history: Sequence[Message] = ()
    patient: Patient | Mapping[str, Any] | None = None
    tell: Callable[[str], None] | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What the steps hand on; each fills in its part.

    composed: where the statements that answer stand in `text`, which a draft may take the place of; None where there
    are none, or the text was mended.
    """

    asked: Asked
    query: Query | None = None
    scope: Scope = field(default_factory=lambda: Scope("answered"))
    hits: Sequence[Hit] = ()
    case: Case | None = None
    statements: tuple[Statement, ...] = ()
    text: str = ""
    composed: tuple[int, int] | None = None
    citations: tuple[Citation, ...] = ()
    report: Report | None = None
    draft_report: DraftReport | None = None
    steps: tuple[Step, ...] = ()

    @property
    def known(self) -> Query:
        """The query, which every step after the first has."""
        if self.query is None:
            raise RuntimeError("the step 'understand' has not run")
        return self.query


@dataclass(frozen=True, slots=True)
class Tools:
    """What the steps work with."""

    corpus: Corpus
    reader: Reader
    searcher: Searcher
    passages: Mapping[str, str]


def understand(state: State, tools: Tools) -> State:
    """Read the question: standalone wording, concepts, aspects, patient."""
    asked = state.asked
    return replace(state, query=tools.reader.read(asked.question, asked.history, asked.patient))


def check_scope(state: State, tools: Tools) -> State:
    """Refuse what is harmful, injected or an emergency, before anything is searched."""
    found = gate(state.known)
    return replace(state, scope=Scope("refused", refusal=found)) if found else state


def retrieve(state: State, tools: Tools) -> State:
    """Rank the statements, and decide whether the review covers what is asked."""
    if state.scope.outcome == "refused" or state.known.courtesy:
        return state
    hits = tools.searcher.search(state.known)
    scope = decide(state.known, hits, tools.corpus)
    if scope.outcome == "abstained" and scope.missing:
        part, missing = covered_part(state.known, tools.corpus)
        query = tools.reader.read_part(state.known, part) if part else state.known
        found = tools.searcher.search(query) if part else []
        if found and max(hit.dense for hit in found) >= COVERED:
            return replace(state, query=query, hits=found, scope=Scope("answered", missing))
    return replace(state, hits=hits, scope=scope)


def compose(state: State, tools: Tools) -> State:
    """Choose the statements that answer, or those nearby."""
    if state.known.courtesy:
        return state
    if state.scope.outcome == "answered":
        case = None if _is_left_out(state) else case_answer(state.known, tools.corpus)
        if case:
            asked = _by_part(state, tools, case.next)
            further = beside(case, state.known, state.hits, tools.corpus)
            own = (*case.statements[:_OF_CASE], *nearest(case, state.hits), *case.statements[_OF_CASE:])
            said = begin((*asked, *own, *further), tools.searcher.likeness, used=len(case.lead.split()))
            return replace(state, case=case, statements=said)
        return replace(state, statements=_chosen(state, tools))
    if state.scope.outcome == "abstained" and state.scope.near:
        own = (tools.corpus.by_id[state.scope.silence],) if state.scope.silence else ()
        near = nearby(state.hits, state.scope.near, tools.corpus, tools.searcher.likeness, beside=own)
        return replace(state, statements=(*own, *near))
    return state


# Statements of the pathway that come before what is nearest to the question itself.
_OF_CASE: Final = 3
# A statement that scores so much above the next is plainly what was asked for.
CLEARLY: Final = 1.05


def _is_left_out(state: State) -> bool:
    """Whether a risk is asked of a patient of which the review says nothing: that statement is clearly the nearest."""
    if len(state.hits) < 2:
        return False
    first, second = state.hits[:2]
    return {"gap", "risk"} <= set(first.statement.aspects) and first.score >= CLEARLY * second.score


def _chosen(state: State, tools: Tools) -> tuple[Statement, ...]:
    """The statements that answer, on what the question is about, a follow-up's subject included."""
    subject = (*state.known.concepts, *state.known.carried_concepts)
    asked = _by_part(state, tools, sorted(treatments(state.known.concepts, tools.corpus)))
    return choose(_on_subject(state, tools.corpus), tools.searcher.likeness, subject, tools.corpus, parts=asked)


def _on_subject(state: State, corpus: Corpus) -> Sequence[Hit]:
    """What was found, without other treatments' statements where a follow-up names no treatment of its own."""
    known = state.known
    spoken_of = corpus.with_broader(known.carried_concepts) & TREATMENTS
    if not (known.is_followup and spoken_of) or corpus.with_broader(known.concepts) & TREATMENTS:
        return state.hits
    return [
        hit
        for hit in state.hits
        if not (treated := corpus.with_broader(hit.statement.about) & TREATMENTS) or treated & spoken_of
    ]


def _by_part(state: State, tools: Tools, about: Sequence[str] = ()) -> tuple[Statement, ...]:
    """What answers the parts of a question that has several, or that follows a story."""
    if not is_compound(state.known.question):
        return ()
    return answers_to_parts(state.known, tools.reader, tools.searcher, about)


def cite(state: State, tools: Tools) -> State:
    """Write the text with its marks, and say what stands behind each."""
    if state.scope.refusal:
        return replace(state, text=REFUSALS[state.scope.refusal.reason])
    if state.known.courtesy:
        return replace(state, text=COURTESIES[state.known.courtesy])
    found = _about_references(state, tools) if state.scope.outcome == "answered" and _may_list(state) else None
    statements = found.statements if found else state.statements
    said = " ".join(marked(statement.text, statement.references) for statement in statements)
    start, length = 0, len(said)
    if state.case and not found:
        later = rest(state.case, statements)
        first = " ".join((state.case.lead, *_conflict(state), *_missing(state)))
        start = len(first) + 1
        said = f"{first} {said}{closing(state.case, later)}"
        behind = {source.id: source for source in (*state.case.sources, *statements, *later)}
        statements = tuple(behind.values())
    citations = tuple(citation(statement, tools.corpus, tools.passages) for statement in statements)
    if found:
        return replace(state, text=f"{found.text} {said}".strip(), citations=found.citations + citations)
    if state.scope.silence:
        texts = [marked(statement.text, statement.references) for statement in statements]
        said = " ".join((NEARBY, *texts[1:])) if texts[1:] else ""
        return replace(state, text="\n\n".join(filter(None, (f"{SILENT} {texts[0]}", said))), citations=citations)
    if state.scope.outcome == "abstained":
        opening = not_covered(state.scope.missing)
        return replace(state, text=f"{opening}\n\n{NEARBY} {said}" if said else opening, citations=citations)
    opening = AGAIN if state.known.is_again else ""
    ending = () if state.case else (*_conflict(state), *_missing(state))
    start += len(opening)
    composed = (start, start + length) if length else None
    return replace(state, text="\n\n".join((opening + said, *ending)), composed=composed, citations=citations)


def _missing(state: State) -> tuple[str, ...]:
    """What an answer leaves out because the review does not cover it, in one sentence, if anything."""
    return (not_covered(state.scope.missing),) if state.scope.missing else ()


def _conflict(state: State) -> tuple[str, ...]:
    """Where record and text disagree on the patient, in one sentence, if they do."""
    return (conflict(state.known.conflicts),) if state.known.conflicts else ()


def _may_list(state: State) -> bool:
    """Whether references may answer: for a case only where its sources are asked for."""
    return state.case is None or state.known.asks_source


def _about_references(state: State, tools: Tools) -> Bibliography | None:
    return bibliography(state.known, state.statements, tools.corpus, tools.searcher)


def guard(state: State, tools: Tools) -> State:
    """Check the text against the review; what it blocks is replaced by canonical statements."""
    # The patient as understood goes beyond the record only where the text completes it.
    patient = state.known.patient if state.asked.patient is not None else None
    report = check(state.text, patient, state.known.question)
    if report.verdict != "block":
        return replace(state, report=report)
    right = dict.fromkeys(found.source.statement_id for found in report.findings if found.source)
    mended = [citation(tools.corpus.by_id[name], tools.corpus, tools.passages) for name in right]
    shown = {item.statement_id: item for item in (*state.citations, *mended) if item.mark in report.repaired}
    return replace(state, text=report.repaired, composed=None, citations=tuple(shown.values()), report=report)


Work = Callable[[State, Tools], State]
# The chain: what happens to a question, in this order.
STEPS: Final[tuple[tuple[str, Work], ...]] = (
    ("understand", understand),
    ("scope", check_scope),
    ("retrieve", retrieve),
    ("compose", compose),
    ("cite", cite),
    ("guard", guard),
)


def timed(name: str, work: Work, tools: Tools) -> RunnableLambda[State, State]:
    """A step as a runnable that notes its time and what it found."""

    def run(state: State) -> State:
        start = time.perf_counter()
        after = work(state, tools)
        milliseconds = round((time.perf_counter() - start) * 1000, 3)
        return replace(after, steps=(*after.steps, Step(name, _found(name, after), milliseconds)))

    return RunnableLambda(run, name=name)


def _found(name: str, state: State) -> str:
    """What a step found, in a few words."""
    if name == "understand":
        return ", ".join((*state.known.concepts, *state.known.aspects)) or "no concept of the vocabulary"
    if name == "scope":
        return state.scope.outcome if state.scope.outcome == "refused" else "nothing to refuse"
    if name == "guard" and state.report:
        return state.report.verdict
    if name == "draft":
        return state.draft_report.way if state.draft_report else "no draft needed"
    if name == "retrieve":
        return f"{len(state.hits)} statements ranked, {state.scope.outcome}"
    return ", ".join(statement.id for statement in state.statements) or "no statement"


def steps(tools: Tools, draft: Work | None = None) -> tuple[RunnableLambda[State, State], ...]:
    """The steps as runnables, in order; a language model's draft, if there is one, comes before the last check."""
    named = STEPS if draft is None else (*STEPS[:-1], ("draft", draft), STEPS[-1])
    return tuple(timed(name, work, tools) for name, work in named)


def chain(tools: Tools, draft: Work | None = None) -> Runnable[State, State]:
    """The steps as one LangChain runnable."""
    return RunnableSequence(*steps(tools, draft))


def answer(state: State) -> Answer:
    """The answer that a finished state holds."""
    missing = state.scope.missing
    if state.scope.outcome == "abstained" and not missing:
        missing = (state.known.question,)
    return Answer(
        outcome=state.scope.outcome,
        text=state.text,
        understood=state.known.understood(),
        citations=state.citations,
        missing=missing,
        report=state.report,
        draft_report=state.draft_report,
        steps=state.steps,
    )
