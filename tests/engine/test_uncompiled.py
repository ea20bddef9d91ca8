"""The kernels are plain Python: they give the same without the compiler."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest

from tests.engine.twin import sample

pytestmark = pytest.mark.uncompiled

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def twins(tmp_path_factory) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:  # type: ignore[no-untyped-def]
    """The same runs in this process and in one with the compiler switched over."""
    file = tmp_path_factory.mktemp("twin") / "twin.npz"
    off = bool(numba.config.DISABLE_JIT)  # type: ignore[attr-defined]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    other = os.environ | {"NUMBA_DISABLE_JIT": "0" if off else "1", "PYTHONPATH": path}
    command = [sys.executable, "-m", "tests.engine.twin", str(file)]
    subprocess.run(command, check=True, cwd=ROOT, env=other)
    with np.load(file) as theirs:
        return sample(), dict(theirs)


def test_decisions_are_the_same(twins) -> None:  # type: ignore[no-untyped-def]
    mine, theirs = twins
    assert mine.keys() == theirs.keys()
    assert sum(len(mine[name]) for name in mine if name.endswith("events")) > 500
    for name in mine:
        if mine[name].dtype.names:
            assert len(mine[name]) == len(theirs[name])
            for column in mine[name].dtype.names:
                if mine[name].dtype[column].kind == "i":
                    assert np.array_equal(mine[name][column], theirs[name][column]), (name, column)
        elif name.endswith("status"):
            assert not mine[name].any()
            assert not theirs[name].any()


def test_numbers_are_the_same_to_rounding(twins) -> None:  # type: ignore[no-untyped-def]
    mine, _ = twins
    for name in mine:
        columns = mine[name].dtype.names or ("",)
        for column in columns:
            one, other = (each[name][column] if column else each[name] for each in twins)
            size = np.abs(one).max(axis=(0, 1) if one.ndim == 3 else None, initial=1e-300)
            assert (np.abs(one - other) <= 1e-12 * size).all(), (name, column)
