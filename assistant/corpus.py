"""The corpus: statements, references, errata and vocabulary, from YAML and JSON and checked against each other."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import ValidationError

from assistant.entries import AspectCues, Concept, Entry, Erratum, Outside, Reference, Statement
from assistant.errors import CorpusError
from assistant.settings import PROJECT_DIR

DEFAULT_DIR: Final = PROJECT_DIR / "corpus"
# The C loader reads the corpus some ten times faster; PyYAML without its C part still works.
_BASE_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CSL_KEYS: Final = ("author", "issued", "title", "container-title")

AnyEntry = TypeVar("AnyEntry", bound=Entry)


@dataclass(frozen=True)
class Corpus:
    """The whole corpus; statements in printed order, references by number."""

    statements: tuple[Statement, ...]
    references: dict[int, Reference]
    concepts: dict[str, Concept]
    aspects: dict[str, AspectCues]
    outside: dict[str, Outside]
    errata: tuple[Erratum, ...]

    @cached_property
    def by_id(self) -> dict[str, Statement]:
        """Statements by their id."""
        return {statement.id: statement for statement in self.statements}

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """Section headings in printed order."""
        return tuple(dict.fromkeys(statement.section for statement in self.statements))

    @cached_property
    def ordinary_words(self) -> frozenset[str]:
        """Words that the statements and their questions write small; some are authors' names too."""
        texts = (text for statement in self.statements for text in (statement.text, *statement.questions))
        return frozenset(word for text in texts for word in re.findall(r"\b[a-z]+\b", text))

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        return {concept: frozenset(self._climb(concept)) for concept in self.concepts}

    def _climb(self, concept: str) -> set[str]:
        found = {concept}
        for parent in self.concepts[concept].broader:
            found |= self._climb(parent)
        return found

    def with_broader(self, concepts: Iterable[str]) -> frozenset[str]:
        """The concepts and everything broader than them."""
        return frozenset().union(*(self._ancestors[concept] for concept in concepts))

    def printed_as(self, statement: Statement) -> tuple[tuple[int, int], ...]:
        """(printed, right) for each of the statement's references that the article prints wrong, by right number."""
        pairs = {
            (erratum.printed, erratum.right)
            for erratum in self.errata
            if erratum.printed is not None
            and erratum.right is not None
            and erratum.right in statement.references
            and (erratum.section, erratum.paragraph) == (statement.section, statement.paragraph)
            and erratum.sentence in statement.sentences
        }
        return tuple(sorted(pairs, key=lambda pair: pair[1]))


class _Loader(_BASE_LOADER):  # type: ignore[misc, valid-type]
    """A safe loader that doesn't lose the first of two equal keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        twice = [key for key, count in Counter(map(str, keys)).items() if count > 1]
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"key {twice[0]!r} used more than once", node.start_mark
            )
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


@lru_cache(maxsize=4)
def load(folder: Path = DEFAULT_DIR) -> Corpus:
    """The corpus in `folder`; raises CorpusError naming file, entry, fault and what is allowed."""
    vocabulary = read_yaml(folder / "vocabulary.yaml")
    corpus = Corpus(
        statements=_statements(folder / "statements"),
        references=_references(folder / "references.json"),
        concepts=_by_id(folder / "vocabulary.yaml", Concept, vocabulary, "concepts"),
        aspects=_by_id(folder / "vocabulary.yaml", AspectCues, vocabulary, "aspects"),
        outside=_by_id(folder / "outside.yaml", Outside, read_yaml(folder / "outside.yaml"), "outside"),
        errata=tuple(_entries(folder / "errata.yaml", Erratum, read_yaml(folder / "errata.yaml").get("errata"), {})),
    )
    _resolve(corpus, folder)
    return corpus


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file; raises CorpusError naming the file."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
    except FileNotFoundError:
        raise CorpusError(f"{path}: not found; is the corpus complete?") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise CorpusError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from None
    except OSError as error:
        raise CorpusError(f"{path}: can't be read ({error})") from None
    if not isinstance(content, dict):
        raise CorpusError(f"{path}: expected a mapping at the top, got {type(content).__name__}")
    return content


def _entries(path: Path, model: type[AnyEntry], items: object, shared: Mapping[str, Any]) -> Iterator[AnyEntry]:
    """Validated entries of a list; `shared` holds values that the file gives once for all."""
    if not isinstance(items, list):
        raise CorpusError(f"{path}: expected a list of entries, got {type(items).__name__}")
    for position, item in enumerate(items, 1):
        if not isinstance(item, dict):
            raise CorpusError(f"{path}: entry {position}: expected a mapping, got {type(item).__name__}")
        try:
            yield model.model_validate({**shared, **item})
        except ValidationError as error:
            raise CorpusError(f"{path}: {item.get('id', f'entry {position}')}: {_describe(error, model)}") from None


def _describe(error: ValidationError, model: type[Entry]) -> str:
    faults: list[str] = []
    for fault in error.errors():
        key = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            faults.insert(0, f"unknown key {key!r}; allowed: {', '.join(model.model_fields)}")
        elif fault["type"] == "missing":
            faults.append(f"{key!r} is missing")
        else:
            faults.append(f"{key}: {fault['msg']} (got {fault['input']!r:.120})")
    return "; ".join(faults)


def _statements(folder: Path) -> tuple[Statement, ...]:
    found: list[Statement] = []
    for path in sorted(folder.glob("*.yaml")):
        content = read_yaml(path)
        if set(content) != {"section", "statements"}:
            raise CorpusError(f"{path}: expected the keys section, statements; got {', '.join(map(str, content))}")
        found += _entries(path, Statement, content["statements"], {"section": content["section"]})
    if not found:
        raise CorpusError(f"{folder}: holds no statements; name the folder of a corpus in ASSISTANT_CORPUS_DIR")
    _unique(folder, (statement.id for statement in found))
    return tuple(found)


def _by_id(path: Path, model: type[AnyEntry], content: Mapping[str, Any], key: str) -> dict[str, AnyEntry]:
    entries = list(_entries(path, model, content.get(key), {}))
    _unique(path, (str(entry.model_dump()["id"]) for entry in entries))
    return {str(entry.model_dump()["id"]): entry for entry in entries}


def _unique(path: Path, ids: Iterable[str]) -> None:
    twice = sorted(name for name, count in Counter(ids).items() if count > 1)
    if twice:
        raise CorpusError(f"{path}: id used more than once: {', '.join(twice)}; give each entry its own")


def _references(path: Path) -> dict[int, Reference]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        references = {int(csl["citation-number"]): Reference(int(csl["citation-number"]), csl) for csl in content}
        for reference in references.values():
            _complete(reference, path)
    except FileNotFoundError:
        raise CorpusError(f"{path}: not found; is the corpus complete?") from None
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"{path}: not CSL-JSON with citation-number: {error!r}") from None
    except OSError as error:
        raise CorpusError(f"{path}: can't be read ({error})") from None
    if sorted(references) != list(range(1, len(content) + 1)):
        raise CorpusError(f"{path}: citation-number must run from 1 to {len(content)} without gap or repeat")
    return references


def _complete(reference: Reference, path: Path) -> None:
    """Raises CorpusError for a reference that can't be printed."""
    missing = [key for key in _CSL_KEYS if not reference.csl.get(key)]
    if missing:
        raise CorpusError(
            f"{path}: reference {reference.number}: {missing[0]!r} is missing; needed: {', '.join(_CSL_KEYS)}"
        )
    try:
        _ = reference.first_author, reference.year
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise CorpusError(f"{path}: reference {reference.number}: author or year is not CSL-JSON ({error!r})") from None


def _no_circles(corpus: Corpus, folder: Path) -> None:
    """Raises CorpusError where a concept is broader than itself."""
    settled: set[str] = set()
    while len(settled) < len(corpus.concepts):
        open_ = [concept for concept in corpus.concepts.values() if concept.id not in settled]
        free = {concept.id for concept in open_ if settled.issuperset(concept.broader)}
        if not free:
            names = ", ".join(concept.id for concept in open_)
            raise CorpusError(
                f"{folder}: concepts broader than themselves, among: {names}; cut the circle in 'broader'"
            )
        settled |= free


def _resolve(corpus: Corpus, folder: Path) -> None:
    """Every id that an entry names exists; raises CorpusError for the first that does not."""
    named: list[tuple[str, str, Iterable[object], Iterable[object]]] = []
    for statement in corpus.statements:
        where = f"statement {statement.id}"
        named += [
            (where, "reference", statement.references, corpus.references),
            (where, "concept", statement.about, corpus.concepts),
            (where, "study", [statement.trial] if statement.trial else [], corpus.concepts),
            (where, "statement", [statement.restates] if statement.restates else [], corpus.by_id),
        ]
    for concept in corpus.concepts.values():
        named.append((f"concept {concept.id}", "concept", concept.broader, corpus.concepts))
        named.append((f"concept {concept.id}", "reference", concept.references, corpus.references))
    for outside in corpus.outside.values():
        named.append((f"outside {outside.id}", "concept", outside.nearby, corpus.concepts))
    for erratum in corpus.errata:
        right = [] if erratum.right is None else [erratum.right]
        named.append((f"erratum in {erratum.section}", "section", [erratum.section], corpus.sections))
        named.append((f"erratum in {erratum.section}", "reference", right, corpus.references))
    for where, kind, wanted, known in named:
        missing = [name for name in wanted if name not in known]
        if missing:
            raise CorpusError(f"{folder}: {where}: unknown {kind} {missing[0]!r}; known: {_shorten(known)}")
    both = sorted(set(corpus.concepts) & set(corpus.outside))
    if both:
        raise CorpusError(f"{folder}: {both[0]!r} is both a concept and outside; give each its own id")
    _no_circles(corpus, folder)


def _shorten(known: Iterable[object]) -> str:
    names = [str(name) for name in known]
    return ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
