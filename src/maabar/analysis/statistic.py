"""What is counted for each pattern: functions of a chunk, one row of numbers a replicate or more.

The first column of every row is the replicate.  Which events and series are counted is said here
and nowhere else; how rows become a number with its uncertainty is in `maabar.analysis.score`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import numpy as np

from maabar.analysis.trial import COMPANY, CORE, FIRST, Observe, Sight
from maabar.results.outcome import SOON

MONTH = 30
DECLINING, RISING = "russia", "fourth-division"  # patrons of C09 and C10
FUEL = "diesel"
CLOSED = datetime.date(2022, 10, 1)  # since of changes/crossings-closed.yaml
WESTWARD = ("crude", "diesel", "flour")  # C42, C49
EASTWARD = ("cigarettes", "drugs")  # C50
AROUND = 60  # days before and after a strike in which flags are counted
SETTLED = slice(21, 61)  # days after the first strikes in which arms are looked at
FOUNDED = "al-mukhtar"  # the group of C27

ARMS, HEADQUARTERS = 1, 2  # parts of "moved beside the patron's points"


def rows(sight: Sight, *columns: np.ndarray) -> np.ndarray:
    """One row a replicate."""
    return np.column_stack([sight.replicates, *columns]).astype(float)


def table(found: Sequence[Sequence[float]], columns: int) -> np.ndarray:
    """Rows that were found one by one, perhaps none."""
    return np.array(found, float).reshape(-1, columns + 1)


# --- P1 ------------------------------------------------------------------------------------------


def clients(sight: Sight) -> np.ndarray:
    """Groups that serve the declining patron at the start and could leave: (replicate, group)."""
    patron = sight.first("group.patron")
    return (patron == sight.number("patron", DECLINING)) & sight.movers  # type: ignore[no-any-return]


def crossed_over(sight: Sight) -> np.ndarray:
    """Which of them join the rising patron within 120 days: (replicate, group)."""
    first = sight.moves
    return (  # type: ignore[no-any-return]
        clients(sight) & (first[..., 0] <= SOON) & (first[..., 1] == sight.number("patron", RISING))
    )


def crossing_over(sight: Sight) -> np.ndarray:
    """1 where a client of the declining patron joins the rising one within 120 days."""
    return rows(sight, np.asarray(crossed_over(sight).any(axis=1)))


def near_points(sight: Sight) -> np.ndarray:
    """Distance of each group's headquarters from the rising patron's regulars, km."""
    rising = sight.number("patron", RISING)
    regulars = (sight.world.group["kind"] == CORE) & (sight.first("group.patron")[0] == rising)
    places = {place for group in np.flatnonzero(regulars) for place in sight.places[group]}
    km = sight.world.place_place["km"][:, sorted(places)].min(axis=1)
    return km[sight.world.group["hq"]]  # type: ignore[no-any-return]


def first_mover(values: str) -> Observe:
    """Rank of the first mover among the clients by size or by distance: 0 least, 1 greatest."""

    def look(sight: Sight) -> np.ndarray:
        near = near_points(sight)
        men = sight.first("group.men")
        found = []
        for row, (could, did) in enumerate(zip(clients(sight), crossed_over(sight), strict=True)):
            if did.any() and could.sum() > 1:
                day = np.where(did, sight.moves[row, :, 0], np.inf)
                measure = men[row] if values == "size" else near
                mine, others = measure[day.argmin()], measure[could]
                below = (others < mine).sum() + 0.5 * ((others == mine).sum() - 1)
                found.append((sight.replicates[row], below / (could.sum() - 1)))
        return table(found, 1)

    return look


# --- P2 ------------------------------------------------------------------------------------------


def moves_beside(sight: Sight) -> np.ndarray:
    """After each realignment: (did so, 1, others who did, others), within 30 days.

    Done: arms or headquarters moved beside the patron's points within 30 days, and the patron's
    label shown on the last of them.  Others: groups that could change their patron, did not from 30
    days before to 30 days after, and are looked at over the same days.
    """
    events = sight.events("realignment")
    moved = sight.events("moved beside the patron's points")
    moved = moved[np.isin(moved["amount"], (ARMS, HEADQUARTERS))]
    beside: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row, event in zip(sight.row(moved), moved, strict=True):
        what = int(event["day"]), int(event["target"])
        beside.setdefault((int(row), int(event["actor"])), []).append(what)
    turned: dict[tuple[int, int], list[int]] = {}
    for row, event in zip(sight.row(events), events, strict=True):
        turned.setdefault((int(row), int(event["actor"])), []).append(int(event["day"]))
    label = sight.world.patron["label"]

    def done(row: int, group: int, day: int) -> bool:
        last = day + MONTH
        patron = sight.history.at("patron", row, group, last)
        return sight.history.at("flag", row, group, last) == label[patron] and any(
            day <= when <= last and whose == patron for when, whose in beside.get((row, group), ())
        )

    found = []
    for (row, group), days in turned.items():
        for day in days:
            if day + MONTH <= sight.length:
                others = [
                    other
                    for other in np.flatnonzero(sight.movers).tolist()
                    if not any(abs(when - day) <= MONTH for when in turned.get((row, other), ()))
                ]
                did = sum(done(row, other, day) for other in others)
                found.append((sight.replicates[row], done(row, group, day), 1, did, len(others)))
    return table(found, 4)


# --- P3, P4 --------------------------------------------------------------------------------------


def struck(sight: Sight) -> Iterator[tuple[int, int, int]]:
    """Strikes as (place of the replicate, label of who was hit, day), the warm-up's included."""
    strikes = sight.events("strike", warm_up=True)
    strikes = strikes[strikes["target"] >= 0]
    label = sight.world.patron["label"]
    for row, event in zip(sight.row(strikes), strikes, strict=True):
        day = int(event["day"])
        patron = sight.history.at("patron", int(row), int(event["target"]), day)
        yield int(row), int(label[patron]), day


def flags_after_hits(sight: Sight) -> np.ndarray:
    """Flags of another label raised in the 60 days after, and before, a label's first hit.

    A first hit has no hit on the label in the 60 days before.  Counted are groups whose
    patron bears the label, and flags of a label that is not their own.
    """
    hits: dict[tuple[int, int], list[int]] = {}
    for row, label, day in struck(sight):
        hits.setdefault((row, label), []).append(day)
    flags = sight.events("flag raised", warm_up=True)
    raised: dict[int, list[tuple[int, int, int]]] = {}
    for row, event in zip(sight.row(flags), flags, strict=True):
        what = int(event["day"]), int(event["actor"]), int(event["target"])
        raised.setdefault(int(row), []).append(what)
    may_show = (sight.world.label_label["may_show"] > 0).any(axis=1)
    of = sight.world.patron["label"]
    found = []
    for (row, label), days in hits.items():
        if not may_show[label]:
            continue
        for n, day in enumerate(days):
            quiet = n == 0 or day - days[n - 1] > AROUND
            if quiet and 0 <= day <= sight.length - AROUND:
                groups = [
                    g
                    for g in range(len(sight.places))
                    if of[sight.history.at("patron", row, g, day)] == label
                ]
                mine = [
                    when - day
                    for when, who, what in raised.get(row, ())
                    if who in groups and what != label
                ]
                after = sum(0 <= since < AROUND for since in mine)
                before = sum(-AROUND <= since < 0 for since in mine)
                months = len(groups) * AROUND / MONTH
                found.append((sight.replicates[row], after, months, before, months))
    return table(found, 4)


def arms_into_homes(sight: Sight) -> np.ndarray:
    """Rise of the share of arms in homes after the first strikes, over groups of the label hit.

    Share by men, mean of days 21 to 60 less that of the first morning, for labels hit in the first
    ten days.
    """
    hit = np.zeros((sight.count, len(sight.ids["label"])), bool)
    for row, label, day in struck(sight):
        hit[row, label] |= 0 <= day <= 10
    label = sight.world.patron["label"][sight.first("group.patron").astype(int)]
    mine = np.take_along_axis(hit, label, axis=1)
    men = sight["group.men"] * mine[:, None]
    with np.errstate(invalid="ignore"):
        share = (men * sight["group.arms_in_homes"]).sum(axis=-1) / men.sum(axis=-1)
    settled = sight.between(SETTLED.start, SETTLED.stop - 1)
    rise = share[:, settled].mean(axis=1) - share[:, 0]
    return rows(sight, rise)[np.isfinite(rise)]


def civilians_struck(sight: Sight) -> np.ndarray:
    """Civilians killed in strikes, and strikes."""
    strikes = sight.events("strike")
    killed = np.bincount(sight.row(strikes), strikes["term_0"], minlength=sight.count)
    return rows(sight, killed, sight.tally(strikes))


# --- P5 ------------------------------------------------------------------------------------------


def meetings(sight: Sight) -> np.ndarray:
    """Meetings and hundreds of pair-months: in the 30 days after a realignment, and otherwise.

    Pairs: two groups of one bank, of which one could change its patron.
    """
    groups = len(sight.places)
    one, other = np.triu_indices(groups, 1)
    pairs = (sight.bank[one] == sight.bank[other]) & (sight.bank[one] >= 0)
    pairs &= sight.movers[one] | sight.movers[other]
    one, other = one[pairs], other[pairs]
    recent = np.zeros((sight.count, groups, sight.length), bool)
    events = sight.events("realignment")
    for row, event in zip(sight.row(events), events, strict=True):
        recent[row, event["actor"], event["day"] : event["day"] + MONTH] = True
    exposed = (recent[:, one] | recent[:, other]).sum(axis=(1, 2))
    every = len(one) * sight.length
    met = sight.events("meeting")
    a, b = np.minimum(met["actor"], met["target"]), np.maximum(met["actor"], met["target"])
    listed = np.isin(a * groups + b, one * groups + other)
    met = met[listed]
    row = sight.row(met)
    soon = recent[row, met["actor"], met["day"]] | recent[row, met["target"], met["day"]]
    after = np.bincount(row[soon], minlength=sight.count)
    otherwise = np.bincount(row[~soon], minlength=sight.count)
    unit = 100.0 * MONTH
    return rows(sight, after, exposed / unit, otherwise, (every - exposed) / unit)


def clashes(sight: Sight) -> np.ndarray:
    """Clashes of the observed part."""
    return rows(sight, sight.tally(sight.events("clash")))


def joint_profit(sight: Sight) -> np.ndarray:
    """Net crossing income of the groups of the first bank, USD a day."""
    mine = sight.bank == FIRST
    return rows(sight, sight.daily("group.takings")[:, mine].sum(axis=1))


# --- P6 ------------------------------------------------------------------------------------------


def earnings(sight: Sight) -> np.ndarray:
    """Takings of the crossings' ends at each place: (replicate, record, place), USD a day."""
    today = sight["crossing_end.today"]
    place = sight.world.crossing_end["place"]
    found = np.zeros((*today.shape[:2], len(sight.ids["place"])))
    for x, e in np.ndindex(*place.shape):
        found[:, :, place[x, e]] += today[:, :, x, e]
    return found


def gathers_where_it_earns(sight: Sight) -> np.ndarray:
    """1 where a company gathers in a place whose crossings earn more than those it leaves, on mean.

    The place against the mean of the company's other places of the start, on the day before.
    """
    earned = earnings(sight)
    did = np.zeros(sight.count, bool)
    events = sight.events("withdrawal")
    company = sight.world.group["kind"][events["actor"]] == COMPANY
    events = events[company & (events["term_5"] > 0)]
    for row, event in zip(sight.row(events), events, strict=True):
        here = earned[row, sight.on(max(0, int(event["day"]) - 1))]
        left = [place for place in sight.places[event["actor"]] if place != event["place"]]
        if left and here[event["place"]] > here[left].mean():
            did[row] = True
    return rows(sight, did)


def vacancies(sight: Sight) -> np.ndarray:
    """Every end that fell vacant: its income, USD a day, and the days until it was taken.

    Ends that nobody took count with the days until the end of the run.
    """
    taken = sight.events("takeover")
    found = []
    for event in sight.events("vacated"):
        same = (
            (taken["replicate"] == event["replicate"])
            & (taken["crossing"] == event["crossing"])
            & (taken["end"] == event["end"])
            & (taken["row"] > event["row"])
        )
        until = taken["day"][same].min() if same.any() else sight.length
        found.append((event["replicate"], event["amount"], until - event["day"]))
    return table(found, 2)


# --- P7 ------------------------------------------------------------------------------------------


def fought_over(sight: Sight) -> np.ndarray:
    """Every end of the first bank: clashes, log income, log of the mean, and which end it is.

    Income is that of the first day, against the mean over these ends: later it answers to clashes
    and vacancies itself.  Ends that take nothing on that day, such as closed ones, are left out.
    What is fixed at an end, its rivals and its holder's strength among it, is controlled for by a
    level of its own.
    """
    income = sight["crossing_end.today"][:, sight.on(1), :, FIRST]
    fought = sight.last("crossing_end.clashes")[:, :, FIRST]
    level = income.mean(axis=1)
    row, end = np.nonzero(income > 0)
    which = end[:, None] == np.arange(1, income.shape[1])
    columns = (
        sight.replicates[row],
        fought[row, end],
        np.log(income[row, end] / level[row]),
        np.log(level[row]),
        which,
    )
    return np.column_stack(columns).astype(float)


# --- P8, P9, P10 ---------------------------------------------------------------------------------


def fuel(bank: int, after: int) -> Observe:
    """Mean log price of fuel over the bank's river markets, so many days after closing."""

    def look(sight: Sight) -> np.ndarray:
        world = sight.world
        river = world.pair[world.pair["road"] == 0]
        markets = np.unique(river["a" if bank == FIRST else "b"])
        day = (CLOSED - sight.scenario.observe_from).days + after
        price = sight["market_good.price"][:, sight.on(day), markets]
        return rows(sight, np.log(price[..., sight.number("good", FUEL)]).mean(axis=-1))

    return look


def told_directions(sight: Sight) -> np.ndarray:
    """Value of the goods that cross in the direction told, less against it, USD a day."""
    world = sight.world
    river = np.flatnonzero(world.pair["road"] == 0)
    flow = sight.mean(sight["pair_good.flow"])[:, river]
    price = sight.first("market_good.price")
    worth = 0.5 * (price[:, world.pair["a"][river]] + price[:, world.pair["b"][river]])
    east = sight.numbers("good", EASTWARD)
    west = sight.numbers("good", WESTWARD)
    value = (flow * worth).sum(axis=1)
    return rows(sight, value[:, east].sum(axis=1) - value[:, west].sum(axis=1))


def largest_takings(sight: Sight) -> np.ndarray:
    """Takings of the crossing that takes most, both ends, millions of its currency a day."""
    takings = sight.daily("crossing_end.takings").sum(axis=-1).max(axis=-1)
    return rows(sight, takings * sight.scenario.currency.per_usd.median / 1e6)


def recruits(sight: Sight) -> np.ndarray:
    """Men who enlist, all groups."""
    return rows(sight, sight.last("run.recruits") - sight.first("run.recruits"))


# --- P11 -----------------------------------------------------------------------------------------


def men_left(sight: Sight) -> np.ndarray:
    """Men of the founded group at the end, after the siege."""
    return rows(sight, sight.last("group.men")[:, sight.number("group", FOUNDED)])


def take_up(sight: Sight) -> np.ndarray:
    """Prisoners who joined, and prisoners to whom it was offered."""
    released = sight.events("prison release")
    row = sight.row(released)
    joined = np.bincount(row, released["amount"], minlength=sight.count)
    offered = np.bincount(row, released["term_0"], minlength=sight.count)
    return rows(sight, joined, offered)
