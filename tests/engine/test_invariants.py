"""What can be neither made nor lost on any day, on worlds where everything happens often."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from maabar.engine import replicate
from maabar.scenario.load import load
from maabar.variables import EVENTS, STATUS
from maabar.world import build
from tests import ledger
from tests.conftest import Bench, eager, fix, ready
from tests.fiction import Fiction, scenarios, write

WITHIN = 1e-10  # of the turnover: rounding of sums
made_up = settings(
    max_examples=50,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)


def audit(here: Bench, *, number: int = 0, days: int = 60, seed: int = 1) -> Counter[str]:
    """Stop on every evening, the warm-up's included, and check all that must hold.

    The engine starts anew for every evening that is looked at: a run of fewer days is the beginning
    of a longer one.
    """
    space, warm = here.space, int(here.world.run["observe_day"][0])
    before, totals = 0.0, ledger.totals(here.space.state)
    for n in range(-warm, days + 1):
        chunk = here.run(first=number, days=n, every=1000, seed=seed)
        state = space.state
        assert chunk.status[0] in (0, replicate.UNSTABLE)
        now, cash, stored = ledger.exact(state), ledger.money(state), ledger.stored(state)
        wrong = [
            *ledger.broken(space.world, state, here.names.end_place),
            *ledger.ill_logged(space, chunk, n),
        ]
        if n == -warm:
            start, capital = now, cash
        else:
            wrong += ledger.ill_added(state, totals, n > 0)
            grown = ledger.made_less_used(state)
            size = float(state.market_good["used"].sum()) + abs(stored)
            if abs(stored - before - grown) > WITHIN * size:
                wrong.append(f"goods: stores grew by {stored - before}, not by {grown}")
        wrong += [
            f"{what}: {now[what]}, not {start[what]}" for what in now if now[what] != start[what]
        ]
        if abs(cash - capital) > WITHIN * ledger.turnover(state):
            wrong.append(f"money: {cash - capital} USD from nowhere")
        before, totals = stored, ledger.totals(state)
        assert not wrong, "\n".join([f"evening of day {n - 1}:", *wrong[:9]])
        if chunk.status[0]:
            break
    wrong = [*ledger.untold(space, chunk)]
    assert not wrong, "\n".join(wrong)
    seen = Counter(EVENTS[number].name for number in chunk.events["kind"])
    return seen + Counter({STATUS[number]: 1 for number in chunk.status})


def of_fiction(said: Fiction, folder: Path, lists: dict[str, Any]) -> Bench:
    """A made-up scenario ready to run; all share one list of mechanisms."""
    scenario = load(write(said, folder / "fiction"), allow_unsourced=True)
    world, names = build(scenario)
    if "day" not in lists:
        lists["day"] = replicate.mechanisms(world)
    return Bench(scenario, world, names, replicate.workspace(world), lists["day"])


def test_nothing_is_made_or_lost_on_made_up_worlds(tmp_path: Path) -> None:
    """What Hypothesis makes up depends on the modules in memory: rare kinds may need more worlds."""
    seen: Counter[str] = Counter()
    lists: dict[str, Any] = {}
    kinds = {kind.name for kind in EVENTS}

    def check(said: Fiction) -> None:
        seen.update(audit(of_fiction(said, tmp_path, lists), number=1, days=45))

    for n in range(6):
        seed(n)(made_up(given(scenarios())(check)))()
        if kinds <= set(seen):
            break
    assert kinds <= set(seen)  # all that can happen did
    assert seen["done"] >= 45


@pytest.mark.parametrize(("name", "days"), [("two-crossings", 90), ("siege", 60)])
@pytest.mark.parametrize("number", [0, 5])
def test_nothing_is_made_or_lost_in_shipped_scenarios(name: str, days: int, number: int) -> None:
    audit(ready(name), number=number, days=days)


@pytest.mark.parametrize("number", [0, 1])
def test_nothing_is_made_or_lost_where_every_decision_is_taken_often(number: int) -> None:
    seen = audit(eager("asharah", warm_up=14), number=number, days=45)
    assert {
        "strike", "realignment", "meeting", "agreement", "breakdown", "clash", "takeover",
        "withdrawal", "vacated", "flag raised", "weapons moved into homes", "positions moved",
    } <= set(seen)  # fmt: skip


def test_an_idle_review_changes_almost_nothing() -> None:
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
