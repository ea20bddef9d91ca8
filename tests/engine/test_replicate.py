"""One replicate is the same bytes in any company."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from maabar.engine import replicate
from maabar.engine.day import DAY
from maabar.engine.state import new_log
from maabar.variables import STATUS
from tests.conftest import ready, same


def test_a_replicate_alone_is_the_replicate_in_a_chunk(bench) -> None:
    here = bench("asharah")
    chunk = here.run(count=4, first=3, days=40)
    alone = here.run(count=1, first=5, days=40)
    assert chunk.series[2].tobytes() == alone.series[0].tobytes()
    mine = chunk.events[chunk.events["replicate"] == 5]
    assert mine.tobytes() == alone.events.tobytes()
    causes = chunk.causes[chunk.causes["replicate"] == 5]
    assert causes.tobytes() == alone.causes.tobytes()
    assert len(mine) > 20


def test_threads_do_not_matter(bench) -> None:
    here = bench("two-crossings")
    spaces = [replicate.workspace(here.world) for _ in range(3)]

    def run(number: int) -> replicate.Chunk:
        return replicate.simulate(
            spaces[number % 3], here.day, seed=1, first=8 * number, count=8, days=90, every=7
        )

    with ThreadPoolExecutor(3) as pool:
        together = [chunk for n in range(0, 6, 3) for chunk in pool.map(run, range(n, n + 3))]
    for number, chunk in enumerate(together):
        assert same(chunk, here.run(count=8, first=8 * number, days=90))


def test_a_longer_run_begins_as_a_shorter_one(bench) -> None:
    here = bench("asharah")
    short, long = here.run(days=28), here.run(days=56)
    assert short.series[0, :4].tobytes() == long.series[0, :4].tobytes()
    first = long.events[long.events["day"] < 28]
    assert first.tobytes() == short.events.tobytes()


def test_the_cadence_moves_nothing(bench) -> None:
    here = bench("two-crossings")
    weekly, daily = here.run(days=28), here.run(days=28, every=1)
    assert weekly.events.tobytes() == daily.events.tobytes()
    assert weekly.series[0].tobytes() == daily.series[0][[0, 7, 14, 21, 28]].tobytes()


def test_a_log_that_fills_is_made_larger(bench) -> None:
    here = bench("asharah")
    whole = here.run(count=2, days=60)
    here.space.log = new_log(16)
    again = here.run(count=2, days=60)
    assert same(whole, again)
    assert len(here.space.log.event) > 16


def test_another_seed_is_another_world(bench) -> None:
    here = bench("two-crossings")
    assert not np.array_equal(here.run(days=60).series, here.run(days=60, seed=2).series)


def test_one_loop_serves_every_list(bench) -> None:
    def own(world, state, log, key, day):  # type: ignore[no-untyped-def]
        state.own[0].value += 1.0

    here = bench("two-crossings")
    here.run()
    for names in (DAY, DAY[:5], (*DAY[:3], "own", *DAY[3:])):
        listed = replicate.mechanisms(here.world, names, own={"own": own})
        replicate.simulate(here.space, listed, seed=1, first=0, count=1, days=30, every=7)
        if "own" in names:
            assert here.space.state.own[0]["value"] == 30 + here.world.run[0]["observe_day"]
    assert len(replicate._loop.signatures) == 1


def test_unknown_and_too_many_mechanisms(bench) -> None:
    here = bench("two-crossings")
    with pytest.raises(KeyError):
        replicate.mechanisms(here.world, ("sorcery",))
    with pytest.raises(ValueError, match="at most 16"):
        replicate.mechanisms(here.world, DAY + DAY)


@pytest.mark.parametrize("name", DAY)
def test_every_mechanism_changes_results(bench, name: str) -> None:
    scenario = "siege" if name == "timeline" else "asharah"
    whole = bench(scenario).run(count=8, days=120)
    rest = tuple(one for one in DAY if one != name)
    without = bench(scenario, names=rest).run(count=8, days=120)
    assert not np.array_equal(whole.series, without.series)


def test_failures_are_sentences_and_do_not_stop_the_others() -> None:
    here = ready("two-crossings")
    good = here.run(count=3)
    column = here.world.behaviour.dtype.names.index("trade_speed")
    offset = (here.world.behaviour.ctypes.data - here.world.raw.ctypes.data) // 8 + column
    here.space.template[offset] = np.nan
    drawn = here.world.prior["offset"] == offset
    here.world.prior["a"][drawn] = np.nan
    bad = here.run(count=3)
    assert (good.status == 0).all()
    assert [STATUS[number] for number in bad.status] == ["a value is not a number"] * 3
    assert (bad.series[:, 0] == good.series[:, 0]).any()
