from __future__ import annotations

import re
from pathlib import Path

import pytest
from question_items import item

from assistant.errors import AssistantError
from assistant.evaluation.scoring import Given, score
from assistant.evaluation.sets import QUESTIONS, Item, SetError, load_set, select, splits, wording

BAD_SETS = Path(__file__).parent.parent / "bad_sets"
SAID = {
    "no_question": "holds no question; expected one JSON object per line",
    "not_json": r"line 2: not JSON .*; expected one object per line",
    "not_an_object": r"line 1: expected an object, got list; its keys: id, kind, question",
    "unknown_key": r"line 1 \(x1\): unknown key 'refrences'; allowed: id, kind, .*refs",
    "unknown_nugget_key": r"line 1 \(x1\): unknown key 'must.0.all'; allowed: text, any$",
    "missing_key": r"line 1 \(x1\): key 'question' is missing",
    "empty_question": r"line 1 \(x1\): question: String should match pattern .* \(got '  '\)",
    "unknown_kind": r"line 1 \(x1\): kind: Input should be 'factual', .*'reference'.* \(got 'refrence'\)",
    "unknown_expectation": r"expect: Input should be 'answer', 'abstain' or 'refuse' \(got 'answered'\)",
    "unknown_split": r"split: Input should be 'tune' or 'hold' \(got 'test'\)",
    "unknown_role": r"history.0.role: Input should be 'user' or 'assistant' \(got 'system'\)",
    "broken_pattern": r"mustnot.0: not a regular expression: .* \(got '\(lumbar'\)",
    "empty_match": r"must.0.any.0: matches an empty text; write a pattern that needs a word \(got 'stellate\|'\)",
    "nugget_without_pattern": r"must.0.any: List should have at least 1 item",
    "nothing_required": r"must: a question to answer needs at least one required fact",
    "reference_as_text": r"refs.0: Input should be a valid integer \(got '27'\)",
    "reference_zero": r"refs.0: Input should be greater than or equal to 1 \(got 0\)",
    "id_twice": r"id 'x1' is used more than once; give each question its own",
    "in_both_splits": r"'x1' and 'x2' are one question in two splits; keep one of them",
}


@pytest.fixture(scope="module")
def questions() -> tuple[Item, ...]:
    return load_set()


@pytest.mark.parametrize("name", SAID)
def test_a_bad_set_is_named_with_file_line_and_fault(name: str) -> None:
    path = BAD_SETS / f"{name}.jsonl"
    with pytest.raises(SetError, match=SAID[name]) as raised:
        load_set(path)
    assert str(raised.value).startswith(str(path))


def test_every_bad_set_is_tried() -> None:
    assert {path.stem for path in BAD_SETS.glob("*.jsonl")} == set(SAID)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetError, match=r"none.jsonl: no such file; name a file of JSON lines"):
        load_set(tmp_path / "none.jsonl")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.jsonl"
    path.write_bytes(b'{"id": "caf\xe9"}')
    with pytest.raises(SetError, match="expected a text file in UTF-8"):
        load_set(path)


def test_what_is_wrong_with_a_set_is_caught_as_an_assistant_error() -> None:
    with pytest.raises(AssistantError, match="records: line 1"):
        load_set([{"id": "x1"}])


def test_a_line_separator_inside_a_string_does_not_cut_the_line(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(item(question="one\u2028two").model_dump_json() + "\n\n", encoding="utf-8")
    assert load_set(path)[0].question == "one\u2028two"


def test_select_takes_a_split_and_the_first_of_it() -> None:
    items = [item("a", split="hold"), item("b", split="tune"), item("c", split="tune"), item("d")]
    assert [chosen.id for chosen in select(items, "tune", 1)] == ["b"]
    assert len(select(items)) == 4
    with pytest.raises(SetError, match="limit: got 0; allowed: 1 or more"):
        select(items, limit=0)
    with pytest.raises(SetError, match="split 'hold' holds no question"):
        select(items[3:], "hold")


def test_splits_are_told_apart_and_all_is_added_only_where_it_differs() -> None:
    mixed = [item("a", split="hold"), item("b", split="tune"), item("c")]
    assert {name: len(found) for name, found in splits(mixed, lambda one: one.split).items()} == {
        "tune": 1,
        "hold": 1,
        "all": 3,
    }
    assert list(splits(mixed[:1], lambda one: one.split)) == ["hold"]
    assert list(splits(mixed[2:], lambda one: one.split)) == ["all"]


def test_the_projects_set_has_the_size_that_its_readme_says(questions: tuple[Item, ...]) -> None:
    readme = (QUESTIONS.parent / "README.md").read_text(encoding="utf-8")
    said = [int(number) for number in re.findall(r"\b\d+\b", readme.split("\n\n")[1])[:5]]
    counts = {wanted: sum(one.expect == wanted for one in questions) for wanted in ("answer", "abstain", "refuse")}
    near = sum(one.kind == "unanswerable_near" for one in questions)
    assert said == [len(questions), counts["answer"], counts["abstain"], near, counts["refuse"]]


def test_tune_and_hold_share_no_question(questions: tuple[Item, ...]) -> None:
    # Follow-ups such as "and its risks?" are the same question only after the same turns.
    said = {
        name: {
            wording(" ".join([*(turn.content for turn in one.history), one.question]))
            for one in questions
            if one.split == name
        }
        for name in ("tune", "hold")
    }
    assert said["tune"] and said["hold"]
    assert not said["tune"] & said["hold"]


def test_every_question_is_in_a_split(questions: tuple[Item, ...]) -> None:
    assert all(one.split for one in questions)


# Only ids are compared, so that a failure shows no text of the hold split.
def test_every_pattern_of_the_projects_set_compiles(questions: tuple[Item, ...]) -> None:
    patterns = [
        pattern
        for one in questions
        for pattern in [*one.mustnot, *(p for nugget in [*one.must, *one.nice] for p in nugget.any)]
    ]
    assert len(patterns) > 1000
    for pattern in patterns:
        re.compile(pattern, re.IGNORECASE)


def test_every_ideal_answer_meets_its_facts_and_nothing_forbidden(questions: tuple[Item, ...]) -> None:
    wanted = [one for one in questions if one.expect == "answer"]
    ideals = {one.id: score(one, Given("answered", one.ideal)) for one in wanted if one.ideal}
    assert set(ideals) == {one.id for one in wanted}
    assert [name for name, found in ideals.items() if not all(found.met)] == []
    assert [name for name, found in ideals.items() if found.forbidden] == []


def test_the_first_three_writers_questions_have_gold_statements_of_the_corpus(questions: tuple[Item, ...]) -> None:
    from assistant.corpus import load
    from assistant.settings import Settings

    known = load(Settings().corpus_dir).by_id
    labelled = [one for one in questions if one.id[0] in "abc"]
    assert [one.id for one in labelled if one.expect == "answer" and not one.gold] == []
    assert [one.id for one in questions for name in one.gold or () if name not in known] == []
