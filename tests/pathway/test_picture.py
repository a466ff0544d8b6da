"""The picture of the pathway says in words what it shows, and comes from the algorithm alone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from assistant.corpus import Corpus
from assistant.pathway import load_algorithm, plan
from assistant.pathway.picture import STATUS_WORDS, to_dot, to_json

FAILED_DRUGS = {"condition": "CRPS", "site": "hand", "failed": ["drugs"], "contraindicated": ["ketamine"]}
NODE = re.compile(r'^  "(\w+)" \[label="((?:[^"\\]|\\.)*)"', re.MULTILINE)
EDGE = re.compile(r'^  "(\w+)" -> "(\w+)" \[(.*)\];$', re.MULTILINE)


def nodes(dot: str) -> dict[str, str]:
    """What is written in each node, its lines joined."""
    return {name: label.replace("\\n", " ") for name, label in NODE.findall(dot)}


def test_every_step_and_block_of_the_algorithm_is_a_node_with_its_label(corpus: Corpus) -> None:
    drawn = nodes(to_dot())
    steps = load_algorithm().interventions
    assert set(drawn) == {item.id for item in steps} | set(load_algorithm().intervention("sympathetic_block").forms)
    assert all(drawn[name].startswith(corpus.concepts[name].label) for name in drawn)
    assert all(drawn[item.id].endswith(item.modality) for item in steps)


def test_blocks_name_their_sites() -> None:
    drawn = nodes(to_dot())
    assert drawn["stellate_block"] == "stellate ganglion block upper limb, face"
    assert drawn["impar_block"] == "ganglion impar block pelvis, perineum"


def test_every_need_is_an_edge_or_asked_for_by_a_need() -> None:
    edges = {(start, end) for start, end, _ in EDGE.findall(to_dot())}
    for item in load_algorithm().interventions:
        for need in item.needs:
            assert reaches(need.intervention, item.id, edges), (need.intervention, item.id)


def reaches(start: str, end: str, edges: set[tuple[str, str]]) -> bool:
    following = {after for before, after in edges if before == start}
    return end in following or any(reaches(name, end, edges) for name in following)


def test_no_edge_leads_back() -> None:
    edges = {(start, end) for start, end, _ in EDGE.findall(to_dot())}
    assert not any(reaches(name, name, edges) for name in nodes(to_dot()))


def test_with_a_plan_every_node_says_its_status_in_words() -> None:
    drawn = nodes(to_dot(plan(FAILED_DRUGS)))
    assert drawn["pharmacotherapy"].endswith("TRIED AND FAILED")
    assert drawn["stellate_block"].endswith("CONSIDER NOW")
    assert drawn["ketamine"].endswith("NOT AVAILABLE")
    assert drawn["scs"].endswith("TO BE ASKED, OR YOUR JUDGEMENT")
    assert "lumbar_block" not in drawn


def test_each_status_has_its_own_words_so_that_nothing_rests_on_colour() -> None:
    seen: dict[str, str] = {}
    cases = [
        FAILED_DRUGS,
        {"condition": "CRPS", "site": "hand", "not_tried": ["drugs"]},
        {"condition": "CRPS", "site": "hand", "failed": ["drugs"]},
        {"condition": "CRPS", "site": "hand", "failed": ["drugs"], "brief": ["blocks"]},
        {"condition": "CRPS", "site": "face", "failed": ["drugs"]},
    ]
    for case in cases:
        found = plan(case)
        drawn = nodes(to_dot(found))
        for step in found.steps:
            if step.intervention in drawn:
                seen[step.status] = STATUS_WORDS[step.status].upper()
                assert drawn[step.intervention].endswith(seen[step.status])
    assert len(seen) == len(set(seen.values())) == 8


def test_no_line_is_long_so_that_the_picture_fits_a_small_screen() -> None:
    labels = re.findall(r'label="((?:[^"\\]|\\.)*)"', to_dot(plan(FAILED_DRUGS)))
    assert max(len(line) for label in labels for line in label.split("\\n")) <= 20


def test_each_node_has_its_status_as_its_class_so_that_it_can_be_coloured_for_a_dark_page() -> None:
    dot = to_dot(plan(FAILED_DRUGS))
    assert re.search(r'"pharmacotherapy" \[.*class="failed"', dot)
    assert re.search(r'"scs" \[.*class="need-to-know"', dot)
    assert set(re.findall(r'class="([^"]*)"', to_dot())) == {"alone"}


def test_the_picture_is_the_same_every_time() -> None:
    assert to_dot() == to_dot()
    assert to_dot(plan(FAILED_DRUGS)) == to_dot(plan(FAILED_DRUGS))


@pytest.mark.parametrize("case", [None, FAILED_DRUGS, {"condition": 'glass "bones"\\', "site": "left antler"}])
def test_graphviz_reads_it(case: dict[str, object] | None) -> None:
    dot = to_dot(plan(case) if case else None)
    assert dot.count("{") == dot.count("}") == 1
    if shutil.which("dot"):
        subprocess.run(["dot", "-Tcanon"], input=dot, text=True, capture_output=True, check=True)


def test_the_data_holds_what_the_picture_shows_and_survives_json() -> None:
    data = to_json()
    assert json.loads(json.dumps(data)) == data
    assert [step["intervention"] for step in data["steps"]] == [item.id for item in load_algorithm().interventions]
    assert {(edge["from"], edge["to"]) for edge in data["edges"]} <= {(a, b) for a, b, _ in EDGE.findall(to_dot())}
    assert all(step["statements"] for step in data["steps"])
    assert data["steps"][3]["alongside"] == "sympathetic_block"
    assert data["steps"][3]["references"] == [22]
    assert {"intervention": "lumbar_block", "label": "lumbar sympathetic block", "sites": ["lower limb"]} in data[
        "blocks"
    ]
