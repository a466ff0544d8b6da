"""The patient that a question describes: condition, site, course, pattern and what has been tried with what result.

mentions -> clauses -> cues of a result, with polarity and mood -> one history per treatment (`history`); condition,
site, course and pattern are read by one function each (`traits`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
    "in_general",
    "mentioned",
    "put_forward",
    "supposes_result",
    "tells_outcome",
    "tells_result",
]

_SUPPOSING: Final = re.compile(
    r"\b(?:if|suppos(?:e|ing)|assuming|in case|say(?= (?:it|that|this|s?he|they|both)\b))\b", re.IGNORECASE
)

_AT_LARGE: Final = re.compile(
    r"\b(?:patients|pts|people|folks?|ppl|those|someone|anyone|anybody|somebody|a (?:patient|pt|person)|one)\b"
    r"(?: \w+){0,3}? (?:who|whose|whom|that|with|after|in whom|where|have|has|had|fail\w*)\b|"
    r"^\W*(?:when|if|once|after)\b",
    re.IGNORECASE,
)
# Patients of whom no condition is told.
_PAIN_OF_NERVES: Final = "neuropathic_pain"
_HANGING: Final = re.compile(
    r"^\W*(?:after|before|until|when|while|if|unless|that|which|who|since|because)\b|^\W*(?:that|this|it)\W*$|"
    r"^\W*(?:and|or) (?:to|for|with|at|in|from|by|on|into) (?:what|whom?|which|where)\b",
    re.IGNORECASE,
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
    return Patient(
        condition=corpus.concepts[condition].label,
        site=corpus.concepts[site].label if site else None,
        course=course_of(clauses, condition, found),
        pattern=pattern_of(text, condition),
        block_relief_percent=block_relief(clauses, found),
        **_lists(told),
    )


def in_general(text: str, mentions: Sequence[Mention], corpus: Corpus) -> Patient | None:
    """What is told of patients at large ("those in whom blocks have failed"); None where nothing has failed them."""
    if not _AT_LARGE.search(text):
        return None
    found = mentioned(text, mentions, corpus)
    clauses = clauses_of(text)
    told = histories(clauses, found)
    if not {"failed", "brief"} & set(told.values()):
        return None
    condition = condition_of(text, clauses, found, corpus) or _PAIN_OF_NERVES
    site = site_of(text, clauses, condition, found, corpus)
    return Patient(
        condition=corpus.concepts[condition].label, site=corpus.concepts[site].label if site else None, **_lists(told)
    )


def _lists(told: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The treatments by their result."""
    return {name: tuple(key for key, result in told.items() if result == name) for name in LISTS}


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


# "rTMS to the cortex, how many sessions do you recommend?"
_MEASURES: Final = re.compile(
    r"^\W*(?:and )?how (?:many|much|often|long|frequently)(?: (?:sessions?|times|cycles|courses|doses|weeks|days|hours|"
    r"treatments?))?(?: (?:do|would|should|can|could|are|is|shall|must|for|in|to))?(?: (?:you|we|i|one|it|they|needed|"
    r"required|usual|total|a|the|course|reco\w+|reccom\w+|sugg\w+|give|need|use|advise))*\W*$",
    re.IGNORECASE,
)


def _hangs(clause: Clause) -> bool:
    """Whether a clause goes on with a question that begins before it, or asks only how much of what is named there."""
    return bool(_MEASURES.match(clause.text) if clause.asks else _HANGING.match(clause.text))


def asking(text: str) -> tuple[Clause, ...]:
    """The clauses that ask; of a text without any, those of its last sentence.

    With "after that?" goes what it hangs on.
    """
    clauses = clauses_of(text)
    found: list[Clause] = []
    for clause in reversed(clauses):
        hangs_on = bool(found) and found[-1].sentence == clause.sentence and _hangs(found[-1])
        if clause.asks or clause.in_question or hangs_on:
            found.append(clause)
    asked = tuple(reversed(found))
    return asked or tuple(clause for clause in clauses if clause.sentence == clauses[-1].sentence)
