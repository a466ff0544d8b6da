"""What each error adds to the figures, so that two runs can be compared error by error."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.evaluation.intervals import Part
from assistant.evaluation.mutation.algorithm import Outcome
from assistant.evaluation.mutation.exceptions import Exceptions
from assistant.evaluation.mutation.facts import Judged
from assistant.evaluation.mutation.rules import Example


def by_item(
    outcomes: Sequence[Outcome], known: Exceptions, ruled: Sequence[Example], sentences: Sequence[Judged]
) -> dict[str, dict[str, Part]]:
    """By error, named by what it changes, the figure that it concerns."""
    found: list[tuple[str, str, bool]] = []
    for one in outcomes:
        if known.why_equivalent(one.mutant.kind, one.mutant.where) is None:
            value = json.dumps(one.mutant.value, default=str, ensure_ascii=False)[:60]
            found.append((f"{one.mutant.kind}, {one.mutant.where}: {value}", "noticed", one.killer is not None))
    for rule in ruled:
        figure = "near misses spared" if rule.given.is_near_miss else "examples found"
        found.append((f"{rule.given.name}: {rule.given.text[:60]}", figure, rule.is_right))
    for judged in sentences:
        variant = judged.variant
        figure = "true sentences passed" if variant.is_true else "false sentences found"
        found.append((f"{variant.statement}, {variant.kind}: {variant.what}", figure, judged.is_right))
    return {name: {figure: (float(is_right), 1.0)} for name, figure, is_right in _apart(found)}


def _apart(found: Iterable[tuple[str, str, bool]]) -> Iterable[tuple[str, str, bool]]:
    """The same, those of one name numbered in their order."""
    seen: Counter[str] = Counter()
    for name, figure, is_right in found:
        seen[name] += 1
        yield (f"{name} ({seen[name]})" if seen[name] > 1 else name), figure, is_right
