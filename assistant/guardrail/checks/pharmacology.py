"""Ketamine's isomers, metabolite and half-life."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.checks.ketamine import half_lives, others
from assistant.guardrail.context import Context, corrects_error
from assistant.guardrail.ketamine_words import NOR, PARENT, R, S
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit

_SUBJECT: Final = re.compile(
    rf"(?P<nor>{NOR})|(?P<s>{S})|(?P<r>{R})|(?P<racemate>\bracem\w+(?: ketamine)?)|"
    rf"(?P<parent>{PARENT})",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(
    r"(?:\b(?:(?:potent|strong|affinity|tightly|avidly|firmly|readily|"
    r"high|great|long|quickly|fast|slowly) as|metabolite of|thirds?|third of|"
    r"half|half of|quarter of|times|twice|than|versus|vs?\.?|compared (?:with|to)|against|over|"
    r"equals?|outlasts?|outlives?|outdoes|exceeds?|beats|match(?:es)?|surpasses|ahead of|before|after|"
    r"\d ?[x×]|(?:four|two)[- ]?fold|"
    r"(?:third|quarter|half|times|twice|fourfold|twofold|\d ?[x×])(?: of)? the (?:[\w-]+ ){0,2}"
    r"(?:affinity|potency|strength|punch|grip|pull|hold|clout|power|kick|avidity) "
    r"(?:that|which|of|on the (?:\w+ )?receptor (?:that|which|of)))"
    r"(?: (?:that|those|the|its))?(?: of)?(?: (?:the|its))?) $",
    re.IGNORECASE,
)
_LOOK_BACK: Final = 60
_IT: Final = re.compile(r"\W*(?:it|this|that|this one|the (?:compound|metabolite|isomer))\b", re.IGNORECASE)
_POTENCY: Final = re.compile(
    r"\bpoten(?:t|cy|cies)|\bstrong(?:er|est)?\b|\bstrength\b|\bweak(?:er|est)?\b|\bmight(?:y|ier)\b|\bpunch\w*",
    re.IGNORECASE,
)
_AFFINITY: Final = re.compile(
    r"\baffinit\w+|\bbinds?\b|\bbinding\b|\bfits?\b|\bclings?\b|\battach\w*|\bgrips?\b|\bfavou?rites?\b|\blatch\w*|"
    r"\bprefer\w*|\bavid\w*",
    re.IGNORECASE,
)
# How long it stays, and in what time half of it goes.
_STAY: Final = re.compile(
    r"\bhalf-? ?li(?:fe|ves)\b|"
    r"\b(?:linger|persist|stay|last|outlast|outliv|surviv|clear|eliminat|excret|disappear|leav|"
    r"wear|wash|circulat|vanish|remain)\w*|(?<!than )\bthat of (?=nor-?ketamine|(?:the|its) metabolite)|\bgone\b|"
    r"\b(?:longer|shorter|long|short)-lived\b|\bhang(?:s|ing)? (?:around|about)\b",
    re.IGNORECASE,
)
_LONGER: Final = re.compile(
    r"\blonger(?:-lived)?\b|\boutlast\w*|\boutliv\w*|\bmore slowly\b|\bslower\b|\blonger-acting\b|\b(?:later|after)\b|"
    r"\bexceeds?\b|\b(?:greater|higher) half",
    re.IGNORECASE,
)
_SHORTER: Final = re.compile(
    r"\bshorter(?:-lived)?\b|\bsooner\b|\bfaster\b|\bquicker\b|\bmore (?:quickly|rapidly|swiftly)\b|\bearlier\b|"
    r"\bbriefer\b|\bless long\b|\bbefore\b|\bahead of\b|\bfirst\b",
    re.IGNORECASE,
)
_MORE: Final = re.compile(
    r"\b(?:more|greater|higher|stronger|strongest|tight(?:er|ly)?|better|exceeds?|outdoes|outstrips|surpasses|beats|"
    r"favou?rites?|prefer(?:s|red)?|most|highest|keener|mightier)\b",
    re.IGNORECASE,
)
_LESS: Final = re.compile(
    r"\b(?:less|lower|weaker|weakest|smaller|poorer|loosely|looser|least|lowest|feebler)\b", re.IGNORECASE
)
_TIMES: Final = re.compile(
    r"\b(?:(?P<word>twice|double|doubles|two|thrice|triple|three|four|quadruple|five|six|eight|ten|"
    r"half(?!-? ?li)|a third|one[- ]third|a quarter|one[- ]quarter|a fourth|a fifth|an eighth)|"
    r"factor of (?P<by>two|three|four|five|six|eight|ten)|(?P<fold>two|three|four|five|six|eight|ten)fold|"
    r"(?P<digit>\d+(?:\.\d+)?)(?=\s*(?:times|x|-?fold)))",
    re.IGNORECASE,
)
_FACTOR: Final = {
    "twice": 2,
    "double": 2,
    "doubles": 2,
    "two": 2,
    "thrice": 3,
    "triple": 3,
    "three": 3,
    "four": 4,
    "quadruple": 4,
    "five": 5,
    "six": 6,
    "eight": 8,
    "ten": 10,
    "half": 0.5,
    "a third": 1 / 3,
    "one third": 1 / 3,
    "a quarter": 0.25,
    "one quarter": 0.25,
    "a fourth": 0.25,
    "a fifth": 0.2,
    "an eighth": 0.125,
}
_SAME: Final = re.compile(
    r"\bequal(?:ly|s)?\b(?! (?:molar|parts|amounts))|\b(?:the )?same\b|\bidentical\b|\bmatch(?:es)?\b|"
    r"(?<!times )(?<!third )(?<!half )(?<!twice )\bas (?:potent|strong) as\b",
    re.IGNORECASE,
)
# How far behind a factor "less" may stand that turns it round.
_NEAR: Final = 20
# (subject, property) -> the factor against the other; a subject in the other's place has the reciprocal.
_FACTS: Final = {
    ("s", "potency"): 2.0,
    ("r", "potency"): 0.5,
    ("racemate", "potency"): 0.5,
    ("s", "affinity"): 4.0,
    ("r", "affinity"): 0.25,
    ("nor", "potency"): 1 / 3,
    ("parent", "potency"): 3.0,
}
_RULE: Final = {"nor": "PHA-3", "parent": "PHA-3", "s": "PHA-1", "r": "PHA-1", "racemate": "PHA-1"}


def pharmacology(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on the pharmacology of ketamine."""
    for position, unit in enumerate(document.units):
        if unit.is_question or corrects_error(unit):
            continue
        yield from _factors(document, unit, document.units[position - 1] if position else None)
        yield from half_lives(document, unit)
        yield from others(
            document,
            unit,
            document.units[max(0, position - 1)],
            document.units[min(position + 1, len(document.units) - 1)],
        )


def _factors(document: Document, unit: Unit, before: Unit | None) -> Iterator[Finding]:
    """Potency and affinity: the factor, or the direction, of each clause; `before`: what "it" may stand for."""
    meant = _SUBJECT.search(before.text) if before and _IT.match(unit.text) else None
    for start, end in _clauses(unit.text):
        clause = unit.text[start:end]
        for name, pattern in (("potency", _POTENCY), ("affinity", _AFFINITY), ("half-life", _STAY)):
            found = pattern.search(clause)
            if not found:
                continue
            at = found.start()
            if name == "half-life" and (degree := _SHORTER.search(clause) or _LONGER.search(clause)):
                at = max(at, degree.start())
            subject = _subject(unit.text, start, end, at) or (meant.lastgroup if meant else None)
            told = f"{meant.group()} {unit.text}" if meant else unit.text
            if subject and _is_wrong(subject, name, clause, told, found.start()):
                yield finding(_RULE[subject], document, unit, (start, end))


def _clauses(text: str) -> list[tuple[int, int]]:
    """Clauses cut where one property gives way to the next."""
    cuts = [
        match.start()
        for match in re.finditer(
            r"[;.:]\s|, (?:and|but|while|whereas)\b|\band (?:has|have|is|its|binds|with)\b|,\s(?=(?:its|the|that|"
            r"with|but)\b)",
            text,
        )
        # What a heading says ("the receptor's favourite: ...") is said of what it heads.
        if text[match.start()] != ":" or _SUBJECT.search(text, 0, match.start())
    ]
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))


def _subject(text: str, start: int, end: int, at: int) -> str | None:
    """Whose property it is: the last named before it in the clause, else after it, else before the clause.

    What it is compared with ("than R(-)") is left aside.
    """
    every = [
        match
        for match in _SUBJECT.finditer(text, 0, end)
        if not _COMPARED.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
    ]
    inside = [match for match in every if match.start() >= start]
    before = [match for match in inside if match.start() < start + at]
    chosen = before[-1] if before else inside[0] if inside else every[-1] if every else None
    return chosen.lastgroup if chosen else None


def _is_wrong(subject: str, name: str, clause: str, text: str, at: int) -> bool:
    factor = _factor(clause, at)
    right = _FACTS.get((subject, name))
    pairs = {match.lastgroup for match in _SUBJECT.finditer(clause)}
    if subject == "parent" and "nor" not in pairs:
        return False
    denied = bool(re.search(r"\b(?:not|no|n't|never)\b|n't\b", clause))
    if name == "half-life":
        right = {"nor": 2.0, "parent": 0.5}.get(subject) if re.search(NOR, text, re.IGNORECASE) else None
        less, more = _SHORTER.search(clause), _LONGER.search(clause)
    elif right and factor and not denied:
        return abs(factor - right) > 0.1 * right
    else:
        less, more = _LESS.search(clause), _MORE.search(clause)
    if right is None or bool(less) == bool(more):
        return False
    return (bool(more) != denied) != (right > 1)


def _factor(clause: str, at: int) -> float | None:
    """The factor that stands nearest before what it is a factor of, else the first; "four times less" is a quarter."""
    if _SAME.search(clause):
        return 1.0
    read = [(match, value) for match in _TIMES.finditer(clause) if (value := _value(match, clause)) is not None]
    before = [item for item in read if item[0].start() <= at]
    if not read:
        return None
    match, value = before[-1] if before else read[0]
    is_less = value > 1 and _LESS.search(clause[match.end() : match.end() + _NEAR])
    return 1 / value if is_less else value


def _value(match: re.Match[str], clause: str) -> float | None:
    if match["digit"]:
        return float(match["digit"])
    if match["by"] or match["fold"]:
        return float(_FACTOR[(match["by"] or match["fold"]).lower()])
    word = match["word"].lower().replace("-", " ")
    counts = word in ("two", "three", "four", "five", "six", "eight", "ten")
    is_times = re.match(r"[- ]?(?:times|fold)", clause[match.end() :])
    return None if counts and not is_times else _FACTOR[word]
