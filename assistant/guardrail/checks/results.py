"""Results of studies: which arm did better, against what, for how long, and in what kind of study."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from assistant.corpus import load
from assistant.guardrail.benefit import Polarity, polarity_at
from assistant.guardrail.context import Context, says_silence
from assistant.guardrail.facts import named as studies_of
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit, step_of

_DESIGNS: Final = {
    "randomised": re.compile(r"\b(?:randomi[sz]\w+|RCTs?)\b", re.IGNORECASE),
    "double-blind": re.compile(r"\bdouble[- ]blind\w*", re.IGNORECASE),
    "multicentre": re.compile(r"\bmulti[- ]?cent(?:re|er|red|ered)\b", re.IGNORECASE),
    "placebo": re.compile(r"\bplacebo[- ]controlled\b", re.IGNORECASE),
    "case series": re.compile(r"\bcase[- ]series\b", re.IGNORECASE),
    "case report": re.compile(r"\b(?:case reports?|case study)\b", re.IGNORECASE),
    "retrospective": re.compile(r"\bretrospective\w*", re.IGNORECASE),
    "meta-analysis": re.compile(r"\bmeta-?analys\w+", re.IGNORECASE),
    "open-label": re.compile(r"\bopen[- ]label\b", re.IGNORECASE),
    "cohort": re.compile(r"\bcohort (?:study|trial|design|analysis)\b", re.IGNORECASE),
}
# Studies that share a first author.
_NAMESAKES: Final = {
    "harke": ("harke_2002", "harke_2005"),
    "north": ("north_2005", "north_1991"),
    "kemler": ("kemler_2000", "kemler_2004", "kemler_2006"),
}
_DENIED: Final = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|nobody|rather than|instead of|cannot|"
    r"few|lack\w*)\b|n't\b",
    re.IGNORECASE,
)

_NO_STUDY: Final = re.compile(
    r"\b(?:no (?:\w+[- ]){0,3}?(?:trials?|RCTs?|stud(?:y|ies))|(?:never|not) (?:yet )?(?:been |ever )?(?:tested|"
    r"studied|trialled|investigated|examined)|"
    r"(?:nobody|no one|no-one) has (?:ever )?(?:tested|studied|trialled|compared|examined))\b",
    re.IGNORECASE,
)
_COMPARES: Final = re.compile(
    r"\b(?:compar\w+|head|pits?|versus|vs|against (?!placebo|saline)|between|serious|"
    r"long-term|dos\w+)\b",
    re.IGNORECASE,
)

_LATE: Final = re.compile(
    r"\b(?:(?:3|three)\s?(?:-|to|and)\s?(?:5|five)|(?:4|5|four|five))[- ](?:years?|yrs?|y)\b|\b(?:3|"
    r"three)[- ]years?\b|\b(?:third|3rd) (?:to|and) (?:the )?(?:fifth|5th)\b|\b(?:fourth|fifth|4th|5th) years?\b|"
    r"\blong[- ]term\b|\b(?:year|years) (?:5|five|3 to 5|3-5)\b",
    re.IGNORECASE,
)
_AHEAD: Final = re.compile(
    r"\b(?:still|continu\w+|outperform\w*|better|persist\w*|sustain\w*|maintain\w*|last(?:s|ed|ing)?|ahead|"
    r"advantage|differ\w*|apart|superior\w*|benefit\w*|effective|remain\w*|held|works?|worked|more|less pain|"
    r"significant\w*)\b",
    re.IGNORECASE,
)
_NO_DIFFERENCE: Final = re.compile(
    r"\b(?:no|not|nor|neither|never|without|vanish\w*|disappear\w*|gone|lost|"
    r"alike|even|on a par|level|closed|narrow\w*|caught up|fad\w+|equal\w*|similar|same|indistinguishable|levell?ed|"
    r"cannot|converg\w+|wore off|none)\b|"
    r"n't\b",
    re.IGNORECASE,
)
_LATER_YEARS: Final = re.compile(r"\b(?:3|three)\s?(?:-|–|to|and)\s?(?:5|five)\b", re.IGNORECASE)
_TWO_YEARS: Final = re.compile(r"\b(?:2|two)[- ]years?\b|\b24 months\b", re.IGNORECASE)
_AGAINST_CONTROL: Final = re.compile(
    r"\b(?:than|versus|vs\.?|against|compared (?:with|to)|over|relative to|beat|beats|beaten|outperformed|outdid|"
    r"outdone|"
    r"outstripped|bettered|surpassed|ahead of|superior to|down on|below|under|better of|clear of|"
    r"as opposed to)\s+(?:\w+ ){0,4}?(?:controls?|placebo|sham|untreated|comparator|unstimulated)\b",
    re.IGNORECASE,
)
_DEER: Final = 70
_FALL: Final = re.compile(
    r"\b(?:less|lower\w*|fell|fall\w*|decreas\w*|reduc\w*|improv\w*|better|drop\w*|"
    r"declin\w*|beats?|outperform\w*|outdid|superior|ahead|more|significan\w*|relief|down|outd(?:id|one)|outstripped|bettered|surpassed|beaten)\b",
    re.IGNORECASE,
)

_MOST_SEVERE: Final = re.compile(
    r"\b(?:most|majority|nearly all|almost all|the bulk|all|commonly|"
    r"usually)\b[^.;]{0,90}\bsevere\b",
    re.IGNORECASE,
)
_SEDATION_RULE: Final = re.compile(
    r"\b(?:must|should|has to|is to) (?:never|always|not)\b|\b(?:never|always|routinely|mandatory|compulsory|"
    r"obligatory|forbidden|prohibited|banned|contraindicated|invariably|in every (?:case|patient))\b|"
    r"\bwithout (?:consulting |asking |involving )?the patient\b|\b(?:physician|doctor|clinician|operator|"
    r"anaesthetist|anesthesiologist|patient)(?:'s)? (?:decision )?alone\b|\bfor everyone\b|"
    r"\ball patients\b",
    re.IGNORECASE,
)
_SEDATION: Final = re.compile(r"\bsedat\w+", re.IGNORECASE)


def results(document: Document, unit: Unit, context: Context) -> Iterator[Finding]:
    """Findings of one sentence on studies and their results."""
    yield from _reversed(document, unit)
    if says_silence(unit):
        return
    yield from _design(document, unit)
    yield from _studied(document, unit, context)
    yield from _late(document, unit)
    yield from _comparator(document, unit)
    if (
        _SEDATION.search(unit.text)
        and (rule := _SEDATION_RULE.search(unit.text))
        and not _DENIED.search(unit.text[: rule.start()])
    ):
        yield finding("EVI-10", document, unit)


def _studies(unit: Unit) -> set[str]:
    """The studies that a sentence may mean; namesakes are told apart by what they studied."""
    named = {name for name in unit.concepts if name in load().concepts and load().concepts[name].kind == "study"}
    text = unit.text.lower()
    for author, twins in _NAMESAKES.items():
        is_there = author.lower() in text and re.search(rf"\b{author}\b", unit.text, re.IGNORECASE)
        if is_there or any(name in named for name in twins):
            own = load().with_broader(set(unit.concepts) & set(load().concepts)) - named
            fitting = {twin for twin in twins if set(load().concepts[twin].broader) & own & _conditions()}
            named = (named - set(twins)) | (fitting or set(twins))
    return named


@lru_cache(maxsize=1)
def _conditions() -> frozenset[str]:
    return frozenset(name for name, concept in load().concepts.items() if concept.kind == "condition")


@lru_cache(maxsize=64)
def _designs(study: str) -> frozenset[str]:
    """What the statements call a study."""
    said = " ".join(
        statement.text
        for statement in load().statements
        if study in (statement.trial, *statement.about) and len(_named(statement.about)) == 1
    )
    return frozenset(name for name, pattern in _DESIGNS.items() if pattern.search(said))


def _named(about: tuple[str, ...]) -> set[str]:
    return {name.split("_")[0] for name in about if name in load().concepts and load().concepts[name].kind == "study"}


def _design(document: Document, unit: Unit) -> Iterator[Finding]:
    studies = _studies(unit)
    if not studies or len({name.split("_")[0] for name in studies}) > 1:
        return
    known = frozenset().union(*map(_designs, studies))
    for name, pattern in _DESIGNS.items():
        match = pattern.search(unit.text)
        if match and (name in known) == bool(
            _DENIED.search(re.split(r"[,;]", unit.text[max(0, match.start() - 30) : match.start()])[-1])
        ):
            statement = next((s.id for s in load().statements if s.trial in studies and "design" in s.aspects), None)
            yield finding("EVI-6", document, unit, statement=statement)
            return


def _studied(document: Document, unit: Unit, context: Context) -> Iterator[Finding]:
    """A trial denied where the review has one, or claimed where it has none."""
    steps = {step_of()[name] for name in unit.concepts if step_of().get(name) in ("ketamine", "pns", "scs")}
    conditions = [name for name in unit.concepts if name in _conditions() and name != "neuropathic_pain"]
    if len(steps) != 1 or len(conditions) != 1:
        return
    step, broader = steps.pop(), context.corpus.with_broader(conditions)
    positions = [p for p in context.algorithm.standings if step_of()[p.intervention] == step and p.condition in broader]
    tried = any(p.evidence in ("trial", "moderate") for p in positions)
    denied = _NO_STUDY.search(unit.text)
    if tried and denied and not _COMPARES.search(unit.text):
        yield finding("EVI-6", document, unit, statement=positions[0].statements[-1])
    claimed = _DESIGNS["randomised"].search(unit.text)
    if claimed and not tried and not _DENIED.search(unit.text) and conditions[0] in _specific():
        yield finding("EVI-6", document, unit, statement=positions[0].statements[-1] if positions else None)


@lru_cache(maxsize=1)
def _specific() -> frozenset[str]:
    return _conditions() - {
        "smp",
        "sip",
        "peripheral_neuropathic_pain",
        "central_neuropathic_pain",
        "mixed_neuropathic_pain",
    }


def _late(document: Document, unit: Unit) -> Iterator[Finding]:
    """Kemler's course: effective at 2 years, no difference at 3 to 5."""
    named = {name.split("_")[0] for name in _studies(unit)}
    is_by_name = "kemler" in named
    if not named and {study.author for study in studies_of(unit)} == {"kemler"}:
        named = {"kemler"}
    is_kemler = named == {"kemler"} or (not named and "scs" in unit.concepts and context_crps(unit))
    if not is_kemler:
        return
    for late in _LATE.finditer(unit.text):
        if late.group().lower().startswith(("3 y", "3-y", "three y", "three-y")) and "kemler" not in named:
            continue
        near = (
            re.split(r"[;]|, but |, while | whereas ", unit.text[late.start() :])[0]
            + " "
            + re.split(r"[;]|, but | whereas ", unit.text[: late.start()])[-1]
        )
        if _AHEAD.search(near) and not _NO_DIFFERENCE.search(near):
            yield finding("EVI-7", document, unit)
            return
    two = _TWO_YEARS.search(unit.text)
    if (
        two
        and is_by_name
        and polarity_at(unit.text, two.start()) is Polarity.BAD
        and not (_LATE.search(unit.text) or _LATER_YEARS.search(unit.text))
    ):
        yield finding("EVI-7", document, unit, statement="scs-benefit-kemler-two-years")


def context_crps(unit: Unit) -> bool:
    """Whether the sentence is about CRPS of any type."""
    return bool({"crps", "crps_1", "crps_2"} & set(unit.concepts))


def _comparator(document: Document, unit: Unit) -> Iterator[Finding]:
    """Deer's trial is reported against baseline, never against its controls."""
    against = _AGAINST_CONTROL.search(unit.text)
    clause = re.split(r"[;.]|, (?:and|but)\b|\bbut\b", unit.text[: against.start()])[-1] if against else ""
    studies = _own(unit) or (_going_on(document, unit) if against else set())
    if studies == {"deer_2016"} and against and _FALL.search(unit.text) and not _DENIED.search(clause):
        yield finding("EVI-8", document, unit)


def _own(unit: Unit) -> set[str]:
    return _studies(unit) or ({"deer_2016"} if (_DEER,) in unit.marks else set())


def _going_on(document: Document, unit: Unit) -> set[str]:
    """The studies of the sentence before, where this one names none and cites none."""
    position = next((at for at, other in enumerate(document.units) if other is unit), 0)
    return set() if unit.marks or not position else _own(document.units[position - 1])


def _reversed(document: Document, unit: Unit) -> Iterator[Finding]:
    """Most patients said to have found the procedure severely painful; swapped arms are for the check of direction."""
    if {"simopoulos_2018", "procedural_pain"} & set(unit.concepts):
        most = _MOST_SEVERE.search(unit.text)
        if most and not _DENIED.search(unit.text[max(0, most.start() - 12) : most.end()]):
            yield finding("EVI-9", document, unit)
