"""Scores and uncertainties: bootstrap intervals, log scores, coverage, CRPS."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

RESAMPLES = 1000
"""Bootstrap resamples of replicates."""

Estimate = Callable[[np.ndarray, np.ndarray], float]
"""Rows of numbers and their weights to a number; NaN where there is nothing to estimate from."""


class Interval(NamedTuple):
    """A number and its 95 % interval over replicates.

    Parameters
    ----------
    mean : float
        The estimate from all replicates.
    low, high : float
        2.5 and 97.5 % of the bootstrap.
    """

    mean: float
    low: float
    high: float

    def beyond(self, sign: int) -> bool:
        """Whether all of the interval lies on one side of zero."""
        return self.low > 0 if sign > 0 else self.high < 0

    def document(self) -> dict[str, object]:
        """``mean, ci95``; None for what could not be estimated."""
        mean, low, high = (None if not np.isfinite(one) else float(one) for one in self)
        return {"mean": mean, "ci95": [low, high]}


def resample(replicates: int, seed: int, count: int = RESAMPLES) -> np.ndarray:
    """Bootstrap weights: how often each replicate is drawn, (count + 1, replicates).

    The first row is the sample itself.  The same weights serve all arms of a trial, so that what
    the arms have in common cancels in their difference.

    Examples
    --------
    >>> resample(4, seed=1, count=2).sum(axis=1)
    array([4, 4, 4])
    """
    drawn = np.random.default_rng(seed).multinomial(
        replicates, np.full(replicates, 1 / replicates), size=count
    )
    return np.vstack([np.ones((1, replicates), drawn.dtype), drawn])


def spread(rows: np.ndarray, weights: np.ndarray, estimate: Estimate) -> np.ndarray:
    """The estimate under every row of bootstrap weights.

    Parameters
    ----------
    rows : ndarray, shape (n, columns)
        The first column is the replicate.
    weights : ndarray, shape (resamples + 1, replicates)
        See `resample`.
    estimate : callable
    """
    of = rows[:, 0].astype(int)
    with np.errstate(all="ignore"):
        return np.array([estimate(rows[:, 1:], weight[of]) for weight in weights])


def interval(values: np.ndarray) -> Interval:
    """The estimate (first value) and the 95 % of its bootstrap.

    Examples
    --------
    >>> interval(np.array([5.0, 4.0, 6.0]))
    Interval(mean=5.0, low=4.05, high=5.95)
    """
    drawn = values[1:][np.isfinite(values[1:])]
    if not np.isfinite(values[0]) or 2 * len(drawn) < len(values) - 1:
        return Interval(np.nan, np.nan, np.nan)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Interval(float(values[0]), float(low), float(high))


def mean(rows: np.ndarray, weights: np.ndarray) -> float:
    """Weighted mean of the first column.

    Examples
    --------
    >>> mean(np.array([[1.0], [3.0]]), np.array([1, 3]))
    2.5
    """
    return float(weights @ rows[:, 0] / weights.sum())


def log_mean(rows: np.ndarray, weights: np.ndarray) -> float:
    """Log of the weighted mean of the first column."""
    return float(np.log(mean(rows, weights)))


def ratio(rows: np.ndarray, weights: np.ndarray) -> float:
    """Sum of the first column over the sum of the second."""
    return float(weights @ rows[:, 0] / (weights @ rows[:, 1]))


def contrast(rows: np.ndarray, weights: np.ndarray) -> float:
    """Ratio of the first two columns less the ratio of the next two.

    Examples
    --------
    >>> contrast(np.array([[1.0, 2.0, 1.0, 4.0]]), np.array([1]))
    0.25
    """
    a, b, c, d = weights @ rows[:, :4]
    return float(a / b - c / d)


def rank_correlation(rows: np.ndarray, weights: np.ndarray) -> float:
    """Spearman's correlation of the first two columns, ties at their mean rank.

    Examples
    --------
    >>> rank_correlation(np.array([[1.0, 9.0], [2.0, 4.0], [5.0, 1.0]]), np.ones(3))
    -1.0
    """
    if len(rows) < 3:
        return float("nan")
    a, b = (ranks(column) for column in rows[:, :2].T)
    a, b = a - weights @ a / weights.sum(), b - weights @ b / weights.sum()
    return float(weights @ (a * b) / np.sqrt((weights @ a**2) * (weights @ b**2)))


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1, ties at their mean.

    Examples
    --------
    >>> ranks(np.array([3.0, 1.0, 3.0]))
    array([2.5, 1. , 2.5])
    """
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[place]  # type: ignore[no-any-return]


def poisson_slope(rows: np.ndarray, weights: np.ndarray) -> float:
    """Slope of a log-linear Poisson regression: counts on what stands in the other columns.

    Parameters
    ----------
    rows : ndarray, shape (n, 1 + regressors)
        Count, the regressor whose slope is wanted, and what is controlled for; a control that is
        zero everywhere is left out.
    weights : ndarray, shape (n,)

    Returns
    -------
    float
        Maximum likelihood, by Newton's method; NaN where it does not settle.

    Examples
    --------
    >>> x = np.repeat([0.0, 1.0], 50)
    >>> round(poisson_slope(np.column_stack([np.where(x > 0, 4, 2), x]), np.ones(100)), 6)
    0.693147
    """
    counts, design = rows[:, 0], np.column_stack([np.ones(len(rows)), rows[:, 1:]])
    design = design[:, np.any(design != 0, axis=0)]
    total = weights @ counts
    if total <= 0:
        return float("nan")
    slopes = np.zeros(design.shape[1])
    slopes[0] = np.log(total / weights.sum())
    for _ in range(50):
        fitted = np.exp(np.clip(design @ slopes, -30, 30))
        information = (design * (weights * fitted)[:, None]).T @ design
        try:
            step = np.linalg.solve(information, design.T @ (weights * (counts - fitted)))
        except np.linalg.LinAlgError:
            return float("nan")
        slopes += np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-9:
            return float(slopes[1])
    return float("nan")


def log_score(happened: float, replicates: float) -> float:
    """Log of the probability that an ensemble gives to what happened.

    Half a replicate is added on either side (Jeffreys), so that what no replicate shows costs much
    and not everything.

    Examples
    --------
    >>> round(log_score(0, 1000), 3), round(log_score(500, 1000), 3)
    (-7.602, -0.693)
    """
    return float(np.log((happened + 0.5) / (replicates + 1)))


def crps(sample: np.ndarray, observed: float) -> float:
    """Continuous ranked probability score of a sample: mean distance less half its own spread.

    Source: Gneiting & Raftery 2007.  In the unit of the sample; smaller is better.

    Examples
    --------
    >>> crps(np.array([2.0, 2.0]), 3.0), crps(np.array([2.0, 4.0]), 3.0)
    (1.0, 0.5)
    """
    ordered = np.sort(np.asarray(sample, float))
    n = len(ordered)
    apart = 2 * np.sum((2 * np.arange(1, n + 1) - n - 1) * ordered) / n**2
    return float(np.mean(np.abs(ordered - observed)) - apart / 2)


def central(sample: np.ndarray, share: float) -> tuple[float, float]:
    """The central interval of a sample of counts, as observed values.

    Examples
    --------
    >>> central(np.arange(101), 0.9)
    (5.0, 95.0)
    """
    low, high = np.quantile(sample, [(1 - share) / 2, (1 + share) / 2], method="inverted_cdf")
    return float(low), float(high)
