"""A scenario read back in plain words: nothing is lost, in either language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from broken import TINY, Broken, copy, write

from maabar.scenario.change import Change
from maabar.scenario.describe import describe, sections
from maabar.scenario.load import load, shipped
from maabar.sentence import catalogue, say

ACTS = """
  - {id: a-closure, on: 2030-02-01, until: 2030-02-09, closure: {crossings: [ford]}, assumed: made up}
  - {id: an-opening, on: 2030-02-01, opening: {crossings: [ford]}, assumed: made up}
  - {id: more-pay, on: 2030-02-01, pay_change: {group: company, to: {value: 70, assumed: made up}}, assumed: made up}
  - id: a-toll
    on: 2030-02-01
    toll_change: {crossing: ford, end: north, levy_usd_person: {value: 1, assumed: made up}, levy_to: capital}
    assumed: made up
  - id: a-siege
    on: 2030-02-01
    until: 2030-02-20
    siege:
      place: north
      attacks_per_day: {value: 0.5, assumed: made up}
      killed_per_attack: {value: 2, assumed: made up}
      civilians_per_attack: {value: 3, assumed: made up}
    assumed: made up
  - {id: freed, on: 2030-02-01, prison_release: {group: guard, at: north, men: {value: 90, assumed: x y}}, assumed: x y}
  - {id: poorer, on: 2030-02-01, wage_change: {places: ["*"], times: {value: 0.8, assumed: made up}}, assumed: made up}
  - {id: help, on: 2030-02-01, aid: {markets: [west], basket_times: {value: 0.7, assumed: made up}}, assumed: made up}
  - {id: a-set, on: 2030-02-01, set: {path: places.*.outside_wage_usd_month, times: 0.9}, assumed: made up}
"""

PAID = """\
  - {id: paid, on: 2030-02-01, pay_change: {patron: coast, class: local, to: {value: 7, assumed: made up}}, assumed: x y}
"""

GONE = Change.model_validate(
    {
        "id": "gone",
        "title": {"en": "a", "ar": "أ"},
        "asks": {"en": "a", "ar": "أ"},
        "change": ({"remove": "crossings.ford"}, {"remove": "timeline.hit"}),
    }
)


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """The tiny scenario with a row of every act."""
    broken = Broken("", "", "    from: [C02]\n", "    from: [C02]" + ACTS, "", "")
    return load(write(tmp_path_factory.mktemp("full"), broken))


def test_says_who_holds_what_and_who_pays_whom(full) -> None:
    text = describe(full)
    for sentence in (
        "the capital (flag: red) pays 30 to 50 USD (300 to 500 TAL) a month to a local fighter",
        "the coast (flag: blue) pays 60 to 100 USD (600 to 1,000 TAL) a month",
        "It would take on about 500 (give or take a factor of 1.5) fighters",
        "takes 10 % to 20 % of its clients' crossing income",
        "Guard (local group): backed by the capital (70 %) or the coast (30 %). Fighters: North 40 to 80.",
        "Company (company that pays its own men 60 USD (600 TAL) a month)",
        "North–South: held by Guard and nobody.",
        "inland–west: 15 USD a tonne, with posts of the capital.",
        "fuel (by the barrel, 136 kg): west 100 USD, inland 110 USD, east 60 USD",
        "Guard, Company share profits",
        "All its strikes from 5 Dec 2029 to 20 Dec 2029 stand in the timeline.",
        "10 Jan 2030: the air force strikes red in North",
        "1 Feb 2030 to 5 Feb 2030, day unknown: the coast pays local fighters 0.5 times as much",
        "1 Feb 2030: closed: North–South, until 9 Feb 2030",
        "Company pays its own men 70 USD (700 TAL) a month",
        "at the crossing North–South: Levy at North: 1 USD (10 TAL) a person. The levies at North go to the capital.",
        "North is besieged; 0.5 attacks a day, each killing 2 fighters and 3 civilians, until 20 Feb 2030",
        "90 prisoners are offered their freedom if they join Guard in North",
        "a man without a gun earns 0.8 times as much in every place",
        "food and fuel cost 0.7 times as much in west",
        "places.*.outside_wage_usd_month becomes 0.9 times as much",
        "F-hit: timeline.hit" if "timeline.hit" in full.parameters else "C01: patrons.coast",
        "trade.speed: 0.04 1/day",
        "patrons.*.guard_usd_month: 5 to 20",
    ):
        assert sentence in text, sentence


def test_every_parameter_is_said_somewhere(full) -> None:
    text = describe(full)
    for path, one in full.parameters.items():
        section, name, *rest = path.split(".")
        if section == "behaviour":
            assert f"{name}.{rest[0]}: " in text, path
        elif one.supplied:
            shown = ".".join((section, name if section == "travellers" else "*", *rest))
            assert f"  {shown}: " in text, path
        elif one.from_:
            assert path in text, path
        else:
            assert f"  {path}: " in text, path


def test_counts_add_up(full) -> None:
    line = next(line for line in describe(full).split("\n") if "numbers and names" in line)
    every, *parts = (int(number) for number in re.findall(r"\d+", line))
    assert every == len(full.parameters) == sum(parts)


@pytest.mark.parametrize("name", shipped())
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_shipped_scenarios_are_said_whole(name: str, lang: str) -> None:
    scenario = load(name)
    text = describe(scenario, lang=lang)
    assert text.startswith(getattr(scenario.title, lang))
    for section in ("groups", "patrons", "strikers", "places", "goods"):
        for entity in getattr(scenario, section).values():
            assert getattr(entity.name, lang) in text
    assert not re.search(r"[{}]", text)
    assert "None" not in text


def test_arabic_is_arabic(full) -> None:
    """Headings and sentences hold no English words beside ids and the currency."""
    for section in sections(full, lang="ar"):
        assert re.search("[\u0600-\u06ff]", section.title)
        assert not re.search("[A-Za-z]", section.title)
    told = [line for section in sections(full, lang="ar")[:10] for line in section.lines]
    for line in told:
        words = re.sub(r"TAL|places\.\*\.outside_wage_usd_month", "", line)
        assert not re.search("[A-Za-z]", words), line


def test_every_sentence_is_used(full, monkeypatch, tmp_path: Path) -> None:
    used = set()

    def listen(path: str, lang: str = "en", /, **values: object) -> str:
        used.add(path)
        return say(path, lang, **values)

    monkeypatch.setattr("maabar.sentence.say", listen)
    edits = {
        "kind: local": "kind: core\n    flag: blue\n    founder: {value: coast, assumed: made up}",
        "pay_usd_month: {value: 60": "may_join: [capital]\n    pay_usd_month: {value: 60",
        "posts: [capital]": "posts: [capital]\n    open: false",
        "company], assumed": "company], enforced: true, assumed",
        "local: {range": "foreign: {value: 3, assumed: made up}, core: {value: 2, assumed: x y}, local: {range",
        "strike: {by: air": "until: 2030-02-01, strike: {killed: {value: 3, assumed: made up}, count: 2, by: air",
        "nobody}}": "nobody}, levy_usd_tonne: {value: 1, assumed: made up}, fee_cap_usd: {value: 1, assumed: x y},"
        " toll_cap_usd_tonne: {value: 1, assumed: made up}}",
        "hostility:": "restraint_beside: {coast: {value: 1, assumed: made up}}\n    hostility:",
    }
    folder = copy(tmp_path)
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new, 1)
    for old in ("class: local", "class: foreign"):
        text = text.replace(
            "timeline:\n",
            "timeline:\n" + PAID.replace("class: local", old).replace("paid", old[7:]),
        )
    text = text.replace("timeline:\n", "timeline:\n" + PAID.replace("class: local", "class: core"))
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    everything = ["crossings.ford.open=false", "days=90"]
    for scenario in (full, load(folder, changes=everything), load(TINY, changes=[GONE])):
        describe(scenario)
    told = catalogue()["scenario"]
    assert {f"scenario:{section}:{one}" for section in told for one in told[section]} <= used


def test_changes_are_told() -> None:
    text = describe(load(TINY, changes=["half-pay"]))
    assert "half-pay: What if both paid half?" in text
    gone = describe(load(TINY, changes=["crossings.ford.open=false"]))
    assert "it is closed" in gone
