"""A small run of the tutorial's scenario with the real engine, made once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maabar.results.run import Run, run

SMALL: dict[str, Any] = {"replicates": 20, "days": 90}


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run("two-crossings", out=tmp_path_factory.mktemp("runs") / "small", threads=2, **SMALL)


@pytest.fixture(scope="session")
def hashes() -> Callable[[Path], dict[str, str]]:
    """Every file of a folder by its content, less the one file with clock times."""

    def read(folder: Path) -> dict[str, str]:
        return {
            str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(folder.rglob("*"))
            if file.is_file() and file.name != "timing.json"
        }

    return read
