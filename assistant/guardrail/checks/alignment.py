"""Clauses aligned with statements, role by role: what stands in a role where the statement has something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.corpus import load
from assistant.guardrail.context import Context, clause_around, corrects_error, says_silence
from assistant.guardrail.frames import Frame, Frames, group, load_frames, member
from assistant.guardrail.phrases import Hit
from assistant.guardrail.types import Finding, Source
from assistant.guardrail.units import Document, Unit
from assistant.reading import is_negated, words

# A unit that begins so speaks of what the unit before named.
_GOES_ON: Final = re.compile(
    r"^\W*(?:and |but |so |also,? )?(?:it|they|this|these|that|those|both|its|their|here|there|he|she|the (?:same|drug|"
    r"block|device|procedure|technique|trial|study|authors?|group|former|latter|lead|infusion)s?)\b",
    re.IGNORECASE,
)

# A negation reaches no further than this: "not X, Y", "does not X; it Y"; lists go on ("not X, Y or Z").
_PART: Final = re.compile(
    r"[;:.—]\s|\s[-–]\s|,? (?:but|while|whereas|although|though|yet|however|because|since)\b|, (?:and|so|it|they|this|"
    r"which|that|he|she|the|an?) |\sand (?=(?:\w+ ){0,2}(?:not|no|never)\b)"
)
_DENIED_BEHIND: Final = re.compile(
    r"\W*(?:\w+ )?(?:is|are|was|were)(?: not|n't) (?:among|one of|listed|included|named|mentioned|part of|counted|involved|"
    r"in (?:the|that|its) list)\b|\W*(?:is|are|was|were) (?:neither|nowhere|absent|missing|wrong|excluded)\b",
    re.IGNORECASE,
)


def alignment(document: Document, context: Context) -> Iterator[Finding]:
    """A finding for each role that is filled with something else than in the statement that a clause is about."""
    frames = load_frames()
    before: frozenset[str] = frozenset()
    for unit in document.units:
        hits = frames.phrases.find(words(unit.text))
        own = frozenset(hit.name for hit in hits) | _concepts(unit)
        about = own | before if _GOES_ON.match(unit.text) else own
        if not (unit.is_question or corrects_error(unit) or says_silence(unit)):
            for frame in frames.frames:
                if _is_about(frame, about):
                    yield from _compare(document, unit, frame, frames, hits)
        before = about


def _concepts(unit: Unit) -> frozenset[str]:
    """The concepts of a unit and the broader ones, as frames name them."""
    named = {mention.id for mention in unit.mentions} & set(load().concepts)
    return frozenset(f"@{name}" for name in load().with_broader(named)) if named else frozenset()


def _is_about(frame: Frame, names: frozenset[str]) -> bool:
    def has(position: int, terms: Sequence[str]) -> bool:
        return group(frame, position) in names or any(term in names for term in terms)

    if frame.without and has(len(frame.about), frame.without):
        return False
    return all(has(position, terms) for position, terms in enumerate(frame.about))


def _compare(document: Document, unit: Unit, frame: Frame, frames: Frames, hits: Sequence[Hit]) -> Iterator[Finding]:
    """Findings where no right member is asserted beside a wrong one, in the unit or in the clause of the wrong one."""
    right = {member(name, frame.slot) for name in frame.right}
    idle = {member(name, frame.slot) for name in frame.also}
    every = {member(name, frame.slot) for name in frames.classes[frame.slot]}
    fillers = _longest([hit for hit in hits if hit.name in every and not _is_part_of_subject(hit, frame, hits)])
    asserted = {hit: not _is_denied(unit.text, hit) for hit in fillers}
    wrong = [hit for hit in fillers if hit.name not in right | idle and asserted[hit]]
    good = [hit for hit in fillers if hit.name in right]
    if wrong and (frame.closed or not any(asserted[hit] for hit in good)):
        yield _finding(document, unit, frame, wrong[0])
    elif frame.denial and good and not wrong and not any(asserted[hit] for hit in good):
        yield _finding(document, unit, frame, good[0])
    elif wrong and good:
        yield from _crossed(document, unit, frame, (wrong, good), hits)


def _is_denied(text: str, hit: Hit) -> bool:
    """Whether a filler is denied by what stands before it in its part of the sentence, or right behind it."""
    start = max((cut.end() for cut in _PART.finditer(text, 0, hit.start)), default=0)
    return is_negated(text[start : hit.end], hit.start - start) or bool(_DENIED_BEHIND.match(text, hit.end))


def _crossed(
    document: Document, unit: Unit, frame: Frame, fillers: tuple[list[Hit], list[Hit]], hits: Sequence[Hit]
) -> Iterator[Finding]:
    """The wrong member stands in the clause of the subject, the right one in another clause."""
    wrong, good = fillers
    for hit in wrong:
        start, end = clause_around(unit, hit.start)
        inside = {other.name for other in hits if start <= other.start < end}
        inside |= _concepts_between(unit, start, end)
        if _is_about(frame, frozenset(inside)) and not any(start <= other.start < end for other in good):
            yield _finding(document, unit, frame, hit)
            return


def _concepts_between(unit: Unit, start: int, end: int) -> set[str]:
    named = {item.id for item in unit.mentions if start <= item.start < end} & set(load().concepts)
    return {f"@{name}" for name in load().with_broader(named)} if named else set()


def _longest(hits: list[Hit]) -> list[Hit]:
    """Hits that no longer hit holds."""
    return [
        hit
        for hit in hits
        if not any(
            other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
            for other in hits
        )
    ]


def _is_part_of_subject(hit: Hit, frame: Frame, hits: Sequence[Hit]) -> bool:
    """Whether a filler is only a word of what the unit is about."""
    subject = {group(frame, position) for position in range(len(frame.about))}
    return any(other.name in subject and other.start <= hit.start and hit.end <= other.end for other in hits)


def _finding(document: Document, unit: Unit, frame: Frame, hit: Hit) -> Finding:
    statement = load().by_id[frame.statement]
    start, end = document.span(unit.start + hit.start, unit.start + hit.end)
    said = unit.text[hit.start : hit.end]
    right = " or ".join(name.replace("_", " ") for name in frame.right)
    return Finding(
        rule=f"FRM-{frame.id}",
        category=frame.category,
        severity=frame.severity,
        start=start,
        end=end,
        message=f"The review does not say this with “{said}”" + (f"; it has: {right}." if right else "."),
        source=Source(statement.id, statement.section, statement.paragraph, statement.references),
        correction=statement.text,
    )
