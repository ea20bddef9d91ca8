"""Run a few replicates and save all that they give: the compiled and the uncompiled twin.

.venv/bin/python -m tests.engine.twin FILE.npz
"""

from __future__ import annotations

import sys

import numpy as np

from tests.conftest import Bench, eager, ready


def sample() -> dict[str, np.ndarray]:
    """Series, events and causes of shipped scenarios, as named arrays."""
    saved = {}
    for name, here, count, days in cases():
        chunk = here.run(count=count, days=days)
        for field in ("status", "series", "events", "causes"):
            saved[f"{name} {field}"] = getattr(chunk, field)
    return saved


def cases() -> list[tuple[str, Bench, int, int]]:
    """What is run: replicates and days."""
    return [
        ("two-crossings", ready("two-crossings"), 3, 90),
        ("two-crossings, eager", eager("two-crossings"), 3, 60),
        ("siege", ready("siege"), 2, 40),
        ("asharah, eager", eager("asharah", warm_up=0), 1, 8),
    ]


if __name__ == "__main__":
    np.savez(sys.argv[1], **sample())  # type: ignore[arg-type]
