"""How the time of a replicate grows: with groups, crossings, the whole region, days, replicates
and threads; and in which mechanisms.

Larger worlds are copies of parts of `asharah` under new ids (`bench/region.py`).  A crossing brings
two places and its part of the markets, a group stands where its original does, and the region grows
in all of them.  Every repetition times all sizes in turn; an exponent is the slope of log time in
log size by least squares, one for each repetition.

python bench/scaling.py
"""

from __future__ import annotations

import ctypes
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
import region

import maabar
from maabar.engine import replicate
from maabar.engine.day import DAY
from maabar.ensemble.threads import cores
from maabar.scenario.load import load
from maabar.world import build

SCENARIO = "asharah"
AXES = {  # size: groups and crossings
    "groups": {n: (n, 12) for n in (12, 24, 48, 96)},
    "crossings": {n: (17, n) for n in (12, 25, 50, 100, 200)},
    "region": {n: (17 * n, 11 * n) for n in (1, 2, 4, 8)},
}
DAYS = (90, 180, 365, 730, 1460)
REPLICATES = (32, 128, 512)
REPEATS, COUNT = 5, 6  # repetitions, and replicates of each
PROFILES, PROFILED = 3, 2
CLOCKS = 4  # as many as fit beside a day's mechanisms
SMALL = 0.03  # share of a replicate below which a mechanism is not shown

Calls = Mapping[int, Callable[[], Any]]
Rows = Iterator[tuple[str, str]]


class Sized:
    """A scenario of some size, ready to run in this thread."""

    def __init__(self, groups: int, crossings: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            scenario = load(region.write(SCENARIO, groups, crossings, folder))
        self.world, _ = build(scenario, own=[0.0] * (CLOCKS + 2))
        self.days = scenario.days
        self.warm_up = int(self.world.run["observe_day"][0])
        self.space = replicate.workspace(self.world)
        self.list = replicate.mechanisms(self.world)

    def simulate(self, count: int = COUNT, days: int | None = None) -> float:
        """Processor seconds of one replicate, of the first few."""
        start = time.process_time()
        chunk = replicate.simulate(
            self.space, self.list, seed=1, first=0, count=count, days=days or self.days, every=7
        )
        spent = time.process_time() - start
        if chunk.status.any():
            raise RuntimeError(f"{np.count_nonzero(chunk.status)} of {count} replicates broke off")
        return spent / count

    def profile(self) -> np.ndarray:
        """Seconds a replicate in its start, each morning's count, and each mechanism."""
        day, idle = self.list.functions[: len(DAY)], self.list.functions[len(DAY) :]
        own = {
            f"{kind}-{row}": _clock(row, kind)
            for row, kind in enumerate(("sum", "sum", "sum", "sum", "first", "last"))
        }
        clocks = replicate.mechanisms(self.world, list(own), own=own).functions
        sums, first, last = clocks[:CLOCKS], clocks[CLOCKS], clocks[CLOCKS + 1]
        rows, _ = self._clocked((), sums, idle[: CLOCKS - 1], ())
        none = np.diff(rows[:CLOCKS]).mean()
        spent = []
        for n in range(0, len(DAY), CLOCKS - 1):
            here = day[n : n + CLOCKS - 1]
            rows, _ = self._clocked(day[:n], sums, here, day[n + len(here) :])
            spent.append(np.diff(rows[:CLOCKS]) - none)
        # Mornings last from the last clock of a day to the first of the next.
        rows, whole = self._clocked((sums[0], first, *day, sums[1], last), (), (), ())
        counted = rows[0] - rows[CLOCKS] - (rows[1] - rows[CLOCKS + 1]) - 2 * none
        start = whole - (rows[CLOCKS + 1] - rows[CLOCKS])
        return np.array([start, counted, *np.concatenate(spent)])

    def _clocked(
        self, before: Any, clocks: Any, timed: Any, after: Any
    ) -> tuple[np.ndarray, float]:
        """Rows of the clocks, some of which stand around mechanisms, and the whole: seconds."""
        inner = [one for pair in zip(timed, clocks[1:], strict=True) for one in pair]
        functions = (*before, *clocks[:1], *inner, *after)
        idle = self.list.functions[-1:] * (len(self.list.functions) - len(functions))
        listed = replicate.Mechanisms(("",) * len(functions), functions + idle, ())
        rows, whole = np.zeros(CLOCKS + 2), 0.0
        for first in range(PROFILED):
            for count, sign in ((0, -1.0), (1, 1.0)):  # less what a call costs in any case
                start = time.process_time()
                replicate.simulate(
                    self.space, listed, seed=1, first=first, count=count, days=self.days, every=7
                )
                whole += sign * (time.process_time() - start)
            rows += self.space.state.own["value"] / 1e6
        return rows / PROFILED, whole / PROFILED


@cache
def _clock(row: int, kind: str) -> Callable[..., None]:
    """A mechanism that writes into `state.own` when it is called: summed up, first or last."""
    now = ctypes.CDLL(None).clock  # microseconds of this process
    now.argtypes, now.restype = (), ctypes.c_long
    summed, last = kind == "sum", kind == "last"

    def clock(world, state, log, key, day):  # type: ignore[no-untyped-def]
        if summed and day > 0:
            state.own[row].value += now()
        elif day == 0 or last:
            state.own[row].value = now()

    return clock


@cache
def sized(groups: int, crossings: int) -> Sized:
    """Each is made once."""
    return Sized(groups, crossings)


def shown(values: Any) -> str:
    """Median and range."""
    return f"{np.median(values):.3g} ({np.min(values):.3g} to {np.max(values):.3g})"


def exponents(sizes: Iterable[float], times: np.ndarray) -> np.ndarray:
    """Slope of log time in log size, by least squares, of every row."""
    return np.polyfit(np.log(list(sizes)), np.log(times).T, 1)[0]


def measured(axes: Mapping[str, Calls], repeats: int) -> dict[str, np.ndarray]:
    """Times of every size, by repetition; all in turn, and the first turn is thrown away."""
    turns: dict[str, list[list[Any]]] = {axis: [] for axis in axes}
    for _ in range(repeats + 1):
        for axis, calls in axes.items():
            turns[axis].append([call() for call in calls.values()])
    return {axis: np.array(rows[1:]) for axis, rows in turns.items()}


def growth() -> Rows:
    """Milliseconds of a replicate at every size, replicates a second, and exponents."""
    axes = {
        axis: {size: sized(*both).simulate for size, both in sizes.items()}
        for axis, sizes in AXES.items()
    }
    plain = sized(*AXES["region"][1])
    axes["days"] = {
        days + plain.warm_up: lambda days=days: plain.simulate(days=days) for days in DAYS
    }  # type: ignore[misc]
    for axis, times in measured(axes, REPEATS).items():
        sizes = list(axes[axis])
        for size, seconds in zip(sizes, times.T, strict=True):
            yield f"{axis} {size}: ms a replicate", shown(1e3 * seconds)
            yield f"{axis} {size}: replicates a second per core", shown(1 / seconds)
        yield f"{axis} {sizes[0]} to {sizes[-1]}: exponent", shown(exponents(sizes, times))
        last = exponents(sizes[-2:], times[:, -2:])
        yield f"{axis} {sizes[-2]} to {sizes[-1]}: exponent", shown(last)


def profiles() -> Rows:
    """Where the time goes in small and large worlds: share and exponent of each mechanism, of the start
    of a replicate and of the morning's count and records."""
    axes = {
        axis: {size: sized(*both).profile for size, both in sizes.items()}
        for axis, sizes in AXES.items()
    }
    for axis, times in measured(axes, PROFILES).items():
        sizes = list(axes[axis])
        shares = np.median(times, 0)
        shares = shares / shares.sum(1, keepdims=True)
        for n, name in enumerate(("start", "count", *DAY)):
            if shares[[0, -1], n].max() >= SMALL:
                steep = exponents(sizes, np.maximum(times[:, :, n], 1e-6))
                yield (
                    f"{axis}, {name}: share at {sizes[0]}, at {sizes[-1]}; exponent",
                    f"{shares[0, n]:.0%}, {shares[-1, n]:.0%}; {shown(steep)}",
                )


def ensembles() -> Rows:
    """Whole runs into a folder, by replicates and threads."""

    def wall(count: int, threads: int) -> float:
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            maabar.run(
                SCENARIO, replicates=count, threads=threads, out=f"{folder}/run", keep="summary"
            )
            return time.perf_counter() - start

    threads = sorted({2**n for n in range(cores().bit_length())} | {cores()})
    threads = [n for n in threads if n <= cores()]
    axes = {
        str(many): {count: lambda count=count, many=many: wall(count, many) for count in REPLICATES}
        for many in threads
    }  # type: ignore[misc]
    times = measured(axes, PROFILES)
    for many, seconds in times.items():
        for count, one in zip(REPLICATES, seconds.T, strict=True):
            rate = shown(count / one)
            yield f"{count} replicates, {many} threads: a second, load and write included", rate
        yield (
            f"{many} threads: exponent of time in replicates",
            shown(exponents(REPLICATES, seconds)),
        )
    for many in threads[1:]:
        gain = times["1"][:, -1] / times[str(many)][:, -1]
        yield f"{REPLICATES[-1]} replicates: {many} threads, times one", shown(gain)
    if len(threads) > 1:
        last = np.stack([times[str(many)][:, -1] for many in threads], 1)
        yield "threads: exponent of time", shown(exponents(threads, last))


def scalings() -> Rows:
    """All of them."""
    for part in (growth, ensembles, profiles):
        for what, value in part():
            yield f"{SCENARIO}: {what}", value


if __name__ == "__main__":
    for what, value in scalings():
        print(f"{what}: {value}", flush=True)
