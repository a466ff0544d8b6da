"""Ketamine's isomers, metabolite and half-life."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.guardrail.context import Context, corrects_error, denied_at, says_silence
from assistant.guardrail.quantities import Amount, amounts
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit

_S: Final = (
    r"(?:\bS ?\(?[+]\)?|\bS[- ](?:\([+]\)[- ]?)?(?:ketamine|isomer|enantiomer|form|stereoisomer)|"
    r"\besketamine)(?:[- ]?ketamine\b)?"
)
_R: Final = (
    r"(?:\bR ?\(?-\)?(?!\w)|\bR[- ](?:\(-\)[- ]?)?(?:ketamine|isomer|enantiomer|form|stereoisomer)|"
    r"\barketamine)(?:[- ]?ketamine\b)?"
)
_NOR: Final = r"(?:\bnor-?ketamine\b|\bmetabolite\b)"
_PARENT: Final = r"(?:\b(?<!nor)(?<!nor-)ketamine\b|\bparent\b)"
_SUBJECT: Final = re.compile(
    rf"(?P<nor>{_NOR})|(?P<s>{_S})|(?P<r>{_R})|(?P<racemate>\bracem\w+(?: ketamine)?)|"
    rf"(?P<parent>{_PARENT})",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(
    r"(?:\b(?:(?:potent|strong|affinity|tightly|high|great|long) as|metabolite of|thirds?|third of|"
    r"half|half of|quarter of|times|twice|than|versus|vs?\.?|compared (?:with|to)|against|over|"
    r"equals?)(?: (?:that|those|the))?(?: of)?(?: the)?) $",
    re.IGNORECASE,
)
_POTENCY: Final = re.compile(r"\bpoten(?:t|cy|cies)|\bstrong(?:er)?\b|\bstrength\b", re.IGNORECASE)
_AFFINITY: Final = re.compile(r"\baffinit\w+|\bbinds?\b|\bbinding\b", re.IGNORECASE)
_HALF_LIFE: Final = re.compile(r"\bhalf-? ?li(?:fe|ves)\b", re.IGNORECASE)
_MORE: Final = re.compile(
    r"\b(?:more|greater|higher|stronger|tight(?:er|ly)?|better|longer|outlast\w*|exceeds?)\b", re.IGNORECASE
)
_LESS: Final = re.compile(r"\b(?:less|lower|weaker|shorter|smaller|poorer|loosely|briefer)\b", re.IGNORECASE)
_TIMES: Final = re.compile(
    r"\b(?:(?P<word>twice|double|doubles|two|thrice|triple|three|four|quadruple|five|six|eight|ten|"
    r"half|a third|one[- ]third|a quarter|one[- ]quarter|a fourth|a fifth|an eighth)|"
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
_COMPETITIVE: Final = re.compile(
    r"(?<!non-)(?<!non )(?<!\w)(?:competitive|uncompetitive)(?:ly)?\b[^.;]{0,30}\b(?:antagonis\w+|"
    r"block\w*|inhibit\w*)",
    re.IGNORECASE,
)
_UNEQUAL: Final = re.compile(
    r"\b(?:two|three|four|[2-9]) (?:parts?|times|thirds?)\b|\b(?:mostly|mainly|predominantly|excess|"
    r"unequal|\d+ ?: ?\d+)\b",
    re.IGNORECASE,
)
_RECREATIONAL: Final = re.compile(
    r"\b(?:recreation\w*|abus\w+|misus\w+|street|illicit|non-?medical|addict\w*|party)\b", re.IGNORECASE
)


def pharmacology(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on the pharmacology of ketamine."""
    for position, unit in enumerate(document.units):
        if unit.is_question or corrects_error(unit):
            continue
        yield from _factors(document, unit)
        yield from _half_lives(document, unit)
        yield from _others(
            document,
            unit,
            document.units[max(0, position - 1)],
            document.units[min(position + 1, len(document.units) - 1)],
        )


def _factors(document: Document, unit: Unit) -> Iterator[Finding]:
    """Potency and affinity: the factor, or the direction, of each clause."""
    for start, end in _clauses(unit.text):
        clause = unit.text[start:end]
        for name, pattern in (("potency", _POTENCY), ("affinity", _AFFINITY), ("half-life", _HALF_LIFE)):
            found = pattern.search(clause)
            if not found:
                continue
            subject = _subject(unit.text, start, end, found.start())
            if subject and _is_wrong(subject, name, clause, found.span()):
                yield finding(_RULE[subject], document, unit, (start, end))


def _clauses(text: str) -> list[tuple[int, int]]:
    """Clauses cut where one property gives way to the next."""
    cuts = [
        match.start()
        for match in re.finditer(
            r"[;.:]\s|, (?:and|but|while|whereas)\b|\band (?:has|have|is|its|binds|with)\b|,\s(?=(?:its|the|"
            r"with|but)\b)",
            text,
        )
    ]
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))


def _subject(text: str, start: int, end: int, at: int) -> str | None:
    """Whose property it is: the last named before it in the clause, else after it, else before the clause.

    What it is compared with ("than R(-)") is left aside.
    """
    every = [
        match
        for match in _SUBJECT.finditer(text, 0, end)
        if not _COMPARED.search(text[max(0, match.start() - 25) : match.start()])
    ]
    inside = [match for match in every if match.start() >= start]
    before = [match for match in inside if match.start() < start + at]
    chosen = before[-1] if before else inside[0] if inside else every[-1] if every else None
    return chosen.lastgroup if chosen else None


def _is_wrong(subject: str, name: str, clause: str, found: tuple[int, int]) -> bool:
    factor = _factor(clause)
    right = _FACTS.get((subject, name))
    pairs = {match.lastgroup for match in _SUBJECT.finditer(clause)}
    if subject == "parent" and "nor" not in pairs:
        return False
    denied = bool(re.search(r"\b(?:not|no|n't|never)\b|n't\b", clause))
    if right and factor and not denied:
        return abs(factor - right) > 0.1 * right
    if name == "half-life":
        right = {"nor": 2.0, "parent": 0.5}.get(subject)
    less, more = _LESS.search(clause), _MORE.search(clause)
    if right is None or bool(less) == bool(more):
        return False
    return (bool(more) != denied) != (right > 1)


def _factor(clause: str) -> float | None:
    match = _TIMES.search(clause)
    if re.search(r"\bequal(?:ly)?\b|\b(?:the )?same\b|\bidentical\b", clause) and not re.search(
        r"equal(?:ly)? (?:molar|parts|amounts)", clause
    ):
        return 1.0
    if not match:
        return None
    if match["digit"]:
        return float(match["digit"])
    word = match["word"].lower().replace("-", " ")
    if word in ("two", "three", "four", "five", "six", "eight", "ten") and not re.match(
        r"[- ]?(?:times|fold)", clause[match.end() :]
    ):
        return None
    return None if word == "half" and re.match(r"-? ?li", clause[match.end() :]) else _FACTOR[word]


def _half_lives(document: Document, unit: Unit) -> Iterator[Finding]:
    """The half-life of ketamine in minutes; norketamine's has no figure."""
    if not _HALF_LIFE.search(unit.text) or not re.search(_PARENT + "|" + _NOR, unit.text, re.IGNORECASE):
        return
    times = _joined([item for item in amounts(unit) if item.kind == "time"], unit.text)
    for low, high, start, end in times:
        fits = 79 <= low <= 181 and 79 <= high <= 181 or 0.95 <= low / 80 <= 1.05 and high <= 181
        if not fits and not denied_at(unit, start):
            yield finding("PHA-2", document, unit, (start, end))


def _joined(items: Sequence[Amount], text: str) -> list[tuple[float, float, int, int]]:
    """Lengths of time in minutes, "1 h 20 min" as one."""
    found: list[tuple[float, float, int, int]] = []
    for item in items:
        low, high = item.value * 1440, (item.upper or item.value) * 1440
        if found and re.fullmatch(r"\s*(?:and |,)?\s*", text[found[-1][3] : item.start]):
            before = found.pop()
            found.append((before[0] + low, before[1] + high, before[2], item.end))
        else:
            short = re.match(r"\s*(\d{2})\b(?!\s*%)", text[item.end :]) if item.value < 1 else None
            extra = float(short[1]) if short else 0
            found.append((low + extra, high + extra, item.start, item.end))
    return found


def _others(document: Document, unit: Unit, before: Unit, after: Unit) -> Iterator[Finding]:
    text = unit.text
    is_corrected = bool(re.search(r"\bnon-?\s?competitive", after.text, re.IGNORECASE))
    for match in _COMPETITIVE.finditer(text):
        if re.search("ketamine", text, re.IGNORECASE) and not is_corrected and not denied_at(unit, match.start()):
            yield finding("PHA-4", document, unit, match.span())
    if (
        re.search(r"\bracem", text, re.IGNORECASE)
        and (unequal := _UNEQUAL.search(text))
        and re.search(_S, text, re.IGNORECASE)
        and not _POTENCY.search(text)
        and not _AFFINITY.search(text)
    ):
        yield finding("PHA-1", document, unit, unequal.span())
    bladder = next((item for item in unit.mentions if item.id == "bladder_symptoms"), None)
    if (
        bladder
        and not _RECREATIONAL.search(f"{before.text} {text}")
        and not denied_at(unit, bladder.start)
        and not says_silence(unit)
        and re.search(r"ketamine|infusion", f"{before.text} {text}", re.IGNORECASE)
    ):
        yield finding("PHA-5", document, unit, (bladder.start, bladder.end))
