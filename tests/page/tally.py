"""What the tasks of a new user took, for the table of the page's README.

`STELLATE_TASKS=1 python -m pytest tests/page -m browser` writes the table anew: a row for each test marked as a task.
"""

from __future__ import annotations

import os
import re
import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

README: Final = Path(__file__).parents[2] / "assistant" / "page" / "README.md"
_PLACE: Final = re.compile(r"(<!-- tasks -->\n).*?(<!-- end of tasks -->)", re.DOTALL)
# Every click, and every Enter that sends a box off, counted over reloads of the page too.
COUNT: Final = """(() => {
    const count = () => sessionStorage.setItem("acts", 1 + Number(sessionStorage.getItem("acts")));
    addEventListener("click", (event) => event.isTrusted && count(), true);
    addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.target.closest("input, textarea")) count();
    }, true);
})()"""
COUNTED: Final = "Number(sessionStorage.getItem('acts'))"


@dataclass(slots=True)
class Tally:
    """tasks: number, what it is, clicks and seconds; later_ms: from Enter to a later answer in sight."""

    tasks: list[tuple[int, str, int, float]] = field(default_factory=list)
    later_ms: list[float] = field(default_factory=list)

    def write(self) -> None:
        """Put the table into the README between its markers."""
        text = README.read_text(encoding="utf-8")
        README.write_text(_PLACE.sub(lambda found: f"{found[1]}{self.table()}{found[2]}", text), encoding="utf-8")

    def table(self) -> str:
        """The table in Markdown, with the machine's load, and how long later answers took where that was measured."""
        rows = ["| | a new user's task | clicks | seconds |", "| ---: | --- | ---: | ---: |"]
        rows += [
            f"| {number} | {what} | {clicks} | {seconds:.1f} |" for number, what, clicks, seconds in sorted(self.tasks)
        ]
        cores, load = os.cpu_count(), os.getloadavg()[0]
        later = self.later_ms
        told = (
            f" From Enter to the first text of a later answer in sight: {statistics.median(later):.0f} ms (median of "
            f"{len(later)} in one conversation, slowest {max(later):.0f} ms)."
            if later
            else ""
        )
        return "\n".join(rows) + f"\n\nMeasured on {cores} cores with a load of {load:.1f} at the end.{told}\n"
