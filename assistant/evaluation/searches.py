"""The searches that are compared, in one form: a question in, what was found out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering.cite import marked
from assistant.evaluation.sets import Item
from assistant.retrieval import Hit, StatementRetriever

# What the tutorial recipe retrieves, four chunks of 1,000 characters, is what each search may show.
BUDGET_CHARACTERS: Final = 4000


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found for one question.

    ids: statements, best first (empty where the search has other units). text: what it retrieved, best first, within
    the budget. score: how near the best is, higher is nearer (None where scores of two questions can't be compared).
    carried: statements that the text carries (None: not known). right: of a search over chunks, whose ids are chunks,
    those that carry a gold statement.
    """

    ids: tuple[str, ...]
    text: str
    score: float | None
    carried: frozenset[str] | None = None
    right: tuple[str, ...] | None = None


Search = Callable[[Item], Mapping[str, Found]]


def statement_search(retriever: StatementRetriever) -> Search:
    """Return the project's search as used, "fused", and by each of its two parts alone, "dense" and "lexical"."""

    def search(item: Item) -> dict[str, Found]:
        hits = retriever.searcher.search(retriever.reader.read(item.question, item.turns, item.patient))
        dense = sorted(hits, key=lambda hit: (-hit.dense, hit.statement.id))
        lexical = sorted(hits, key=lambda hit: (-hit.lexical, hit.statement.id))
        return {
            "fused": found_by(hits, hits[0].score),
            "dense": found_by(dense, dense[0].dense),
            # Lexical scores are scaled to the best hit of each question, so they say nothing between questions.
            "lexical": found_by(lexical, None),
        }

    return search


def found_by(hits: Sequence[Hit], score: float | None) -> Found:
    """Return what a ranking of statements found."""
    text, count = within_budget([marked(hit.statement.text, hit.statement.references) for hit in hits], " ")
    ids = tuple(hit.statement.id for hit in hits)
    return Found(ids, text, score, frozenset(ids[:count]))


def within_budget(pieces: Sequence[str], between: str) -> tuple[str, int]:
    """Join the best pieces as long as they fit whole; also how many do."""
    text, count = "", 0
    for piece in pieces:
        longer = f"{text}{between}{piece}" if text else piece
        if len(longer) > BUDGET_CHARACTERS:
            break
        text, count = longer, count + 1
    return text, count
