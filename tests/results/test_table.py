"""The table that people read."""

import pytest

from maabar.results.outcome import OUTCOMES
from maabar.results.run import Run
from maabar.results.table import SECTIONS, cell, footing, heading, tables

SHOWN_WITH = {"price_change", "toll_income_end", "arms_in_homes_end"}


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_all_sections_are_there(small: Run, lang: str) -> None:
    made = tables(small, lang)
    assert len(made) == len(SECTIONS)
    for table in made:
        assert table.rows
        assert all(len(row) == len(table.head) for row in table.rows)
        assert all(isinstance(text, str) and "{" not in text for row in table.rows for text in row)


def test_every_outcome_is_shown_somewhere() -> None:
    shown = {name.partition(":")[0] for section in SECTIONS for name in section.outcomes}
    assert shown == {one.name for one in OUTCOMES} - SHOWN_WITH


def test_what_it_says(small: Run) -> None:
    made = {table.title: table for table in tables(small)}
    moves = made["Who leaves whom"]
    assert moves.head == [
        "group",
        "within 120 days",
        "within the run",
        "first to",
        "on day, where it does",
    ]
    assert [row[0] for row in moves.rows] == ["Ford Guard", "River Company", "Landing Crews"]
    share = small.outcomes["realigned.ford-guard"]["mean"]
    assert moves.rows[0][2] == f"{100 * share:.0f} %"
    assert "Two crossings: 20 replicates, 90 days from 1 Jan 2030" in heading(small)[0]
    assert "TAL at 10 to the USD" in heading(small)[1]
    assert footing(small) == [f"results: {small.path}"]
    system = {row[0]: row for row in made["The whole system"].rows}
    tolls = small.outcomes["tolls_total"]
    assert system["tolls taken"][1] == cell(tolls)
    assert system["tolls taken"][3] == cell(tolls, 10)


@pytest.mark.uncompiled
@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ({"unit": "1", "median": 3.0, "p5": 3.0, "p95": 3.0}, "3"),
        ({"unit": "USD/day", "median": 1523.0, "p5": 0.0, "p95": 12_345.0}, "1,520 (0–12,300)"),
        ({"unit": "share", "median": 0.5, "p5": 0.25, "p95": 1.0}, "50 % (25–100 %)"),
        ({"unit": "share of replicates", "mean": 0.0}, "0 %"),
        ({"unit": "day", "median": None, "p5": None, "p95": None}, "–"),
    ],
)
def test_cells(outcome: dict[str, object], said: str) -> None:
    assert cell(outcome) == said


def test_failures_are_said(small: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = {"a value is not a number": [3, 9]}
    monkeypatch.setitem(small.summary, "failures", failures)
    assert footing(small)[0] == "2 replicates left out: a value is not a number"
