"""The layout keeps its rules: who imports whom, what is never done, how long a file may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "maabar"
FILES = sorted(PACKAGE.rglob("*.py"))
FORBIDDEN_NAMES = {
    "core",
    "common",
    "base",
    "utils",
    "util",
    "helpers",
    "helper",
    "misc",
    "manager",
    "handler",
}
LEAVES = {
    "kernel",
    "process",
    "rng",
    "state",
    "events",
    "fear",
    "force",
    "points",
    "holding",
    "derive",
    "flow",
}
HOST = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian|/opt/pypi|/work/")


def module(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(
        ".__init__"
    )


def imports(path: Path) -> set[str]:
    """Modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def inner(path: Path) -> set[str]:
    return {name for name in imports(path) if name.startswith("maabar")}


def under(folder: str) -> list[Path]:
    return [path for path in FILES if path.relative_to(PACKAGE).parts[0] == folder]


@pytest.mark.parametrize("path", under("mechanisms"), ids=lambda p: p.stem)
def test_mechanisms_import_only_the_leaves(path: Path) -> None:
    for name in imports(path):
        if name.startswith("maabar"):
            assert (
                name.split(".")[1] == "variables"
                or name.split(".")[2:3] == []
                or name.split(".")[2] in LEAVES
            ), name
        else:
            assert name.split(".")[0] in {"math", "__future__"}, name


@pytest.mark.parametrize("path", under("engine"), ids=lambda p: p.stem)
def test_the_engine_imports_numpy_numba_and_itself(path: Path) -> None:
    for name in inner(path):
        allowed = name.startswith(("maabar.engine", "maabar.variables"))
        if path.stem == "begin":  # tolls at rest are those of the day's trade
            allowed |= name.startswith("maabar.mechanisms.trade")
        assert allowed, name
    outside = {name.split(".")[0] for name in imports(path) if not name.startswith("maabar")}
    assert not outside & {"xarray", "zarr", "pyarrow", "pydantic", "yaml", "typer", "rich", "scipy"}


@pytest.mark.parametrize("path", under("scenario"), ids=lambda p: p.stem)
def test_scenarios_know_nothing_of_engine_and_results(path: Path) -> None:
    for name in inner(path):
        known = ("maabar.scenario", "maabar.errors", "maabar.variables", "maabar.sentence")
        assert name == "maabar" or name.startswith(known), name


@pytest.mark.parametrize("path", under("reader") or [PACKAGE / "errors.py"], ids=lambda p: p.stem)
def test_the_reader_knows_claims_only(path: Path) -> None:
    for name in inner(path):
        allowed = name == "maabar" or name.startswith(
            ("maabar.reader", "maabar.errors", "maabar.scenario", "maabar.__version__")
        )
        assert allowed, name


@pytest.mark.parametrize("path", FILES, ids=module)
def test_nothing_imports_the_command_line(path: Path) -> None:
    if not path.stem.startswith("cli"):
        assert not {
            name
            for name in inner(path)
            if name.split(".")[1:2] and name.split(".")[1] in {"cli", "server"}
        }


@pytest.mark.parametrize("path", FILES, ids=module)
def test_pictures_are_drawn_in_plots_only(path: Path) -> None:
    if path.stem not in {"plots", "report"}:
        assert not {name for name in imports(path) if name.split(".")[0] == "matplotlib"}


@pytest.mark.parametrize("path", FILES, ids=module)
def test_files_are_named_by_a_noun_and_short(path: Path) -> None:
    assert path.stem not in FORBIDDEN_NAMES
    lines = path.read_text(encoding="utf-8").splitlines()
    code = [line for line in lines if not re.match(r'    "(world|state)\.[a-z_.]+",$', line)]
    limit = 1200 if path.stem == "variables" else 600
    assert len(code) <= limit, len(code)


@pytest.mark.parametrize("path", FILES, ids=module)
def test_nothing_is_executed_and_yaml_is_read_safely(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"eval", "exec", "pickle.load", "pickle.loads", "os.system"}, (
                called
            )
            if called in {"yaml.load", "yaml.load_all"}:
                text = ast.unparse(node)
                assert "CSafeLoader" in text or "Loader=_Loader" in text, text
            assert called not in {"yaml.unsafe_load", "yaml.full_load"}
    assert "pickle" not in imports(path)


def test_no_integer_powers_in_kernels() -> None:
    """Compiled and uncompiled differ in the last digit."""
    for path in (*under("mechanisms"), *under("engine")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and path.stem != "rng":
                raise AssertionError(f"{path.name}:{node.lineno}")


def test_importing_maabar_imports_nothing_else() -> None:
    code = "import sys, maabar; print(sorted({m.split('.')[0] for m in sys.modules} & {'numpy', 'numba', 'pydantic', 'xarray', 'yaml', 'typer'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_listing_needs_neither_numpy_nor_numba() -> None:
    code = (
        "import sys; sys.argv = ['maabar', 'list']\n"
        "from maabar.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'numpy', 'numba', 'xarray'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def committed() -> list[str]:
    done = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.split()


def test_no_committed_file_names_a_registry_or_a_workplace() -> None:
    names = [name for name in committed() if name != "tests/test_architecture.py"]
    if not names:
        pytest.skip("not a git checkout")
    for name in names:
        path = ROOT / name
        if path.is_file() and path.suffix in {".py", ".toml", ".txt", ".md", ".yaml", "", ".in"}:
            found = HOST.search(path.read_text(encoding="utf-8", errors="ignore"))
            assert not found, f"{name}: {found and found.group()}"
