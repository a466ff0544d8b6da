"""The guardrail's sets: lines of JSON with a label, or minimal pairs, checked before anything is measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.evaluation.sets import SetError, Split, read_lines, wording
from assistant.guardrail.types import Category, Severity

FOLDER: Final = Path(__file__).with_name("sets")
ANSWERS: Final = FOLDER / "guardrail.jsonl"
PAIRS: Final = FOLDER / "guardrail_pairs.jsonl"

Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Kind = Literal["answers", "pairs"]


class _Line(BaseModel):
    """What both kinds of lines have; why: the label's reason; hard: whether it was written to be."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: Text
    split: Split
    patient: dict[str, Any] | None = None
    question: str | None = None
    category: Category | None = None
    severity: Severity | None = None
    why: str | None = None
    hard: bool | None = None


class LabelledAnswer(_Line):
    """An answer and whether it has a fault; a fault has a category and a severity, a right answer neither."""

    text: str
    label: Literal["ok", "violation"]

    @model_validator(mode="after")
    def _a_fault_is_named(self) -> LabelledAnswer:
        if (self.label == "violation") != (self.category is not None) or (self.severity and not self.category):
            raise ValueError(f"category: one of {', '.join(get_args(Category))} for a violation, none for an ok answer")
        return self


class Pair(_Line):
    """A right answer and a wrong one that differ by a small edit."""

    ok: Text
    violation: Text


_MODELS: Final[Mapping[Kind, type[_Line]]] = {"answers": LabelledAnswer, "pairs": Pair}


def records(source: Path | Iterable[Mapping[str, Any]], kind: Kind) -> list[Mapping[str, Any]]:
    """The lines of a set of "answers" or "pairs"; raises SetError with file, line and fault.

    An id stands once, and no text in two splits, whatever its case, stops and spaces.
    """
    where = str(source) if isinstance(source, Path) else "records"
    lines = read_lines(source) if isinstance(source, Path) else enumerate(source, 1)
    found = [_record(f"{where}: line {number}", record, kind) for number, record in lines]
    keep_apart(where, [(one["id"], one["split"], said(one)) for one in found])
    return found


def said(record: Mapping[str, Any]) -> str:
    """What makes two lines the same: texts, question and patient."""
    texts = (record.get(key) or "" for key in ("question", "text", "ok", "violation"))
    return f"{wording(' '.join(texts))} {sorted((record.get('patient') or {}).items(), key=str)}"


def keep_apart(where: str, lines: Sequence[tuple[str, str, str]]) -> None:
    """Raise SetError for an id that is used twice, or for what is said in two splits."""
    ids: set[str] = set()
    seen: dict[str, tuple[str, str]] = {}
    for name, split, text in lines:
        if name in ids:
            raise SetError(f"{where}: id {name!r} is used more than once; give each line its own")
        ids.add(name)
        other, its_split = seen.setdefault(text, (name, split))
        if its_split != split:
            raise SetError(f"{where}: {other!r} and {name!r} say the same in two splits; keep one of them")


def _record(where: str, record: object, kind: Kind) -> Mapping[str, Any]:
    model = _MODELS[kind]
    if not isinstance(record, Mapping):
        raise SetError(f"{where}: expected an object, got {type(record).__name__}; its keys: {_keys(model)}")
    try:
        model.model_validate(dict(record))
    except ValidationError as error:
        name = f" ({record['id']})" if isinstance(record.get("id"), str) else ""
        raise SetError(f"{where}{name}: {'; '.join(_fault(fault, model) for fault in error.errors())}") from None
    return record


def _fault(fault: Any, model: type[_Line]) -> str:
    key = ".".join(map(str, fault["loc"]))
    if fault["type"] == "extra_forbidden":
        return f"unknown key {key!r}; allowed: {_keys(model)}"
    if fault["type"] == "missing":
        return f"{key!r} is missing; needed: {', '.join(n for n, f in model.model_fields.items() if f.is_required())}"
    message = fault["msg"].removeprefix("Value error, ")
    return f"{key}: {message} (got {fault['input']!r:.80})" if key else message


def _keys(model: type[_Line]) -> str:
    return ", ".join(model.model_fields)
