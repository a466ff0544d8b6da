"""Typed numbers where they stand in their sentence, and the same sentence with one of them changed or two swapped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.entries import Quantity, Statement
from assistant.reading import Number, normalise, numbers

DAYS: Final = {
    "minutes": 1 / 1440, "hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.44, "years": 365.25,
    "decades": 3652.5,
}  # fmt: skip
# Units in which a sentence may leave the noun to the reader: "nine out of ten", "a series of four".
COUNTED: Final = ("patients", "trials", "groups", "blocks", "controls", "infusions")
_ONES: Final = "zero one two three four five six seven eight nine ten eleven twelve".split()
_FOLDS: Final = {2.0: "twice", 3.0: "three times", 4.0: "four times", 5.0: "five times", 8.0: "eight times"}
_FRACTIONS: Final = {0.3333: "one-third", 0.6667: "two-thirds", 0.5: "one half", 0.25: "one-quarter"}
# What numbers a thing rather than counts it: "type 1", "group 2".
_LABEL: Final = re.compile(r"\b(?:type|types|group|box|figure) $|\btype \d and $", re.IGNORECASE)
_NUMERAL: Final = re.compile(r"\d+(?:[.,]\d+)?|[a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A typed number and where its numeral stands: text[start:end]; `whole` is the span with its unit.

    of: the numeral of the total in "5 of 24"; upper: that of the end of a range.
    """

    quantity: Quantity
    start: int
    end: int
    whole: tuple[int, int]
    of: tuple[int, int] | None = None
    upper: tuple[int, int] | None = None


@lru_cache(maxsize=512)
def figures(statement: Statement) -> tuple[Figure, ...]:
    """The typed numbers of a statement that its sentence writes, in the order of the entry."""
    text = _plain(statement.text)
    free = [number for number in numbers(text) if not _LABEL.search(text[: number.start])]
    found: list[Figure] = []
    for quantity in statement.numbers:
        match = next((n for is_exact in (True, False) for n in free if _is(n, quantity, is_exact=is_exact)), None)
        if match is None:
            continue
        free.remove(match)
        total = next((n for n in free if quantity.of == n.value and 0 < n.start - match.end <= 8), None)
        if total:
            free.remove(total)
        found.append(_figure(quantity, match, total, text))
    return tuple(found)


def unwritten(statement: Statement) -> tuple[Quantity, ...]:
    """Typed numbers that the sentence does not write, or writes once for two entries."""
    # Told apart by value and count, not by identity: equal statements of two loads share one cached answer.
    left = list(statement.numbers)
    for figure in figures(statement):
        left.remove(figure.quantity)
    return tuple(left)


def changed(statement: Statement, figure: Figure, value: float, *, part: str = "value") -> str:
    """The sentence with another value in a figure; part: "value", "range" (both ends, scaled), "upper", "of"."""
    if part == "of" and figure.of:
        return _with(statement.text, [(*figure.of, _written(value, statement.text[slice(*figure.of)]))])
    if part == "upper" and figure.upper:
        return _with(statement.text, [(*figure.upper, _written(value, statement.text[slice(*figure.upper)]))])
    edits = [(figure.start, figure.end, _spelt(value, figure, statement.text))]
    if part == "range" and figure.upper and figure.quantity.upper:
        scaled = figure.quantity.upper * value / figure.quantity.value
        edits.append((*figure.upper, _written(round(scaled), statement.text[slice(*figure.upper)])))
    return _with(statement.text, edits)


def shown(statement: Statement, figure: Figure) -> str:
    """The figure as the sentence writes it, with its unit and its total."""
    start, end = figure.whole
    return statement.text[start : max(end, figure.of[1] if figure.of else end)]


def exchanged(text: str, one: Figure, other: Figure) -> str:
    """The sentence with the numerals of two figures exchanged, and their totals where both have one."""
    edits = [(one.start, one.end, _cased(text[other.start : other.end], text[one.start])),
             (other.start, other.end, _cased(text[one.start : one.end].lower(), text[other.start]))]  # fmt: skip
    if one.of and other.of:
        edits += [(*one.of, text[slice(*other.of)]), (*other.of, text[slice(*one.of)])]
    return _with(text, edits)


def times_exchanged(text: str, one: Figure, other: Figure) -> str:
    """The sentence with two times exchanged, each with its unit and in the form of the place that it comes to."""
    spans: Sequence[tuple[Figure, Figure]] = ((one, other), (other, one))
    return _with(text, [(*here.whole, _in_place_of(text, there, here)) for here, there in spans])


def _plain(text: str) -> str:
    """The text with dashes as the reader of numbers knows them; of the same length."""
    plain = normalise(text).text
    return plain if len(plain) == len(text) else text


def _is(number: Number, quantity: Quantity, *, is_exact: bool) -> bool:
    if abs(number.value - quantity.value) > 0.001 or (quantity.upper is not None and number.upper != quantity.upper):
        return False
    if number.unit == quantity.unit or (quantity.unit in COUNTED and number.unit in (None, "patients")):
        return True
    return not is_exact and number.unit is None and quantity.unit in DAYS


def _figure(quantity: Quantity, number: Number, total: Number | None, text: str) -> Figure:
    whole = (number.start, number.end)
    if quantity.unit in ("fraction", "fold"):
        return Figure(quantity, *whole, whole)
    numerals = [(number.start + m.start(), number.start + m.end()) for m in _NUMERAL.finditer(text[slice(*whole)])]
    ends = (span for span in numerals[1:] if number.upper and text[slice(*span)] == f"{number.upper:g}")
    of = (total.start, total.start + len(_first(text[total.start : total.end]))) if total else None
    return Figure(quantity, *numerals[0], whole, of, next(ends, None))


def _first(written: str) -> str:
    match = _NUMERAL.match(written)
    return match.group() if match else written


def _spelt(value: float, figure: Figure, text: str) -> str:
    old = text[figure.start : figure.end]
    named = {"fold": _FOLDS, "fraction": _FRACTIONS}.get(figure.quantity.unit, {})
    new = next((word for known, word in named.items() if abs(known - value) < 0.001), None)
    return _cased(new, old) if new else _written(value, old)


def _written(value: float, old: str) -> str:
    """A value in digits where the old one was, in words where it was in words and there is one."""
    if not old[0].isdigit() and value == int(value) and value < len(_ONES):
        return _cased(_ONES[int(value)], old)
    return f"{value:g}"


def _cased(new: str, old: str) -> str:
    return new[0].upper() + new[1:] if old[0].isupper() else new


def _with(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return re.sub(r"\b([Aa]) (?=(?:eight|eleven|8|11|18)\b)", r"\1n ", text)


def _in_place_of(text: str, new: Figure, old: Figure) -> str:
    """A length of time as it reads where another stood: "4-hour" for "10 days" becomes "10-day"."""
    before, written = text[slice(*old.whole)], text[slice(*new.whole)]
    unit = new.quantity.unit
    numeral = re.sub(r"[\s-]*[a-z]+$", "", written) if written[0].isdigit() else written.split()[0].split("-")[0]
    is_adjective = bool(re.search(r"\d-[a-z]+$", before))
    value = new.quantity.upper or new.quantity.value
    return f"{numeral}-{unit.removesuffix('s')}" if is_adjective else f"{numeral} {unit if value != 1 else unit[:-1]}"
