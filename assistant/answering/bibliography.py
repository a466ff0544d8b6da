"""Answers about the reference list itself: "what is ref 58", "papers by Kemler", "which trial, authors and year"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering.cite import mark
from assistant.corpus import Corpus
from assistant.entries import Reference, Statement
from assistant.question import Query
from assistant.reading import fold, words
from assistant.retrieval import Searcher
from assistant.types import Citation

MOST_REFERENCES: Final = 3
MOST_STATEMENTS: Final = 2
# Likeness of a question to a reference below which it is not meant.
ALIKE: Final = 0.45
# How much less alike than the best a further one may be, where several are asked for.
NEARLY: Final = 0.25
_SEVERAL: Final = re.compile(
    r"\b(?:papers|studies|trials|reviews|references|refs|articles|sources|which ones)\b", re.IGNORECASE
)
# What being cited by a statement that answers adds to a reference's likeness.
CITED: Final = 0.15
SECTION: Final = "References"
# Whose review it is; of their other work it lists one.
_REVIEWER: Final = "Chin"
_BY_REVIEWER: Final = re.compile(
    r"\bby chin\b|\bchin'?s? (?:ml )?(?:1996|chapter|book|earlier|other|own|previous)|\b1996\b|\bself-?cit\w+|"
    r"\b(?:other|earlier|own|previous)\b.{0,30}\bchin\b",
    re.IGNORECASE,
)
_REVIEW: Final = "review-citation"
_ASKED: Final = re.compile(
    # "What did the trial find" asks for no reference, "what trial found it" does.
    r"\b(?:which|what|whose)\b(?!\s+(?:sort|kind|type)s?\b)"
    r"(?:(?!\b(?:did|does|do|the|was|were|had|has|an?)\b).){0,20}\b(?:trial|study|paper|article)s?\b|"
    r"\b(?:which|what|whose)\b.{0,20}\b(?:reference|ref|citation|source)s?\b|"
    r"\b(?:citations?|cite[sd]?|citing|references?|refs?|sources?|papers?|doi|pmid|bibliography)\b|"
    # "Patients who reported pain" is no question for an author.
    r"(?:^|[,;:.?!-]\s*|\band )who (?:wrote|published|reported|did(?! (?:ok|okay|well|fine|"
    r"better|best|worse|worst|badly|poorly|not|and|or|get|have|they|you|he|she|it)\b)|ran|led)\b|"
    r"\b(?:papers?|stud(?:y|ies)|trials?|articles?) by\b|\bwork by (?=(?-i:[A-Z]))|"
    # "Whose is it?"; in "patients whose drugs have failed" nobody asks for an author.
    r"\bauthors? (?:and|\+|&) (?:year|journal)\b|(?:^|[,;:.?!]\s*|\band )whose\b",
    re.IGNORECASE,
)
# "The sentence carries superscript 57, that can't be right."
_DOUBTS: Final = re.compile(
    r"\b(?:superscript|misprint\w*|typo|erratum|prints?|printed|pdf|wrong|mistake|mad|"
    r"(?:can't|cannot|can not|isn't) (?:be )?right|should (?:it|that|this|they) be|should be|meant|mean)\b",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?<![\w.])(\d{1,2})(?![\w%]|\.\d)")
# The review itself is no entry of its own reference list; its front matter answers.
_ITSELF: Final = re.compile(
    r"\b(?:this|the|your) (?:review|article|paper)(?!'s? reference)\b|\bin your source\b|"
    r"\bcit(?:e|es|ed|ing) (?:this|it|chin)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """An answer about references: its opening text, the references' citations, and the statements that follow."""

    text: str
    citations: tuple[Citation, ...]
    statements: tuple[Statement, ...]


def bibliography(
    query: Query, statements: Sequence[Statement], corpus: Corpus, searcher: Searcher
) -> Bibliography | None:
    """The references asked for with what the review says of each; None where the question asks for no reference."""
    slips = _slips(query, statements, corpus)
    if slips:
        told = (f"Where the article prints {wrong}, reference {right} is meant [{right}]. " for wrong, right in slips)
        return _listed(list(dict.fromkeys(right for _, right in slips)), statements, corpus, "".join(told))
    numbers = _wanted(query, statements, corpus, searcher)
    if query.asks_source and not (numbers and query.references):
        return _behind(statements[:MOST_STATEMENTS], numbers, corpus)
    if not numbers:
        return None
    return _listed(numbers, statements, corpus)


def _listed(numbers: Sequence[int], statements: Sequence[Statement], corpus: Corpus, opening: str = "") -> Bibliography:
    """The references with what the statements say of them."""
    said = tuple(statement for statement in statements if set(numbers) & set(statement.references))
    return Bibliography(opening + _entries(numbers, corpus), _citations(numbers, corpus), said[:MOST_STATEMENTS])


def _slips(query: Query, statements: Sequence[Statement], corpus: Corpus) -> list[tuple[int, int]]:
    """(printed, right) where the article prints a number wrong that the question names.

    In the first statement, or, where the question doubts the print, in any that answers.
    """
    doubts = bool(_DOUBTS.search(query.question))
    named = {*query.references, *(int(number) for number in _NUMBER.findall(query.question) if doubts)}
    printed = [pair for item in statements[: None if doubts else 1] for pair in corpus.printed_as(item)]
    return [(wrong, right) for wrong, right in dict.fromkeys(printed) if wrong in named]


def _behind(statements: Sequence[Statement], numbers: Sequence[int], corpus: Corpus) -> Bibliography:
    """What the last answer rests on, where its opening has no numbers: the review itself, then what it refers to."""
    itself = corpus.by_id[_REVIEW]
    own = () if all(s.references for s in statements) and statements else (itself,)
    said = tuple(dict.fromkeys((*own, *statements)))
    return Bibliography(_entries(numbers, corpus), _citations(numbers, corpus), said)


def _entries(numbers: Sequence[int], corpus: Corpus) -> str:
    return " ".join(f"{corpus.references[number].formatted.rstrip('.')} [{number}]." for number in numbers)


def _citations(numbers: Sequence[int], corpus: Corpus) -> tuple[Citation, ...]:
    return tuple(_citation(corpus.references[number]) for number in numbers)


def _wanted(query: Query, statements: Sequence[Statement], corpus: Corpus, searcher: Searcher) -> list[int]:
    if query.references:
        return list(dict.fromkeys(query.references))[:MOST_REFERENCES]
    if query.asks_source:
        first = next((statement.references for statement in statements[:MOST_STATEMENTS] if statement.references), ())
        return sorted(first)[:MOST_REFERENCES]
    if not _ASKED.search(query.corrected) or _ITSELF.search(query.corrected):
        return []
    named = _by_author(query, corpus) or _of_studies(query, corpus)
    if named:
        return named[:MOST_REFERENCES]
    return _most_alike(query, statements, searcher)


def _most_alike(query: Query, statements: Sequence[Statement], searcher: Searcher) -> list[int]:
    """The references most like the question, if any is; those that the answering statements cite weigh more."""
    cited = {number: CITED for statement in statements for number in statement.references}
    scored = [(score + cited.get(number, 0.0), number) for number, score in searcher.references(query)]
    scored = sorted(scored, key=lambda item: (-item[0], item[1]))
    most = MOST_REFERENCES if _SEVERAL.search(query.corrected) else 1
    return [number for score, number in scored[:most] if score >= max(ALIKE, scored[0][0] - NEARLY)]


def _by_author(query: Query, corpus: Corpus) -> list[int]:
    """Numbers of the references by an author whom the question names."""
    # In "over the first day" nobody asks for Day's review.
    named = (w for w in words(query.question) if w.text[0].isupper() or w.text not in corpus.ordinary_words)
    asked = {fold(word.text) for word in named}
    found = [
        number
        for number, reference in corpus.references.items()
        if any(fold(str(name["family"])) in asked for name in reference.csl["author"])
    ]
    # Its author's name stands for the review, unless earlier work is asked for.
    return [n for n in found if corpus.references[n].first_author != _REVIEWER or _BY_REVIEWER.search(query.question)]


def _of_studies(query: Query, corpus: Corpus) -> list[int]:
    """The reference of the study that a follow-up goes on about; of several, the first."""
    if not query.is_followup:
        return []
    spoken = (*query.concepts, *query.carried_concepts)
    labels = [corpus.concepts[c].label for c in spoken if corpus.concepts[c].kind == "study"]
    found = [
        number
        for label in labels
        for number, reference in corpus.references.items()
        if f"{reference.first_author} {reference.year}" == label
    ]
    return found[:1]


def _citation(reference: Reference) -> Citation:
    return Citation(
        mark=mark((reference.number,)),
        statement_id=f"reference-{reference.number}",
        text=reference.formatted,
        section=SECTION,
        paragraph=reference.number,
        references=(reference.number,),
    )
