"""One assistant that asks a local provider through the real client."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from openai_server import Provider, provider

from assistant import Assistant, Settings

KEY = "sk-secret-of-the-deployer-0123456789"
LIMIT_S = 3.0


@pytest.fixture(scope="session")
def server() -> Iterator[Provider]:
    with provider() as found:
        yield found


@pytest.fixture(scope="session")
def drafting(server: Provider) -> Iterator[Assistant]:
    """An assistant with a model; its environment is that of a deployer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", KEY)
        patch.setenv("OPENAI_BASE_URL", server.url)
        yield Assistant(Settings(model="openai:scripted", model_timeout_s=LIMIT_S))
