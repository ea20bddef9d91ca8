"""Running a scenario into a folder, and what the folder then says."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maabar.ensemble import fork
from maabar.ensemble.plan import plan, whole
from maabar.errors import RunError, UseError
from maabar.results.session import (
    Mechanism,
    Progress,
    Session,
    backend,
    chosen,
    conduct,
    listed,
)
from maabar.results.store import Store, read_json

if TYPE_CHECKING:
    import xarray

    from maabar.scenario.change import Change

RUNS = "runs"


@dataclass(frozen=True)
class Run:
    """A run that is stored.

    Parameters
    ----------
    path : Path
        Its folder.

    Examples
    --------
    >>> run = Run("runs/asharah-1a2b3c4d")                              # doctest: +SKIP
    >>> run.outcomes["clashes"]["median"]                               # doctest: +SKIP
    """

    path: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", Path(self.path))

    @cached_property
    def provenance(self) -> dict[str, Any]:
        """Inputs, names, columns and sources."""
        return Store(self.path).provenance

    @cached_property
    def summary(self) -> dict[str, Any]:
        """``scenario, replicates, seed, days, status, failures, outcomes``."""
        document: dict[str, Any] = read_json(self.path / "summary.json")
        if not isinstance(document, dict) or not {"outcomes", "status"} <= set(document):
            raise RunError(
                f"{self.path / 'summary.json'} is not a run's summary; delete it and run again "
                "with --resume"
            )
        return document

    @property
    def outcomes(self) -> dict[str, dict[str, Any]]:
        """Outcome to ``unit, median, p5, p95, mean, mcse, n, meaning``."""
        found: dict[str, dict[str, Any]] = self.summary["outcomes"]
        return found

    @property
    def fork(self) -> dict[str, int]:
        """``of, from_day`` of a fork: whose past all share, and until when; else empty."""
        past = self.provenance["inputs"].get("past", ())
        return dict(zip(("of", "from_day"), past, strict=False))

    @property
    def timing(self) -> dict[str, Any]:
        """``seconds, replicates_per_second, peak_mib`` and the sessions that computed the run."""
        document: dict[str, Any] = read_json(self.path / "timing.json")
        return document

    def document(self) -> dict[str, Any]:
        """What ``maabar run --json`` prints."""
        timing, summary = self.timing, self.summary
        first = {key: summary[key] for key in ("scenario", "replicates", "seed", "days")}
        if self.fork:
            first["fork"] = self.fork
        clock = {key: timing[key] for key in ("seconds", "replicates_per_second")}
        return {**first, "out": str(self.path), **clock, **summary}

    def dataset(self) -> xarray.Dataset:
        """See `maabar.open`."""
        from maabar.results.dataset import open

        return open(self.path)

    def events(self, replicate: int, *, lang: str = "en") -> list[dict[str, Any]]:
        """See `maabar.events`."""
        from maabar.results.dataset import events

        return events(self.path, replicate, lang=lang)


def run(
    scenario: Any,
    *,
    replicates: int = 1000,
    seed: int = 1,
    days: int | None = None,
    changes: Sequence[str | Path | Change] = (),
    without: Sequence[str] = (),
    threads: int | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    every: int = 7,
    allow_unsourced: bool = False,
    mechanisms: Sequence[Mechanism] | None = None,
    own: Sequence[float] = (),
    from_day: int | None = None,
    of: int | None = None,
    keep: str = "all",
    on: str = "threads",
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> Run:
    """Run a scenario and store what comes of it; see `maabar.run`."""
    session = prepare(
        scenario,
        replicates=replicates,
        seed=seed,
        days=days,
        changes=changes,
        without=without,
        out=out,
        every=every,
        allow_unsourced=allow_unsourced,
        mechanisms=mechanisms,
        own=own,
        from_day=from_day,
        of=of,
        keep=keep,
        device=on if on == "cuda" else "",
    )
    store, plans = session.store, session.plan
    state = store.state(plans)
    if state == "incomplete" and not resume:
        raise RunError(
            f"{store.path} holds {store.count(plans)} of {plans.replicates} replicates of this "
            "run; run again with --resume to finish it"
        )
    if state != "complete":
        conduct([session], backend(on, threads), progress=progress, cancel=cancel)
    return Run(store.path)


def prepare(
    scenario: Any,
    *,
    changes: Sequence[str | Path | Change] = (),
    without: Sequence[str] = (),
    out: str | Path | None = None,
    folder: str | Path = RUNS,
    allow_unsourced: bool = False,
    mechanisms: Sequence[Mechanism] | None = None,
    from_day: int | None = None,
    of: int | None = None,
    **settings: Any,
) -> Session:
    """A run to be worked on, whatever there is of it.

    Parameters
    ----------
    scenario, changes, without, out, allow_unsourced, mechanisms, from_day, of
        As of `maabar.run`.
    folder : str or Path
        Where its folder is, unless `out` says its folder.
    **settings
        ``replicates, seed, days, every, keep, own``, as of `maabar.run`, and `device`.

    Raises
    ------
    UseError
        For impossible numbers, and a fork that its changes reach behind.
    RunError
        Where the folder holds something else.
    """
    base = None
    if isinstance(scenario, str | Path):
        from maabar.scenario.load import load

        source = scenario
        scenario = load(source, changes=changes, allow_unsourced=allow_unsourced)
        if from_day is not None and scenario.changes_applied:
            later = datetime.timedelta(days=whole("from_day", from_day, 0, 36_500))
            dated = fork.begun(scenario.changes_applied, scenario.observe_from + later)
            base = load(source, allow_unsourced=allow_unsourced)
            scenario = load(source, changes=dated, allow_unsourced=allow_unsourced)
    elif changes:
        raise UseError("changes go with a scenario's name or folder; this one is loaded already")
    day = chosen(mechanisms, without)
    plans = plan(
        scenario,
        mechanisms=day,
        changes=[change.id for change in scenario.changes_applied],
        from_day=from_day,
        of=of,
        **settings,
    )
    store = Store(out if out is not None else Path(folder) / plans.id)
    if store.state(plans) == "new" and plans.past:
        fork.keep_to(plans, scenario, base, partial(listed, day=day))
    return Session(store, plans, scenario, day)
