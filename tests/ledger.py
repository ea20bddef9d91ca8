"""Sums that no day may change, and bounds that no state may leave, read off the engine's tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from maabar.engine import replicate
from maabar.variables import EVENTS, STATE

KIND = {kind.name: number for number, kind in enumerate(EVENTS)}
COUNTS = (
    ("group_place", "men"),
    ("group_place", "light"),
    ("group_place", "medium"),
    ("place", "stock"),
    ("place", "population"),
    ("place", "displaced"),
    ("place", "emigrated"),
    ("place", "dead"),
    ("crossing", "people"),
    ("crossing", "first"),
    ("crossing", "second"),
)
AMOUNTS = (
    ("group", "cash"),
    ("group", "shock"),
    ("group_group", "grievance"),
    ("market_good", "demand"),
    ("market_good", "supply"),
    ("market_good", "used"),
    ("market_good", "made"),
    ("crossing", "tonnes"),
    ("crossing_end", "fee"),
    ("crossing_end", "tolls"),
    ("crossing_end", "takings"),
    ("crossing_end_good", "toll"),
    ("crossing_end_group", "force"),
    ("striker_label", "hits"),
    ("striker_place", "hits"),
)
SHARES = (
    ("group", "arrears"),
    ("group", "arms_in_homes"),
    ("group_group", "trust"),
    ("crossing_good", "share"),
)
POSITIVE = (
    ("market", "basket"),
    ("striker_label", "exposure"),
    ("striker_place", "exposure"),
)
POSTURES = (
    ("group_place", "men_posture"),
    ("group_place", "arms_posture"),
    ("group", "hq_posture"),
)
DAILY = (
    ("crossing", "travellers", "people"),
    ("crossing_end", "takings", "today"),
)
"""Totals since `observe_from`, and what adds to them in a day."""
ROUNDING = 1e-9


def exact(state: Any) -> dict[str, int]:
    """Sums of whole numbers, each the same on every evening of a replicate."""
    run, place, held = state.run[0], state.place, state.group_place
    return {
        "men": int(held["men"].sum() + place["stock"].sum() + run["dead"] + run["abroad"]),
        "arms": int(held["light"].sum() + held["medium"].sum() + run["arms_lost"]),
        "people": int(
            sum(
                place[field].sum()
                for field in ("population", "displaced", "emigrated", "dead", "harm")
            )
        ),
        "travellers": int(place["arrived"].sum()),
    }


def money(state: Any) -> float:
    """All accounts, USD; what one pays another receives."""
    run = state.run[0]
    accounts = sum(run[name] for name in ("household", "trader", "outside", "commander"))
    return float(accounts + state.group["cash"].sum() + state.patron["account"].sum())


def turnover(state: Any) -> float:
    """How large the accounts are: what rounding is compared with."""
    run = state.run[0]
    names = ("household", "trader", "outside", "commander")
    return float(
        sum(abs(run[name]) for name in names)
        + np.abs(state.group["cash"]).sum()
        + np.abs(state.patron["account"]).sum()
        + 1
    )


def totals(state: Any) -> dict[str, np.ndarray]:
    """Totals of `DAILY`."""
    return {total: getattr(state, table)[total].copy() for table, total, _ in DAILY}


def ill_added(state: Any, before: dict[str, np.ndarray], observed: bool) -> Iterator[str]:
    """Totals that did not grow by what the day brought, or began too early."""
    for table, total, today in DAILY:
        row = getattr(state, table)
        grown = before[total] + (row[today] if observed else 0)
        if not np.array_equal(row[total], grown):
            yield f"{table}.{total} grew by something else than {today}"


def stored(state: Any) -> float:
    """Units in store since the start, over all markets and goods."""
    return float(state.market_good["stock"].sum())


def made_less_used(state: Any) -> float:
    """Units by which today's stores grew, whoever carried what to where."""
    return float(state.market_good["made"].sum() - state.market_good["used"].sum())


def broken(world: Any, state: Any, ends: Any) -> Iterator[str]:
    """Everything about a state that cannot be."""
    for table, spec in STATE.items():
        for field in spec.fields:
            if field.dtype == "f8" and not np.isfinite(getattr(state, table)[field.name]).all():
                yield f"{table}.{field.name} is not finite"
    for table, name in COUNTS + AMOUNTS + SHARES:
        if (getattr(state, table)[name] < 0).any():
            yield f"{table}.{name} is negative"
    for table, name in SHARES:
        if (getattr(state, table)[name] > 1 + ROUNDING).any():
            yield f"{table}.{name} is above 1"
    for table, name in POSITIVE:
        if (getattr(state, table)[name] <= 0).any():
            yield f"{table}.{name} is not positive"
    if (state.market_good["price"][world.market_good["traded"] > 0] <= 0).any():
        yield "a price is not positive"
    for table, name in POSTURES:
        if not np.isin(getattr(state, table)[name], (0, 1, 2)).all():
            yield f"{table}.{name} is no posture"
    yield from _indices(world, state)
    yield from _goods(world, state)
    yield from _people(state, np.array(ends).reshape(-1, 2))


def _indices(world: Any, state: Any) -> Iterator[str]:
    groups, patrons = len(state.group), len(state.patron)
    bloc = state.group["bloc"]
    if not (bloc[bloc] == bloc).all() or (bloc > np.arange(groups)).any():
        yield f"blocs {bloc} are no partition named by its first member"
    for values, most, what in (
        (state.crossing_end["holder"], groups, "holder"),
        (state.group["patron"], patrons, "patron"),
        (state.group["flag"], len(world.label_label), "flag"),
        (state.group["hq"], len(state.place), "headquarters"),
    ):
        if (values < -1).any() or (values >= most).any():
            yield f"{what} out of range"
    vacant = state.crossing_end["holder"] < 0
    if (state.crossing_end_good["toll"][vacant] != 0).any():
        yield "a toll at a vacant end"


def _goods(world: Any, state: Any) -> Iterator[str]:
    flow = state.pair_good["flow"]
    size = np.abs(flow).sum() + 1
    if (np.abs(state.market_good["inflow"].sum(0)) > ROUNDING * size).any():
        yield "goods appear between markets"
    over = np.zeros_like(flow)
    np.add.at(over, world.crossing["pair"], state.crossing_good["flow"])
    river = world.pair["road"] == 0
    if (np.abs(over - flow)[river] > ROUNDING * size).any():
        yield "crossings carry something else than their pair"
    tonnes = np.abs(state.crossing_good["flow"]) @ world.good["weight"]
    if (np.abs(tonnes - state.crossing["tonnes"]) > ROUNDING * (tonnes.sum() + 1)).any():
        yield "tonnes are not those of the flows"
    if (tonnes > world.crossing["capacity"] * (1 + ROUNDING) + ROUNDING).any():
        yield "more is carried than a crossing can"


def _people(state: Any, ends: np.ndarray) -> Iterator[str]:
    first, second = state.crossing["first"], state.crossing["second"]
    arrived = np.zeros(len(state.place), np.int64)
    np.add.at(arrived, ends[:, 0], first - second)
    np.add.at(arrived, ends[:, 1], second - first)
    if not np.array_equal(arrived, state.place["arrived"]):
        yield "travellers do not arrive where they went"
    if (state.crossing["travellers"] > first + second).any():
        yield "more travellers than both ways together"


def ill_logged(space: Any, chunk: replicate.Chunk, days: int) -> Iterator[str]:
    """Everything about a log of one replicate that cannot be."""
    events, causes = chunk.events, chunk.causes
    if not np.array_equal(events["row"], np.arange(len(events))):
        yield "rows are not consecutive"
    if (np.diff(events["day"]) < 0).any() or (len(events) and events["day"][-1] >= days):
        yield "events out of order"
    if len(events) and events["day"][0] < -int(space.world.run["observe_day"][0]):
        yield "an event before the start"
    if (causes["cause"] >= causes["row"]).any() or (causes["cause"] < 0).any():
        yield "a cause that is not earlier"
    if not np.isfinite(causes["weight"]).all() or (causes["weight"] < 0).any():
        yield "a weight that is no weight"
    for name in events.dtype.names or ():
        if events.dtype[name].kind == "f" and not np.isfinite(events[name]).all():
            yield f"{name} of an event is not finite"
    sizes = space.sizes
    for number, kind in enumerate(EVENTS):
        mine = events[events["kind"] == number]
        for column, dim in (
            ("actor", kind.actor),
            ("target", kind.target),
            ("place", "place"),
            ("crossing", "crossing"),
            ("end", "end"),
        ):
            most = sizes[dim] if dim else 0
            if (mine[column] < -1).any() or (mine[column] >= max(most, 0)).any():
                yield f"{kind.name}: {column} out of range"


def untold(space: Any, chunk: replicate.Chunk) -> Iterator[str]:
    """What the log does not retell: holders, patrons and flags; counts and deaths."""
    state, world, events = space.state, space.world, chunk.events
    holder = world.crossing_end["holder"].copy()
    gone = (holder >= 0) & (world.group["exists"][np.maximum(holder, 0)] == 0)
    holder[gone] = -1
    patron, flag = world.group["patron"].copy(), world.group["flag"].copy()
    flag[flag < 0] = world.patron["label"][patron[flag < 0]]
    for event in events:
        kind = EVENTS[event["kind"]].name
        if kind == "takeover":
            holder[event["crossing"], event["end"]] = event["actor"]
        elif kind == "vacated":
            holder[event["crossing"], event["end"]] = -1
        elif kind == "realignment":
            patron[event["actor"]] = event["target"]
        elif kind == "flag raised":
            flag[event["actor"]] = event["target"]
    for told, now, what in (
        (holder, state.crossing_end["holder"], "holders"),
        (patron, state.group["patron"], "patrons"),
        (flag, state.group["flag"], "flags"),
    ):
        if not np.array_equal(told, now):
            yield f"{what} {now.tolist()}, by the log {told.tolist()}"
    yield from _uncounted(state, events)


def _uncounted(state: Any, events: np.ndarray) -> Iterator[str]:
    run = state.run[0]
    kinds, seen = events["kind"], events["day"] >= 0

    def of(*names: str) -> np.ndarray:
        return np.isin(kinds, [KIND[name] for name in names])

    def count(counted: Any, expected: Any, what: str) -> Iterator[str]:
        if counted != expected:
            yield f"{what}: {counted}, by the log {expected}"

    for field, name in (
        ("strikes", "strike"),
        ("clashes", "clash"),
        ("takeovers", "takeover"),
        ("withdrawals", "withdrawal"),
        ("meetings", "meeting"),
        ("agreements", "agreement"),
        ("breakdowns", "breakdown"),
        ("realignments", "realignment"),
        ("flags_raised", "flag raised"),
        ("moved_homes", "weapons moved into homes"),
    ):
        yield from count(run[field], (of(name) & seen).sum(), field)
    amount = events["amount"]
    yield from count(run["killed_strikes"], amount[of("strike") & seen].sum(), "killed_strikes")
    fought = of("clash", "attack")
    yield from count(run["killed_clashes"], amount[fought & seen].sum(), "killed_clashes")
    yield from count(run["dead"], amount[of("strike") | fought].sum(), "dead")
    killed = state.group["killed"].sum()
    yield from count(killed, amount[(of("strike") | fought) & seen].sum(), "group.killed")
    civilians = events["term_0"][of("strike", "attack")].sum() + events["term_6"][of("clash")].sum()
    yield from count(state.place["dead"].sum(), civilians, "place.dead")
    yield from count(run["released"], amount[of("prison release") & seen].sum(), "released")
