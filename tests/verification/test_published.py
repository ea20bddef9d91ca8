"""Published models in this engine, through the extension point that any user has."""

from __future__ import annotations

import math
import os
from pathlib import Path

import numpy as np
import pytest

from verification import cartel, territory

SHARED = Path(os.environ.get("MAABAR_SHARED", Path(__file__).resolve().parents[3] / "shared"))
TABLES = SHARED / "data" / "cartel"


def test_members_without_ties_follow_the_solver_of_scipy() -> None:
    pytest.importorskip("scipy")
    assert cartel.without_ties()["largest relative difference"] < 1e-9


def test_ties_matter_and_follow_the_solver_too() -> None:
    pytest.importorskip("scipy")
    draws = np.random.default_rng(1)
    rivalry = np.triu(draws.integers(0, 4, (12, 12)), 1).astype(float)
    rivalry, alone = rivalry + rivalry.T, np.zeros(12)
    members = cartel.start(12)
    fights = cartel.couplings(rivalry, draws.integers(0, 3, 12).astype(float))
    ours = cartel.simulate(fights, members, 100)
    assert np.allclose(ours.members, cartel.exact(fights, members, 100), rtol=1e-8)
    feuds = cartel.simulate(cartel.couplings(rivalry, alone), members, 100)
    peace = cartel.simulate(cartel.couplings(0 * rivalry, alone), members, 100)
    assert feuds.deaths > ours.deaths > peace.deaths


def test_nobody_is_lost_without_a_reason() -> None:
    """Members change by recruits, deaths, arrests and those who drop out, and by nothing else."""
    members = cartel.start(5)
    ours = cartel.simulate(np.zeros((5, 5)), members, 1, rho=0.1)
    assert ours.deaths == 0
    assert ours.recruits == pytest.approx(0.1 * members.sum(), rel=0.06)
    assert 0 < members.sum() + ours.recruits - ours.members.sum() - cartel.ETA < 500


@pytest.mark.skipif(not TABLES.is_dir(), reason="the paper's tables are not ours to ship")
def test_ten_years_with_the_tables_of_the_paper() -> None:
    found = cartel.with_tables(TABLES)
    assert 160_000 < found["members"] < 185_000
    assert 350 < found["recruits a week"] < 370
    assert found["CJNG and Sinaloa"] == pytest.approx(46_600, rel=0.01)
    assert found["half the recruits: members"] == pytest.approx(-0.11, abs=0.015)
    assert found["half the recruits: deaths"] == pytest.approx(-0.25, abs=0.015)


def test_the_rich_places_are_fought_over_and_the_middling_held_longest() -> None:
    found = territory.simulate(periods=20_000)
    assert found.fights[0] == pytest.approx(0.60, abs=0.03)
    assert (np.diff(found.fights[:6]) < 0).all()
    assert (found.fights[5:] < 0.16).all()
    assert (found.fights[5:] > 0.03).all()
    assert 4 <= int(np.argmax(found.spell)) <= 7
    assert (np.diff(found.occupied) < 0).all()


def test_who_always_goes_out_hardly_fights() -> None:
    assert territory.simulate(math.inf, 20_000).fights.max() < 0.01
