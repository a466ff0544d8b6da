from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation.quick import QUESTIONS_ASKED, spread
from assistant.evaluation.readme import PLACES, READMES, rewrite_all, rewritten
from assistant.evaluation.sets import SetError, load_set


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.parent.name + "/" + path.name)
def test_a_readmes_figures_are_those_of_the_committed_baselines(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert rewritten(text, str(path)) == text, "run `python -m assistant evaluate readme`"


def test_every_place_for_figures_is_in_a_readme_and_filled() -> None:
    texts = "\n".join(path.read_text(encoding="utf-8") for path in READMES)
    for name in PLACES:
        start = texts.index(f"<!-- figures: {name} -->")
        assert len(texts[start : texts.index("<!-- end of figures -->", start)].splitlines()) > 1


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


def test_a_baseline_that_lacks_a_figure_is_named_with_what_writes_it_anew() -> None:
    text = "<!-- figures: speed -->\n<!-- end of figures -->"
    with pytest.raises(SetError, match=r"the baseline 'speed' has no 'times'; write it anew with `evaluate baseline"):
        rewritten(text, "x.md", lambda what: {"results": {}})


def test_a_readme_that_is_up_to_date_is_not_touched() -> None:
    assert rewrite_all() == []


def test_a_sample_is_spread_over_kinds_and_has_each() -> None:
    every = [("a", n) for n in range(90)] + [("b", n) for n in range(9)] + [("c", 0)]
    chosen = spread(every, lambda one: one[0], 20)
    assert [sum(kind == name for kind, _ in chosen) for name in "abc"] == [18, 2, 1]
    assert [n for kind, n in chosen if kind == "a"] == list(range(0, 90, 5))
    assert spread(every, lambda one: one[0], 20) == chosen


def test_the_quick_gates_samples_have_both_splits_of_every_kind() -> None:
    items = load_set()
    chosen = spread(items, lambda one: (one.kind, one.split), QUESTIONS_ASKED)
    assert {(one.kind, one.split) for one in chosen} == {(one.kind, one.split) for one in items}
    assert len(chosen) < 1.5 * QUESTIONS_ASKED
