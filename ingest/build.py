"""Building the index: beside the current one, verified, then swapped in; only what changed is embedded again."""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from filelock import FileLock, Timeout
from langchain_chroma import Chroma
from langchain_core.documents import Document

from assistant.classifier import fit
from assistant.corpus import Corpus, load
from assistant.embedding import IdentifiedEmbeddings, RememberingEmbedder, load_embedder
from assistant.errors import IndexDamaged, IndexFault, IndexForeign, IndexMissing, IndexStale, IngestError
from assistant.index import (
    COLLECTIONS,
    EMBEDDED,
    FORMAT,
    PROGRAM,
    CollectionName,
    Entry,
    Vectors,
    check_current,
    checksum,
    collection_name,
    connect,
    corpus_entries,
    open_index,
    read_manifest,
    read_vectors,
    wanted_sources,
)
from assistant.settings import Settings
from ingest.library import Library, read_library

# A build takes well under a minute; whoever waits longer for another's lock is told instead of hanging.
LOCK_TIMEOUT_S: Final = 300
# Chroma's embedded SQLite takes some 5,000 rows at a time.
WRITE_BATCH: Final = 1000
_SPACE: Final[CreateCollectionConfiguration] = {"hnsw": {"space": "cosine"}}

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did: whether anything, how many entries it holds and how many of them it embedded."""

    built: bool
    entries: int
    embedded: int
    notes: tuple[str, ...] = ()


def build(
    settings: Settings,
    progress: Progress = lambda stage, done, total: None,
    *,
    embedder: IdentifiedEmbeddings | None = None,
) -> Outcome:
    """Make the index current; does nothing where it is. Raises IngestError or IndexForeign with the next step.

    embedder: embeds in place of the model that `settings` names; its identity must be that model's.
    """
    corpus = load(settings.corpus_dir)
    # Before the lock, whose file does not belong into a stranger's folder.
    with suppress(IndexMissing, IndexStale, IndexDamaged, NotADirectoryError):
        read_manifest(settings.index_dir)
    try:
        settings.index_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(settings.index_dir / "lock")
        progress("waiting for another build", 0, 1)
        with lock.acquire(timeout=LOCK_TIMEOUT_S):
            return _build_locked(settings, corpus, progress, embedder)
    except Timeout:
        raise IngestError(f"another process has been building {settings.index_dir} for {LOCK_TIMEOUT_S} s") from None
    except PermissionError as error:
        raise IngestError(f"{settings.index_dir} can't be written ({error}); set ASSISTANT_INDEX_DIR") from error
    except NotADirectoryError as error:
        raise IngestError(f"{settings.index_dir} is not a folder ({error}); set ASSISTANT_INDEX_DIR") from error
    except FileExistsError as error:
        raise IngestError(f"{settings.index_dir} is a file; set ASSISTANT_INDEX_DIR to a folder") from error
    except OSError as error:
        raise IngestError(f"the index in {settings.index_dir} can't be written: {error}") from error


def _build_locked(
    settings: Settings, corpus: Corpus, progress: Progress, embedder: IdentifiedEmbeddings | None
) -> Outcome:
    library = read_library(settings.library_dir, corpus)
    try:
        vectors = open_index(settings, corpus)
        _remove_others(settings, read_manifest(settings.index_dir)["build"])
        return Outcome(False, sum(len(vectors[name].keys) for name in EMBEDDED), 0, library.left_aside)
    except IndexForeign:
        raise
    except IndexFault:
        pass
    progress("loading the embedding model", 0, 1)
    embedder = embedder or load_embedder(settings.embedding_model)
    known = _known_vectors(settings, embedder)
    remembering = RememberingEmbedder(embedder, known, lambda done, total: progress("embedding", done, total))
    manifest = _write(settings, corpus, library, remembering, progress)
    progress("verifying", 0, 1)
    _verify(settings, manifest)
    _swap(settings.index_dir, manifest)
    _remove_others(settings, manifest["build"])
    entries = sum(manifest["collections"][name]["count"] for name in EMBEDDED)
    return Outcome(True, entries, remembering.embedded, library.left_aside)


def _known_vectors(settings: Settings, embedder: IdentifiedEmbeddings) -> dict[str, list[float]]:
    """Vectors of the old index by their text, where it is readable and of the same model."""
    try:
        manifest = read_manifest(settings.index_dir)
        if manifest["model"] != embedder.identity.to_dict() or manifest["sources"]["chroma_url"] != settings.chroma_url:
            return {}
        build_dir = settings.index_dir / "builds" / manifest["build"]
        if settings.chroma_url is None and not build_dir.is_dir():
            return {}
        client = connect(settings, manifest["build"])
        known: dict[str, list[float]] = {}
        for name in EMBEDDED:
            vectors = read_vectors(client, manifest, name)
            known.update(zip(vectors.texts, vectors.matrix.tolist(), strict=True))
        return known
    except (IndexFault, KeyError, TypeError):
        return {}


def _write(
    settings: Settings, corpus: Corpus, library: Library, embedder: RememberingEmbedder, progress: Progress
) -> dict[str, Any]:
    """All collections of a new build; returns its manifest, not yet current."""
    build_id = uuid.uuid4().hex[:12]
    manifest: dict[str, Any] = {
        "program": PROGRAM,
        "format": FORMAT,
        "build": build_id,
        "sources": wanted_sources(settings, corpus),
        "collections": {name: {} for name in COLLECTIONS},
    }
    entries = {**corpus_entries(corpus), "passages": _passage_entries(library)}
    # One call, so that progress counts over all collections.
    vectors = embedder.embed_documents([entry.text for name in EMBEDDED for entry in entries[name]])
    manifest["model"] = {**manifest["sources"]["model"], "dimension": len(vectors[0])}
    client = connect(settings, build_id)
    for name in EMBEDDED:
        store = Chroma(
            client=client,
            collection_name=collection_name(build_id, name),
            embedding_function=embedder,
            collection_configuration=_SPACE,
        )
        _add(store, entries[name])
        manifest["collections"][name] = {"count": len(entries[name])}
    progress("learning which questions are whose", 0, 1)
    classes = _learnt(settings, client, manifest)
    _put(client, build_id, classes)
    manifest["collections"]["classes"] = {"count": len(classes.keys)}
    return manifest


def _learnt(settings: Settings, client: ClientAPI, manifest: dict[str, Any]) -> Vectors:
    """The classes of the statements: those of the old index, where statements and model are the same, or new ones."""
    try:
        old = read_manifest(settings.index_dir)
        is_same = [old["sources"][part] == manifest["sources"][part] for part in ("model", "chroma_url")]
        is_same.append(old["sources"]["corpus"]["statements"] == manifest["sources"]["corpus"]["statements"])
        if all(is_same) and (settings.chroma_url or (settings.index_dir / "builds" / old["build"]).is_dir()):
            return read_vectors(connect(settings, old["build"]), old, "classes")
    except (IndexFault, KeyError, TypeError):
        pass
    return fit(read_vectors(client, manifest, "statements", expect_checksum=False))


def _passage_entries(library: Library) -> list[Entry]:
    return [Entry(passage.key, ",".join(passage.statements), passage.text) for passage in library.passages]


def _add(store: Chroma, entries: list[Entry]) -> None:
    for start in range(0, len(entries), WRITE_BATCH):
        batch = entries[start : start + WRITE_BATCH]
        documents = [Document(page_content=entry.text, metadata={"owner": entry.owner}) for entry in batch]
        store.add_documents(documents, ids=[entry.key for entry in batch])


def _put(client: ClientAPI, build_id: str, found: Vectors) -> None:
    """Write the classes as they are: they are no texts to embed."""
    name = collection_name(build_id, "classes")
    collection = client.create_collection(name, configuration=_SPACE, embedding_function=None)
    for start in range(0, len(found.keys), WRITE_BATCH):
        part = slice(start, start + WRITE_BATCH)
        collection.add(
            ids=list(found.keys[part]),
            embeddings=found.matrix[part],
            documents=list(found.texts[part]),
            metadatas=[{"owner": owner} for owner in found.owners[part]],
        )


def _verify(settings: Settings, manifest: dict[str, Any]) -> None:
    """Read everything back once, and put each collection's checksum into the manifest."""
    client = connect(settings, manifest["build"])
    for name in COLLECTIONS:
        part = manifest["collections"][name]
        vectors = read_vectors(client, manifest, name, expect_checksum=False)
        part["checksum"] = checksum(vectors)


def _swap(folder: Path, manifest: dict[str, Any]) -> None:
    """Make the build current: one atomic rename, after its bytes are on the disk."""
    new = folder / "manifest.json.new"
    with new.open("w", encoding="utf-8") as file:
        json.dump(manifest, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / "manifest.json")


def _remove_others(settings: Settings, current: str) -> None:
    """Drop builds that are not current; readers hold theirs in memory."""
    if settings.chroma_url is not None:
        client = connect(settings, current)
        keep: set[str] = {collection_name(current, name) for name in COLLECTIONS}
        for collection in client.list_collections():
            if collection.name.startswith(f"{PROGRAM}-") and collection.name not in keep:
                client.delete_collection(collection.name)
        return
    for folder in (settings.index_dir / "builds").iterdir():
        if folder.name != current:
            shutil.rmtree(folder, ignore_errors=True)


def verify(settings: Settings) -> dict[CollectionName, int]:
    """Texts by collection of a current, whole index; raises the IndexFault that names what is wrong."""
    corpus = load(settings.corpus_dir)
    check_current(settings, corpus)
    vectors = open_index(settings, corpus)
    return {name: len(vectors[name].keys) for name in EMBEDDED}
