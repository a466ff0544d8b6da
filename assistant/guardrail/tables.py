"""Tables: the arm that heads each column, for figures in the rows below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.guardrail.arms import arms
from assistant.guardrail.facts import Side
from assistant.guardrail.units import Document, Unit, read

_REFERENCES: Final = re.compile(
    r"\W*(?:refs?|references?|sources?|citations?)(?: (?:no|nos|numbers?))?\W*", re.IGNORECASE
)
_ROW: Final = re.compile(r"^[ \t]*\|.*\|[ \t]*$|^[^|\n]+\|[^|\n]+\|.*$")
_RULE: Final = re.compile(r"^[\s|:=-]*$")
# No table of an answer is longer or wider.
_MOST_ROWS: Final = 60
_MOST_CELLS: Final = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A cell of a row, as a span of the normalised text, and the arm that heads its column."""

    start: int
    end: int
    side: Side


def columns(document: Document) -> tuple[Column, ...]:
    """The cells that stand under an arm, of every table whose header names both arms; row labels are in none."""
    return tuple(cell for table in _tables(document.normalised.text) for cell in _headed(table))


def side_at(cells: Sequence[Column], unit: Unit, at: int) -> Side | None:
    """The arm that heads the column of what stands at `at` in a unit."""
    place = unit.start + at
    return next((cell.side for cell in cells if cell.start <= place < cell.end), None)


def reference_cells(document: Document) -> tuple[tuple[int, int], ...]:
    """Spans of the cells under a head such as "Ref.": their numbers are references, not results."""
    found = []
    for head, *rows in _tables(document.normalised.text):
        places = [at for at, (_, cell) in enumerate(head) if _REFERENCES.fullmatch(cell)]
        cells = (row[at] for row in rows for at in places if at < len(row))
        found += [(start, start + len(cell)) for start, cell in cells]
    return tuple(found)


def _tables(text: str) -> Iterator[list[list[tuple[int, str]]]]:
    """Runs of rows as lists of cells, each with where it starts; the rule under a header is left out."""
    table: list[list[tuple[int, str]]] = []
    at = 0
    for line in text.split("\n"):
        if _ROW.match(line):
            if not _RULE.match(line) and len(table) < _MOST_ROWS:
                table.append(_cells(line, at))
        elif table:
            yield table
            table = []
        at += len(line) + 1
    if table:
        yield table


def _cells(line: str, at: int) -> list[tuple[int, str]]:
    """Cells between the bars; an outer bar opens no cell."""
    found, start = [], at
    for piece in line.split("|"):
        found.append((start, piece))
        start += len(piece) + 1
    if not found[0][1].strip() and line.lstrip().startswith("|"):
        found = found[1:]
    return found[:_MOST_CELLS]


def _headed(table: list[list[tuple[int, str]]]) -> Iterator[Column]:
    head, *rows = table
    sides = [_side(cell) if position else None for position, (_, cell) in enumerate(head)]
    if not {"active", "control"} <= set(sides):
        return
    for row in rows:
        for (start, cell), side in zip(row, sides, strict=False):
            if side:
                yield Column(start, start + len(cell), side)


def _side(cell: str) -> Side | None:
    """The arm of a head: what is given first counts, so that placebo followed by treatment is the control."""
    found = [arm for unit in read(cell).units for arm in arms(unit)] if cell.strip() else []
    if not found:
        return None
    if found[0].name == "placebo" or all(arm.side == "control" for arm in found):
        return "control"
    return "active" if all(arm.side == "active" for arm in found) else None
