"""The claims, facts and sources of the shipped scenario `asharah`."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "src" / "maabar" / "scenario" / "examples" / "asharah"
REPORT = Path(os.environ.get("MAABAR_SHARED", ROOT.parent / "shared")) / "report"
TEXT = REPORT / "sy24-93563.txt"
REFERENCE = REPORT / "claims-reference.yaml"

ROLES = {"initial state", "mechanism", "pattern", "timeline", "context", "not modelled"}
# fmt: off
MECHANISMS = {
    "timeline", "strikes", "threat", "posture", "allegiance", "diplomacy", "contest",
    "deployment", "trade", "finance", "recruitment", "civilians",
}
# fmt: on
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read(name: str) -> dict[str, Any]:
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), yaml.CSafeLoader)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return read("claims.yaml")


@pytest.fixture(scope="module")
def claims(document: dict[str, Any]) -> dict[str, Any]:
    return document["claims"]


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    return read("facts.yaml")["facts"]


@pytest.fixture(scope="module")
def sources() -> dict[str, Any]:
    return read("sources.yaml")["sources"]


@pytest.fixture(scope="module")
def text() -> str:
    if not TEXT.exists():
        pytest.skip("the report's text is not at hand")
    return TEXT.read_bytes().decode("utf-8")


def words(line: str) -> list[str]:
    """Words in lower case, Arabic spelling variants folded together."""
    line = re.sub("[\u064b-\u0652\u0640]", "", line.lower())
    line = re.sub("[أإآ]", "ا", line).replace("ة", "ه").replace("ى", "ي")
    return re.findall(r"\w+", line)


def runs(line: str, length: int = 5) -> set[tuple[str, ...]]:
    """Every run of `length` words in a row."""
    w = words(line)
    return {tuple(w[k : k + length]) for k in range(len(w) - length + 1)}


def test_all_59_claims_are_there(claims: dict[str, Any]) -> None:
    assert list(claims) == [f"C{k:02d}" for k in range(1, 60)]


def test_spans_lie_inside_the_text(document: dict[str, Any]) -> None:
    for name, claim in document["claims"].items():
        start, stop = claim["span"]
        assert 0 <= start < stop <= document["document"]["chars"], name


def test_text_is_the_one_that_spans_count_in(document: dict[str, Any], text: str) -> None:
    assert hashlib.sha256(TEXT.read_bytes()).hexdigest() == document["document"]["sha256"]
    assert len(text) == document["document"]["chars"]
    paragraphs = text.split("\n")
    for name, claim in document["claims"].items():
        start, stop = claim["span"]
        before = text[:start].count("\n")
        assert before == claim["paragraph"] and "\n" not in text[start:stop], name
        assert text[start:stop].strip() in paragraphs[before], name


def test_no_published_wording_is_copied(claims: dict[str, Any], text: str) -> None:
    published = runs(text)
    for name, claim in claims.items():
        assert not runs(claim["gloss"]["ar"]) & published, name


def test_no_reference_gloss_is_copied(claims: dict[str, Any]) -> None:
    if not REFERENCE.exists():
        pytest.skip("the reference labels are not at hand")
    labels = yaml.load(REFERENCE.read_text(encoding="utf-8"), yaml.CSafeLoader)["claims"]
    for label in labels:
        ours = claims[label["id"]]["gloss"]["en"]
        assert not runs(ours) & runs(label["gloss"]), label["id"]


def test_labels_agree_with_the_reference(claims: dict[str, Any]) -> None:
    if not REFERENCE.exists():
        pytest.skip("the reference labels are not at hand")
    alias = read("aliases.yaml")["aliases"]
    labels = yaml.load(REFERENCE.read_text(encoding="utf-8"), yaml.CSafeLoader)["claims"]
    assert len(set(alias.values())) == len(alias), "aliases must be one to one"
    for label in labels:
        claim = claims[label["id"]]
        for key in ("type", "modality", "polarity", "tier"):
            assert claim[key] == label[key], (label["id"], key)
        assert claim["span"] == label["span"] and claim["paragraph"] == label["para"]
        expected = {
            role.replace("_", "-"): [
                a["id"].removeprefix("claim:") if ":" in a["id"] else alias[a["id"]] for a in args
            ]
            for role, args in label["args"].items()
        }
        assert claim["args"] == expected, label["id"]


def test_attempts_and_aims_are_not_coded_as_done(claims: dict[str, Any]) -> None:
    assert {n for n, c in claims.items() if c["modality"] == "attempted"} == {
        "C43",
        "C53",
        "C54",
        "C56",
    }
    assert {n for n, c in claims.items() if c["modality"] == "purpose"} == {
        "C20",
        "C23",
        "C24",
        "C55",
    }


def test_contradictions_are_kept_from_both_sides(claims: dict[str, Any]) -> None:
    assert {"C25", "C26"} <= set(claims["C09"]["in_tension_with"])
    for name, claim in claims.items():
        for other in claim.get("in_tension_with", []):
            assert name in claims[other]["in_tension_with"], (name, other)


def test_links_and_times_point_to_claims(claims: dict[str, Any]) -> None:
    for name, claim in claims.items():
        targets = [t for link in claim.get("links", []) for t in link["to"]]
        targets += [claim["time"]["to"]] if "to" in claim.get("time", {}) else []
        assert set(targets) <= set(claims), name


def test_arguments_are_known_ids(claims: dict[str, Any]) -> None:
    known = set(read("aliases.yaml")["aliases"].values()) | set(claims)
    for name, claim in claims.items():
        for role, ids in claim["args"].items():
            assert set(ids) <= known, (name, role)


def test_every_claim_has_a_place_in_the_model(claims: dict[str, Any]) -> None:
    counts = dict.fromkeys(ROLES, 0)
    for name, claim in claims.items():
        role = claim["modelled"]["role"]
        counts[role] += 1
        by = claim["modelled"].get("by", [])
        by = [by] if isinstance(by, str) else by
        if role in ("context", "not modelled"):
            assert claim["modelled"]["reason"], name
        elif role == "pattern":
            assert set(by) <= {f"P{k}" for k in range(1, 12)} and by, name
        elif role == "mechanism":
            assert set(by) <= MECHANISMS and by, name
        else:
            assert by, name
    assert counts["not modelled"] <= 6
    assert counts["context"] <= 10


def test_every_fact_has_a_source(facts: dict[str, Any], sources: dict[str, Any]) -> None:
    for name, fact in facts.items():
        assert fact["source"] and set(fact["source"]) <= set(sources), name
        assert fact["grade"] in {"A", "B", "C"} and fact["says"] and fact["date"], name
        assert KEBAB.fullmatch(name.removeprefix("F-")), name
        if "range" in fact:
            low, high = fact["range"]
            assert low < high, name
        assert ("unit" in fact) == ("range" in fact or "value" in fact), name


def test_estimates_say_that_they_are(facts: dict[str, Any]) -> None:
    for name, fact in facts.items():
        own = {"estimate", "memory"} & set(fact["source"])
        assert bool(own) == (fact["grade"] == "C"), name


def test_every_source_is_used(facts: dict[str, Any], sources: dict[str, Any]) -> None:
    used = {s for fact in facts.values() for s in fact["source"]} | {"sy24-93563"}
    assert set(sources) == used
    for name, source in sources.items():
        assert KEBAB.fullmatch(name), name
        assert source["kind"] in {
            "report",
            "news",
            "monitor",
            "institution",
            "table",
            "assumption-note",
        }
        assert source["title"], name
        assert (source["url"] is None) == (source["kind"] in {"table", "assumption-note"}), name


def test_nothing_of_the_report_is_in_the_facts(facts: dict[str, Any]) -> None:
    assert all("sy24-93563" not in fact["source"] for fact in facts.values())
