"""``maabar read``: kinds of input, what comes out, what goes wrong; and input meant to harm."""

from __future__ import annotations

import io
import json
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

import maabar.reader
from maabar import cli
from maabar.reader import Document, ReadError, read
from tests.reader.conftest import ARABIC, ENGLISH


def run(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit code, standard output and error of a command."""
    code = 0
    try:
        cli.main([str(one) for one in arguments])
    except SystemExit as end:
        code = int(end.code or 0)
    told = capsys.readouterr()
    return code, told.out, told.err


def test_what_is_told_is_read(arabic: Document, english: Document) -> None:
    told = {one.type: one for one in arabic.claims}
    assert {"STRIKE", "WITHDRAWAL", "DETENTION"} <= set(told)
    assert [one.id for one in told["STRIKE"].args["actor"]] == ["coalition"]
    assert told["STRIKE"].place == "al-mayadin"
    assert {"CLASH"} <= {one.type for one in english.claims}


def test_spans_are_those_of_the_raw_text(arabic: Document, english: Document) -> None:
    for document in (arabic, english):
        for claim in document.claims:
            assert document.text[slice(*claim.span)].strip()
            for fillers in claim.args.values():
                for one in fillers:
                    if one.span is not None:
                        assert document.text[slice(*one.span)] == one.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256"])
def test_encodings_give_the_same_claims(arabic: Document, encoding: str) -> None:
    found = read(ARABIC.encode(encoding), report_date="2022-09-03")
    assert [one.type for one in found.claims] == [one.type for one in arabic.claims]


def test_a_page_gives_its_main_text(arabic: Document) -> None:
    pytest.importorskip("trafilatura")
    body = "".join(f"<p>{part}</p>" for part in ARABIC.strip().split("\n"))
    page = (
        "<!doctype html><html><head><title>خبر</title></head><body><nav>الرئيسية</nav>"
        f"<article><h1>خبر</h1>{body}</article><footer>حقوق</footer></body></html>"
    )
    assert {one.type for one in read(page.encode()).claims} >= {"STRIKE", "DETENTION"}


def test_the_command_writes_claims(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.txt"
    report.write_text(ARABIC, encoding="utf-8")
    out = tmp_path / "claims.yaml"
    code, _, _ = run("read", report, "--report-date", "2022-09-03", "-o", out, capsys=capsys)
    assert code == 0
    said = yaml.load(out.read_text("utf-8"), Loader=yaml.CSafeLoader)
    assert said["document"]["report_date"] == "2022-09-03"
    for claim in said["claims"]:
        assert claim["quote"] == ARABIC[slice(*claim["span"])]
        assert {
            "id",
            "type",
            "trigger",
            "args",
            "modality",
            "polarity",
            "confidence",
            "rule",
        } <= set(claim)
    code, shown, _ = run("read", report, "--json", "--no-quotes", capsys=capsys)
    assert code == 0
    assert all("quote" not in claim for claim in json.loads(shown)["claims"])


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ENGLISH.encode())))
    code, shown, _ = run("read", "-", "--json", capsys=capsys)
    assert code == 0
    assert json.loads(shown)["document"]["lang"] == "en"


def test_a_folder_is_read_whole_and_what_is_wrong_in_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(ARABIC, encoding="utf-8")
    (folder / "b.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "c.txt").write_bytes(b"\x00\x01\x02" * 400)
    code, _, told = run("read", folder, "-o", tmp_path / "out", capsys=capsys)
    assert code == 1
    assert "c.txt" in told
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        "a.txt.claims.yaml",
        "b.txt.claims.yaml",
    ]


def test_reports_of_one_name_do_not_overwrite_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one/x.txt", "two/x.txt", "two/deep/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(ARABIC, encoding="utf-8")
    code, _, told = run(
        "read", tmp_path / "one", tmp_path / "two", "-o", tmp_path / "out", capsys=capsys
    )
    assert code == 0
    assert len([one for one in (tmp_path / "out").rglob("*") if one.is_file()]) == 3
    assert "3/3" in told


@pytest.mark.parametrize("out", ["folder", "file/x.yaml"])
def test_where_nothing_can_be_written_is_said(
    out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    report = tmp_path / "report.txt"
    report.write_text(ARABIC, encoding="utf-8")
    code, _, told = run("read", report, "-o", tmp_path / out, capsys=capsys)
    assert code == 2
    assert out.split("/")[0] in told
    assert "internal error" not in told


def test_what_is_not_read_is_said() -> None:
    found = read("كلمة " * 300 + ".\n" + ARABIC)
    assert found.claims
    assert "1 sentences" in found.notes[0]
    assert "2000" in read(ARABIC * 1500).notes[0]


def test_one_that_is_stopped_keeps_what_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(ARABIC, encoding="utf-8")
    true = maabar.reader.read

    def stopped(raw: bytes, **more: Any) -> Document:
        if more["file"] == "b.txt":
            raise KeyboardInterrupt
        return true(raw, **more)

    monkeypatch.setattr(maabar.reader, "read", stopped)
    code, _, told = run("read", folder, "-o", tmp_path / "out", capsys=capsys)
    assert code == 130
    assert "1 of 3" in told
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["a.txt.claims.yaml"]
    code, shown, _ = run("read", folder, "--json", capsys=capsys)
    assert code == 130
    assert [one["document"]["file"] for one in json.loads(shown)] == ["a.txt"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.txt"], "R005"),
        (["REPORT", "--report-date", "yesterday"], "R006"),
        (["REPORT", "--format", "pdf"], "format"),
        (["REPORT", "--gazetteer", "nowhere.yaml"], "R00"),
        (["REPORT", "--llm", "nowhere.yaml"], "R008"),
    ],
)
def test_wrong_use_is_a_sentence(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.txt"
    report.write_text(ARABIC, encoding="utf-8")
    given = [str(report) if one == "REPORT" else one for one in arguments]
    code, _, told = run("read", *given, capsys=capsys)
    assert code in (1, 2)
    assert said in told
    assert "Traceback" not in told


def test_a_gazetteer_of_ones_own_adds_names(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "actors:\n  river-wolves: {kind: militia, ar: [ذئاب النهر], en: [River Wolves]}\n",
        encoding="utf-8",
    )
    text = "قصف الطيران الإسرائيلي مواقع ميليشيا ذئاب النهر في مدينة البوكمال."
    ids = {
        one.id
        for claim in read(text, gazetteer=own).claims
        for f in claim.args.values()
        for one in f
    }
    assert "river-wolves" in ids


# -- hostile input -----------------------------------------------------------------------------------

BIDI = "\u202e\u2066\u200f"
HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \n\t " * 1000,
    "no spaces": ("قصف" * 40_000).encode(),
    "one letter": ("ا" * 200_000).encode(),
    "bidi overrides": (BIDI + ARABIC + BIDI).join(["\n"] * 40).encode(),
    "zero bytes": b"\x00" * 10_000,
    "half utf-8": ARABIC.encode()[:-1] + b"\xff\xfe" + ARABIC.encode(),
    "mixed encodings": ARABIC.encode("utf-8") + ARABIC.encode("windows-1256"),
    "random bytes": bytes(range(256)) * 400,
    "deep page": b"<html><body>" + b"<div>" * 20_000 + b"x" + b"</div>" * 20_000,
    "open page": b"<html><body><p" * 5000,
    "entities": b"<html><body><p>" + b"&amp;" * 50_000 + b"</p></body></html>",
    "marks on one letter": ("قصف" + "\u0651" * 50_000).encode(),
    "digits": b"9" * 100_000,
    "attributes": b"<html><body><p " + b"".join(b'a%d="x" ' % i for i in range(60_000)) + b">x</p>",
    "entities in entities": b"<!DOCTYPE html [<!ENTITY a 'xxxxxxxxxx'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 12))
    + b"]><html><body><p>&a11;</p></body></html>",
    "many tags": b"<html><body>" + b"<b>" * 300_000,
    "tags upon tags": b"<" * 900_000,
    "half a pair": "قصف \ud800".encode("utf-16-le", "surrogatepass") * 2000,
    "conjunctions": "و ال ".encode() * 60_000,
    "commas": "،".encode() * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_ends(name: str) -> None:
    """With claims that stand in the text, none, or an error that is a sentence."""
    begun = time.monotonic()
    with suppress(ReadError):
        found = read(HOSTILE[name])
        for claim in found.claims:
            assert 0 <= claim.span[0] < claim.span[1] <= len(found.text)
    assert time.monotonic() - begun < 60  # never a hang; no test of speed


def test_ten_megabytes_are_refused_or_read() -> None:
    raw = (ARABIC * (10_000_000 // len(ARABIC.encode()) + 1)).encode()
    assert len(raw) >= 10_000_000
    with pytest.raises(ReadError, match="R001"):
        read(raw)


def test_nothing_of_a_report_is_run(tmp_path: Path) -> None:
    mark = tmp_path / "run"
    text = (
        f"__import__('os').system('touch {mark}') !!python/object/apply:os.system [touch {mark}]\n"
        + ARABIC
    )
    assert read(text).claims
    assert not mark.exists()


def test_the_same_text_gives_the_same_claims() -> None:
    assert read(ARABIC) == read(ARABIC)
