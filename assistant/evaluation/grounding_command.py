"""`evaluate grounding` and `evaluate fit-grounding`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from assistant.evaluation.running import (
    After,
    Chart,
    Compare,
    Gate,
    Keep,
    Limit,
    Out,
    Seed,
    bar,
    compared,
    finish,
    input_errors,
    refuse_missing_folder,
)
from assistant.evaluation.sets import SetError

Data = Annotated[Path, typer.Option(help="Responses as JSON lines: id, context, response; to measure also spans.")]


def grounding(
    data: Annotated[
        Path | None, typer.Option(help="Responses as JSON lines: id, context, response; to measure also spans.")
    ] = None,
    lines: Annotated[Path | None, typer.Option("--out", help="Where a score per response and sentence goes.")] = None,
    folds: Annotated[int | None, typer.Option(help="Fit anew so many times, each on the other sources.")] = None,
    out: Out = None, limit: Limit = None, seed: Seed = 0, chart: Chart = None, compare: Compare = None,
    gate: Gate = False, keep: Keep = False,
) -> None:  # fmt: skip
    """How far contexts carry responses, sentence by sentence, and with labels how well that tells them apart."""
    from assistant.evaluation.grounding import IN_SAMPLE, load_responses, measured, score_lines
    from assistant.evaluation.grounding_fit import scored_elsewhere
    from assistant.evaluation.provenance import provenance
    from assistant.grounding import load_model, support
    from assistant.settings import Settings

    with input_errors():
        if compare:
            return compared(compare)
        if data is None:
            raise SetError("--data: name a file of JSON lines with id, context and response")
        after = After(out, chart, gate, keep)
        after.refuse_what_cannot_be_written()
        refuse_missing_folder(lines)
        responses = load_responses(data)[:limit]
        if folds is None:
            with bar("responses", len(responses)) as progress:
                found = []
                for done, one in enumerate(responses, 1):
                    found.append(support(one.response, one.context))
                    progress(done, len(responses))
        else:
            found = scored_elsewhere(responses, folds, seed)
        if lines is not None:
            written = (json.dumps(line, ensure_ascii=False) for line in score_lines(responses, found))
            lines.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
        if all(one.is_unsupported is None for one in responses):
            return typer.echo(f"{len(responses)} responses scored; none is labelled, so there are no figures", err=True)
        is_fitted_on = load_model().fitted_on.get("sha256") == _sha256(data) and folds is None
        report = measured(responses, found, seed=seed, notes=[IN_SAMPLE] if is_fitted_on else [])
        about = {**report.about, "folds": folds, **provenance(Settings(), data, needs_index=False)}
        finish(replace(report, about=about), after)


def fit_grounding(
    data: Data,
    out: Annotated[Path | None, typer.Option(help="Where the coefficients go.", show_default="the project's")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the parts that thresholds are fitted on.")] = 0,
) -> None:
    """Fit the coefficients of the score of support on labelled responses."""
    from assistant.evaluation.grounding import load_responses
    from assistant.evaluation.grounding_fit import fit_with_thresholds, write
    from assistant.grounding.score import COEFFICIENTS

    with input_errors():
        refuse_missing_folder(out)
        responses = load_responses(data)
        about = {"name": data.name, "sha256": _sha256(data), "responses": len(responses), "seed": seed}
        write(fit_with_thresholds(responses, about, seed=seed), out or COEFFICIENTS)
        typer.echo(f"written: {out or COEFFICIENTS}", err=True)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
