"""The layout keeps its rules: who imports whom, what is never done, how long a file may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tokenize
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "maabar"
FILES = sorted(PACKAGE.rglob("*.py"))
DECLARATIONS = {"READS", "WRITES", "PROCESS", "EMITS"}
FORBIDDEN = re.compile(r"core|common|base|utils?|helpers?|misc|managers?|handlers?")

# Lines of code: without docstrings, comments, blank lines and a mechanism's declarations.
LONGEST, LONGEST_MECHANISM = 400, 200
# What is longer, and may not grow.
LONGER = {
    "maabar.mechanisms.deployment": 380,
    "maabar.mechanisms.diplomacy": 300,
    "maabar.mechanisms.posture": 215,
    "maabar.mechanisms.strikes": 215,
    "maabar.mechanisms.trade": 215,
    "maabar.variables": 1200,  # the registry: one table
    "maabar.world": 460,
}


def module(path: Path) -> str:
    """Dotted name of a file."""
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return name.removesuffix(".__init__")


def under(*folders: str) -> list[Path]:
    """Files in folders of the package."""
    return [path for path in FILES if path.relative_to(PACKAGE).parts[0] in folders]


def each(paths: list[Path]) -> pytest.MarkDecorator:
    """A test over files, named by module."""
    return pytest.mark.parametrize("path", paths, ids=module)


@cache
def tree(path: Path) -> ast.Module:
    """Syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(source: ast.AST) -> set[str]:
    """What is imported, anywhere; of the package, the submodules and not the names in them."""
    found = set()
    for node in ast.walk(source):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import"
            assert node.module
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            inside = {name for name in names if exists(name)}
            found |= inside | ({node.module} if len(inside) < len(names) else set())
    return found


def exists(name: str) -> bool:
    """Whether a dotted name is a module of the package."""
    place = PACKAGE.parent.joinpath(*name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def inner(path: Path) -> set[str]:
    """Modules of the package that a file imports."""
    return {name for name in modules(tree(path)) if name.split(".")[0] == "maabar"}


def outer(path: Path) -> set[str]:
    """Distributions and standard modules that a file imports."""
    return {name.split(".")[0] for name in modules(tree(path))} - {"maabar"}


def within(names: set[str], *allowed: str) -> bool:
    """Whether all names are the allowed modules or below them."""
    return all(any(name == one or name.startswith(f"{one}.") for one in allowed) for name in names)


def called(node: ast.AST) -> str:
    """Dotted name of what a call calls, else nothing."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def leaves() -> set[str]:
    """Modules of the engine by which the folder of compiled code is named."""
    from maabar.engine.kernel import LEAVES

    return {module(Path(path)) for path in LEAVES}


def violations(source: ast.AST) -> list[str]:
    """What a file may never do: run text, unpickle, or read YAML by another than the safe C loader."""
    found = []
    for node in ast.walk(source):
        name = called(node)
        if name in {"eval", "exec", "compile", "__import__", "os.system"}:
            found.append(name)
        elif name.startswith("yaml.") and re.search(r"load|parse|compose|scan", name):
            assert isinstance(node, ast.Call)
            given = [*node.args[1:2], *(one.value for one in node.keywords if one.arg == "Loader")]
            if not re.search(r"\.(load|load_all|parse|compose|compose_all|scan)$", name) or [
                ast.unparse(one) for one in given
            ] != ["yaml.CSafeLoader"]:
                found.append(ast.unparse(node))
    return found + sorted(
        name for name in modules(source) if name.split(".")[0] in {"pickle", "marshal", "shelve"}
    )


def powers(source: ast.AST) -> list[int]:
    """Lines with a power, but for powers of literals, which are constants."""
    found = []
    for node in ast.walk(source):
        binary = isinstance(node, ast.BinOp) and not (
            isinstance(node.left, ast.Constant) and isinstance(node.right, ast.Constant)
        )
        power = isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow)
        if power and (binary or isinstance(node, ast.AugAssign)):
            found.append(node.lineno)
        elif called(node) in {"pow", "np.power", "np.float_power"}:
            found.append(node.lineno)  # type: ignore[attr-defined]
    return found


def length(path: Path) -> int:
    """Lines of code of a file."""
    dull: set[int] = set()
    for node in ast.walk(tree(path)):
        told = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        declared = isinstance(node, ast.Assign) and DECLARATIONS & {
            target.id for target in node.targets if isinstance(target, ast.Name)
        }
        if told or declared:
            dull |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    nothing = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    lines: set[int] = set()
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type not in nothing | {tokenize.ENCODING, tokenize.ENDMARKER}:
                lines |= set(range(token.start[0], token.end[0] + 1))
    return len(lines - dull)


def test_the_package_is_found() -> None:
    assert len(under("mechanisms")) == 13
    assert {"engine", "ensemble", "mechanisms", "reader", "results", "scenario"} <= {
        path.name for path in PACKAGE.iterdir()
    }


@each(under("mechanisms"))
def test_mechanisms_import_only_the_leaves(path: Path) -> None:
    assert inner(path) <= leaves()
    assert outer(path) <= {"__future__", "math", "typing", "numpy", "numba"}


@each(under("engine"))
def test_the_engine_imports_numpy_numba_and_itself(path: Path) -> None:
    known = ["maabar.engine", "maabar.variables"]
    if path.stem == "begin":  # tolls at rest are those of the day's trade
        known.append("maabar.mechanisms.trade")
    assert within(inner(path), *known), inner(path)
    assert outer(path) <= {"numpy", "numba", *sys.stdlib_module_names}
    if module(path) in leaves():
        assert inner(path) <= leaves(), "a leaf calls what the name of the cache does not cover"


@each(under("scenario"))
def test_scenarios_know_nothing_of_engine_and_results(path: Path) -> None:
    known = ("maabar.scenario", "maabar.errors", "maabar.variables", "maabar.sentence")
    assert within(inner(path), *known), inner(path)
    assert not outer(path) & {"numpy", "numba", "xarray", "zarr", "pyarrow", "typer", "rich"}


@each(under("reader"))
def test_the_reader_knows_claims_only(path: Path) -> None:
    known = {"maabar", "maabar.errors", "maabar.scenario.claims", "maabar.sentence"}
    assert {name for name in inner(path) if not name.startswith("maabar.reader")} <= known
    if "maabar" in inner(path):
        names = [
            {alias.name for alias in node.names}
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ImportFrom) and node.module == "maabar"
        ]
        assert all(one <= {"__version__", "errors", "sentence", "reader"} for one in names), names


@each([path for path in FILES if path.stem != "__main__"])
def test_nothing_imports_the_command_line(path: Path) -> None:
    faces = {"maabar.cli", "maabar.server"} - {".".join(module(path).split(".")[:2])}
    assert not {name for name in inner(path) if ".".join(name.split(".")[:2]) in faces}


@each([path for path in FILES if path.stem not in {"plots", "report"}])
def test_pictures_are_drawn_in_plots_only(path: Path) -> None:
    assert "matplotlib" not in outer(path)


@each(FILES)
def test_files_are_named_by_a_noun_and_short(path: Path) -> None:
    assert not FORBIDDEN.fullmatch(path.stem)
    mechanism = path.parent.name == "mechanisms"
    assert length(path) <= LONGER.get(module(path), LONGEST_MECHANISM if mechanism else LONGEST), (
        length(path)
    )


@each(FILES)
def test_nothing_is_executed_and_yaml_is_read_safely(path: Path) -> None:
    assert not violations(tree(path))


@each(under("mechanisms", "engine"))
def test_kernels_take_no_powers(path: Path) -> None:
    """Compiled and uncompiled powers differ in the last digit; write a product."""
    assert not powers(tree(path))


@pytest.mark.parametrize(
    "text",
    [
        "eval('1')",
        "exec(text)",
        "import pickle",
        "from pickle import loads",
        "yaml.load(text)",
        "yaml.load(text, Loader=yaml.Loader)",
        "yaml.safe_load(text)",
        "yaml.full_load(text)",
        "yaml.compose(text, _Loader)",
    ],
)
def test_what_is_forbidden_is_seen(text: str) -> None:
    assert violations(ast.parse(text))


@pytest.mark.parametrize("text", ["x**2", "x **= 2", "2**x", "np.power(x, 2)", "pow(x, 2)"])
def test_powers_are_seen(text: str) -> None:
    assert powers(ast.parse(text)) == [1]


def test_relative_imports_are_seen() -> None:
    with pytest.raises(AssertionError, match="relative"):
        modules(ast.parse("from .world import build"))


def test_safe_reading_and_constants_pass() -> None:
    text = "yaml.load(text, Loader=yaml.CSafeLoader)\nyaml.parse(text, yaml.CSafeLoader)\n2**53"
    assert not violations(ast.parse(text))
    assert not powers(ast.parse(text))


def imported_by(*words: str, then: str = "from maabar.cli import main; main()") -> set[str]:
    """Top-level modules in memory after a command of a fresh interpreter."""
    code = (
        f"import sys\nsys.argv = ['maabar', *{list(words)}]\n"
        f"try:\n    {then}\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


HEAVY = {"numpy", "numba", "xarray", "zarr", "pyarrow", "pandas", "scipy", "dask", "matplotlib"}


def test_importing_maabar_imports_nothing_else() -> None:
    seen = imported_by(then="import maabar")
    assert "maabar" in seen
    assert not seen & (HEAVY | {"pydantic", "yaml", "typer", "rich"})


def test_help_needs_neither_pydantic_nor_numpy() -> None:
    assert not imported_by("--help") & (HEAVY | {"pydantic"})


def test_listing_needs_no_heavy_import() -> None:
    assert not imported_by("list") & HEAVY


def committed() -> list[Path]:
    """Files that git tracks; none where this is not a checkout."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    return [ROOT / name for name in done.stdout.decode("utf-8").split("\0") if name]


def test_no_committed_file_names_a_registry_or_a_workplace() -> None:
    """Addresses belong to a machine's settings; put together here, so that this file passes too."""
    hosts = (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("debian", "org"))
    needles = [*(".".join(one) for one in hosts), "/".join(("", "work", ""))]
    paths = [path for path in committed() if path.is_file()]
    if not paths:
        pytest.skip("not a git checkout")
    for path in paths:
        text = path.read_bytes()
        found = [needle for needle in needles if needle.encode() in text]
        assert not found, f"{path.relative_to(ROOT)}: {found}"
