"""Diplomacy: leaders meet to share what crossings bring, and some pacts break.

Two groups meet the more often, the more ends they could both reach, if officers of a common patron
bring them together, after a realignment, and with trust.  A meeting ends in a pact of their whole
blocs if every member gains: clash losses saved, plus what tolls set together bring, less watching.

``rate = base * 2 trust * (shared * ends + mediation * common) * (1 + recent)``;
``toll gain = income * (f(n') / f(n) - 1)``, ``f(n) = n / (n + 1)^2``, ``n = 1 / Herfindahl``;
shares of the pool in proportion to ``men^gamma``; a member leaves w.p.
``base * logistic((out - in) / scale)`` a day.

Source: C19-C24; Gade, Hafez & Gabbay 2019 (a common patron alone does not keep the peace).
Assumes: leaders know incomes; a pact binds whole blocs.
Draws: MEETING, LEAVING.
Emits: meeting, agreement, breakdown.
"""

import math

from maabar.engine import process
from maabar.engine.events import (
    AGREEMENT,
    BREAKDOWN,
    MEETING,
    cause,
    emit,
    more_terms,
    terms,
    vetoed,
)
from maabar.engine.kernel import kernel
from maabar.engine.rng import logistic, uniform, uniform_pair
from maabar.variables import MONTH, WEEK

READS = (
    "state.crossing_end.holder",
    "state.crossing_end.income",
    "state.crossing_end_group.force",
    "state.group.banks",
    "state.group.bloc",
    "state.group.hq",
    "state.group.men",
    "state.group.pact_event",
    "state.group.patron",
    "state.group.patron_event",
    "state.group.realigned",
    "state.group_group.event",
    "state.group_group.feud",
    "state.group_group.trust",
    "state.run.agreements",
    "state.run.breakdowns",
    "state.run.meetings",
    "world.behaviour.deployment_hold_min",
    "world.behaviour.diplomacy_gamma",
    "world.behaviour.diplomacy_leave_per_day",
    "world.behaviour.diplomacy_leave_scale",
    "world.behaviour.diplomacy_mediation",
    "world.behaviour.diplomacy_meet_per_day",
    "world.behaviour.diplomacy_monitoring",
    "world.behaviour.diplomacy_pool",
    "world.behaviour.diplomacy_recent",
    "world.behaviour.diplomacy_recent_days",
    "world.behaviour.diplomacy_shared",
    "world.behaviour.diplomacy_trust",
    "world.behaviour.diplomacy_trust_gain",
    "world.behaviour.diplomacy_trust_half_life",
    "world.behaviour.diplomacy_trust_loss",
    "world.crossing.next",
    "world.group.bound",
    "world.pair.first",
    "world.pair.road",
    "world.patron.mediation",
    "world.run.observe_day",
    "world.veto.day",
    "world.veto.i",
    "world.veto.j",
    "world.veto.process",
)
WRITES = (
    "state.group.bloc",
    "state.group.pact_event",
    "state.group_group.event",
    "state.group_group.trust",
    "state.run.agreements",
    "state.run.breakdowns",
    "state.run.meetings",
)
PROCESS = (process.MEETING, process.LEAVING)
EMITS = ("meeting", "agreement", "breakdown")


@kernel
def shared_ends(world, state, g, h):
    """Ends of crossings that both groups could reach."""
    ends = 0
    least = world.behaviour[0].deployment_hold_min
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            if (
                state.crossing_end_group[x, e, g].force >= least
                and state.crossing_end_group[x, e, h].force >= least
            ):
                ends += 1
    return ends


@kernel
def common_officers(world, state, g, h):
    """How far officers of a common patron bring the two together."""
    patron = state.group[g].patron
    if patron < 0 or patron != state.group[h].patron:
        return 0.0
    return world.patron[patron].mediation


@kernel
def newcomer(world, state, day, g, h):
    """1 where either changed its patron lately."""
    since = max(state.group[g].realigned, state.group[h].realigned)
    recent = since >= 0 and day - since <= world.behaviour[0].diplomacy_recent_days
    return 1.0 if recent else 0.0


@kernel
def could_meet(state, g, h):
    """Two groups of different blocs with men on one bank, or with one patron."""
    return (
        state.group[h].men > 0
        and state.group[g].bloc != state.group[h].bloc
        and (
            state.group[g].banks & state.group[h].banks > 0
            or state.group[g].patron == state.group[h].patron
        )
    )


@kernel
def rate(world, state, day, g, h, ends):
    """Meetings a day of two leaders who share `ends` ends."""
    return (
        world.behaviour[0].diplomacy_meet_per_day
        * 2.0
        * state.group_group[g, h].trust
        * (
            world.behaviour[0].diplomacy_shared * ends
            + world.behaviour[0].diplomacy_mediation * common_officers(world, state, g, h)
        )
        * (1.0 + world.behaviour[0].diplomacy_recent * newcomer(world, state, day, g, h))
    )


@kernel
def own_income(world, state, g):
    """Mean income of the ends that `g` holds, USD a day."""
    income = 0.0
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            if state.crossing_end[x, e].holder == g:
                income += state.crossing_end[x, e].income
    return income


@kernel
def in_bloc(state, g, a, b):
    """Whether `g` belongs to bloc `a` or bloc `b`."""
    return state.group[g].bloc == a or state.group[g].bloc == b


@kernel
def industry_profit(n):
    """Profit of n equal takers on one side, against one: ``n / (n + 1)^2``."""
    return n / ((n + 1.0) * (n + 1.0))


@kernel
def toll_gain(world, state, a, b):
    """What blocs `a` and `b` would gain by setting tolls together, USD a day."""
    gain = 0.0
    for r in range(world.pair.shape[0]):
        if world.pair[r].road == 1:
            continue
        for e in range(2):
            total = 0.0
            ours = 0.0
            mine = 0.0
            x = world.pair[r].first
            while x >= 0:
                income = state.crossing_end[x, e].income
                total += income
                holder = state.crossing_end[x, e].holder
                if holder >= 0 and state.group[holder].bloc == a:
                    mine += income
                if holder >= 0 and state.group[holder].bloc == b:
                    ours += income
                x = world.crossing[x].next
            if mine > 0 and ours > 0:
                before = herfindahl(world, state, r, e, total)
                after = before + 2.0 * (mine / total) * (ours / total)
                ratio = industry_profit(1.0 / after) / industry_profit(1.0 / before)
                gain += (mine + ours) * (ratio - 1.0)
    return gain


@kernel
def herfindahl(world, state, r, e, total):
    """Concentration of one side of a pair: sum of squared shares of the blocs' income."""
    concentration = 0.0
    x = world.pair[r].first
    while x >= 0:
        y = world.pair[r].first
        while y >= 0:
            one = state.crossing_end[x, e].holder
            other = state.crossing_end[y, e].holder
            same = x == y
            if one >= 0 and other >= 0:
                same = state.group[one].bloc == state.group[other].bloc
            if same:
                concentration += (
                    state.crossing_end[x, e].income
                    / total
                    * state.crossing_end[y, e].income
                    / total
                )
            y = world.crossing[y].next
        x = world.crossing[x].next
    return concentration


@kernel
def weight(world, state, g):
    """Weight of a member in the shares of a pool."""
    return math.exp(
        world.behaviour[0].diplomacy_gamma * math.log(max(1.0, float(state.group[g].men)))
    )


@kernel
def allotted(world, state, g, a, b, gain):
    """Income of `g` in the union of blocs `a` and `b`, with `gain` earned together, USD a day."""
    income = 0.0
    weights = 0.0
    for h in range(world.group.shape[0]):
        if in_bloc(state, h, a, b) and state.group[h].men > 0:
            income += own_income(world, state, h)
            weights += weight(world, state, h)
    if income <= 0:
        return 0.0
    growth = 1.0 + gain / income
    pool = world.behaviour[0].diplomacy_pool
    mine = own_income(world, state, g)
    return growth * (
        (1.0 - pool) * mine + pool * income * weight(world, state, g) / max(1.0, weights)
    )


@kernel
def feud(world, state, g, bloc):
    """Clash losses that `g` expects a month with the members of a bloc."""
    losses = 0.0
    for h in range(world.group.shape[0]):
        if state.group[h].bloc == bloc:
            losses += state.group_group[g, h].feud
    return losses


@kernel
def members(world, state, bloc):
    """How many groups a bloc has."""
    count = 0
    for h in range(world.group.shape[0]):
        if state.group[h].bloc == bloc and state.group[h].men > 0:
            count += 1
    return count


@kernel
def member_gain(world, state, g, other, gain):
    """What joining bloc `other` is worth to `g`, USD a month."""
    mine = state.group[g].bloc
    together = allotted(world, state, g, mine, other, gain)
    apart = allotted(world, state, g, mine, mine, 0.0)
    return (
        MONTH * (together - apart)
        + feud(world, state, g, other)
        - world.behaviour[0].diplomacy_monitoring * members(world, state, other)
    )


@kernel
def least_gain(world, state, a, b, gain):
    """The least gain of any member of either bloc."""
    least = math.inf
    for g in range(world.group.shape[0]):
        if state.group[g].men > 0:
            if state.group[g].bloc == a:
                least = min(least, member_gain(world, state, g, b, gain))
            elif state.group[g].bloc == b:
                least = min(least, member_gain(world, state, g, a, gain))
    return least


@kernel
def agree(world, state, log, day, g, h, met, gain, least):
    """The two blocs become one."""
    a = state.group[g].bloc
    b = state.group[h].bloc
    saved = feud(world, state, g, b) + feud(world, state, h, a)
    merged = min(a, b)
    size = members(world, state, a) + members(world, state, b)
    row = emit(log, day, AGREEMENT, g, h, state.group[g].hq, -1, -1, size)
    terms(log, row, saved, MONTH * gain, world.behaviour[0].diplomacy_monitoring, least)
    cause(log, row, met, 1.0)
    for one in range(world.group.shape[0]):
        if in_bloc(state, one, a, b):
            state.group[one].bloc = merged
            state.group[one].pact_event = row
    believe(world, state, g, h, row, world.behaviour[0].diplomacy_trust_gain, 1.0)
    state.run[0].agreements += 1


@kernel
def believe(world, state, g, h, row, share, toward):
    """Move the trust between two groups a share of the way."""
    for one, other in ((g, h), (h, g)):
        state.group_group[one, other].trust += share * (
            toward - state.group_group[one, other].trust
        )
        state.group_group[one, other].event = row


@kernel
def meet(world, state, log, day, g, h, ends):
    """Two leaders meet; a pact follows if every member gains."""
    row = emit(log, day, MEETING, g, h, state.group[g].hq, -1, -1, 0.0)
    fresh = newcomer(world, state, day, g, h)
    terms(
        log,
        row,
        rate(world, state, day, g, h, ends),
        ends,
        common_officers(world, state, g, h),
        fresh,
    )
    more_terms(log, row, state.group_group[g, h].trust, 0.0, 0.0, 0.0)
    boost = world.behaviour[0].diplomacy_recent * fresh
    cause(log, row, state.group[g].patron_event, boost)
    cause(log, row, state.group[h].patron_event, boost)
    cause(log, row, state.group_group[g, h].event, state.group_group[g, h].trust)
    state.run[0].meetings += 1
    gain = toll_gain(world, state, state.group[g].bloc, state.group[h].bloc)
    least = least_gain(world, state, state.group[g].bloc, state.group[h].bloc, gain)
    if least > 0:
        agree(world, state, log, day, g, h, row, gain, least)


@kernel
def leave(world, state, log, day, g, outside, inside):
    """A member leaves its pact; the others go on without it."""
    old = state.group[g].bloc
    first = -1
    partner = -1
    for h in range(world.group.shape[0]):
        if h != g and state.group[h].bloc == old:
            if first < 0:
                first = h
            partner = h
    row = emit(
        log, day, BREAKDOWN, g, first, state.group[g].hq, -1, -1, members(world, state, old) - 1
    )
    terms(log, row, outside, inside, 0.0, 0.0)
    cause(log, row, state.group[g].pact_event, 1.0)
    for h in range(world.group.shape[0]):
        if h != g and state.group[h].bloc == old:
            state.group[h].bloc = first
            believe(world, state, g, h, row, world.behaviour[0].diplomacy_trust_loss, 0.0)
    state.group[g].bloc = g
    state.group[g].pact_event = row
    state.group[partner].pact_event = row
    state.run[0].breakdowns += 1


@kernel
def consider_leaving(world, state, log, key, day, g):
    """Compare the income outside the pact with that inside, losses and watching included."""
    bloc = state.group[g].bloc
    others = members(world, state, bloc) - 1
    if others < 1 or world.group[g].bound > 0:
        return
    inside = MONTH * allotted(world, state, g, bloc, bloc, 0.0)
    inside -= world.behaviour[0].diplomacy_monitoring * others
    outside = MONTH * own_income(world, state, g)
    chance = world.behaviour[0].diplomacy_leave_per_day * logistic(
        (outside - inside) / world.behaviour[0].diplomacy_leave_scale
    )
    if uniform(key, day, process.LEAVING, g, 0) < chance and not vetoed(
        world, day, process.LEAVING, g, 0
    ):
        leave(world, state, log, day, g, outside, inside)


@kernel
def forget(world, state):
    """Trust goes back towards rest, once a week."""
    share = 1.0 - math.exp(-math.log(2.0) * WEEK / world.behaviour[0].diplomacy_trust_half_life)
    for g in range(world.group.shape[0]):
        for h in range(world.group.shape[0]):
            state.group_group[g, h].trust += share * (
                world.behaviour[0].diplomacy_trust - state.group_group[g, h].trust
            )


@kernel
def diplomacy(world, state, log, key, day):
    """Every two leaders of different blocs may meet; every member of a pact may leave."""
    if day < world.run[0].observe_day:
        return
    for g in range(world.group.shape[0]):
        if state.group[g].men == 0:
            continue
        most = shared_ends(world, state, g, g)  # with anyone
        block = -1
        even = 0.0
        odd = 0.0
        for h in range(g + 1, world.group.shape[0]):
            if not could_meet(state, g, h):
                continue
            if h >> 1 != block:
                block = h >> 1
                even, odd = uniform_pair(key, day, process.MEETING, g, block)
            u = odd if h & 1 else even
            if u >= rate(world, state, day, g, h, most):  # the chance is below the rate
                continue
            ends = shared_ends(world, state, g, h)
            if u < 1.0 - math.exp(-rate(world, state, day, g, h, ends)) and not vetoed(
                world, day, process.MEETING, g, h
            ):
                meet(world, state, log, day, g, h, ends)
        consider_leaving(world, state, log, key, day, g)
    if day % WEEK == 0:
        forget(world, state)
