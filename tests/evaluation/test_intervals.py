from __future__ import annotations

import pytest

from assistant.evaluation.intervals import auroc, quantile, ratio


def test_a_ratio_is_a_sum_over_a_sum() -> None:
    assert (ratio([(1, 2), (1, 1), (0, 0)]).value, ratio([(1, 2), (1, 1)]).n) == (0.6667, 3)


def test_a_ratio_of_nothing_is_undefined() -> None:
    assert ratio([]).value is None
    assert ratio([(0, 0)]).value is None


def test_the_interval_of_one_right_and_one_wrong_is_everything() -> None:
    # Two draws of two give 0, 1/2 and 1 with 1/4, 1/2 and 1/4, so the 2.5th and 97.5th percentiles are 0 and 1.
    assert ratio([(0, 1), (1, 1)]).interval == (0.0, 1.0)


def test_the_interval_is_near_the_normal_one() -> None:
    # 50 of 100: 0.5 +- 1.96 * sqrt(0.25 / 100) = 0.402 to 0.598.
    interval = ratio([(number % 2, 1) for number in range(100)]).interval
    assert interval == pytest.approx((0.402, 0.598), abs=0.02)


def test_without_variation_there_is_no_interval() -> None:
    assert ratio([(1, 1)] * 20).interval is None
    assert ratio([(1, 2)]).interval is None


def test_a_quantile_lies_between_ranks() -> None:
    assert [quantile([1, 2, 4], share).value for share in (0.5, 0.75, 0.9)] == [2.0, 3.0, 3.6]
    assert quantile([], 0.5).value is None


def test_auroc_counts_pairs_and_half_of_ties() -> None:
    # 3 > 2, 3 > 1, 2 > 1 and one tie, of four pairs.
    assert auroc([3, 2], [2, 1]).value == 0.875
    assert auroc([2, 2], [2]).value == 0.5


def test_auroc_without_both_classes_is_undefined() -> None:
    assert auroc([], [1]).value is None
    assert auroc([1], []).value is None


def test_auroc_agrees_with_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn comes with sentence-transformers")
    positives, negatives = [0.9, 0.4, 0.4, 0.7], [0.4, 0.1, 0.8]
    expected = metrics.roc_auc_score([1] * 4 + [0] * 3, positives + negatives)
    assert auroc(positives, negatives).value == pytest.approx(expected, abs=1e-4)
