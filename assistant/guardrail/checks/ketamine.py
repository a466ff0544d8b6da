"""Ketamine's half-life in minutes, where and how it acts, what the racemate holds, and whose bladder it harms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from assistant.guardrail.amount import Amount
from assistant.guardrail.context import denied_at, says_silence
from assistant.guardrail.ketamine_words import NOR, PARENT, S
from assistant.guardrail.quantities import amounts
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit, read

_HALF_LIFE: Final = re.compile(
    r"\bhalf-? ?li(?:fe|ves)\b|\bhalf (?:of )?(?:a |the |any |its |each )?(?:[a-z]+ ){0,3}?(?:eliminated|cleared|gone|"
    r"excreted|removed)\b",
    re.IGNORECASE,
)
# Matches judged in one sentence.
_MOST: Final = 8
_SPELT: Final = re.compile(
    r"\b(?:(?:one|an|1) ?(?:hours?|hrs?|h)(?:,? and)? ?(?:twenty|20)(?: ?min(?:ute)?s?)?(?! ?(?:-|to) ?\d+ ?min)|"
    r"(?:one|1) and (?:a|one) third(?: of an)?(?: hours?)?|80 minutes?)\b",
    re.IGNORECASE,
)
_HOUR: Final = 60
_COMPARES: Final = re.compile(
    r"\bpoten\w+|\bstrong\w*|\bstrength\b|\baffinit\w+|\bbind\w*|"
    r"\b(?:times|twice|half|thirds?) (?:of )?(?:the|its|their|stronger|weaker)\b",
    re.IGNORECASE,
)
_CUT: Final = re.compile(r"[;:]\s|,\s|\.\s")
_COMPETITIVE: Final = re.compile(
    r"(?<!non-)(?<!non )(?<!\w)(?:competitive|uncompetitive)(?:ly)?\b(?! (?:price|market))|"
    r"\b(?:compet(?:es?|ing|ition)|vies?|vying|jostl\w+|contend\w*|rivals?)\b[^.;]{0,40}\bglutamate|"
    r"\bglutamate\b[^.;]{0,30}\b(?:compet(?:es?|ing|e)|vie|vying|contend|jostl\w+)\b|"
    r"\b(?:muscl|push|shov|knock|kick|bump|driv|forc|crowd|throw|shoulder)\w*[^.;]{0,15}\bglutamate[^.;]{0,12}\b(?:off|out|"
    r"away|aside)\b|\b(?:displac|dislodg|oust|evict|elbow|replac)\w*[^.;]{0,20}\bglutamate|"
    r"\b(?:same|glutamate's|glutamate|agonist|agonist's) (?:own )?(?:binding |recognition )?(?:site|pocket|slot|spot)\b"
    r"(?! that | by )",
    re.IGNORECASE,
)
_AGONIST: Final = re.compile(
    r"\b(?:NMDA|receptor)\b(?:[ -]receptor)? agonist|\bagonist (?:at|of|for|on) (?:the )?(?:NMDA|receptor|N-methyl)|"
    r"\b(?:activat|stimulat|excit|switch(?:es)? on|turn(?:s)? on|open)\w*(?: up)? (?:the )?(?:NMDA|N-methyl|receptor)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(r"(?<!nor)(?<!nor-)ketamine|glutamate|magnesium|it\b", re.IGNORECASE)
_UNEQUAL: Final = re.compile(
    r"\b(?:two|three|four|[2-9])(?: |-)(?:parts?|times|thirds?|quarters?)\b|\b(?:mostly|mainly|predominantly|"
    r"chiefly|largely|excess|surplus|unequal\w*|more (?:of the )?[SR]\b|twice as much|\d+ ?: ?(?!1\b)\d+|"
    r"[2-9] ?: ?1)\b|"
    r"\b(?!50\b)\d{1,2} ?(?:%|per ?cent)",
    re.IGNORECASE,
)
_RECREATIONAL: Final = re.compile(
    r"\b(?:recreation\w*|abus\w+|misus\w+|street|illicit|non-?medical|addict\w*|party)\b", re.IGNORECASE
)

# "That is seen in ...": the next sentence says whose symptoms they are.
_SEEN_IN: Final = re.compile(
    r"\W*(?:but |though )?(?:that|this|these|those|it|they|such (?:symptoms|trouble|reports))\b(?: [\w']+){0,5} "
    r"(?:in|to|of|from|about|with|among)\b",
    re.IGNORECASE,
)


def half_lives(document: Document, unit: Unit) -> Iterator[Finding]:
    """The half-life of ketamine in minutes; norketamine's has no figure."""
    if not _HALF_LIFE.search(unit.text) or not re.search(PARENT + "|" + NOR, unit.text, re.IGNORECASE):
        return
    # "One hour twenty" and "one and a third hours" are read as what they are; the span is then the sentence.
    plain = _SPELT.sub("80 minutes", unit.text)
    said = unit if plain == unit.text else next(iter(read(plain).units), unit)
    for low, high, start, end in _joined([item for item in amounts(said) if item.kind == "time"], said.text):
        fits = 79 <= low <= 181 and 79 <= high <= 181 or 0.95 <= low / 80 <= 1.05 and high <= 181
        if not fits and not denied_at(said, start):
            yield finding("PHA-2", document, unit, (start, end) if said is unit else None)


def _joined(items: Sequence[Amount], text: str) -> list[tuple[float, float, int, int]]:
    """Lengths of time in minutes, "1 h 20 min" as one."""
    found: list[tuple[float, float, int, int]] = []
    for item in items:
        low, high = item.value * 1440, (item.upper or item.value) * 1440
        between = text[found[-1][3] : item.start] if found else ""
        is_range = "and" in between and text[: found[-1][2]].rstrip().lower().endswith(("between", "from"))
        # Minutes may follow hours: "1 h 20 min", no other way round.
        is_part = bool(found) and found[-1][0] >= _HOUR > high
        if found and is_part and not is_range and re.fullmatch(r"\s*(?:and |,)?\s*", text[found[-1][3] : item.start]):
            before = found.pop()
            found.append((before[0] + low, before[1] + high, before[2], item.end))
        else:
            short = re.match(r"\s*(\d{2})\b(?!\s*%)", text[item.end :]) if item.value < 1 else None
            extra = float(short[1]) if short else 0
            found.append((low + extra, high + extra, item.start, item.end))
    return found


def others(document: Document, unit: Unit, before: Unit, after: Unit) -> Iterator[Finding]:
    """How ketamine acts, what the racemate holds, and bladder symptoms; before and after: the units around."""
    text = unit.text
    is_corrected = bool(re.search(r"\bnon-?\s?competitive", after.text, re.IGNORECASE))
    for match in islice(_COMPETITIVE.finditer(text), _MOST):
        # What answers a question on ketamine is of ketamine.
        asked = before.text if before.is_question else ""
        is_of_it = "ketamine" in unit.concepts or re.search("ketamine", f"{asked} {text}", re.IGNORECASE)
        if is_of_it and not is_corrected and not denied_at(unit, match.start()):
            yield finding("PHA-4", document, unit, match.span())
    yield from _agonist(document, unit)
    yield from _racemate(document, unit)
    bladder = next((item for item in unit.mentions if item.id == "bladder_symptoms"), None)
    if (
        bladder
        and not _RECREATIONAL.search(f"{before.text} {text}")
        and not (_SEEN_IN.match(after.text) and _RECREATIONAL.search(after.text))
        and not denied_at(unit, bladder.start)
        and not says_silence(unit)
        and re.search(r"ketamine|infusion", f"{before.text} {text}", re.IGNORECASE)
    ):
        yield finding("PHA-5", document, unit, (bladder.start, bladder.end))


def _agonist(document: Document, unit: Unit) -> Iterator[Finding]:
    """Ketamine said to switch on the receptor that it blocks."""
    for match in islice(_AGONIST.finditer(unit.text), _MOST):
        named = [name.group().lower() for name in _NAMED.finditer(unit.text[: match.start()])]
        if named and named[-1] == "ketamine" and not denied_at(unit, match.start()):
            yield finding("PHA-4", document, unit, match.span())
            return


def _racemate(document: Document, unit: Unit) -> Iterator[Finding]:
    """The racemate said to hold more of one isomer than of the other."""
    if "racem" not in unit.text.lower():
        return
    cuts = [match.end() for match in _CUT.finditer(unit.text)]
    for start, end in zip([0, *cuts], [*cuts, len(unit.text)], strict=True):
        clause = unit.text[start:end]
        unequal = _UNEQUAL.search(clause)
        told = unit.text[:end]
        is_about = re.search(r"\bracem", told, re.IGNORECASE) and re.search(rf"{S}|\bS\b", told, re.IGNORECASE)
        if unequal and is_about and not _COMPARES.search(clause) and not denied_at(unit, start + unequal.start()):
            yield finding("PHA-1", document, unit, (start + unequal.start(), start + unequal.end()))
            return
