"""Changes: what they do to a scenario, and what they leave alone."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from broken import TINY, Broken, copy, write

from maabar.errors import ScenarioError
from maabar.scenario.change import Change, assignment
from maabar.scenario.check import check
from maabar.scenario.load import EXAMPLES, load, shipped

NAME = {"en": "a", "ar": "أ"}


def change(*steps: dict) -> Change:
    return Change.model_validate({"id": "test", "title": NAME, "asks": NAME, "change": steps})


def test_a_file_by_its_id(tmp_path: Path) -> None:
    scenario = load(TINY, changes=["half-pay"])
    assert [one.id for one in scenario.changes_applied] == ["half-pay"]
    pay = scenario.at("patrons.capital.pay_usd_month.local")
    assert (pay.a, pay.b, pay.from_) == (15, 25, ("F-pay",))
    assert "half-pay" in pay.assumed


def test_a_file_by_its_path() -> None:
    by_path = load(TINY, changes=[TINY / "changes" / "half-pay.yaml"])
    assert by_path.source_hash == load(TINY, changes=["half-pay"]).source_hash


def test_a_follower_is_not_scaled_twice() -> None:
    """The coast pays twice what the capital pays: halving both halves it once."""
    scenario = load(TINY, changes=["half-pay"])
    assert scenario.at("patrons.coast.pay_usd_month.local").median == 40
    alone = load(TINY, changes=["patrons.coast.pay_usd_month.local=x0.5"])
    assert alone.at("patrons.coast.pay_usd_month.local").median == 40
    assert alone.at("patrons.capital.pay_usd_month.local").median == 40


def test_a_follower_by_way_of_another_is_not_scaled_twice(tmp_path: Path) -> None:
    """South follows inland's price, which follows north's; only south and north are named."""
    follow = "{same_as: markets.%s.goods.fuel.price_usd, assumed: made up}"
    folder = copy(tmp_path)
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    text = text.replace("{value: 110, assumed: dear}", follow % "west")
    text = text.replace("{value: 60, assumed: cheap}", follow % "inland")
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    scenario = load(folder, changes=["markets.*st.goods.fuel.price_usd=x0.5"])
    for market in ("west", "inland", "east"):
        assert scenario.at(f"markets.{market}.goods.fuel.price_usd").median == 50


@pytest.mark.parametrize(
    ("text", "path", "kind", "a"),
    [
        ("places.north.population=12", "places.north.population", "value", 12),
        ("patrons.*.cut=0", "patrons.coast.cut", "value", 0),
        ("patrons.coast.cut={range: [0, 0.5]}", "patrons.coast.cut", "range", 0),
        (
            "places.*.outside_wage_usd_month=x0.8",
            "places.south.outside_wage_usd_month",
            "range",
            20,
        ),
        ("behaviour.allegiance.fear_weight=0", "behaviour.allegiance.fear_weight", "value", 0),
        ("strikers.*.strikes_per_day.*=0", "strikers.air.strikes_per_day.off", "value", 0),
        (
            "strikers.air.restraint_beside.coast=1",
            "strikers.air.restraint_beside.coast",
            "value",
            1,
        ),
        (
            "crossings.*.ends.*.toll_cap_usd_tonne=0",
            "crossings.ford.ends.south.toll_cap_usd_tonne",
            "value",
            0,
        ),
        ("groups.guard.fighters.south=5", "groups.guard.fighters.south", "value", 5),
    ],
)
def test_numbers(text: str, path: str, kind: str, a: float) -> None:
    found = load(TINY, changes=[text]).at(path)
    assert (found.kind, found.a) == (kind, pytest.approx(a))
    assert found.assumed


def test_ids_switches_and_plain_values() -> None:
    assert (
        load(TINY, changes=["groups.guard.patron=coast"]).at("groups.guard.patron").value == "coast"
    )
    vacant = load(TINY, changes=["crossings.ford.ends.north.holder=null"])
    assert vacant.at("crossings.ford.ends.north.holder").options == ((None, 1.0),)
    assert load(TINY, changes=["crossings.ford.open=false"]).at("crossings.ford.open") is False
    assert (
        load(TINY, changes=["roads.inland-road.open=false"]).at("roads.inland-road.open") is False
    )
    assert load(TINY, changes=["days=50"]).days == 50


def test_a_dated_change_becomes_a_row() -> None:
    scenario = load(TINY, changes=["crossings.*.open=false@2030-02-01"])
    row = scenario.timeline[-1]
    assert (row.set.path, row.set.value, row.on) == (
        "crossings.*.open",
        0.0,
        datetime.date(2030, 2, 1),
    )
    assert scenario.at("crossings.ford.open") is True
    assert [one.id for one in scenario.timeline[:-1]] == ["hit", "cut"]
    dated = change({"path": "places.*.outside_wage_usd_month", "times": 0.8,
                    "since": datetime.date(2030, 2, 1), "until": datetime.date(2030, 3, 1)})  # fmt: skip
    row = load(TINY, changes=[dated, dated]).timeline[-1]
    assert (row.set.times, row.until) == (0.8, datetime.date(2030, 3, 1))
    assert row.id == "change-test-2"


def test_a_dated_change_outside_the_scenario_names_the_command_line() -> None:
    (finding,) = [
        f
        for f in check(TINY, changes=["days=50", "crossings.ford.open=false@2031-01-01"])
        if f.severity == "error"
    ]
    assert (finding.code, finding.file) == ("E030", "command line")


def test_removal_keeps_the_slot() -> None:
    scenario = load(TINY, changes=[change({"remove": "timeline.h*"}, {"remove": "crossings.ford"})])
    assert [row.exists for row in scenario.timeline] == [False, True]
    assert list(scenario.crossings) == ["ford"]
    assert not scenario.crossings["ford"].exists
    assert scenario.at("crossings.ford.exists") is False
    assert scenario.removed == {"timeline.hit", "crossings.ford"}


def test_removal_of_what_may_be_left_out() -> None:
    scenario = load(TINY, changes=[change({"remove": "strikers.air.hostility.red"})])
    assert scenario.at("strikers.air.hostility.red") is None
    back = load(TINY, changes=[change({"remove": "patrons.coast.cut"})]).at("patrons.coast.cut")
    assert back.supplied


def test_rows_and_pacts_can_be_added() -> None:
    row = {"id": "shut", "on": datetime.date(2030, 2, 2), "closure": {"crossings": ("ford",)}}
    scenario = load(TINY, changes=[change({"add": "timeline", "row": row})])
    assert scenario.timeline[-1].act == "closure"
    assert "test" in scenario.timeline[-1].assumed
    pact = {"members": ("guard", "company"), "enforced": True}
    found = check(TINY, changes=[change({"add": "pacts", "row": pact})])
    assert {f.code for f in found if f.severity == "error"} == {"E054"}


def test_changes_apply_in_order() -> None:
    twice = ["places.north.population=100", "places.north.population=x0.5"]
    assert load(TINY, changes=twice).at("places.north.population").median == 50
    assert load(TINY, changes=twice[::-1]).at("places.north.population").median == 100


def test_what_a_change_does_not_name_stays() -> None:
    base = load(TINY).parameters
    changed = load(TINY, changes=["places.north.population=100"]).parameters
    assert list(base) == list(changed)
    assert {path for path in base if base[path] != changed[path]} == {"places.north.population"}


@pytest.mark.parametrize(
    ("text", "code", "cure"),
    [
        ("places.nroth.population=3", "E047", '"north"'),
        ("plces.north.population=3", "E047", '"places"'),
        ("places.north.population.value=3", "E047", "correct it"),
        ("places.x*.population=3", "E046", "north"),
        ("places.north.population=6000", "E046", "another value"),
        ("places.north.population=-3", "E019", "0 or more"),
        ("places.north.population=many", "E014", "number"),
        ("places.north.population=[1", "E055", "end of the file"),
        ("places.north.market=wset", "E016", '"west"'),
        ("places.north.name=x2", "E048", "quantity"),
        ("groups.guard.patron=coast@2030-02-01", "E048", "since"),
        ("crossings.ford.open=false@2030-02-31", "E024", "range"),
        ("crossings.*.ends.*.fee_cap_usd=x2", "E046", "`value`"),
        ("places.north=3", "E048", "within it"),
        ("nonsense", "E001", "shipped: half-pay"),
        ("elsewhere.yaml", "E001", "elsewhere.yaml"),
    ],
)  # fmt: skip
def test_wrong_use(text: str, code: str, cure: str) -> None:
    hits = [f for f in check(TINY, changes=[text]) if f.code == code]
    assert hits, [str(f) for f in check(TINY, changes=[text])]
    assert cure in hits[0].cure


def test_a_bad_change_does_not_load() -> None:
    with pytest.raises(ScenarioError, match="population"):
        load(TINY, changes=["places.north.populaton=3"])


def test_assignments() -> None:
    assert assignment("no equals sign") is None
    said = assignment("a.*.b = x1.5 @ 2030")
    assert said is not None
    step = assignment("a.b=-1.5e3@2030-01-02").data["change"][0]
    assert step == {"path": "a.b", "value": -1500.0, "since": datetime.date(2030, 1, 2)}
    assert assignment("a.b=x2").data["change"][0]["times"] == 2


def test_a_broken_change_file_names_its_line(tmp_path: Path) -> None:
    folder = write(
        tmp_path, Broken("", "", "times: 0.5", "tims: 0.5", "", "", "changes/half-pay.yaml")
    )
    findings = [f for f in check(folder, changes=["half-pay"]) if f.severity == "error"]
    assert {(f.file, f.line) for f in findings} == {("changes/half-pay.yaml", 6)}
    assert any('"times"' in f.cure for f in findings)


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_change_applies(name: str) -> None:
    base = load(name)
    for path in sorted((EXAMPLES / name / "changes").glob("*.yaml")):
        changed = load(name, changes=[path.stem])
        assert changed.changes_applied[0].id == path.stem
        assert changed.source_hash != base.source_hash
        for section in (
            "groups",
            "patrons",
            "strikers",
            "places",
            "markets",
            "crossings",
            "labels",
        ):
            assert list(getattr(changed, section)) == list(getattr(base, section)), path.stem
        old = [row.id for row in base.timeline]
        assert [row.id for row in changed.timeline][: len(old)] == old, path.stem


def test_a_change_in_the_folder_of_a_copy(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "changes" / "bad.yaml").write_text("- a list\n", encoding="utf-8")
    assert "E014" in {f.code for f in check(folder, changes=["bad"])}
    assert load(folder, changes=["half-pay"]).changes_applied
