"""Whether a text describes somebody, or asks about treatment in general."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from assistant.reading import Mention
from assistant.vignette.clauses import Clause
from assistant.vignette.mentions import Found
from assistant.vignette.times import spans_of_time

# Somebody in particular, whatever the sentence.
_SOMEBODY: Final = re.compile(
    r"\b(?:\d{1,3}|\w+ty(?:-\w+)?)[ -]?(?:(?:years?|yrs?)[ -]?old|y/?o|[MF]\b)|\b[MF] ?\d{2}\b|\baged \d|"
    r"\bin (?:her|his|their) (?:\w+ )?\w+ties\b|\b(?:man|woman|lady|gentleman|gent|lad|bloke|guy) (?:of|in|with|who|"
    r"aged)\b|"
    r"\bmine(?:'s| is| has| was)\b|"
    r"\b(?:my|our|this|another) (?:\w+ ){0,2}(?:patient|pt|amputee|lady|man|woman|gentleman)\b|"
    r"\b(?:have|seeing|saw|seen|got|reviewed|referred) (?:\w+ )?(?:an?|this|the) (?:\w+ )?(?:patient|pt|man|woman|"
    r"lady)\b|"
    r"\b(?:pt|amputee)\b|\b(?:she|he|her|his|him|hers)\b(?! or)|\b(?:paraplegic|tetraplegic) since\b",
    re.IGNORECASE,
)
# In notes, as opposed to a question: one side of the body, a relative who asks, days in 7 or months in 12.
_NOTES: Final = re.compile(
    r"\b(?:L|R|Lt|Rt|left|right|both|bilateral) (?:\w+ )?(?:hand|arm|foot|leg|knee|ankle|wrist|elbow|shoulder|chest|"
    r"side|"
    r"thigh|hip|hands|feet|legs|arms|eye|face)\b|\b(?:daughter|son|wife|husband|mother|father|partner) (?:asks|"
    r"wants|is asking|"
    r"asking)\b|\b\d+/(?:12|52|7)\b",
)


# What is asked about a study is asked of nobody.
_STUDY: Final = re.compile(
    r"\b(?:placebo|randomi[sz]ed|RCTs?|cohort|cross-?over|(?:in|of|from|did|does) (?:the |"
    r"\w+'s )(?:\w+ ){0,4}(?:trial|study))\b",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(
    r"\b(?:band|girdle|segmental|diffuse|at (?:the )?(?:\w+ )?level|below the level)\b", re.IGNORECASE
)


def is_described(text: str, clauses: Sequence[Clause], told: Mapping[str, object], found: Found) -> bool:
    """Whether the text is about somebody: by its words, or by a history or a time that is told and not asked about."""
    if _SOMEBODY.search(text):
        return True
    if _STUDY.search(text):
        return False
    asking = {c.sentence for c in clauses if (c.asks or c.supposes) and _opens(c, clauses)}
    notes = [clause for clause in clauses if clause.sentence not in asking]
    if not notes:
        return False
    within = [m for m in found.treatments if any(c.start <= m.start < c.end for c in notes)]
    if any(m.id in told for m in within):
        return True
    if any(_NOTES.search(clause.text) or spans_of_time(clause) for clause in notes):
        return True
    # "SCI, band of pain at the level. Candidate for SCS?": a condition with its place, told before the question.
    told_first = [c for c in notes if c.sentence < clauses[-1].sentence]
    return any(_names(c, found.conditions) for c in told_first) and (
        any(_names(c, found.sites) for c in told_first) or any(_PLACE.search(c.text) for c in told_first)
    )


def _names(clause: Clause, mentions: Sequence[Mention]) -> bool:
    return any(clause.start <= m.start < clause.end for m in mentions)


def _opens(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether the clause is the first of its sentence."""
    return not any(other.sentence == clause.sentence and other.start < clause.start for other in clauses)
