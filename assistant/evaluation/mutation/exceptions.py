"""`sets/mutation.yaml`: errors that are none, and wordings that say the same."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from assistant.corpus import read_yaml
from assistant.entries import Entry
from assistant.errors import CorpusError
from assistant.evaluation.sets import SetError

FILE: Final = Path(__file__).parents[1] / "sets" / "mutation.yaml"

Strings = Annotated[tuple[str, ...], Field(strict=False, min_length=1)]


class Equivalent(Entry):
    """Changes of the algorithm's file that change nothing that it decides."""

    kind: str
    where: Strings
    why: str


class NotFalse(Entry):
    """A change of a statement's sentence that makes it no clear falsehood; change None: every one of the kind."""

    statement: str
    kind: str
    change: str | None = None
    why: str


class Exceptions(Entry):
    """All that the file holds."""

    equivalent: Annotated[tuple[Equivalent, ...], Field(strict=False)]
    not_false: Annotated[tuple[NotFalse, ...], Field(strict=False)]
    same: Annotated[tuple[Strings, ...], Field(strict=False)]

    def why_equivalent(self, kind: str, where: str) -> str | None:
        """Why a change of the algorithm is no error; None where it is one."""
        return next((one.why for one in self.equivalent if one.kind == kind and where in one.where), None)

    def why_not_false(self, statement: str, kind: str, change: str) -> str | None:
        """Why a changed sentence is no clear falsehood; None where it is one."""
        fitting = (one for one in self.not_false if (one.statement, one.kind) == (statement, kind))
        return next((one.why for one in fitting if one.change in (None, change)), None)


@lru_cache(maxsize=2)
def load_exceptions(path: Path = FILE) -> Exceptions:
    """The exceptions of a file; raises SetError with its name and its first fault."""
    try:
        return Exceptions.model_validate(read_yaml(path))
    except CorpusError as error:
        raise SetError(str(error)) from None
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise SetError(f"{path.name}: {place}: {fault['msg']} (got {fault['input']!r:.80})") from None
