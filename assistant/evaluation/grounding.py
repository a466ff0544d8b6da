"""Scores of support held against marked responses: AUROC, recall at fixed false alarms, F1.

A sentence counts as unsupported where it overlaps a marked span, a response where it has one or is marked as a whole.
F1 moves with the share of unsupported ones, so the trivial baselines stand beside it: all positive, and length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from assistant.errors import SettingsError
from assistant.evaluation.intervals import Estimate, Part, auroc, ratio
from assistant.evaluation.report import Metrics, Report
from assistant.evaluation.sets import SetError, read_lines
from assistant.grounding import Grounding, load_model, support

FALSE_ALARMS: Final = (0.05, 0.1, 0.2)
IN_SAMPLE: Final = (
    "The coefficients were fitted on this very file: take the figures of --folds, which are of sources not fitted on."
)
# response, context -> an object with score and sentences (start, end, score), 1 = unsupported.
Support = Callable[[str, str], Grounding]


@dataclass(frozen=True, slots=True)
class Response:
    """A line of a set; spans: where it says what the context doesn't carry; is_unsupported None: not labelled."""

    id: str
    context: str
    response: str
    spans: tuple[tuple[int, int], ...]
    is_unsupported: bool | None


def load_responses(data: str | Path | Iterable[Mapping[str, Any]]) -> tuple[Response, ...]:
    """Read {"id", "context", "response"} and, where labelled, "spans" ([start, end] or objects) and "hallucinated".

    Raises SetError with file, line and fault.
    """
    where = str(data) if isinstance(data, str | Path) else "records"
    lines = read_lines(Path(data)) if isinstance(data, str | Path) else enumerate(data, 1)
    found = tuple(_response(f"{where}: line {number}", record) for number, record in lines)
    if not found:
        raise SetError(f"{where}: holds no response; expected one JSON object per line: id, context, response")
    return found


def _response(where: str, record: object) -> Response:
    if not isinstance(record, Mapping):
        raise SetError(f"{where}: expected an object, got {type(record).__name__}")
    for key in ("id", "context", "response"):
        if not isinstance(record.get(key), str):
            raise SetError(f"{where}: {key!r} must be text, got {record.get(key)!r:.60}; needed: id, context, response")
    given = record.get("spans")
    spans = tuple(_span(where, span, len(record["response"])) for span in given or ())
    marked = record.get("hallucinated")
    if marked is not None and not isinstance(marked, bool):
        raise SetError(f"{where}: 'hallucinated' must be true or false, got {marked!r:.60}")
    label = marked if marked is not None else bool(spans) if given is not None else None
    return Response(record["id"], record["context"], record["response"], spans, label)


def _span(where: str, span: Any, length: int) -> tuple[int, int]:
    try:
        start, end = (span["start"], span["end"]) if isinstance(span, Mapping) else span[:2]
        if type(start) is int and type(end) is int and 0 <= start < end <= length:
            return start, end
    except (KeyError, TypeError, ValueError):
        pass
    raise SetError(f"{where}: spans: got {span!r:.60}; allowed: [start, end] within the response's {length} characters")


def score_lines(responses: Sequence[Response], groundings: Sequence[Grounding]) -> list[dict[str, Any]]:
    """What is written for each response: id, score (1 = unsupported), sentences."""
    return [{"id": r.id, **g.to_dict()} for r, g in zip(responses, groundings, strict=True)]


def evaluate_grounding(
    data: str | Path | Iterable[Mapping[str, Any]],
    score: Support | None = None,
    *,
    seed: int = 0,
    thresholds: tuple[float, float] | None = None,
) -> Report:
    """Figures of a score of support on labelled responses.

    score: by default the project's own; thresholds: of sentence and response, fitted elsewhere, by default those that
    the project's own were. Raises SetError for a bad set or one without both labels.
    """
    responses = load_responses(data)
    scoring = score or support
    return measured(responses, [scoring(r.response, r.context) for r in responses], seed=seed, thresholds=thresholds)


def measured(
    responses: Sequence[Response],
    groundings: Sequence[Grounding],
    *,
    seed: int = 0,
    thresholds: tuple[float, float] | None = None,
    notes: Sequence[str] = (),
) -> Report:
    """The same for scores that are at hand."""
    model = load_model()
    at_sentence, at_response = thresholds or (model.sentence_threshold, model.response_threshold)
    labelled = [(r, g) for r, g in zip(responses, groundings, strict=True) if r.is_unsupported is not None]
    if len({r.is_unsupported for r, _ in labelled}) < 2:
        raise SetError("grounding: figures need supported and unsupported responses; label them by 'spans'")
    whole = [bool(r.is_unsupported) for r, _ in labelled]
    sentences = [(r, one) for r, g in labelled for one in g.sentences if r.spans or not r.is_unsupported]
    parts = [any(a < one.end and one.start < b for a, b in r.spans) for r, one in sentences]
    results = {
        "responses": {
            "support": figures([g.score for _, g in labelled], whole, at_response, seed),
            "length": figures([len(r.response) for r, _ in labelled], whole, None, seed),
            "all positive": figures([1.0] * len(whole), whole, 0.5, seed),
        },
    }
    if any(parts):
        results["sentences"] = {
            "support": figures([one.score for _, one in sentences], parts, at_sentence, seed),
            "length": figures([one.end - one.start for _, one in sentences], parts, None, seed),
            "all positive": figures([1.0] * len(parts), parts, 0.5, seed),
        }
    about = {"seed": seed, "responses": len(labelled), "thresholds": {"sentence": at_sentence, "response": at_response}}
    failures = tuple({"id": r.id, "score": g.score, "failed": ["missed" if r.is_unsupported else "false alarm"]}
                  for r, g in labelled if (g.score >= at_response) != r.is_unsupported)  # fmt: skip
    return Report("grounding", results, about, failures, tuple(notes), by_item=_items(labelled))


def _items(labelled: Sequence[tuple[Response, Grounding]]) -> dict[str, dict[str, Part]]:
    """What each unsupported response adds to the AUROC: the share of supported ones that score below it, ties half."""
    below = np.array([g.score for r, g in labelled if not r.is_unsupported])
    return {
        r.id: {"auroc": (float((below < g.score).mean() + (below == g.score).mean() / 2), 1.0)}
        for r, g in labelled
        if r.is_unsupported
    }


def figures(scores: Sequence[float], labels: Sequence[bool], threshold: float | None, seed: int = 0) -> Metrics:
    """AUROC, recall at fixed shares of false alarms and, with a threshold, precision, recall and F1."""
    above = [s for s, is_bad in zip(scores, labels, strict=True) if is_bad]
    below = [s for s, is_bad in zip(scores, labels, strict=True) if not is_bad]
    found: dict[str, Estimate] = {
        "items": Estimate(len(scores), len(scores)),
        "unsupported": ratio([(float(label), 1.0) for label in labels], seed),
        "auroc": auroc(above, below, seed),
    }
    for share in FALSE_ALARMS:
        found[f"recall at {share:.0%} false alarms"] = ratio(
            [(float(s > _limit(below, share)), 1.0) for s in above], seed
        )
    if threshold is not None:
        hits, alarms = sum(s >= threshold for s in above), sum(s >= threshold for s in below)
        found["precision"] = ratio([(1.0, 1.0)] * hits + [(0.0, 1.0)] * alarms, seed)
        found["recall"] = ratio([(1.0, 1.0)] * hits + [(0.0, 1.0)] * (len(above) - hits), seed)
        found["false alarms"] = ratio([(1.0, 1.0)] * alarms + [(0.0, 1.0)] * (len(below) - alarms), seed)
        found["f1"] = Estimate(round(2 * hits / (2 * hits + alarms + len(above) - hits), 4), len(scores))
    return found


def _limit(below: Sequence[float], share: float) -> float:
    """The lowest score above which at most such a share of the supported ones lie."""
    ranked = sorted(below, reverse=True)
    return ranked[int(np.floor(share * len(ranked) + 1e-9))] if ranked else np.inf


def best_threshold(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The score from which on calling all unsupported gives the best F1; the highest of equals."""
    if not any(labels):
        raise SettingsError("a threshold can't be fitted without unsupported ones")
    order = np.argsort(-np.asarray(scores), kind="stable")
    truth = np.asarray(labels, dtype=float)[order]
    ranked = np.asarray(scores, dtype=float)[order]
    f1 = 2 * np.cumsum(truth) / (np.arange(1, len(truth) + 1) + truth.sum())
    last_of_equals = np.append(ranked[1:] != ranked[:-1], True)
    return float(ranked[int(np.argmax(np.where(last_of_equals, f1, -1.0)))])
