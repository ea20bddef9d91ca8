"""Outcomes are what their sentences say: checked on a chunk whose answers can be counted by hand."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from maabar.engine.state import EVENT
from maabar.results.outcome import KIND, OUTCOMES, View, compute, meaning, named, numbers, summary
from maabar.variables import STATE

pytestmark = pytest.mark.uncompiled

IDS = {
    "group": ("alpha", "beta", "guard"),
    "patron": ("north", "south"),
    "striker": ("planes",),
    "label": ("red", "blue"),
    "place": ("a", "b"),
    "market": ("west-town", "east-town"),
    "good": ("fuel", "flour"),
    "pair": ("west-town--east-town",),
    "crossing": ("ford",),
    "end": ("west", "east"),
}
DAYS = np.array([0, 50, 80, 90, 100])
SIZES = {dim: len(ids) for dim, ids in IDS.items()}


def table(rows: int | tuple[int, ...], **fields: Any) -> np.ndarray:
    made = np.zeros(rows, [(name, "f8") for name in fields])
    for name, values in fields.items():
        made[name] = values
    return made


WORLD = SimpleNamespace(
    group=table(3, exists=[1, 1, 1], kind=[0, 1, 2]),
    patron=table(2, exists=1, label=[0, 1]),
    striker=table(1, exists=1),
    crossing=table(1, exists=1),
    group_patron=table((3, 2), may_join=[[1, 1], [1, 0], [1, 1]]),
    market=table(2, bank=[0, 1]),
    market_good=table((2, 2), traded=[[1, 1], [1, 0]]),
    pair=np.array([(0, 1, 0)], [("a", "i8"), ("b", "i8"), ("road", "i8")]),
)


def columns() -> dict[str, SimpleNamespace]:
    found, start = {}, 0
    for name, spec in STATE.items():
        for field in spec.fields:
            if field.series:
                shape = tuple(SIZES[dim] for dim in spec.dims)
                stop = start + int(np.prod(shape, dtype=int))
                found[f"{name}.{field.name}"] = SimpleNamespace(start=start, stop=stop, shape=shape)
                start = stop
    return found


COLUMNS = columns()
PLACES, ROWS = numbers(IDS, WORLD)
NAMES = [row.name for row in ROWS]


def view(replicates: int = 2, moves: Any = (), status: Any = None, **series: Any) -> View:
    """A chunk with these series (broadcast) and realignments (replicate, day, group, patron)."""
    width = max(column.stop for column in COLUMNS.values())
    raw = np.zeros((replicates, len(DAYS), width))
    events = np.zeros(len(moves), EVENT)
    events["kind"] = KIND["realignment"]
    for column, key in enumerate(("replicate", "day", "actor", "target")):
        events[key] = [move[column] for move in moves]
    events["replicate"] += 16
    chunk = SimpleNamespace(
        replicates=np.arange(16, 16 + replicates),
        status=np.zeros(replicates, int) if status is None else np.array(status),
        days=DAYS,
        series=raw,
        events=events,
    )
    made = View(chunk, COLUMNS, WORLD)
    for name, values in series.items():
        made[name.replace("__", ".")][...] = values
    return made


def value(name: str, some: View) -> list[float]:
    found: list[float] = compute(some, PLACES)[:, NAMES.index(name)].tolist()
    return found


def over_days(values: list[float]) -> np.ndarray:
    return np.array(values, float)[:, None]


def test_realignment() -> None:
    moved = view(moves=[(0, -3, 0, 1), (0, 90, 0, 1), (0, 130, 0, 0), (1, 121, 1, 0)])
    assert value("realigned.alpha", moved) == [1, 0]
    assert value("realigned.beta", moved) == [0, 1]
    assert value("realigned_120.alpha", moved) == [1, 0]
    assert value("realigned_120.beta", moved) == [0, 0]
    assert value("realigned_to.alpha.south", moved) == [1, 0]
    assert value("realigned_to.alpha.north", moved) == [0, 0]
    first, never = value("first_realigned_day.alpha", moved)
    assert first == 90  # the first of two, and none in the warm-up
    assert np.isnan(never)


def test_regular_forces_and_closed_doors_have_no_row() -> None:
    assert "realigned.guard" not in NAMES
    assert "realigned_to.beta.south" not in NAMES
    assert "realigned_to.beta.north" in NAMES
    assert "price.east-town.flour" not in NAMES
    assert "river_price_ratio.flour" not in NAMES
    assert "fighters.guard" in NAMES
    assert len(set(NAMES)) == len(NAMES)


def test_income_is_a_day_over_the_run() -> None:
    taken = np.zeros((5, 1, 2))
    taken[-1] = [[3000, 1000]]
    some = view(crossing_end__takings=taken, run__commander=np.array([500, 0, 0, 0, 900]))
    assert value("toll_income.ford", some) == [40, 40]
    assert value("toll_income_end.ford.west", some) == [30, 30]
    assert value("toll_income_end.ford.east", some) == [10, 10]
    assert value("tolls_total", some) == [40, 40]
    assert value("commander_takings", some) == [4, 4]  # less what they had before


def test_at_the_end_is_the_mean_of_the_last_30_days() -> None:
    held = over_days([9, 9, 1, 2, 3]) * [1, 0, 0]
    assert value("ends_held.alpha", view(group__held=held)) == [2, 2]  # days 80, 90, 100
    assert value("ends_held_start.alpha", view(group__held=held)) == [9, 9]


def test_arms_in_homes_are_weighted_by_fighters_over_the_run() -> None:
    some = view(group__men=[30, 10, 0], group__arms_in_homes=[1.0, 0.0, 1.0])
    assert value("arms_in_homes_all", some) == [0.75, 0.75]
    assert value("arms_in_homes.beta", some) == [0, 0]
    assert value("arms_in_homes_all", view()) == [0, 0]  # nobody left: no arms anywhere


def test_flags_other_than_the_patrons() -> None:
    flags = np.zeros((5, 3))
    flags[3:, 0] = 1  # alpha shows blue under north, whose label is red, on two of four records
    some = view(group__flag=flags, group__patron=[0, 0, 1])
    assert value("other_flag.alpha", some) == [0.5, 0.5]
    assert value("other_flag_all", some) == [0.25, 0.25]  # of alpha and beta; not the guard
    assert value("clients.north", some) == [2, 2]
    assert value("clients.south", some) == [0, 0]


def test_prices() -> None:
    price = np.ones((5, 2, 2))
    price[1:, 0, 0] = 2.0
    some = view(market_good__price=price, market__basket=[1.5, 1.0])
    assert value("price.west-town.fuel", some) == [2, 2]
    assert value("price_change.west-town.fuel", some) == [2, 2]
    assert value("river_price_ratio.fuel", some) == pytest.approx([2, 2])
    assert value("basket_bank.west", some) == [1.5, 1.5]
    assert value("basket.east-town", some) == [1, 1]


def test_flow_counts_towards_the_first_bank() -> None:
    # a pair's flow is counted from its first market, which stands on the first bank
    assert value("river_flow.fuel", view(pair_good__flow=[[-7.0, 0.0]])) == [7, 7]


def test_counts_leave_out_what_was_before() -> None:
    some = view(run__clashes=[2, 3, 3, 4, 7], place__displaced=[5, 6], striker__strikes=3)
    assert value("clashes", some) == [5, 5]
    assert value("displaced", some) == [11, 11]
    assert value("strikes_by.planes", some) == [3, 3]


def test_a_failed_replicate_has_no_numbers() -> None:
    found = compute(view(status=[0, 1]), PLACES)
    assert np.isnan(found[1]).all()
    assert np.isfinite(found[0][NAMES.index("clashes")])


def test_every_outcome_is_named_in_both_languages() -> None:
    titles = {
        dim: {one: {"en": one.title(), "ar": "اسم"} for one in ids} for dim, ids in IDS.items()
    }
    for outcome in OUTCOMES:
        assert outcome.series == "" or outcome.series in COLUMNS, outcome.name
        for row in named(outcome, IDS, WORLD):
            for lang in ("en", "ar"):
                for part in ("means", "short"):
                    said = meaning(
                        outcome.name, row.ids, ids=IDS, titles=titles,
                        ends={"ford": ("a", "b")}, lang=lang, part=part,
                    )  # fmt: skip
                    assert said
                    assert "{" not in said
    said = meaning(
        "toll_income_end",
        {"crossing": "ford", "end": "east"},
        ids=IDS,
        titles=titles,
        ends={"ford": ("a", "b")},
    )
    assert said == "tolls and fees taken a day at the B end of Ford"


def test_summary() -> None:
    draw = np.random.default_rng(1).normal(10, 2, (1000, 1))
    some = summary([(np.zeros(600), draw[:600]), (np.zeros(400), draw[600:])])[0]
    assert some["mean"] == pytest.approx(draw.mean())
    assert some["mcse"] == pytest.approx(draw.std(ddof=1) / np.sqrt(1000))
    for key, share in (("p5", 0.05), ("median", 0.5), ("p95", 0.95)):
        assert some[key] == sorted(draw[:, 0])[round(1000 * share) - 1]
    assert some["n"] == 1000


def test_summary_of_what_seldom_or_never_happens() -> None:
    nan = float("nan")
    seldom, never = summary([(np.zeros(3), np.array([[nan, nan], [4.0, nan], [nan, nan]]))])
    assert seldom == {"median": 4, "p5": 4, "p95": 4, "mean": 4, "mcse": None, "n": 1}
    assert never == {"median": None, "p5": None, "p95": None, "mean": None, "mcse": None, "n": 0}
