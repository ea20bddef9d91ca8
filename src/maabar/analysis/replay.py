"""A stored run, run again one replicate at a time: the same bytes, or with something forbidden.

The scenario comes from the run's own folder, the draws from its seed.  What is run again is held
against the events that are stored; where they differ (another version of the code, an edited
folder) nothing is said about it.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from maabar.ensemble import fork
from maabar.errors import RunError, UseError
from maabar.results import event
from maabar.results.store import Store
from maabar.variables import EVENTS, WORLD
from maabar.world import build, hash_of

ADDED = "one-strike-more"
Veto = tuple[int, int, int, int]
"""A decision that is forbidden: day of the run, process, i, j."""


class Outcome(NamedTuple):
    """A replicate that was run again.

    Parameters
    ----------
    events, causes : structured ndarray
        As the engine wrote them.
    acts : dict of int to tuple of int
        Row of an event to the rows of the timeline behind it.
    patrons : ndarray of int
        Patron of each group at the start.
    """

    events: np.ndarray
    causes: np.ndarray
    acts: dict[int, tuple[int, ...]]
    patrons: np.ndarray


class Stored(NamedTuple):
    """What a run's folder holds of a replicate: events, and causes of each with their weights."""

    replicate: int
    events: list[dict[str, Any]]
    causes: dict[int, dict[int, float]]


class Replay:
    """The world of a stored run.

    Parameters
    ----------
    path : str or Path
        The run's folder.
    more : sequence of Change
        On top of the run's own changes.

    Raises
    ------
    RunError
        Where the folder is no run, or holds another scenario than was run.
    UseError
        Where the run has mechanisms of a user's own, which are not stored.

    Examples
    --------
    >>> Replay("runs/two-crossings-1a2b3c4d").run(0).events["day"]      # doctest: +SKIP
    """

    def __init__(self, path: str | Path, more: Sequence[Any] = ()) -> None:
        from maabar.engine import replicate
        from maabar.scenario.change import Change
        from maabar.scenario.load import load

        self.store = Store(path)
        self.store.need("events")
        self.plan, self.provenance = self.store.plan, self.store.provenance
        own = [one.partition("@")[0] for one in self.plan.mechanisms if "@" in one]
        if own:
            raise UseError(
                f"{self.store.path} has mechanisms of its own ({', '.join(own)}), which its folder "
                "does not hold: its replicates cannot be run again"
            )
        changes = [Change.model_validate(revived(one)) for one in self.provenance["changes"]]
        folder = self.store.path / "scenario"
        if not more:
            self.scenario = load(folder, changes=changes, allow_unsourced=True)
            if self.scenario.source_hash != self.plan.source:
                raise self._other(f"{folder} is not the scenario that was run")
        self.scenario = load(folder, changes=[*changes, *more], allow_unsourced=True)
        if more and self.plan.past:  # on top of a fork, they begin where it does
            on = self.scenario.observe_from + datetime.timedelta(days=self.plan.past[1])
            more = fork.begun(self.scenario.changes_applied[len(changes) :], on)
            self.scenario = load(folder, changes=[*changes, *more], allow_unsourced=True)
        self.world, names = build(self.scenario)
        self.ids = names.ids
        self.index = {
            dim: {one: number for number, one in enumerate(ids)} for dim, ids in self.ids.items()
        }
        self.observe_day = int(self.world.run[0]["observe_day"])
        self.mechanisms = replicate.mechanisms(self.world, self.plan.mechanisms)
        self.own = threading.local()

    def _other(self, what: str) -> RunError:
        from maabar.ensemble.plan import code

        there, here = self.plan.code, code()
        why = f"; it was made by maabar {there}, this is {here}" if there != here else ""
        return RunError(f"{what}{why}; run the scenario again and explain that run")

    def run(
        self,
        number: int,
        *,
        days: int | None = None,
        veto: Sequence[Veto] = (),
        strike: Mapping[str, int] | None = None,
    ) -> Outcome:
        """Run a replicate again.

        Parameters
        ----------
        number : int
            The replicate.
        days : int, optional
            From `observe_from`; the run's own unless said.
        veto : sequence of (day, process, i, j)
            Decisions that are forbidden.
        strike : mapping, optional
            Fields of the strike that was added to the timeline (see `with_strike`).
        """
        from maabar.engine import replicate
        from maabar.engine.state import VETO, offsets, readable

        if not hasattr(self.own, "space"):
            self.own.space = replicate.workspace(self.world)
            self.own.space.template = self.world.raw.copy()
        space, plan = self.own.space, self.plan
        space.world = space.world._replace(veto=readable(np.array(list(veto), VETO)))
        if strike:
            names = [field.name for field in WORLD["timeline"].fields]
            start = offsets(WORLD, space.sizes)["timeline"] + self.added * len(names)
            for field, value in strike.items():
                space.template.view(np.int64)[start + names.index(field)] = value
        days = plan.days if days is None else max(0, min(days, plan.days))
        given: dict[str, Any] = {"seed": plan.seed, "every": plan.every}
        if plan.past:
            of, day = plan.past
            given["past"] = replicate.pause(space, self.mechanisms, replicate=of, day=day, **given)
            days = max(days, day)
        chunk = replicate.simulate(
            space, self.mechanisms, first=number, count=1, days=days, **given
        )
        acts: dict[int, tuple[int, ...]] = {}
        for r, row in enumerate(space.state.timeline["event"]):
            if row >= 0 and space.state.timeline["done"][r] > 0:
                acts[int(row)] = (*acts.get(int(row), ()), r)
        return Outcome(chunk.events, chunk.causes, acts, space.world.group["patron"].copy())

    def world_on(self, number: int, day: int) -> Any:
        """The world of a replicate on the morning of a day: its priors drawn, what is due done."""
        from maabar.engine.state import copy_world

        self.run(number, days=day)
        return copy_world(self.own.space.world, self.own.space.sizes)

    def number(self, kind: str, column: str, identity: str) -> int:
        """Index of the actor or target of a kind of event.

        Raises
        ------
        UseError
            Where there is none of that name.
        """
        from maabar.scenario.reference import did_you_mean

        dim = getattr(next(one for one in EVENTS if one.name == kind), column)
        if identity in self.index.get(dim, {}):
            return self.index[dim][identity]
        if not dim:
            raise UseError(f'events of kind "{kind}" have no {column}; leave --{column} out')
        cure = did_you_mean(identity, self.ids[dim], f"known: {', '.join(self.ids[dim])}")
        raise UseError(f'unknown {dim} "{identity}"; {cure}')

    @property
    def added(self) -> int:
        """Row of the strike that `with_strike` added."""
        return int(np.flatnonzero(self.world.timeline["key"] == hash_of(f"timeline.{ADDED}"))[0])

    def chunks(self) -> list[int]:
        """Numbers of the chunks that the folder holds."""
        return sorted(self.store.finished(self.plan))

    def sound(self, chunk: int) -> list[int]:
        """Replicates of a chunk that did not break off."""
        first, _ = self.plan.span(chunk)
        return [first + int(n) for n in np.flatnonzero(self.store.status(chunk) == 0)]

    def stored(self, numbers: Sequence[int]) -> Iterator[Stored]:
        """Some of the replicates that the folder holds, in order."""
        import pyarrow.compute as pc

        for chunk in self.chunks():
            first, count = self.plan.span(chunk)
            wanted = [n for n in numbers if first <= n < first + count]
            if not wanted:
                continue
            events, causes = (self.store.table(one, chunk) for one in ("events", "causes"))
            for n in sorted(wanted):
                mine, because = (
                    one.filter(pc.equal(one["replicate"], n)).to_pylist()
                    for one in (events, causes)
                )
                weights: dict[int, dict[int, float]] = {}
                for one in because:
                    of = weights.setdefault(one["row"], {})
                    of[one["cause"]] = of.get(one["cause"], 0.0) + one["weight"]
                yield Stored(n, mine, weights)

    def first(self, chunk: int, kind: str, **said: str | None) -> dict[int, int]:
        """Replicates of a chunk with such an event in the observed part, and its first row.

        Parameters
        ----------
        chunk : int
        kind : str
        **said
            Columns of ids that are said, or None.
        """
        import pyarrow.compute as pc

        table = self.store.table("events", chunk)
        wanted = pc.field("day") >= 0
        for column, one in {"kind": kind, **said}.items():
            if one is not None:
                wanted &= pc.field(column).cast("string") == one
        found = table.filter(wanted).select(["replicate", "row"]).to_pylist()
        rows: dict[int, int] = {}
        for one in found:
            rows.setdefault(one["replicate"], one["row"])
        return rows

    def vouch(self, numbers: Sequence[int]) -> None:
        """Compare whole replicates, where another version of the code made the run.

        Raises
        ------
        RunError
            Where one of them, run again, is not what is stored.
        """
        from maabar.ensemble.plan import code

        if self.plan.code != code():
            for stored in self.stored(numbers):
                self.compare(stored, self.run(stored.replicate))

    def compare(self, stored: Stored, again: Outcome, last: int | None = None) -> None:
        """Make sure that what was run again is what is stored, up to a day.

        Raises
        ------
        RunError
            Where it is not.
        """

        class Both(NamedTuple):
            events: np.ndarray
            causes: np.ndarray

        now = event.tables(Both(again.events, again.causes), self.ids)["events"].to_pylist()
        kept = (
            [row for row in rows if last is None or row["day"] <= last]
            for rows in (stored.events, now)
        )
        if repr(next(kept)) != repr(next(kept)):
            raise self._other(
                f"replicate {stored.replicate} of {self.store.path}, run again, is not what is "
                "stored"
            )


def with_strike(scenario: Any) -> Any:
    """A change that adds a strike, whose day, doer and target each replicate is told."""
    from maabar.scenario.change import Change

    name = {"en": ADDED, "ar": ADDED}
    row = {
        "id": ADDED,
        "on": scenario.observe_from,
        "strike": {"by": next(iter(scenario.strikers)), "on": next(iter(scenario.labels))},
        "assumed": "a cause added where it was absent",
    }
    return Change.model_validate(
        {"id": ADDED, "title": name, "asks": name, "change": ({"add": "timeline", "row": row},)}
    )


def revived(said: Any, key: str = "") -> Any:
    """A change from a JSON document as it was read from its file: dates, and tuples for lists.

    Examples
    --------
    >>> revived({"change": [{"since": "2030-01-05"}]})["change"][0]["since"].day
    5
    """
    if isinstance(said, Mapping):
        return {name: revived(one, name) for name, one in said.items()}
    if isinstance(said, list):
        return tuple(revived(one, key) for one in said)
    if isinstance(said, str) and key in ("on", "until", "since", "between"):
        return datetime.date.fromisoformat(said)
    return said
