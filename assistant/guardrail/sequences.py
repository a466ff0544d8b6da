"""Steps that a text sets out one after the other: chains of arrows, numbered lists, tables, JSON, "first ... then"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assistant.guardrail.mood import is_reported, negations
from assistant.guardrail.relations import Relation, relations
from assistant.guardrail.sequence_patterns import (
    ARRAY,
    ARROW,
    CHOICE,
    DENIES,
    FALL_BACK,
    FROM_TO,
    GOES_BESIDE,
    HEAD,
    INLINE,
    ITEM,
    KEY,
    LETTER,
    NO_ORDER,
    NUMBER_KEY,
    ONLY,
    ORDINAL_AFTER,
    ORDINALS,
    SERIES,
    P,
)
from assistant.guardrail.units import Document, Unit


def sequences(document: Document) -> Iterator[tuple[Unit, Relation]]:
    """For each step, the relation to each step that the text sets out before it."""
    for unit in document.units:
        if not is_reported(unit.masked) and not unit.is_question:
            yield from ((unit, relation) for relation in _pairs(_chain(unit.masked)))
    whole = " ".join(unit.masked for unit in document.units)
    if whole.lstrip()[:1] in ("{", "[") or '":' in whole:
        last = document.units[-1]
        yield from ((last, relation) for relation in _pairs(_in_json(whole)))
    for items in (*_lists(document), *_bullets(document)):
        for at, (unit, names) in enumerate(items):
            is_only = bool(ONLY.search(unit.masked))
            yield from ((unit, replace(_before(earlier, names), only=is_only)) for _, earlier in items[:at])


# "..., and blocks can be added afterwards": goes on from the sentence before.
_GOES_ON: Final = re.compile(
    r"^[^.;:?<]{0,60}<(?P<b>[a-z|]+)>[^.;:?<]{0,80}\b(?:then|afterwards|later|subsequently|after that|added|follows?|"
    r"can come|"
    r"held over|if (?:pain|symptoms)|should (?:pain|symptoms)|if needed|if necessary|if required)\b"
)
# "If nil, blocks."
_FAILING: Final = re.compile(
    r"^\W*(?:and )?(?:if|should|once|when) (?:nil|(?:that|this|it|they|the (?:trial|lead)) (?:\w+ )?(?:fail|disappoint|"
    r"flop|let|do(?:es)?(?: not|n't))\w*|no (?:good|joy|help|relief|benefit|better|use|luck|response|effect)|"
    r"unsuccessful|"
    r"ineffective|not)\b[^.;:?<]{0,30}(?:: )?[^.;:?<]{0,20}<(?P<b>[a-z|]+)>"
)
_DIRECTS: Final = re.compile(
    r"\b(?:plan|recommend\w*|start|begin|open|lead|first|settle|place|implant|fit|insert|offer|put|go for|plan|"
    r"choose|pick|"
    r"trial this|"
    r"book|list|accept\w*|now|next)\b"
)
_HELD: Final = re.compile(
    r"\b(?:last|later|after|once|if|when|until|only|fail\w*|before|wait\w*|compared|versus|"
    r"trial by)\b"
)


def carried(document: Document) -> Iterator[tuple[Unit, Relation]]:
    """What a sentence puts behind the treatment that the sentence before directs."""
    for before, unit in zip(document.units, document.units[1:], strict=False):
        match = _GOES_ON.search(unit.masked) or _FAILING.match(unit.masked)
        named = list(P.finditer(before.masked))
        if not match or not named or is_reported(before.masked) or is_reported(unit.masked) or negations(unit.masked):
            continue
        earlier, later = frozenset(named[0][1].split("|")), frozenset(match["b"].split("|"))
        if _DIRECTS.search(before.masked) and not _HELD.search(before.masked) and not negations(before.masked):
            yield unit, _before(earlier, later)


def _before(earlier: frozenset[str], later: frozenset[str]) -> Relation:
    return Relation("before", earlier - later, later - earlier, denied=False, start=0, end=0)


def _pairs(steps: list[frozenset[str]]) -> Iterator[Relation]:
    earlier: dict[frozenset[str], None] = {}
    for names in steps:
        yield from (_before(before, names) for before in earlier if before != names)
        earlier[names] = None


def _chain(masked: str) -> list[frozenset[str]]:
    """The treatments of "a -> b > c", arrow by arrow; or "step 1: a, step 2: b"."""
    if "<" not in masked:
        return []
    steps = INLINE.split(masked)[1:]
    if len(steps) > 1:
        return [names for names in map(_head, [step for step in steps if not GOES_BESIDE.search(step)]) if names]
    told = _one_by_one(masked)
    if told:
        return [_names(part) for part in told]
    ranked = [(_rank(match[2]), frozenset(match[1].split("|"))) for match in ORDINAL_AFTER.finditer(masked)]
    if len(ranked) > 1 and ranked[0][0] == 1 and not re.search(r"\bfirst\b", masked[: masked.index("<")]):
        return [names for _, names in sorted(ranked, key=lambda item: item[0])]
    parts = ARROW.split(masked)
    road = FROM_TO.search(masked)
    if road:
        parts = re.split(r" (?:to|through|via|over|past|by way of) ", road.group())
    listed = SERIES.search(masked)
    if listed and len(parts) < 2:
        parts = _series(listed["list"])
    return [_names(part) for part in parts if P.search(part)] if len(parts) > 1 else []


_THEN: Final = re.compile(
    r"[,;]? (?:and |but |only )*(?:then|next|after that|followed by|finally|lastly|"
    r"last of all)\b[,:]? (?=[^.;:]{0,25}<)"
)


def _one_by_one(masked: str) -> list[str]:
    """The parts of "a, then b, then c, and d for the rest"; none where fewer than three are named so."""
    first, *rest = _THEN.split(masked)
    if len(rest) < 2 or not all(HEAD.match(part) for part in rest) or DENIES.search(first):
        return []
    named = list(P.finditer(first))
    return [first[named[-1].start() :], *(part[: HEAD.match(part).end()] for part in rest)] if named else []  # type: ignore[union-attr]


def _apart(match: re.Match[str]) -> str:
    """Three treatments or more that were joined are a list; two are one step."""
    names = match[1].split("|")
    is_told = "," in match.string[: match.start()] and match.end() == len(match.string)
    return ", ".join(f"<{name}>" for name in names) if len(names) > 2 or is_told else match.group()


# What a bare item of an order of treatment can only mean.
_LAY: Final = (
    (re.compile(r"(?:the |an? )?(?:implant|stimulator|lead|wire|device|electrode)s?"), "<scs>"),
    (re.compile(r"(?:the |an? )?(?:needle|injection|jab)s?"), "<block>"),
    (re.compile(r"(?:the |an? )?(?:drip|infusion)s?"), "<ketamine>"),
    (re.compile(r"(?:the )?(?:tablets|pills|medicines|meds)"), "<drugs>"),
)


def _lay(item: str) -> str:
    return next((name for pattern, name in _LAY if pattern.fullmatch(item)), item)


def _series(listed: str) -> list[str]:
    """The items of a bare list of treatments; one placeholder that joins three or more is a list too."""
    items = [
        _lay(item.strip()) for item in re.split(r"[;,/|]", re.sub(r"<([a-z|]+)>", _apart, listed.strip(" .![](){}")))
    ]
    bare = [item for item in items if re.match(r"(?:then |and |finally |next )?<", item) and len(item.split()) < 4]
    return bare if len(bare) > 2 and len(bare) == len(items) else []


def _names(text: str) -> frozenset[str]:
    return frozenset(name for match in P.finditer(text) for name in match[1].split("|"))


def _head(text: str) -> frozenset[str]:
    """The treatment that an item is about; none where it comes late or denied."""
    text = FALL_BACK.sub("", text)
    match = HEAD.match(text)
    if not match or DENIES.search(text[: match.start(1)]):
        return frozenset()
    return frozenset(match[1].split("|"))


def _in_json(masked: str) -> list[frozenset[str]]:
    ranked = [(_rank(match[1]), _first(match[2])) for match in KEY.finditer(masked)]
    ranked += [(int(match[1]), _first(match[2])) for match in NUMBER_KEY.finditer(masked)]
    ordered = [names for _, names in sorted(ranked, key=lambda item: item[0]) if names]
    if ordered:
        return ordered
    return [_first(item) for array in ARRAY.finditer(masked) for item in array[1].split('",') if _first(item)]


def _first(text: str) -> frozenset[str]:
    match = P.search(text)
    return frozenset(match[1].split("|")) if match and not DENIES.search(text[: match.start()]) else frozenset()


def _rank(word: str) -> int:
    return int(word) if word.isdigit() else ORDINALS[word]


def _lists(document: Document) -> Iterator[list[tuple[Unit, frozenset[str]]]]:
    """Runs of units with growing ranks, each with the treatment that it puts there."""
    run: list[tuple[Unit, frozenset[str]]] = []
    rank, heading, before, is_bare = 0, "", "", False
    for unit in document.units:
        match = CHOICE.match(unit.masked) or ITEM.match(unit.masked) or LETTER.match(unit.masked)
        here = _rank(match[1]) if match else 0
        if match and here <= rank:
            if len(run) > 1:
                yield run
            run, rank = [], 0
        if not match:
            # "2. Not enough? A trial of SCS.": the item's treatment may stand in its second sentence.
            names = _head(unit.masked) if is_bare else frozenset[str]()
            before, is_bare = unit.masked, False
        else:
            heading = heading if rank else before
            names = _head(unit.masked[match.end() :])
            rank, is_bare = here, not P.search(unit.masked)
        if names and not NO_ORDER.search(heading) and not _waits(unit, names):
            run.append((unit, names))
    if len(run) > 1:
        yield run


_ORDERED: Final = re.compile(
    r"\b(?:ladder|order|sequence|pathway|steps|algorithm|line-up|priorit(?:y|ies))\b[^.;<]{0,30}: *$"
)
_BULLET: Final = re.compile(r"[-*•]\s*$")
# Words beside the treatment in an item that is no sentence.
_BARE_WORDS: Final = 4


def _bullets(document: Document) -> Iterator[list[tuple[Unit, frozenset[str]]]]:
    """Bullets of one bare treatment each, under a head that calls them an order: "steps:"."""
    text, run, is_headed = document.normalised.text, list[tuple[Unit, frozenset[str]]](), False
    for unit in document.units:
        is_item = bool(_BULLET.search(text[max(0, unit.start - 4) : unit.start]))
        if not is_item:
            if len(run) > 1:
                yield run
            run, is_headed = [], bool(_ORDERED.search(unit.masked)) and not NO_ORDER.search(unit.masked)
        elif is_headed and len(P.sub(" ", unit.masked).split()) <= _BARE_WORDS and _head(unit.masked):
            run.append((unit, _head(unit.masked)))
    if len(run) > 1:
        yield run


def _waits(unit: Unit, names: frozenset[str]) -> bool:
    """Whether the item itself says what its treatment comes after."""
    return any(item.kind == "before" and not item.denied and item.later & names for item in relations(unit.masked))
