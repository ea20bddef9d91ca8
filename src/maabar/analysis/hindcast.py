"""The report as a test: how probable the model makes what it tells, and what came after it.

Two looks.  The first asks, for each dated or orderable claim (``hindcast.yaml``), in what share of
replicates it happened within its window, beside the same without strikes, a rival outcome, and a
null that knows only base rates: that an event of its kind happens so often to a group and day, over
the whole run and all groups that ever have one, and falls evenly on all that could be its object.
The second runs on for a year and counts events by kind and quarter against what was reported later
(``observed.yaml``), each event being reported with a chance that is itself uncertain, beside a
Poisson process of the constant rate seen before the start.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from pydantic import Field, ValidationError

from maabar.analysis import score
from maabar.analysis.trial import Arm, Observed, Progress, Sight, observe
from maabar.errors import UseError
from maabar.results.outcome import KIND
from maabar.scenario import document
from maabar.scenario.part import Part

PARTS = {"men": 0.0, "arms": 1.0, "headquarters": 2.0}
KINDS = {kind.replace(" ", "-"): kind for kind in KIND} | {
    "beside-points": "moved beside the patron's points"
}
"""Kinds of events as the files write them: ``weapons-moved-into-homes``, ``beside-points``."""
STRIKES_GONE = Arm(("ablate-strikes",))
SIGHTED = {  # kinds of reports, and the events of the model that could be one
    "strike": ("strike",),
    "clash": ("clash",),
    "takeover": ("takeover",),
    "realignment": ("realignment",),
    "withdrawal": ("withdrawal",),
    "redeployment": (
        "positions moved",
        "weapons moved into homes",
        "moved beside the patron's points",
        "men moved into homes",
        "moved into the open",
        "headquarters moved",
    ),
}
Window = tuple[datetime.date, datetime.date]


class Happening(Part):
    """An event that is looked for."""

    kind: tuple[str, ...] = Field(min_length=1)
    by: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    left: str | None = None
    part: Literal["men", "arms", "headquarters"] | None = None
    place: tuple[str, ...] = ()
    gathers: bool | None = None
    after: Happening | None = None
    in_places: int = Field(1, ge=1)


class Told(Part):
    """A claim as events."""

    claim: str
    events: tuple[Happening, ...] = Field(min_length=1)
    rival: tuple[Happening, ...] = Field(min_length=1)


class Claims(Part):
    """hindcast.yaml."""

    format: Literal[1]
    window: Window
    claims: tuple[Told, ...]


class Report(Part):
    """One event that was reported."""

    day: datetime.date
    kind: str
    places: tuple[str, ...]
    url: str


class Reports(Part):
    """observed.yaml."""

    format: Literal[1]
    history: Window
    looked_at: Window
    held_out_from: datetime.date
    reporting: dict[str, tuple[float, float]]
    rows: tuple[Report, ...]


def hindcast(
    scenario: str | Path,
    *,
    replicates: int = 1000,
    seed: int = 1,
    threads: int | None = None,
    lang: str = "en",
    progress: Callable[[str, int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> dict[str, Any]:
    """Both looks; see `maabar.hindcast`."""
    from maabar.scenario.load import load

    loaded = load(scenario, allow_unsourced=True)
    claims = read(loaded.folder / "hindcast.yaml", Claims)
    reports = read(loaded.folder / "observed.yaml", Reports)
    start = loaded.observe_from
    window = ((claims.window[0] - start).days, (claims.window[1] - start).days)
    periods = list(quarters(reports))
    days = (reports.looked_at[1] - start).days
    tell = Progress(progress, 2 * replicates)
    settings: dict[str, Any] = {
        "replicates": replicates, "seed": seed, "threads": threads, "every": 365,
        "advance": tell.advance, "cancel": cancel,
    }  # fmt: skip
    asked = {
        f"{told.claim}:{what}": _shown(happenings, window, all_of=what == "claim")
        for told in claims.claims
        for what, happenings in (("claim", told.events), ("rival", told.rival))
    }
    world = observe(
        scenario, Arm(), asked | {"rates": rates, "counts": _counted(periods, start)}, days=days,
        **settings,
    )  # fmt: skip
    spared = observe(scenario, STRIKES_GONE, asked, days=window[1] + 1, **settings)
    null = Null(world, loaded, days, window)
    weights = score.resample(replicates, seed) * (world.status == 0)
    rows = [
        {
            "claim": told.claim,
            "gloss": getattr(loaded.claims[told.claim].gloss, lang),
            "window_days": list(window),
            "share": share(world, f"{told.claim}:claim"),
            "no_strikes": share(spared, f"{told.claim}:claim"),
            "rival": share(world, f"{told.claim}:rival"),
            "null": null.probability(told.events),
            "log_score": _scores(world, told.claim, weights)[0],
        }
        for told in claims.claims
    ]
    scores = [_scores(world, told.claim, weights) for told in claims.claims]
    totals = np.sum(scores, axis=0)
    return {
        "scenario": loaded.id,
        "replicates": int((world.status == 0).sum()),
        "seed": seed,
        "claims": rows,
        "total": {
            "model": float(totals[0]),
            "null": float(sum(np.log(row["null"]) for row in rows)),
            "mcse": float(np.std(totals[1:], ddof=1)),
            "rival_no_less_probable": [r["claim"] for r in rows if r["rival"] >= r["share"]],
        },
        "counts": list(_compared(world, reports, periods, seed)),
    }


def read(path: Path, model: type[Any]) -> Any:
    """A file of a scenario that only the hindcast reads.

    Raises
    ------
    UseError
        Where there is no such file, or it is not as it should be.
    """
    if not path.exists():
        raise UseError(f"{path.parent.name} has no {path.name}: there is nothing to hindcast")
    said = document.read(path)
    if said.findings:
        raise UseError("\n".join(str(finding) for finding in said.findings))
    try:
        return model.model_validate(said.data)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise UseError(f"{path.parent.name}/{path.name}  {where}  {first['msg']}") from None


# --- The first look ------------------------------------------------------------------------------


def matches(sight: Sight, what: Happening) -> np.ndarray:
    """Events of the observed part that are what is looked for."""
    events = sight.events(*(KINDS[kind] for kind in what.kind))
    keep = np.ones(len(events), bool)
    if what.by or what.on:
        keep &= _between(sight, events, what)
    if what.left:
        keep &= events["amount"] == sight.number("patron", what.left)
    if what.part:
        keep &= events["term_5"] == PARTS[what.part]
    if what.place:
        keep &= np.isin(events["place"], sight.numbers("place", what.place))
    if what.gathers is not None:
        keep &= (events["term_5"] > 0) == what.gathers
    if what.after:
        keep &= _follows(events, matches(sight, what.after))
    return events[keep]  # type: ignore[no-any-return]


def _between(sight: Sight, events: np.ndarray, what: Happening) -> np.ndarray:
    """Who did it to whom; a meeting has no direction."""

    def side(column: str, ids: Sequence[str]) -> np.ndarray:
        if not ids:
            return np.ones(len(events), bool)
        dim = next(dim for dim in ("group", "patron", "label") if set(ids) <= set(sight.ids[dim]))
        return np.isin(events[column], sight.numbers(dim, ids))

    one = side("actor", what.by) & side("target", what.on)
    if what.kind != ("meeting",):
        return one
    return one | (side("target", what.by) & side("actor", what.on))  # type: ignore[no-any-return]


def _follows(events: np.ndarray, earlier: np.ndarray) -> np.ndarray:
    """Which events have one of the earlier at the same end of a crossing."""
    keys = ("replicate", "crossing", "end")
    first: dict[tuple[int, ...], int] = {}
    for event in earlier[::-1]:
        first[tuple(int(event[key]) for key in keys)] = int(event["row"])
    return np.array(
        [
            first.get(tuple(int(event[key]) for key in keys), event["row"]) < event["row"]
            for event in events
        ],
        bool,
    )


def _shown(
    happenings: Sequence[Happening], window: tuple[int, int], *, all_of: bool
) -> Callable[[Sight], np.ndarray]:
    """1 where all (or any) of some events happen in the window."""

    def look(sight: Sight) -> np.ndarray:
        found = []
        for what in happenings:
            events = matches(sight, what)
            events = events[(window[0] <= events["day"]) & (events["day"] <= window[1])]
            spots = np.unique(
                np.column_stack([sight.row(events), events["actor"], events["place"]]), axis=0
            )
            found.append(np.bincount(spots[:, 0], minlength=sight.count) >= what.in_places)
        together = np.all(found, axis=0) if all_of else np.any(found, axis=0)
        return np.column_stack([sight.replicates, together]).astype(float)

    return look


def share(world: Observed, name: str) -> float:
    """Share of sound replicates in which it happened."""
    return float(world.rows[name][world.status == 0, 1].mean())


def _scores(world: Observed, claim: str, weights: np.ndarray) -> np.ndarray:
    """Log score of a claim, and its bootstrap."""
    happened = weights @ world.rows[f"{claim}:claim"][:, 1]
    return np.array(
        [score.log_score(k, n) for k, n in zip(happened, weights.sum(axis=1), strict=True)]
    )


def rates(sight: Sight) -> np.ndarray:
    """Every event of a kind that claims may name: kind, actor, target, part, gathered."""
    events = sight.events(*KINDS.values())
    names = ("replicate", "kind", "actor", "target", "term_5")
    return np.column_stack([events[name] for name in names]).astype(float)


class Null:
    """Base rates only: so often an event of its kind, to any group, on any day, with any object.

    Parameters
    ----------
    world : Observed
        With the rows of `rates`.
    scenario : Scenario
    days : int
        Length of the run.
    window : tuple of int
        First and last day.
    """

    def __init__(self, world: Observed, scenario: Any, days: int, window: tuple[int, int]) -> None:
        sound = world.status == 0
        events = world.rows["rates"]
        self.events = events[sound[events[:, 0].astype(int)]]
        self.exposure = float(sound.sum() * days)
        self.length = window[1] - window[0] + 1
        self.scenario = scenario

    def probability(self, happenings: Sequence[Happening]) -> float:
        """That all of some events happen in the window, each by itself."""
        return float(np.prod([self.chance(what) for what in happenings]))

    def chance(self, what: Happening) -> float:
        """That an event happens in the window in as many places as asked.

        Its mean is the rate of its kind (and part) to a group and day, times those who would do it,
        times the share of what it would be done to among all that it could be done to.
        """
        from math import exp, factorial

        mean = self.rate(what) * max(1, len(what.by)) * self.length * self.narrowed(what)
        below = sum(exp(-mean) * mean**k / factorial(k) for k in range(what.in_places))
        chance = max(1.0 - below, 0.5 / self.exposure)
        return chance * (self.chance(what.after) if what.after else 1.0)

    def rate(self, what: Happening) -> float:
        """Events of its kind a group and day, over the groups that ever have one."""
        mine = np.isin(self.events[:, 1], [KIND[KINDS[kind]] for kind in what.kind])
        if what.part:
            mine &= self.events[:, 4] == PARTS[what.part]
        if what.gathers is not None:
            mine &= (self.events[:, 4] > 0) == what.gathers
        both = (2, 3) if what.kind == ("meeting",) else (2,)
        groups = max(1, len(np.unique(self.events[mine][:, both])))
        return float(len(both) * mine.sum() / groups / self.exposure)

    def narrowed(self, what: Happening) -> float:
        """Share of what is named among all that an event of its kind could be done to."""
        could = 1.0
        if what.kind == ("meeting",):
            could = len(what.on) / (len(self.scenario.groups) - 1)
        elif what.kind == ("realignment",) and what.on:
            could = len(what.on) / (len(self.scenario.patrons) - 1)
        elif what.kind == ("flag-raised",) and what.on:
            could = len(what.on) / (len(self.scenario.labels) - 1)
        if what.place:
            stands = set().union(*(self.scenario.groups[one].fighters for one in what.by))
            could *= len(stands & set(what.place)) / max(1, len(stands))
        return could


# --- The second look -----------------------------------------------------------------------------


class Quarter(NamedTuple):
    """A part of a quarter: from a day to a day (half-open)."""

    name: str
    first: datetime.date
    last: datetime.date
    held_out: bool


def quarters(reports: Reports) -> Iterator[Quarter]:
    """The quarters looked at, cut where the held-out part begins."""
    first, end = reports.looked_at
    while first < end:
        month = 3 * ((first.month - 1) // 3) + 4
        last = datetime.date(first.year + (month > 12), (month - 1) % 12 + 1, 1)
        name = f"{first.year}-Q{(first.month + 2) // 3}"
        last = min(last, end)
        if first < reports.held_out_from < last:
            last = reports.held_out_from
        yield Quarter(name, first, last, first >= reports.held_out_from)
        first = last


def _counted(periods: Sequence[Quarter], start: datetime.date) -> Callable[[Sight], np.ndarray]:
    """Events by kind and period; clashes and takeovers of the first bank only."""
    edges = [(period.first - start).days for period in periods]
    edges.append((periods[-1].last - start).days)

    def look(sight: Sight) -> np.ndarray:
        columns = [sight.replicates]
        for kinds in SIGHTED.values():
            events = sight.events(*kinds)
            events = events[events["end"] <= 0]
            for first, last in pairwise(edges):
                mine = (first <= events["day"]) & (events["day"] < last)
                columns.append(sight.tally(events[mine]))
        return np.column_stack(columns).astype(float)

    return look


def _compared(
    world: Observed, reports: Reports, periods: Sequence[Quarter], seed: int
) -> Iterator[dict[str, Any]]:
    """Reported counts beside the model's, thinned by reporting, and beside the Poisson's."""
    counts = world.rows["counts"][world.status == 0, 1:].astype(int)
    random = np.random.default_rng(seed)
    before = (reports.history[1] - reports.history[0]).days
    for n, kind in enumerate(SIGHTED):
        low, high = reports.reporting[kind]
        reported = random.uniform(low, high, len(counts))
        past = sum(
            row.kind == kind and reports.history[0] <= row.day < reports.history[1]
            for row in reports.rows
        )
        for k, period in enumerate(periods):
            seen = sum(
                row.kind == kind and period.first <= row.day < period.last for row in reports.rows
            )
            sample = random.binomial(counts[:, n * len(periods) + k], reported)
            days = (period.last - period.first).days
            steady = random.poisson((past + 0.5) / before * days, len(counts))
            half, most = score.central(sample, 0.5), score.central(sample, 0.9)
            yield {
                "kind": kind,
                "quarter": period.name,
                "days": days,
                "held_out": period.held_out,
                "observed": seen,
                "mean": float(sample.mean()),
                "interval50": list(half),
                "interval90": list(most),
                "in50": half[0] <= seen <= half[1],
                "in90": most[0] <= seen <= most[1],
                "crps": score.crps(sample, seen),
                "crps_poisson": score.crps(steady, seen),
            }


def coverage(counts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """How often counts lie in their intervals, and the mean CRPS of both.

    Parameters
    ----------
    counts : sequence of dict
        Rows of the document's ``counts``.
    """
    return {
        "cells": len(counts),
        "events": sum(row["observed"] for row in counts),
        **{
            key: float(np.mean([row[key] for row in counts])) if counts else None
            for key in ("in50", "in90", "crps", "crps_poisson")
        },
    }
