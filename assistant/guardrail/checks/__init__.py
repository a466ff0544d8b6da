"""The checks, in the order they run; a new one is one function, one line here, and its rules in `rules/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from assistant.guardrail.checks.order import order
from assistant.guardrail.context import Context
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document

Check = Callable[[Document, Context], Iterable[Finding]]

CHECKS: Final[tuple[tuple[str, Check], ...]] = (("order", order),)
