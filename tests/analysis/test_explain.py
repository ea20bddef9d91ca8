"""What is said of an event: true of the run, whole, in both languages, or a clear refusal."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet
import pytest

import maabar
from maabar.analysis.ground import PATHS, UNITS
from maabar.analysis.necessity import wilson
from maabar.analysis.replay import Replay
from maabar.cli import main
from maabar.errors import RunError, UseError
from maabar.results.event import read
from maabar.results.run import Run
from maabar.results.store import Store
from maabar.variables import EVENTS

CALM = (
    "strikers.*.strikes_per_day.on=0",
    "strikers.*.strikes_per_day.off=0",
    "strikers.*.far_per_day=0",
    "behaviour.posture.review_per_day=0.00001",
    "behaviour.posture.shock_gain=10000000",
    "behaviour.posture.move_cost=1000000",
    "behaviour.threat.price_of_fear=10000000",
    "behaviour.allegiance.review_per_day=0",
)
"""Arms go into homes for certain on the evening of a strike, and hardly ever else."""
HIDING = "weapons moved into homes"


def nodes(causes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in causes:
        yield one
        yield from nodes(one["causes"])


# -- the tree --------------------------------------------------------------------------------------


def test_the_tree_is_complete_and_points_backwards(small: Run) -> None:
    events, causes = read(Store(small.path), 0)
    deep = 0
    for event in events:
        found = maabar.explain(small.path, replicate=0, event=event["row"])
        wanted, coming = set(), [event["row"]]
        while coming:
            new = set(causes.get(coming.pop(), ())) - wanted
            wanted |= new
            coming += new
        told = [one["row"] for one in nodes(found["causes"]) if not one["told"]]
        assert sorted(told) == sorted(wanted)
        assert {one["row"] for one in found["causes"]} == set(causes.get(event["row"], ()))
        for one in nodes([found["event"] | {"causes": found["causes"]}]):
            assert all(below["row"] < one["row"] for below in one["causes"])
        deep = max(deep, len(wanted))
    assert deep > 3


def test_shares_sum_to_one_and_the_weightiest_comes_first(small: Run) -> None:
    for number in range(4):
        for event in small.events(number):
            causes = maabar.explain(small.path, replicate=number, event=event["row"])["causes"]
            weights = [one["weight"] for one in causes]
            assert weights == sorted(weights, reverse=True)
            if sum(weights) > 0:
                assert sum(one["share"] for one in causes) == pytest.approx(1)
            if number > 0:
                break


def test_every_term_has_a_unit_and_known_paths() -> None:
    for kind in EVENTS:
        assert len(UNITS.get(kind.name, ())) == len(kind.terms), kind.name
        assert set(PATHS.get(kind.name, ())) <= set(kind.terms), kind.name
    scenario = maabar.load("asharah")
    for paths in PATHS.values():
        for path in sum(paths.values(), ()):
            if "{" not in path:
                assert scenario.at(path) is not None, path


def test_what_was_weighed_and_whence(small: Run) -> None:
    found = maabar.explain(small.path, replicate=5, kind="realignment")
    terms = {one["term"]: one["value"] for one in found["terms"]}
    parts = ("pay", "fear", "income", "levy", "guard", "distance")
    assert terms["gain"] == pytest.approx(sum(terms[one] for one in parts), rel=1e-5)
    assert {one["unit"] for one in found["terms"]} == {"USD/month/fighter"}
    paths = {one["path"]: one for one in found["grounds"]}
    coast, capital = (paths[f"patrons.{one}.pay_usd_month.local"] for one in ("coast", "capital"))
    assert coast["assumed"] == "twice as much as the capital"
    assert coast["unit"] == "USD/month"
    assert terms["pay"] == pytest.approx(capital["value"] - coast["value"], rel=1e-5)
    assert terms["inertia"] >= paths["behaviour.allegiance.inertia"]["value"] - 1e-5


def test_an_act_from_outside_names_its_row_and_claims(made: Callable[..., Run]) -> None:
    run = made("asharah", replicates=2, days=60)
    closure = next(one for one in run.events(0) if one["kind"] == "closure")
    found = maabar.explain(run.path, replicate=0, event=closure["row"])
    assert [one["path"].split(".")[0] for one in found["grounds"]] == ["timeline"]
    assert found["grounds"][0]["from"]
    assert all(found["grounds"][0]["says"])
    rows = [one["row"] for one in run.events(0) if one["kind"] == "strike"]
    found = [maabar.explain(run.path, replicate=0, event=row)["grounds"][0] for row in rows]
    assert any("C14" in one["from"] for one in found)


# -- the test of the cause -------------------------------------------------------------------------


def calm(folder: Path, strikes: int) -> Path:
    """The tutorial's scenario with so many strikes on its one day of strikes."""
    source = maabar.load("two-crossings").folder
    shutil.copytree(source, folder)
    file = folder / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    assert "at: north-ford, killed" in text
    text = text.replace("at: north-ford, killed", f"at: north-ford, count: {strikes}, killed")
    file.write_text(text, encoding="utf-8")
    return folder


def hidden(tmp_path: Path, strikes: int) -> Run:
    return maabar.run(
        calm(tmp_path / "calm", strikes),
        replicates=30, days=70, changes=CALM, out=tmp_path / "run",
    )  # fmt: skip


def test_the_only_strike_was_necessary(tmp_path: Path) -> None:
    run = hidden(tmp_path, strikes=1)
    found = maabar.explain(run.path, kind=HIDING)
    assert found["happened"] >= 10
    assert found["causes"][0]["kind"] == "strike"
    assert found["necessity"]["share"] == 1
    assert found["necessity"]["replicates"] == found["happened"]
    assert found["necessity"]["ci95"] == list(wilson(found["happened"], found["happened"]))
    number = next(n for n in range(30) if any(e["kind"] == HIDING for e in run.events(n)))
    one = maabar.explain(run.path, replicate=number, kind=HIDING)["necessity"]
    assert (one["share"], one["happened"], one["replicates"]) == (1, None, 1)
    assert [run.events(number)[row]["kind"] for row in one["removed"]] == ["strike"]


def test_one_of_two_strikes_was_not_necessary(tmp_path: Path) -> None:
    """Either would have done: the direct cause alone is not necessary; both together are."""
    run = hidden(tmp_path, strikes=2)
    found = maabar.explain(run.path, kind=HIDING)
    assert found["happened"] >= 10
    assert found["necessity"]["share"] == 0
    number = next(n for n in range(30) if any(e["kind"] == HIDING for e in run.events(n)))
    one = maabar.explain(run.path, replicate=number, kind=HIDING)["necessity"]
    event = next(e for e in run.events(number) if e["kind"] == HIDING)
    assert (one["share"], one["happened"]) == (0, event["date"])
    both = maabar.explain(
        run.path, kind=HIDING, change="timeline.strike-on-north-ford.exists=false"
    )
    assert both["necessity"]["share"] == 1
    assert both["sufficiency"]["share"] == found["happened"] / 30
    assert both["contrary"]["replicates"] == 30 - found["happened"]
    assert both["necessity"]["bounds"] == [1, 1]


def test_over_all_is_one_by_one(small: Run) -> None:
    asked = {"kind": "realignment", "actor": "ford-guard"}
    found = maabar.explain(small.path, **asked, threads=2)
    assert found == maabar.explain(small.path, **asked, threads=1)
    shares = []
    for number in range(24):
        try:
            one = maabar.explain(small.path, replicate=number, **asked)
        except UseError:
            continue
        shares.append(one["necessity"]["share"])
    tested = [share for share in shares if share is not None]
    assert found["happened"] == len(shares) == sum(one["replicates"] for one in found["causes"])
    assert found["necessity"]["replicates"] == len(tested)
    assert found["necessity"]["untested"] == len(shares) - len(tested)
    assert found["necessity"]["share"] == pytest.approx(sum(tested) / len(tested))


def test_a_strike_put_where_it_was_absent(made: Callable[..., Run]) -> None:
    """Strikes are rare here, and whoever is shaken hides: one strike more is enough."""
    rare = [one for one in CALM if "per_day.o" not in one]
    rare += [f"strikers.*.strikes_per_day.{one}=0.05" for one in ("on", "off")]
    rare += ["timeline.strike-on-north-ford.exists=false"]
    run = made("two-crossings", replicates=40, days=70, changes=rare)
    found = maabar.explain(run.path, kind=HIDING)
    added = found["sufficiency"]
    assert 10 <= found["happened"] <= 30
    assert found["necessity"]["share"] == 1
    assert added["replicates"] + added["untested"] == 40 - found["happened"]
    assert added["share"] > 0.9
    assert added["ci95"][0] <= added["share"] <= added["ci95"][1]
    assert found == maabar.explain(run.path, kind=HIDING, threads=1)


def test_what_cannot_be_added_or_removed_says_so(small: Run) -> None:
    found = maabar.explain(small.path, kind="pay change")
    assert found["necessity"]["share"] is None
    assert found["necessity"]["untested"] == 24
    assert found["sufficiency"]["reason"] == "no_strike"
    one = maabar.explain(small.path, replicate=0, kind="pay change")
    assert one["necessity"]["reason"] == "no event moved it"
    assert one["causes"] == []


def test_causes_of_a_kind(small: Run) -> None:
    for number in range(24):
        for event in small.events(number)[-6:]:
            found = maabar.explain(small.path, replicate=number, event=event["row"], cause="strike")
            kinds = {one["row"]: one["kind"] for one in nodes(found["causes"])}
            strikes = {row for row, kind in kinds.items() if kind == "strike"}
            assert set(found["necessity"]["removed"]) == strikes
            if not strikes:
                assert found["necessity"]["reason"] == "no air strike among its causes"
        break


@pytest.mark.parametrize("bounds", [(0, 10), (5, 10), (10, 10), (1, 1)])
def test_the_interval_is_that_of_wilson(bounds: tuple[int, int]) -> None:
    stats = pytest.importorskip("scipy.stats")
    ours = wilson(*bounds)
    theirs = stats.binomtest(*bounds).proportion_ci(method="wilson")
    assert ours == pytest.approx((theirs.low, theirs.high))


def test_bounds_hold_what_common_draws_give(small: Run) -> None:
    """Of an event that happens at all: Tian and Pearl's bounds, and what was counted."""
    found = maabar.explain(
        small.path, kind="realignment", change="timeline.coast-cuts-pay.exists=false"
    )
    with_cause = found["happened"] / found["replicates"]
    lacking = found["sufficiency"]["replicates"] / found["replicates"]
    low, high = found["necessity"]["bounds"]
    assert low == pytest.approx(max(0, (with_cause - (1 - lacking)) / with_cause))
    assert high == pytest.approx(min(1, lacking / with_cause))
    assert low <= found["necessity"]["share"]
    assert found["contrary"]["replicates"] == found["replicates"] - found["happened"]


# -- what stays as it is, and what is refused ------------------------------------------------------


def test_explaining_changes_nothing(small: Run) -> None:
    files = {file: file.read_bytes() for file in small.path.rglob("*") if file.is_file()}
    maabar.explain(small.path, kind="realignment")
    maabar.explain(small.path, replicate=1, event=0)
    assert files == {file: file.read_bytes() for file in small.path.rglob("*") if file.is_file()}


def test_a_fork_is_explained(made: Callable[..., Run]) -> None:
    run = made("two-crossings", replicates=6, days=90, from_day=40, of=2)
    for number in (2, 5):
        for event in run.events(number)[::4]:
            maabar.explain(run.path, replicate=number, event=event["row"])
    assert maabar.explain(run.path, kind="strike")["happened"] == 6
    changed = made(
        "two-crossings",
        replicates=6,
        days=90,
        from_day=40,
        of=2,
        changes=["patrons.coast.levy=0.3"],
    )
    for event in changed.events(5)[::3]:
        maabar.explain(changed.path, replicate=5, event=event["row"])
    plain, calm = (
        Replay(run.path, more).run(5).events for more in ([], ["strikers.*.strikes_per_day.*=0"])
    )
    assert plain[plain["day"] < 40].tobytes() == calm[calm["day"] < 40].tobytes()
    assert plain.tobytes() != calm.tobytes()


def copied(run: Run, tmp_path: Path) -> Path:
    shutil.copytree(run.path, tmp_path / "run")
    return tmp_path / "run"


def rewritten(folder: Path, **inputs: Any) -> None:
    file = folder / "provenance.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["inputs"] |= inputs
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def test_another_version_is_fine_where_it_gives_the_same(small: Run, tmp_path: Path) -> None:
    folder = copied(small, tmp_path)
    rewritten(folder, code="0.0.1+abc")
    for given in ({"replicate": 0, "event": 0}, {"kind": "realignment"}):
        assert maabar.explain(folder, **given) == maabar.explain(small.path, **given)


def test_a_run_that_cannot_be_repeated_is_refused(small: Run, tmp_path: Path) -> None:
    folder = copied(small, tmp_path)
    rewritten(folder, code="0.0.1+abc")
    file = folder / "events" / "chunk-00000.parquet"
    table = pyarrow.parquet.read_table(file)
    later = pc.add(table["day"], pyarrow.scalar(1, table["day"].type))
    place = table.schema.get_field_index("day")
    pyarrow.parquet.write_table(table.set_column(place, "day", later), file)
    for given in ({"replicate": 0, "event": 3}, {"kind": "realignment"}, {"kind": "agreement"}):
        with pytest.raises(RunError, match=r"is not what is stored; it was made by maabar 0\.0\.1"):
            maabar.explain(folder, **given)


def test_an_edited_scenario_is_refused(small: Run, tmp_path: Path) -> None:
    folder = copied(small, tmp_path)
    file = folder / "scenario" / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("value: 6000", "value: 6001"), encoding="utf-8")
    with pytest.raises(RunError, match="is not the scenario that was run; run the scenario again"):
        maabar.explain(folder, replicate=0, event=0)


def test_mechanisms_of_ones_own_are_refused(small: Run, tmp_path: Path) -> None:
    folder = copied(small, tmp_path)
    rewritten(folder, mechanisms=["strikes", "rain@1234abcd"])
    with pytest.raises(UseError, match=r"mechanisms of its own \(rain\)"):
        maabar.explain(folder, replicate=0, event=0)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "say which event"),
        ({"event": 1}, "goes with --replicate"),
        ({"replicate": 0}, "say which event"),
        ({"replicate": 0, "event": 1, "kind": "strike"}, "without --kind"),
        ({"replicate": 24, "event": 0}, "no replicate 24 .* 0 to 23"),
        ({"replicate": -1, "event": 0}, "no replicate -1"),
        ({"replicate": 0, "event": 9999}, "no event 9999 .* it has 0 to .*maabar events"),
        ({"kind": "realinement"}, 'did you mean "realignment"'),
        ({"kind": "realignment", "actor": "ford-gard"}, 'unknown group "ford-gard".*ford-guard'),
        ({"kind": "closure", "actor": "coast"}, "have no actor"),
        ({"kind": "siege"}, "no siege in any of the 24 replicates"),
        ({"replicate": 0, "kind": "siege"}, "no event siege in replicate 0"),
        ({"kind": "strike", "cause": "rain"}, "--cause: no kind"),
        ({"kind": "strike", "cause": "strike", "change": "a=1"}, "leave --replicate"),
    ],
)
def test_what_is_unknown_is_said_with_a_cure(small: Run, given: dict[str, Any], said: str) -> None:
    with pytest.raises(UseError, match=said):
        maabar.explain(small.path, **given)


def test_stopping(small: Run) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(KeyboardInterrupt):
        maabar.explain(small.path, kind="strike", cancel=stop)


# -- the command -----------------------------------------------------------------------------------


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(["explain", *words])
    assert not end.value.code
    return capsys.readouterr().out


def test_json_is_the_documented_one(small: Run, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, str(small.path), "--replicate", "0", "--event", "5", "--json")
    document = json.loads(text)
    assert set(document) == {"event", "sentence", "terms", "grounds", "causes", "necessity"}
    assert {"share", "ci95", "replicates"} <= set(document["necessity"])
    assert document == json.loads(json.dumps(maabar.explain(small.path, replicate=0, event=5)))
    text = said(capsys, str(small.path), "--kind", "realignment", "--json")
    assert {"happened", "causes", "necessity", "sufficiency"} <= set(json.loads(text))


def test_it_is_told_in_arabic(small: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--replicate", "0", "--kind", "strike"], ["--kind", "realignment"]):
        text = said(capsys, str(small.path), *words, "--lang", "ar")
        told = [line for line in text.splitlines() if "." not in line and line.strip(" ─")]
        assert told
        for line in told:
            assert not any("a" <= one.lower() <= "z" for one in line), line


def test_it_is_told_in_english(small: Run, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, str(small.path), "--replicate", "5", "--kind", "realignment")
    for part in ("What was weighed", "Where the numbers come from", "The test, on the same draws"):
        assert part in text
    text = said(capsys, str(small.path), "--kind", "realignment", "--change", CALM[0])
    assert "takes the cause away" in text
    assert "Necessity: without it" in text
