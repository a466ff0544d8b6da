"""Clauses aligned with statements, role by role: what stands in a role where the statement has something else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from assistant.corpus import load
from assistant.guardrail.context import Context, corrects_error, says_silence
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


# Parts of a sentence that claim something each: a subject is looked for in the part of what is said of it.
_CLAIM: Final = re.compile(
    r"[;—]\s|:\s|,? (?:but|while|whereas|although|though|yet|however)\b|, (?:and|so) (?!(?:\w+ ){0,3}?(?:\w+)[.,;]?$)"
)
# What names a subject of its own: a part without one goes on with that of the part before.
_SUBJECTS: Final = frozenset({"intervention", "condition", "study", "anatomy"})


@dataclass(frozen=True, slots=True)
class _Claim:
    """A part of a sentence, and the names of what it is about, taken over from the part before where it has no own."""

    start: int
    end: int
    own: frozenset[str]
    names: frozenset[str]


# A sentence without an end is read in pieces, and in each piece only so many fillers of a role: no answer has more.
_WINDOW: Final = 1200
_MOST_FILLERS: Final = 24
# Characters that no phrase is longer than.
_LONGEST_PHRASE: Final = 160


def alignment(document: Document, context: Context) -> Iterator[Finding]:
    """A finding for each role that is filled with something else than in the statement that a clause is about."""
    frames = load_frames()
    before: frozenset[str] = frozenset()
    for unit in document.units:
        is_idle = unit.is_question or corrects_error(unit) or (says_silence(unit) and _OF_REVIEW.search(unit.text))
        for start in range(0, max(len(unit.text), 1), _WINDOW):
            end = start + _WINDOW
            found = _Hits(frames.phrases.find(unit.text[start:end]), start)
            claims = _claims(unit, (start, min(end, len(unit.text))), found, before)
            whole = frozenset[str]().union(*(claim.names for claim in claims))
            if not is_idle:
                for subject in frames.about(whole):
                    yield from _compare(document, unit, subject, claims, found)
            before = whole


class _Hits:
    """The hits of a piece of text by name, and for each the names of those that hold it."""

    def __init__(self, hits: Sequence[Hit], shift: int) -> None:
        self.all = tuple(replace(hit, start=hit.start + shift, end=hit.end + shift) for hit in hits)
        self.by_name: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.all:
            self.by_name[hit.name].append(hit)
        self._starts = [hit.start for hit in self.all]
        self._holding: dict[tuple[int, int], frozenset[str]] = {}

    def holding(self, hit: Hit) -> frozenset[str]:
        """Names of the hits that hold this one."""
        span = (hit.start, hit.end)
        if span not in self._holding:
            near = slice(bisect_left(self._starts, hit.start - _LONGEST_PHRASE), bisect_right(self._starts, hit.start))
            self._holding[span] = frozenset(other.name for other in self.all[near] if hit.end <= other.end)
        return self._holding[span]

    def fillers(self, subject: Subject) -> list[Hit]:
        """What stands in the role of a subject, in order, words of the subject itself left out."""
        named = [hit for name in subject.every if name in self.by_name for hit in self.by_name[name]]
        named = [hit for hit in named if not any(not self.holding(hit).isdisjoint(names) for names in subject.about)]
        return sorted(named, key=lambda hit: (hit.start, hit.end, hit.name))[:_MOST_FILLERS]


def _claims(unit: Unit, span: tuple[int, int], found: _Hits, before: frozenset[str]) -> list[_Claim]:
    """The parts of a piece of a unit; `before`: the names of the piece before, for one that goes on with it."""
    begin, finish = span
    cuts = [match.start() for match in _CLAIM.finditer(unit.text, begin, finish)]
    claims: list[_Claim] = []
    last = before if begin or _GOES_ON.match(unit.text) else frozenset[str]()
    for start, end in zip([begin, *cuts], [*cuts, finish], strict=True):
        own = frozenset(hit.name for hit in found.all if start <= hit.start < end)
        named = {item.id for item in unit.mentions if start <= item.start < end} & set(load().concepts)
        own |= {f"@{name}" for name in load().with_broader(named)} if named else frozenset()
        goes_on = start == begin or not any(load().concepts[name].kind in _SUBJECTS for name in named)
        last = own | last if goes_on else own
        claims.append(_Claim(start, end, own, last))
    return claims


def _compare(
    document: Document, unit: Unit, subject: Subject, claims: Sequence[_Claim], found: _Hits
) -> Iterator[Finding]:
    """A finding where, in a part about the subject, no right member is asserted beside a wrong one."""
    frame = subject.frame
    fillers = _longest(found.fillers(subject), subject.right)
    if not fillers:
        return
    asserted = {hit: not _is_denied(unit.text, hit) for hit in fillers}
    for claim in claims:
        if not subject.is_about(claim.names):
            continue
        here = [hit for hit in fillers if claim.start <= hit.start < claim.end]
        wrong = [hit for hit in here if hit.name not in subject.right | subject.idle and asserted[hit]]
        # A part that names its subject speaks for itself; beside another it may go on with what that one has right.
        near = here if subject.is_about(claim.own) else [hit for hit in fillers if hit.start < claim.end]
        good = [hit for hit in near if hit.name in subject.right]
        is_said = any(asserted[hit] for hit in good)
        if wrong and (frame.closed or not is_said):
            yield _finding(document, unit, frame, wrong[0])
            return
        if frame.denial and good and not wrong and not is_said:
            yield _finding(document, unit, frame, good[0])
            return


def _is_denied(text: str, hit: Hit) -> bool:
    """Whether a filler is denied by what stands before it in its part of the sentence, or right behind it."""
    near = max(0, hit.start - _WINDOW // 2)
    start = max((cut.end() for cut in _PART.finditer(text, near, hit.start)), default=near)
    return is_negated(text[start : hit.end], hit.start - start) or bool(_DENIED_BEHIND.match(text, hit.end))


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
