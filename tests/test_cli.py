"""The command line: what it prints where, what it returns, and that it never shows a traceback."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer

import maabar
from maabar import cli
from maabar.cli import console

COMMANDS = (
    "list", "check", "describe", "coverage", "claims", "run", "events", "plot", "export",
)  # fmt: skip


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    def run(*arguments: str | Path) -> Said:
        with pytest.raises(SystemExit) as stop:
            cli.main([str(one) for one in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Said(int(stop.value.code or 0), out, err)

    return run


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return maabar.run(
        "two-crossings", replicates=16, days=60, out=tmp_path_factory.mktemp("cli") / "run"
    ).path


SMALL = ("run", "two-crossings", "--replicates", "16", "--days", "60")


def python(code: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, **more)


@pytest.mark.parametrize("arguments", [["list"], ["--help"], ["run", "--help"]])
def test_light_commands_import_nothing_heavy(arguments: list[str]) -> None:
    # nor pydantic through us: Typer 0.29 takes its own options through it
    heavy = ("numpy", "numba", "xarray", "pyarrow", "zarr", "matplotlib", "maabar.scenario.schema")
    made = python(
        "import sys\nfrom maabar.cli import main\n"
        f"try:\n    main({arguments})\nexcept SystemExit:\n    pass\n"
        f"print([one for one in {heavy} if one in sys.modules], file=sys.stderr)"
    )
    assert made.stderr.strip() == "[]"


def test_importing_maabar_imports_nothing_heavy() -> None:
    made = python(
        "import sys, maabar\nprint(sorted(set(sys.modules) & {'numpy', 'pydantic', 'typer', 'yaml'}))"
    )
    assert made.stdout.strip() == "[]"


def test_list(say: Callable[..., Said]) -> None:
    rows = say("list", "--json").document
    assert [set(row) for row in rows] == [{"id", "title", "groups", "crossings", "days"}] * 3
    small = next(row for row in rows if row["id"] == "two-crossings")
    assert (small["groups"], small["crossings"], small["days"]) == (3, 2, 180)
    said = say("list")
    assert "asharah" in said.out
    assert "العشارة" in say("list", "--lang", "ar").out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(say: Callable[..., Said], command: str) -> None:
    said = say(command, "--help")
    assert said.code == 0
    assert f"Example: maabar {command}" in " ".join(said.out.split())


def test_every_command_is_tested_here() -> None:
    named = {command.name or command.callback.__name__ for command in cli.app.registered_commands}
    assert set(COMMANDS) <= named


def test_check(say: Callable[..., Said], tmp_path: Path) -> None:
    assert say("check", "two-crossings").code == 0
    (tmp_path / "scenario.yaml").write_text("format: 1\nid: x\n", encoding="utf-8")
    said = say("check", tmp_path, "--json")
    assert said.code == 1
    keys = {"code", "file", "line", "path", "said", "expected", "cure", "severity"}
    assert all(set(row) == keys for row in said.document)
    assert say("check", tmp_path).out.count("\n") == len(said.document)


def test_check_counts_changes(say: Callable[..., Said]) -> None:
    said = say("check", "two-crossings", "--change", "groups.nobody.exists=false")
    assert said.code == 1
    assert "command line" in said.out


def test_describe(say: Callable[..., Said]) -> None:
    assert "Ford Guard" in say("describe", "two-crossings").out
    assert "حرس المخاضة" in say("describe", "two-crossings", "--lang", "ar").out


def test_coverage_and_claims(say: Callable[..., Said]) -> None:
    rows = say("coverage", "asharah", "--json").document
    assert len(rows) == 59
    assert set(rows[0]) == {"claim", "type", "role", "by", "reason"}
    assert rows[0]["claim"] in say("coverage", "asharah").out
    claims = say("claims", "asharah", "--json").document
    assert [claim["id"] for claim in claims] == [row["claim"] for row in rows]
    assert all(claim["sentence"] == "" for claim in claims)
    assert claims[0]["gloss"]["ar"] in say("claims", "asharah", "--lang", "ar").out


def test_claims_beside_their_sentences(say: Callable[..., Said]) -> None:
    shared = Path(os.environ.get("MAABAR_SHARED") or Path(__file__).parents[2] / "shared")
    text = shared / "report" / "sy24-93563.txt"
    if not text.exists():
        pytest.skip("the report is not at hand")
    said = say("claims", "asharah", "--text", text, "--json")
    assert all(claim["sentence"] for claim in said.document)
    assert "\N{RIGHT-TO-LEFT ISOLATE}" in say("claims", "asharah", "--text", text).out


def test_claims_of_another_text(say: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("another report", encoding="utf-8")
    said = say("claims", "asharah", "--text", tmp_path / "other.txt")
    assert said.code == 1
    assert "E051" in said.err
    said = say("claims", "asharah", "--text", tmp_path / "none.txt")
    assert said.code == 1
    assert "cannot be read" in said.err


def test_run_as_a_table(say: Callable[..., Said], stored: Path) -> None:
    said = say(*SMALL, "--out", stored)
    assert said.code == 0
    assert "Two crossings: 16 replicates, 60 days" in said.out
    assert "Who leaves whom" in said.out
    assert "nothing was computed" in said.err
    assert "من يترك من" in say(*SMALL, "--out", stored, "--lang", "ar").out


def test_run_as_json(say: Callable[..., Said], stored: Path) -> None:
    document = say(*SMALL, "--out", stored, "--json").document
    assert set(document) >= {
        "scenario", "replicates", "seed", "days", "out", "seconds", "replicates_per_second",
        "status", "outcomes",
    }  # fmt: skip
    assert document["out"] == str(stored)
    assert document["status"] == {"ok": 16, "failed": 0}
    keys = {"unit", "median", "p5", "p95", "mean", "mcse", "meaning"}
    assert all(set(row) >= keys for row in document["outcomes"].values())


def test_a_new_run_says_how_fast_it_went(say: Callable[..., Said], tmp_path: Path) -> None:
    said = say(*SMALL, "--out", tmp_path / "run", "--threads", "1", "--json")
    assert said.code == 0
    assert said.document["replicates"] == 16
    assert "16 of 16 replicates" in said.err
    assert "16 replicates in" in said.err


def test_run_refuses_and_resumes(say: Callable[..., Said], tmp_path: Path) -> None:
    path = tmp_path / "run"
    assert say(*SMALL, "--out", path, "--resume").code == 0
    said = say(*SMALL, "--out", path, "--seed", "2")
    assert (said.code, said.out) == (1, "")
    assert "seed 1 there, 2 asked for" in said.err
    (path / "summary.json").unlink()
    (path / "series.zarr" / "status" / "c.1").unlink()
    said = say(*SMALL, "--out", path)
    assert said.code == 1
    assert "8 of 16" in said.err
    assert "--resume" in said.err
    assert say(*SMALL, "--out", path, "--resume").code == 0
    assert say(*SMALL, "--out", path, "--resume").code == 0


def test_changes_and_left_out_mechanisms(say: Callable[..., Said], tmp_path: Path) -> None:
    said = say(
        *SMALL, "--out", tmp_path / "run", "--change", "strikers.air-force.deceived=0",
        "--without", "contest", "--without", "strikes", "--every", "30", "--json",
    )  # fmt: skip
    assert said.code == 0
    inputs = json.loads((tmp_path / "run" / "provenance.json").read_text())["inputs"]
    assert inputs["changes"] == ["strikers.air-force.deceived=0"]
    assert not {"contest", "strikes"} & set(inputs["mechanisms"])
    assert said.document["outcomes"]["clashes"]["p95"] == 0


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["run", "two-crossing"], 'did you mean "two-crossings"'),
        (["check", "ashara"], 'did you mean "asharah"'),
        (["describe", "nowhere"], "shipped: asharah"),
        (["describe", ""], 'no scenario ""'),
        (["plot", ""], 'no run ""'),
        ([*SMALL, "--without", "strike"], 'did you mean "strikes"'),
        ([*SMALL, "--replicates", "0"], "replicates must be a whole number"),
        ([*SMALL, "--replicates", "many"], "--replicates"),
        ([*SMALL, "--threads", "0"], "threads"),
        ([*SMALL, "--lang", "fr"], "lang"),
        (["run"], "SCENARIO"),
        (["runn"], "runn"),
        (["events", "runs/none", "--replicate", "0"], "no such folder"),
        (["plot", "runs/none"], "no such folder"),
        (["export", "runs/none", "--csv"], "no such folder"),
    ],
)
def test_wrong_use(
    say: Callable[..., Said], arguments: list[str], hint: str, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    said = say(*arguments)
    assert (said.code, said.out) == (2, "")
    assert hint in said.err
    assert not list(tmp_path.iterdir())


def test_an_unknown_run_is_guessed(
    say: Callable[..., Said], tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "runs" / "two-crossings-12345678").mkdir(parents=True)
    said = say("plot", "runs/two-crossings-12345679")
    assert 'did you mean "runs/two-crossings-12345678"' in said.err


def test_a_scenario_with_findings_is_not_run(say: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text("format: 1\nid: x\n", encoding="utf-8")
    said = say("run", tmp_path)
    assert said.code == 1
    assert "E013" in said.err


def test_events(say: Callable[..., Said], stored: Path) -> None:
    rows = [
        row for k in range(16) for row in say("events", stored, "--replicate", k, "--json").document
    ]
    assert rows
    assert set(rows[0]) == {
        "row", "day", "date", "kind", "actor", "target", "place", "crossing", "amount", "causes",
        "sentence",
    }  # fmt: skip
    busy = next(k for k in range(16) if say("events", stored, "--replicate", k, "--json").document)
    assert say("events", stored, "--replicate", busy).out.strip()
    assert "2030" in say("events", stored, "--replicate", busy, "--lang", "ar").out
    said = say("events", stored, "--replicate", "16")
    assert said.code == 2
    assert "it has 0 to 15" in said.err


def test_plot(say: Callable[..., Said], stored: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    picture = tmp_path / "tolls.svg"
    said = say("plot", stored, "toll_income", "--out", picture)
    assert (said.code, said.out.strip()) == (0, str(picture))
    assert "<svg" in picture.read_text()
    said = say("plot", stored, "toll_incom", "--out", picture)
    assert said.code == 2
    assert 'did you mean "toll_income"' in said.err


def test_export(say: Callable[..., Said], stored: Path, tmp_path: Path) -> None:
    said = say("export", stored, "--csv", "--out", tmp_path)
    paths = [Path(line) for line in said.out.split()]
    assert all(path.is_file() for path in paths)
    with open(tmp_path / "outcomes.csv", newline="", encoding="utf-8") as file:
        assert next(csv.reader(file))[:3] == ["outcome", "unit", "median"]
    assert say("export", stored).code == 2


def test_what_is_no_run(say: Callable[..., Said], tmp_path: Path) -> None:
    for arguments in (
        ["events", tmp_path, "--replicate", "0"],
        ["plot", tmp_path],
        ["export", tmp_path, "--csv"],
    ):
        said = say(*arguments)
        assert said.code == 1
        assert "is not a run" in said.err


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    with pytest.raises(maabar.errors.RunError):
        cli.main(["events", str(tmp_path), "--replicate", "0", "--debug"])


def test_a_mistake_of_ours_is_a_sentence_too(
    say: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a\nb")

    monkeypatch.setattr(maabar, "describe", broken)
    said = say("describe", "two-crossings")
    assert said.code == 1
    assert (
        said.err
        == "internal error, please report it with what --debug shows: ZeroDivisionError: a\n"
    )


def test_version(say: Callable[..., Said]) -> None:
    assert say("--version").out == f"maabar {maabar.__version__}\n"


def test_a_closed_pipe_is_no_error(stored: Path) -> None:
    made = subprocess.run(
        f"{sys.executable} -m maabar.cli run two-crossings --replicates 16 --days 60 --out {stored} | head -1",
        shell=True, capture_output=True, text=True,
    )  # fmt: skip
    assert "Two crossings" in made.stdout
    assert "Traceback" not in made.stderr
    assert "Exception" not in made.stderr


def test_verbs_have_the_commands_names_and_options() -> None:
    import inspect

    for command in cli.app.registered_commands:
        name = command.name or command.callback.__name__
        if name not in COMMANDS or name == "list":
            continue
        verb = inspect.signature(getattr(maabar, name)).parameters
        here = inspect.signature(command.callback).parameters
        words = {"change": "changes", "dask": "on", "gpu": "on"}
        mine = list(
            dict.fromkeys(words.get(one, one) for one in here if one not in ("json", "csv"))
        )
        shared = [one for one in mine if one in verb]
        assert [one for one in verb if one in shared] == shared, name
        assert set(mine) - set(verb) <= {"lang"}, name


def test_progress_on_a_terminal_is_a_bar(
    say: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Any] = []
    real = console.Watch.start

    def start(self: console.Watch, total: int) -> None:
        real(self, total)
        shown.append((total, self.bar))

    monkeypatch.setattr(console.Watch, "start", start)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert say(*SMALL, "--out", tmp_path / "run").code == 0
    assert shown[0][0] == 16
    assert shown[0][1].tasks[0].completed == 16


def test_a_cold_start_is_said_and_does_not_count_as_slow(
    capsys: pytest.CaptureFixture[str],
) -> None:
    watch = console.Watch("en")
    watch("compiling", 0, 24)
    assert "compiling" in capsys.readouterr().err
    assert watch.begun is None
    for done in (8, 16, 24):
        watch("running", done, 24)
    said = capsys.readouterr().err
    assert said.startswith("24 of 24 replicates, ")
    assert said.count("\n") == 1


def test_typer_is_not_asked_to_print_tracebacks() -> None:
    assert isinstance(cli.app, typer.Typer)
    assert cli.app.pretty_exceptions_enable is False
