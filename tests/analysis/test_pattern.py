"""The rule of a verdict, that ablations take the mechanism away, and that no pattern is written in."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from tests.conftest import ready

import maabar
from maabar.analysis import pattern, score
from maabar.analysis.pattern import PATTERNS, Comparison, borne_out
from maabar.analysis.score import Interval
from maabar.analysis.trial import Arm, Sight, observe
from maabar.errors import UseError
from maabar.scenario.load import load


def comparison(**more: Any) -> Comparison:
    return Comparison("name", lambda sight: np.zeros((0, 2)), score.mean, Arm(), **more)


@pytest.mark.parametrize(
    ("said", "with_", "difference", "expected"),
    [
        ({}, (1, 0, 2), (1, 0.1, 2), True),
        ({}, (1, 0, 2), (1, -0.1, 2), False),
        ({}, (1, 0, 2), (-1, -2, -0.1), False),
        ({"sign": -1}, (1, 0, 2), (-1, -2, -0.1), True),
        ({"contrast": True}, (1, 0.1, 2), (1, 0.1, 2), True),
        ({"contrast": True}, (1, -0.1, 2), (1, 0.1, 2), False),
        ({"contrast": True, "sign": -1}, (-1, -2, -0.1), (-1, -2, -0.1), True),
        ({"bounds": (2, 20)}, (13, 12, 14), (1, 0.1, 2), True),
        ({"bounds": (2, 20)}, (21, 20, 22), (1, 0.1, 2), False),
        ({}, (1, 0, 2), (np.nan, np.nan, np.nan), False),
    ],
)
def test_the_rule(said: dict[str, Any], with_: Any, difference: Any, expected: bool) -> None:
    assert borne_out(comparison(**said), Interval(*with_), Interval(*difference)) is expected


def test_every_pattern_of_the_design_is_there_and_decided_by_something() -> None:
    assert [one.id for one in PATTERNS] == [f"P{n}" for n in range(1, 12)]
    for one in PATTERNS:
        assert any(each.decides and each.sign for each in one.comparisons), one.id


# -- no pattern is an instruction -----------------------------------------------------------------


OUTSIDE = {"strike", "closure", "opening", "pay_change", "toll_change"}
"""What `asharah` may take from outside; `siege` has the siege, the prisons and airdrops besides."""


@pytest.mark.parametrize(
    ("name", "more"), [("asharah", set()), ("siege", {"siege", "prison_release", "aid"})]
)
def test_only_outside_acts_are_dated(name: str, more: set[str]) -> None:
    assert {row.act for row in load(name).timeline} <= OUTSIDE | more


def test_after_the_start_the_report_tells_of_strikes_only() -> None:
    """Dated rows after the start either stand for a claim marked as timeline or rest on no claim."""
    scenario = load("asharah")
    marked = {
        row
        for claim in scenario.claims.values()
        if claim.modelled.role == "timeline"
        for row in claim.modelled.by
    }
    assert {row.act for row in scenario.timeline if row.id in marked} == {"strike"}
    for row in scenario.timeline:
        if row.days[1] >= scenario.observe_from and row.id not in marked:
            assert not set(row.from_) & set(scenario.claims), row.id


@pytest.mark.parametrize("name", ["asharah", "siege"])
def test_no_claim_that_is_a_pattern_is_a_source_of_the_timeline(name: str) -> None:
    scenario = load(name)
    told = {one for one, claim in scenario.claims.items() if claim.modelled.role == "pattern"}
    assert told
    for row in scenario.timeline:
        text = row.model_dump_json(by_alias=True)
        said = {one for one in told if f'"{one}"' in text}
        assert not said, f"{row.id} rests on {said}, which should come out"


def test_nobody_starts_where_the_report_ends() -> None:
    """Al-Mukhtar serves Russia, shows no regime flag and sits in no homes on the first morning."""
    scenario = load("asharah")
    options = dict(scenario.groups["al-mukhtar"].patron.options)
    assert set(options) == {"russia"}
    found = observe(
        "asharah",
        Arm(),
        {"start": lambda sight: np.column_stack([sight.replicates, sight.first("group.arms_in_homes")])},
        replicates=8, seed=1, days=1,
    )  # fmt: skip
    assert np.median(found.rows["start"][:, 1:]) < 0.2


# -- ablations take the mechanism away, and only that ------------------------------------------------


def count(sight: Sight) -> np.ndarray:
    """Strikes, realignments, arms into homes, moves beside points, wrong flags, all events."""
    kinds = (
        "strike", "realignment", "weapons moved into homes", "moved beside the patron's points",
        "flag raised", "meeting", "withdrawal",
    )  # fmt: skip
    return np.column_stack([sight.replicates, *(sight.tally(sight.events(one)) for one in kinds)])


@pytest.fixture(scope="module")
def seen() -> Any:
    kept: dict[Arm, np.ndarray] = {}

    def look(arm: Arm) -> np.ndarray:
        if arm not in kept:
            found = observe("asharah", arm, {"count": count}, replicates=48, seed=1, days=120)
            kept[arm] = found.rows["count"][:, 1:].mean(axis=0)
        return kept[arm]

    return look


STRIKES, REALIGNED, HOMES, BESIDE, FLAGS, MEETINGS, WITHDRAWN = range(7)


def test_without_strikes_nobody_is_struck(seen: Any) -> None:
    assert seen(Arm())[STRIKES] > 1
    assert seen(Arm(("ablate-strikes",)))[STRIKES] == 0


def test_without_restraint_nobody_hides_in_homes_or_beside_points(seen: Any) -> None:
    """Reviews go on: positions still move."""
    plain, homes = seen(Arm()), seen(Arm(("ablate-restraint-homes",)))
    assert plain[HOMES] > 1
    assert homes[HOMES] < 0.1 * plain[HOMES]
    assert homes[STRIKES] > 0.5 * plain[STRIKES]
    assert seen(Arm(("ablate-guard-restraint",)))[BESIDE] < 0.2 * plain[BESIDE]


def test_without_deception_flags_stay(seen: Any) -> None:
    assert seen(Arm(("ablate-deceived",)))[FLAGS] < 0.5 * seen(Arm())[FLAGS]


def test_without_levies_and_income_nobody_leaves_russia_for_the_regime() -> None:
    def left(sight: Sight) -> np.ndarray:
        events = sight.events("realignment")
        events = events[events["target"] == sight.number("patron", "fourth-division")]
        events = events[events["actor"] == sight.number("group", "al-mukhtar")]
        return np.column_stack([sight.replicates, sight.tally(events)])

    total = [
        observe("asharah", arm, {"left": left}, replicates=64, seed=1, days=120)
        .rows["left"][:, 1]
        .sum()
        for arm in (Arm(), Arm(("ablate-levy-income",)))
    ]
    assert total[0] >= 4
    assert total[1] == 0


def test_mediation_gone_leaders_still_meet_but_less(seen: Any) -> None:
    plain, ablated = seen(Arm())[MEETINGS], seen(Arm(("ablate-mediation",)))[MEETINGS]
    assert 0 < ablated < plain


def test_the_prize_gone_clashes_nearly_go() -> None:
    def clashes(sight: Sight) -> np.ndarray:
        return np.column_stack([sight.replicates, sight.tally(sight.events("clash"))])

    plain, worthless = (
        observe("asharah", arm, {"n": clashes}, replicates=24, seed=1, days=180)
        .rows["n"][:, 1]
        .mean()
        for arm in (Arm(), Arm(("ablate-prize",)))
    )
    assert worthless < 0.5 * plain


def test_without_pacts_nobody_meets(seen: Any) -> None:
    assert seen(Arm())[MEETINGS] > 1
    assert seen(Arm(("ablate-pacts",)))[MEETINGS] == 0


def test_prizes_are_equal_or_nothing() -> None:
    """What ends are worth to those who fight over them; tolls themselves go on."""

    def look(*changes: str) -> tuple[np.ndarray, np.ndarray]:
        here = ready("asharah", changes, warm_up=20)
        here.run(days=30)
        ends = here.space.state.crossing_end
        return ends["prize"].ravel(), ends["income"].ravel()

    plain, _ = look()
    assert np.ptp(plain) > 0.5 * plain.mean() > 0
    same, income = look("ablate-prize-contrast")
    assert np.ptp(same[same > 0]) < 1e-6 * same.max()
    assert np.ptp(income) > 0
    nothing, income = look("ablate-prize")
    assert not nothing.any()
    assert income.any()


def test_prices_and_wages_do_nothing_where_they_are_not_looked_at() -> None:
    """P8 to P10: the effect is there, and without its reason exactly gone, or nearly."""
    found = {
        (one["id"], n): (each["with"]["mean"], each["without"]["mean"])
        for one in maabar.patterns("asharah", replicates=8, only=["P8", "P9", "P10"])
        for n, each in enumerate(one["comparisons"])
    }
    for name in (("P8", 0), ("P8", 1), ("P8", 2), ("P10", 0), ("P10", 1)):
        with_, without = found[name]
        assert abs(without) < 1e-3 * abs(with_), name
    takings, left = found["P9", 0]  # travellers still pay
    assert left < 0.5 * takings


def test_every_ablation_that_decides_is_looked_at_above() -> None:
    deciding = {str(each.without) for one in PATTERNS for each in one.comparisons if each.decides}
    assert deciding == {
        "ablate-deceived", "ablate-guard-restraint", "ablate-levy-income", "ablate-mediation", "ablate-pacts",
        "ablate-price-response", "ablate-prize", "ablate-prize-contrast",
        "ablate-restraint-homes", "ablate-strikes", "ablate-wage", "equal-prices",
        "no-release",
    }  # fmt: skip


# -- the command ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small() -> Any:
    return maabar.patterns("asharah", replicates=24, only=["P4", "P11"])


def test_the_document_is_what_others_rely_on(small: Any) -> None:
    assert [one["id"] for one in small] == ["P4", "P11"]
    for one in small:
        assert {
            "id",
            "statement",
            "statistic",
            "with",
            "without",
            "difference",
            "verdict",
            "claims",
        } <= set(one)
        assert one["verdict"] in ("holds", "fails")
        for key in ("with", "without", "difference"):
            assert set(one[key]) == {"mean", "ci95"}
            low, high = one[key]["ci95"]
            assert low <= one[key]["mean"] <= high
        assert one["claims"]
    json.dumps(small, allow_nan=False)


def test_arms_go_into_homes_only_where_homes_are_spared(small: Any) -> None:
    arms = small[0]
    assert arms["with"]["mean"] > 0.1
    assert abs(arms["without"]["mean"]) < 0.01


def test_without_the_release_there_is_no_group(small: Any) -> None:
    men = small[1]
    assert men["with"]["mean"] > 100
    assert men["without"] == {"mean": 0, "ci95": [0, 0]}


def test_the_same_seed_gives_the_same_intervals(small: Any) -> None:
    assert maabar.patterns("asharah", replicates=24, only=["P4"], threads=1) == small[:1]


def test_sentences_are_arabic_where_asked() -> None:
    (one,) = maabar.patterns("siege", replicates=8, only=["P11"], lang="ar")
    assert any("\u0600" <= letter <= "\u06ff" for letter in one["statement"])


def test_unknown_patterns_and_scenarios_without_any_are_said() -> None:
    with pytest.raises(UseError, match="P99"):
        maabar.patterns("asharah", only=["P99"])
    with pytest.raises(UseError, match="two-crossings"):
        maabar.patterns("two-crossings", replicates=4)
    with pytest.raises(UseError, match="at least 2"):
        maabar.patterns("asharah", replicates=1)


def test_replicates_that_failed_in_one_world_are_left_out_of_both() -> None:
    one = comparison()
    rows = np.column_stack([np.arange(4), [1.0, 2.0, 3.0, 100.0]])
    worlds = {Arm(): pattern.Observed(np.array([0, 0, 0, 2]), {"name": rows})}
    weights = score.resample(4, seed=1, count=50) * (worlds[Arm()].status == 0)
    with_, _, difference = pattern.measure(one, "name", worlds, weights)
    assert with_.mean == 2.0
    assert difference.mean == 0.0
