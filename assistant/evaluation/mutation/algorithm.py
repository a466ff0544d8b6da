"""The encoded algorithm with one error at a time, and what notices it: the loader, an invariant or a case."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

from assistant.corpus import load, read_yaml
from assistant.errors import CorpusError
from assistant.evaluation.mutation import cases, invariants
from assistant.pathway.model import FILE, algorithm_from
from assistant.pathway.rules import Course, Evidence, Pattern, Recommendation, Standing

# A statement that is about none of the algorithm's entries.
UNRELATED: Final = "review-funding"
_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "standing": get_args(Standing),
    "evidence": get_args(Evidence),
    "recommendation": get_args(Recommendation),
    "unknown": ("bars", "asks"),
}
# Keys that may be left out, and what an entry without them may be given instead.
_OPTIONAL: Final[Mapping[str, tuple[str, ...]]] = {"course": get_args(Course), "pattern": get_args(Pattern)}
_DROPPED: Final = ("course", "pattern", "alongside", "general", "after_brief", "may_be", "aim", "site", "blocks")
_FLAGS: Final[Mapping[str, str]] = {"needs": "unless_studied", "asides": "covers_all", "condition_sites": "presumed"}
_NAMES: Final = ("intervention", "condition", "site", "alongside")
_WORDING: Final = ("says", "modality", "about", "ask", "measure")
_SOURCES: Final = ("statements", "after_brief")
# Lists whose order says something, by how deep they stand: the steps of the pathway, the stages of an intervention.
_ORDERED: Final = ((1, "interventions"), (3, "stages"))

# How the report groups the changes: by key, and by part of the file where a key says different things.
_SUBJECTS: Final[tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = (
    ("wording", _WORDING, ()),
    ("sources", _SOURCES, ()),
    ("what must have failed before", ("needs", "unknown", "unless_studied"), ()),
    ("what must have failed before", ("intervention",), ("interventions",)),
    ("steps, their order, what goes alongside", ("interventions", "alongside"), ("interventions",)),
    ("names and forms of a step", ("includes", "forms"), ()),
    ("grade of a step as a whole", ("general", "evidence", "recommendation"), ("interventions",)),
    ("standing", ("standing", "standings"), ()),
    ("evidence", ("evidence",), ()),
    ("recommendation", ("recommendation",), ()),
    ("where a standing holds", ("intervention", "condition", "course", "pattern", "blocks", "aim"), ("standings",)),
    ("what is no step", (), ("asides",)),
    ("site and its block", (), ("sites",)),
    ("site of a condition", (), ("condition_sites",)),
    ("conditions only listed", (), ("listed",)),
    ("where a step is described", (), ("reaches",)),
    ("contradictions", (), ("contradictions",)),
    ("silence", (), ("silent",)),
)

# Where a value stands in the file: keys and positions from the top.
Path = tuple[str | int, ...]
# The kind of a change, the place, and what stands there then; nothing where it is dropped.
Change = tuple[str, Path, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Mutant:
    """The algorithm's file with one error: its kind, and the place that it changes; an empty value drops the place."""

    kind: str
    whole: Mapping[str, Any]
    path: Path
    value: tuple[Any, ...]

    @property
    def content(self) -> Mapping[str, Any]:
        """What the file would hold."""
        return _changed(self.whole, self.path, *self.value)

    @property
    def where(self) -> str:
        """The place in words: "standings scs, phn: evidence"."""
        return _where(self.whole, self.path if self.path[-1] != self.added else self.path[:-1])

    @property
    def added(self) -> str | None:
        """The key that the error adds to an entry; None where it changes what is there."""
        return str(self.path[-1]) if isinstance(self.path[-1], str) and not _has(self.whole, self.path) else None

    @property
    def subject(self) -> str:
        """What of the algorithm is wrong, as the report groups it."""
        part, key = str(self.path[0]), self.kind.partition(":")[0]
        fits = (name for name, keys, parts in _SUBJECTS if (not keys or key in keys) and (not parts or part in parts))
        return next(fits, part)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What noticed a mutant first ("loader", "invariant", "case"; None: nothing), and in what words."""

    mutant: Mutant
    killer: str | None
    fault: str = ""


def mutants(content: Mapping[str, Any] | None = None) -> Iterator[Mutant]:
    """Each entry dropped, each value flipped to each other that it may have, each name and source exchanged."""
    whole = read_yaml(FILE) if content is None else content
    for path, value in _nodes(whole, ()):
        for kind, place, new in _changes(whole, path, value):
            yield Mutant(kind, whole, place, new)


def outcome(mutant: Mutant) -> Outcome:
    """What notices a mutant first."""
    try:
        algorithm = algorithm_from(mutant.content)
    except CorpusError as error:
        return Outcome(mutant, "loader", str(error))
    for killer, faults in (("invariant", invariants.faults), ("case", cases.faults)):
        fault = next(faults(algorithm), None)
        if fault is not None:
            return Outcome(mutant, killer, fault)
    return Outcome(mutant, None)


def _nodes(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if path:
        yield path, value
    items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _nodes(item, (*path, key))


def _changes(whole: Mapping[str, Any], path: Path, value: Any) -> Iterator[Change]:
    """The kinds of change that a place allows, each with the place that it changes and what stands there then."""
    key, part = path[-1], _list_name(path)
    if isinstance(key, int):
        yield f"{part}: dropped", path, ()
        if isinstance(value, str) and value != UNRELATED:
            yield f"{part}: exchanged", path, (UNRELATED if part in _SOURCES else _other(value),)
        if isinstance(value, Mapping):
            yield from _added(path, value, part)
        return
    if (len(path), key) in _ORDERED:
        for at in range(len(value) - 1):
            yield f"{key}: order changed", path, ([*value[:at], value[at + 1], value[at], *value[at + 2 :]],)
    for other in (*_VALUES.get(key, ()), *_OPTIONAL.get(key, ())):
        if other != value:
            yield f"{key}: changed", path, (other,)
    if key in _DROPPED and not (key == "blocks" and part == "sites"):
        yield f"{key}: dropped", path, ()
    if key in _NAMES and isinstance(value, str):
        yield f"{key}: exchanged", path, (_other(value),)
    if key in _WORDING:
        yield f"{key}: exchanged", path, (_other_wording(whole, path, value),)
    if isinstance(value, bool):
        yield f"{key}: flipped", path, (not value,)
    elif isinstance(value, int | float):
        yield from ((f"{key}: changed", path, (value + step,)) for step in (-20, 20))


def _added(path: Path, entry: Mapping[str, Any], part: str) -> Iterator[Change]:
    """What an entry does not have and might have by mistake."""
    flag = _FLAGS.get(part)
    if flag and flag not in entry:
        yield f"{flag}: flipped", (*path, flag), (True,)
    if part == "standings":
        for key, values in _OPTIONAL.items():
            yield from ((f"{key}: added", (*path, key), (value,)) for value in values if key not in entry)
    if part == "sites" and not entry["blocks"]:
        yield "blocks: added", (*path, "blocks"), (["stellate_block"],)
    if part == "interventions" and "alongside" not in entry and entry["needs"]:
        yield "alongside: added", (*path, "alongside"), (entry["needs"][-1]["intervention"],)


def _has(whole: Any, path: Path) -> bool:
    """Whether there is something at a place."""
    for key in path[:-1]:
        whole = whole[key]
    return not isinstance(whole, Mapping) or path[-1] in whole


def _changed(whole: Mapping[str, Any], path: Path, *value: Any) -> Mapping[str, Any]:
    """The content with a value at a place; without the place where no value is given."""
    content = copy.deepcopy(dict(whole))
    inside: Any = content
    for key in path[:-1]:
        inside = inside[key]
    if value:
        inside[path[-1]] = value[0]
    else:
        del inside[path[-1]]
    return content


def _list_name(path: Path) -> str:
    """The key of the innermost list that a place stands in, itself included."""
    return next((str(key) for key in reversed(path) if isinstance(key, str)), "")


def _other(name: str) -> str:
    """The next concept of the same kind in the vocabulary's order, the first after the last."""
    concepts = load().concepts
    same: Sequence[str] = [item.id for item in concepts.values() if item.kind == concepts[name].kind]
    return same[(same.index(name) + 1) % len(same)]


def _other_wording(whole: Mapping[str, Any], path: Path, value: str) -> str:
    """The next wording of the same part of the file that differs; nothing where there is none."""
    same = [item for place, item in _nodes(whole[str(path[0])], ()) if place[-1] == path[-1] and isinstance(item, str)]
    at = same.index(value)
    return next((item for item in (*same[at + 1 :], *same[:at]) if item != value), "")


def _where(whole: Mapping[str, Any], path: Path) -> str:
    """A place in words: "standings scs of phn: evidence"."""
    words: list[str] = []
    value: Any = whole
    for key in path:
        value = value[key]
        if isinstance(key, str):
            words.append(key)
        elif isinstance(value, Mapping):
            words[-1] += f" {_named(value)}"
        else:
            words[-1] += f" {value}"
    return ": ".join(words)


def _named(entry: Mapping[str, Any]) -> str:
    keys = ("id", "intervention", "condition", "course", "pattern", "aim", "site", "about")
    names = [str(entry[key]) for key in keys if key in entry]
    for key in ("interventions", "conditions"):
        names += [str(entry[key][0])] if key in entry else []
    return ", ".join(names)
