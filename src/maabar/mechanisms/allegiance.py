"""Allegiance: a group compares the patrons that would take it, and now and then changes.

What a patron is worth to a fighter is its pay, the danger its flag brings, what the group's
crossings would earn under it (its cut, the levies of other patrons' posts, the friends it brings),
its protection, and the distance between them; staying is worth something in itself.

``U(s) = pay_s - fear_s + (30 / F) sum_x T_x keep_x(s) (1 - cut_s) (1 - levy_sx) + guard_s
- distance_gs + inertia [s is mine] + noise * Gumbel``

Source: C09-C13, C25-C27; F-pay-russian-2022.
Assumes: a patron's own regulars never leave; applicants of one day come in random order; a group
that stayed through the warm-up has shown an inertia of at least what that took.
Draws: ALLEGIANCE_REVIEW, APPLICANT, PATRON.
Emits: realignment.
"""

import math

from maabar.engine import process
from maabar.engine.events import REALIGNMENT, cause, emit, more_terms, terms, vetoed
from maabar.engine.fear import fear
from maabar.engine.force import win_chance
from maabar.engine.kernel import kernel
from maabar.engine.points import BESIDE, CORE, HOMES, OPEN, core_force_near, pay
from maabar.engine.rng import gumbel, uniform
from maabar.variables import MONTH, THOUSAND, WEEK

READS = (
    "state.crossing_end.event",
    "state.crossing_end.holder",
    "state.crossing_end.income",
    "state.crossing_end_group.force",
    "state.group.arrears",
    "state.group.bloc",
    "state.group.first",
    "state.group.first_realigned",
    "state.group.hit_event",
    "state.group.hq",
    "state.group.inertia",
    "state.group.men",
    "state.group.past",
    "state.group.patron",
    "state.group.shock",
    "state.group_patron.gap",
    "state.group_place.men",
    "state.patron.clients",
    "state.patron.pay_event",
    "state.run.realignments",
    "state.striker_label.rate",
    "state.striker_place.rate",
    "world.behaviour.allegiance_fear_weight",
    "world.behaviour.allegiance_income_weight",
    "world.behaviour.allegiance_inertia",
    "world.behaviour.allegiance_levy_weight",
    "world.behaviour.allegiance_noise",
    "world.behaviour.allegiance_revealed_inertia",
    "world.behaviour.allegiance_review_per_day",
    "world.behaviour.allegiance_shock_gain",
    "world.behaviour.allegiance_support_client",
    "world.behaviour.allegiance_support_core",
    "world.behaviour.contest_decisiveness",
    "world.behaviour.contest_defence",
    "world.behaviour.diplomacy_support",
    "world.behaviour.posture_beside_km",
    "world.behaviour.posture_fresh",
    "world.behaviour.posture_homes_cost",
    "world.behaviour.threat_mix",
    "world.behaviour.threat_price_of_fear",
    "world.crossing_end_patron.levy",
    "world.group.kind",
    "world.group.pay",
    "world.group.recruits",
    "world.group_patron.distance",
    "world.group_patron.may_join",
    "world.patron.capacity",
    "world.patron.cut",
    "world.patron.exists",
    "world.patron.guard",
    "world.patron.label",
    "world.patron.oversight",
    "world.patron.pay_core",
    "world.patron.pay_foreign",
    "world.patron.pay_local",
    "world.place.density",
    "world.place_place.km",
    "world.run.observe_day",
    "world.striker.deceived",
    "world.striker.exists",
    "world.striker.lethality",
    "world.striker.restraint_homes",
    "world.striker_patron.restraint",
    "world.veto.day",
    "world.veto.i",
    "world.veto.j",
    "world.veto.process",
)
WRITES = (
    "state.group.due",
    "state.group.first_realigned",
    "state.group.inertia",
    "state.group.patron",
    "state.group.patron_event",
    "state.group.realigned",
    "state.group_patron.gap",
    "state.patron.clients",
    "state.run.realignments",
)
PROCESS = (process.ALLEGIANCE_REVIEW, process.APPLICANT, process.PATRON)
EMITS = ("realignment",)


@kernel
def discomfort(world, state, g, s):
    """Mean over places of the least of fear and cost over postures, under patron `s`."""
    label = world.patron[s].label
    total = 0.0
    men = 0
    for p in range(state.group[g].first, state.group[g].past):
        here = state.group_place[g, p].men
        if here > 0:
            weight = world.behaviour[0].allegiance_fear_weight
            least = weight * fear(world, state, p, s, label, label, OPEN, False)
            homes = weight * fear(world, state, p, s, label, label, HOMES, False)
            homes += world.behaviour[0].posture_homes_cost * world.place[p].density / THOUSAND
            least = min(least, homes)
            if core_force_near(world, state, s, p):
                beside = weight * fear(world, state, p, s, label, label, BESIDE, False)
                least = min(least, beside + world.patron[s].oversight)
            men += here
            total += here * least
    return total / max(1, men)


@kernel
def strength_under(world, state, g, s, x, e):
    """Local strength of `g` at an end with the friends that patron `s` brings."""
    strength = state.crossing_end_group[x, e, g].force
    for h in range(world.group.shape[0]):
        if h == g:
            continue
        force = state.crossing_end_group[x, e, h].force
        if state.group[h].bloc == state.group[g].bloc:
            strength += world.behaviour[0].diplomacy_support * force
        elif state.group[h].patron == s:
            strength += force * (
                world.behaviour[0].allegiance_support_core
                if world.group[h].kind == CORE
                else world.behaviour[0].allegiance_support_client
            )
    return strength


@kernel
def keep(world, state, g, s, x, e):
    """Chance of holding an end under patron `s` against the strongest rival there."""
    rival = 0.0
    for h in range(world.group.shape[0]):
        mine = state.group[h].bloc == state.group[g].bloc
        his = world.group[h].kind == CORE and state.group[h].patron == s
        if h != g and not mine and not his:
            rival = max(rival, state.crossing_end_group[x, e, h].force)
    return 1.0 - win_chance(
        rival,
        strength_under(world, state, g, s, x, e),
        world.behaviour[0].contest_decisiveness,
        world.behaviour[0].contest_defence,
    )


@kernel
def crossing_income(world, state, g, s):
    """Crossing income per fighter and month under patron `s` after its cut; what levies take."""
    income = 0.0
    levied = 0.0
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            if state.crossing_end[x, e].holder == g:
                here = (
                    state.crossing_end[x, e].income
                    * keep(world, state, g, s, x, e)
                    * (1.0 - world.patron[s].cut)
                )
                income += here
                levied += here * world.crossing_end_patron[x, e, s].levy
    return MONTH / max(1, state.group[g].men) * income, MONTH / max(1, state.group[g].men) * levied


@kernel
def offer(world, state, g, s):
    """The terms of patron `s` for group `g`: pay, discomfort, income, levy, guard, distance."""
    income, levied = crossing_income(world, state, g, s)
    return (
        pay(world, g, s),
        discomfort(world, state, g, s),
        world.behaviour[0].allegiance_income_weight * income,
        world.behaviour[0].allegiance_income_weight
        * world.behaviour[0].allegiance_levy_weight
        * levied,
        world.patron[s].guard,
        world.group_patron[g, s].distance,
    )


@kernel
def worth(world, state, g, s):
    """Sum of the terms."""
    wage, hurt, income, levied, guard, distance = offer(world, state, g, s)
    return wage - hurt + income - levied + guard - distance


@kernel
def would_take(world, state, g, s):
    """A patron takes a group that it may take and has room for."""
    return (
        world.patron[s].exists > 0
        and world.group_patron[g, s].may_join > 0
        and state.patron[s].clients + state.group[g].men <= world.patron[s].capacity
    )


@kernel
def watch(world, state, day):
    """In the warm-up, once a week: what others offered those who stayed."""
    for g in range(world.group.shape[0]):
        if world.group[g].kind != CORE and state.group[g].men > 0:
            mine = worth(world, state, g, state.group[g].patron)
            for s in range(world.patron.shape[0]):
                if s != state.group[g].patron and world.group_patron[g, s].may_join > 0:
                    state.group_patron[g, s].gap += worth(world, state, g, s) - mine


@kernel
def reveal(world, state):
    """Inertia is at least what staying through the warm-up took."""
    weeks = max(1, (world.run[0].observe_day + WEEK - 1) // WEEK)
    for g in range(world.group.shape[0]):
        state.group[g].inertia = world.behaviour[0].allegiance_inertia
        if world.run[0].observe_day > 0 and world.behaviour[0].allegiance_revealed_inertia > 0:
            for s in range(world.patron.shape[0]):
                if s != state.group[g].patron:
                    state.group[g].inertia = max(
                        state.group[g].inertia, state.group_patron[g, s].gap / weeks
                    )


@kernel
def under_review(world, state, key, day, g):
    """Whether `g` thinks about its patron today."""
    if world.group[g].kind == CORE or state.group[g].men == 0 or state.group[g].patron < 0:
        return False
    excited = 1.0 + world.behaviour[0].allegiance_shock_gain * (
        state.group[g].shock + state.group[g].arrears
    )
    hazard = world.behaviour[0].allegiance_review_per_day * excited
    u = uniform(key, day, process.ALLEGIANCE_REVIEW, 0, g)
    return u < hazard and u < 1.0 - math.exp(-hazard)


@kernel
def best_patron(world, state, key, day, g):
    """The patron of highest utility among those that would take `g`, its own included."""
    mine = state.group[g].patron
    best = mine
    most = -math.inf
    for s in range(world.patron.shape[0]):
        if s == mine or would_take(world, state, g, s):
            u = uniform(key, day, process.PATRON, g, s)
            value = worth(world, state, g, s) + world.behaviour[0].allegiance_noise * gumbel(u)
            if s == mine:
                value += state.group[g].inertia
            if value > most:
                most = value
                best = s
    return best


@kernel
def realign(world, state, log, day, g, s):
    """Leave one patron for another: an event, its terms, and reviews of all that hangs on it."""
    mine = state.group[g].patron
    wage, hurt, income, levied, guard, distance = offer(world, state, g, mine)
    wage_s, hurt_s, income_s, levied_s, guard_s, distance_s = offer(world, state, g, s)
    row = emit(log, day, REALIGNMENT, g, s, state.group[g].hq, -1, -1, mine)
    terms(log, row, wage_s - wage, hurt - hurt_s, income_s - income, levied - levied_s)
    gain = worth(world, state, g, s) - worth(world, state, g, mine)
    more_terms(log, row, guard_s - guard, distance - distance_s, state.group[g].inertia, gain)
    cause(log, row, state.group[g].hit_event, max(0.0, hurt - hurt_s))
    cause(log, row, state.patron[mine].pay_event, max(0.0, wage_s - wage))
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            if state.crossing_end[x, e].holder == g:
                cause(log, row, state.crossing_end[x, e].event, max(0.0, levied - levied_s))
    state.patron[mine].clients -= state.group[g].men
    state.patron[s].clients += state.group[g].men
    state.group[g].patron = s
    state.group[g].patron_event = row
    state.group[g].realigned = day
    if state.group[g].first_realigned < 0:
        state.group[g].first_realigned = day - world.run[0].observe_day
    state.group[g].inertia = world.behaviour[0].allegiance_inertia
    state.group[g].due = 1
    state.run[0].realignments += 1


@kernel
def next_applicant(state, world, key, day, after):
    """The group under review that comes next in today's random order; -1: no more."""
    best = -1
    least = 1.0
    for g in range(world.group.shape[0]):
        if under_review(world, state, key, day, g):
            order = uniform(key, day, process.APPLICANT, g, 0)
            if after < order < least:
                least = order
                best = g
    return best, least


@kernel
def allegiance(world, state, log, key, day):
    """Watch through the warm-up; then let those under review choose, in random order."""
    if day < world.run[0].observe_day:
        if day % WEEK == 0:
            watch(world, state, day)
        return
    if day == world.run[0].observe_day:
        reveal(world, state)
    g, order = next_applicant(state, world, key, day, 0.0)
    while g >= 0:
        s = best_patron(world, state, key, day, g)
        if s != state.group[g].patron and not vetoed(world, day, process.PATRON, g, s):
            realign(world, state, log, day, g, s)
        g, order = next_applicant(state, world, key, day, order)
