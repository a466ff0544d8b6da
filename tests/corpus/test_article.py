"""The statements against the article: nothing left out, nothing added, nothing copied."""

from __future__ import annotations

import re

import pytest

from assistant.corpus import DEFAULT_DIR, Corpus
from assistant.entries import Statement
from assistant.reading import normalise, numbers
from ingest.article import Paragraph, Section, clean

pytestmark = pytest.mark.article

# Sentences of the article that no statement carries, with the reason.
EXEMPT = {
    ("Stellate ganglion block", "Figure 1", 1): "names what the picture shows; no fact",
    ("Lumbar sympathetic block", "Figure 2", 1): "names what the picture shows; no fact",
}
FRONT_MATTER = "Front matter"
ORDINALS = {"first": 1.0, "second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0}
RUN = 9

Sections = dict[str, dict[int | str, Paragraph]]


@pytest.fixture(scope="module")
def sections(article: str) -> Sections:
    return {s.heading: {p.name: p for p in s.paragraphs} for s in clean(article)}


@pytest.fixture(scope="module")
def told(corpus: Corpus) -> list[Statement]:
    return [statement for statement in corpus.statements if statement.section != FRONT_MATTER]


def values(text: str) -> set[float]:
    """Every number that stands in a text, in digits or words, ordinals among them."""
    plain = normalise(text).text
    found = {value for n in numbers(plain) for value in (n.value, n.upper) if value is not None}
    ordinals = {value for word, value in ORDINALS.items() if re.search(rf"\b{word}\b", plain, re.IGNORECASE)}
    return found | digits(plain) | ordinals


def digits(text: str) -> set[float]:
    plain = re.sub(r"\b(?:Box|Boxes|Figure) \d(?: and \d)?|\bBox \d", "", normalise(text).text)
    return {float(number.replace(",", "")) for number in re.findall(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?", plain)}


def named_paragraphs(statement: Statement, sections: Sections) -> list[Paragraph]:
    """The statement's own paragraph and those that its note says it joins.

    A note names paragraphs of its own section by number ("paragraph 2", "paragraphs 1", "all four paragraphs"), and
    other sections by their heading.
    """
    own = sections[statement.section]
    note = statement.note or ""
    wanted = {statement.paragraph, *(int(n) for n in re.findall(r"paragraphs? (\d)", note))}
    wanted |= {int(n) for n in re.findall(r"paragraphs? \d[^.;]*? and (?:paragraph )?(\d)\b", note)}
    if re.search(r"all \w+ paragraphs", note):
        wanted |= set(own)
    other = [heading for heading in sections if heading != statement.section and heading in note]
    return [own[name] for name in wanted if name in own] + [p for heading in other for p in sections[heading].values()]


def printed(paragraphs: list[Paragraph]) -> str:
    return " ".join(sentence.text for paragraph in paragraphs for sentence in paragraph.sentences)


def test_every_statement_names_sentences_that_there_are(told: list[Statement], sections: Sections) -> None:
    wrong = []
    for statement in told:
        paragraph = sections.get(statement.section, {}).get(statement.paragraph)
        if paragraph is None or not set(statement.sentences) <= set(range(1, len(paragraph.sentences) + 1)):
            wrong.append((statement.id, statement.section, statement.paragraph, statement.sentences))
    assert wrong == []


def test_every_sentence_is_carried_by_a_statement(told: list[Statement], sections: Sections) -> None:
    carried = {(s.section, s.paragraph, ordinal) for s in told for ordinal in s.sentences}
    there = {
        (heading, name, ordinal)
        for heading, paragraphs in sections.items()
        for name, paragraph in paragraphs.items()
        for ordinal in range(1, len(paragraph.sentences) + 1)
    }
    assert there - carried == set(EXEMPT)


def test_sections_stand_in_printed_order(corpus: Corpus, sections: Sections) -> None:
    assert [name for name in corpus.sections if name != FRONT_MATTER] == list(sections)


def test_every_number_stands_in_the_paragraph_that_is_named(told: list[Statement], sections: Sections) -> None:
    wrong = []
    for statement in told:
        missing = digits(statement.text) - values(printed(named_paragraphs(statement, sections)))
        if missing:
            wrong.append((statement.id, sorted(missing)))
    assert wrong == []


def test_every_number_of_the_front_matter_stands_in_the_article(corpus: Corpus, article: str) -> None:
    wrong = [(s.id, digits(s.text) - values(article)) for s in corpus.statements if s.section == FRONT_MATTER]
    assert [item for item in wrong if item[1]] == []


def test_every_typed_number_can_be_read_in_its_statement(corpus: Corpus) -> None:
    wrong = []
    for statement in corpus.statements:
        found = values(statement.text) | ({2.0} if "both" in statement.text else set())
        for quantity in statement.numbers:
            for value in (quantity.value, quantity.upper, quantity.of):
                if value is not None and not any(abs(value - number) < 1e-3 for number in found):
                    wrong.append((statement.id, value, quantity.unit))
    assert wrong == []


def test_every_reference_stands_where_the_statement_says(
    corpus: Corpus, told: list[Statement], sections: Sections
) -> None:
    wrong = []
    for statement in told:
        allowed = {int(n) for mark in re.findall(r"\[([\d, ]+)\]", statement.note or "") for n in mark.split(",")}
        allowed |= {
            number for p in named_paragraphs(statement, sections) for s in p.sentences for number in s.references
        }
        here = [e for e in corpus.errata if e.section == statement.section or e.section in (statement.note or "")]
        allowed |= {erratum.right for erratum in here if erratum.right is not None}
        if not set(statement.references) <= allowed:
            wrong.append((statement.id, sorted(set(statement.references) - allowed)))
    assert wrong == []


def test_a_reference_that_is_printed_wrong_is_never_given_as_printed(corpus: Corpus) -> None:
    wrong = []
    for statement in corpus.statements:
        for erratum in corpus.errata:
            same_place = (erratum.section, erratum.paragraph) == (statement.section, statement.paragraph)
            if same_place and statement.sentences == (erratum.sentence,) and erratum.printed in statement.references:
                wrong.append((statement.id, erratum.printed))
    assert wrong == []


def test_every_erratum_is_found_in_print(corpus: Corpus, sections: Sections) -> None:
    for erratum in corpus.errata:
        sentence = sections[erratum.section][erratum.paragraph].sentences[erratum.sentence - 1]
        if erratum.printed is not None:
            as_mark = erratum.printed in sentence.references
            # The two numbers of patients set as marks are put back into the text by the cleaner.
            assert as_mark == (erratum.right is not None), erratum
            assert as_mark or str(erratum.printed) in sentence.text, erratum
        assert erratum.right is None or erratum.right not in sentence.references, erratum


def runs(text: str) -> list[tuple[str, ...]]:
    found = re.findall(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?", text.lower())
    return [tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)]


def test_no_nine_words_in_a_row_are_the_articles(corpus: Corpus, article: str) -> None:
    body = article[article.index("Neuropathic pain arises from") : article.index("- 1. Colloca")]
    plain = re.sub(r"\$?\^\{[^}]*\}\$?|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", " ", body)
    theirs = {*runs(plain), *(run for s in clean(article) for p in s.paragraphs for run in _paragraph_runs(p))}
    ours = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(DEFAULT_DIR.rglob("*.yaml"))]
    ours += [(s.id, part) for s in corpus.statements for part in (s.text, s.note or "", *s.questions)]
    shared = {(name, " ".join(run)) for name, text in ours for run in runs(text) if run in theirs}
    # The title is bibliography, which is fact.
    title = re.findall(r"[a-z]+", article[: article.index("\n")].lower())
    assert {item for item in shared if item[1] not in " ".join(title)} == set()


def _paragraph_runs(paragraph: Paragraph) -> list[tuple[str, ...]]:
    """Runs within prose; the boxes are lists of terms, which are fact."""
    if str(paragraph.name).startswith("Box"):
        return []
    return runs(" ".join(sentence.text for sentence in paragraph.sentences))


def test_the_sections_are_records(article: str) -> None:
    assert all(isinstance(section, Section) for section in clean(article))
