"""Whatever is wrong with a scenario gives a finding with its line and a cure, never a traceback."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import pytest
from broken import BROKEN, TINY, Broken, copy, write

from maabar.errors import CODES, Finding
from maabar.scenario.check import check
from maabar.scenario.load import shipped


def line_of(finding: Finding, folder: Path) -> str:
    """The line that a finding names."""
    path = next(path for path in folder.rglob("*.yaml") if finding.file.endswith(path.name))
    return path.read_text(encoding="utf-8").split("\n")[finding.line - 1]


def test_tiny_has_nothing_wrong() -> None:
    assert [f for f in check(TINY) if f.severity != "note"] == []


@pytest.mark.parametrize("name", shipped())
def test_shipped_scenarios_have_no_errors(name: str) -> None:
    assert [str(f) for f in check(name) if f.severity == "error"] == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.name)
def test_broken(broken: Broken, tmp_path: Path) -> None:
    folder = write(tmp_path, broken)
    findings = check(folder, changes=broken.changes)
    hits = [
        f for f in findings if f.code == broken.code and broken.at in line_of(f, folder) and f.line
    ]
    assert hits, [str(f) for f in findings]
    assert hits[0].severity == broken.severity
    assert broken.cure in hits[0].cure
    assert hits[0].code in str(hits[0])
    assert CODES[hits[0].code] in str(hits[0])


@pytest.mark.parametrize(
    "broken", [one for one in BROKEN if one.code != "E010"], ids=lambda one: one.name
)
def test_no_finding_beside_the_point(broken: Broken, tmp_path: Path) -> None:
    """One mistake gives one finding, or two where it breaks something else too."""
    found = check(write(tmp_path, broken), changes=broken.changes)
    errors = [f for f in found if f.severity == "error"]
    assert len(errors) <= 4, [str(f) for f in errors]


def test_all_at_once(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("figters", "figters"),
        ("label: red", "label: rde"),
        ("cut: {range: [0.1, 0.2]", "cut: {range: [0.2, 0.1]"),
        ("fighters: {north", "figters: {north"),
        ("between: [inland, west]", "between: [east, west]"),
        ("on: 2030-01-10", "on: 2031-01-10"),
        ("from: [F-hit]", "from: [F-hti]"),
    ):
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    (folder / "facts.yaml").write_text(
        (folder / "facts.yaml").read_text(encoding="utf-8").replace("ledger]", "leger]"), "utf-8"
    )
    codes = {f.code for f in check(folder)}
    assert {"E016", "E021", "E007", "E013", "E036", "E026", "E027"} <= codes


def test_all_problems_of_one_quantity(tmp_path: Path) -> None:
    """A reversed range from an unknown fact: both are said."""
    broken = Broken(
        "", "", "{range: [30, 50], from: [F-pay]}", "{range: [50, 30], from: [F-pya]}", "", ""
    )
    found = check(write(tmp_path, broken))
    assert {f.code for f in found if f.severity == "error"} == {"E021", "E026"}


# -- Files that are no text, too large, or not there ---------------------------------------------


def test_missing_folder() -> None:
    (finding,) = check("asharh")
    assert finding.code == "E001"
    assert '"asharah"' in finding.cure or "shipped:" in finding.cure


def test_missing_file(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "scenario.yaml").unlink()
    assert [f.code for f in check(folder)] == ["E001"]


def test_directory_in_place_of_a_file(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "facts.yaml").unlink()
    (folder / "facts.yaml").mkdir()
    assert [f.code for f in check(folder) if f.severity == "error"] == ["E001"]


def test_absent_facts_make_every_from_a_finding(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "facts.yaml").unlink()
    found = [f for f in check(folder) if f.severity == "error"]
    assert {f.code for f in found} == {"E026"}
    assert "facts.yaml" in found[0].cure


def test_ten_megabytes(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "scenario.yaml").write_text("format: 1\n" + "# long\n" * 1_500_000, encoding="utf-8")
    (finding,) = check(folder)
    assert finding.code == "E002"
    assert "10.5 MB" in finding.said
    assert finding.cure


@pytest.mark.parametrize(
    ("encoding", "guess"),
    [("cp1256", "WINDOWS-1256"), ("latin-1", "ISO-8859-1"), ("utf-16", "UTF-16")],
)
def test_other_encodings(encoding: str, guess: str, tmp_path: Path) -> None:
    folder = copy(tmp_path)
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    if encoding == "latin-1":
        lines = [line for line in text.split("\n") if line.isascii()]
        text = "\n".join([*lines[:5], "# caf\u00e9", *lines[5:]])
    path.write_bytes(text.encode(encoding))
    (finding,) = check(folder)
    assert finding.code == "E003"
    assert guess in finding.said
    assert f"iconv -f {guess}" in finding.cure
    assert finding.line == {"cp1256": 4, "latin-1": 6, "utf-16": 1}[encoding]


def test_marks_at_the_start_of_a_file_are_taken(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    path = folder / "scenario.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert [f for f in check(folder) if f.severity == "error"] == []


def test_half_a_character(tmp_path: Path) -> None:
    from maabar.scenario.document import parse

    (finding,) = parse("a: 1\nb: \ud800\n", "x.yaml").findings
    assert (finding.code, finding.line) == ("E003", 2)


# -- Codes that need more than one edit ----------------------------------------------------------


def test_colliding_draws(tmp_path: Path) -> None:
    """Two ids whose paths have one CRC-32: their draws would be the same."""
    seen: dict[int, str] = {}
    draw = random.Random(1)
    for _ in range(1_000_000):
        name = "".join(draw.choices("abcdefghijklmnop", k=8))
        path = f"places.{name}.population"
        twin = seen.setdefault(zlib.crc32(path.encode()), name)
        if twin != name:
            break
    else:
        pytest.fail("no collision among the names that were tried")
    place = (
        "  {}:\n    name: {{en: A, ar: أ}}\n    lat: 10.1\n    lon: 20\n    market: inland\n"
        "    population: {{value: 6000, assumed: made up}}\n"
    )
    new = f"places:\n{place.format(twin)}{place.format(name)}"
    folder = write(tmp_path, Broken("", "", "places:\n", new, "", ""))
    hits = [f for f in check(folder) if f.code == "E044"]
    assert f"places.{name}.population" in {f.path for f in hits}
    assert "rename" in hits[0].cure


def test_unknown_change() -> None:
    (finding,) = [f for f in check(TINY, changes=["half-pya"]) if f.code == "E001"]
    assert '"half-pay"' in finding.cure


def test_unsourced_is_a_warning_when_allowed(tmp_path: Path) -> None:
    broken = next(one for one in BROKEN if one.name == "bare number")
    found = check(write(tmp_path, broken), allow_unsourced=True)
    assert {(f.code, f.severity) for f in found} >= {("E017", "warning")}
    assert not [f for f in found if f.severity == "error"]


def test_every_code_is_tested() -> None:
    """Codes that the table does not trigger have a test of their own, here or beside it."""
    here = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py"))
    assert {code for code in CODES if code not in here} == set()
