from __future__ import annotations

from pathlib import Path

import pytest
from question_items import item

from assistant.errors import SettingsError
from assistant.evaluation.recipe import DOI, article_text, asked, recipe_search
from assistant.settings import Settings

PARAGRAPHS = {
    "stellate": "Pain of the arm is treated with a block of the stellate ganglion in the neck. ",
    "bread": "Bread is baked from flour, water, salt and yeast in a hot oven until it is brown. ",
    "ships": "Ships carry cargo over the sea from harbour to harbour in steel containers. ",
}


def test_the_recipe_finds_the_chunk_that_answers_and_scores_strangers_lower() -> None:
    pytest.importorskip("langchain_text_splitters", reason="the recipe needs the extra 'evaluation'")
    search = recipe_search("\n\n".join(text * 11 for text in PARAGRAPHS.values()))
    near = search(item(question="Which ganglion is blocked for pain of the arm?"))["recipe"]
    far = search(item(question="Who won the football final?"))["recipe"]
    assert near.ids == ()
    assert near.text.startswith("Pain of the arm")
    assert near.score is not None and far.score is not None and near.score > far.score


def test_a_followup_is_asked_after_the_users_earlier_questions() -> None:
    turns = [{"role": "user", "content": "SCS?"}, {"role": "assistant", "content": "Late."}]
    assert asked(item(history=turns, question="Risks?")) == "SCS? Risks?"


def test_the_article_is_read_from_the_environment_or_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ASSISTANT_ARTICLE", raising=False)
    settings = Settings(library_dir=tmp_path)
    (tmp_path / "other.txt").write_text("another paper")
    assert article_text(settings) is None
    assert article_text(Settings(library_dir=tmp_path / "none")) is None
    (tmp_path / "review.md").write_text(f"doi {DOI.upper()}")
    assert article_text(settings) == f"doi {DOI.upper()}"
    monkeypatch.setenv("ASSISTANT_ARTICLE", str(tmp_path / "other.txt"))
    assert article_text(settings) == "another paper"
    monkeypatch.setenv("ASSISTANT_ARTICLE", str(tmp_path / "gone.txt"))
    with pytest.raises(SettingsError, match=r"ASSISTANT_ARTICLE: no file .*gone.txt; name the article's text or PDF"):
        article_text(settings)
