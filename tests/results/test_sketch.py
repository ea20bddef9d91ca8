"""Sketches: quantiles within one per cent, whatever the order in which they are merged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maabar.errors import RunError
from maabar.results import outcome, part
from maabar.results.sketch import ERROR, Sketch, bins, merge, quantiles, sketch, summary

pytestmark = pytest.mark.uncompiled

SHARES = (0.001, 0.05, 0.25, 0.5, 0.95, 1.0)
FLOATS = st.one_of(
    st.floats(-1e12, 1e12), st.integers(-50, 200).map(float), st.just(np.nan), st.just(0.0)
)


def exact(values: np.ndarray) -> np.ndarray:
    """Quantiles of every column, from all values."""
    return np.array(
        [
            np.quantile(column[np.isfinite(column)], SHARES, method="inverted_cdf")
            if np.isfinite(column).any()
            else np.full(len(SHARES), np.nan)
            for column in values.T
        ]
    ).T


@settings(max_examples=200, deadline=None)
@given(arrays(float, st.tuples(st.integers(1, 60), st.integers(1, 3)), elements=FLOATS))
def test_quantiles_are_within_the_stated_error(values: np.ndarray) -> None:
    found, true = quantiles(sketch(values), SHARES), exact(values)
    near = np.abs(found - true) <= ERROR * np.abs(true) + 1e-12
    assert (near | (np.isnan(found) & np.isnan(true))).all()


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng: rng.lognormal(8, 2, 20_000),
        lambda rng: rng.normal(0, 1, 20_000),
        lambda rng: rng.poisson(4, 20_000),
        lambda rng: rng.integers(0, 2, 20_000),
    ],
)
def test_large_samples(draw: object) -> None:
    values = np.asarray(draw(np.random.default_rng(5)), float)[:, None]  # type: ignore[operator]
    found, true = quantiles(sketch(values), SHARES), exact(values)
    np.testing.assert_allclose(found, true, rtol=ERROR, atol=1e-12)
    if (values == values.round()).all():
        np.testing.assert_array_equal(found, true)  # a count stays a count


def test_bins_rise_with_values_and_are_narrow() -> None:
    values = np.sort(
        np.concatenate([-np.geomspace(1e-9, 1e12, 9000), [0], np.geomspace(1e-9, 1e12, 9000)])
    )
    found = bins(values)
    assert (np.diff(found) >= 0).all()
    for sign in (-1, 1):
        size = np.abs(values[np.sign(values) == sign])
        mine = found[np.sign(values) == sign]
        widest = max(size[mine == one].max() / size[mine == one].min() for one in np.unique(mine))
        assert widest <= 1 + ERROR + 1e-9


def same(one: Sketch, other: Sketch, exactly: bool) -> None:
    for name, a, b in zip(one._fields, one, other, strict=True):
        if exactly or name not in ("mean", "square"):
            np.testing.assert_array_equal(a, b, err_msg=name)
        else:
            np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-9, err_msg=name)


def test_counts_and_least_values_do_not_depend_on_the_order() -> None:
    rng = np.random.default_rng(2)
    values = rng.normal(50, 20, (3000, 4))
    values[rng.random(values.shape) < 0.1] = np.nan
    whole = sketch(values)
    parts = [sketch(values[k : k + 256]) for k in range(0, len(values), 256)]
    same(merge(parts), merge(parts), exactly=True)
    for order in (parts, parts[::-1], [parts[k] for k in rng.permutation(len(parts))]):
        same(merge(order), whole, exactly=False)


def test_means_and_errors_are_those_of_all_values() -> None:
    values = np.random.default_rng(3).normal(1e6, 3, (5000, 2))
    values[::7, 1] = np.nan
    found = summary(merge(sketch(values[k : k + 100]) for k in range(0, 5000, 100)))
    true = outcome.summary([(np.zeros(5000), values)])
    for one, other in zip(found, true, strict=True):
        assert one["n"] == other["n"]
        for key in ("mean", "mcse"):
            assert one[key] == pytest.approx(other[key], rel=1e-9)
        for key in ("median", "p5", "p95"):
            assert one[key] == pytest.approx(other[key], rel=ERROR)


def test_what_is_never_a_number() -> None:
    row, one = summary(sketch(np.array([[np.nan, 2.0], [np.inf, np.nan]])))
    assert row == {"median": None, "p5": None, "p95": None, "mean": None, "mcse": None, "n": 0}
    assert (one["mean"], one["mcse"], one["n"]) == (2.0, None, 1)
    with pytest.raises(ValueError, match="no sketch"):
        merge([])


def test_a_part_is_read_as_it_was_written(tmp_path: Path) -> None:
    values = np.random.default_rng(4).poisson(3, (100, 3)).astype(float)
    values[:, 1] = np.nan  # an outcome without values has no bins
    made = part.Part({17: 2}, sketch(values))
    part.write(tmp_path / "part", made)
    found = part.read(tmp_path / "part")
    assert found.failed == {17: 2}
    same(found.sketch, made.sketch, exactly=True)
    assert [one.name for one in tmp_path.iterdir()] == ["part"]


def test_a_part_that_is_cut_is_said(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="is missing"):
        part.read(tmp_path / "part")
    part.write(tmp_path / "part", part.Part({}, sketch(np.ones((4, 2)))))
    data = (tmp_path / "part").read_bytes()
    for cut in (0, 10, len(data) // 2, len(data) - 1):
        (tmp_path / "part").write_bytes(data[:cut])
        with pytest.raises(RunError, match="cannot be read"):
            part.read(tmp_path / "part")
