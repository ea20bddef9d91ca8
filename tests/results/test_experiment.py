"""A table of runs: laid out, computed together, gone on with, and refused where inputs changed."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

import maabar
from maabar import cli
from maabar.errors import RunError, UseError
from maabar.results.run import run
from maabar.results.store import Store
from maabar.scenario.load import find

SHUT = "crossings.north.open=false@2030-01-20"
GIVEN: dict[str, Any] = {"replicates": 40, "days": 30}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A scenario that a test may edit."""
    folder = tmp_path / "own"
    shutil.copytree(find("two-crossings"), folder)
    return folder


def test_scenarios_times_changes(tmp_path: Path) -> None:
    table = maabar.plan(
        ["two-crossings", "siege"],
        changes=["behaviour.contest.attack_per_day=0", "behaviour.trade.toll_lag=0.1"],
        out=tmp_path / "plan",
        **GIVEN,
    )
    rows = table.document()["runs"]
    assert [(row["scenario"], row["change"][:19]) for row in rows] == [
        (scenario, change)
        for scenario in ("two-crossings", "siege")
        for change in ("", "behaviour.contest.a", "behaviour.trade.tol")
    ]
    assert {row["state"] for row in rows} == {"new"}
    assert len({row["out"] for row in rows}) == 6
    assert not (tmp_path / "plan").exists()  # only looked at


def test_a_run_of_a_plan_is_the_run_itself(own: Path, tmp_path: Path, hashes: Any) -> None:
    both = f"{SHUT} + patrons.coast.levy=0.1"
    table = maabar.plan(own, changes=[both], out=tmp_path / "plan", **GIVEN)
    one, other = table.run()
    assert hashes(one.path) == hashes(run(own, out=tmp_path / "one", **GIVEN).path)
    alone = run(own, changes=both.split(" + "), out=tmp_path / "other", **GIVEN)
    assert hashes(other.path) == hashes(alone.path)
    assert {row["state"] for row in table.document()["runs"]} == {"complete"}


def test_what_is_stopped_is_balanced_and_goes_on(own: Path, tmp_path: Path, hashes: Any) -> None:
    stop = threading.Event()
    given: dict[str, Any] = {"changes": [SHUT, "patrons.coast.levy=0.1"], **GIVEN}

    def halt(what: str, done: int, total: int) -> None:
        assert total == 120
        if done >= 48:
            stop.set()

    table = maabar.plan(own, out=tmp_path / "plan", **given)
    with pytest.raises(RunError, match=r"of 120 replicates are kept in 3 runs .* goes on"):
        table.run(threads=2, progress=halt, cancel=stop)
    kept = [row["kept"] for row in table.document()["runs"]]
    assert 48 <= sum(kept) < 120
    assert max(kept) - min(kept) <= 16
    seen: list[int] = []
    maabar.plan(own, out=tmp_path / "plan", **given).run(
        progress=lambda what, done, total: seen.append(done)
    )
    assert seen[0] == sum(kept)  # nothing is computed twice
    straight = maabar.plan(own, out=tmp_path / "straight", **given).run()
    for one in straight:
        assert hashes(one.path) == hashes(tmp_path / "plan" / one.path.name)


def test_inputs_that_changed_are_refused(own: Path, tmp_path: Path) -> None:
    maabar.plan(own, out=tmp_path / "plan", **GIVEN).run()
    before = sorted((tmp_path / "plan").iterdir())
    file = own / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "\n# a comment changes nothing\n", encoding="utf-8")
    maabar.plan(own, out=tmp_path / "plan", **GIVEN).run()
    file.write_text(text.replace("value: 9000,", "value: 9001,"), encoding="utf-8")
    with pytest.raises(
        RunError, match=r"other inputs: two-crossings has another source than when it was"
    ):
        maabar.plan(own, out=tmp_path / "plan", **GIVEN).run()
    with pytest.raises(RunError, match="of 1 runs, not 2"):
        maabar.plan(own, changes=[SHUT], out=tmp_path / "plan", **GIVEN).run()
    assert sorted((tmp_path / "plan").iterdir()) == before


def test_the_folder_follows_from_the_words(own: Path) -> None:
    path = maabar.plan(own, **GIVEN).path
    assert path == maabar.plan(own, **GIVEN).path
    others = [
        maabar.plan(own, **GIVEN, seed=2),
        maabar.plan(own, **GIVEN, changes=[SHUT]),
        maabar.plan(own, **GIVEN, keep="summary"),
        maabar.plan("two-crossings", **GIVEN),
    ]
    assert len({path, *(one.path for one in others)}) == 5


def test_nothing_to_plan() -> None:
    with pytest.raises(UseError, match="name a scenario"):
        maabar.plan([])


def test_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    def say(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            cli.main(["plan", "two-crossings", "--replicates", "16", "--days", "30", *arguments])
        return (int(stop.value.code or 0), *capsys.readouterr())

    code, out, err = say("--change", SHUT)
    assert (code, "as it is" in out, SHUT in out) == (0, True, True)
    assert "Nothing was computed" in err
    assert not list(tmp_path.iterdir())
    code, out, err = say("--change", SHUT, "--execute", "--json", "--lang", "ar")
    document = json.loads(out)
    assert code == 0
    assert [row["kept"] for row in document["runs"]] == [16, 16]
    assert Store(tmp_path / document["runs"][1]["out"]).state(
        Store(tmp_path / document["runs"][1]["out"]).plan
    ) == "complete"  # fmt: skip
    assert say("--gpu", "--dask", "tcp://x:1")[0] == 2
    assert say("--change", "no-such-change")[0] in (1, 2)
