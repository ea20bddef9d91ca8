"""Priors that the schema supplies for quantities which a scenario leaves out, as plain data.

Those of behaviour stand in `maabar.scenario.behaviour`.  Each has the reason for its range; those
that facts bear on name them in words, since a scenario elsewhere need not hold the same facts.
"""

from __future__ import annotations

from typing import Any

_ORDER = "order of magnitude only; nothing was found in print"
_NONE = "none, unless the scenario says so"


def _range(low: float, high: float, why: str) -> dict[str, Any]:
    return {"range": (low, high), "assumed": why}


def _value(value: float, why: str) -> dict[str, Any]:
    return {"value": value, "assumed": why}


PRIORS: dict[str, dict[str, Any]] = {
    "patrons.cut": _range(0.1, 0.3, "officers take a part of what their clients earn"),
    "patrons.levy": _range(0.1, 0.3, "posts on the roads inland take a part of what passes"),
    "patrons.guard_usd_month": _range(5, 20, "a tenth to a third of a fighter's pay"),
    "patrons.oversight_usd_month": _range(2, 10, "less than what protection is worth"),
    "patrons.mediation": _range(0.5, 1.5, "1 is as much as any patron's officers do"),
    "groups.arms_per_fighter.light": _range(1.0, 1.5, "a rifle each, some machine guns"),
    "groups.arms_per_fighter.medium": _range(0.05, 0.15, "a heavy machine gun to ten men or so"),
    "groups.cash_usd_per_fighter": _range(20, 60, "about half a month's pay to a month's"),
    "groups.cargo_tonnes_fighter_day": _range(0.02, 0.1, "a lorry of ten tonnes to 100-500 men"),
    "strikers.campaign.start_per_day": _range(0.01, 0.05, "a campaign every one to three months"),
    "strikers.campaign.stop_per_day": _range(0.05, 0.15, "a campaign lasts one to three weeks"),
    "strikers.campaign.active": _value(0.3, "about the share of days that campaigns fill"),
    "strikers.far_per_day": _value(0, _NONE),
    "strikers.restraint_homes": _range(0.5, 0.9, "rules of engagement spare most inhabited houses"),
    "strikers.collateral": _range(
        0.0002, 0.001, "0.2 to 1 deaths of a strike on homes where 1,000 people live on a km2"
    ),
    "strikers.arms_lost": _range(0.1, 0.4, "a strike on a store destroys a part of it"),
    "strikers.deceived": _range(0.5, 0.9, "targets are mostly known by the flag they show"),
    "strikers.miss": _range(500, 2000, "strikes get rarer as fewer than this many can be seen"),
    "places.density_km2": _range(300, 3000, "from scattered farms to a small town"),
    "places.outside_wage_usd_month": _range(
        25, 62, "day labour at 1.25-2.5 USD in north-east Syria in 2022, 20-25 days a month"
    ),
    "places.recruitable": _range(0.01, 0.03, "a part of the young men"),
    "markets.aid": _value(1, "prices as they are"),
    "goods.basket_share": _value(0, "not bought by households"),
    "goods.demand_elasticity": _range(0.3, 0.8, "necessities: demand falls less than prices rise"),
    "goods.supply_elasticity": _range(0.3, 1.0, "wells, mills and stores answer within limits"),
    "goods.road_ease": _range(2, 6, "a road carries trade more easily than a ferry"),
    "crossings.informal_share": _range(0.2, 0.5, "boats of families cross where nobody holds"),
    "travellers.fee_scale_usd": _range(1.5, 4, "fees asked in 2020-24 run from 0.7 to 2.4 USD"),
    "travellers.westbound_share": _value(0.5, "most who cross come back"),
    "travellers.emigrant_share": _range(0.005, 0.02, _ORDER),
}
"""Section and keys of an entity's quantity -> its prior."""
