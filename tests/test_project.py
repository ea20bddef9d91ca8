"""What a stranger meets first: targets, pins, licences, the wheel."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PINS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINNED = set(re.findall(r"^([a-z0-9._-]+)==", PINS, re.M))
UNPINNED = {"calibrate", "gpu"}  # extras that bring PyTorch or a CUDA toolkit


def make(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run make, as if not already inside one."""
    clean = {
        name: value for name, value in os.environ.items() if "MAKE" not in name and name != "MFLAGS"
    }
    return subprocess.run(
        ["make", *words], cwd=cwd, env=clean, capture_output=True, text=True, check=False
    )


def requirement(text: str) -> str:
    """Normalised name in a requirement."""
    return re.split(r"[\[<>=!~; ]", text)[0].lower().replace("_", "-")


def test_make_says_what_it_can_make() -> None:
    done = make()
    assert done.returncode == 0
    for target in ("run", "test", "check", "verify", "bench", "docs", "baseline", "read-eval"):
        assert re.search(rf"^make {target} +\S", done.stdout, re.M), target


def test_every_target_s_script_exists() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    for script in re.findall(r"\$\(BIN\)/python (\S+\.py)", text):
        assert (ROOT / script).is_file(), script
    for module in re.findall(r"\$\(BIN\)/python -m (verification\S+)", text):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").is_file(), module


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout in which nothing is set up."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize("python", ["no-such-python", "false", ""])
def test_set_up_without_a_fit_python_says_what_to_do(bare: Path, python: str) -> None:
    done = make("setup", f"PYTHON={python}", cwd=bare)
    assert done.returncode
    assert "Python 3.11" in done.stdout
    assert "make PYTHON=" in done.stdout
    assert not (bare / ".venv").exists()


def test_a_set_up_cut_short_is_not_taken_for_done(bare: Path) -> None:
    (bare / "constraints.txt").write_text("no-such-package @ file:///nowhere\n", encoding="utf-8")
    (bare / ".venv" / "bin").mkdir(parents=True)
    (bare / ".venv" / "bin" / "python").symlink_to("/bin/false")  # left by a set-up cut short
    done = make("setup", f"PYTHON={sys.executable}", cwd=bare)
    assert done.returncode
    assert not (bare / ".venv" / ".installed").exists()
    half = bare / ".venv" / "bin" / "python"
    assert subprocess.run([half, "-m", "pip", "--version"], check=False).returncode == 0


def test_every_version_is_pinned_with_hashes_and_without_addresses() -> None:
    assert "://" not in PINS
    for block in re.split(r"\n(?=\S)", PINS.strip()):
        assert re.match(r"[a-z0-9._-]+==\S+", block), block[:60]
        assert "--hash=sha256:" in block, block[:60]


def test_pins_cover_what_the_project_asks_for() -> None:
    asked = [*PROJECT["build-system"]["requires"], *PROJECT["project"]["dependencies"], "editables"]
    for extra, names in PROJECT["project"]["optional-dependencies"].items():
        asked += [] if extra in UNPINNED else names
    assert {requirement(one) for one in asked} - {"maabar"} <= PINNED
    assert not PINNED & {"torch", "sbi", "numba-cuda"}


def test_nothing_pinned_is_gpl_only() -> None:
    read = 0
    for name in PINNED:
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:  # for another Python or system
            continue
        read += 1
        told = about.get("License-Expression") or " ".join(
            [(about.get("License") or "")[:80], *(about.get_all("Classifier") or [])]
        )
        choices = [one for one in told.split(" OR ") if "GPL" not in one and "GNU" not in one]
        assert choices, f"{name}: {told}"
    assert read > 50


def test_the_wheel_carries_the_data(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        entry = next(name for name in names if name.endswith("entry_points.txt"))
        assert "maabar = maabar.cli:main" in archive.read(entry).decode("utf-8")
    data = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "maabar").rglob("*.yaml")
    }
    assert len(data) > 20
    assert data <= names
    assert not {name for name in names if name.startswith(("tests/", "docs/"))}
