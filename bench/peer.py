"""One workload here and in other frameworks: groups that trade at crossings and fight over places.

Each replicate is 12 groups, 15 crossings and 20 places over 365 days: 65,700 decisions and 80,300
uniforms.  Here it is a user's own mechanisms, through the extension point that any user has; the
ceiling is a bare Numba loop over plain arrays with the same draws.  The others are installed from
PyPI, pinned, into ``build/peer``; without a network they are left out.

python bench/peer.py
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit

import maabar
from maabar.engine import process, replicate
from maabar.engine.rng import uniform
from maabar.world import build

ROOT = Path(__file__).resolve().parents[1]
PINNED = ("mesa==3.3.1", "agentpy==0.1.5", "starsim==3.7.2", "numpy==2.4.6")
GROUPS, PLACES, CROSSINGS, DAYS = 12, 20, 15, 365
DECIDE, CONTEST = process.OWN, process.OWN + 1
# Rows of state.own.
CASH, ARMS, STRENGTH = 0, GROUPS, 2 * GROUPS
PRICE, RISK, FLOW = (3 * GROUPS + n * CROSSINGS for n in range(3))
OWNER = FLOW + CROSSINGS
TENSION = OWNER + PLACES
TOTALS = TENSION + PLACES
ROWS = TOTALS + 2 * DAYS
REPEATS, OURS, THEIRS = 7, 64, 20


def decide(world, state, log, key, day):  # type: ignore[no-untyped-def]
    """Every group at every crossing: take goods across, or lose a little."""
    own = state.own
    if day == 0:
        for n in range(PRICE + CROSSINGS):
            own[n].value = 1.0
        for c in range(CROSSINGS):
            own[RISK + c].value = 0.1
        for p in range(PLACES):
            own[OWNER + p].value = p % GROUPS
            own[TENSION + p].value = 0.2
    for g in range(GROUPS):
        for c in range(CROSSINGS):
            u = uniform(key, day, DECIDE, g, c)
            if u < world.own[c].value * (1 - own[RISK + c].value):
                q = 0.02 * own[STRENGTH + g].value * (1 - u)
                own[CASH + g].value += q * own[PRICE + c].value
                own[ARMS + g].value += 0.1 * q
                own[FLOW + c].value += q
            else:
                own[CASH + g].value -= 0.001
                own[ARMS + g].value *= 0.9995


def update(world, state, log, key, day):  # type: ignore[no-untyped-def]
    """Prices and risks follow what was carried."""
    own = state.own
    for c in range(CROSSINGS):
        flow = own[FLOW + c].value
        own[PRICE + c].value = 0.99 * own[PRICE + c].value + 0.01 * (1 + 0.5 * flow)
        own[RISK + c].value = min(0.9, 0.98 * own[RISK + c].value + 0.02 * (0.1 + 0.05 * flow))
        own[FLOW + c].value = 0.0


def contest(world, state, log, key, day):  # type: ignore[no-untyped-def]
    """Another group may take a place; its owner draws an income."""
    own = state.own
    for p in range(PLACES):
        u1, u2 = uniform(key, day, CONTEST, p, 0), uniform(key, day, CONTEST, p, 1)
        o = int(own[OWNER + p].value)
        a = (o + 1 + int(u1 * (GROUPS - 1))) % GROUPS
        arms = own[ARMS + a].value
        if u2 < 0.05 * arms / (arms + own[ARMS + o].value + 1e-9):
            own[OWNER + p].value = a
            own[TENSION + p].value = min(1.0, own[TENSION + p].value + 0.1)
            own[ARMS + a].value *= 0.99
            own[ARMS + o].value *= 0.98
            o = a
        else:
            own[TENSION + p].value *= 0.995
        own[CASH + o].value += 0.005 * (1 - own[TENSION + p].value)


def grow(world, state, log, key, day):  # type: ignore[no-untyped-def]
    """Strength follows wealth; both totals are recorded."""
    own = state.own
    cash = arms = 0.0
    for g in range(GROUPS):
        mine = own[CASH + g].value
        worth = 1 + mine / (1 + abs(mine)) + 0.2 * own[ARMS + g].value
        own[STRENGTH + g].value = 0.95 * own[STRENGTH + g].value + 0.05 * worth
        own[CASH + g].value *= 0.999
        cash += own[CASH + g].value
        arms += own[ARMS + g].value
    own[TOTALS + 2 * day].value = cash
    own[TOTALS + 2 * day + 1].value = arms


@njit(nogil=True, error_model="numpy")
def bare(seed, number, totals):  # type: ignore[no-untyped-def]
    """The same, as one loop over plain arrays."""
    key = (np.uint64(seed), np.uint64(number))
    cash, arms, strength = np.ones(GROUPS), np.ones(GROUPS), np.ones(GROUPS)
    price, risk, flow = np.ones(CROSSINGS), np.full(CROSSINGS, 0.1), np.zeros(CROSSINGS)
    owner, tension = np.arange(PLACES) % GROUPS, np.full(PLACES, 0.2)
    for day in range(DAYS):
        for g in range(GROUPS):
            for c in range(CROSSINGS):
                u = uniform(key, day, DECIDE, g, c)
                if u < (0.5 + 0.02 * c) * (1 - risk[c]):
                    q = 0.02 * strength[g] * (1 - u)
                    cash[g] += q * price[c]
                    arms[g] += 0.1 * q
                    flow[c] += q
                else:
                    cash[g] -= 0.001
                    arms[g] *= 0.9995
        for c in range(CROSSINGS):
            price[c] = 0.99 * price[c] + 0.01 * (1 + 0.5 * flow[c])
            risk[c] = min(0.9, 0.98 * risk[c] + 0.02 * (0.1 + 0.05 * flow[c]))
            flow[c] = 0.0
        for p in range(PLACES):
            u1, u2 = uniform(key, day, CONTEST, p, 0), uniform(key, day, CONTEST, p, 1)
            o = owner[p]
            a = (o + 1 + int(u1 * (GROUPS - 1))) % GROUPS
            if u2 < 0.05 * arms[a] / (arms[a] + arms[o] + 1e-9):
                owner[p] = a
                tension[p] = min(1.0, tension[p] + 0.1)
                arms[a] *= 0.99
                arms[o] *= 0.98
            else:
                tension[p] *= 0.995
            cash[owner[p]] += 0.005 * (1 - tension[p])
        for g in range(GROUPS):
            worth = 1 + cash[g] / (1 + abs(cash[g])) + 0.2 * arms[g]
            strength[g] = 0.95 * strength[g] + 0.05 * worth
            cash[g] *= 0.999
        totals[day, 0], totals[day, 1] = cash.sum(), arms.sum()


class Ours:
    """The workload compiled here, with one thread's workspace."""

    def __init__(self) -> None:
        said = np.zeros(ROWS)
        said[:CROSSINGS] = 0.5 + 0.02 * np.arange(CROSSINGS)
        world, _ = build(maabar.load("two-crossings"), own=said.tolist())
        assert world.run["observe_day"][0] == 0  # no warm-up: a run is DAYS long
        own = {one.__name__ + "-own": one for one in (decide, update, contest, grow)}
        self.space = replicate.workspace(world)
        self.list = replicate.mechanisms(world, list(own), own=own)

    def run(self, first: int, count: int) -> np.ndarray:
        """Some replicates; the totals of the last."""
        replicate.simulate(
            self.space, self.list, seed=1, first=first, count=count, days=DAYS, every=DAYS
        )
        return self.space.state.own["value"][TOTALS:].reshape(DAYS, 2).copy()


def ceiling(first: int, count: int) -> np.ndarray:
    """The same replicates in the bare loop; the totals of the last."""
    totals = np.empty((DAYS, 2))
    for number in range(first, first + count):
        bare(1, number, totals)
    return totals


def installed() -> Path | None:
    """Python of an environment with the others, made where there is none."""
    folder = ROOT / "build" / "peer"
    python = folder / "bin" / "python"
    try:
        if not (folder / "done").exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
            subprocess.run(
                [python, "-m", "pip", "install", "-q", *PINNED], check=True, capture_output=True
            )
            (folder / "done").touch()
    except (OSError, subprocess.CalledProcessError):
        return None
    return python


def theirs(python: Path, name: str, first: int, count: int) -> np.ndarray:
    """Replicates of another framework: seconds, cash and arms of each."""
    done = subprocess.run(
        [python, ROOT / "bench" / "framework.py", name, str(first), str(count)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    rows = [line.split() for line in done.stdout.splitlines()[-count:]]
    return np.array(rows, float)


def _clock(call: Callable[[], Any], count: int) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) / count


def _both(calls: list[Callable[[], Any]]) -> None:
    with ThreadPoolExecutor(len(calls)) as pool:
        for done in [pool.submit(call) for call in calls]:
            done.result()


def _shown(values: np.ndarray) -> str:
    return f"{np.median(values):.3g} ({values.min():.3g} to {values.max():.3g})"


def peers() -> Iterator[tuple[str, str]]:
    """Milliseconds a replicate and ratios to Mesa: median and range over repetitions."""
    ours, other = Ours(), Ours()
    for number in (0, 3):
        assert np.allclose(ours.run(number, 1), ceiling(number, 1), rtol=1e-12), "not the same"
    other.run(0, 1)
    exact = np.array([ceiling(number, 1)[-1] for number in range(400)])
    names = ("mesa", "agentpy", "starsim")
    python = installed()
    if python is None:
        yield "peer-bench: Mesa, AgentPy, Starsim", "left out: they could not be installed"
    one: dict[str, list[float]] = {}
    two: dict[str, list[float]] = {}
    found: dict[str, list[np.ndarray]] = {}
    for turn in range(REPEATS):  # all in turn, so that a slow minute slows all
        for name, call in (("maabar", ours.run), ("bare loop", ceiling)):
            one.setdefault(name, []).append(_clock(lambda: call(0, OURS), OURS))  # noqa: B023
        pairs = {"maabar": [ours.run, other.run], "bare loop": [ceiling, ceiling]}
        for name, calls in pairs.items():
            both = [lambda call=call: call(0, OURS) for call in calls]
            two.setdefault(name, []).append(_clock(lambda: _both(both), 2 * OURS))  # noqa: B023
        for name in names if python else ():
            rows = theirs(python, name, turn * 1000, THEIRS)  # type: ignore[arg-type]
            one.setdefault(name, []).append(float(np.median(rows[:, 0])))
            with ThreadPoolExecutor(2) as pool:
                halves = [
                    pool.submit(theirs, python, name, turn * 1000 + 100 * n, THEIRS) for n in (1, 2)
                ]
                seconds = [np.median(half.result()[:, 0]) for half in halves]
            two.setdefault(name, []).append(float(np.mean(seconds)) / 2)
            found.setdefault(name, []).append(rows[:, 1:])
    for name, rows in found.items():
        totals = np.concatenate(rows)
        error = np.sqrt(totals.var(0) / len(totals) + exact.var(0) / len(exact))
        far = np.abs(totals.mean(0) - exact.mean(0)) / error
        yield (
            f"peer-bench: {name}, totals off by (standard errors: cash, arms)",
            (f"{far[0]:.1f}, {far[1]:.1f}"),
        )
    for cores, times in (("one core", one), ("two cores", two)):
        for name, seconds in times.items():
            yield f"peer-bench, {cores}: {name}, ms a replicate", _shown(1e3 * np.array(seconds))
        for name in [n for n in times if n != "maabar"]:
            ratio = np.array(times[name]) / np.array(times["maabar"])
            yield f"peer-bench, {cores}: {name}, times maabar", _shown(ratio)


def main() -> None:
    """Print the table."""
    for what, value in peers():
        print(f"{what}: {value}")


if __name__ == "__main__":
    main()
