"""Claims in the formats of others: W3C Web Annotation, FollowTheMoney, ACLED columns, brat.

Sources: Web Annotation Data Model (W3C Recommendation, 2017); FollowTheMoney schema documentation,
https://followthemoney.tech; ACLED Codebook (2023); brat standoff format,
https://brat.nlplab.org/standoff.html.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

from maabar.reader.claim import Document
from maabar.reader.gazetteer import Gazetteer, shipped
from maabar.reader.lexicon import grammar
from maabar.reader.problem import ReadError

ACLED = {
    "STRIKE": ("Explosions/Remote violence", "Air/drone strike"),
    "ATTACK": ("Battles", "Armed clash"),
    "CLASH": ("Battles", "Armed clash"),
    "TAKEOVER": ("Strategic developments", "Non-violent transfer of territory"),
    "WITHDRAWAL": ("Strategic developments", "Non-violent transfer of territory"),
    "DETENTION": ("Strategic developments", "Arrests"),
    "BASE_ESTABLISHED": ("Strategic developments", "Headquarters or base established"),
    "AGREEMENT": ("Strategic developments", "Agreement"),
    "RELOCATE": ("Strategic developments", "Change to group/activity"),
    "REINFORCE": ("Strategic developments", "Change to group/activity"),
    "AFFILIATION_CHANGE": ("Strategic developments", "Change to group/activity"),
    "FOUNDING": ("Strategic developments", "Change to group/activity"),
    "RECRUITMENT": ("Strategic developments", "Change to group/activity"),
    "MOVE_WEAPONS": ("Strategic developments", "Other"),
    "MOVEMENT": ("Strategic developments", "Other"),
    "SIEGE": ("Strategic developments", "Other"),
    "RELEASE": ("Strategic developments", "Other"),
    "RESTRICT": ("Strategic developments", "Other"),
    "RAISE_FLAG": ("Strategic developments", "Other"),
}
"""Event type and sub-event type of the claim types that ACLED codes."""

ACLED_SUBTYPES = {
    ("STRIKE", "artillery"): ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("STRIKE", "missile"): ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("STRIKE", "mortar"): ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("ATTACK", "ied"): ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    ("ATTACK", "mine"): ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    ("ATTACK", "suicide"): ("Explosions/Remote violence", "Suicide bomb"),
    ("ATTACK", "assassination"): ("Violence against civilians", "Attack"),
    ("DETENTION", "abduction"): ("Violence against civilians", "Abduction/forced disappearance"),
    ("CONDITION", "protest"): ("Protests", "Peaceful protest"),
}
ACLED_COLUMNS = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "actor2",
    "assoc_actor_2",
    "country",
    "admin1",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "notes",
    "fatalities",
]

FTM_ACTORS = {
    "person": "Person",
    "company": "Company",
    "government": "PublicBody",
    "state_force": "PublicBody",
    "administration": "PublicBody",
    "country": "PublicBody",
}
FTM_LINKS: dict[str, tuple[str, str, str, str]] = {  # type: schema, from property, to property, role
    "AFFILIATION": ("Membership", "member", "organization", "affiliated"),
    "AFFILIATION_CHANGE": ("Membership", "member", "organization", "joined or left"),
    "RECRUITMENT": ("Membership", "organization", "member", "recruited"),
    "SUPPORT": ("UnknownLink", "subject", "object", "supports"),
    "FOUNDING": ("UnknownLink", "subject", "object", "founder"),
    "COMPETITION": ("UnknownLink", "subject", "object", "rival"),
    "LEADERSHIP": ("Directorship", "organization", "director", "leads"),
    "CONTROL": ("UnknownLink", "subject", "object", "controls"),
    "PRESENCE": ("UnknownLink", "subject", "object", "present_in"),
    "SMUGGLING_OPERATION": ("UnknownLink", "subject", "object", "operates"),
}


def export(document: Document, form: str, gazetteer: Gazetteer | None = None) -> str:
    """Write the claims of a document in another format.

    Parameters
    ----------
    document : Document
    form : {"web-annotation", "followthemoney", "acled", "brat"}
    gazetteer : Gazetteer, optional
        For names and coordinates; the package's by default.

    Returns
    -------
    str
        JSON-LD, JSON lines, CSV or standoff annotations.

    Raises
    ------
    ReadError
        R009 for another format.

    Examples
    --------
    >>> from maabar.reader import read
    >>> export(read("اعتقلت قسد ثلاثة شبان في هجين."), "brat").splitlines()[0].split()[1]
    'DETENTION'
    """
    writers: dict[str, Callable[[Document, Gazetteer], str]] = {
        "web-annotation": web_annotation, "followthemoney": followthemoney, "acled": acled,
        "brat": brat,
    }  # fmt: skip
    if form not in writers:
        raise ReadError("R009", said=f"format {form}", expected=" or ".join(writers))
    return writers[form](document, gazetteer or shipped())


def web_annotation(document: Document, gazetteer: Gazetteer) -> str:
    """An AnnotationPage; every claim has a position and a quote selector."""
    source = document.source or f"urn:sha256:{document.sha256}"
    text = document.text
    items = []
    for claim in document.claims:
        start, end = claim.span
        items.append({
            "id": f"urn:sha256:{document.sha256}#{claim.id}",
            "type": "Annotation",
            "motivation": "classifying",
            "body": [
                {"type": "TextualBody", "purpose": "classifying", "value": claim.type},
                {"type": "TextualBody", "purpose": "describing", "format": "application/json",
                 "value": json.dumps(claim.as_dict(text, quotes=False), ensure_ascii=False)},
            ],
            "target": {"source": source, "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {"type": "TextQuoteSelector", "exact": text[start:end],
                 "prefix": text[max(0, start - 32) : start], "suffix": text[end : end + 32]},
            ]},
        })  # fmt: skip
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:sha256:{document.sha256}",
        "type": "AnnotationPage",
        "items": items,
    }
    return json.dumps(page, ensure_ascii=False, indent=1)


def _key(*parts: str) -> str:
    return "maabar-" + hashlib.sha1("|".join(parts).encode()).hexdigest()[:24]


def followthemoney(document: Document, gazetteer: Gazetteer) -> str:
    """Entities and links as JSON lines, ids stable across reports for the same actor."""
    rows: dict[str, dict[str, Any]] = {}

    def add(ident: str, schema: str, **properties: Any) -> str:
        kept = {k: [str(v) for v in vs if v not in (None, "")] for k, vs in properties.items()}
        rows[ident] = {"id": ident, "schema": schema,
                       "properties": {k: v for k, v in kept.items() if v}}  # fmt: skip
        return ident

    def entity(name: str) -> str:
        known = gazetteer.entities.get(name)
        if known is None:
            return add(_key("thing", name), "LegalEntity", name=[name])
        if known.sort == "place":
            return add(_key("place", name), "Address", full=[known.en or name], name=[known.en],
                       country=["sy"])  # fmt: skip
        return add(_key("actor", name), FTM_ACTORS.get(known.kind, "Organization"),
                   name=[known.en or name], alias=[known.ar])  # fmt: skip

    for claim in document.claims:
        roles = list(grammar()[claim.type].values())
        main = {a.id for a in claim.args.get(roles[0], ()) if a.id != "unspecified"}
        others = {a.id for r, fs in claim.args.items() if r != roles[0] for a in fs
                  if a.id in gazetteer}  # fmt: skip
        when = claim.time.get("date") or claim.time.get("start")
        common: dict[str, Any] = {
            "date": [when], "summary": [f"{claim.modality}, {claim.polarity}, {claim.tier}"],
            "sourceUrl": [document.source],
        }  # fmt: skip
        link = FTM_LINKS.get(claim.type)
        if link and main and others:
            schema, left, right, role = link
            for one in sorted(main):
                for other in sorted(others - {one}):
                    add(_key(document.sha256, claim.id, one, other), schema, role=[role],
                        **{left: [entity(one)], right: [entity(other)]}, **common)  # fmt: skip
            continue
        actors = [i for i in sorted(main | others)
                  if i in gazetteer and gazetteer.entities[i].sort == "actor"]  # fmt: skip
        where = gazetteer.entities[claim.place].en if claim.place in gazetteer else claim.place
        add(_key(document.sha256, claim.id), "Event",
            name=[f"{claim.type.lower().replace('_', ' ')} {claim.id}"],
            involved=[entity(i) for i in actors], location=[where], **common)  # fmt: skip
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows.values())


def acled(document: Document, gazetteer: Gazetteer) -> str:
    """Rows in ACLED's columns for the asserted claims of types that it codes.

    An unknown date is left empty; ``time_precision`` 1 is a day, 3 a month or unknown;
    ``geo_precision`` 1 is a settlement, 2 near one, 3 a larger area.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, ACLED_COLUMNS, lineterminator="\n")
    writer.writeheader()

    def name(ident: str) -> str:
        known = gazetteer.entities.get(ident)
        return known.en if known and known.en else ident

    deaths = {link["to"][0]: c for c in document.claims if c.type == "CASUALTIES"
              and c.subtype == "killed" for link in c.links if link["rel"] == "result_of"}  # fmt: skip
    for claim in document.claims:
        coded = ACLED_SUBTYPES.get((claim.type, claim.subtype)) or ACLED.get(claim.type)
        if not coded or claim.modality != "asserted" or claim.polarity != "positive":
            continue
        ids = {r: [a.id for a in fs] for r, fs in claim.args.items()}
        sides = ids.get("party") or ids.get("actor") or ids.get("experiencer") or []
        second = (
            sides[1:2] if claim.type == "CLASH" else ids.get("target") or ids.get("victim") or []
        )
        place = gazetteer.entities.get(claim.place)
        date = claim.time.get("date", "")
        dead = deaths.get(claim.id)
        writer.writerow({
            "event_id_cnty": f"SYR-{document.sha256[:8]}-{claim.id}", "event_date": date,
            "year": date[:4], "time_precision": 1 if date else 3,
            "disorder_type": "Strategic developments" if coded[0].startswith("Strategic")
            else "Demonstrations" if coded[0] == "Protests" else "Political violence",
            "event_type": coded[0], "sub_event_type": coded[1],
            "actor1": name(sides[0]) if sides else "",
            "actor2": name(second[0]) if second else "", "country": "Syria",
            "location": name(claim.place) if claim.place else "",
            "latitude": place.at[0] if place and place.at else "",
            "longitude": place.at[1] if place and place.at else "",
            "geo_precision": 1 if place and place.at else 3, "source": document.source or "",
            "notes": claim.id, "fatalities": dead.quantity.get("value", "") if dead else "",
        })  # fmt: skip
    return out.getvalue()


def brat(document: Document, gazetteer: Gazetteer) -> str:
    """Standoff annotations (.ann) for the text as decoded."""
    lines: list[str] = []
    marks: dict[tuple[str, tuple[int, int]], str] = {}

    def mark(kind: str, span: tuple[int, int]) -> str:
        if (kind, span) not in marks:
            marks[kind, span] = f"T{len(marks) + 1}"
            said = document.text[slice(*span)].replace("\n", " ")
            lines.append(f"{marks[kind, span]}\t{kind} {span[0]} {span[1]}\t{said}")
        return marks[kind, span]

    attributes = 0
    for number, claim in enumerate(document.claims, 1):
        parts = [f"{claim.type}:{mark(claim.type, claim.trigger)}"]
        for role, fillers in claim.args.items():
            anchored = [a for a in fillers if a.span]
            for k, a in enumerate(anchored, 1):
                assert a.span is not None
                parts.append(f"{role}{k if k > 1 else ''}:{mark('Argument', a.span)}")
        lines.append(f"E{number}\t" + " ".join(parts))
        for label, value in (("Modality", claim.modality), ("Polarity", claim.polarity)):
            attributes += 1
            lines.append(f"A{attributes}\t{label} E{number} {value}")
    return "\n".join(lines) + "\n" if lines else ""
