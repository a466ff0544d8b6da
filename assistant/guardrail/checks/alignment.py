"""Clauses aligned with statements, role by role: what stands in a role where the statement has something else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from assistant.corpus import load
from assistant.guardrail.context import Context, corrects_error, says_silence
from assistant.guardrail.frames import Frame, Subject, load_frames
from assistant.guardrail.mood import is_disputed
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
# "Without the tingling felt with X" denies the tingling, not X.
_MISSED: Final = re.compile(
    r"\bwithout (?:[\w-]+ ){1,4}?(?:felt|seen|known|caused|produced|experienced|brought|associated|found|met|had)"
    r"(?: \w+){0,2}? (?:with|from|by|in|on|under)\b",
    re.IGNORECASE,
)
# "Hardly a modern idea", "think twice about heavy sedation".
_HARDLY: Final = re.compile(
    r"\b(?:hardly|scarcely|far from|anything but|think twice about|beware of|be wary of|argument against|case against|"
    r"caution about|guard against|false that|untrue that|wrong that)(?: \w+){0,2} $",
    re.IGNORECASE,
)
# A word that one would not use: "I'd avoid the word 'proven'".
_UNUSED: Final = re.compile(
    r"\b(?:avoid|drop|resist|delete|strike|not (?:use|say|write|call)|n't (?:use|say|write|call)|careful with|"
    r"wary of)\b"
    r"[^.;]{0,20}\b(?:words?|terms?|labels?|phrases?)\W+(?:\w+\W+)?$",
    re.IGNORECASE,
)
_DENIED_BEHIND: Final = re.compile(
    r"\W*(?:\w+ )?(?:is|are|was|were)(?: not|n't) (?:among|one of|listed|included|named|mentioned|part of|counted|"
    r"involved|in (?:the|that|its) list)\b|\W*(?:it|this|that|they|these) (?:is|are|was|were)(?: not|n't)\b"
    r"(?! (?:just|only|merely|simply))|\W*(?:is|are|was|were) (?:neither|nowhere|absent|missing|wrong|excluded)\b|"
    # "Severe pain from the procedure went unreported", "significant adverse events were absent".
    r"(?:\W+(?!(?:is|are|was|were|and|but)\b)\w+){0,6}?\W+(?:went|is|are|was|were|remain\w*) (?:\w+ly )?"
    r"(?:unreported|absent|unseen|unrecorded|not (?:seen|reported|recorded|observed))\b",
    re.IGNORECASE,
)


# "Potassium does not block it": denied by the verb that it is the subject of.
_DOES_NOT: Final = re.compile(r" (?:does|do|did|can|could|will|would)(?: not|n't|not)\b(?! (?:just|only|merely))")
_CONDITION: Final = re.compile(
    r"\b(?:when|if|where|once|until|unless|who|whom|whose|after|because|since|as|should|though|although|while)\b[^,;:.]*$",
    re.IGNORECASE,
)
# Parts of a sentence that claim something each: a subject is looked for in the part of what is said of it.
_CLAIM: Final = re.compile(
    r"[;—]\s|:\s|(?<=[\"\]}\d]),\s*(?=\")|,? (?:but|while|whereas|although|though|yet|however)\b|, (?:and|"
    r"so) (?!(?:\w+ ){0,3}?(?:\w+)[.,;]?$)"
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


# How far back from a filler its denial is looked for, and how many fillers of a role: no answer has more.
_LOOK_BACK: Final = 600
_MOST_FILLERS: Final = 24
# Characters that no phrase is longer than.
_LONGEST_PHRASE: Final = 160


def alignment(document: Document, context: Context) -> Iterator[Finding]:
    """A finding for each role that is filled with something else than in the statement that a clause is about."""
    frames = load_frames()
    before: frozenset[str] = frozenset()
    for unit in document.units:
        is_idle = (
            unit.is_question
            or corrects_error(unit)
            or is_disputed(unit.text)
            or (says_silence(unit) and _OF_REVIEW.search(unit.text))
        )
        found = _Hits(frames.phrases.find(unit.text))
        claims = _claims(unit, found, before)
        before = frozenset[str]().union(*(claim.names for claim in claims))
        if not is_idle:
            for subject in frames.about(before):
                yield from _compare(document, unit, subject, claims, found)


class _Filler(NamedTuple):
    """What stands in the role of a subject: the member's name, its span, and where each of its own words begins."""

    start: int
    end: int
    name: str
    words: frozenset[int]


class _Hits:
    """The hits of a unit by name, and for each the names of those that hold it."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.all = hits
        self._starts = [hit.start for hit in hits]
        self._holding: dict[tuple[int, int], frozenset[str]] = {}

    @cached_property
    def _by_name(self) -> dict[str, list[Hit]]:
        found: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.all:
            for name in hit.names:
                found[name].append(hit)
        return found

    def begun(self, start: int, end: int) -> frozenset[str]:
        """Names of the hits that begin between two places."""
        first, behind = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return frozenset[str]().union(*(hit.names for hit in self.all[first:behind]))

    def _held(self, hit: Hit) -> frozenset[str]:
        """Names of the hits that hold this one."""
        key = (hit.start, hit.end)
        if key not in self._holding:
            near = slice(bisect_left(self._starts, hit.start - _LONGEST_PHRASE), bisect_right(self._starts, hit.start))
            holders = (other.names for other in self.all[near] if hit.end <= other.end)
            self._holding[key] = frozenset[str]().union(*holders)
        return self._holding[key]

    def fillers(self, subject: Subject) -> list[_Filler]:
        """What stands in the role of a subject, in order, words of the subject itself left out."""
        named = [(hit, name) for name in subject.every for hit in self._by_name.get(name, ())]
        found = [
            _Filler(hit.start, hit.end, name, hit.names[name])
            for hit, name in named
            if not any(not self._held(hit).isdisjoint(names) for names in subject.about)
        ]
        return sorted(found, key=lambda filler: filler[:3])[:_MOST_FILLERS]


def _claims(unit: Unit, found: _Hits, before: frozenset[str]) -> list[_Claim]:
    """The parts of a unit; `before`: the names of the unit before, for one that goes on with it."""
    concepts = load().concepts
    cuts = [match.start() for match in _CLAIM.finditer(unit.text)]
    mentions = [item for item in unit.mentions if item.id in concepts]
    claims: list[_Claim] = []
    last = before if _GOES_ON.match(unit.text) else frozenset[str]()
    for start, end in zip([0, *cuts], [*cuts, len(unit.text)], strict=True):
        own = found.begun(start, end)
        named = {item.id for item in mentions if start <= item.start < end}
        own |= {f"@{name}" for name in load().with_broader(named)} if named else frozenset()
        goes_on = start == 0 or not any(concepts[name].kind in _SUBJECTS for name in named)
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
        wrong = [
            hit
            for hit in here
            if hit.name not in subject.right | subject.idle and asserted[hit] and not _is_verb_denied(unit.text, hit)
        ]
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


def _is_denied(text: str, hit: _Filler) -> bool:
    """Whether a filler is denied by what stands before it in its part of the sentence, or right behind it."""
    near = max(0, hit.start - _LOOK_BACK)
    start = max((cut.end() for cut in _PART.finditer(text, near, hit.start)), default=near)
    before = _MISSED.sub(" ", text[start : hit.start])
    if _HARDLY.search(before) or _UNUSED.search(text[near : hit.start]):
        return True
    return is_negated(before + text[hit.start : hit.end], len(before)) or bool(_DENIED_BEHIND.match(text, hit.end))


def _is_verb_denied(text: str, hit: _Filler) -> bool:
    """Whether the verb that a filler is the subject of is denied, and no condition is told by it."""
    is_denied = bool(_DOES_NOT.match(text, hit.end))
    return is_denied and not _CONDITION.search(text[max(0, hit.start - _LOOK_BACK) : hit.start])


def _longest(hits: list[_Filler], right: Set[str]) -> list[_Filler]:
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


def _finding(document: Document, unit: Unit, frame: Frame, hit: _Filler) -> Finding:
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
