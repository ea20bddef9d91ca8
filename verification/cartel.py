"""A published model of groups that recruit and fight, run by this engine as a user's own mechanism.

Prieto-Curiel, Campedelli & Hope 2023, Science 381:1312, doi 10.1126/science.adh2888: 150 groups,
weekly, ``dy_i/dt = y_i (rho - eta / T - theta sum_j C_ij y_j - omega y_i)`` with ``T = sum y`` and
``C_ij = (W_ij + 1) / (a_i + 1)``.  A day of the engine is a week here; a step is one of Runge-Kutta.

The tables of rivals and alliances are not ours to ship: say where they are, and the case without
any (W = 0, a = 0) is compared with scipy in any case.

python -m verification.cartel [FOLDER]
"""

from __future__ import annotations

import csv
import datetime
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numba import njit

import maabar
from maabar.engine import replicate
from maabar.world import build

RHO, ETA, THETA, OMEGA = 2.527474e-3, 110.0, 1.549231e-8, 4e-8  # a week
GROUPS, MEMBERS = 150, 115_000.0
WEEKS = (datetime.date(2022, 1, 1) - datetime.date(2012, 1, 1)).days // 7
FIVE_YEARS = 261  # weeks
SAID = 5  # parameters before the members at the start and the couplings, in world.own


@njit
def slopes(world, y, change):  # type: ignore[no-untyped-def]
    """Members a week that every group wins or loses; returns recruits and deaths of all a week."""
    n = y.shape[0]
    total = y.sum()
    deaths = 0.0
    for i in range(n):
        fought = 0.0
        for j in range(n):
            fought += world.own[SAID + n + i * n + j].value * y[j]
        fought *= world.own[2].value * y[i]
        deaths += fought
        change[i] = (
            world.own[0].value * y[i]
            - world.own[1].value * y[i] / total
            - fought
            - world.own[3].value * y[i] * y[i]
        )
    return world.own[0].value * total, deaths


def cartel(world, state, log, key, day):  # type: ignore[no-untyped-def]
    """One week: members of every group; recruits and deaths since the start."""
    n = int(world.own[4].value)
    y = np.empty(n)
    for i in range(n):
        y[i] = world.own[SAID + i].value if day == 0 else state.own[i].value
    first, second, third, fourth = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    r1, d1 = slopes(world, y, first)
    r2, d2 = slopes(world, y + 0.5 * first, second)
    r3, d3 = slopes(world, y + 0.5 * second, third)
    r4, d4 = slopes(world, y + third, fourth)
    for i in range(n):
        state.own[i].value = y[i] + (first[i] + 2 * second[i] + 2 * third[i] + fourth[i]) / 6
    state.own[n].value += (r1 + 2 * r2 + 2 * r3 + r4) / 6
    state.own[n + 1].value += (d1 + 2 * d2 + 2 * d3 + d4) / 6


class Course(NamedTuple):
    """Where a run ends.

    Parameters
    ----------
    members : ndarray, shape (groups,)
        At the end.
    recruits, deaths : float
        Since the start.
    """

    members: np.ndarray
    recruits: float
    deaths: float


def start(groups: int = GROUPS) -> np.ndarray:
    """Members at the start, by rank: proportional to 1 / rank."""
    ranks = 1.0 / np.arange(1, groups + 1)
    return MEMBERS * ranks / ranks.sum()


def couplings(rivalry: np.ndarray, alliance: np.ndarray) -> np.ndarray:
    """``C_ij = (W_ij + 1) / (a_i + 1)``, 0 on the diagonal."""
    found = (rivalry + 1.0) / (alliance[:, None] + 1.0)
    np.fill_diagonal(found, 0.0)
    return found


def simulate(
    fights: np.ndarray, members: np.ndarray, weeks: int = WEEKS, *, rho: float = RHO
) -> Course:
    """Run the model in the engine, as the only mechanism of the day."""
    said = [rho, ETA, THETA, OMEGA, float(len(members)), *members, *fights.ravel()]
    world, _ = build(maabar.load("two-crossings"), own=said)
    day = replicate.mechanisms(world, ["cartel"], own={"cartel": cartel})
    space = replicate.workspace(world)
    chunk = replicate.simulate(space, day, seed=1, first=0, count=1, days=weeks, every=weeks)
    assert not chunk.status[0]
    values = space.state.own["value"][: len(members) + 2].copy()
    return Course(values[:-2], float(values[-2]), float(values[-1]))


def exact(fights: np.ndarray, members: np.ndarray, weeks: int = WEEKS) -> np.ndarray:
    """Members at the end by an adaptive solver of scipy."""
    from scipy.integrate import solve_ivp

    def slope(_: float, y: np.ndarray) -> np.ndarray:
        grown: np.ndarray = y * (RHO - ETA / y.sum() - THETA * (fights @ y) - OMEGA * y)
        return grown

    found = solve_ivp(slope, (0, weeks), members, method="DOP853", rtol=1e-12, atol=1e-9)
    return np.asarray(found.y[:, -1])


def tables(folder: Path) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Rivalry and alliance strength, and names, of the groups by total strength.

    Directed rows are symmetrised by the larger of the two directions.
    """
    names = {row["Node"]: row["ShortName"] for row in _rows(folder / "BACRIM2020_Nodes.csv")}
    at = {node: n for n, node in enumerate(names)}
    found = []
    for one in ("Rivals", "Alliances"):
        weights = np.zeros((len(at), len(at)))
        for row in _rows(folder / f"BACRIM2020_{one}.csv"):
            i, j = at[row["Node"]], at[row["RNode"]]
            weights[i, j] = max(weights[i, j], float(row["weight"]))
        found.append(np.maximum(weights, weights.T))
    rivalry, alliance = found
    order = np.argsort(-(rivalry.sum(1) + alliance.sum(1)), kind="stable")
    said = list(names.values())
    return rivalry[np.ix_(order, order)], alliance.sum(1)[order], [said[n] for n in order]


def _rows(path: Path) -> list[Mapping[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def without_ties() -> dict[str, float]:
    """The case that needs no tables: the largest relative difference from scipy after ten years."""
    fights, members = couplings(np.zeros((GROUPS, GROUPS)), np.zeros(GROUPS)), start()
    ours, theirs = simulate(fights, members).members, exact(fights, members)
    return {"largest relative difference": float(np.max(np.abs(ours / theirs - 1.0)))}


TABLES = tuple(f"BACRIM2020_{one}.csv" for one in ("Nodes", "Rivals", "Alliances"))


def with_tables(folder: Path) -> dict[str, float]:
    """What the paper reports, from its tables."""
    rivalry, alliance, names = tables(folder)
    fights = couplings(rivalry, alliance)
    members = start(len(names))
    past = simulate(fights, members)
    half = {
        weeks: simulate(fights, past.members, weeks, rho=RHO / 2)
        for weeks in (1, FIVE_YEARS - 1, FIVE_YEARS)
    }
    before = past.deaths - simulate(fights, members, WEEKS - 1).deaths
    after = half[FIVE_YEARS].deaths - half[FIVE_YEARS - 1].deaths
    largest = [n for n, name in enumerate(names) if name in ("CJNG", "Sinaloa")]
    return {
        "members": float(past.members.sum()),
        "recruits a week": past.recruits / WEEKS,
        "CJNG and Sinaloa": float(past.members[largest].sum()),
        "half the recruits: members": float(
            half[FIVE_YEARS].members.sum() / past.members.sum() - 1
        ),
        "half the recruits: deaths": after / before - 1,
    }


REPORTED = {
    "members": "160,000 to 185,000",
    "recruits a week": "350 to 370",
    "CJNG and Sinaloa": "about 46,600",
    "half the recruits: members": "-11 %",
    "half the recruits: deaths": "-25 %",
}


def main(arguments: list[str], tell: Callable[[str], Any] = print) -> None:
    """Print what came out beside what is reported."""
    for what, found in without_ties().items():
        tell(f"no rivals, no allies: {what} {found:.1e}")
    if not arguments:
        tell("no folder with the tables was given: the rest is skipped")
        return
    if missing := [one for one in TABLES if not (Path(arguments[0]) / one).is_file()]:
        raise SystemExit(f"{arguments[0]} has no {', '.join(missing)}: the tables of the paper")
    for what, found in with_tables(Path(arguments[0])).items():
        shown = f"{found:,.1f}" if abs(found) > 1 else f"{found:+.1%}"
        tell(f"{what}: {shown} (reported: {REPORTED[what]})")


if __name__ == "__main__":
    main(sys.argv[1:])
