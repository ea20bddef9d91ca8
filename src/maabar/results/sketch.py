"""Sketches: what many replicates say of each outcome, in a size that does not grow with them.

Values are counted in bins whose ends are one per cent apart, each with the least value that it
holds, so that a quantile is a value that occurred, at most one per cent from the true one (and the
true one for whole numbers below a hundred).  Counts and least values do not depend on the order in
which sketches are merged; means and squares do in the last digits, so they are merged in the order
of the replicates.

Source: Masson, Rim & Lee 2019, doi:10.14778/3352063.3352135 (bins); Chan, Golub & LeVeque 1983,
doi:10.1080/00031305.1983.10483115 (merging means).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

ERROR = 0.01
"""Largest relative error of a quantile."""
_WIDTH = math.log1p(ERROR)
_TINY = 1e-12  # what is smaller counts as zero
_ABOVE_ZERO = 4096  # makes bins of all that is not tiny positive, so that a sign can be put before
_FULL = 1 << 18  # rows of bins that are put together at once


class Sketch(NamedTuple):
    """Some replicates, by outcome and bin.

    Parameters
    ----------
    outcome, bin : ndarray of int, shape (rows,)
        In rising order.
    held : ndarray of int, shape (rows,)
        Values in the bin.
    least : ndarray of float, shape (rows,)
        The least of them.
    n : ndarray of int, shape (outcomes,)
        Values; what is not a number does not count.
    mean, square : ndarray of float, shape (outcomes,)
        Their mean, and the sum of squared distances from it.
    """

    outcome: np.ndarray
    bin: np.ndarray
    held: np.ndarray
    least: np.ndarray
    n: np.ndarray
    mean: np.ndarray
    square: np.ndarray


def bins(values: np.ndarray) -> np.ndarray:
    """The bin of each value; rising with it.

    Examples
    --------
    >>> bins(np.array([-2.0, 0.0, 1.0, 1.005, 99.0, 100.0])).tolist()
    [-4166, 0, 4096, 4097, 4558, 4559]
    """
    size = np.maximum(np.abs(values), _TINY)
    bin = np.ceil(np.log(size) / _WIDTH).astype(np.int64) + _ABOVE_ZERO
    return np.where(size > _TINY, np.sign(values).astype(np.int64) * bin, 0)


def sketch(values: np.ndarray) -> Sketch:
    """A sketch of some replicates.

    Parameters
    ----------
    values : ndarray, shape (replicate, outcome)
        What is not finite does not count.

    Examples
    --------
    >>> one = sketch(np.array([[3.0], [5.0], [3.0], [np.nan]]))
    >>> one.n.tolist(), one.held.tolist(), one.least.tolist()
    ([3], [2, 1], [3.0, 5.0])
    """
    known = np.isfinite(values)
    n = known.sum(axis=0)
    given = np.where(known, values, 0.0)
    mean = given.sum(axis=0) / np.maximum(n, 1)
    square = (np.where(known, values - mean, 0.0) ** 2).sum(axis=0)
    at = np.nonzero(known.T)
    exact = values.T[at]
    return Sketch(*_grouped(at[0], bins(exact), np.ones(len(exact), np.int64), exact),
                  n, mean, square)  # fmt: skip


def merge(sketches: Iterable[Sketch]) -> Sketch:
    """All sketches in one, in the order given.

    Raises
    ------
    ValueError
        Where there is none.

    Examples
    --------
    >>> low, high = np.arange(5.0)[:, None], np.arange(5.0, 9.0)[:, None]
    >>> quantiles(merge([sketch(low), sketch(high)]), [0.5]).tolist()
    [[4.0]]
    """
    whole: Sketch | None = None
    waiting: list[Sketch] = []
    for one in sketches:
        waiting.append(one)
        if sum(len(part.bin) for part in waiting) > _FULL:
            whole, waiting = _merged(waiting if whole is None else [whole, *waiting]), []
    if waiting:
        whole = _merged(waiting if whole is None else [whole, *waiting])
    if whole is None:
        raise ValueError("no sketch to merge")
    return whole


def _merged(sketches: list[Sketch]) -> Sketch:
    n, mean, square = sketches[0][4:]
    for one in sketches[1:]:
        both = n + one.n
        apart = one.mean - mean
        share = one.n / np.maximum(both, 1)
        square = square + one.square + apart * apart * n * share
        mean = mean + apart * share
        n = both
    rows = (np.concatenate([part[column] for part in sketches]) for column in range(4))
    return Sketch(*_grouped(*rows), n, mean, square)


def _grouped(
    outcome: np.ndarray, bin: np.ndarray, held: np.ndarray, least: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """One row for every outcome and bin."""
    order = np.lexsort((bin, outcome))
    outcome, bin, held, least = (one[order] for one in (outcome, bin, held, least))
    if not len(bin):
        return outcome, bin, held, least
    new = np.append(True, (np.diff(outcome) != 0) | (np.diff(bin) != 0))
    start = np.flatnonzero(new)
    return (
        outcome[start],
        bin[start],
        np.add.reduceat(held, start),
        np.minimum.reduceat(least, start),
    )


def quantiles(one: Sketch, shares: Iterable[float]) -> np.ndarray:
    """Quantiles of every outcome: the least value of the bin in which a share of them is reached.

    Parameters
    ----------
    one : Sketch
    shares : iterable of float
        Each in (0, 1].

    Returns
    -------
    ndarray, shape (share, outcome)
        Within `ERROR` of the quantile; NaN where an outcome has no value.
    """
    asked = list(shares)
    found = np.full((len(asked), len(one.n)), np.nan)
    starts = np.searchsorted(one.outcome, np.arange(len(one.n) + 1))
    for outcome, n in enumerate(one.n):
        rows = slice(starts[outcome], starts[outcome + 1])
        if n:
            reached = np.cumsum(one.held[rows])
            ranks = [max(1, math.ceil(share * int(n) - 1e-9)) for share in asked]
            found[:, outcome] = one.least[rows][np.searchsorted(reached, ranks)]
    return found


def summary(one: Sketch) -> list[dict[str, float | None]]:
    """Median, 5th and 95th percentile, mean and Monte Carlo error, as `outcome.summary` has them.

    Examples
    --------
    >>> row, = summary(sketch(np.array([[1.0], [2.0], [4.0]])))
    >>> row["median"], row["n"]
    (2.0, 3)
    """
    rows: list[dict[str, float | None]] = []
    for n, mean, square, quantile in zip(
        one.n, one.mean, one.square, quantiles(one, (0.5, 0.05, 0.95)).T, strict=True
    ):
        numbers: list[float | None] = [None] * 5
        if n:
            error = math.sqrt(square / (n - 1) / n) if n > 1 else None
            numbers = [*map(float, quantile), float(mean), error]
        rows.append(
            dict(zip(("median", "p5", "p95", "mean", "mcse"), numbers, strict=True)) | {"n": int(n)}
        )
    return rows
