"""What a stranger meets first: targets, pins, data in the package."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_make_says_what_it_can_make() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("run", "test", "check", "verify", "bench", "docs", "baseline"):
        assert re.search(rf"^make {target} +\S", done.stdout, re.M), target


def test_every_target_s_script_exists() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    for script in re.findall(r"\$\(BIN\)/python (\S+\.py)", text):
        assert (ROOT / script).is_file(), script
    for module in re.findall(r"\$\(BIN\)/python -m (verification\S+)", text):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").is_file(), module


def test_every_version_is_pinned_with_hashes_and_without_addresses() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9._-]+==\S+", block), block[:60]
        assert "--hash=sha256:" in block, block[:60]
    for name in ("hatchling", "editables", "numba", "pytest"):
        assert re.search(rf"^{name}==", text, re.M), name


def test_nothing_pinned_is_gpl() -> None:
    """Names of known GPL packages of the field; the list of pins is short enough to read."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower()
    for name in ("pyarabic", "tashaphyne", "qalsadi", "pyicu", "mysqlclient"):
        assert not re.search(rf"^{name}==", text, re.M), name


def test_data_ships_in_the_package() -> None:
    package = ROOT / "src" / "maabar"
    for name in ("asharah", "two-crossings", "siege"):
        assert (package / "scenario" / "examples" / name / "scenario.yaml").is_file()
    assert 'packages = ["src/maabar"]' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
