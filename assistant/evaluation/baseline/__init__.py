"""The committed baseline of each verb, and what makes a later run worse than it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from assistant.evaluation.compare import differences, is_lower_better
from assistant.evaluation.report import Report
from assistant.evaluation.sets import SetError

FOLDER: Final = Path(__file__).parent
# A fall by more than this fails even where the set is too small for its interval to leave out 0.
TOLERANCE: Final = 0.02
# The same for a quick sample, in which two questions are so much.
QUICK_TOLERANCE: Final = 0.06
# Times move with what else the machine does: only a ratio that has grown by more than this fails.
SLOWER: Final = 0.5
# Of more items than this only the figures are kept, and held against each other as they are.
MOST_ITEMS: Final = 4000


def path_of(what: str) -> Path:
    """The file of a verb's baseline."""
    return FOLDER / f"{what.replace(' ', '-')}.json"


def write(report: Report, path: Path | None = None) -> Path:
    """Write what a gate and the READMEs need: figures, items' values, what they were measured with; no item's text."""
    kept = {key: report[key] for key in ("what", "about", "notes", "results", "items")}
    kept["items"] = _short(kept["items"]) if len(kept["items"]) <= MOST_ITEMS else {}
    path = path or path_of(report.what)
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    # A line per item and per split, so that a later run's change can be read in a diff.
    path.write_text(text.replace('},"', '},\n"') + "\n", encoding="utf-8")
    return path


def read(path: Path) -> dict[str, Any]:
    """A baseline; raises SetError where there is none."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SetError(f"{path}: no baseline to hold against ({error}); write one with --write-baseline") from None
    return found


def regressions(report: Report, path: Path | None = None, tolerance: float = TOLERANCE) -> list[str]:
    """One sentence per figure that fell below the baseline on the items that both have; raises SetError without one.

    It fell where the paired interval of the difference leaves out 0, or by more than the tolerance; a ratio of times
    where it has grown by more than SLOWER of itself.
    """
    kept = read(path or path_of(report.what))
    if not kept["items"]:
        return _fallen(kept["results"], report.to_dict()["results"], tolerance)
    found = differences(kept, report.to_dict())
    if report.what == "speed":
        return [f"gate: {one.metric} has grown from {one.a:.2f} to {one.b:.2f}" for one in found
                if one.b > (1 + SLOWER) * one.a]  # fmt: skip
    return [
        f"gate: {one.metric} fell from {one.a:.3f} to {one.b:.3f} on {one.n} items; "
        f"changed: {', '.join(one.changed[:10])}"
        for one in found
        if one.gain < -tolerance or (one.gain < 0 and one.is_clear)
    ]


def _fallen(kept: Mapping[str, Any], now: Mapping[str, Any], tolerance: float) -> list[str]:
    """The shares of whole parts that fell, for a report of so many items that they are not kept."""
    found = []
    for split, groups in kept.items():
        for name, one in groups.get("overall", {}).items():
            other = now.get(split, {}).get("overall", {}).get(name, {}).get("value")
            if isinstance(one["value"], float) and isinstance(other, int | float) and 0 <= one["value"] <= 1:
                lost = (other - one["value"]) if is_lower_better(name) else (one["value"] - other)
                if lost > tolerance:
                    found.append(f"gate: {split}, {name}: was {one['value']:.3f}, is {other:.3f}")
    return found


def _short(value: Any) -> Any:
    """The same without the ".0" of whole numbers."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _short(one) for key, one in value.items()}
    return [_short(one) for one in value] if isinstance(value, list | tuple) else value
