"""Steps that a text sets out one after the other: chains of arrows, numbered lists, tables, JSON, "first ... then"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assistant.guardrail.mood import is_reported, negations
from assistant.guardrail.relations import Relation, relations
from assistant.guardrail.units import Document, Unit

_ONLY: Final = re.compile(r"\bonly (?:to|for|if|when|once|in|after|then)\b")
_P: Final = re.compile(r"<([a-z|]+)>")
_ARROW: Final = re.compile(r"\s*(?:(?<![<|a-z])-+>|=>|→|⇒|⟶|➔|➜|»|›|≫|≻|⟹|⇨|►|▶|(?<=[>\s\w)])\s>+\s(?=[<\w(]))\s*")
_INLINE: Final = re.compile(
    r"(?:\b(?:step|stage|phase|tier|line)\s*\d{1,2}\b|(?<![\w.])\(?\d{1,2}\)|(?<=[:,;] "
    r")\d{1,2}(?=\.? <))[:.)\s-]"
)
_FROM_TO: Final = re.compile(
    r"\bfrom [^<]{0,20}<[a-z|]+>(?:,? (?:and |on |then )?(?:to|through|via|over|past|by way "
    r"of) (?:an? |the )?<[a-z|]+>){2,6}"
)
_SERIES: Final = re.compile(
    r"\b(?:ladder|order|sequence|pathway|steps?|plan|algorithm|protocol|series|route|progression|line-up)"
    r"\b[^:<]{0,40}[:=-] ?(?P<list>.+)$"
)
_ORDINALS: Final = {
    "first": 1, "firstly": 1, "1st": 1, "second": 2, "secondly": 2, "2nd": 2, "third": 3, "thirdly": 3, "3rd": 3,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6,
    "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "next": 90, "then": 91, "after that": 92, "afterwards": 92,
    "last": 99, "lastly": 99, "finally": 99,
    "now": 89, "today": 89, "fallback": 95, "backup": 95, "reserve": 96, "rescue": 96, "later": 94, "if that fails": 95,
}  # fmt: skip
_RANK: Final = (
    r"(\d{1,2}|one(?= ?[,:.-])|two(?= ?[,:.-])|three(?= ?[,:.-])|four(?= ?[,:.-])|five(?= ?[,:.-])|first(?:ly)?|1st|"
    r"second(?:ly)?|2nd|third(?:ly)?|3rd|fourth|4th|fifth|5th|next|then|after that|"
    r"afterwards|lastly|last|finally)"
)
_ORDINAL_AFTER: Final = re.compile(
    r"<([a-z|]+)>[^<;.]{0,30}?\b(first|second|third|fourth|1st|2nd|3rd|4th|then|next|last|finally)"
    r"\b(?! (?:line|choice|step))"
)
_ITEM: Final = re.compile(
    rf"^\W{{0,4}}(?:(?:step|stage|line|phase|tier|no\.?)\s*)?{_RANK}\b[.):,\s-]{{1,4}}(?:line\b[:,]?\s*)?"
)
# "B (if A fails) = ...", "second choice after that: ...": labels of one treatment each.
_LETTER: Final = re.compile(r"^\W{0,4}(?:(?:step|stage|option|tier|line|plan) )?([a-f]) ?(?:\([^()]{0,40}\) ?)?[=:] ?")
_CHOICE: Final = re.compile(
    r"^\W{0,4}(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th)[ -](?:choice|option|line|step|pick|move|intervention|"
    r"treatment|tier|resort)\b[^:=<]{0,20}(?:<drugs>)?[^:=<]{0,10}[:=] ?"
)
_KEY: Final = re.compile(
    rf'"[a-z ]{{0,20}}?({_RANK[1:-1]}|now|today|later|fallback|backup|reserve|rescue|if that fails)'
    rf'(?:[- ](?:line|step|choice|option|treatment|stage))?"\s*:\s*("[^"]*"|\{{[^{{}}]*\}}|\[[^\[\]]*\])'
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
    r"\b(?:risks?|invasive\w*|evidence|trials|studies|references|questions|glossary|options|sources|complications|abbreviations|"
    r"in no particular order)\b[^.]{0,40}:?$"
)
# Words in an item before its treatment; more, and the item is no step but a remark.
_HEAD: Final = re.compile(r"(?:[^\s<]+\s+){0,6}?\W*<([a-z|]+)>")
# "If all else fails, ..." names no other step that the item waits for.
_GOES_BESIDE: Final = re.compile(r"\b(?:continu\w*|ongoing|alongside|meanwhile|as before|throughout)\b")
_FALL_BACK: Final = re.compile(
    r"\b(?:if|when|once|where|should) (?:all else|nothing|that|it|this|these|those|both|they|pain|symptoms|still|"
    r"needed|necessary|"
    r"required|poor|ineffective|no)\b[^<,:;.]{0,30}[,:]? ?(?=[^<]{0,12}<)"
)
_DENIES: Final = re.compile(r"\b(?:no|not|never|avoid|don't|without|before|after|if|once|unless|until|when)\b")


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
            is_only = bool(_ONLY.search(unit.masked))
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
        named = list(_P.finditer(before.masked))
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
    steps = _INLINE.split(masked)[1:]
    if len(steps) > 1:
        return [names for names in map(_head, [step for step in steps if not _GOES_BESIDE.search(step)]) if names]
    told = _one_by_one(masked)
    if told:
        return [_names(part) for part in told]
    ranked = [(_rank(match[2]), frozenset(match[1].split("|"))) for match in _ORDINAL_AFTER.finditer(masked)]
    if len(ranked) > 1 and ranked[0][0] == 1 and not re.search(r"\bfirst\b", masked[: masked.index("<")]):
        return [names for _, names in sorted(ranked, key=lambda item: item[0])]
    parts = _ARROW.split(masked)
    road = _FROM_TO.search(masked)
    if road:
        parts = re.split(r" (?:to|through|via|over|past|by way of) ", road.group())
    listed = _SERIES.search(masked)
    if listed and len(parts) < 2:
        parts = _series(listed["list"])
    return [_names(part) for part in parts if _P.search(part)] if len(parts) > 1 else []


_THEN: Final = re.compile(
    r"[,;]? (?:and |but |only )*(?:then|next|after that|followed by|finally|lastly|"
    r"last of all)\b[,:]? (?=[^.;:]{0,25}<)"
)


def _one_by_one(masked: str) -> list[str]:
    """The parts of "a, then b, then c, and d for the rest"; none where fewer than three are named so."""
    first, *rest = _THEN.split(masked)
    if len(rest) < 2 or not all(_HEAD.match(part) for part in rest) or _DENIES.search(first):
        return []
    named = list(_P.finditer(first))
    return [first[named[-1].start() :], *(part[: _HEAD.match(part).end()] for part in rest)] if named else []  # type: ignore[union-attr]


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
    items = [_lay(item.strip()) for item in re.split(r"[;,/|]", re.sub(r"<([a-z|]+)>", _apart, listed.rstrip(" .!")))]
    bare = [item for item in items if re.match(r"(?:then |and |finally |next )?<", item) and len(item.split()) < 4]
    return bare if len(bare) > 2 and len(bare) == len(items) else []


def _names(text: str) -> frozenset[str]:
    return frozenset(name for match in _P.finditer(text) for name in match[1].split("|"))


def _head(text: str) -> frozenset[str]:
    """The treatment that an item is about; none where it comes late or denied."""
    text = _FALL_BACK.sub("", text)
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
    rank, heading, before, is_bare = 0, "", "", False
    for unit in document.units:
        match = _CHOICE.match(unit.masked) or _ITEM.match(unit.masked) or _LETTER.match(unit.masked)
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
            rank, is_bare = here, not _P.search(unit.masked)
        if names and not _NO_ORDER.search(heading) and not _waits(unit, names):
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
            run, is_headed = [], bool(_ORDERED.search(unit.masked)) and not _NO_ORDER.search(unit.masked)
        elif is_headed and len(_P.sub(" ", unit.masked).split()) <= _BARE_WORDS and _head(unit.masked):
            run.append((unit, _head(unit.masked)))
    if len(run) > 1:
        yield run


def _waits(unit: Unit, names: frozenset[str]) -> bool:
    """Whether the item itself says what its treatment comes after."""
    return any(item.kind == "before" and not item.denied and item.later & names for item in relations(unit.masked))
