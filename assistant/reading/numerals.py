"""Numbers as numbers: digits, words, percentages, fractions and ranges, with their units and spans."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_ONES: Final = {
    name: value
    for value, name in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], start=1)
}
_TEENS: Final = {
    name: value
    for value, name in enumerate(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        start=10,
    )
} | {"dozen": 12}
_TENS: Final = {
    name: 10 * value
    for value, name in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SMALL: Final = {"zero": 0, "a": 1, "and": 0, **_ONES, **_TEENS, **_TENS}
_LARGE: Final = {"hundred": 100, "thousand": 1000}
_FRACTIONS: Final = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2}

_ONE: Final = "|".join(_ONES)
_BELOW_100: Final = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{_ONE}))?|{'|'.join(_TEENS)}|{_ONE}|zero)"
_BELOW_1000: Final = rf"(?:(?:(?:{_ONE}|a) )?hundred(?:(?: and)? {_BELOW_100})?|{_BELOW_100})"
_WORDS: Final = rf"(?:(?:{_BELOW_1000}|a) thousand(?:(?: and)? {_BELOW_1000})?|{_BELOW_1000})"
# Possessive, and begun only where no number goes on: long runs of digits or spaces are read once.
_NUMBER: Final = rf"(?:(?<![\w.])(?<!\d,)\d++(?:[.,]\d++)*+|\b{_WORDS}\b)"
_UNIT: Final = (
    r"%|per ?cent|percent|patients?|people|days?|hours?|hrs?|h\b|minutes?|mins?|weeks?|wks?|months?|years?|yrs?|"
    r"y\b(?!\s?/?o\b)|"
    r"decades?|fold|times|mg(?:/\w+)*|mcg(?:/\w+)*|[µμ]g(?:/\w+)*|ml|hz|khz|volts?|gauge"
)
_PATTERN: Final = re.compile(
    rf"(?P<first>{_NUMBER})(?P<half> and a half\b)?(?:\s*+(?:-|to\b)\s*+(?P<last>{_NUMBER}))?"
    rf"(?:\s*+-?\s*+(?P<unit>{_UNIT}))?(?!\w)",
    re.IGNORECASE,
)
_TWICE: Final = re.compile(r"\b(?:twice|(?P<times>two|three|four|five|six|ten)fold)\b", re.IGNORECASE)
# "third" alone is an ordinal ("the third ganglion"), and a half-life is no half.
_FRACTION: Final = re.compile(
    r"\b(?:(?:one|two|three)[- ](?:half|thirds?|quarters?|fifths?)|"
    r"(?:a )?(?:half|quarter)(?![- ]li[fv]e)|"
    r"(?<![\w./])(?:1/[2345]|2/3|3/4)(?![\w/])|"
    r"a (?:third|fifth)(?=\s+(?:of|as|less|more|lower|higher|had|were)\b|\s*[.,;:)]|\s*$))\b(?![- ]li[fv]e)",
    re.IGNORECASE,
)
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL: Final = re.compile(r"\d+(?:[.,]\d+)?")
_CANONICAL: Final = {
    "%": "percent", "per cent": "percent", "percent": "percent", "patient": "patients", "people": "patients",
    "day": "days", "hour": "hours", "hr": "hours", "h": "hours", "minute": "minutes", "min": "minutes",
    "week": "weeks", "wk": "weeks", "month": "months", "year": "years", "yr": "years", "y": "years",
    "decade": "decades",
    "fold": "fold", "time": "fold",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: its value, the end of its range or None, its unit or None, and where it stands."""

    value: float
    upper: float | None
    unit: str | None
    start: int
    end: int


@lru_cache(maxsize=2048)
def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of `text` in order; "two thirds" is 0.6667, "80-180 minutes" has an upper end, 0.6 stays 0.6.

    A number inside a name ("C7") is none, nor is a list or version without spaces ("1.2.3").
    """
    fractions = [_fraction(match) for match in _FRACTION.finditer(text)]
    fractions += [_fold(match) for match in _TWICE.finditer(text)]
    inside = {at for fraction in fractions for at in range(fraction.start, fraction.end)}
    whole = [number for match in _PATTERN.finditer(text) if match.start() not in inside for number in _read(match)]
    taken = {at for number in whole for at in range(number.start, number.end)}
    free = [fraction for fraction in fractions if fraction.start not in taken]
    return tuple(sorted((*whole, *free), key=lambda number: number.start))


def _read(match: re.Match[str]) -> list[Number]:
    value, upper = _value(match["first"]), _value(match["last"]) if match["last"] else None
    if value is None:
        return []
    return [Number(value + (0.5 if match["half"] else 0), upper, _unit(match["unit"]), *match.span())]


def _fraction(match: re.Match[str]) -> Number:
    if "/" in match.group():
        above, below = map(int, match.group().split("/"))
        return Number(round(above / below, 4), None, "fraction", *match.span())
    count, _, part = match.group().lower().replace("-", " ").rpartition(" ")
    value = {"two": 2, "three": 3}.get(count, 1) * _FRACTIONS[part.removesuffix("s")]
    return Number(round(value, 4), None, "fraction", *match.span())


def _fold(match: re.Match[str]) -> Number:
    return Number(float(_SMALL[(match["times"] or "two").lower()]), None, "fold", *match.span())


def _value(written: str) -> float | None:
    """The value of a number as written; None for a list of them or one past all bounds."""
    if not written[0].isdigit():
        return _spelt(written.lower())
    if _THOUSANDS.fullmatch(written):
        value = float(written.replace(",", ""))
    elif _DECIMAL.fullmatch(written):
        value = float(written.replace(",", "."))
    else:
        return None
    return value if math.isfinite(value) else None


def _spelt(words: str) -> float:
    total = current = 0
    for word in re.split(r"[- ]", words):
        if word in _LARGE:
            current = max(current, 1) * _LARGE[word]
            total, current = (total + current, 0) if word == "thousand" else (total, current)
        else:
            current += _SMALL[word]
    return float(total + current)


def _unit(written: str | None) -> str | None:
    if not written:
        return None
    unit = written.lower().replace("μ", "µ")
    return _CANONICAL.get(unit) or _CANONICAL.get(unit.removesuffix("s")) or unit
