"""Other wordings of the statements: the files, what they let through, and how the guardrail takes them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from assistant.corpus import load
from assistant.drafting.agreement import disagreement
from assistant.drafting.rewordings import load_rewordings, rewordings
from assistant.errors import CorpusError
from assistant.guardrail import check

CORPUS: Final = load()
# Of what people say in their own words for statements of the review, the share that the guardrail may doubt or block.
MOST_DOUBTED: Final = 0.075
MOST_BLOCKED: Final = 0.025


def test_nearly_every_statement_has_several_and_none_repeats_it() -> None:
    found = load_rewordings()
    assert len(found) > 0.95 * len(CORPUS.statements)
    for name, texts in found.items():
        assert len({text.lower() for text in (*texts, CORPUS.by_id[name].text)}) == len(texts) + 1, name


def test_a_sentence_in_another_wording_is_what_the_statement_says() -> None:
    for statement in CORPUS.statements:
        for text in rewordings(statement):
            assert disagreement(text, [statement]) is None, text


def test_a_wording_made_false_is_not() -> None:
    statement = CORPUS.by_id["stellate-anatomy"]
    text = rewordings(statement)[1]
    assert "C7" in text
    assert disagreement(text.replace("C7", "C6"), [statement]) is not None
    assert disagreement(text.replace("first thoracic", "second thoracic"), [statement]) is not None


def test_no_wording_lets_through_what_is_exchanged_against_the_statement() -> None:
    # "The widely used next measure is blockade, while ketamine may be considered upon its failure" is another wording.
    statement = CORPUS.by_id["order-crps-next"]
    text = (
        "In CRPS after failed drugs, sympathetic blocks are not the widely used next step; ketamine infusions may be "
        "considered with them or after they fail, and neuromodulation (SCS, PNS) if pain stays refractory."
    )
    assert disagreement(text, [statement]) is not None


def test_of_a_statement_that_another_corpus_words_for_itself_there_are_none() -> None:
    statement = CORPUS.by_id["stellate-anatomy"]
    assert rewordings(statement)
    assert rewordings(statement.model_copy(update={"text": "The stellate ganglion lies at C6."})) == ()


def test_few_are_doubted_or_blocked() -> None:
    texts = [text for name in sorted(load_rewordings()) for text in load_rewordings()[name]][::4]
    verdicts = Counter(check(text).verdict for text in texts)
    assert verdicts["block"] <= MOST_BLOCKED * len(texts)
    assert verdicts["caution"] + verdicts["block"] <= MOST_DOUBTED * len(texts)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no-such-statement:\n  - A text.\n", "no such statement"),
        ("stellate-anatomy: A text.\n", "expected a list of sentences"),
        ("stellate-anatomy: [1]\n", "expected a list of sentences"),
        ("- A text.\n", "expected a mapping"),
    ],
)
def test_a_malformed_file_is_told(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "a.yaml").write_text(content)
    with pytest.raises(CorpusError, match=message):
        load_rewordings(tmp_path)


def test_wordings_in_two_files_are_told(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("stellate-anatomy:\n  - A text.\n")
    with pytest.raises(CorpusError, match="another file already"):
        load_rewordings(tmp_path)
