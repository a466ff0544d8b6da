"""The user's own documents: the review's text or PDF as passages, each tied to the statements that it carries."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant.corpus import Corpus
from assistant.entries import Statement
from assistant.errors import IngestError
from assistant.index import library_documents
from assistant.reading import content_stems, normalise, sentences
from ingest.article import clean, is_article

# Share of a statement's content words that a sentence of an unstructured copy must carry to be tied to it.
_ENOUGH_SHARED: Final = 0.5
# A superscript that lost its height: "system.1 Normal", "practice,20,21 with".
_GLUED_MARK: Final = re.compile(r"(?<=[A-Za-z)\"'%][.,])\d{1,2}(?:[,-]\d{1,2})*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of the review as printed: where it stands and the statements that it carries.

    One that carries none is kept where it stands beside one that does: a reader wants to see the context.
    """

    key: str
    text: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """What the library gave: the review's passages, and what was left aside with the reason."""

    passages: tuple[Passage, ...]
    left_aside: tuple[str, ...]


def read_library(folder: Path, corpus: Corpus) -> Library:
    """The passages of the review if a copy is in `folder`; raises IngestError for a document that can't be read."""
    passages: tuple[Passage, ...] = ()
    left_aside = []
    for path in library_documents(folder):
        text = read_text(path)
        if not is_article(text):
            left_aside.append(f"{path.name}: not the review (its DOI is not in it); left aside")
        elif passages:
            left_aside.append(f"{path.name}: a second copy of the review; left aside")
        else:
            passages = article_passages(text, corpus)
    return Library(passages, tuple(left_aside))


def read_text(path: Path) -> str:
    """The text of a .txt, .md or .pdf document; raises IngestError naming it."""
    try:
        if path.suffix.lower() != ".pdf":
            return path.read_text(encoding="utf-8")
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    except Exception as error:  # pypdf raises many kinds on a malformed file; each means the same to the user
        raise IngestError(f"{path}: can't be read as {path.suffix[1:]} ({error}); replace or remove it") from error


def article_passages(text: str, corpus: Corpus) -> tuple[Passage, ...]:
    """The review's sentences tied to statements: by ordinals where its structure is found, else by shared words."""
    try:
        return _by_ordinal(text, corpus)
    except IngestError:
        return _by_words(text, corpus)


def _by_ordinal(text: str, corpus: Corpus) -> tuple[Passage, ...]:
    carriers: dict[tuple[str, int | str, int], list[str]] = defaultdict(list)
    for statement in corpus.statements:
        for ordinal in statement.sentences:
            carriers[statement.section, statement.paragraph, ordinal].append(statement.id)
    return tuple(
        Passage(f"{section.heading}|{paragraph.name}|{ordinal}", sentence.text, tuple(tied))
        for section in clean(text)
        for paragraph in section.paragraphs
        for ordinal, sentence in enumerate(paragraph.sentences, 1)
        for tied, *beside in [[carriers[section.heading, paragraph.name, ordinal + step] for step in (0, -1, 1)]]
        if tied or any(beside)
    )


def _by_words(text: str, corpus: Corpus) -> tuple[Passage, ...]:
    found = [(span.text, _content(span.text)) for span in sentences(_unwrapped(text))]
    tied: dict[int, list[str]] = defaultdict(list)
    for statement in corpus.statements:
        position = _best(statement, [content for _, content in found])
        if position is not None:
            tied[position].append(statement.id)
    beside = {position + step for position in tied for step in (-1, 0, 1)}
    return tuple(
        Passage(f"sentence|{position:04d}", found[position][0], tuple(tied.get(position, ())))
        for position in sorted(beside & set(range(len(found))))
    )


def _best(statement: Statement, candidates: list[frozenset[str]]) -> int | None:
    wanted = _content(statement.text)
    shares = [len(wanted & content) / len(wanted) - len(content) / 1000 for content in candidates]
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= _ENOUGH_SHARED else None


def _content(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))


def _unwrapped(text: str) -> str:
    """Running text of a PDF: hyphenation at line ends undone, line breaks become spaces, glued reference marks go."""
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", normalise(text).text)
    return _GLUED_MARK.sub("", re.sub(r"(?<!\s)\s*\n\s*", " ", text))
