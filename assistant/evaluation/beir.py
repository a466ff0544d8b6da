"""The project's search over documents in BEIR's layout, beside BM25, dense search and their usual fusions in one run.

Layout (Thakur et al., NeurIPS 2021): corpus.jsonl (_id, title, text), queries.jsonl (_id, text), qrels/*.tsv
(query-id, corpus-id, score, with a header). Measures are those of ir-measures; differences are paired by query.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.documents import Document, DocumentSearch
from assistant.embedding import load_embedder
from assistant.errors import SettingsError
from assistant.evaluation.compare import paired
from assistant.evaluation.intervals import Estimate, ratio
from assistant.evaluation.report import Metrics, Report
from assistant.evaluation.retrieval import ranked
from assistant.evaluation.sets import SetError, read_lines

MAIN: Final = "fused"
MEASURES: Final = {
    "ndcg@10": "nDCG@10", "recall@5": "R@5", "recall@10": "R@10", "recall@100": "R@100", "mrr@10": "RR@10",
    "map@100": "AP@100",
}  # fmt: skip
_LAYOUT: Final = "a folder in BEIR's layout holds corpus.jsonl, queries.jsonl and qrels/*.tsv"
# Judged parts in the order in which one is chosen where there are several.
_PARTS: Final = ("test", "dev", "train")

Rankings = Mapping[str, list[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class Library:
    """Documents, queries by id, and judgements: query id -> document id -> grade above 0."""

    name: str
    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    judged: Mapping[str, Mapping[str, int]]


def load_folder(folder: Path, limit: int | None = None) -> Library:
    """Read a folder, of its judged queries the first `limit`; raises SetError with file, line and fault."""
    if not folder.is_dir():
        raise SetError(f"{folder}: no such folder; {_LAYOUT}")
    documents = tuple(
        Document(_text(folder, "corpus.jsonl", at, row, "_id"), str(row.get("title") or ""),
                 _text(folder, "corpus.jsonl", at, row, "text"))
        for at, row in _rows(folder / "corpus.jsonl")
    )  # fmt: skip
    known = {document.id for document in documents}
    if len(known) < len(documents):
        raise SetError(f"{folder / 'corpus.jsonl'}: an _id is used more than once; give each document its own")
    queries = {_text(folder, "queries.jsonl", at, row, "_id"): _text(folder, "queries.jsonl", at, row, "text")
               for at, row in _rows(folder / "queries.jsonl")}  # fmt: skip
    judged = {
        name: grades for name, found in _judgements(folder).items() if name in queries
        if (grades := {document: grade for document, grade in found.items() if grade > 0 and document in known})
    }  # fmt: skip
    if not judged:
        raise SetError(f"{folder}: no query has a judged document; {_LAYOUT}")
    kept = dict(list(judged.items())[:limit])
    return Library(folder.resolve().name, documents, {name: queries[name] for name in kept}, kept)


def _rows(path: Path) -> list[tuple[int, Mapping[str, Any]]]:
    if not path.is_file():
        raise SetError(f"{path}: no such file; {_LAYOUT}")
    found = []
    for number, row in read_lines(path):
        if not isinstance(row, Mapping):
            raise SetError(f"{path}: line {number}: expected an object, got {type(row).__name__}")
        found.append((number, row))
    return found


def _text(folder: Path, name: str, number: int, row: Mapping[str, Any], key: str) -> str:
    if not isinstance(row.get(key), str):
        raise SetError(f"{folder / name}: line {number}: {key!r} must be text, got {row.get(key)!r:.60}")
    return str(row[key])


def _judgements(folder: Path) -> dict[str, dict[str, int]]:
    paths = sorted((folder / "qrels").glob("*.tsv"))
    if not paths:
        raise SetError(f"{folder / 'qrels'}: no *.tsv; {_LAYOUT}")
    named = {path.stem: path for path in paths}
    path = next((named[part] for part in _PARTS if part in named), paths[0])
    found: dict[str, dict[str, int]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        cells = line.split("\t")
        if number == 1 and not cells[-1].strip().lstrip("-").isdigit() or not line.strip():
            continue
        try:
            query, document, grade = cells[0], cells[-2], int(cells[-1])
        except (ValueError, IndexError):
            raise SetError(f"{path}: line {number}: got {line!r:.60}; allowed: query-id, corpus-id, score") from None
        found.setdefault(query, {})[document] = grade
    return found


def evaluate_beir(
    library: Library,
    model: str | None = None,
    *,
    search: DocumentSearch | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Report, Mapping[str, Rankings]]:
    """Figures of every way of searching with what "fused" gains over it, and the rankings by way and query.

    search: by default over the library's documents with an embedding model's folder or name.
    """
    if search is None:
        search = DocumentSearch(library.documents, load_embedder(*([model] if model else [])), progress)
    rankings: dict[str, dict[str, list[tuple[str, float]]]] = {}
    for name, query in library.queries.items():
        for way, scores in search.scores(query).items():
            rankings.setdefault(way, {})[name] = search.rank(scores)
    values = {way: _measured(library, found) for way, found in rankings.items()}
    results: dict[str, Metrics] = {way: _figures(values, way, seed) for way in values}
    queries = list(library.queries)
    items = {name: {label: (values[MAIN][label][name], 1.0) for label in MEASURES} for name in queries}
    about = {"seed": seed, "documents": len(library.documents), "queries": len(queries), "folder": library.name}
    return Report(f"retrieval {library.name}", {library.name: results}, about, by_item=items), rankings


def _measured(library: Library, found: Rankings) -> dict[str, dict[str, float]]:
    # Ranks as scores: the order, ties broken, is the search's own.
    run = {name: {document: float(-at) for at, (document, _) in enumerate(best)} for name, best in found.items()}
    return ranked(library.judged, run, MEASURES)


def _figures(values: Mapping[str, Mapping[str, Mapping[str, float]]], way: str, seed: int) -> Metrics:
    own = {label: ratio([(value, 1.0) for value in values[way][label].values()], seed) for label in MEASURES}
    if way == MAIN:
        return own
    parts = [(values[way]["ndcg@10"][name], 1.0, value, 1.0) for name, value in values[MAIN]["ndcg@10"].items()]
    mean = round(sum(part[2] - part[0] for part in parts) / len(parts), 4)
    is_same = all(part[0] == part[2] for part in parts)
    return {**own, "ndcg@10 gained by fused": Estimate(mean, len(parts), None if is_same else paired(parts, seed))}


def write_run(rankings: Mapping[str, Rankings], path: Path) -> None:
    """Write the main ranking as a TREC run: query, Q0, document, rank, score, name."""
    if any(" " in query or any(" " in document for document, _ in best) for query, best in rankings[MAIN].items()):
        raise SettingsError(f"{path}: ids with spaces can't be written as a TREC run; rename them")
    rows = (f"{query} Q0 {document} {rank} {score:.6f} stellate\n" for query, best in rankings[MAIN].items()
            for rank, (document, score) in enumerate(best, 1))  # fmt: skip
    path.write_text("".join(rows), encoding="utf-8")
