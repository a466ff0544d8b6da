"""A quantity as a text gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from assistant.guardrail.bounds import Bound

Kind = Literal["share", "points", "count", "time", "fold", "bare"]
PEOPLE: Final = (
    r"(?:patients?|people|persons?|participants?|subjects?|cases|controls|individuals|men|women|"
    r"adults?|amputees?|man|woman|person|individual|subject|"
    r"volunteers?|outpatients|sufferers?|recipients?|responders?|pts?)"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as written: share in percent, time in days, count of people out of `of`."""

    kind: Kind
    value: float
    start: int
    end: int
    upper: float | None = None
    of: float | None = None
    bound: Bound | None = None
    rough: bool = False
