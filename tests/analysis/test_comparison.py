"""Futures side by side: paired on common draws, the same until the change begins, told honestly."""

from __future__ import annotations

import datetime
import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.conftest import Bench, ready, same

from maabar.analysis.comparison import Comparison, compare, effects, values
from maabar.errors import RunError, ScenarioError, UseError
from maabar.results.run import run
from maabar.results.store import Store
from maabar.scenario.load import EXAMPLES, load

SMALL: dict[str, Any] = {"replicates": 24, "days": 120}
SHUT = "crossings.north.open=false@2030-02-10"
SHIPPED = (
    "coalition-strikes-stop",
    "al-asharah--darnaj-closed",
    "crossings-open-untolled",
    "russia-restores-pay",
    "patrons-pay-double",
    "flour-aid",
    "day-wage-doubled",
    "pact-among-all",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compared")


@pytest.fixture(scope="module")
def found(folder: Path) -> Comparison:
    """A dated closure, and a change that says what is so already."""
    return compare(
        "two-crossings", [SHUT, "crossings.north.open=true"], out=folder, threads=2, **SMALL
    )


# -- numbers --------------------------------------------------------------------------------------


def test_hand_worked_differences() -> None:
    before = np.array([[1.0, np.nan], [2.0, 5.0], [3.0, np.nan], [6.0, 4.0]])
    after = np.array([[2.0, np.nan], [2.0, np.nan], [5.0, 7.0], [5.0, 1.0]])
    one, two = effects(before, after)
    # 1, 0, 2, -1
    assert one["base"] == 3.0
    assert one["difference"]["median"] == 0.0  # an observed value
    assert (one["difference"]["p5"], one["difference"]["p95"]) == (-1.0, 2.0)
    assert one["difference"]["mean"] == 0.5
    assert one["difference"]["mcse"] == pytest.approx((5 / 3 / 4) ** 0.5)
    assert one["changed_share"] == 0.75
    # variances 14/3 and 3 apart, 5/3 in pairs
    assert one["variance_ratio"] == pytest.approx((5 / 3) / (14 / 3 + 3))
    # only the last replicate has both; nothing in both is no change, one of the two is
    assert two["difference"]["mean"] == -3.0
    assert (two["difference"]["n"], two["difference"]["mcse"]) == (1, None)
    assert two["changed_share"] == 0.75
    assert two["variance_ratio"] is None
    assert two["base"] == 4.5


def test_nothing_and_constants_give_no_ratio() -> None:
    same_, none = effects(np.array([[1.0, np.nan]] * 3), np.array([[1.0, np.nan]] * 3))
    assert (same_["difference"]["mean"], same_["changed_share"]) == (0.0, 0.0)
    assert same_["variance_ratio"] is None
    assert none["difference"]["mean"] is None
    assert (none["base"], none["changed_share"]) == (None, 0.0)


def test_differences_are_those_of_the_stored_replicates(found: Comparison) -> None:
    before, after = (run.dataset()["value"] for run in (found.base, found.others[0].run))
    document = found.document()["changes"][0]["outcomes"]
    for name in ("toll_income.south", "clashes", "recruits"):
        difference = after.sel(outcome=name).to_numpy() - before.sel(outcome=name).to_numpy()
        assert np.array_equal(found.difference(name), difference)
        assert document[name]["difference"]["mean"] == pytest.approx(difference.mean())
        assert document[name]["base"] == pytest.approx(before.sel(outcome=name).mean().item())
        assert document[name]["changed_share"] == (difference != 0).mean()


# -- common draws ---------------------------------------------------------------------------------


def test_what_changes_nothing_differs_by_nothing(found: Comparison) -> None:
    for one in found.document()["changes"][1]["outcomes"].values():
        assert one["changed_share"] == 0.0
        assert one["difference"]["mean"] in (0.0, None)
        assert one["difference"]["p5"] in (0.0, None)
        assert one["difference"]["p95"] in (0.0, None)
        assert one["variance_ratio"] in (0.0, None)


def test_a_closure_shows_in_every_replicate(found: Comparison) -> None:
    assert (found.difference("toll_income.north") < 0).all()
    assert found.document()["changes"][0]["outcomes"]["toll_income.north"]["changed_share"] == 1.0


def _until(
    plain: Bench, changed: Bench, since: datetime.date, replicates: int, beyond: int
) -> None:
    """Both worlds are the same bytes until the morning of a day, and not after it."""
    day = (since - plain.scenario.observe_from).days
    one, two = (bench.run(replicates, days=day + beyond, every=1) for bench in (plain, changed))
    mornings = [number for number, at in enumerate(one.days) if at < day]
    assert one.series[:, mornings].tobytes() == two.series[:, mornings].tobytes()
    before = [chunk.events[chunk.events["day"] < day] for chunk in (one, two)]
    assert len(before[0])
    assert before[0].tobytes() == before[1].tobytes()
    assert not same(one, two)


def test_the_same_bytes_until_the_change_begins() -> None:
    _until(
        ready("two-crossings"), ready("two-crossings", (SHUT,)), datetime.date(2030, 2, 10), 8, 10
    )


def test_pairs_are_nearer_than_independent_runs(found: Comparison, folder: Path) -> None:
    """The ratio is what it says: held against runs that are really independent, on other seeds."""
    names = ["tolls_total", "recruits", "toll_income.south"]
    apart = run("two-crossings", seed=2, changes=[SHUT], out=folder / "apart", **SMALL)
    status, other = values(apart, names)
    before, after = found.pairs(found.others[0], names)
    assert not status.any()
    paired = (after - before).var(axis=0, ddof=1)
    independent = (other - before).var(axis=0, ddof=1)
    told = found.document()["changes"][0]["outcomes"]
    for name, one, two in zip(names, paired, independent, strict=True):
        ratio = told[name]["variance_ratio"]
        assert ratio < 0.5
        # of 24 pairs: the independent variance is known to within some 60 %
        assert 0.4 * one / two < ratio < 2.5 * one / two, name


def test_another_change_leaves_other_decisions_alone(found: Comparison) -> None:
    """Strikes do not hang on crossings: the timeline's strike falls on the same group."""
    for replicate in range(4):
        strikes = [
            [
                (event["date"], event["target"], event["place"], event["amount"])
                for event in one.events(replicate)
                if event["kind"] == "strike" and event["date"] <= "2030-02-15"
            ]
            for one in (found.base, found.others[0].run)
        ]
        assert strikes[0]
        assert strikes[0] == strikes[1]


# -- runs: made once, used again ------------------------------------------------------------------


def test_runs_that_stand_are_used_again(found: Comparison, folder: Path) -> None:
    times = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    told: list[str] = []
    again = compare(
        "two-crossings",
        SHUT,
        out=folder,
        progress=lambda what, done, total: told.append(what),
        **SMALL,
    )
    assert not told
    assert again.base.path == found.base.path
    assert times == {path: path.stat().st_mtime_ns for path in times}
    assert again.document()["changes"] == found.document()["changes"][:1]


def test_only_what_is_new_is_run(found: Comparison, folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    more = compare(
        "two-crossings",
        [SHUT, f"{SHUT} + patrons.capital.levy=0"],
        out=folder,
        progress=lambda *said: told.append(said),
        **SMALL,
    )
    assert told[-1] == ("running", 24, 24)
    both = more.others[1].run
    assert [one["id"] for one in both.provenance["changes"]] == [SHUT, "patrons.capital.levy=0"]
    assert more.others[1].id == f"{SHUT} + patrons.capital.levy=0"


def test_progress_is_over_all_futures(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    compare(
        "two-crossings",
        "crossings.north.open=false",
        replicates=16,
        days=20,
        out=tmp_path,
        progress=lambda *said: told.append(said),
    )
    counts = [done for _, done, _ in told]
    assert counts == sorted(counts)
    assert {total for *_, total in told} == {32}
    assert told[-1] == ("running", 32, 32)


def test_what_is_stopped_goes_on(tmp_path: Path) -> None:
    stop = threading.Event()
    given: dict[str, Any] = {"replicates": 32, "days": 30, "out": tmp_path, "threads": 1}

    def halt(what: str, done: int, total: int) -> None:
        if done >= 40:
            stop.set()

    with pytest.raises(RunError, match=r"interrupted: \d+ of 64 .* the same command goes on"):
        compare("two-crossings", SHUT, progress=halt, cancel=stop, **given)
    stores = [Store(path) for path in tmp_path.iterdir()]
    kept = [store.count(store.plan) for store in stores]
    assert len(kept) == 2
    assert max(kept) - min(kept) <= 8  # as much of each, so that what is there can be compared
    told: list[int] = []
    whole = compare(
        "two-crossings", SHUT, progress=lambda what, done, total: told.append(done), **given
    )
    assert told[0] >= 8  # of the run that was cut short
    straight = compare("two-crossings", SHUT, **given | {"out": tmp_path / "straight"})
    assert json.dumps(whole.document()["changes"][0]["outcomes"]) == json.dumps(
        straight.document()["changes"][0]["outcomes"]
    )


def test_stored_runs_by_their_folders(found: Comparison) -> None:
    base, other = found.base, found.others[0].run
    again = compare(base.path, other.path)
    assert again.document()["changes"][0]["outcomes"] == found.document()["changes"][0]["outcomes"]
    assert again.others[0].id == str(other.path)
    assert compare(base, other).document() == again.document()


def test_a_change_on_top_of_a_stored_run(found: Comparison, folder: Path) -> None:
    """It starts from what the run held: its changes, its seed, its days."""
    on_top = compare(found.others[0].run, "patrons.capital.levy=0", out=folder)
    both = on_top.others[0].run
    assert [one["id"] for one in both.provenance["changes"]] == [SHUT, "patrons.capital.levy=0"]
    plain = compare("two-crossings", f"{SHUT} + patrons.capital.levy=0", out=folder, **SMALL)
    for name in ("tolls_total", "recruits"):
        assert np.array_equal(
            values(both, [name])[1], values(plain.others[0].run, [name])[1], equal_nan=True
        )


def test_a_fork_is_compared_from_its_day_on(tmp_path: Path) -> None:
    fork = run("two-crossings", from_day=30, of=1, out=tmp_path / "fork", **SMALL)
    found = compare(fork, "patrons.capital.levy=0", out=tmp_path)
    changed = found.others[0].run
    assert changed.fork == fork.fork
    first, second = (one.dataset()["group.cash"].sel(day=slice(0, 28)) for one in (fork, changed))
    assert first.equals(second)
    assert found.document()["changes"][0]["outcomes"]["realigned.ford-guard"]["changed_share"] > 0


# -- refusals -------------------------------------------------------------------------------------


def test_an_unknown_change_is_told_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match='did you mean "north-closed"'):
        compare("two-crossings", ["north-clsed"], out=tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"seed": 2}, "seed 1 and 2; run both with the same --seed"),
        ({"days": 60}, "days 120 and 60; run both over the same --days"),
        ({"every": 5}, "every 7 and 5; run both with the same --every"),
        ({"from_day": 10}, "past none and 0, 10; fork both on the same day"),
    ],
)
def test_runs_that_are_no_pairs(
    found: Comparison, folder: Path, other: dict[str, int], said: str
) -> None:
    name = "-".join(f"{key}{value}" for key, value in other.items())
    given = {**SMALL, "replicates": 8} | other
    unlike = run("two-crossings", out=folder / name, **given)
    with pytest.raises(UseError, match=said):
        compare(found.base, unlike)


def test_another_scenario_is_refused(found: Comparison, folder: Path) -> None:
    siege = run("siege", replicates=2, days=10, out=folder / "siege")
    with pytest.raises(UseError, match=r"different scenarios \(two-crossings, siege\).*--change"):
        compare(found.base, siege)


def test_another_version_is_refused(found: Comparison, folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "old"
    shutil.copytree(found.others[0].run.path, copy)
    provenance = json.loads((copy / "provenance.json").read_text())
    provenance["inputs"]["code"] = "0.0.9+abc"
    (copy / "provenance.json").write_text(json.dumps(provenance))
    with pytest.raises(UseError, match=r"0\.0\.9\+abc; run both again with this version"):
        compare(found.base, copy)


def test_numbers_beside_a_stored_run(found: Comparison) -> None:
    with pytest.raises(UseError, match=r"seed 3 was asked for, and .* has 1; leave --seed out"):
        compare(found.base, SHUT, seed=3)


def test_fewer_replicates_are_paired_as_far_as_they_go(found: Comparison, folder: Path) -> None:
    few = run("two-crossings", days=120, replicates=8, changes=[SHUT], out=folder / "few")
    short = compare(found.base, few)
    assert np.array_equal(short.difference("tolls_total"), found.difference("tolls_total")[:8])


def test_unknown_outcomes_and_nothing_to_compare(found: Comparison) -> None:
    with pytest.raises(UseError, match='did you mean "clashes"'):
        found.known(["clahses"])
    assert found.known(["toll_income"]) == ["toll_income.north", "toll_income.south"]
    with pytest.raises(UseError, match="nothing to compare with"):
        compare("two-crossings", [])
    with pytest.raises(UseError, match=r'such as "toll_income\.north"'):
        found.difference("toll_income")


# -- the changes of asharah -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return compare(
        "asharah", SHIPPED, replicates=16, days=120, out=tmp_path_factory.mktemp("asharah")
    )


def _of(found: Comparison, change: str) -> int:
    return [one.id for one in found.others].index(change)


@pytest.mark.parametrize("change", SHIPPED)
def test_shipped_changes_do_something(shipped: Comparison, change: str) -> None:
    outcomes = shipped.document()["changes"][_of(shipped, change)]["outcomes"]
    assert max(one["changed_share"] for one in outcomes.values()) > 0.5


@pytest.mark.parametrize("change", SHIPPED)
def test_shipped_changes_are_small_and_readable(change: str) -> None:
    path = EXAMPLES / "asharah" / "changes" / f"{change}.yaml"
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 25
    (made,) = load("asharah", changes=[change]).changes_applied
    assert made.id == change
    assert made.asks.en.endswith("?")
    assert made.asks.ar.endswith("؟")


@pytest.mark.parametrize(
    ("change", "outcome", "sign"),
    [
        ("al-asharah--darnaj-closed", "toll_income.al-asharah--darnaj", -1),
        ("crossings-open-untolled", "tolls_total", -1),
        ("crossings-open-untolled", "travellers_total", 1),
        ("patrons-pay-double", "recruits", 1),
        ("flour-aid", "basket.west-mayadin", -1),
        ("day-wage-doubled", "recruits", -1),
        ("coalition-strikes-stop", "killed_in_strikes", -1),
        ("russia-restores-pay", "clients.russia", 1),
        ("pact-among-all", "clashes", -1),
    ],
)
def test_shipped_changes_do_what_they_say(
    shipped: Comparison, change: str, outcome: str, sign: int
) -> None:
    assert sign * shipped.difference(outcome, _of(shipped, change)).mean() > 0


@pytest.mark.parametrize("change", [one for one in SHIPPED if one != "pact-among-all"])
def test_shipped_changes_leave_the_past_alone(change: str, bench: Callable[..., Bench]) -> None:
    """Warm-up included; only the pact holds from the beginning."""
    plain, changed = bench("asharah"), bench("asharah", (change,))
    (applied,) = changed.scenario.changes_applied
    dates = [step.since for step in applied.steps if step.since]
    strikes = [row.on or row.between[0] for row in plain.scenario.timeline
               if row.id.startswith("coalition-2022")]  # fmt: skip
    _until(plain, changed, min(dates or strikes), 2, 20)
