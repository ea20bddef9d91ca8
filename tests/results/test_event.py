"""Every kind of event becomes a sentence in both languages, and its causes come with it."""

import datetime
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from maabar.engine.state import CAUSE, EVENT
from maabar.results.event import Teller, lines, tables
from maabar.results.run import Run
from maabar.variables import EVENTS, TERMS

IDS = {
    "group": ("alpha", "beta"),
    "patron": ("capital", "coast"),
    "striker": ("planes",),
    "label": ("capital", "coast"),  # an id may stand in several dims
    "place": ("a", "b"),
    "crossing": ("ford",),
    "end": ("west", "east"),
}
ARABIC = {"group": "مجموعة", "patron": "جهة", "striker": "طيران", "label": "راية", "place": "بلدة"}
TITLES = {
    dim: {one: {"en": one.title(), "ar": ARABIC.get(dim, "معبر")} for one in ids}
    for dim, ids in IDS.items()
}


def event(kind: str, **more: Any) -> dict[str, Any]:
    spec = next(one for one in EVENTS if one.name == kind)
    terms = {f"term_{k}": 0.0 for k in range(TERMS)}
    said = {
        "kind": kind,
        "actor": IDS[spec.actor][0] if spec.actor else None,
        "target": IDS[spec.target][-1] if spec.target else None,
        "place": "a",
        "crossing": "ford",
        "amount": 1.0,
    }
    named = {
        f"term_{spec.terms.index(name)}": worth for name, worth in more.pop("terms", {}).items()
    }
    return said | terms | named | more


def sentence(said: dict[str, Any], lang: str = "en") -> str:
    return Teller(IDS, TITLES, lang).sentence(said)


@pytest.mark.uncompiled
@pytest.mark.parametrize("kind", [kind.name for kind in EVENTS])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_kind_has_a_sentence(kind: str, lang: str) -> None:
    spec = next(one for one in EVENTS if one.name == kind)
    for amount in (0.0, 1.0):
        for won in (0.0, 1.0):
            said = sentence(event(kind, amount=amount, term_5=won, term_7=won), lang)
            assert said
            assert "{" not in said
            assert "nobody" not in said.replace("nobody killed", "")
            if spec.actor:
                assert TITLES[spec.actor][IDS[spec.actor][0]][lang] in said
            if spec.target:
                assert TITLES[spec.target][IDS[spec.target][-1]][lang] in said


@pytest.mark.uncompiled
def test_what_sentences_say() -> None:
    assert sentence(
        event("realignment", amount=0, terms={"income": 42, "pay": 12, "fear": -3})
    ) == (
        "Alpha left Capital and joined Coast "
        "(mainly income of crossings 42, pay 12 USD a fighter and month)"
    )
    assert sentence(event("strike", amount=1, terms={"civilians killed": 2})) == (
        "Planes struck Beta in A: 1 fighter killed and 2 civilians killed"
    )
    assert sentence(event("strike", amount=0)) == "Planes struck Beta in A: nobody killed"
    assert sentence(event("weapons moved into homes", amount=30, terms={"fear left": 9.5})) == (
        "Alpha moved 30 weapons into homes in A (mainly less fear of strikes 9.5 USD a fighter and month)"
    )
    assert sentence(event("clash", amount=3, terms={"won": 1})) == (
        "Alpha beat Beta at the A end of Ford: 3 fighters killed"
    )
    assert sentence(event("takeover")) == "Alpha took the A end of Ford from Beta"
    assert sentence(event("takeover", target=None)) == "Alpha took the A end of Ford"
    assert sentence(event("clash", amount=0)).endswith("in vain: nobody killed")
    assert sentence(event("flag raised", amount=0)) == "Alpha changed flag from Capital to Coast"
    assert sentence(event("withdrawal", term_4=3, term_5=1)) == (
        "Alpha withdrew from 3 places and gathered in A"
    )
    assert sentence(event("withdrawal", term_4=1, term_5=0)) == "Alpha withdrew from A"
    assert sentence(event("unpaid", amount=0.5)) == "Alpha left 50 % of wages unpaid"
    assert sentence(event("strike", amount=12), "ar") == (
        "ضربة جوية من طيران على مجموعة في بلدة (قتلى المقاتلين: 12 مقاتلاً)"
    )


@pytest.mark.uncompiled
def test_tables_hold_ids() -> None:
    events = np.zeros(3, EVENT)
    events["kind"] = [0, 8, 7]  # strike, realignment, flag raised
    events["actor"], events["target"] = [0, 1, 1], [1, 1, 0]
    events["place"], events["crossing"], events["end"] = [1, 0, -1], [-1, 0, -1], [-1, 1, -1]
    events["row"], events["day"] = [0, 1, 2], [-5, 3, 4]
    causes = np.zeros(1, CAUSE)
    causes["row"], causes["cause"], causes["weight"] = 1, 0, 2.5
    made = tables(SimpleNamespace(events=events, causes=causes), IDS)
    rows = made["events"].to_pylist()
    assert [(row["actor"], row["target"]) for row in rows] == [
        ("planes", "beta"),
        ("beta", "coast"),
        ("beta", "capital"),
    ]
    assert [row["place"] for row in rows] == ["b", "a", None]
    assert [row["crossing"] for row in rows] == [None, "ford", None]
    assert [row["end"] for row in rows] == [None, "east", None]
    assert [row["kind"] for row in rows] == ["strike", "realignment", "flag raised"]
    assert made["causes"].to_pylist() == [{"replicate": 0, "row": 1, "cause": 0, "weight": 2.5}]


def test_the_story_of_a_replicate(small: Run) -> None:
    told = 0
    for replicate in range(20):
        rows = small.events(replicate)
        assert [row["row"] for row in rows] == list(range(len(rows)))
        assert [row["day"] for row in rows] == sorted(row["day"] for row in rows)
        for row in rows:
            assert set(row) == {
                "row", "day", "date", "kind", "actor", "target", "place", "crossing", "amount",
                "causes", "sentence",
            }  # fmt: skip
            day = datetime.date(2030, 1, 1) + datetime.timedelta(days=row["day"])
            assert row["date"] == day.isoformat()
            assert all(cause < row["row"] for cause in row["causes"])
            assert len(set(row["causes"])) == len(row["causes"])
            told += len(row["causes"])
    assert told > 0
    replicate = next(k for k in range(20) if small.events(k))
    first = small.events(replicate)
    assert lines(first)[0].split("  ")[-1].startswith(first[0]["sentence"])
    assert small.events(replicate, lang="ar")[0]["sentence"] != first[0]["sentence"]


def test_counts_agree_with_the_log(small: Run) -> None:
    values = small.dataset()["value"]
    for replicate in range(20):
        rows = [row for row in small.events(replicate) if row["day"] >= 0]
        for outcome, kind in (
            ("clashes", "clash"),
            ("strikes", "strike"),
            ("flags_raised", "flag raised"),
            ("realignments", "realignment"),
            ("takeovers", "takeover"),
            ("meetings", "meeting"),
        ):
            logged = sum(row["kind"] == kind for row in rows)
            assert values.sel(replicate=replicate, outcome=outcome) == logged, outcome
        killed = sum(row["amount"] for row in rows if row["kind"] == "strike")
        assert values.sel(replicate=replicate, outcome="killed_in_strikes") == killed
