from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.evaluation.command import evaluate

BAD_SETS = Path(__file__).parent.parent / "bad_sets"


@pytest.mark.parametrize("what", ["answers", "retrieval"])
def test_a_bad_set_ends_with_status_2_and_a_sentence(what: str) -> None:
    result = CliRunner().invoke(evaluate, [what, "--data", str(BAD_SETS / "unknown_key.jsonl")])
    assert result.exit_code == 2
    assert "unknown key 'refrences'" in result.output
    assert "Traceback" not in result.output


def test_a_report_that_has_no_folder_is_refused_before_anything_is_measured(tmp_path: Path) -> None:
    result = CliRunner().invoke(evaluate, ["answers", "--limit", "1", "--json", str(tmp_path / "none" / "out.json")])
    assert result.exit_code == 2
    assert "name a file in a folder that exists" in result.output


@pytest.mark.parametrize("what", ["answers", "retrieval"])
def test_an_evaluation_writes_what_it_was_measured_with(what: str, tmp_path: Path) -> None:
    if what == "retrieval":
        pytest.importorskip("ir_measures", reason="ranked metrics need the extra 'evaluation'")
        pytest.importorskip("langchain_text_splitters", reason="the recipe needs the extra 'evaluation'")
    out = tmp_path / "out.json"
    result = CliRunner().invoke(evaluate, [what, "--split", "tune", "--limit", "2", "--json", str(out), "--seed", "7"])
    assert result.exit_code == 0, result.output
    report = json.loads(out.read_text(encoding="utf-8"))
    assert (report["what"], report["about"]["seed"], report["about"]["questions"]) == (what, 7, 2)
    assert {"versions", "index", "settings", "data", "commit"} <= set(report["about"])
    assert report["about"]["versions"]["chromadb"]
    assert list(report["results"]) == ["tune"]
    # Nothing of this machine: neither folders nor the user's name.
    assert str(Path.home()) not in json.dumps(report["about"])


def test_naming_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, assistant.evaluation.command; from assistant.evaluation import evaluate_answers; "
        "print([m for m in ('torch', 'chromadb', 'streamlit', 'ir_measures', 'langchain_chroma') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
