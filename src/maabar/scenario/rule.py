"""How the parts of a scenario must hang together: each rule is a function that yields remarks.

A rule sees a scenario from which entities may be missing that could not be read; it says nothing
about those.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from maabar.scenario import chronology
from maabar.scenario.behaviour import DEFAULTS
from maabar.scenario.claims import ClaimFile
from maabar.scenario.document import Steps
from maabar.scenario.overlay import resolve
from maabar.scenario.quantity import Choice, Quantity, Switch
from maabar.scenario.reference import did_you_mean
from maabar.scenario.schema import Crossing, Scenario
from maabar.scenario.shape import Slot, slot_at
from maabar.scenario.verdict import Remark


def remarks(scenario: Scenario, root: Slot, data: Mapping[str, Any]) -> Iterator[Remark]:
    """All that the rules find.

    Parameters
    ----------
    scenario : Scenario
        Perhaps incomplete.
    root : Slot
        The slot of a whole scenario.
    data : mapping
        What was read, with priors and changes in place.
    """
    yield from _coordinates(data)
    yield from chronology.windows(scenario)
    yield from _crossings(scenario)
    yield from _roads(scenario)
    yield from _groups(scenario)
    yield from _markets(scenario)
    yield from _pacts(scenario)
    yield from chronology.rows(scenario, root, data)
    yield from _removed(scenario)
    yield from _behaviour(scenario)
    yield from _parameters(scenario, root, data)


def links(file: ClaimFile) -> Iterator[Remark]:
    """Claims that point to claims which are not there, or beyond the end of the text."""
    for name, claim in file.claims.items():
        steps: Steps = ("claims", name)
        named: list[tuple[Steps, str]] = [
            (("links", i, "to"), to) for i, link in enumerate(claim.links) for to in link.to
        ]
        named += [(("in_tension_with", i), to) for i, to in enumerate(claim.in_tension_with)]
        if claim.time and claim.time.to:
            named.append((("time", "to"), claim.time.to))
        for where, to in named:
            if to not in file.claims:
                cure = did_you_mean(to, file.claims, "name another claim")
                yield Remark("E026", (*steps, *where), to, "the id of a claim", cure)
        if file.document and claim.span[1] > file.document.chars:
            said, most = f"up to {claim.span[1]}", f"at most {file.document.chars}"
            yield Remark("E056", (*steps, "span"), said, most, "count code points from 0")


def bank_of(scenario: Scenario, place: str) -> str | None:
    """The bank of a place: that of its market."""
    market = scenario.places[place].market if place in scenario.places else ""
    return scenario.markets[market].bank if market in scenario.markets else None


def kilometres(scenario: Scenario, a: str, b: str) -> float:
    """Great-circle distance of two places, in km (haversine, mean Earth radius 6371 km)."""
    one, other = scenario.places[a], scenario.places[b]
    north, south = math.radians(one.lat), math.radians(other.lat)
    east = math.radians(one.lon - other.lon)
    chord = math.sin((north - south) / 2) ** 2
    chord += math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(chord))


def _coordinates(data: Mapping[str, Any]) -> Iterator[Remark]:
    places = data.get("places")
    for name, place in places.items() if isinstance(places, Mapping) else ():
        for key in ("lat", "lon"):
            said = place.get(key) if isinstance(place, Mapping) else None
            if isinstance(said, float) and abs(said - round(said, 2)) > 1e-9:
                cure = f"write {round(said, 2)}: settlements only"
                yield Remark("E045", ("places", name, key), str(said), "0.01 degree", cure, "note")


def _crossings(scenario: Scenario) -> Iterator[Remark]:
    for name, crossing in scenario.crossings.items():
        steps: Steps = ("crossings", name, "ends")
        banks = [bank_of(scenario, place) for place in crossing.ends]
        if len(banks) != 2 or (None not in banks and banks[0] == banks[1]):
            said = ", ".join(f"{p} ({b})" for p, b in zip(crossing.ends, banks, strict=True))
            cure = f"name a place of {' and one of '.join(scenario.banks)}"
            yield Remark("E035", steps, said or "no end", "a place on each bank", cure)
            continue
        for (place, end), bank in zip(crossing.ends.items(), banks, strict=True):
            for number, road in enumerate(end.inland):
                markets = scenario.roads[road].between if road in scenario.roads else ()
                far = [m for m in markets if m in scenario.markets]
                if bank and any(scenario.markets[m].bank != bank for m in far):
                    cure = f"name a road of the {bank} bank"
                    where = (*steps, place, "inland", number)
                    yield Remark("E036", where, road, f"a road of the {bank} bank", cure)
        yield from _holders(scenario, name, crossing)


def _holders(scenario: Scenario, name: str, crossing: Crossing) -> Iterator[Remark]:
    reach = _median(scenario, "contest", "reach_km")
    for place, end in crossing.ends.items():
        for holder, _ in end.holder.options:
            group = scenario.groups.get(holder or "")
            if not group or reach is None or place not in scenario.places:
                continue
            bank = bank_of(scenario, place)
            near = [
                kilometres(scenario, place, other)
                for other in group.fighters
                if other in scenario.places and bank_of(scenario, other) == bank
            ]
            if min(near, default=math.inf) > 3 * reach:
                said = f"{holder} is {min(near):.0f} km away" if near else f"{holder} is not there"
                cure = f"give it fighters at {place}, or write `holder: {{value: null}}`"
                expected = f"fighters within {3 * reach:.0f} km on the {bank} bank"
                steps = ("crossings", name, "ends", place, "holder")
                yield Remark("E039", steps, said, expected, cure, "warning")


def _roads(scenario: Scenario) -> Iterator[Remark]:
    seen: dict[frozenset[str], str] = {}
    for name, road in scenario.roads.items():
        steps = ("roads", name, "between")
        banks = {scenario.markets[m].bank for m in road.between if m in scenario.markets}
        pair = frozenset(road.between)
        if len(pair) == 1 or len(banks) > 1:
            said, cure = " and ".join(road.between), "over the river lead crossings, not roads"
            yield Remark("E036", steps, said, "two markets of one bank", cure)
        elif pair in seen:
            said, cure = f"as {seen[pair]} does", "keep one of them, with the cheaper haulage"
            yield Remark("E037", steps, said, "one road", cure)
        seen.setdefault(pair, name)


def _groups(scenario: Scenario) -> Iterator[Remark]:
    founded = {row.prison_release.group for row in scenario.timeline if row.prison_release}
    for name, group in scenario.groups.items():
        present = any(q.kind == "same_as" or q.b > 0 for q in group.fighters.values())
        if not present and name not in founded:
            cure = "say `fighters: {PLACE: {range: [lo, hi], ...}}`, or take the group out"
            yield Remark("E038", ("groups", name, "fighters"), "", "a place and a number", cure)
        paid, company = group.pay_usd_month is not None, group.kind == "company"
        if paid != company:
            said = f"a group of kind {group.kind} {'with' if paid else 'without'} pay of its own"
            cure = "delete it: its patron pays" if paid else "add `pay_usd_month:`"
            steps: Steps = ("groups", name, *(["pay_usd_month"] if paid else []))
            yield Remark("E049", steps, said, "a company pays its own, a patron the rest", cure)


def _markets(scenario: Scenario) -> Iterator[Remark]:
    served = {place.market for place in scenario.places.values()}
    for name in scenario.markets:
        if name not in served:
            cure = f"add a place with `market: {name}`, or take the market out"
            yield Remark("E041", ("markets", name), "", "a place that buys there", cure, "note")
    for good in scenario.goods:
        priced = [name for name, market in scenario.markets.items() if good in market.goods]
        if len(priced) < 2:
            said = f"priced in {priced[0]} only" if priced else "priced nowhere"
            cure = "add it to `goods` of the markets that trade it"
            yield Remark("E040", ("goods", good), said, "two markets", cure, "warning")


def _pacts(scenario: Scenario) -> Iterator[Remark]:
    seen: dict[str, int] = {}
    for number, pact in enumerate(scenario.pacts):
        for place, member in enumerate(pact.members):
            if member in seen:
                said = f"{member} twice" if seen[member] == number else f"{member} is in another"
                steps = ("pacts", number, "members", place)
                yield Remark("E054", steps, said, "each group once", "name it in one pact only")
            seen[member] = number


def _removed(scenario: Scenario) -> Iterator[Remark]:
    """What stays must not lean on what a change took out."""
    gone = {
        (section, name)
        for section in ("patrons", "groups", "strikers", "places", "crossings")
        for name, one in getattr(scenario, section).items()
        if not one.exists
    }
    if not gone:
        return
    uses: list[tuple[Steps, str, str]] = []
    for name, group in scenario.groups.items():
        if group.exists:
            uses += [
                (("groups", name, "patron"), "patrons", s or "") for s, _ in group.patron.options
            ]
            uses += [(("groups", name, "fighters", p), "places", p) for p in group.fighters]
    for name, crossing in scenario.crossings.items():
        if crossing.exists:
            uses += [(("crossings", name, "ends", p), "places", p) for p in crossing.ends]
    for number, row in enumerate(scenario.timeline):
        if row.exists:
            steps: Steps = ("timeline", number)
            uses += [(steps, section, name) for section, name in chronology.named_in(row)]
    for steps, section, name in uses:
        if (section, name) in gone:
            cure = f"change or remove this too, or keep {section}.{name}"
            yield Remark("E053", steps, f"{section}.{name}", "something that exists", cure)


def _behaviour(scenario: Scenario) -> Iterator[Remark]:
    for mechanism, parameters in scenario.behaviour.items():
        if mechanism not in DEFAULTS:
            cure = did_you_mean(mechanism, DEFAULTS, f"there is: {', '.join(DEFAULTS)}")
            yield Remark("E042", ("behaviour", mechanism), mechanism, "a mechanism", cure)
            continue
        for name in parameters:
            if name not in DEFAULTS[mechanism]:
                options = DEFAULTS[mechanism]
                cure = did_you_mean(name, options, f"there is: {', '.join(options)}")
                steps = ("behaviour", mechanism, name)
                yield Remark("E042", steps, name, f"a parameter of {mechanism}", cure)


def _parameters(scenario: Scenario, root: Slot, data: Mapping[str, Any]) -> Iterator[Remark]:
    hashes: dict[int, str] = {}
    parameters = scenario.parameters
    for path, one in parameters.items():
        twin = hashes.setdefault(zlib.crc32(path.encode()), path)
        if twin != path:
            cure = "rename one of the ids in it"
            yield Remark("E044", steps_of(scenario, path), f"as {twin}", "its own draws", cure)
        if not isinstance(one, Quantity) or not one.source:
            continue
        steps = (*steps_of(scenario, path), "same_as")
        chain = [path]
        while (link := parameters.get(chain[-1])) and isinstance(link, Quantity) and link.source:
            chain.append(link.source)
            if chain[-1] in chain[:-1]:
                break
        if len(set(chain)) < len(chain):
            if chain[-1] == path:
                said, cure = " -> ".join(chain), "give one of them a number"
                yield Remark("E029", steps, said, "an end", cure)
        elif not isinstance(parameters.get(one.source), Quantity):
            if any(there.slot.model is Quantity for there in resolve(root, data, one.source)[0]):
                continue  # it is there, with a finding of its own
            cure = did_you_mean(one.source, parameters, "give the path of a quantity")
            yield Remark("E028", steps, one.source, "the path of a quantity", cure)


def settled(scenario: Scenario, root: Slot) -> Iterator[Remark]:
    """What can be judged once a scenario is whole: followers' limits, and whether prices settle."""
    for path, one in scenario.parameters.items():
        if not isinstance(one, Quantity) or not one.source:
            continue
        steps = steps_of(scenario, path)
        slot = slot_at(root, steps)
        source: Quantity | Choice | Switch = one
        factor = 1.0
        while isinstance(source, Quantity) and source.source:
            factor, source = factor * source.times, scenario.parameters[source.source]
        if slot and slot.within and isinstance(source, Quantity):
            try:
                slot.within(source.scaled(factor))
            except PydanticCustomError as error:
                said, expected = (error.context or {})["said"], (error.context or {})["expected"]
                cure = "lower `times`, or give it numbers of its own"
                yield Remark(error.type, (*steps, "same_as"), said, expected, cure)


def steps_of(scenario: Scenario, path: str) -> Steps:
    """The steps of a path; rows of the timeline by their number."""
    first, *rest = path.split(".")
    if first == "timeline":
        numbers = {row.id: number for number, row in enumerate(scenario.timeline)}
        return (first, numbers[rest[0]], *rest[1:])
    return (first, *rest)


def _median(scenario: Scenario, mechanism: str, name: str) -> float | None:
    quantity = scenario.behaviour.get(mechanism, {}).get(name)
    return None if quantity is None or quantity.source else quantity.median
