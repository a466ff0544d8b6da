"""All or every one of a study's patients, where the review counts some of them; and counts of the whole itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.guardrail.amount import PEOPLE, Amount
from assistant.guardrail.facts import Fact, Study

_ALL: Final = re.compile(
    rf"\b(?:all|every(?: single)?|each(?: and every)?)(?: one)?(?: of)?(?: (?:the|his|her|their|those|these|"
    rf"[A-Z][a-z]+'s?|"
    rf"[a-z]+'s?))?(?: (?:\d+|[a-z-]+)){{0,3}}? {PEOPLE}\b|"
    r"\b(?:everybody|everyone|every one|all of (?:them|those|the \w+)|all (?:\w+ )?(?:fifty|twenty|ten|\d+)|to a man|"
    r"without exception|the (?:whole|entire|full) (?:group|cohort|series|sample|fifty|number))\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(r"\b(?:not|[a-z]*n't|nearly|almost|hardly|virtually)(?: quite)?\s*$|n't\s*$", re.IGNORECASE)
# "Five of every six patients" are not every patient.
_SHARE_OF: Final = re.compile(r"\b(?:of|in)\s*$", re.IGNORECASE)
_SOME: Final = re.compile(r"(?:every|each) (?:\d|two|three|four|five|six|seven|eight|nine|ten|hundred)", re.IGNORECASE)
# What a count of part of the patients counts, by its role or measure.
_COUNTED: Final = (
    (
        "evaluated",
        re.compile(
            r"\b(?:evaluat|assess|re-?assess|examin|seen|saw|reviewed|traced|located|came back|return|follow-?up|"
            r"followed|attended|available)\w*",
            re.IGNORECASE,
        ),
    ),
    ("relief", re.compile(r"\b(?:reliev|relief|benefi|respon|succe|improv|better|helped)\w*", re.IGNORECASE)),
    ("no pain", re.compile(r"\b(?:pain[- ]free|free (?:of|from) pain|no pain|painless|without pain)\b", re.IGNORECASE)),
    ("permanent", re.compile(r"\b(?:permanent\w*|implanted|for good|went on to (?:an? )?implant)\b", re.IGNORECASE)),
)
_NOBODY_LEFT: Final = re.compile(
    rf"\b(?:nobody|no one|none|not one|no {PEOPLE})\b[^.;,:]{{0,40}}?\b(?:left|cross(?:ed|es)|switch(?:ed|es)|gave up|"
    rf"chang(?:ed|es)|swapped|abandoned|moved)\b|"
    rf"\b(?:all|every|each)(?: of)?(?: the| those| these| \w+'s)?(?: \w+)? {PEOPLE}\b[^.;,:]{{0,40}}?\b(?:stayed|kept|"
    rf"remained) (?:with|in|on|to|their)\b",
    re.IGNORECASE,
)
_LATER: Final = re.compile(r"\b(?:three|3)[- ]years?\b|\b36 months\b", re.IGNORECASE)


def overstated(text: str, figures: Sequence[Amount], among: Sequence[Study]) -> Iterator[tuple[int, int, Fact]]:
    """Where a text says of all what the study counts of some, with the fact."""
    yield from _unmoved(text, among)
    yield from _doubled(text, figures, among)
    facts = [fact for study in among for fact in study.facts if _is_part(fact)]
    if not facts or len({fact.study for fact in facts}) < len(among):
        # Of several studies that may be meant, one may well have counted all.
        return
    places = [
        match.span()
        for match in _ALL.finditer(text)
        if not _NOT.search(text[: match.start()])
        and not (_SHARE_OF.search(text[: match.start()]) and _SOME.match(match.group()))
    ]
    places += [(item.start, item.end) for item in figures if item.kind == "count" and item.value == item.of]
    for start, end in places:
        clause = _clause(text, start)
        fact = next((fact for fact in facts if _speaks_of(fact, clause)), None)
        if fact:
            yield start, end, fact
            return


def _unmoved(text: str, among: Sequence[Study]) -> Iterator[tuple[int, int, Fact]]:
    """That nobody left an arm, where the study counts those who did."""
    match = _NOBODY_LEFT.search(text)
    crossed = [fact for study in among for fact in study.facts if fact.quantity.role == "crossover" and fact.side]
    if match and crossed:
        yield *match.span(), crossed[0]


_ANOTHER: Final = re.compile(
    r"\b(?:another|a further|(?:a )?second|as many as|(?:an )?equal number of)\s+$", re.IGNORECASE
)


def _doubled(text: str, figures: Sequence[Amount], among: Sequence[Study]) -> Iterator[tuple[int, int, Fact]]:
    """As many again as the study had in all: "sixty on ketamine and another sixty on saline"."""
    for item in figures:
        if item.kind == "count" and _ANOTHER.search(text[: item.start]):
            enrolled = (fact for study in among for fact in study.facts if fact.quantity.role == "enrolled")
            yield from ((item.start, item.end, fact) for fact in enrolled if fact.quantity.value == item.value)


def _is_part(fact: Fact) -> bool:
    quantity = fact.quantity
    if quantity.unit == "fraction":
        return True
    return quantity.role in ("outcome", "evaluated") and bool(quantity.of) and quantity.value != quantity.of


def _speaks_of(fact: Fact, clause: str) -> bool:
    said = f"{fact.quantity.measure or ''} {fact.quantity.role if fact.quantity.role != 'outcome' else ''}"
    name = next((name for name, _ in _COUNTED if name in said), None)
    if name is None or name == "evaluated" and not _LATER.search(clause):
        return False
    return any(label == name and pattern.search(clause) for label, pattern in _COUNTED)


def _clause(text: str, at: int) -> str:
    cuts = [match.end() for match in re.finditer(r"[;:]\s|\.\s|,? (?:but|while|whereas) ", text)]
    start = max((cut for cut in cuts if cut <= at), default=0)
    return text[start : min((cut for cut in cuts if cut > at), default=len(text))]
