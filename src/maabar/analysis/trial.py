"""A scenario under some changes, observed in memory: what ablations are measured with.

Every arm of a trial runs on the same draws, so that two arms differ only by what follows from their
changes.  Nothing is stored: chunks are reduced to what is asked of them as they come.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from maabar.results.outcome import KIND, View

COMPANY, CORE = 1, 2  # kinds of groups
FIRST, SECOND = 0, 1  # banks, and ends of a crossing


class Arm(NamedTuple):
    """One world of a trial.

    Parameters
    ----------
    changes : tuple of str
        Shipped changes of the scenario, or ``PATH=VALUE@DATE``.
    without : tuple of str
        Mechanisms left out.
    """

    changes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As on the command line."""
        said = [*self.changes, *(f"--without {one}" for one in self.without)]
        return " + ".join(said) or "as it is"


class Sight(View):
    """One chunk, with the scenario's ids: what a statistic looks at.

    Parameters
    ----------
    chunk : Chunk
    columns : mapping
    world : World
    ids : mapping
        Dim to ids.
    scenario : Scenario
    """

    def __init__(
        self,
        chunk: Any,
        columns: Mapping[str, Any],
        world: Any,
        ids: Mapping[str, Sequence[str]],
        scenario: Any,
    ) -> None:
        super().__init__(chunk, columns, world)
        self.ids = ids
        self.scenario = scenario
        self.replicates = np.asarray(chunk.replicates)

    def number(self, dim: str, identity: str) -> int:
        """Index of an id."""
        return tuple(self.ids[dim]).index(identity)

    def numbers(self, dim: str, identities: Iterable[str]) -> list[int]:
        """Indices of ids."""
        return [self.number(dim, one) for one in identities]

    def events(self, *kinds: str, warm_up: bool = False) -> np.ndarray:
        """Events of some kinds, those of the observed part unless asked."""
        events = self.chunk.events
        keep = np.isin(events["kind"], [KIND[kind] for kind in kinds])
        return events[keep if warm_up else keep & (events["day"] >= 0)]  # type: ignore[no-any-return]

    def row(self, events: np.ndarray) -> np.ndarray:
        """Place in the chunk of the replicate of each event."""
        return events["replicate"] - self.replicates[0]  # type: ignore[no-any-return]

    def tally(self, events: np.ndarray) -> np.ndarray:
        """How many of some events each replicate has."""
        return np.bincount(self.row(events), minlength=self.count)

    def on(self, day: int) -> int:
        """The record of a day, or the last before it."""
        return int(np.searchsorted(self.days, day, side="right")) - 1

    def between(self, first: int, last: int) -> slice:
        """Records of the days from `first` to `last`."""
        return slice(*np.searchsorted(self.days, [first, last + 1]))

    @cached_property
    def places(self) -> list[dict[int, float]]:
        """Where each group stands at the start: place to median fighters."""
        return [
            {
                self.number("place", place): fighters.median
                for place, fighters in self.scenario.groups[group].fighters.items()
                if fighters.median > 0
            }
            for group in self.ids["group"]
        ]

    @cached_property
    def bank(self) -> np.ndarray:
        """Bank of each group's men at the start; -1 where it has none."""
        own = self.world.place["bank"]
        return np.array([own[next(iter(here))] if here else -1 for here in self.places])

    @cached_property
    def movers(self) -> np.ndarray:
        """Groups that could change their patron."""
        return np.asarray(
            (self.world.group["exists"] > 0)
            & (self.world.group["kind"] != CORE)
            & ((self.world.group_patron["may_join"] > 0).sum(axis=1) > 1)
        )

    @cached_property
    def history(self) -> History:
        """Patrons and flags, day by day."""
        return History(self)


class History:
    """Who served whom and showed what on which day, from the events."""

    def __init__(self, sight: Sight) -> None:
        self.first = {
            "patron": sight.first("group.patron").astype(int),
            "flag": sight.first("group.flag").astype(int),
        }
        self.turns: dict[tuple[str, int, int], list[tuple[int, int]]] = {}
        for what, kind in (("patron", "realignment"), ("flag", "flag raised")):
            events = sight.events(kind)
            for row, event in zip(sight.row(events), events, strict=True):
                turn = int(event["day"]), int(event["target"])
                self.turns.setdefault((what, int(row), int(event["actor"])), []).append(turn)

    def at(self, what: str, row: int, group: int, day: int) -> int:
        """Patron or flag of a group in the evening of a day."""
        now = int(self.first[what][row, group])
        for turn, new in self.turns.get((what, row, group), ()):
            if turn <= day:
                now = new
        return now


class Progress:
    """How far all arms of a trial are together.

    Parameters
    ----------
    tell : callable, optional
        Called with what happens (``compiling``, ``running``), replicates done, and how many in all.
    total : int
        Replicates of all arms.
    """

    def __init__(self, tell: Callable[[str, int, int], None] | None, total: int) -> None:
        from maabar.engine.replicate import is_cold

        self.tell = tell or (lambda what, done, total: None)
        self.done, self.total = 0, total
        self.tell("compiling" if is_cold() else "running", 0, total)

    def advance(self, count: int) -> None:
        """So many replicates more."""
        self.done += count
        self.tell("running", self.done, self.total)


Observe = Callable[[Sight], np.ndarray]
"""A chunk to rows of numbers; the first column is the replicate."""


class Observed(NamedTuple):
    """What an arm gave.

    Parameters
    ----------
    status : ndarray of int, shape (replicates,)
        0 where the replicate is sound.
    rows : dict of str to ndarray
        By the name of what was asked.
    """

    status: np.ndarray
    rows: dict[str, np.ndarray]


def observe(
    source: str | Path,
    arm: Arm,
    asked: Mapping[str, Observe],
    *,
    replicates: int,
    seed: int,
    days: int | None = None,
    every: int = 1,
    threads: int | None = None,
    advance: Callable[[int], None] | None = None,
    cancel: threading.Event | None = None,
) -> Observed:
    """Run one arm and reduce it to what is asked.

    Parameters
    ----------
    source : str or Path
        A shipped scenario or a folder.
    arm : Arm
    asked : mapping
        Name to function of a chunk.
    replicates, seed, days, every, threads
        As of `maabar.run`.
    advance : callable, optional
        Called with the number of replicates that a chunk has added.
    cancel : threading.Event, optional
        Set it to stop.

    Raises
    ------
    KeyboardInterrupt
        After Ctrl-C, or where `cancel` was set.

    Examples
    --------
    >>> def count(sight):
    ...     return np.column_stack([sight.replicates, sight.tally(sight.events("clash"))])
    >>> observe("two-crossings", Arm(), {"clashes": count}, replicates=8, seed=1, days=30)
    ... # doctest: +SKIP
    """
    from maabar.engine import replicate
    from maabar.ensemble import threads as ensemble
    from maabar.ensemble.job import Job
    from maabar.ensemble.plan import plan
    from maabar.results.session import chosen, listed
    from maabar.scenario.load import load
    from maabar.world import build

    scenario = load(source, changes=arm.changes, allow_unsourced=True)
    day = [one for one in chosen(None, arm.without) if isinstance(one, str)]
    plans = plan(scenario, replicates=replicates, seed=seed, days=days, every=every, mechanisms=day)
    world, names = build(scenario)
    columns = {f"{one.table}.{one.name}": one for one in replicate.layout(world)}
    found: dict[int, tuple[np.ndarray, dict[str, np.ndarray]]] = {}

    def sink(number: int, chunk: Any) -> None:
        sight = Sight(chunk, columns, world, names.ids, scenario)
        found[number] = chunk.status, {name: look(sight) for name, look in asked.items()}

    job = Job(plans, world, partial(listed, day=day), sink)
    ensemble.run([job], threads=threads, progress=advance, cancel=cancel)
    if len(found) < len(list(plans.chunks())):
        raise KeyboardInterrupt
    chunks = [found[number] for number in sorted(found)]
    return Observed(
        np.concatenate([status for status, _ in chunks]),
        {name: np.concatenate([rows[name] for _, rows in chunks]) for name in asked},
    )
