"""Golden summaries of the shipped scenarios: ``make baseline`` writes them again."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from maabar.engine import replicate
from maabar.scenario.load import load
from maabar.world import build

GOLDEN = Path(__file__).resolve().parent / "golden"
SHIPPED = ("asharah", "siege", "two-crossings")
REPLICATES = 16


def summary(name: str) -> dict[str, float]:
    """Mean over replicates and dims of every recorded variable on the last evening."""
    scenario = load(name)
    world, _ = build(scenario)
    chunk = replicate.simulate(
        replicate.workspace(world), replicate.mechanisms(world),
        seed=1, first=0, count=REPLICATES, days=min(scenario.days, 200), every=1000,
    )  # fmt: skip
    found = {
        f"{column.table}.{column.name}": float(
            np.mean(chunk.series[:, -1, column.start : column.stop])
        )
        for column in replicate.layout(world)
        if column.stop > column.start
    }
    return found | {"events": float(len(chunk.events)), "causes": float(len(chunk.causes))}


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for each in SHIPPED:
        text = json.dumps(summary(each), indent=1, sort_keys=True)
        (GOLDEN / f"{each}.json").write_text(text + "\n", encoding="utf-8")
        print(f"wrote tests/golden/{each}.json")
