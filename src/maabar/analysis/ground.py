"""What the terms of a decision are measured in, and which numbers of the scenario made them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from maabar.results.event import PARTS, POSTURES
from maabar.sentence import catalogue, name, number, say
from maabar.variables import EVENTS, WORLD
from maabar.world import hash_of

FIGHTER, MONTH, USD, PEOPLE = "USD/month/fighter", "USD/month", "USD", "1"

_POSTURE = (FIGHTER, FIGHTER, FIGHTER, FIGHTER, FIGHTER, "part")
UNITS: dict[str, tuple[str, ...]] = {
    "strike": (PEOPLE, PEOPLE, "label", "part", "", ""),
    **dict.fromkeys(POSTURES, _POSTURE),
    "flag raised": (FIGHTER, FIGHTER, FIGHTER, FIGHTER),
    "realignment": (FIGHTER,) * 8,
    "meeting": ("1/day", PEOPLE, "1", "1", "1"),
    "agreement": (MONTH, MONTH, MONTH, MONTH),
    "breakdown": (MONTH, MONTH),
    "clash": ("share", USD, USD, USD, USD, PEOPLE, PEOPLE, "yes"),
    "takeover": (MONTH, PEOPLE, "day", PEOPLE),
    "withdrawal": (MONTH, MONTH, PEOPLE, MONTH, PEOPLE, "yes"),
    "vacated": (PEOPLE,),
    "pay change": (MONTH,),
    "change": ("1",),
    "attack": (PEOPLE,),
    "prison release": (PEOPLE, "share", FIGHTER, FIGHTER),
}
"""Unit of each term of each kind, in the order of `maabar.variables.EVENTS`; "" is no number."""

_FEAR = (
    "behaviour.threat.price_of_fear",
    "behaviour.threat.half_life",
    "behaviour.threat.prior_rate",
    "behaviour.threat.mix",
)
_HOMES = (
    "behaviour.posture.homes_cost",
    "behaviour.posture.homes_cost_arms",
    "behaviour.posture.move_cost",
    "patrons.{patron}.oversight_usd_month",
)
_FIGHT = ("behaviour.contest.loss", "behaviour.contest.lethality", "behaviour.contest.engaged")
_MOVED = {
    "fear left": _FEAR,
    "fear chosen": _FEAR,
    "cost left": _HOMES,
    "cost chosen": _HOMES,
    "gain": ("behaviour.posture.inertia", "behaviour.posture.noise"),
}
_STAY = ("behaviour.deployment.home", "behaviour.deployment.post", "behaviour.deployment.upkeep")
PATHS: dict[str, dict[str, tuple[str, ...]]] = {
    "strike": {
        "civilians killed": ("strikers.{actor}.collateral",),
        "arms lost": ("strikers.{actor}.arms_lost",),
        "flag shown": ("strikers.{actor}.deceived",),
        "part hit": ("strikers.{actor}.killed_per_strike", "strikers.{actor}.strikes_per_day.on"),
    },
    **dict.fromkeys(POSTURES, _MOVED),
    "flag raised": {
        "fear left": _FEAR,
        "mismatch": ("behaviour.posture.flag_mismatch",),
        "gain": ("behaviour.posture.flag_inertia", "behaviour.posture.flag_noise"),
    },
    "realignment": {
        "pay": (
            "patrons.{target}.pay_usd_month.{class}",
            "patrons.{patron}.pay_usd_month.{class}",
        ),
        "fear": _FEAR,
        "income": ("patrons.{target}.cut", "patrons.{patron}.cut"),
        "levy": ("patrons.{target}.levy", "patrons.{patron}.levy"),
        "guard": ("patrons.{target}.guard_usd_month", "patrons.{patron}.guard_usd_month"),
        "distance": ("behaviour.allegiance.distance",),
        "inertia": (
            "behaviour.allegiance.inertia",
            "behaviour.allegiance.revealed_inertia",
        ),
        "gain": ("behaviour.allegiance.noise", "behaviour.allegiance.review_per_day"),
    },
    "meeting": {
        "rate": ("behaviour.diplomacy.meet_per_day",),
        "shared ends": ("behaviour.diplomacy.shared",),
        "mediation": ("behaviour.diplomacy.mediation", "patrons.{patron}.mediation"),
        "recent realignment": ("behaviour.diplomacy.recent",),
        "trust": ("behaviour.diplomacy.trust",),
    },
    "agreement": {
        "clash losses saved": _FIGHT,
        "toll gain": ("behaviour.diplomacy.pool", "behaviour.diplomacy.gamma"),
        "monitoring": ("behaviour.diplomacy.monitoring",),
    },
    "breakdown": {
        "income out": ("behaviour.diplomacy.leave_scale",),
        "income in": ("behaviour.diplomacy.pool", "behaviour.diplomacy.gamma"),
    },
    "clash": {
        "win chance": ("behaviour.contest.decisiveness", "behaviour.contest.defence"),
        "prize": ("behaviour.contest.horizon",),
        "expected losses": _FIGHT,
        "displeasure": ("behaviour.contest.displeasure",),
        "grievance": ("behaviour.contest.grievance",),
    },
    "takeover": {
        "prize": ("behaviour.deployment.claim_per_day", "behaviour.contest.scale"),
        "strength": ("behaviour.contest.medium_multiplier", "behaviour.contest.reach_km"),
    },
    "withdrawal": {
        "value of staying": _STAY,
        "value chosen": _STAY,
        "inertia": ("behaviour.deployment.inertia", "behaviour.deployment.noise"),
    },
    "vacated": {"local force": ("behaviour.deployment.hold_min",)},
    "prison release": {
        "chance": ("behaviour.recruitment.freedom", "behaviour.recruitment.scale"),
        "wage gain": ("behaviour.recruitment.wage_weight",),
        "fear": _FEAR,
    },
}
"""Where the scenario says what a term is made of; ``{patron}`` is the one left or served."""


def term_name(kind: str, term: str, lang: str) -> str:
    """A term in words."""
    said = catalogue()["weighed"]
    return str(said.get(f"{term} of a {kind}", said.get(term))[lang])


def terms(
    event: Mapping[str, Any], ids: Mapping[str, Any], titles: Mapping[str, Any], lang: str
) -> list[dict[str, Any]]:
    """What an event's decision weighed.

    Returns
    -------
    list of dict
        ``term, means, value, unit, says``; `says` is the value with its unit in words.
    """
    kind = next(one for one in EVENTS if one.name == event["kind"])
    found = []
    for k, (term, unit) in enumerate(zip(kind.terms, UNITS.get(kind.name, ()), strict=True)):
        value: Any = event[f"term_{k}"]
        if not unit:
            continue
        if unit == "label":
            value = ids["label"][int(value)]
            says = name(titles["label"], value, lang)
        elif unit == "part":
            value = PARTS[int(value)]
            says = say(f"part:{value}", lang)
        elif unit == "yes":
            value = bool(value)
            says = say(f"evidence:{'yes' if value else 'no'}", lang)
        else:
            says = in_words(value, unit, lang)
        means = term_name(kind.name, term, lang)
        plain = unit if unit not in ("label", "part", "yes") else "1"
        found.append({"term": term, "means": means, "value": value, "unit": plain, "says": says})
    return found


class Ground:
    """Where the numbers behind an event come from.

    Parameters
    ----------
    scenario : Scenario
    world : World, optional
        As it was on the morning of the event; nothing is said of what the numbers were without.
    index : mapping
        Dim to id to position.
    lang : {"en", "ar"}
        Language of the claims' glosses; facts and reasons are as the scenario has them.
    """

    def __init__(self, scenario: Any, world: Any, index: Mapping[str, Any], lang: str) -> None:
        self.scenario, self.world, self.index, self.lang = scenario, world, index, lang

    def told(
        self, event: Mapping[str, Any], patron: str | None, keys: Sequence[int]
    ) -> list[dict[str, Any]]:
        """All numbers behind an event.

        Parameters
        ----------
        event : mapping
            As stored.
        patron : str, optional
            The patron that the group left or serves.
        keys : sequence of int
            Of the rows of the timeline behind an act from outside.

        Returns
        -------
        list of dict
            ``term, path, value, unit, from, assumed, says``: ids of claims and facts, the reason
            where there are none, and what the claims and facts say.
        """
        found = [
            self._one("", f"timeline.{row.id}", row)
            for row in self.scenario.timeline
            if hash_of(f"timeline.{row.id}") in keys
        ]
        blanks = {"actor": event["actor"], "target": event["target"], "patron": patron}
        blanks["class"] = _paid_as(self.scenario, event["actor"])
        for term, paths in PATHS.get(event["kind"], {}).items():
            for template in paths:
                if any(f"{{{key}}}" in template and not said for key, said in blanks.items()):
                    continue
                path = template.format(**blanks)
                said = self.scenario.at(path)
                if said is None and ".pay_usd_month." in path:
                    path = path.rpartition(".")[0] + ".local"  # as the engine reads it
                    said = self.scenario.at(path)
                if said is not None and path not in (one["path"] for one in found):
                    found.append(self._one(term, path, said))
        return found

    def _one(self, term: str, path: str, said: Any) -> dict[str, Any]:
        where = {path, path.removeprefix("timeline.")}
        claims, facts = self.scenario.claims, self.scenario.facts
        by = [one for one, claim in claims.items() if where & set(claim.modelled.by)]
        ids = list(dict.fromkeys([*getattr(said, "from_", ()), *by]))
        value, unit = self._number(path)
        return {
            "term": term,
            "path": path,
            "value": value,
            "unit": unit,
            "from": ids,
            "assumed": getattr(said, "assumed", None),
            "says": [
                getattr(claims[one].gloss, self.lang) if one in claims else facts[one].says
                for one in ids
            ],
        }

    def _number(self, path: str) -> tuple[float | None, str | None]:
        """What the engine read at a path, and its unit."""
        if self.world is None:
            return None, None
        for table, spec in WORLD.items():
            for field in spec.fields:
                template = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^.]+)", re.escape(field.path))
                keys = re.fullmatch(template, path) if field.path else None
                if keys:
                    row = tuple(self.index[dim][keys[dim]] for dim in spec.dims) or (0,)
                    return float(getattr(self.world, table)[row][field.name]), field.unit
        return None, None


def in_words(value: float | None, unit: str | None, lang: str) -> str:
    """A number with its unit.

    Examples
    --------
    >>> in_words(67.4, "USD/month", "en"), in_words(9, "day", "en"), in_words(None, None, "en")
    ('67.4 USD a month', '9 days', '')
    """
    if value is None or unit is None:
        return ""
    unit = "days" if unit == "day" else unit  # as a stretch of time, not as a date
    return f"{number(value)} {say(f'units:{unit}', lang)}".strip()


def _paid_as(scenario: Any, group: str | None) -> str | None:
    """The class by which a group's patron pays its men; a company pays its own."""
    one = scenario.groups.get(group)
    return None if one is None or one.kind == "company" else str(one.recruits)
