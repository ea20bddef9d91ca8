"""Claims beside their sentences, and what stands for them in the model."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from broken import TINY, Broken, write

from maabar.errors import ScenarioError
from maabar.scenario.check import check
from maabar.scenario.claims import show
from maabar.scenario.load import load

TEXT = b"The Guard is paid by C. Then the coast cuts."


def test_without_a_text() -> None:
    shown = show(load(TINY))
    assert [one.id for one in shown] == ["C01", "C02"]
    assert {one.sentence for one in shown} == {""}
    assert shown[0].claim.gloss.en == "The capital pays the Guard."


def test_each_claim_beside_its_sentence() -> None:
    assert [one.sentence for one in show(load(TINY), TEXT)] == [
        "The Guard is paid by C.",
        "Then the coast cuts.",
    ]


def test_another_text_is_refused() -> None:
    with pytest.raises(ScenarioError) as error:
        show(load(TINY), TEXT + b"\n")
    (finding,) = error.value.findings
    assert finding.code == "E051"
    assert "byte for byte" in finding.cure


def test_no_document_is_said() -> None:
    with pytest.raises(ScenarioError, match="names no document"):
        show(load("two-crossings"), TEXT)


def test_facts_and_sources() -> None:
    tiny = load(TINY)
    assert tiny.facts["F-hit"].date == "2030-01-10"
    assert tiny.facts["F-hit"].source == ("paper", "ledger")
    assert tiny.facts["F-pay"].range == (30, 50)
    assert tiny.sources["ledger"].url is None
    assert tiny.report is not None
    assert tiny.report.source == "paper"


def test_asharah_holds_every_claim() -> None:
    claims = load("asharah").claims
    assert list(claims) == [f"C{number:02d}" for number in range(1, 60)]
    assert all(claim.gloss.en and claim.gloss.ar for claim in claims.values())


def test_asharah_beside_the_report() -> None:
    shared = Path(os.environ.get("MAABAR_SHARED", Path(__file__).parents[3] / "shared"))
    report = shared / "report" / "sy24-93563.txt"
    if not report.exists():
        pytest.skip("the report is not at hand")
    text = report.read_bytes()
    shown = show(load("asharah"), text)
    assert all(one.sentence and one.sentence in text.decode() for one in shown)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("modality: asserted", "modality: said", "E014"),
        ("span: [0, 23]", "span: 23", "E014"),
        ("role: timeline", "role: tmeline", "E014"),
        ("paragraph: 0", "paragraph: -1", "E019"),
        ("gloss: {en: The coast pays half., ar: الساحل يدفع النصف.}", "gloss: {en: x}", "E013"),
        ("source: paper", "source: papier", "E027"),
        ("type: PAY", "type: pay", "E014"),
    ],
)  # fmt: skip
def test_broken_claims(old: str, new: str, code: str, tmp_path: Path) -> None:
    found = check(write(tmp_path, Broken("", "", old, new, "", "", "claims.yaml")))
    hits = [f for f in found if f.code == code and f.file == "tiny/claims.yaml"]
    assert hits, [str(f) for f in found]
    assert hits[0].line
