"""11. Recruitment: poverty enlists; unpaid wages and fear send men home.

``z = ((pay - outside wage) / basket + ration - fear) / scale``; enlist ``base * logistic(z)`` of
the stock, desert ``base * logistic(-z) * (1 + arrears)``.
"""

from __future__ import annotations

from . import draw
from .fear import fear_of
from .replicate import COMPANY, LOCAL, Replicate


def recruitment(r: Replicate) -> None:
    """Every group in every place that it sits in; patrons replace foreigners and regulars."""
    for m in r.markets:
        dearer = sum(
            r.w.good[k].basket * (r.s.market_good[m][k].price / r.w.market_good[m][k].price - 1)
            for k in r.goods
            if r.w.market_good[m][k].traded
        )
        r.s.market[m].basket = (1 + dearer) * r.w.market[m].aid
    for g in r.groups:
        if r.s.group[g].patron < 0 or not r.w.group[g].exists:
            continue
        if r.w.group[g].recruits != LOCAL:
            replenish(r, g)
        for p in r.places_of(g):
            z = gain(r, g, p)
            if r.w.group[g].recruits == LOCAL:
                enlist(r, g, p, z)
            desert(r, g, p, z)


def gain(r: Replicate, g: int, p: int) -> float:
    """What a gun under `g` brings a man of the place, in scales."""
    group = r.s.group[g]
    pay = r.pay(g, group.patron) * (1 - group.arrears)
    real = (pay - r.w.place[p].wage) / r.s.market[r.w.place[p].market].basket
    worth = r.b.recruitment_wage_weight * real + r.b.recruitment_ration - fear_of(r, g, p)
    return worth / r.b.recruitment_scale


def room(r: Replicate, g: int) -> float:
    """How far a patron, or a company up to twice its establishment, still takes men."""
    group = r.s.group[g]
    if r.w.group[g].kind == COMPANY:
        filled, capacity = group.men, 2 * max(1, group.established)
    else:
        filled, capacity = r.s.patron[group.patron].clients, r.w.patron[group.patron].capacity
    return max(0.0, 1 - filled / capacity) if capacity > 0 else 0.0


def enlist(r: Replicate, g: int, p: int, z: float) -> None:
    """Men of the place join."""
    chance = r.b.recruitment_enlist_per_day * draw.logistic(z) * room(r, g)
    men = draw.binomial(r.u(draw.SERVICE, g, 2 * p), r.s.place[p].stock, chance)
    r.s.place[p].stock -= men
    r.s.group_place[g][p].men += men
    if r.observed:
        r.s.group[g].enlisted += men
        r.s.run.recruits += men


def desert(r: Replicate, g: int, p: int, z: float) -> None:
    """Men go home, locals to the stock; their rifles stay."""
    owed = 1 + r.b.recruitment_arrears * r.s.group[g].arrears
    chance = r.b.recruitment_desert_per_day * draw.logistic(-z) * owed
    men = draw.binomial(r.u(draw.SERVICE, g, 2 * p + 1), r.s.group_place[g][p].men, chance)
    r.s.group_place[g][p].men -= men
    if r.w.group[g].recruits == LOCAL:
        r.s.place[p].stock += men
    else:
        r.s.run.abroad += men
    if r.observed:
        r.s.group[g].deserted += men
        r.s.run.deserters += men


def replenish(r: Replicate, g: int) -> None:
    """Replacements for what is missing come to the headquarters from outside."""
    group = r.s.group[g]
    missing = group.established - group.men
    men = draw.binomial(r.u(draw.REPLENISH, g, 0), missing, r.b.recruitment_replenish_per_day)
    r.s.group_place[g][group.hq].men += men
    r.s.run.abroad -= men
