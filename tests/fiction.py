"""Scenarios made up by Hypothesis: a few groups, places and crossings, in which much happens.

Every act of the timeline may occur, and the parameters of a mechanism may be heated up, so that
what is rare in earnest (reviews, attacks, pacts, withdrawals) happens within some weeks.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

OBSERVE = datetime.date(2030, 1, 1)

HOT: dict[str, dict[str, tuple[float, float]]] = {
    "threat": {"price_of_fear": (2e4, 4e5), "shock_half_life": (3, 20), "half_life": (3, 60)},
    "posture": {
        "review_per_day": (0.1, 0.8),
        "flag_review_per_day": (0.1, 0.8),
        "inertia": (0, 5),
        "noise": (1, 30),
        "flag_noise": (1, 20),
        "flag_inertia": (0, 3),
        "beside_km": (2, 20),
        "fresh_days": (2, 30),
    },
    "allegiance": {
        "review_per_day": (0.05, 0.4),
        "noise": (5, 60),
        "inertia": (0, 30),
        "revealed_inertia": (0, 1),
        "income_weight": (0, 2),
    },
    "prize": {"level": (0.2, 3), "contrast": (0, 1.5)},
    "diplomacy": {
        "meet_per_day": (0.02, 0.4),
        "monitoring": (0, 20),
        "leave_per_day": (0.02, 0.5),
        "leave_scale": (10, 2000),
        "recent_days": (2, 40),
    },
    "contest": {
        "attack_per_day": (0.1, 0.8),
        "cost": (0, 2000),
        "scale": (100, 20000),
        "loss": (0, 2000),
        "displeasure": (0, 2000),
        "lethality": (0.05, 1),
        "bystanders": (1e-4, 5e-3),
        "reach_km": (2, 20),
        "defence": (0.5, 2.5),
    },
    "deployment": {
        "review_per_day": (0.05, 0.5),
        "noise": (500, 2e4),
        "inertia": (0, 4),
        "hold_min": (1, 20),
        "claim_per_day": (0.05, 3),
        "effort_cost": (1, 400),
        "drift_per_month": (0.1, 3),
        "drift_scale": (1, 200),
    },
    "trade": {"price_response": (0, 1), "speed": (0.05, 1), "theta": (0.02, 0.3)},
    "finance": {"arrears_days": (1, 20), "arms_usd_month": (0, 300)},
    "recruitment": {
        "enlist_per_day": (0.005, 0.1),
        "desert_per_day": (0.005, 0.1),
        "replenish_per_day": (0.02, 0.5),
    },
    "civilians": {
        "flee_death": (0.01, 0.3),
        "flee_clash": (0.001, 0.05),
        "flee_siege": (0.001, 0.1),
        "return_per_day": (0.02, 0.5),
    },
}


class _Maker:
    """Draws parts of a scenario one after another."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw
        self.labels = self.ids("label", 2, 3)
        self.patrons = self.ids("patron", 2, 3)
        self.groups = self.ids("group", 2, 4)
        self.strikers = self.ids("striker", 1, 2)
        self.goods = self.ids("good", 1, 3)
        self.markets = {"west": "west", "east": "east"}
        if self.yes():
            self.markets["inland"] = self.one(["west", "east"])
        self.places = dict(zip(self.ids("place", 3, 6), ["west", "east"], strict=False))
        for place in self.ids("place", 3, 6):
            self.places.setdefault(place, self.one([*self.markets]))
        self.roads: dict[str, list[str]] = {}
        if "inland" in self.markets:
            self.roads["road"] = [self.markets["inland"], "inland"]
        self.start = OBSERVE - datetime.timedelta(days=self.whole(0, 12))
        self.days = 60

    # -- draws ---------------------------------------------------------------------------------

    def one(self, options: list[Any]) -> Any:
        return self.draw(st.sampled_from(options))

    def yes(self, chances: int = 1, of: int = 2) -> bool:
        return bool(self.whole(1, of) <= chances)

    def whole(self, low: int, high: int) -> int:
        return int(self.draw(st.integers(low, high)))

    def some(self, options: list[Any], least: int = 0) -> list[Any]:
        return self.draw(
            st.lists(st.sampled_from(options), unique=True, min_size=least, max_size=len(options))
        )

    def ids(self, what: str, least: int, most: int) -> list[str]:
        return [f"{what}-{n}" for n in range(self.whole(least, most))]

    def number(self, low: float, high: float) -> float:
        return low + (high - low) * self.whole(0, 1000) / 1000

    def quantity(self, low: float, high: float) -> dict[str, Any]:
        """A number or the prior of one."""
        form = self.whole(0, 3)
        a, b = sorted((self.number(low, high), self.number(low, high)))
        if form == 1:
            return {"range": [a, b]}
        if form == 2 and a > 0 and high > 1:
            return {"median": a, "spread": self.number(1.05, 1.5)}
        return {"value": a}

    def day(self, first: datetime.date, spare: int = 0) -> datetime.date:
        last = OBSERVE + datetime.timedelta(days=self.days - spare)
        return first + datetime.timedelta(days=self.whole(0, max(0, (last - first).days)))

    # -- entities ------------------------------------------------------------------------------

    def patron(self, name: str) -> dict[str, Any]:
        said: dict[str, Any] = {
            "label": self.one(self.labels),
            "pay_usd_month": {"local": self.quantity(10, 150)},
            "capacity_fighters": self.quantity(50, 1500),
        }
        for pay_class in self.some(["foreign", "core"]):
            said["pay_usd_month"][pay_class] = self.quantity(10, 200)
        if self.yes():
            said |= {"cut": self.quantity(0, 0.5), "levy": self.quantity(0, 0.8)}
        if self.yes():
            said |= {"guard_usd_month": self.quantity(0, 40), "mediation": self.quantity(0, 9)}
        return said

    def group(self, name: str) -> dict[str, Any]:
        kind = self.one(["local", "local", "company", "core"])
        said: dict[str, Any] = {
            "kind": kind,
            "patron": {"value": self.one(self.patrons)},
            "fighters": {
                p: self.quantity(0 if n else 10, 150)
                for n, p in enumerate(self.some([*self.places], least=1))
            },
        }
        if self.yes():
            said["patron"] = {"choice": {s: self.whole(1, 9) for s in self.patrons}}
        if kind == "company":
            said["pay_usd_month"] = self.quantity(0, 120)
            said["cargo_tonnes_fighter_day"] = self.quantity(0, 0.5)
        if kind == "local" and self.yes():
            said["recruits"] = self.one(["local", "foreign"])
        if self.yes():
            said["may_join"] = self.some(self.patrons)
        if self.yes():
            said["founder"] = {"value": self.one(self.patrons)}
        if self.yes():
            said["flag"] = self.one(self.labels)
        if self.yes():
            said["hq"] = self.one([*said["fighters"]])
        if self.yes():
            said["home"] = self.one([*self.places])
        if self.yes():
            said["distance_usd_month"] = {self.one(self.patrons): self.quantity(0, 40)}
        if self.yes():
            arms = {"light": self.quantity(0, 2), "medium": self.quantity(0, 1)}
            said["arms_per_fighter"] = arms
        if self.yes():
            said["cash_usd_per_fighter"] = self.quantity(0, 10)
        return said

    def striker(self, name: str) -> dict[str, Any]:
        said: dict[str, Any] = {
            "strikes_per_day": {"on": self.quantity(0.2, 3), "off": self.quantity(0, 0.5)},
            "hostility": {n: self.quantity(0, 2) for n in self.labels},
            "killed_per_strike": self.quantity(0, 8),
            "miss": self.quantity(0, 100),
            "far_per_day": self.quantity(0, 2),
            "restraint_beside": {s: self.quantity(0, 1) for s in self.some(self.patrons)},
        }
        if self.yes():
            said["collateral"] = self.quantity(0, 0.01)
        if self.yes():
            said["campaign"] = {
                "start_per_day": self.quantity(0, 0.5),
                "stop_per_day": self.quantity(0, 0.5),
                "active": self.quantity(0, 1),
            }
        if self.yes(1, 3):
            first = self.day(self.start)
            said["recorded"] = [[first, self.day(first)]]
        return said

    def place(self, name: str) -> dict[str, Any]:
        east = self.markets[self.places[name]] == "east"
        said: dict[str, Any] = {
            "lat": 10 + self.whole(0, 12) / 100,
            "lon": 20 + (self.whole(6, 10) if east else self.whole(0, 4)) / 100,
            "market": self.places[name],
            "population": self.quantity(200, 20000),
        }
        if self.yes():
            said["recruitable"] = self.quantity(0, 0.2)
        return said

    def market(self, name: str) -> dict[str, Any]:
        goods = self.goods if self.yes(4, 5) else self.some(self.goods)
        return {
            "bank": self.markets[name],
            "goods": {
                k: {
                    "price_usd": self.quantity(5 + 20 * n, 90 + 20 * n),
                    "demand_day": self.quantity(20, 800),
                }
                for n, k in enumerate(goods)
            },
        }

    def good(self, name: str) -> dict[str, Any]:
        return {
            "unit": {"en": "unit", "ar": "وحدة"},
            "weight_kg": self.quantity(1, 150),
            "concealable": self.yes(),
            "basket_share": self.quantity(0, 0.3),
            "flow_units_day": self.quantity(5, 2000),
        }

    def crossing(self, name: str) -> dict[str, Any]:
        ends: dict[str, Any] = {}
        for bank in ("west", "east"):
            here = [p for p, market in self.places.items() if self.markets[market] == bank]
            holder = {"value": self.one([*self.groups, *self.groups, None])}
            if self.yes(1, 4):
                holder = {"choice": {g: self.whole(1, 9) for g in [*self.groups, "null"]}}
            end = ends[self.one(here)] = {"holder": holder}
            roads = [road for road, markets in self.roads.items() if markets[0] == bank]
            end |= {"inland": roads} if self.yes() else {}
            for key, most in (
                ("toll_cap_usd_tonne", 100),
                ("fee_cap_usd", 2),
                ("levy_usd_tonne", 20),
                ("levy_usd_person", 1),
            ):
                if self.yes(1, 4):
                    end[key] = self.quantity(0, most)
            if self.yes(1, 3):
                end["levy_to"] = self.one(self.patrons)
        said = {
            "ends": ends,
            "capacity_tonnes_day": self.quantity(0.2, 60 if self.yes() else 4),
            "haulage_usd_tonne": self.quantity(0, 60),
            "travellers_day": self.quantity(0, 900),
        }
        return said | ({"open": {"value": False}} if self.yes(1, 6) else {})

    # -- behaviour and timeline ----------------------------------------------------------------

    def behaviour(self) -> dict[str, Any]:
        return {
            mechanism: {name: self.quantity(*limits) for name, limits in parameters.items()}
            for mechanism, parameters in HOT.items()
            if self.yes(3, 4)
        }

    def row(self, number: int, companies: list[str], crossings: dict[str, Any]) -> dict[str, Any]:
        first = self.day(self.start, spare=2)
        said: dict[str, Any] = {"id": f"row-{number}", "on": first}
        last = first
        if self.yes(1, 3):
            last = self.day(first, spare=2)
            said = {"id": f"row-{number}", "between": [first, last]}
        makers = [
            self.strike,
            self.closure,
            self.pay_change,
            self.toll_change,
            self.siege,
            self.prison_release,
            self.wage_change,
            self.aid,
            self.set,
        ]
        act = self.one(makers)(companies, crossings)
        if "siege" in act or self.yes():
            said["until"] = self.day(last + datetime.timedelta(days=1))
        return said | act

    def to_or_times(self, low: float, high: float) -> dict[str, Any]:
        if self.yes():
            return {"to": self.quantity(low, high)}
        return {"times": self.quantity(0.3, 2)}

    def strike(self, companies: list[str], crossings: dict[str, Any]) -> dict[str, Any]:
        said = {"by": self.one(self.strikers), "on": self.one(self.labels)}
        said |= {"at": self.one([*self.places])} if self.yes() else {}
        said |= {"count": self.whole(2, 4)} if self.yes() else {}
        return {"strike": said | ({"killed": self.quantity(0, 9)} if self.yes() else {})}

    def closure(self, companies: list[str], crossings: dict[str, Any]) -> dict[str, Any]:
        act = self.one(["closure", "opening"])
        return {act: {"crossings": self.some([*crossings], least=1)}}

    def pay_change(self, companies: list[str], crossings: dict[str, Any]) -> dict[str, Any]:
        if companies and self.yes():
            return {"pay_change": {"group": self.one(companies)} | self.to_or_times(0, 100)}
        pay_class = self.one(["local", "foreign", "core"])
        payer = {"patron": self.one(self.patrons), "class": pay_class}
        return {"pay_change": payer | self.to_or_times(0, 150)}

    def toll_change(self, companies: list[str], crossings: dict[str, Any]) -> dict[str, Any]:
        name = self.one([*crossings])
        said: dict[str, Any] = {"crossing": name, "end": self.one([*crossings[name]["ends"]])}
        said["levy_usd_tonne"] = self.quantity(0, 30)
        if self.yes():
            said |= {"levy_usd_person": self.quantity(0, 2), "levy_to": self.one(self.patrons)}
        if self.yes():
            said |= {"toll_cap_usd_tonne": self.quantity(0, 50), "fee_cap_usd": {"value": 0.5}}
        return {"toll_change": said}

    def siege(self, companies: list[str], crossings: dict[str, Any]) -> dict[str, Any]:
        return {
            "siege": {
                "place": self.one([*self.places]),
                "attacks_per_day": self.quantity(0, 3),
                "killed_per_attack": self.quantity(0, 3),
                "civilians_per_attack": self.quantity(0, 3),
            }
        }

    def prison_release(self, companies: list[str], crossings: dict[str, Any]) -> dict[str, Any]:
        said = {"group": self.one(self.groups), "at": self.one([*self.places])}
        return {"prison_release": said | {"men": self.quantity(0, 80)}}

    def wage_change(self, companies: list[str], crossings: dict[str, Any]) -> dict[str, Any]:
        places = {"places": self.one([["*"], [self.one([*self.places])]])}
        return {"wage_change": places | self.to_or_times(10, 100)}

    def aid(self, companies: list[str], crossings: dict[str, Any]) -> dict[str, Any]:
        markets = self.one([["*"], [self.one([*self.markets])]])
        return {"aid": {"markets": markets, "basket_times": self.quantity(0.5, 1.5)}}

    def set(self, companies: list[str], crossings: dict[str, Any]) -> dict[str, Any]:
        path, low, high = self.one(
            [
                ("crossings.*.open", 0, 0),
                ("crossings.*.capacity_tonnes_day", 1, 50),
                ("strikers.*.strikes_per_day.on", 0, 3),
                ("goods.*.flow_units_day", 10, 400),
                ("goods.*.weight_kg", 1, 100),
                ("patrons.*.levy", 0, 1),
                ("behaviour.contest.reach_km", 2, 20),
                ("behaviour.allegiance.distance", 0, 40),
                ("markets.*.goods.*.price_usd", 20, 60),
            ]
        )
        if high and self.yes():
            return {"set": {"path": path, "times": self.number(0.5, 1)}}
        return {"set": {"path": path, "value": self.number(low, high)}}

    # -- the whole -----------------------------------------------------------------------------

    def scenario(self) -> dict[str, Any]:
        def each(names: Any, make: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
            return {name: {"name": {"en": name, "ar": name}} | make(name) for name in names}

        groups = each(self.groups, self.group)
        crossings = each(self.ids("crossing", 1, 3), self.crossing)
        companies = [name for name, one in groups.items() if one["kind"] == "company"]
        said = {
            "format": 1,
            "id": "fiction",
            "title": {"en": "Fiction", "ar": "خيال"},
            "observe_from": OBSERVE,
            "days": self.days,
            "currency": {"code": "TAL", "per_usd": {"value": 10}},
            "banks": each(["west", "east"], lambda _: {}),
            "labels": each(self.labels, lambda name: {"may_show": self.some(self.labels)}),
            "patrons": each(self.patrons, self.patron),
            "groups": groups,
            "strikers": each(self.strikers, self.striker),
            "places": each(self.places, self.place),
            "markets": each(self.markets, self.market),
            "roads": {
                name: {
                    "between": between,
                    "haulage_usd_tonne": self.quantity(0, 60),
                    "posts": self.some(self.patrons),
                }
                for name, between in self.roads.items()
            },
            "goods": each(self.goods, self.good),
            "crossings": crossings,
            "behaviour": self.behaviour(),
            "timeline": [self.row(n, companies, crossings) for n in range(self.whole(0, 10))],
        }
        if self.start < OBSERVE:
            said["warm_up_from"] = self.start
        if self.yes():
            members = self.some(self.groups, least=2)
            said["pacts"] = [{"members": members, "enforced": self.yes(1, 3)}]
        return said


class Fiction(dict[str, Any]):
    """The content of a scenario.yaml, too long to be shown; numbers come without sources."""

    def __repr__(self) -> str:
        return f"<{len(self['groups'])} groups, {len(self['crossings'])} crossings, ...>"


@st.composite
def scenarios(draw: Any) -> Fiction:
    """Made-up scenarios."""
    return Fiction(_Maker(draw).scenario())


def write(said: Fiction, folder: Path) -> Path:
    """A scenario folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(dict(said), allow_unicode=True, sort_keys=False)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return folder
