"""The GPU's kernel compiled to PTX, and by ptxas where it is at hand, without a GPU.

python bench/ptx.py asharah [CAPABILITY]
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numba
import numba.cuda.dispatcher as dispatcher
import numpy as np
from numba import cuda, types

from maabar.engine.day import DAY, mechanism
from maabar.engine.state import CAUSE, EVENT, HEAD
from maabar.ensemble.cuda import kernel
from maabar.scenario.load import load
from maabar.world import build


def array(dtype: Any, dims: int) -> types.Array:
    """Type of a contiguous array."""
    return types.Array(numba.from_dtype(np.dtype(dtype)), dims, "C")


def ptx(scenario: str, capability: tuple[int, int]) -> str:
    """PTX of the whole day of a scenario."""
    # Device functions are compiled for the device at hand; here there may be none.
    dispatcher.get_current_device = lambda: SimpleNamespace(compute_capability=capability)
    world, _ = build(load(scenario))
    shared = [array("f8", 1), numba.typeof(world.prior), numba.typeof(world.veto),
              array("i8", 1), array("?", 1)]  # fmt: skip
    own = [array("f8", 2), array("f8", 2), array(EVENT, 2), array(CAUSE, 2), array(HEAD, 2),
           array("f8", 3), array("i8", 1)]  # fmt: skip
    past = [types.int64, array("f8", 1), array("f8", 1), array(EVENT, 1), array(CAUSE, 1)]
    signature = (types.Tuple([*shared, *own]), types.Tuple(past), *[types.int64] * 4)
    text, _ = cuda.compile_ptx(
        kernel(world, [mechanism(name) for name in DAY]), signature, cc=capability, abi="numba"
    )
    return str(text)


def ptxas() -> str | None:
    """NVIDIA's assembler, of this environment or of the machine."""
    for folder in map(Path, sys.path):
        for file in folder.glob("nvidia/*/bin/ptxas"):
            return str(file)
    return shutil.which("ptxas")


def main(scenario: str = "two-crossings", said: str = "8.0") -> None:
    """Print sizes and times."""
    major, minor = map(int, said.split("."))
    begun = time.perf_counter()
    text = ptx(scenario, (major, minor))
    seconds = time.perf_counter() - begun
    print(f"{scenario}: PTX of {text.count(chr(10)):,} lines in {seconds:.0f} s")
    assembler = ptxas()
    if assembler is None:
        print("no ptxas here")
        return
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "kernel.ptx").write_text(text)
        begun = time.perf_counter()
        made = subprocess.run(
            [assembler, "-c", f"-arch=sm_{major}{minor}", "-v", "kernel.ptx", "-o", "kernel.cubin"],
            cwd=folder, capture_output=True, text=True, check=True,
        )  # fmt: skip
    used = re.findall(r"Used \d+ registers|\d+ bytes (?:stack frame|spill \w+)", made.stderr)
    print(f"ptxas: {time.perf_counter() - begun:.0f} s; {'; '.join(used)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
