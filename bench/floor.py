"""The floor of a replicate: the time that its random numbers and exponentials alone take.

Draws and exponentials of one replicate are counted with the compiler off; as many are then timed,
compiled, with nothing else around them.

python bench/floor.py SCENARIO       # prints the counts: blocks of Philox, exponentials, logarithms
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

REPEATS = 9


def counted(scenario: str) -> dict[str, int]:
    """What replicate 0 draws and computes; for a process in which the compiler is off."""
    from maabar.engine import replicate, rng
    from maabar.scenario.load import load
    from maabar.world import build

    counts = {"philox": 0, "exp": 0, "log": 0}

    def counting(name: str, function):  # type: ignore[no-untyped-def]
        def call(*given):  # type: ignore[no-untyped-def]
            counts[name] += 1
            return function(*given)

        return call

    rng.philox = counting("philox", rng.philox)
    math.exp, math.log = counting("exp", math.exp), counting("log", math.log)
    scenario_ = load(scenario)
    world, _ = build(scenario_)
    space = replicate.workspace(world)
    counts.update(philox=0, exp=0, log=0)
    replicate.simulate(
        space, replicate.mechanisms(world), seed=1, first=0, count=1, days=scenario_.days, every=7
    )
    return counts


def bare(blocks: int, exponentials: int, logarithms: int) -> float:
    """Least seconds for so many of each, compiled and in one thread."""
    from numba import njit

    from maabar.engine.rng import philox

    @njit(error_model="numpy")
    def draw(count: int) -> float:
        total = 0.0
        zero = np.uint64(0)
        for n in range(count):
            a, _, _, _ = philox(np.uint64(n), zero, zero, zero, np.uint64(1), np.uint64(7))
            total += float(a)
        return total

    @njit(error_model="numpy")
    def raise_(exps: int, logs: int) -> float:
        total = 0.0
        for n in range(exps):
            total += math.exp(-1e-6 * n)
        for n in range(logs):
            total += math.log(1.0 + n)
        return total

    draw(1), raise_(1, 1)
    best = math.inf
    for _ in range(REPEATS):
        start = time.process_time()
        draw(blocks)
        raise_(exponentials, logarithms)
        best = min(best, time.process_time() - start)
    return best


def floors(scenario: str, milliseconds: float) -> Iterator[tuple[str, str]]:
    """Rows for the bench: counts, the floor, and how many times it a replicate takes."""
    done = subprocess.run(
        [sys.executable, __file__, scenario],
        check=True, capture_output=True, text=True, env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        cwd=Path(__file__).resolve().parent.parent,
    )  # fmt: skip
    counts = json.loads(done.stdout)
    floor = 1e3 * bare(counts["philox"], counts["exp"], counts["log"])
    yield f"{scenario}: blocks of Philox a replicate", f"{counts['philox']:,}"
    yield f"{scenario}: exponentials and logarithms", f"{counts['exp'] + counts['log']:,}"
    yield f"{scenario}: floor, ms", f"{floor:.2f}"
    yield f"{scenario}: a replicate, times its floor", f"{milliseconds / floor:.2f}"


if __name__ == "__main__":
    print(json.dumps(counted(sys.argv[1])))
