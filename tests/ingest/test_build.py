"""The index: built once, rebuilt in part, safe against kills, rivals and damage."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder, fake_build

from assistant.api import passages, prepare_index
from assistant.corpus import load
from assistant.errors import IndexDamaged, IndexForeign, IndexMissing, IndexStale, IngestError
from assistant.index import EMBEDDED, library_documents, open_index, read_manifest
from assistant.settings import PROJECT_DIR, Settings
from ingest.build import build, verify

WHOLE = Path(__file__).parent.parent / "bad_corpus" / "whole"
RUNNER = Path(__file__).with_name("fake_embedder.py")
# Two statements with two questions each, and one reference.
ENTRIES = 7


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        corpus_dir=shutil.copytree(WHOLE, tmp_path / "corpus"),
        index_dir=tmp_path / "index",
        library_dir=tmp_path / "library",
    )


def changed(settings: Settings, old: str, new: str) -> Settings:
    """The same settings with a corpus in which one text is another."""
    folder = shutil.copytree(settings.corpus_dir, settings.corpus_dir.with_name("changed"))
    path = folder / "statements" / "one.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return settings.model_copy(update={"corpus_dir": folder})


def database(settings: Settings) -> Path:
    build_id: str = read_manifest(settings.index_dir)["build"]
    return settings.index_dir / "builds" / build_id / "chroma.sqlite3"


def start(settings: Settings, stop_at: str = "") -> subprocess.Popen[str]:
    names = ("corpus_dir", "index_dir", "library_dir")
    env = {**os.environ, **{f"ASSISTANT_{name.upper()}": str(getattr(settings, name)) for name in names}}
    env["PYTHONPATH"] = str(PROJECT_DIR)
    return subprocess.Popen([sys.executable, str(RUNNER), stop_at], env=env, stdout=subprocess.PIPE, text=True)


def test_a_first_build_embeds_everything_without_a_library(settings: Settings) -> None:
    outcome, embedded = fake_build(settings)
    assert (outcome.built, outcome.entries, outcome.embedded, embedded) == (True, ENTRIES, ENTRIES, ENTRIES)
    assert verify(settings) == {"statements": 6, "references": 1, "passages": 0}


def test_a_second_build_does_nothing(settings: Settings) -> None:
    fake_build(settings)
    before = (settings.index_dir / "manifest.json").read_bytes()
    outcome, embedded = fake_build(settings)
    assert (outcome.built, outcome.entries, outcome.embedded, embedded) == (False, ENTRIES, 0, 0)
    assert (settings.index_dir / "manifest.json").read_bytes() == before


def test_one_changed_statement_is_all_that_is_embedded_again(settings: Settings) -> None:
    fake_build(settings)
    other = changed(settings, "Sympathetic blocks can injure", "Sympathetic blocks may injure")
    with pytest.raises(IndexStale, match="was built from another corpus; run `python -m ingest`"):
        open_index(other, load(other.corpus_dir))
    embedder = FakeEmbedder(other)
    outcome = build(other, embedder=embedder)
    assert (outcome.built, outcome.entries, outcome.embedded) == (True, ENTRIES, 1)
    assert embedder.embedded == ["Sympathetic blocks may injure nerves of the limb."]
    assert len(list((settings.index_dir / "builds").iterdir())) == 1


def test_what_is_opened_is_what_was_embedded(settings: Settings) -> None:
    fake_build(settings)
    found = open_index(settings, load(settings.corpus_dir))
    embedder = FakeEmbedder(settings)
    for name in EMBEDDED:
        for text, row in zip(found[name].texts, found[name].matrix, strict=True):
            assert row.tolist() == pytest.approx(embedder.embed_query(text), abs=1e-6)
    assert set(found["statements"].owners) == {"blocks-common", "blocks-risk"}


@pytest.mark.parametrize("stage", ["embedding", "verifying"])
def test_a_build_killed_at_a_stage_leaves_the_old_index_serving(settings: Settings, stage: str) -> None:
    fake_build(settings)
    other = changed(settings, "Sympathetic blocks can injure", "Sympathetic blocks may injure")
    with start(other, stop_at=stage) as process:
        assert process.stdout is not None
        assert any(line.strip() == stage for line in process.stdout)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert verify(settings)["statements"] == 6
    assert fake_build(settings)[0].built is False
    # What the killed build left is gone, and the next one is not kept out by its lock.
    assert len(list((settings.index_dir / "builds").iterdir())) == 1
    assert fake_build(other)[0].embedded == 1


def test_a_build_killed_while_writing_leaves_the_old_index_serving(settings: Settings) -> None:
    fake_build(settings)
    other = changed(settings, "Sympathetic blocks can injure", "Sympathetic blocks may injure")
    with start(other) as process:
        deadline = time.monotonic() + 60
        while len(list((settings.index_dir / "builds").iterdir())) < 2 and time.monotonic() < deadline:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert verify(settings)["statements"] == 6


def test_a_first_build_killed_leaves_no_foreign_folder(settings: Settings) -> None:
    with start(settings, stop_at="verifying") as process:
        assert process.stdout is not None
        assert any(line.strip() == "verifying" for line in process.stdout)
        process.send_signal(signal.SIGKILL)
    (settings.index_dir / "manifest.json.new").write_text('{"program": "stell', encoding="utf-8")
    with pytest.raises(IndexMissing, match="no index in .*; run `python -m ingest`"):
        verify(settings)
    assert fake_build(settings)[0].built


def test_two_builds_at_once_end_with_one_good_index(settings: Settings) -> None:
    first, second = start(settings), start(settings)
    said = [process.communicate(timeout=120)[0].splitlines()[-1] for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0)
    assert sorted(said) == [f"built False {ENTRIES}", f"built True {ENTRIES}"]
    assert verify(settings)["references"] == 1
    assert len(list((settings.index_dir / "builds").iterdir())) == 1


def test_a_strangers_folder_is_left_alone(settings: Settings) -> None:
    settings.index_dir.mkdir()
    (settings.index_dir / "thesis.txt").write_text("years of work", encoding="utf-8")
    for attempt in (lambda: fake_build(settings), lambda: verify(settings)):
        with pytest.raises(IndexForeign, match=r"holds 'thesis\.txt'.*name another folder in ASSISTANT_INDEX_DIR"):
            attempt()
    assert [path.name for path in settings.index_dir.iterdir()] == ["thesis.txt"]


def test_another_programs_manifest_is_left_alone(settings: Settings) -> None:
    settings.index_dir.mkdir()
    (settings.index_dir / "manifest.json").write_text('{"name": "an app"}', encoding="utf-8")
    with pytest.raises(IndexForeign, match="was not written by this program"):
        fake_build(settings)
    assert [path.name for path in settings.index_dir.iterdir()] == ["manifest.json"]


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.95])
def test_a_truncated_database_is_found_and_mended(settings: Settings, share: float) -> None:
    fake_build(settings)
    path = database(settings)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(IndexDamaged, match="run `python -m ingest`"):
        verify(settings)
    assert fake_build(settings)[0].built
    assert verify(settings)["statements"] == 6


def test_a_lost_database_is_found_and_mended(settings: Settings) -> None:
    fake_build(settings)
    database(settings).unlink()
    with pytest.raises(IndexDamaged, match="has no database; run `python -m ingest`"):
        verify(settings)
    assert fake_build(settings)[0].built


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"build": "../../elsewhere"}, "'build' is '../../elsewhere'"),
        ({"build": None}, "'build' is None"),
        ({"build": "0" * 12}, "has no database"),
        ({"sources": []}, "'sources' is no mapping"),
        ({"model": {}}, "'model' has no dimension"),
        ({"model": {"dimension": 9}}, "the manifest says 9 numbers"),
        ({"collections": 7}, "'collections' is no mapping"),
        ({"collections": {}}, "no count and checksum of 'statements'"),
    ],
)
def test_a_tampered_manifest_is_found_and_mended(settings: Settings, change: dict[str, object], message: str) -> None:
    fake_build(settings)
    path = settings.index_dir / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **change}), encoding="utf-8")
    with pytest.raises(IndexDamaged, match=re.escape(message)):
        verify(settings)
    assert fake_build(settings)[0].built
    assert verify(settings)["statements"] == 6


@pytest.mark.parametrize(("key", "value", "message"), [("count", 5, "says 5"), ("checksum", "0", "match its checksum")])
def test_a_collection_must_be_what_the_manifest_says(settings: Settings, key: str, value: object, message: str) -> None:
    fake_build(settings)
    path = settings.index_dir / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["collections"]["statements"][key] = value
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(IndexDamaged, match=message):
        verify(settings)


@pytest.mark.parametrize("content", ["", "{", "[]x", "\x00"])
def test_a_manifest_that_is_no_json_is_found_and_mended(settings: Settings, content: str) -> None:
    fake_build(settings)
    (settings.index_dir / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(IndexDamaged, match=r"manifest\.json can't be read"):
        verify(settings)
    assert fake_build(settings)[0].built


def test_a_newer_format_is_not_read(settings: Settings) -> None:
    fake_build(settings)
    path = settings.index_dir / "manifest.json"
    path.write_text(json.dumps({"program": "stellate", "format": 3, "anything": "else"}), encoding="utf-8")
    with pytest.raises(IndexStale, match="has format 3, this version reads 2; run `python -m ingest`"):
        verify(settings)
    assert fake_build(settings)[0].built


def test_another_models_index_is_not_read(settings: Settings, tmp_path: Path) -> None:
    fake_build(settings)
    model = tmp_path / "model"
    model.mkdir()
    (model / "model.safetensors").write_bytes(b"other weights")
    other = settings.model_copy(update={"embedding_model": str(model)})
    with pytest.raises(IndexStale, match="was built from another model"):
        verify(other)
    # Nothing of the other model's vectors is taken over.
    assert fake_build(other)[0].embedded == ENTRIES


def test_an_index_folder_that_is_a_file_is_named(settings: Settings) -> None:
    settings.index_dir.write_text("", encoding="utf-8")
    with pytest.raises(IngestError, match="is a file; set ASSISTANT_INDEX_DIR to a folder"):
        fake_build(settings)


def test_an_index_folder_below_a_file_is_named(settings: Settings) -> None:
    settings.index_dir.write_text("", encoding="utf-8")
    below = settings.model_copy(update={"index_dir": settings.index_dir / "below"})
    with pytest.raises(IngestError, match="is not a folder .*; set ASSISTANT_INDEX_DIR"):
        fake_build(below)


def test_an_index_folder_that_cannot_be_written_is_named(settings: Settings) -> None:
    settings.index_dir.mkdir(mode=0o500)
    try:
        if os.access(settings.index_dir, os.W_OK):
            # Root writes anywhere but into a file system of the kernel.
            settings = settings.model_copy(update={"index_dir": Path("/proc/stellate")})
        with pytest.raises(IngestError, match="can't be written"):
            fake_build(settings)
    finally:
        (settings.index_dir if settings.index_dir.exists() else Path()).chmod(0o755)


def test_an_unusable_library_is_named_before_anything_is_built(settings: Settings) -> None:
    settings.library_dir.mkdir()
    (settings.library_dir / "review.pdf").write_bytes(b"<html>not found</html>")
    with pytest.raises(IngestError, match=r"review\.pdf: can't be read as pdf .*; replace or remove it"):
        fake_build(settings)


def test_a_text_in_another_encoding_is_named(settings: Settings) -> None:
    settings.library_dir.mkdir()
    (settings.library_dir / "notes.txt").write_bytes("Schmerz läßt nach".encode("latin-1"))
    with pytest.raises(IngestError, match=r"notes\.txt: can't be read as txt"):
        fake_build(settings)


def test_an_unrelated_document_is_left_aside(settings: Settings) -> None:
    settings.library_dir.mkdir()
    (settings.library_dir / "other.txt").write_text(
        "Another paper. It cites 10.17925/USN.2021.17.1.16.\nDiscussion\nSo."
    )
    outcome, embedded = fake_build(settings)
    assert embedded == ENTRIES
    assert outcome.notes == ("other.txt: not the review (its DOI is not in it); left aside",)
    assert fake_build(settings)[0].notes == outcome.notes


def test_only_documents_are_taken_from_the_library(settings: Settings) -> None:
    settings.library_dir.mkdir()
    for name in ("README.md", "picture.png"):
        (settings.library_dir / name).write_text("x", encoding="utf-8")
    (settings.library_dir / "folder.pdf").mkdir()
    (settings.library_dir / "gone.txt").symlink_to(settings.library_dir / "nowhere.txt")
    assert library_documents(settings.library_dir) == []
    assert fake_build(settings)[0].notes == ()


def test_a_new_document_makes_the_index_stale(settings: Settings) -> None:
    fake_build(settings)
    settings.library_dir.mkdir()
    (settings.library_dir / "other.md").write_text("Another paper.", encoding="utf-8")
    with pytest.raises(IndexStale, match="was built from another library"):
        verify(settings)
    outcome, embedded = fake_build(settings)
    assert (outcome.built, embedded) == (True, 0)


def test_a_damaged_index_is_not_rebuilt_behind_the_users_back(settings: Settings) -> None:
    fake_build(settings)
    (settings.index_dir / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(IndexDamaged, match="run `python -m ingest`"):
        prepare_index(settings, lambda stage, done, total: None)


@pytest.mark.article
def test_the_articles_passages_stand_beside_their_statements(article: str, tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "chin.txt").write_text(article, encoding="utf-8")
    settings = Settings(index_dir=tmp_path / "index", library_dir=library)
    corpus = load(settings.corpus_dir)
    fake_build(settings)
    found = passages(open_index(settings, corpus))
    assert set(found) == {statement.id for statement in corpus.statements if statement.sentences}
    assert "neuroma" in found["periphery-ectopic-discharges"]
