"""Worlds that several tests share; compiled code is cached on disk between them."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from maabar.engine import replicate
from maabar.results.run import Run, run
from maabar.scenario.load import load
from maabar.variables import EVENTS
from maabar.world import Names, build


class Bench(NamedTuple):
    """A scenario ready to run in this thread."""

    scenario: Any
    world: Any
    names: Names
    space: replicate.Workspace
    day: replicate.Mechanisms

    def run(self, count: int = 1, days: int = 60, **more: Any) -> replicate.Chunk:
        """Simulate some replicates; keywords as of `simulate`."""
        given = {"seed": 1, "first": 0, "count": count, "days": days, "every": 7} | more
        return replicate.simulate(self.space, self.day, **given)


def ready(
    name: str,
    changes: tuple[Any, ...] = (),
    names: tuple[str, ...] | None = None,
    *,
    warm_up: int | None = None,
) -> Bench:
    """A shipped scenario with changes, a list of mechanisms and perhaps a shorter warm-up, days."""
    scenario = load(name, changes=changes)
    if warm_up is not None:
        start = scenario.observe_from - datetime.timedelta(days=warm_up)
        scenario = scenario.model_copy(update={"warm_up_from": start})
    world, labels = build(scenario)
    return Bench(
        scenario, world, labels, replicate.workspace(world), replicate.mechanisms(world, names)
    )


def kind(name: str) -> int:
    """Number of an event kind."""
    return [one.name for one in EVENTS].index(name)


def same(one: replicate.Chunk, other: replicate.Chunk) -> bool:
    """Whether two chunks hold the same bytes."""
    return all(np.array_equal(a, b, equal_nan=True) if a.dtype.names is None else a.tobytes() == b.tobytes()
               for a, b in zip(one, other, strict=True))  # fmt: skip


def fix(world: Any, table: str, field: str, value: float) -> None:
    """Set one input everywhere and draw it no more."""
    view = getattr(world, table)
    width = len(view.dtype.names)
    start = (view.ctypes.data - world.raw.ctypes.data) // 8 + view.dtype.names.index(field)
    offsets = start + width * np.arange(view.size)
    target = world.words if view.dtype[field] == np.int64 else world.raw
    target[offsets] = value
    drawn = np.isin(world.prior["offset"], offsets)
    world.prior["kind"][drawn], world.prior["a"][drawn], world.prior["b"][drawn] = 4, 2.0, 2.0


EAGER = {
    "posture_review_per_day": 0.2,
    "posture_flag_review_per_day": 0.2,
    "posture_noise": 10.0,
    "posture_flag_noise": 10.0,
    "allegiance_review_per_day": 0.2,
    "allegiance_noise": 60.0,
    "allegiance_inertia": 0.0,
    "allegiance_revealed_inertia": 0.0,
    "diplomacy_meet_per_day": 0.05,
    "diplomacy_leave_per_day": 0.1,
    "contest_attack_per_day": 0.2,
    "contest_scale": 1e6,
    "contest_lethality": 0.3,
    "deployment_review_per_day": 0.2,
    "deployment_noise": 50_000.0,
    "deployment_inertia": 0.0,
    "recruitment_enlist_per_day": 0.02,
    "recruitment_desert_per_day": 0.02,
    "civilians_flee_clash": 0.05,
}


def eager(name: str, *, warm_up: int | None = None) -> Bench:
    """A scenario in which every decision is taken often and nearly at random."""
    here = ready(name, warm_up=warm_up)
    for field, value in EAGER.items():
        fix(here.world, "behaviour", field, value)
    fix(here.world, "striker", "rate_on", 1.0)
    fix(here.world, "striker", "rate_off", 0.3)
    here.space.template[:] = here.world.raw
    return here


@pytest.fixture(scope="session")
def bench() -> Callable[..., Bench]:
    """Make a `Bench`; each is made once in a session."""
    made: dict[Any, Bench] = {}

    def make(
        name: str, changes: tuple[Any, ...] = (), names: tuple[str, ...] | None = None
    ) -> Bench:
        key = (name, changes, names)
        if key not in made:
            made[key] = ready(name, changes, names)
        return made[key]

    return make


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A small run of the tutorial's scenario with the real engine."""
    return run(
        "two-crossings",
        out=tmp_path_factory.mktemp("runs") / "small",
        threads=2,
        replicates=20,
        days=90,
    )


@pytest.fixture(scope="session")
def hashes() -> Callable[[Path], dict[str, str]]:
    """Every file of a folder by its content, less the one file with clock times."""

    def read(folder: Path) -> dict[str, str]:
        return {
            str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(folder.rglob("*"))
            if file.is_file() and file.name != "timing.json"
        }

    return read
