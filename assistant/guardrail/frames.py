"""The frames as data: what a statement says in one role, and what could stand there wrongly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError

from assistant.corpus import load, read_yaml
from assistant.entries import Entry, Strings
from assistant.errors import CorpusError
from assistant.guardrail.phrases import Phrases, parse
from assistant.guardrail.types import Category, Severity

FOLDER: Final = Path(__file__).with_name("rules") / "frames"


class Frame(Entry):
    """What stands in one role of one statement.

    about: groups of phrases; where one of each group stands in a text, the text is about this statement. "@scs" is any
    word for that concept or a kind of it. slot: the class of what is compared; right: its members that the statement
    has; also: members that may stand beside and say nothing wrong. denial: whether denying a right member is wrong.
    closed: another member is wrong even beside a right one, as in a list that the review gives whole.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    statement: str
    category: Category
    severity: Severity = "caution"
    about: Annotated[tuple[Strings, ...], Field(strict=False, min_length=1)]
    without: Strings = ()
    slot: str
    right: Strings
    also: Strings = ()
    denial: bool = True
    closed: bool = False
    fires: Annotated[Strings, Field(min_length=1)]
    near_miss: Annotated[Strings, Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Subject:
    """A frame with the names under which what it needs is found; `key`: the rarest group of what it is about."""

    frame: Frame
    about: tuple[frozenset[str], ...]
    without: frozenset[str]
    right: frozenset[str]
    idle: frozenset[str]
    every: frozenset[str]

    @property
    def key(self) -> frozenset[str]:
        """The names under which the frame is looked up."""
        return min(self.about, key=lambda names: (any(name.startswith("@") for name in names), len(names)))

    def is_about(self, names: Set[str]) -> bool:
        """Whether one of each group is among the names, and nothing that switches the frame off."""
        for needed in self.about:
            if needed.isdisjoint(names):
                return False
        return self.without.isdisjoint(names)


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames, the members of each class with their phrases, and what finds all of their phrases."""

    frames: tuple[Frame, ...]
    classes: dict[str, dict[str, tuple[str, ...]]]
    phrases: Phrases
    # In order of the frames' ids; by each name of their keys where they stand in that order.
    subjects: tuple[Subject, ...]
    keys: dict[str, tuple[int, ...]]

    def about(self, names: Set[str]) -> Iterator[Subject]:
        """The frames that a text with these names is about, in order of their ids."""
        near = sorted({place for name in self.keys.keys() & names for place in self.keys[name]})
        return (self.subjects[place] for place in near if self.subjects[place].is_about(names))


@lru_cache(maxsize=2)
def load_frames(folder: Path = FOLDER) -> Frames:
    """All frames; raises CorpusError naming file, frame, fault and what is allowed."""
    files = {path: read_yaml(path) for path in sorted(folder.glob("*.yaml"))}
    classes: dict[str, dict[str, tuple[str, ...]]] = {}
    for path, content in files.items():
        for name, members in _classes(path, content).items():
            if name in classes:
                raise CorpusError(f"{path.name}: class {name} is there twice; give each its own name")
            classes[name] = members
    frames: dict[str, Frame] = {}
    for path, content in files.items():
        for item in _items(path, content):
            frame = _frame(path, item, classes)
            if frame.id in frames:
                raise CorpusError(f"{path.name}: frame {frame.id} is there twice; give each its own id")
            frames[frame.id] = frame
    subjects = tuple(_subject(frames[name], classes) for name in sorted(frames))
    keys: dict[str, list[int]] = defaultdict(list)
    for place, subject in enumerate(subjects):
        for name in subject.key:
            keys[name].append(place)
    return Frames(
        tuple(frames.values()),
        classes,
        Phrases(_phrases(frames.values(), classes)),
        subjects,
        {name: tuple(each) for name, each in keys.items()},
    )


def _subject(frame: Frame, classes: Mapping[str, Mapping[str, object]]) -> Subject:
    def names(position: int, terms: Strings) -> frozenset[str]:
        return frozenset({group(frame, position), *(term for term in terms if term.startswith("@"))})

    def members(of: Iterable[str]) -> frozenset[str]:
        return frozenset(member(name, frame.slot) for name in of)

    return Subject(
        frame,
        tuple(names(position, terms) for position, terms in enumerate(frame.about)),
        names(len(frame.about), frame.without),
        members(frame.right),
        members(frame.also),
        members(classes[frame.slot]),
    )


def member(name: str, of: str) -> str:
    """The name under which a class's member is found."""
    return f"{of}={name}"


def group(frame: Frame, position: int) -> str:
    """The name under which a group of a frame's `about` is found."""
    return f"{frame.id}#{position}"


def _phrases(frames: Iterable[Frame], classes: dict[str, dict[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    found = {member(name, of): terms for of, members in classes.items() for name, terms in members.items()}
    for frame in frames:
        for position, terms in enumerate((*frame.about, frame.without)):
            found[group(frame, position)] = tuple(term for term in terms if not term.startswith("@"))
    return found


def _classes(path: Path, content: dict[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    unknown = sorted(set(content) - {"classes", "frames"})
    if unknown:
        raise CorpusError(f"{path.name}: unknown key {unknown[0]!r}; allowed: classes, frames")
    classes = content.get("classes") or {}
    if not isinstance(classes, dict):
        raise CorpusError(f"{path.name}: expected a mapping under 'classes', got {type(classes).__name__}")
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, members in classes.items():
        if not isinstance(members, dict) or len(members) < 2:
            raise CorpusError(f"{path.name}: class {name}: expected two members or more, each with a list of phrases")
        for label, terms in members.items():
            if not isinstance(terms, list) or not terms or not all(isinstance(term, str) for term in terms):
                raise CorpusError(f"{path.name}: class {name}: member {label}: expected a list of phrases")
            _parsed(path, f"class {name}", terms)
        found[str(name)] = {str(label): tuple(terms) for label, terms in members.items()}
    return found


def _items(path: Path, content: dict[str, Any]) -> list[dict[str, object]]:
    items = content.get("frames") or []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise CorpusError(f"{path.name}: expected a list of mappings under 'frames', got {type(items).__name__}")
    return items


def _frame(path: Path, item: dict[str, object], classes: dict[str, dict[str, tuple[str, ...]]]) -> Frame:
    where = f"{path.name}: frame {item.get('id')}"
    try:
        frame = Frame.model_validate(item)
    except ValidationError as error:
        fault = min(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
        key = ".".join(str(part) for part in fault["loc"])
        allowed = f"; allowed: {', '.join(Frame.model_fields)}" if fault["type"] == "extra_forbidden" else ""
        raise CorpusError(f"{where}: {key}: {fault['msg']}{allowed}") from None
    if frame.statement not in load().by_id:
        raise CorpusError(f"{where}: unknown statement {frame.statement!r}; see corpus/statements")
    if frame.slot not in classes:
        raise CorpusError(f"{where}: unknown class {frame.slot!r}; allowed: {', '.join(classes)}")
    for name in (*frame.right, *frame.also):
        if name not in classes[frame.slot]:
            allowed = ", ".join(classes[frame.slot])
            raise CorpusError(f"{where}: class {frame.slot} has no member {name!r}; allowed: {allowed}")
    for terms in (*frame.about, frame.without):
        _parsed(path, f"frame {frame.id}", [term for term in terms if not term.startswith("@")])
        unknown = [term for term in terms if term.startswith("@") and term[1:] not in load().concepts]
        if unknown:
            raise CorpusError(f"{where}: unknown concept {unknown[0]!r}; see corpus/vocabulary.yaml")
    return frame


def _parsed(path: Path, where: str, terms: Iterable[str]) -> None:
    for term in terms:
        try:
            parse(term)
        except ValueError as error:
            raise CorpusError(f"{path.name}: {where}: {error}") from None
