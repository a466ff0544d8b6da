"""The corpus loads, its parts fit each other, and each way of breaking it is named."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from assistant.corpus import Corpus, load
from assistant.errors import CorpusError

BAD = Path(__file__).parent.parent / "bad_corpus"
WHOLE = BAD / "whole"
PARTS = {"statements": "statements/one.yaml", "vocabulary": "vocabulary.yaml", "outside": "outside.yaml"}
PARTS |= {"errata": "errata.yaml", "references": "references.json"}


def broken_corpus(path: Path, folder: Path) -> tuple[Path, str]:
    """A whole corpus with one file replaced by a bad one, and the words that its error must hold."""
    shutil.copytree(WHOLE, folder)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        content = json.loads(text)
        expected, text = content["expect"], json.dumps(content["items"])
    else:
        expected = text.splitlines()[0].removeprefix("# expect: ")
    (folder / PARTS[path.name.split(".")[0]]).write_text(text, encoding="utf-8")
    return folder, expected


def test_the_small_corpus_is_whole(tmp_path: Path) -> None:
    assert len(load(shutil.copytree(WHOLE, tmp_path / "whole")).statements) == 2


@pytest.mark.parametrize(
    "path", sorted(p for p in BAD.iterdir() if p.suffix in (".yaml", ".json")), ids=lambda p: p.name
)
def test_a_malformed_file_is_named_with_its_fault(path: Path, tmp_path: Path) -> None:
    folder, expected = broken_corpus(path, tmp_path / "corpus")
    with pytest.raises(CorpusError, match=re.escape(expected)) as caught:
        load(folder)
    assert str(folder) in str(caught.value)


@pytest.mark.parametrize("missing", sorted(set(PARTS.values()) - {"statements/one.yaml"}))
def test_a_missing_file_is_named(missing: str, tmp_path: Path) -> None:
    folder = shutil.copytree(WHOLE, tmp_path / "corpus")
    (folder / missing).unlink()
    with pytest.raises(CorpusError, match=rf"{missing}: not found; is the corpus complete\?"):
        load(folder)


def test_a_corpus_without_statements_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(WHOLE, tmp_path / "corpus")
    (folder / "statements" / "one.yaml").unlink()
    with pytest.raises(CorpusError, match="holds no statements; name the folder of a corpus in ASSISTANT_CORPUS_DIR"):
        load(folder)


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    folder = shutil.copytree(WHOLE, tmp_path / "corpus")
    (folder / "errata.yaml").unlink()
    (folder / "errata.yaml").mkdir()
    with pytest.raises(CorpusError, match=r"errata\.yaml: can't be read"):
        load(folder)


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    folder = shutil.copytree(WHOLE, tmp_path / "corpus")
    (folder / "outside.yaml").write_bytes(b"outside: [\xff\xfe]")
    with pytest.raises(CorpusError, match=r"outside\.yaml: not valid YAML"):
        load(folder)


def test_every_reference_is_reached_from_a_statement(corpus: Corpus) -> None:
    assert sorted(corpus.references) == list(range(1, 72))
    assert set(corpus.references) == {number for s in corpus.statements for number in s.references}


def test_every_reference_can_be_printed(corpus: Corpus) -> None:
    for number, reference in corpus.references.items():
        assert reference.first_author in reference.formatted, number
        assert f"{reference.year}" in reference.formatted, number
        assert ".." not in reference.formatted.replace("...", ""), number
        assert reference.link is None or reference.link.startswith("https://"), number


def test_every_concept_that_a_statement_is_about_has_terms(corpus: Corpus) -> None:
    named = {concept for statement in corpus.statements for concept in statement.about}
    assert [concept for concept in sorted(named) if not corpus.concepts[concept].terms] == []


def test_every_aspect_of_a_statement_has_cues(corpus: Corpus) -> None:
    used = {aspect for statement in corpus.statements for aspect in statement.aspects}
    assert [aspect for aspect in sorted(used) if aspect not in corpus.aspects or not corpus.aspects[aspect].cues] == []


def test_what_is_outside_has_terms_and_points_somewhere(corpus: Corpus) -> None:
    assert [o.id for o in corpus.outside.values() if not o.terms] == []


def test_the_references_of_a_study_are_those_of_its_statements(corpus: Corpus) -> None:
    for statement in corpus.statements:
        if statement.trial:
            wanted = corpus.concepts[statement.trial]
            assert wanted.kind == "study", statement.id
            assert set(wanted.references) & set(statement.references), statement.id


def test_no_two_statements_say_the_same_words(corpus: Corpus) -> None:
    texts = [" ".join(statement.text.lower().split()) for statement in corpus.statements]
    assert len(set(texts)) == len(texts)


def test_no_statement_leans_on_another(corpus: Corpus) -> None:
    leaning = re.compile(
        r"^(?:it|this|these|they|that|those|he|she|such|here|there)\b(?! (?:is|are|was|were) no\b)", re.IGNORECASE
    )
    assert [(s.id, s.text[:60]) for s in corpus.statements if leaning.match(s.text)] == []


def test_restating_leads_to_a_first_telling(corpus: Corpus) -> None:
    for statement in corpus.statements:
        passed, at = {statement.id}, statement.restates
        while at is not None:
            assert at not in passed, f"{statement.id} restates itself"
            passed.add(at)
            at = corpus.by_id[at].restates


def test_what_is_printed_wrong_is_told(corpus: Corpus) -> None:
    told = {pair for statement in corpus.statements for pair in corpus.printed_as(statement)}
    assert told == {(e.printed, e.right) for e in corpus.errata if e.printed is not None and e.right is not None}


def test_broader_reaches_up_to_the_top(corpus: Corpus) -> None:
    for concept in corpus.concepts.values():
        assert {concept.id, *concept.broader} <= corpus.with_broader([concept.id])
