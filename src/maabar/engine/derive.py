"""What follows from a world's inputs: distances' weights, shares of levies, reference prices."""

from __future__ import annotations

import math

from maabar.engine.kernel import kernel


@kernel
def derive(world, distances):
    """Fill the derived fields that depend on drawn or dated inputs, `distances` where asked."""
    if distances:
        _distances(world)
    _levies(world)
    _prices(world)
    _travellers(world)


@kernel
def _distances(world):
    for p in range(world.place.shape[0]):
        for q in range(world.place.shape[0]):
            km = world.place_place[p, q].km
            same_bank = world.place[p].bank == world.place[q].bank
            world.place_place[p, q].reach = (
                math.exp(-km / world.behaviour[0].contest_reach_km) if same_bank else 0.0
            )
            world.place_near[p, q].near = math.exp(-km / world.behaviour[0].threat_near_km)


@kernel
def _levies(world):
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            for s in range(world.patron.shape[0]):
                passed = 1.0
                for other in range(world.patron.shape[0]):
                    if other != s and world.crossing_end_patron[x, e, other].post > 0:
                        passed *= 1.0 - world.patron[other].levy
                world.crossing_end_patron[x, e, s].levy = 1.0 - passed
    for g in range(world.group.shape[0]):
        if world.group[g].founder >= 0:
            world.group_patron[g, world.group[g].founder].distance = 0.0


@kernel
def _prices(world):
    for k in range(world.good.shape[0]):
        total = 0.0
        traded = 0.0
        for m in range(world.market.shape[0]):
            total += world.market_good[m, k].price * world.market_good[m, k].traded
            traded += world.market_good[m, k].traded
        world.good[k].reference_price = total / traded if traded > 0 else 1.0


@kernel
def _travellers(world):
    for r in range(world.pair.shape[0]):
        world.pair[r].travellers = 0.0
    for x in range(world.crossing.shape[0]):
        world.pair[world.crossing[x].pair].travellers += (
            world.crossing[x].travellers * world.crossing[x].exists
        )
