"""What every verb of `evaluate` shares: its options, progress, tables, JSON, chart, comparison and gate."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from assistant.evaluation.report import Report
from assistant.evaluation.sets import SetError

FAILED: Final = 1
BAD_INPUT: Final = 2
Progress = Callable[[int, int], None]

Out = Annotated[Path | None, typer.Option("--json", help="Where the whole report goes, as JSON.")]
Chart = Annotated[Path | None, typer.Option(help="Where a chart goes: a file ending in .svg or .png.")]
Gate = Annotated[bool, typer.Option("--gate", help="Exit with 1 where the committed baseline was better.")]
Keep = Annotated[bool, typer.Option("--write-baseline", help="Make this run the baseline of --gate.")]
Compare = Annotated[
    tuple[Path, Path] | None,
    typer.Option("--compare", metavar="A.json B.json", help="Measure nothing: compare two reports, item by item."),
]
Seed = Annotated[int, typer.Option(help="Seed of the bootstrap intervals.")]
Limit = Annotated[int | None, typer.Option(help="Only the first so many items.")]


@dataclass(frozen=True, slots=True)
class After:
    """What is done with a report: where it goes, and what it is held against."""

    out: Path | None = None
    chart: Path | None = None
    is_gated: bool = False
    is_baseline: bool = False

    def refuse_what_cannot_be_written(self) -> None:
        """Raise SetError, before anything is measured, for a file that can't be written afterwards."""
        from assistant.evaluation.chart import KINDS

        for path in (self.out, self.chart):
            refuse_missing_folder(path)
        if self.chart is not None and self.chart.suffix not in KINDS:
            raise SetError(f"--chart: got {self.chart.name!r}; allowed: a file ending in {' or '.join(KINDS)}")


def refuse_missing_folder(path: Path | None) -> None:
    """Raise SetError where a file's folder is missing."""
    if path is not None and not path.parent.is_dir():
        raise SetError(f"{path}: no folder {path.parent}; name a file in a folder that exists")


@contextmanager
def bar(name: str, total: int | None = None) -> Iterator[Progress]:
    """A progress bar on standard error; what is yielded moves it."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(name, total=total)
        yield lambda done, whole: shown.update(task, completed=done, total=whole)


def finish(report: Report, after: After) -> None:
    """Print the tables; write JSON and chart; hold against the baseline, with exit status 1 where that was better."""
    from rich.console import Console

    from assistant.evaluation import baseline

    Console().print(report)
    if after.out is not None:
        write_json(report.to_dict(), after.out)
    if after.chart is not None:
        from assistant.evaluation.chart import draw

        draw(report, after.chart)
    if after.is_gated:
        worse = baseline.regressions(report)
        typer.echo("\n".join(worse) if worse else "gate: no figure fell below the baseline", err=True)
        if worse:
            raise typer.Exit(FAILED)
    if after.is_baseline:
        typer.echo(f"written: {baseline.write(report)}", err=True)


def alone(
    name: str,
    work: Callable[..., Report],
    after: After,
    compare: tuple[Path, Path] | None = None,
    *,
    data: Path | None = None,
    needs_index: bool = True,
) -> None:
    """Measure what makes its own assistant or needs none, with a progress bar, then finish; or compare two reports."""
    from assistant.evaluation.provenance import provenance
    from assistant.evaluation.sets import QUESTIONS
    from assistant.settings import Settings

    with input_errors():
        if compare:
            return compared(compare)
        after.refuse_what_cannot_be_written()
        # First what may be missing, such as an index, then the measuring.
        about = provenance(Settings(), data or QUESTIONS, needs_index=needs_index)
        with bar(name) as progress:
            report = work(progress=progress)
        finish(replace(report, about={**report.about, **about}), after)


def compared(paths: tuple[Path, Path]) -> None:
    """Print what differs between two reports."""
    from rich.console import Console

    from assistant.evaluation.compare import comparison

    Console().print(comparison(*(read_report(path) for path in paths)))


def read_report(path: Path) -> dict[str, Any]:
    """A report's JSON; raises SetError where the file is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SetError(f"{path}: can't be read as a report ({error}); write one with --json") from None
    if not isinstance(data, dict) or not {"what", "results", "items"} <= set(data):
        raise SetError(f"{path}: is no report with items; write one with --json")
    return data


def write_json(value: Any, path: Path) -> None:
    """Write JSON; raises SetError where the file can't be written."""
    try:
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise SetError(f"{path}: can't be written ({error}); name another file") from None


@contextmanager
def input_errors() -> Iterator[None]:
    """End with status 2 and a sentence on bad input; other faults go to the command line's own handling."""
    try:
        yield
    except SetError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BAD_INPUT) from None
