"""Steps that a text sets out one after the other: chains of arrows, numbered lists, tables, JSON, "first ... then"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.mood import is_reported
from assistant.guardrail.relations import Relation, relations
from assistant.guardrail.units import Document, Unit

_P: Final = re.compile(r"<([a-z|]+)>")
_ARROW: Final = re.compile(r"\s*(?:(?<![<|a-z])-+>|=>|→|⇒|⟶|➔|➜|»|›|(?<=[>\s\w)])\s>+\s(?=[<\w(]))\s*")
_INLINE: Final = re.compile(r"(?:\b(?:step|stage|phase|tier|line)\s*\d{1,2}\b|(?<![\w.])\(?\d{1,2}\))[:.)\s-]")
_FROM_TO: Final = re.compile(r"\bfrom [^<]{0,20}<[a-z|]+>(?: (?:and |on |then )?to (?:an? |the )?<[a-z|]+>){2,6}")
_ORDINALS: Final = {
    "first": 1, "firstly": 1, "1st": 1, "second": 2, "secondly": 2, "2nd": 2, "third": 3, "thirdly": 3, "3rd": 3,
    "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "next": 90, "then": 91, "after that": 92, "afterwards": 92,
    "last": 99, "lastly": 99, "finally": 99,
}  # fmt: skip
_RANK: Final = (
    r"(\d{1,2}|first(?:ly)?|1st|second(?:ly)?|2nd|third(?:ly)?|3rd|fourth|4th|fifth|5th|next|then|after that|"
    r"afterwards|lastly|last|finally)"
)
_ITEM: Final = re.compile(
    rf"^\W{{0,4}}(?:(?:step|stage|line|phase|tier|no\.?)\s*)?{_RANK}\b[.):,\s-]{{1,4}}(?:line\b[:,]?\s*)?"
)
_KEY: Final = re.compile(
    rf'"[a-z ]{{0,20}}?{_RANK}(?:[- ](?:line|step|choice|option|treatment|'
    rf'stage))?"\s*:\s*("[^"]*"|\{{[^{{}}]*\}}|\[[^\[\]]*\])'
)
_NUMBER_KEY: Final = re.compile(
    r'"(?:step|order|rank|position|n|no|number|stage|priority|'
    r'line)"\s*:\s*"?(\d{1,2})"?([^{}]{0,300})'
)
_ARRAY: Final = re.compile(
    r'"[a-z ]{0,20}(?:order|plan|sequence|pathway|steps|algorithm|'
    r'ladder)"\s*:\s*\[([^\[\]]{0,600})\]'
)
# Lists under such a heading are in no order of treatment.
_NO_ORDER: Final = re.compile(
    r"\b(?:risks?|evidence|trials|studies|references|questions|glossary|options|sources|complications|abbreviations|"
    r"in no particular order)\b[^.]{0,40}:?$"
)
# Words in an item before its treatment; more, and the item is no step but a remark.
_HEAD: Final = re.compile(r"(?:[^\s<]+\s+){0,6}?\W*<([a-z|]+)>")
_DENIES: Final = re.compile(r"\b(?:no|not|never|avoid|don't|without|before|after|if|once|unless|until|when)\b")


def sequences(document: Document) -> Iterator[tuple[Unit, Relation]]:
    """For each step, the relation to each step that the text sets out before it."""
    for unit in document.units:
        if not is_reported(unit.masked):
            yield from ((unit, relation) for relation in _pairs(_chain(unit.masked)))
    whole = " ".join(unit.masked for unit in document.units)
    if whole.lstrip()[:1] in ("{", "[") or '":' in whole:
        last = document.units[-1]
        yield from ((last, relation) for relation in _pairs(_in_json(whole)))
    for items in _lists(document):
        for at, (unit, names) in enumerate(items):
            yield from ((unit, _before(earlier, names)) for _, earlier in items[:at])


def _before(earlier: frozenset[str], later: frozenset[str]) -> Relation:
    return Relation("before", earlier - later, later - earlier, denied=False, start=0, end=0)


def _pairs(steps: list[frozenset[str]]) -> Iterator[Relation]:
    earlier: dict[frozenset[str], None] = {}
    for names in steps:
        yield from (_before(before, names) for before in earlier if before != names)
        earlier[names] = None


def _chain(masked: str) -> list[frozenset[str]]:
    """The treatments of "a -> b > c", arrow by arrow; or "step 1: a, step 2: b"."""
    steps = _INLINE.split(masked)[1:]
    if len(steps) > 1:
        return [names for names in map(_head, steps) if names]
    parts = _ARROW.split(masked)
    road = _FROM_TO.search(masked)
    if road:
        parts = road.group().split(" to ")
    return [_names(part) for part in parts if _P.search(part)] if len(parts) > 1 else []


def _names(text: str) -> frozenset[str]:
    return frozenset(name for match in _P.finditer(text) for name in match[1].split("|"))


def _head(text: str) -> frozenset[str]:
    """The treatment that an item is about; none where it comes late or denied."""
    match = _HEAD.match(text)
    if not match or _DENIES.search(text[: match.start(1)]):
        return frozenset()
    return frozenset(match[1].split("|"))


def _in_json(masked: str) -> list[frozenset[str]]:
    ranked = [(_rank(match[1]), _first(match[2])) for match in _KEY.finditer(masked)]
    ranked += [(int(match[1]), _first(match[2])) for match in _NUMBER_KEY.finditer(masked)]
    ordered = [names for _, names in sorted(ranked, key=lambda item: item[0]) if names]
    if ordered:
        return ordered
    return [_first(item) for array in _ARRAY.finditer(masked) for item in array[1].split('",') if _first(item)]


def _first(text: str) -> frozenset[str]:
    match = _P.search(text)
    return frozenset(match[1].split("|")) if match and not _DENIES.search(text[: match.start()]) else frozenset()


def _rank(word: str) -> int:
    return int(word) if word.isdigit() else _ORDINALS[word]


def _lists(document: Document) -> Iterator[list[tuple[Unit, frozenset[str]]]]:
    """Runs of units with growing ranks, each with the treatment that it puts there."""
    run: list[tuple[Unit, frozenset[str]]] = []
    rank, heading = 0, ""
    for unit in document.units:
        match = _ITEM.match(unit.masked)
        here = _rank(match[1]) if match else 0
        if not match or here <= rank:
            if len(run) > 1:
                yield run
            run, rank = [], 0
        if not match:
            heading = unit.masked
            continue
        names = _head(unit.masked[match.end() :])
        rank = here
        if names and not _NO_ORDER.search(heading) and not _waits(unit, names):
            run.append((unit, names))
    if len(run) > 1:
        yield run


def _waits(unit: Unit, names: frozenset[str]) -> bool:
    """Whether the item itself says what its treatment comes after."""
    return any(item.kind == "before" and not item.denied and item.later & names for item in relations(unit.masked))
