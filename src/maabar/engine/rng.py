"""Random numbers that belong to decisions: Philox4x32-10 and inversion.

A draw is a function of who decides what on which day: key (seed, replicate), counter (day, process,
i, j >> 1).  Nothing else moves it, so two worlds differ only by what follows from their difference.
Poisson and binomial come from one uniform by inversion, monotone in it and in the mean: coupled.

Source: Salmon, Moraes, Dror & Shaw 2011, doi:10.1145/2063384.2063405.
"""

from __future__ import annotations

import math

import numpy as np

from maabar.engine.kernel import kernel

_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_MASK = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_5 = np.uint64(5)
_6 = np.uint64(6)
_1 = np.uint64(1)
_ROUNDS = 10
_LOW = float(2**26)
_SCALE = 1.0 / float(2**53)
_BELOW_ONE = 1.0 - _SCALE
_SMALL = 10.0  # below this mean the search for a binomial starts at zero
_FROM_MODE = 30.0  # from this mean on the search for a Poisson starts at the mode
_TAIL = 1e-6
_T1, _T2, _T3 = 4.0 / 45.0, -8.0 / 945.0, -16.0 / 2835.0  # of theta, times three
_SIGMAS = 9.0  # how far below the mean the search starts otherwise: 1e-19 is left out
_STEPS = 1_000_000
_INVERSE = 1.0 / np.maximum(1, np.arange(2048))  # a product is a quarter of a division


@kernel
def philox(c0, c1, c2, c3, k0, k1):
    """Ten rounds of Philox4x32; words are carried in uint64.

    Parameters
    ----------
    c0, c1, c2, c3, k0, k1 : uint64
        Counter and key, 32 bits each.

    Returns
    -------
    tuple of four uint64
        32 random bits each.
    """
    for _ in range(_ROUNDS):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0 = (p1 >> _32) ^ c1 ^ k0
        c1 = p1 & _MASK
        c2 = (p0 >> _32) ^ c3 ^ k1
        c3 = p0 & _MASK
        k0 = (k0 + _W0) & _MASK
        k1 = (k1 + _W1) & _MASK
    return c0, c1, c2, c3


@kernel
def _block(key, day, process, i, half):
    return philox(
        np.uint64(day),
        np.uint64(process),
        np.uint64(i),
        np.uint64(half),
        key[0],
        key[1],
    )


@kernel
def _unit(high, low):
    """53 bits as a number strictly between 0 and 1."""
    return min((float(high >> _5) * _LOW + float(low >> _6) + 0.5) * _SCALE, _BELOW_ONE)


@kernel
def uniform(key, day, process, i, j):
    """The uniform number of one decision, in (0, 1).

    Parameters
    ----------
    key : tuple of two uint64
        Seed and replicate.
    day, process, i, j : int
        Counter; option j takes half ``j & 1`` of block ``j >> 1``.
    """
    w0, w1, w2, w3 = _block(key, day, process, i, j >> 1)
    if j & 1:
        return _unit(w2, w3)
    return _unit(w0, w1)


@kernel
def uniform_pair(key, day, process, i, half):
    """The uniforms of options ``2 * half`` and ``2 * half + 1``: one block."""
    w0, w1, w2, w3 = _block(key, day, process, i, half)
    return _unit(w0, w1), _unit(w2, w3)


@kernel
def gumbel(u):
    """Standard Gumbel by inversion."""
    return -math.log(-math.log(u))


@kernel
def exponential(u):
    """Standard exponential by inversion."""
    return -math.log(u)


@kernel
def logistic(x):
    """1 / (1 + exp(-x)), without overflow."""
    if x < 0:
        e = math.exp(x)
        return e / (1.0 + e)
    return 1.0 / (1.0 + math.exp(-x))


@kernel
def _over(k):
    """1 / k."""
    if k < _INVERSE.shape[0]:
        return _INVERSE[k]
    return 1.0 / k


@kernel
def _below_mode(n, mean, mass):
    """Chance of at most n for a mean between n and n + 1, given the chance of n.

    Ramanujan's theta for a mean of n, and a series for the way from n to the mean; the error is
    below 1e-9 from 30 on.  Source: Flajolet et al. 1995, doi:10.1016/0377-0427(93)E0258-N.
    """
    over = 1.0 / n
    step = mean - n
    at_n = mass * math.exp(step - n * math.log1p(step * over))
    theta = (1.0 + over * (_T1 + over * (_T2 + over * _T3))) / 3.0
    square = step * step
    way = step * (
        1.0
        - square * over / 6.0
        + square * step * over * over / 12.0
        + square * square * over * over * (1.0 / 8.0 - over / 4.0) / 5.0
        - square * square * step * over * over * over / 36.0
        - square * square * square * over * over * over / 336.0
    )
    return 0.5 + at_n * (1.0 - theta - way)


@kernel
def _search(u, k, mass, total, mean):
    """Smallest count whose chance of being reached is at least `u`, from count k on either side."""
    if u <= total:
        while u <= total - mass and k > 0:
            total -= mass
            mass *= k / mean
            k -= 1
        return k
    for _ in range(_STEPS):
        k += 1
        mass *= mean * _over(k)
        total += mass
        if u <= total or (mass < _SCALE and k > mean):
            return k
    return k


@kernel
def poisson(u, mean):
    """Poisson quantile of `u`: monotone in `u` and in `mean`.

    Small means are searched from 0, larger ones from the mode.

    Parameters
    ----------
    u : float
        In (0, 1).
    mean : float
        Up to 1e6; zero or less gives 0.
    """
    if mean <= 0 or u <= 1.0 - mean:  # the chance of 0 is at least 1 - mean
        return 0
    if mean < _FROM_MODE:
        mass = math.exp(-mean)
        return _search(u, 0, mass, mass, mean)
    far = u < _TAIL or u > 1.0 - _TAIL  # where an error of 1e-9 would show: searched from below
    n = max(0, int(mean - _SIGMAS * math.sqrt(mean))) if far else int(mean)
    mass = math.exp(n * math.log(mean) - mean - math.lgamma(n + 1.0))
    return _search(u, n, mass, mass if far else _below_mode(n, mean, mass), mean)


@kernel
def binomial(u, n, p):
    """Binomial quantile of `u`: monotone in `u`, `n` and `p`.

    Parameters
    ----------
    u : float
        In (0, 1).
    n : int
        Trials.
    p : float
        Chance, clipped to [0, 1].
    """
    if n <= 0 or p <= 0:
        return 0
    if p >= 1:
        return n
    mean = n * p
    if u <= 1.0 - mean:  # the chance of 0 is at least 1 - n p
        return 0
    odds = p / (1.0 - p)
    if mean < _SMALL:
        k = 0
        mass = math.exp(n * math.log1p(-p))
    else:
        k = max(0, int(mean - _SIGMAS * math.sqrt(mean * (1.0 - p))))
        mass = math.exp(
            math.lgamma(n + 1.0)
            - math.lgamma(k + 1.0)
            - math.lgamma(n - k + 1.0)
            + k * math.log(p)
            + (n - k) * math.log1p(-p)
        )
    total = mass
    while k < n:
        if u <= total or (mass < _SCALE and k > mean):
            return k
        mass *= (n - k) * _over(k + 1) * odds
        k += 1
        total += mass
    return n
