"""What every mechanism file declares is what it does."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest

from maabar.engine import events as kinds
from maabar.engine import process
from maabar.engine.day import DAY
from maabar.variables import EVENTS, FIRST_MORNING, STATE, WORLD
from tests import contract

FILES = contract.mechanism_files()
IDS = [path.stem for path in FILES]
ALLOWED = {0.0, 0.5, 1.0, 2.0}


def module(path: Path):  # type: ignore[no-untyped-def]
    return importlib.import_module(f"maabar.mechanisms.{path.stem}")


def test_every_mechanism_of_the_day_has_its_file() -> None:
    assert sorted(DAY) == IDS


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_reads_and_writes_are_those_of_the_tree(path: Path) -> None:
    found = contract.access(path, path.stem)
    assert set(module(path).READS) == found.reads
    assert set(module(path).WRITES) == found.writes


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_fields_are_in_the_registry(path: Path) -> None:
    tables = {"world": WORLD, "state": STATE}
    for name in (*module(path).READS, *module(path).WRITES):
        parts = name.split(".")
        if len(parts) == 3 and parts[1] != "veto":
            names = [field.name for field in tables[parts[0]][parts[1]].fields]
            assert parts[2] in names, name


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_inputs_are_never_written(path: Path) -> None:
    """The world is given; only the timeline changes it, through its buffer, and `derive` after it."""
    written = {name for name in module(path).WRITES if name.startswith("world.")}
    if path.stem == "timeline":
        inputs = {
            f"world.{table}.{field.name}"
            for table, spec in WORLD.items()
            for field in spec.fields
            if field.kind == "input"
        }
        assert written & inputs <= {"world.group_patron.distance"}
        assert "world.raw" in written
    else:
        assert not written


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_draws_and_events_are_declared(path: Path) -> None:
    found = contract.access(path, path.stem)
    numbers = {getattr(process, name) for name in found.draws}
    assert set(module(path).PROCESS) == numbers
    names = {EVENTS[getattr(kinds, name)].name for name in found.emits}
    assert set(module(path).EMITS) >= names
    silent = set(module(path).EMITS) - names
    assert silent <= ({"closure", "opening", "pay change", "toll change", "change"})


def test_no_two_mechanisms_share_a_process() -> None:
    used: dict[int, str] = {}
    for path in FILES:
        for number in module(path).PROCESS:
            assert used.setdefault(number, path.stem) == path.stem, number
    numbers = [value for name, value in vars(process).items() if name.isupper()]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_docstring_says_where_it_comes_from(path: Path) -> None:
    text = ast.get_docstring(contract.tree(path)) or ""
    for word in ("Source:", "Assumes:", "Draws:", "Emits:"):
        assert word in text, word


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_no_number_is_hidden_in_the_code(path: Path) -> None:
    for node in ast.walk(contract.tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            assert node.value in ALLOWED, f"{path.name}:{node.lineno} {node.value}"
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            assert not isinstance(node.right, ast.Constant), f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_tables_have_no_aliases_and_nothing_is_allocated(path: Path) -> None:
    for node in ast.walk(contract.tree(path)):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute | ast.Subscript):
            text = ast.unparse(node.value)
            tables = [
                f"{root}.{name}"
                for root, all_ in (("world", WORLD), ("state", STATE))
                for name in all_
            ]
            bare = text.split("[")[0]
            assert not (bare in tables and text.count("]") and text.endswith("]")), text
            assert text not in tables, text
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert not called.startswith(("np.", "numpy.")), f"{path.name}:{node.lineno} {called}"
        assert not isinstance(node, ast.ListComp | ast.DictComp | ast.SetComp | ast.List | ast.Dict)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_one_entry_function_of_the_file_s_name(path: Path) -> None:
    entry = contract.functions(path)[path.stem]
    assert [one.arg for one in entry.args.args] == ["world", "state", "log", "key", "day"]


def test_what_is_read_on_the_first_morning_only_is_named() -> None:
    """A dated change of it would do nothing and is a finding (E059)."""
    engine = contract.SOURCE / "engine"
    daily: set[str] = set()
    for path, entry in (
        *((path, path.stem) for path in FILES),
        (engine / "derive.py", "derive"),
        (engine / "census.py", "census"),
    ):
        daily |= contract.access(path, entry).reads
    unread = {
        re.sub(r"\{\w+\}", "*", field.path)
        for table, spec in WORLD.items()
        for field in spec.fields
        if field.path and f"world.{table}.{field.name}" not in daily
    }
    through_another = {"behaviour.allegiance.distance"}  # read as group_patron.distance
    assert unread - set(FIRST_MORNING) <= through_another
    assert set(FIRST_MORNING) <= unread
