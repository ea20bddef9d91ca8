"""Many futures from one saved past: what nothing changed is the straight run, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from maabar.engine.replicate import NOTHING, pause, simulate

LENGTH = {"days": 60, "every": 7}


@pytest.mark.parametrize("name", ["two-crossings", "asharah"])
@pytest.mark.parametrize("day", [0, 1, 21, 37, 60])
def test_going_on_is_the_straight_run(bench: Callable[..., Any], name: str, day: int) -> None:
    here = bench(name)
    straight = here.run(3, **LENGTH)
    for replicate in range(3):
        past = pause(here.space, here.day, seed=1, replicate=replicate, day=day, every=7)
        again = here.run(1, first=replicate, past=past, **LENGTH)
        np.testing.assert_array_equal(again.series[0], straight.series[replicate])
        for one, whole in ((again.events, straight.events), (again.causes, straight.causes)):
            assert one.tobytes() == whole[whole["replicate"] == replicate].tobytes()
        assert again.days.tolist() == straight.days.tolist()


def test_futures_share_their_past_and_then_part(bench: Callable[..., Any]) -> None:
    here = bench("two-crossings")
    past = pause(here.space, here.day, seed=1, replicate=4, day=30, every=7)
    futures = here.run(6, past=past, **LENGTH)
    before = futures.days < 30
    assert (futures.series[:, before] == futures.series[:1, before]).all()
    ends = {futures.series[n, -1].tobytes() for n in range(6)}
    assert len(ends) == 6
    straight = here.run(1, first=4, **LENGTH)
    assert futures.series[4].tobytes() == straight.series[0].tobytes()
    for n in range(6):
        mine = futures.events[futures.events["replicate"] == n]
        assert mine["row"].tolist() == list(range(len(mine)))
        early = mine[mine["day"] < 30][["day", "kind", "actor"]]
        assert early.tolist() == past.events[["day", "kind", "actor"]].tolist()


def test_any_chunk_gives_the_same_futures(bench: Callable[..., Any]) -> None:
    here = bench("two-crossings")
    past = pause(here.space, here.day, seed=1, replicate=0, day=30, every=7)
    whole = here.run(5, past=past, **LENGTH)
    for n in range(5):
        one = here.run(1, first=n, past=past, **LENGTH)
        assert one.series[0].tobytes() == whole.series[n].tobytes()


def test_a_log_that_fills_up_grows(bench: Callable[..., Any]) -> None:
    from maabar.engine.state import new_log

    here = bench("two-crossings")
    past = pause(here.space, here.day, seed=1, replicate=0, day=40, every=7)
    straight = here.run(4, past=past, **LENGTH)
    kept, here.space.log = here.space.log, new_log(8)
    again = here.run(4, past=past, **LENGTH)
    here.space.log = kept
    assert again.events.tobytes() == straight.events.tobytes()


def test_a_past_that_does_not_fit_is_refused(bench: Callable[..., Any]) -> None:
    here, other = bench("two-crossings"), bench("asharah")
    past = pause(here.space, here.day, seed=1, replicate=0, day=30, every=7)
    given: dict[str, Any] = {"seed": 1, "first": 0, "count": 1}
    for space, days, every in ((other.space, 60, 7), (here.space, 60, 6), (here.space, 29, 7)):
        with pytest.raises(ValueError, match="past"):
            simulate(space, here.day, days=days, every=every, past=past, **given)
    assert NOTHING.day < 0
