"""From a report to a scenario that checks and runs, in three steps."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml

import maabar
from maabar.reader import Document, ReadError, read
from maabar.reader.draft import draft
from maabar.reader.gazetteer import shipped
from maabar.reader.outline import gather, settle
from maabar.scenario.load import load

SHARED = Path(os.environ.get("MAABAR_SHARED", Path(__file__).resolve().parents[3] / "shared"))
REPORT = SHARED / "report" / "sy24-93563.txt"


@pytest.fixture(scope="module")
def drafted(arabic: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draft(arabic.as_dict(), out=tmp_path_factory.mktemp("draft") / "river")


def test_it_checks_without_an_error(drafted: Path) -> None:
    assert not [one for one in maabar.check(drafted) if one.severity == "error"]


def test_it_runs(drafted: Path, tmp_path: Path) -> None:
    run = maabar.run(drafted, replicates=8, days=60, out=tmp_path / "run")
    assert run.document()["status"] == {"ok": 8, "failed": 0}


def test_every_group_and_place_points_to_claims(drafted: Path, arabic: Document) -> None:
    scenario = load(drafted)
    said = {one.id for one in arabic.claims}
    assert set(scenario.claims) <= said
    assert scenario.claims
    text = (drafted / "scenario.yaml").read_text("utf-8")
    known = yaml.load(text, Loader=yaml.CSafeLoader)
    for name, group in known["groups"].items():
        assert any(one in json.dumps(group) for one in said), name


def test_numbers_that_nobody_told_are_assumed(drafted: Path) -> None:
    text = (drafted / "scenario.yaml").read_text("utf-8")
    assert "not stated in the report" in text


def test_the_coalition_strikes_and_the_company_holds(drafted: Path) -> None:
    scenario = load(drafted)
    assert any("coalition" in one for one in scenario.strikers)
    assert any("qaterji" in one for one in scenario.groups)


def test_a_striker_whose_foe_is_not_told_strikes_a_likely_one(tmp_path: Path) -> None:
    found = read(
        "أقامت القوات الروسية نقطة في مدينة الميادين. وانسحبت الميليشيات الإيرانية من البوكمال. "
        "وشن الطيران الإسرائيلي غارة على مدينة الميادين."
    )
    folder = draft(found.as_dict(), out=tmp_path / "strikes")
    (against,) = load(folder).strikers["israeli-air-force"].hostility
    assert "iran" in against
    assert f"{against} is assumed" in (folder / "draft.md").read_text("utf-8")


def test_a_new_group_is_drafted(tmp_path: Path) -> None:
    text = (
        'انشق "فوج حماة الوادي" عن الحرس الثوري في العشارة. وسيطر الفوج على معبر العشارة. '
        "واشتبك الفوج مع ميليشيا الدفاع الوطني في القورية."
    )
    folder = draft(read(text).as_dict(), out=tmp_path / "valley")
    groups = yaml.safe_load((folder / "scenario.yaml").read_text("utf-8"))["groups"]
    assert "unknown-fwj-hmah-alwady" in groups
    assert groups["unknown-fwj-hmah-alwady"]["name"]["ar"] == "فوج حماة الوادي"
    assert not [one for one in maabar.check(folder) if one.severity == "error"]


def test_only_what_a_person_let_pass_is_drafted(arabic: Document, tmp_path: Path) -> None:
    strike = next(one for one in arabic.claims if one.type == "STRIKE")
    decisions: dict[str, Any] = {
        "schema": "review_decisions/1", "sha256": arabic.sha256,
        "decisions": {one.id: {"verdict": "reject" if one is strike else "accept"} for one in arabic.claims},
    }  # fmt: skip
    file = tmp_path / "decisions.json"
    file.write_text(json.dumps(decisions), encoding="utf-8")
    scenario = load(draft(arabic.as_dict(), out=tmp_path / "less", decisions=file))
    assert strike.id not in scenario.claims
    assert not [one for one in scenario.timeline if one.act == "strike"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not json", "R010"),
        ('{"decisions": 3}', "R010"),
        ('{"sha256": "x", "decisions": {}}', "R012"),
    ],
)
def test_decisions_that_do_not_fit_are_refused(
    arabic: Document, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "decisions.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=said):
        draft(arabic.as_dict(), out=tmp_path / "no", decisions=file)


def test_a_draft_overwrites_nothing(arabic: Document, drafted: Path) -> None:
    before = (drafted / "scenario.yaml").read_bytes()
    with pytest.raises(ReadError, match="R013"):
        draft(arabic.as_dict(), out=drafted)
    assert (drafted / "scenario.yaml").read_bytes() == before


def test_nothing_to_draft_from_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="R0"):
        draft(read("الطقس جميل اليوم.").as_dict(), out=tmp_path / "no")


@pytest.mark.skipif(not REPORT.is_file(), reason="the report is not ours to ship")
def test_the_report_becomes_a_system_that_runs(tmp_path: Path) -> None:
    found = read(REPORT.read_bytes(), report_date="2022-09-03")
    folder = draft(found.as_dict(), out=tmp_path / "asharah")
    assert not [one for one in maabar.check(folder) if one.severity == "error"]
    run = maabar.run(folder, replicates=8, days=60, out=tmp_path / "run")
    assert run.document()["status"]["failed"] == 0
    scenario = load(folder)
    assert any("mukhtar" in one for one in scenario.groups)
    assert any("darnaj" in one for one in scenario.crossings)


def told(kind: str, **roles: str) -> dict[str, Any]:
    """A claim as an outline reads it."""
    return {
        "id": f"C-{kind.lower()}", "type": kind, "modality": "asserted", "polarity": "positive",
        "args": {role: [{"id": one}] for role, one in roles.items()},
    }  # fmt: skip


def test_a_band_is_no_patron_and_those_behind_it_are() -> None:
    names = shipped()
    plan = gather(
        [
            told("AFFILIATION_CHANGE", actor="isis", to_patron="liwa-al-baqir"),
            told("AFFILIATION", actor="local-militias", patron="fourth-division-militias"),
            told("AFFILIATION", actor="ndf", patron="russian-forces"),
        ],
        names,
    )
    assert set(plan.ties["ndf"]) == {"russian-forces"}
    assert set(plan.ties["local-militias"]) == {"fourth-division"}
    kept = plan.ties.get("isis", {})
    assert "liwa-al-baqir" not in kept
    assert kept or any("isis with liwa-al-baqir" in note for note in plan.notes)


def test_who_belongs_across_the_river_is_set_there_and_asked_about() -> None:
    plan = gather([told("CONTROL", actor="sdf", place="al-asharah")], shipped())
    settle(plan)
    assert {shipped().entities[one].bank for one in plan.groups["sdf"]} == {"east"}
    assert any("does it stand here" in note for note in plan.notes)
