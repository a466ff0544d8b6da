"""What a unit says of the order of treatments: relations between masked placeholders, with their polarity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from assistant.guardrail.mood import clause_start, is_framed, is_kept_waiting, negations, without_frame
from assistant.guardrail.order_patterns import RULES, Kind
from assistant.guardrail.order_words import AFTER, BEFORE, FAILED, IF, NEAR, UNTRIED, P

__all__ = ["FAILED", "Relation", "relations"]

# What allows a step in one case alone, and how far before the relation it may stand.
_ONLY: Final = re.compile(r"\b(?:only|solely|reserved?|kept|until|unless|last resort|not before|exclusively)\b")
_NOT_SOONER: Final = re.compile(
    r"[^.;:<]{0,20}\b(?:not|no|never) (?:sooner|earlier|before|otherwise)\b|"
    r"[^.;:<]{0,20}\bonly then\b"
)
# "... after <scs> has failed", where the pattern ends with the treatment.
_THEN_FAILED: Final = re.compile(rf" (?:(?:has|have|had|already|also|both|all) ){{0,3}}{FAILED}")
_NOT_YET: Final = re.compile(r"(?:(?:\bnot|n't|\bnever)(?: yet)?(?: been)?|\b(?:yet|still|waiting|remains?) to be) $")
_FAILED_ONE: Final = re.compile(
    rf"\b(?:after|following) (?:an? |the |any )?(?:failed|unsuccessful|unhelpful|disappointing|ineffective) {P}$"
)
_LEAD: Final = 30
# "... instead of leaving it to the end" denies what follows.
_INSTEAD: Final = re.compile(r"\b(?:instead of|rather than) (?:to |\w+ing )?$")
# No sentence is longer than a window, and no relation than an overlap.
_WINDOW: Final = 1500
_OVERLAP: Final = 400
_REPEATED: Final = re.compile(
    r"\b(?:next|again|repeat\w*|another(?! (?:matter|story|thing|question|issue|case|kettle))|same|more|further|"
    r"second)\b"
)
# Words of failing and of order that tell of neither, with what stands in their place (of the same length).
_NO_ORDER: Final = (
    # An operation that failed is a condition.
    (re.compile(r"\bfailed (?:low )?(?:back|spinal|spine|neck)(?: surgery| operations?)?(?: syndrome)?\b"), "fbss"),
    (
        re.compile(
            r"\b(?:earl(?:y|ier)|initial|first|previous|prior)(?= (?:[\w-]+ ){0,2}?"
            r"(?:stud(?:y|ies)|trials?|investigations?|reports?|papers?|publications?|series|work|surveys?)\b)"
        ),
        "own",
    ),
    # What patients of a trial were first assigned to.
    (
        re.compile(r"(?<=whose )(?:initial|first|original)(?= (?:therapy|treatment|intervention|procedure|arm)\b)"),
        "own",
    ),
)
# "No information on blocks preceding SCS" denies no order.
_NOTHING_TOLD: Final = re.compile(
    r"\bno (?:information|details?|data|word)\b[^.;<]{0,60}?\b(?:on|about|as to|whether)\b"
)
_REASON: Final = re.compile(r",? (?:since|because|given that|as it is) ")
_RELATIVE: Final = re.compile(r"<[a-z|]+>,? (?:which|who)\b")
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
    if "<" not in masked:
        return ()
    for pattern, other in _NO_ORDER:
        masked = _put_in_place(pattern, other, masked)
    found: list[Relation] = []
    for at in range(0, max(1, len(masked) - _OVERLAP), _WINDOW - _OVERLAP):
        read = _relations(masked[at : at + _WINDOW])
        found += (replace(item, start=item.start + at, end=item.end + at) for item in read)
    return tuple(found)


def _put_in_place(pattern: re.Pattern[str], other: str, masked: str) -> str:
    return pattern.sub(lambda match: other.ljust(len(match.group()), "x"), masked)


def _relations(masked: str) -> tuple[Relation, ...]:
    found: list[Relation] = []
    count = masked.count("<")
    for kind, pattern in RULES:
        if count < len({"a", "b"} & pattern.groupindex.keys()):
            continue
        for match in _matches(kind, pattern, masked):
            if _is_compared(match, masked) or _is_open(match, masked) or _is_next_arrow(match):
                continue
            same = (other for other in found if other.kind == kind)
            if not any(_overlaps(match, other, masked) for other in same):
                found.append(_relation(kind, match, masked))
    found += _far_conditions(masked, found)
    return tuple(sorted(found, key=lambda relation: relation.start))


def _overlaps(match: re.Match[str], other: Relation, masked: str) -> bool:
    """Whether both were read from the same words; what one ends with may be what the other begins with."""
    is_chained = bool(re.fullmatch(P, masked[match.start() : other.end]))
    return match.start() < other.end and other.start < match.end() and not is_chained


_ARROW: Final = re.compile(r"[→⇒➔➜›]|[-=]>")
# "X ..., though Y ..., when Z has failed": what the clause begins with waits for Z.
_BEHIND: Final = re.compile(r"\W*(?:after|once|when|where|if|following|as soon as|now that)\b[^,;:.]*,")
_FAR: Final = re.compile(rf"\b(?P<if>{IF})\b{NEAR}(?P<a>{P}){NEAR}(?P<f>{FAILED})")


def _far_conditions(masked: str, found: list[Relation]) -> Iterator[Relation]:
    """Conditions at the end of a clause, with another treatment between them and what they are said of."""
    for match in _FAR.finditer(masked):
        start = max(masked.rfind(mark, 0, match.start()) for mark in ";:.") + 1
        # "After <drugs> fails, X leads": the clause is about X.
        head = _BEHIND.match(masked, start, match.start())
        start = head.end() if head else start
        subject = re.search(P, masked[start : match.start()])
        if (
            not subject
            or subject.group() == match["a"]
            or _is_open(match, masked)
            or _ARROW.search(masked[start : match.start()])
        ):
            continue
        if _COMPARING.search(masked[max(0, start + subject.start() - 20) : start + subject.start()]):
            continue
        if any(item.failed and item.start < match.end() and match.start() < item.end for item in found):
            between = re.findall(P, masked[start + subject.end() : match.start()])
            if match["a"] not in between:
                continue
        text = masked[start : match.start()]
        is_denied = (
            not is_kept_waiting(text) if match["if"] in ("until", "till", "unless") else negations(text) % 2 == 1
        )
        yield Relation(
            "before", _names(match["a"]), _names(subject.group()), denied=is_denied != is_framed(masked),
            start=start + subject.start(), end=match.end(), failed=True,
            only=bool(_ONLY.search(text[-_LEAD:] + match.group())),
        )  # fmt: skip


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
        failed=groups.get("f") is not None
        or bool(_THEN_FAILED.match(masked, match.end()) or _FAILED_ONE.search(match.group())),
        only=bool(_ONLY.search(lead + match.group()) or _NOT_SOONER.match(masked, match.end())),
    )


def _is_compared(match: re.Match[str], masked: str) -> bool:
    """Whether the treatment that a relation begins with is only what another is compared with."""
    at = min(match.start(name) for name, value in match.groupdict().items() if value and name in "ab")
    return bool(_COMPARING.search(masked[max(0, at - 20) : at]))


def _is_next_arrow(match: re.Match[str]) -> bool:
    """Whether "if both fail" stands between arrows after its treatment: a condition of what the next arrow leads to."""
    groups = match.groupdict()
    if not groups.get("if") or groups.get("a") is None or groups.get("b") is None or match["if"] in ("until", "till"):
        return False
    is_ahead = match.start("b") < match.start("if") < match.start("a")
    between = match.string[match.end("b") : match.start("a")] if is_ahead else ""
    head, cut, tail = between.partition(match["if"])
    return bool(cut and _ARROW.search(head) and _ARROW.search(tail))


def _is_open(match: re.Match[str], masked: str) -> bool:
    """Whether the earlier step has not been tried, which is no failure."""
    at = match.start("f") if match.groupdict().get("f") else 0
    return bool(at) and bool(_NOT_YET.search(masked[max(0, at - 20) : at]))


def _matches(kind: Kind, pattern: re.Pattern[str], masked: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern; one that sets a treatment against itself hides none that begins within it."""
    match = pattern.search(masked)
    while match:
        is_same = _is_same(kind, match)
        if not is_same:
            yield match
        match = pattern.search(masked, match.start() + 1 if is_same else max(match.end(), match.start() + 1))


def _is_same(kind: Kind, match: re.Match[str]) -> bool:
    """Whether a treatment would be set against itself, which only a repetition is."""
    groups = match.groupdict()
    is_one = groups.get("a") is not None and groups.get("a") == groups.get("b")
    return is_one and (kind != "before" or not _REPEATED.search(match.group()))


def _names(placeholder: str | None) -> frozenset[str]:
    return frozenset(placeholder.strip("<>").split("|")) if placeholder else frozenset()


def _denied(kind: Kind, match: re.Match[str], masked: str) -> bool:
    """Whether the relation is said not to hold: an odd number of negations over it, a denying frame included."""
    groups = match.groupdict()
    end = (masked + ";").index(";", match.end())
    framed = is_framed(masked[masked.rfind(";", 0, match.start()) + 1 : end])
    bare = without_frame(masked)
    before = re.sub(rf"{FAILED}\w*", " ", bare[clause_start(masked, match.start()) : match.start()])
    before = _REASON.split(_NOTHING_TOLD.sub(" ", before))[-1]
    if _RELATIVE.match(masked, match.start()):
        # "It does not make her discard blocks, which come before SCS."
        before = ""
    if groups.get("neg"):
        return (negations(before) + framed) % 2 == 1
    if kind == "not required":
        lead = before + masked[match.start() : match.start("w")] if groups.get("w") else ""
        return (framed + negations(lead)) % 2 == 1
    word = groups.get("if")
    if kind == "before" and word in ("since", "because"):
        # "Not yet, since blocks have to fail": a reason is no part of what is denied.
        return framed
    if word in ("until", "till", "unless", "while"):
        waits = is_kept_waiting(before + masked[match.start() : match.start("if")])
        return (waits == (kind == "untried" and word == "while")) != framed
    count = negations(before) + bool(_INSTEAD.search(before))
    if kind == "skip" and match.start("a") == match.start():
        count += negations(masked[match.end("a") : match.end()])
    elif kind == "skip":
        # "Skip neither the block nor ...".
        count += bool(re.search(r"\b(?:neither|none of)\b", masked[match.start() : match.start("a")]))
    if kind == "wait":
        count += bool(re.search(r"\b(?:instead of|rather than)\b", match.group()))
    if kind in ("first", "straight", "wait", "required", "less invasive"):
        count += negations(re.sub(rf"{FAILED}\w*", " ", match.group()))
    elif kind == "instead" and match.start("b") < match.start("a"):
        middle = masked[match.end("b") : match.start("a")]
        count += negations(re.sub(r"\bnot only\b|\binstead of\b|\brather than\b", " ", middle))
    elif kind == "untried" and match.start("a") < match.start("b"):
        count += negations(re.sub(UNTRIED, " ", masked[match.end("a") : match.start("b")]))
    elif kind in ("before", "untried"):
        count += negations(_between(match, masked))
    return (count + framed) % 2 == 1


def _between(match: re.Match[str], masked: str) -> str:
    """What stands between the first treatment of a relation and the word that makes it one, failures left out."""
    ends = sorted((match.start("a"), match.start("b")))
    middle = masked[ends[0] : ends[1]]
    cut = re.search(rf"\b(?:{IF}|{AFTER}|{BEFORE})\b", middle)
    return re.sub(
        rf"{FAILED}\w*",
        " ",
        middle[: cut.start()]
        if cut
        else middle
        if "follow" in middle
        or " yet to "
        r""
        in middle
        else "",
    )
