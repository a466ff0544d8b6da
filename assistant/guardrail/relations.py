"""What a unit says of the order of treatments: relations between masked placeholders, with their polarity."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from assistant.guardrail.mood import clause_start, is_framed, is_kept_waiting, negations, without_frame
from assistant.guardrail.order_patterns import AFTER, BEFORE, FAILED, IF, RULES, Kind

__all__ = ["FAILED", "Relation", "relations"]

# What allows a step in one case alone, and how far before the relation it may stand.
_ONLY: Final = re.compile(r"\b(?:only|solely|reserved?|kept|until|unless|last resort|not before|exclusively)\b")
_LEAD: Final = 30
# No sentence is longer than a window, and no relation than an overlap.
_WINDOW: Final = 1500
_OVERLAP: Final = 400
_COMPARING: Final = re.compile(r"\b(?:than|unlike|as (?:in|with|for)|similar to) (?:an? |the )?$")


@dataclass(frozen=True, slots=True)
class Relation:
    """`earlier` come before `later` (either may be empty, by kind); `denied`: the text says that it is not so."""

    kind: Kind
    earlier: frozenset[str]
    later: frozenset[str]
    denied: bool
    start: int
    end: int
    # `later` comes when `earlier` failed; `only` then: the text allows it then alone.
    failed: bool = False
    only: bool = False


@lru_cache(maxsize=256)
def relations(masked: str) -> tuple[Relation, ...]:
    """Every relation of a masked unit, in order; a unit without an end is read in windows that overlap."""
    found: list[Relation] = []
    for at in range(0, max(1, len(masked) - _OVERLAP), _WINDOW - _OVERLAP):
        read = _relations(masked[at : at + _WINDOW])
        found += (replace(item, start=item.start + at, end=item.end + at) for item in read)
    return tuple(found)


def _relations(masked: str) -> tuple[Relation, ...]:
    found: list[Relation] = []
    for kind, pattern in RULES:
        for match in pattern.finditer(masked):
            if _is_compared(match, masked) or _is_open(match, masked):
                continue
            same = (other for other in found if other.kind == kind)
            if not any(match.start() < other.end and other.start < match.end() for other in same):
                found.append(_relation(kind, match, masked))
    return tuple(sorted(found, key=lambda relation: relation.start))


def _relation(kind: Kind, match: re.Match[str], masked: str) -> Relation:
    groups = match.groupdict()
    lead = masked[max(0, match.start() - _LEAD) : match.start()]
    return Relation(
        kind=kind,
        earlier=_names(groups.get("a")),
        later=_names(groups.get("b")),
        denied=_denied(kind, match, masked),
        start=match.start(),
        end=match.end(),
        failed=groups.get("f") is not None,
        only=bool(_ONLY.search(lead + match.group())),
    )


def _is_compared(match: re.Match[str], masked: str) -> bool:
    """Whether the treatment that a relation begins with is only what another is compared with."""
    at = min(match.start(name) for name, value in match.groupdict().items() if value and name in "ab")
    return bool(_COMPARING.search(masked[max(0, at - 20) : at]))


def _is_open(match: re.Match[str], masked: str) -> bool:
    """Whether the earlier step has not been tried, which is no failure."""
    at = match.start("f") if match.groupdict().get("f") else 0
    return bool(at) and bool(re.search(r"(?:\bnot|n't)(?: yet)?(?: been)? $", masked[max(0, at - 15) : at]))


def _names(placeholder: str | None) -> frozenset[str]:
    return frozenset(placeholder.strip("<>").split("|")) if placeholder else frozenset()


def _denied(kind: Kind, match: re.Match[str], masked: str) -> bool:
    """Whether the relation is said not to hold: an odd number of negations over it, a denying frame included."""
    end = (masked + ";").index(";", match.end())
    framed = is_framed(masked[masked.rfind(";", 0, match.start()) + 1 : end])
    bare = without_frame(masked)
    before = re.sub(rf"{FAILED}\w*", " ", bare[clause_start(masked, match.start()) : match.start()])
    if kind == "not required":
        lead = before + masked[match.start() : match.start("w")] if match.groupdict().get("w") else ""
        return (framed + negations(lead)) % 2 == 1
    word = match.groupdict().get("if")
    if word in ("until", "till", "unless", "while"):
        waits = is_kept_waiting(before + masked[match.start() : match.start("if")])
        return (waits == (kind == "untried" and word == "while")) != framed
    count = negations(before)
    if kind in ("first", "straight", "wait", "required", "less invasive"):
        count += negations(re.sub(rf"{FAILED}\w*", " ", match.group()))
    elif kind in ("before", "untried"):
        count += negations(_between(match, masked))
    return (count + framed) % 2 == 1


def _between(match: re.Match[str], masked: str) -> str:
    """What stands between the first treatment of a relation and the word that makes it one, failures left out."""
    ends = sorted((match.start("a"), match.start("b")))
    middle = masked[ends[0] : ends[1]]
    cut = re.search(rf"\b(?:{IF}|{AFTER}|{BEFORE})\b", middle)
    return re.sub(rf"{FAILED}\w*", " ", middle[: cut.start()] if cut else "")
