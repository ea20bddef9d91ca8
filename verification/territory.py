"""A published model of groups that choose places, run by this engine as a user's own mechanism.

Rozzi, Giovannetti, Pin & Campana 2025, arXiv 2508.02561.  Every period a group goes out with
probability ``eta / (1 + eta)``; those who do walk, in random order, down the list of places that
each prefers.  An occupied place means a fight, the first free one is settled for the period.

A place was free in a share ``P`` of past periods; a group that saw it last at time T, occupied (Z =
1) or free, believes ``Q = P (1 - e) + (1 - Z) e`` with ``e = exp(-(t - T) / (1 - P))``, and values
it at ``V = U - c / Q``.  A day of the engine is a period.

python -m verification.territory [PERIODS]
"""

from __future__ import annotations

import math
import sys
from typing import NamedTuple

import numpy as np

import maabar
from maabar.engine import process, replicate
from maabar.engine.rng import uniform
from maabar.world import build

WORTH = (173.0, 125.0, 100.0, 76.0, 63.0, 51.0, 42.0, 35.0, 29.0, 26.0)
COST = 5.0
ETA = 10.0
PERIODS = 80_000
GOES, ORDER = process.OWN, process.OWN + 1
# Rows of state.own: what each group saw last and when (place by place), then a few for each place.
GROUPS = PLACES = 10
SEEN, TAKEN = 0, GROUPS * PLACES
OCCUPIED = TAKEN + GROUPS * PLACES
FIGHTS, HOLDER, SPELLS, HELD = (OCCUPIED + n * PLACES for n in range(1, 5))
ROWS = HELD + PLACES


def territory(world, state, log, key, day):  # type: ignore[no-untyped-def]
    """One period: who goes out, where each settles, who met whom on the way."""
    t = day + 1
    cost = world.own[0].value
    goes = world.own[1].value
    own = state.own
    settled = np.full(PLACES, -1)
    fought = np.zeros(PLACES)
    order = np.empty(GROUPS)
    for i in range(GROUPS):
        order[i] = uniform(key, day, ORDER, i, 0)
    for i in np.argsort(order):
        if uniform(key, day, GOES, i, 0) >= goes:
            continue
        value = np.empty(PLACES)
        for place in range(PLACES):
            free = 1.0 - own[OCCUPIED + place].value / (t - 1) if t > 1 else 1.0
            faith = 0.0  # in what was seen last
            if free < 1:
                faith = math.exp(-(t - own[SEEN + i * PLACES + place].value) / (1.0 - free))
            chance = free * (1.0 - faith) + (1.0 - own[TAKEN + i * PLACES + place].value) * faith
            value[place] = world.own[2 + place].value - cost / chance if chance > 0 else -np.inf
        for place in np.argsort(-value, kind="mergesort"):
            own[SEEN + i * PLACES + place].value = t
            if settled[place] < 0:
                own[TAKEN + i * PLACES + place].value = 0.0
                settled[place] = i
                break
            own[TAKEN + i * PLACES + place].value = 1.0
            fought[place] = 1.0
    for place in range(PLACES):
        who = settled[place]
        own[FIGHTS + place].value += fought[place]
        if who >= 0:
            own[OCCUPIED + place].value += 1.0
        if who >= 0 and own[HOLDER + place].value != who + 1:
            own[SPELLS + place].value += 1.0
        own[HELD + place].value += 1.0 if who >= 0 else 0.0
        own[HOLDER + place].value = who + 1


class Course(NamedTuple):
    """By place, the richest first.

    Parameters
    ----------
    fights : ndarray, shape (places,)
        Share of periods in which somebody came to a place that was taken.
    spell : ndarray, shape (places,)
        Mean periods for which one group holds it without a break.
    occupied : ndarray, shape (places,)
        Share of periods.
    """

    fights: np.ndarray
    spell: np.ndarray
    occupied: np.ndarray


def simulate(eta: float = ETA, periods: int = PERIODS, *, seed: int = 1) -> Course:
    """Run the model in the engine, as the only mechanism of the day."""
    said = np.zeros(ROWS)
    said[:2] = COST, 1.0 if math.isinf(eta) else eta / (1.0 + eta)
    said[2 : 2 + PLACES] = WORTH
    world, _ = build(maabar.load("two-crossings"), own=said.tolist())
    day = replicate.mechanisms(world, ["territory"], own={"territory": territory})
    space = replicate.workspace(world)
    chunk = replicate.simulate(space, day, seed=seed, first=0, count=1, days=periods, every=periods)
    assert not chunk.status[0]
    rows = {
        name: space.state.own["value"][first : first + PLACES].copy()
        for name, first in (("fights", FIGHTS), ("held", HELD), ("spells", SPELLS))
    }
    return Course(
        rows["fights"] / periods,
        rows["held"] / np.maximum(1.0, rows["spells"]),
        rows["held"] / periods,
    )


def main(arguments: list[str]) -> None:
    """Print what came out beside what is reported."""
    periods = int(arguments[0]) if arguments else PERIODS
    found = simulate(periods=periods)
    for name, numbers in found._asdict().items():
        print(f"eta 10, {periods:,} periods, {name}: " + " ".join(f"{one:.3g}" for one in numbers))
    print(
        "reported: fights .60 at the richest, .04-.12 in the poorer half; longest held: 5th to 8th"
    )
    always = simulate(math.inf, periods)
    print(f"eta infinite: fights {always.fights.max():.4f} at most (reported: below .01)")


if __name__ == "__main__":
    main(sys.argv[1:])
