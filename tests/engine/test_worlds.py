"""Two worlds differ exactly by what follows from their difference."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from maabar.engine import process, replicate
from maabar.engine.state import VETO, World, copy_world, readable
from tests.conftest import Bench, kind, ready, same

STRIKE = """format: 1
id: one-more
title: {en: one more strike, ar: ضربة أخرى}
asks: {en: what one more strike changes, ar: ما الذي تغيّره ضربة أخرى}
change:
  - add: timeline
    row:
      id: one-more
      on: 2030-03-01
      strike: {by: STRIKER, on: LABEL, killed: {value: 5, assumed: made up for a test}}
      assumed: made up for a test
"""


def observe_day(here: Bench, date: str) -> int:
    return int((np.datetime64(date) - np.datetime64(here.scenario.observe_from)).astype(int))


@pytest.fixture(scope="module")
def pair(tmp_path_factory) -> tuple[Bench, Bench, int]:  # type: ignore[no-untyped-def]
    base = ready("two-crossings")
    text = STRIKE.replace("STRIKER", next(iter(base.scenario.strikers)))
    hostile = next(iter(next(iter(base.scenario.strikers.values())).hostility))
    file = tmp_path_factory.mktemp("change") / "one-more.yaml"
    file.write_text(text.replace("LABEL", hostile), encoding="utf-8")
    other = ready("two-crossings", (Path(file),))
    return base, other, observe_day(base, "2030-03-01")


def test_nothing_moves_before_the_strike(pair) -> None:  # type: ignore[no-untyped-def]
    base, other, day = pair
    a = base.run(count=8, days=150, every=1)
    b = other.run(count=8, days=150, every=1)
    assert a.series[:, : day + 1].tobytes() == b.series[:, : day + 1].tobytes()
    before = [chunk.events[chunk.events["day"] < day] for chunk in (a, b)]
    assert before[0].tobytes() == before[1].tobytes()
    assert not np.array_equal(a.series, b.series)


def test_the_strike_is_there_once_with_its_dead(pair) -> None:  # type: ignore[no-untyped-def]
    base, other, day = pair
    a, b = base.run(count=8, days=day + 1), other.run(count=8, days=day + 1)
    today = [chunk.events[(chunk.events["day"] == day) & (chunk.events["kind"] == kind("strike"))]
             for chunk in (a, b)]  # fmt: skip
    assert len(today[1]) == len(today[0]) + 8
    assert (today[1]["amount"] <= 5).all()
    assert today[1]["amount"].max() == 5


def test_other_decisions_keep_their_draws(pair) -> None:  # type: ignore[no-untyped-def]
    """Travellers depend on fees, which a strike hardly moves: most of their counts are the same."""
    base, other, day = pair
    a, b = base.run(count=8, days=150, every=1), other.run(count=8, days=150, every=1)
    column = next(
        c for c in replicate.layout(base.world) if (c.table, c.name) == ("crossing", "travellers")
    )
    one, two = (
        np.diff(chunk.series[:, day:, column.start : column.stop], axis=1) for chunk in (a, b)
    )
    assert (one == two).mean() > 0.5


def test_a_factor_of_one_changes_nothing() -> None:
    base, other = ready("two-crossings"), ready("two-crossings", ("patrons.*.cut=x1@2030-02-01",))
    a, b = base.run(count=4, days=120), other.run(count=4, days=120)
    assert a.series.tobytes() == b.series.tobytes()


def test_a_removed_crossing_keeps_its_slot(tmp_path: Path) -> None:
    base = ready("two-crossings")
    first = base.names.ids["crossing"][0]
    file = tmp_path / "gone.yaml"
    file.write_text(
        "format: 1\nid: gone\ntitle: {en: gone, ar: زال}\nasks: {en: what if, ar: ماذا لو}\n"
        f"change:\n  - remove: crossings.{first}\n",
        encoding="utf-8",
    )
    other = ready("two-crossings", (file,))
    assert other.names.ids["crossing"] == base.names.ids["crossing"]
    other.run(days=60)
    state = other.space.state
    assert state.crossing["tonnes"][0] == 0
    assert state.crossing["tonnes"][1] > 0
    assert state.crossing["travellers"][0] == 0


def with_veto(here: Bench, *rows: tuple[int, int, int, int]) -> Bench:
    """The same scenario with decisions that are forced to no."""
    veto = readable(np.array(list(rows), VETO))
    world = World(**{**copy_world(here.world, replicate.sizes(here.world))._asdict(), "veto": veto})
    return here._replace(world=world, space=replicate.workspace(world))


def test_a_vetoed_realignment_does_not_happen() -> None:
    here = ready("two-crossings")
    chunk = here.run(count=40, days=150)
    found = chunk.events[chunk.events["kind"] == kind("realignment")]
    assert len(found) > 5
    first = found[0]
    day = int(first["day"]) + int(here.world.run["observe_day"][0])
    vetoed = with_veto(here, (day, process.PATRON, int(first["actor"]), int(first["target"])))
    again = vetoed.run(count=1, first=int(first["replicate"]), days=150)
    before = chunk.events[
        (chunk.events["replicate"] == first["replicate"]) & (chunk.events["day"] < first["day"])
    ]
    assert again.events[again.events["day"] < first["day"]].tobytes() == before.tobytes()
    today = again.events[
        (again.events["day"] == first["day"]) & (again.events["kind"] == kind("realignment"))
    ]
    assert not ((today["actor"] == first["actor"]) & (today["target"] == first["target"])).any()


def test_a_veto_of_what_does_not_happen_changes_nothing() -> None:
    here = ready("two-crossings")
    vetoed = with_veto(here, (3, process.PATRON, 0, 1), (5, process.ATTACK, 0, 0))
    assert same(here.run(count=2, days=4), vetoed.run(count=2, days=4))
