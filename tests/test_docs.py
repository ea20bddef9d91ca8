"""The docs are true: lists, links, anchors, commands, quoted outputs, examples."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import typer

import maabar
from maabar.engine.day import DAY
from maabar.variables import BEHAVIOUR

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
MODULES = sorted(
    one.name
    for one in pkgutil.walk_packages(maabar.__path__, "maabar.")
    if not one.name.endswith("__main__")
)


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


fill = _script("fill")


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text_of(page), flags=re.M | re.S)


def anchors(page: Path) -> set[str]:
    """Where a link into a page may lead, as GitHub names its headings."""
    heads = re.findall(r"^#+ (.+)$", prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}


def test_the_order_of_a_day_is_the_one_written_down() -> None:
    text = text_of(DOCS / "model.md")
    assert tuple(re.findall(r"^\d+\. \[`(\w+)`\]", text, re.M)) == DAY
    assert tuple(re.findall(r"^### (\w+)$", text, re.M)) == DAY


def test_every_parameter_stands_in_the_model_once() -> None:
    rows = re.findall(r"^\| `(behaviour\.[\w.]+)` \|", text_of(DOCS / "model.md"), re.M)
    assert sorted(rows) == sorted(one.path for one in BEHAVIOUR)


@pytest.mark.parametrize("name", DAY)
def test_every_draw_of_a_mechanism_has_its_keys_in_the_model(name: str) -> None:
    """Each process is named beside what keys it: after the generated list, with i and j."""
    text = text_of(DOCS / "model.md")
    section = text.split(f"\n### {name}\n")[1].split("\n### ")[0]
    listed, _, below = section.partition("Draws: ")[2].partition("<!-- /fill -->")
    for process in re.findall(r"`([A-Z_]+)`", listed.partition("Emits:")[0]):
        spread = process.replace("CHALLENGER", "...").replace("HOLDER", "...")
        alone = "all others" in below
        assert f"`{process}`" in below or f"`{spread}`" in below or alone, process


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\(([^)#\s]*)#?([^)]*)\)", prose(page)):
        if "://" in target or target.startswith("mailto:"):
            continue
        other = page.parent / target if target else page
        assert other.exists(), target
        if anchor and other.suffix == ".md":
            assert anchor in anchors(other), f"{target}#{anchor}"


def test_the_index_names_every_page() -> None:
    named = set(re.findall(r"\]\(([\w-]+\.md)\)", text_of(DOCS / "index.md")))
    assert named == {page.name for page in DOCS.glob("*.md")} - {"index.md"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_that_are_named_exist(page: Path) -> None:
    from maabar.cli import app

    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    code = [block.body for block in fill.blocks(text_of(page)) if block.language in ("", "sh")]
    code += re.findall(r"`([^`\n]+)`", prose(page))
    for text in code:
        for word in re.findall(r"^(?:\S*/)?maabar ([a-z]\S*)", text, re.M):
            assert word in known, word


@pytest.mark.parametrize("name", fill.PAGES)
def test_tables_are_those_of_the_code(name: str) -> None:
    text = text_of(DOCS / f"{name}.md")
    assert fill.filled(text) == text, "stale: run docs/fill.py"


@pytest.mark.parametrize("name", fill.PAGES)
def test_commands_run_and_print_what_is_quoted(name: str, tmp_path: Path) -> None:
    """Quoted numbers bind on Python 3.11, as golden baselines do; elsewhere what lines say does."""
    text = text_of(DOCS / f"{name}.md")
    for _, output, quote in fill.play(text, tmp_path):
        if quote:
            now = fill.like(quote.body, output)
            assert sys.version_info[:2] != (3, 11) or now == quote.body, "stale: run docs/fill.py"


def test_a_quote_that_is_not_printed_is_told() -> None:
    assert fill.like("...\n b 2\n", "a 1\n b 3\n c 4\n") == "...\n b 3\n...\n"
    with pytest.raises(RuntimeError, match="nothing printed"):
        fill.like("...\n d 2\n", "a 1\n b 3\n")


@pytest.mark.parametrize("name", ["maabar", *MODULES])
def test_examples_in_docstrings_run(name: str, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    found = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert found.failed == 0


def test_generated_pages_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
