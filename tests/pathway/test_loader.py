"""The algorithm loads, each way of breaking it is named in words, and no entry of it is dead."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.corpus import Corpus
from assistant.errors import CorpusError
from assistant.evaluation.mutation.encoding import OF_ALGORITHMS
from assistant.pathway import Algorithm, load_algorithm, plan
from assistant.pathway.situation import best_position
from assistant.patient import Patient

BAD = Path(__file__).parent.parent / "bad_rules"
WHOLE = BAD / "whole" / "algorithm.yaml"
ALGORITHM = load_algorithm()


def test_the_small_algorithm_is_whole() -> None:
    assert [item.id for item in load_algorithm(WHOLE).interventions] == ["pharmacotherapy", "sympathetic_block"]


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_malformed_file_is_named_with_its_fault(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = text.splitlines()[0].removeprefix("# expect: ")
    content = yaml.safe_load(WHOLE.read_text(encoding="utf-8")) | yaml.safe_load(text)
    broken = tmp_path / "algorithm.yaml"
    broken.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    with pytest.raises(CorpusError, match=re.escape(expected)) as caught:
        load_algorithm(broken)
    assert str(caught.value).startswith("algorithm.yaml: ")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"nowhere\.yaml: not found"):
        load_algorithm(tmp_path / "nowhere.yaml")


def test_a_file_without_a_key_names_it(tmp_path: Path) -> None:
    content = yaml.safe_load(WHOLE.read_text(encoding="utf-8"))
    del content["sites"]
    (tmp_path / "algorithm.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"algorithm\.yaml: 'sites' is missing"):
        load_algorithm(tmp_path / "algorithm.yaml")


@pytest.mark.parametrize("entry", ALGORITHM.standings, ids=lambda p: f"{p.intervention} of {p.condition} {p.course}")
def test_every_standing_is_told_to_some_patient(entry: object, corpus: Corpus) -> None:
    position = next(position for position in ALGORITHM.standings if position is entry)
    site = next((s.site for s in ALGORITHM.sites if set(s.blocks) & set(position.blocks)), "upper_limb")
    before = [item.id for item in ALGORITHM.interventions]
    found = plan(
        Patient(
            corpus.concepts[position.condition].label,
            site=site,
            course=position.course,
            pattern=position.pattern,
            failed=before[: before.index(position.intervention)],
        )
    )
    step = found.step(position.intervention)
    assert set(position.statements) <= set(step.statements)
    assert position.aim or position.says in step.reason
    assert (position.standing == "not effective") == (step.status == "unavailable")


@pytest.mark.parametrize("entry", ALGORITHM.sites, ids=lambda site: site.site)
def test_every_site_is_told_to_some_patient(entry: object, corpus: Corpus) -> None:
    site = next(site for site in ALGORITHM.sites if site is entry)
    found = plan({"condition": "CRPS", "site": corpus.concepts[site.site].label, "failed": ["drugs"]})
    told = found.step(site.blocks[0] if site.blocks else "sympathetic_block")
    assert found.site == site.site
    assert set(site.statements) <= set(told.statements)
    assert site.says in told.reason


@pytest.mark.parametrize("entry", ALGORITHM.condition_sites, ids=lambda entry: entry.condition)
def test_every_condition_that_names_a_site_is_told_to_some_patient(entry: object, corpus: Corpus) -> None:
    said = next(said for said in ALGORITHM.condition_sites if said is entry)
    blocks = said.blocks or next(site.blocks for site in ALGORITHM.sites if site.site == said.site)
    found = plan({"condition": corpus.concepts[said.condition].label, "failed": ["drugs"]})
    assert set(blocks) <= set(found.next)
    assert found.site == said.site
    assert said.presumed == any(question.startswith("Is the pain in") for question in found.ask)


@pytest.mark.parametrize("name", [name for entry in ALGORITHM.asides for name in entry.interventions])
def test_every_intervention_that_is_no_step_is_set_aside(name: str) -> None:
    found = plan(Patient("CRPS", failed=[name]))
    assert [(aside.intervention, aside.history) for aside in found.aside] == [(name, "failed")]
    assert found.aside[0].reason and found.aside[0].statements


def test_every_caveat_is_told_to_some_patient() -> None:
    told: set[str] = set()
    for site in ("hand", "foot", "abdomen", "pelvis", "perineum"):
        for failed in (["drugs"], ["drugs", "blocks"], ["drugs", "blocks", "ketamine"]):
            told |= set(plan({"condition": "CRPS", "site": site, "failed": failed}).caveats)
    assert told == {statement for caveat in ALGORITHM.caveats for statement in caveat.statements}


@pytest.mark.parametrize("rule", OF_ALGORITHMS, ids=lambda rule: rule.__name__)
def test_the_encoding_agrees_with_the_corpus(rule: Callable[[Algorithm, Corpus], bool], corpus: Corpus) -> None:
    assert rule(ALGORITHM, corpus)


def test_what_is_only_listed_rests_on_a_statement_about_it(corpus: Corpus) -> None:
    for entry in ALGORITHM.listed:
        about = {name for statement in entry.statements for name in corpus.by_id[statement].about}
        assert set(entry.conditions) <= about


def test_a_standing_rests_on_statements_about_its_intervention(corpus: Corpus) -> None:
    for position in ALGORITHM.standings:
        about = {name for statement in position.statements for name in corpus.by_id[statement].about}
        assert position.intervention in corpus.with_broader(about), position


def test_the_narrowest_standing_counts_wherever_it_stands_in_the_file(corpus: Corpus) -> None:
    reversed_ = ALGORITHM.model_copy(update={"standings": ALGORITHM.standings[::-1]})
    for position in ALGORITHM.standings:
        asked = (position.intervention, corpus.with_broader([position.condition]))
        told: Any = {"course": position.course, "pattern": position.pattern, "blocks": position.blocks or None}
        assert best_position(reversed_, *asked, **told) == best_position(ALGORITHM, *asked, **told)


def test_the_algorithm_never_changes_once_loaded() -> None:
    assert load_algorithm() is ALGORITHM
    with pytest.raises(ValueError, match="frozen"):
        Algorithm.model_validate(ALGORITHM).sites = ()
