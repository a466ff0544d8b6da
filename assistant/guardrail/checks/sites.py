"""Which sympathetic block serves which site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from assistant.guardrail.history import without_history
from assistant.guardrail.pairing import Group, Mark, denied_here, joined
from assistant.guardrail.rules import finding
from assistant.guardrail.subjects import is_item
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit
from assistant.pathway import load_algorithm
from assistant.reading import Mention

BLOCKS: Final = ("stellate_block", "lumbar_block", "celiac_block", "hypogastric_block", "impar_block")
# The anatomy that a block is aimed at names it too, where the sentence is about an injection.
_AIMED: Final = {"stellate_ganglion": "stellate_block", "lumbar_sympathetic_chain": "lumbar_block"}
_SHORT: Final = {
    "stellate": "stellate_block",
    "lumbar": "lumbar_block",
    "celiac": "celiac_block",
    "coeliac": "celiac_block",
    "hypogastric": "hypogastric_block",
    "impar": "impar_block",
}
_SHORT_BLOCK: Final = re.compile(rf"\b({'|'.join(_SHORT)})(?=\s*(?:for\b|=|:|→|->|–))", re.IGNORECASE)
_INJECTION: Final = re.compile(
    r"\b(?:block\w*|target\w*|inject\w*|anaesthe\w*|anesthe\w*|needle\w*|numb\w*|aim(?:ed|ing)? (?:for|at)|"
    r"(?:is|are) (?:one|a (?:job|case)) for|(?:want|go for|do|list (?:him|her|them) for) (?=the\b))\b",
    re.IGNORECASE,
)
# "Pain in the leg: stellate ganglion."
_LABELLED: Final = re.compile(r"[^:.;]{3,50}: (?:the )?[\w ]{0,25}\b(?:ganglion|chain|plexus|trunk)\W*$", re.IGNORECASE)
# The review names no block for these; other things are said of them beside a block (Horner's syndrome, pneumothorax).
_NO_SITE: Final = frozenset({"trunk", "head_and_neck"})
_NO_LIMB: Final = re.compile(
    r"\b(?:trial|study|treatment|control|placebo|block|scs|cmm|active|ketamine|saline|comparator|intervention|"
    r"both|two)\s+$",
    re.IGNORECASE,
)
# Words that deny a pairing, or name it as an error.
WRONG: Final = re.compile(
    r"\b(?:not|[a-z]*n't|no|never|nor|neither|none|nothing|wrong|mistaken?|error|inappropriate|useless|avoid\w*|mix\w*|"
    r"confus\w*|swap\w*|cannot|without|"
    r"fail\w*|rather than|instead of|inadequate\w*)\b|n't\b",
    re.IGNORECASE,
)


# That earlier treatment failed denies nothing of the block that follows.
_EARLIER: Final = (
    r"(?:drugs?|medications?|medicines?|medical \w+|tablets?|pills?|pharmacotherapy|analgesics?|gabapentin\w*|"
    r"pregabalin|"
    r"opioids?|physio\w*|conservative \w+|oral \w+|first-line \w+|treatments?)"
)
_FAILED: Final = re.compile(
    rf"\b{_EARLIER}\b[^.;:,]{{0,25}}?\b(?:fail\w*|inadequate\w*|(?:not|never|no|nothing|without|hasn't|haven't|didn't|"
    rf"don't|"
    rf"doesn't|isn't|aren't)\b[^.;:,]{{0,30}})|"
    rf"\b(?:fail\w*|inadequate\w*|no (?:relief|help|response|benefit)|without (?:relief|response|success|benefit)|"
    rf"(?:not|[a-z]*n't|no longer|never) (?:\w+ ){{0,2}}?(?:improved|improve|respond\w*|answer\w*|help\w*|settl\w*|"
    rf"yield\w*|better))\b[^.;:,]{{0,25}}?\b{_EARLIER}\b",
    re.IGNORECASE,
)
# A block named only by where the needle goes.
_DESCRIBED: Final = (
    (
        "stellate_block",
        re.compile(
            r"\b(?:at|in front of|beside|opposite|over|around|by|near|level of) C[67]\b|"
            r"\binferior cervical\b[^.;]{0,20}\bfirst thoracic\b",
            re.IGNORECASE,
        ),
    ),
    (
        "lumbar_block",
        re.compile(
            r"\b(?:at|in front of|beside|opposite|around|near|level of) L[234]\b|\bL2[- "
            r"to]+L4\b",
            re.IGNORECASE,
        ),
    ),
)
_WHICH: Final = re.compile(r"(?: block| blockade)?(?:,| \()? ?(?:which|that|for that|the one)\b[^.;:]*$", re.IGNORECASE)
# What stands for a site named in the sentence before.
_SAME: Final = re.compile(
    r"\b(?:this|that|such|the same) (?:pain|limb|site|area|region|territory|zone|place|distribution|patient|"
    r"indication|complaint|case)\b|\bhere\b|"
    r"\bfor it\b",
    re.IGNORECASE,
)
_KEY: Final = re.compile(r'"\s*:\s*["\[]')
# The innermost entries, then those that hold an object.
_ENTRIES: Final = (
    re.compile(r'"[^"]{0,80}"\s*:\s*(?:\[[^\]]{0,400}\]|"[^"]{0,400}")'),
    re.compile(r'"[^"]{0,80}"\s*:\s*(?:\[[^\]]{0,400}\]|"[^"]{0,400}"|\{[^{}]{0,400}\})'),
)
_OFFERED: Final = re.compile(
    r"\b(?:plans?|aim|book\w*|offer\w*|suggest\w*|recommend\w*|propos\w+|i(?:'d|'ll| would| will| have| shall)|"
    r"we(?:'d|'ll| "
    r"would| will)|next|fitting|choice|choose|arrang\w+|list(?:ed)?|go for|should|needs?|right|sensible|reasonable|"
    r"refer\w*|"
    r"step|option|indicated|answer|try|candidate|best|worth|appropriate|due|start|begin|consider\w*)\b",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"\b(?:fall\w* short|fell short|disappoint\w*|been tried|had|gave|brought|let \w+ "
    r"down)\b",
    re.IGNORECASE,
)
# Sites by an adjective, which is no term of the vocabulary.
_LAY_SITES: Final = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("pelvis", r"\bpelvi[cs]\b"),
        ("abdomen", r"\babdom(?:en|inal)\b|\bbelly\b|\bupper gut\b"),
        ("lower_limb", r"\b(?:legs?|f(?:oo|ee)t|calf|calves|shins?|toes?|ankles?|thighs?|knees?)\b"),
        ("upper_limb", r"\b(?:(?<!the )arm|hands?|wrists?|forearms?|fingers?|elbows?|thumbs?)\b"),
        ("perineum", r"\bperine(?:um|al)\b"),
    )
)


def sites(document: Document, unit: Unit) -> Iterator[Finding]:
    """A block joined to a site that it does not serve."""
    every = _marks(unit, is_headed=_is_headed(document, unit))
    denied = [mark for mark in every if denied_here(unit.text, mark)]
    marks = [mark for mark in every if mark not in denied and not _is_aside(unit.text, mark, denied)]
    yield from _of_site_before(document, unit, marks)
    yield from _of_whole(document, unit, marks)
    for group in _groups(unit.text, marks):
        start = min(mark.start for mark in group.a + group.b)
        end = max(mark.end for mark in group.a + group.b)
        if _is_mismatched(group) and not WRONG.search(_bare(unit, start, end, denied)):
            yield finding("ANA-1", document, unit, (start, end), statement=_site_statement(group))


def _is_aside(text: str, mark: Mark, denied: Sequence[Mark]) -> bool:
    """Whether a site is only what a denied block is for: "not the celiac plexus, which is for the abdomen"."""
    return mark.kind == "b" and any(
        other.kind == "a" and other.end <= mark.start and _WHICH.match(text[other.end : mark.start]) for other in denied
    )


def _groups(text: str, marks: list[Mark]) -> Iterator[Group]:
    """The groups of a sentence; in JSON those of each key with its own value."""
    for pattern in _ENTRIES if _KEY.search(text) else ():
        entries = [
            [mark for mark in marks if entry.start() <= mark.start < entry.end()] for entry in pattern.finditer(text)
        ]
        # {"site": "leg", "block": "stellate"} pairs two entries.
        if any({mark.kind for mark in entry} == {"a", "b"} for entry in entries):
            for each in entries:
                yield from joined(text, each)
            return
    yield from joined(text, marks)


def _of_whole(document: Document, unit: Unit, marks: list[Mark]) -> Iterator[Finding]:
    """A block put forward in a sentence with no site of its own, where it serves no site that the text names."""
    if not marks or any(mark.kind == "b" for mark in marks) or not _OFFERED.search(unit.text):
        return
    if WRONG.search(_FAILED.sub(" ", without_history(unit.text))) or _DONE.search(unit.text):
        return
    served = _served(document)
    blocks = {mark.name for mark in marks}
    if served and all(not blocks & each for each, _ in served):
        span = (marks[0].start, marks[-1].end)
        yield finding("ANA-1", document, unit, span, statement=served[0][1])


@lru_cache(maxsize=4)
def _served(document: Document) -> list[tuple[frozenset[str], str]]:
    """What serves each site that the text names."""
    served = [_serving()[mark.name] for each in document.units for mark in _marks(each) if mark.kind == "b"]
    words = " ".join(each.text for each in document.units)
    return served + [_serving()[name] for name, pattern in _LAY_SITES if name in _serving() and pattern.search(words)]


def _bare(unit: Unit, start: int, end: int, denied: Sequence[Mark]) -> str:
    """The sentence up to `end` from the last cut before `start`, without the denials of single things."""
    left = max((unit.text.rfind(mark, 0, start) for mark in (";", ":", ". ", ", but ", ", so ")), default=-1)
    piece = unit.text[max(left, 0) : end]
    for mark in reversed(denied):
        if max(left, 0) <= mark.start < end:
            piece = piece[: max(mark.start - max(left, 0) - 24, 0)] + piece[mark.end - max(left, 0) :]
    tail = re.split(r"[;.]|, ", unit.text[end : end + 50])[0]
    return _FAILED.sub(" ", without_history(piece + " " + tail))


def _of_site_before(document: Document, unit: Unit, marks: list[Mark]) -> Iterator[Finding]:
    """A block for "this pain", whose site the sentence before names."""
    blocks = tuple(mark for mark in marks if mark.kind == "a")
    if not blocks or len(blocks) < len(marks) or not _SAME.search(unit.text):
        return
    position = next((at for at, other in enumerate(document.units) if other is unit), 0)
    before = _marks(document.units[position - 1]) if position else []
    if not before or any(mark.kind == "a" for mark in before):
        return
    group = Group(blocks, tuple(before))
    if _is_mismatched(group) and not WRONG.search(_FAILED.sub(" ", unit.text)):
        yield finding("ANA-1", document, unit, (blocks[0].start, blocks[-1].end), statement=_site_statement(group))


def _is_headed(document: Document, unit: Unit) -> bool:
    """Whether a unit is an item or a row under a head that speaks of blocks or of targets."""
    return _first_injection(document) < unit.start and is_item(document, unit)


@lru_cache(maxsize=4)
def _first_injection(document: Document) -> float:
    """Where the first unit that speaks of blocks or of targets starts."""
    return min((unit.start for unit in document.units if _INJECTION.search(unit.text)), default=float("inf"))


def _marks(unit: Unit, *, is_headed: bool = False) -> list[Mark]:
    found = list[Mark]()
    is_injected = (
        is_headed
        or bool(_LABELLED.match(unit.text))
        or bool(_INJECTION.search(unit.text))
        or any(mention.id in BLOCKS for mention in unit.mentions)
    )
    for mention in unit.mentions:
        name = _aimed_at(unit, mention) if is_injected else None
        if mention.id in BLOCKS or name:
            found.append(Mark("a", name or mention.id, mention.start, mention.end))
        elif mention.id in _serving() and not (
            mention.id == "upper_limb" and _NO_LIMB.search(unit.text[: mention.start])
        ):
            found.append(Mark("b", mention.id, mention.start, mention.end))
    # "Upper and lower limbs": the first of them is no term by itself.
    pairs = re.finditer(
        r"\b(upper|lower)(?= (?:and|or|and/or|/) (?:the )?(?:lower|upper) (?:limb|"
        r"extremit))",
        unit.text,
        re.IGNORECASE,
    )
    found += [Mark("b", f"{pair[1].lower()}_limb", pair.start(), pair.end()) for pair in pairs]
    found += _short_blocks(unit, found)
    if is_injected and not any(mark.kind == "a" for mark in found):
        found += [Mark("a", name, *match.span()) for name, place in _DESCRIBED for match in place.finditer(unit.text)]
    return found


def _aimed_at(unit: Unit, mention: Mention) -> str | None:
    """The block that a ganglion or a chain stands for; the level beside it says more than "sympathetic" does."""
    name = _AIMED.get(mention.id)
    if name and not re.search("lumbar|stellate", unit.text[mention.start : mention.end], re.IGNORECASE):
        beside = unit.text[mention.end : mention.end + 30]
        return next((block for block, place in _DESCRIBED if place.search(beside)), name)
    return name


def _short_blocks(unit: Unit, found: list[Mark]) -> list[Mark]:
    """Blocks by their first word, "lumbar for the leg", where the sentence is about blocks."""
    if not any(mark.kind == "a" for mark in found) and not _INJECTION.search(unit.text):
        return []
    return [
        Mark("a", _SHORT[match[1].lower()], *match.span(1))
        for match in _SHORT_BLOCK.finditer(unit.text)
        if not any(mark.start < match.end(1) and match.start(1) < mark.end for mark in found)
    ]


@lru_cache(maxsize=1)
def _serving() -> dict[str, tuple[frozenset[str], str]]:
    """The blocks that serve each site, and each condition that says where it is; with a statement."""
    algorithm = load_algorithm()
    named_sites = {
        entry.site: (frozenset(entry.blocks), entry.statements[0])
        for entry in algorithm.sites
        if entry.site not in _NO_SITE
    }
    named = {
        entry.condition: (
            frozenset(entry.blocks) or named_sites[entry.site or ""][0],
            entry.statements[0],
        )
        for entry in algorithm.condition_sites
        if not entry.presumed
    }
    # Abdomen and pelvis hold viscera, so the blocks for these are no wrong choice for visceral pain.
    viscera = named["visceral_pain"][0] | named_sites["abdomen"][0] | named_sites["pelvis"][0]
    return {**named_sites, **named, "visceral_pain": (viscera, named["visceral_pain"][1])}


def _is_mismatched(group: Group) -> bool:
    blocks = {mark.name for mark in group.a}
    wanted = [_serving()[mark.name][0] for mark in group.b]
    return any(not blocks & each for each in wanted) or any(
        all(block not in each for each in wanted) for block in blocks
    )


def _site_statement(group: Group) -> str:
    blocks = {mark.name for mark in group.a}
    return next((_serving()[m.name][1] for m in group.b if not blocks & _serving()[m.name][0]), "blocks-site-list")
