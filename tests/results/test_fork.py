"""A fork is one past and many futures, in a folder that says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import maabar
from maabar.ensemble.plan import RunPlan
from maabar.errors import RunError, UseError
from maabar.results.run import Run, run
from maabar.results.store import Store

FORK: dict[str, Any] = {"replicates": 6, "days": 60, "from_day": 30, "of": 4}
TARIFF = "patrons.coast.levy=0.5"


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run("two-crossings", out=tmp_path_factory.mktemp("fork") / "s", replicates=6, days=60)


@pytest.fixture(scope="module")
def forked(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run("two-crossings", out=tmp_path_factory.mktemp("fork") / "f", **FORK)


def test_the_replicate_that_was_forked_goes_on_as_it_did(straight: Run, forked: Run) -> None:
    ours, theirs = forked.dataset(), straight.dataset()
    for name in theirs.data_vars:
        np.testing.assert_array_equal(ours[name][4], theirs[name][4], err_msg=str(name))
    assert forked.events(4) == straight.events(4)


def test_all_share_the_past_and_then_part(forked: Run) -> None:
    cash = forked.dataset()["group.cash"]
    before = cash["day"] < 30
    assert (cash[:, before] == cash[4, before]).all()
    assert len(np.unique(cash[:, -1, 0])) == 6
    early = [[row for row in forked.events(k) if row["day"] < 30] for k in range(6)]
    assert all(one == early[0] for one in early)


def test_the_run_says_that_it_is_a_fork(forked: Run, straight: Run) -> None:
    from maabar.results.table import heading

    assert forked.fork == forked.document()["fork"] == {"of": 4, "from_day": 30}
    assert "replicate 4 up to the morning of day 30" in heading(forked)[1]
    assert not straight.fork
    assert "fork" not in straight.document()
    assert "past" not in straight.provenance["inputs"]


def test_a_fork_has_a_name_of_its_own() -> None:
    some = RunPlan("toy", "0" * 64, (), "0.1.0", 1, 20, 10, 7, ("strikes",))
    ids = {some._replace(past=past).id for past in ((), (0, 3), (0, 4), (1, 3))}
    assert len(ids) == 4


def test_a_stopped_fork_is_finished_and_another_is_refused(
    forked: Run, tmp_path: Path, hashes: Any
) -> None:
    path = tmp_path / "run"
    run("two-crossings", out=path, **FORK)
    (path / "summary.json").unlink()
    (path / "series.zarr" / "status" / "c.0").unlink()
    with pytest.raises(RunError, match="--resume"):
        run("two-crossings", out=path, **FORK)
    assert hashes(run("two-crossings", out=path, resume=True, **FORK).path) == hashes(forked.path)
    for other in ({"from_day": 31}, {"of": 3}, {"from_day": None, "of": None}):
        with pytest.raises(RunError, match=r"other inputs \(past 4, 30 there, "):
            run("two-crossings", out=path, **(FORK | other))


def test_changes_begin_on_the_day_of_the_fork(forked: Run, tmp_path: Path) -> None:
    changed = run("two-crossings", out=tmp_path / "run", changes=[TARIFF], **FORK)
    a, b = forked.dataset(), changed.dataset()
    for name in set(a.data_vars) - {"value"}:
        if a[name].dims[:2] == ("replicate", "day"):
            early = a["day"] <= 30
            np.testing.assert_array_equal(a[name][:, early], b[name][:, early], err_msg=str(name))
    rows = changed.events(0)
    assert [row["day"] for row in rows if row["kind"] == "change"] == [30]


@pytest.mark.parametrize(
    "early", ["patrons.coast.levy=0.5@2030-01-20", "groups.ford-guard.patron=capital"]
)
def test_changes_that_show_before_are_refused(tmp_path: Path, early: str) -> None:
    with pytest.raises(UseError, match=r"show before day 30.*later date"):
        run("two-crossings", out=tmp_path / "run", changes=[early], **FORK)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"of": 1}, "from which day"),
        ({"from_day": 61}, "from 0 to 60"),
        ({"from_day": -1}, "from_day must be"),
        ({"from_day": 3, "of": -1}, "of must be"),
    ],
)
def test_impossible_forks_are_refused(tmp_path: Path, wrong: dict[str, int], said: str) -> None:
    with pytest.raises(UseError, match=said):
        maabar.run("two-crossings", replicates=2, days=60, out=tmp_path / "run", **wrong)
    assert not Store(tmp_path / "run").path.exists()
