"""What the bench measures on: larger scenarios made of copies are scenarios like any other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import maabar
from maabar.engine import replicate
from maabar.engine.day import DAY
from maabar.scenario.load import load
from maabar.world import build

FOLDER = Path(__file__).resolve().parent.parent / "bench"


@pytest.fixture(scope="module")
def region() -> Iterator[ModuleType]:
    """`bench/region.py`, which is no part of the package."""
    yield from imported("region")


@pytest.fixture(scope="module")
def scaling() -> Iterator[ModuleType]:
    """`bench/scaling.py`."""
    yield from imported("scaling")


def imported(name: str) -> Iterator[ModuleType]:
    """A module of the bench, while its folder is on the path."""
    sys.path.insert(0, str(FOLDER))
    try:
        yield __import__(name)
    finally:
        sys.path.remove(str(FOLDER))


@pytest.mark.parametrize("name", ["two-crossings", "asharah"])
def test_a_region_of_the_same_size_is_the_same(
    region: ModuleType, tmp_path: Path, name: str
) -> None:
    source = load(name)
    copy = load(region.write(name, len(source.groups), len(source.crossings), tmp_path))
    assert copy.model_dump() == source.model_dump()


@pytest.mark.parametrize("name", ["two-crossings", "asharah"])
def test_a_larger_region_is_a_scenario_that_runs(
    region: ModuleType, tmp_path: Path, name: str
) -> None:
    folder = region.write(name, 24, 25, tmp_path)
    assert {one.severity for one in maabar.check(folder)} <= {"note"}
    scenario, source = load(folder), load(name)
    assert (len(scenario.groups), len(scenario.crossings)) == (24, 25)
    assert set(source.groups) < set(scenario.groups)
    for crossing in scenario.crossings.values():
        markets = [scenario.places[place].market for place in crossing.ends]
        assert {scenario.markets[one].bank for one in markets} == set(scenario.banks)
        for place, end in crossing.ends.items():
            for holder, share in end.holder.options:
                assert share == 0 or place in scenario.groups[holder].fighters
    for road in scenario.roads.values():
        assert len({scenario.markets[market].bank for market in road.between}) == 1
    world, names = build(scenario)
    space, listed = replicate.workspace(world), replicate.mechanisms(world)
    chunk = replicate.simulate(space, listed, seed=1, first=0, count=2, days=30, every=30)
    assert not chunk.status.any()
    assert len(names.ids["crossing"]) == 25
    # Goods cross at the copies, too.
    assert np.count_nonzero(space.state.crossing["tonnes"]) > 20


def test_what_is_left_out_and_what_is_tied(region: ModuleType, tmp_path: Path) -> None:
    scenario = load(region.write("asharah", 12, 12, tmp_path))
    assert len(scenario.groups) == 12
    held = {
        g
        for x in scenario.crossings.values()
        for end in x.ends.values()
        for g, _ in end.holder.options
    }
    assert held <= set(scenario.groups)
    grown = load(region.write("asharah", 17, 22, tmp_path))
    price = "markets.{}.goods.crude.price_usd"  # tied within its own tile
    assert grown.at(price.format("east-north")).source == price.format("east-asharah")
    assert grown.at(price.format("east-north-2")).source == price.format("east-asharah-2")
    with pytest.raises(ValueError, match="hold"):
        region.write("asharah", 5, 12, tmp_path)
    with pytest.raises(ValueError, match="crossings"):
        region.write("asharah", 12, 5, tmp_path)


def test_an_exponent_is_a_slope_and_a_profile_covers_the_day(scaling: ModuleType) -> None:
    assert scaling.exponents([1, 2, 4], np.array([[3, 12, 48], [5, 5, 5]])) == pytest.approx([2, 0])
    profile = scaling.Sized(17, 11).profile()
    assert profile.shape == (2 + len(DAY),)  # start, count, mechanisms
    assert np.isfinite(profile).all()
