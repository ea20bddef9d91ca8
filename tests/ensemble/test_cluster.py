"""A Dask cluster gives the bytes that threads give, also where a worker dies midway."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from maabar.engine.day import DAY
from maabar.ensemble import cluster
from maabar.ensemble.job import Job
from maabar.ensemble.plan import RunPlan
from maabar.errors import RunError, UseError
from maabar.results.run import Run, run
from maabar.results.session import backend
from maabar.results.store import Store

distributed = pytest.importorskip("distributed")

SMALL: dict[str, Any] = {"replicates": 20, "days": 90}


@pytest.fixture(scope="module")
def dask() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=50,
    ) as local:
        yield local


def test_the_same_bytes_as_threads(dask: Any, small: Run, tmp_path: Path, hashes: Any) -> None:
    seen: list[int] = []
    found = run(
        "two-crossings",
        out=tmp_path / "run",
        on=dask.scheduler_address,
        progress=lambda what, done, total: seen.append(done),
        **SMALL,
    )
    assert hashes(found.path) == hashes(small.path)
    assert seen[-1] == 20


def test_a_worker_that_dies_costs_nothing(dask: Any, tmp_path: Path, hashes: Any) -> None:
    given: dict[str, Any] = {"replicates": 400, "days": 60, "keep": "events"}
    dead: list[int] = []

    def kill(what: str, done: int, total: int) -> None:
        if done >= 80 and not dead:
            dead.append(next(iter(dask.workers.values())).pid)
            os.kill(dead[0], signal.SIGKILL)

    found = run(
        "two-crossings", out=tmp_path / "run", on=dask.scheduler_address, progress=kill, **given
    )
    assert dead
    whole = run("two-crossings", out=tmp_path / "whole", **given)
    assert hashes(found.path) == hashes(whole.path)


def test_what_a_stopped_cluster_leaves_is_finished_by_threads(
    dask: Any, small: Run, tmp_path: Path, hashes: Any
) -> None:
    path, stop = tmp_path / "run", threading.Event()
    with pytest.raises(RunError, match=r"interrupted: .* of 20 replicates are kept"):
        run(
            "two-crossings",
            out=path,
            on=dask.scheduler_address,
            progress=lambda what, done, total: done and stop.set(),
            cancel=stop,
            **SMALL,
        )
    assert 8 <= Store(path).count(Store(path).plan) < 20
    again = run("two-crossings", out=path, resume=True, **SMALL)
    assert hashes(again.path) == hashes(small.path)


def test_a_users_mechanism_travels(dask: Any, tmp_path: Path, hashes: Any) -> None:
    def amnesty(world, state, log, key, day):  # type: ignore[no-untyped-def]
        for g in range(world.group.shape[0]):
            state.group[g].killed = 0

    given: dict[str, Any] = {"mechanisms": [*DAY, amnesty], "replicates": 8, "days": 30}
    there = run("two-crossings", out=tmp_path / "there", on=dask.scheduler_address, **given)
    here = run("two-crossings", out=tmp_path / "here", **given)
    assert there.outcomes["killed.ford-guard"]["p95"] == 0
    assert hashes(there.path) == hashes(here.path)


def test_no_scheduler_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with pytest.raises(RunError, match=r"no Dask scheduler at tcp://127\.0\.0\.1:9"):
        run("two-crossings", out=tmp_path / "run", on="tcp://127.0.0.1:9", **SMALL)


def test_what_computes_is_known() -> None:
    with pytest.raises(UseError, match='nothing called "abacus" computes'):
        backend("abacus", None)


def test_a_worker_of_another_version_is_refused() -> None:
    plan = RunPlan("toy", "", (), "", 1, 8, 10, 7, ())
    order = cluster.Order(Job(plan, None, None, cluster.nowhere), "0.0.0+other")
    with pytest.raises(RunError, match="install the same on all"):
        cluster.compute(order, 0)
