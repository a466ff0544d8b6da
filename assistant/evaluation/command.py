"""`python -m assistant evaluate ...`: figures that anyone can reproduce, as tables and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from assistant.api import Assistant

from assistant.evaluation.answers import Progress, evaluate_answers
from assistant.evaluation.report import Report
from assistant.evaluation.sets import QUESTIONS, Item, SetError, SplitChoice, load_set, select

BAD_INPUT: Final = 2
evaluate = typer.Typer(no_args_is_help=True, help="Measure the assistant on question sets.")

Out = Annotated[Path | None, typer.Option("--json", help="Where the whole report goes, as JSON.")]
Data = Annotated[Path, typer.Option(help="A question set as JSON lines.", show_default="the project's own")]
Only = Annotated[SplitChoice, typer.Option("--split", help="Which part of the set; all prints each apart.")]
Limit = Annotated[int | None, typer.Option(help="Only the first so many questions.")]
Seed = Annotated[int, typer.Option(help="Seed of the bootstrap intervals.")]
Some = Annotated[int | None, typer.Option("--limit", help="Of each kind of error only so many, spread evenly.")]
Model = Annotated[str | None, typer.Option(help="Draft with this chat model, as provider:name.", show_default="none")]
Replies = Annotated[Path, typer.Option(help="Where the model's replies are kept, so that nothing is asked twice.")]
Choice = Annotated[int, typer.Option("--seed", help="Seed of the values and wordings that are chosen among several.")]


@evaluate.command()
def answers(
    out: Out = None,
    data: Data = QUESTIONS,
    split: Only = "all",
    limit: Limit = None,
    seed: Seed = 0,
    model: Model = None,
    replies: Replies = Path("replies.jsonl"),
) -> None:
    """Facts, references, scope, length and time of the answers to a question set, with a language model or without."""
    from assistant.evaluation.models import assistant_with, watched

    def measure(items: tuple[Item, ...], assistant: Assistant, progress: Progress) -> Report:
        if assistant.drafter is None:
            return evaluate_answers(items, assistant.ask, seed=seed, progress=progress)
        ask, tally = watched(assistant)
        report = evaluate_answers(items, ask, seed=seed, progress=progress)
        return replace(report, about={**report.about, **tally()})

    with _input_errors():
        _run(measure, select(load_set(data), split, limit), data, out, lambda: assistant_with(model, replies))


@evaluate.command()
def drafts(out: Out = None, limit: Some = None, seed: Choice = 0) -> None:
    """What comes through of drafts of a model that lies, and what is kept of those of an honest one."""
    from assistant.evaluation.drafts import HONEST, evaluate_drafts
    from assistant.evaluation.provenance import provenance
    from assistant.settings import Settings

    with _input_errors():
        _refuse_missing_folder(out)
        about = provenance(Settings(), HONEST)
        with _bar("drafts") as progress:
            report = evaluate_drafts(seed=seed, limit=limit, progress=progress)
        _show(replace(report, about={**report.about, **about}), out)


@evaluate.command()
def retrieval(
    out: Out = None, data: Data = QUESTIONS, split: Only = "all", limit: Limit = None, seed: Seed = 0
) -> None:
    """Recall and rank of the statements that answer, beside the search's parts and the tutorial recipe."""
    from assistant.evaluation.retrieval import evaluate_retrieval

    def measure(items: tuple[Item, ...], assistant: Assistant, progress: Progress) -> Report:
        return evaluate_retrieval(items, assistant, seed=seed, progress=progress)

    with _input_errors():
        _run(measure, select(load_set(data), split, limit), data, out)


@evaluate.command()
def guardrail(out: Out = None, seed: Seed = 0) -> None:
    """What the guardrail catches and what it lets pass, on labelled answers and minimal pairs."""
    from assistant.evaluation.guardrail import ANSWERS, evaluate_guardrail
    from assistant.evaluation.provenance import provenance
    from assistant.settings import Settings

    with _input_errors():
        _refuse_missing_folder(out)
        # First what may be missing, such as an index, then the measuring.
        about = provenance(Settings(), ANSWERS)
        report = evaluate_guardrail(seed=seed)
        report = replace(report, about={**report.about, "seed": seed, **about})
        _show(report, out)


@evaluate.command()
def mutation(out: Out = None, limit: Some = None, seed: Choice = 0) -> None:
    """Which errors are noticed when they are put, one at a time, into the algorithm, the rules and the sentences."""
    from assistant.evaluation.mutation import evaluate_mutation
    from assistant.evaluation.mutation.cases import CASES
    from assistant.evaluation.provenance import provenance
    from assistant.settings import Settings

    with _input_errors():
        _refuse_missing_folder(out)
        about = provenance(Settings(), CASES)
        with _bar("errors") as progress:
            report = evaluate_mutation(seed=seed, limit=limit, progress=progress)
        report = replace(report, about={**report.about, **about})
        _show(report, out)


@evaluate.command()
def speed(out: Out = None) -> None:
    """Time of the guardrail and of an answer, beside bare embedding of the same text in the same run."""
    from assistant.api import Assistant
    from assistant.evaluation.provenance import provenance
    from assistant.evaluation.speed import evaluate_speed

    with _input_errors():
        _refuse_missing_folder(out)
        assistant = Assistant()
        with _bar("parts") as progress:
            report = evaluate_speed(assistant, progress=progress)
        _show(replace(report, about={**report.about, **provenance(assistant.settings)}), out)


def _run(
    measure: Callable[..., Report],
    items: tuple[Item, ...],
    data: Path,
    out: Path | None,
    make: Callable[[], Assistant] | None = None,
) -> None:
    """Measure with a progress bar, print the tables, write the JSON."""
    from assistant.api import Assistant
    from assistant.evaluation.provenance import provenance

    _refuse_missing_folder(out)
    assistant = make() if make else Assistant()
    with _bar("questions", len(items)) as progress:
        report = measure(items, assistant, progress)
    report = replace(report, about={**report.about, **provenance(assistant.settings, data)})
    _show(report, out)


@contextmanager
def _bar(name: str, total: int | None = None) -> Iterator[Progress]:
    """A progress bar on standard error; what is yielded moves it."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=total)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)


def _refuse_missing_folder(out: Path | None) -> None:
    if out is not None and not out.parent.is_dir():
        raise SetError(f"{out}: no folder {out.parent}; name a file in a folder that exists")


def _show(report: Report, out: Path | None) -> None:
    """Print the tables, write the JSON."""
    from rich.console import Console

    Console().print(report)
    if out is not None:
        _write(report, out)


def _write(report: Report, out: Path) -> None:
    try:
        out.write_text(json.dumps(report.to_dict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise SetError(f"{out}: can't be written ({error}); name another file in --json") from None


@contextmanager
def _input_errors() -> Iterator[None]:
    """End with status 2 and a sentence on bad input; other faults go to the command line's own handling."""
    try:
        yield
    except SetError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BAD_INPUT) from None
