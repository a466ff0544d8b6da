"""Numbers as numbers: digits, words, percentages, fractions and ranges, with their units and spans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_UNITS: Final = {
    name: value
    for value, name in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""".split()
    )
}
_TENS: Final = {
    name: 10 * value
    for value, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_FRACTIONS: Final = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2}
_WORD: Final = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_NUMBER: Final = rf"(?:\d+(?:[.,]\d+)*|\b(?:{_WORD})(?:[- ](?:{_WORD}))?\b)"
_UNIT: Final = (
    r"%|per ?cent|percent|patients?|people|days?|hours?|hrs?|h\b|minutes?|mins?|weeks?|wks?|months?|years?|yrs?|"
    r"decades?|fold|times|mg(?:/\w+)*|mcg(?:/\w+)*|µg(?:/\w+)*|ml|hz|khz|volts?|gauge"
)
_PATTERN: Final = re.compile(
    rf"(?P<first>{_NUMBER})(?:\s*(?:-|to)\s*(?P<last>{_NUMBER}))?(?:\s*-?\s*(?P<unit>{_UNIT}))?(?!\w)", re.IGNORECASE
)
_FRACTION: Final = re.compile(
    r"\b(?:(?P<count>one|two|three|a)[- ])?(?P<part>half|thirds?|quarters?|fifths?)\b", re.IGNORECASE
)
_CANONICAL: Final = {
    "%": "percent", "per cent": "percent", "percent": "percent", "patient": "patients", "people": "patients",
    "day": "days", "hour": "hours", "hr": "hours", "h": "hours", "minute": "minutes", "min": "minutes",
    "week": "weeks", "wk": "weeks", "month": "months", "year": "years", "yr": "years", "decade": "decades",
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


def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of `text` in order; "two thirds" is 0.6667, "80-180 minutes" has an upper end, 0.6 stays 0.6."""
    found = []
    for match in _PATTERN.finditer(text):
        if match.start() and (text[match.start() - 1].isalnum() or text[match.start() - 1] == "."):
            continue
        last = match["last"]
        found.append(Number(_value(match["first"]), last and _value(last) or None, _unit(match["unit"]), *match.span()))
    for match in _FRACTION.finditer(text):
        count = {"two": 2, "three": 3}.get((match["count"] or "").lower(), 1)
        value = round(count * _FRACTIONS[match["part"].lower().removesuffix("s")], 4)
        found = [number for number in found if not match.start() <= number.start < match.end()]
        found.append(Number(value, None, "fraction", *match.span()))
    return tuple(sorted(found, key=lambda number: number.start))


def _value(written: str) -> float:
    if written[0].isdigit():
        return float(re.sub(r",(?=\d{3}\b)", "", written).replace(",", "."))
    parts = re.split(r"[- ]", written.lower())
    return float(sum(_TENS.get(part, _UNITS.get(part, 0)) for part in parts))


def _unit(written: str | None) -> str | None:
    if not written:
        return None
    unit = written.lower()
    return _CANONICAL.get(unit) or _CANONICAL.get(unit.removesuffix("s")) or unit
