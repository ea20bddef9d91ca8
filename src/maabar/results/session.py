"""Work on runs' folders: from a plan to the summary of what came of it.

Several runs are worked on together, a chunk of each in turn, so that what is there after a stop is
as much of each.
"""

from __future__ import annotations

import datetime
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from maabar.engine.day import DAY
from maabar.ensemble.job import Job
from maabar.ensemble.plan import RunPlan
from maabar.errors import Interrupted, RunError, UseError
from maabar.results import outcome
from maabar.results.harvest import Harvest
from maabar.results.meaning import meaning
from maabar.results.sketch import ERROR, merge
from maabar.results.sketch import summary as summed_up
from maabar.results.store import Field, Store, read_json, write_json
from maabar.variables import STATE, STATUS

BLOCK = 2**23  # numbers held at once while outcomes are summed up: 64 MiB

Mechanism = str | Callable[..., None]
Progress = Callable[[str, int, int], None]
Backend = Callable[..., None]
"""Computes jobs; takes `progress` and `cancel`."""


class Session:
    """One run that is worked on.

    Parameters
    ----------
    store : Store
    plan : RunPlan
    scenario : Scenario
        With its changes.
    day : sequence of str or callable
        Mechanisms.
    """

    def __init__(
        self, store: Store, plan: RunPlan, scenario: Any, day: Sequence[Mechanism]
    ) -> None:
        self.store, self.plan, self.scenario, self.day = store, plan, scenario, day
        self.before = 0

    @cached_property
    def _built(self) -> tuple[Any, Any]:
        from maabar.world import build

        return build(self.scenario, own=self.plan.own)

    @property
    def world(self) -> Any:
        """The scenario in the engine's tables."""
        return self._built[0]

    @property
    def names(self) -> Any:
        """Index and id of everything in it."""
        return self._built[1]

    @cached_property
    def fields(self) -> list[Field]:
        """Variables of the series."""
        from maabar.engine import replicate

        return fields_of(replicate.layout(self.world))

    def begin(self) -> None:
        """Make the folder, or what is left of it, ready.

        Raises
        ------
        RunError
            Where it cannot be written.
        UseError
            Where a mechanism does not compile; then there is no folder.
        """
        if any(callable(one) for one in self.day):
            listed(self.world, day=self.day)
        if self.store.state(self.plan) == "new":
            self.store.create(
                self.plan,
                fields=self.fields,
                outcomes=[row._asdict() for row in self._numbers[1]],
                ids=self.names.ids,
                about=_about(self.scenario, self.names),
                files=_files(self.scenario),
            )
        self.store.clear()
        self.before = self.store.count(self.plan)

    @cached_property
    def _numbers(self) -> tuple[Any, Any]:
        return outcome.numbers(self.names.ids, self.world)

    def job(self) -> Job:
        """What is still to be computed."""
        columns = {field.name: field for field in self.fields}
        harvest = Harvest(self.plan.keep, columns, self.world, self._numbers[0], self.names.ids)
        return Job(
            self.plan,
            self.world,
            partial(listed, day=tuple(self.day)),
            self.sink,
            harvest,
            self.store.finished(self.plan),
        )

    def sink(self, number: int, content: Any) -> None:
        """Store a chunk."""
        try:
            self.store.write(number, content, self.plan, self.fields)
        except OSError as problem:
            raise self.store.cannot_write(problem, self.plan) from None

    def finish(self) -> None:
        """Sum up.

        Raises
        ------
        RunError
            Where the summary cannot be written.
        """
        try:
            finish(self.store)
        except OSError as problem:
            raise self.store.cannot_write(problem, self.plan) from None


def conduct(
    sessions: Sequence[Session],
    backend: Backend,
    *,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> None:
    """Compute what is missing of some runs, and sum them up.

    Parameters
    ----------
    sessions : sequence of Session
    backend : callable
        See `backend`.
    progress, cancel
        As of `maabar.run`, over all runs together.

    Raises
    ------
    Interrupted
        After Ctrl-C, or where `cancel` was set.
    RunError
        Where a folder cannot be written, or a user's mechanism raised an exception.
    """
    from maabar.engine import replicate

    tell = progress or (lambda what, done, total: None)
    total = sum(one.plan.replicates for one in sessions)
    cold = replicate.is_cold()
    begun, clock = datetime.datetime.now(datetime.UTC), time.perf_counter()
    for one in sessions:
        one.begin()
    done = sum(one.before for one in sessions)

    def advance(count: int) -> None:
        nonlocal done
        done += count
        tell("running", done, total)

    try:
        tell("compiling" if cold else "running", done, total)
        backend([one.job() for one in sessions], progress=advance, cancel=cancel)
    except KeyboardInterrupt:
        raise interrupted(sessions) from None
    except replicate.MechanismError as problem:
        raise RunError(str(problem)) from None
    finally:
        _time(
            sessions,
            begun=begun.isoformat(timespec="seconds"),
            seconds=time.perf_counter() - clock,
            cold=cold,
        )
    if any(one.store.count(one.plan) < one.plan.replicates for one in sessions):
        raise interrupted(sessions)
    for one in sessions:
        one.finish()


def backend(on: str, threads: int | None) -> Backend:
    """What computes.

    Parameters
    ----------
    on : str
        ``threads`` of this machine, ``cuda``, or the address of a Dask scheduler.
    threads : int, optional
        Of this machine; all cores unless said.

    Raises
    ------
    UseError
        For anything else, or where what it needs is not installed.
    """
    if on == "threads":
        from maabar.ensemble import threads as ensemble

        return partial(ensemble.run, threads=threads)
    if on == "cuda":
        from maabar.ensemble import cuda

        why = cuda.unavailable()
        if why:
            raise UseError(why)
        return cuda.run
    if "://" in on:
        from maabar.ensemble import cluster

        return partial(cluster.run, address=on)
    raise UseError(
        f'nothing called "{on}" computes; known: threads, cuda, and the address of a Dask '
        "scheduler, such as tcp://127.0.0.1:8786"
    )


def interrupted(sessions: Sequence[Session]) -> Interrupted:
    """What to say after Ctrl-C."""
    done = sum(one.store.count(one.plan) for one in sessions)
    total = sum(one.plan.replicates for one in sessions)
    first = sessions[0].store.path
    if len(sessions) == 1:
        how = f"in {first}; the same command with --resume finishes the run"
    else:
        how = f"in {len(sessions)} runs in {first.parent}; the same command goes on from there"
    return Interrupted(f"interrupted: {done} of {total} replicates are kept {how}", done)


def chosen(mechanisms: Sequence[Mechanism] | None, without: Sequence[str]) -> tuple[Mechanism, ...]:
    """The mechanisms of a day, in order, less those left out.

    Raises
    ------
    UseError
        For a name that is no mechanism.

    Examples
    --------
    >>> chosen(["strikes", "trade"], ["trade"])
    ('strikes',)
    """
    from maabar.scenario.reference import did_you_mean

    day: Sequence[Mechanism] = DAY if mechanisms is None else mechanisms
    for name in (*without, *(one for one in day if isinstance(one, str))):
        if name not in DAY:
            cure = did_you_mean(name, DAY, f"known: {', '.join(DAY)}")
            raise UseError(f'unknown mechanism "{name}"; {cure}')
    return tuple(one for one in day if one not in without)


def listed(world: Any, *, day: Sequence[Mechanism]) -> Any:
    """The mechanisms of a day, compiled."""
    from maabar.engine import replicate

    own = {one.__name__: one for one in day if callable(one)}
    names = [one.__name__ if callable(one) else one for one in day]
    try:
        return replicate.mechanisms(world, names, own=own)
    except replicate.MechanismError as problem:
        raise UseError(str(problem)) from None


def fields_of(columns: Sequence[Any]) -> list[Field]:
    """The engine's columns as variables of the store."""
    refers = {
        f"{table}.{field.name}": field.refers for table in STATE for field in STATE[table].fields
    }
    kinds = {"f8": "float32", "i8": "int32"}
    return [
        Field(
            name := f"{column.table}.{column.name}",
            tuple(column.dims),
            tuple(column.shape),
            column.start,
            column.stop,
            kinds[column.dtype],
            column.unit,
            column.meaning,
            column.kind,
            refers[name],
        )
        for column in columns
    ]


def finish(store: Store) -> None:
    """Sum up all outcomes and write summary.json: the run is complete."""
    provenance, plans = store.provenance, store.plan
    rows = provenance["outcomes"]
    failures: dict[str, list[int]] = {}
    more: dict[str, Any] = {}
    if plans.keep == "summary":
        for part in store.parts():
            for replicate, code in part.failed.items():
                failures.setdefault(STATUS[code], []).append(replicate)
        numbers = summed_up(merge(part.sketch for part in store.parts()))
        more = {"keep": plans.keep, "quantile_error": ERROR}
    else:
        step = max(1, BLOCK // plans.replicates)
        numbers = [
            number
            for start in range(0, len(rows), step)
            for number in outcome.summary(store.outcomes(slice(start, start + step)))
        ]
        status = (int(one) for part, _ in store.outcomes(slice(0)) for one in part)
        for replicate, code in enumerate(status):
            if code:
                failures.setdefault(STATUS[code], []).append(replicate)
    failed = sum(map(len, failures.values()))
    write_json(
        store.path / "summary.json",
        {
            "scenario": plans.scenario,
            "replicates": plans.replicates,
            "seed": plans.seed,
            "days": plans.days,
            "status": {"ok": plans.replicates - failed, "failed": failed},
            "failures": failures,
            **more,
            "outcomes": {
                row["name"]: {"unit": row["unit"]}
                | number
                | {"meaning": meaning(provenance, row["name"])}
                for row, number in zip(rows, numbers, strict=True)
            },
        },
    )


def _about(scenario: Any, names: Any) -> dict[str, Any]:
    """What the provenance says of a scenario."""
    places = names.ids["place"]
    return {
        "title": {"en": scenario.title.en, "ar": scenario.title.ar},
        "observe_from": scenario.observe_from.isoformat(),
        "currency": {
            "code": scenario.currency.code,
            "per_usd": float(scenario.currency.per_usd.median),
        },
        "titles": names.titles,
        "ends": {
            crossing: [places[place] for place in names.end_place[x]]
            for x, crossing in enumerate(names.ids["crossing"])
        },
        "changes": [
            change.model_dump(mode="json", by_alias=True, exclude_none=True)
            for change in scenario.changes_applied
        ],
        "sources": {
            one: source.model_dump(mode="json", exclude_none=True)
            for one, source in scenario.sources.items()
        },
    }


def _files(scenario: Any) -> dict[str, bytes]:
    """The scenario's files, so that the run can be repeated from its folder alone."""
    import yaml

    folder = Path(scenario.folder)
    files = {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted([*folder.glob("*.yaml"), *folder.glob("changes/*.yaml")])
    }
    for change in scenario.changes_applied:
        name = f"changes/{change.id}.yaml"
        if name not in files and "=" not in change.id:
            document = change.model_dump(mode="json", by_alias=True, exclude_none=True)
            files[name] = yaml.safe_dump(document, allow_unicode=True, sort_keys=False).encode()
    return files


def _time(sessions: Sequence[Session], *, begun: str, seconds: float, cold: bool) -> None:
    """Add what was done to timing.json, the only file with clock times."""
    done = [one.store.count(one.plan) - one.before for one in sessions]
    for one, count in zip(sessions, done, strict=True):
        path = one.store.path / "timing.json"
        share = count / sum(done) if sum(done) else 1 / len(done)
        own = {
            "begun": begun,
            "seconds": round(seconds * share, 3),
            "replicates": count,
            "cold": cold,
        }
        with suppress(OSError, RunError):  # a full disk is reported where results are written
            before = read_json(path)["sessions"] if path.exists() else []
            _write_times(path, [*before, own])


def _write_times(path: Path, sessions: list[dict[str, Any]]) -> None:
    total = sum(session["seconds"] for session in sessions)
    done = sum(session["replicates"] for session in sessions)
    document = {
        "seconds": round(total, 3),
        "replicates_per_second": round(done / total, 3) if total else None,
        "peak_mib": _peak(),
        "sessions": sessions,
    }
    write_json(path, document)


def _peak() -> float | None:
    """Largest memory of this process so far, MiB."""
    try:
        import resource
    except ImportError:  # not Unix
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / 2**20 if sys.platform == "darwin" else peak / 2**10, 1)
