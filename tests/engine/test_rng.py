"""Random numbers: published known answers, independence of order, quantiles as scipy's."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import maabar
from maabar.engine import process, rng
from maabar.engine.prior import normal

pytestmark = pytest.mark.uncompiled

KEY = (np.uint64(1), np.uint64(7))
JIT = not numba.config.DISABLE_JIT  # type: ignore[attr-defined]
MANY = 40_000 if JIT else 400


@numba.njit
def _philox(c0, c1, c2, c3, k0, k1):
    return rng.philox(c0, c1, c2, c3, k0, k1)


@numba.njit
def _unit(high, low):
    return rng._unit(high, low)


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
    out = np.empty(100_000 if JIT else 2000)
    _uniforms(KEY, 3, 12, 5, out)
    assert 0 < out.min() < out.max() < 1
    assert stats.kstest(out, "uniform").pvalue > 1e-3
    assert len(np.unique(out)) == len(out)


def test_uniforms_have_53_bits() -> None:
    """Below one half they are odd multiples of 2^-54; above it, rounded to multiples of 2^-53."""
    out = np.empty(1000)
    _uniforms(KEY, 3, 12, 5, out)
    low = out[out < 0.5] * 2.0**54
    assert np.array_equal(low % 2, np.ones(len(low)))
    assert len(np.unique(low // 2 % 4)) == 4  # the last bits are not always the same


@pytest.mark.parametrize("high", [0, 0xFFFFFFFF])
@pytest.mark.parametrize("low", [0, 0xFFFFFFFF])
def test_no_word_gives_0_or_1(high: int, low: int) -> None:
    u = _unit(np.uint64(high), np.uint64(low))
    assert 0 < u < 1
    assert np.isfinite(rng.gumbel.py_func(u) if JIT else rng.gumbel(u))


def test_a_draw_does_not_depend_on_what_else_is_drawn() -> None:
    whole, part = np.empty(64), np.empty(9)
    _uniforms(KEY, 3, 12, 5, whole)
    _uniforms(KEY, 3, 12, 5, part)
    assert np.array_equal(whole[:9], part)
    assert _pair(KEY, 3, 12, 5, 4) == (whole[8], whole[9])


def test_streams_are_apart() -> None:
    base, out = np.empty(1000), np.empty(1000)
    _uniforms(KEY, 3, 12, 5, base)
    for key, day, number, i in (
        ((np.uint64(1), np.uint64(8)), 3, 12, 5),
        ((np.uint64(2), np.uint64(7)), 3, 12, 5),
        (KEY, 4, 12, 5),
        (KEY, 3, 13, 5),
        (KEY, 3, 12, 6),
    ):
        _uniforms(key, day, number, i, out)
        assert not np.intersect1d(base, out).size
        assert abs(np.corrcoef(base, out)[0, 1]) < 0.12


def test_every_process_is_drawn_by_one_module_only() -> None:
    """A number shared by two kinds of decision would give both the same draws."""
    numbers = {name: value for name, value in vars(process).items() if name.isupper()}
    assert len(set(numbers.values())) == len(numbers)
    used: Counter[str] = Counter()
    for path in Path(maabar.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        used.update(
            {
                node.attr
                for node in ast.walk(tree)
                if isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "process"
                and path.parent.name in ("mechanisms", "engine")
            }
        )
    assert used == Counter({name: 1 for name in numbers if name != "OWN"})


def test_user_s_own_processes_begin_after_all_others() -> None:
    numbers = [value for name, value in vars(process).items() if name.isupper()]
    assert max(numbers) == process.OWN


# -- quantiles -------------------------------------------------------------------------------------


def poisson(u: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Quantiles of the engine."""
    u, mean = (np.ascontiguousarray(one, float) for one in np.broadcast_arrays(u, mean))
    out = np.empty(u.shape, np.int64)
    _poisson(u.ravel(), mean.ravel(), out.ravel())
    return out


def binomial(u: np.ndarray, trials: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Quantiles of the engine."""
    u, trials, p = np.broadcast_arrays(u, trials, p)
    out = np.empty(u.shape, np.int64)
    _binomial(
        np.ascontiguousarray(u, float).ravel(),
        np.ascontiguousarray(trials, np.int64).ravel(),
        np.ascontiguousarray(p, float).ravel(),
        out.ravel(),
    )
    return out


def test_poisson_is_the_quantile_of_scipy() -> None:
    draw = np.random.default_rng(1)
    mean = np.exp(draw.uniform(np.log(1e-3), np.log(1e4), MANY))
    u = draw.random(MANY)
    assert np.array_equal(poisson(u, mean), stats.poisson.ppf(u, mean))


@pytest.mark.parametrize("u", [1e-12, 1e-9, 1e-6, 1 - 1e-6])
def test_poisson_is_right_in_its_tails(u: float) -> None:
    mean = np.exp(np.linspace(np.log(1e-3), np.log(1e4), 3000 if JIT else 60))
    apart = np.abs(poisson(np.float64(u), mean) - stats.poisson.ppf(u, mean))
    assert apart.max() <= (0 if u < 1e-6 else 1)  # at 1e-6 an error of 1e-9 can show at a tie
    assert (apart > 0).sum() <= 10


@pytest.mark.parametrize("mean", [0.7, 29.999, 30.0, 31.5, 1000.5, 9999.0])
def test_poisson_s_ties_are_those_of_scipy(mean: float) -> None:
    """At the very steps of the distribution function; an error of 1e-9 may move one by itself."""
    counts = np.arange(int(max(0, mean - 4 * mean**0.5)), int(mean + 4 * mean**0.5) + 2)
    steps = stats.poisson.cdf(counts, mean)
    assert np.array_equal(poisson(steps - 2e-9, np.float64(mean)), counts)
    assert np.array_equal(poisson(steps + 2e-9, np.float64(mean)), counts + 1)


def test_binomial_is_the_quantile_of_scipy() -> None:
    draw = np.random.default_rng(2)
    trials = draw.integers(1, 20_000, MANY)
    p = draw.random(MANY) ** 3
    u = draw.random(MANY)
    assert np.array_equal(binomial(u, trials, p), stats.binom.ppf(u, trials, p))


@pytest.mark.parametrize(
    ("trials", "p"), [(1, 0.3), (40, 0.24), (41, 0.25), (900, 0.9), (9000, 0.5)]
)
def test_binomial_s_ties_are_those_of_scipy(trials: int, p: float) -> None:
    width = 4 * (trials * p * (1 - p)) ** 0.5
    counts = np.arange(
        int(max(0, trials * p - width)), int(min(trials - 1, trials * p + width)) + 1
    )
    steps = stats.binom.cdf(counts, trials, p)
    assert np.array_equal(binomial(steps - 1e-9, np.int64(trials), np.float64(p)), counts)
    assert np.array_equal(binomial(steps + 1e-9, np.int64(trials), np.float64(p)), counts + 1)


@pytest.mark.parametrize("u", [1e-300, 1e-15, 1 - 1e-13, 1 - 2.0**-53])
def test_the_last_draw_of_a_tail_stays_near_the_rest(u: float) -> None:
    """Rounding of sums must not send a draw to its largest value."""
    mean = np.array([0.01, 3.0, 29.0, 31.0, 500.0, 1e4])
    assert (np.abs(poisson(np.float64(u), mean) - mean) < 12 * np.sqrt(mean) + 20).all()
    n, p = np.array([5, 300, 9000, 300_000]), np.array([0.9, 0.5, 0.002, 0.02])
    assert (np.abs(binomial(np.float64(u), n, p) - n * p) < 12 * np.sqrt(n * p) + 20).all()


def test_impossible_and_certain_draws() -> None:
    trials, p = np.array([0, 5, 5, 5, -3]), np.array([0.5, 0.0, 1.0, -1.0, 0.5])
    assert list(binomial(np.float64(0.5), trials, p)) == [0, 0, 5, 0, 0]
    assert list(poisson(np.float64(0.5), np.array([0.0, -1.0]))) == [0, 0]


levels = st.floats(1e-5, 1 - 1e-5)  # further out the search starts elsewhere: see the ties above
monotone = settings(max_examples=60 if JIT else 5, derandomize=True, deadline=None)


@monotone
@given(levels, st.floats(1e-3, 8000))
def test_poisson_is_monotone_in_the_mean(u: float, mean: float) -> None:
    """A counterfactual with more of something never draws less of it."""
    assert (np.diff(poisson(np.float64(u), np.linspace(mean * 0.5, mean * 1.5, 200))) >= 0).all()


@monotone
@given(st.floats(1e-3, 8000))
def test_poisson_is_monotone_in_the_draw(mean: float) -> None:
    u = np.concatenate((np.geomspace(1e-12, 0.5, 150), 1 - np.geomspace(0.5, 1e-12, 150)))
    assert (np.diff(poisson(u, np.float64(mean))) >= 0).all()


@monotone
@given(levels, st.integers(1, 5000), st.floats(1e-4, 0.999))
def test_binomial_is_monotone_in_trials_chance_and_draw(u: float, trials: int, p: float) -> None:
    more = np.arange(trials, trials + 200)
    assert (np.diff(binomial(np.float64(u), more, np.float64(p))) >= 0).all()
    chances = np.linspace(p * 0.5, min(0.9999, p * 1.5), 200)
    assert (np.diff(binomial(np.float64(u), np.int64(trials), chances)) >= 0).all()
    draws = np.concatenate((np.geomspace(1e-9, 0.5, 100), 1 - np.geomspace(0.5, 1e-9, 100)))
    assert (np.diff(binomial(draws, np.int64(trials), np.float64(p))) >= 0).all()


def test_normal_quantile() -> None:
    u = np.linspace(1e-8, 1 - 1e-8, 2001)
    out = np.empty(2001)
    _normal(u, out)
    assert np.abs(out - stats.norm.ppf(u)).max() < 1e-8
