"""The user's own copy of the article as a PDF."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from fpdf import FPDF

from assistant.corpus import Corpus
from ingest.article import is_article
from ingest.library import article_passages, read_library, read_text

pytestmark = pytest.mark.article


def as_latin(text: str) -> str:
    """What the PDF's built-in fonts can show."""
    # The scan's own notation for superscripts; a PDF sets them as small digits.
    text = re.sub(r"\$?\^\{(?:\\rm )?([\d,–\-]+)\}\$?", r"\1", text)
    for written, shown in (("–", "-"), ("’", "'"), ("“", '"'), ("”", '"'), ("⁻", "-"), ("≥", ">=")):
        text = text.replace(written, shown)
    return unicodedata.normalize("NFKC", text).encode("latin-1", "ignore").decode("latin-1")


@pytest.fixture(scope="module")
def pdf(article: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = FPDF()
    document.set_font("Helvetica", size=9)
    document.add_page()
    for block in article.split("\n\n"):
        document.multi_cell(0, 4, as_latin(block), new_x="LMARGIN", new_y="NEXT")
        document.ln(2)
    path = tmp_path_factory.mktemp("library") / "chin.pdf"
    document.output(str(path))
    return path


def test_a_pdf_copy_is_known_as_the_article(pdf: Path) -> None:
    text = read_text(pdf)
    assert "Discussion" in text
    assert is_article(text)


def test_passages_of_a_pdf_are_tied_to_most_statements(pdf: Path, article: str, corpus: Corpus) -> None:
    found = article_passages(read_text(pdf), corpus)
    tied = {statement: passage.text for passage in found for statement in passage.statements}
    carrying = [statement for statement in corpus.statements if statement.sentences and not statement.silent]
    share = sum(statement.id in tied for statement in carrying) / len(carrying)
    assert share > 0.75, f"{share:.0%} of the statements have a passage"
    # And the right one: the text copy says which sentences each carries.
    by_ordinal: dict[str, str] = {}
    for passage in article_passages(article, corpus):
        for statement_id in passage.statements:
            by_ordinal[statement_id] = by_ordinal.get(statement_id, "") + " " + passage.text
    both = [name for name in tied if name in by_ordinal]
    right = [name for name in both if _overlap(tied[name], by_ordinal[name]) > 0.6]
    assert len(right) / len(both) > 0.8, f"{len(right)} of {len(both)} are the right passage"


def test_a_passage_of_a_pdf_is_a_sentence(pdf: Path, corpus: Corpus) -> None:
    for passage in article_passages(read_text(pdf), corpus):
        assert len(passage.text) < 1200, passage.text[:200]
        assert "\n" not in passage.text


def test_a_second_copy_is_left_aside(pdf: Path, article: str, corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(article, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(pdf.read_bytes())
    found = read_library(tmp_path, corpus)
    assert found.left_aside == ("b.pdf: a second copy of the review; left aside",)
    assert found.passages == article_passages(article, corpus)


def test_no_library_is_an_empty_one(corpus: Corpus, tmp_path: Path) -> None:
    found = read_library(tmp_path / "nowhere", corpus)
    assert (found.passages, found.left_aside) == ((), ())


def _overlap(one: str, other: str) -> float:
    mine, theirs = set(as_latin(one).split()), set(as_latin(other).split())
    return len(mine & theirs) / len(mine)
