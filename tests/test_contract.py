"""What every mechanism file declares is what it does: by its syntax tree, and seen from outside."""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numba
import numpy as np
import pytest

from maabar.engine import events as kinds
from maabar.engine import process
from maabar.engine.day import DAY
from maabar.engine.kernel import kernel, own_kernel
from maabar.variables import EVENTS, STATE, WORLD
from tests import contract

ROOT = Path(__file__).resolve().parent.parent
FILES = contract.mechanism_files()
IDS = [path.stem for path in FILES]
SECTIONS = ("Source", "Assumes", "Draws", "Emits")
LITERALS = {0.0, 0.5, 1.0, 2.0}
SET_KINDS = {"closure", "opening", "pay change", "toll change", "change"}
"""Kinds of event that the world's timeline names by number."""
ALLOCATIONS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
every_file = pytest.mark.parametrize("path", FILES, ids=IDS)


def module(path: Path) -> ModuleType:
    """A mechanism."""
    return importlib.import_module(f"maabar.mechanisms.{path.stem}")


def section(path: Path, name: str) -> str:
    """What the docstring says under one heading, on one line."""
    text = ast.get_docstring(contract.tree(path)) or ""
    found = re.search(rf"^{name}: (.*?)(?=^[A-Z][a-z]+:|\Z)", text, re.M | re.S)
    return " ".join(found.group(1).split()).removesuffix(".") if found else ""


def test_every_mechanism_of_the_day_has_its_file() -> None:
    assert sorted(DAY) == IDS


def test_the_day_is_in_the_order_of_the_docs() -> None:
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\d+\. \[?`([a-z]+)`", text, re.M)) == DAY
    headings = re.findall(r"^### ([a-z]+)$", text, re.M)
    assert tuple(one for one in headings if one in DAY) == DAY


# -- by the tree -----------------------------------------------------------------------------------


@every_file
def test_reads_and_writes_are_those_of_the_tree(path: Path) -> None:
    found, mine = contract.access(path, path.stem), module(path)
    assert set(mine.READS) == found.reads
    assert set(mine.WRITES) == found.writes
    assert [*mine.READS, *mine.WRITES] == [*sorted(set(mine.READS)), *sorted(set(mine.WRITES))]


@every_file
def test_fields_are_in_the_registry(path: Path) -> None:
    tables = {"world": WORLD, "state": STATE}
    for name in (*module(path).READS, *module(path).WRITES):
        side, table, *field = name.split(".")
        if field and table != "veto":
            assert field[0] in [one.name for one in tables[side][table].fields], name


@every_file
def test_inputs_are_never_written(path: Path) -> None:
    """The world is given; only the timeline changes it, through its buffer, and `derive` after it."""
    written = {name for name in module(path).WRITES if name.startswith("world.")}
    inputs = {
        f"world.{table}.{field.name}"
        for table, spec in WORLD.items()
        for field in spec.fields
        if field.kind == "input"
    }
    if path.stem == "timeline":
        assert "world.raw" in written
        assert written & inputs <= {"world.group_patron.distance"}  # 0 to its founder
    else:
        assert not written


@every_file
def test_draws_and_events_are_declared(path: Path) -> None:
    found, mine = contract.access(path, path.stem), module(path)
    assert {*mine.PROCESS} == {getattr(process, name) for name in found.draws}
    names = {EVENTS[getattr(kinds, name)].name for name in found.emits}
    assert {*mine.EMITS} == names | (SET_KINDS if path.stem == "timeline" else set())
    assert len({*mine.PROCESS}) == len(mine.PROCESS)
    assert len({*mine.EMITS}) == len(mine.EMITS)


@every_file
def test_docstring_says_source_assumptions_draws_and_events(path: Path) -> None:
    mine = module(path)
    assert all(section(path, name) for name in SECTIONS)
    names = {value: name for name, value in vars(process).items() if name.isupper()}
    draws = {names[number] for number in mine.PROCESS} or {"nothing"}
    assert {*section(path, "Draws").split(", ")} == draws
    assert {*section(path, "Emits").split(", ")} == {*(mine.EMITS or ["nothing"])}


def test_no_two_mechanisms_share_a_process() -> None:
    used: dict[int, str] = {}
    for path in FILES:
        for number in module(path).PROCESS:
            assert used.setdefault(number, path.stem) == path.stem, number


@every_file
def test_no_number_is_hidden_in_the_code(path: Path) -> None:
    """Every number comes from the world, hence can carry a claim."""
    for node in ast.walk(contract.tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            assert node.value in LITERALS, f"{path.name}:{node.lineno} {node.value}"


def aliases(tree: ast.AST) -> list[str]:
    """Uses of world and state other than `world.table[...].field`, `.shape`, or handing them on."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Name) or node.id not in ("world", "state"):
            continue
        table = parents[node]
        if isinstance(table, ast.Call) and node in table.args:
            continue
        buffer = isinstance(table, ast.Attribute) and table.attr in ("raw", "words")
        row = parents.get(table)
        fine = isinstance(table, ast.Attribute) and (
            (isinstance(row, ast.Attribute) and row.attr == "shape")
            or (isinstance(row, ast.Subscript) and row.value is table and buffer)
            or (
                isinstance(row, ast.Subscript)
                and row.value is table
                and isinstance(parents[row], ast.Attribute)
            )
        )
        if not fine:
            found.append(f"{node.lineno}: {ast.unparse(row or table)}")
    return found


@every_file
def test_tables_have_no_aliases(path: Path) -> None:
    assert not aliases(contract.tree(path))


@pytest.mark.parametrize(
    "code",
    [
        "row = state.group[g]",
        "table = world.place",
        "for row in state.group: pass",
        "f(state.group)",
        "w = world",
        "x = state.group['cash']",
        "one, other = state.group[g], 0",
    ],
)
def test_an_alias_is_seen(code: str) -> None:
    assert aliases(ast.parse(code))


@every_file
def test_nothing_is_allocated_and_no_other_chance_is_used(path: Path) -> None:
    for node in ast.walk(contract.tree(path)):
        assert not isinstance(node, ALLOCATIONS), f"{path.name}:{node.lineno}"
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert not called.startswith(("np.", "numpy.", "random.")), f"{path.name} {called}"


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")  # type: ignore[attr-defined]
def test_a_kernel_that_allocates_does_not_compile() -> None:
    @kernel
    def greedy(n):  # type: ignore[no-untyped-def]
        return np.zeros(n).sum()

    with pytest.raises(numba.errors.TypingError, match="returning of array passed"):
        greedy.compile((numba.types.int64,))
    own_kernel(greedy.py_func).compile((numba.types.int64,))  # a user's may


@every_file
def test_one_entry_function_of_the_file_s_name(path: Path) -> None:
    entry = contract.functions(path)[path.stem]
    assert [one.arg for one in entry.args.args] == ["world", "state", "log", "key", "day"]
    for function in contract.functions(path).values():
        assert [ast.unparse(one) for one in function.decorator_list] == ["kernel"], function.name
        assert ast.get_docstring(function), function.name


@every_file
def test_every_helper_is_called(path: Path) -> None:
    called = {
        node.func.id
        for node in ast.walk(contract.tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert contract.functions(path).keys() - called <= {path.stem}


def test_writing_declarations_again_changes_nothing(tmp_path: Path) -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert contract.declared(text, path) == text, path.name


# -- from outside ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    """What `tests.footprint` finds with the compiler off."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", "tests.footprint"],
        cwd=ROOT, env=os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": path},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_bytes_of_undeclared_fields_are_neither_read_nor_written(seen: dict[str, Any]) -> None:
    assert seen["wrong"] == []
    assert len(seen["seen"]) >= 20  # kinds of event that happened meanwhile


def test_what_is_hidden_is_seen(seen: dict[str, Any]) -> None:
    assert seen["caught"].pop("nothing") == []
    for trick, findings in seen["caught"].items():
        assert findings, trick
