"""The engine against the same model written a second time, in plain Python: `tests/reference`.

Discrete state (events, holders, men, postures ...) must be equal on every morning, floats to
rounding.  The engine starts anew for every day that is compared, so that its whole state can be
seen; the reference goes on from day to day.
"""

from __future__ import annotations

import ast
import datetime
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from maabar.engine import replicate
from maabar.engine.state import VETO, readable
from maabar.scenario.load import load
from maabar.variables import EVENTS, STATE, TERMS
from maabar.world import build
from tests import reference
from tests.fiction import Fiction, scenarios, write
from tests.reference import draw
from tests.reference.day import mornings
from tests.reference.replicate import Replicate
from tests.reference.table import records

RELATIVE = 1e-12
SEED = 7
DAYS = 45
WORLDS = int(os.environ.get("MAABAR_WORLDS", "40"))
"""How many different worlds must agree at least."""

HEADER = ("row", "day", "kind", "actor", "target", "place", "crossing", "end")

WORKING = {
    ("patron", "force"): "of the end that was counted last",
    ("group", "stake"): "of the end that was claimed last",
    ("group_place", "weight"): "of the strike that came last",
    ("crossing_end_group", "hazard"): "weighed only where the day's draw could bring an attack",
    ("group", "first"): "where the engine looks for a group; the reference looks everywhere",
    ("group", "past"): "as `first`",
}
"""Fields that hold what a computation left behind, or where to look; no result depends on them."""


class Sizes:
    """How large each field has been: what an error is compared with.

    A difference of large numbers has their rounding error, so trade's differences are compared
    with what is traded, the share of wages that is owed with all of them, and what a patron offers
    more than another with what patrons pay.
    """

    def __init__(self, r: Replicate) -> None:
        demand = max((one.demand for row in r.s.market_good for one in row), default=0.0)
        units = max([demand, *(good.flow for good in r.w.good)])
        price = max((good.reference_price for good in r.w.good), default=0.0)
        pay = max(max(one.pay_local, one.pay_foreign, one.pay_core) for one in r.w.patron)
        self.largest: dict[tuple[str, str], float] = {
            ("group_patron", "gap"): pay,
            ("market_good", "log_price"): 1.0,
            ("group", "arrears"): 1.0,
            ("market_good", "stock"): units,
            ("market_good", "inflow"): units,
            ("pair_good", "flow"): units,
            ("pair_good", "margin"): price,
            ("crossing_good", "flow"): units,
        }

    def close(self, field: tuple[str, str], engine: float, plain: float) -> bool:
        size = max(self.largest.get(field, 0.0), abs(engine))
        self.largest[field] = size
        return engine == plain or abs(engine - plain) <= RELATIVE * size


def states(space: Any, r: Replicate, sizes: Sizes) -> Iterator[str]:
    """Fields in which the states differ."""
    for table, index, record in records(r.s, STATE, space.sizes):
        row = getattr(space.state, table)[index or (0,)]
        for field in STATE[table].fields:
            name = (table, field.name)
            engine, plain = row[field.name].item(), getattr(record, field.name)
            same = engine == plain if field.dtype == "i8" else sizes.close(name, engine, plain)
            if not same and name not in WORKING:
                yield f"{table}.{field.name}{list(index)}: engine {engine}, reference {plain}"


def close(engine: float, plain: float, size: float) -> bool:
    return abs(engine - plain) <= RELATIVE * max(1.0, abs(size))


def logs(chunk: replicate.Chunk, r: Replicate) -> Iterator[str]:
    """The first event in which the logs differ, with its terms and causes."""
    causes: dict[int, list[tuple[int, float]]] = {}
    for one in chunk.causes:
        causes.setdefault(int(one["row"]), []).append((int(one["cause"]), float(one["weight"])))
    if len(chunk.events) != len(r.events):
        yield f"{len(chunk.events)} events, reference {len(r.events)}"
    for engine, plain in zip(chunk.events, r.events, strict=False):
        numbers = [engine["amount"], *(engine[f"term_{k}"] for k in range(TERMS))]
        wanted = [plain.amount, *plain.terms]
        size = max(map(abs, numbers))
        because = causes.get(plain.row, [])
        same = (
            all(engine[name] == getattr(plain, name) for name in HEADER)
            and all(close(a, b, size) for a, b in zip(numbers, wanted, strict=True))
            and [row for row, _ in because] == [row for row, _ in plain.causes]
            and all(close(a, b, a) for (_, a), (_, b) in zip(because, plain.causes, strict=True))
        )
        if not same:
            yield f"{EVENTS[plain.kind].name}: engine {engine} {because}, reference {plain}"
            return


def compare(world: Any, number: int, days: int) -> Counter[str]:
    """Run both for some days and assert that they agree; the kinds of event that happened."""
    day = replicate.mechanisms(world)
    space = replicate.workspace(world)
    sizes = None
    for n, r in enumerate(mornings(world, space.sizes, seed=SEED, number=number, days=days)):
        chunk = replicate.simulate(
            space, day, seed=SEED, first=number, count=1, days=n, every=max(1, n)
        )
        sizes = sizes or Sizes(r)
        found = [f"status: {chunk.status[0]}"] if chunk.status[0] != r.status else []
        found += [*states(space, r, sizes), *logs(chunk, r)]
        assert not found, "\n".join([f"morning {n} of replicate {number}:", *found[:12]])
    return Counter(EVENTS[event.kind].name for event in r.events)


def world_of(said: Fiction, folder: Path) -> Any:
    """The world of a made-up scenario, which stays in a folder to be looked at."""
    return build(load(write(said, folder / "fiction"), allow_unsourced=True))[0]


REMOVABLE = ("group", "patron", "striker", "crossing", "timeline")
few = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)


def test_made_up_worlds_agree_and_everything_happens_in_them(tmp_path: Path) -> None:
    """What Hypothesis makes up depends on the modules in memory: rare kinds may need more worlds."""
    seen: Counter[str] = Counter()
    made: set[bytes] = set()
    kinds = {kind.name for kind in EVENTS}

    def agree(said: Fiction, removed: str) -> None:
        world = world_of(said, tmp_path)
        if removed and len(getattr(world, removed)):
            getattr(world, removed)["exists"][-1] = 0
        seen.update(compare(world, number=1, days=DAYS))
        made.add(world.raw.tobytes())

    for n in range(12):
        worlds = given(scenarios(), st.sampled_from(["", *REMOVABLE]))(agree)
        seed(n)(settings(few, derandomize=False, max_examples=48)(worlds))()
        if set(seen) == kinds and len(made) >= WORLDS:
            break
    assert set(seen) == kinds
    assert len(made) >= WORLDS


def decisions(r: Replicate) -> Iterator[tuple[int, int, int, int]]:
    """Decisions behind some events, as a run forbids them: day, process, i, j."""
    for event in r.events:
        day = event.day + r.w.run.observe_day
        name = EVENTS[event.kind].name
        if name == "clash":
            yield day, draw.ATTACK, event.crossing, event.end
        if name == "meeting":
            yield day, draw.MEETING, event.actor, event.target
        if name == "realignment":
            yield day, draw.PATRON, event.actor, event.target
        if name == "breakdown":
            yield day, draw.LEAVING, event.actor, 0
        if name == "flag raised":
            yield day, draw.FLAG, event.actor, 0
        if name == "takeover":
            yield day, draw.CLAIM, event.crossing, event.end
        if name in ("positions moved", "weapons moved into homes"):
            yield day, draw.MEN_POSTURE + int(event.terms[5]), event.actor, event.place
        if name == "strike":
            yield day, draw.TARGET, event.actor << 16, 0
        if name == "attack":
            yield day, draw.SIEGE_ATTACKS, event.place, 0
    yield from ((0, draw.OFFER, n, 0) for n in r.rows)


def test_worlds_in_which_decisions_are_forbidden_agree(tmp_path: Path) -> None:
    forbidden: Counter[int] = Counter()

    @settings(few, max_examples=15)
    @given(scenarios())
    def agree(said: Fiction) -> None:
        world = world_of(said, tmp_path)
        *_, r = mornings(world, replicate.sizes(world), seed=SEED, number=1, days=20)
        some = [*decisions(r)][::3]
        forbidden.update(process for _, process, _, _ in some)
        compare(world._replace(veto=readable(np.array(some, VETO))), number=1, days=20)

    agree()
    assert len(forbidden) >= 8


@pytest.mark.parametrize(("name", "days"), [("two-crossings", 60), ("siege", 60)])
@pytest.mark.parametrize("number", [0, 1])
def test_shipped_scenarios_agree(name: str, days: int, number: int) -> None:
    compare(build(load(name))[0], number, days)


@pytest.mark.parametrize("number", range(3))
def test_asharah_agrees_after_a_short_warm_up(number: int) -> None:
    scenario = load("asharah")
    soon = scenario.observe_from - datetime.timedelta(days=20)
    seen = compare(build(scenario.model_copy(update={"warm_up_from": soon}))[0], number, days=30)
    assert sum(seen.values()) > 20


# -- the reference itself --------------------------------------------------------------------------


def test_the_reference_shares_no_code_with_the_engine() -> None:
    for page in Path(reference.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(page.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                assert name == "maabar.variables" or name.split(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0,) * 4, (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ],
)
def test_plain_philox_gives_the_published_words(
    counter: tuple[int, int, int, int], key: tuple[int, int], words: str
) -> None:
    assert " ".join(f"{word:08x}" for word in draw.philox(counter, key)) == words


LEVELS = [(2 * n + 1) / 400 for n in range(200)]


@pytest.mark.parametrize("mean", [0.3, 8.0, 45.0, 2000.0])
def test_plain_poisson_is_that_of_scipy(mean: float) -> None:
    stats = pytest.importorskip("scipy.stats")
    assert [draw.poisson(u, mean) for u in LEVELS] == [*stats.poisson(mean).ppf(LEVELS)]


@pytest.mark.parametrize("trials", [3, 40, 5000])
@pytest.mark.parametrize("share", [0.002, 0.3, 0.95, 0.9999])
def test_plain_binomial_is_that_of_scipy(trials: int, share: float) -> None:
    stats = pytest.importorskip("scipy.stats")
    plain = [draw.binomial(u, trials, share) for u in LEVELS]
    assert plain == [*stats.binom(trials, share).ppf(LEVELS)]
