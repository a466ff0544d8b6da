"""`python -m assistant evaluate ...`: figures that anyone can reproduce, as tables, JSON and charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from assistant.api import Assistant

from assistant.evaluation.answers import evaluate_answers
from assistant.evaluation.baseline_command import gate, readme, write_baselines
from assistant.evaluation.checks_command import agreement, determinism, speed
from assistant.evaluation.grounding_command import fit_grounding, grounding
from assistant.evaluation.report import Report
from assistant.evaluation.running import (
    After,
    Chart,
    Compare,
    Gate,
    Keep,
    Limit,
    Out,
    Progress,
    Seed,
    alone,
    bar,
    compared,
    finish,
    input_errors,
)
from assistant.evaluation.sets import QUESTIONS, Item, SplitChoice, load_set, select

BAD_INPUT: Final = 2
evaluate = typer.Typer(no_args_is_help=True, help="Measure the assistant on question sets.")
evaluate.command()(grounding)
evaluate.command("fit-grounding")(fit_grounding)
evaluate.command()(agreement)
evaluate.command()(determinism)
evaluate.command()(speed)
evaluate.command()(gate)
evaluate.command("baseline")(write_baselines)
evaluate.command()(readme)

Data = Annotated[Path, typer.Option(help="A question set as JSON lines.", show_default="the project's own")]
Only = Annotated[SplitChoice, typer.Option("--split", help="Which part of the set; all prints each apart.")]
Some = Annotated[int | None, typer.Option("--limit", help="Of each kind of error only so many, spread evenly.")]
Model = Annotated[str | None, typer.Option(help="Draft with this chat model, as provider:name.", show_default="none")]
Replies = Annotated[Path, typer.Option(help="Where the model's replies are kept, so that nothing is asked twice.")]
Choice = Annotated[int, typer.Option("--seed", help="Seed of the values and wordings that are chosen among several.")]
Beir = Annotated[Path | None, typer.Option(help="Search a folder in BEIR's layout instead of the review.")]


@evaluate.command()
def answers(
    out: Out = None, data: Data = QUESTIONS, split: Only = "all", limit: Limit = None, seed: Seed = 0,
    chart: Chart = None, compare: Compare = None, gated: Gate = False, keep: Keep = False,
    model: Model = None, replies: Replies = Path("replies.jsonl"),
) -> None:  # fmt: skip
    """Facts, references, scope, length and time of the answers to a question set, with a language model or without."""
    from assistant.evaluation.models import assistant_with, watched

    def measure(items: tuple[Item, ...], assistant: Assistant, progress: Progress) -> Report:
        if assistant.drafter is None:
            return evaluate_answers(items, assistant.ask, seed=seed, progress=progress)
        ask, tally = watched(assistant)
        report = evaluate_answers(items, ask, seed=seed, progress=progress)
        return replace(report, about={**report.about, **tally()})

    with input_errors():
        if compare:
            return compared(compare)
        make = partial(assistant_with, model, replies)
        _run(measure, select(load_set(data), split, limit), data, After(out, chart, gated, keep), make)


@evaluate.command()
def drafts(
    out: Out = None, limit: Some = None, seed: Choice = 0, chart: Chart = None, compare: Compare = None,
    gated: Gate = False, keep: Keep = False,
) -> None:  # fmt: skip
    """What comes through of drafts of a model that lies, and what is kept of those of an honest one."""
    from assistant.evaluation.drafts import HONEST, evaluate_drafts

    work = partial(evaluate_drafts, seed=seed, limit=limit)
    alone("drafts", work, After(out, chart, gated, keep), compare, data=HONEST)


@evaluate.command()
def retrieval(
    out: Out = None, data: Data = QUESTIONS, split: Only = "all", limit: Limit = None, seed: Seed = 0,
    beir: Beir = None, chart: Chart = None, compare: Compare = None, gated: Gate = False, keep: Keep = False,
) -> None:  # fmt: skip
    """Recall and rank of the statements that answer, beside the search's parts and the tutorial recipe."""
    from assistant.evaluation.retrieval import evaluate_retrieval

    def measure(items: tuple[Item, ...], assistant: Assistant, progress: Progress) -> Report:
        return evaluate_retrieval(items, assistant, seed=seed, progress=progress)

    with input_errors():
        if compare:
            return compared(compare)
        after = After(out, chart, gated, keep)
        if beir is not None:
            return _beir(beir, limit, seed, after)
        _run(measure, select(load_set(data), split, limit), data, after)


def _beir(folder: Path, limit: int | None, seed: int, after: After) -> None:
    from assistant.evaluation.beir import evaluate_beir, load_folder, write_run
    from assistant.evaluation.provenance import provenance
    from assistant.settings import Settings

    after.refuse_what_cannot_be_written()
    library = load_folder(folder, limit)
    settings = Settings()
    with bar("documents") as progress:
        report, rankings = evaluate_beir(library, settings.embedding_model, seed=seed, progress=progress)
    about = provenance(settings, folder / "corpus.jsonl")
    finish(replace(report, about={**report.about, **about}), after)
    if after.out is not None:
        write_run(rankings, after.out.with_suffix(".trec"))


@evaluate.command()
def guardrail(
    out: Out = None, seed: Seed = 0, limit: Limit = None, chart: Chart = None, compare: Compare = None,
    gated: Gate = False, keep: Keep = False,
    data: Annotated[Path | None, typer.Option(help="Labelled answers as JSON lines; without pairs.")] = None,
) -> None:  # fmt: skip
    """What the guardrail catches and what it lets pass, on labelled answers and minimal pairs."""
    from assistant.evaluation.guardrail import evaluate_guardrail
    from assistant.evaluation.guardrail_sets import ANSWERS, PAIRS, records
    from assistant.evaluation.provenance import provenance
    from assistant.settings import Settings

    with input_errors():
        if compare:
            return compared(compare)
        after = After(out, chart, gated, keep)
        after.refuse_what_cannot_be_written()
        # First what may be missing, such as an index, then the measuring.
        about = provenance(Settings(), data or ANSWERS)
        labelled, pairs = records(data or ANSWERS, "answers"), [] if data else records(PAIRS, "pairs")
        with bar("answers") as progress:
            report = evaluate_guardrail(labelled[:limit], pairs=pairs[:limit], seed=seed, progress=progress)
        finish(replace(report, about={**report.about, "seed": seed, **about}), after)


@evaluate.command()
def requests(
    data: Annotated[Path, typer.Option(help="Requests as JSON lines: a text under prompt, request, text or question.")],
    out: Out = None, limit: Limit = None, seed: Seed = 0, chart: Chart = None, compare: Compare = None,
    gated: Gate = False, keep: Keep = False,
) -> None:  # fmt: skip
    """How many requests are declined, as refused or as not covered, and for which reason."""
    from assistant.api import Assistant
    from assistant.evaluation.provenance import provenance
    from assistant.evaluation.requests import evaluate_requests, load_requests

    with input_errors():
        if compare:
            return compared(compare)
        after = After(out, chart, gated, keep)
        after.refuse_what_cannot_be_written()
        asked, assistant = load_requests(data)[:limit], Assistant()
        with bar("requests", len(asked)) as progress:
            report = evaluate_requests(asked, assistant.ask, seed=seed, progress=progress, name=data.stem)
        finish(replace(report, about={**report.about, **provenance(assistant.settings, data)}), after)


@evaluate.command()
def mutation(
    out: Out = None, limit: Some = None, seed: Choice = 0, chart: Chart = None, compare: Compare = None,
    gated: Gate = False, keep: Keep = False,
) -> None:  # fmt: skip
    """Which errors are noticed when they are put, one at a time, into the algorithm, the rules and the sentences."""
    from assistant.evaluation.mutation import evaluate_mutation
    from assistant.evaluation.mutation.cases import CASES

    work = partial(evaluate_mutation, seed=seed, limit=limit)
    alone("errors", work, After(out, chart, gated, keep), compare, data=CASES)


@evaluate.command()
def page(
    out: Out = None, chart: Chart = None, seed: Choice = 0,
    url: Annotated[str | None, typer.Option(help="A running page.", show_default="one that is started for it")] = None,
    readers: Annotated[int, typer.Option(help="How many sessions at the same time.")] = 20,
    pause: Annotated[float, typer.Option(help="How long a reader reads before asking again, in seconds.")] = 10.0,
) -> None:  # fmt: skip
    """How long readers of the page wait for an answer, one alone and many at the same time, and what fails."""
    from contextlib import nullcontext

    from assistant.evaluation.page import evaluate_page, running_page
    from assistant.evaluation.provenance import provenance
    from assistant.settings import Settings

    with input_errors():
        after = After(out, chart)
        after.refuse_what_cannot_be_written()
        about = provenance(Settings())
        with nullcontext(url) if url else running_page() as address, bar("trials") as progress:
            report = evaluate_page(address, readers=readers, pause_s=pause, seed=seed, progress=progress)
        finish(replace(report, about={**report.about, **about}), after)


def _run(
    measure: Callable[..., Report],
    items: tuple[Item, ...],
    data: Path,
    after: After,
    make: Callable[[], Assistant] | None = None,
) -> None:
    """Measure with a progress bar, then finish."""
    from assistant.api import Assistant
    from assistant.evaluation.provenance import provenance

    after.refuse_what_cannot_be_written()
    assistant = make() if make else Assistant()
    with bar("questions", len(items)) as progress:
        report = measure(items, assistant, progress)
    finish(replace(report, about={**report.about, **provenance(assistant.settings, data)}), after)
