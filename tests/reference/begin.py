"""The first morning: priors are drawn, men are where they are said to be, tolls are at rest."""

from __future__ import annotations

import math
from statistics import NormalDist

from . import draw
from .census import census
from .finance import appraise
from .replicate import Replicate
from .trade import fees, mark_blocs, move_goods, set_fees, set_tolls

UNIFORM, LOGNORMAL, OPTION = 1, 2, 4  # kinds of prior
STRIKE = 2  # an act of the timeline


def draw_priors(r: Replicate) -> None:
    """Every prior has the draw of its own path; an option has a slice of the unit interval."""
    for prior in r.w.prior:
        record, field = r.w.numbers[prior.offset]
        u = draw.uniform(r.key, 0, draw.PRIOR, prior.key, 0)
        if prior.kind == UNIFORM:
            setattr(record, field, (prior.a + u * (prior.b - prior.a)) * prior.scale)
        elif prior.kind == LOGNORMAL:
            spread = prior.b ** NormalDist().inv_cdf(u)
            setattr(record, field, prior.a * spread * prior.scale)
        elif prior.kind == OPTION and prior.a <= u < prior.b:
            setattr(record, field, int(prior.value))


def derive(r: Replicate) -> None:
    """What follows from inputs: distance weights, levies, reference prices, travellers."""
    w = r.w
    for p in r.places:
        for q in r.places:
            way = w.place_place[p][q]
            w.place_near[p][q].near = math.exp(-way.km / r.b.threat_near_km)
            way.reach = math.exp(-way.km / r.b.contest_reach_km)
            if w.place[p].bank != w.place[q].bank:
                way.reach = 0.0
    for x, e in r.ends:
        posts = w.crossing_end_patron[x][e]
        for s in r.patrons:
            others = [o for o in r.patrons if o != s and posts[o].post]
            posts[s].levy = 1 - math.prod(1 - w.patron[o].levy for o in others)
    for g in r.groups:
        if w.group[g].founder >= 0:
            w.group_patron[g][w.group[g].founder].distance = 0.0
    for k in r.goods:
        prices = [w.market_good[m][k].price for m in r.markets if w.market_good[m][k].traded]
        w.good[k].reference_price = sum(prices) / len(prices) if prices else 1.0
    for pair in r.pairs:
        w.pair[pair].travellers = float(
            sum(w.crossing[x].travellers for x in r.crossings_of(pair) if w.crossing[x].exists)
            if not w.pair[pair].road
            else 0
        )


def begin(r: Replicate) -> None:
    """Fill the state."""
    draw_priors(r)
    derive(r)
    place_groups(r)
    settle_places(r)
    form_beliefs(r)
    for x, e in r.ends:
        end = r.s.crossing_end[x][e]
        holder = r.w.crossing_end[x][e].holder
        end.holder = holder if holder >= 0 and r.w.group[holder].exists else -1
        end.vacated = end.left = end.event = end.attacker = -1
    for x in r.crossings:
        r.s.crossing[x].open_event = -1
    for patron in r.s.patron:
        patron.pay_event = -1
    for n in r.rows:
        row = r.w.timeline[n]
        part = row.part if row.act == STRIKE else 0  # strikes of one row fall on days of their own
        u = draw.uniform(r.key, part, draw.DATE, row.key, 0)
        r.s.timeline[n].day = row.first_day + int(u * (row.last_day - row.first_day + 1))
        r.s.timeline[n].event = -1
    census(r)
    open_markets(r)


def place_groups(r: Replicate) -> None:
    """Men, arms, patrons and flags are those of the scenario, rounded to whole men."""
    for g in r.groups:
        given, group = r.w.group[g], r.s.group[g]
        for p in r.places:
            here = r.s.group_place[g][p]
            here.men = int(r.w.group_place[g][p].fighters + 0.5) if given.exists else 0
            here.light = int(here.men * given.light + 0.5)
            here.medium = int(here.men * given.medium + 0.5)
            here.event = -1
        men = [here.men for here in r.s.group_place[g]]
        group.established = sum(men)
        group.hq = given.hq if given.hq >= 0 else men.index(max(men))
        if given.home < 0:
            given.home = group.hq
        group.patron = given.patron
        group.flag = given.flag
        if given.flag < 0 and given.patron >= 0:
            group.flag = r.w.patron[given.patron].label
        group.bloc = given.bloc
        group.cash = given.cash * group.established
        group.inertia = r.b.allegiance_inertia
        group.realigned = group.first_realigned = -1
        group.hit_event = group.patron_event = group.flag_event = group.pact_event = -1
        for one in r.s.group_group[g]:
            one.trust = r.b.diplomacy_trust
            one.event = -1


def settle_places(r: Replicate) -> None:
    """Those who could be recruited are a stock apart from the other people."""
    for p in r.places:
        given, place = r.w.place[p], r.s.place[p]
        people = int(given.population + 0.5)
        place.stock = int(people * given.recruitable + 0.5)
        place.population = people - place.stock
        place.besieged = place.siege_event = -1


def form_beliefs(r: Replicate) -> None:
    """Priors of the gamma-Poisson beliefs; a campaign may be on."""
    exposure = r.b.threat_prior_exposure
    hits = r.b.threat_prior_rate * exposure
    for v in r.strikers:
        u = draw.uniform(r.key, 0, draw.CAMPAIGN_AT_START, v, 0)
        r.s.striker[v].campaign = int(u < r.w.striker[v].campaign_active)
        for label in r.labels:
            belief = r.s.striker_label[v][label]
            belief.hits = hits * r.w.striker_label[v][label].hostility
            belief.exposure = exposure
            belief.rate = belief.hits / exposure
        for belief in r.s.striker_place[v]:
            belief.hits, belief.exposure, belief.rate = hits, exposure, hits / exposure


def open_markets(r: Replicate) -> None:
    """Tolls and fees come to rest at the given prices; supply is what demand and inflow leave."""
    for m in r.markets:
        r.s.market[m].basket = r.w.market[m].aid
        for k in r.goods:
            r.s.market_good[m][k].price = r.w.market_good[m][k].price
            r.s.market_good[m][k].demand = r.w.market_good[m][k].demand
    mark_blocs(r)
    before = 0.0
    for _ in range(400):
        move_goods(r)
        balance(r)
        set_tolls(r, 1e9)
        now = still(r)
        if abs(now - before) <= 1e-11 * now:
            break
        before = now
    set_fees(r, 1)
    move_goods(r)
    balance(r)
    for pair in r.pairs:
        for k in r.goods:
            r.s.pair_good[pair][k].start = r.s.pair_good[pair][k].flow
    for x, e in r.ends:
        crossing, end = r.w.crossing[x], r.s.crossing_end[x][e]
        people = 0.0
        if crossing.exists:
            people = crossing.travellers * math.exp(-fees(r, x) / r.w.run.fee_scale)
        end.income = people * end.fee + sum(
            r.s.crossing_end_good[x][e][k].toll * abs(r.s.crossing_good[x][k].flow) for k in r.goods
        )
    appraise(r)


def still(r: Replicate) -> float:
    """A sum of squares of tolls against prices; it stands still when all tolls do."""
    return sum(
        (1 + x + 2 * e) * (r.s.crossing_end_good[x][e][k].toll / r.w.good[k].reference_price) ** 2
        for x, e in r.ends
        for k in r.goods
    )


def balance(r: Replicate) -> None:
    """Demand is at least the net inflow, and supply the difference."""
    for m in r.markets:
        for k in r.goods:
            good = r.s.market_good[m][k]
            inflow = sum(r.s.pair_good[n][k].flow for n in r.pairs if r.w.pair[n].b == m)
            inflow -= sum(r.s.pair_good[n][k].flow for n in r.pairs if r.w.pair[n].a == m)
            good.demand = good.used = max(r.w.market_good[m][k].demand, inflow)
            good.supply = good.made = good.demand - inflow
