"""The coefficients of the score of support: a logistic regression on marked sentences and on false twins of others.

Marked responses hold few plain contradictions, so that from them alone negation and direction would weigh nothing.
Sentences that their context carries are therefore added once more, made false by one word; each counts so little that
the marked ones decide about all else. Thresholds are those of the best F1 on sources that were not fitted on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.grounding import Response, best_threshold
from assistant.evaluation.sets import SetError
from assistant.evaluation.twins import twins
from assistant.grounding.features import FEATURES, Pair
from assistant.grounding.score import COEFFICIENTS, Grounding, Model, features, support
from assistant.grounding.texts import Text, read_context, read_response

# Chosen by cross-validation over sources: the variance of the prior of standardised weights, and a twin's weight.
PRIOR_VARIANCE: Final = 0.05
TWIN_WEIGHT: Final = 0.01
# A twin is made of a sentence that a window of its context carries to such a share, with so many content words.
_CARRIED: Final = 0.8
_FEWEST_TERMS: Final = 4
_DECIMALS: Final = 6
_STEPS: Final = 50

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """Values of the features, whether unsupported, weight and source of each sentence."""

    values: Numbers
    labels: Numbers
    weights: Numbers
    sources: tuple[str, ...]


def examples(responses: Sequence[Response]) -> Examples:
    """The sentences of labelled responses and the twins of those that are carried; a source is a context."""
    rows: list[tuple[tuple[float, ...], float, float, str]] = []
    for one in responses:
        if one.is_unsupported is None or (one.is_unsupported and not one.spans):
            continue
        read = read_response(one.response)
        for at, (start, end, values) in enumerate(features(one.response, one.context)):
            is_bad = any(a < end and start < b for a, b in one.spans)
            rows.append((values, float(is_bad), 1.0, one.context))
            if not is_bad:
                rows += [(v, 1.0, TWIN_WEIGHT, one.context) for v in _of_twins(read[at][1], one.context, at)]
    if len({label for _, label, weight, _ in rows if weight == 1}) < 2:
        raise SetError("grounding: to fit, supported and unsupported sentences are needed; mark them by 'spans'")
    values, labels, weights, sources = zip(*rows, strict=True)
    return Examples(np.array(values), np.array(labels), np.array(weights), sources)


def _of_twins(sentence: Text, context: str, at: int) -> list[tuple[float, ...]]:
    known = read_context(context)
    if len(sentence.terms) < _FEWEST_TERMS or known.best_window(sentence)[1] < _CARRIED:
        return []
    pairs = [Pair(Text(twin), known, at) for twin in twins(sentence.text)]
    return [tuple(feature(pair) for feature in FEATURES) for pair in pairs]


def fit(data: Examples) -> Model:
    """The coefficients: the maximum of the penalised likelihood, by Newton's method on standardised features."""
    marked = data.values[data.weights == 1]
    mean, scale = marked.mean(axis=0), marked.std(axis=0)
    scale[scale == 0] = 1.0
    design = np.column_stack([np.ones(len(data.labels)), (data.values - mean) / scale])
    penalty = np.full(design.shape[1], 1 / PRIOR_VARIANCE)
    penalty[0] = 0.0
    beta = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-design @ beta))
        gradient = design.T @ (data.weights * (data.labels - chance)) - penalty * beta
        curvature = (design.T * (data.weights * chance * (1 - chance))) @ design + np.diag(penalty)
        step = np.linalg.solve(curvature, gradient)
        beta += step
        if float(np.abs(step).max()) < 1e-9:
            break
    weights = beta[1:] / scale
    intercept = float(beta[0] - weights @ mean)
    return Model(round(intercept, _DECIMALS), tuple(round(float(w), _DECIMALS) for w in weights), 0.5, 0.5, {})


def scored_elsewhere(responses: Sequence[Response], folds: int, seed: int) -> list[Grounding]:
    """Score every response with coefficients fitted on the other sources; raises SetError for too few sources."""
    data = examples(responses)
    sources = sorted({one.context for one in responses})
    if not 2 <= folds <= len(sources):
        raise SetError(f"--folds: got {folds}; allowed: 2 to {len(sources)}, the number of contexts")
    order = np.random.default_rng(seed).permutation(len(sources))
    fold_of = {sources[int(position)]: at % folds for at, position in enumerate(order)}
    models = []
    for fold in range(folds):
        kept = np.array([fold_of[source] != fold for source in data.sources])
        chosen = tuple(source for source, is_kept in zip(data.sources, kept, strict=True) if is_kept)
        models.append(fit(Examples(data.values[kept], data.labels[kept], data.weights[kept], chosen)))
    return [support(one.response, one.context, models[fold_of[one.context]]) for one in responses]


def thresholds(responses: Sequence[Response], groundings: Sequence[Grounding]) -> tuple[float, float]:
    """Where F1 is best, of sentences and of responses."""
    pairs = [(r, g) for r, g in zip(responses, groundings, strict=True) if r.is_unsupported is not None]
    parts = [
        (one.score, any(a < one.end and one.start < b for a, b in r.spans)) for r, g in pairs for one in g.sentences
    ]
    return (
        best_threshold([score for score, _ in parts], [label for _, label in parts]),
        best_threshold([g.score for _, g in pairs], [bool(r.is_unsupported) for r, _ in pairs]),
    )


def fit_with_thresholds(responses: Sequence[Response], about: dict[str, Any], folds: int = 5, seed: int = 0) -> Model:
    """The coefficients on all of a set, thresholds from scores of sources left out."""
    sentence, response = thresholds(responses, scored_elsewhere(responses, folds, seed))
    found = fit(examples(responses))
    return replace(found, sentence_threshold=sentence, response_threshold=response, fitted_on=about)


def write(model: Model, path: Path = COEFFICIENTS) -> None:
    """Write the coefficients as data."""
    names = [feature.__name__ for feature in FEATURES]
    data = {
        "fitted_on": dict(model.fitted_on),
        "intercept": model.intercept,
        "weights": dict(zip(names, model.weights, strict=True)),
        "thresholds": {"sentence": model.sentence_threshold, "response": model.response_threshold},
    }
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
