"""Frames: every one fires on its examples and on no statement; malformed files are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus import load
from assistant.errors import CorpusError
from assistant.guardrail import check
from assistant.guardrail.frames import Frame, load_frames
from assistant.guardrail.phrases import Phrases
from assistant.guardrail.wording import in_full

FRAMES = load_frames().frames


def frames_found(text: str) -> set[str]:
    return {found.rule.removeprefix("FRM-") for found in check(text).findings if found.rule.startswith("FRM-")}


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.id)
def test_a_frame_finds_its_firing_examples_and_passes_its_near_misses(frame: Frame) -> None:
    for text in frame.fires:
        assert frame.id in frames_found(text), text
    for text in frame.near_miss:
        assert not frames_found(text), text


def test_no_statement_of_the_corpus_contradicts_a_frame() -> None:
    found = {statement.id: frames_found(statement.text) for statement in load().statements}
    assert {name: rules for name, rules in found.items() if rules} == {}


def test_every_member_of_every_class_is_found_in_text() -> None:
    frames = load_frames()
    for name, members in frames.classes.items():
        for label, phrases in members.items():
            for phrase in phrases:
                text = in_full(phrase.replace("*", "").replace("..", "or"))
                assert f"{name}={label}" in {name for hit in frames.phrases.find(text) for name in hit.names}, phrase


BAD = {
    "unknown_key": (
        "frames: [{id: a-b, statment: x}]",
        "unknown_key.yaml: frame a-b: statment: .*allowed: id, statement",
    ),
    "other_top": ("rules: []", "unknown key 'rules'; allowed: classes, frames"),
    "lone_member": ("classes: {side: {left: [left]}}", "class side: expected two members or more"),
    "short": ("classes: {side: {left: [le*], right: [right]}}", "class side: 'le\\*': 'le\\*' is too short"),
    "no_list": ("frames: 3", "expected a list of mappings under 'frames', got int"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_malformed_file_is_named_with_what_is_allowed(name: str, tmp_path: Path) -> None:
    content, message = BAD[name]
    (tmp_path / f"{name}.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        load_frames(tmp_path)


GOOD = """
classes: {side: {left: [left], right: [right]}}
frames:
  - {id: a-b, statement: STATEMENT, category: anatomy, about: [ABOUT], slot: SLOT, right: [MEMBER],
     fires: [x], near_miss: [y]}
"""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"STATEMENT": "no-such"}, "unknown statement 'no-such'; see corpus/statements"),
        ({"SLOT": "colour"}, "unknown class 'colour'; allowed: side"),
        ({"MEMBER": "middle"}, "class side has no member 'middle'; allowed: left, right"),
        ({"ABOUT": "['@nothing']"}, "unknown concept '@nothing'; see corpus/vocabulary.yaml"),
    ],
)
def test_a_dangling_name_is_refused(changes: dict[str, str], message: str, tmp_path: Path) -> None:
    right = {"STATEMENT": "nmda-ketamine-antagonist", "SLOT": "side", "MEMBER": "left", "ABOUT": "[ganglion]"}
    text = GOOD
    for name, value in {**right, **changes}.items():
        text = text.replace(name, value)
    (tmp_path / "f.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        load_frames(tmp_path)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("relax*", "It relaxes muscle.", "relaxes"),
        ("opens .. channel", "It opens the NMDA receptor channel.", "opens the NMDA receptor channel"),
        ("opens .. channel", "It opens what one two three four five channel.", None),
        ("lower limb", "the lower-limbs", "lower-limbs"),
    ],
)
def test_a_phrase_is_found_by_stems_and_gaps(phrase: str, text: str, found: str | None) -> None:
    hits = Phrases({"x": [phrase]}).find(text)
    assert [text[hit.start : hit.end] for hit in hits] == ([found] if found else [])
