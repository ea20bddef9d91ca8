"""Running a scenario into a folder, and what the folder then says."""

from __future__ import annotations

import datetime
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maabar.engine.day import DAY
from maabar.ensemble import fork
from maabar.ensemble.plan import RunPlan, plan, whole
from maabar.errors import Interrupted, RunError, UseError
from maabar.results import outcome
from maabar.results.store import Content, Field, Store, read_json, write_json
from maabar.variables import STATE, STATUS

if TYPE_CHECKING:
    import xarray

    from maabar.scenario.change import Change

RUNS = "runs"
BLOCK = 2**23  # numbers held at once while outcomes are summed up: 64 MiB

Progress = Callable[[str, int, int], None]


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
    mechanisms: Sequence[str | Callable[..., None]] | None = None,
    from_day: int | None = None,
    of: int | None = None,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> Run:
    """Run a scenario and store what comes of it; see `maabar.run`."""
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
        replicates=replicates,
        seed=seed,
        days=days,
        every=every,
        mechanisms=day,
        changes=[change.id for change in scenario.changes_applied],
        from_day=from_day,
        of=of,
    )
    store = Store(out if out is not None else Path(RUNS) / plans.id)
    state = store.state(plans)
    if state == "complete":
        return Run(store.path)
    if state == "incomplete" and not resume:
        raise RunError(
            f"{store.path} holds {store.count(plans)} of {plans.replicates} replicates of this "
            "run; run again with --resume to finish it"
        )
    if state == "new" and plans.past:
        fork.keep_to(plans, scenario, base, lambda world: listed(world, day))
    _simulate(store, plans, scenario, day, state == "new", threads, progress, cancel)
    return Run(store.path)


def chosen(
    mechanisms: Sequence[str | Callable[..., None]] | None, without: Sequence[str]
) -> tuple[str | Callable[..., None], ...]:
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

    day: Sequence[str | Callable[..., None]] = DAY if mechanisms is None else mechanisms
    for name in (*without, *(one for one in day if isinstance(one, str))):
        if name not in DAY:
            cure = did_you_mean(name, DAY, f"known: {', '.join(DAY)}")
            raise UseError(f'unknown mechanism "{name}"; {cure}')
    return tuple(one for one in day if one not in without)


def listed(world: Any, day: Sequence[str | Callable[..., None]]) -> Any:
    """The mechanisms of a day, compiled."""
    from maabar.engine import replicate

    own = {one.__name__: one for one in day if callable(one)}
    names = [one.__name__ if callable(one) else one for one in day]
    try:
        return replicate.mechanisms(world, names, own=own)
    except replicate.MechanismError as problem:
        raise UseError(str(problem)) from None


def _simulate(
    store: Store,
    plans: RunPlan,
    scenario: Any,
    day: Sequence[str | Callable[..., None]],
    new: bool,
    threads: int | None,
    progress: Progress | None,
    cancel: threading.Event | None,
) -> None:
    from maabar import world as builder
    from maabar.engine import replicate
    from maabar.ensemble import threads as ensemble
    from maabar.results import event

    tell = progress or (lambda what, done, total: None)
    world, names = builder.build(scenario)
    ids = names.ids
    fields = fields_of(replicate.layout(world))
    keep, rows = outcome.numbers(ids, world)
    if any(callable(one) for one in day):  # what does not compile leaves no folder
        tell("compiling", 0, plans.replicates)
        listed(world, day)
    if new:
        store.create(
            plans,
            fields=fields,
            outcomes=[row._asdict() for row in rows],
            ids=ids,
            about=_about(scenario, names),
            files=_files(scenario),
        )
    store.clear()
    columns = {field.name: field for field in fields}

    def sink(number: int, chunk: Any) -> None:
        view = outcome.View(chunk, columns, world)
        content = Content(
            chunk.status, chunk.series, outcome.compute(view, keep), event.tables(chunk, ids)
        )
        store.write(number, content, plans, fields)

    finished = store.finished(plans)
    done = before = store.count(plans)

    def advance(count: int) -> None:
        nonlocal done
        done += count
        tell("running", done, plans.replicates)

    threads = threads or ensemble.cores()
    cold = replicate.is_cold()
    begun, clock = datetime.datetime.now(datetime.UTC), time.perf_counter()
    try:
        tell("compiling" if cold else "running", done, plans.replicates)
        ensemble.run(
            plans,
            world,
            listed(world, day),
            threads=threads,
            sink=sink,
            progress=advance,
            cancel=cancel,
            finished=finished,
        )
    except KeyboardInterrupt:
        raise interrupted(store, plans) from None
    except replicate.MechanismError as problem:
        raise RunError(str(problem)) from None
    except OSError as problem:
        raise store.cannot_write(problem, plans) from None
    finally:
        _time(
            store,
            begun=begun.isoformat(timespec="seconds"),
            seconds=round(time.perf_counter() - clock, 3),
            replicates=store.count(plans) - before,
            threads=threads,
            cold=cold,
        )
    if store.count(plans) < plans.replicates:
        raise interrupted(store, plans)
    try:
        finish(store)
    except OSError as problem:
        raise store.cannot_write(problem, plans) from None


def interrupted(store: Store, plans: RunPlan) -> Interrupted:
    """What to say after Ctrl-C."""
    done = store.count(plans)
    return Interrupted(
        f"interrupted: {done} of {plans.replicates} replicates are kept in {store.path}; "
        "the same command with --resume finishes the run",
        done,
    )


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
    step = max(1, BLOCK // plans.replicates)
    numbers = [
        number
        for start in range(0, len(rows), step)
        for number in outcome.summary(store.outcomes(slice(start, start + step)))
    ]
    status = [int(one) for part, _ in store.outcomes(slice(0)) for one in part]
    failures: dict[str, list[int]] = {}
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
            "outcomes": {
                row["name"]: {"unit": row["unit"]}
                | number
                | {"meaning": meaning(provenance, row["name"])}
                for row, number in zip(rows, numbers, strict=True)
            },
        },
    )


def meaning(provenance: Mapping[str, Any], name: str, lang: str = "en", part: str = "means") -> str:
    """What a number of a run means, with the scenario's names."""
    row = next(row for row in provenance["outcomes"] if row["name"] == name)
    return outcome.meaning(
        name.partition(".")[0],
        row["ids"],
        ids=provenance["ids"],
        titles=provenance["titles"],
        ends=provenance["ends"],
        lang=lang,
        part=part,
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


def _time(store: Store, **session: Any) -> None:
    """Add a session to timing.json, the only file with clock times."""
    path = store.path / "timing.json"
    sessions = [*(read_json(path)["sessions"] if path.exists() else []), session]
    total = sum(session["seconds"] for session in sessions)
    done = sum(session["replicates"] for session in sessions)
    document = {
        "seconds": round(total, 3),
        "replicates_per_second": round(done / total, 3) if total else None,
        "peak_mib": _peak(),
        "sessions": sessions,
    }
    with suppress(OSError):  # a full disk is reported where results are written
        write_json(path, document)


def _peak() -> float | None:
    """Largest memory of this process so far, MiB."""
    try:
        import resource
    except ImportError:  # not Unix
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / 2**20 if sys.platform == "darwin" else peak / 2**10, 1)
