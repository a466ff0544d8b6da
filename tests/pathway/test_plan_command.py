"""The command line's plan can be read by a clinician, or by a program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from assistant.errors import PatientError
from assistant.pathway import plan
from assistant.plan_command import plan_command

COMMAND = typer.Typer()
COMMAND.command()(plan_command)
CASE = {
    "condition": "CRPS type 1",
    "site": "hand",
    "failed": ["gabapentin", "reoperation"],
    "brief": ["stellate block"],
}


def run(path: Path, *options: str) -> str:
    result = CliRunner().invoke(COMMAND, ["--patient", str(path), *options], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def written(folder: Path, content: object) -> Path:
    path = folder / "patient.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_the_plan_is_read_from_top_to_bottom(tmp_path: Path) -> None:
    text = run(written(tmp_path, CASE | {"block_relief_percent": 60}))
    titles = [line for line in text.splitlines() if line and not line.startswith("  - ")]
    assert titles == [
        "Pathway for CRPS type 1, upper limb, after the review by Chin (2021)",
        "Consider now",
        "Ask",
        "To be asked, or left to your judgement",
        "Already tried",
        "On the relief from the block",
        "Discuss before what is next",
        "No step of the pathway",
    ]
    assert "  - intravenous ketamine: may be considered with sympathetic blocks or after they have failed;" in text
    assert "  - reoperation (failed): no step" in text
    assert "[22]" in text and "[Chin 2021]" in text


def test_what_is_not_understood_is_said(tmp_path: Path) -> None:
    text = run(written(tmp_path, {"condition": "glass bones", "site": "left antler"}))
    assert text.startswith("Pathway for a condition that the review does not cover")
    assert text.endswith("Not understood\n  - glass bones\n  - left antler\n")
    assert "Consider now" not in text


def test_a_block_is_named_for_the_site_and_the_other_four_are_left_out(tmp_path: Path) -> None:
    text = run(written(tmp_path, {"condition": "CRPS", "site": "foot", "failed": ["drugs"]}))
    assert "  - lumbar sympathetic block: commonly performed for the lower limb;" in text
    assert "stellate" not in text
    assert "May go alongside\n  - intravenous ketamine" in text


def test_as_json_it_is_the_whole_plan(tmp_path: Path) -> None:
    assert json.loads(run(written(tmp_path, CASE), "--json")) == json.loads(json.dumps(plan(CASE).to_dict()))


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert "upper limb" in run(written(tmp_path, "\ufeff" + json.dumps(CASE)))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("not json", r"patient\.json: not JSON .*expected an object such as"),
        ("[" * 100_000, r"patient\.json: not JSON"),
        ([], r"patient\.json: patient: expected a Patient or a mapping of its fields, got list"),
        ({"site": "hand"}, r"patient\.json: patient: condition: is missing"),
        ({"condition": "CRPS", "failed": ["leeches"]}, r"patient\.json: .*unknown intervention 'leeches'; known: "),
        ({"condition": "CRPS", "wishes": 1}, r"patient\.json: .*unknown field 'wishes'; allowed: condition, site"),
    ],
)
def test_a_bad_file_is_named_with_its_fault(tmp_path: Path, content: object, message: str) -> None:
    with pytest.raises(PatientError, match=message):
        run(written(tmp_path, content))


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(PatientError, match=r"nobody\.json: no such file; expected a JSON object such as"):
        run(tmp_path / "nobody.json")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(PatientError, match=r"bytes\.json: can't be read .*expected a text file in UTF-8"):
        run(tmp_path / "bytes.json")
    with pytest.raises(PatientError, match="can't be read"):
        run(tmp_path)
