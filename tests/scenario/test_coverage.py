"""Coverage: every claim has something that stands for it, and that exists."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from broken import TINY, Broken, write

from maabar.scenario.check import check
from maabar.scenario.coverage import MECHANISMS, PATTERNS, coverage, unfounded
from maabar.scenario.load import load, shipped


def test_rows() -> None:
    assert coverage(load(TINY)) == [
        {
            "claim": "C01",
            "type": "PATRONAGE",
            "role": "initial state",
            "by": ["groups.guard.patron"],
            "reason": None,
        },
        {"claim": "C02", "type": "PAY", "role": "timeline", "by": ["cut"], "reason": None},
    ]


@pytest.mark.parametrize("name", shipped())
def test_everything_that_stands_for_a_claim_exists(name: str) -> None:
    assert list(unfounded(load(name))) == []


def test_asharah_covers_the_report() -> None:
    roles = Counter(row["role"] for row in coverage(load("asharah")))
    assert sum(roles.values()) == 59
    assert roles["not modelled"] <= 6
    assert roles["context"] <= 10
    assert all(
        row["reason"]
        for row in coverage(load("asharah"))
        if row["role"] in ("context", "not modelled")
    )


@pytest.mark.parametrize(
    ("new", "cure"),
    [
        ("{role: timeline, by: cut-off}", ""),
        ("{role: initial state, by: groups.guard.patrn}", '"groups.guard.patron"'),
        ("{role: initial state, by: nowhere.at.all}", ""),
        ("{role: mechanism, by: postures}", '"posture"'),
        ("{role: pattern, by: P12}", ""),
        ("{role: pattern}", ""),
        ("{role: context}", ""),
        ("{role: context, by: P1, reason: because}", ""),
    ],
)
def test_what_does_not_exist_is_a_finding(new: str, cure: str, tmp_path: Path) -> None:
    broken = Broken("", "", "{role: timeline, by: cut}", new, "", "", "claims.yaml")
    folder = write(tmp_path, broken)
    (finding,) = [f for f in check(folder) if f.code == "E052"]
    assert (finding.severity, finding.path) == ("warning", "claims.C02.modelled")
    assert new in (folder / "claims.yaml").read_text(encoding="utf-8").split("\n")[finding.line - 1]
    assert cure in finding.cure


@pytest.mark.parametrize(
    "new",
    ["{role: mechanism, by: [posture, trade]}", "{role: pattern, by: P11}", "{role: initial state, by: banks.west}",
     "{role: not modelled, reason: no need}"],
)  # fmt: skip
def test_what_exists_is_none(new: str, tmp_path: Path) -> None:
    broken = Broken("", "", "{role: timeline, by: cut}", new, "", "", "claims.yaml")
    assert [f for f in check(write(tmp_path, broken)) if f.code == "E052"] == []


def test_mechanisms_are_those_of_the_engine() -> None:
    folder = Path(__file__).parents[2] / "src" / "maabar" / "mechanisms"
    assert set(MECHANISMS) <= {path.stem for path in folder.glob("*.py")}
    assert len(PATTERNS) == 11
