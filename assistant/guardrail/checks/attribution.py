"""Attribution: what the review says of one treatment said of another, or of a condition that it never joins to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from assistant.corpus import load
from assistant.guardrail.context import Context, corrects_error, says_silence
from assistant.guardrail.mood import is_disputed, negations
from assistant.guardrail.rules import finding
from assistant.guardrail.support import Match, Passage, best, tokens, weight
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit, lexicon, step_of
from assistant.reading import words

_STEPS: Final = frozenset({"scs", "pns", "ketamine", "block"})
# Conditions under which all others fall; every treatment has to do with them.
_WIDE: Final = frozenset(
    {
        "neuropathic_pain",
        "peripheral_neuropathic_pain",
        "central_neuropathic_pain",
        "nerve_injury",
        "headache_disorder",
        "smp",
        "sip",
    }
)
_CUT: Final = re.compile(r"[;:—]\s|,? (?:but|while|whereas|although|though|yet|however)\b|, (?:and|so) ", re.IGNORECASE)
_COMPARED: Final = re.compile(
    r"\b(?:as (?:with|in|for)|like|unlike|than|compared with)(?: (?:the|an?|that of|those of))* $", re.IGNORECASE
)
# One patient's story is in no statement.
_OF_ONE: Final = re.compile(r"\b(?:he|she|her|hers|his|him|mrs?|ms|(?:the|your|this|our|my) patient)\b", re.IGNORECASE)
# Nor is what has been tried and did not help.
_HISTORY: Final = re.compile(
    r"\b(?:has|have|had)(?: already| all| both)?(?: not|n't|n’t) (?:helped|worked|lasted|held|given|brought|touched)\b|"
    r"\b(?:have|has) (?:already |all |both )?(?:failed|been tried)\b",
    re.IGNORECASE,
)
_LOOK_BACK: Final = 40
# What a sentence must weigh without its treatment to be told by the rest, how much of that a statement on another
# treatment has to carry, and how much more than any on its own. Below these, right sentences are found too.
_LEAST: Final = 11.0
_AS_VERB: Final = re.compile(r"blocks? (?:the (?:\w+ )?(?:receptor|channel|pore|ion)|its? |it\b|them\b)", re.IGNORECASE)
_CARRIED: Final = 0.6
_MARGIN: Final = 0.28


def attribution(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on whose facts are told."""
    for unit in document.units:
        if unit.is_question or corrects_error(unit) or says_silence(unit) or is_disputed(unit.text):
            continue
        yield from _unjoined(document, unit)
        other = _of_another(unit)
        if other:
            yield finding("ATT-2", document, unit, statement=other)


def _unjoined(document: Document, unit: Unit) -> Iterator[Finding]:
    """A treatment told of with a condition that no statement joins to it."""
    concepts = load().concepts
    cuts = [0, *(match.end() for match in _CUT.finditer(unit.text)), len(unit.text)]
    for start, end in zip(cuts, cuts[1:], strict=False):
        inside = [item for item in unit.mentions if start <= item.start < end and item.id in concepts]
        steps = {step_of()[item.id] for item in inside if step_of().get(item.id) in _STEPS}
        if len(steps) != 1 or negations(unit.text[start:end].lower()):
            continue
        step = steps.pop()
        for item in inside:
            if concepts[item.id].kind == "condition" and not _is_joined(step, item.id):
                yield finding("ATT-1", document, unit, (item.start, item.end))
                return


@lru_cache(maxsize=1)
def _joined() -> frozenset[tuple[str, str]]:
    """Steps with the conditions that some statement names with them; what statements leave open joins nothing."""
    found: set[tuple[str, str]] = set()
    for statement in load().statements:
        if "gap" in statement.id.split("-"):
            continue
        names = {*_named(statement.id), *statement.about}
        steps = {step_of()[name] for name in names if name in step_of()} & _STEPS
        found |= {(step, name) for step in steps for name in names - _WIDE if load().concepts[name].kind == "condition"}
    return frozenset(found)


def _is_joined(step: str, condition: str) -> bool:
    if condition in _WIDE:
        return True
    corpus = load()
    wide = set(corpus.with_broader([condition]))
    return any(one == step and (name in wide or condition in corpus.with_broader([name])) for one, name in _joined())


@lru_cache(maxsize=1024)
def _named(statement_id: str) -> frozenset[str]:
    corpus = load()
    found = lexicon().find(words(corpus.by_id[statement_id].text))
    return frozenset(item.id for item in found if item.id in corpus.concepts)


@lru_cache(maxsize=1)
def _interventions() -> frozenset[str]:
    return frozenset(
        f"{mark}{name}" for name, concept in load().concepts.items() if concept.kind == "intervention"
        for mark in ("c:", "b:")
    )  # fmt: skip


def _of_another(unit: Unit) -> str | None:
    """The statement on another treatment that carries what the unit says of its own, where none on that one does."""
    named = [item for item in unit.mentions if step_of().get(item.id) in _STEPS]
    # "Magnesium blocks the receptor": no treatment.
    named = [item for item in named if not _AS_VERB.match(unit.text, item.start)]
    if (
        not named
        or _OF_ONE.search(unit.text)
        or _HISTORY.search(unit.text)
        or any(_is_aside(unit.text[: item.start]) for item in named)
    ):
        return None
    mine = frozenset(item.id for item in named)
    rest = tokens(unit.text) - _interventions()
    if sum(map(weight, rest)) < _LEAST:
        return None
    own = best(rest, lambda passage: _is_about(passage, mine))
    other = best(rest, lambda passage: bool(_treatments(passage)) and not _is_about(passage, mine))
    return other.passage.id if other.passage and _is_far(own, other) else None


def _is_aside(before: str) -> bool:
    """Whether what comes next is only compared with, or denied."""
    return bool(_COMPARED.search(before)) or negations(before[-_LOOK_BACK:].lower()) % 2 == 1


def _is_far(own: Match, other: Match) -> bool:
    return other.score >= _CARRIED and other.score - own.score >= _MARGIN


def _is_about(passage: Passage, names: frozenset[str]) -> bool:
    return any(_is_kin(one, other) for one in names for other in _treatments(passage))


@lru_cache(maxsize=1024)
def _treatments(passage: Passage) -> frozenset[str]:
    """The interventions of the pathway that a statement names or is about; none for an entry of the list."""
    if not passage.id:
        return frozenset()
    names = _named(passage.id) | set(load().by_id[passage.id].about)
    return frozenset(name for name in names if step_of().get(name) in _STEPS)


@lru_cache(maxsize=4096)
def _is_kin(one: str, other: str) -> bool:
    corpus = load()
    return one == other or one in corpus.with_broader([other]) or other in corpus.with_broader([one])
