"""The part of a question that the review covers, where another part is not covered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from assistant.corpus import Corpus
from assistant.naming import WHO_ASKS, has_subject, holds, stands_in, technical
from assistant.question import Query
from assistant.reading import Mention, Word
from assistant.scope import CHILDREN, asked_outside
from assistant.vignette import Clause
from assistant.vignette.clauses import clauses_of

# Likeness from which a part of a question, beside another that is not covered, is answered by itself.
COVERED: Final = 0.55
# Words that a question has at least.
_FEWEST: Final = 3
_DETAILS: Final = frozenset({"finding", "mechanism", "source"})
# Words of a question that stands by itself though it names nothing.
_WHOLE: Final = 6
_DEPENDS: Final = re.compile(
    r"^\W*(?:before|after|when|while|if|for|in|with|without|during|until|since|prior to|b4)\b", re.IGNORECASE
)
# A question behind a colon or a dash, "ketamine in CRPS: how good is the evidence", or one without a question word.
# "Does it hold up against the infusion", "does the evidence extend to that", "how many sessions": asked of what was
# named before.
_OF_IT: Final = re.compile(
    r"^\W*(?:and |or |so |but )?(?:does|do|did|is|are|was|were|will|would|can|could|has|have|had|should) "
    r"(?:it|that|this|they|these|those|one)\b|\b(?:to|for|with|of|on|in|by|about)\W+(?:it|that|this|them|those)\W*$|"
    r"^\W*(?:it|that|this|them)\W*$|^\W*(?:and )?how (?:many|much|often|long)(?: [\w&'-]+){0,5}\W*$",
    re.IGNORECASE,
)
_IT: Final = re.compile(r"\W*(?:it|that|this|them)\W*", re.IGNORECASE)
_OF_WHOM: Final = frozenset({"condition", "site"})
# What a question breaks off with where the rest is left out.
_BROKEN: Final = re.compile(r"\b(?:is|are|was|were|does|do|did|can|could|should|would)$", re.IGNORECASE)
_ASKING: Final = re.compile(
    r"[:\u2013-]\s*(?:how|what|which|where|when|why|who|is|are|does|do)\b|"
    r"\b(?:pls|please|results|figures|rates?|numbers|evidence|definition|mechanism|refs?|remind me|tell me|list)\b",
    re.IGNORECASE,
)


def covered_part(query: Query, corpus: Corpus) -> tuple[str, tuple[str, ...]]:
    """The clauses that name nothing outside the review, "" unless they ask of a subject of it; and what is missing.

    Missing is what another clause asks for, and what is told of a patient and not covered. An age below 18, or
    another illness within the clause that asks, changes the whole question: nothing of it is covered, unless two
    questions are asked in turn.
    """
    named = [m for m in query.mentions if m.id in corpus.outside]
    clauses = clauses_of(query.question)
    foreign: tuple[Mention | Word, ...] = (*named, *technical(query.strange))
    if _ask_of_what_is_missing(clauses, foreign, query, corpus):
        return "", ()
    beside = _asked_beside(query, clauses, named, foreign, corpus)
    if beside[0]:
        return ("", ()) if _BROKEN.search(beside[0]) else beside
    asks = [clause for clause in clauses if clause.asks or clause.in_question or _ASKING.search(clause.text)]
    # Of no one patient, whom the question is about may stand anywhere: "pregnant, arm CRPS - which block?"
    of_whom = [clause for clause in clauses if not WHO_ASKS.search(clause.text)] if query.patient is None else asks
    kinds = {corpus.outside[m.id].kind for m in named if stands_in(m, asks)}
    is_of_others = any(corpus.outside[m.id].kind == "population" and stands_in(m, of_whom) for m in named)
    if CHILDREN in asked_outside(query, corpus) or is_of_others or kinds & {"population", "condition"}:
        return "", ()
    left = [clause for clause in clauses if not holds(clause, foreign)]
    # "Half-life of ketamine, and is norketamine's longer?": the whole sentence asks, but for "before a block".
    in_question = {clause.sentence for clause in asks}
    heads = [clause for clause in left if clause.sentence in in_question and not _DEPENDS.match(clause.text)]
    if len(left) == len(clauses) or not has_subject(query, heads, corpus):
        return "", ()
    # "First ketamine drip tomorrow - how many mg/kg?": what is left is told, and nobody asks it.
    asked = [clause for clause in clauses if clause.asks or "?" in clause.text]
    if asked and not any(clause in left for clause in asked) and not _tells_what(query, heads, corpus):
        return "", ()
    told = [clause for clause in clauses if clause.sentence in in_question]
    missing = (m for m in named if stands_in(m, told) or corpus.outside[m.id].kind != "topic")
    labels = tuple(dict.fromkeys(corpus.outside[m.id].label for m in missing))
    text = _joined(left)
    # In scraps that are left nobody asks for anything.
    return (text, labels) if len(text.split()) >= _FEWEST and not _BROKEN.search(text) else ("", ())


def _ask_of_what_is_missing(
    clauses: Sequence[Clause], foreign: Sequence[Mention | Word], query: Query, corpus: Corpus
) -> bool:
    """Whether the clauses that ask and name nothing outside the review ask of what was named before and is outside."""
    asks = [at for at, clause in enumerate(clauses) if clause.asks or "?" in clause.text]
    left = [at for at in asks if not holds(clauses[at], foreign)]
    return bool(left) and all(_is_of_another(at, clauses, foreign, query, corpus) for at in left)


def _is_of_another(
    at: int, clauses: Sequence[Clause], foreign: Sequence[Mention | Word], query: Query, corpus: Corpus
) -> bool:
    """Whether a clause asks of "it" where the last thing named before, patients and places apart, is outside."""
    after = clauses[at + 1].text if at + 1 < len(clauses) and _IT.fullmatch(clauses[at + 1].text) else ""
    if not _OF_IT.search(f"{clauses[at].text} {after}"):
        return False
    of_whom = {m for m in query.mentions if m.id in corpus.concepts and corpus.concepts[m.id].kind in _OF_WHOM}
    named = [m for m in (*query.mentions, *foreign) if m not in of_whom and stands_in(m, clauses[:at])]
    return max(named, key=lambda m: m.start, default=None) in foreign


def _tells_what(query: Query, heads: Sequence[Clause], corpus: Corpus) -> bool:
    """Whether clauses without a question word say what is asked: "ketamine: elimination half-life", "results pls"."""
    details = (m for m in query.mentions if m.id in corpus.concepts and corpus.concepts[m.id].kind in _DETAILS)
    return any(stands_in(m, heads) for m in details) or any(_ASKING.search(clause.text) for clause in heads)


def _asked_beside(
    query: Query,
    clauses: Sequence[Clause],
    named: Sequence[Mention],
    foreign: Sequence[Mention | Word],
    corpus: Corpus,
) -> tuple[str, tuple[str, ...]]:
    """Of two questions that are asked in turn the one that names nothing outside, with what is told before it.

    "Which block is for the leg, and is it safe in pregnancy?" ("", ()) where there are not two.
    """
    asks = [clause for clause in clauses if clause.asks or (clause.in_question and len(clauses) == 1)]
    out = [clause for clause in asks if holds(clause, foreign)]
    covered = [
        clause
        for clause in asks
        if clause not in out and len(clause.text.split()) >= _FEWEST and not _DEPENDS.match(clause.text)
    ]
    # "Is the trippy stuff dose related at all?": long enough to be asked by itself, of the subject told before.
    is_whole = any(len(clause.text.split()) >= _WHOLE for clause in covered) and has_subject(query, clauses, corpus)
    if not out or not (is_whole or has_subject(query, covered, corpus)):
        return "", ()
    kept = [clause for clause in clauses if clause not in out and not holds(clause, named)]
    # With a question goes what hangs on it: "and how long do the batteries last before a change".
    hanging = {clause for before, clause in pairwise(clauses) if before in out and clause not in asks}
    kept = [clause for clause in kept if clause not in hanging or clause.sentence not in {c.sentence for c in out}]
    labels = tuple(dict.fromkeys(corpus.outside[m.id].label for m in named if stands_in(m, clauses)))
    return _joined(kept), labels


def _joined(clauses: Sequence[Clause]) -> str:
    return ", ".join(clause.text.strip(" ,;.") for clause in clauses if any(map(str.isalnum, clause.text)))
