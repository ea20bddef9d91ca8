"""Exact limits that the engine must meet, without data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest
from scipy import optimize

from maabar.engine import force, replicate, rng
from maabar.mechanisms import allegiance, contest, deployment
from maabar.scenario.load import load
from maabar.world import build
from tests import network
from tests.conftest import fix, ready


def settle(
    folder: Path, said: dict[str, Any], *, days: int, speed: float, shock: np.ndarray | None = None
) -> tuple[Any, Any, replicate.Workspace]:
    """Run trade alone; `shock` multiplies every market's demand on the first morning."""

    def disturb(world, state, log, key, day):  # type: ignore[no-untyped-def]
        if day == 0:
            for m in range(world.market.shape[0]):
                state.market_good[m, 0].demand *= world.own[m].value

    scenario = load(network.write(folder, said))
    own = np.ones(len(scenario.markets)) if shock is None else shock
    world, names = build(scenario, own=own)
    fix(world, "behaviour", "trade_speed", speed)
    fix(world, "behaviour", "trade_theta", 0.01)
    fix(world, "behaviour", "trade_toll_lag", 0.2)
    space = replicate.workspace(world)
    listed = replicate.mechanisms(world, ("disturb", "trade"), own={"disturb": disturb})
    chunk = replicate.simulate(space, listed, seed=1, first=0, count=1, days=days, every=days)
    assert chunk.status[0] == 0
    return world, names, space


def equilibrium(world: Any, space: replicate.Workspace) -> tuple[np.ndarray, np.ndarray]:
    """Spatial equilibrium with arc cost ``haulage + q P_ref / k``, by an independent solver."""
    state = space.state
    start = world.market_good["price"][:, 0]
    used, made = state.market_good["demand"][:, 0], state.market_good["supply"][:, 0]
    good = world.good[0]
    pairs = []
    for r in range(len(world.pair)):
        road = world.pair["road"][r] == 1
        cost = (
            world.pair["haulage"][r] if road else world.crossing["haulage"][world.pair["first"][r]]
        )
        ease = good["flow"] * (good["road_ease"] if road else 1) / good["reference_price"]
        pairs.append((world.pair["a"][r], world.pair["b"][r], cost, ease))

    def short(z: np.ndarray) -> np.ndarray:
        price = start * np.exp(z)
        gap = used * np.exp(-good["demand_elasticity"] * z) - made * np.exp(
            good["supply_elasticity"] * z
        )
        for a, b, cost, ease in pairs:
            flow = ease * (
                max(0.0, price[b] - price[a] - cost) - max(0.0, price[a] - price[b] - cost)
            )
            gap[a] += flow
            gap[b] -= flow
        return gap / (used + made)

    found = optimize.root(
        short, np.zeros(len(start)), method="lm", options={"xtol": 1e-13, "ftol": 1e-13}
    )
    price = start * np.exp(found.x)
    inflow = np.zeros(len(start))
    for a, b, cost, ease in pairs:
        flow = ease * (max(0.0, price[b] - price[a] - cost) - max(0.0, price[a] - price[b] - cost))
        inflow[a] -= flow
        inflow[b] += flow
    assert np.abs(short(found.x)).max() < 1e-8
    return price, inflow


@pytest.mark.parametrize("seed", range(50))
def test_trade_comes_to_rest_at_the_spatial_equilibrium(seed: int, tmp_path: Path) -> None:
    draw = np.random.default_rng(seed)
    west, east = int(draw.integers(1, 4)), int(draw.integers(1, 4))
    joined = [(w, e) for w in range(west) for e in range(east) if draw.random() < 0.6] or [(0, 0)]
    roads = [(f"w{n}", f"w{n + 1}") for n in range(west - 1)] + [
        (f"e{n}", f"e{n + 1}") for n in range(east - 1)
    ]
    markets = [f"w{n}" for n in range(west)] + [f"e{n}" for n in range(east)]
    said = network.scenario(
        west=west, east=east, crossings=joined, roads=roads,
        prices={m: float(draw.uniform(60, 160)) for m in markets},
        demand={m: float(draw.uniform(50, 400)) for m in markets},
        haulage=float(draw.uniform(2, 20)), flow=float(draw.uniform(50, 300)), toll_caps=(0.0, 0.0),
    )  # fmt: skip
    world, _, space = settle(
        tmp_path, said, days=3000, speed=0.5, shock=draw.uniform(0.6, 1.7, len(markets))
    )
    price, inflow = equilibrium(space.world, space)
    assert np.abs(space.state.market_good["price"][:, 0] / price - 1).max() < 1e-4
    size = world.market_good["demand"][:, 0].max()
    assert np.abs(space.state.market_good["inflow"][:, 0] - inflow).max() / size < 1e-4


@pytest.mark.parametrize("takers", range(1, 7))
def test_equal_takers_share_the_margin_as_cournot_does(takers: int, tmp_path: Path) -> None:
    said = network.scenario(
        west=1, east=1, crossings=[(0, 0)] * takers, prices={"w0": 100.0, "e0": 40.0},
        demand={"w0": 1e12, "e0": 1e12}, holders=[(n, 6) for n in range(takers)], groups=7,
        haulage=6.0, toll_caps=(None, 0.0),
    )  # fmt: skip
    _, _, space = settle(tmp_path, said, days=400, speed=0.0)
    tolls = space.state.crossing_end_good["toll"][:, 0, 0]
    assert np.allclose(tolls, (100 - 40 - 6) / (takers + 1), rtol=1e-6)


def test_two_monopolists_in_series_take_a_third_each(tmp_path: Path) -> None:
    said = network.scenario(
        west=1, east=1, crossings=[(0, 0)], prices={"w0": 100.0, "e0": 40.0},
        demand={"w0": 1e12, "e0": 1e12}, haulage=6.0,
    )  # fmt: skip
    _, _, space = settle(tmp_path, said, days=400, speed=0.0)
    assert np.allclose(space.state.crossing_end_good["toll"][0, :, 0], 54 / 3, rtol=1e-6)


@pytest.mark.parametrize("flow", [1.0, 50.0, 5000.0])
def test_a_monopoly_s_toll_does_not_depend_on_the_traders_number(
    flow: float, tmp_path: Path
) -> None:
    said = network.scenario(
        west=1, east=1, crossings=[(0, 0)], prices={"w0": 100.0, "e0": 40.0},
        demand={"w0": 1e12, "e0": 1e12}, haulage=6.0, toll_caps=(None, 0.0), flow=flow,
    )  # fmt: skip
    _, _, space = settle(tmp_path, said, days=400, speed=0.0)
    assert space.state.crossing_end_good["toll"][0, 0, 0] == pytest.approx(27, rel=1e-6)


def test_arbitrage_gap_shrinks_as_one_over_k(tmp_path: Path) -> None:
    """Against the hard Takayama-Judge equilibrium, where the gap is exactly haulage."""
    gaps = []
    for n, flow in enumerate((200.0, 400.0, 800.0)):
        said = network.scenario(
            west=1, east=1, crossings=[(0, 0)], prices={"w0": 100.0, "e0": 40.0},
            demand={"w0": 100.0, "e0": 100.0}, haulage=6.0, toll_caps=(0.0, 0.0), flow=5.0,
        )  # fmt: skip
        scenario = load(network.write(tmp_path / str(n), said))
        world, _ = build(scenario, own=[flow])
        fix(world, "behaviour", "trade_speed", 0.5)

        def widen(world, state, log, key, day):  # type: ignore[no-untyped-def]
            if day == 0:
                world.good[0].flow = world.own[0].value

        space = replicate.workspace(world)
        listed = replicate.mechanisms(world, ("widen", "trade"), own={"widen": widen})
        replicate.simulate(space, listed, seed=1, first=0, count=1, days=4000, every=4000)
        price = space.state.market_good["price"][:, 0]
        gaps.append(price[0] - price[1] - 6)
    assert gaps[0] > gaps[1] > gaps[2] > 0
    assert gaps[0] / gaps[1] == pytest.approx(2, rel=0.15)
    assert gaps[1] / gaps[2] == pytest.approx(2, rel=0.1)


@numba.njit
def _wins(n, e, f, m, phi):
    count = 0
    for k in range(n):
        u = rng.uniform((np.uint64(3), np.uint64(k)), 1, 62, 0, 0)
        if u < force.win_chance(e, f, m, phi):
            count += 1
    return count / n


@pytest.mark.parametrize(
    ("e", "f", "m", "phi"), [(10, 10, 1, 1), (30, 10, 1.5, 2), (5, 40, 0.8, 1.3)]
)
def test_contests_are_won_as_often_as_the_success_function_says(
    e: float, f: float, m: float, phi: float
) -> None:
    expected = e**m / (e**m + phi * f**m)
    assert _wins(200_000, float(e), float(f), float(m), float(phi)) == pytest.approx(
        expected, abs=0.004
    )


@numba.njit
def _challengers(world, state, hazards, n):
    count = np.zeros(hazards.size)
    for g in range(world.group.shape[0]):
        state.crossing_end_group[0, 0, g].hazard = hazards[g]
    for k in range(n):
        key = (np.uint64(5), np.uint64(k))
        count[contest.challenger(world, state, key, 1, 0, 0, hazards.sum())] += 1
    return count / n


def test_who_attacks_follows_the_hazards_and_not_the_order() -> None:
    here = ready("two-crossings")
    for hazards in ([0.2, 0.2, 0.2], [0.1, 0.2, 0.3], [0.3, 0.2, 0.1], [0.4, 0.0, 0.4]):
        asked = np.zeros(len(here.world.group))
        asked[:3] = hazards
        shares = _challengers(here.space.world, here.space.state, asked, 40_000)
        assert shares == pytest.approx(asked / asked.sum(), abs=0.01)


@numba.njit
def _choices(world, state, g, n):
    count = np.zeros(world.patron.shape[0])
    worth = np.zeros(world.patron.shape[0])
    for s in range(world.patron.shape[0]):
        worth[s] = allegiance.worth(world, state, g, s)
    for k in range(n):
        key = (np.uint64(7), np.uint64(k))
        count[allegiance.best_patron(world, state, key, 1, g)] += 1
    return count / n, worth


@pytest.mark.parametrize("noise", [50.0, 150.0])
def test_patrons_are_chosen_in_logit_shares(noise: float) -> None:
    """``exp(U / noise)``, the present one favoured by what staying is worth."""
    here = ready("asharah", warm_up=0)
    here.run(days=1)
    world, state = here.space.world, here.space.state
    g = here.names.ids["group"].index("al-mukhtar")
    world.behaviour["allegiance_noise"] = noise
    world.group_patron["may_join"][g] = 1
    world.patron["capacity"] = 1e9
    state.group["inertia"][g] = 15.0
    shares, worth = _choices(world, state, g, 40_000)
    worth[state.group["patron"][g]] += 15.0
    expected = np.exp((worth - worth.max()) / noise)
    assert shares == pytest.approx(expected / expected.sum(), abs=0.012)
    assert (shares > 0.02).sum() > 2


@numba.njit
def _stein(world, state, key):
    return deployment.aggregate(world, state)


@pytest.mark.parametrize(
    ("stakes", "entered", "total"),
    [
        ((100.0, 50.0, 30.0), (1, 1, 0), 1 / (1 / 100 + 1 / 50)),
        ((100.0, 80.0, 60.0), (1, 1, 1), 2 / (1 / 100 + 1 / 80 + 1 / 60)),
    ],
)
def test_stein_s_entry(stakes: tuple[float, ...], entered: tuple[int, ...], total: float) -> None:
    here = ready("two-crossings")
    here.space.state.group["stake"][:] = 0
    here.space.state.group["stake"][:3] = stakes
    found = _stein(here.space.world, here.space.state, (np.uint64(1), np.uint64(1)))
    assert found == pytest.approx(total)
    assert tuple((here.space.state.group["stake"][:3] > 0).astype(int)) == entered


def test_beliefs_have_the_gamma_poisson_mean() -> None:
    """Strikes at a constant rate on constant exposure: belief a / b goes to prior-weighted mean."""
    here = ready("two-crossings", names=("strikes", "threat"))
    fix(here.world, "striker", "rate_on", 0.4)
    fix(here.world, "striker", "rate_off", 0.4)
    fix(here.world, "striker", "miss", 0.0)
    fix(here.world, "striker", "lethality", 0.0)
    fix(here.world, "striker", "deceived", 1.0)
    fix(here.world, "behaviour", "threat_half_life", 60.0)
    fix(here.world, "behaviour", "threat_far_weight", 0.0)
    here.world.timeline["exists"] = 0
    here.space.template[:] = here.world.raw
    ratios = []
    for first in range(60):
        here.run(count=1, first=first, days=600, every=600)
        state, world = here.space.state, here.space.world
        keep = 2 ** (-1 / 60)
        label = int(np.argmax(state.striker_label["seen"][0]))
        b0 = world.behaviour["threat_prior_exposure"][0]
        a0 = (
            b0
            * world.behaviour["threat_prior_rate"][0]
            * world.striker_label["hostility"][0, label]
        )
        seen = state.striker_label["seen"][0, label]
        hits = state.striker_label["hits"][0]
        expected = (
            0.4 / (1 - keep)
            + (
                b0 * world.behaviour["threat_prior_rate"][0] * world.striker_label["hostility"][0]
            ).sum()
        )
        ratios.append(hits.sum() / expected)
        assert state.striker_label["exposure"][0, label] == pytest.approx(
            b0 + seen / (1 - keep), rel=0.2
        )
        assert a0 >= 0
    assert np.mean(ratios) == pytest.approx(1, abs=0.06)


def test_recruitment_settles_where_enlisting_meets_deserting() -> None:
    """``stock * enlist = men * desert`` at rest, with chances held fixed."""
    here = ready("two-crossings", names=("recruitment",))
    for field, value in {
        "recruitment_enlist_per_day": 0.03, "recruitment_desert_per_day": 0.02,
        "recruitment_wage_weight": 0.0, "recruitment_ration": 10.0, "recruitment_scale": 20.0,
        "recruitment_arrears": 0.0, "threat_price_of_fear": 0.0,
    }.items():  # fmt: skip
        fix(here.world, "behaviour", field, value)
    fix(here.world, "patron", "capacity", 1e12)
    here.world.timeline["exists"] = 0
    here.space.template[:] = here.world.raw
    join = 0.03 / (1 + np.exp(-0.5))
    leave = 0.02 / (1 + np.exp(0.5))
    shares = []
    local = [g for g, kind in enumerate(here.world.group["kind"]) if kind == 0]
    for first in range(40):
        here.run(count=1, first=first, days=900, every=900)
        men, stock = here.space.state.group_place["men"], here.space.state.place["stock"]
        for g in local:
            for p in np.flatnonzero(men[g]):
                alone = (men[:, p] > 0).sum() == 1
                if alone and men[g, p] + stock[p] > 30:
                    shares.append(men[g, p] / (men[g, p] + stock[p]))
    assert len(shares) > 20
    assert np.mean(shares) == pytest.approx(join / (join + leave), abs=0.02)
