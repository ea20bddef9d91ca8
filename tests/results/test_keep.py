"""What a run keeps: all, series, events, or sketches only; the numbers are the same."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

import maabar
from maabar.cli import app
from maabar.engine import replicate
from maabar.ensemble.plan import KEEPS
from maabar.errors import RunError
from maabar.results.run import Run, run
from maabar.results.sketch import ERROR
from maabar.results.store import Store

NUMBERS = ("median", "p5", "p95", "mean", "mcse")
GIVEN: dict[str, Any] = {"replicates": 300, "days": 60, "seed": 4}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """The same replicates, kept in every way."""
    folder = tmp_path_factory.mktemp("kept")
    return {keep: run("two-crossings", out=folder / keep, keep=keep, **GIVEN) for keep in KEEPS}


def test_what_is_kept_changes_no_number(kept: dict[str, Run]) -> None:
    whole = kept["all"].outcomes
    for keep in ("series", "events"):
        assert kept[keep].outcomes == whole
    sketched = kept["summary"]
    assert sketched.summary["quantile_error"] == ERROR
    for name, one in sketched.outcomes.items():
        assert one["n"] == whole[name]["n"]
        assert [one[key] is None for key in NUMBERS] == [
            whole[name][key] is None for key in NUMBERS
        ]
        for key in NUMBERS if one["n"] > 1 else ():
            near = 1e-9 if key in ("mean", "mcse") else ERROR
            assert one[key] == pytest.approx(whole[name][key], rel=near, abs=1e-9)


def test_what_is_kept_is_there_and_no_more(kept: dict[str, Run]) -> None:
    there = {
        keep: {one.name for one in kept[keep].path.iterdir() if one.is_dir()} for keep in KEEPS
    }
    assert there == {
        "all": {"scenario", "series.zarr", "events", "causes"},
        "series": {"scenario", "series.zarr"},
        "events": {"scenario", "series.zarr", "events", "causes"},
        "summary": {"scenario", "parts"},
    }
    np.testing.assert_array_equal(
        kept["series"].dataset()["group.cash"], kept["all"].dataset()["group.cash"]
    )
    assert "group.cash" not in kept["events"].dataset()
    np.testing.assert_array_equal(kept["events"].dataset()["value"], kept["all"].dataset()["value"])
    assert kept["events"].events(7) == kept["all"].events(7)


@pytest.mark.parametrize(
    ("keep", "ask", "cure"),
    [
        ("summary", lambda path: maabar.open(path), "--keep all"),
        ("summary", lambda path: maabar.events(path, 1), "--keep events"),
        ("series", lambda path: maabar.events(path, 1), "--keep events"),
        ("series", lambda path: maabar.explain(path, kind="clash"), "--keep events"),
        ("summary", lambda path: maabar.explain(path, kind="clash"), "--keep events"),
        ("summary", lambda path: maabar.compare(path, "north-closed"), "--keep all"),
        ("summary", lambda path: maabar.plot(path), "--keep all"),
        ("events", lambda path: maabar.plot(path), "--keep series"),
    ],
)
def test_what_is_not_kept_is_said_with_what_would_keep_it(
    kept: dict[str, Run], keep: str, ask: Callable[[Path], Any], cure: str
) -> None:
    with pytest.raises(RunError, match=rf"\(--keep {keep}\).*{cure}"):
        ask(kept[keep].path)


def test_tables_of_what_is_kept(kept: dict[str, Run], tmp_path: Path) -> None:
    names = {
        keep: {one.name for one in maabar.export(kept[keep].path, out=tmp_path / keep)}
        for keep in KEEPS
    }
    assert names["summary"] == {"outcomes.csv"}
    assert names["events"] == {"outcomes.csv", "replicates.csv", "events.csv", "causes.csv"}
    assert names["series"] | {"events.csv", "causes.csv"} == names["all"]
    assert "series-group.csv" in names["series"]


def test_a_picture_of_an_outcome_without_its_series(kept: dict[str, Run], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    assert maabar.plot(kept["events"].path, "clashes", out=tmp_path / "one.svg").is_file()


def test_the_same_bytes_for_any_threads_and_after_a_stop(
    kept: dict[str, Run], tmp_path: Path, hashes: Any
) -> None:
    one = run("two-crossings", out=tmp_path / "one", keep="summary", threads=1, **GIVEN)
    assert hashes(one.path) == hashes(kept["summary"].path)
    given = GIVEN | {"replicates": 1100}
    stop, path = threading.Event(), tmp_path / "stopped"
    with pytest.raises(RunError, match=r"(256|512|768) of 1100 replicates are kept"):
        run(
            "two-crossings", out=path, keep="summary", threads=1, cancel=stop,
            progress=lambda what, done, total: done and stop.set(), **given,
        )  # fmt: skip
    again = run("two-crossings", out=path, keep="summary", resume=True, **given)
    whole = run("two-crossings", out=tmp_path / "whole", keep="summary", **given)
    assert hashes(again.path) == hashes(whole.path)


def test_another_way_to_keep_is_another_run(kept: dict[str, Run]) -> None:
    assert len({Store(one.path).plan.id for one in kept.values()}) == len(KEEPS)
    with pytest.raises(RunError, match=r"other inputs \(.*keep all there, summary asked for"):
        run("two-crossings", out=kept["all"].path, keep="summary", **GIVEN)


def test_replicates_that_fail_are_listed_and_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = replicate.simulate

    def failing(*given: Any, **asked: Any) -> Any:
        chunk = real(*given, **asked)
        chunk.status[np.isin(chunk.replicates, [5, 270])] = 2
        return chunk

    monkeypatch.setattr(replicate, "simulate", failing)
    found = run("two-crossings", out=tmp_path / "run", keep="summary", **GIVEN)
    assert found.summary["status"] == {"ok": 298, "failed": 2}
    assert found.summary["failures"] == {"a value is not a number": [5, 270]}
    assert found.outcomes["clashes"]["n"] == 298


def test_on_the_command_line(tmp_path: Path) -> None:
    command = ["run", "two-crossings", "--replicates", "16", "--days", "30", "--keep", "summary"]
    said = CliRunner().invoke(app, [*command, "--out", str(tmp_path / "run")])
    assert said.exit_code == 0, said.output
    assert "within 1.0 % of the true ones" in " ".join(said.stdout.split())
    document = CliRunner().invoke(app, [*command, "--out", str(tmp_path / "run"), "--json"])
    assert json.loads(document.stdout)["quantile_error"] == ERROR


@pytest.mark.parametrize("keep", ["all", "summary"])
def test_killed_ten_times_at_any_moment(keep: str, tmp_path: Path, hashes: Any) -> None:
    # SIGKILL leaves no time for anything; whatever is there must be whole
    path, draw = tmp_path / "run", random.Random(7)
    given: dict[str, Any] = {"replicates": 12_000 if keep == "summary" else 1_600, "days": 60}
    command = (
        "import maabar; from maabar.cli.console import note; "
        f"maabar.run('two-crossings', out={str(path)!r}, resume=True, keep={keep!r}, **{given}, "
        "progress=lambda *told: print(*told, flush=True))"
    )
    kills = 0
    for _ in range(10):
        process = subprocess.Popen(
            [sys.executable, "-c", command], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()  # from here on it may be killed at any moment
        time.sleep(draw.random() * 0.3)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.stdout.close()
        kills += process.wait(60) == -signal.SIGKILL
        if (path / "summary.json").exists():
            break
        if path.exists():
            Store(path).finished(Store(path).plan)
    assert kills >= 5  # ten, but for a machine so fast that the run is complete before
    again = run("two-crossings", out=path, resume=True, keep=keep, **given)
    whole = run("two-crossings", out=tmp_path / "whole", keep=keep, **given)
    assert hashes(again.path) == hashes(whole.path)
