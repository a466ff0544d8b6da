"""Anatomical structures: which the review names for what, and any other named in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assistant.guardrail.context import corrects_error, denied_at, says_silence
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit

_RANKS: Final = (
    "superior upper middle inferior lower lowest first second third fourth "
    "fifth sixth cervical thoracic lumbar sacral coccygeal trigeminal "
    "sphenopalatine pterygopalatine celiac coeliac vagal otic ciliary geniculate hypogastric "
    "anterior posterior dorsal ventral lateral medial"
).split()
_DIGITS: Final = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth"}
_NAMES: Final = "|".join((*_RANKS, *_DIGITS))
_RANK: Final = re.compile(rf"\b(?:{_NAMES})\b", re.IGNORECASE)
_WORD: Final = r"(?:[\w-]+,? ){0,5}?"


@dataclass(frozen=True, slots=True)
class Fact:
    """Where `about` is said, what stands before the nouns of `place` is among `allowed`."""

    about: re.Pattern[str]
    place: re.Pattern[str]
    allowed: frozenset[str]
    statement: str


def _fact(about: str, place: str, allowed: str, statement: str) -> Fact:
    return Fact(
        re.compile(about, re.IGNORECASE), re.compile(place, re.IGNORECASE), frozenset(allowed.split()), statement
    )


_RANKED: Final = rf"((?:(?:{_NAMES})(?:,? (?:and|or|with) (?:the |a )?|,? )(?:the )?)+)"
FACTS: Final = (
    _fact(
        r"\b(?:stellate|star[- ]shaped)\b.*\b(?:aris\w+ (?:where|from|when|out of)|fus\w+|form\w*|merg\w+|union|"
        r"compris\w+|made (?:up )?of|consists?|join\w*|"
        r"combin\w+|unit\w+)\b|"
        r"\b(?:fus\w+|form\w*|merg\w+|union|join\w*|combin\w+|unit\w+)\b.*\b(?:stellate|star[- ]shaped)\b",
        rf"{_RANKED}(?:ganglion|ganglia|one\b)",
        "inferior lower lowest first cervical thoracic",
        "stellate-anatomy",
    ),
    _fact(
        r"\bstellate\b.*\b(?:ganglia|(?:run|melt\w*|rolled|knit|grown) (?:together|into)|blend\w*|coalesc\w*|meet\w*|"
        r"fus\w+|merg\w+|in one|lump|one from)\b",
        rf"\bgangli(?:a|on)\b[^.;:]{{0,30}}?[,:(—-] ?(?:the |an? |one )?{_RANKED}",
        "inferior lower lowest first cervical thoracic",
        "stellate-anatomy",
    ),
    _fact(
        r"\bhorner\w*|\bptosis\b|\bmiosis\b|\benophthalmos\b",
        rf"{_RANKED}(?:ganglion|ganglia)",
        "superior upper middle cervical",
        "stellate-horner",
    ),
    _fact(
        r"\b(?:supply|innervat\w+|carry|course\w*|run\w*|pass\w*|goes|go|travel\w*|through|via)\b.*|\blegs?\b|"
        r"\blower (?:limb|extremit)",
        rf"\b(?:legs?|lower (?:limbs?|extremit\w+)|innervation)\b.*?{_RANKED}(?!root\b)(?:\w+ ){{0,2}}?"
        rf"(?:ganglion|ganglia)",
        "second third lumbar",
        "lumbar-innervation",
    ),
    _fact(
        r"\b(?:suppl\w+|innervat\w+|carr(?:y|ies)|serves?)\b",
        rf"{_RANKED}(?:\w+ ){{0,2}}?(?:ganglion|ganglia)\b[^.;:]{{0,60}}\b(?:legs?\b|lower (?:limb|extremit))",
        "second third lumbar",
        "lumbar-innervation",
    ),
    _fact(
        r"\blumbar (?:sympathetic )?chain\b",
        rf"{_WORD}\b((?:antero|postero)(?:lateral|medial)|posterior|"
        rf"medial)(?:ly)?\b",
        "anterolateral",
        "lumbar-anatomy-location",
    ),
)


def structures(document: Document, unit: Unit) -> Iterator[Finding]:
    """A structure named in the place of another; numbered levels are for the check of numbers."""
    if unit.is_question or corrects_error(unit) or says_silence(unit):
        return
    for fact in FACTS:
        if not fact.about.search(unit.text):
            continue
        for place in fact.place.finditer(unit.text):
            read = [word.lower() for word in (_RANK.findall(place[1]) or [place[1]])]
            named = {_DIGITS.get(word, word) for word in read}
            if named - fact.allowed and not denied_at(unit, place.start(1)):
                yield finding("ANA-2", document, unit, statement=fact.statement)
                return
