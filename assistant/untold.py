"""What is asked of something that the review covers, and that none of its statements tells.

Near misses in the words of something covered: a comparison that no study made, a figure that is not given, an outcome
or a time that a study does not report. Each is known by its form, not by its topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from assistant.corpus import Corpus
from assistant.entries import Statement
from assistant.question import Query
from assistant.reading import STOPWORDS, Span, content_stems, words
from assistant.retrieval import Hit
from assistant.terms import TREATMENTS
from assistant.vignette.clauses import clauses_of
from assistant.vignette.times import spans_of_time

# Statements in which both sides of a comparison are looked for, and those that would give the figure asked for.
_MOST_COMPARED: Final = 12
_FIRST: Final = 3
# What tells how one thing did, and not only what it is for.
_TELLING: Final = frozenset({"result", "evidence", "risk", "pharmacology", "recommendation", "gap", "prevalence"})
_OUTCOME: Final = (
    r"\b(?:better|worse|best|safer|riskier|superior|inferior|likelier|"
    r"(?:more|less|as|equally|most|least) (?:effective|efficacious|likely|risky|often|painful|safe|dangerous|relief)|"
    r"last(?:s|ed)? longer|further|won|wins?|winner|beats?|outperform\w*|do(?:es)? as well)\b"
)
_COMPARES: Final = re.compile(_OUTCOME, re.IGNORECASE)
_EITHER: Final = re.compile(
    r"\b(?P<one>(?:[\w'-]+ ){1,2})(?:or|vs\.?|versus|v\.?) (?P<other>(?:[\w'-]+ ?){1,3})", re.IGNORECASE
)
_THAN: Final = re.compile(
    _OUTCOME + r"(?: [\w'-]+){0,3}? than (?:(?:in|with|under|on|for|those|ones?|the|an?|by|at|of|people|patients|pts|"
    r"whose|who|have|has|had)\b ?)*(?P<other>[\w'-]+(?: [\w'-]+)?)",
    re.IGNORECASE,
)
# How good the evidence or the advice is, and how a thing is done, is compared otherwise.
_OF_GRADE: Final = re.compile(
    r"\b(?:evidence|support\w*|data|proof|grade|recommend\w*|reasonable|first|earlier|next|sooner|before|invasive|try|"
    r"offer|choose|move on|fit|sign|label)\b",
    re.IGNORECASE,
)
# "Anything better than temperature?" looks for a further thing.
_QUESTION: Final = re.compile(r"\?|^\W*(?:and |also )*(?:give|list|name|tell|show|remind|explain)\b", re.IGNORECASE)
_ASKS_FOR_ELSE: Final = re.compile(r"\b(?:any|some|no)(?:thing|one)?(?: \w+)? (?:better|safer)\b", re.IGNORECASE)
_HEAD_TO_HEAD: Final = re.compile(
    r"\b(?:head[- ]to[- ]head|won|wins?|winner|beats?|outperform\w*|superior|more effective|works? better|better "
    r"relief|reliev\w+ (?:pain )?(?:more|better)|more (?:pain )?relief|stronger effect|(?:takes?|brings?|gets?|cuts?) "
    r"(?:the )?pain (?:down )?(?:further|more|lower))\b",
    re.IGNORECASE,
)
_RATE: Final = re.compile(
    r"\b(?:(?:what|which) (?:%|percent\w*|per cent|proportion|fraction|share|rate)|what %|(?:in|for) what "
    r"(?:percent\w*|proportion|fraction|share)|roughly what (?:fraction|share|proportion|percent\w*)|"
    r"what (?:is|are|were|was) (?:the|her|his|my|their) (?:odds|chances?|likelihood|probability)|how likely|"
    r"how many (?:of|in|patients|people|pts|had|were|got|needed|went|lost|dropped|did))",
    re.IGNORECASE,
)
_LENGTH: Final = re.compile(r"\bhow long\b|\bhow many (?:hours|days|weeks|months|years)\b|\bhow soon\b", re.IGNORECASE)
_FIGURE: Final = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|third|thirds|quarter|all|none|nobody|rare|most)\b",
    re.IGNORECASE,
)
_OF_TIME: Final = re.compile(
    r"\b(?:hours?|days?|weeks?|months?|years?|slow\w*|brief\w*|short\w*|sustain\w*|long\w*|last\w*|half-life|prolong\w*)\b",
    re.IGNORECASE,
)
# Outcomes that every trial of an analgesic has, in whatever words.
_COMMON: Final = frozenset({"pain_relief", "pain_intensity", "duration_of_relief"})
# Drugs that patients of a trial still took are an outcome of it, too.
_DRUGS: Final = "named_drug"
_FEWER: Final = re.compile(
    r"\b(?:less|fewer|more|lower|reduc\w*|stop\w*|came off|come off|cut|wean\w*|used?|usage|use|intake)\b",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:in |since |from )?\d{4}", re.IGNORECASE)
# Months by which a time may be another's: "a year" for 12 months.
_NEARLY: Final = 0.5


def untold(query: Query, hits: Sequence[Hit], corpus: Corpus) -> Statement | None:
    """The statement nearest to the question that says the review is silent, where what is asked is told by none.

    None where some statement tells it, or where no silence is near: then the statements found are the answer.
    """
    # Of several questions another may be told.
    if sum(bool(_QUESTION.search(part.text)) for part in query.asking) > 1:
        return None
    text = " ".join(part.text for part in query.asking)
    if _is_untold_comparison(text, query, hits, corpus) or _is_untold_figure(text, hits):
        return _silence(query, hits, corpus)
    of = _study(query, corpus) or _treatment(query, corpus)
    if of and (_is_other_outcome(query, of, corpus) or _is_later(text, of, corpus)):
        return _silence(query, [hit for hit in hits if of in corpus.with_broader(hit.statement.about)], corpus)
    return None


def _silence(query: Query, hits: Sequence[Hit], corpus: Corpus) -> Statement | None:
    """The first statement of a silence about all treatments that are asked of, or else about most that is named."""
    silent = [hit.statement for hit in hits if hit.statement.silent][:_MOST_COMPARED]
    treated = corpus.with_broader(query.concepts) & TREATMENTS
    if len(treated) > 1:
        of_all = [statement for statement in silent if treated <= corpus.with_broader(statement.about)]
        if of_all:
            return next((statement for statement in of_all if "compare" in statement.text), of_all[0])
    named = {name for name in (*query.concepts, *query.carried_concepts) if corpus.concepts[name].kind != "site"}
    shared = [len(named & corpus.with_broader(statement.about)) for statement in silent]
    return silent[shared.index(max(shared))] if any(shared) else None


def _is_untold_comparison(text: str, query: Query, hits: Sequence[Hit], corpus: Corpus) -> bool:
    """Whether an outcome is asked for of two things of which no statement found tells together."""
    if _OF_GRADE.search(text):
        return False
    treated = corpus.with_broader(query.concepts) & TREATMENTS
    if len(treated) > 1 and _HEAD_TO_HEAD.search(text):
        return not any(treated <= set(_arms(hit.statement, corpus)) for hit in hits[:_FIRST])
    for part in query.asking:
        if not _COMPARES.search(part.text) or _ASKS_FOR_ELSE.search(part.text):
            continue
        for pattern in (_THAN, _EITHER):
            found = pattern.search(part.text)
            if found and not _is_told([_side(found, name, part, query) for name in found.groupdict()], hits, corpus):
                return True
    return False


def _side(found: re.Match[str], name: str, part: Span, query: Query) -> tuple[frozenset[str], frozenset[str]]:
    """One side of a comparison: the stems of its own words, and the concepts that it names."""
    start, end = part.start + found.start(name), part.start + found.end(name)
    named = frozenset(m.id for m in query.mentions if m.start < end and start < m.end)
    kept = [word.text for word in words(_COMPARES.sub(" ", found[name])) if word.folded not in STOPWORDS]
    return frozenset(content_stems(" ".join(kept))), named


def _arms(statement: Statement, corpus: Corpus) -> Iterable[str]:
    """The treatments that a statement of results is about."""
    return corpus.with_broader(statement.about) & TREATMENTS if "result" in statement.aspects else ()


def _is_told(sides: Sequence[tuple[frozenset[str], frozenset[str]]], hits: Sequence[Hit], corpus: Corpus) -> bool:
    """Whether one of the statements found speaks of every side, in its words or by what it is about."""
    told = [hit.statement for hit in hits if _TELLING & set(hit.statement.aspects) and not hit.statement.silent]
    return not all(stems for stems, _ in sides) or any(
        all(stems & _said(statement) or named & corpus.with_broader(statement.about) for stems, named in sides)
        for statement in told[:_MOST_COMPARED]
    )


def _said(statement: Statement) -> frozenset[str]:
    return frozenset(content_stems(statement.text))


def _is_untold_figure(text: str, hits: Sequence[Hit]) -> bool:
    """Whether a share or a length of time is asked for and none of the first statements has one, but a silence."""
    first = [hit.statement for hit in hits[:_FIRST]]
    told = [statement for statement in first if not statement.silent]
    if len(told) == len(first):
        return False
    if _RATE.search(text) and not any(_FIGURE.search(statement.text) for statement in told):
        return True
    return bool(_LENGTH.search(text)) and not any(_OF_TIME.search(statement.text) for statement in told)


def _study(query: Query, corpus: Corpus) -> str | None:
    """The one study that is asked about."""
    own, carried = (
        [name for name in named if corpus.concepts[name].kind == "study"]
        for named in (query.concepts, query.carried_concepts)
    )
    studies = own or carried
    return studies[0] if len(studies) == 1 else None


def _treatment(query: Query, corpus: Corpus) -> str | None:
    """The one treatment that is asked about."""
    named = [name for name in query.concepts if corpus.with_broader([name]) & TREATMENTS]
    named = named or [name for name in query.carried_concepts if corpus.with_broader([name]) & TREATMENTS]
    return named[0] if len(named) == 1 and corpus.concepts[named[0]].kind == "intervention" else None


def _is_other_outcome(query: Query, of: str, corpus: Corpus) -> bool:
    """Whether only outcomes are asked for that the review does not report of the study, or of the treatment."""
    asked = {name for name in query.concepts if corpus.concepts[name].kind == "finding"} - _COMMON
    if corpus.concepts[of].kind == "study" and _DRUGS in query.concepts and _FEWER.search(query.question):
        asked.add(_DRUGS)
    told = corpus.with_broader([name for s in _told_of(of, corpus) for name in s.about])
    return bool(asked) and not any(name in told or corpus.with_broader([name]) & told - _COMMON for name in asked)


def _is_later(text: str, of: str, corpus: Corpus) -> bool:
    """Whether a study is asked about at a time after the last that the review reports of it."""
    if corpus.concepts[of].kind != "study":
        return False
    asked = [
        span.months
        for clause in clauses_of(text)
        for span in spans_of_time(clause)
        if not _YEAR.fullmatch(text[span.start : span.end].strip())
    ]
    told = [
        span.months
        for statement in _told_of(of, corpus)
        for clause in clauses_of(statement.text)
        for span in spans_of_time(clause)
    ]
    return bool(asked and told) and min(asked) > max(told) + _NEARLY


def _told_of(of: str, corpus: Corpus) -> list[Statement]:
    """What the review tells of a study or a treatment, of its kinds and of what it is a kind of."""
    wider = {of} if corpus.concepts[of].kind == "study" else corpus.with_broader([of])
    return [
        statement
        for statement in corpus.statements
        if not statement.silent and (wider & set(statement.about) or of in corpus.with_broader(statement.about))
    ]
