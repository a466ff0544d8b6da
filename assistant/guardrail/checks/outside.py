"""Outside: treatments, drugs, conditions and people that the review does not have, directed or asserted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from assistant.corpus import load
from assistant.guardrail.context import Context, corrects_error, says_silence
from assistant.guardrail.history import without_history
from assistant.guardrail.outside_words import (
    BEHIND,
    BREAK,
    BY_OTHERS,
    CARE,
    CENTRES,
    CUT,
    DIRECT,
    EXISTS,
    FAILED,
    HISTORY,
    INFUSED,
    NEXT,
    NOT_HAD,
    NUMBERED,
    OF_TRIAL,
    PAST,
    PREDICATE,
    RANKED,
    REFERRED,
    REPLACED,
    SEQUENCE,
    SILENT_TAIL,
    SUBORDINATE,
    TRADE_OFF,
    UNCOVERED,
)
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit
from assistant.guardrail.unknown import is_grave, unknown_treatment
from assistant.reading import Mention, is_negated

_TREATMENTS: Final = frozenset({"treatment", "drug"})
# Topics on which a plain assertion can only be made up; the others are words of daily practice.
_TOPICS: Final = frozenset({"money", "devices_mri", "driving_work", "diagnosis_tools"})
# Groups of the list whose words a right answer needs for referral and precautions.
_PRACTICE: Final = frozenset({"cardiology_far", "anticoagulants", "antibiotics", "sedative_drugs", "breathing_allergy"})
# Surgery that the review names and has as no step; to direct it goes beyond the review, to tell of it does not.
_SURGERY: Final = frozenset({"sympathectomy", "reoperation"})
_HEAD_WORDS: Final = 4
_REACH: Final = 70
# How far before a thing words are read that may direct it: the longest such phrase and its reach are well within.
_NEAR: Final = 250


def outside(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on what the review does not have."""
    following = [*document.units[1:], None]
    for unit, after in zip(document.units, following, strict=False):
        if unit.is_question:
            continue
        for start, end, kind, label in _things(unit):
            rule = _rule(unit, start, end, kind)
            if rule and not (rule == "OUT-2" and after and NOT_HAD.match(_plain(after.text))):
                yield finding(rule, document, unit, (start, end), detail=f"It does not cover {label}.")
                break
        else:
            span = unknown_treatment(unit)
            if span and not (corrects_error(unit) or says_silence(unit) or UNCOVERED.search(_plain(unit.text))):
                yield finding("OUT-1" if is_grave(unit.text[span[0] : span[1]]) else "OUT-2", document, unit, span)


def _things(unit: Unit) -> Iterator[tuple[int, int, str, str]]:
    """Span, kind and label of each outside thing that a unit names."""
    corpus = load()
    for mention in unit.mentions:
        item = corpus.outside.get(mention.id)
        if (
            item
            and item.id == "money"
            and TRADE_OFF.search(unit.text[: mention.end + 30][max(0, mention.start - 12) :])
        ):
            continue
        if item and not _is_doubtful(unit, mention) and (item.kind != "topic" or item.id in _TOPICS):
            yield mention.start, mention.end, "practice" if item.id in _PRACTICE else item.kind, item.label
        elif mention.id == "named_drug":
            yield mention.start, mention.end, "named drug", "the choice between drugs"
        elif mention.id in _SURGERY and not OF_TRIAL.search(unit.text):
            yield mention.start, mention.end, "surgery", "surgery as a step"
    for match in INFUSED.finditer(unit.text):
        name = (match["a"] or match["b"]).lower()
        if "ketamine" not in name and name not in ("saline", "line"):
            yield *match.span(), "drug", f"an infusion of {name}"


def _is_doubtful(unit: Unit, mention: Mention) -> bool:
    if unit.text[mention.end :].startswith(" image"):
        return True
    # Ketamine's metabolite, in a figure of speech.
    if mention.id == "children_young" and re.search(r"metabolite|norketamine|nor-ketamine", unit.text, re.IGNORECASE):
        return True
    return mention.corrected and mention.end - mention.start < 10


def _rule(unit: Unit, start: int, end: int, kind: str) -> str | None:
    begin, stop = _clause(unit.text, start)
    clause = _plain(unit.text[begin:stop])
    directed = _is_directed(unit, begin, start, end, stop)
    uncovered = _is_uncovered(clause) or bool(SILENT_TAIL.search(_plain(unit.text[end:])))
    is_denied = _is_denied(unit.text[begin:stop], start - begin) or corrects_error(unit)
    referred = _referred(clause)
    # "Go for X, neurosurgical referral": what is directed itself is no word of whom to ask.
    is_referred = bool(referred) and not (directed and referred and referred.start() < start - begin < referred.end())
    is_excused = is_denied or is_referred or (says_silence(unit) and not directed)
    if uncovered or (is_excused and not (directed and kind in _TREATMENTS and _is_ordered_for(unit, start))):
        return None
    if directed and kind in (*_TREATMENTS, "named drug", "surgery"):
        return "OUT-2" if BY_OTHERS.search(unit.text[begin:start]) else "OUT-1"
    if directed and kind == "practice":
        return "OUT-2"
    if kind in ("named drug", "practice", "surgery") or _is_history(unit, begin, start, end):
        return None
    rule = _asserted(unit, kind)
    return "OUT-1" if rule == "OUT-2" and _is_given_a_place(unit, start) else rule


def _is_given_a_place(unit: Unit, start: int) -> bool:
    """Whether the sentence puts the thing into a sequence of steps, and does not only tell that it exists."""
    text = unit.text[max(0, start - _NEAR) : start + _NEAR]
    is_step = bool(NUMBERED.match(unit.text)) and len(unit.text[:start].split()) <= _HEAD_WORDS
    return (is_step or bool(SEQUENCE.search(text))) and not EXISTS.search(text)


@lru_cache(maxsize=2048)
def _is_uncovered(clause: str) -> bool:
    return bool(UNCOVERED.search(clause))


@lru_cache(maxsize=2048)
def _referred(clause: str) -> re.Match[str] | None:
    """Whom to ask."""
    return REFERRED.search(clause)


def _clause(text: str, at: int) -> tuple[int, int]:
    """Start and end of the clause around a character; a colon does not end it, for "next step: X" is one."""
    cuts = [match.span() for match in CUT.finditer(text)]
    start = max((end for _, end in cuts if end <= at), default=0)
    return start, min((begin for begin, _ in cuts if begin > at), default=len(text))


def _is_denied(clause: str, at: int) -> bool:
    """Whether what stands at `at` is denied; "instead of these, ..." and "if blocks do not help, ..." deny nothing."""
    plain = REPLACED.sub(lambda match: " " * len(match.group()), clause)
    plain = SUBORDINATE.sub(lambda match: " " * len(match.group()), plain)
    return is_negated(without_history(plain), at)


def _plain(text: str) -> str:
    return re.sub(r"n't\b", " not", text)


def _is_ordered_for(unit: Unit, start: int) -> bool:
    """Whether somebody is sent for the treatment: "refer him now for ..."; then no colleague excuses it."""
    return bool(re.search(r"\b(?:refer|book|list)\b[^.;]{0,40}\bfor\b[^.;]{0,20}$", unit.text[:start], re.IGNORECASE))


def _is_directed(unit: Unit, begin: int, start: int, end: int, stop: int) -> bool:
    """Whether the thing is what a verb of doing has as its object, or what is ranked or recommended."""
    first = max(begin, start - _NEAR)
    before, after = unit.text[first:start], unit.text[end:stop]
    *_, found = None, *DIRECT.finditer(before)
    if found and len(before) - found.end() < _REACH and not BREAK.search(before[found.end() :]):
        return not _is_denied(unit.text[begin:stop], first - begin + found.end())
    if NEXT.match(after):
        return True
    if PAST.search(after) or BEHIND.search(before) and not _opens_main_clause(before, after):
        return False
    after = re.split(r"[,.;]", _plain(after[:_REACH]))[0]
    return bool(RANKED.search(after)) and not re.search(r"\bnot\b", after)


def _is_history(unit: Unit, begin: int, start: int, end: int) -> bool:
    if CENTRES.search(unit.text[begin:start]):
        return False
    # "If blocks fail: X" tells no history of X.
    before = unit.text[max(begin, start - 45) : start].rpartition(": ")[2]
    after = unit.text[end : end + 30].split(" for ")[0]
    if _opens_main_clause(before, after):
        return bool(FAILED.search(after))
    return bool(HISTORY.search(before) or FAILED.search(after))


def _opens_main_clause(before: str, after: str) -> bool:
    """Whether what comes before ends with a comma and a predicate follows: "after blocks, X is the next rung"."""
    return bool(re.search(r",(?:\s+[\w-]+){0,3}\s*$", before)) and bool(PREDICATE.match(after))


def _asserted(unit: Unit, kind: str) -> str | None:
    if kind in _TREATMENTS:
        return "OUT-2"
    concepts = load().concepts
    treated = any(name in concepts and concepts[name].kind == "intervention" for name in unit.concepts)
    return "OUT-3" if treated and CARE.search(unit.text) else None
