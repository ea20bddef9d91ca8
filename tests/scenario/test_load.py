"""Loading: what a scenario holds once it is read, and how fast."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import pytest
from broken import TINY, Broken, copy, write
from hypothesis import given, settings
from hypothesis import strategies as st

from maabar.errors import ScenarioError
from maabar.scenario.check import check
from maabar.scenario.document import parse
from maabar.scenario.load import find, headline, load, shipped
from maabar.scenario.quantity import Choice, Quantity


@pytest.fixture(scope="module")
def tiny():
    return load(TINY)


def test_forms_of_a_quantity(tiny) -> None:
    pay = tiny.at("patrons.capital.pay_usd_month.local")
    assert (pay.kind, pay.a, pay.b, pay.median, pay.from_) == ("range", 30, 50, 40, ("F-pay",))
    room = tiny.at("patrons.coast.capacity_fighters")
    assert (room.kind, room.a, room.b, room.median) == ("lognormal", 500, 1.5, 500)
    money = tiny.at("currency.per_usd")
    assert (money.kind, money.a, money.b, money.assumed) == ("value", 10, 10, None)


def test_what_moves_together_has_the_median_of_its_source(tiny) -> None:
    pay = tiny.at("patrons.coast.pay_usd_month.local")
    assert (pay.kind, pay.source, pay.times) == (
        "same_as",
        "patrons.capital.pay_usd_month.local",
        2.0,
    )
    assert pay.median == 80


def test_a_follower_outside_a_scenario_has_no_median() -> None:
    loose = Quantity.model_validate({"same_as": "a.b", "assumed": "moves along"})
    with pytest.raises(ValueError, match="known once loaded"):
        _ = loose.median


def test_a_lone_quantity_must_name_its_source() -> None:
    with pytest.raises(ValueError, match="source or a reason"):
        Quantity.model_validate({"value": 3})


def test_choices(tiny) -> None:
    patron = tiny.at("groups.guard.patron")
    assert isinstance(patron, Choice)
    assert patron.options == (("capital", 0.7), ("coast", 0.3))
    assert tiny.at("crossings.ford.ends.south.holder").options == ((None, 1.0),)


def test_weights_are_shares(tmp_path: Path) -> None:
    broken = Broken("", "", "{capital: 0.7, coast: 0.3}", "{capital: 3, coast: 1}", "", "")
    assert load(write(tmp_path, broken)).at("groups.guard.patron").options[0] == ("capital", 0.75)


def test_defaults_are_filled_in(tiny) -> None:
    cut = tiny.at("patrons.capital.cut")
    assert (cut.kind, cut.a, cut.b, cut.supplied) == ("range", 0.1, 0.3, True)
    assert cut.assumed
    assert not tiny.at("patrons.coast.cut").supplied
    assert tiny.at("crossings.ford.open") is True
    assert tiny.at("strikers.air.campaign.active").median == 0.3
    assert tiny.at("behaviour.contest.reach_km").supplied
    assert not tiny.at("behaviour.trade.speed").supplied
    assert tiny.groups["guard"].hq == tiny.groups["guard"].home == "north"
    assert tiny.groups["guard"].recruits == "local"


def test_a_core_group_recruits_its_own_class(tmp_path: Path) -> None:
    broken = Broken("", "", "kind: local", "kind: core", "", "")
    assert load(write(tmp_path, broken)).groups["guard"].recruits == "core"


def test_what_is_left_out_is_none(tiny) -> None:
    assert tiny.at("patrons.capital.pay_usd_month.foreign") is None
    assert tiny.at("crossings.ford.ends.north.toll_cap_usd_tonne") is None
    assert tiny.at("groups.guard.distance_usd_month.coast") is None
    assert tiny.at("groups.guard.fighters.south") is None
    with pytest.raises(KeyError):
        tiny.at("grops.guard")


def test_rows_stand_by_their_id(tiny) -> None:
    assert tiny.at("timeline.cut.pay_change.times").median == 0.5
    row = tiny.timeline[0]
    assert row.act == "strike"
    assert row.days == (datetime.date(2030, 1, 10),) * 2


def test_every_parameter_is_found_at_its_path(tiny) -> None:
    for path, one in tiny.parameters.items():
        found = tiny.at(path)
        assert found is one or found is one.value, path
    assert "timeline.cut.pay_change.times" in tiny.parameters
    assert "crossings.ford.ends.north.holder" in tiny.parameters


def test_order_of_ids_is_that_of_the_file(tiny) -> None:
    assert list(tiny.groups) == ["guard", "company"]
    assert list(tiny.markets) == ["west", "inland", "east"]


def test_scenarios_are_frozen(tiny) -> None:
    with pytest.raises(ValueError, match="frozen"):
        tiny.days = 3
    with pytest.raises(ValueError, match="frozen"):
        tiny.at("currency.per_usd").value = 3


def test_coordinates_are_rounded(tmp_path: Path) -> None:
    broken = Broken("", "", "lat: 10.10", "lat: 10.123456", "", "")
    assert load(write(tmp_path, broken)).places["north"].lat == 10.12


def test_words_are_those_of_yaml_1_2() -> None:
    """In YAML 1.1 `on`, `off`, `yes` and `no` would be booleans and 12:30 a number."""
    data = parse(
        "{on: off, yes: no, at: 12:30, e: 1e3, n: null, t: true, d: 2030-01-02}\n", ""
    ).data
    assert data == {
        "on": "off",
        "yes": "no",
        "at": "12:30",
        "e": 1000.0,
        "n": None,
        "t": True,
        "d": datetime.date(2030, 1, 2),
    }


def test_unsourced_numbers_pass_when_allowed(tmp_path: Path) -> None:
    broken = Broken(
        "", "", "{value: 60, assumed: made up}\n    fighters", "60\n    fighters", "", ""
    )
    folder = write(tmp_path, broken)
    with pytest.raises(ScenarioError) as error:
        load(folder)
    assert [finding.code for finding in error.value.findings if finding.severity == "error"] == [
        "E017"
    ]
    assert load(folder, allow_unsourced=True).at("groups.company.pay_usd_month").unsourced


def test_errors_say_everything_at_once(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    text = text.replace("label: red", "label: rde").replace("label: blue", "label: bleu")
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        load(folder)
    assert '"red"' in str(error.value)
    assert '"blue"' in str(error.value)


def test_hash_follows_content_not_layout(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    path = folder / "scenario.yaml"
    before = load(folder).source_hash
    path.write_text(f"# a comment\n{path.read_text(encoding='utf-8')}\n\n", encoding="utf-8")
    assert load(folder).source_hash == before
    assert load(folder, changes=["half-pay"]).source_hash != before
    path.write_text(path.read_text(encoding="utf-8").replace("days: 100", "days: 101"), "utf-8")
    assert load(folder).source_hash != before


def test_hash_is_the_same_in_every_process() -> None:
    code = f"from maabar.scenario.load import load; print(load({str(TINY)!r}).source_hash)"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert runs == {load(TINY).source_hash + "\n"}


def test_folders_are_found() -> None:
    assert find(TINY) == find(str(TINY)) == find(TINY / "scenario.yaml") == TINY.resolve()
    assert find("two-crossings").name == "two-crossings"
    with pytest.raises(ScenarioError, match="two-crossings"):
        find("two-crosings")


def test_list_imports_neither_pydantic_nor_yaml() -> None:
    code = (
        "import sys; from maabar.scenario.load import headline, shipped;"
        "[headline(one) for one in shipped()];"
        "print([name for name in ('pydantic', 'yaml', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", shipped())
def test_headlines_agree_with_the_scenario(name: str) -> None:
    found, scenario = headline(name), load(name)
    assert found.title == {"en": scenario.title.en, "ar": scenario.title.ar}
    assert (found.groups, found.crossings, found.days) == (
        len(scenario.groups),
        len(scenario.crossings),
        scenario.days,
    )


# -- Hostile input -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 50_000,
        "- " * 100_000,
        "? " * 50_000,
        "a: &a [" + "*a, " * 50_000,
        "!!python/object/apply:os.system [echo]\n" * 3,
        "".join(f"{' ' * depth}a:\n" for depth in range(1000)),
        "a: " + "9" * 10_000,
        "a: 1e99999999",
        "\x00",
    ],
)
def test_bombs_cost_nothing(text: str, tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    findings = check(folder)
    assert any(finding.severity == "error" for finding in findings)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"k{number}: 1\n" for number in range(100_000)),
        "groups:\n" + "".join(f"  g{number}: {{}}\n" for number in range(100_000)),
        "timeline:\n" + "  - {}\n" * 100_000,
    ],
    ids=["fields", "groups", "rows"],
)
def test_too_much_is_wrong_to_say_it_all(text: str, tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    findings = check(folder)
    assert len(findings) == 300
    assert [finding.cure for finding in findings if finding.code == "E058"]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(cut=st.integers(0, 4000), junk=st.text(max_size=12), length=st.integers(0, 60))
def test_no_text_brings_it_down(tmp_path_factory, cut: int, junk: str, length: int) -> None:
    """Whatever is cut out or put in, there are findings or a scenario, and never a traceback."""
    folder = copy(tmp_path_factory.mktemp("junk"))
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    whole = text[:cut] + junk + text[cut + length :]
    path.write_text(whole, encoding="utf-8", errors="surrogatepass")
    for finding in check(folder):
        assert str(finding)
        assert finding.line >= 0


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["groups", "format", "value", "range", "ends", "places", "timeline", "a"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ),
    st.sampled_from(["groups", "timeline", "places", "behaviour", "pacts", "days", "banks"]),
)
def test_no_value_brings_it_down(tmp_path_factory, value: object, section: str) -> None:
    import yaml

    folder = copy(tmp_path_factory.mktemp("odd"))
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index(f"\n{section}:") + 1
    end = next(
        (
            i + 1
            for i in range(start, len(text) - 1)
            if text[i] == "\n" and text[i + 1] not in " \n#-"
        ),
        len(text),
    )
    odd = yaml.safe_dump({section: value}, allow_unicode=True)
    path.write_text(text[:start] + odd + text[end:], encoding="utf-8")
    for finding in check(folder):
        assert str(finding)


def test_errors_are_said_without_the_notes() -> None:
    with pytest.raises(ScenarioError) as raised:
        load("asharah", changes=["nothing-of-the-kind"])
    assert {one.severity for one in raised.value.findings} >= {"error", "note"}
    assert "E001" in str(raised.value)
    assert "note:" not in str(raised.value)
