from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from assistant.evaluation.baseline import regressions, write
from assistant.evaluation.command import evaluate
from assistant.evaluation.compare import comparison, differences
from assistant.evaluation.guardrail import evaluate_guardrail
from assistant.evaluation.intervals import Estimate
from assistant.evaluation.report import Report
from assistant.evaluation.sets import SetError


def report(values: dict[str, float], metric: str = "facts") -> Report:
    return Report("answers", {"all": {}}, by_item={name: {metric: (value, 1.0)} for name, value in values.items()})


def test_a_difference_is_paired_by_item_and_names_what_changed() -> None:
    before = {str(n): float(n % 2) for n in range(100)}
    after = before | {"0": 1.0, "2": 1.0, "4": 1.0}
    found = differences(report(before).to_dict(), report(after).to_dict())[0]
    assert (found.a, found.b, found.value, found.changed) == (0.5, 0.53, 0.03, ("0", "2", "4"))
    # Unpaired, three more in a hundred would be lost in the noise of the hundred.
    assert found.interval is not None and found.interval[1] - found.interval[0] < 0.08


def test_the_same_twice_has_no_difference() -> None:
    one = report({"a": 1.0, "b": 0.0}).to_dict()
    assert [(d.value, d.interval, d.changed) for d in differences(one, one)] == [(0.0, None, ())]


def test_reports_of_two_verbs_or_sets_are_refused() -> None:
    with pytest.raises(SetError, match="share no item"):
        differences(report({"a": 1.0}).to_dict(), report({"b": 1.0}).to_dict())
    with pytest.raises(SetError, match="of one verb"):
        differences(report({"a": 1.0}).to_dict(), Report("speed", {}).to_dict())


@pytest.mark.parametrize(("metric", "is_worse"), [("facts", True), ("forbidden", False)])
def test_the_gate_knows_which_way_is_worse(metric: str, is_worse: bool, tmp_path: Path) -> None:
    path = write(report({str(n): 1.0 for n in range(20)}, metric), tmp_path / "kept.json")
    fallen = report({str(n): float(n > 3) for n in range(20)}, metric)
    assert bool(regressions(fallen, path)) is is_worse


def test_an_emptied_guardrail_fails_the_gate(tmp_path: Path) -> None:
    class Passing:
        verdict = "pass"

    answers = [
        {"id": str(n), "text": "SCS comes first, before drugs and blocks.", "label": "violation", "category": "order",
         "severity": "block", "split": "tune"} for n in range(3)
    ]  # fmt: skip
    path = write(evaluate_guardrail(answers, pairs=[]), tmp_path / "kept.json")
    assert regressions(evaluate_guardrail(answers, pairs=[]), path) == []
    broken = regressions(evaluate_guardrail(answers, lambda *_: Passing, pairs=[]), path)
    assert any("violations not passed fell from 1.000 to 0.000" in line for line in broken)


def test_compare_on_the_command_line_measures_nothing(tmp_path: Path) -> None:
    paths = [tmp_path / "a.json", tmp_path / "b.json"]
    for path, value in zip(paths, (1.0, 0.0), strict=True):
        path.write_text(json.dumps(report({"q1": value}).to_dict()), encoding="utf-8")
    result = CliRunner().invoke(evaluate, ["answers", "--compare", *map(str, paths)])
    assert result.exit_code == 0, result.output
    assert "facts: q1" in result.output
    result = CliRunner().invoke(evaluate, ["answers", "--compare", str(paths[0]), str(tmp_path / "none.json")])
    assert (result.exit_code, "can't be read as a report" in result.output) == (2, True)


def test_a_comparison_says_in_what_the_runs_differ() -> None:
    one, other = report({"a": 1.0}).to_dict(), report({"a": 0.0}).to_dict()
    one["about"], other["about"] = {"commit": "x", "seed": 0}, {"commit": "y", "seed": 0}
    console = Console(record=True, width=120)
    console.print(comparison(one, other))
    assert "The runs differ in: commit." in console.export_text()


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_chart_is_the_same_bytes_twice(kind: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="charts need the extra 'evaluation'")
    from assistant.evaluation.chart import draw

    drawn = Report("x", {"all": {"overall": {"facts": Estimate(0.5, 4, (0.3, 0.7)), "words": Estimate(80.0, 4)}}})
    paths = [tmp_path / f"{name}.{kind}" for name in "ab"]
    for path in paths:
        draw(drawn, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert paths[0].stat().st_size > 2000


def test_a_chart_of_times_shows_multiples_above_one(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="charts need the extra 'evaluation'")
    from assistant.evaluation.chart import draw

    calls = {f"call: {name}": {"to recipe": Estimate(value, 3, (value / 2, value * 2))}
             for name, value in (("search", 0.4), ("answer", 12.0))}  # fmt: skip
    draw(Report("speed", {"times": calls, "guardrail": {"overall": {"import_ms": Estimate(9.0)}}}), tmp_path / "a.svg")
    drawn = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "call: answer" in drawn and "call: search" in drawn


def test_a_ratio_of_times_fails_the_gate_only_when_it_has_grown_by_half(tmp_path: Path) -> None:
    def timed(milliseconds: float) -> Report:
        return Report("speed", {}, by_item={"q1": {"search to recipe": (milliseconds, 10.0)}})

    path = write(timed(10.0), tmp_path / "kept.json")
    assert regressions(timed(14.0), path) == []
    assert regressions(timed(16.0), path) == ["gate: search to recipe has grown from 1.00 to 1.60"]
