"""Outside acts: what they set, for how long, and what they leave when they end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maabar.engine import process, replicate
from maabar.engine.state import VETO, copy_world, readable
from maabar.variables import EVENTS
from tests.conftest import Bench, kind, ready

HEAD = """format: 1
id: acts
title: {en: acts, ar: أفعال}
asks: {en: what some acts change, ar: ما الذي تغيّره أفعال}
change:
"""
ACT = """  - add: timeline
    row: {{id: {id}, on: {on}, {until}{act}, assumed: made up for a test}}
"""


def acts(folder: Path, *rows: tuple[str, str, str]) -> Bench:
    """Two-crossings with acts: first day, last day or nothing, what is done."""
    text = HEAD + "".join(
        ACT.format(id=f"act-{n}", on=on, until=f"until: {until}, " if until else "", act=act)
        for n, (on, until, act) in enumerate(rows)
    )
    file = folder / "acts.yaml"
    file.write_text(text, encoding="utf-8")
    return ready("two-crossings", (file,))


def shut(here: Bench, days: int = 45) -> list[int]:
    """Days from the first on which the north crossing is closed."""
    found = []
    for day in range(days):
        here.run(days=day)
        if here.space.world.crossing["open"][here.names.ids["crossing"].index("north")] == 0:
            found.append(day)
    return found


CLOSE = "closure: {crossings: [north]}"


@pytest.mark.parametrize(
    ("first", "second", "closed"),
    [
        (("2030-01-05", "2030-01-15"), ("2030-01-10", "2030-01-20"), range(4, 19)),
        (("2030-01-10", "2030-01-20"), ("2030-01-05", "2030-01-15"), range(4, 19)),
        (("2030-01-05", "2030-01-20"), ("2030-01-10", "2030-01-15"), range(4, 19)),
        (("2030-01-05", "2030-01-15"), ("2030-01-15", "2030-01-20"), range(4, 19)),
        (("2030-01-05", "2030-01-15"), ("2030-01-10", ""), range(4, 45)),
        (("2030-01-05", "2030-01-10"), ("2030-01-15", "2030-01-20"), [*range(4, 9), *range(14, 19)]),
    ],
)  # fmt: skip
def test_closures_that_overlap_hold_until_the_last_ends(
    tmp_path: Path, first: tuple[str, str], second: tuple[str, str], closed: Any
) -> None:
    here = acts(tmp_path, (*first, CLOSE), (*second, CLOSE))
    # An act takes effect in the morning after the day of the record that `days` stops at.
    assert [day - 1 for day in shut(here)] == list(closed)[: len(shut(here))]
    assert len(shut(here)) >= len(list(closed)) - 1


def test_scales_that_overlap_are_each_taken_back(tmp_path: Path) -> None:
    def pay(times: str) -> str:
        value = f"times: {{value: {times}, assumed: made up}}"
        return f"pay_change: {{patron: capital, class: local, {value}}}"

    here = acts(
        tmp_path,
        ("2030-01-05", "2030-01-15", pay("0.5")),
        ("2030-01-10", "2030-01-20", pay("3")),
    )
    at = here.names.ids["patron"].index("capital")
    paid = []
    for day in (3, 8, 13, 18, 25):
        here.run(days=day)
        paid.append(float(here.space.world.patron["pay_local"][at]))
    assert paid == pytest.approx([paid[0] * times for times in (1, 0.5, 1.5, 3, 1)])


def test_a_forbidden_act_leaves_nothing_to_take_back(tmp_path: Path) -> None:
    here = acts(tmp_path, ("2030-01-05", "2030-01-15", CLOSE))
    (row,) = np.flatnonzero(here.world.timeline["label"] == kind("closure"))
    day = int(here.world.timeline["first_day"][row])
    rows = np.array([(day, process.OFFER, row, 0)], VETO)
    world = copy_world(here.world, here.space.sizes)._replace(veto=readable(rows))
    free = here._replace(world=world, space=replicate.workspace(world))
    assert shut(here)
    assert not shut(free)


def test_a_dated_opening_names_its_crossing() -> None:
    here = ready("two-crossings", ("crossings.north.open=false@2030-01-10",))
    chunk = here.run(days=20)
    (closure,) = chunk.events[chunk.events["kind"] == kind("closure")]
    assert closure["crossing"] == here.names.ids["crossing"].index("north")


def test_a_strike_says_which_decision_it_was() -> None:
    """With the row and the number of an event alone, exactly that strike can be forbidden."""
    here = ready("two-crossings")
    chunk = here.run(days=120)
    terms = EVENTS[kind("strike")].terms
    row, number = (f"term_{terms.index(one)}" for one in terms[-2:])
    strikes = chunk.events[chunk.events["kind"] == kind("strike")]
    assert (strikes[row] >= 0).any()
    assert (strikes[row] < 0).any()
    for strike in (strikes[strikes[row] >= 0][0], strikes[strikes[row] < 0][0]):
        actor = int(strike["actor"]) << 16 | int(strike[number])
        if strike[row] >= 0:
            actor = 1 << 28 | int(strike[row])
        day = int(strike["day"]) + int(here.world.run["observe_day"][0])
        rows = np.array([(day, process.TARGET, actor, 0)], VETO)
        world = copy_world(here.world, here.space.sizes)._replace(veto=readable(rows))
        free = here._replace(world=world, space=replicate.workspace(world)).run(days=120)
        assert strike["row"] not in [
            one["row"]
            for one in free.events
            if one["kind"] == kind("strike") and one["day"] == strike["day"]
            and one["actor"] == strike["actor"] and one[row] == strike[row]
            and one[number] == strike[number]
        ]  # fmt: skip
        before = chunk.events[chunk.events["row"] < strike["row"]]
        assert free.events[: len(before)].tobytes() == before.tobytes()


def test_a_market_that_makes_and_uses_nothing_sends_on_what_comes() -> None:
    """Its price comes to clear what passes through it, so that nothing goes on coming from nowhere."""
    changes = (
        "markets.east.goods.fuel.demand_day=0", "markets.inland.goods.fuel.demand_day=0",
        "markets.west.goods.fuel.price_usd=100", "markets.inland.goods.fuel.price_usd=100",
        "markets.east.goods.fuel.price_usd=99", "markets.west.goods.fuel.price_usd=x2@2030-02-01",
    )  # fmt: skip
    here = ready("two-crossings", changes)
    k = here.names.ids["good"].index("fuel")
    for day in (60, 90, 120):
        here.run(days=day)
        for market in ("east", "inland"):
            at = here.space.state.market_good[here.names.ids["market"].index(market), k]
            if at["demand"] + at["supply"] == 0:
                assert abs(at["inflow"]) < 5
