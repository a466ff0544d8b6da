"""The decisions of the pathway as cases that the evaluation ships: each plan is as its case says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.mutation.cases import CASES, Case, Graded, grade_faults, load_cases, plan_faults
from assistant.evaluation.sets import SetError
from assistant.pathway import Plan, load_algorithm, plan

BAD = Path(__file__).parents[1] / "bad_pathway_cases"
KNOWN = load_cases()


def placed(condition: str = "CRPS", site: str | None = "hand", **given: Any) -> Plan:
    return plan({"condition": condition, "site": site, **given})


def status(found: Plan, name: str) -> str:
    return found.step(name).status


@pytest.mark.parametrize("case", KNOWN.cases, ids=lambda case: case.because)
def test_a_plan_is_as_its_case_says(case: Case) -> None:
    for who in case.people:
        assert list(plan_faults(case, plan(who))) == [], who


@pytest.mark.parametrize("graded", KNOWN.grades, ids=lambda graded: f"{graded.intervention} {graded.condition}")
def test_a_grade_is_as_the_review_gives_it(graded: Graded) -> None:
    assert list(grade_faults(graded, load_algorithm())) == []


def test_stages_and_silences_are_those_of_the_review() -> None:
    algorithm = load_algorithm()
    assert {entry.intervention: entry.stages for entry in algorithm.stages} == KNOWN.stages
    assert {entry.about: entry.statements for entry in algorithm.silent} == KNOWN.silent


def test_what_relief_means_is_said_as_the_review_says_it() -> None:
    (mark,) = load_algorithm().thresholds
    assert {name: getattr(mark, name).says for name in KNOWN.relief} == KNOWN.relief


def test_a_case_asks_for_something() -> None:
    assert [case.because for case in KNOWN.cases if case.model_fields_set <= {"because", "patients"}] == []


def test_each_field_of_a_case_can_fail() -> None:
    wanted: dict[str, Any] = {
        "condition": "phn", "site": "face", "next": ["scs"], "offers": ["scs"], "withholds": ["stellate_block"],
        "status": {"scs": "consider"}, "reason": {"scs": ["first"]}, "silent_on": {"stellate_block": ["not yet tried"]},
        "cites": {"scs": ["scs-complications-list"]}, "asks": ["a dose"], "asks_not": ["non-drug"], "caveats": [],
        "remarks": ["smp-threshold-both"], "aside": {"placebo": ["failed"]}, "unrecognised": ["hand"],
    }  # fmt: skip
    assert set(wanted) == set(Case.model_fields) - {"because", "patients"}
    for name, value in wanted.items():
        case = Case.model_validate({"because": "-", "patients": [{"condition": "CRPS"}], name: value})
        assert len(list(plan_faults(case, placed(failed=["drugs"])))) == 1, name


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_malformed_file_of_cases_is_refused_with_words_that_help(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expect: ")
    with pytest.raises(SetError) as caught:
        load_cases(path)
    assert expected in str(caught.value)
    assert path.name in str(caught.value)


def test_the_cases_are_shipped_with_the_evaluation() -> None:
    assert CASES.parent.parent.name == "evaluation"


# What no single case says.


def test_the_stellate_block_for_the_face_is_said_to_be_reported_once() -> None:
    assert placed("facial pain", None, failed=["drugs"]).step("stellate_block").reason.count("reported") == 1


PELVIS = {"failed": "failed", "brief": "done", "tried": "need to know", "contraindicated": "unavailable"}


@pytest.mark.parametrize("one", [*PELVIS, "not_tried", "unknown"])
@pytest.mark.parametrize("other", [*PELVIS, "not_tried", "unknown"])
def test_of_two_blocks_for_the_pelvis_the_one_that_is_left_is_offered_before_scs(one: str, other: str) -> None:
    given: Any = {"failed": ["drugs", "ketamine"]}
    for name, history in (("hypogastric block", one), ("impar block", other)):
        if history != "unknown":
            given.setdefault(history, []).append(name)
    found = placed("pelvic pain", None, **given)
    is_open = "tried" not in (one, other)
    for name, history in (("hypogastric_block", one), ("impar_block", other)):
        assert status(found, name) == PELVIS.get(history, "consider" if is_open else "need to know")
    both = {one, other}
    assert ("scs" in found.next) == (both <= {"failed", "brief", "contraindicated"} and both != {"contraindicated"})
