"""Deployment: a group sits where it is worth sitting; what it leaves is taken by neighbours.

Now and then a group reviews its places as a whole: stay, leave one place, or gather in one.  An end
whose holder has too few men left at it falls vacant and is raced for: those for whom it is worth
the effort enter, and if more than one does, they fight.  Between reviews men drift to where they
earn more.

``value(p, n) = income keep(n) - clash losses + own cargo + home n + guard n - fear n - upkeep n -
post``; own cargo is ``min(share q, kappa n)`` units at the traders' margin; effort in a race for a
vacant end ``x_i = min(e_i, X (1 - X / V_i) / c)``, ``X = (n - 1) / sum 1 / V`` over those who
enter, won in proportion to ``x_i^m``.

Source: C38-C45; Stein 2002 (asymmetric rent-seeking with more than two contestants).
Assumes: a group knows what its places earn; arms go with the men.
Draws: DEPLOYMENT_REVIEW, DEPLOYMENT, CLAIM, CLAIM_WIN, CLAIM_DEATHS, CLAIM_SPREAD, DRIFT.
Emits: withdrawal, vacated, clash, takeover.
"""

import math

from maabar.engine import process
from maabar.engine.events import CLASH, WITHDRAWAL, cause, emit, more_terms, terms, vetoed
from maabar.engine.fear import fear
from maabar.engine.force import bury, march, win_chance
from maabar.engine.holding import take, vacate
from maabar.engine.kernel import kernel
from maabar.engine.points import COMPANY, CORE, core_force_near
from maabar.engine.rng import binomial, gumbel, logistic, poisson, uniform
from maabar.variables import MONTH, WEEK

READS = (
    "state.crossing.margin",
    "state.crossing.tonnes",
    "state.crossing_end.clashes",
    "state.crossing_end.event",
    "state.crossing_end.holder",
    "state.crossing_end.income",
    "state.crossing_end.left",
    "state.crossing_end.prize",
    "state.crossing_end.rivals",
    "state.crossing_end.vacant_days",
    "state.crossing_end.vacated",
    "state.crossing_end_group.force",
    "state.crossing_end_group.strength",
    "state.group.bloc",
    "state.group.first",
    "state.group.flag",
    "state.group.hit_event",
    "state.group.hq",
    "state.group.killed",
    "state.group.men",
    "state.group.past",
    "state.group.patron",
    "state.group.shock",
    "state.group.stake",
    "state.group_group.grievance",
    "state.group_place.event",
    "state.group_place.light",
    "state.group_place.medium",
    "state.group_place.men",
    "state.group_place.men_posture",
    "state.place.alarm",
    "state.run.clashes",
    "state.run.dead",
    "state.run.killed_clashes",
    "state.run.takeovers",
    "state.run.withdrawals",
    "state.striker_label.rate",
    "state.striker_place.rate",
    "world.behaviour.contest_cost",
    "world.behaviour.contest_decisiveness",
    "world.behaviour.contest_defence",
    "world.behaviour.contest_engaged",
    "world.behaviour.contest_garrison",
    "world.behaviour.contest_horizon",
    "world.behaviour.contest_lethality",
    "world.behaviour.contest_loss",
    "world.behaviour.contest_scale",
    "world.behaviour.deployment_cargo_share",
    "world.behaviour.deployment_claim_per_day",
    "world.behaviour.deployment_drift_per_month",
    "world.behaviour.deployment_drift_scale",
    "world.behaviour.deployment_effort_cost",
    "world.behaviour.deployment_guard",
    "world.behaviour.deployment_hold_min",
    "world.behaviour.deployment_home",
    "world.behaviour.deployment_inertia",
    "world.behaviour.deployment_noise",
    "world.behaviour.deployment_post",
    "world.behaviour.deployment_review_per_day",
    "world.behaviour.deployment_shock_gain",
    "world.behaviour.deployment_upkeep",
    "world.behaviour.posture_beside_km",
    "world.behaviour.posture_fresh",
    "world.behaviour.prize_contrast",
    "world.behaviour.prize_level",
    "world.behaviour.threat_mix",
    "world.behaviour.threat_price_of_fear",
    "world.crossing.exists",
    "world.crossing_end.place",
    "world.crossing_end_patron.levy",
    "world.group.cargo",
    "world.group.home",
    "world.group.kind",
    "world.patron.cut",
    "world.patron.label",
    "world.place.bank",
    "world.place_place.km",
    "world.place_place.reach",
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
    "state.crossing_end.clashes",
    "state.crossing_end.event",
    "state.crossing_end.fee",
    "state.crossing_end.holder",
    "state.crossing_end.left",
    "state.crossing_end.vacant_days",
    "state.crossing_end.vacated",
    "state.crossing_end_good.toll",
    "state.group.first",
    "state.group.hq",
    "state.group.hq_fresh",
    "state.group.hq_posture",
    "state.group.killed",
    "state.group.past",
    "state.group.stake",
    "state.group_group.event",
    "state.group_group.grievance",
    "state.group_place.event",
    "state.group_place.light",
    "state.group_place.medium",
    "state.group_place.men",
    "state.place.alarm",
    "state.run.clashes",
    "state.run.dead",
    "state.run.killed_clashes",
    "state.run.takeovers",
    "state.run.withdrawals",
)
PROCESS = (
    process.DEPLOYMENT_REVIEW,
    process.DEPLOYMENT,
    process.CLAIM,
    process.CLAIM_WIN,
    process.CLAIM_DEATHS,
    process.CLAIM_SPREAD,
    process.DRIFT,
)
EMITS = ("withdrawal", "vacated", "clash", "takeover")


@kernel
def kept_share(world, state, x, e, g):
    """What is left of an end's income to `g` after its patron's cut and other patrons' levies."""
    patron = state.group[g].patron
    if patron < 0:
        return 1.0
    return (1.0 - world.patron[patron].cut) * (1.0 - world.crossing_end_patron[x, e, patron].levy)


@kernel
def end_value(world, state, x, e, g, men):
    """Income of an end that `g` holds, with `men` at its place, less clash losses, USD a month."""
    rival = 0.0
    for h in range(world.group.shape[0]):
        if state.group[h].bloc != state.group[g].bloc:
            rival = max(rival, state.crossing_end_group[x, e, h].strength)
    here = state.group_place[g, world.crossing_end[x, e].place].men
    strength = max(0.0, state.crossing_end_group[x, e, g].strength + men - here)
    keep = 1.0 - win_chance(
        rival,
        strength,
        world.behaviour[0].contest_decisiveness,
        world.behaviour[0].contest_defence,
    )
    losses = (
        MONTH
        * state.crossing_end[x, e].rivals
        * world.behaviour[0].contest_loss
        * world.behaviour[0].contest_lethality
        * world.behaviour[0].contest_engaged
        * min(rival, strength)
    )
    return keep * kept_share(world, state, x, e, g) * state.crossing_end[x, e].prize - losses


@kernel
def mean_margin(world, state):
    """Mean over crossings of the traders' margin, USD a day."""
    total = 0.0
    for x in range(world.crossing.shape[0]):
        total += state.crossing[x].margin
    return total / max(1, world.crossing.shape[0])


@kernel
def cargo_value(world, state, g, x, men, mean):
    """What `men` of a company earn carrying for themselves over a crossing, USD a month."""
    tonnes = world.behaviour[0].deployment_cargo_share * state.crossing[x].tonnes
    if tonnes <= 0:
        return 0.0
    margin = world.behaviour[0].prize_level * (
        mean + world.behaviour[0].prize_contrast * (state.crossing[x].margin - mean)
    )
    loaded = min(1.0, men * world.group[g].cargo / tonnes)
    return MONTH * world.behaviour[0].deployment_cargo_share * margin * loaded


@kernel
def place_value(world, state, g, p, men, mean):
    """What `men` of `g` in `p` are worth to it, USD a month."""
    if men <= 0:
        return 0.0
    patron = state.group[g].patron
    each = -fear(
        world,
        state,
        p,
        patron,
        world.patron[patron].label,
        state.group[g].flag,
        state.group_place[g, p].men_posture,
        False,
    )
    if p == world.group[g].home:
        each += world.behaviour[0].deployment_home
    else:
        each -= world.behaviour[0].deployment_upkeep
    if core_force_near(world, state, patron, p):
        each += world.behaviour[0].deployment_guard
    total = men * each - world.behaviour[0].deployment_post
    e = world.place[p].bank
    for x in range(world.crossing.shape[0]):
        if world.crossing_end[x, e].place == p:
            if state.crossing_end[x, e].holder == g:
                total += end_value(world, state, x, e, g, men)
            if world.group[g].kind == COMPANY:
                total += cargo_value(world, state, g, x, men, mean)
    return total


@kernel
def value_without(world, state, g, left, mean):
    """Value of all places if the men of one went to the others, in proportion."""
    here = state.group_place[g, left].men
    rest = state.group[g].men - here
    total = 0.0
    for p in range(state.group[g].first, state.group[g].past):
        men = state.group_place[g, p].men
        if p != left and men > 0:
            total += place_value(world, state, g, p, men + here * men / max(1, rest), mean)
    return total


@kernel
def value_of_staying(world, state, g, mean):
    """Value of all places as they are."""
    total = 0.0
    for p in range(state.group[g].first, state.group[g].past):
        total += place_value(world, state, g, p, state.group_place[g, p].men, mean)
    return total


@kernel
def move_out(world, state, g, left, target):
    """Empty a place: to `target`, or (-1) to the group's other places in proportion."""
    men = state.group_place[g, left].men
    rest = state.group[g].men - men
    moved = 0
    goal = target
    for p in range(world.place.shape[0]):
        here = state.group_place[g, p].men
        if target < 0 and p != left and here > 0:
            part = min(state.group_place[g, left].men, men * here // max(1, rest))
            march(state, g, left, p, part)
            moved += part
            goal = p
    if target < 0:
        goal = -1
        most = -1
        for p in range(world.place.shape[0]):
            if p != left and state.group_place[g, p].men > most:
                most = state.group_place[g, p].men
                goal = p
    moved += state.group_place[g, left].men
    march(state, g, left, goal, state.group_place[g, left].men)
    if state.group[g].hq == left:
        state.group[g].hq = goal
        state.group[g].hq_posture = 0
        state.group[g].hq_fresh = 0
    return moved


@kernel
def leaves(state, g, q, p, gather):
    """Whether a withdrawal empties place `q`: all others where it gathers in `p`, else `p`."""
    return state.group_place[g, q].men > 0 and (q != p if gather else q == p)


@kernel
def withdraw(world, state, log, day, g, option, staying, chosen):
    """Carry out a withdrawal: one event for the review, whatever it empties."""
    gather = option & 1 == 0
    p = (option >> 1) - 1
    left = 0
    for q in range(world.place.shape[0]):
        if leaves(state, g, q, p, gather):
            left += 1
    row = emit(log, day, WITHDRAWAL, g, -1, p, -1, -1, left)
    moved = 0
    for q in range(world.place.shape[0]):
        if leaves(state, g, q, p, gather):
            moved += move_out(world, state, g, q, p if gather else -1)
            state.group_place[g, q].event = row
    inertia = world.behaviour[0].deployment_inertia * state.group[g].men
    terms(log, row, staying, chosen, moved, inertia)
    more_terms(log, row, left, 1.0 if gather else 0.0, 0.0, 0.0)
    cause(log, row, state.group[g].hit_event, state.group[g].shock)
    state.run[0].withdrawals += 1
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            q = world.crossing_end[x, e].place
            if state.crossing_end[x, e].holder == g and state.group_place[g, q].men == 0:
                vacate(world, state, log, day, x, e, row)


@kernel
def best_option(world, state, key, day, g, staying, mean):
    """0: stay; 1 + 2 (p + 1): leave p; 2 (p + 1): gather in p."""
    noise = world.behaviour[0].deployment_noise
    best = 0
    most = staying + world.behaviour[0].deployment_inertia * state.group[g].men
    most += noise * gumbel(uniform(key, day, process.DEPLOYMENT, g, 0))
    chosen = staying
    for p in range(state.group[g].first, state.group[g].past):
        if state.group_place[g, p].men == 0:
            continue
        leave = value_without(world, state, g, p, mean)
        u = uniform(key, day, process.DEPLOYMENT, g, 2 * (p + 1) + 1)
        if leave + noise * gumbel(u) > most:
            most = leave + noise * gumbel(u)
            best = 2 * (p + 1) + 1
            chosen = leave
        gathered = place_value(world, state, g, p, state.group[g].men, mean)
        u = uniform(key, day, process.DEPLOYMENT, g, 2 * (p + 1))
        if gathered + noise * gumbel(u) > most:
            most = gathered + noise * gumbel(u)
            best = 2 * (p + 1)
            chosen = gathered
    return best, chosen


@kernel
def review(world, state, log, key, day, g):
    """The group as a whole: stay, leave a place, or gather."""
    places = 0
    for p in range(state.group[g].first, state.group[g].past):
        if state.group_place[g, p].men > 0:
            places += 1
    if places < 2:
        return
    mean = mean_margin(world, state)
    staying = value_of_staying(world, state, g, mean)
    option, chosen = best_option(world, state, key, day, g, staying, mean)
    if option > 0 and not vetoed(world, day, process.DEPLOYMENT, g, option):
        withdraw(world, state, log, day, g, option, staying, chosen)


@kernel
def give_up_what_is_unmanned(world, state, log, day):
    """An end whose holder has too few men at it falls vacant."""
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            h = state.crossing_end[x, e].holder
            if h >= 0:
                men = state.group_place[h, world.crossing_end[x, e].place].men
                if men < world.behaviour[0].deployment_hold_min:
                    p = world.crossing_end[x, e].place
                    vacate(world, state, log, day, x, e, state.group_place[h, p].event)


@kernel
def enter(world, state, x, e):
    """Who could claim a vacant end: the strongest of each bloc; stakes are what it would earn.

    Returns the largest stake; `group.stake` is 0 for those who stay out.
    """
    largest = 0.0
    for g in range(world.group.shape[0]):
        state.group[g].stake = 0.0
        force = state.crossing_end_group[x, e, g].force
        if force < world.behaviour[0].deployment_hold_min or state.crossing_end[x, e].left == g:
            continue
        strongest = True
        for h in range(world.group.shape[0]):
            if (
                h != g
                and state.group[h].bloc == state.group[g].bloc
                and state.crossing_end[x, e].left != h
            ):
                other = state.crossing_end_group[x, e, h].force
                if other > force or (other == force and h < g):
                    strongest = False
        if strongest:
            state.group[g].stake = (
                world.behaviour[0].contest_horizon
                * kept_share(world, state, x, e, g)
                * max(0.0, state.crossing_end[x, e].prize)
            )
            largest = max(largest, state.group[g].stake)
    return largest


@kernel
def aggregate(world, state):
    """Stein's aggregate ``X = (n - 1) / sum 1 / V`` over those for whom the race is worth it."""
    while True:
        n = 0
        inverse = 0.0
        least = math.inf
        last = -1
        for g in range(world.group.shape[0]):
            stake = state.group[g].stake
            if stake > 0:
                n += 1
                inverse += 1.0 / stake
                if stake < least:
                    least = stake
                    last = g
        if n < 2:
            return 0.0
        total = (n - 1) / inverse
        if least > total:
            return total
        state.group[last].stake = 0.0


@kernel
def effort(world, state, x, e, g, total):
    """Effort of one entrant, capped by its force; alone, its whole force."""
    stake = state.group[g].stake
    if stake <= 0:
        return 0.0
    force = state.crossing_end_group[x, e, g].force
    if total <= 0:
        return force
    return min(force, total * (1.0 - total / stake) / world.behaviour[0].deployment_effort_cost)


@kernel
def race(world, state, key, day, x, e, total):
    """Winner of the race, its chance, and the strongest other entrant (-1: none)."""
    m = world.behaviour[0].contest_decisiveness
    whole = 0.0
    for g in range(world.group.shape[0]):
        x_g = effort(world, state, x, e, g, total)
        state.group[g].stake = math.exp(m * math.log(x_g)) if x_g > 0 else 0.0
        whole += state.group[g].stake
    u = uniform(key, day, process.CLAIM_WIN, x, e) * whole
    winner = -1
    for g in range(world.group.shape[0]):
        if state.group[g].stake > 0 and (u >= 0 or winner < 0):
            winner = g
            u -= state.group[g].stake
    rival = -1
    for g in range(world.group.shape[0]):
        entered = g != winner and state.group[g].stake > 0
        if entered and (rival < 0 or state.group[g].stake > state.group[rival].stake):
            rival = g
    chance = state.group[winner].stake / whole if winner >= 0 else 0.0
    return winner, chance, rival


@kernel
def scuffle(world, state, log, key, day, x, e, winner, chance, rival):
    """The race's losers do not give way without a fight."""
    p = world.crossing_end[x, e].place
    end = x << 1 | e
    weaker = min(
        state.crossing_end_group[x, e, winner].force, state.crossing_end_group[x, e, rival].force
    )
    mean = world.behaviour[0].contest_lethality * world.behaviour[0].contest_engaged * weaker
    dead = poisson(uniform(key, day, process.CLAIM_DEATHS, end, 0), mean)
    lost = bury(world, state, key, day, process.CLAIM_SPREAD, end << 1, winner, p, dead)
    dead = poisson(uniform(key, day, process.CLAIM_DEATHS, end, 1), mean)
    killed = lost + bury(world, state, key, day, process.CLAIM_SPREAD, end << 1 | 1, rival, p, dead)
    row = emit(log, day, CLASH, winner, rival, p, x, e, killed)
    prize = world.behaviour[0].contest_horizon * state.crossing_end[x, e].prize
    terms(log, row, chance, prize, world.behaviour[0].contest_loss * mean, 0.0)
    more_terms(log, row, 0.0, lost, 0.0, 1.0)
    cause(log, row, state.crossing_end[x, e].event, prize)
    for one, other in ((winner, rival), (rival, winner)):
        state.group_group[one, other].grievance += 1.0
        state.group_group[one, other].event = row
    state.place[p].alarm += 1.0
    state.crossing_end[x, e].clashes += 1
    state.run[0].clashes += 1
    state.run[0].killed_clashes += killed
    return row


@kernel
def claim(world, state, log, key, day, x, e):
    """A vacant end: the richer, the sooner somebody moves."""
    largest = enter(world, state, x, e)
    if largest <= 0:
        return
    hazard = world.behaviour[0].deployment_claim_per_day * logistic(
        (largest - world.behaviour[0].contest_cost) / world.behaviour[0].contest_scale
    )
    moved = uniform(key, day, process.CLAIM, x, e) < 1.0 - math.exp(-hazard)
    if not moved or vetoed(world, day, process.CLAIM, x, e):
        return
    total = aggregate(world, state)
    winner, chance, rival = race(world, state, key, day, x, e, total)
    if winner < 0:
        return
    row = state.crossing_end[x, e].event
    claimants = 1
    if rival >= 0:
        row = scuffle(world, state, log, key, day, x, e, winner, chance, rival)
        claimants = 2
    waited = day - max(0, state.crossing_end[x, e].vacated)
    take(world, state, log, day, x, e, winner, row, claimants, waited)


@kernel
def income_per_man(world, state, g, p):
    """Income of the ends that `g` holds at `p`, per man there, USD a month."""
    income = 0.0
    e = world.place[p].bank
    for x in range(world.crossing.shape[0]):
        if world.crossing_end[x, e].place == p and state.crossing_end[x, e].holder == g:
            income += state.crossing_end[x, e].prize
    return income / max(1, state.group_place[g, p].men)


@kernel
def drift(world, state, key, day, g):
    """Once a week, a few men go from where they earn least to where they earn most."""
    best = -1
    worst = -1
    most = 0.0
    least = 0.0
    for p in range(state.group[g].first, state.group[g].past):
        if state.group_place[g, p].men > 0:
            income = income_per_man(world, state, g, p)
            if best < 0 or income > most:
                most = income
                best = p
            if worst < 0 or income < least:
                least = income
                worst = p
    if worst < 0 or worst == best:
        return
    pull = logistic((most - least) / world.behaviour[0].deployment_drift_scale) - 0.5
    share = world.behaviour[0].deployment_drift_per_month * WEEK / MONTH * 2.0 * pull
    men = binomial(uniform(key, day, process.DRIFT, g, 0), state.group_place[g, worst].men, share)
    if least > 0:
        spare = state.group_place[g, worst].men - int(world.behaviour[0].contest_garrison)
        men = min(men, max(0, spare))
    march(state, g, worst, best, men)


@kernel
def deployment(world, state, log, key, day):
    """Reviews, drift, what falls vacant, and who takes it."""
    if day < world.run[0].observe_day:
        return
    for g in range(world.group.shape[0]):
        if state.group[g].men == 0 or world.group[g].kind == CORE or state.group[g].patron < 0:
            continue
        excited = 1.0 + world.behaviour[0].deployment_shock_gain * state.group[g].shock
        hazard = world.behaviour[0].deployment_review_per_day * excited
        u = uniform(key, day, process.DEPLOYMENT_REVIEW, g, 0)
        if u < 1.0 - math.exp(-hazard):
            review(world, state, log, key, day, g)
        elif (day + g) % WEEK == 0:
            drift(world, state, key, day, g)
    give_up_what_is_unmanned(world, state, log, day)
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            if state.crossing_end[x, e].holder < 0 and world.crossing[x].exists > 0:
                state.crossing_end[x, e].vacant_days += 1
                claim(world, state, log, key, day, x, e)
