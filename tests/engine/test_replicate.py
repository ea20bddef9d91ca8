"""One replicate is the same bytes in any company."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from maabar.engine import replicate
from maabar.engine.day import DAY
from maabar.engine.state import new_log
from maabar.variables import STATUS
from maabar.world import build
from tests.conftest import fix, ready, same


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


@pytest.mark.parametrize("parts", [(12,), (1, 11), (5, 3, 4), (1,) * 12])
def test_chunk_boundaries_do_not_matter(bench, parts: tuple[int, ...]) -> None:
    here = bench("two-crossings")
    whole = here.run(count=12, first=20, days=60)
    starts = [20 + sum(parts[:n]) for n in range(len(parts))]
    chunks = [here.run(count=n, first=k, days=60) for n, k in zip(parts, starts, strict=True)]
    for field in replicate.Chunk._fields:
        if field != "days":
            together = np.concatenate([getattr(chunk, field) for chunk in chunks])
            assert together.tobytes() == getattr(whole, field).tobytes(), field


def test_another_workspace_and_what_ran_in_it_before_do_not_matter(bench) -> None:
    here = bench("two-crossings")
    used, new = here, here._replace(space=replicate.workspace(here.world))
    used.run(count=3, first=100, days=150, seed=9)
    assert same(used.run(count=2, days=60), new.run(count=2, days=60))


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


def test_unstable_prices_are_a_status_and_the_others_complete() -> None:
    """Trade stops; where neither demand nor supply gives way, prices run off."""
    here = ready(
        "two-crossings",
        ("crossings.*.open=0@2030-01-08", "roads.*.haulage_usd_tonne=x1000@2030-01-08"),
    )
    good = ready("two-crossings").run(count=8, days=170)
    rigid = np.linspace(0.0, 0.6, 8)

    def stiffen(world, state, log, key, day):  # type: ignore[no-untyped-def]
        for k in range(world.good.shape[0]):
            world.good[k].demand_elasticity = world.own[key[1]].value
            world.good[k].supply_elasticity = world.own[key[1]].value

    world, _ = build(here.scenario, own=rigid)
    fix(world, "behaviour", "trade_speed", 1.0)
    listed = replicate.mechanisms(world, ("stiffen", *DAY), own={"stiffen": stiffen})
    chunk = replicate.simulate(
        replicate.workspace(world), listed, seed=1, first=0, count=8, days=170, every=7
    )
    sentences = [STATUS[number] for number in chunk.status]
    assert sentences[0] == "a price left its bounds: markets are unstable at these draws"
    assert sentences[-1] == "done"
    assert set(sentences) == {sentences[0], "done"}
    assert chunk.series.shape == good.series.shape
    assert np.isfinite(chunk.series).all()
    ended = [chunk.events["day"][chunk.events["replicate"] == k].max() for k in range(8)]
    assert ended[0] < 169
    stop = np.flatnonzero((chunk.series[0] == chunk.series[0, -1]).all(1))[0]
    assert 1 < stop < len(chunk.days) - 1  # the last state is repeated from there on


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
