"""Scores against answers that are known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from maabar.analysis import score


def test_crps_of_many_draws_is_that_of_their_law() -> None:
    """Of a normal law at its own median: sigma (sqrt 2 - 1) / sqrt pi (Gneiting & Raftery 2007)."""
    sample = np.random.default_rng(1).normal(3.0, 2.0, 40_000)
    exact = 2.0 * (math.sqrt(2) - 1) / math.sqrt(math.pi)
    assert score.crps(sample, 3.0) == pytest.approx(exact, rel=0.02)


def test_crps_is_the_mean_distance_less_half_the_spread() -> None:
    sample = np.random.default_rng(2).poisson(4.0, 60).astype(float)
    apart = np.abs(sample[:, None] - sample[None, :]).mean()
    for seen in (0.0, 3.0, 11.0):
        brute = np.abs(sample - seen).mean() - apart / 2
        assert score.crps(sample, seen) == pytest.approx(brute)


def test_central_intervals_hold_their_share() -> None:
    sample = np.random.default_rng(3).poisson(9.0, 20_000)
    low, high = score.central(sample, 0.9)
    assert ((sample >= low) & (sample <= high)).mean() >= 0.9
    assert ((sample > low) & (sample < high)).mean() < 0.9


def test_what_no_replicate_shows_costs_much_and_not_everything() -> None:
    assert score.log_score(0, 1000) == pytest.approx(math.log(0.5 / 1001))
    assert score.log_score(1000, 1000) == pytest.approx(math.log(1000.5 / 1001))


def test_bootstrap_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    draws = np.random.default_rng(4)
    held = 0
    for trial in range(200):
        rows = np.column_stack([np.arange(60), draws.exponential(2.0, 60)])
        weights = score.resample(60, seed=trial, count=300)
        found = score.interval(score.spread(rows, weights, score.mean))
        held += found.low <= 2.0 <= found.high
    assert 0.87 <= held / 200 <= 0.99


def test_arms_resampled_together_lose_what_they_have_in_common() -> None:
    draws = np.random.default_rng(5)
    common = draws.normal(0, 10, 200)
    one, other = common + draws.normal(1, 0.1, 200), common + draws.normal(0, 0.1, 200)
    weights = score.resample(200, seed=1)
    spread = [
        score.spread(np.column_stack([np.arange(200), x]), weights, score.mean)
        for x in (one, other)
    ]
    together = score.interval(spread[0] - spread[1])
    assert together.low > 0.95
    assert together.high < 1.05
    assert score.interval(spread[0]).high - score.interval(spread[0]).low > 1


def test_rank_correlation_is_spearmans() -> None:
    scipy = pytest.importorskip("scipy.stats")
    draws = np.random.default_rng(6)
    rows = np.column_stack([draws.integers(0, 5, 80), draws.normal(size=80)]).astype(float)
    assert score.rank_correlation(rows, np.ones(80)) == pytest.approx(
        scipy.spearmanr(rows[:, 0], rows[:, 1]).statistic
    )


def test_a_poisson_slope_is_found_again() -> None:
    draws = np.random.default_rng(7)
    x, control = draws.normal(size=4000), draws.normal(size=4000)
    counts = draws.poisson(np.exp(0.2 + 0.5 * x - 0.7 * control))
    rows = np.column_stack([counts, x, control])
    assert score.poisson_slope(rows, np.ones(4000)) == pytest.approx(0.5, abs=0.05)
    assert math.isnan(score.poisson_slope(np.column_stack([0 * counts, x]), np.ones(4000)))


def test_nothing_to_estimate_from_is_no_number() -> None:
    values = np.array([1.0, math.nan, math.nan, 2.0])
    assert math.isnan(score.interval(values).mean)
    assert score.interval(values).document() == {"mean": None, "ci95": [None, None]}
