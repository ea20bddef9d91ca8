"""Random numbers: published known answers, independence of order, quantiles as scipy's."""

from __future__ import annotations

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from maabar.engine import rng
from maabar.engine.prior import normal

KEY = (np.uint64(1), np.uint64(7))


@numba.njit
def _philox(c0, c1, c2, c3, k0, k1):
    return rng.philox(c0, c1, c2, c3, k0, k1)


@numba.njit
def _uniforms(key, day, process, i, out):
    for j in range(len(out)):
        out[j] = rng.uniform(key, day, process, i, j)


@numba.njit
def _pair(key, day, process, i, half):
    return rng.uniform_pair(key, day, process, i, half)


@numba.njit
def _poisson(u, mean, out):
    for n in range(len(u)):
        out[n] = rng.poisson(u[n], mean[n])


@numba.njit
def _binomial(u, trials, p, out):
    for n in range(len(u)):
        out[n] = rng.binomial(u[n], trials[n], p[n])


@numba.njit
def _normal(u, out):
    for n in range(len(u)):
        out[n] = normal(u[n])


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ([0] * 4, [0] * 2, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
        ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
        (
            [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
            [0xA4093822, 0x299F31D0],
            [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
        ),
    ],
)
def test_philox_gives_the_published_answers(
    counter: list[int], key: list[int], answer: list[int]
) -> None:
    """Random123, kat_vectors: philox4x32, 10 rounds."""
    assert [int(w) for w in _philox(*map(np.uint64, counter), *map(np.uint64, key))] == answer


def test_uniforms_lie_inside_the_unit_interval_and_are_uniform() -> None:
    out = np.empty(100_000)
    _uniforms(KEY, 3, 12, 5, out)
    assert 0 < out.min() < out.max() < 1
    assert stats.kstest(out, "uniform").pvalue > 1e-3
    assert len(np.unique(out)) == len(out)


def test_a_draw_does_not_depend_on_what_else_is_drawn() -> None:
    whole, part = np.empty(64), np.empty(9)
    _uniforms(KEY, 3, 12, 5, whole)
    _uniforms(KEY, 3, 12, 5, part)
    assert np.array_equal(whole[:9], part)
    assert _pair(KEY, 3, 12, 5, 4) == (whole[8], whole[9])


def test_streams_are_apart() -> None:
    base, out = np.empty(1000), np.empty(1000)
    _uniforms(KEY, 3, 12, 5, base)
    for key, day, process, i in (
        ((np.uint64(1), np.uint64(8)), 3, 12, 5),
        ((np.uint64(2), np.uint64(7)), 3, 12, 5),
        (KEY, 4, 12, 5),
        (KEY, 3, 13, 5),
        (KEY, 3, 12, 6),
    ):
        _uniforms(key, day, process, i, out)
        assert not np.intersect1d(base, out).size
        assert abs(np.corrcoef(base, out)[0, 1]) < 0.12


def test_poisson_is_the_quantile_of_scipy() -> None:
    draw = np.random.default_rng(1)
    mean = np.exp(draw.uniform(np.log(1e-3), np.log(1e4), 40_000))
    u = draw.random(40_000)
    out = np.empty(40_000, np.int64)
    _poisson(u, mean, out)
    assert np.array_equal(out, stats.poisson.ppf(u, mean))


@pytest.mark.parametrize("u", [1e-12, 1e-9, 1e-6, 1 - 1e-6])
def test_poisson_is_right_in_its_tails(u: float) -> None:
    mean = np.exp(np.linspace(np.log(1e-3), np.log(1e4), 3000))
    out = np.empty(3000, np.int64)
    _poisson(np.full(3000, u), mean, out)
    apart = np.abs(out - stats.poisson.ppf(u, mean))
    assert apart.max() <= (0 if u < 1e-6 else 1)  # at 1e-6 an error of 1e-9 can show at a tie
    assert (apart > 0).sum() <= 10


def test_binomial_is_the_quantile_of_scipy() -> None:
    draw = np.random.default_rng(2)
    trials = draw.integers(1, 20_000, 40_000)
    p = draw.random(40_000) ** 3
    u = draw.random(40_000)
    out = np.empty(40_000, np.int64)
    _binomial(u, trials, p, out)
    assert np.array_equal(out, stats.binom.ppf(u, trials, p))


def test_impossible_and_certain_draws() -> None:
    out = np.empty(4, np.int64)
    u = np.full(4, 0.5)
    _binomial(u, np.array([0, 5, 5, 5]), np.array([0.5, 0.0, 1.0, -1.0]), out)
    assert list(out) == [0, 0, 5, 0]
    _poisson(u, np.array([0.0, -1.0, 0.0, 0.0]), out)
    assert list(out) == [0, 0, 0, 0]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.floats(1e-9, 1 - 1e-9), st.floats(1e-3, 3000))
def test_draws_are_monotone_in_the_mean(u: float, mean: float) -> None:
    means = np.linspace(mean * 0.5, mean * 1.5, 200)
    out = np.empty(200, np.int64)
    _poisson(np.full(200, u), means, out)
    assert (np.diff(out) >= 0).all()
    trials = np.arange(1, 201)
    _binomial(np.full(200, u), trials, np.full(200, 0.3), out)
    assert (np.diff(out) >= 0).all()


def test_normal_quantile() -> None:
    u = np.linspace(1e-8, 1 - 1e-8, 2001)
    out = np.empty(2001)
    _normal(u, out)
    assert np.abs(out - stats.norm.ppf(u)).max() < 1e-8
