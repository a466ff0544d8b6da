"""The committed baseline of each verb, and what makes a later run worse than it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from assistant.evaluation.compare import differences
from assistant.evaluation.report import Report
from assistant.evaluation.sets import SetError

FOLDER: Final = Path(__file__).parent
# A fall by more than this fails even where the set is too small for its interval to leave out 0.
TOLERANCE: Final = 0.02


def path_of(what: str) -> Path:
    """The file of a verb's baseline."""
    return FOLDER / f"{what.replace(' ', '-')}.json"


def write(report: Report, path: Path | None = None) -> Path:
    """Write what a gate needs: the figures, the items' values and what they were measured with; no item's text."""
    kept = {key: report[key] for key in ("what", "about", "results", "items")}
    path = path or path_of(report.what)
    path.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    return path


def regressions(report: Report, path: Path | None = None) -> list[str]:
    """One sentence per figure that fell below the baseline on the items that both have; raises SetError without one.

    It fell where the paired interval of the difference leaves out 0, or by more than TOLERANCE.
    """
    kept = _read(path or path_of(report.what))
    found = differences(kept, report.to_dict())
    return [
        f"gate: {one.metric} fell from {one.a:.3f} to {one.b:.3f} on {one.n} items; "
        f"changed: {', '.join(one.changed[:10])}"
        for one in found
        if one.gain < -TOLERANCE or (one.gain < 0 and one.is_clear)
    ]


def _read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SetError(f"{path}: no baseline to hold against ({error}); write one with --write-baseline") from None
    return found
