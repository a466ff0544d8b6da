"""`evaluate gate`, `evaluate baseline` and `evaluate readme`: figures held against the committed ones, or made them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from assistant.evaluation.report import Report
from assistant.evaluation.running import FAILED, Progress, bar, input_errors
from assistant.evaluation.sets import QUESTIONS, SetError

_ALL: Final = "all that need no other data"
# Of determinism: each is asked twice here and once in every other process.
_ASKED_TWICE: Final = 42
Measure = Callable[[Progress], Report]


def gate() -> None:
    """Fail where a quick sample of answers, retrieval, guardrail or drafts fell below the committed baseline."""
    from assistant.api import Assistant
    from assistant.evaluation.baseline import QUICK_TOLERANCE, regressions
    from assistant.evaluation.quick import quick_reports

    with input_errors():
        worse = []
        for report in quick_reports(Assistant()):
            found = regressions(report, tolerance=QUICK_TOLERANCE)
            typer.echo(f"gate: {report.what}: {'fell' if found else 'ok'} ({len(report.by_item)} items)", err=True)
            worse += found
        if worse:
            typer.echo("\n".join(worse), err=True)
            raise typer.Exit(FAILED)


def readme() -> None:
    """Write the figures of the READMEs anew from the committed baselines."""
    from assistant.evaluation.readme import rewrite_all

    with input_errors():
        for path in rewrite_all():
            typer.echo(f"written: {path}", err=True)


def write_baselines(
    only: Annotated[list[str] | None, typer.Option(help="Only these verbs.", show_default=_ALL)] = None,
    responses: Annotated[
        Path | None, typer.Option(help="Marked responses, as of `evaluate grounding`; measured in two halves.")
    ] = None,
) -> None:
    """Measure everything in full, make it the committed baseline, and write the READMEs' figures from it."""
    from assistant.evaluation.baseline import write
    from assistant.evaluation.provenance import provenance
    from assistant.evaluation.readme import rewrite_all
    from assistant.settings import Settings

    with input_errors():
        verbs = _verbs(responses)
        unknown = [name for name in only or () if name not in verbs]
        if unknown:
            raise SetError(f"--only: got {unknown[0]!r}; allowed: {', '.join(verbs)} (grounding needs --responses)")
        for name in only or verbs:
            measure, data = verbs[name]
            with bar(name) as progress:
                report = measure(progress)
            about = {**report.about, **provenance(Settings(), data, needs_index=name not in ("grounding", "agreement"))}
            typer.echo(f"written: {write(replace(report, about=about))}", err=True)
        for path in rewrite_all():
            typer.echo(f"written: {path}", err=True)


def _verbs(responses: Path | None) -> dict[str, tuple[Measure, Path]]:
    """What each verb measures for its baseline, and on which data."""
    from assistant.evaluation.agreement import SECOND, evaluate_agreement
    from assistant.evaluation.answers import evaluate_answers
    from assistant.evaluation.determinism import evaluate_determinism
    from assistant.evaluation.drafts import HONEST, evaluate_drafts
    from assistant.evaluation.guardrail import evaluate_guardrail
    from assistant.evaluation.guardrail_sets import ANSWERS
    from assistant.evaluation.mutation import evaluate_mutation
    from assistant.evaluation.mutation.cases import CASES
    from assistant.evaluation.quick import spread
    from assistant.evaluation.retrieval import evaluate_retrieval
    from assistant.evaluation.sets import load_set
    from assistant.evaluation.speed import evaluate_speed

    def determinism(progress: Progress) -> Report:
        items = spread(load_set(), lambda one: (one.kind, one.split), _ASKED_TWICE)
        return evaluate_determinism(items, progress=progress)

    def grounding(progress: Progress) -> Report:
        from assistant.evaluation.grounding import load_responses, measured
        from assistant.evaluation.grounding_fit import scored_elsewhere

        found = load_responses(responses or Path())
        return measured(found, scored_elsewhere(found, 2, 0))

    found: dict[str, tuple[Measure, Path]] = {
        "answers": (lambda progress: evaluate_answers(progress=progress), QUESTIONS),
        "retrieval": (lambda progress: evaluate_retrieval(progress=progress), QUESTIONS),
        "guardrail": (lambda progress: evaluate_guardrail(progress=progress), ANSWERS),
        "drafts": (lambda progress: evaluate_drafts(progress=progress), HONEST),
        "mutation": (lambda progress: evaluate_mutation(progress=progress), CASES),
        "agreement": (lambda _: evaluate_agreement(), SECOND),
        "determinism": (determinism, QUESTIONS),
        "speed": (lambda progress: evaluate_speed(progress=progress), QUESTIONS),
    }
    return found if responses is None else {**found, "grounding": (grounding, responses)}
