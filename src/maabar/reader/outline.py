"""What the claims of a report say of the system, gathered before a scenario is written of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from maabar.reader.gazetteer import Entity, Gazetteer
from maabar.reader.lexicon import grammar
from maabar.reader.problem import ReadError

GROUPS = frozenset({"armed_group", "state_force", "collective", "company", "tribe"})
POWERS = frozenset({"country", "government", "foreign_force", "administration"})
FOREIGN = "irgc"  # a foreign force that sits in towns; the others strike from the air
SETTLEMENTS = frozenset({"town", "village", "city", "ambiguous"})
GOODS: dict[str, tuple[str, str, float, float, bool, str]] = {
    # id: English, Arabic, kg a unit, USD a unit, easy to hide, unit
    "fuel": ("fuel", "محروقات", 160, 60, False, "barrel"),
    "oil": ("crude oil", "نفط", 140, 30, False, "barrel"),
    "diesel": ("diesel", "مازوت", 160, 60, False, "barrel"),
    "gas": ("cooking gas", "غاز", 25, 10, False, "cylinder"),
    "flour": ("flour", "طحين", 50, 25, False, "bag"),
    "wheat": ("wheat", "قمح", 1000, 300, False, "tonne"),
    "sugar": ("sugar", "سكر", 50, 35, False, "bag"),
    "livestock": ("livestock", "مواشي", 50, 120, False, "head"),
    "cigarettes": ("cigarettes", "دخان", 10, 100, True, "case"),
    "drugs": ("drugs", "مخدرات", 1, 500, True, "kg"),
    "captagon": ("captagon", "كبتاغون", 1, 500, True, "kg"),
    "hashish": ("hashish", "حشيش", 1, 300, True, "kg"),
    "goods": ("general goods", "بضائع", 1000, 400, False, "tonne"),
    "contraband": ("contraband", "ممنوعات", 10, 300, True, "case"),
    "food": ("food", "مواد غذائية", 1000, 500, False, "tonne"),
    "truffles": ("truffles", "كمأة", 1, 10, False, "kg"),
}


@dataclass
class Plan:
    """What the claims say of the system, gathered before it is written."""

    names: Gazetteer
    groups: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # group: place: claims
    ties: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # group: patron: claims
    strikers: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # striker: hit: claims
    places: dict[str, list[str]] = field(default_factory=dict)
    flows: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # good: (claim, towards)
    holders: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # place: group: claims
    crossings: list[str] = field(default_factory=list)  # claims that speak of crossings
    founders: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    used: dict[str, set[str]] = field(default_factory=dict)  # claim: paths


def ids(claim: dict[str, Any], role: str) -> list[str]:
    return [a["id"] for a in claim["args"].get(role, ())]


def gather(told: list[dict[str, Any]], names: Gazetteer) -> Plan:
    """Read groups, ties, places, flows, holders and strikers out of the claims."""
    plan = Plan(names)
    for claim in told:
        ident, kind = claim["id"], claim["type"]
        done = claim["modality"] in ("asserted", "presupposed") and claim["polarity"] == "positive"
        if claim["modality"] in ("purpose", "attempted", "expected"):
            plan.notes.append(f"{ident} {kind}: {claim['modality']} only, not taken as done")
        elif claim["polarity"] == "negative":
            plan.notes.append(f"{ident} {kind}: denied or ended, not taken as done")
        for link in claim.get("links", ()):
            if link["rel"] == "in_tension_with":
                plan.notes.append(f"{ident} contradicts {', '.join(link['to'])}: both are kept")
        everyone = [i for fs in claim["args"].values() for i in (a["id"] for a in fs)]
        sites = [p for p in (settlement(i, names) for i in everyone) if p]
        for site in sites:
            _note(plan.places, site, ident)
        main = next(iter(grammar()[kind].values()))
        doers = [i for i in ids(claim, main) if i in names]
        if kind == "STRIKE":
            for one in doers:
                if _air(names.entities[one]):
                    for hit in ids(claim, "target") or ["unspecified"]:
                        _note(plan.strikers.setdefault(one, {}), hit, ident)
        for one in everyone:
            if one in names and _is_group(names.entities[one]) and one not in plan.strikers:
                at = plan.groups.setdefault(one, {})
                suffers = one in (*ids(claim, "target"), *ids(claim, "victim"))
                if suffers or (one in doers and kind not in ("STRIKE", "SUPPORT")):
                    for site in sites[:2]:
                        _note(at, site, ident)
        if done or kind == "AFFILIATION_CHANGE":
            _tie(plan, claim, kind, ident)
        if kind == "SMUGGLING_FLOW":
            towards = _bank_of(ids(claim, "destination"), names) or (
                _other(_bank_of(ids(claim, "origin"), names)) or "west"
            )
            for good in ids(claim, "commodity"):
                if good in GOODS:
                    plan.flows.setdefault(good, []).append((ident, towards))
        if kind in ("CONTROL", "SMUGGLING_OPERATION", "TAKEOVER") and done:
            for site in sites:
                for one in doers:
                    _note(plan.holders.setdefault(site, {}), one, ident)
        if any("crossing" in i for i in everyone) or kind.startswith("SMUGGLING"):
            plan.crossings.append(ident)
        if kind == "FOUNDING" and doers:
            for made in ids(claim, "created"):
                plan.founders[made] = (doers[0], ident)
    return plan


def _note(table: dict[str, list[str]], key: str, ident: str) -> None:
    entry = table.setdefault(key, [])
    if ident not in entry:
        entry.append(ident)


def _is_group(entity: Entity) -> bool:
    return (
        entity.sort == "actor"
        and (entity.kind in GROUPS or entity.id == FOREIGN)
        and entity.id not in ("armed-militias", "local-bands")
    )


def _air(entity: Entity) -> bool:
    return entity.kind in ("foreign_force", "country") and entity.id != FOREIGN


def settlement(ident: str, names: Gazetteer) -> str:
    """The settlement that a place id stands for; a governorate stands for its city."""
    for suffix in (
        "-city",
        "-governorate",
        "-countryside",
        "-desert",
        "-eastern-countryside",
        "-western-countryside",
        "-northern-countryside",
        "-southern-countryside",
    ):
        base = ident.removesuffix(suffix)
        if base != ident and base in names:
            return base if names.entities[base].at else ""
    entity = names.entities.get(ident)
    while entity is not None and entity.sort == "place":
        if entity.at and entity.kind in SETTLEMENTS:
            return entity.id
        entity = names.entities.get(entity.within)
    return ""


def _bank_of(idents: list[str], names: Gazetteer) -> str:
    for ident in idents:
        if ident == "sdf-zone" or ident.startswith("euphrates-east"):
            return "east"
        if ident in ("regime-zone", "iran-zone") or ident.startswith("euphrates-west"):
            return "west"
        site = settlement(ident, names)
        if site:
            return names.entities[site].bank
    return ""


def _other(bank: str) -> str:
    return {"east": "west", "west": "east"}.get(bank, "")


def _tie(plan: Plan, claim: dict[str, Any], kind: str, ident: str) -> None:
    pairs: list[tuple[list[str], list[str]]] = []
    if kind == "AFFILIATION":
        pairs.append((ids(claim, "actor"), ids(claim, "patron")))
    elif kind == "SUPPORT":
        pairs.append((ids(claim, "recipient"), ids(claim, "provider")))
    elif kind == "AFFILIATION_CHANGE":
        pairs.append((ids(claim, "actor"), ids(claim, "from_patron") + ids(claim, "to_patron")))
    for groups, patrons in pairs:
        for group in groups:
            for said in patrons:
                if group in plan.names and _is_group(plan.names.entities[group]):
                    patron = _power(said, plan.names)
                    if patron and patron != group:
                        _note(plan.ties.setdefault(group, {}), patron, ident)
                    elif not patron and said in plan.names and said != group:
                        plan.notes.append(
                            f"{ident}: {group} with {said}, which is no power that pays others: "
                            "not taken as its patron"
                        )


def _power(ident: str, names: Gazetteer) -> str:
    """Who can be a patron: a power or a state's force; else the one behind it."""
    if ident not in names:
        return ""
    entity = names.entities[ident]
    if entity.kind in POWERS or entity.kind == "state_force":
        return ident
    return entity.within if entity.within in names else ""


FACING = 0.12  # degrees: settlements that face each other over the river are nearer
EASTERN = frozenset({"sdf", "asayish", "deir-ez-zor-military-council", "sdf-commandos"})


def settle(plan: Plan) -> None:
    """Fill in what a system needs: a place for every group, a far bank for every crossing."""
    names = plan.names
    plan.groups = {g: at for g, at in plan.groups.items() if g not in plan.strikers}
    if not plan.groups:
        raise ReadError("R011", said="no armed group", expected="a claim that names one")
    if not plan.places:
        raise ReadError("R011", said="no settlement", expected="a claim that names one")
    west = [p for p in plan.places if names.entities[p].bank == "west"]
    east = [p for p in plan.places if names.entities[p].bank == "east"]
    for here, there, bank in ((west, east, "east"), (east, west, "west")):
        for place in list(here):
            near = _nearest(names.entities[place], names, bank)
            known = any(
                names.entities[p].bank == bank and _apart(place, p, names) < FACING
                for p in plan.places
            )
            if near and (plan.crossings or not there) and not known:
                plan.places[near] = []
    for group, at in plan.groups.items():
        for site in [s for s in at if s not in plan.places]:
            del at[site]
        across = [s for s in at if group in EASTERN and names.entities[s].bank == "west"]
        if across:
            plan.notes.append(f"{group}: claims set it on the west bank, at {', '.join(across)}; "
                              "it is set across: does it stand here, or only act here?")  # fmt: skip
            for site in across:
                del at[site]
                opposite = _nearest(names.entities[site], names, "east")
                if opposite in plan.places:
                    at[opposite] = []
        if not at:
            bank = "east" if group in EASTERN else "west"
            home = next((p for p in plan.places if names.entities[p].bank == bank),
                        next(iter(plan.places)))  # fmt: skip
            at[home] = []


def _apart(one: str, other: str, names: Gazetteer) -> float:
    """Distance of two settlements, degrees."""
    here, there = names.entities[one].at, names.entities[other].at
    return math.dist(here, there) if here and there else math.inf


def _nearest(place: Entity, names: Gazetteer, bank: str) -> str:
    """Nearest settlement on a bank of the river."""
    assert place.at is not None
    best, least = "", math.inf
    for entity in names.entities.values():
        if entity.at and entity.bank == bank and entity.kind in SETTLEMENTS:
            far = math.dist(place.at, entity.at)
            if far < least:
                best, least = entity.id, far
    return best
