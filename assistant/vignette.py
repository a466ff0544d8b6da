"""The patient that a question describes: condition, site, course, pattern and what has been tried with what result."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from assistant.corpus import Corpus
from assistant.pathway import load_algorithm
from assistant.patient import LISTS, Patient
from assistant.reading import Mention, Span, informal_parts

Result = Literal["failed", "brief", "contraindicated", "not_tried", "tried"]

# What was the result of a treatment, by the words around it; the first kind that matches at a place counts.
_A_WHILE: Final = r"(?:\d+|a|one|two|three|four|few|couple of)(?: \w+)? ?(?:h|hrs?|hours?|days?|d|weeks?|wks?)\b"
_RESULTS: Final[dict[Result, tuple[str, ...]]] = {
    "not_tried": (
        r"(?:not|never|n't|yet to) (?:yet |been |had |have )*(?:tried|try|given|done|started)",
        r"(?:hasn't|has not|haven't|have not|never) (?:had|tried)",
        r"untried",
        r"no (?:meds|drugs|blocks?) yet",
    ),
    "contraindicated": (r"contra-?indicated", r"ruled out", r"can(?:'t|not) have", r"not allowed", r"allergic to"),
    "brief": (
        r"(?:brief|short|transient|temporary|fleeting)(?:ly|-lived| lived)?",
        r"wore off|wears off|gone by|came back|never lasts?",
        rf"(?:relief|lasted|good|better|helped|worked)(?: \w+){{0,3}} (?:for )?(?:(?:only|just|about) )?{_A_WHILE}",
        rf"(?:not|n't) (?:last|sustained)|{_A_WHILE} of (?:relief|benefit|comfort)",
    ),
    "failed": (
        r"fail(?:ed|s|ure|ing)?|unsuccessful\w*|useless|ineffective|inadequate|insufficient|so-so|exhausted",
        r"no (?:help|good|use|response|relief|benefit|better|effect|joy|luck|improvement)",
        r"(?:not|n't) (?:help|work|respon|hold|touch|cut|do anything)\w*",
        r"(?:did|does|done) nothing|didn't do|made no difference|little (?:help|relief|benefit)",
        r"intoler\w+|not tolerat\w+|dry mouth|sedat(?:ed|ing)|made (?:her|him|them) \w+",
        r"(?:stopped|withdrawn|abandoned)(?: for| because of| due to)?|maxed(?: out)?",
        r"refractory to|resistant to|despite|without (?:benefit|relief|success|response|effect)|been through|tried",
    ),
}
_RESULT: Final = tuple((name, re.compile(rf"\b(?:{'|'.join(cues)})", re.IGNORECASE)) for name, cues in _RESULTS.items())
_YEARS: Final = r"(?:years?|yrs?|y)\b(?![ -]?old|[ -]o\b)"
_LONG: Final = re.compile(
    rf"\b(?:long[- ]?standing|chronic|for years|\d+ ?{_YEARS}|x ?\d+ ?{_YEARS}|years? ago|decades?)", re.IGNORECASE
)
_ACUTE: Final = re.compile(
    r"\b(?:acute|\d+ ?(?:days?|d|hours?|weeks?|wks?)\b|\d+/52|last week|this week|yesterday)", re.IGNORECASE
)
_PATTERN: Final = re.compile(
    r"\b(segmental|diffuse|band|at (?:the )?(?:injury )?level|widespread|below the level)\b", re.IGNORECASE
)
_PATTERNS: Final = {"diffuse": "diffuse", "widespread": "diffuse"}
_PERCENT: Final = re.compile(
    r"(?:relief|improvement) (?:of |was |about )?(\d{1,3})\s*(?:%|per ?cent)|"
    r"(\d{1,3})\s*(?:%|per ?cent)[^.;]{0,25}\b(?:relief|better|improve\w*|reduc\w*|less)",
    re.IGNORECASE,
)
# A person, or a course of treatment, is described; a question about a treatment in general is no case.
_PERSON: Final = re.compile(
    r"\b\d{1,3} ?(?:-?\s*(?:year|yr)s?[- ]?old|yo|y/?o|[MF])\b|"
    r"\b(?:(?:my|the|a|this|our) (?:patient|pt|amputee)|lady|man|woman|gentleman|amputee)\b|"
    r"\b(?:pt|patient) (?:with|has|had|who)\b|\b(?:she|he|her|his|him)\b|\b\d+/(?:12|52|7)\b",
    re.IGNORECASE,
)
# A treatment further from the words that tell its result than this belongs to something else; in a question, which
# may ask for the result rather than tell it, only words right beside it tell.
_REACH: Final = 60
_REACH_IN_QUESTION: Final = 12
_RIGHT_AFTER: Final = 4
# Said of drugs without naming them.
_NOTHING_WORKED: Final = re.compile(
    r"\bnothing (?:oral |has |by mouth |we tried |he tried |she tried )*(?:worked|helped|works|helps)\b", re.IGNORECASE
)
# In a history, a block without a name is a sympathetic one.
_BLOCK: Final = re.compile(r"\b(?:nerve )?(?:blocks?|blockade)\b", re.IGNORECASE)
_COURSE_OF: Final = ("acute", "long-standing")


@dataclass(frozen=True, slots=True)
class _Found:
    result: Result
    start: int
    end: int


def described(text: str, mentions: Sequence[Mention], corpus: Corpus) -> Patient | None:
    """The patient described in `text`; None where it names no condition or describes nobody."""
    conditions = [m.id for m in mentions if m.id in corpus.concepts and corpus.concepts[m.id].kind == "condition"]
    histories = _histories(text, mentions, corpus)
    if not conditions or not (_PERSON.search(text) or histories or _PERCENT.search(text)):
        return None
    condition = max(dict.fromkeys(conditions), key=lambda name: len(corpus.with_broader([name])))
    site = next((m.id for m in mentions if m.id in corpus.concepts and corpus.concepts[m.id].kind == "site"), None)
    pattern = _PATTERN.search(text)
    percent = _PERCENT.search(text)
    fields: dict[str, Any] = {
        "condition": corpus.concepts[condition].label,
        "site": corpus.concepts[site].label if site else None,
        "course": _course(text),
        "pattern": _PATTERNS.get(pattern.group().lower(), "segmental") if pattern else None,
        "block_relief_percent": min(float(percent[1] or percent[2]), 100) if percent and _BLOCK.search(text) else None,
    }
    lists: dict[str, Any] = {name: tuple(k for k, result in histories.items() if result == name) for name in LISTS}
    return Patient(**fields, **lists)


def _course(text: str) -> str | None:
    return _COURSE_OF[1] if _LONG.search(text) else _COURSE_OF[0] if _ACUTE.search(text) else None


def _histories(text: str, mentions: Sequence[Mention], corpus: Corpus) -> dict[str, Result]:
    """The result of each treatment of the pathway that the text gives one for."""
    steps = {name for item in load_algorithm().interventions for name in (*item.includes, *item.forms)}
    found: dict[str, Result] = {}
    named = [m for m in mentions if m.id in steps]
    blocks = [Mention("sympathetic_block", *match.span()) for match in _BLOCK.finditer(text)]
    named += [b for b in blocks if not any(m.start < b.end and b.start < m.end for m in mentions)]
    if _NOTHING_WORKED.search(text):
        found["pharmacotherapy"] = "failed"
    for sentence in informal_parts(text):
        treatments = [m for m in named if sentence.start <= m.start < sentence.end]
        reach = _REACH_IN_QUESTION if sentence.text.endswith("?") else _REACH
        results = _results(sentence)
        for treatment in treatments:
            nearest = min(results, key=lambda result: _distance(treatment, result, treatments), default=None)
            if nearest and _distance(treatment, nearest, treatments) <= reach:
                found.setdefault(treatment.id, nearest.result)
    return found


def _results(sentence: Span) -> list[_Found]:
    found: list[_Found] = []
    for name, pattern in _RESULT:
        for match in pattern.finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if not any(start < other.end and other.start < end for other in found):
                found.append(_Found(name, start, end))
    return found


def _distance(treatment: Mention, result: _Found, others: Sequence[Mention]) -> int:
    """Characters between a treatment and a result, treatments listed in between not counted.

    "Failed pregabalin" tells of what follows, never of what stands before.
    """
    if treatment.end <= result.start and any(0 <= other.start - result.end <= _RIGHT_AFTER for other in others):
        return _REACH + 1
    low, high = (treatment.end, result.start) if treatment.end <= result.start else (result.end, treatment.start)
    between = sum(other.end - other.start for other in others if low <= other.start and other.end <= high)
    return max(0, high - low - between)
