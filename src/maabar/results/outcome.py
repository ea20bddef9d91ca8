"""Named outcomes: what a run is asked for, each a number for every replicate.

An outcome is a function of one chunk of replicates.  It may have dims of its own (one number for
every group, say); then it stands in the results as ``name.id`` or ``name.id.id``.  Nothing here
knows a scenario's ids.  Names and meanings in both languages are in the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from maabar.sentence import name as title
from maabar.sentence import say
from maabar.variables import EVENTS

LATE = 30  # days at the end over which "at the end" is a mean
SOON = 120  # days within which a change of patron counts as soon
CORE = 2  # kind of group: a patron's own regular force, which never realigns
KIND = {kind.name: row for row, kind in enumerate(EVENTS)}
SHARE = "share of replicates"


class View:
    """One chunk of replicates, read by the names of the registry.

    Parameters
    ----------
    chunk : Chunk
        As the engine made it.
    columns : mapping
        ``table.name`` to what has `start`, `stop` and `shape`.
    world : World
        The scenario's tables.
    """

    def __init__(self, chunk: Any, columns: Mapping[str, Any], world: Any) -> None:
        self.chunk = chunk
        self.columns = columns
        self.world = world
        self.days = np.asarray(chunk.days)
        self.length = int(self.days[-1])
        self.count = len(chunk.replicates)

    def __getitem__(self, name: str) -> np.ndarray:
        """Series of a variable: (replicate, record, own dims)."""
        column = self.columns[name]
        series = self.chunk.series[:, :, column.start : column.stop]
        return series.reshape(*series.shape[:2], *column.shape)  # type: ignore[no-any-return]

    def first(self, name: str) -> np.ndarray:
        """At the start of the observed part."""
        return self[name][:, 0]

    def last(self, name: str) -> np.ndarray:
        """At the end."""
        return self[name][:, -1]

    def daily(self, name: str) -> np.ndarray:
        """Gained a day, for what accumulates."""
        return (self.last(name) - self.first(name)) / self.length

    def mean(self, series: np.ndarray) -> np.ndarray:
        """Mean over the records after the start."""
        return series[:, 1:].mean(axis=1)  # type: ignore[no-any-return]

    def late(self, series: np.ndarray) -> np.ndarray:
        """Mean over the last 30 days."""
        return series[:, self.days > self.length - LATE].mean(axis=1)  # type: ignore[no-any-return]

    @cached_property
    def moves(self) -> np.ndarray:
        """First realignment of every group: (replicate, group, [day, patron]); NaN where none."""
        events = self.chunk.events
        events = events[(events["kind"] == KIND["realignment"]) & (events["day"] >= 0)]
        found = np.full((self.count, len(self.world.group), 2), np.nan)
        # Backwards, so that the first event of a group is the last to be written.
        at = events["replicate"][::-1] - self.chunk.replicates[0], events["actor"][::-1]
        found[(*at, 0)] = events["day"][::-1]
        found[(*at, 1)] = events["target"][::-1]
        return found

    @cached_property
    def other_flag(self) -> np.ndarray:
        """1 where a group shows another flag than its patron's: (replicate, record, group)."""
        label = self.world.patron["label"][self["group.patron"].astype(int)]
        return (self["group.flag"] != label).astype(float)  # type: ignore[no-any-return]


Function = Callable[[View], np.ndarray]
Where = Callable[[Any], np.ndarray]


class Outcome(NamedTuple):
    """One named outcome.

    Parameters
    ----------
    name : str
        As in the catalogue's section ``outcome``.
    unit : str
        As in the catalogue's section ``units``.
    dims : tuple of str
        Its own dims.
    function : callable
        View to array (replicate, own dims).
    where : callable, optional
        World to a mask over its own dims: what is worth a row.
    series : str
        The recorded variable that it sums up, for a picture over time.
    """

    name: str
    unit: str
    dims: tuple[str, ...]
    function: Function
    where: Where | None = None
    series: str = ""


def _exists(table: str) -> Where:
    return lambda world: np.asarray(getattr(world, table)["exists"] > 0)


def _movers(world: Any) -> np.ndarray:
    return np.asarray((world.group["exists"] > 0) & (world.group["kind"] != CORE))


def _moves(world: Any) -> np.ndarray:
    return np.asarray(_movers(world)[:, None] & (world.group_patron["may_join"] > 0))


def _ends(world: Any) -> np.ndarray:
    return np.repeat(_exists("crossing")(world)[:, None], 2, axis=1)


def _traded(world: Any) -> np.ndarray:
    return np.asarray(world.market_good["traded"] > 0)


def _river(world: Any) -> np.ndarray:
    return np.flatnonzero(world.pair["road"] == 0)


def _facing(world: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Markets that face each other, and the goods traded in both: (pair, good)."""
    pairs = world.pair[_river(world)]
    a, b = pairs["a"], pairs["b"]
    return a, b, _traded(world)[a] & _traded(world)[b]


def _over_river(world: Any) -> np.ndarray:
    return np.asarray(_facing(world)[2].any(axis=0))


def _realigned(view: View, within: float) -> np.ndarray:
    return (view.moves[..., 0] <= within).astype(float)


def _realigned_to(view: View) -> np.ndarray:
    return (view.moves[..., 1, None] == np.arange(len(view.world.patron))).astype(float)


def _arms(view: View) -> np.ndarray:
    """Share of arms in homes over all groups, weighted by their fighters."""
    men = view["group.men"]
    total = men.sum(axis=-1)
    hidden = (men * view["group.arms_in_homes"]).sum(axis=-1)
    return np.divide(hidden, total, out=np.zeros_like(total), where=total > 0)


def _clients(view: View) -> np.ndarray:
    serves = view["group.patron"][..., None] == np.arange(len(view.world.patron))
    return view.late((serves & _movers(view.world)[:, None]).sum(axis=-2).astype(float))


def _basket_bank(view: View) -> np.ndarray:
    basket, bank = view.late(view["market.basket"]), view.world.market["bank"]
    return np.stack([basket[:, bank == side].mean(axis=1) for side in (0, 1)], axis=1)


def _price_ratio(view: View) -> np.ndarray:
    a, b, both = _facing(view.world)
    price = view.late(np.log(np.maximum(view["market_good.price"], 1e-12)))
    gap = np.where(both, price[:, a] - price[:, b], 0.0).sum(axis=1)
    return np.exp(gap / np.maximum(both.sum(axis=0), 1))


def _river_flow(view: View) -> np.ndarray:
    """Towards the first bank; a pair's flow counts from its first market, on the first bank."""
    return -view.late(view["pair_good.flow"][:, :, _river(view.world)]).sum(axis=1)


def _count(name: str, variable: str) -> Outcome:
    return Outcome(
        name, "1", (), lambda view: view.last(variable) - view.first(variable), series=variable
    )


OUTCOMES = (
    Outcome("realigned_120", SHARE, ("group",), lambda view: _realigned(view, SOON), _movers),
    Outcome("realigned", SHARE, ("group",), lambda view: _realigned(view, np.inf), _movers),
    Outcome("realigned_to", SHARE, ("group", "patron"), _realigned_to, _moves),
    Outcome("first_realigned_day", "day", ("group",), lambda view: view.moves[..., 0], _movers),
    Outcome(
        "toll_income",
        "USD/day",
        ("crossing",),
        lambda view: view.daily("crossing_end.takings").sum(axis=-1),
        _exists("crossing"),
        "crossing_end.today",
    ),
    Outcome(
        "toll_income_end",
        "USD/day",
        ("crossing", "end"),
        lambda view: view.daily("crossing_end.takings"),
        _ends,
        "crossing_end.today",
    ),
    Outcome(
        "travellers",
        "1/day",
        ("crossing",),
        lambda view: view.daily("crossing.travellers"),
        _exists("crossing"),
        "crossing.travellers",
    ),
    Outcome(
        "tonnes",
        "t/day",
        ("crossing",),
        lambda view: view.mean(view["crossing.tonnes"]),
        _exists("crossing"),
        "crossing.tonnes",
    ),
    Outcome(
        "clashes_at",
        "1",
        ("crossing",),
        lambda view: view.last("crossing_end.clashes").sum(axis=-1),
        _exists("crossing"),
        "crossing_end.clashes",
    ),
    Outcome(
        "vacant",
        "share",
        ("crossing",),
        lambda view: view.daily("crossing_end.vacant_days").mean(axis=-1),
        _exists("crossing"),
    ),
    Outcome(
        "fighters",
        "1",
        ("group",),
        lambda view: view.last("group.men"),
        _exists("group"),
        "group.men",
    ),
    Outcome(
        "ends_held_start", "1", ("group",), lambda view: view.first("group.held"), _exists("group")
    ),
    Outcome(
        "ends_held",
        "1",
        ("group",),
        lambda view: view.late(view["group.held"]),
        _exists("group"),
        "group.held",
    ),
    Outcome(
        "net_income",
        "USD/day",
        ("group",),
        lambda view: view.daily("group.takings"),
        _exists("group"),
        "group.income",
    ),
    Outcome(
        "arms_in_homes",
        "share",
        ("group",),
        lambda view: view.mean(view["group.arms_in_homes"]),
        _exists("group"),
        "group.arms_in_homes",
    ),
    Outcome(
        "arms_in_homes_end",
        "share",
        ("group",),
        lambda view: view.late(view["group.arms_in_homes"]),
        _exists("group"),
        "group.arms_in_homes",
    ),
    Outcome(
        "other_flag", "share", ("group",), lambda view: view.mean(view.other_flag), _exists("group")
    ),
    Outcome(
        "killed",
        "1",
        ("group",),
        lambda view: view.last("group.killed"),
        _exists("group"),
        "group.killed",
    ),
    Outcome("clients", "1", ("patron",), _clients, _exists("patron")),
    Outcome(
        "officer_takings",
        "USD/day",
        ("patron",),
        lambda view: view.daily("patron.officers"),
        _exists("patron"),
        "patron.officers",
    ),
    Outcome(
        "strikes_by",
        "1",
        ("striker",),
        lambda view: view.last("striker.strikes"),
        _exists("striker"),
        "striker.strikes",
    ),
    Outcome(
        "tolls_total",
        "USD/day",
        (),
        lambda view: view.daily("crossing_end.takings").sum(axis=(-2, -1)),
        series="crossing_end.today",
    ),
    Outcome(
        "commander_takings",
        "USD/day",
        (),
        lambda view: view.daily("run.commander"),
        series="run.commander",
    ),
    Outcome(
        "officer_takings_total",
        "USD/day",
        (),
        lambda view: view.daily("patron.officers").sum(axis=-1),
        series="patron.officers",
    ),
    Outcome(
        "travellers_total",
        "1/day",
        (),
        lambda view: view.daily("crossing.travellers").sum(axis=-1),
        series="crossing.travellers",
    ),
    _count("clashes", "run.clashes"),
    _count("takeovers", "run.takeovers"),
    _count("withdrawals", "run.withdrawals"),
    _count("realignments", "run.realignments"),
    _count("meetings", "run.meetings"),
    _count("agreements", "run.agreements"),
    _count("breakdowns", "run.breakdowns"),
    _count("strikes", "run.strikes"),
    _count("killed_in_strikes", "run.killed_strikes"),
    _count("killed_in_clashes", "run.killed_clashes"),
    Outcome(
        "civilians_killed",
        "1",
        (),
        lambda view: view.last("place.killed").sum(axis=-1),
        series="place.killed",
    ),
    _count("moved_into_homes", "run.moved_homes"),
    Outcome("arms_in_homes_all", "share", (), lambda view: view.mean(_arms(view))),
    Outcome("arms_in_homes_all_end", "share", (), lambda view: view.late(_arms(view))),
    _count("flags_raised", "run.flags_raised"),
    Outcome(
        "other_flag_all",
        "share",
        (),
        lambda view: view.mean(view.other_flag[..., _movers(view.world)].mean(axis=-1)),
    ),
    _count("recruits", "run.recruits"),
    _count("deserters", "run.deserters"),
    Outcome(
        "displaced",
        "1",
        (),
        lambda view: view.last("place.displaced").sum(axis=-1),
        series="place.displaced",
    ),
    Outcome("basket_bank", "ratio", ("end",), _basket_bank),
    Outcome(
        "basket",
        "ratio",
        ("market",),
        lambda view: view.late(view["market.basket"]),
        series="market.basket",
    ),
    Outcome(
        "price",
        "USD",
        ("market", "good"),
        lambda view: view.late(view["market_good.price"]),
        _traded,
        "market_good.price",
    ),
    Outcome(
        "price_change",
        "ratio",
        ("market", "good"),
        lambda view: view.late(view["market_good.price"]) / view.first("market_good.price"),
        _traded,
    ),
    Outcome("river_price_ratio", "ratio", ("good",), _price_ratio, _over_river),
    Outcome("river_flow", "1/day", ("good",), _river_flow, _over_river),
)
"""Every outcome, in the order of the table."""


class Named(NamedTuple):
    """One number of an outcome.

    Parameters
    ----------
    name : str
        ``outcome.id.id``.
    unit : str
        Its unit.
    at : tuple of int
        Index along the outcome's own dims.
    ids : dict
        Dim to id.
    """

    name: str
    unit: str
    at: tuple[int, ...]
    ids: dict[str, str]


def named(outcome: Outcome, ids: Mapping[str, Sequence[str]], world: Any) -> list[Named]:
    """The numbers of an outcome in a scenario.

    Parameters
    ----------
    outcome : Outcome
        One of `OUTCOMES`.
    ids : mapping
        Dim to ids.
    world : World
        The scenario's tables.

    Returns
    -------
    list of Named
    """
    mask = outcome.where(world) if outcome.where else None
    rows = []
    for at in product(*(range(len(ids[dim])) for dim in outcome.dims)):
        if mask is None or mask[at]:
            own = {dim: ids[dim][index] for dim, index in zip(outcome.dims, at, strict=True)}
            rows.append(Named(".".join([outcome.name, *own.values()]), outcome.unit, at, own))
    return rows


def compute(view: View, keep: np.ndarray) -> np.ndarray:
    """All outcomes of a chunk: (replicate, number).

    Parameters
    ----------
    view : View
        The chunk.
    keep : int array
        Which numbers are worth a column: see `numbers`.

    Returns
    -------
    ndarray
        A replicate that failed has NaN throughout.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        values = [np.asarray(one.function(view), float) for one in OUTCOMES]
    table = np.concatenate([value.reshape(view.count, -1) for value in values], axis=1)[:, keep]
    table[np.asarray(view.chunk.status) != 0] = np.nan
    return table


def numbers(ids: Mapping[str, Sequence[str]], world: Any) -> tuple[np.ndarray, list[Named]]:
    """All numbers of a scenario, and the place of each among all that are computed."""
    keep: list[int] = []
    rows: list[Named] = []
    start = 0
    for outcome in OUTCOMES:
        shape = tuple(len(ids[dim]) for dim in outcome.dims)
        mine = named(outcome, ids, world)
        rows += mine
        keep += [
            start + int(np.ravel_multi_index(row.at, shape)) if shape else start for row in mine
        ]
        start += int(np.prod(shape, dtype=int))
    return np.array(keep), rows


def meaning(
    name: str,
    own: Mapping[str, str],
    *,
    ids: Mapping[str, Sequence[str]],
    titles: Mapping[str, Mapping[str, Mapping[str, str]]],
    ends: Mapping[str, Sequence[str]],
    lang: str = "en",
    part: str = "means",
) -> str:
    """What a number means, with the scenario's names.

    Parameters
    ----------
    name : str
        The outcome.
    own : mapping
        Dim to id: which of its numbers.
    ids : mapping
        Dim to all ids.
    titles : mapping
        Dim to id to title in both languages.
    ends : mapping
        Crossing to the places at its two ends.
    lang : {"en", "ar"}
        Language.
    part : {"means", "short"}
        A sentence, or the head of a column.
    """
    words = {dim: title(titles[dim], one, lang) for dim, one in own.items()}
    for side, end in zip(("first", "second"), ids["end"], strict=True):
        words[side] = title(titles["end"], end, lang)
    if "crossing" in own and "end" in own:
        place = ends[own["crossing"]][ids["end"].index(own["end"])]
        words["place"] = title(titles["place"], place, lang)
    return say(f"outcome:{name}:{part}", lang, **words)


def summary(blocks: Iterable[tuple[np.ndarray, np.ndarray]]) -> list[dict[str, float | None]]:
    """Median, 5th and 95th percentile, mean and Monte Carlo error of the mean, for every column.

    Parameters
    ----------
    blocks : iterable of (status, values)
        Chunk by chunk, in order.

    Returns
    -------
    list of dict
        ``median, p5, p95, mean, mcse, n``; None where no replicate has a number.  `n` counts the
        replicates that have one.
    """
    values = np.concatenate([values for _, values in blocks])
    rows: list[dict[str, float | None]] = []
    for column in values.T:
        known = column[np.isfinite(column)]
        if not len(known):
            rows.append(dict.fromkeys(("median", "p5", "p95", "mean", "mcse")) | {"n": 0})
            continue
        # Observed values, so that a count stays a count.
        median, low, high = np.quantile(known, (0.5, 0.05, 0.95), method="inverted_cdf")
        error = known.std(ddof=1) / np.sqrt(len(known)) if len(known) > 1 else None
        rows.append(
            {
                "median": float(median),
                "p5": float(low),
                "p95": float(high),
                "mean": float(known.mean()),
                "mcse": None if error is None else float(error),
                "n": len(known),
            }
        )
    return rows
