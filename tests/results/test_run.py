"""A run is the same bytes however it was computed, is never overwritten, and can be finished."""

import errno
import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import maabar
from maabar.engine import replicate
from maabar.engine.day import DAY
from maabar.ensemble.plan import mechanism_name
from maabar.errors import RunError, UseError
from maabar.results import store as module
from maabar.results.run import Run, run
from maabar.results.session import chosen
from maabar.results.store import Store

SMALL: dict[str, Any] = {"replicates": 20, "days": 90}


def test_what_a_run_says(small: Run) -> None:
    summary = small.summary
    assert {key: summary[key] for key in ("scenario", "replicates", "seed", "days")} == {
        "scenario": "two-crossings",
        "replicates": 20,
        "seed": 1,
        "days": 90,
    }
    assert summary["status"] == {"ok": 20, "failed": 0}
    clashes = small.outcomes["clashes"]
    assert set(clashes) == {"unit", "median", "p5", "p95", "mean", "mcse", "n", "meaning"}
    assert clashes["p5"] <= clashes["median"] <= clashes["p95"]
    values = small.dataset()["value"]
    assert values.sel(outcome="clashes").mean() == pytest.approx(clashes["mean"])
    assert set(small.document()) >= {
        "scenario", "replicates", "seed", "days", "out", "seconds", "replicates_per_second",
        "status", "outcomes",
    }  # fmt: skip


@pytest.mark.parametrize("threads", [1, 3])
def test_the_same_bytes_for_any_threads(
    small: Run, tmp_path: Path, hashes: Any, threads: int
) -> None:
    again = run("two-crossings", out=tmp_path / "again", threads=threads, **SMALL)
    assert hashes(again.path) == hashes(small.path)


def test_a_replicate_is_the_same_whatever_their_number(small: Run, tmp_path: Path) -> None:
    few = run("two-crossings", out=tmp_path / "few", **(SMALL | {"replicates": 3}))
    a, b = few.dataset(), small.dataset().isel(replicate=slice(3))
    for name in a.data_vars:
        np.testing.assert_array_equal(a[name].to_numpy(), b[name].to_numpy(), err_msg=str(name))
    assert few.events(2) == small.events(2)


def test_a_complete_run_is_returned_untouched(small: Run, hashes: Any) -> None:
    before = {file: file.stat().st_mtime_ns for file in small.path.rglob("*") if file.is_file()}
    for resume in (False, True):
        again = run("two-crossings", out=small.path, resume=resume, **SMALL)
        assert again.summary == small.summary
    assert before == {
        file: file.stat().st_mtime_ns for file in small.path.rglob("*") if file.is_file()
    }


def test_other_inputs_are_refused(small: Run, hashes: Any) -> None:
    before = hashes(small.path)
    for other in ({"seed": 2}, {"days": 91}, {"without": ["strikes"]}, {"replicates": 21}):
        for resume in (False, True):
            with pytest.raises(
                RunError, match=rf"other inputs \(.*{next(iter(other))[:4]}|mechanisms"
            ):
                run("two-crossings", out=small.path, resume=resume, **(SMALL | other))
    assert hashes(small.path) == before


def test_a_stopped_run_wants_resume_and_then_is_the_same(
    small: Run, tmp_path: Path, hashes: Any
) -> None:
    path, stop = tmp_path / "run", threading.Event()

    def progress(what: str, done: int, total: int) -> None:
        if done >= 8:
            stop.set()

    with pytest.raises(RunError, match=r"interrupted: .* of 20 replicates are kept"):
        run("two-crossings", out=path, threads=1, progress=progress, cancel=stop, **SMALL)
    kept = Store(path).count(Store(path).plan)
    assert 8 <= kept < 20
    with pytest.raises(RunError, match=f"holds {kept} of 20 replicates .*--resume"):
        run("two-crossings", out=path, **SMALL)
    (path / "events" / "chunk-00002.parquet.partial").write_bytes(b"half")
    done = run("two-crossings", out=path, resume=True, **SMALL)
    assert hashes(done.path) == hashes(small.path)
    sessions = done.timing["sessions"]
    assert [session["replicates"] for session in sessions] == [kept, 20 - kept]


def test_resume_of_a_new_run_is_valid(small: Run, tmp_path: Path, hashes: Any) -> None:
    fresh = run("two-crossings", out=tmp_path / "new", resume=True, **SMALL)
    assert hashes(fresh.path) == hashes(small.path)


def test_a_run_without_its_summary_only_sums_up(small: Run, tmp_path: Path, hashes: Any) -> None:
    fresh = run("two-crossings", out=tmp_path / "run", **SMALL)
    (fresh.path / "summary.json").unlink()
    assert hashes(run("two-crossings", out=fresh.path, resume=True, **SMALL).path) == hashes(
        small.path
    )


def test_ctrl_c_says_how_to_go_on(tmp_path: Path) -> None:
    path = tmp_path / "run"
    command = [sys.executable, "-m", "maabar.cli", "run", "two-crossings", "--out", str(path)]
    process = subprocess.Popen(
        [*command, "--replicates", "4000"],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and not list(path.glob("series.zarr/status/c.*")):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    said, errors = process.communicate(timeout=60)
    assert process.returncode == 1, errors
    assert said == ""
    assert "replicates are kept" in errors
    assert "--resume" in errors
    assert "Traceback" not in errors


def test_a_full_disk_keeps_finished_chunks(
    small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hashes: Any
) -> None:
    real, path = module.write_bytes, tmp_path / "run"

    def full(place: str | Path, data: bytes) -> None:
        file = Path(place)
        if file.name.startswith("c.2") or file.name == "timing.json":
            raise OSError(errno.ENOSPC, "No space left on device")
        real(file, data)

    with monkeypatch.context() as patch:
        patch.setattr(module, "write_bytes", full)
        with pytest.raises(RunError, match=r"no space left .* 16 of 20 replicates are kept"):
            run("two-crossings", out=path, threads=1, **SMALL)
    assert hashes(run("two-crossings", out=path, resume=True, **SMALL).path) == hashes(small.path)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="cannot write to"):
        run("two-crossings", out=tmp_path / "file" / "run", **SMALL)


def test_the_folder_alone_repeats_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hashes: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    change = tmp_path / "poorer.yaml"
    change.write_text(
        "format: 1\nid: poorer\ntitle: {en: Poorer, ar: أفقر}\nasks: {en: What then?, ar: ماذا بعد؟}\n"
        "change: [{path: places.*.outside_wage_usd_month, times: 0.8}]\n",
        encoding="utf-8",
    )
    changes = [str(change), "strikers.air-force.deceived=0"]
    first = run("two-crossings", changes=changes, **SMALL)
    inputs = first.provenance["inputs"]
    again = run(
        maabar.load(first.path / "scenario", changes=inputs["changes"]),
        out=tmp_path / "again",
        **SMALL,
    )
    assert hashes(again.path) == hashes(first.path)
    assert first.path.name == Store(again.path).plan.id


def test_default_folder_and_other_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first = run("two-crossings", replicates=8, days=10)
    assert first.path == Path("runs") / Store(first.path).plan.id
    assert run("two-crossings", replicates=9, days=10).path != first.path


def test_leaving_a_mechanism_out(tmp_path: Path) -> None:
    calm = run("two-crossings", out=tmp_path / "calm", without=["contest", "strikes"], **SMALL)
    assert "strikes" not in calm.provenance["inputs"]["mechanisms"]
    assert calm.outcomes["strikes"]["p95"] == 0
    assert chosen(None, ()) == DAY
    with pytest.raises(UseError, match='did you mean "strikes"'):
        chosen(None, ["strike"])


def test_a_users_own_mechanism(small: Run, tmp_path: Path) -> None:
    def amnesty(world, state, log, key, day):  # type: ignore[no-untyped-def]
        for g in range(world.group.shape[0]):
            state.group[g].killed = 0

    own = run("two-crossings", out=tmp_path / "own", mechanisms=[*DAY, amnesty], **SMALL)
    assert own.provenance["inputs"]["mechanisms"][-1].startswith("amnesty@")
    assert own.outcomes["killed.ford-guard"]["p95"] == 0
    assert small.outcomes["killed.ford-guard"]["p95"] > 0


def test_parameters_of_a_users_own_mechanism(tmp_path: Path) -> None:
    def spare(world, state, log, key, day):  # type: ignore[no-untyped-def]
        for g in range(world.group.shape[0]):
            state.group[g].killed = int(world.own[1].value)

    given: dict[str, Any] = {"mechanisms": [*DAY, spare], "replicates": 8, "days": 20}
    found = run("two-crossings", out=tmp_path / "run", own=[0.0, 7.0], **given)
    assert set(found.dataset()["group.killed"].isel(day=-1).to_numpy().ravel()) == {7}
    assert found.provenance["inputs"]["own"] == [0.0, 7.0]
    with pytest.raises(RunError, match=r"other inputs \(own "):
        run("two-crossings", out=tmp_path / "run", own=[0.0, 8.0], **given)


def test_a_mechanism_that_does_not_compile_leaves_no_folder(tmp_path: Path) -> None:
    def muddle(world, state, log, key, day):  # type: ignore[no-untyped-def]
        state.group[0].no_such_field = 1

    with pytest.raises(UseError, match='"muddle" does not compile'):
        run("two-crossings", out=tmp_path / "run", mechanisms=[*DAY, muddle], **SMALL)
    assert not list(tmp_path.iterdir())


def test_an_exception_in_a_users_mechanism_ends_the_run(tmp_path: Path) -> None:
    def stumble(world, state, log, key, day):  # type: ignore[no-untyped-def]
        if day == world.run[0].observe_day + 3:
            raise ValueError("no more")

    with pytest.raises(RunError, match='"stumble" raised an exception'):
        run("two-crossings", out=tmp_path / "run", mechanisms=["trade", stumble], **SMALL)


def test_the_name_of_a_run_holds_the_numbers_that_a_mechanism_takes_from_around_it() -> None:
    def made(chance: float) -> Any:
        def quarrel(world, state, log, key, day):  # type: ignore[no-untyped-def]
            state.own[0].value += chance

        return quarrel

    assert mechanism_name(made(0.1)) == mechanism_name(made(0.1))
    assert mechanism_name(made(0.1)) != mechanism_name(made(0.2))


def test_numbers_that_cannot_be(tmp_path: Path) -> None:
    for wrong in ({"replicates": 0}, {"days": 0}, {"seed": -1}, {"every": 0}):
        with pytest.raises(UseError, match="whole number"):
            run("two-crossings", out=tmp_path / "run", **(SMALL | wrong))
    assert not list(tmp_path.iterdir())


def test_replicates_that_fail_are_listed_and_left_out(
    small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = replicate.simulate

    def failing(*given: Any, **asked: Any) -> Any:
        chunk = real(*given, **asked)
        chunk.status[chunk.replicates == 5] = 2
        return chunk

    monkeypatch.setattr(replicate, "simulate", failing)
    found = run("two-crossings", out=tmp_path / "run", **SMALL)
    assert found.summary["status"] == {"ok": 19, "failed": 1}
    assert found.summary["failures"] == {"a value is not a number": [5]}
    assert found.outcomes["clashes"]["n"] == 19
    values = small.dataset()["value"].sel(outcome="recruits").to_numpy()
    assert found.outcomes["recruits"]["mean"] == pytest.approx(np.delete(values, 5).mean())


def test_everything_but_timing_is_free_of_the_clock(small: Run) -> None:
    begun = small.timing["sessions"][0]["begun"]
    for file in small.path.glob("*.json"):
        assert (begun[:10] in file.read_text()) == (file.name == "timing.json"), file
    assert json.loads((small.path / "timing.json").read_text())["peak_mib"] > 0


def test_a_default_run_is_small(small: Run) -> None:
    data = [
        file
        for part in ("series.zarr", "events", "causes")
        for file in (small.path / part).rglob("*")
        if file.is_file()
    ]
    assert sum(file.stat().st_size for file in data) / 20 < 100_000


def test_reading_what_is_no_run(tmp_path: Path, small: Run) -> None:
    with pytest.raises(RunError, match="is not a run"):
        maabar.open(tmp_path)
    with pytest.raises(RunError, match="is not a run"):
        Run(tmp_path).outcomes  # noqa: B018
    with pytest.raises(UseError, match="it has 0 to 19"):
        maabar.events(small.path, 20)


def test_a_summary_that_is_none_is_said(tmp_path: Path) -> None:
    found = run("two-crossings", out=tmp_path / "run", replicates=1, days=5)
    (found.path / "summary.json").write_text('{"x": 1}')
    with pytest.raises(RunError, match="is not a run's summary; delete it"):
        Run(found.path).outcomes  # noqa: B018
