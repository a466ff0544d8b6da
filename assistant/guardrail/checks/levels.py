"""The levels at which ganglia and chains lie, and the ganglia behind a block or a sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from assistant.guardrail.context import Context, clause_around, corrects_error, denied_at
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit

# Levels read in one sentence.
_MOST: Final = 40
_LEVEL: Final = re.compile(r"\b([CTLS])-?(\d{1,2})\b(?! ?(?:fib|neur))")
_ORDER: Final = {"C": 0, "T": 7, "L": 19, "S": 24}
# The sentence before was put up to be judged.
_FALSE: Final = re.compile(r"^\W*(?:false|wrong|incorrect|not so|untrue)\b", re.IGNORECASE)
_SUBJECT: Final = re.compile(
    r"(?P<stellate>\bstellate\b|\bSGB\b)|(?P<lumbar>\blumbar\b|\bsympathetic chain\b|\bpre-?ganglionic\b|\bLSB\b)",
    re.IGNORECASE,
)
_PREGANGLIONIC: Final = re.compile(r"\bpre-?ganglionic|\bfib(?:er|re)s?\b|\barise|\borigin", re.IGNORECASE)
_HORNER: Final = re.compile(r"\bHorner\w*|\bptosis\b|\bmiosis\b|\benophthalmos\b", re.IGNORECASE)
_GANGLIA: Final = re.compile(r"\b(?P<names>(?:[a-z-]+(?:,| and| or|/)? ){1,5})gangli(?:a|on)\b", re.IGNORECASE)
_WHERE: Final = frozenset(
    (
        "upper middle superior inferior lower lowest cervical thoracic lumbar sacral trigeminal first "
        "second third fourth fifth sixth seventh eighth two three four five celiac otic "
        "pterygopalatine sphenopalatine dorsal root"
    ).split()
)
_OF_HORNER: Final = frozenset("upper middle superior cervical stellate first thoracic".split())


def levels(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on vertebral levels and on the ganglia behind a block or a sign."""
    for position, unit in enumerate(document.units):
        is_false = any(_FALSE.match(after.text) for after in document.units[position + 1 : position + 2])
        if unit.is_question or corrects_error(unit) or is_false:
            continue
        yield from _levels(document, unit)
        # The names before a ganglion make for a slow search, and most sentences have none.
        named = _GANGLIA.finditer(unit.text) if "gangli" in unit.text.lower() else ()
        for match in islice(named, _MOST):
            rule = _ganglia(match, unit)
            if rule:
                yield finding(rule, document, unit, match.span())


def _levels(document: Document, unit: Unit) -> Iterator[Finding]:
    named = [(found.start(), found.lastgroup) for found in _SUBJECT.finditer(unit.text)]
    for match in islice(_LEVEL.finditer(unit.text), _MOST):
        if denied_at(unit, match.start()) or not named:
            continue
        height = _ORDER[match[1]] + int(match[2])
        start, end = clause_around(unit, match.start())
        if unit.text[:start].rstrip().endswith(":"):
            # "Preganglionic input: T10 to L3".
            start = 0
        fibres = _of_fibres(unit.text[start:end], match.start() - start)
        # The one named last before the level.
        subject = next((name for at, name in reversed(named) if at < match.start()), named[0][1])
        if subject == "stellate":
            is_ganglion = match.group() in ("T1", "C7", "C8") and re.search(
                r"gangli|thoracic", unit.text, re.IGNORECASE
            )
            wrong, rule = height != _ORDER["C"] + 7 and not (is_ganglion and match[1] == "T"), "ANA-11"
        else:
            # Fibres from T10 (17) to L3 (22); vertebrae L2 (21) to L4 (23).
            low, high = (17, 22) if fibres else (21, 23)
            wrong, rule = not low <= height <= high, "ANA-12"
        if wrong:
            yield finding(rule, document, unit, match.span())


def _of_fibres(clause: str, at: int) -> bool:
    """Whether the level at `at` is where fibres arise: after the word for them, or the only levels before it."""
    fibres = _PREGANGLIONIC.search(clause)
    return fibres is not None and (fibres.start() < at or not _LEVEL.search(clause, fibres.end()))


def _ganglia(match: re.Match[str], unit: Unit) -> str | None:
    """The rule that the ganglia named go against, each read in the sentence's own subject."""
    names = set(re.findall(r"[a-z]+", match["names"].lower())) & _WHERE
    if not names or denied_at(unit, match.start()) or names >= {"dorsal", "root"}:
        return None
    if re.search(r"\bstellate\b", unit.text, re.IGNORECASE) and not _HORNER.search(unit.text):
        if names == {"two"}:
            # "Made of two ganglia, the inferior cervical and the first thoracic."
            return None
        pairs = names & {
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "superior",
            "middle",
            "upper",
            "two",
            "three",
            "lumbar",
            "trigeminal",
        }
        is_fusion = re.search(
            r"\bfus\w+|\bjoin\w*|\bmerg\w+|\bunit\w+|\bcombin\w+|\bform\w*|\bcompris\w+|\bconsist\w*",
            unit.text,
            re.IGNORECASE,
        )
        return "ANA-11" if pairs and is_fusion and not re.search(r"\bleg|\blower (?:limb|extrem)", unit.text) else None
    if _HORNER.search(unit.text):
        return "ANA-13" if names - _OF_HORNER or "thoracic" in names and not names & {"cervical", "first"} else None
    if re.search(r"\bleg|\blower (?:limb|extrem)\w*|\blumbar", unit.text, re.IGNORECASE) and re.search(
        r"\bsuppl|\binnerv|\bcourse|\bpass|\bthrough|\bcarr", unit.text, re.IGNORECASE
    ):
        return "ANA-12" if names & {"first", "fourth", "fifth", "sixth", "four", "five"} else None
    return None
