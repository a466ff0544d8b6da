"""Numbers with their uncertainty: ratios of sums, medians, ranks, and bootstrap intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

RESAMPLES: Final = 2000
LEVEL: Final = 0.95
DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured value: None where undefined; `n` is what it is a share or mean of; `interval` is the 95 % interval.

    `interval` is None where the value has none: undefined, a median, or without variation in the sample, where the
    bootstrap would claim a width of zero.
    """

    value: float | None
    n: float = 0
    interval: tuple[float, float] | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"value": self.value, "n": self.n, "interval": list(self.interval) if self.interval else None}


Part = tuple[float, float]


def ratio(parts: Sequence[Part], seed: int = 0) -> Estimate:
    """Return the sum of numerators over sum of denominators, with the percentile bootstrap over questions.

    Each part belongs to one question; the mean over questions is the case of all denominators 1, a part (0, 0) does
    not take part. Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
    """
    concerned = np.asarray([part for part in parts if part[1] > 0], dtype=np.float64).reshape(-1, 2)
    total = float(concerned[:, 1].sum())
    if not total:
        return Estimate(None)
    value = round(float(concerned[:, 0].sum()) / total, DECIMALS)
    return Estimate(value, int(total) if total.is_integer() else total, _bootstrap(concerned, seed))


def _bootstrap(parts: np.ndarray[Any, np.dtype[np.float64]], seed: int) -> tuple[float, float] | None:
    if len(np.unique(parts[:, 0] / parts[:, 1])) < 2:
        return None
    picks = np.random.default_rng(seed).integers(len(parts), size=(RESAMPLES, len(parts)))
    sums = parts[picks].sum(axis=1)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(sums[:, 0] / sums[:, 1], [tail, 1 - tail])
    return round(float(low), DECIMALS), round(float(high), DECIMALS)


def quantile(values: Sequence[float], share: float) -> Estimate:
    """Return the value below which `share` of them lie, interpolated linearly between ranks; undefined for none."""
    if not values:
        return Estimate(None)
    return Estimate(round(float(np.quantile(np.asarray(values, dtype=np.float64), share)), 1), len(values))


def median_of(values: Sequence[float], decimals: int = 2) -> Estimate:
    """Return the median of several runs; the interval is the middle half of them, their spread, not a confidence."""
    if not values:
        return Estimate(None)
    low, middle, high = (round(float(one), decimals) for one in np.quantile(np.asarray(values), [0.25, 0.5, 0.75]))
    return Estimate(middle, len(values), (low, high) if low < high else None)


def auroc(positives: Sequence[float], negatives: Sequence[float], seed: int = 0) -> Estimate:
    """Return the probability that a positive scores above a negative, ties counting half; undefined without both.

    The area under the receiver operating characteristic equals U / (m n) of Mann and Whitney (Hanley and McNeil,
    Radiology 1982;143:29-36). The bootstrap draws positives and negatives apart.
    """
    if not positives or not negatives:
        return Estimate(None)
    above, below = np.asarray(positives, dtype=np.float64), np.asarray(negatives, dtype=np.float64)
    wins = (above[:, None] > below[None, :]) + 0.5 * (above[:, None] == below[None, :])
    n = len(positives) + len(negatives)
    value = round(float(wins.mean()), DECIMALS)
    if len(np.unique(wins)) < 2:
        return Estimate(value, n)
    random = np.random.default_rng(seed)
    rows = random.integers(len(above), size=(RESAMPLES, len(above)))
    columns = random.integers(len(below), size=(RESAMPLES, len(below)))
    drawn = [wins[np.ix_(row, column)].mean() for row, column in zip(rows, columns, strict=True)]
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return Estimate(value, n, (round(float(low), DECIMALS), round(float(high), DECIMALS)))
