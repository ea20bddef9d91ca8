"""The shipped scenarios and their changes: what they must hold, and what they must not."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from maabar.scenario.check import check
from maabar.scenario.load import load
from maabar.scenario.quantity import Choice, Quantity
from maabar.scenario.schema import Scenario

EXAMPLES = Path(__file__).resolve().parents[2] / "src" / "maabar" / "scenario" / "examples"
SHIPPED = ("asharah", "siege", "two-crossings")
CHANGES = [
    pytest.param(name, path.stem, id=f"{name}:{path.stem}")
    for name in SHIPPED
    for path in sorted((EXAMPLES / name / "changes").glob("*.yaml"))
]
REPORT_DATE = datetime.date(2022, 9, 3)
OUTSIDE_ACTS = {"strike", "closure", "opening", "pay_change", "toll_change"}


@pytest.fixture(scope="module")
def asharah() -> Scenario:
    return load(EXAMPLES / "asharah")


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_is_found(name: str) -> None:
    found = [str(f) for f in check(EXAMPLES / name) if f.severity != "note"]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("name", "change"), CHANGES)
def test_every_change_loads_and_touches_something(name: str, change: str) -> None:
    found = [str(f) for f in check(EXAMPLES / name, changes=[change]) if f.severity == "error"]
    assert not found, "\n".join(found)
    made = load(EXAMPLES / name, changes=[change])
    assert made.source_hash != load(EXAMPLES / name).source_hash
    (applied,) = made.changes_applied
    assert applied.asks.en.endswith("?")
    assert applied.asks.ar.endswith("؟")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_number_is_sourced_or_assumed(name: str) -> None:
    scenario = load(EXAMPLES / name)
    unsourced = [
        path
        for path, said in scenario.parameters.items()
        if isinstance(said, Quantity | Choice) and said.unsourced
    ]
    assert not unsourced


@pytest.mark.parametrize("name", SHIPPED)
def test_everything_has_a_name_in_both_languages(name: str) -> None:
    scenario = load(EXAMPLES / name)
    for section in ("patrons", "groups", "strikers", "labels", "places", "markets", "goods"):
        for key, entity in getattr(scenario, section).items():
            assert entity.name.en, (section, key)
            assert any("\u0600" <= letter <= "\u06ff" for letter in entity.name.ar), (section, key)


def test_asharah_holds_what_was_asked(asharah: Scenario) -> None:
    assert set(asharah.patrons) == {
        "russia",
        "fourth-division",
        "irgc",
        "air-force-intelligence",
        "sdf",
    }
    assert 20 <= len(asharah.places) <= 27
    assert 8 <= len(asharah.crossings) <= 15
    for bank in asharah.banks:
        assert sum(market.bank == bank for market in asharah.markets.values()) == 5
    assert {"crude", "diesel", "flour", "cigarettes", "drugs", "fertiliser"} <= set(asharah.goods)


def test_asharah_is_told_outside_acts_only_and_none_after_the_report(asharah: Scenario) -> None:
    for row in asharah.timeline:
        assert row.act in OUTSIDE_ACTS, row.id
        assert row.days[1] <= REPORT_DATE, row.id
        assert row.days[0] >= asharah.warm_up_from, row.id


def test_al_mukhtar_starts_as_russias_client_and_may_choose(asharah: Scenario) -> None:
    group = asharah.groups["al-mukhtar"]
    assert group.patron.options == (("russia", 1.0),)
    assert {"russia", "fourth-division", "irgc"} <= set(group.may_join)


def test_no_company_or_patron_is_told_where_to_go(asharah: Scenario) -> None:
    assert not asharah.pacts
    assert all(group.flag is None for group in asharah.groups.values())


@pytest.mark.parametrize("name", ["asharah", "siege"])
def test_what_stands_for_a_claim_exists(name: str) -> None:
    scenario = load(EXAMPLES / name)
    rows = {row.id for row in scenario.timeline}
    for claim, said in scenario.claims.items():
        for by in said.modelled.by:
            if said.modelled.role == "initial state":
                assert scenario.at(by) is not None, (claim, by)
            if said.modelled.role == "timeline":
                assert by in rows, (claim, by)


def test_claims_behind_what_comes_out_are_not_put_in(asharah: Scenario) -> None:
    """No number rests on a claim of the realignment, the meeting, the flags or the withdrawal."""
    told = (1, 2, 3, 5, 6, 9, 10, 13, 19, 20, 23, 24, *range(32, 40), 41, 43, 44)
    outcomes = {f"C{k:02d}" for k in told}
    used = {
        claim
        for said in asharah.parameters.values()
        for claim in getattr(said, "from_", ())
        if claim.startswith("C")
    }
    assert not used & outcomes
