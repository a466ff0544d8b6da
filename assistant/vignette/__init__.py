"""The patient that a question describes: condition, site, course, pattern and what has been tried with what result.

mentions -> clauses -> cues of a result, with polarity and mood -> one history per treatment (`history`); condition,
site, course and pattern are read by one function each (`traits`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.corpus import Corpus
from assistant.patient import LISTS, Patient
from assistant.reading import Mention
from assistant.vignette.clauses import Clause, clauses_of
from assistant.vignette.cues import opens_with_result, tells
from assistant.vignette.history import histories, told_of
from assistant.vignette.mentions import DAILY, Found, mentioned
from assistant.vignette.person import is_described
from assistant.vignette.phrases import any_of
from assistant.vignette.relief import block_relief
from assistant.vignette.traits import condition_of, course_of, pattern_of, site_of

__all__ = [
    "DAILY",
    "Clause",
    "Found",
    "any_of",
    "asking",
    "described",
    "mentioned",
    "put_forward",
    "supposes_result",
    "tells_outcome",
    "tells_result",
]

_SUPPOSING: Final = re.compile(
    r"\b(?:if|suppos(?:e|ing)|assuming|in case|say(?= (?:it|that|this|s?he|they|both)\b))\b", re.IGNORECASE
)


def described(text: str, mentions: Sequence[Mention], corpus: Corpus) -> Patient | None:
    """The patient described in `text`; None where it describes nobody, or names neither a condition nor a pain."""
    found = mentioned(text, mentions, corpus)
    clauses = clauses_of(text)
    told = histories(clauses, found)
    condition = condition_of(text, clauses, found, corpus)
    if condition is None or not is_described(text, clauses, told, found):
        return None
    site = site_of(text, clauses, condition, found, corpus)
    lists = {name: tuple(key for key, result in told.items() if result == name) for name in LISTS}
    return Patient(
        condition=corpus.concepts[condition].label,
        site=corpus.concepts[site].label if site else None,
        course=course_of(clauses, condition, found),
        pattern=pattern_of(text, condition),
        block_relief_percent=block_relief(clauses, found),
        **lists,
    )


def put_forward(text: str, mentions: Sequence[Mention], corpus: Corpus) -> tuple[str, ...]:
    """Ids of the treatments that are asked about, wished for or planned, in order: those that are no history."""
    found = mentioned(text, mentions, corpus)
    told = told_of(clauses_of(text), found)
    return tuple(dict.fromkeys(m.id for m in found.treatments if m not in told))


def tells_result(text: str) -> bool:
    """Whether a text opens with the result of a treatment, named or not."""
    return any(opens_with_result(clause) for clause in clauses_of(text)[:1])


def tells_outcome(text: str) -> bool:
    """Whether a text tells more of a treatment, named or not, than that it was had."""
    return any(tells(clause, ("failed", "brief", "contraindicated", "not_tried")) for clause in clauses_of(text))


def supposes_result(text: str) -> bool:
    """Whether a text supposes that a treatment fails or does not last: "if she gets nowhere with that?"."""
    supposing = _SUPPOSING.search(text)
    if supposing is None:
        return False
    after = text[supposing.end() :].replace("?", ".")
    return any(tells(clause, ("failed", "brief")) for clause in clauses_of(after) if clause.sentence == 0)


def asking(text: str) -> tuple[Clause, ...]:
    """The clauses that ask; of a text without any, those of its last sentence."""
    clauses = clauses_of(text)
    asked = tuple(clause for clause in clauses if clause.asks or clause.in_question)
    return asked or tuple(clause for clause in clauses if clause.sentence == clauses[-1].sentence)
