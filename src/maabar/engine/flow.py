"""Goods and people between two markets on one day, and the tolls that takers would ask of them.

Used by the day's trade and, at the beginning, to find the tolls at rest.
"""

from __future__ import annotations

import math

from maabar.engine.kernel import kernel


@kernel
def passage(world, state, x, k):
    """Share of its capacity that a crossing offers a good: whole, informal, or none.

    A vacant end, and for what can be hidden a closed crossing, leaves the informal share.
    """
    if world.crossing[x].exists == 0:
        return 0.0
    first = world.crossing_end[x, 0].place
    second = world.crossing_end[x, 1].place
    closed = (
        world.crossing[x].open == 0
        or state.place[first].besieged >= 0
        or state.place[second].besieged >= 0
    )
    if closed:
        return world.crossing[x].informal if world.good[k].concealable > 0 else 0.0
    if state.crossing_end[x, 0].holder < 0 or state.crossing_end[x, 1].holder < 0:
        return world.crossing[x].informal
    return 1.0


@kernel
def carriage(world, state, x, k):
    """Cost of taking a unit across: haulage, both tolls, both levies, USD."""
    if world.crossing[x].open == 0:
        return world.crossing[x].haulage * world.good[k].weight
    levy = world.crossing_end[x, 0].levy_tonne + world.crossing_end[x, 1].levy_tonne
    return (
        (world.crossing[x].haulage + levy) * world.good[k].weight
        + state.crossing_end_good[x, 0, k].toll
        + state.crossing_end_good[x, 1, k].toll
    )


@kernel
def cross_river(world, state, r, k):
    """Flow of one good between the markets of a river pair, and its split over crossings.

    ``C = -theta ln sum sigma exp(-c / theta)``, ``m = (|gap| - C)+``, ``Q = k m / P_ref``; the
    direction is that of the gap.
    """
    a = world.pair[r].a
    b = world.pair[r].b
    gap = state.market_good[b, k].price - state.market_good[a, k].price
    reference = world.good[k].reference_price
    theta = world.behaviour[0].trade_theta * reference
    capacity = 0.0
    total = 0.0
    x = world.pair[r].first
    while x >= 0:
        capacity += world.crossing[x].capacity
        weight = (
            passage(world, state, x, k)
            * world.crossing[x].capacity
            * math.exp(-carriage(world, state, x, k) / theta)
        )
        state.crossing_good[x, k].share = weight
        total += weight
        x = world.crossing[x].next
    margin = 0.0
    if total > 0:
        margin = max(0.0, abs(gap) + theta * math.log(total / capacity))
    response = world.behaviour[0].trade_price_response
    size = response * world.good[k].flow * margin / reference
    flow = size if gap >= 0 else -size
    flow += (1.0 - response) * state.pair_good[r, k].start
    x = world.pair[r].first
    while x >= 0:
        share = state.crossing_good[x, k].share / total if total > 0 else 0.0
        if total <= 0 and response < 1:
            share = world.crossing[x].capacity / capacity
        state.crossing_good[x, k].share = share
        state.crossing_good[x, k].flow = flow * share
        x = world.crossing[x].next
    state.pair_good[r, k].flow = flow
    state.pair_good[r, k].margin = margin


@kernel
def cross_road(world, state, r, k):
    """Flow of one good along a road: haulage, no toll; a siege of either end closes it."""
    a = world.pair[r].a
    b = world.pair[r].b
    shut = (
        world.pair[r].open == 0
        or state.place[world.pair[r].through_a].besieged >= 0
        or state.place[world.pair[r].through_b].besieged >= 0
    )
    gap = state.market_good[b, k].price - state.market_good[a, k].price
    margin = max(0.0, abs(gap) - world.pair[r].haulage * world.good[k].weight)
    if shut:
        margin = 0.0
    flow = world.good[k].flow * world.good[k].road_ease * margin / world.good[k].reference_price
    state.pair_good[r, k].flow = flow if gap >= 0 else -flow
    state.pair_good[r, k].margin = margin


@kernel
def respect_capacity(world, state, r):
    """Scale down what is heavier than a crossing can carry; weigh what goes over."""
    x = world.pair[r].first
    while x >= 0:
        tonnes = 0.0
        margin = 0.0
        for k in range(world.good.shape[0]):
            flow = abs(state.crossing_good[x, k].flow)
            tonnes += flow * world.good[k].weight
            margin += flow * state.pair_good[r, k].margin
        if tonnes > world.crossing[x].capacity:
            scale = world.crossing[x].capacity / tonnes
            for k in range(world.good.shape[0]):
                flow = state.crossing_good[x, k].flow
                state.crossing_good[x, k].flow = flow * scale
                state.pair_good[r, k].flow -= flow * (1.0 - scale)
            tonnes *= scale
            margin *= scale
        state.crossing[x].tonnes = tonnes
        state.crossing[x].margin = margin
        x = world.crossing[x].next


@kernel
def mark_blocs(world, state):
    """Which bloc sets the tolls at every end; -1: nobody."""
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            holder = state.crossing_end[x, e].holder
            state.crossing_end[x, e].bloc = state.group[holder].bloc if holder >= 0 else -1


@kernel
def concentration(world, state, r, e, k):
    """Herfindahl index of the blocs' flows of a good on one side of a pair.

    What passes a vacant end is nobody's.
    """
    total = 0.0
    x = world.pair[r].first
    while x >= 0:
        bloc = state.crossing_end[x, e].bloc
        share = state.crossing_good[x, k].share
        y = world.crossing[x].next
        if bloc >= 0:
            ours = share
            while y >= 0:
                if state.crossing_end[y, e].bloc == bloc:
                    ours += 2.0 * state.crossing_good[y, k].share
                y = world.crossing[y].next
            total += ours * share
        x = world.crossing[x].next
    return total


@kernel
def price_slope(world, state, r, k):
    """How much the price gap moves per unit of flow: ``sum P / (eps_D D + eps_S S)``, USD day."""
    total = 0.0
    for m in (world.pair[r].a, world.pair[r].b):
        ease = (
            world.good[k].demand_elasticity * state.market_good[m, k].used
            + world.good[k].supply_elasticity * state.market_good[m, k].made
        )
        if ease > 0:
            total += state.market_good[m, k].price / ease
    return total


@kernel
def use_and_make(world, state, m, k):
    """Isoelastic demand and supply at today's price, units a day."""
    z = state.market_good[m, k].log_price
    used = state.market_good[m, k].demand
    if used > 0:
        used *= math.exp(-world.good[k].demand_elasticity * z)
    made = state.market_good[m, k].supply
    if made > 0:
        made *= math.exp(world.good[k].supply_elasticity * z)
    state.market_good[m, k].used = used
    state.market_good[m, k].made = made
