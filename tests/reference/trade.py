"""9. Trade: goods move where prices call them, over the crossings that cost least; tolls follow.

``C = -theta ln sum_x sigma_x exp(-c_x / theta)``, ``m = (gap - C)+``, ``Q = k m / P_ref``; toll
aimed at ``H (m + s Q)``; ``dlnP = speed short / (D0 + S0 + speed answer)``, a step implicit in the
market's own price; the step of a toll is implicit in ``m``; travellers ``Poisson(N exp(-fees / w))``, fee aimed at ``H w``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from . import draw
from .replicate import Replicate


def trade(r: Replicate) -> None:
    """Goods, money on the way, people, tolls, fees, prices."""
    mark_blocs(r)
    move_goods(r)
    pay_on_the_way(r)
    move_people(r)
    set_tolls(r, r.b.trade_toll_lag)
    set_fees(r, r.b.trade_toll_lag)
    set_prices(r)


# -- goods ---------------------------------------------------------------------------------------


def move_goods(r: Replicate) -> None:
    """Flows between every two markets, within what crossings can carry."""
    for pair in r.pairs:
        given = r.w.pair[pair]
        for k in r.goods:
            r.s.pair_good[pair][k].flow = r.s.pair_good[pair][k].margin = 0.0
            if r.w.market_good[given.a][k].traded and r.w.market_good[given.b][k].traded:
                (cross_road if given.road else cross_river)(r, pair, k)
        if not given.road:
            respect_capacity(r, pair)


def gap(r: Replicate, pair: int, k: int) -> float:
    """Price in the second market less that in the first."""
    a, b = r.w.pair[pair].a, r.w.pair[pair].b
    return r.s.market_good[b][k].price - r.s.market_good[a][k].price


def besieged(r: Replicate, x: int) -> bool:
    """Whether either place of a crossing is under siege."""
    return any(r.s.place[r.w.crossing_end[x][e].place].besieged >= 0 for e in (0, 1))


def passage(r: Replicate, x: int, k: int) -> float:
    """Share of its capacity that a crossing offers a good: whole, informal or none."""
    crossing = r.w.crossing[x]
    if not crossing.exists:
        return 0.0
    if not crossing.open or besieged(r, x):
        return crossing.informal if r.w.good[k].concealable else 0.0
    vacant = any(r.s.crossing_end[x][e].holder < 0 for e in (0, 1))
    return crossing.informal if vacant else 1.0


def carriage(r: Replicate, x: int, k: int) -> float:
    """Haulage, tolls and levies on a unit; on a closed crossing nobody takes any."""
    tonne, tolls = r.w.crossing[x].haulage, 0.0
    if r.w.crossing[x].open:
        tonne += sum(r.w.crossing_end[x][e].levy_tonne for e in (0, 1))
        tolls = sum(r.s.crossing_end_good[x][e][k].toll for e in (0, 1))
    return tonne * r.w.good[k].weight + tolls


def cross_river(r: Replicate, pair: int, k: int) -> None:
    """One good between the markets of a river pair, and its split over crossings."""
    crossings = r.crossings_of(pair)
    reference, state = r.w.good[k].reference_price, r.s.pair_good[pair][k]
    theta = r.b.trade_theta * reference
    capacity = sum(r.w.crossing[x].capacity for x in crossings)
    weight = {
        x: passage(r, x, k) * r.w.crossing[x].capacity * math.exp(-carriage(r, x, k) / theta)
        for x in crossings
    }
    total = sum(weight.values())
    difference = gap(r, pair, k)
    if total > 0:
        cost = -theta * math.log(total / capacity)
        state.margin = max(0.0, abs(difference) - cost)
    response = r.b.trade_price_response
    flow = r.w.good[k].flow * state.margin / reference
    state.flow = response * math.copysign(flow, difference) + (1 - response) * state.start
    for x in crossings:
        crossing_good = r.s.crossing_good[x][k]
        if total > 0:
            crossing_good.share = weight[x] / total
        elif response < 1:  # who is blind to closures goes on as before
            crossing_good.share = r.w.crossing[x].capacity / capacity
        else:
            crossing_good.share = 0.0
        crossing_good.flow = state.flow * crossing_good.share


def cross_road(r: Replicate, pair: int, k: int) -> None:
    """One good along a road: haulage, no toll; a siege of either end closes it."""
    road, good, state = r.w.pair[pair], r.w.good[k], r.s.pair_good[pair][k]
    sieges = (r.s.place[road.through_a].besieged, r.s.place[road.through_b].besieged)
    difference = gap(r, pair, k)
    if road.open and max(sieges) < 0:
        state.margin = max(0.0, abs(difference) - road.haulage * good.weight)
    flow = good.flow * good.road_ease * state.margin / good.reference_price
    state.flow = math.copysign(flow, difference)


def respect_capacity(r: Replicate, pair: int) -> None:
    """What is heavier than a crossing can carry stays behind, all goods alike."""
    for x in r.crossings_of(pair):
        goods, state = r.s.crossing_good[x], r.s.crossing[x]
        tonnes = sum(abs(goods[k].flow) * r.w.good[k].weight for k in r.goods)
        scale = 1.0
        if tonnes > r.w.crossing[x].capacity:
            scale = r.w.crossing[x].capacity / tonnes
            for k in r.goods:
                r.s.pair_good[pair][k].flow -= goods[k].flow * (1 - scale)
                goods[k].flow *= scale
        state.tonnes = float(tonnes * scale)
        state.margin = float(
            sum(abs(goods[k].flow) * r.s.pair_good[pair][k].margin for k in r.goods)
        )


def pay_on_the_way(r: Replicate) -> None:
    """Households pay and earn prices, traders haulage and tolls; levies are taken beside."""
    run = r.s.run
    for pair in r.pairs:
        for k in r.goods:
            flow = r.s.pair_good[pair][k].flow
            gains = gap(r, pair, k) * flow
            haulage = r.w.pair[pair].haulage * r.w.good[k].weight * abs(flow)
            run.household -= gains
            run.trader += gains - haulage
            run.outside += haulage
    for x in r.crossings:
        haulage = r.w.crossing[x].haulage * r.s.crossing[x].tonnes
        run.trader -= haulage
        run.outside += haulage
    for x, e in r.ends:
        end = r.s.crossing_end[x][e]
        end.tolls = end.levy = 0.0
        if r.w.crossing[x].open:
            end.levy = r.w.crossing_end[x][e].levy_tonne * r.s.crossing[x].tonnes
            if end.holder >= 0:
                end.tolls = float(
                    sum(
                        r.s.crossing_end_good[x][e][k].toll * abs(r.s.crossing_good[x][k].flow)
                        for k in r.goods
                    )
                )


# -- tolls ---------------------------------------------------------------------------------------


def mark_blocs(r: Replicate) -> None:
    """Holders of one bloc set their tolls together; a vacant end is nobody's."""
    for x, e in r.ends:
        end = r.s.crossing_end[x][e]
        end.bloc = r.s.group[end.holder].bloc if end.holder >= 0 else -1


def herfindahl(r: Replicate, crossings: Sequence[int], e: int, share: dict[int, float]) -> float:
    """Sum of squared shares of the blocs that hold one side."""
    blocs: dict[int, float] = {}
    for x in crossings:
        bloc = r.s.crossing_end[x][e].bloc
        if bloc >= 0:
            blocs[bloc] = blocs.get(bloc, 0.0) + share[x]
    return sum((one**2 for one in blocs.values()), 0.0)


def set_tolls(r: Replicate, lag: float) -> None:
    """Every holder moves its toll towards ``H (m + s Q)``; caps hold at once.

    The margin falls with the tolls of both sides, and what is aimed at with it: by
    ``steep = (H_first + H_second) (1 + s k / P_ref)``.  A step that allows for that (implicit
    Euler) does not overshoot, however large the lag.
    """
    for pair in r.river_pairs:
        crossings = r.crossings_of(pair)
        for k in r.goods:
            good, trade = r.w.good[k], r.s.pair_good[pair][k]
            share = {x: r.s.crossing_good[x][k].share for x in crossings}
            slope = 0.0  # how much the gap moves per unit of flow
            for m in (r.w.pair[pair].a, r.w.pair[pair].b):
                at = r.s.market_good[m][k]
                ease = good.demand_elasticity * at.used + good.supply_elasticity * at.made
                slope += at.price / ease if ease > 0 else 0.0
            worth = trade.margin + slope * abs(trade.flow)
            shares = [herfindahl(r, crossings, e, share) for e in (0, 1)]
            steep = sum(shares) * (1 + slope * good.flow / good.reference_price)
            step = lag / (1 + lag * (1 + steep))
            for e in (0, 1):
                for x in crossings:
                    end = r.s.crossing_end_good[x][e][k]
                    held = r.s.crossing_end[x][e].holder >= 0
                    end.toll += step * (shares[e] * worth - end.toll)
                    end.toll = end.toll if held else 0.0
                    end.toll = min(end.toll, r.w.crossing_end[x][e].toll_cap * good.weight)


def set_fees(r: Replicate, lag: float) -> None:
    """Every holder moves its fee a share of the way to ``H w``, H of the travellers."""
    for pair in r.river_pairs:
        crossings = r.crossings_of(pair)
        people = {x: r.w.crossing[x].travellers * r.w.crossing[x].open for x in crossings}
        whole = sum(people.values())
        share = {x: people[x] / whole if whole > 0 else 0.0 for x in crossings}
        for e in (0, 1):
            aim = r.b.trade_fee_share * r.w.run.fee_scale * herfindahl(r, crossings, e, share)
            for x in crossings:
                end = r.s.crossing_end[x][e]
                end.fee = end.fee + lag * (aim - end.fee) if end.holder >= 0 else 0.0
                end.fee = min(end.fee, r.w.crossing_end[x][e].fee_cap)


# -- people --------------------------------------------------------------------------------------


def fees(r: Replicate, x: int) -> float:
    """What a traveller pays at both ends, levies included."""
    return sum(r.s.crossing_end[x][e].fee + r.w.crossing_end[x][e].levy_person for e in (0, 1))


def move_people(r: Replicate) -> None:
    """Travellers both ways; whole people, counted at either end."""
    for x in r.crossings:
        crossing, state = r.w.crossing[x], r.s.crossing[x]
        mean = 0.0
        if crossing.exists and crossing.open and not besieged(r, x):
            mean = crossing.travellers * math.exp(-fees(r, x) / r.w.run.fee_scale)
        people = draw.poisson(r.u(draw.TRAVEL, x, 0), mean)
        first = min(people, int(people * r.w.run.westbound + r.u(draw.TRAVEL, x, 1)))
        state.people, state.first_today = people, first
        state.first += first
        state.second += people - first
        if r.observed:
            state.travellers += people
        for e, more in ((0, 2 * first - people), (1, people - 2 * first)):
            given, end = r.w.crossing_end[x][e], r.s.crossing_end[x][e]
            r.s.place[given.place].arrived += more
            end.fees = people * end.fee
            end.levy += people * given.levy_person
            end.today = end.tolls + end.fees


# -- prices --------------------------------------------------------------------------------------


def set_prices(r: Replicate) -> None:
    """Isoelastic demand and supply at today's price; what is short raises it."""
    for m in r.markets:
        for k in r.goods:
            count_inflow(r, m, k)
    for m in r.markets:
        for k in r.goods:
            at, good, given = r.s.market_good[m][k], r.w.good[k], r.w.market_good[m][k]
            size = at.demand + at.supply
            if not given.traded:
                continue
            at.used = at.demand * math.exp(-good.demand_elasticity * at.log_price)
            at.made = at.supply * math.exp(good.supply_elasticity * at.log_price)
            short = at.used - at.made - at.inflow
            answer = good.demand_elasticity * at.used + good.supply_elasticity * at.made
            answer += at.answer * at.price
            at.stock -= short
            if size > 0 or r.b.trade_speed * answer > 0:
                at.log_price += r.b.trade_speed * short / (size + r.b.trade_speed * answer)
            at.price = given.price * math.exp(at.log_price)


def count_inflow(r: Replicate, m: int, k: int) -> None:
    """Net inflow of a good to a market, and how much it would rise with the price there."""
    at, good = r.s.market_good[m][k], r.w.good[k]
    at.inflow = at.answer = 0.0
    for pair in r.pairs:
        given, trade = r.w.pair[pair], r.s.pair_good[pair][k]
        if m in (given.a, given.b):
            at.inflow += trade.flow if m == given.b else -trade.flow
            if trade.margin > 0:
                ease = good.road_ease if given.road else 1.0
                at.answer += ease * good.flow / good.reference_price
