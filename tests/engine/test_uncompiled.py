"""The same functions compiled and uncompiled: the same events, floats to the last few digits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest

from tests.conftest import ready

DAYS = 75
PROGRAM = """
import sys, numpy as np
from tests.conftest import ready
chunk = ready("two-crossings").run(count=2, days=int(sys.argv[1]))
np.savez(sys.argv[2], series=chunk.series, events=chunk.events, causes=chunk.causes)
"""


@pytest.mark.uncompiled
@pytest.mark.skipif(not numba.config.DISABLE_JIT, reason="for coverage, with NUMBA_DISABLE_JIT=1")
@pytest.mark.parametrize("name", ["two-crossings", "siege", "asharah"])
def test_every_line_runs_uncompiled(name: str) -> None:
    chunk = ready(name).run(count=1, days=30 if name == "two-crossings" else 3)
    assert chunk.status[0] == 0
    assert len(chunk.series)


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="compares with compiled code")
def test_compiled_and_uncompiled_agree(tmp_path: Path) -> None:
    out = tmp_path / "plain.npz"
    subprocess.run(
        [sys.executable, "-c", PROGRAM, str(DAYS), str(out)],
        cwd=Path(__file__).resolve().parents[2], check=True,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )  # fmt: skip
    plain = np.load(out)
    compiled = ready("two-crossings").run(count=2, days=DAYS)
    assert np.allclose(compiled.series, plain["series"], rtol=1e-10, atol=1e-10)
    for name in ("replicate", "row", "day", "kind", "actor", "target", "place", "crossing", "end"):
        assert np.array_equal(compiled.events[name], plain["events"][name]), name
    assert np.allclose(compiled.events["amount"], plain["events"]["amount"], rtol=1e-9)
    assert np.array_equal(compiled.causes["cause"], plain["causes"]["cause"])
    assert len(compiled.events) > 10
