"""What several test modules share: the article's text, and one real assistant."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from assistant import Assistant, Settings
from assistant.corpus import Corpus, load

# Examples drawn anew at every run look for what nobody thought of; the same commit gets the same verdict in CI.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") or os.environ.get("STELLATE_REQUIRE_ALL"):
    settings.load_profile("ci")


def _skip_or_fail(reason: str) -> None:
    """Skip, saying so; where everything must run (as in CI) fail instead."""
    if os.environ.get("STELLATE_REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def article() -> str:
    """The review's own text: $ASSISTANT_ARTICLE, else a text in the library."""
    named = os.environ.get("ASSISTANT_ARTICLE")
    library = Settings().library_dir
    texts = sorted(library.glob("*.txt")) if library.is_dir() else []
    path = Path(named) if named else next((p for p in texts if "10.17925/USN" in p.read_text(encoding="utf-8")), None)
    if path is None or not path.is_file():
        _skip_or_fail(f"needs the article's text: {named or 'set ASSISTANT_ARTICLE, or put it into ' + str(library)}")
    assert path is not None
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load(Settings().corpus_dir)


@pytest.fixture(scope="session")
def assistant() -> Iterator[Assistant]:
    """The assistant as users get it; builds the index where there is none."""
    yield Assistant()
