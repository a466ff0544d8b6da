"""The index on a Chroma server instead of the embedded one."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder

from assistant.corpus import load
from assistant.errors import IndexDamaged
from assistant.index import open_index
from assistant.settings import Settings
from ingest.build import build


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chroma = Path(sys.executable).with_name("chroma")
    command = [str(chroma), "run", "--path", str(tmp_path_factory.mktemp("server")), "--host", "127.0.0.1"]
    process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/api/v2/heartbeat")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(url: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"no Chroma server at {url}")


def test_a_server_serves_the_index_and_a_second_build_does_nothing(server: str, tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path / "index", library_dir=tmp_path / "none", chroma_url=server)
    assert build(settings, embedder=FakeEmbedder(settings)).built
    assert not build(settings, embedder=FakeEmbedder(settings)).built
    vectors = open_index(settings, load(settings.corpus_dir))
    assert len(set(vectors["statements"].owners)) == len(load(settings.corpus_dir).statements)


def test_a_server_that_is_down_is_named(tmp_path: Path, server: str) -> None:
    settings = Settings(index_dir=tmp_path / "index", library_dir=tmp_path / "none", chroma_url=server)
    build(settings, embedder=FakeEmbedder(settings))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{free.getsockname()[1]}"
    manifest = (tmp_path / "index" / "manifest.json").read_text(encoding="utf-8")
    (tmp_path / "index" / "manifest.json").write_text(manifest.replace(server, dead), encoding="utf-8")
    with pytest.raises(IndexDamaged, match="no Chroma server answers at .*; start it or unset ASSISTANT_CHROMA_URL"):
        open_index(settings.model_copy(update={"chroma_url": dead}), load(settings.corpus_dir))
