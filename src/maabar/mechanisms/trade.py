"""Trade: goods move where prices call them, over the crossings that cost least, and tolls follow.

Between two markets the flow of a good grows with the price gap less haulage and tolls; direction is
never written down.  It splits over the crossings of the pair; whoever holds an end asks the toll
that its share of the traffic makes worth asking.  Prices move with what is short.

``C = -theta ln sum_x sigma_x exp(-c_x / theta)``, ``m = (gap - C)+``, ``Q = k m / P_ref``;
toll aimed at ``H (m + s Q)``, by a step implicit in ``m``;
``dlnP = speed short / (D0 + S0 + speed answer)``, where ``short`` is ``D - S - net inflow`` and
``answer`` its fall per unit of ``lnP`` (a step implicit in the price);
travellers ``Poisson(N exp(-fees / w))``, fee aimed at ``H w``.

Source: C42, C49-C51; Takayama & Judge 1971; Cournot conduct; F-prices-2022-09.
Assumes: traders take prices as given; a holder knows how prices answer to its toll.
Draws: TRAVEL.
Emits: nothing.
"""

import math

from maabar.engine import process
from maabar.engine.flow import (
    concentration,
    cross_river,
    cross_road,
    mark_blocs,
    price_slope,
    respect_capacity,
    use_and_make,
)
from maabar.engine.kernel import kernel
from maabar.engine.rng import poisson, uniform_pair

READS = (
    "state.crossing.first",
    "state.crossing.second",
    "state.crossing.tonnes",
    "state.crossing.travellers",
    "state.crossing_end.bloc",
    "state.crossing_end.fee",
    "state.crossing_end.holder",
    "state.crossing_end.levy",
    "state.crossing_end.tolls",
    "state.crossing_end_good.toll",
    "state.crossing_good.flow",
    "state.crossing_good.share",
    "state.group.bloc",
    "state.market_good.answer",
    "state.market_good.demand",
    "state.market_good.inflow",
    "state.market_good.log_price",
    "state.market_good.made",
    "state.market_good.price",
    "state.market_good.stock",
    "state.market_good.supply",
    "state.market_good.used",
    "state.pair_good.flow",
    "state.pair_good.margin",
    "state.pair_good.start",
    "state.place.arrived",
    "state.place.besieged",
    "state.run.household",
    "state.run.outside",
    "state.run.trader",
    "world.behaviour.trade_fee_share",
    "world.behaviour.trade_price_response",
    "world.behaviour.trade_speed",
    "world.behaviour.trade_theta",
    "world.behaviour.trade_toll_lag",
    "world.crossing.capacity",
    "world.crossing.exists",
    "world.crossing.haulage",
    "world.crossing.informal",
    "world.crossing.next",
    "world.crossing.open",
    "world.crossing.travellers",
    "world.crossing_end.fee_cap",
    "world.crossing_end.levy_person",
    "world.crossing_end.levy_tonne",
    "world.crossing_end.place",
    "world.crossing_end.toll_cap",
    "world.good.concealable",
    "world.good.demand_elasticity",
    "world.good.flow",
    "world.good.reference_price",
    "world.good.road_ease",
    "world.good.supply_elasticity",
    "world.good.weight",
    "world.market_good.price",
    "world.market_good.traded",
    "world.pair.a",
    "world.pair.b",
    "world.pair.first",
    "world.pair.haulage",
    "world.pair.open",
    "world.pair.road",
    "world.pair.through_a",
    "world.pair.through_b",
    "world.run.fee_scale",
    "world.run.observe_day",
    "world.run.westbound",
)
WRITES = (
    "state.crossing.first",
    "state.crossing.first_today",
    "state.crossing.margin",
    "state.crossing.people",
    "state.crossing.second",
    "state.crossing.tonnes",
    "state.crossing.travellers",
    "state.crossing_end.bloc",
    "state.crossing_end.fee",
    "state.crossing_end.fees",
    "state.crossing_end.levy",
    "state.crossing_end.today",
    "state.crossing_end.tolls",
    "state.crossing_end_good.toll",
    "state.crossing_good.flow",
    "state.crossing_good.share",
    "state.market_good.answer",
    "state.market_good.inflow",
    "state.market_good.log_price",
    "state.market_good.made",
    "state.market_good.price",
    "state.market_good.stock",
    "state.market_good.used",
    "state.pair_good.flow",
    "state.pair_good.margin",
    "state.place.arrived",
    "state.run.household",
    "state.run.outside",
    "state.run.trader",
)
PROCESS = (process.TRAVEL,)
EMITS = ()


@kernel
def move_goods(world, state):
    """Flows of every good between every two markets, within what crossings can carry."""
    for r in range(world.pair.shape[0]):
        for k in range(world.good.shape[0]):
            a = world.pair[r].a
            b = world.pair[r].b
            state.pair_good[r, k].flow = 0.0
            state.pair_good[r, k].margin = 0.0
            if world.market_good[a, k].traded == 0 or world.market_good[b, k].traded == 0:
                continue
            if world.pair[r].road == 1:
                cross_road(world, state, r, k)
            else:
                cross_river(world, state, r, k)
        if world.pair[r].road == 0:
            respect_capacity(world, state, r)


@kernel
def pay_on_the_way(world, state):
    """What traders gain and pay for haulage; what is taken at every end."""
    for r in range(world.pair.shape[0]):
        for k in range(world.good.shape[0]):
            flow = state.pair_good[r, k].flow
            gap = (
                state.market_good[world.pair[r].b, k].price
                - state.market_good[world.pair[r].a, k].price
            )
            haulage = world.pair[r].haulage * world.good[k].weight * abs(flow)
            state.run[0].household -= gap * flow
            state.run[0].trader += gap * flow - haulage
            state.run[0].outside += haulage
    for x in range(world.crossing.shape[0]):
        haulage = world.crossing[x].haulage * state.crossing[x].tonnes
        state.run[0].trader -= haulage
        state.run[0].outside += haulage
        for e in range(2):
            tolls = 0.0
            if state.crossing_end[x, e].holder >= 0 and world.crossing[x].open > 0:
                for k in range(world.good.shape[0]):
                    tolls += state.crossing_end_good[x, e, k].toll * abs(
                        state.crossing_good[x, k].flow
                    )
            state.crossing_end[x, e].tolls = tolls
            state.crossing_end[x, e].levy = (
                world.crossing_end[x, e].levy_tonne * state.crossing[x].tonnes
                if world.crossing[x].open > 0
                else 0.0
            )


@kernel
def move_toll(world, state, r, e, k, target, step):
    """Holders on one side of a pair move a toll a step of the way to what is aimed at."""
    x = world.pair[r].first
    while x >= 0:
        toll = 0.0
        if state.crossing_end[x, e].holder >= 0:
            toll = state.crossing_end_good[x, e, k].toll
            toll += step * (target - toll)
        state.crossing_end_good[x, e, k].toll = min(
            toll, world.crossing_end[x, e].toll_cap * world.good[k].weight
        )
        x = world.crossing[x].next


@kernel
def set_tolls(world, state, lag):
    """Every holder moves its tolls towards those that its bloc's traffic makes worth asking.

    Aimed at is ``H (m + s Q)``: a monopolist's optimum at H = 1, ``(gap - haulage) / (n + 1)`` with
    n equal blocs at fixed prices.  The step is implicit in the margin, which falls with both sides'
    tolls: however large the lag, tolls do not overshoot.
    """
    for r in range(world.pair.shape[0]):
        if world.pair[r].road == 1:
            continue
        for k in range(world.good.shape[0]):
            slope = price_slope(world, state, r, k)
            first = concentration(world, state, r, 0, k)
            second = concentration(world, state, r, 1, k)
            worth = state.pair_good[r, k].margin + slope * abs(state.pair_good[r, k].flow)
            steep = (first + second) * (
                1.0 + slope * world.good[k].flow / world.good[k].reference_price
            )
            step = lag / (1.0 + lag * (1.0 + steep))
            move_toll(world, state, r, 0, k, first * worth, step)
            move_toll(world, state, r, 1, k, second * worth, step)


@kernel
def fees(world, state, x):
    """What a traveller pays at both ends, levies included."""
    return (
        state.crossing_end[x, 0].fee
        + state.crossing_end[x, 1].fee
        + world.crossing_end[x, 0].levy_person
        + world.crossing_end[x, 1].levy_person
    )


@kernel
def move_people(world, state, key, day):
    """Travellers both ways; whole people, counted at either end."""
    for x in range(world.crossing.shape[0]):
        mean = 0.0
        if world.crossing[x].exists > 0 and world.crossing[x].open > 0:
            besieged = (
                state.place[world.crossing_end[x, 0].place].besieged >= 0
                or state.place[world.crossing_end[x, 1].place].besieged >= 0
            )
            if not besieged:
                mean = world.crossing[x].travellers * math.exp(
                    -fees(world, state, x) / world.run[0].fee_scale
                )
        u, w = uniform_pair(key, day, process.TRAVEL, x, 0)
        count = poisson(u, mean)
        first = min(count, int(count * world.run[0].westbound + w))
        state.crossing[x].people = count
        state.crossing[x].first_today = first
        state.crossing[x].first += first
        state.crossing[x].second += count - first
        if day >= world.run[0].observe_day:
            state.crossing[x].travellers += count
        state.place[world.crossing_end[x, 0].place].arrived += 2 * first - count
        state.place[world.crossing_end[x, 1].place].arrived -= 2 * first - count
        for e in range(2):
            people = count * state.crossing_end[x, e].fee
            state.crossing_end[x, e].levy += count * world.crossing_end[x, e].levy_person
            state.crossing_end[x, e].fees = people
            state.crossing_end[x, e].today = state.crossing_end[x, e].tolls + people


@kernel
def people_concentration(world, state, r, e):
    """Herfindahl index of the blocs' travellers on one side of a pair."""
    whole = 0.0
    total = 0.0
    x = world.pair[r].first
    while x >= 0:
        whole += world.crossing[x].travellers * world.crossing[x].open
        bloc = state.crossing_end[x, e].bloc
        ours = 0.0
        y = world.pair[r].first
        while y >= 0:
            if bloc >= 0 and state.crossing_end[y, e].bloc == bloc:
                ours += world.crossing[y].travellers * world.crossing[y].open
            y = world.crossing[y].next
        total += ours * world.crossing[x].travellers * world.crossing[x].open
        x = world.crossing[x].next
    return total / (whole * whole) if whole > 0 else 0.0


@kernel
def set_fees(world, state, lag):
    """Every holder moves its fee a share of the way to ``H w``."""
    most = world.behaviour[0].trade_fee_share * world.run[0].fee_scale
    for r in range(world.pair.shape[0]):
        if world.pair[r].road == 1:
            continue
        for e in range(2):
            target = most * people_concentration(world, state, r, e)
            x = world.pair[r].first
            while x >= 0:
                fee = 0.0
                if state.crossing_end[x, e].holder >= 0:
                    fee = state.crossing_end[x, e].fee
                    fee += lag * (target - fee)
                state.crossing_end[x, e].fee = min(fee, world.crossing_end[x, e].fee_cap)
                x = world.crossing[x].next


@kernel
def count_inflows(world, state):
    """Net inflow of every good to every market, and how much it would answer to the price there."""
    for m in range(world.market.shape[0]):
        for k in range(world.good.shape[0]):
            state.market_good[m, k].inflow = 0.0
            state.market_good[m, k].answer = 0.0
    for r in range(world.pair.shape[0]):
        for k in range(world.good.shape[0]):
            flow = state.pair_good[r, k].flow
            if state.pair_good[r, k].margin > 0:
                ease = world.good[k].road_ease if world.pair[r].road == 1 else 1.0
                answer = ease * world.good[k].flow / world.good[k].reference_price
                state.market_good[world.pair[r].a, k].answer += answer
                state.market_good[world.pair[r].b, k].answer += answer
            state.market_good[world.pair[r].a, k].inflow -= flow
            state.market_good[world.pair[r].b, k].inflow += flow


@kernel
def set_prices(world, state):
    """Prices rise where more is used than made and brought, and fall where less is.

    The step is implicit in a market's own price: however fast, it does not overshoot.
    """
    count_inflows(world, state)
    speed = world.behaviour[0].trade_speed
    for m in range(world.market.shape[0]):
        for k in range(world.good.shape[0]):
            size = state.market_good[m, k].demand + state.market_good[m, k].supply
            if world.market_good[m, k].traded > 0:
                use_and_make(world, state, m, k)
                used = state.market_good[m, k].used
                made = state.market_good[m, k].made
                short = used - made - state.market_good[m, k].inflow
                answer = (
                    world.good[k].demand_elasticity * used
                    + world.good[k].supply_elasticity * made
                    + state.market_good[m, k].answer * state.market_good[m, k].price
                )
                state.market_good[m, k].stock -= short
                if size > 0 or speed * answer > 0:
                    state.market_good[m, k].log_price += speed * short / (size + speed * answer)
                state.market_good[m, k].price = world.market_good[m, k].price * math.exp(
                    state.market_good[m, k].log_price
                )


@kernel
def trade(world, state, log, key, day):
    """Goods, people, tolls, fees, prices."""
    mark_blocs(world, state)
    move_goods(world, state)
    pay_on_the_way(world, state)
    move_people(world, state, key, day)
    set_tolls(world, state, world.behaviour[0].trade_toll_lag)
    set_fees(world, state, world.behaviour[0].trade_toll_lag)
    set_prices(world, state)
