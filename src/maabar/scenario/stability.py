"""Whether prices settle: the step of the price equation must not overshoot.

With ``dlnP = speed*(D(P) - S(P) - net inflow)/(D0 + S0)`` a day, prices of a good are stable while
``speed*(eps_D*D0 + eps_S*S0 + 2*sum(k*P0/P_ref))/(D0 + S0) < 1`` in every market, where `k` is the
flow over a pair of markets at a margin as large as the reference price `P_ref`.

The condition is sufficient, not necessary: it counts every pair of markets, also those between
which nothing moves at the start.  A replicate in which a price does leave its bounds says so in its
status.

Assumes: net inflow at the start is that without tolls, an upper bound: tolls only slow trade.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from maabar.scenario.schema import Scenario


class Stability(NamedTuple):
    """How near the prices of one good in one market come to overshooting.

    Parameters
    ----------
    market, good : str
        Ids.
    number : float
        Below 1: stable.
    """

    market: str
    good: str
    number: float


def stability(scenario: Scenario) -> list[Stability]:
    """The stability number of every price, at the medians of the priors.

    Parameters
    ----------
    scenario : Scenario
        As loaded, so that `same_as` is resolved.

    Returns
    -------
    list of Stability
        Empty where `behaviour.trade.speed` is unknown.
    """
    trade = scenario.behaviour.get("trade", {})
    if "speed" not in trade:
        return []
    speed = trade["speed"].median
    numbers = []
    for name, good in scenario.goods.items():
        prices = {
            market: one.goods[name].price_usd.median
            for market, one in scenario.markets.items()
            if name in one.goods
        }
        reference = sum(prices.values()) / max(len(prices), 1)
        flow, kilos = good.flow_units_day.median, good.weight_kg.median
        slope = dict.fromkeys(prices, 0.0)
        inflow = dict.fromkeys(prices, 0.0)
        for (a, b), haulage, ease in _pairs(scenario):
            if a not in prices or b not in prices:
                continue
            k = flow * (good.road_ease.median if ease else 1)
            gap = abs(prices[b] - prices[a]) - haulage * kilos / 1000
            moved = k * max(gap, 0) / reference
            to, since = (b, a) if prices[b] > prices[a] else (a, b)
            inflow[to] += moved
            inflow[since] -= moved
            for market in (a, b):
                slope[market] += k * prices[market] / reference
        for market in prices:
            demand = max(scenario.markets[market].goods[name].demand_day.median, inflow[market])
            supply = demand - inflow[market]
            response = good.demand_elasticity.median * demand
            response += good.supply_elasticity.median * supply
            total = demand + supply
            if total > 0:
                number = speed * (response + 2 * slope[market]) / total
                numbers.append(Stability(market, name, number))
    return numbers


def _pairs(scenario: Scenario) -> Iterator[tuple[tuple[str, str], float, bool]]:
    """Pairs of markets with the cheapest haulage in USD a tonne, and whether a road joins them."""
    river: dict[tuple[str, str], float] = {}
    for crossing in (one for one in scenario.crossings.values() if one.exists):
        markets = tuple(sorted(scenario.places[place].market for place in crossing.ends))
        if len(markets) == 2:
            haulage = crossing.haulage_usd_tonne.median
            river[markets] = min(haulage, river.get(markets, haulage))
    for pair, haulage in river.items():
        yield pair, haulage, False
    for road in scenario.roads.values():
        yield road.between, road.haulage_usd_tonne.median, True
