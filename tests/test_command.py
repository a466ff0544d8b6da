"""The command line as its users call it: exit statuses, messages, batches that lose nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from assistant.command import main


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit status of `stellate` called with these words."""
    monkeypatch.setattr(sys, "argv", ["stellate", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_question_gets_its_answer_and_what_stands_behind_the_marks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "ask", "Which sympathetic block is for perineal pain?") == 0
    said = capsys.readouterr().out
    assert "ganglion impar" in said
    assert "27. Day M. Sympathetic blocks: the evidence." in said


def test_json_holds_the_whole_answer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "ask", "--json", "Which sympathetic block is for perineal pain?") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["outcome"] == "answered"
    assert answer["references"] == sorted(answer["references"])
    assert {"text", "citations", "missing", "milliseconds", "understood", "verdict"} <= set(answer)


def test_a_patient_comes_from_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "patient.json"
    file.write_text(json.dumps({"condition": "CRPS type 1", "site": "foot", "failed": ["drugs"]}), encoding="utf-8")
    assert run(monkeypatch, "ask", "What comes next?", "--patient", str(file)) == 0
    assert "lumbar sympathetic block" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["ask", ""], "question: is empty"),
        (["ask", "   "], "question: is empty"),
        (["ask", "x" * 100_000], "100,000 characters; at most 4,000"),
        (["ask", "\x00\x07"], "question: is empty"),
        (["ask"], "give either a question or --batch"),
        (["ask", "a question", "--batch", "in.jsonl", "--out", "out.jsonl"], "give either a question or --batch"),
        (["ask", "--batch", "in.jsonl"], "--batch and --out go together"),
        (["ask", "--batch", "no-such-file.jsonl", "--out", "out.jsonl"], "no-such-file.jsonl: no such file"),
        (["ask", "next?", "--patient", "no-such-file.json"], "no-such-file.json: no such file"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_bad_input_ends_with_status_2_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    assert run(monkeypatch, *words) == 2
    assert message in capsys.readouterr().err


def test_a_setting_that_can_not_be_used_ends_with_status_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_CHROMA_URL", "not a url")
    assert run(monkeypatch, "ask", "What is SMP?") == 1
    assert "ASSISTANT_CHROMA_URL must be http://host:port" in capsys.readouterr().err


def test_a_batch_answers_every_line_that_it_can(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        "\n".join(
            [
                json.dumps({"id": "a", "question": "What is wind-up?"}),
                "not json",
                json.dumps({"id": "b"}),
                "[1, 2]",
                json.dumps({"question": "What is wind-up?"}),
                json.dumps({"id": "c", "question": "next?", "patient": {"condition": "CRPS", "faild": []}}),
                json.dumps({"id": "d", "question": "next?", "history": [{"role": "doctor", "content": "x"}]}),
                json.dumps({"id": "e", "question": "How do I bake bread?", "patient": None, "history": []}),
                json.dumps({"id": "f", "question": "x", "colour": "red"}),
            ]
        ),
        encoding="utf-8",
    )
    assert run(monkeypatch, "ask", "--batch", str(source), "--out", str(target)) == 2
    answers = lines(target)
    assert [(answer["id"], answer["outcome"]) for answer in answers] == [("a", "answered"), ("e", "abstained")]
    assert set(answers[0]) == {
        "id", "outcome", "text", "references", "citations", "verdict", "missing", "milliseconds",
    }  # fmt: skip
    said = capsys.readouterr().err
    for number, words in [
        (2, "not JSON"),
        (3, "'question' must be text"),
        (4, "expected an object"),
        (5, "has no 'id'"),
        (6, "unknown field 'faild'"),
        (7, "turn 1 must be"),
        (9, "unknown key 'colour'"),
    ]:
        assert f"line {number}: " in said
        assert words in said


def test_a_batch_without_a_fault_ends_with_status_0(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": 1, "question": "What is wind-up? \u2028"}, ensure_ascii=False) + "\n")
    assert run(monkeypatch, "ask", "--batch", str(source), "--out", str(target)) == 0
    assert lines(target)[0]["id"] == 1


def test_an_output_that_can_not_be_written_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": 1, "question": "What is wind-up?"}) + "\n")
    assert run(monkeypatch, "ask", "--batch", str(source), "--out", str(tmp_path / "no" / "out.jsonl")) == 2
    assert "can't be written" in capsys.readouterr().err
