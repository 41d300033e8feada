"""Intervals and tests against values that can be worked out by hand or looked up."""

import pytest

from eval.quality.statistics import clustered_bootstrap, mcnemar, percentile, wilson


def test_wilson():
    # 8 of 10 with z = 2: (0.8 + 0.2 ± 2 · sqrt(0.016 + 0.01)) / 1.4
    low, high = wilson(8, 10, z=2.0)
    assert low == pytest.approx((1.0 - 2 * 0.026**0.5) / 1.4)
    assert high == pytest.approx((1.0 + 2 * 0.026**0.5) / 1.4)
    assert wilson(0, 5)[0] == 0.0
    assert wilson(5, 5)[1] == pytest.approx(1.0)
    assert wilson(0, 0) == (0.0, 1.0)


def test_one_cluster_cannot_vary():
    assert clustered_bootstrap([1.0, 0.0, 1.0, 0.0], ["a"] * 4) == (0.5, 0.5)


def test_clusters_that_differ_widen_the_interval():
    values = [1.0] * 10 + [0.0] * 10
    apart = clustered_bootstrap(values, [str(number) for number in range(20)])
    together = clustered_bootstrap(values, [str(number // 5) for number in range(20)])
    assert together[1] - together[0] > apart[1] - apart[0] > 0
    assert clustered_bootstrap([], []) == (0.0, 0.0)


def test_mcnemar():
    assert mcnemar(0, 5) == pytest.approx(2 / 32)
    assert mcnemar(1, 3) == pytest.approx(2 * 5 / 16)
    assert mcnemar(4, 4) == 1.0
    assert mcnemar(0, 0) == 1.0


def test_percentile():
    assert percentile([1, 2, 3, 4, 5], 0.5) == 3
    assert percentile([0, 10], 0.95) == pytest.approx(9.5)
    assert percentile([], 0.5) == 0.0
