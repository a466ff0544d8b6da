"""Imports point one way, and what needs no model loads none."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import PROJECT_DIR

# From the lowest layer to the highest; a module may import from lower layers and from its own.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"types", "errors"}),
    frozenset({"settings", "entries", "corpus"}),
    frozenset({"reading"}),
    frozenset({"patient"}),
    frozenset({"pathway"}),
    frozenset({"guardrail"}),
    frozenset({"vignette", "refusal", "terms", "courtesy"}),
    frozenset({"conversation", "record", "spelling", "besides"}),
    frozenset({"topics", "offered", "pronouns", "whom", "followup"}),
    frozenset({"question", "index", "embedding", "classifier", "retrieval"}),
    frozenset({"untold"}),
    frozenset({"naming", "scope", "covered", "grounding", "documents"}),
    frozenset({"answering"}),
    frozenset({"drafting", "streaming"}),
    frozenset({"api"}),
    frozenset({"evaluation", "page", "command", "plan_command", "__init__", "__main__"}),
)
# The package's front door names everything, but only when asked: its imports are lazy.
LAZY = frozenset({"__init__"})
SOURCES = sorted((PROJECT_DIR / "assistant").rglob("*.py"))
HEAVY = ("torch", "chromadb", "langchain", "langchain_core", "streamlit", "sentence_transformers", "transformers")


def imported(path: Path) -> set[str]:
    """Names of the modules that a file imports anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            names |= (
                {module, *(f"{module}.{alias.name}" for alias in node.names)} if module == "assistant" else {module}
            )
    return names


def part(path: Path) -> str:
    """The module or package of `assistant` that a file belongs to."""
    inside = path.relative_to(PROJECT_DIR / "assistant")
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def layer(name: str) -> int:
    return next(at for at, names in enumerate(LAYERS) if name in names)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PROJECT_DIR)))
def test_imports_point_down(path: Path) -> None:
    own = part(path)
    parts = {name.split(".")[1] for name in imported(path) if name.startswith("assistant.")}
    modules = {name for name in parts if any(name in names for names in LAYERS)}
    assert own in LAZY or [name for name in sorted(modules) if layer(name) > layer(own)] == []


def test_every_module_has_a_layer() -> None:
    assert {part(path) for path in SOURCES} <= frozenset().union(*LAYERS)


def test_there_is_no_circle() -> None:
    wanted: dict[str, set[str]] = {}
    for path in SOURCES:
        names = {name.split(".")[1] for name in imported(path) if name.startswith("assistant.")}
        wanted.setdefault(part(path), set()).update(names - {part(path)})
    wanted = {name: names & set(wanted) for name, names in wanted.items() if name not in LAZY}
    while free := {name for name, names in wanted.items() if not names & set(wanted)}:
        wanted = {name: names for name, names in wanted.items() if name not in free}
    assert wanted == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PROJECT_DIR)))
def test_the_assistant_imports_neither_ingest_nor_app_nor_tests(path: Path) -> None:
    assert {name.split(".")[0] for name in imported(path)} & {"ingest", "app", "tests"} == set()


def test_only_views_and_the_app_import_streamlit() -> None:
    files = [*SOURCES, *(PROJECT_DIR / "ingest").rglob("*.py")]
    # The messages between browser and page are a format, which the benchmark of the page speaks.
    users = {
        path
        for path in files
        if any(name.split(".")[0] == "streamlit" and not name.startswith("streamlit.proto") for name in imported(path))
    }
    assert all(path.parent.name == "page" and path.name.startswith("views_") for path in users), users


def test_views_are_imported_by_the_app_alone() -> None:
    files = [*SOURCES, *(PROJECT_DIR / "ingest").rglob("*.py")]
    users = [path for path in files if any(".views_" in name for name in imported(path)) and "views_" not in path.name]
    assert users == []


def test_ingest_uses_lower_layers_only() -> None:
    names = {name for path in (PROJECT_DIR / "ingest").rglob("*.py") for name in imported(path)}
    parts = {name.split(".")[1] for name in names if name.startswith("assistant.")}
    assert max(map(layer, parts)) <= layer("index")


@pytest.mark.parametrize(
    "code",
    [
        "import assistant",
        "from assistant import Patient, Settings; Patient('CRPS', failed=['SCS']); Settings()",
        "from assistant.reading import sentences, numbers",
        "from assistant.refusal import refusal; refusal('hello')",
        "from assistant.corpus import load; load()",
        "import assistant.types, assistant.errors, assistant.entries",
    ],
)
def test_what_needs_no_model_loads_none(code: str) -> None:
    script = f"{code}\nimport sys\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT_DIR, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_name_says_what_there_is() -> None:
    import assistant

    with pytest.raises(AttributeError, match="no attribute 'Doctor'; it has Answer, Assistant"):
        _ = assistant.Doctor
    assert set(assistant.__all__) <= set(dir(assistant))
    for name in assistant.__all__:
        assert getattr(assistant, name).__name__ == name
