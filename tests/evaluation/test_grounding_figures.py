from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.evaluation.command import evaluate
from assistant.evaluation.grounding import best_threshold, evaluate_grounding, figures, load_responses
from assistant.evaluation.grounding_fit import examples, fit
from assistant.evaluation.sets import SetError
from assistant.evaluation.twins import twins
from assistant.grounding import Grounding, SentenceScore, support

CONTEXT = "The trial lasted 12 weeks. Drug A reduced pain more than placebo. It was not given to children."
CARRIED = "Drug A reduced pain more than placebo."
INVENTED = "Patients also reported better sleep and fewer hospital admissions after 40 days."


def record(number: int, response: str, spans: list[list[int]]) -> dict[str, Any]:
    return {"id": str(number), "context": CONTEXT, "response": response, "spans": spans}


def small_set() -> list[Mapping[str, Any]]:
    good = [record(n, CARRIED, []) for n in range(6)]
    bad = [record(10 + n, f"{CARRIED} {INVENTED}", [[len(CARRIED) + 1, len(CARRIED) + 20]]) for n in range(6)]
    return [*good, *bad]


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (INVENTED, CARRIED),
        ("The trial lasted 26 weeks.", "The trial lasted 12 weeks."),
        ("It was given to children.", "It was not given to children."),
        ("Drug A reduced pain less than placebo.", CARRIED),
    ],
)
def test_a_false_sentence_scores_above_its_true_twin(worse: str, better: str) -> None:
    assert support(worse, CONTEXT).score > support(better, CONTEXT).score


def test_spans_index_the_response_and_the_same_text_gives_the_same_scores() -> None:
    response = f"{CARRIED}\n\n- {INVENTED}"
    found = support(response, CONTEXT)
    assert [response[one.start : one.end] for one in found.sentences] == [CARRIED, f"- {INVENTED}"]
    assert found == support(response, CONTEXT)


@pytest.mark.parametrize(("response", "context"), [("", CONTEXT), ("...", ""), (CARRIED, ""), ("\u200b", "\x00")])
def test_any_texts_are_scored(response: str, context: str) -> None:
    assert 0 <= support(response, context).score <= 1


def test_figures_have_the_values_worked_by_hand() -> None:
    found = figures([0.9, 0.4, 0.8, 0.1, 0.2], [True, True, False, False, False], threshold=0.5)
    assert found["auroc"].value == pytest.approx(5 / 6, abs=1e-4)
    # One of three supported ones may not be passed at 20 %: only what lies above 0.8 counts.
    assert found["recall at 20% false alarms"].value == 0.5
    assert found["f1"].value == 0.5
    assert best_threshold([0.9, 0.4, 0.8, 0.1], [True, True, False, False]) == 0.4


def test_shuffled_scores_are_seen() -> None:
    good = evaluate_grounding(small_set())["results"]["responses"]["support"]["auroc"]["value"]
    picks = random.Random(1)

    def shuffled(response: str, context: str) -> Grounding:
        return Grounding(picks.random(), (SentenceScore(0, len(response), picks.random()),))

    broken = evaluate_grounding(small_set(), shuffled)["results"]["responses"]["support"]["auroc"]["value"]
    assert good == 1.0 > broken


def test_what_is_fitted_tells_marked_sentences_apart() -> None:
    model = fit(examples(load_responses(small_set())))
    assert support(INVENTED, CONTEXT, model).score > 0.5 > support(CARRIED, CONTEXT, model).score


def test_twins_differ_from_their_sentence_by_one_word() -> None:
    assert twins("Pain was higher at 12 weeks.") == (
        "Pain was not higher at 12 weeks.", "Pain was lower at 12 weeks.", "Pain was higher at 19 weeks.",
    )  # fmt: skip
    assert twins("Sleep well.") == ()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"id": "1", "context": "a"}', "line 1: 'response' must be text"),
        ('{"id": "1", "context": "a", "response": "b", "spans": [[0, 9]]}', "line 1: spans: got"),
        ('{"id": "1", "context": "a", "response": "b", "hallucinated": 1}', "must be true or false"),
        ("[1]", "expected an object, got list"),
        ("", "holds no response"),
    ],
)
def test_a_bad_line_is_told_with_its_number(line: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(SetError, match=fault):
        load_responses(path)


def test_the_command_scores_what_is_not_labelled(tmp_path: Path) -> None:
    data, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    data.write_text(json.dumps({"id": "x", "context": CONTEXT, "response": CARRIED}) + "\n", encoding="utf-8")
    result = CliRunner().invoke(evaluate, ["grounding", "--data", str(data), "--out", str(out)])
    assert result.exit_code == 0, result.output
    line = json.loads(out.read_text(encoding="utf-8"))
    assert (line["id"], line["score"]) == ("x", support(CARRIED, CONTEXT).score)
    assert [set(one) for one in line["sentences"]] == [{"start", "end", "score"}]
