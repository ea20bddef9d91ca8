"""Measure the engine: one table, all in one run.

    make bench
    python bench/bench.py engine floor      # some sections: engine, floor, starts, memory, peers,
                                            # scaling, plain, read

Times are the least of several repetitions, in processor seconds of this process where that makes
sense; ratios are what to compare between machines.  No test depends on them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from floor import floors
from peer import peers
from plain import plains
from reading import readings
from rich.console import Console
from rich.table import Table
from scaling import scalings

from maabar.engine import replicate
from maabar.engine.day import DAY
from maabar.scenario.load import load
from maabar.world import build

REPEATS = 5
REPLICATES = 16


def least(call: Callable[[], object], repeats: int = REPEATS) -> float:
    """Least processor time of some repetitions, seconds."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


class Bench:
    """A scenario, compiled, with one thread's workspace."""

    def __init__(self, name: str) -> None:
        self.scenario = load(name)
        self.world, _ = build(self.scenario)
        self.space = replicate.workspace(self.world)
        self.full = replicate.mechanisms(self.world)
        self.days = self.scenario.days
        self.simulate(self.full, 1)

    def simulate(self, list_: replicate.Mechanisms, count: int, days: int | None = None) -> None:
        """Run some replicates in this thread."""
        replicate.simulate(
            self.space, list_, seed=1, first=0, count=count, days=days or self.days, every=7
        )

    def seconds(self, names: tuple[str, ...] = DAY, days: int | None = None) -> float:
        """Processor seconds of one replicate under a list of mechanisms."""
        listed = replicate.mechanisms(self.world, names)
        self.simulate(listed, 1, days)
        return least(lambda: self.simulate(listed, REPLICATES, days)) / REPLICATES


def speed(name: str) -> Iterator[tuple[str, str]]:
    """Replicates a second per core, time of a day, and what each mechanism adds."""
    bench = Bench(name)
    whole = bench.seconds()
    length = int(bench.world.run["observe_day"][0]) + bench.days
    yield f"{name}: replicates a second per core", f"{1 / whole:,.0f}"
    yield f"{name}: microseconds a day ({length} days)", f"{whole / length * 1e6:.1f}"
    empty = bench.seconds(())
    for mechanism in DAY:
        share = (bench.seconds((mechanism,)) - empty) / whole
        yield f"{name}: {mechanism} alone, share of the whole", f"{share:.0%}"
    yield f"{name}: no mechanism (begin, census), share of the whole", f"{empty / whole:.0%}"
    short, long = bench.seconds(days=bench.days // 2), bench.seconds(days=bench.days * 2)
    yield f"{name}: exponent of time in observed days", f"{np.log(long / short) / np.log(4):.2f}"


def threads(name: str) -> Iterator[tuple[str, str]]:
    """How much two threads do, against one."""
    bench = Bench(name)
    spaces = [replicate.workspace(bench.world) for _ in range(2)]

    def work(space: replicate.Workspace) -> None:
        replicate.simulate(
            space, bench.full, seed=1, first=0, count=4 * REPLICATES, days=bench.days, every=7
        )

    def wall(workers: int) -> float:
        start = time.perf_counter()
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(work, spaces[:workers]))
        return time.perf_counter() - start

    wall(2)
    one = min(wall(1) for _ in range(3))
    two = min(wall(2) for _ in range(3))
    yield f"{name}: two threads, times one ({os.cpu_count()} cores)", f"{2 * one / two:.2f}"


def starts() -> Iterator[tuple[str, str]]:
    """Cold compile, warm start to the first result, imports."""

    def wall(command: list[str], **environment: str) -> float:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *command], check=True, capture_output=True,
            env={**os.environ, **environment},
        )  # fmt: skip
        return time.perf_counter() - start

    with tempfile.TemporaryDirectory() as folder:
        run = ["-m", "maabar.cli", "run", "asharah", "--replicates", "1", "--threads", "1", "--out"]
        cold = wall([*run, f"{folder}/cold"], MAABAR_CACHE=f"{folder}/cache")
        warm = wall([*run, f"{folder}/warm"], MAABAR_CACHE=f"{folder}/cache")
    yield "asharah: first result with nothing compiled, s", f"{cold:.1f}"
    yield "asharah: first result, compiled, s", f"{warm:.1f}"
    yield "import maabar, s", f"{wall(['-c', 'import maabar']):.2f}"
    yield "maabar list, s", f"{wall(['-m', 'maabar.cli', 'list']):.2f}"


KEPT = (
    ("asharah", 1000, "all"),
    ("asharah", 1000, "events"),
    ("asharah", 1000, "summary"),
    *(("two-crossings", count, "summary") for count in (1_000, 10_000, 100_000)),
)


def memory() -> Iterator[tuple[str, str]]:
    """Peak memory of runs of growing size."""
    code = (
        "import maabar, sys;"
        "maabar.run(sys.argv[1], replicates=int(sys.argv[2]), keep=sys.argv[3], out=sys.argv[4]);"
        "print(next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')))"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, count, keep in KEPT:
            out = f"{folder}/{name}-{count}-{keep}"
            done = subprocess.run(
                [sys.executable, "-c", code, name, str(count), keep, out],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            size = sum(one.stat().st_size for one in Path(out).rglob("*") if one.is_file())
            yield (
                f"{name}: {count:,} replicates, keep {keep}: peak memory, disk (MiB)",
                f"{int(done.stdout) / 1024:.0f}, {size / 2**20:.1f}",
            )


def floor(name: str) -> Iterator[tuple[str, str]]:
    """A replicate against the time of its random numbers and exponentials alone."""
    yield from floors(name, 1e3 * Bench(name).seconds())


def chained(*parts: Callable[[], Iterator[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """The rows of several measurements."""
    for part in parts:
        yield from part()


SECTIONS: dict[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "engine": lambda: chained(
        lambda: speed("asharah"), lambda: speed("two-crossings"), lambda: threads("asharah")
    ),
    "floor": lambda: chained(lambda: floor("two-crossings"), lambda: floor("asharah")),
    "starts": starts,
    "memory": memory,
    "peers": peers,
    "scaling": scalings,
    "plain": plains,
    "read": readings,
}


def main(asked: Sequence[str] = ()) -> None:
    """Print the table; `asked`: some of the sections, all unless said."""
    unknown = set(asked) - set(SECTIONS)
    if unknown:
        sys.exit(f"no section {', '.join(sorted(unknown))}: there are {', '.join(SECTIONS)}")
    table = Table("measure", "value", title="maabar bench")
    console = Console()
    for name in asked or SECTIONS:
        for what, value in SECTIONS[name]():
            table.add_row(what, value)
            console.print(f"[dim]{what}: {value}", highlight=False)
    console.print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
