"""Exports keep the rules of their formats."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import Any

import pytest

from maabar.reader import Document, ReadError
from maabar.reader.export import ACLED_COLUMNS, export


def test_web_annotations_follow_the_data_model(arabic: Document) -> None:
    """W3C Web Annotation Data Model (2017), sections 3.1 (annotations), 4.2 (selectors), 5 (pages)."""
    page = json.loads(export(arabic, "web-annotation"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert re.match(r"[a-z]+:", page["id"])
    assert len(page["items"]) == len(arabic.claims)
    assert len({one["id"] for one in page["items"]}) == len(page["items"])
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["motivation"] in {"classifying", "describing", "identifying"}
        for body in item["body"]:
            assert body["type"] == "TextualBody"
            assert isinstance(body["value"], str)
        assert re.match(r"[a-z]+:", item["target"]["source"])
        position, quote = item["target"]["selector"]
        assert position["type"] == "TextPositionSelector"
        assert 0 <= position["start"] < position["end"]
        assert quote["type"] == "TextQuoteSelector"
        exact = arabic.text[position["start"] : position["end"]]
        assert quote["exact"] == exact
        assert arabic.text[: position["start"]].endswith(quote["prefix"])
        assert arabic.text[position["end"] :].startswith(quote["suffix"])


FTM: dict[str, set[str]] = {
    # Of the FollowTheMoney model, the schemata and properties used here.
    "LegalEntity": {"name", "alias"},
    "Organization": {"name", "alias"},
    "Company": {"name", "alias"},
    "PublicBody": {"name", "alias"},
    "Person": {"name", "alias"},
    "Address": {"full", "name", "country"},
    "Event": {"name", "involved", "location", "date", "summary", "sourceUrl"},
    "Membership": {"member", "organization", "role", "date", "summary", "sourceUrl"},
    "Directorship": {"director", "organization", "role", "date", "summary", "sourceUrl"},
    "UnknownLink": {"subject", "object", "role", "date", "summary", "sourceUrl"},
}
LINKS = {"involved", "member", "organization", "director", "subject", "object"}


def test_entities_follow_the_money(arabic: Document) -> None:
    rows = [json.loads(line) for line in export(arabic, "followthemoney").splitlines()]
    ids = {row["id"] for row in rows}
    assert len(ids) == len(rows)
    assert {"Event"} <= {row["schema"] for row in rows}
    for row in rows:
        assert set(row) == {"id", "schema", "properties"}
        assert set(row["properties"]) <= FTM[row["schema"]], row
        for name, values in row["properties"].items():
            assert values
            assert all(isinstance(one, str) and one for one in values)
            if name in LINKS:
                assert set(values) <= ids, "a link leads nowhere"
            if name == "date":
                assert all(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", one) for one in values)


def test_followthemoney_knows_them(arabic: Document) -> None:
    library: Any = pytest.importorskip("followthemoney")
    for line in export(arabic, "followthemoney").splitlines():
        row = json.loads(line)
        schema = library.model.get(row["schema"])
        schema.validate(row)
        for name, values in row["properties"].items():
            assert all(schema.get(name).type.validate(one) for one in values), (name, values)
        library.model.get_proxy(row)


def test_the_same_actor_has_the_same_id_in_every_report(
    arabic: Document, english: Document
) -> None:
    known = [
        {tuple(row["properties"].get("name", ())): row["id"] for row in map(json.loads, export(one, "followthemoney").splitlines())}
        for one in (arabic, english)
    ]  # fmt: skip
    common = set(known[0]) & set(known[1]) - {()}
    assert all(known[0][name] == known[1][name] for name in common)


ACLED_EVENTS = {
    # Codebook of ACLED: event types and their sub-events.
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Air/drone strike", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED",
        "Grenade", "Suicide bomb", "Chemical weapon",
    },
    "Violence against civilians": {"Attack", "Abduction/forced disappearance", "Sexual violence"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction",
        "Non-violent transfer of territory", "Other",
    },
}  # fmt: skip


def test_rows_are_shaped_like_acleds(arabic: Document) -> None:
    rows = list(csv.DictReader(io.StringIO(export(arabic, "acled"))))
    assert rows
    assert list(rows[0]) == ACLED_COLUMNS
    for row in rows:
        assert row["sub_event_type"] in ACLED_EVENTS[row["event_type"]], row
        assert row["disorder_type"] in {
            "Political violence",
            "Strategic developments",
            "Demonstrations",
        }
        assert row["time_precision"] in {"1", "2", "3"}
        assert row["geo_precision"] in {"1", "2", "3"}
        if row["event_date"]:
            assert str(date.fromisoformat(row["event_date"]).year) == row["year"]
        if row["latitude"]:
            assert 32 < float(row["latitude"]) < 38
            assert 35 < float(row["longitude"]) < 43
            assert re.fullmatch(r"\d+(\.\d{1,2})?", row["latitude"]), "settlements, to 0.01 degree"
        assert row["fatalities"] == "" or int(float(row["fatalities"])) >= 0
    strike = next(row for row in rows if row["sub_event_type"] == "Air/drone strike")
    assert strike["location"]
    assert strike["event_date"] == "2022-09-02"


def test_standoff_lines_point_at_the_text(arabic: Document) -> None:
    """brat: T lines ``T1<tab>Type start end<tab>text``, events refer to T lines, attributes to both."""
    marks: set[str] = set()
    events: set[str] = set()
    for line in export(arabic, "brat").splitlines():
        ident, rest = line.split("\t", 1)
        if ident[0] == "T":
            head, text = rest.split("\t")
            _, start, end = head.split(" ")
            assert arabic.text[int(start) : int(end)].replace("\n", " ") == text
            marks.add(ident)
        elif ident[0] == "E":
            assert all(part.split(":")[1] in marks for part in rest.split(" "))
            events.add(ident)
        else:
            assert ident[0] == "A"
            assert rest.split(" ")[1] in events | marks
    assert len(events) == len(arabic.claims)


def test_another_format_is_refused(arabic: Document) -> None:
    with pytest.raises(ReadError, match="R009"):
        export(arabic, "pdf")
