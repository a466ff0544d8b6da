"""`python -m ingest`: build the index, or verify it with --check."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from assistant.errors import AssistantError
from assistant.index import CollectionName
from assistant.settings import Settings
from ingest.build import build, verify

command = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
screen = Console(stderr=True)


@command.command()
def main(
    check: Annotated[bool, typer.Option("--check", help="Only verify the index; build nothing.")] = False,
    lines: Annotated[bool, typer.Option("--lines", help="Progress as JSON lines, for a program that waits.")] = False,
) -> None:
    """Build the index from the corpus and the library; a second run with nothing changed does nothing."""
    try:
        settings = Settings()
        if check:
            found = verify(settings)
            screen.print(f"The index in {settings.index_dir} is whole and current: {_counts(found)}.")
        else:
            _build(settings, lines)
    except AssistantError as error:
        screen.print(f"{type(error).__name__}: {error}", style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None


def _build(settings: Settings, lines: bool) -> None:
    if lines:
        outcome = build(settings, _print_line)
    else:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=screen, transient=True) as bar:
            task = bar.add_task("starting", total=1)
            outcome = build(
                settings, lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)
            )
    for note in outcome.notes:
        screen.print(note, markup=False)
    if outcome.built:
        screen.print(f"Index built: {outcome.entries} entries, {outcome.embedded} of them newly embedded.")
    else:
        screen.print(f"Index is current: {outcome.entries} entries, nothing to do.")


def _print_line(stage: str, done: int, total: int) -> None:
    sys.stdout.write(json.dumps({"stage": stage, "done": done, "total": total}) + "\n")
    sys.stdout.flush()


def _counts(found: Mapping[CollectionName, int]) -> str:
    return ", ".join(f"{count} in {name}" for name, count in found.items())


if __name__ == "__main__":
    command()
