"""A wheel, built and installed outside the checkout, answers a question."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from assistant.settings import PROJECT_DIR, Settings

ASK = """
import assistant, pathlib
from assistant import Assistant
assert pathlib.Path(assistant.__file__).is_relative_to({home!r}), assistant.__file__
print(Assistant().ask("Which sympathetic block is for perineal pain?").text)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    subprocess.run([*command, str(PROJECT_DIR)], check=True, capture_output=True, text=True)
    return next(folder.glob("stellate-*.whl"))


def test_the_wheel_carries_corpus_types_and_sets_and_nothing_of_the_users(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "corpus/vocabulary.yaml",
        "corpus/statements/06-rational-approach.yaml",
        "assistant/py.typed",
        "assistant/refusal.yaml",
        "assistant/evaluation/sets/questions.jsonl",
        "ingest/__main__.py",
    ):
        assert wanted in names
    assert [name for name in names if name.startswith(("tests/", "corpus/library/chin"))] == []


def test_an_installed_wheel_answers_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(home), str(wheel)]
    subprocess.run(install, check=True, capture_output=True, text=True)
    given = Settings()
    environment = {
        **os.environ,
        "PYTHONPATH": str(home),
        "ASSISTANT_INDEX_DIR": str(given.index_dir),
        "ASSISTANT_LIBRARY_DIR": str(given.library_dir),
    }
    command = [sys.executable, "-c", ASK.format(home=str(home))]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "ganglion impar" in done.stdout
