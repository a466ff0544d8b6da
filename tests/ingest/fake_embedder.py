"""An embedder without a model, and a build with it in a process of its own."""

from __future__ import annotations

import hashlib
import sys
import time
from pathlib import Path

import numpy as np

from assistant.embedding import IdentifiedEmbeddings, ModelIdentity, model_sha256
from assistant.settings import Settings
from ingest.build import Outcome, build

DIMENSION = 8


class FakeEmbedder(IdentifiedEmbeddings):
    """Unit vectors from a text's SHA-256; counts what it embeds."""

    def __init__(self, settings: Settings) -> None:
        name = settings.embedding_model
        self.identity = ModelIdentity(name, model_sha256(name), DIMENSION)
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [self._vector(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self._vector(text)

    def _vector(self, text: str) -> list[float]:
        numbers = np.frombuffer(hashlib.sha256(text.encode()).digest()[:DIMENSION], dtype=np.uint8) - 127.5
        return [float(number) for number in numbers / np.linalg.norm(numbers)]


def fake_build(settings: Settings) -> tuple[Outcome, int]:
    """What a build did, and how many texts it had embedded."""
    embedder = FakeEmbedder(settings)
    return build(settings, embedder=embedder), len(embedder.embedded)


def main(stop_at: str) -> None:
    """Build with the settings of the environment; say each stage, and wait for ever at `stop_at`."""

    def progress(stage: str, done: int, total: int) -> None:
        sys.stdout.write(f"{stage}\n")
        sys.stdout.flush()
        if stage == stop_at:
            time.sleep(600)

    settings = Settings()
    outcome = build(settings, progress, embedder=FakeEmbedder(settings))
    sys.stdout.write(f"built {outcome.built} {outcome.entries}\n")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(sys.argv[1])
