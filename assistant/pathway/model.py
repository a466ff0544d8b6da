"""Loads the encoded algorithm: `algorithm.yaml`, checked against the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from assistant.corpus import Corpus, load, read_yaml
from assistant.errors import CorpusError
from assistant.pathway.rules import Algorithm, Intervention, Position

__all__ = ["FILE", "Algorithm", "Intervention", "Position", "algorithm_from", "load_algorithm"]

FILE: Final = Path(__file__).with_name("algorithm.yaml")

# What the names under each key are; a key that stands nowhere here names nothing else.
_STATEMENTS: Final = ("statements", "after_brief")
_STEPS: Final = ("alongside", "may_be")
_CONCEPTS: Final = {
    "intervention": "intervention", "interventions": "intervention", "includes": "intervention",
    "forms": "intervention", "stages": "intervention", "blocks": "intervention", "site": "site", "sites": "site",
    "condition": "condition", "conditions": "condition",
}  # fmt: skip
_LONGEST_SHOWN: Final = 60


@lru_cache(maxsize=4)
def load_algorithm(path: Path = FILE) -> Algorithm:
    """The algorithm; raises CorpusError for an unknown key, a dangling name, a circle, a repeat or a missing source."""
    return algorithm_from(read_yaml(path), path.name)


def algorithm_from(content: Mapping[str, Any], file: str = FILE.name) -> Algorithm:
    """The algorithm of a file's content; `file` is named in a CorpusError, which it raises like `load_algorithm`."""
    try:
        algorithm = Algorithm.model_validate(content)
    except ValidationError as error:
        raise CorpusError(f"{file}: {_describe(error, content)}") from None
    _resolve(algorithm, load(), file)
    _no_circle(algorithm, file)
    _once(algorithm, file)
    return algorithm


def _describe(error: ValidationError, content: Any) -> str:
    faults: list[str] = []
    found = error.errors()
    # A list that holds nothing valid is called too short as well: the fault inside it says more.
    inside = {fault["loc"][:-length] for fault in found for length in range(1, len(fault["loc"]))}
    for fault in (fault for fault in found if fault["type"] != "too_short" or fault["loc"] not in inside):
        *above, key = fault["loc"]
        place = _place(tuple(above), content)
        if fault["type"] == "extra_forbidden":
            faults.insert(0, f"{place}unknown key {key!r}; allowed: the keys of its neighbours")
        elif fault["type"] == "missing":
            faults.append(f"{place}{key!r} is missing")
        else:
            message = fault["msg"].removeprefix("Value error, ")
            place = _place(fault["loc"], content)
            faults.append(f"{place}{message} (got {str(fault['input'])[:_LONGEST_SHOWN]!r})")
    return "; ".join(faults)


def _place(location: tuple[int | str, ...], content: Any) -> str:
    """Where a fault lies in words: "interventions entry 2 (ketamine): needs entry 1: "; entries count from 1."""
    words: list[str] = []
    for part in location:
        content = _inside(content, part)
        if isinstance(part, int):
            name = content.get("id") or content.get("intervention") if isinstance(content, dict) else None
            words[-1:] = [f"{words[-1] if words else ''} entry {part + 1}" + (f" ({name})" if name else "")]
        else:
            words.append(str(part))
    return "".join(f"{word}: " for word in words)


def _inside(content: Any, part: int | str) -> Any:
    try:
        return content[part]
    except (LookupError, TypeError):
        return None


def _resolve(algorithm: Algorithm, corpus: Corpus, file: str) -> None:
    """Every statement, concept and step that the file names exists, and is of the kind that its key wants."""
    own = {item.id for item in algorithm.interventions}
    for place, key, name in _named(algorithm.model_dump(), file):
        if key in _STATEMENTS and name not in corpus.by_id:
            raise CorpusError(f"{place}: unknown statement {name!r}; allowed: ids in corpus/statements")
        if (key in _STEPS or (key == "intervention" and ": needs" in place)) and name not in own:
            raise CorpusError(f"{place}: unknown step {name!r}; allowed: {', '.join(sorted(own))}")
        kind = _CONCEPTS.get(key)
        if kind and (name not in corpus.concepts or corpus.concepts[name].kind != kind):
            raise CorpusError(f"{place}: unknown {kind} {name!r} under {key!r}; allowed: ids in corpus/vocabulary.yaml")
    for item in algorithm.interventions:
        for name in ({item.id} | set(item.forms)) - set(item.includes):
            raise CorpusError(f"{file}: step {item.id}: {name!r} does not stand in 'includes'; add it there")


def _named(value: object, place: str) -> Iterator[tuple[str, str, str]]:
    """(where, key, name) of everything that names something else."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str):
                yield place, str(key), item
            elif isinstance(item, list | tuple) and all(isinstance(name, str) for name in item):
                yield from ((place, str(key), name) for name in item)
            else:
                yield from _named(item, f"{place}: {key}")
    elif isinstance(value, list | tuple):
        for position, item in enumerate(value, 1):
            yield from _named(item, f"{place} entry {position}")


def _no_circle(algorithm: Algorithm, file: str) -> None:
    """A step's needs stand before it in the file, so that no step waits for itself."""
    before: list[str] = []
    for item in algorithm.interventions:
        wanted = [need.intervention for need in item.needs] + ([item.alongside] if item.alongside else [])
        late = [name for name in wanted if name not in before]
        if late:
            raise CorpusError(
                f"{file}: step {item.id} needs {late[0]!r}, which does not stand before it; "
                f"allowed: {', '.join(before) or 'nothing'}"
            )
        before.append(item.id)


def _once(algorithm: Algorithm, file: str) -> None:
    """No step, site, condition or standing is given twice: the second would never be read."""
    positions = [(p.intervention, p.condition, p.course, p.pattern, p.aim) for p in algorithm.standings]
    groups: dict[str, Iterable[object]] = {
        "step": (item.id for item in algorithm.interventions),
        "included intervention": (name for item in algorithm.interventions for name in item.includes),
        "aside": (name for aside in algorithm.asides for name in aside.interventions),
        "site": (entry.site for entry in algorithm.sites),
        "condition site": (entry.condition for entry in algorithm.condition_sites),
        "listed condition": (name for entry in algorithm.listed for name in entry.conditions),
        "standing": (" of ".join(part for part in position if part) for position in positions),
    }
    for kind, names in groups.items():
        twice = [name for name, count in Counter(names).items() if count > 1]
        if twice:
            raise CorpusError(f"{file}: {kind} {twice[0]!r} is given more than once; keep one")
