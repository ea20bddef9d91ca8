"""What can be neither made nor lost, on worlds where everything happens much more often."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maabar.variables import EVENTS
from tests.conftest import Bench, fix, ready

EAGER = {
    "posture_review_per_day": 0.2,
    "posture_flag_review_per_day": 0.2,
    "posture_noise": 10.0,
    "posture_flag_noise": 10.0,
    "allegiance_review_per_day": 0.2,
    "allegiance_noise": 60.0,
    "allegiance_inertia": 0.0,
    "allegiance_revealed_inertia": 0.0,
    "diplomacy_meet_per_day": 0.05,
    "diplomacy_leave_per_day": 0.1,
    "contest_attack_per_day": 0.2,
    "contest_scale": 1e6,
    "contest_lethality": 0.3,
    "deployment_review_per_day": 0.2,
    "deployment_noise": 50_000.0,
    "deployment_inertia": 0.0,
    "recruitment_enlist_per_day": 0.02,
    "recruitment_desert_per_day": 0.02,
    "civilians_flee_clash": 0.05,
}


def eager(name: str, **more: float) -> Bench:
    """A scenario in which every decision is taken often and nearly at random."""
    here = ready(name)
    for field, value in (EAGER | more).items():
        fix(here.world, "behaviour", field, value)
    fix(here.world, "striker", "rate_on", 1.0)
    fix(here.world, "striker", "rate_off", 0.3)
    here.space.template[:] = here.world.raw
    return here


def people_and_money(here: Bench) -> dict[str, float]:
    """Sums that no day may change."""
    state = here.space.state
    killed_men = int(state.run["dead"][0])
    return {
        "men": int(state.group_place["men"].sum())
        + int(state.place["stock"].sum())
        + killed_men
        + int(state.run["abroad"][0]),
        "arms": int(state.group_place["light"].sum() + state.group_place["medium"].sum())
        + int(state.run["arms_lost"][0]),
        "people": int(
            sum(
                state.place[name].sum()
                for name in ("population", "displaced", "emigrated", "dead", "harm")
            )
        ),
        "travellers": int(state.place["arrived"].sum()),
        "money": float(
            state.run["household"][0]
            + state.run["trader"][0]
            + state.run["outside"][0]
            + state.run["commander"][0]
            + state.group["cash"].sum()
            + state.patron["account"].sum()
        ),
    }


def check_bounds(here: Bench) -> None:
    state = here.space.state
    for table, field in (
        ("group_place", "men"), ("group_place", "light"), ("group_place", "medium"),
        ("place", "stock"), ("place", "population"), ("place", "displaced"),
        ("group", "cash"), ("market_good", "price"), ("crossing", "tonnes"),
    ):  # fmt: skip
        assert (getattr(state, table)[field] >= 0).all(), field
    assert set(np.unique(state.group_place["men_posture"])) <= {0, 1, 2}
    assert np.isfinite(state.raw[~np.isnan(state.raw)]).all()
    assert not np.isnan(state.market_good["price"]).any()
    assert np.abs(state.market_good["inflow"].sum(0)).max() < 1e-6
    first, second = state.crossing["first"], state.crossing["second"]
    ends = np.array(here.names.end_place)
    arrived = np.zeros(len(state.place), int)
    np.add.at(arrived, ends[:, 0], first - second)
    np.add.at(arrived, ends[:, 1], second - first)
    assert np.array_equal(arrived, state.place["arrived"])


def check_events(chunk) -> None:  # type: ignore[no-untyped-def]
    rows = chunk.events["row"]
    assert np.array_equal(rows, np.arange(len(rows)))
    assert (np.diff(chunk.events["day"]) >= 0).all()
    assert (chunk.causes["cause"] < chunk.causes["row"]).all()
    assert (chunk.causes["cause"] >= 0).all()
    assert (chunk.causes["weight"] >= 0).all()


@pytest.mark.parametrize("name", ["two-crossings", "siege", "asharah"])
def test_nothing_is_made_or_lost_on_any_day(name: str) -> None:
    here = eager(name)
    seen: set[int] = set()
    begin = None
    for days in range(1, 61):
        chunk = here.run(count=1, days=days, every=1000)
        now = people_and_money(here)
        begin = begin or now
        turnover = float(np.abs(here.space.state.patron["account"]).sum()) + 1
        for what in ("men", "arms", "people", "travellers"):
            assert now[what] == begin[what], (what, days)
        assert abs(now["money"] - begin["money"]) < 1e-9 * max(turnover, 1e6), days
        check_bounds(here)
        check_events(chunk)
        seen |= set(np.unique(chunk.events["kind"]).tolist())
    often = {EVENTS[number].name for number in seen}
    if name == "asharah":
        assert {
            "strike", "realignment", "meeting", "agreement", "breakdown", "clash", "takeover",
            "withdrawal", "vacated", "flag raised", "weapons moved into homes", "positions moved",
        } <= often  # fmt: skip


@settings(max_examples=12, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(st.sampled_from(sorted(EAGER)), st.floats(0.0, 4.0), max_size=8),
    st.integers(0, 2**32 - 1),
)
def test_nothing_is_made_or_lost_on_random_worlds(factors: dict[str, float], seed: int) -> None:
    here = eager(
        "two-crossings", **{name: EAGER[name] * factor for name, factor in factors.items()}
    )
    totals = []
    for days in (1, 45, 170):
        chunk = here.run(count=1, days=days, every=1000, seed=seed)
        assert chunk.status[0] == 0
        totals.append(people_and_money(here))
        check_bounds(here)
        check_events(chunk)
    for what in ("men", "arms", "people", "travellers"):
        assert len({total[what] for total in totals}) == 1, what
    assert np.ptp([total["money"] for total in totals]) < 1e-3


def test_a_review_without_a_reason_changes_almost_nothing() -> None:
    """Noise is small beside stakes: otherwise ablations would measure the rate of reviews."""
    here = ready("two-crossings")
    for field, value in {
        "posture_review_per_day": 1.0, "posture_flag_review_per_day": 1.0,
        "allegiance_review_per_day": 1.0, "allegiance_fear_weight": 0.0,
        "allegiance_income_weight": 0.0, "threat_price_of_fear": 0.0,
        "allegiance_distance": 10.0,
    }.items():  # fmt: skip
        fix(here.world, "behaviour", field, value)
    fix(here.world, "patron", "guard", 0.0)
    fix(here.world, "patron", "oversight", 5.0)
    for pay in ("pay_local", "pay_foreign", "pay_core"):
        fix(here.world, "patron", pay, 50.0)
    here.world.timeline["exists"] = 0
    here.space.template[:] = here.world.raw
    chunk = here.run(count=8, days=100)
    names = np.array([one.name for one in EVENTS])[chunk.events["kind"]]
    reviews = 8 * 100 * len(here.names.ids["group"])
    for name in ("realignment", "flag raised", "weapons moved into homes"):
        assert (names == name).sum() / reviews < 0.002, name
