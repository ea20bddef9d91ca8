"""The first morning: who is where, what is believed, and tolls at rest at the given prices."""

from __future__ import annotations

import math

from maabar.engine import process
from maabar.engine.census import census
from maabar.engine.flow import mark_blocs
from maabar.engine.force import settle
from maabar.engine.holding import appraise
from maabar.engine.kernel import kernel
from maabar.engine.rng import uniform
from maabar.mechanisms.trade import fees, move_goods, set_fees, set_tolls

_ROUNDS = 400
_CLOSE = 1e-11  # relative change of tolls at which they are at rest
STRIKE_ROW = 2
_LAG = 1e9  # as far as a step can go


@kernel
def begin(world, state, key):
    """Fill the state of day 0 from the world of one replicate."""
    for n in range(state.raw.shape[0]):
        state.raw[n] = 0.0
    _place_groups(world, state)
    _form_beliefs(world, state, key)
    _settle_places(world, state)
    _date_timeline(world, state, key)
    census(world, state, 0)
    _open_markets(world, state)
    _remember(world, state)


@kernel
def _place_groups(world, state):
    for g in range(world.group.shape[0]):
        state.group[g].patron = world.group[g].patron
        state.group[g].flag = world.group[g].flag
        if world.group[g].flag < 0 and world.group[g].patron >= 0:
            state.group[g].flag = world.patron[world.group[g].patron].label
        state.group[g].bloc = world.group[g].bloc
        state.group[g].realigned = -1
        state.group[g].first_realigned = -1
        state.group[g].hit_event = -1
        state.group[g].patron_event = -1
        state.group[g].flag_event = -1
        state.group[g].pact_event = -1
        state.group[g].inertia = world.behaviour[0].allegiance_inertia
        most = -1
        seat = 0
        state.group[g].first = world.place.shape[0]
        for p in range(world.place.shape[0]):
            men = int(world.group_place[g, p].fighters * world.group[g].exists + 0.5)
            state.group_place[g, p].men = men
            state.group_place[g, p].light = int(men * world.group[g].light + 0.5)
            state.group_place[g, p].medium = int(men * world.group[g].medium + 0.5)
            state.group_place[g, p].event = -1
            if men > 0:
                settle(state, g, p)
            state.group[g].established += men
            if men > most:
                most = men
                seat = p
        state.group[g].hq = world.group[g].hq if world.group[g].hq >= 0 else seat
        if world.group[g].home < 0:
            world.group[g].home = state.group[g].hq
        state.group[g].cash = world.group[g].cash * state.group[g].established
        for h in range(world.group.shape[0]):
            state.group_group[g, h].trust = world.behaviour[0].diplomacy_trust
            state.group_group[g, h].event = -1
    for s in range(world.patron.shape[0]):
        state.patron[s].pay_event = -1


@kernel
def _form_beliefs(world, state, key):
    b0 = world.behaviour[0].threat_prior_exposure
    a0 = world.behaviour[0].threat_prior_rate * b0
    for v in range(world.striker.shape[0]):
        u = uniform(key, 0, process.CHOICE, v, 0)
        state.striker[v].campaign = 1 if u < world.striker[v].campaign_active else 0
        for label in range(world.striker_label.shape[1]):
            state.striker_label[v, label].hits = a0 * world.striker_label[v, label].hostility
            state.striker_label[v, label].exposure = b0
            state.striker_label[v, label].rate = state.striker_label[v, label].hits / b0
        for p in range(world.place.shape[0]):
            state.striker_place[v, p].hits = a0
            state.striker_place[v, p].exposure = b0
            state.striker_place[v, p].rate = a0 / b0


@kernel
def _settle_places(world, state):
    for p in range(world.place.shape[0]):
        people = int(world.place[p].population + 0.5)
        men = int(people * world.place[p].recruitable + 0.5)
        state.place[p].population = people - men
        state.place[p].stock = men
        state.place[p].besieged = -1
        state.place[p].siege_event = -1
    for x in range(world.crossing.shape[0]):
        state.crossing[x].open_event = -1
        for e in range(2):
            holder = world.crossing_end[x, e].holder
            if holder >= 0 and world.group[holder].exists == 0:
                holder = -1
            state.crossing_end[x, e].holder = holder
            state.crossing_end[x, e].vacated = -1
            state.crossing_end[x, e].left = -1
            state.crossing_end[x, e].event = -1
            state.crossing_end[x, e].attacker = -1


@kernel
def _date_timeline(world, state, key):
    for r in range(world.timeline.shape[0]):
        span = world.timeline[r].last_day - world.timeline[r].first_day + 1
        part = world.timeline[r].part if world.timeline[r].act == STRIKE_ROW else 0
        u = uniform(key, part, process.DATE, world.timeline[r].key, 0)
        state.timeline[r].day = world.timeline[r].first_day + int(u * span)
        state.timeline[r].event = -1


@kernel
def _balance(world, state):
    """Supply is what demand and net inflow leave; demand is at least the net inflow."""
    for m in range(world.market.shape[0]):
        for k in range(world.good.shape[0]):
            state.market_good[m, k].made = 0.0
    for r in range(world.pair.shape[0]):
        for k in range(world.good.shape[0]):
            flow = state.pair_good[r, k].flow
            state.market_good[world.pair[r].a, k].made -= flow
            state.market_good[world.pair[r].b, k].made += flow
    for m in range(world.market.shape[0]):
        for k in range(world.good.shape[0]):
            inflow = state.market_good[m, k].made
            used = max(world.market_good[m, k].demand, inflow)
            state.market_good[m, k].demand = used
            state.market_good[m, k].supply = used - inflow
            state.market_good[m, k].used = used
            state.market_good[m, k].made = used - inflow


@kernel
def _open_markets(world, state):
    """Tolls and fees at their fixed point at the given prices; supply and demand to match."""
    for m in range(world.market.shape[0]):
        state.market[m].basket = world.market[m].aid
        for k in range(world.good.shape[0]):
            state.market_good[m, k].price = world.market_good[m, k].price
            state.market_good[m, k].demand = world.market_good[m, k].demand
    mark_blocs(world, state)
    before = 0.0
    for _ in range(_ROUNDS):
        move_goods(world, state)
        _balance(world, state)
        set_tolls(world, state, _LAG)
        now = _sum_of_tolls(world, state)
        if abs(now - before) <= _CLOSE * now:
            break
        before = now
    set_fees(world, state, 1.0)
    move_goods(world, state)
    _balance(world, state)
    for r in range(world.pair.shape[0]):
        for k in range(world.good.shape[0]):
            state.pair_good[r, k].start = state.pair_good[r, k].flow


@kernel
def _sum_of_tolls(world, state):
    """Squares of tolls against prices, summed: still when all of them are."""
    total = 0.0
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            for k in range(world.good.shape[0]):
                toll = state.crossing_end_good[x, e, k].toll / world.good[k].reference_price
                total += (1.0 + x + 2.0 * e) * toll * toll
    return total


@kernel
def _remember(world, state):
    """What every end earns at rest."""
    for x in range(world.crossing.shape[0]):
        people = (
            world.crossing[x].travellers
            * world.crossing[x].exists
            * math.exp(-fees(world, state, x) / world.run[0].fee_scale)
        )
        for e in range(2):
            income = people * state.crossing_end[x, e].fee
            for k in range(world.good.shape[0]):
                income += state.crossing_end_good[x, e, k].toll * abs(
                    state.crossing_good[x, k].flow
                )
            state.crossing_end[x, e].income = income
    appraise(world, state)
