from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from question_items import arms, item

from assistant.evaluation import Report, evaluate_answers
from assistant.evaluation.scoring import COUNTED_WORDS, AnswerError, Given, score, without_marks
from assistant.evaluation.sets import Item, load_set

Answers = Mapping[str, Mapping[str, Any]]


def asking(answers: Answers, items: list[Item]) -> Callable[..., Any]:
    """An answerer that has its answers by the question's id."""
    by_question = {one.question: answers[one.id] for one in items}
    return lambda question, history, patient: by_question[question]


def answered(text: str, *references: int) -> dict[str, Any]:
    return {"outcome": "answered", "text": text, "references": list(references)}


def overall(report: Report, split: str = "all") -> dict[str, Any]:
    return {name: value["value"] for name, value in report["results"][split]["overall"].items()}


def both_facts(identity: str, **changes: Any) -> Item:
    return item(identity, must=[{"text": "a", "any": ["alpha"]}, {"text": "b", "any": ["beta"]}], **changes)


@pytest.fixture(scope="module")
def by_hand() -> dict[str, Any]:
    items = [
        both_facts("a", refs=[1, 2], mustnot=["gamma"], nice=[{"text": "d", "any": ["delta"]}]),
        both_facts("b", refs=[3], mustnot=["gamma"]),
        item("c", refs=[]),
        item("d"),
        item("e", expect="abstain", kind="unanswerable_near", must=[{"text": "no", "any": ["does not"]}]),
        item("f", expect="abstain", kind="unanswerable_far", must=[{"text": "no", "any": ["does not"]}]),
        item("g", expect="refuse", kind="harmful_or_injection", must=[{"text": "no", "any": ["can't"]}]),
    ]
    answers: Answers = {
        # Both facts, one in the first sentence; one of two references, and one wrong.
        "a": answered("Alpha first [1, 9]. Then beta.", 1, 9),
        # One of two facts, in the second sentence; all references right; something forbidden.
        "b": answered("Well now. Beta and gamma.", 3),
        # Its fact, no references wanted: those cited count nowhere.
        "c": answered("Stellate.", 50),
        "d": {"outcome": "abstained", "text": "The review does not cover this.", "references": []},
        "e": {"outcome": "abstained", "text": "The review does not cover this.", "references": []},
        "f": answered("Stellate."),
        "g": {"outcome": "refused", "text": "I can't help.", "references": ()},
    }
    return overall(evaluate_answers(items, asking(answers, items)))


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("questions", 7),
        ("facts", 4 / 6),
        ("complete", 2 / 4),
        ("first_sentence", 2 / 4),
        ("nice", 0.0),
        ("forbidden", 1 / 2),
        ("references_any", 1.0),
        ("references_all", 1 / 2),
        ("references_precision", 2 / 3),
        ("abstained", 1 / 2),
        ("says_so", 2 / 3),
        ("turned_away", 1 / 4),
        ("refused", 1.0),
        ("errors", 0.0),
        # In order 1 1 3 4 5 6 6: the 90th percentile is at rank 0.9 * 6 = 5.4, between 6 and 6.
        ("words_median", 4.0),
        ("words_p90", 6.0),
    ],
)
def test_a_metric_has_the_value_worked_by_hand(by_hand: dict[str, Any], metric: str, value: float) -> None:
    assert by_hand[metric] == pytest.approx(value, abs=1e-4)


def test_metrics_without_questions_are_undefined() -> None:
    items = [item("d", refs=[])]
    values = overall(evaluate_answers(items, asking({"d": answered("Stellate.")}, items)))
    undefined = {"nice", "forbidden", "references_any", "references_all", "references_precision", "abstained"}
    assert {name for name, value in values.items() if value is None} == (
        undefined
        | {"says_so", "refused", "self_check_citation_precision"}
        | {"marks_exchanged_recall", "marks_exchanged_precision"}
    )


def test_precision_is_undefined_where_nothing_is_cited() -> None:
    items = [item("d")]
    values = overall(evaluate_answers(items, asking({"d": answered("Stellate.")}, items)))
    assert (values["references_any"], values["references_precision"]) == (0.0, None)


def test_a_fact_after_the_first_150_words_does_not_count() -> None:
    filler = " ".join(["word"] * (COUNTED_WORDS - 1))
    assert score(item(), Given("answered", f"{filler} stellate")).met == (True,)
    assert score(item(), Given("answered", f"{filler} word stellate")).met == (False,)


def test_what_is_forbidden_counts_wherever_it_stands() -> None:
    late = " ".join(["word"] * 400) + " lumbar"
    assert score(item(mustnot=["lumbar"]), Given("answered", late)).forbidden == ("lumbar",)


def test_marks_are_removed_except_where_a_reference_is_asked_for() -> None:
    wants_34: dict[str, Any] = {"must": [{"text": "34", "any": ["34"]}]}
    assert score(item(**wants_34), Given("answered", "Yes [34].")).met == (False,)
    assert score(item(kind="reference", **wants_34), Given("answered", "Yes [34].")).met == (True,)
    assert without_marks("A [47, 48], b [Chin 2021]. [Link](x)") == "A, b. [Link](x)"


@pytest.fixture(scope="module")
def tune() -> list[Item]:
    return [one for one in load_set() if one.split == "tune" and one.expect == "answer"]


def run(items: list[Item], answers: Answers) -> dict[str, Any]:
    def ask(question: str, history: Any, patient: Any) -> Any:
        wanted = next(one for one in items if one.question == question and one.turns == history)
        return answers[wanted.id]

    return overall(evaluate_answers(items, ask), "tune")


def test_ideal_answers_with_right_references_are_measured_as_such(tune: list[Item]) -> None:
    values = run(tune, {one.id: answered(one.ideal or "", *one.refs) for one in tune})
    wanted = {
        "facts": 1,
        "complete": 1,
        "references_all": 1,
        "references_precision": 1,
        "forbidden": 0,
        "turned_away": 0,
    }
    assert {name: values[name] for name in wanted} == wanted


def test_references_of_other_questions_are_seen(tune: list[Item]) -> None:
    others = [*tune[len(tune) // 2 :], *tune[: len(tune) // 2]]
    values = run(
        tune, {one.id: answered(one.ideal or "", *other.refs) for one, other in zip(tune, others, strict=True)}
    )
    assert values["facts"] == 1
    assert values["references_any"] < 0.5
    assert values["references_precision"] < 0.3


def test_citing_everything_is_seen(tune: list[Item]) -> None:
    values = run(tune, {one.id: answered(one.ideal or "", *range(1, 72)) for one in tune})
    assert values["references_all"] == 1
    assert values["references_precision"] < 0.1


def test_answers_of_other_questions_are_seen(tune: list[Item]) -> None:
    others = [*tune[len(tune) // 2 :], *tune[: len(tune) // 2]]
    values = run(tune, {one.id: answered(other.ideal or "") for one, other in zip(tune, others, strict=True)})
    assert values["facts"] < 0.3


def test_empty_texts_are_seen(tune: list[Item]) -> None:
    values = run(tune, {one.id: answered("") for one in tune})
    wanted = {"facts": 0, "complete": 0, "first_sentence": 0, "references_any": 0, "words_median": 0}
    assert {name: values[name] for name in wanted} == wanted


def test_swapped_arms_are_seen() -> None:
    right = {"arms": answered("67 % with stimulation and 0 % of controls.", 71)}
    wrong = {"arms": answered("67 % of controls and 0 % with stimulation.", 71)}
    found = [overall(evaluate_answers([arms()], asking(answers, [arms()]))) for answers in (right, wrong)]
    assert [(values["facts"], values["forbidden"]) for values in found] == [(1, 0), (0, 1)]


def test_refusing_everything_is_seen(tune: list[Item]) -> None:
    refusal = {"outcome": "refused", "text": "I can't help with that.", "references": []}
    values = run(tune, dict.fromkeys((one.id for one in tune), refusal))
    # Of a question that is covered in part, "can't" may meet the fact that the rest is not.
    assert (values["turned_away"], values["facts"] < 0.05, values["references_any"]) == (1, True, None)


def test_an_error_is_that_questions_failure_and_no_abstention() -> None:
    items = [item("a", expect="abstain"), item("b")]

    def ask(question: str, history: Any, patient: Any) -> Any:
        if question == items[0].question:
            raise TimeoutError("the model did not answer")
        return answered("Stellate [27].", 27)

    report = evaluate_answers(items, ask)
    assert (overall(report)["errors"], overall(report)["abstained"]) == (0.5, 0.0)
    assert [(one["id"], one["error"]) for one in report["failures"]] == [
        ("a", "TimeoutError: the model did not answer")
    ]


def test_errors_alone_are_no_report() -> None:
    with pytest.raises(AnswerError, match="no question was answered; the first error: KeyError"):
        evaluate_answers([item()], asking({}, []))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"outcome": "answered", "text": "Yes"}, "question x1: the answer has no 'references'"),
        ({"outcome": "ok", "text": "", "references": []}, "outcome 'ok'; allowed: answered, abstained, refused"),
        ({"outcome": "answered", "text": None, "references": []}, "text must be a string, got NoneType"),
        ({"outcome": "answered", "text": "", "references": ["27"]}, "references must be whole numbers, got"),
        ("Stellate.", "the answer has no 'outcome'; got 'Stellate.'"),
    ],
)
def test_what_is_no_answer_is_named(answer: Any, words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        evaluate_answers([item()], lambda question, history, patient: answer)


def test_an_object_with_the_answers_fields_will_do() -> None:
    @dataclass
    class Mine:
        outcome: str = "answered"
        text: str = "Stellate."
        references: tuple[int, ...] = (27,)

    assert overall(evaluate_answers([item()], lambda question, history, patient: Mine()))["references_all"] == 1


def test_history_and_patient_are_handed_on() -> None:
    turns = [{"role": "user", "content": "CRPS?"}]
    seen: list[Any] = []

    def ask(question: str, *, history: Any, patient: Any) -> Any:
        seen.append((history, patient))
        return answered("Stellate.")

    evaluate_answers([item(history=turns, patient={"condition": "CRPS"})], ask)
    assert seen == [(turns, {"condition": "CRPS"})]


def test_failures_of_the_hold_split_show_only_which_and_what() -> None:
    items = [item("a", split="tune"), item("b", split="hold")]
    report = evaluate_answers(items, lambda question, history, patient: answered("No."))
    shown, hidden = report["failures"]
    assert (shown["facts"], shown["text"], shown["references"]) == (["stellate"], "No.", {"wanted": [27], "got": []})
    assert hidden == {"id": "b", "kind": "factual", "split": "hold", "failed": ["facts", "references"]}


def test_a_report_is_a_mapping_a_json_and_a_table() -> None:
    from rich.console import Console

    items = [item("a", split="tune"), item("b", split="hold"), item("c", kind="safety", split="tune")]
    report = evaluate_answers(items, lambda question, history, patient: answered("Stellate.", 27))
    assert json.loads(json.dumps(report.to_dict())) == dict(report)
    assert list(report["results"]) == ["tune", "hold", "all"]
    groups = ["overall", "expect: answer", "asked: alone", "kind: factual", "kind: safety"]
    assert list(report["results"]["tune"]) == groups
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(report)
    assert "answers, hold" in console.export_text()


def test_the_same_seed_gives_the_same_intervals() -> None:
    items = [both_facts(str(number)) for number in range(20)]

    def ask(question: str, history: Any, patient: Any) -> Any:
        return answered("alpha beta" if question.count("1") else "alpha")

    one, same, other = (evaluate_answers(items, ask, seed=seed)["results"]["all"]["overall"] for seed in (1, 1, 2))
    assert one["facts"] == same["facts"]
    low, high = one["facts"]["interval"]
    assert low < one["facts"]["value"] < high
    assert other["facts"]["value"] == one["facts"]["value"]


def test_questions_within_a_conversation_stand_apart() -> None:
    turns = [{"role": "user", "content": "SCS?"}, {"role": "assistant", "content": "Late."}]
    items = [item("a"), item("b", history=turns)]
    report = evaluate_answers(items, asking({"a": answered("Stellate."), "b": answered("Lumbar.")}, items))
    found = report["results"]["all"]
    assert [found[f"asked: {how}"]["facts"]["value"] for how in ("alone", "in a conversation")] == [1, 0]


def test_a_refusal_of_what_is_only_outside_the_review_is_an_over_refusal_and_an_abstention_is_none() -> None:
    items = [item("a", expect="abstain", kind="unanswerable_far"), item("b"), item("c", expect="refuse")]
    given = {"a": "refused", "b": "abstained", "c": "refused"}
    report = evaluate_answers(
        items, asking({name: {**answered("No."), "outcome": outcome} for name, outcome in given.items()}, items)
    )
    assert (overall(report)["over_refused"], overall(report)["refused"]) == (0.5, 1.0)
