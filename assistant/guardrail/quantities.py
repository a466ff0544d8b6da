"""The quantities of a unit: shares, counts of people and lengths of time, and bare numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from assistant.guardrail.amount import PEOPLE, Amount
from assistant.guardrail.bounds import bound, is_about
from assistant.guardrail.facts import DAYS
from assistant.guardrail.spelt import spelt
from assistant.guardrail.units import Unit
from assistant.reading import Number

_PEOPLE_AFTER: Final = re.compile(rf"\s*-?(?:[a-z-]+ ){{0,3}}?{PEOPLE}\b", re.IGNORECASE)
_VERB_AFTER: Final = re.compile(
    r"\s*(?:were |had been |was )?(?:randomi[sz]ed|enrolled|recruited|allocated|assigned|assessed|"
    r"evaluated|crossed|switched|dropped|"
    r"left|gave|moved|went|changed|came|did|got|had|took|made|asked|"
    r"to (?:the )?(?:low-dose )?(?:ketamine|saline|placebo|scs|pns|cord stimulation|nerve stimulation|reoperation|"
    r"cmm|control|"
    r"treatment)\b|in (?:each|all|total)\b|altogether|all told|(?:a|"
    r"per) (?:arm|group|side)|"
    r"on (?:the )?(?:drug|saline|placebo|ketamine)|were (?:controls|seen)|to active|"
    r"(?:in )?the (?:other|opposite) (?:way|direction)|in the (?:other|opposite) direction)\b",
    re.IGNORECASE,
)
_N_IS: Final = re.compile(r"\b(?:n|N)\s*=\s*$")
_OF: Final = re.compile(
    rf"\s*(?:{PEOPLE} )?(?:/|(?:out )?(?:of|in)(?: (?:the|every|each|all|those|these|his|her|its|their|"
    rf"a|[A-Z][a-z]+'s?))*)\s*",
    re.IGNORECASE,
)
# "Two of the four trials" counts no patients.
_OF_WORKS: Final = re.compile(
    r"(?: [\w-]+){0,3}? (?:trials|studies|reports|reviews|series|steps|interventions|outcomes)\b", re.IGNORECASE
)
_EVERY: Final = re.compile(r"\bin(?: every)?\s*$|\bin (?:a )?\s*$", re.IGNORECASE)
_TIME_BEFORE: Final = re.compile(
    r"\b(day|week|month|year)[ _-]$|\b(wk|mo|mth|yr) $|\b(day|week|month|year)s?[\"']: *[\"']?$", re.IGNORECASE
)
_OF_THE: Final = re.compile(r"\b(?:the|that|a|first|same|following) \w+ $", re.IGNORECASE)
_PAST: Final = re.compile(
    r" (?:(?:of|in) (?:the|them|those)|had|have|were|did|[a-z]+ed|went|left|came|chose|took)\b", re.IGNORECASE
)
_TIME_AFTER: Final = re.compile(
    r"[ -]*(?:(?:outpatient|inpatient|consecutive|successive|separate|clinic) (?=days\b)days|dys|d|wks?|weeks?|"
    r"mo|mths?|yrs?|m)\b",
    re.IGNORECASE,
)
# Clinicians' shorthand: 3/7 is three days, 6/52 six weeks, 12/12 twelve months.
_PER: Final = {7: "days", 52: "weeks", 12: "months"}
_LONG: Final = {"wk": "week", "mo": "month", "mth": "month", "yr": "year"}
_SHORT: Final = {
    "dys": "days",
    "days": "days",
    "d": "days",
    "wk": "weeks",
    "wks": "weeks",
    "mo": "months",
    "mth": "months",
    "mths": "months",
    "m": "months",
}
# "All but three": so many are left of a whole that the sentence names.
_ALL_BUT: Final = re.compile(
    r"\b(?:all|everyone|everybody|every one) (?:but|except(?: for)?|save|bar|apart from) $", re.IGNORECASE
)
# More characters than either pattern has.
_NEAR: Final = 40
_OF_WHOLE: Final = re.compile(r"\bof (?:the |those |these |his |her |their )?$", re.IGNORECASE)
# A share of another number in the text, not of a group of people.
_RELATIVE: Final = re.compile(
    r"\s*(?:of )?(?:(?:that|this|the|its|their) (?:number|size|many|total)|as (?:many|large|big)|(?:the )?size)\b",
    re.IGNORECASE,
)
# "67 and 41 points": one word for both.
_POINTS: Final = re.compile(
    r"(?:\s*(?:and|or|against|v|vs|versus|then|,) \d{1,3}(?:\.\d+)?)?\s*(?:percentage |percent )?points?\b",
    re.IGNORECASE,
)
_MORE_PER: Final = re.compile(
    rf" (?:more|fewer) (?:{PEOPLE} )?(?:per|(?:in|of|out of)(?: every| a)?) (?:100|hundred)\b", re.IGNORECASE
)
# What a number names or numbers rather than counts.
_LABEL: Final = re.compile(
    r"\b(?:refs?\.?|references?|citations?|numbers?|no\.?|nos\.?|figures?|fig\.?|box|table|groups?|"
    r"types?|grade|phase|level|step|stage|section|"
    r"paragraph|pages?|issue|line|item|option|point|chapter|volume|aged?|age|call|dial|ring|phone|crps|nav|"
    r"tel|room|ward|version|route|plan)"
    r"(?: of)?[\"' :#-]*(?:\d[\d, ]*(?:and|or|,)? *)?$",
    re.IGNORECASE,
)
_AGE: Final = re.compile(
    r"\s*-?(?:year|yr|month)s?[ -]olds?\b|\s*(?:year|yr|month)s old\b|\s*(?:y/?o|F|M)\b", re.IGNORECASE
)
# Marks, and year, volume and pages of a work: "2007;132:179-88".
_NO_FIGURES: Final = re.compile(
    r"\[[\d,; –-]+\]|\b(?:19|20)\d\d;\s?\d+(?:\s?\([^)]{1,12}\))?:\s?[A-Z]?\d+(?:[-–]\w?\d+)?|\b10\.\d{4,5}/\S+"
)
_EMERGENCY: Final = frozenset({999, 911, 112, 111})
# "48 v 9%": one sign for both.
_SHARED_SIGN: Final = re.compile(
    r"\s*(?:v|vs|versus|against|and|/|to)\.?\s*\d+(?:\.\d+)?\s*(?:%|per ?cent)", re.IGNORECASE
)


def amounts(unit: Unit) -> tuple[Amount, ...]:
    """The quantities of a unit in order; ages, dates, labels and references are none."""
    text, found, skip = _blanked(unit.text), [], -1
    numbers = unit.numbers
    for at, number in enumerate(numbers):
        if at == skip or text[number.start : number.end].isspace() or _is_label(number, text):
            continue
        after = numbers[at + 1] if at + 1 < len(numbers) else None
        whole = _whole(number, after, text)
        if whole is not None:
            found.append(whole)
            skip = at + 1
        else:
            found += _amount(number, text)
    worded = spelt(text)
    times = [item for item in worded if item.kind == "time"]
    # "Half a day" is no share; else what has a numeral is read by it.
    found = [item for item in found if item.kind != "share" or not any(map(partial(_overlap, item), times))]
    found += [item for item in worded if not any(map(partial(_overlap, item), found))]
    return tuple(sorted((_qualified(item, text) for item in _left(found, text)), key=lambda item: item.start))


def _left(found: Sequence[Amount], text: str) -> Iterator[Amount]:
    """The amounts, "all but three" of a whole that the sentence names as what is left of it."""
    counts = [item for item in found if item.kind in ("count", "bare") and item.of is None]
    for item in found:
        said = (
            _ALL_BUT.search(text[max(0, item.start - _NEAR) : item.start]) if item.kind in ("count", "bare") else None
        )
        wholes = [other for other in counts if other.end <= item.start] if said else []
        near = [other.value for other in wholes if _OF_WHOLE.search(text[max(0, other.start - _NEAR) : other.start])]
        total = item.of or (
            near[-1] if near else max((other.value for other in wholes if other.kind == "count"), default=0)
        )
        if said and total > item.value:
            yield replace(item, kind="count", value=total - item.value, of=total, start=item.start - len(said.group()))
        else:
            yield item


def _overlap(item: Amount, other: Amount) -> bool:
    return item.start < other.end and other.start < item.end


def _qualified(item: Amount, text: str) -> Amount:
    about = item.kind == "share" and is_about(text, item.start)
    return replace(item, bound=bound(text, item.start, item.end), rough=item.rough or about)


def _blanked(text: str) -> str:
    """The text with reference marks as spaces."""
    return _NO_FIGURES.sub(lambda match: " " * len(match.group()), text)


def _is_label(number: Number, text: str) -> bool:
    if number.unit is None and (number.value in _EMERGENCY or 1900 <= number.value <= 2035):
        return True
    if _AGE.match(text, number.end) or (
        number.unit in ("years", "months") and re.match(r"[ -]olds?\b", text[number.end :])
    ):
        return True
    list_mark = text.startswith((".", ")"), number.end) and not text[: number.start].strip(" (\n")
    return list_mark or (number.unit is None and bool(_LABEL.search(text[max(0, number.start - 40) : number.start])))


def _whole(number: Number, after: Number | None, text: str) -> Amount | None:
    """The amount of "5 of 24" and its like."""
    if after is None or number.unit not in (None, "patients") or after.unit not in (None, "patients") or after.upper:
        return None
    between = text[number.end : after.start]
    if _OF_WORKS.match(text, after.end):
        return None
    if not _OF.fullmatch(between) or not 0 <= number.value <= after.value or after.value == 0:
        return None
    if between.strip() == "/" and after.value in _PER:
        return Amount("time", number.value * DAYS[_PER[int(after.value)]], number.start, after.end)
    every = bool(_EVERY.search(between))
    if every or after.value in (100, 1000):
        share = 100 * number.value / after.value
        upper = 100 * number.upper / after.value if number.upper else None
        return Amount("share", share, number.start, after.end, upper, rough=after.value < 20)
    return Amount("count", number.value, number.start, after.end, of=after.value)


def _amount(number: Number, text: str) -> list[Amount]:
    unit, place = number.unit, (number.start, number.end)
    if unit == "fraction" and _RELATIVE.match(text, number.end):
        return []
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
    if _POINTS.match(after) and before.lower().endswith("at ") and number.value == 1:
        return Amount("bare", number.value, *place)  # "at one point the review says"
    if _POINTS.match(after) or _MORE_PER.match(after):
        return Amount("points", number.value, *place)
    days = _TIME_BEFORE.search(before)
    # "By the end of the year 32 had moved" counts people.
    is_told = bool(days) and bool(_OF_THE.search(text[: number.start])) and bool(_PAST.match(after))
    if days and not is_told:
        name = (days[1] or days[2] or days[3]).lower()
        return Amount("time", number.value * DAYS[_LONG.get(name, name) + "s"], *place)
    short = _TIME_AFTER.match(after)
    if short:
        name = short.group().split()[-1].strip(" -").lower()
        size = DAYS[_SHORT.get(name, "years" if name.startswith("y") else "weeks")]
        return Amount(
            "time", number.value * size, place[0], place[1] + short.end(), number.upper * size if number.upper else None
        )
    if number.upper is not None and number.upper < number.value:
        # "Split 45 to 49" is a range, "split 60 to 34" two groups.
        return Amount("count", number.value, *place)
    if is_told or _N_IS.search(before) or _PEOPLE_AFTER.match(after) or _VERB_AFTER.match(after):
        return Amount("count", number.value, *place, number.upper)
    if _SHARED_SIGN.match(after):
        return Amount("share", number.value, *place, number.upper)
    if re.match(r"(?: in| per)(?: every| a)? (?:hundred)\b", after):
        return Amount("share", number.value, *place, number.upper)
    return Amount("bare", number.value, *place, number.upper)
