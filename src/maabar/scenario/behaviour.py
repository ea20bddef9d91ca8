"""Default priors of the behavioural parameters, one row each, with where they come from.

A scenario may leave all of them out.  Units and meanings stand in `maabar.variables`; a prior is a
range (uniform) wherever only its order of magnitude is known, and a value where it is a switch.
"""

from __future__ import annotations

from typing import Any

from maabar.variables import BEHAVIOUR


def _range(low: float, high: float, why: str) -> dict[str, Any]:
    return {"range": [low, high], "assumed": why}


def _value(value: float, why: str) -> dict[str, Any]:
    return {"value": value, "assumed": why}


_SWITCH = "a weight: 1 as computed, 0 ablates the reason"
_ORDER = "order of magnitude only; nothing was found in print"

_PRIORS: dict[str, dict[str, dict[str, Any]]] = {
    "threat": {
        "price_of_fear": _range(
            15_000, 45_000, "five strikes in ten days weigh about a month's pay"
        ),
        "half_life": _range(20, 60, "militias hide for ten days to some weeks after strikes"),
        "prior_exposure": _range(100, 400, "a belief worth some weeks of watching"),
        "prior_rate": _range(
            0.0003, 0.001, "a strike in two to seven months on some 15,000 exposed men"
        ),
        "mix": _range(0.2, 0.5, _ORDER),
        "near_km": _range(30, 70, "a stretch of the river hears of a strike"),
        "far_weight": _range(0.02, 0.1, "strikes elsewhere are heard of, not felt"),
        "light_weight": _range(0.05, 0.2, "a rifle is a small part of a target"),
        "medium_weight": _range(0.5, 2, "a heavy machine gun or launcher is a target of its own"),
        "hq_weight": _range(10, 40, "a headquarters draws fire as a squad or a platoon does"),
        "shock_label": _range(0.5, 1.5, _ORDER),
        "shock_near": _range(0.5, 1.5, _ORDER),
        "shock_half_life": _range(7, 21, "armed presence was back after ten days in Sep 2022"),
    },
    "posture": {
        "review_per_day": _range(0.01, 0.03, "a matter of a month or two when all is quiet"),
        "flag_review_per_day": _range(0.005, 0.02, "flags are thought of less often"),
        "shock_gain": _range(2, 6, "a strike makes a review a matter of days"),
        "inertia": _range(3, 8, "moving is trouble"),
        "noise": _range(0.5, 1, "small beside typical stakes"),
        "homes_cost": _range(4, 12, "families resent arms and men among them"),
        "homes_cost_arms": _range(2, 6, "a store in a house is resented less than men in it"),
        "move_cost": _range(4, 12, "new buildings must be found and emptied"),
        "fresh": _range(0.3, 0.7, "new positions are not known at once"),
        "fresh_days": _range(14, 42, "some weeks"),
        "beside_km": _range(2, 6, "the same settlement or the next"),
        "flag_mismatch": _range(2, 6, "hauling down one's own flag costs face"),
        "flag_inertia": _range(1, 4, _ORDER),
        "flag_noise": _range(0.3, 0.7, "small beside typical stakes"),
    },
    "allegiance": {
        "review_per_day": _range(0.0005, 0.002, "a patron is reconsidered once in some years"),
        "shock_gain": _range(10, 30, "unless strikes shake it: then within some weeks"),
        "noise": _range(1.5, 4, "a tenth of the inertia: no reason, no change"),
        "inertia": _range(20, 60, "between a third of a month's pay and a whole one"),
        "distance": _range(5, 25, "serving others than one's founder costs standing"),
        "support_core": _range(0.3, 0.7, "regulars help a client hold, not always"),
        "support_client": _range(0.05, 0.2, "fellow clients help little; they also compete"),
        "revealed_inertia": _value(1, "who stayed for six months did not want to leave"),
        "fear_weight": _value(1, _SWITCH),
        "income_weight": _value(1, _SWITCH),
        "levy_weight": _value(1, _SWITCH),
    },
    "prize": {"level": _value(1, _SWITCH), "contrast": _value(1, _SWITCH)},
    "diplomacy": {
        "meet_per_day": _range(
            0.0005, 0.002, "leaders of two groups meet about once in a year or two"
        ),
        "shared": _range(0.2, 0.8, _ORDER),
        "mediation": _range(1, 3, _ORDER),
        "recent": _range(10, 40, "a newcomer is brought to the table within weeks"),
        "recent_days": _range(20, 40, "about a month"),
        "pool": _range(0.3, 0.6, "profits are shared in part"),
        "gamma": _range(0.5, 1, "shares grow with strength, less than in proportion"),
        "monitoring": _range(100, 600, "USD a month to watch what another takes"),
        "leave_per_day": _range(0.005, 0.02, _ORDER),
        "leave_scale": _range(500, 2000, _ORDER),
        "support": _range(0.2, 0.6, "partners come, late and not with all they have"),
        "trust": _value(0.5, "neither trust nor distrust"),
        "trust_gain": _range(0.2, 0.6, _ORDER),
        "trust_loss": _range(0.3, 0.8, _ORDER),
        "trust_half_life": _range(60, 180, _ORDER),
    },
    "contest": {
        "attack_per_day": _range(
            0.005, 0.02, "an attack every few months where the gain is overwhelming"
        ),
        "decisiveness": _range(0.8, 1.5, "near proportional (Tullock 1980; Hirshleifer 1989)"),
        "defence": _range(1.2, 2.5, "who holds a bank is hard to dislodge"),
        "scale": _range(2_000, 5_000, "of the order of a week's takings of a good crossing"),
        "horizon": _range(2, 5, "nobody counts on a crossing for longer"),
        "cost": _range(2_000, 10_000, "ammunition, fines, blood money"),
        "loss": _range(2_000, 8_000, "blood money and unrest per death"),
        "displeasure": _range(5_000, 25_000, "a patron fines or shuts out who attacks its client"),
        "grievance": _range(1_000, 5_000, _ORDER),
        "grievance_half_life": _range(30, 120, _ORDER),
        "reach_km": _range(4, 9, "men come from the next town, hardly from the one after"),
        "medium_multiplier": _range(1, 3, "a heavy weapon per ten men adds a tenth to a third"),
        "engaged": _range(0.1, 0.3, "a clash is fought by a shift, not by all"),
        "lethality": _range(0.02, 0.06, "most reported clashes leave wounded, few leave dead"),
        "bystanders": _range(
            0.00002, 0.0001, "crossfire kills a civilian in a few clashes in a hundred"
        ),
        "garrison": _range(8, 20, "a post of a dozen men"),
    },
    "deployment": {
        "review_per_day": _range(0.004, 0.012, "where to sit is reconsidered every few months"),
        "shock_gain": _range(1, 4, _ORDER),
        "noise": _range(300, 900, "USD a month for the whole group"),
        "inertia": _range(
            10, 40, "a part of a month's pay a man: two groups are told to have left in three years"
        ),
        "home": _range(5, 20, "men of a place stay in it"),
        "guard": _range(1, 5, _ORDER),
        "post": _range(400, 2_000, "houses, cars, food and bribes of a presence in a town"),
        "upkeep": _range(2, 8, "a man away from home is fed and housed"),
        "hold_min": _range(3, 8, "a shift of a post"),
        "claim_per_day": _range(0.3, 0.9, "vacated points were taken at once (C43)"),
        "effort_cost": _range(100, 400, "USD per fighter sent to a race for a point"),
        "cargo_share": _range(0.3, 0.7, "a company with its own lorries carries about half"),
        "drift_per_month": _range(0.05, 0.15, _ORDER),
        "drift_scale": _range(50, 200, _ORDER),
    },
    "trade": {
        "theta": _range(
            0.03, 0.08, "traders choose among crossings by a few per cent of the price"
        ),
        "toll_lag": _range(0.05, 0.15, "tolls are changed within weeks"),
        "fee_share": _value(1, "a monopolist facing demand exp(-fee/w) asks w"),
        "speed": _range(0.2, 0.6, "a closure moved fuel by a fifth to a third within days (Naher)"),
        "price_response": _value(1, _SWITCH),
        "income_days": _range(10, 30, "what a crossing earned lately"),
    },
    "finance": {
        "commanders": _range(0.3, 0.6, "takings go to leaders first (C51)"),
        "arms_usd_month": _range(5, 20, _ORDER),
        "arrears_days": _range(20, 60, "unpaid months are remembered"),
    },
    "recruitment": {
        "enlist_per_day": _range(0.001, 0.004, "courses of tens to hundreds in a season"),
        "desert_per_day": _range(0.0005, 0.002, "leakage of a few per cent a month at worst"),
        "scale": _range(15, 40, "a large part of a month's pay"),
        "ration": _range(5, 20, "food, cigarettes and a card that opens checkpoints"),
        "wage_weight": _value(1, _SWITCH),
        "arrears": _range(1, 3, "defections followed six months without pay"),
        "replenish_per_day": _range(0.005, 0.02, "replacements come within months"),
        "freedom": _range(10, 60, "freedom is worth weeks of day labour; some refuse"),
    },
    "civilians": {
        "flee_death": _range(0.005, 0.02, _ORDER),
        "flee_clash": _range(0.0005, 0.002, _ORDER),
        "flee_siege": _range(0.0005, 0.002, _ORDER),
        "return_per_day": _range(0.01, 0.05, "most come back within weeks to months"),
    },
}

_MEANING = {variable.path: (variable.unit, variable.meaning) for variable in BEHAVIOUR}

DEFAULTS: dict[str, dict[str, dict[str, Any]]] = {
    mechanism: {
        name: {
            **prior,
            "unit": _MEANING[f"behaviour.{mechanism}.{name}"][0],
            "means": _MEANING[f"behaviour.{mechanism}.{name}"][1],
        }
        for name, prior in priors.items()
    }
    for mechanism, priors in _PRIORS.items()
}
"""Mechanism -> parameter -> prior (as in a scenario file), unit and meaning."""
