"""From reviewed claims to a first scenario: what the report states, and wide priors for the rest.

Every part of the drafted scenario names the claims that it stands on; what the report does not
say is marked ``assumed: not stated in the report``. Contradictions, aims and attempts are listed in
``draft.md`` for the analyst; nothing is resolved silently.
"""

from __future__ import annotations

import datetime
import math
from pathlib import Path
from typing import Any

import yaml

from maabar.reader.claim import Document
from maabar.reader.gazetteer import Gazetteer, shipped
from maabar.reader.outline import GOODS, Plan, gather, ids, settle, settlement
from maabar.reader.problem import ReadError
from maabar.reader.proposal import entries
from maabar.reader.review import claims_document, decided

UNSTATED = "not stated in the report"
ARABIC_TYPES = {
    "STRIKE": "ضربة", "ATTACK": "هجوم", "CLASH": "اشتباك", "DETENTION": "احتجاز", "RELEASE": "إفراج",
    "RELOCATE": "تغيير مواقع", "WITHDRAWAL": "انسحاب", "TAKEOVER": "استيلاء", "CONTROL": "سيطرة",
    "PRESENCE": "وجود", "SUPPORT": "دعم", "RECRUITMENT": "تجنيد", "MEETING": "اجتماع",
    "AGREEMENT": "اتفاق", "SMUGGLING_FLOW": "تهريب", "REVENUE": "عائدات", "COMPETITION": "تنافس",
    "RAISE_FLAG": "رفع علم", "CASUALTIES": "ضحايا", "SIEGE": "حصار", "RESTRICT": "تقييد",
    "AFFILIATION": "تبعية", "AFFILIATION_CHANGE": "تغيير تبعية", "FOUNDING": "تأسيس",
    "COMPOSITION": "تكوين", "LEADERSHIP": "قيادة", "MOTIVE": "دافع", "ASSESSMENT": "تقدير",
    "CONDITION": "أوضاع", "MOVEMENT": "تحرك", "REINFORCE": "تعزيز", "MOVE_WEAPONS": "نقل أسلحة",
    "BASE_ESTABLISHED": "إقامة نقطة", "SMUGGLING_OPERATION": "إدارة تهريب",
}  # fmt: skip


def draft(
    claims: Document | dict[str, Any] | str | Path,
    *,
    out: str | Path,
    decisions: str | Path | None = None,
    gazetteer: Gazetteer | None = None,
) -> Path:
    """Write a scenario folder from claims.

    Parameters
    ----------
    claims : Document, dict or path
        What `read` returned or ``maabar read`` wrote.
    out : path
        Folder to write; its name becomes the scenario's id.
    decisions : path, optional
        What the review page saved: only accepted and edited claims are used.
    gazetteer : Gazetteer, optional
        For names, coordinates and patrons.

    Returns
    -------
    Path
        The folder: ``scenario.yaml``, ``claims.yaml``, ``sources.yaml``, ``draft.md``.

    Raises
    ------
    ReadError
        R009 to R013; R011 where no group or no settlement is named, R013 where the folder holds
        something.

    Notes
    -----
    What the report does not state is a wide prior (lognormal with spread 2 to 3), so a draft says
    little about numbers until an analyst narrows it.
    """
    folder = Path(out)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReadError("R013", file=str(folder))
    document = claims_document(claims)
    names = (gazetteer or shipped()).joined(entries(document.get("proposals") or []))
    told = decided(document, decisions)
    plan = gather(told, names)
    settle(plan)
    name = "".join(c if c.isalnum() and c.isascii() else "-" for c in folder.resolve().name.lower())
    name = "-".join(p for p in name.split("-") if p) or "draft"
    day = _first_day(document, told)
    scenario = build(plan, name if name[0].isalpha() else f"draft-{name}", day, told)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "scenario.yaml", scenario, _HEAD)
    _write(folder / "claims.yaml", _claims(document, told, plan), "")
    _write(folder / "sources.yaml", _sources(document), "")
    (folder / "draft.md").write_text(_report(plan, told), "utf-8")
    return folder


_HEAD = (
    "# Drafted from the claims of a report. `from:` names claims of claims.yaml; everything marked\n"
    "# assumed is a wide prior, to be narrowed by an analyst. See draft.md for what is left open.\n"
)


def wide(median: float, spread: float = 2.5, claims: list[str] | None = None) -> dict[str, Any]:
    """A wide prior for a number that the report does not state."""
    found: dict[str, Any] = {"median": median, "spread": spread}
    if claims:
        found["from"] = claims
    return found | {"assumed": UNSTATED}


def _name(ident: str, names: Gazetteer) -> dict[str, str]:
    entity = names.entities.get(ident)
    return {"en": (entity.en if entity else "") or ident.removeprefix("unknown-").replace("-", " "),
            "ar": (entity.ar if entity else "") or ident}  # fmt: skip


def _patrons_of(group: str, plan: Plan) -> dict[str, list[str]]:
    """Patrons of a group by the claims, else by the gazetteer, else its own command."""
    told = plan.ties.get(group, {})
    if told:
        return told
    entity = plan.names.entities[group]
    parent = entity.within
    return {parent: []} if parent in plan.names else {group: []}


def build(plan: Plan, name: str, day: datetime.date, told: list[dict[str, Any]]) -> dict[str, Any]:
    """The scenario as a mapping, in the order of its sections."""
    names = plan.names
    patrons: dict[str, Any] = {}
    groups: dict[str, Any] = {}
    for group, at in plan.groups.items():
        ties = _patrons_of(group, plan)
        for patron in ties:
            patrons.setdefault(patron, _patron(patron, names))
        groups[group] = _group(group, at, ties, plan)
    for group, (founder, claim) in plan.founders.items():
        if group in groups and founder != group:
            patrons.setdefault(founder, _patron(founder, names))
            groups[group]["founder"] = {"value": founder, "from": [claim]}
            plan.used.setdefault(claim, set()).add(f"groups.{group}.founder")
    labels = {p: {"name": _name(p, names)} for p in patrons}
    strikers = {s: _striker(s, hits, groups, patrons, plan) for s, hits in plan.strikers.items()}
    places = {p: _place(p, claims, plan) for p, claims in plan.places.items()}
    goods, prices = _goods(plan)
    sides = {places[p]["market"] for p in places}
    markets = {side: _market(side, prices.get(side, {})) for side in ("west", "east")
               if side in sides}  # fmt: skip
    if len(markets) < 2:
        goods = {}
        for market in markets.values():
            market["goods"] = {}
    found: dict[str, Any] = {
        "format": 1, "id": name,
        "title": {"en": f"Draft from a report: {name}", "ar": f"مسودة من تقرير: {name}"},
        "observe_from": day, "days": 180,
        "currency": {"code": "SYP", "per_usd": wide(5000, 2)},
        "banks": {"west": {"name": {"en": "west bank", "ar": "الضفة الغربية"}},
                  "east": {"name": {"en": "east bank", "ar": "الضفة الشرقية"}}},
        "labels": labels, "patrons": patrons, "groups": groups, "strikers": strikers,
        "places": places, "markets": markets, "goods": goods,
        "crossings": _crossings(plan, groups, places),
        "timeline": _timeline(told, plan, day, labels),
    }  # fmt: skip
    return {k: v for k, v in found.items() if v or k in ("format",)}


def _patron(ident: str, names: Gazetteer) -> dict[str, Any]:
    return {"name": _name(ident, names), "label": ident,
            "pay_usd_month": {"local": wide(50, 2)}, "capacity_fighters": wide(500, 2.5)}  # fmt: skip


def _group(
    group: str, at: dict[str, list[str]], ties: dict[str, list[str]], plan: Plan
) -> dict[str, Any]:
    used = [c for cs in ties.values() for c in cs]
    for claim in used:
        plan.used.setdefault(claim, set()).add(f"groups.{group}.patron")
    patron: dict[str, Any]
    if len(ties) > 1:
        patron = {"choice": {p: round(1 / len(ties), 4) for p in ties}, "from": used,
                  "assumed": "the claims name several; equal weight"}  # fmt: skip
        plan.notes.append(f"patron of {group}: the claims name {', '.join(ties)}; equal weights")
    elif used:
        patron = {"value": next(iter(ties)), "from": used}
    else:
        patron = {"value": next(iter(ties)), "assumed": "by the gazetteer; " + UNSTATED}
    fighters = {}
    for place, claims in at.items():
        fighters[place] = wide(60, 2.5, claims)
        for claim in claims:
            plan.used.setdefault(claim, set()).add(f"groups.{group}.fighters.{place}")
    kind = "company" if plan.names.entities[group].kind == "company" else "local"
    found = {
        "name": _name(group, plan.names), "kind": kind, "patron": patron, "may_join": [*ties],
        "fighters": fighters,
    }  # fmt: skip
    return found | ({"pay_usd_month": wide(60, 2)} if kind == "company" else {})


FOES = {"israeli-air-force": ("iran", "irgc", "hezbollah"), "coalition": ("isis", "iran")}
"""Whose groups a force of the air strikes where the claims do not say; by the gazetteer's names."""


def _striker(
    striker: str, hits: dict[str, list[str]], groups: dict[str, Any], patrons: dict[str, Any],
    plan: Plan,
) -> dict[str, Any]:  # fmt: skip
    hostility: dict[str, Any] = {}
    for hit, claims in hits.items():
        targets = list(_patrons_of(hit, plan)) if hit in groups else [hit]
        for label in targets:
            if label in patrons:
                hostility[label] = {"value": 1, "from": claims}
                for claim in claims:
                    plan.used.setdefault(claim, set()).add(f"strikers.{striker}.hostility.{label}")
    if not hostility:
        likely = (one for name in FOES.get(striker, ()) for one in patrons if name in one)
        foe = next(likely, next(iter(patrons)))
        plan.notes.append(
            f"{striker}: the claims name nobody of the groups that it strikes; {foe} is assumed"
        )
        hostility[foe] = {"value": 1, "assumed": UNSTATED}
    return {"name": _name(striker, plan.names),
            "strikes_per_day": {"on": wide(0.2, 2), "off": wide(0.01, 2)},
            "hostility": hostility, "killed_per_strike": wide(2, 2)}  # fmt: skip


def _place(ident: str, claims: list[str], plan: Plan) -> dict[str, Any]:
    entity = plan.names.entities[ident]
    assert entity.at is not None
    for claim in claims:
        plan.used.setdefault(claim, set()).add(f"places.{ident}.population")
    return {"name": _name(ident, plan.names), "lat": entity.at[0], "lon": entity.at[1],
            "market": entity.bank, "population": wide(10_000, 2)}  # fmt: skip


def _goods(plan: Plan) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Goods that the claims say are carried; the direction becomes a price gap."""
    goods: dict[str, Any] = {}
    prices: dict[str, dict[str, Any]] = {"west": {}, "east": {}}
    for good, flows in plan.flows.items():
        english, arabic, weight, price, hidden, unit = GOODS[good]
        claims = list(dict.fromkeys(c for c, _ in flows))
        towards = {t for _, t in flows}
        goods[good] = {
            "name": {"en": english, "ar": arabic}, "unit": {"en": unit, "ar": unit},
            "weight_kg": {"value": weight, "assumed": "usual for the unit"},
            "concealable": hidden, "flow_units_day": wide(100, 3, claims),
        }  # fmt: skip
        for side in ("west", "east"):
            dear = side in towards and len(towards) == 1
            prices[side][good] = {
                "price_usd": wide(price * (1.4 if dear else 1.0), 1.3, claims),
                "demand_day": wide(100, 3),
            }
            for claim in claims:
                plan.used.setdefault(claim, set()).add(f"markets.{side}.goods.{good}.price_usd")
    return goods, prices


def _market(side: str, prices: dict[str, Any]) -> dict[str, Any]:
    arabic = {"west": "سوق الضفة الغربية", "east": "سوق الضفة الشرقية"}[side]
    return {"name": {"en": f"{side} bank market", "ar": arabic}, "bank": side, "goods": prices}


def _crossings(plan: Plan, groups: dict[str, Any], places: dict[str, Any]) -> dict[str, Any]:
    """A crossing for every settlement pair that faces the other bank, where claims speak of any."""
    if not plan.crossings:
        return {}
    names = plan.names
    east = [p for p in places if places[p]["market"] == "east"]
    found: dict[str, Any] = {}
    for place in places:
        if places[place]["market"] != "west" or not east:
            continue
        here = names.entities[place].at
        assert here is not None
        far = min(east, key=lambda p: math.dist(here, names.entities[p].at or (0, 0)))
        ident = f"{place}--{far}"
        found[ident] = {
            "ends": {place: {"holder": _holder(place, ident, groups, plan)},
                     far: {"holder": _holder(far, ident, groups, plan)}},
            "capacity_tonnes_day": wide(100, 2, plan.crossings[:3]),
            "haulage_usd_tonne": wide(10, 2), "travellers_day": wide(100, 2.5),
        }  # fmt: skip
        for claim in plan.crossings:
            plan.used.setdefault(claim, set()).add(f"crossings.{ident}.capacity_tonnes_day")
    if found:
        plan.notes.append(f"crossings pair settlements with the nearest across: {', '.join(found)}")
    return found


def _holder(place: str, crossing: str, groups: dict[str, Any], plan: Plan) -> dict[str, Any]:
    told = {g: cs for g, cs in plan.holders.get(place, {}).items()
            if g in groups and place in groups[g]["fighters"]}  # fmt: skip
    here = [g for g in groups if place in groups[g]["fighters"]]
    if len(told) == 1:
        ((group, claims),) = told.items()
        for claim in claims:
            plan.used.setdefault(claim, set()).add(f"crossings.{crossing}.ends.{place}.holder")
        return {"value": group, "from": claims}
    if told:
        weight = round(1 / len(told), 4)
        return {"choice": dict.fromkeys(told, weight), "from": [c for cs in told.values() for c in cs],
                "assumed": "the claims name several; equal weight"}  # fmt: skip
    if here:
        return {"value": here[0], "assumed": "a group there; the holder is " + UNSTATED}
    return {"value": None, "assumed": UNSTATED}


def _timeline(
    told: list[dict[str, Any]], plan: Plan, day: datetime.date, labels: dict[str, Any]
) -> list[dict[str, Any]]:
    """Dated strikes; undated ones are left to the strikers' campaigns."""
    rows = []
    for claim in told:
        if claim["type"] != "STRIKE" or claim["modality"] != "asserted":
            continue
        date = claim.get("time", {}).get("date")
        by = next((i for i in ids(claim, "actor") if i in plan.strikers), "")
        hits = [
            lab
            for t in ids(claim, "target")
            for lab in (_patrons_of(t, plan) if t in plan.groups else (t,))
            if lab in labels
        ]
        if (
            not date
            or not by
            or not hits
            or not 0 <= (datetime.date.fromisoformat(date) - day).days < 180
        ):
            continue
        row = f"{by}-{claim['id'].lower()}"
        act: dict[str, Any] = {"by": by, "on": hits[0]}
        site = next((s for s in (settlement(i, plan.names) for i in ids(claim, "place"))
                     if s in plan.places), "")  # fmt: skip
        rows.append(
            {
                "id": row,
                "on": datetime.date.fromisoformat(date),
                "strike": act | ({"at": site} if site else {}),
                "from": [claim["id"]],
            }
        )
        plan.used.setdefault(claim["id"], set()).add(f"timeline:{row}")
    return rows


def _first_day(document: dict[str, Any], told: list[dict[str, Any]]) -> datetime.date:
    dates = [c["time"]["date"] for c in told if c.get("time", {}).get("date")]
    said = document["document"].get("report_date")
    if dates or said:
        return datetime.date.fromisoformat(min([*dates, *([str(said)] if said else [])]))
    years = [
        int(c["time"]["start"]) for c in told if str(c.get("time", {}).get("start", "")).isdigit()
    ]
    return datetime.date(max(years, default=2022), 1, 1)


def _claims(document: dict[str, Any], told: list[dict[str, Any]], plan: Plan) -> dict[str, Any]:
    head = document["document"]
    rows: dict[str, Any] = {}
    known = {c["id"] for c in told}
    for claim in told:
        paths = sorted(plan.used.get(claim["id"], ()))
        rows_of = [p.removeprefix("timeline:") for p in paths if p.startswith("timeline:")]
        parts = [p for p in paths if not p.startswith("timeline:")]
        if rows_of:
            modelled: dict[str, Any] = {"role": "timeline", "by": rows_of}
        elif parts:
            modelled = {"role": "initial state", "by": parts}
        else:
            modelled = {"role": "not modelled", "reason": "the draft makes no part of it"}
        links = [{"rel": link["rel"].replace("_", "-"), "to": [t for t in link["to"] if t in known]}
                 for link in claim.get("links", ())]  # fmt: skip
        modality = {"expected": "purpose"}.get(claim["modality"], claim["modality"])
        rows[claim["id"]] = {
            "type": claim["type"], "gloss": _gloss(claim, plan.names), "modality": modality,
            "polarity": claim["polarity"], "tier": claim["tier"],
            "attribution": claim["attribution"], "paragraph": 0, "span": list(claim["span"]),
            "args": {r: [a["id"] for a in fs] for r, fs in claim["args"].items()},
            **({"links": kept} if (kept := [x for x in links if x["to"] and x["rel"] !=
                                            "in-tension-with"]) else {}),
            **({"in_tension_with": both} if (both := [t for x in links if x["rel"] ==
                                                      "in-tension-with" for t in x["to"]]) else {}),
            "modelled": modelled,
        }  # fmt: skip
    return {"format": 1, "document": {"source": "report", "sha256": head["sha256"],
                                      "chars": head["chars"], "lang": head["lang"]},
            "claims": rows}  # fmt: skip


def _gloss(claim: dict[str, Any], names: Gazetteer) -> dict[str, str]:
    """What a claim says, in words of our own."""
    roles = [r for r in claim["args"] if claim["args"][r]]
    parts = {"en": [], "ar": []}  # type: dict[str, list[str]]
    for role in roles:
        for lang in ("en", "ar"):
            said = ", ".join(_name(a["id"], names)[lang] for a in claim["args"][role])
            parts[lang].append(f"{role} {said}" if lang == "en" else said)
    kind = claim["type"].lower().replace("_", " ")
    return {"en": f"{kind}: " + "; ".join(parts["en"]) + ".",
            "ar": f"{ARABIC_TYPES[claim['type']]}: " + "؛ ".join(parts["ar"]) + "."}  # fmt: skip


def _sources(document: dict[str, Any]) -> dict[str, Any]:
    head = document["document"]
    entry: dict[str, Any] = {"title": f"Report read on its own: {head.get('file') or 'text'}",
                             "date": head.get("report_date"), "kind": "report"}  # fmt: skip
    if str(head.get("source") or "").startswith("http"):
        entry["url"] = head["source"]
    return {"format": 1, "sources": {"report": entry}}


def _report(plan: Plan, told: list[dict[str, Any]]) -> str:
    open_ = "\n".join(f"- {note}" for note in dict.fromkeys(plan.notes)) or "- nothing"
    unused = [f"{c['id']} {c['type']}" for c in told if not plan.used.get(c["id"])]
    return (
        "# What this draft leaves open\n\n"
        f"Numbers are wide priors marked `assumed: {UNSTATED}`.\n\n"
        f"## To decide\n\n{open_}\n\n## Claims without a part in the draft\n\n"
        + ("\n".join(f"- {u}" for u in unused) or "- none") + "\n"
    )  # fmt: skip


class _Dumper(yaml.SafeDumper):
    """Plain YAML without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write(path: Path, found: dict[str, Any], head: str) -> None:
    body = yaml.dump(found, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(head + body, "utf-8")
