"""What an evaluation found: a mapping for programs, JSON for files, a table for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from rich.console import Group
from rich.table import Table

from assistant.evaluation.intervals import Estimate, Part

Metrics: TypeAlias = Mapping[str, Estimate]
# Split -> group ("overall", "kind: factual", or the name of a search) -> metric -> estimate.
Results: TypeAlias = Mapping[str, Mapping[str, Metrics]]


@dataclass(frozen=True)
class Report(Mapping[str, Any]):
    """The figures of one evaluation; as a mapping it is its JSON form.

    results: metrics by split and group; about: what was measured, with which versions and seed; failures: question by
    question, of the hold split only which and in what, so that reading a report spoils nothing; shown: the metrics of
    the tables of groups, each where a group has it; by_item: by item and figure its numerator and denominator, which is
    what two runs are compared by.
    """

    what: str
    results: Results
    about: Mapping[str, Any] = field(default_factory=dict)
    failures: tuple[Mapping[str, Any], ...] = ()
    notes: tuple[str, ...] = ()
    shown: tuple[str, ...] = field(default=(), repr=False)
    by_item: Mapping[str, Mapping[str, Part]] = field(default_factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready: what, about, notes, results (split -> group -> metric -> value, n, interval), failures."""
        return {
            "what": self.what,
            "about": dict(self.about),
            "notes": list(self.notes),
            "results": {
                split: {
                    group: {name: estimate.to_dict() for name, estimate in metrics.items()}
                    for group, metrics in groups.items()
                }
                for split, groups in self.results.items()
            },
            "failures": [dict(failure) for failure in self.failures],
            "items": {name: {key: list(part) for key, part in parts.items()} for name, parts in self.by_item.items()},
        }

    def __getitem__(self, key: str) -> Any:
        return self.to_dict()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(("what", "about", "notes", "results", "failures", "items"))

    def __len__(self) -> int:
        return 6

    def __rich__(self) -> Group:
        """Show, per split, a table of all metrics and one of those in `shown` for groups such as "kind: safety"."""
        tables: list[Table] = []
        for split, groups in self.results.items():
            whole = {name: found for name, found in groups.items() if ": " not in name}
            if whole:
                tables.append(_metrics_table(f"{self.what}, {split}", whole))
            parts = {name: found for name, found in groups.items() if ": " in name}
            if parts:
                tables.append(_groups_table(f"{self.what}, {split}, in parts", parts, self.shown))
        return Group(*tables, *self.notes)


def _metrics_table(title: str, groups: Mapping[str, Metrics]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("metric")
    for group in groups:
        table.add_column(group, justify="right")
    for name in dict.fromkeys(name for metrics in groups.values() for name in metrics):
        table.add_row(name, *(_shown(metrics.get(name, Estimate(None))) for metrics in groups.values()))
    return table


def _groups_table(title: str, groups: Mapping[str, Metrics], names: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("part", no_wrap=True)
    names = [name for name in names if any(name in metrics for metrics in groups.values())]
    for name in names:
        table.add_column(name, justify="right")
    for group, metrics in groups.items():
        table.add_row(group, *(_number(metrics.get(name, Estimate(None)).value) for name in names))
    return table


def _shown(estimate: Estimate) -> str:
    """Write an estimate for people: "0.871 (0.842 to 0.899)", or a dash where it is undefined."""
    if estimate.interval is None:
        return _number(estimate.value)
    return f"{_number(estimate.value)} ({' to '.join(map(_number, estimate.interval))})"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}" if abs(value) <= 1 else f"{value:.1f}"
