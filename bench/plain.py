"""The same ensemble as plain Python, with the compiler off, against the compiled engine.

python bench/plain.py SCENARIO COUNT      # seconds a replicate and the sum of all events, on a line
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

SCENARIO, COUNT, REPEATS = "two-crossings", 2, 3


def timed(scenario: str, count: int) -> tuple[float, int, float]:
    """Processor seconds of a replicate, how many events, and the sum of the last records."""
    from maabar.engine import replicate
    from maabar.scenario.load import load
    from maabar.world import build

    loaded = load(scenario)
    world, _ = build(loaded)
    space, listed = replicate.workspace(world), replicate.mechanisms(world)
    replicate.simulate(space, listed, seed=1, first=0, count=1, days=1, every=7)
    start = time.process_time()
    chunk = replicate.simulate(
        space, listed, seed=1, first=0, count=count, days=loaded.days, every=7
    )
    spent = time.process_time() - start
    return spent / count, len(chunk.events), float(chunk.series[:, -1].sum())


def separate(disabled: bool, count: int) -> tuple[float, int, float]:
    """The same in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, SCENARIO, str(count)],
        check=True, capture_output=True, text=True,
        env={**os.environ, "NUMBA_DISABLE_JIT": str(int(disabled))},
        cwd=Path(__file__).resolve().parent.parent,
    )  # fmt: skip
    seconds, events, total = done.stdout.split()
    return float(seconds), int(events), float(total)


def plains() -> Iterator[tuple[str, str]]:
    """Milliseconds a replicate on both, their ratio, and whether they tell the same."""
    # Compiled, many replicates are timed for one that is plain; the same few are compared.
    pairs = [(separate(True, COUNT), separate(False, 100 * COUNT)) for _ in range(REPEATS)]
    slow, fast = (np.array([row[n][0] for row in pairs]) for n in (0, 1))
    _, events, total = separate(False, COUNT)
    same = events == pairs[0][0][1] and np.isclose(total, pairs[0][0][2], rtol=1e-9)
    for what, seconds in (("plain Python", slow), ("compiled", fast)):
        yield f"{SCENARIO}: {what}, ms a replicate", _shown(1e3 * seconds)
    yield f"{SCENARIO}: plain Python, times compiled", _shown(slow / fast)
    yield f"{SCENARIO}: as many events and the same last records", "yes" if same else "NO"


def _shown(values: np.ndarray) -> str:
    return f"{np.median(values):.4g} ({values.min():.4g} to {values.max():.4g})"


if __name__ == "__main__":
    print(*timed(sys.argv[1], int(sys.argv[2])))
