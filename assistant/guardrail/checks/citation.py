"""Citation: whether a reference mark exists and carries its sentence; printed slips of the article are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.corpus import load
from assistant.guardrail.checks.answered import answered
from assistant.guardrail.citation_words import AHEAD, DESCRIBED, MARK, PRINTED, WORK
from assistant.guardrail.context import Context, corrects_error, says_silence
from assistant.guardrail.rules import finding
from assistant.guardrail.support import Match, best, carried_for, tokens, weight
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit, is_value, lexicon
from assistant.reading import Span, clauses, stem, words
from assistant.reading import numbers as figures

# Families that are also words: only beside "et al", "trial" and the like are they taken for authors.
_WORDLIKE: Final = frozenset(
    "day deer north li wu you moon lake kim park lambert marsh carr pope hanna levy wand kent mao kramer".split()
)
# The name with which a passage opens: "In Kumar's trial".
_OPENING: Final = re.compile(r"\W*(?:(?:in|for|with|from|according to)\W+)?(?:the\W+)?(?=[A-Z])[\w-]+")
# Below: a mark is at fault where another reference's passage carries the text far better; on the statements' own
# questions, 1 % of right marks and 89 % of wrong ones fall on the far side.
_GAP: Final = 0.4
_SHARE: Final = 0.6
_SWAP_GAP: Final = 0.25
_ENOUGH: Final = 8.0
# What a statement must carry of a passage to be what it says, and what the marked reference may then fall short by.
_WELL: Final = 0.6
_PART: Final = 0.7
# How many characters of the sentences before one are read with it.
_TOPIC: Final = 600
# No sentence has more marks; each is judged against its whole sentence, so more would take quadratic time.
_MOST: Final = 40


@dataclass(frozen=True, slots=True)
class _Mark:
    numbers: tuple[int, ...]
    start: int
    end: int


def citation(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on reference marks."""
    before = ""
    for unit in document.units:
        marks = _marks(unit)
        if len(marks) > _MOST:
            yield finding("CIT-2", document, unit, detail="Too many marks in one sentence to judge them.")
        for position in range(min(len(marks), _MOST)):
            yield from _judge(document, unit, marks, position, before)
        # What names no treatment, condition or study goes on with what the sentences before it speak of.
        before = unit.text if any(map(_is_topic, unit.concepts)) else f"{before} {unit.text}"[-_TOPIC:]
    yield from answered(document)


@lru_cache(maxsize=1024)
def _is_topic(name: str) -> bool:
    """Whether a concept is something that a reference may be about."""
    concept = load().concepts.get(name)
    return bool(concept and concept.kind in ("intervention", "condition", "study"))


def _marks(unit: Unit) -> tuple[_Mark, ...]:
    found = (match for match in MARK.finditer(unit.text) if not (match["a"] and is_value(match)))
    return tuple(_Mark(_numbers(match["a"] or match["b"]), *match.span()) for match in found)


def _numbers(listed: str) -> tuple[int, ...]:
    found: list[int] = []
    for part in re.split(r"[,;&]|\band\b", listed):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        found += range(ends[0], ends[-1] + 1) if len(ends) == 2 and 0 <= ends[1] - ends[0] < 80 else ends
    return tuple(found)


def _judge(document: Document, unit: Unit, marks: tuple[_Mark, ...], position: int, before: str) -> Iterator[Finding]:
    mark, known = marks[position], load().references
    span = (mark.start, mark.end)
    for number in sorted(set(mark.numbers) - set(known)):
        yield finding("CIT-1", document, unit, span, detail=f"Reference {number} does not exist.")
    if says_silence(unit) or corrects_error(unit) or unit.is_question:
        return
    passage, is_ahead = _passage(unit, marks, position)
    told = unit.text if is_ahead else _last_clause(passage)
    named = _authors(told) or _described(told) or _opened(passage, told)
    if named and is_ahead and named & set(mark.numbers):
        return
    numbers = [number for number in mark.numbers if number in known and not _said_printed(unit, number)]
    if numbers and named and not named & set(mark.numbers):
        right = ", ".join(map(str, sorted(named)))
        yield finding("CIT-3", document, unit, span, detail=f"The work named stands for [{right}].")
        return
    if position and not is_ahead and not any(_is_topic(item.id) for item in lexicon().find(words(passage))):
        before = f"{before} {unit.text[: marks[position - 1].start]}"[-_TOPIC:]
    elsewhere = {number for other in marks if other is not mark for number in other.numbers}
    wrong = {number: _unsupported(passage, number, before, elsewhere) for number in numbers}
    whole = _goes_on(unit, mark, passage)
    announces = unit.text.rstrip().endswith(":")
    if wrong and not any(wrong.values()) and (is_ahead or not whole) and not announces:
        told = passage if is_ahead or not position else unit.text[: mark.start]
        marked = frozenset(mark.numbers) | elsewhere
        if _is_narrower_throughout((told, _last_clause(passage), f"{before} {passage}"), marked):
            wrong = dict.fromkeys(wrong, _narrower(passage, marked))
    for number, rival in wrong.items():
        if whole and not is_ahead and not _unsupported(whole, number, before, set()):
            continue
        if rival and rival.passage and not (None in wrong.values() and _carries_a_clause(passage, number)):
            detail = f"For [{number}] read [{', '.join(map(str, rival.passage.references))}]."
            yield finding("CIT-2", document, unit, span, statement=rival.passage.id, detail=detail)


def _last_clause(passage: str) -> str:
    """The clause that a mark ends: a study named further back may be spoken of, not cited."""
    pieces = clauses(Span(passage, 0, len(passage)))
    return pieces[-1].text if pieces else passage


def _carries_a_clause(passage: str, number: int) -> bool:
    """Whether a reference in a list carries one of the clauses that the list stands for together."""
    pieces = [piece.text for piece in clauses(Span(passage, 0, len(passage)))]
    full = [piece for piece in pieces if sum(map(weight, tokens(piece))) >= _ENOUGH]
    return any(not _unsupported(piece, number, "", set()) for piece in full) if len(full) > 1 else False


def _said_printed(unit: Unit, number: int) -> bool:
    """Whether the text says that the number is only what the article prints."""
    return bool(PRINTED.search(unit.text)) and any(number in (slip.printed, slip.right) for slip in load().errata)


def _passage(unit: Unit, marks: tuple[_Mark, ...], position: int) -> tuple[str, bool]:
    """What a mark stands for: the words since the mark before it, or (True) those after it."""
    mark = marks[position]
    start = marks[position - 1].end if position else 0
    end = marks[position + 1].start if position + 1 < len(marks) else len(unit.text)
    ahead, behind = unit.text[mark.end : end], unit.text[start : mark.start]
    if AHEAD.match(ahead) and (position or sum(map(weight, tokens(behind))) < _ENOUGH):
        return ahead, True
    return behind, False


def _goes_on(unit: Unit, mark: _Mark, passage: str) -> str:
    """The clause around a mark in its middle ("his series [66] followed 62 patients"), else empty."""
    ahead = re.split(r"[.;:,(\[]", unit.text[mark.end :], maxsplit=1)[0]
    return f"{_last_clause(passage)} {ahead}" if re.match(r" (?!and\b|or\b|but\b|while\b)\w", ahead) else ""


def _unsupported(passage: str, number: int, before: str, elsewhere: set[int]) -> Match | None:
    """The better statement where the reference carries the passage far worse than another reference does."""
    said = tokens(passage)
    if sum(map(weight, said)) < _ENOUGH:
        said |= tokens(before)
    if sum(map(weight, said)) < _ENOUGH:
        return None
    own, rival = carried_for(said, number)
    if rival.passage and not {number} & elsewhere and elsewhere >= set(rival.passage.references):
        # The better one is cited beside it: the two may be exchanged, and what both carry together proves nothing.
        own, rival = carried_for(said, number, apart=True)
        return rival if rival.score - own.score > _SWAP_GAP and own.score < _SHARE * rival.score else None
    if rival.score - own.score <= _GAP or own.score >= _SHARE * rival.score:
        return None
    # What the sentence leaves to the one before it ("it lasts longer [41]") may be what ties it to its reference.
    wide_own, wide_rival = carried_for(said | tokens(before), number)
    return rival if wide_own.score < _SHARE * wide_rival.score else None


def _is_narrower_throughout(readings: tuple[str, ...], marked: frozenset[int]) -> bool:
    """Whether a mark is at fault however much it is taken to stand for: sentence, last clause, what went before.

    A reading that says too little is passed over; a study named further back may be spoken of, not cited.
    """
    full = (reading for reading in readings if sum(map(weight, tokens(reading))) >= _ENOUGH)
    aside = _authors(readings[0]) - _authors(readings[1])
    rivals = (_narrower(reading, marked) for reading in full)
    return all(rival and rival.passage and not aside & set(rival.passage.references) for rival in rivals)


def _narrower(passage: str, marked: frozenset[int]) -> Match | None:
    """The statement that carries a passage well by itself, where a mark's references carry it only in part.

    A statement that joins several facts with several references carries each of them under all; here it counts for
    a reference only as far as no narrower statement has the fact under another.
    """
    # A name stands for its own reference whatever is said of it.
    said = tokens(passage) - {stem(family) for family in _families() if family in passage}
    if sum(map(weight, said)) < _ENOUGH:
        return None
    known = sorted(marked & set(load().references))
    rival = max(
        (carried_for(said, number)[1] for number in known), key=lambda match: match.score, default=Match(0.0, None)
    )
    if rival.passage is None or rival.score < _WELL or marked & set(rival.passage.references):
        return None
    own = max(carried_for(said, number, apart=True)[0].score for number in known)
    if own >= _PART * rival.score or best(said, lambda passage: not passage.references).score >= rival.score:
        return None
    return rival


def _authors(passage: str) -> set[int]:
    """References that all authors whom a passage names share; empty where it names none, or those of several works."""
    named = [_families()[family] for family in _named_families(passage)]
    return set(frozenset.intersection(*named)) if named else set()


def _named_families(passage: str) -> list[str]:
    return [family for family in _families() if family in passage and _is_named(family, passage)]


def _opened(passage: str, told: str) -> set[int]:
    """References of the author with whom a passage opens, where its last clause gives a figure: "Kumar's: 48%"."""
    opening = _OPENING.match(passage) if figures(told) else None
    named = _named_families(passage) if opening else []
    return set(_families()[named[0]]) if opening and len(named) == 1 and named[0] in opening.group() else set()


def _described(passage: str) -> set[int]:
    """References of the one work that a passage names by what it is instead of by its author."""
    found = [numbers for pattern, numbers in DESCRIBED if pattern.search(passage)]
    return set(found[0]) if len(found) == 1 else set()


def _is_named(family: str, passage: str) -> bool:
    at = re.search(rf"(?<![\w-]){re.escape(family)}(?![\w-])", passage)
    if not at:
        return False
    return family.lower() not in _WORDLIKE or bool(re.match(rf"\s*(?:{WORK})", passage[at.end() :]))


@lru_cache(maxsize=1)
def _families() -> dict[str, frozenset[int]]:
    """References by the family name of any of their authors; the review's own author is left out."""
    found: dict[str, set[int]] = {}
    for reference in load().references.values():
        for author in reference.csl["author"]:
            found.setdefault(str(author["family"]), set()).add(reference.number)
    return {family: frozenset(numbers) for family, numbers in found.items() if family != "Chin"}
