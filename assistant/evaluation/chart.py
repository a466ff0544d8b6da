"""A report as a picture: each share with its interval, a colour per search, score or split; times as multiples."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from assistant.evaluation.extras import extra
from assistant.evaluation.report import Report

KINDS: Final = (".svg", ".png")
_ROW_INCHES: Final = 0.32


def draw(report: Report, path: Path) -> None:
    """Draw every figure between 0 and 1 of the whole of each split; the format is the file's ending.

    A split that has multiples ("to recipe") shows these, on an axis of powers of ten, by its parts.
    Raises ExtraMissing without matplotlib.
    """
    matplotlib = extra("matplotlib")
    # The same report gives the same bytes: no date, and ids of the picture's parts from a fixed salt.
    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "stellate"
    figures = extra("matplotlib.figure")
    parts = {split: _multiples(groups) or _shares(groups) for split, groups in report.results.items()}
    rows = [max(1, len({name for shares in groups.values() for name in shares})) for groups in parts.values()]
    figure = figures.Figure(figsize=(8, _ROW_INCHES * sum(rows) + 0.9 * len(rows) + 0.6), layout="constrained")
    axes = figure.subplots(len(parts), 1, squeeze=False, gridspec_kw={"height_ratios": rows})
    for axis, (split, groups) in zip(axes[:, 0], parts.items(), strict=True):
        _panel(axis, f"{report.what}, {split}", groups)
        if _multiples(report.results[split]):
            axis.set_xlim(auto=True)
            axis.set_xscale("log")
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def _multiples(groups: Any) -> dict[str, dict[str, Any]]:
    """By what they are multiples of, those of each part; empty for a split without any."""
    names = dict.fromkeys(name for metrics in groups.values() for name in metrics if name.startswith("to "))
    return {
        name: {group: metrics[name] for group, metrics in groups.items() if name in metrics and metrics[name].value}
        for name in names
    }


def _shares(groups: Any) -> dict[str, dict[str, Any]]:
    """Of each group that is no part, the figures that lie between 0 and 1."""
    whole = {name: metrics for name, metrics in groups.items() if ": " not in name}
    return {
        group: {name: one for name, one in metrics.items() if isinstance(one.value, float) and 0 <= one.value <= 1}
        for group, metrics in (whole or groups).items()
    }


def _panel(axis: Any, title: str, groups: dict[str, dict[str, Any]]) -> None:
    names = list(dict.fromkeys(name for shares in groups.values() for name in shares))
    for at, (group, shares) in enumerate(groups.items()):
        shift = (at - (len(groups) - 1) / 2) * 0.6 / max(1, len(groups))
        points = [(shares[name], row + shift) for row, name in enumerate(names) if name in shares]
        below = [one.value - min(one.value, one.interval[0]) if one.interval else 0.0 for one, _ in points]
        above = [max(one.value, one.interval[1]) - one.value if one.interval else 0.0 for one, _ in points]
        values = [one.value for one, _ in points]
        axis.errorbar(values, [row for _, row in points], xerr=[below, above], fmt="o", markersize=4, label=group)
    axis.set_yticks(range(len(names)), names)
    axis.set_xlim(-0.02, 1.02)
    axis.invert_yaxis()
    axis.grid(axis="x", alpha=0.3)
    axis.set_title(title, loc="left", fontsize=10)
    if len(groups) > 1:
        axis.legend(fontsize=8, loc="best")
