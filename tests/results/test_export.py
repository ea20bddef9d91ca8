"""CSV tables hold what the store holds."""

import csv
from pathlib import Path

import pytest

from maabar.errors import RunError
from maabar.results.export import export
from maabar.results.run import Run, run


def rows(path: Path) -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_tables(small: Run, tmp_path: Path) -> None:
    made = {path.name: path for path in export(small, out=tmp_path / "csv")}
    data = small.dataset()
    assert {"outcomes.csv", "replicates.csv", "events.csv", "causes.csv", "series-run.csv"} <= set(
        made
    )

    outcomes = {row["outcome"]: row for row in rows(made["outcomes.csv"])}
    assert set(outcomes) == set(small.outcomes)
    assert float(outcomes["clashes"]["mean"]) == small.outcomes["clashes"]["mean"]

    replicates = rows(made["replicates.csv"])
    assert [int(row["replicate"]) for row in replicates] == list(range(20))
    assert [float(row["tolls_total"]) for row in replicates] == pytest.approx(
        data["value"].sel(outcome="tolls_total").to_numpy()
    )

    events = [row for row in rows(made["events.csv"]) if row["replicate"] == "3"]
    told = small.events(3)
    assert [(row["kind"], row["actor"] or None) for row in events] == [
        (row["kind"], row["actor"]) for row in told
    ]

    groups = rows(made["series-group.csv"])
    assert len(groups) == 20 * data.sizes["day"] * data.sizes["group"]
    last = groups[-1]
    assert last["date"] == "2030-04-01"
    assert last["patron"] in {"capital", "coast"}
    assert float(last["cash"]) == pytest.approx(float(data["group.cash"][-1, -1, -1]))
    ends = rows(made["series-crossing_end.csv"])
    assert {row["holder"] for row in ends} <= {"", "ford-guard", "river-company", "landing-crews"}


def test_an_unfinished_run_is_refused(tmp_path: Path) -> None:
    made = run("two-crossings", replicates=8, days=10, out=tmp_path / "run")
    (made.path / "summary.json").unlink()
    with pytest.raises(RunError, match=r"no summary\.json"):
        export(made.path)


def test_a_folder_that_cannot_be_made(small: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="cannot write"):
        export(small, out=tmp_path / "file" / "csv")
