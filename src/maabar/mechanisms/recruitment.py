"""Recruitment: poverty enlists, unpaid wages and fear send men home.

A man compares what a gun brings with what he earns without it, both at today's cost of living, and
the danger; men are finite and go back to the stock when they desert.  Patrons replace the losses of
their foreign fighters and regulars from outside.

``z = ((pay - outside wage) / basket + ration - fear) / scale``; enlist
``base * logistic(z)`` of the stock, desert ``base * logistic(-z) * (1 + arrears)``.

Source: C29-C31, C56-C58; F-wages-2022.
Assumes: a group takes men where it sits; a patron stops taking men at its capacity.
Draws: SERVICE, REPLENISH.
Emits: nothing.
"""

from maabar.engine import process
from maabar.engine.fear import fear
from maabar.engine.force import settle
from maabar.engine.kernel import kernel
from maabar.engine.points import COMPANY, pay
from maabar.engine.rng import binomial, logistic, uniform, uniform_pair

READS = (
    "state.group.arrears",
    "state.group.deserted",
    "state.group.enlisted",
    "state.group.established",
    "state.group.first",
    "state.group.flag",
    "state.group.hq",
    "state.group.men",
    "state.group.past",
    "state.group.patron",
    "state.group_place.men",
    "state.group_place.men_posture",
    "state.market.basket",
    "state.market_good.price",
    "state.patron.clients",
    "state.place.stock",
    "state.run.abroad",
    "state.run.deserters",
    "state.run.recruits",
    "state.striker_label.rate",
    "state.striker_place.rate",
    "world.behaviour.posture_fresh",
    "world.behaviour.recruitment_arrears",
    "world.behaviour.recruitment_desert_per_day",
    "world.behaviour.recruitment_enlist_per_day",
    "world.behaviour.recruitment_ration",
    "world.behaviour.recruitment_replenish_per_day",
    "world.behaviour.recruitment_scale",
    "world.behaviour.recruitment_wage_weight",
    "world.behaviour.threat_mix",
    "world.behaviour.threat_price_of_fear",
    "world.good.basket",
    "world.group.exists",
    "world.group.kind",
    "world.group.pay",
    "world.group.recruits",
    "world.market.aid",
    "world.market_good.price",
    "world.market_good.traded",
    "world.patron.capacity",
    "world.patron.label",
    "world.patron.pay_core",
    "world.patron.pay_foreign",
    "world.patron.pay_local",
    "world.place.market",
    "world.place.wage",
    "world.run.observe_day",
    "world.striker.deceived",
    "world.striker.exists",
    "world.striker.lethality",
    "world.striker.restraint_homes",
    "world.striker_patron.restraint",
)
WRITES = (
    "state.group.deserted",
    "state.group.enlisted",
    "state.group.first",
    "state.group.past",
    "state.group_place.men",
    "state.market.basket",
    "state.place.stock",
    "state.run.abroad",
    "state.run.deserters",
    "state.run.recruits",
)
PROCESS = (process.SERVICE, process.REPLENISH)
EMITS = ()


@kernel
def price_baskets(world, state):
    """Cost of the food-and-fuel basket in every market, against its start."""
    for m in range(world.market.shape[0]):
        cost = 1.0
        for k in range(world.good.shape[0]):
            if world.market_good[m, k].traded > 0:
                cost += world.good[k].basket * (
                    state.market_good[m, k].price / world.market_good[m, k].price - 1.0
                )
        state.market[m].basket = cost * world.market[m].aid


@kernel
def gain(world, state, g, p):
    """What joining `g` in `p` brings a man, in scales."""
    patron = state.group[g].patron
    danger = fear(
        world,
        state,
        p,
        patron,
        world.patron[patron].label,
        state.group[g].flag,
        state.group_place[g, p].men_posture,
        False,
    )
    paid = pay(world, g, patron) * (1.0 - state.group[g].arrears)
    real = (paid - world.place[p].wage) / state.market[world.place[p].market].basket
    return (
        world.behaviour[0].recruitment_wage_weight * real
        + world.behaviour[0].recruitment_ration
        - danger
    ) / world.behaviour[0].recruitment_scale


@kernel
def room(world, state, g):
    """How far the patron still takes men, between 0 and 1."""
    patron = state.group[g].patron
    capacity = world.patron[patron].capacity
    if world.group[g].kind == COMPANY:
        return max(0.0, 1.0 - state.group[g].men / (2.0 * max(1, state.group[g].established)))
    if capacity <= 0:
        return 0.0
    return max(0.0, 1.0 - state.patron[patron].clients / capacity)


@kernel
def enlist(world, state, u, day, g, p, z):
    """Men of the place join; rifles of those who deserted or died are there for them."""
    chance = world.behaviour[0].recruitment_enlist_per_day * logistic(z) * room(world, state, g)
    men = binomial(u, state.place[p].stock, chance)
    state.place[p].stock -= men
    state.group_place[g, p].men += men
    if day >= world.run[0].observe_day:
        state.group[g].enlisted += men
        state.run[0].recruits += men


@kernel
def desert(world, state, u, day, g, p, z):
    """Men go home; their rifles stay."""
    owed = 1.0 + world.behaviour[0].recruitment_arrears * state.group[g].arrears
    chance = world.behaviour[0].recruitment_desert_per_day * logistic(-z) * owed
    men = binomial(u, state.group_place[g, p].men, chance)
    state.group_place[g, p].men -= men
    if world.group[g].recruits == 0:
        state.place[p].stock += men
    else:
        state.run[0].abroad += men
    if day >= world.run[0].observe_day:
        state.group[g].deserted += men
        state.run[0].deserters += men


@kernel
def replenish(world, state, key, day, g):
    """A patron sends replacements to where its foreign or core group sits."""
    missing = state.group[g].established - state.group[g].men
    men = binomial(
        uniform(key, day, process.REPLENISH, g, 0),
        missing,
        world.behaviour[0].recruitment_replenish_per_day,
    )
    if men > 0:
        settle(state, g, state.group[g].hq)
        state.group_place[g, state.group[g].hq].men += men
        state.run[0].abroad -= men


@kernel
def recruitment(world, state, log, key, day):
    """Every group in every place that it sits in."""
    price_baskets(world, state)
    for g in range(world.group.shape[0]):
        if state.group[g].patron < 0 or world.group[g].exists == 0:
            continue
        if world.group[g].recruits > 0:
            replenish(world, state, key, day, g)
        for p in range(state.group[g].first, state.group[g].past):
            if state.group_place[g, p].men > 0:
                z = gain(world, state, g, p)
                u, w = uniform_pair(key, day, process.SERVICE, g, p)
                if world.group[g].recruits == 0:
                    enlist(world, state, u, day, g, p, z)
                desert(world, state, w, day, g, p, z)
