"""Figures: each number of the text against the typed numbers of the study or topic it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.corpus import load
from assistant.guardrail.amount import Amount
from assistant.guardrail.arms import arms
from assistant.guardrail.context import Context, corrects_error, says_silence
from assistant.guardrail.derived import matching
from assistant.guardrail.facts import Fact, Study, named, spoken_of
from assistant.guardrail.quantities import amounts
from assistant.guardrail.ratios import ratio
from assistant.guardrail.risks import is_risk
from assistant.guardrail.roles import exchanged, fits_course, fits_span, fits_time, roles
from assistant.guardrail.rules import finding
from assistant.guardrail.schedules import schedules
from assistant.guardrail.tables import Column, columns, reference_cells, side_at
from assistant.guardrail.thresholds import prevalence, threshold
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit
from assistant.guardrail.wholes import overstated
from assistant.reading import numbers

_PREVALENCE: Final = re.compile(
    r"\bprevalen\w*|^\W*neuropathic pain\b.{0,60}\b(?:people|adults|everyone)\b|\bgeneral population\b|"
    r"\b(?:population|public|adults|people|"
    r"community)\b.{0,60}\bneuropathic pain\b|\bneuropathic pain\b.{0,40}\b(?:population|public|"
    r"worldwide)\b",
    re.IGNORECASE,
)
_PREVALENCE_REFERENCE: Final = 3
_SYMPATHETIC: Final = re.compile(
    r"\bsympathetic(?:ally)?[- ](?:maintained|independent)\b|\b(?:SMP|SIP)\b|"
    r"\bsympathetic (?:contribution|component|share|part|involvement|element)\b|"
    r"\b(?:rul(?:e|es|ed|ing)|exclud\w*)\b[^.;]{0,40}\bsympathetic (?:nerv\w+|system|activity|drive|origin|pain)\b",
    re.IGNORECASE,
)
_PHARMACOLOGY: Final = re.compile(
    r"\b(?:affinity|poten(?:t|cy)|half-li[fv]e\w*|isomers?|stereoisomers?|racem\w+|equimolar|"
    r"metabolite|\w*norketamine)\b|\b[SR] ?\([+-]\)",
    re.IGNORECASE,
)
_OWN: Final = re.compile(
    r"\b(?:her|his|he|she|my|your patient|this patient|the patient|this (?:man|woman|lady|gentleman)|"
    r"mr|mrs|ms)\b|"
    # Of a block that somebody had: "the stellate took off 60% for ten days".
    r"\b(?:took off|knocked off|took away|bought|gave)\b[^.;]{0,30}(?:%|per ?cent)[^.;]{0,20}\bfor (?:[\w-]+ ){1,2}"
    r"(?:hours?|days?|weeks?)\b",
    re.IGNORECASE,
)
_STAFF: Final = re.compile(
    r" (?:[a-z]+ )?(?:colleagues|clinicians|doctors|practitioners|surgeons|experts|centers|centres|"
    r"clinics|consultants)\b",
    re.IGNORECASE,
)
# "None of them had a serious adverse event" is no result of an arm.
_HARM: Final = re.compile(r"[^.;,]{0,60}\b(?:advers\w+|side[- ]effects?|harm\w*|infect\w+|injur\w+)\b", re.IGNORECASE)
# How far, in points, a round share may lie from the count that it says again.
_ROUNDED: Final = 4.0
# How many words may stand between the two.
_BESIDE: Final = 3
_WORD: Final = re.compile(r"[a-z]+", re.IGNORECASE)
_CHANCE: Final = re.compile(r"\b(?:chances?|likelihood|odds|probab\w+|risk|rate)\b", re.IGNORECASE)
_DENIED: Final = re.compile(
    r"\b(?:not|isn't|wasn't|never|nor|rather than|instead of)(?: (?:the|just|about|in|at|some|"
    r"all))*\s*$",
    re.IGNORECASE,
)
_TRIAL: Final = re.compile(
    r"\b(?:trials?|stud(?:y|ies|ied)|followed|follow(?:ed)?[- ]up|randomi[sz]\w+|cohort|series|"
    r"crossed|cross(?:ing|ed)? over|rct|evidence)\b",
    re.IGNORECASE,
)
_EFFECT: Final = re.compile(
    r"\b(?:lasts?|lasting|repeat\w*|every|weekly|relief (?:for|of)|effective (?:for|at|until)|"
    r"sustained|course of|infusions? (?:for|of|over|last|run)|infused?|sessions?|"
    r"removed|taken out|stays?|left in|comes? out|complications?|kept in|wear off|in use|of use)\b",
    re.IGNORECASE,
)
# How long a side effect is said to stay.
_PASSES: Final = re.compile(
    r"\b(?:wears? off|resolv\w+|clears?|fades?|settles?|subsides?|passes|lasts?|persists?|goes|gone|disappears?|"
    r"recovers?)"
    r"\b[^.;]{0,40}\b(?:in|within|after|over|for|up to|by)\b",
    re.IGNORECASE,
)
# A point in time, and what a study measures there.
_POINT: Final = re.compile(
    r"\b(?:until|till|through|throughout|up to|at|by)(?: (?:the|about|around|week|month|year|end of))*\s*$",
    re.IGNORECASE,
)
_OUTCOME: Final = re.compile(
    r"\b(?:scores?|significan\w*|lower|higher|improved|relief|control|evaluated|followed|reported|reached|crossed|"
    r"arms?|"
    r"groups?)\b",
    re.IGNORECASE,
)
_PHYSICAL: Final = re.compile(
    r"\b(?P<n>\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|ten|half a|a) ?(?:degrees?(?! (?:of (?!c|f)|"
    r"to\b))|°|mmHg|"
    r"millimet(?:re|er)s?|centimet(?:re|er)s?|(?<=\d )(?:mm|cm|Hz|kHz|mA|volts?)|(?<=\d)(?:mm|cm|Hz|kHz|mA|°C)|"
    r"hertz|kilohertz|"
    r"milliamp\w*|microseconds?)\b",
    re.IGNORECASE,
)
# "Half of those given it": a share of people, where "half relief" is a mark.
_OF_THOSE: Final = re.compile(
    r" of (?:the |his |her |their )?(?:those|them|patients|people|participants|[\w-]+ (?:patients|people|group|arm))\b",
    re.IGNORECASE,
)
_COUNTED_TRIALS: Final = re.compile(
    r"\b(?P<n>[a-z-]+|\d+) (?:[a-z-]+,? ){0,4}?(?:trials|rcts|randomi[sz]ed studies)\b", re.IGNORECASE
)
_MOST_TRIALS: Final = 3
# Counts up to here may be of days, steps or things of which the text speaks beside the trial.
_SMALL_COUNT: Final = 4
# How many times as much or as often one arm did as the other.
_RATIO: Final = re.compile(r"\s*(?:as|more|less|the|higher|greater|better)\b", re.IGNORECASE)
_GIVEN: Final = re.compile(r" (?:[a-z-]+ ){0,2}?(blocks|infusions)\b", re.IGNORECASE)
# Figures read in one sentence; a sentence with more is not one that a reader checks either.
_MOST_FIGURES: Final = 60


@dataclass(frozen=True, slots=True)
class _Setting:
    """A unit with the studies that it names, or that the text before it names, or that it may be about."""

    unit: Unit
    sure: tuple[Study, ...]
    carried: tuple[Study, ...]
    possible: tuple[Study, ...]
    context: Context
    cells: tuple[Column, ...] = ()
    listed: tuple[tuple[int, int], ...] = ()


def numeric(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on figures."""
    carried: tuple[Study, ...] = ()
    cells, listed = columns(document), reference_cells(document)
    for unit in document.units:
        sure = named(unit)
        possible = spoken_of(unit)
        kept = tuple(study for study in carried if study in possible)
        setting = _Setting(unit, sure, kept, possible, context, cells, listed)
        carried = sure or kept
        if unit.is_question or says_silence(unit) and not sure:
            continue
        yield from _of_unit(document, setting)


def _of_unit(document: Document, setting: _Setting) -> Iterator[Finding]:
    unit = setting.unit
    every = amounts(unit)
    if len(every) > _MOST_FIGURES:
        yield finding("NUM-2", document, unit, (every[_MOST_FIGURES].start, len(unit.text)), detail="Not checked.")
    read = [item for item in every[:_MOST_FIGURES] if not _is_said_again(item, every, unit.text)]
    at = unit.start
    read = [item for item in read if not any(a <= at + item.start < b for a, b in setting.listed)]
    figures = [item for item in read if not _is_set_aside(item, setting)]
    if _SYMPATHETIC.search(unit.text):
        yield from threshold(document, unit, figures, sure=bool(setting.sure))
        return
    if (_PREVALENCE.search(unit.text) or (_PREVALENCE_REFERENCE,) in unit.marks) and not setting.sure:
        yield from prevalence(document, unit, figures)
        return
    if _PHARMACOLOGY.search(unit.text):
        return
    yield from _invented_trials(document, unit)
    yield from _physical(document, unit, setting)
    if not setting.sure and not corrects_error(unit):
        yield from (finding("NUM-7", document, unit, span) for span in schedules(unit))
    if not corrects_error(unit):
        for start, end, fact in overstated(unit.text, figures, setting.sure or setting.carried):
            yield finding("NUM-1", document, unit, (start, end), statement=fact.statement)
    known: dict[int, tuple[Fact, ...]] = {}
    for item in figures:
        facts = matching(item, _said_of(item, setting) or setting.carried or setting.possible, unit.text)
        if not facts and setting.carried and not setting.sure:
            facts = matching(item, setting.possible, unit.text)
        known[item.start] = facts
        if facts and all(fact.quantity.role == "evaluated" for fact in facts) and not fits_time(facts, unit, figures):
            yield finding("NUM-1", document, unit, (item.start, item.end), statement=facts[0].statement)
        is_other = bool(facts) and item.kind == "time"
        is_other = is_other and not (fits_span(item, facts, unit, figures) and fits_course(item, facts, unit))
        rule = "NUM-1" if is_other else None if facts else _unmatched(item, setting)
        turned = ratio(item, unit, setting.sure or setting.carried) if rule else None
        if rule and not corrects_error(unit) and turned != "right":
            until = next((other.start for other in figures if other.start >= item.end), len(unit.text))
            swapped = turned or exchanged(item, unit, setting.sure or setting.carried, until)
            yield finding(
                "NUM-3" if swapped else rule, document, unit, (item.start, item.end), statement=_nearest(item, setting)
            )
    if not corrects_error(unit):
        headed = {item.start: side_at(setting.cells, unit, item.start) for item in figures} if setting.cells else {}
        yield from roles(document, unit, figures, known, headed)


_PARTS: Final = re.compile(r";\s|,? (?:while|whereas|but)\s|, (?:and )?(?=[A-Z][a-z]+)", re.IGNORECASE)


def _said_of(item: Amount, setting: _Setting) -> tuple[Study, ...]:
    """The studies named that a figure is said of: where each part of the sentence names its own, that one alone."""
    unit, sure = setting.unit, setting.sure
    if len({study.author for study in sure}) < 2:
        return sure
    cuts = [0, *(match.end() for match in _PARTS.finditer(unit.text)), len(unit.text)]
    start, end = next((a, b) for a, b in zip(cuts, cuts[1:], strict=False) if a <= item.start < b or b == cuts[-1])
    inside = {mention.id.partition("_")[0] for mention in unit.mentions if start <= mention.start < end}
    own = tuple(study for study in sure if study.author in inside)
    return own if len({study.author for study in own}) == 1 else sure


def _is_said_again(item: Amount, every: Sequence[Amount], text: str) -> bool:
    """Whether a share only rounds the count of a whole just before it: "5 of 24, so about one in five"."""
    before = next((other for other in reversed(every) if other.end <= item.start), None)
    if item.kind != "share" or before is None or before.of is None:
        return False
    is_near = len(_WORD.findall(text[before.end : item.start])) <= _BESIDE
    return is_near and abs(100 * before.value / before.of - item.value) <= _ROUNDED


def _is_set_aside(item: Amount, setting: _Setting) -> bool:
    """Whether the number is denied, or the patient's own."""
    text, patient = setting.unit.text, setting.context.patient
    if _DENIED.search(text[max(0, item.start - 24) : item.start]):
        return True
    if item.kind == "share" and item.value == 0 and text[item.start].isalpha() and _HARM.match(text, item.end):
        return True
    told = f"{setting.context.question or ''} {patient or ''}"
    if item.kind == "bare" or not told.strip():
        return False
    written = {number.value for number in numbers(told)}
    digits = {float(value) for value in re.findall(r"\d+(?:\.\d+)?", text[item.start : item.end])}
    return bool((digits or {item.value}) & written) and not setting.sure


def _physical(document: Document, unit: Unit, setting: _Setting) -> Iterator[Finding]:
    """A temperature, length, pressure or current: the review gives none."""
    treated = any(load().concepts[name].kind == "intervention" for name in unit.concepts if name in load().concepts)
    if not treated or corrects_error(unit) or _is_own(unit.text) or says_silence(unit):
        return
    told = f"{setting.context.question or ''} {setting.context.patient or ''}"
    match = _PHYSICAL.search(unit.text)
    if match and match["n"] not in told and not _DENIED.search(unit.text[max(0, match.start() - 24) : match.start()]):
        yield finding("NUM-2", document, unit, match.span())


def _invented_trials(document: Document, unit: Unit) -> Iterator[Finding]:
    for match in _COUNTED_TRIALS.finditer(unit.text):
        read = numbers(match["n"])
        if read and read[0].value > _MOST_TRIALS and not corrects_error(unit):
            yield finding("NUM-2", document, unit, match.span())


@lru_cache(maxsize=2048)
def _is_own(text: str) -> bool:
    """Whether the sentence speaks of its own patients or plans, and not of chances."""
    return bool(_OWN.search(text)) and not _CHANCE.search(text)


def _unmatched(item: Amount, setting: _Setting) -> str | None:
    """The rule for a figure that no fact carries: wrong for a study named, invented where none is."""
    unit = setting.unit
    before = unit.text[: item.start]
    is_people = item.kind == "count" and (item.of is not None or item.value > 10)
    if setting.sure:
        is_large = item.value > _SMALL_COUNT and (
            item.kind == "count" or item.kind == "bare" and _is_size(item, setting)
        )
        is_other = item.kind == "fold" and bool(_RATIO.match(unit.text, item.end)) or _is_other_course(item, setting)
        return "NUM-1" if item.kind in ("share", "points", "time") or is_people or is_large or is_other else None
    if _STAFF.match(unit.text, item.end) or item.value in _in_titles(unit):
        return None
    if (
        _is_own(unit.text)
        or not (unit.concepts or unit.marks)
        or (
            item.value in (50.0, 100.0, 0.0)
            and item.kind == "share"
            and not (setting.carried and _OF_THOSE.match(unit.text, item.end))
        )
    ):
        return None
    if item.kind in ("share", "points"):
        return "NUM-1" if setting.carried else "NUM-2"
    if setting.carried and item.kind == "count" and item.value > _SMALL_COUNT:
        return "NUM-1"
    if item.kind == "time" and setting.carried and _POINT.search(before) and _OUTCOME.search(unit.text):
        return "NUM-1"
    if item.kind == "time":
        passes = bool(_PASSES.search(unit.text)) and any(is_risk(name) for name in unit.concepts)
        tied = passes or _TRIAL.search(unit.text) or _EFFECT.search(unit.text)
        treats = passes or any(arm.side == "active" for arm in arms(unit))
        return (
            "NUM-2"
            if tied
            and treats
            and not re.search(r"\b(?:for|since|after|these|past|last) (?:over |about |more than )?$", before[-24:])
            else None
        )
    return "NUM-2" if is_people and (_TRIAL.search(unit.text) or item.of) else None


def _is_other_course(item: Amount, setting: _Setting) -> bool:
    """Whether a number of blocks or infusions is not that of the study's course."""
    given = _GIVEN.match(setting.unit.text, item.end)
    wanted = ("blocks",) if given and given[1].lower() == "blocks" else ("days",)
    known = [
        f.quantity for s in setting.sure for f in s.facts if f.quantity.role == "schedule" and f.quantity.unit in wanted
    ]
    return bool(given and known) and item.value > 1 and all(quantity.value != item.value for quantity in known)


def _in_titles(unit: Unit) -> set[float]:
    """The numbers in the titles of the references that a unit marks: "a survey of 300 cases"."""
    marked = {number for mark in unit.marks for number in mark} & set(load().references)
    return {item.value for mark in marked for item in numbers(str(load().references[mark].csl["title"]))}


def _is_size(item: Amount, setting: _Setting) -> bool:
    """Whether a bare number stands in a cell or after a verb as the size of a study does."""
    text = setting.unit.text
    return bool(
        re.match(r"\s*(?:\||$|[,;)}\]]|v\.?s?\b|versus)", text[item.end :])
        or re.search(
            r"[|:(]\s*$|\b(?:included|enrolled|recruited|randomi[sz]ed|of|only|just|all) $", text[: item.start]
        )
    )


def _nearest(item: Amount, setting: _Setting) -> str | None:
    """The statement of the study that gives a figure of the same kind, for the correction."""
    wanted = {"share": ("percent", "fraction"), "points": ("percent",), "count": ("patients",), "bare": ("patients",)}
    units = wanted.get(item.kind, ("days", "hours", "weeks", "months", "years"))
    pool = [fact for study in setting.sure or setting.carried for fact in study.facts if fact.quantity.unit in units]
    return (
        min(pool, key=lambda fact: (abs(fact.quantity.value - item.value), fact.statement)).statement if pool else None
    )
