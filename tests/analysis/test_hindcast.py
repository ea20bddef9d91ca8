"""What is looked for in events is found there, no more and no less; the documents; bad files."""

from __future__ import annotations

import datetime
import itertools
import json
import math
import shutil
from pathlib import Path
from typing import Any

import pytest

import maabar
from maabar.analysis.hindcast import KINDS, Claims, Reports, coverage, quarters, read
from maabar.errors import UseError
from maabar.results.outcome import KIND
from maabar.scenario.load import find, load


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return maabar.hindcast("asharah", replicates=32)


def test_a_dozen_claims_each_with_a_rival_and_a_null(found: dict[str, Any]) -> None:
    assert len(found["claims"]) >= 12
    told = load("asharah").claims
    for one in found["claims"]:
        assert one["claim"] in told
        assert one["window_days"] == [0, 15]
        for key in ("share", "no_strikes", "rival", "null"):
            assert 0 <= one[key] <= 1
        happened = round(32 * one["share"])
        assert one["log_score"] == pytest.approx(math.log((happened + 0.5) / 33))
    assert found["total"]["model"] == pytest.approx(
        sum(one["log_score"] for one in found["claims"])
    )
    assert found["total"]["mcse"] > 0
    json.dumps(found, allow_nan=False)


def test_shares_are_those_of_the_events_of_a_run(found: dict[str, Any], tmp_path: Path) -> None:
    """Counted again from a stored run: al-Mukhtar leaves Russia (C09) within the window."""
    run = maabar.run("asharah", replicates=32, days=20, out=tmp_path / "run")
    did = 0
    for n in range(32):
        did += any(
            row["kind"] == "realignment" and row["actor"] == "al-mukhtar" and row["day"] <= 15
            for row in maabar.events(run.path, n)
        )
    (share,) = (one["share"] for one in found["claims"] if one["claim"] == "C09")
    assert share == pytest.approx(did / 32)


def test_without_strikes_nothing_hides(found: dict[str, Any]) -> None:
    arms = next(one for one in found["claims"] if one["claim"] == "C35")
    assert arms["share"] > 0.4
    assert arms["no_strikes"] < 0.1


def test_counts_are_cut_where_the_rest_is_held_out(found: dict[str, Any]) -> None:
    for row in found["counts"]:
        assert row["held_out"] == (
            row["quarter"] >= "2023-Q2" or (row["quarter"] == "2023-Q1" and row["days"] == 31)
        )
        assert (
            row["interval90"][0]
            <= row["interval50"][0]
            <= row["interval50"][1]
            <= row["interval90"][1]
        )
        assert row["in50"] <= row["in90"]
    assert coverage(found["counts"])["cells"] == len(found["counts"])


def test_reports_leave_out_what_the_report_itself_tells() -> None:
    scenario = load("asharah")
    reports = read(scenario.folder / "observed.yaml", Reports)
    own = {source.url for name, source in scenario.sources.items() if name.startswith("sy24-93563")}
    told = datetime.date(2022, 9, 9)
    for row in reports.rows:
        assert row.url not in own
        assert not scenario.observe_from <= row.day < told, "what the report tells is no test of it"
    assert sum(row.day >= told for row in reports.rows) >= 15


def test_quarters_cover_the_time_looked_at() -> None:
    reports = read(load("asharah").folder / "observed.yaml", Reports)
    parts = list(quarters(reports))
    assert parts[0].first == reports.looked_at[0]
    assert parts[-1].last == reports.looked_at[1]
    assert all(one.last == other.first for one, other in itertools.pairwise(parts))
    assert [one.held_out for one in parts] == [one.first >= reports.held_out_from for one in parts]


def test_kinds_that_files_may_name_are_kinds_of_events() -> None:
    assert set(KINDS.values()) == set(KIND)
    claims = read(load("asharah").folder / "hindcast.yaml", Claims)
    for told in claims.claims:
        for what in (*told.events, *told.rival):
            assert set(what.kind) <= set(KINDS)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("hindcast.yaml", "format: 1", "format: 2", "format"),
        ("hindcast.yaml", "by: [al-mukhtar]", "buy: [al-mukhtar]", "buy"),
        ("hindcast.yaml", "claims:", "claims: [", "hindcast.yaml"),
        ("observed.yaml", "day: 2021-01-13", "day: soon", "day"),
    ],
)
def test_wrong_files_are_sentences(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    folder = tmp_path / "asharah"
    shutil.copytree(find("asharah"), folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UseError, match=said):
        maabar.hindcast(folder, replicates=2)


def test_a_scenario_without_claims_to_hindcast_says_so() -> None:
    with pytest.raises(UseError, match="nothing to hindcast"):
        maabar.hindcast("two-crossings", replicates=2)
