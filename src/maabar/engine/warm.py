"""Compile part of a day in a process of its own: ``python -m maabar.engine.warm NAME ...``.

Machine code depends on the types of the tables, not on their sizes, so a world with one of
everything will do; the code is found in the cache by the process that asked for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from maabar.engine.state import PRIOR, VETO, World, offsets, readable, views
from maabar.variables import DIMS, WORLD

SHARE = ("deployment", "contest", "diplomacy", "trade", "strikes")
"""About half of the work of compiling a day."""


def smallest_world() -> Any:
    """A world with one of everything, for its types only."""
    sizes = dict.fromkeys(DIMS, 1) | {"end": 2}
    raw = np.zeros(offsets(WORLD, sizes)[""])
    return World(
        **views(WORLD, sizes, raw),
        prior=readable(np.zeros(0, PRIOR)),
        veto=readable(np.zeros(0, VETO)),
    )


def start(names: Sequence[str]) -> subprocess.Popen[bytes] | None:
    """A process that compiles these mechanisms; None on a machine with one core.

    Examples
    --------
    >>> start([]) is None
    True
    """
    if not names or (os.cpu_count() or 1) < 2:
        return None
    return subprocess.Popen(
        [sys.executable, "-m", __name__, *names],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    from maabar.engine.replicate import compile_shipped

    compile_shipped(smallest_world(), sys.argv[1:])
