"""Lies of every category, written by another hand, through the real client over HTTP; drafts for patients."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from openai_server import Exchange, Provider, says
from typer.testing import CliRunner

from assistant import Assistant, Patient
from assistant.corpus import load
from assistant.drafting.absence import is_absent, told_absent
from assistant.drafting.examine import About, examine
from assistant.drafting.prompt import short_ids
from assistant.drafting.sayings import saying
from assistant.evaluation.command import evaluate
from assistant.evaluation.drafts import by_others, evaluate_drafts
from assistant.evaluation.sets import SetError

LIES = [draft for draft in by_others() if draft.wrong and draft.split == "tune"]
CATEGORIES = sorted({draft.kind for draft in LIES})


def bare(text: str) -> str:
    return " ".join(re.sub(r"\s*\[[^\]]*\]", "", text).split()).rstrip(".").casefold()


@pytest.mark.parametrize("kind", CATEGORIES)
def test_no_lie_of_any_category_is_shown(kind: str, drafting: Assistant, server: Provider) -> None:
    for draft in [draft for draft in LIES if draft.kind == kind][:1]:
        server.answers(says(draft.text))
        answer = drafting.ask(draft.question, patient=draft.patient)
        assert answer.text != ""
        shown = bare(draft.wrong) in bare(answer.text)
        # Of a wrong mark the sentence may be right; then its marks are those of the statement that carries it.
        assert not shown or kind == "lies: citation"


def test_by_writers_the_figures_are_apart() -> None:
    found = evaluate_drafts(limit=24)["results"]["all"]
    assert {"honest by others, tune", "honest by others, hold", "lies by another, tune"} <= set(found)
    assert found["lies by another, tune"]["unsafe shown"]["value"] == 0.0


def test_a_line_that_is_no_draft_is_named(tmp_path: Path) -> None:
    path = tmp_path / "drafts.jsonl"
    path.write_text('{"id": "x", "by": "nobody"}\n', encoding="utf-8")
    with pytest.raises(SetError, match=r"drafts\.jsonl: line 1: no draft"):
        list(by_others(path))


def test_a_patients_place_stays_around_a_draft(drafting: Assistant, server: Provider) -> None:
    patient = Patient("CRPS type 1", site="hand", failed=["pharmacotherapy"])

    def echoes(exchange: Exchange) -> None:
        prompt = "\n".join(message["content"] for message in exchange.body["messages"])
        found = re.search(r"\[S1\] (.*)", prompt)
        assert found is not None
        exchange.text(f"{found[1][:-1]} [S1].")

    server.answers(echoes)
    answer = drafting.ask("What should be offered next?", patient=patient)
    assert answer.draft_report is not None
    assert answer.draft_report.way == "drafted"
    assert answer.report is not None
    assert answer.report.verdict != "block"
    server.answers(says("Spinal cord stimulation should be implanted now, before any block [S1]."))
    refused = drafting.ask("What should be offered next?", patient=patient)
    assert "implanted now" not in refused.text
    assert refused.draft_report is not None
    assert refused.draft_report.way == "default"


def test_answers_are_measured_with_a_model_whose_replies_are_kept(
    server: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-only")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    server.answers(says("Moderate evidence supports using ketamine in patients with CRPS [S1]."))
    out, replies = tmp_path / "out.json", tmp_path / "replies.jsonl"
    command = ["answers", "--model", "openai:scripted", "--limit", "4", "--split", "tune"]
    command += ["--json", str(out), "--replies", str(replies)]
    first = CliRunner().invoke(evaluate, command)
    assert first.exit_code == 0, first.output
    asked = len(server.asked)
    assert asked > 0
    assert json.loads(out.read_text(encoding="utf-8"))["about"]["model"] == "openai:scripted"
    server.answers(says("nothing"))
    assert CliRunner().invoke(evaluate, command).exit_code == 0
    assert server.asked == []


@pytest.mark.parametrize(
    ("part", "question"),
    [
        ("The statements do not mention Qutenza", "Is Qutenza better?"),
        ("None of the statements mentions mirror therapy", "mirror therapy?"),
        ("There is no mention of lidocaine infusions", "lidocaine?"),
        ("The statements contain nothing about driving", "can he drive?"),
    ],
)
def test_what_the_review_does_not_tell_may_be_said(part: str, question: str) -> None:
    absent = told_absent(part)
    assert absent is not None
    assert is_absent(absent, saying(question))


@pytest.mark.parametrize(
    "part",
    [
        "The review mentions no risks of the stellate ganglion block",
        "The statements give no evidence for ketamine in CRPS",
        "The review does not describe complications of SCS",
    ],
)
def test_silence_about_what_the_review_tells_is_a_lie(part: str) -> None:
    absent = told_absent(part)
    assert absent is not None
    assert not is_absent(absent, saying("what does it say?"))


@pytest.mark.parametrize(
    ("first", "is_kept"),
    [
        (
            (
                "Serious complications of SCS include nerve injury, abscess, epidural haematoma, wound infection, "
                "post-dural puncture headache and lead migration [S1]."
            ),
            False,
        ),
        ("Most complications of SCS appear to come from the hardware or device [S3].", True),
    ],
)
def test_what_goes_on_is_of_the_same_finding(first: str, is_kept: bool) -> None:
    statements = [
        load().by_id[name]
        for name in ("scs-complications-list", "scs-benefit-complications-whole", "scs-device-complications-most")
    ]
    found = examine(
        f"{first} These affected 27% of SCS patients at 12 months in Kumar's trial [S2].",
        short_ids(statements),
        About("What can go wrong with SCS?"),
    )
    assert found.sentences[0].verdict.startswith("supported")
    assert found.sentences[1].verdict.startswith("supported") is is_kept
