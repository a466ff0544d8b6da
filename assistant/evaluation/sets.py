"""Question sets: JSON lines, one question each, checked against a schema before anything is measured."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.errors import AssistantError

QUESTIONS: Final = Path(__file__).parent / "sets" / "questions.jsonl"

Kind = Literal[
    "factual",
    "numeric",
    "algorithm",
    "patient",
    "comparison",
    "mechanism",
    "safety",
    "evidence",
    "reference",
    "definition",
    "followup",
    "unanswerable_near",
    "unanswerable_far",
    "harmful_or_injection",
]
Split = Literal["tune", "hold"]
# "all" is every question, whether its line names a split or not.
SplitChoice = Literal["all", "tune", "hold"]
Member = TypeVar("Member")


class SetError(AssistantError):
    """A question set can't be used."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    if re.search(pattern, "", re.IGNORECASE):
        raise ValueError("matches an empty text; write a pattern that needs a word")
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
Text = Annotated[str, Field(min_length=1, pattern=r"\S")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Nugget(_Strict):
    """A fact wanted in an answer: `text` says it in words, it is met when a pattern of `any` matches."""

    text: Text
    any: list[Pattern] = Field(min_length=1)

    def is_met(self, text: str) -> bool:
        """Tell whether any pattern matches anywhere in `text`, ignoring case."""
        return any(re.search(pattern, text, re.IGNORECASE) for pattern in self.any)


class Turn(_Strict):
    """An earlier turn of the conversation."""

    role: Literal["user", "assistant"]
    content: Text


class Item(_Strict):
    """One question and what a good answer holds.

    must, nice: facts required and welcome; mustnot: patterns of wrong answers; refs: the review's reference numbers
    that are right to cite; section: where the review says it; ideal: an answer that meets all of `must`; why: the
    reason of an expectation; gold: ids of the statements that answer it (None: not labelled).
    """

    id: Text
    kind: Kind
    question: Text
    history: list[Turn] = []
    patient: dict[str, Any] | None = None
    must: list[Nugget]
    nice: list[Nugget] = []
    mustnot: list[Pattern] = []
    refs: list[Annotated[int, Field(ge=1)]] = []
    section: list[str] = []
    expect: Literal["answer", "abstain", "refuse"]
    split: Split | None = None
    ideal: str | None = None
    why: str | None = None
    gold: list[Text] | None = None

    @model_validator(mode="after")
    def _has_a_fact_to_meet(self) -> Item:
        if self.expect == "answer" and not self.must:
            raise ValueError("must: a question to answer needs at least one required fact")
        return self

    @property
    def turns(self) -> list[dict[str, str]]:
        """Return the history in the form that `ask` takes."""
        return [turn.model_dump() for turn in self.history]


Records: TypeAlias = "str | Path | Iterable[Item | Mapping[str, Any]]"


def load_set(data: Records = QUESTIONS) -> tuple[Item, ...]:
    """Return the questions of a file, or of records of the same form; raises SetError with file, line and fault."""
    where = str(data) if isinstance(data, str | Path) else "records"
    lines = read_lines(Path(data)) if isinstance(data, str | Path) else enumerate(data, 1)
    items = tuple(_item(f"{where}: line {number}", record) for number, record in lines)
    if not items:
        raise SetError(f"{where}: holds no question; expected one JSON object per line")
    twice = [name for name, count in Counter(item.id for item in items).items() if count > 1]
    if twice:
        raise SetError(f"{where}: id {twice[0]!r} is used more than once; give each question its own")
    _keep_splits_apart(where, items)
    return items


def select(items: Sequence[Item], split: SplitChoice = "all", limit: int | None = None) -> tuple[Item, ...]:
    """Return the first `limit` questions of a split; raises SetError where nothing is left."""
    if limit is not None and limit < 1:
        raise SetError(f"limit: got {limit}; allowed: 1 or more")
    chosen = tuple(item for item in items if split in ("all", item.split))[:limit]
    if not chosen:
        raise SetError(f"split {split!r} holds no question; allowed: all, or a split that the set's lines name")
    return chosen


def splits(members: Sequence[Member], split_of: Callable[[Member], Split | None]) -> dict[str, list[Member]]:
    """Part what belongs to questions by split, tune first; "all" is added where it is not one split alone."""
    named = {name: [one for one in members if split_of(one) == name] for name in get_args(Split)}
    parted = {name: found for name, found in named.items() if found}
    is_one = any(len(found) == len(members) for found in parted.values())
    return parted if is_one else {**parted, "all": list(members)}


def wording(text: str) -> str:
    """Return what makes two texts the same: their words without case, stops and spaces."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _keep_splits_apart(where: str, items: Sequence[Item]) -> None:
    """Refuse a question in both splits, which would let tuning see what is held out."""
    seen: dict[str, Item] = {}
    for item in items:
        said = " ".join([*(turn.content for turn in item.history), item.question])
        other = seen.setdefault(wording(said), item)
        if {item.split, other.split} == {"tune", "hold"}:
            raise SetError(f"{where}: {other.id!r} and {item.id!r} are one question in two splits; keep one of them")


def read_lines(path: Path) -> Iterator[tuple[int, object]]:
    """Number, from 1, and object of each line of JSON; raises SetError with the file, the line and the fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SetError(f"{path}: no such file; name a file of JSON lines") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SetError(f"{path}: can't be read ({error}); expected a text file in UTF-8") from None
    # Not splitlines(): a JSON string may hold U+2028 and other line separators as they are.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                raise SetError(f"{path}: line {number}: not JSON ({error}); expected one object per line") from None


def _item(where: str, record: object) -> Item:
    if isinstance(record, Item):
        return record
    if not isinstance(record, Mapping):
        allowed = ", ".join(Item.model_fields)
        raise SetError(f"{where}: expected an object, got {type(record).__name__}; its keys: {allowed}")
    try:
        return Item.model_validate(dict(record))
    except ValidationError as error:
        name = f" ({record['id']})" if isinstance(record.get("id"), str) else ""
        raise SetError(f"{where}{name}: {_describe(error)}") from None


def _describe(error: ValidationError) -> str:
    """Write one clause per fault: key, what is wrong, what was got, what is allowed."""
    faults = []
    for fault in error.errors():
        key = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            allowed = Nugget if fault["loc"][0] in ("must", "nice") and len(fault["loc"]) > 1 else Item
            faults.append(f"unknown key {key!r}; allowed: {', '.join(allowed.model_fields)}")
        elif fault["type"] == "missing":
            faults.append(f"key {key!r} is missing")
        else:
            message = fault["msg"].removeprefix("Value error, ")
            faults.append(f"{key}: {message} (got {fault['input']!r:.80})" if key else message)
    return "; ".join(faults)
