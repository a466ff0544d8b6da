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
    """

    ids: tuple[str, ...]
    text: str
    score: float | None


Search = Callable[[Item], Mapping[str, Found]]


def statement_search(retriever: StatementRetriever) -> Search:
    """Return the project's search as used, "fused", and by each of its two parts alone, "dense" and "lexical"."""

    def search(item: Item) -> dict[str, Found]:
        hits = retriever.searcher.search(retriever.reader.read(item.question, item.turns, item.patient))
        dense = sorted(hits, key=lambda hit: (-hit.dense, hit.statement.id))
        lexical = sorted(hits, key=lambda hit: (-hit.lexical, hit.statement.id))
        return {
            "fused": _found(hits, hits[0].score),
            "dense": _found(dense, dense[0].dense),
            # Lexical scores are scaled to the best hit of each question, so they say nothing between questions.
            "lexical": _found(lexical, None),
        }

    return search


def _found(hits: Sequence[Hit], score: float | None) -> Found:
    return Found(tuple(hit.statement.id for hit in hits), _within_budget(hits), score)


def _within_budget(hits: Sequence[Hit]) -> str:
    """Join the best statements, with their marks, as long as they fit whole."""
    text = ""
    for hit in hits:
        longer = f"{text} {marked(hit.statement.text, hit.statement.references)}".lstrip()
        if len(longer) > BUDGET_CHARACTERS:
            break
        text = longer
    return text
