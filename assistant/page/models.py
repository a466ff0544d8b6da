"""What the page shows of a conversation; pure functions from answers, no Streamlit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from assistant.answering.cite import REVIEW_MARK
from assistant.corpus import Corpus
from assistant.entries import Reference
from assistant.errors import AssistantError
from assistant.page.markup import WHOLE, as_text, with_links
from assistant.page.wording import (
    ANSWER_VERDICTS,
    NO_REFERENCE,
    NOT_READ,
    ON_THE_WHOLE,
    OUTCOMES,
    REVIEW,
    REVIEW_LINK,
    SILENT,
    WHOLE_REVIEW,
    Color,
    error_sentences,
    stage,
)
from assistant.types import Answer, Citation, Message

LONGEST_SHOWN: Final = 600
REFERENCE_LIST: Final = "References"
_LABEL_WORDS: Final = 5


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, or an error as (headline, what happened, next step)."""

    number: int
    question: str
    answer: Answer | None = None
    error: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A full reference: its label ("47", or "Review"), the text, and a link with what it leads to."""

    label: str
    text: str
    link: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class Card:
    """The evidence behind a mark; `label` is unlike any other of its answer.

    `statement` is empty where the evidence is an entry of the reference list, which has no `statement_id` either.
    """

    key: str
    label: str
    mark: str
    place: str
    statement: str
    sources: tuple[Source, ...]
    notes: tuple[str, ...]
    passage: str | None
    statement_id: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as the page shows it: outcome (words, icon, colour), Markdown, cards, what is missing, the steps.

    outcome: None for courtesy, which says nothing of the review and cites nothing.
    verdict: the guardrail's, as outcome, None where it was not checked or there was nothing to check;
    findings: what is to be looked at, in words.
    way: which way it came where a language model is set, else empty.
    """

    outcome: tuple[str, str, Color] | None
    text: str
    cards: tuple[Card, ...]
    missing: str
    steps: tuple[str, ...]
    verdict: tuple[str, str, Color] | None = None
    findings: tuple[str, ...] = ()
    way: str = ""


def history(turns: Sequence[Turn]) -> list[Message]:
    """The answered turns as the assistant takes them, oldest first; a question that failed is no part of it."""
    return [
        message
        for turn in turns
        if turn.answer
        for message in (
            {"role": "user", "content": turn.question},
            {"role": "assistant", "content": turn.answer.text},
        )
    ]


def failed(number: int, question: str, error: AssistantError) -> Turn:
    """The turn of a question that could not be answered because of an error."""
    return Turn(number, question, error=error_sentences(error))


def question_shown(question: str) -> str:
    """The question as it is shown: shortened where it would push the conversation away, and named where empty."""
    text = question.strip()
    if not text:
        return "(empty question)"
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}… ({len(question):,} characters)"


def shown(answer: Answer, corpus: Corpus, number: int) -> Shown:
    """The answer as shown; `number` is its turn's, so that keys differ between answers."""
    text, used = with_links(answer.text, answer.citations, lambda position: _target(answer, corpus, number, position))
    marks_used = {answer.citations[position].mark for position in used if position != WHOLE}
    rest = [i for i, citation in enumerate(answer.citations) if i not in used and citation.mark in marks_used]
    courtesy = answer.outcome == "answered" and not answer.citations
    return Shown(
        outcome=None if courtesy else OUTCOMES[answer.outcome],
        text=text,
        cards=distinct([_card(answer, i, corpus, number) for i in (*used, *rest)]),
        missing=missing(answer),
        steps=steps(answer),
        verdict=ANSWER_VERDICTS[answer.report.verdict]
        if answer.report and not (courtesy and answer.report.verdict == "pass")
        else None,
        findings=findings(answer),
        way=answer.draft_report.note if answer.draft_report else "",
    )


def card(citation: Citation, corpus: Corpus, key: str) -> Card:
    """What stands behind one mark."""
    listed = citation.section == REFERENCE_LIST
    where = place(citation, corpus)
    sources = tuple(source(corpus.references[number]) for number in citation.references)
    notes = [NOT_READ if citation.read == "review" else "Read in the paper itself."] if sources else [NO_REFERENCE]
    notes = [SILENT] if where == WHOLE_REVIEW else notes
    notes += [f"Reference {right} is printed as {printed} in the article." for printed, right in citation.printed]
    return Card(
        key=key,
        label=f"**{as_text(citation.mark)}** {as_text(where)}",
        mark=citation.mark,
        place=where,
        statement="" if listed else citation.text,
        sources=sources or (Source("Review", REVIEW, REVIEW_LINK, "DOI"),),
        notes=tuple(notes),
        passage=citation.passage,
        statement_id="" if listed else citation.statement_id,
    )


def whole_review(key: str) -> Card:
    """What stands behind the review's own mark where no single statement of it does."""
    return Card(
        key=key,
        label=f"**{as_text(REVIEW_MARK)}** {WHOLE_REVIEW}",
        mark=REVIEW_MARK,
        place=WHOLE_REVIEW,
        statement="",
        sources=(Source("Review", REVIEW, REVIEW_LINK, "DOI"),),
        notes=(ON_THE_WHOLE,),
        passage=None,
    )


def distinct(cards: Sequence[Card]) -> tuple[Card, ...]:
    """The cards, those with the same mark and place told apart by how their statements begin."""
    times = Counter(card.label for card in cards if card.statement)
    return tuple(
        replace(card, label=f"{card.label}: {as_text(_beginning(card.statement))}") if times[card.label] > 1 else card
        for card in cards
    )


def place(citation: Citation, corpus: Corpus) -> str:
    """Where in the article the statement stands: section and paragraph, or its place in the reference list.

    What no sentence of the article carries, since it is not in it, stands in no place.
    """
    if citation.section == REFERENCE_LIST:
        return f"Reference list, number {citation.paragraph}"
    statement = corpus.by_id.get(citation.statement_id)
    if statement and statement.silent and not statement.sentences:
        return WHOLE_REVIEW
    paragraph = f"paragraph {citation.paragraph}" if isinstance(citation.paragraph, int) else citation.paragraph
    return f"“{citation.section}”, {paragraph}"


def source(reference: Reference) -> Source:
    """A full reference with its DOI or PubMed link; where neither is known, a PubMed search for its title."""
    if reference.link:
        leads_to = "DOI" if "doi.org" in reference.link else "PubMed"
        return Source(str(reference.number), reference.formatted, reference.link, leads_to)
    search = f"https://pubmed.ncbi.nlm.nih.gov/?term={quote(str(reference.csl['title']), safe='')}"
    return Source(str(reference.number), reference.formatted, search, "Search PubMed for this title")


def missing(answer: Answer) -> str:
    """What was asked and the review does not say, as a plain sentence; empty where the text has already said it."""
    unsaid = [item for item in answer.missing if item != answer.understood.question and item not in answer.text]
    return f"The review does not say: {'; '.join(unsaid)}." if unsaid else ""


def steps(answer: Answer) -> tuple[str, ...]:
    """How the answer came about, as lines of Markdown that say what each step found."""
    return tuple(f"**{stage(step.name)}:** {as_text(step.found.replace('_', ' '))}" for step in answer.steps)


def findings(answer: Answer) -> tuple[str, ...]:
    """What the guardrail found in an answer, in sentences; none where its sentences were replaced."""
    if answer.report is None or answer.report.verdict == "block":
        return ()
    return tuple(str(item["message"]) for item in answer.report.to_dict()["findings"])


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:_LABEL_WORDS]) + ("…" if len(words) > _LABEL_WORDS else "")


def target(key: str, where: str) -> str:
    """Markdown link target of the evidence with that key, and its tooltip, which screen readers read out."""
    title = where.replace("\\", "").replace('"', "'")
    return f'#{key} "Evidence: {title}"'


def mark_link(card: Card) -> str:
    """A card's mark as Markdown that opens it."""
    return f"[{as_text(card.mark)}]({target(card.key, card.place)})"


def _card(answer: Answer, position: int, corpus: Corpus, number: int) -> Card:
    key = _key(number, position)
    return whole_review(key) if position == WHOLE else card(answer.citations[position], corpus, key)


def _key(number: int, position: int) -> str:
    return f"evidence-{number}-{'review' if position == WHOLE else position + 1}"


def _target(answer: Answer, corpus: Corpus, number: int, position: int) -> str:
    where = WHOLE_REVIEW if position == WHOLE else place(answer.citations[position], corpus)
    return target(_key(number, position), where)
