"""Indications: what is effective or listed where, and which sympathetic block serves which site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.corpus import load
from assistant.guardrail.checks.candidates import candidates, list_of
from assistant.guardrail.checks.ruled_out import QUALIFIER, ruled_out
from assistant.guardrail.checks.sites import WRONG, sites
from assistant.guardrail.checks.structures import structures
from assistant.guardrail.context import Context, corrects_error, says_silence
from assistant.guardrail.rules import finding
from assistant.guardrail.subjects import subjects
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit, step_of
from assistant.reading import Mention

_INDICATED: Final = re.compile(
    r"\b(?:indications?|indicated|effective(?:ly)?|efficacious|proven|proved|shown to|works?|successful(?:ly)?|"
    r"established treatment)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:(?:is|are|do|does|can|should|will)(?: not|n't)|cannot|can't|never|won't|has no|have no|(?:is|"
    r"are) no)\s+(?:\w+\s+){0,3}?"
    r"(?:indicat\w+|effective|help\w*|work\w*|respond\w*|benefit\w*|useful|successful\w*|option|suitable|"
    r"recommended|role|place|use|effect|value|one|offered|used|given|considered|tried)\b|"
    r"\b(?:should|must|ought to|is to|are to|has to|is best|are best) (?:be )?(?:withheld|avoided|refused|denied|"
    r"spared|ruled out)\b|"
    r"\bnothing to offer\b|\bno (?:use|case|call|room|reason|cause|grounds?|occasion) (?:for|to)\b|\bof (?:no|"
    r"little) (?:use|value|help|benefit|avail)\b|"
    r"\b(?:without|has no) (?:effect|merit|value)\b|\bno (?:role|place|benefit|effect|value|indication)\b|\b(?:is|"
    r"are) (?:\w+ )?(?:ineffective|useless|futile|"
    r"pointless|"
    r"unhelpful|unsuitable)\b",
    re.IGNORECASE,
)
_CONDITIONAL: Final = re.compile(
    r"\b(?:if|when|once|where|unless|until|whose|who|whom|because|since|first|before|enough|always|"
    r"stage|early|now|straight|immediately|initially|earlier|sooner|every\w*|all|only|yet|alone|prevent\w*)\b",
    re.IGNORECASE,
)
# What is said to have no grade is not said to be indicated.
_UNGRADED: Final = re.compile(
    r"\b(?:no|without|neither) (?:\w+ ){0,2}?(?:grade|level|evidence|rating|figure|support)\b|\b(?:not|un)-?(?: |"
    r")graded\b",
    re.IGNORECASE,
)
# Terms read in one sentence.
_MOST: Final = 60
# Wide conditions of which the review speaks with every step.
_WIDE: Final = frozenset({"neuropathic_pain", "peripheral_neuropathic_pain", "smp", "sip"})


def indication(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on indications and on the choice of a block."""
    about = subjects(document, context.question)
    yield from ruled_out(document, context, about)
    yield from candidates(document, about)
    for unit in document.units:
        if not unit.is_question and not corrects_error(unit):
            yield from sites(document, unit)
            if not says_silence(unit):
                yield from _lists(document, unit, context)
        yield from structures(document, unit)


def _steps(unit: Unit) -> set[str | None]:
    return {step_of().get(name) for name in unit.concepts}


def _lists(document: Document, unit: Unit, context: Context) -> Iterator[Finding]:
    """A listed indication denied, or one asserted that the review does not list."""
    steps = {step for step in _steps(unit) if step in ("block", "ketamine", "pns", "scs")}
    if len(steps) != 1:
        return
    step = steps.pop()
    listed = {
        p.condition: p
        for p in context.algorithm.standings
        if step_of()[p.intervention] == step and p.standing != "not effective" and p.aim is None
    }
    for mention in (*unit.mentions[:_MOST], *_second_type(unit)):
        if _kind(mention.id) != "condition":
            continue
        position = next((listed[name] for name in (mention.id, *sorted(_broader(mention.id))) if name in listed), None)
        start, end = _clause(unit, mention.start)
        clause = unit.text[start:end]
        denied = _DENIED.search(clause)
        # "for CRPS, where it has no effect": no condition.
        led = re.sub(r",? where (?:it|they|these|this)\b", "", clause[: denied.end() + 60] if denied else "")
        if position and denied and not _CONDITIONAL.search(led) and not _has_qualifier(unit):
            yield finding("IND-2", document, unit, statement=position.statements[0])
            return
        claimed = _INDICATED.search(unit.text)
        if (
            not position
            and not _UNGRADED.search(clause)
            and mention.id not in _WIDE
            and claimed
            and not WRONG.search(unit.text)
            and not _CONDITIONAL.search(unit.text)
        ):
            yield finding("IND-3", document, unit, statement=list_of(str(step)))
            return


def _second_type(unit: Unit) -> Iterator[Mention]:
    """CRPS type 2 where "type 2" stands alone, in a sentence that has spoken of CRPS."""
    if any(name.startswith("crps") for name in unit.concepts):
        yield from (
            Mention("crps_2", match.start(), match.end())
            for match in re.finditer(
                r"\btype (?:2|two|"
                r"ii)\b",
                unit.text,
                re.IGNORECASE,
            )
        )


def _has_qualifier(unit: Unit) -> bool:
    return any(pattern.search(unit.text) for pattern in QUALIFIER.values())


def _clause(unit: Unit, at: int) -> tuple[int, int]:
    cuts = [
        cut.span()
        for cut in re.finditer(
            r"[;:—]|,? \b(?:but|while|whereas|although|though|yet|"
            r"however)\b",
            unit.text,
        )
    ]
    return max((end for _, end in cuts if end <= at), default=0), min(
        (begin for begin, _ in cuts if begin > at), default=len(unit.text)
    )


def _kind(name: str) -> str:
    corpus = load()
    if name in corpus.concepts:
        return corpus.concepts[name].kind
    return corpus.outside[name].kind if name in corpus.outside else ""


def _broader(name: str) -> set[str]:
    corpus = load()
    return set(corpus.with_broader([name])) if name in corpus.concepts else set()
