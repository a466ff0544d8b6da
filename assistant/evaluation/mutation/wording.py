"""A sentence made false in words: its relation denied or turned round, two steps or two sites exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import Final

from assistant.corpus import load
from assistant.entries import Statement
from assistant.evaluation.mutation.states import STEPS
from assistant.evaluation.mutation.variants import Variant
from assistant.pathway import load_algorithm
from assistant.reading import Lexicon, Mention, words

# Statements on these say what may be done, to whom and in what order: a denial there misleads most.
_DENIABLE: Final = {"order", "indication", "recommendation", "result", "risk", "evidence"}
_NEGATED: Final = re.compile(
    r"\b(?:not|no|never|neither|nor|without|nobody|none|nowhere|cannot|only|few)\b", re.IGNORECASE
)
# In a perfect tense the denial follows "has", which else is a full verb: "has not been", "does not have".
_AUXILIARY: Final = re.compile(
    r"\b(?:may|might|can|is|are|was|were|could|should|would|will|"
    r"(?:has|have|had)(?= (?:also |over the years )?(?:been|grown|reported|proved|affected|assessed)\b))\b",
    re.IGNORECASE,
)
# Full verbs as the statements write them, and what stands after "did not", "does not" or "do not".
_VERBS: Final[Mapping[str, str]] = {
    "affected": "affect", "assigned": "assign", "brought": "bring", "changed": "change", "compared": "compare",
    "concluded": "conclude", "crossed": "cross", "decreased": "decrease", "followed": "follow", "found": "find",
    "gave": "give", "had": "have", "improved": "improve", "looked": "look", "lowered": "lower",
    "randomised": "randomise", "ran": "run", "reached": "reach", "received": "receive", "reduced": "reduce",
    "reported": "report", "seemed": "seem", "showed": "show", "studied": "study", "succeeded": "succeed",
    "tested": "test", "tracked": "track", "treated": "treat", "went": "go",
}  # fmt: skip
_PRESENT: Final[Mapping[str, str]] = {
    "affects": "affect", "appears": "appear", "comes": "come", "follows": "follow", "has": "have", "helps": "help",
    "holds": "hold", "includes": "include", "lessens": "lessen", "places": "place", "suggests": "suggest",
    "uses": "use",
}  # fmt: skip
_PLURAL: Final = ("include", "come", "help", "serve", "have", "appear", "carry")
# "randomised" before a noun is no verb, and neither is what follows "to" one that can be denied.
_FULL: Final = re.compile(rf"(?<!to )\b(?!randomised(?! \d))(?:{'|'.join((*_VERBS, *_PRESENT, *_PLURAL))})\b")
# Words that say which way a result or a comparison goes, each with its contrary.
_CONTRARY: Final[Mapping[str, str]] = {
    "lower": "higher", "higher": "lower", "less": "more", "fewer": "more", "rarer": "commoner", "lowered": "raised",
    "reduced": "increased", "decrease": "increase", "fell": "rose", "improved": "worsened", "ahead": "behind",
    "more effective": "less effective", "earlier": "later", "later": "earlier", "before": "after", "after": "before",
}  # fmt: skip
_DIRECTION: Final = re.compile(
    r"\b(?:significantly (?P<a>lower|less|fewer|rarer)|(?P<b>lowered|reduced|fell|improved|ahead|more effective)|"
    r"significant (?P<c>decrease)|% (?P<d>less))\b"
)
_TIMED: Final = re.compile(r"\b(?:earlier(?! (?:rather|steps))|before(?! these))\b")
_LIMBS: Final = (("upper", "lower"), ("arm", "leg"), ("hand", "foot"))
_LIMB: Final = re.compile(
    r"\b(?:(?:upper|lower)(?=[- ](?:limb|extremit))|arm\b(?!s| in| of)|leg\b|hand\b(?!s)|foot\b)", re.IGNORECASE
)
_BLOCK: Final = re.compile(r"\b(?:stellate ganglion|lumbar sympathetic)(?= blocks?\b| for\b)", re.IGNORECASE)
_ANY_BLOCK: Final = re.compile(r"\b(?:stellate|lumbar sympathetic|celiac|hypogastric|impar)\b", re.IGNORECASE)
_REGION: Final = re.compile(r"\b(?:abdominal|pelvic|perineal|facial)(?= pain\b)", re.IGNORECASE)
_OTHER_REGION: Final = {"abdominal": "pelvic", "pelvic": "abdominal", "perineal": "facial", "facial": "perineal"}


def negations(statement: Statement) -> Iterator[Variant]:
    """The first relation of the sentence denied; none where something is denied already."""
    text = statement.text
    is_told = bool(statement.numbers) or bool(_DENIABLE & set(statement.aspects))
    if not is_told or "gap" in statement.aspects or _NEGATED.search(text):
        return
    match = min(filter(None, (_AUXILIARY.search(text), _FULL.search(text))), key=lambda m: m.start(), default=None)
    if match:
        denied = _denied(match)
        changed = text[: match.start()] + denied + text[match.end() :]
        yield Variant("negation inserted", statement.id, changed, f"{match.group()} -> {denied}", is_true=False)


def turned_round(statement: Statement) -> Iterator[Variant]:
    """Each word that says which way a result or an order goes replaced by its contrary."""
    text = statement.text
    places: list[tuple[int, int]] = []
    if "gap" not in statement.aspects and {"result", "evidence"} & set(statement.aspects):
        places += [match.span(match.lastgroup or 0) for match in _DIRECTION.finditer(text)]
    if "gap" not in statement.aspects and "order" in statement.aspects:
        places += [match.span() for match in _TIMED.finditer(text)]
    for start, end in places:
        contrary, is_grave = _CONTRARY[text[start:end]], text[start:end] != "earlier"
        what, changed = f"{text[start:end]} -> {contrary}", text[:start] + contrary + text[end:]
        yield Variant("direction turned", statement.id, changed, what, is_true=False, is_grave=is_grave)


def order_swaps(statement: Statement) -> Iterator[Variant]:
    """In a sentence on order: SCS, or drugs, exchanged with another step wherever the two are named."""
    if "order" not in statement.aspects or "gap" in statement.aspects:
        return
    found = [(mention, _step_of().get(mention.id)) for mention in _lexicon().find(words(statement.text))]
    # "non-drug" names no drugs.
    mentions = [(m, step) for m, step in found if step and not statement.text[: m.start].endswith("non-")]
    for one, other in combinations(sorted({step for _, step in mentions}, key=STEPS.index), 2):
        if _is_ordered(one, other, statement.text):
            forms = {step: next(m for m, s in mentions if s == step) for step in (one, other)}
            text = _exchanged(statement.text, mentions, forms, one, other)
            is_grave = (one, other) != ("pns", "scs")
            yield Variant("order swapped", statement.id, text, f"{one} <-> {other}", is_true=False, is_grave=is_grave)


def site_swaps(statement: Statement) -> Iterator[Variant]:
    """The limb, the block or the region of a block exchanged for another."""
    text = statement.text
    if "gap" in statement.aspects:
        return
    is_grave = "indication" in statement.aspects
    if _LIMB.search(text) and (_ANY_BLOCK.search(text) or statement.numbers or "anatomy" in statement.aspects):
        changed = _LIMB.sub(lambda match: _like(_other_limb(match.group()), match.group()), text)
        changed = re.sub(r"\ba arm\b", "an arm", changed)
        yield Variant("site: other limb", statement.id, changed, "arm <-> leg", is_true=False, is_grave=is_grave)
    blocks = {match.group().lower() for match in _BLOCK.finditer(text)}
    both = {"stellate", "lumbar sympathetic"} <= {match.group().lower() for match in _ANY_BLOCK.finditer(text)}
    # Where both are named alike, exchanging them says the same; a site makes the difference.
    if blocks and (not both or (len(blocks) == 2 and _LIMB.search(text))):
        changed = _BLOCK.sub(lambda match: _like(_other_block(match.group()), match.group()), text)
        what = "stellate <-> lumbar"
        yield Variant("site: other block", statement.id, changed, what, is_true=False, is_grave=is_grave)
    region = _REGION.search(text)
    if region and _ANY_BLOCK.search(text):
        other = _OTHER_REGION[region.group().lower()]
        changed = text[: region.start()] + _like(other, region.group()) + text[region.end() :]
        what = f"{region.group()} -> {other}"
        yield Variant("site: other region", statement.id, changed, what, is_true=False, is_grave=is_grave)


def _is_ordered(one: str, other: str, text: str) -> bool:
    """Whether the sentence puts the two in an order, as far as the pathway has one."""
    if (one, other) == ("pns", "scs"):
        return bool(re.search(r"\bearlier\b(?! steps)", text, re.IGNORECASE))
    return other == "scs" or (one == "pharmacotherapy" and other != "non_drug_care")


def _denied(match: re.Match[str]) -> str:
    verb = match.group().lower()
    if match.re is _AUXILIARY and verb not in ("may", "might", "can"):
        return f"{verb} not"
    if verb in ("may", "might", "can"):
        return "cannot"
    if verb in _VERBS:
        return f"did not {_VERBS[verb]}"
    if verb in _PRESENT:
        return f"does not {_PRESENT[verb]}"
    return f"do not {verb}"


def _exchanged(
    text: str, mentions: list[tuple[Mention, str]], forms: Mapping[str, Mention], one: str, other: str
) -> str:
    wordings = {step: text[found.start : found.end] for step, found in forms.items()}
    for found, step in sorted(mentions, key=lambda pair: -pair[0].start):
        if step in (one, other):
            new = wordings[other if step == one else one]
            new = new if new[:2].isupper() else new[0].lower() + new[1:]
            new = new[0].upper() + new[1:] if found.start == 0 else new
            text = text[: found.start] + new + _agreeing(new, text[found.end :])
    return text


def _agreeing(subject: str, rest: str) -> str:
    """What follows a subject, its verb in the subject's number."""
    is_plural = subject.endswith("s") and not subject.isupper()
    pairs = (("is", "are"), ("has", "have"), ("appears", "appear"))
    for singular, plural in pairs:
        rest = re.sub(rf"^ (?:{singular}|{plural})\b", f" {plural if is_plural else singular}", rest)
    return rest


def _other_limb(word: str) -> str:
    pairs = {**dict(_LIMBS), **{b: a for a, b in _LIMBS}}
    return pairs[word.lower()]


def _other_block(word: str) -> str:
    return "lumbar sympathetic" if word.lower().startswith("stellate") else "stellate ganglion"


def _like(new: str, old: str) -> str:
    return new[0].upper() + new[1:] if old[0].isupper() else new


@lru_cache(maxsize=1)
def _step_of() -> dict[str, str]:
    return {name: item.id for item in load_algorithm().interventions for name in item.includes}


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon({concept.id: (concept.label, *concept.terms) for concept in load().concepts.values()})
