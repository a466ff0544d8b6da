"""Errors put in on purpose: the algorithm's are noticed, the sentences are what they claim, and no figure flatters."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.corpus import load, read_yaml
from assistant.entries import Statement
from assistant.errors import CorpusError
from assistant.evaluation import evaluate_mutation
from assistant.evaluation.command import evaluate
from assistant.evaluation.mutation import cases, invariants
from assistant.evaluation.mutation.algorithm import Mutant, mutants, outcome
from assistant.evaluation.mutation.exceptions import Equivalent, load_exceptions
from assistant.evaluation.mutation.facts import all_variants, judged
from assistant.evaluation.mutation.figures import figures, unwritten
from assistant.evaluation.mutation.number_changes import arm_swaps, number_changes, time_swaps
from assistant.evaluation.mutation.plans import OF_PLANS, broken
from assistant.evaluation.mutation.rules import Given, example, given_examples, unrepaired
from assistant.evaluation.mutation.run import survivors
from assistant.evaluation.mutation.states import states
from assistant.evaluation.mutation.variants import Skipped, Variant
from assistant.evaluation.mutation.wording import negations, order_swaps, site_swaps, turned_round
from assistant.evaluation.sets import SetError
from assistant.guardrail import check
from assistant.guardrail.frames import load_frames
from assistant.guardrail.rules import load_rules
from assistant.pathway import load_algorithm, plan
from assistant.pathway.model import FILE, algorithm_from
from assistant.reading import Lexicon, words

CONTENT = read_yaml(FILE)
ERRORS = list(mutants())
EXCEPTIONS = load_exceptions()
TRIED, SKIPPED = all_variants(load().statements, 0)
GIVEN = list(given_examples())
# A sample of the errors, spread over the file; `evaluate mutation` tries them all.
STRIDE = 11


@dataclass(frozen=True)
class Constant:
    """A guardrail with one verdict for everything, and one rule that finds it."""

    verdict: str
    rule: str = "XXX-1"

    @property
    def severity(self) -> str:
        return self.verdict

    @property
    def findings(self) -> tuple[Constant, ...]:
        return () if self.verdict == "pass" else (self,)

    def __call__(self, text: str, patient: object = None, question: object = None) -> Constant:
        return self


def statement(name: str) -> Statement:
    return load().by_id[name]


def first(name: str) -> Given:
    return next(one for one in GIVEN if one.name == name)


def texts(work: Callable[..., Any], name: str, *more: Any) -> dict[str, str]:
    return {one.what: one.text for one in work(statement(name), *more) if isinstance(one, Variant)}


def changed(edit: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    content = copy.deepcopy(dict(CONTENT))
    edit(content)
    return content


def entry(content: dict[str, Any], part: str, **wanted: Any) -> dict[str, Any]:
    found: dict[str, Any] = next(
        item for item in content[part] if all(item.get(key) == value for key, value in wanted.items())
    )
    return found


# The algorithm.


@pytest.mark.parametrize("mutant", ERRORS[::STRIDE], ids=lambda mutant: f"{mutant.kind}, {mutant.where}")
def test_an_error_in_the_algorithm_is_noticed(mutant: Mutant) -> None:
    is_listed = EXCEPTIONS.why_equivalent(mutant.kind, mutant.where) is not None
    assert (outcome(mutant).killer is None) == is_listed


def test_what_is_listed_as_no_error_is_there_and_is_none() -> None:
    listed = {(one.kind, where) for one in EXCEPTIONS.equivalent for where in one.where}
    found = [mutant for mutant in ERRORS if (mutant.kind, mutant.where) in listed]
    assert {(mutant.kind, mutant.where) for mutant in found} == listed
    assert [outcome(mutant).killer for mutant in found] == [None] * len(found)


def test_the_errors_reach_every_entry_of_the_file() -> None:
    touched = {mutant.path[:2] for mutant in ERRORS}
    assert touched >= {(part, at) for part, entries in CONTENT.items() for at in range(len(entries))}


def test_an_error_changes_the_file_in_one_place_and_leaves_the_file_itself_alone() -> None:
    before = copy.deepcopy(CONTENT)
    assert all(mutant.content != before for mutant in ERRORS[::STRIDE])
    assert before == CONTENT


@pytest.mark.parametrize(
    ("edit", "killer", "fault"),
    [
        (lambda c: entry(c, "interventions", id="scs")["needs"].pop(), "invariant", "scs_comes_last"),
        (
            lambda c: entry(c, "sites", site="upper_limb").update(blocks=["lumbar_block"]),
            "invariant",
            "the_block_is_that_of_the_site",
        ),
        (lambda c: c["interventions"].pop(0), "loader", "unknown step 'pharmacotherapy'"),
        (
            lambda c: entry(c, "standings", intervention="scs", condition="radiculopathy").update(standing="reported"),
            "case",
            "scs, radiculopathy: ('reported', 'none given', 'none given')",
        ),
        (
            lambda c: entry(c, "standings", intervention="ketamine", condition="crps").update(evidence="weak"),
            "invariant",
            "a_grade_of_evidence_is_in_its_sources",
        ),
        (
            lambda c: entry(c, "interventions", id="ketamine").pop("alongside"),
            "case",
            "Ketamine may go alongside the block that is offered. ketamine: need to know",
        ),
        (lambda c: c["silent"].pop(), "case", "silent: not the subjects"),
    ],
    ids=["SCS needs no ketamine", "the arm has the lumbar block", "no drugs", "SCS in radiculopathy only reported",
         "weak evidence for ketamine in CRPS", "ketamine not with a block", "a silence less"],
)  # fmt: skip
def test_a_broken_algorithm_is_noticed_and_named(edit: Callable[[Any], object], killer: str, fault: str) -> None:
    found = outcome(Mutant("broken", changed(edit), ("interventions",), (changed(edit)["interventions"],)))
    assert found.killer == killer
    assert fault in found.fault


def test_an_algorithm_without_an_error_is_not_noticed() -> None:
    same = Mutant("none", CONTENT, ("silent",), (CONTENT["silent"],))
    assert outcome(same).killer is None
    assert list(invariants.faults(load_algorithm())) == list(cases.faults(load_algorithm())) == []


def test_an_error_that_nothing_notices_is_reported_unless_it_is_listed_as_none() -> None:
    unseen = outcome(next(m for m in ERRORS if m.kind == "covers_all: flipped" and m.where == "asides sedation"))
    seen = outcome(next(m for m in ERRORS if m.kind == "needs: dropped"))
    nothing = EXCEPTIONS.model_copy(update={"equivalent": ()})
    assert [one["what"] for one in survivors([unseen, seen], nothing)] == ["not noticed"]
    assert list(survivors([unseen, seen], EXCEPTIONS)) == []
    listed = Equivalent(kind=seen.mutant.kind, where=(seen.mutant.where,), why="-")
    (one,) = survivors([seen], EXCEPTIONS.model_copy(update={"equivalent": (listed,)}))
    assert one["what"].startswith("listed as equivalent, and noticed: ")


# What no error in the file can break, since the engine itself sees to it.
OF_THE_ENGINE = {"nothing_is_offered_again", "an_unknown_history_is_said"}


def test_each_invariant_is_broken_by_some_error_in_the_file() -> None:
    subjects = ("what must have failed before", "site and its block", "steps, their order, what goes alongside")
    left = {rule.__name__ for rule in OF_PLANS}
    for mutant in (mutant for mutant in ERRORS if mutant.subject in subjects):
        try:
            algorithm = algorithm_from(mutant.content)
        except CorpusError:
            continue
        left -= {name for state in states()[::3] for name in broken(state, plan(state.patient, algorithm))}
        if left <= OF_THE_ENGINE:
            break
    assert left <= OF_THE_ENGINE


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"next": ("scs",)}, "scs_comes_last"),
        ({"next": ("stellate_block", "lumbar_block")}, "the_block_is_that_of_the_site"),
        ({"next": ("pharmacotherapy",)}, "nothing_is_offered_again"),
        ({"next": ("stellate_block", "non_drug_care", "ketamine")}, "every_intervention_has_its_place"),
        ({"next": ("ketamine",)}, "what_is_not_known_to_have_failed_offers_nothing"),
        ({"next": ()}, "what_is_due_does_not_wait"),
    ],
)
def test_an_invariant_sees_a_plan_that_breaks_it(change: dict[str, Any], rule: str) -> None:
    state = next(s for s in states() if s.history["pharmacotherapy"] == "failed" and s.blocks == ("stellate_block",))
    right = plan(state.patient)
    assert broken(state, right) == []
    assert rule in broken(state, replace(right, **change))


# The rules.


def test_every_rule_and_frame_of_the_guardrail_is_tried_both_ways() -> None:
    names = {(one.name, one.is_near_miss) for one in GIVEN}
    assert {name for name, _ in names} == {*load_rules(), *(f"FRM-{frame.id}" for frame in load_frames().frames)}
    assert len(names) == 2 * (len(load_rules()) + len(load_frames().frames))


def test_a_guardrail_that_finds_nothing_has_no_rule_that_fires() -> None:
    found = [example(one, Constant("pass")) for one in GIVEN]
    assert {one.is_right for one in found if not one.given.is_near_miss} == {False}
    assert {one.is_right for one in found if one.given.is_near_miss} == {True}


@dataclass(frozen=True)
class Several:
    """A guardrail that has the same findings for everything."""

    findings: tuple[Constant, ...]

    def __call__(self, text: str, patient: object = None, question: object = None) -> Several:
        return self


def test_a_rule_whose_example_another_finds_as_grave_is_covered() -> None:
    several = Several((Constant("block", "ORD-1"), Constant("caution", "ORD-6"), Constant("block", "SIT-9")))
    covered = {name: example(first(name), several).covered_by for name in ("ORD-1", "ORD-6", "ORD-2")}
    assert covered == {"ORD-1": ("SIT-9",), "ORD-6": ("ORD-1", "SIT-9"), "ORD-2": ()}


def test_a_check_that_broke_has_not_found_the_fault() -> None:
    broke = Several((Constant("block", "ORD-1"), Constant("block", "INP-1")))
    found = example(first("ORD-1"), broke)
    assert (found.found, found.is_right, found.covered_by) == (True, False, ())
    assert not judged(next(one for one in TRIED if not one.is_true), Constant("block", "INP-1")).is_right


# The sentences.


def test_every_typed_number_but_one_is_found_in_its_sentence() -> None:
    left = {(s.id, quantity.unit) for s in load().statements for quantity in unwritten(s)}
    assert left == {("ketamine-use-trial-schedules", "trials")}


def test_a_figure_stands_where_its_numeral_is() -> None:
    for one in load().statements:
        for figure in figures(one):
            written = one.text[figure.start : figure.end]
            value = figure.quantity.value
            assert written == f"{value:g}" or not written[0].isdigit(), (one.id, written)
            assert figure.of is None or one.text[slice(*figure.of)] in (f"{figure.quantity.of:g}", "ten")


def test_a_number_is_changed_where_it_stands_and_in_its_own_style() -> None:
    found = texts(number_changes, "scs-benefit-north2005-crossover-result", 0)
    assert "(6 of 24)" in found["5 of 24 -> 6"] and "(14 of 26)" in found["5 of 24 -> 6"]
    assert "(14 of 27)" in found["14 of 26 -> 27 (of)"]
    found = texts(number_changes, "block-benefit-zoster-trial-result", 0)
    assert "eight out of ten" in found["nine out of ten -> 8"]
    assert "an eight-block series" in found["four -> 8"]
    assert "14-20%" in texts(number_changes, "intro-prevalence", 0)["7-10% -> 14 (range)"]
    assert "three times as potent" in texts(number_changes, "nmda-s-ketamine-potency", 0)["twice -> 3"]


def test_a_number_that_names_a_type_is_not_taken_for_a_count() -> None:
    assert not any("CRPS type 4" in text for text in texts(number_changes, "scs-benefit-crps2-gap", 0).values())


def test_a_change_that_makes_no_clear_falsehood_is_left_out_with_its_reason() -> None:
    why = {(one.statement, one.what): one.why for one in SKIPPED}
    # At 12 months complications are reported in the same trial, and up to 2 years holds up to 3.
    assert "another typed number" in why["scs-benefit-kumar-six-months", "6 months -> 12"]
    assert "below a larger one" in why["pns-evidence-deer-safety", "1 year -> 2"]
    assert {one.why for one in EXCEPTIONS.not_false} <= set(why.values())


def test_every_exception_is_of_a_change_that_there_is() -> None:
    for one in EXCEPTIONS.not_false:
        assert [s for s in SKIPPED if (s.statement, s.kind, s.why) == (one.statement, one.kind, one.why)], one


def test_arms_are_swapped_with_their_totals() -> None:
    found = texts(arm_swaps, "scs-benefit-north2005-crossover-result")
    assert "from SCS (14 of 26) than from reoperation (5 of 24)" in found["5 of 24 <-> 14 of 26"]
    assert texts(arm_swaps, "ketamine-use-sigtermans-arms") == {}


def test_times_are_swapped_with_their_units_and_in_the_form_of_their_place() -> None:
    found = texts(time_swaps, "ketamine-use-schwartzman-schedule")
    assert "had a 10-day ketamine infusion on each of 4 hours" in found["4-hour <-> 10 days"]
    assert [one for one in time_swaps(statement("scs-benefit-kumar-crossover")) if isinstance(one, Skipped)]


@pytest.mark.parametrize(
    ("work", "name", "said"),
    [
        (negations, "order-precondition", "interventions for chronic neuropathic pain cannot be considered once"),
        (negations, "scs-benefit-indication-crps", "is not a common indication"),
        (negations, "scs-benefit-kumar-six-months", "did not reach at least 50% relief"),
        (negations, "ketamine-use-sigtermans-design", "did not compare low-dose"),
        (turned_round, "ketamine-use-sigtermans-result", "significantly higher with low-dose ketamine"),
        (turned_round, "order-blocks-before-scs", "Sympathetic blocks reasonably come after SCS"),
        (
            order_swaps,
            "block-benefit-before-scs",
            "SCS is reasonable to consider before more invasive alternatives, symp",
        ),
        (order_swaps, "order-pns-earlier", "Earlier consideration of SCS in the algorithm"),
        (site_swaps, "blocks-upper-limb-stellate", "neuropathic pain of the lower limb"),
        (site_swaps, "stellate-indication-crps", "Lumbar sympathetic block is used mainly"),
        (site_swaps, "blocks-abdomen-celiac", "is the sympathetic block for pelvic pain"),
        (site_swaps, "scs-benefit-north2005-design", "pain in an arm"),
    ],
)
def test_a_sentence_is_made_false_in_words(work: Callable[..., Any], name: str, said: str) -> None:
    assert any(said in text for text in texts(work, name).values())


@pytest.mark.parametrize("name", ["blocks-most-used-limbs", "order-pns-how-early-gap", "lumbar-success-gap"])
def test_what_is_said_of_both_alike_or_denied_already_is_left_alone(name: str) -> None:
    works = (negations, site_swaps, order_swaps) if name != "blocks-most-used-limbs" else (site_swaps,)
    assert not any(texts(work, name) for work in works)


@pytest.mark.parametrize(
    ("work", "name", "is_grave"),
    [
        (order_swaps, "block-benefit-before-scs", True),
        # That PNS comes before SCS is a finding, no danger.
        (order_swaps, "order-pns-earlier", False),
        (site_swaps, "blocks-upper-limb-stellate", True),
        # A wrong anatomical detail is no wrong choice of a block.
        (site_swaps, "lumbar-innervation", False),
        (arm_swaps, "scs-benefit-kumar-six-months", True),
        (arm_swaps, "pns-evidence-deer-arms", False),
        (turned_round, "ketamine-use-sigtermans-result", True),
    ],
)
def test_what_is_to_be_blocked_is_as_the_contract_says(work: Callable[..., Any], name: str, is_grave: bool) -> None:
    assert {one.is_grave for one in work(statement(name))} == {is_grave}


def test_no_changed_sentence_is_the_canonical_one_of_any_statement() -> None:
    own = {one.text for one in load().statements}
    assert [one for one in TRIED if one.text in own] == []


def test_wordings_that_say_the_same_are_of_one_concept() -> None:
    lexicon = Lexicon({concept.id: (concept.label, *concept.terms) for concept in load().concepts.values()})
    for wordings in EXCEPTIONS.same:
        assert len({tuple(mention.id for mention in lexicon.find(words(wording))) for wording in wordings}) == 1, (
            wordings
        )


def test_the_same_seed_gives_the_same_sentences_and_another_gives_others() -> None:
    assert all_variants(load().statements, 0) == (TRIED, SKIPPED)
    assert all_variants(load().statements, 1)[0] != TRIED


def test_every_kind_of_change_is_tried() -> None:
    kinds = Counter(one.kind for one in TRIED)
    assert set(kinds) == {
        "number doubled", "number halved", "number one more", "number one less", "number of another study",
        "total changed", "arms swapped", "times swapped", "negation inserted", "direction turned", "order swapped",
        "site: other limb", "site: other block", "site: other region", "synonym", "format",
    }  # fmt: skip


# The report.


def test_the_guardrail_without_repair_finds_what_the_guardrail_finds() -> None:
    for one in TRIED[::40]:
        whole, bare = check(one.text), unrepaired(one.text)
        assert (bare.verdict, bare.findings, bare.repaired) == (whole.verdict, whole.findings, one.text)


@pytest.mark.parametrize(("verdict", "found", "alarms"), [("pass", 0, 0), ("caution", 1, 1), ("block", 1, 1)])
def test_a_guardrail_with_one_verdict_is_seen(verdict: str, found: float, alarms: float) -> None:
    report = evaluate_mutation(Constant(verdict), limit=1)
    overall = report["results"]["sentences"]["overall"]
    assert overall["false sentences found"]["value"] == found
    assert overall["true sentences found (false alarms)"]["value"] == alarms
    assert overall["of those to be blocked, blocked"]["value"] == float(verdict == "block")
    listed = [one for one in report["failures"] if one["part"] == "sentences"]
    assert {one["what"] for one in listed} == {
        "pass": {"false, passed"}, "caution": {"false, not blocked", "true, found"}, "block": {"true, found"},
    }[verdict]  # fmt: skip


def test_the_progress_ends_at_its_total() -> None:
    seen: list[tuple[int, int]] = []
    evaluate_mutation(Constant("pass"), limit=1, progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert seen[-1][0] == seen[-1][1]


def test_a_limit_of_nothing_is_refused() -> None:
    with pytest.raises(SetError, match="limit: got 0; allowed: 1 or more"):
        evaluate_mutation(Constant("pass"), limit=0)


def test_the_command_writes_its_report(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    result = CliRunner().invoke(evaluate, ["mutation", "--limit", "1", "--seed", "7", "--json", str(out)])
    assert result.exit_code == 0, result.output
    report = read_yaml(out)
    assert (report["what"], report["about"]["seed"], report["about"]["limit"]) == ("mutation", 7, 1)
    assert report["about"]["data"]["name"] == "pathway_cases.yaml"
    assert set(report["results"]) == {"algorithm", "rules", "sentences"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("equivalent: []\nnot_false: []\n", "same: Field required"),
        ("equivalent: [{kind: x, where: [], why: y}]\nnot_false: []\nsame: []\n", "equivalent.0.where: "),
        ("equivalent: [\n", "not valid YAML"),
    ],
)
def test_a_malformed_list_of_exceptions_is_refused_with_words_that_help(text: str, fault: str, tmp_path: Path) -> None:
    file = tmp_path / "mutation.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SetError, match=fault):
        load_exceptions(file)
