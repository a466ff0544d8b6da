"""The index on disk: what belongs into it, its manifest, and opening it verified.

Layout of the folder: `manifest.json` names the current build; each build has a Chroma folder of its own under
`builds/` (or collections of its own on a Chroma server). A build is made beside the current one and becomes current
when the manifest is replaced, which is atomic: a build killed at any moment leaves the old index serving.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

import numpy as np

from assistant.corpus import Corpus
from assistant.embedding import model_sha256
from assistant.errors import IndexDamaged, IndexForeign, IndexMissing, IndexStale
from assistant.settings import Settings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from numpy.typing import NDArray

FORMAT: Final = 2
# Changed with the way that documents are cut into passages: indexes that hold any are then built anew, others not.
_CUT: Final = b"sentences with their neighbours\n"
PROGRAM: Final = "stellate"
REBUILD: Final = "run `python -m ingest`"
# What a build leaves in the folder when it is killed before there is a manifest.
_OURS: Final = ("builds", "lock", "manifest.json.new")
DOCUMENTS: Final = (".txt", ".md", ".pdf")
# The name of a build's folder: nothing that leads out of the index's own.
_BUILD: Final = re.compile(r"[0-9a-f]{12}")
CollectionName = Literal["statements", "references", "passages", "classes"]
COLLECTIONS: Final[tuple[CollectionName, ...]] = ("statements", "references", "passages", "classes")
# Those whose vectors are texts embedded; the classes are learnt from the first of them.
EMBEDDED: Final[tuple[CollectionName, ...]] = ("statements", "references", "passages")


@dataclass(frozen=True, slots=True)
class Entry:
    """One text to embed: `key` is unique in its collection, `owner` the statement, reference or passage it finds."""

    key: str
    owner: str
    text: str


@dataclass(frozen=True, slots=True)
class Vectors:
    """Embedded entries of one collection: row i of `matrix` (unit length) belongs to owners[i] and texts[i]."""

    keys: tuple[str, ...]
    owners: tuple[str, ...]
    texts: tuple[str, ...]
    matrix: NDArray[np.float32]


def corpus_entries(corpus: Corpus) -> dict[CollectionName, list[Entry]]:
    """What the corpus gives to embed: each statement and each of its questions, and each reference."""
    statements = []
    for statement in corpus.statements:
        statements.append(Entry(statement.id, statement.id, statement.text))
        statements += [
            Entry(f"{statement.id}?{number}", statement.id, question)
            for number, question in enumerate(statement.questions, 1)
        ]
    references = [Entry(str(number), str(number), item.formatted) for number, item in corpus.references.items()]
    return {"statements": statements, "references": references}


def digest(entries: Iterable[Entry]) -> str:
    """SHA-256 over keys and texts: changes when anything to embed changes."""
    return hashlib.sha256(json.dumps([[e.key, e.owner, e.text] for e in entries]).encode()).hexdigest()


def library_documents(folder: Path) -> list[Path]:
    """The documents of a library by name; no folder is an empty library."""
    if not folder.is_dir():
        return []
    files = (path for path in folder.iterdir() if path.suffix.lower() in DOCUMENTS and path.is_file())
    return sorted(path for path in files if path.name != "README.md")


def library_sources(folder: Path) -> dict[str, str]:
    """SHA-256 of each document of the library, and of how it is cut into passages, by its name."""
    return {path.name: hashlib.sha256(_CUT + path.read_bytes()).hexdigest() for path in library_documents(folder)}


def wanted_sources(settings: Settings, corpus: Corpus) -> dict[str, Any]:
    """What an up-to-date index was built from."""
    return {
        "corpus": {name: digest(entries) for name, entries in corpus_entries(corpus).items()},
        "library": library_sources(settings.library_dir),
        "model": {"name": settings.embedding_model, "sha256": model_sha256(settings.embedding_model)},
        "chroma_url": settings.chroma_url,
    }


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the index in `folder`; raises IndexMissing, IndexForeign or IndexDamaged."""
    path = folder / "manifest.json"
    if not path.exists():
        strangers = sorted(p.name for p in folder.iterdir() if p.name not in _OURS) if folder.is_dir() else []
        if strangers:
            raise IndexForeign(
                f"{folder} is not an index of this program (it holds {strangers[0]!r}); "
                "name another folder in ASSISTANT_INDEX_DIR"
            )
        raise IndexMissing(f"no index in {folder}; {REBUILD}")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise IndexDamaged(f"{path} can't be read ({error}); {REBUILD}") from None
    if not isinstance(manifest, dict) or manifest.get("program") != PROGRAM:
        raise IndexForeign(f"{path} was not written by this program; name another folder in ASSISTANT_INDEX_DIR")
    if manifest.get("format") != FORMAT:
        raise IndexStale(f"{path} has format {manifest.get('format')!r}, this version reads {FORMAT}; {REBUILD}")
    fault = _fault(manifest)
    if fault:
        raise IndexDamaged(f"{path}: {fault}; {REBUILD}")
    return manifest


def _fault(manifest: dict[str, Any]) -> str | None:
    """What is wrong with the shape of a manifest."""
    build, collections, model = manifest.get("build"), manifest.get("collections"), manifest.get("model")
    if not isinstance(build, str) or not _BUILD.fullmatch(build):
        return f"'build' is {build!r}"
    if not isinstance(manifest.get("sources"), dict):
        return "'sources' is no mapping"
    if not isinstance(model, dict) or not isinstance(model.get("dimension"), int):
        return "'model' has no dimension"
    if not isinstance(collections, dict):
        return "'collections' is no mapping"
    bad = [name for name in COLLECTIONS if not _is_collection(collections.get(name))]
    return f"'collections' has no count and checksum of {bad[0]!r}" if bad else None


def _is_collection(part: object) -> bool:
    return isinstance(part, dict) and isinstance(part.get("count"), int) and isinstance(part.get("checksum"), str)


def check_current(settings: Settings, corpus: Corpus) -> dict[str, Any]:
    """The manifest if the index is up to date; raises IndexStale naming what differs."""
    manifest = read_manifest(settings.index_dir)
    wanted = wanted_sources(settings, corpus)
    changed = [name for name, value in wanted.items() if manifest["sources"].get(name) != value]
    if changed:
        raise IndexStale(f"the index in {settings.index_dir} was built from another {', '.join(changed)}; {REBUILD}")
    return manifest


def connect(settings: Settings, build: str) -> ClientAPI:
    """A Chroma client for a build: its own folder, or the server; telemetry off."""
    # Chroma's own default is to report usage; both ways of asking it not to.
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    quiet = ChromaSettings(anonymized_telemetry=False)
    if settings.chroma_url is None:
        path = settings.index_dir / "builds" / build
        try:
            return chromadb.PersistentClient(path=str(path), settings=quiet)
        except Exception as error:  # chromadb's errors share no base class below Exception
            raise IndexDamaged(f"{path} can't be opened ({type(error).__name__}: {error}); {REBUILD}") from error
    url = urlsplit(settings.chroma_url)
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        return chromadb.HttpClient(host=url.hostname or "", port=port, ssl=url.scheme == "https", settings=quiet)
    except Exception as error:  # chromadb raises bare ValueError and httpx errors alike when it can't reach a server
        raise IndexDamaged(
            f"no Chroma server answers at {settings.chroma_url} ({error}); start it or unset ASSISTANT_CHROMA_URL"
        ) from error


def collection_name(build: str, name: CollectionName) -> str:
    """The Chroma collection of a build."""
    return f"{PROGRAM}-{build}-{name}"


def read_vectors(
    client: ClientAPI, manifest: dict[str, Any], name: CollectionName, *, expect_checksum: bool = True
) -> Vectors:
    """One collection, verified against the manifest's count and (of a finished build) checksum; raises IndexDamaged."""
    expected = manifest["collections"][name]
    where = f"collection {name!r} of build {manifest['build']}"
    try:
        found = client.get_collection(collection_name(manifest["build"], name)).get(
            include=["embeddings", "documents", "metadatas"]
        )
        vectors = _in_order(found, manifest["model"]["dimension"])
    except IndexDamaged:
        raise
    except Exception as error:  # chromadb's errors share no base class below Exception
        raise IndexDamaged(f"{where} can't be read ({type(error).__name__}: {error}); {REBUILD}") from error
    if len(vectors.keys) != expected["count"]:
        raise IndexDamaged(
            f"{where} holds {len(vectors.keys)} entries, its manifest says {expected['count']}; {REBUILD}"
        )
    if expect_checksum and checksum(vectors) != expected["checksum"]:
        raise IndexDamaged(f"{where} does not match its checksum; {REBUILD}")
    return vectors


def _in_order(found: Any, dimension: int) -> Vectors:
    order = sorted(range(len(found["ids"])), key=lambda i: found["ids"][i])
    matrix = np.asarray([found["embeddings"][i] for i in order], dtype=np.float32)
    # Without a library there are no passages, and no vector to tell its length.
    matrix = matrix if order else matrix.reshape(0, dimension)
    if matrix.ndim != 2 or matrix.shape[1] != dimension:
        raise IndexDamaged(f"vectors have the shape {matrix.shape}, the manifest says {dimension} numbers; {REBUILD}")
    return Vectors(
        keys=tuple(found["ids"][i] for i in order),
        owners=tuple(str(found["metadatas"][i]["owner"]) for i in order),
        texts=tuple(found["documents"][i] for i in order),
        matrix=matrix,
    )


def checksum(vectors: Vectors) -> str:
    """SHA-256 over keys, texts and the vectors to four decimals."""
    sums = hashlib.sha256(json.dumps([vectors.keys, vectors.owners, vectors.texts]).encode())
    # Adding zero turns -0.0 into 0.0, which has other bytes.
    sums.update((np.round(vectors.matrix.astype(np.float64), 4) + 0.0).tobytes())
    return sums.hexdigest()


def open_index(settings: Settings, corpus: Corpus) -> dict[CollectionName, Vectors]:
    """All collections of the current, up-to-date, verified index; raises an IndexFault that names the next step."""
    manifest = check_current(settings, corpus)
    try:
        return _open_build(settings, manifest)
    except IndexDamaged:
        # Another process may have put a new build in the place of this one, and removed it.
        if check_current(settings, corpus)["build"] == manifest["build"]:
            raise
        return open_index(settings, corpus)


def _open_build(settings: Settings, manifest: dict[str, Any]) -> dict[CollectionName, Vectors]:
    build = settings.index_dir / "builds" / manifest["build"]
    if settings.chroma_url is None and not (build / "chroma.sqlite3").is_file():
        raise IndexDamaged(f"{build} has no database; {REBUILD}")
    client = connect(settings, manifest["build"])
    return {name: read_vectors(client, manifest, name) for name in COLLECTIONS}
