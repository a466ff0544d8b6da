"""The figures of a sentence against those of its statement: value, unit, bound, denial, and how often."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from assistant.drafting.placing import TIMES
from assistant.drafting.sayings import Said, Saying
from assistant.drafting.silence import NOT_TOLD
from assistant.entries import Statement
from assistant.reading import Number

_BOUNDS: Final = (
    (
        "over",
        re.compile(
            r"\b(?:more than|(?<!cross )(?<!crossed )(?<!crossing )over|above|exceed\w*|greater than|"
            r"upwards of|beyond)\W+(?:\w+\W+)?$",
            re.I,
        ),
    ),
    ("under", re.compile(r"\b(?:less than|under|below|fewer than|short of)\W+(?:\w+\W+)?$", re.I)),
    ("least", re.compile(r"\b(?:at least|no less than|a minimum of|or more)\W+(?:\w+\W+)?$", re.I)),
    ("most", re.compile(r"\b(?:at most|up to|no more than|as long as|as many as)\W+(?:\w+\W+)?$", re.I)),
)
_ALIKE: Final = ({"percent", "fraction"}, {None, "patients"}, {None, "fold"})
_DENIED: Final = re.compile(
    r"\b(?:not|no|never|neither|nor|without|cannot|[a-z]+n't)\s+(?!only\b|just\b|(?:more|less|fewer) than\b)"
    r"(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
_ONE: Final = re.compile(r"one\b(?! of\b)[\w\s,-]{0,40}?\b(trial|study|survey|review|series|mechanism)\b", re.I)
# Characters between a bound and its figure at most.
_BOUND_LENGTH: Final = 14
# An identifier such as a doi is compared letter by letter.
_CODE: Final = re.compile(r"\b\d[\d.]*/[A-Za-z][\w./-]*\w")
# Levels of the spine: "C7", "L2-L4".
_LEVEL: Final = re.compile(r"(?<![A-Za-z0-9])[CTLS]\d{1,2}(?!\d)")
# "The two" are what was named before; "one of each" counts nothing.
_THE_TWO: Final = re.compile(r"\b(?:the|these|those|both) $", re.IGNORECASE)
# "Up to week 12" is "until week 12".
_UNTIL: Final = re.compile(
    r"\b(?:up to|up until|until|through|by|to) (?:the )?(?:week|month|year|day)s? $", re.IGNORECASE
)
_SINCE: Final = re.compile(r"\b(?:from|since|after|beyond) (?:the )?(?:week|month|year|day)s? $", re.IGNORECASE)
_OF_FIGURE: Final = re.compile(
    r"one (?:below|above|under|over|of (?:less|more)|that|of (?:the|its|their|those|these|several|many) "
    r"(?!patients|people|participants|trials|studies|groups|arms|two|three|four|\d))\b",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(r"\b(?:an?|the|this|that)\s+(?:\w+\s+)?$", re.IGNORECASE)
# "Of which ketamine is one".
_IS_ONE: Final = re.compile(r"\bof (?:which|these|those|them)\b[^,;.]{2,40}\b(?:is|was) $", re.IGNORECASE)


def foreign_figures(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A figure that the statement does not have so; None where it has all of them as often."""
    counted = [
        figure for figure in said.figures if not _is_pronoun(said, figure) and not _is_article(said, figure, source)
    ]
    for figure in counted:
        if not any(_is_same(figure, said, other, source) for other in source.figures):
            return f"its statement does not have the figure “{said.text[figure.start : figure.end]}” so"
    if foreign := next((code for code in _CODE.findall(said.text) if code not in source.text), None):
        return f"its statement does not have “{foreign}”"
    levels = _LEVEL.findall(source.text)
    if foreign := next((level for level in _LEVEL.findall(said.text) if level not in levels), None):
        return f"its statement does not have “{foreign}”"
    here = Counter(map(_value, counted))
    there = Counter(map(_value, source.figures))
    often = [value for value, count in here.items() if count > 1 and count > there[value]]
    return f"it has the figure {often[0]:g} more often than its statement" if often else None


def _is_pronoun(said: Saying, figure: Number) -> bool:
    """Whether it is the "one" of "a prospective one", or the "two" of "the two differ" or "the two stimulators"."""
    written, before = said.text[figure.start : figure.end].lower(), said.text[: figure.start]
    if written == "two":
        return bool(_THE_TWO.search(before))
    is_pronoun = _PRONOUN.search(before) or _IS_ONE.search(before) or _OF_FIGURE.match(said.text, figure.start)
    return written == "one" and bool(is_pronoun)


def _is_article(said: Saying, figure: Number, source: Saying) -> bool:
    """Whether it is the "one" of "in one small trial", of which the statement says "a small trial"."""
    counted = _ONE.match(said.text, figure.start)
    return bool(counted) and bool(re.search(rf"\ban?\b[^.;:,]*\b{counted[1]}\b", source.text, re.IGNORECASE))  # type: ignore[index]


def _value(figure: Number) -> float:
    return round(figure.value * 100 if figure.unit == "fraction" else figure.value, 2)


def _is_same(one: Number, said: Saying, other: Number, source: Saying) -> bool:
    """Whether two figures have value, unit and bound in common, and are both denied or both not."""
    values = {(one.value, one.upper), *([(one.value * 100, one.upper)] if one.unit == "fraction" else [])}
    others = {(other.value, other.upper), *([(other.value * 100, other.upper)] if other.unit == "fraction" else [])}
    close = any(abs(a[0] - b[0]) < 0.01 and a[1] == b[1] for a in values for b in others)
    units = {one.unit, other.unit}
    fits = len(units) == 1 or units in _ALIKE or (other.unit is None and other.upper is not None and one.unit in TIMES)
    alike = _is_denied(said.text, one) == _is_denied(source.text, other) or NOT_TOLD.search(said.text) is not None
    times = [figure for figure in source.figures if figure.unit in TIMES]
    attached = _is_attached(said.text, one) == _is_attached(source.text, other) or len(times) < 2
    return close and fits and alike and attached and _bound(said.text, one) == _bound(source.text, other)


def _is_denied(text: str, figure: Number) -> bool:
    """Whether a denial stands close before the figure: "is not 80 to 180 minutes"."""
    return bool(_DENIED.search(text[: figure.start]))


def _is_attached(text: str, figure: Number) -> bool:
    """Whether the figure is tied to its unit before a noun: "4-hour infusions"."""
    return figure.unit in TIMES and "-" in re.sub(r"\d\s*-\s*\d", "", text[figure.start : figure.end])


def _bound(text: str, figure: Number) -> str | None:
    before = text[max(0, figure.start - 24) : figure.start]
    if _UNTIL.search(before):
        return None
    if _SINCE.search(before):
        return "since"
    return next((name for name, pattern in _BOUNDS if pattern.search(before)), None)


def is_bound(said: Saying, word: Said) -> bool:
    """Whether it is the bound of a figure, which is compared with that: "less than 50%"."""
    after = said.text[word.start + len(word.text) :]
    return any(figure.start < word.start + _BOUND_LENGTH for figure in said.figures if figure.start > word.start) and (
        after.lstrip().lower().startswith("than ")
    )
