"""The score of a sentence and of a whole response: a logistic model whose coefficients are data."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from assistant.errors import CorpusError
from assistant.grounding.features import FEATURES, Pair
from assistant.grounding.texts import read_context, read_response

COEFFICIENTS: Final = Path(__file__).with_name("coefficients.json")
DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """One sentence, response[start:end], and how likely it is unsupported, 0 to 1."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Grounding:
    """How likely a response holds something that its context doesn't carry, 0 to 1, and each of its sentences.

    score: 1 - the product of (1 - score) over sentences ("noisy or"); 0 for a response without a sentence.
    """

    score: float
    sentences: tuple[SentenceScore, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready: score, sentences (start, end, score)."""
        found = [{"start": one.start, "end": one.end, "score": one.score} for one in self.sentences]
        return {"score": self.score, "sentences": found}


@dataclass(frozen=True, slots=True)
class Model:
    """A weight for each feature, in their order, and where the best F1 lay on the data it was fitted on."""

    intercept: float
    weights: tuple[float, ...]
    sentence_threshold: float
    response_threshold: float
    fitted_on: Mapping[str, Any]

    def probability(self, values: tuple[float, ...]) -> float:
        """The logistic function of the weighted sum."""
        return 1 / (1 + math.exp(-self.intercept - sum(w * v for w, v in zip(self.weights, values, strict=True))))


def support(response: str, context: str, model: Model | None = None) -> Grounding:
    """Score each sentence of a response against a context: 0 carried, 1 unsupported; pure, linear in both texts.

    An empty context carries nothing that has content words; sentences are those of `assistant.reading`.
    """
    model = model or load_model()
    read = features(response, context)
    scores = tuple(SentenceScore(start, end, round(model.probability(values), DECIMALS)) for start, end, values in read)
    return Grounding(noisy_or([one.score for one in scores]), scores)


def noisy_or(scores: list[float]) -> float:
    """1 - the product of (1 - score): any unsupported sentence makes a response unsupported."""
    return round(1 - math.prod(1 - score for score in scores), DECIMALS)


def features(response: str, context: str) -> list[tuple[int, int, tuple[float, ...]]]:
    """Start, end and the values of FEATURES of each sentence of a response."""
    read, known = read_response(response), read_context(context)
    found = []
    for at, (span, text) in enumerate(read):
        pair = Pair(text, known, at)
        found.append((span.start, span.end, tuple(feature(pair) for feature in FEATURES)))
    return found


@lru_cache(maxsize=1)
def load_model(path: Path = COEFFICIENTS) -> Model:
    """The coefficients; raises CorpusError where they don't belong to these features."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        weights, names = data["weights"], [feature.__name__ for feature in FEATURES]
        if list(weights) != names:
            raise CorpusError(f"{path}: weights: got {', '.join(weights)}; allowed: {', '.join(names)}, in this order")
        thresholds = data["thresholds"]
        values = tuple(float(weights[name]) for name in names)
        return Model(
            float(data["intercept"]), values, thresholds["sentence"], thresholds["response"], data["fitted_on"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorpusError(
            f"{path}: can't be read as coefficients ({type(error).__name__}: {error}); "
            "write it anew with `evaluate fit-grounding`"
        ) from error
