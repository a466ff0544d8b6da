"""Clauses aligned with statements, role by role: what stands in a role where the statement has something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import Final

from assistant.corpus import load
from assistant.guardrail.context import Context, clause_around, corrects_error, says_silence
from assistant.guardrail.frames import Frame, Subject, load_frames
from assistant.guardrail.phrases import Hit
from assistant.guardrail.types import Finding, Source
from assistant.guardrail.units import Document, Unit
from assistant.reading import is_negated

# A unit that begins so speaks of what the unit before named.
_GOES_ON: Final = re.compile(
    r"^\W*(?:and |but |so |because |also,? )?(?:it|they|this|these|that|those|both|its|their|here|there|he|she|"
    r"the (?:same|drug|block|device|procedure|technique|trial|study|authors?|group|former|latter|lead|infusion)s?)\b",
    re.IGNORECASE,
)

# Whose silence it is: "the fibres fall silent" and "it does not relieve" claim something.
_OF_REVIEW: Final = re.compile(
    r"\b(?:reviews?|articles?|authors?|paper|chin|text|i|we|reported|given|stated|named|specified|covered|mentioned)\b",
    re.IGNORECASE,
)
# A negation reaches no further than this: "not X, Y", "does not X; it Y"; lists go on ("not X, Y or Z").
_PART: Final = re.compile(
    r"[;:.—]\s|\s[-–]\s|,? (?:but|while|whereas|although|though|yet|however|because|since)\b|, (?:and|so|it|they|this|"
    r"which|that|he|she|the|an?) |\sand (?=(?:\w+ ){0,2}(?:not|no|never)\b)"
)
_DENIED_BEHIND: Final = re.compile(
    r"\W*(?:\w+ )?(?:is|are|was|were)(?: not|n't) (?:among|one of|listed|included|named|mentioned|part of|counted|"
    r"involved|in (?:the|that|its) list)\b|\W*(?:is|are|was|were) (?:neither|nowhere|absent|missing|wrong|excluded)\b",
    re.IGNORECASE,
)


def alignment(document: Document, context: Context) -> Iterator[Finding]:
    """A finding for each role that is filled with something else than in the statement that a clause is about."""
    frames = load_frames()
    before: frozenset[str] = frozenset()
    for unit in document.units:
        hits = frames.phrases.find(unit.text)
        own = frozenset(hit.name for hit in hits) | _concepts(unit)
        about = own | before if _GOES_ON.match(unit.text) else own
        if not (unit.is_question or corrects_error(unit) or (says_silence(unit) and _OF_REVIEW.search(unit.text))):
            for subject in frames.about(about):
                yield from _compare(document, unit, subject, hits)
        before = about


def _concepts(unit: Unit) -> frozenset[str]:
    """The concepts of a unit and the broader ones, as frames name them."""
    named = {mention.id for mention in unit.mentions} & set(load().concepts)
    return frozenset(f"@{name}" for name in load().with_broader(named)) if named else frozenset()


def _compare(document: Document, unit: Unit, subject: Subject, hits: Sequence[Hit]) -> Iterator[Finding]:
    """Findings where no right member is asserted beside a wrong one, in the unit or in the clause of the wrong one."""
    frame = subject.frame
    named = [hit for hit in hits if hit.name in subject.every and not _is_of_subject(hit, subject, hits)]
    fillers = _longest(named, subject.right)
    asserted = {hit: not _is_denied(unit.text, hit) for hit in fillers}
    wrong = [hit for hit in fillers if hit.name not in subject.right | subject.idle and asserted[hit]]
    good = [hit for hit in fillers if hit.name in subject.right]
    if wrong and (frame.closed or not any(asserted[hit] for hit in good)):
        yield _finding(document, unit, frame, wrong[0])
    elif frame.denial and good and not wrong and not any(asserted[hit] for hit in good):
        yield _finding(document, unit, frame, good[0])
    elif wrong and good:
        yield from _crossed(document, unit, subject, (wrong, good), hits)


def _is_denied(text: str, hit: Hit) -> bool:
    """Whether a filler is denied by what stands before it in its part of the sentence, or right behind it."""
    start = max((cut.end() for cut in _PART.finditer(text, 0, hit.start)), default=0)
    return is_negated(text[start : hit.end], hit.start - start) or bool(_DENIED_BEHIND.match(text, hit.end))


def _crossed(
    document: Document, unit: Unit, subject: Subject, fillers: tuple[list[Hit], list[Hit]], hits: Sequence[Hit]
) -> Iterator[Finding]:
    """The wrong member stands in the clause of the subject, the right one in another clause."""
    wrong, good = fillers
    for hit in wrong:
        start, end = clause_around(unit, hit.start)
        inside = {other.name for other in hits if start <= other.start < end}
        inside |= _concepts_between(unit, start, end)
        if subject.is_about(inside) and not any(start <= other.start < end for other in good):
            yield _finding(document, unit, subject.frame, hit)
            return


def _concepts_between(unit: Unit, start: int, end: int) -> set[str]:
    named = {item.id for item in unit.mentions if start <= item.start < end} & set(load().concepts)
    return {f"@{name}" for name in load().with_broader(named)} if named else set()


def _longest(hits: list[Hit], right: Set[str]) -> list[Hit]:
    """Hits that no longer hit holds; what is right is held only where all of its words are words of the longer one.

    So "reduces .. cooperation" does not hold "improves cooperation" in "reduces anxiety and improves cooperation".
    """
    return [
        hit
        for hit in hits
        if not any(
            other.start <= hit.start
            and hit.end <= other.end
            and other.end - other.start > hit.end - hit.start
            and (hit.name not in right or hit.words <= other.words)
            for other in hits
        )
    ]


def _is_of_subject(hit: Hit, subject: Subject, hits: Sequence[Hit]) -> bool:
    """Whether a filler is only a word of what the unit is about."""
    return any(
        other.start <= hit.start and hit.end <= other.end and any(other.name in names for names in subject.about)
        for other in hits
    )


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
