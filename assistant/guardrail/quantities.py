"""The quantities of a unit: shares, counts of people and lengths of time, and bare numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from assistant.guardrail.facts import DAYS
from assistant.guardrail.units import Unit
from assistant.reading import Number

Kind = Literal["share", "points", "count", "time", "fold", "bare"]
Bound = Literal["more than", "at least", "less than", "up to"]

PEOPLE: Final = (
    r"(?:patients?|people|persons?|participants?|subjects?|cases|controls|individuals|men|women|"
    r"adults|amputees|"
    r"volunteers|outpatients|sufferers|recipients|responders|pts?)"
)
_PEOPLE_AFTER: Final = re.compile(rf"\s*-?(?:[a-z-]+ ){{0,3}}?{PEOPLE}\b", re.IGNORECASE)
_VERB_AFTER: Final = re.compile(
    r"\s*(?:were |had been |was )?(?:randomi[sz]ed|enrolled|recruited|allocated|assigned|assessed|"
    r"evaluated|crossed|switched|dropped|"
    r"left|gave|moved|went|changed|in each|per (?:arm|group)|on (?:the )?(?:drug|saline|placebo|"
    r"ketamine)|had active|were controls|to active)\b",
    re.IGNORECASE,
)
_N_IS: Final = re.compile(r"\b(?:n|N)\s*=\s*$")
_OF: Final = re.compile(
    rf"\s*(?:{PEOPLE} )?(?:/|(?:out )?(?:of|in)(?: (?:the|every|all|those|these|his|her|its|their|"
    rf"a))*)\s*",
    re.IGNORECASE,
)
_EVERY: Final = re.compile(r"\bin(?: every)?\s*$|\bin (?:a )?\s*$", re.IGNORECASE)
_TIME_BEFORE: Final = re.compile(r"\b(day|week|month|year)[ _-]$", re.IGNORECASE)
_TIME_AFTER: Final = re.compile(r"[ -]*(?:dys|d|wks?|weeks?|mo|mths?|yrs?|m)\b", re.IGNORECASE)
_SHORT: Final = {
    "dys": "days",
    "d": "days",
    "wk": "weeks",
    "wks": "weeks",
    "mo": "months",
    "mth": "months",
    "mths": "months",
    "m": "months",
}
_A_TIME: Final = re.compile(
    r"\b(half a|half-a|a|the first|one) (day|week|month|year)\b(?!-)|\b(yearly|fortnight)\b", re.IGNORECASE
)
_NONE: Final = re.compile(r"\b(?:none|no one|nobody|not one)(?= (?:of|in|with|on)\b)", re.IGNORECASE)
_POINTS: Final = re.compile(r"\s*(?:percentage |percent )?points?\b", re.IGNORECASE)
# What a number names or numbers rather than counts.
_LABEL: Final = re.compile(
    r"\b(?:refs?\.?|references?|citations?|numbers?|no\.?|nos\.?|figures?|fig\.?|box|table|groups?|"
    r"types?|grade|phase|level|step|stage|section|"
    r"paragraph|page|line|item|option|point|chapter|volume|aged?|age|call|dial|ring|phone|crps|nav|"
    r"tel|room|ward|version|route|plan)"
    r"(?: of)?[ :#-]*(?:\d[\d, ]*(?:and|or|,)? *)?$",
    re.IGNORECASE,
)
_AGE: Final = re.compile(
    r"\s*-?(?:year|yr|month)s?[ -]olds?\b|\s*(?:year|yr|month)s old\b|\s*(?:y/?o|F|M)\b", re.IGNORECASE
)
_EMERGENCY: Final = frozenset({999, 911, 112, 111})
_BOUNDS: Final[tuple[tuple[Bound, re.Pattern[str], re.Pattern[str]], ...]] = (
    (
        "at least",
        re.compile(r"(?:at least|no less than|not less than|>=|≥|minimum of|a minimum of)\s*$"),
        re.compile(r"(?: of [a-z ]{0,20})?,? (?:or|and) (?:more|better|greater|above|over|higher|beyond)\b|\s*\+"),
    ),
    (
        "more than",
        re.compile(
            r"(?:(?<!no )(?<!not )more than|over|above|exceed\w*|greater than|beyond|better than|higher than|"
            r">|past|surpass\w*)\s*(?:the )?$"
        ),
        re.compile(r"\Z(?!\Z)"),
    ),
    (
        "less than",
        re.compile(r"(?:less than|under|below|<|fewer than|short of(?: the)?|lower than|within)\s*$"),
        re.compile(r",? or (?:less|fewer|lower|below)\b"),
    ),
    ("up to", re.compile(r"(?:up to|as long as|as much as|until|a maximum of|at most)\s*$"), re.compile(r"\Z(?!\Z)")),
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as written: share in percent, time in days, count of people out of `of`."""

    kind: Kind
    value: float
    start: int
    end: int
    upper: float | None = None
    of: float | None = None
    bound: Bound | None = None
    rough: bool = False


def amounts(unit: Unit) -> tuple[Amount, ...]:
    """The quantities of a unit in order; ages, dates, labels and references are none."""
    text, found, skip = _blanked(unit.text), [], -1
    numbers = unit.numbers
    for at, number in enumerate(numbers):
        if at == skip or _is_label(number, text):
            continue
        after = numbers[at + 1] if at + 1 < len(numbers) else None
        whole = _whole(number, after, text)
        if whole is not None:
            found.append(whole)
            skip = at + 1
        else:
            found += _amount(number, text)
    found += [
        item for item in _spelt(text) if not any(item.start < other.end and other.start < item.end for other in found)
    ]
    return tuple(sorted((replace(item, bound=_bound(item, text)) for item in found), key=lambda item: item.start))


def _blanked(text: str) -> str:
    """The text with reference marks as spaces."""
    return re.sub(r"\[[\d,; –-]+\]", lambda match: " " * len(match.group()), text)


def _is_label(number: Number, text: str) -> bool:
    if number.unit is None and (number.value in _EMERGENCY or 1900 <= number.value <= 2035):
        return True
    if _AGE.match(text, number.end) or (
        number.unit in ("years", "months") and re.match(r"[ -]olds?\b", text[number.end :])
    ):
        return True
    list_mark = not text[: number.start].strip(" (\n") and bool(re.match(r"[.)]", text[number.end :]))
    return list_mark or (number.unit is None and bool(_LABEL.search(text[max(0, number.start - 40) : number.start])))


def _whole(number: Number, after: Number | None, text: str) -> Amount | None:
    """The amount of "5 of 24" and its like."""
    if after is None or number.unit not in (None, "patients") or after.unit not in (None, "patients") or after.upper:
        return None
    between = text[number.end : after.start]
    if not _OF.fullmatch(between) or not 0 <= number.value <= after.value or after.value == 0:
        return None
    every = bool(_EVERY.search(between))
    if every or after.value in (100, 1000):
        share = 100 * number.value / after.value
        upper = 100 * number.upper / after.value if number.upper else None
        return Amount("share", share, number.start, after.end, upper, rough=after.value < 20)
    return Amount("count", number.value, number.start, after.end, of=after.value)


def _amount(number: Number, text: str) -> list[Amount]:
    unit, place = number.unit, (number.start, number.end)
    if unit in ("percent", "fraction"):
        if _POINTS.match(text, number.end):
            return [Amount("points", number.value, *place)]
        scale = 100 if unit == "fraction" else 1
        upper = number.upper * scale if number.upper else None
        return [Amount("share", number.value * scale, *place, upper, rough=unit == "fraction")]
    if unit == "fold":
        return [Amount("fold", number.value, *place)]
    if unit in DAYS:
        return [Amount("time", number.value * DAYS[unit], *place, number.upper * DAYS[unit] if number.upper else None)]
    if unit == "patients":
        return [Amount("count", number.value, *place, number.upper)]
    return [_bare(number, text)] if unit is None else []


def _bare(number: Number, text: str) -> Amount:
    place = (number.start, number.end)
    before, after = text[max(0, number.start - 12) : number.start], text[number.end : number.end + 60]
    if _POINTS.match(after):
        return Amount("points", number.value, *place)
    days = _TIME_BEFORE.search(before)
    if days:
        return Amount("time", number.value * DAYS[days[1].lower() + "s"], *place)
    short = _TIME_AFTER.match(after)
    if short:
        name = short.group().strip(" -").lower()
        size = DAYS[_SHORT.get(name, "years" if name.startswith("y") else "weeks")]
        return Amount(
            "time", number.value * size, place[0], place[1] + short.end(), number.upper * size if number.upper else None
        )
    if _N_IS.search(before) or _PEOPLE_AFTER.match(after) or _VERB_AFTER.match(after):
        return Amount("count", number.value, *place, number.upper)
    if re.match(r"(?: in| per)(?: every| a)? (?:hundred)\b", after):
        return Amount("share", number.value, *place, number.upper)
    return Amount("bare", number.value, *place, number.upper)


def _spelt(text: str) -> list[Amount]:
    """Times and shares written without a numeral: "half a year", "none of"."""
    found = [Amount("share", 0.0, *match.span()) for match in _NONE.finditer(text)]
    for match in _A_TIME.finditer(text):
        if match[3]:
            found.append(Amount("time", 365.25 if match[3].lower() == "yearly" else 14.0, *match.span()))
        elif not re.search(
            r"\b(?:times|hours?|once|twice|days|weeks|infusions?|blocks?) $", text[: match.start()], re.IGNORECASE
        ):
            size = DAYS[match[2].lower() + "s"]
            found.append(Amount("time", size / 2 if match[1].lower().startswith("half") else size, *match.span()))
    return found


def _bound(item: Amount, text: str) -> Bound | None:
    before, after = text[max(0, item.start - 30) : item.start].lower(), text[item.end : item.end + 40].lower()
    return next((name for name, left, right in _BOUNDS if left.search(before) or right.match(after)), None)
