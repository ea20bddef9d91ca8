"""What a mechanism reads, writes, draws and emits, read off its syntax tree.

python -m tests.contract --write     # bring READS and WRITES up to date
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import maabar

SOURCE = Path(maabar.__file__).resolve().parent
MECHANISMS = SOURCE / "mechanisms"
_TABLES = ("world", "state")


class Access(NamedTuple):
    """Fields that a function and all that it calls touch."""

    reads: frozenset[str]
    writes: frozenset[str]
    draws: frozenset[str]
    emits: frozenset[str]


@cache
def tree(path: Path) -> ast.Module:
    """Syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    """Functions that a file defines."""
    return {one.name: one for one in tree(path).body if isinstance(one, ast.FunctionDef)}


def imported(path: Path) -> dict[str, tuple[Path, str]]:
    """Names that a file takes from the engine or other mechanisms, with where they are defined."""
    found = {}
    for one in tree(path).body:
        if isinstance(one, ast.ImportFrom) and (one.module or "").startswith("maabar."):
            file = SOURCE.joinpath(*one.module.split(".")[1:]).with_suffix(".py")
            if file.is_file():
                found |= {name.asname or name.name: (file, name.name) for name in one.names}
    return found


def _field(node: ast.AST) -> str | None:
    """``world.table[...].field`` as "world.table.field"."""
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Subscript):
        return None
    table = node.value.value
    if (
        isinstance(table, ast.Attribute)
        and isinstance(table.value, ast.Name)
        and table.value.id in _TABLES
    ):
        return f"{table.value.id}.{table.attr}.{node.attr}"
    return None


def _buffer(node: ast.AST) -> str | None:
    """``world.raw[...]`` as "world.raw"."""
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Attribute)
        and isinstance(node.value.value, ast.Name)
        and node.value.value.id in _TABLES
        and node.value.attr in ("raw", "words")
    ):
        return f"{node.value.value.id}.{node.value.attr}"
    return None


def _own(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Kind and name of everything that one function touches itself."""
    for node in ast.walk(function):
        name = _field(node) or _buffer(node)
        if name:
            stored = isinstance(node.ctx, ast.Store)  # type: ignore[attr-defined]
            yield ("writes" if stored else "reads"), name
        if isinstance(node, ast.AugAssign):
            target = _field(node.target) or _buffer(node.target)
            if target:
                yield "reads", target
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "process"
        ):
            yield "draws", node.attr


def _emitted(path: Path, function: ast.FunctionDef) -> Iterator[str]:
    """Constants of `events` that one function names."""
    known = imported(path)
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id in known:
            file, name = known[node.id]
            if file.stem == "events" and name.isupper():
                yield name


def access(path: Path, name: str) -> Access:
    """Everything that a function and its callees touch."""
    seen: set[tuple[Path, str]] = set()
    found: dict[str, set[str]] = {"reads": set(), "writes": set(), "draws": set(), "emits": set()}
    queue = [(path, name)]
    while queue:
        here = queue.pop()
        if here in seen:
            continue
        seen.add(here)
        file, entry = here
        function = functions(file).get(entry)
        if function is None:
            continue
        for kind, touched in _own(function):
            found[kind].add(touched)
        found["emits"].update(_emitted(file, function))
        elsewhere = imported(file)
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                called = node.func.id
                queue.append(elsewhere.get(called, (file, called)))
    return Access(*(frozenset(found[kind]) for kind in ("reads", "writes", "draws", "emits")))


def mechanism_files() -> list[Path]:
    """One file per mechanism."""
    return sorted(path for path in MECHANISMS.glob("*.py") if path.stem != "__init__")


def _tuple(name: str, fields: frozenset[str]) -> str:
    inner = "".join(f'    "{field}",\n' for field in sorted(fields))
    return f"{name} = (\n{inner})\n" if inner else f"{name} = ()\n"


def declared(text: str, path: Path) -> str:
    """The text of a file with READS and WRITES before PROCESS, as the tree has them."""
    text = re.sub(r"^(READS|WRITES) = \(\n(?:    .*\n)*\)\n", "", text, flags=re.M)
    text = re.sub(r"^(READS|WRITES) = \(.*\)\n", "", text, flags=re.M)
    found = access(path, path.stem)
    block = _tuple("READS", found.reads) + _tuple("WRITES", found.writes)
    return re.sub(r"^PROCESS = ", block + "PROCESS = ", text, count=1, flags=re.M)


if __name__ == "__main__" and "--write" in sys.argv:
    for each in mechanism_files():
        each.write_text(declared(each.read_text(encoding="utf-8"), each), encoding="utf-8")
