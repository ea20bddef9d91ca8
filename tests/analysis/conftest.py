"""Runs whose events are explained, made once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maabar.analysis.replay import Replay
from maabar.results.run import Run, run

EAGER = [
    f"behaviour.{path}={value}"
    for path, value in (
        ("posture.review_per_day", 0.2),
        ("posture.flag_review_per_day", 0.2),
        ("posture.noise", 10),
        ("posture.flag_noise", 10),
        ("allegiance.review_per_day", 0.2),
        ("allegiance.noise", 60),
        ("allegiance.inertia", 0),
        ("diplomacy.meet_per_day", 0.05),
        ("diplomacy.leave_per_day", 0.1),
        ("contest.attack_per_day", 0.2),
        ("contest.scale", 1e6),
        ("deployment.review_per_day", 0.2),
        ("deployment.noise", 50_000),
        ("deployment.inertia", 0),
    )
]
"""Every decision is taken often and nearly at random, so that every kind of event happens."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Run]:
    """Make a run; each is made once in a session."""
    runs: dict[str, Run] = {}
    folder = tmp_path_factory.mktemp("runs")

    def make(scenario: str | Path, **more: Any) -> Run:
        key = f"{scenario} {sorted(more.items())}"
        if key not in runs:
            runs[key] = run(scenario, out=folder / str(len(runs)), threads=2, **more)
        return runs[key]

    return make


@pytest.fixture(scope="session")
def small(made: Callable[..., Run]) -> Run:
    """The tutorial's scenario, as it is."""
    return made("two-crossings", replicates=24, days=120)


@pytest.fixture(scope="session")
def replay(small: Run) -> Replay:
    """It, ready to be run again."""
    return Replay(small.path)
