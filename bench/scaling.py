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
        self.world, _ = build(scenario, own=[0.0] * CLOCKS)
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
        """Seconds a replicate in each mechanism of the day and, last, in all the rest."""
        day, idle = self.list.functions[: len(DAY)], self.list.functions[len(DAY) :]
        own = {f"clock-{row}": _clock(row) for row in range(CLOCKS)}
        clocks = replicate.mechanisms(self.world, list(own), own=own).functions[:CLOCKS]
        spent = []
        for first in range(0, len(DAY), CLOCKS - 1):
            here = day[first : first + CLOCKS - 1]
            spent.append(self._between(day[:first], clocks, here, day[first + len(here) :]))
        none = self._between((), clocks, idle[: CLOCKS - 1], ())
        listed = np.concatenate(spent) - none.mean()
        return np.append(listed, self.simulate(PROFILED) - listed.sum())

    def _between(self, before: Any, clocks: Any, timed: Any, after: Any) -> np.ndarray:
        """Seconds a replicate in each of some mechanisms, which clocks stand around."""
        inner = [one for pair in zip(timed, clocks[1:], strict=True) for one in pair]
        functions = (*before, clocks[0], *inner, *after)
        idle = self.list.functions[-1:] * (len(self.list.functions) - len(functions))
        listed = replicate.Mechanisms(("",) * len(functions), functions + idle, ())
        spent = np.zeros(CLOCKS - 1)
        for first in range(PROFILED):
            replicate.simulate(
                self.space, listed, seed=1, first=first, count=1, days=self.days, every=7
            )
            spent += np.diff(self.space.state.own["value"]) / 1e6
        return spent / PROFILED


@cache
def _clock(row: int) -> Callable[..., None]:
    """A mechanism that sums up the time at which it is called."""
    now = ctypes.CDLL(None).clock  # microseconds of this process
    now.argtypes, now.restype = (), ctypes.c_long

    def clock(world, state, log, key, day):  # type: ignore[no-untyped-def]
        if day == 0:
            state.own[row].value = 0.0
        state.own[row].value += now()

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
    """Where the time goes in small and large worlds: share and exponent of each mechanism."""
    axes = {
        axis: {size: sized(*both).profile for size, both in sizes.items()}
        for axis, sizes in AXES.items()
    }
    for axis, times in measured(axes, PROFILES).items():
        sizes = list(axes[axis])
        shares = np.median(times, 0)
        shares = shares / shares.sum(1, keepdims=True)
        for n, name in enumerate((*DAY, "rest")):
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
