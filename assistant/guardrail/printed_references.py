"""References that a text only prints: their titles and places claim nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from assistant.corpus import Corpus
from assistant.guardrail.units import Document, Unit, step_of, without_marks

# Year, volume and pages, as a reference ends.
_PLACE: Final = re.compile(r"\b(?:19|20)\d\d;\s*\d+[^\s:]*:\s*[\dS]")
# Words, other than names and journals, that may stand around a reference; any other word says something to check.
_AROUND: Final = frozenset("and the for see reference references source sources from van von der den suppl doi".split())
_LOWER_WORD: Final = re.compile(r"(?<![\w-])[a-z][a-z'-]{2,}")


def without_references(document: Document, corpus: Corpus) -> Document:
    """The document without marks, and without units that only print a reference: its title, or journal, year, pages.

    A sentence that holds a title ("Neuropathic pain" is one) or a place among words of its own stays. Marks give way
    to blanks: "[57]" is no figure and "[Chin 2021]" no author of what the sentence claims.
    """
    titles = tuple(str(reference.csl["title"]).rstrip(".").lower() for reference in corpus.references.values())
    prose = (replace(unit, text=without_marks(unit.text)) for unit in document.units)
    kept = (unit for unit in prose if not unit.text.isspace() and not _only_refers(unit, titles))
    return Document(document.normalised, tuple(kept))


@lru_cache(maxsize=2)
def _any_of(titles: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(set(titles), key=lambda title: (-len(title), title))
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


def _only_refers(unit: Unit, titles: tuple[str, ...]) -> bool:
    text = unit.text.lower()
    title = _any_of(titles).search(unit.text) if any(each in text for each in titles) else None
    if not title and not _PLACE.search(unit.text):
        return False
    start, end = title.span() if title else (0, 0)
    names_step = any(item.id in step_of() and not start <= item.start < end for item in unit.mentions)
    left = unit.text[:start] + " " + unit.text[end:]
    return not names_step and "%" not in left and set(_LOWER_WORD.findall(left)) <= _AROUND
