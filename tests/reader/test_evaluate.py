"""Scores: counted right on made-up labels, and no worse than they were on the development sets."""

import importlib
from pathlib import Path

import pytest

from maabar.reader import read
from maabar.reader.evaluate import interval, main, reference_folder
from maabar.reader.score import f1, score, score_folder, score_reference, total

REPORTS = Path(__file__).parent / "reports"
TEXT = "اعتقلت قسد ثلاثة شبان في هجين."


def labels(actor: str = "sdf", kind: str = "DETENTION") -> dict:
    return {
        "claims": [{"type": kind, "tier": "explicit", "span": [0, 29], "trigger": {"span": [0, 6]},
                    "args": {"actor": [{"id": actor}]}, "modality": "asserted",
                    "polarity": "positive"}],
        "mentions": [{"id": "sdf", "span": [7, 10]}, {"id": "hajin", "span": [25, 29]}],
        "traps": [{"span": [0, 29], "must_not": {"type": ["DETENTION"], "actor": "sdf"}}],
    }  # fmt: skip


def test_counts() -> None:
    found = score(read(TEXT.encode()), labels())
    assert (found.claims, found.actor, found.names) == ([1, 0, 0], [1, 1], [2, 0, 0])
    assert found.traps == [1, 1]
    assert score(read(TEXT.encode()), labels("asayish")).actor == [0, 1]
    assert score(read(TEXT.encode()), labels(kind="RELEASE")).claims == [0, 1, 1]


@pytest.mark.parametrize(
    ("folder", "names", "claims", "actor"),
    [
        ("dev", 0.95, 0.90, 0.80),
        ("dev2", 0.94, 0.92, 0.88),
        ("dev8", 0.95, 0.79, 0.74),
        ("dev9", 0.92, 0.79, 0.78),
    ],
)
def test_no_worse_than_measured(folder: str, names: float, claims: float, actor: float) -> None:
    scores = score_folder(REPORTS / folder)
    found = total(scores)
    assert f1(found.names)[2] >= names
    assert f1(found.claims)[2] >= claims
    assert found.actor[0] / found.actor[1] >= actor
    low, high = interval(scores, "claims")
    assert low < f1(found.claims)[2] < high


def test_the_reference_report() -> None:
    folder = reference_folder()
    if folder is None:
        pytest.skip("needs the shared report")
    found = total(score_reference(folder))
    assert f1(found.claims)[2] >= 0.95
    assert found.traps == [0, 12]
    assert found.actor[0] / found.actor[1] >= 0.85


def test_the_labels_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(REPORTS))
    assert importlib.import_module("check").main() == 0


def test_the_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([str(REPORTS), "dev"]) == 0
    assert "right actor among matched" in capsys.readouterr().out
    assert main([str(tmp_path), "dev"]) == 1
