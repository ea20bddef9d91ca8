"""The docs are true: lists, links, examples."""

from __future__ import annotations

import doctest
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from maabar.engine.day import DAY

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = (
    "maabar", "maabar.world", "maabar.variables", "maabar.engine.kernel", "maabar.engine.day",
    "maabar.engine.warm", "maabar.scenario.quantity", "maabar.scenario.path", "maabar.scenario.load",
)  # fmt: skip


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.S)


def test_the_order_of_a_day_is_the_one_written_down() -> None:
    text = (ROOT / "docs/model.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\d+\. `(\w+)`$", text, re.M)) == DAY
    assert tuple(re.findall(r"^### (\w+)$", text, re.M)) == DAY


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("name", ["tutorial", "adding-a-mechanism"])
def test_python_in_the_docs_runs(name: str, tmp_path: Path) -> None:
    code = "\n".join(blocks(ROOT / "docs" / f"{name}.md", "python"))
    file = tmp_path / "example.py"
    file.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(file)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip()


def test_the_tutorial_s_commands_run(tmp_path: Path) -> None:
    """All of them, in order, with few replicates."""
    shell = "\n".join(blocks(ROOT / "docs/tutorial.md", "sh")).replace("400", "16")
    (tmp_path / "src").symlink_to(ROOT / "src")
    binaries = str(Path(sys.executable).parent)
    done = subprocess.run(
        ["bash", "-eu", "-c", shell], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PATH": f"{binaries}:{os.environ['PATH']}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "runs/base/summary.json").is_file()
    assert "Ford Guard" in done.stdout


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_in_docstrings_run(name: str, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    found = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert found.failed == 0


def test_generated_pages_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
