"""Marks and what stands behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from assistant.corpus import Corpus
from assistant.entries import Statement
from assistant.reading import sentences
from assistant.types import Citation

# What the review says without a reference of its own.
REVIEW_MARK: Final = "[Chin 2021]"
_STOP: Final = re.compile(r"([.?!]+[\"')]*)$")


def mark(references: Sequence[int]) -> str:
    """The inline mark: "[47, 48]", ascending; "[Chin 2021]" where there is no reference."""
    return f"[{', '.join(map(str, sorted(set(references))))}]" if references else REVIEW_MARK


def marked(text: str, references: Sequence[int]) -> str:
    """The text with the mark before the stop of each of its sentences."""
    sign = mark(references)
    return " ".join(_STOP.sub(rf" {sign}\1", span.text) for span in sentences(text))


def citation(statement: Statement, corpus: Corpus, passages: Mapping[str, str]) -> Citation:
    """What stands behind a statement's mark; `passages` holds the article's own words by statement id."""
    return Citation(
        mark=mark(statement.references),
        statement_id=statement.id,
        text=statement.text,
        section=statement.section,
        paragraph=statement.paragraph,
        references=tuple(sorted(statement.references)),
        printed=corpus.printed_as(statement),
        passage=passages.get(statement.id),
    )
