from __future__ import annotations

import pytest

from assistant.evaluation.baseline import FOLDER, path_of
from assistant.evaluation.readme import PLACES, READMES, rewrite_all, rewritten
from assistant.evaluation.sets import SetError


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.parent.name + "/" + path.name)
def test_a_readmes_figures_are_those_of_the_committed_baselines(path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    text = path.read_text(encoding="utf-8")
    assert rewritten(text, str(path)) == text, "run `python -m assistant evaluate readme`"


def test_every_place_for_figures_is_in_a_readme_and_filled() -> None:
    texts = "\n".join(path.read_text(encoding="utf-8") for path in READMES)
    for name in PLACES:
        start = texts.index(f"<!-- figures: {name} -->")
        assert len(texts[start : texts.index("<!-- end of figures -->", start)].splitlines()) > 1


def test_every_baseline_is_one_that_a_verb_writes() -> None:
    known = {path_of(what) for what, _ in PLACES.values()}
    assert set(FOLDER.glob("*.json")) == known


def test_what_stands_between_the_markers_is_written_anew_and_nothing_else() -> None:
    kept = {"results": {"tune": {"overall": {
        "answers": {"value": 60, "n": 60, "interval": None},
        **{name: {"value": 0.5, "n": 60, "interval": [0.4, 0.6]}
           for name in ("labels agree", "kappa of labels", "verdicts agree", "kappa of verdicts")},
    }}}}  # fmt: skip
    text = "before\n<!-- figures: agreement -->\nold 99 %\n<!-- end of figures -->\nafter\n"
    new = rewritten(text, "x.md", lambda what: kept)
    assert new.startswith("before\n<!-- figures: agreement -->\nA second reader labelled 60 answers")
    assert "old" not in new and "kappa 0.50 (0.40 to 0.60)" in new and new.endswith("<!-- end of figures -->\nafter\n")
    assert rewritten(new, "x.md", lambda what: kept) == new


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!-- figures: none -->\n<!-- end of figures -->", "x.md: figures: 'none'; allowed: answers, "),
        ("<!-- figures: answers -->\n", "x.md: a place for figures has no end; close it with"),
    ],
)
def test_a_bad_place_is_named(text: str, said: str) -> None:
    with pytest.raises(SetError, match=said):
        rewritten(text, "x.md", lambda what: {})


def test_a_readme_that_is_up_to_date_is_not_touched() -> None:
    assert rewrite_all() == []
