"""`evaluate agreement`, `evaluate determinism` and `evaluate speed`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from assistant.evaluation.report import Report
from assistant.evaluation.running import After, Chart, Compare, Gate, Keep, Limit, Out, Progress, Seed, alone
from assistant.evaluation.sets import QUESTIONS, SplitChoice, load_set, select


def agreement(
    out: Out = None, limit: Limit = None, seed: Seed = 0, chart: Chart = None, compare: Compare = None,
    gated: Gate = False, keep: Keep = False,
    data: Annotated[Path | None, typer.Option(help="The second reader's labels as JSON lines: id, label, severity.",
                                              show_default="the project's own")] = None,
) -> None:  # fmt: skip
    """How far a second reader agrees with the labels of the guardrail's set: shares, and Cohen's kappa."""
    from assistant.evaluation.agreement import SECOND, evaluate_agreement

    def work(progress: Progress) -> Report:
        return evaluate_agreement(data or SECOND, seed=seed, limit=limit)

    alone("answers", work, After(out, chart, gated, keep), compare, data=data or SECOND, needs_index=False)


def determinism(
    out: Out = None, data: Annotated[Path, typer.Option(help="A question set as JSON lines.")] = QUESTIONS,
    split: Annotated[SplitChoice, typer.Option("--split", help="Which part of the set.")] = "all",
    limit: Limit = None, seed: Seed = 0, chart: Chart = None, compare: Compare = None, gated: Gate = False,
    keep: Keep = False,
) -> None:  # fmt: skip
    """Whether the same questions give the same bytes twice, and in processes with other hash seeds."""
    from assistant.evaluation.determinism import evaluate_determinism

    def work(progress: Progress) -> Report:
        return evaluate_determinism(select(load_set(data), split, limit), seed=seed, progress=progress)

    alone("questions", work, After(out, chart, gated, keep), compare, data=data)


def speed(
    out: Out = None, data: Annotated[Path, typer.Option(help="A question set as JSON lines.")] = QUESTIONS,
    limit: Annotated[int, typer.Option(help="So many questions and texts.")] = 40,
    runs: Annotated[int, typer.Option(help="How often what starts a process is run; medians are given.")] = 3,
    largest: Annotated[int, typer.Option(help="Passages of the largest library, from 1000 on by tenfolds.")] = 100_000,
    seed: Annotated[int, typer.Option(help="Seed of the generated library.")] = 0,
    chart: Chart = None, compare: Compare = None, gated: Gate = False, keep: Keep = False,
) -> None:  # fmt: skip
    """Times and memory beside the tutorial recipe and bare embedding in the same run, and growth with a library."""
    from assistant.evaluation.speed import evaluate_speed

    work = partial(evaluate_speed, data, limit=limit, runs=runs, largest=largest, seed=seed)
    alone("parts", work, After(out, chart, gated, keep), compare, data=data)
