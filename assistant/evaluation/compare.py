"""Two reports on the same items: the difference of each figure with its paired interval, and which items changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rich.console import Group
from rich.table import Table

from assistant.evaluation.intervals import DECIMALS, LEVEL, RESAMPLES
from assistant.evaluation.sets import SetError

# Figures that are better when lower; of all others more is better.
LOWER_IS_BETTER: Final = frozenset(
    {"forbidden", "turned_away", "over_refused", "errors", "right blocked", "unsafe shown", "marks_exchanged_recall"}
    | {"marks_exchanged_precision"}
)
# The same for every figure whose name ends so: times and what is doubted though right.
_LOWER_ENDINGS: Final = ("to recipe", "to embedding", "false alarms", "(false alarms)")
_SHOWN: Final = 40


def is_lower_better(metric: str) -> bool:
    """Whether a figure is better when lower."""
    is_recall = metric.startswith("recall")
    return metric in LOWER_IS_BETTER or (metric.endswith(_LOWER_ENDINGS) and not is_recall)


@dataclass(frozen=True, slots=True)
class Difference:
    """B - A of one figure over the items that both have; interval: 95 %, None where no item differs."""

    metric: str
    n: int
    a: float
    b: float
    interval: tuple[float, float] | None
    changed: tuple[str, ...]

    @property
    def value(self) -> float:
        """B - A."""
        return round(self.b - self.a, DECIMALS)

    @property
    def gain(self) -> float:
        """The same, with a minus where B is worse."""
        return -self.value if is_lower_better(self.metric) else self.value

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]


def differences(a: Mapping[str, Any], b: Mapping[str, Any], seed: int = 0) -> list[Difference]:
    """The difference of each figure of two reports; raises SetError where they share no item or are of two verbs.

    A figure is the sum of numerators over the sum of denominators; items are drawn with both their values, so that
    what is hard in both cancels out (Efron and Tibshirani 1993, chapter 16).
    """
    if a["what"] != b["what"]:
        raise SetError(f"the reports are of {a['what']!r} and {b['what']!r}; compare two of one verb")
    shared = [name for name in a["items"] if name in b["items"]]
    if not shared:
        raise SetError("the two reports share no item; measure both on one set")
    metrics = dict.fromkeys(metric for name in shared for metric in a["items"][name])
    found = (_difference(metric, a["items"], b["items"], shared, seed) for metric in metrics)
    return [one for one in found if one]


def _difference(
    metric: str, a: Mapping[str, Any], b: Mapping[str, Any], shared: list[str], seed: int
) -> Difference | None:
    names = [name for name in shared if metric in a[name] and metric in b[name]]
    values = np.array([[*a[name][metric], *b[name][metric]] for name in names], dtype=np.float64).reshape(-1, 4)
    sums = values.sum(axis=0)
    if not sums[1] or not sums[3]:
        return None
    changed = tuple(name for name, row in zip(names, values, strict=True) if tuple(row[:2]) != tuple(row[2:]))
    interval = paired(values, seed) if changed else None
    before, after = (round(float(sums[i] / sums[i + 1]), DECIMALS) for i in (0, 2))
    return Difference(metric, len(names), before, after, interval, changed)


def paired(parts: Sequence[Sequence[float]] | NDArray[np.float64], seed: int = 0) -> tuple[float, float]:
    """The 95 % interval of B - A; each row is one item's numerator and denominator in A, then in B."""
    values = np.asarray(parts, dtype=np.float64)
    picks = np.random.default_rng(seed).integers(len(values), size=(RESAMPLES, len(values)))
    sums = values[picks].sum(axis=1)
    sums = sums[(sums[:, 1] > 0) & (sums[:, 3] > 0)]
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(sums[:, 2] / sums[:, 3] - sums[:, 0] / sums[:, 1], [tail, 1 - tail])
    return round(float(low), DECIMALS), round(float(high), DECIMALS)


def comparison(a: Mapping[str, Any], b: Mapping[str, Any]) -> Group:
    """The differences as a table, then what else differs between the runs and which items changed."""
    found = differences(a, b)
    table = Table(title=f"{a['what']}: B against A", title_justify="left")
    for column in ("figure", "items", "A", "B", "B - A (95 %)", "changed"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    for one in found:
        span = f" ({one.interval[0]:+.3f} to {one.interval[1]:+.3f})" if one.interval else ""
        row = (one.metric, str(one.n), f"{one.a:.3f}", f"{one.b:.3f}", f"{one.value:+.3f}{span}", str(len(one.changed)))
        table.add_row(*row)
    return Group(table, *_what_differs(a, b), *(_changed(one) for one in found if one.changed))


def _what_differs(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[str]:
    one, other = a.get("about", {}), b.get("about", {})
    keys = [key for key in one if key in other and one[key] != other[key]]
    missing = set(a["items"]) ^ set(b["items"])
    lines = [f"The runs differ in: {', '.join(keys)}."] if keys else []
    return lines + ([f"{len(missing)} items are in one report only and were left out."] if missing else [])


def _changed(one: Difference) -> str:
    more = f" and {len(one.changed) - _SHOWN} more" if len(one.changed) > _SHOWN else ""
    return f"{one.metric}: {', '.join(one.changed[:_SHOWN])}{more}"
