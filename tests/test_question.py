"""`maabar compare` on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import maabar
from maabar import cli
from maabar.cli import console
from maabar.plots import plot
from maabar.results.table import contrast, moved

SHUT = "crossings.north.open=false@2030-01-20"
ASKED = ("compare", "two-crossings", "--replicates", "16", "--days", "60", "--change")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("questions")


@pytest.fixture
def say(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(console, "WIDE", 200)

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            cli.main([str(one) for one in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(stop.value.code or 0), out, err

    return run


def test_a_table_of_several_changes(say: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = say(*ASKED, SHUT, "--change", "patrons.coast.levy=0.1")
    assert code == 0
    assert "48 of 48 replicates" in err
    lines = out.splitlines()
    assert lines[0].startswith("Two crossings: 16 replicates of each future, 60 days from")
    row = next(place for place, line in enumerate(lines) if "tolls and fees taken a day" in line)
    assert lines[row + 1].split()[0] == SHUT
    assert "100 %" in lines[row + 1]
    assert f"What moves most: {SHUT}" in out
    assert "as it is: runs/two-crossings-" in out
    # again: nothing is computed
    assert say(*ASKED, SHUT, "--change", "patrons.coast.levy=0.1") == (0, out, "")


def test_the_document(say: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = say(*ASKED, SHUT, "--json")
    assert code == 0
    document = json.loads(out)
    assert set(document) == {"base", "changes"}
    assert document["base"]["scenario"] == "two-crossings"
    assert {"replicates": 16, "seed": 1, "days": 60}.items() <= document["base"].items()
    (change,) = document["changes"]
    assert {"id", "asks", "outcomes"} <= set(change)
    assert change["id"] == change["asks"] == SHUT
    assert set(change["outcomes"]) == set(maabar.run(
        "two-crossings", replicates=16, days=60, out=document["base"]["out"]
    ).outcomes)  # fmt: skip
    for one in change["outcomes"].values():
        assert {"median", "p5", "p95", "mean", "mcse"} <= set(one["difference"])
        assert {"difference", "changed_share", "variance_ratio"} <= set(one)


def test_in_arabic(say: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = say(*ASKED, "crossings.north.open=true", "--lang", "ar")  # as it is
    assert code == 0
    assert "لم يتغير شيء في أي تكرار" in out
    code, out, _ = say(*ASKED, SHUT, "--lang", "ar")
    assert "النظام كله" in out
    assert "الرسوم في اليوم عند كل المعابر" in out
    words = {word for word in out.split() if word.isascii() and word.isalpha()}
    assert not words - {"north", "south"}, words


def test_chosen_numbers_and_a_picture(
    say: Callable[..., tuple[int, str, str]], folder: Path
) -> None:
    pytest.importorskip("matplotlib")
    code, out, err = say(*ASKED, SHUT, "--outcome", "toll_income", "--plot", "tolls.png")
    assert code == 0
    assert err == "tolls.png\n"
    assert (folder / "tolls.png").read_bytes().startswith(b"\x89PNG")
    assert "Numbers asked for" in out
    assert "tolls and fees taken a day at both ends of South Ford - South Landing" in out
    assert "What moves most" not in out


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_picture_of_the_whole(folder: Path, lang: str) -> None:
    pytest.importorskip("matplotlib")
    found = maabar.compare(
        "two-crossings", [SHUT, "patrons.coast.levy=0.1"], replicates=16, days=60, out=folder
    )
    path = folder / "whole.svg"
    assert maabar.plot(found, out=path, lang=lang) == path
    assert "<svg" in path.read_text(encoding="utf-8")
    assert plot(found).name == "comparison.png"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("compare", "two-crossings"), 2, "nothing to compare with: name a change"),
        (("compare", "two-crossing", "--change", SHUT), 2, 'did you mean "two-crossings"'),
        ((*ASKED, "north-clsed"), 1, 'did you mean "north-closed"'),
        ((*ASKED, SHUT, "--outcome", "clahses"), 2, 'did you mean "clashes"'),
        ((*ASKED, SHUT, "--plot", "tolls.pdf"), 2, "a picture is .png or .svg"),
        ((*ASKED, SHUT, "--seed", "-1"), 2, "seed must be a whole number"),
    ],
)
def test_what_cannot_be_asked(
    say: Callable[..., tuple[int, str, str]], arguments: tuple[str, ...], code: int, said: str
) -> None:
    found, out, err = say(*arguments)
    assert (found, out) == (code, "")
    assert said in err


def test_what_moves_most_is_told_first_and_not_all_of_one_kind() -> None:
    def one(mean: float, ratio: float | None = 0.5, n: int = 100) -> dict[str, object]:
        difference = {"median": mean, "p5": mean, "p95": mean, "mean": mean, "mcse": 0.1, "n": n}
        return {
            "unit": "1",
            "meaning": "m",
            "base": 1.0,
            "difference": difference,
            "changed_share": 1.0 if ratio else 0.0,
            "variance_ratio": ratio,
        }

    outcomes = {
        "clashes": one(99.0),
        "toll_income.a": one(1.0),
        "toll_income.b": one(-3.0),
        "toll_income.c": one(2.0),
        "fighters.a": one(0.5),
        "fighters.b": one(0.0, None),
        "killed.a": one(0.1),  # as likely nothing
        "killed.b": one(9.0, n=40),  # in too few replicates
        "not_told.a": one(50.0),
    }
    change = {"id": "it", "outcomes": outcomes}
    assert moved(change) == ["toll_income.b", "toll_income.c", "fighters.a"]
    document = {
        "changes": [change, {"id": "same", "outcomes": dict.fromkeys(outcomes, one(0, None))}]
    }
    whole, most = contrast(document)
    assert [row[0].strip() for row in whole.rows] == ["m", "it"]
    assert len(most.rows) == 3
    asked = contrast(document, ["fighters.b"])
    assert asked == []


def test_an_unknown_outcome_is_said_before_anything_is_run(
    say: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    code, out, err = say(
        "compare", "two-crossings", "--change", SHUT, "--outcome", "tolls_income", "--out", tmp_path
    )
    assert (code, out) == (2, "")
    assert 'unknown outcome "tolls_income"; did you mean "toll_income"' in err
    assert not list(tmp_path.iterdir())
