"""What a question names, and where: something of the review's own, or a technical word that nobody knows here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.corpus import Corpus
from assistant.question import Query
from assistant.reading import Mention, Span, Word
from assistant.vignette import Clause

# Endings of drugs, diseases and procedures (after the stems of international nonproprietary names).
_TECHNICAL: Final = re.compile(
    r"(?:ab|ib|ine|ide|one|ole|ol|am|ate|cin|cillin|statin|pril|artan|xaban|triptan|tide|fen|caine|azole|ium|"
    r"itis|osis|oma|pathy|algia|emia|aemia|uria|ectomy|otomy|ostomy|plasty|lysis|scopy|graphy|gram|therapy)s?$"
)
# What the review can be asked about.
_SUBJECTS: Final = frozenset({"intervention", "condition", "anatomy", "finding", "mechanism", "study", "technique"})
# All questions are about it.
REVIEW: Final = "review"
# What all of medicine speaks of.
_GENERAL: Final = frozenset(
    {
        "pharmacotherapy", "named_drug", "medical_management", "non_drug_care", "physical_therapy",
        "interventional_care", "complication", "serious_adverse_event", "infection", "anxiety", "depression",
        "sleep_disturbance", "patient_satisfaction", "quality_of_life", "function", "treatment_duration", "tolerance",
        "dosing", "recreational_use", "liver_enzymes",
    }
)  # fmt: skip

# Who asks, not of whom: "renal pharmacist here".
WHO_ASKS: Final = re.compile(
    r"\b(?:here|pharmacist|nurse|physio\w*|reg|registrar|resident|fellow|consultant|doctor|physician|student|clinic|ward|"
    r"team|unit|audit|teaching|talk|lecture|journal club)\b",
    re.IGNORECASE,
)


def technical(strange: Sequence[Word]) -> tuple[Word, ...]:
    """Words that look like the name of a drug, a disease, a procedure or a body."""
    return tuple(word for word in strange if _TECHNICAL.search(word.text.lower()) or _is_abbreviation(word.text))


def has_subject(query: Query, clauses: Sequence[Clause], corpus: Corpus) -> bool:
    """Whether the clauses name something of the review that can be asked about."""
    known = (m for m in query.mentions if m.id in corpus.concepts and m.id != REVIEW)
    subjects = (m for m in known if corpus.concepts[m.id].kind in _SUBJECTS)
    return any(stands_in(m, clauses) for m in subjects)


def is_named(query: Query, corpus: Corpus) -> bool:
    """Whether the question names something of the review's own, and not only what all of medicine speaks of."""
    own = (corpus.concepts[name] for name in query.concepts if name not in _GENERAL)
    return any(concept.kind in _SUBJECTS - {"condition"} for concept in own)


def holds(clause: Clause, found: Sequence[Mention | Word]) -> bool:
    """Whether any of them stands in the clause."""
    return any(stands_in(each, (clause,)) for each in found)


def stands_in(found: Mention | Word, parts: Sequence[Span | Clause]) -> bool:
    """Whether it begins within one of the parts."""
    return any(part.start <= found.start < part.end for part in parts)


def _is_abbreviation(word: str) -> bool:
    return len(word) > 2 and word[1:].isupper()
