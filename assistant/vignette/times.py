"""Lengths of time in a clause, in months, as clinicians write them: "3/12", "6 weeks", "x 7 yrs", "since 2015"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assistant.vignette.clauses import Clause

_WORDS: Final = {
    word: number
    for number, words in enumerate(
        (("a", "an", "one"), ("two", "couple"), ("three", "few"), ("four", "several"), ("five",), ("six",), ("seven",),
         ("eight",), ("nine",), ("ten",), ("eleven",), ("twelve",)), 1)
    for word in words
}  # fmt: skip
_TEENS: Final = {"eighteen": 18, "fourteen": 14, "fifteen": 15, "sixteen": 16, "twenty": 20}
_COUNT: Final = rf"\d{{1,2}}(?:\.\d)?|{'|'.join((*_WORDS, *_TEENS))}"
_PER_MONTH: Final = {"h": 0.001, "d": 1 / 30, "w": 0.25, "f": 0.5, "m": 1.0, "y": 12.0}
_TIME: Final = re.compile(
    rf"(?<![\w.])(?:(?P<over>\d{{1,2}})/(?P<of>7|52|12)\b|[>~x]?\s?(?P<count>{_COUNT})\+?[ -]?(?:(?:of|or two|good|"
    rf"long) )?"
    rf"(?P<unit>hours?|hrs?|days?|weeks?|wks?|w|fortnight|months?|mths?|mo|years?|yrs?|y)\b(?![ -]?old|/o|[ -]o\b)|"
    rf"(?P<many>for years|years of|decades?|for many years|over the years)\b|"
    rf"(?P<lately>last week|this week|yesterday)\b|(?P<last_year>last year)\b|\b(?:in|since|"
    rf"from)? ?(?P<year>19[5-9]\d|20[01]\d|2020)\b)",
    re.IGNORECASE,
)
_OVER: Final = {"7": 1 / 30, "52": 0.25, "12": 1.0}
_LONG: Final = 24.0
# Anything from one month to two years: more than weeks, and not surely a year.
_LAST_YEAR: Final = 8.0


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in months, whether it is counted in weeks or less, and where it stands in the text."""

    months: float
    is_short: bool
    start: int
    end: int


def spans_of_time(clause: Clause) -> tuple[Length, ...]:
    """The lengths of time named in a clause, in order; a year that was over when the review appeared is long ago."""
    return tuple(
        Length(_months(match), _is_short(match), clause.start + match.start(), clause.start + match.end())
        for match in _TIME.finditer(clause.text)
    )


def _months(match: re.Match[str]) -> float:
    if match["over"]:
        return int(match["over"]) * _OVER[match["of"]]
    if match["many"] or match["year"]:
        return _LONG
    if match["last_year"]:
        return _LAST_YEAR
    if match["lately"]:
        return _PER_MONTH["w"]
    count = match["count"].lower()
    number = _WORDS.get(count) or _TEENS.get(count) or float(count)
    return number * _PER_MONTH[match["unit"][0].lower()]


def _is_short(match: re.Match[str]) -> bool:
    return bool(match["lately"]) or match["of"] in ("7", "52") or (match["unit"] or "y")[0].lower() in "hdwf"
