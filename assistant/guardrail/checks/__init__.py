"""The checks, in the order they run; a new one is one function, one line here, and its rules in `rules/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from assistant.guardrail.checks.absolute import absolute
from assistant.guardrail.checks.alignment import alignment
from assistant.guardrail.checks.attribution import attribution
from assistant.guardrail.checks.citation import citation
from assistant.guardrail.checks.direction import direction
from assistant.guardrail.checks.dose import dose
from assistant.guardrail.checks.emergency import emergency
from assistant.guardrail.checks.evidence import evidence
from assistant.guardrail.checks.fabricated import fabricated
from assistant.guardrail.checks.indication import indication
from assistant.guardrail.checks.levels import levels
from assistant.guardrail.checks.numeric import numeric
from assistant.guardrail.checks.omission import safety_omission
from assistant.guardrail.checks.order import order
from assistant.guardrail.checks.outside import outside
from assistant.guardrail.checks.patient import patient
from assistant.guardrail.checks.pharmacology import pharmacology
from assistant.guardrail.checks.safety import safety_denial
from assistant.guardrail.context import Context
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document

Check = Callable[[Document, Context], Iterable[Finding]]

CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    ("order", order),
    ("patient", patient),
    ("citation", citation),
    ("fabricated", fabricated),
    ("outside", outside),
    ("direction", direction),
    ("dose", dose),
    ("numeric", numeric),
    ("levels", levels),
    ("pharmacology", pharmacology),
    ("absolute", absolute),
    ("safety_denial", safety_denial),
    ("safety_omission", safety_omission),
    ("emergency", emergency),
    ("evidence", evidence),
    ("indication", indication),
    ("alignment", alignment),
    ("attribution", attribution),
)
