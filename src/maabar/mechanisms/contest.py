"""Contest: rivals who could win more than it would cost attack the holder of an end.

Every rival with a force on the bank weighs what the end would earn it against its losses, its
patron's displeasure and its grievance.  At most one attack on an end a day; who wins depends on
strengths, with an advantage for the holder.

``h_g = base * logistic((P V - cost) / scale)``, ``P = e_g^m / (e_g^m + phi e_h^m)``,
an attack w.p. ``1 - exp(-sum h)``, by a challenger in proportion to h; deaths are Poisson in the
weaker side's engaged force.

Source: C48, C52-C55; Tullock 1980; Hirshleifer 1989.
Assumes: strengths are known; hazards follow from the morning's count; attacks of one day are
carried out in random order.
Draws: ATTACK, CHALLENGER, WIN, ORDER, CHALLENGER_DEATHS, HOLDER_DEATHS, CHALLENGER_SPREAD,
HOLDER_SPREAD, BYSTANDERS.
Emits: clash, takeover.
"""

import math

from maabar.engine import process
from maabar.engine.events import CLASH, cause, emit, more_terms, terms, vetoed
from maabar.engine.force import bury, win_chance
from maabar.engine.holding import take
from maabar.engine.kernel import kernel
from maabar.engine.rng import logistic, poisson, uniform, uniform_pair
from maabar.variables import MONTH, WEEK

READS = (
    "state.crossing_end.attacker",
    "state.crossing_end.clashes",
    "state.crossing_end.event",
    "state.crossing_end.holder",
    "state.crossing_end.prize",
    "state.crossing_end_group.force",
    "state.crossing_end_group.hazard",
    "state.crossing_end_group.strength",
    "state.group.bloc",
    "state.group.first",
    "state.group.killed",
    "state.group.past",
    "state.group.patron",
    "state.group_group.event",
    "state.group_group.feud",
    "state.group_group.grievance",
    "state.group_place.light",
    "state.group_place.medium",
    "state.group_place.men",
    "state.place.alarm",
    "state.place.harm",
    "state.place.population",
    "state.run.clashes",
    "state.run.dead",
    "state.run.killed_clashes",
    "state.run.takeovers",
    "world.behaviour.contest_attack_per_day",
    "world.behaviour.contest_bystanders",
    "world.behaviour.contest_cost",
    "world.behaviour.contest_decisiveness",
    "world.behaviour.contest_defence",
    "world.behaviour.contest_displeasure",
    "world.behaviour.contest_engaged",
    "world.behaviour.contest_garrison",
    "world.behaviour.contest_grievance",
    "world.behaviour.contest_grievance_half_life",
    "world.behaviour.contest_horizon",
    "world.behaviour.contest_lethality",
    "world.behaviour.contest_loss",
    "world.behaviour.contest_scale",
    "world.behaviour.deployment_hold_min",
    "world.crossing.exists",
    "world.crossing_end.place",
    "world.crossing_end_patron.levy",
    "world.patron.cut",
    "world.place.density",
    "world.place_place.reach",
    "world.run.observe_day",
    "world.veto.day",
    "world.veto.i",
    "world.veto.j",
    "world.veto.process",
)
WRITES = (
    "state.crossing_end.attacker",
    "state.crossing_end.clashes",
    "state.crossing_end.event",
    "state.crossing_end.holder",
    "state.crossing_end.rivals",
    "state.crossing_end.vacated",
    "state.crossing_end_group.hazard",
    "state.group.first",
    "state.group.killed",
    "state.group.past",
    "state.group_group.event",
    "state.group_group.feud",
    "state.group_group.grievance",
    "state.group_place.light",
    "state.group_place.medium",
    "state.group_place.men",
    "state.place.alarm",
    "state.place.harm",
    "state.place.population",
    "state.run.clashes",
    "state.run.dead",
    "state.run.killed_clashes",
    "state.run.takeovers",
)
PROCESS = (
    process.ATTACK,
    process.CHALLENGER,
    process.WIN,
    process.ORDER,
    process.CHALLENGER_DEATHS,
    process.HOLDER_DEATHS,
    process.CHALLENGER_SPREAD,
    process.HOLDER_SPREAD,
    process.BYSTANDERS,
)
EMITS = ("clash", "takeover")


@kernel
def expected_deaths(world, state, x, e, g, h):
    """Mean deaths of each side in a fight of `g` and `h` over an end."""
    weaker = min(state.crossing_end_group[x, e, g].force, state.crossing_end_group[x, e, h].force)
    return world.behaviour[0].contest_lethality * world.behaviour[0].contest_engaged * weaker


@kernel
def value(world, state, x, e, g):
    """What the end is worth to `g`, USD: months of income after its patron's cut and levies."""
    patron = state.group[g].patron
    kept = 1.0
    if patron >= 0:
        kept = (1.0 - world.patron[patron].cut) * (
            1.0 - world.crossing_end_patron[x, e, patron].levy
        )
    return world.behaviour[0].contest_horizon * state.crossing_end[x, e].prize * kept


@kernel
def displeasure(world, state, g, h):
    """What attacking a fellow client costs; it does not forbid it."""
    if state.group[g].patron >= 0 and state.group[g].patron == state.group[h].patron:
        return world.behaviour[0].contest_displeasure
    return 0.0


@kernel
def chance_of_winning(world, state, x, e, g, h):
    """Contest success of `g` against holder `h`."""
    return win_chance(
        state.crossing_end_group[x, e, g].strength,
        state.crossing_end_group[x, e, h].strength,
        world.behaviour[0].contest_decisiveness,
        world.behaviour[0].contest_defence,
    )


@kernel
def cost(world, state, x, e, g, h):
    """Cost of an attack, USD: fixed, expected deaths, displeasure, less what revenge is worth."""
    return (
        world.behaviour[0].contest_cost
        + world.behaviour[0].contest_loss * expected_deaths(world, state, x, e, g, h)
        + displeasure(world, state, g, h)
        - world.behaviour[0].contest_grievance * state.group_group[g, h].grievance
    )


@kernel
def is_rival(world, state, x, e, g, h):
    """A force on the bank, of another bloc than the holder's."""
    return (
        g != h
        and state.crossing_end_group[x, e, g].force >= world.behaviour[0].deployment_hold_min
        and state.group[g].bloc != state.group[h].bloc
    )


@kernel
def ceiling(world, state, x, e):
    """Most that the hazards of an end could sum to: every rival certain of its gain."""
    h = state.crossing_end[x, e].holder
    rivals = 0
    for g in range(world.group.shape[0]):
        if is_rival(world, state, x, e, g, h):
            rivals += 1
    return rivals * world.behaviour[0].contest_attack_per_day


@kernel
def weigh(world, state, x, e):
    """Hazards of all rivals of the holder of an end; their sum."""
    h = state.crossing_end[x, e].holder
    total = 0.0
    for g in range(world.group.shape[0]):
        hazard = 0.0
        if is_rival(world, state, x, e, g, h):
            gain = chance_of_winning(world, state, x, e, g, h) * value(world, state, x, e, g)
            gain -= cost(world, state, x, e, g, h)
            hazard = world.behaviour[0].contest_attack_per_day * logistic(
                gain / world.behaviour[0].contest_scale
            )
        state.crossing_end_group[x, e, g].hazard = hazard
        total += hazard
    return total


@kernel
def challenger(world, state, key, day, x, e, total):
    """One rival, in proportion to its hazard."""
    u = uniform(key, day, process.CHALLENGER, x, e) * total
    last = -1
    for g in range(world.group.shape[0]):
        hazard = state.crossing_end_group[x, e, g].hazard
        if hazard > 0:
            last = g
            u -= hazard
            if u < 0:
                return g
    return last


@kernel
def harm_bystanders(world, state, key, day, x, e):
    """Civilians caught in the crossfire."""
    p = world.crossing_end[x, e].place
    mean = world.behaviour[0].contest_bystanders * world.place[p].density
    harm = min(
        poisson(uniform(key, day, process.BYSTANDERS, x, e), mean), state.place[p].population
    )
    state.place[p].population -= harm
    state.place[p].harm += harm
    state.place[p].alarm += 1.0
    return harm


@kernel
def fight(world, state, log, key, day, x, e, g):
    """One attack: deaths on both sides, bystanders, and perhaps a new holder."""
    h = state.crossing_end[x, e].holder
    p = world.crossing_end[x, e].place
    end = x << 1 | e
    mean = expected_deaths(world, state, x, e, g, h)
    chance = chance_of_winning(world, state, x, e, g, h)
    dead = poisson(uniform(key, day, process.CHALLENGER_DEATHS, x, e), mean)
    lost = bury(world, state, key, day, process.CHALLENGER_SPREAD, end, g, p, dead)
    dead = poisson(uniform(key, day, process.HOLDER_DEATHS, x, e), mean)
    killed = lost + bury(world, state, key, day, process.HOLDER_SPREAD, end, h, p, dead)
    harm = harm_bystanders(world, state, key, day, x, e)
    won = uniform(key, day, process.WIN, x, e) < chance
    row = emit(log, day, CLASH, g, h, p, x, e, killed)
    prize = value(world, state, x, e, g)
    losses = world.behaviour[0].contest_loss * mean
    terms(log, row, chance, prize, losses, displeasure(world, state, g, h))
    grievance = world.behaviour[0].contest_grievance * state.group_group[g, h].grievance
    more_terms(log, row, grievance, lost, harm, 1.0 if won else 0.0)
    cause(log, row, state.crossing_end[x, e].event, chance * prize)
    cause(log, row, state.group_group[g, h].event, grievance)
    state.group_group[g, h].grievance += 1.0
    state.group_group[h, g].grievance += 1.0
    state.group_group[g, h].event = row
    state.group_group[h, g].event = row
    state.crossing_end[x, e].clashes += 1
    state.run[0].clashes += 1
    state.run[0].killed_clashes += killed
    if won:
        take(world, state, log, day, x, e, g, row, 2, 0)


@kernel
def next_attack(world, state, key, day):
    """The attacked end that comes first in today's random order, packed; -1: none is left."""
    best = -1
    least = 1.0
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            if state.crossing_end[x, e].attacker >= 0:
                order = uniform(key, day, process.ORDER, x, e)
                if order < least:
                    least = order
                    best = x << 1 | e
    return best


@kernel
def cool_down(world, state):
    """Grievances fade; once a week, feuds are counted anew."""
    fade = math.exp(-math.log(2.0) * WEEK / world.behaviour[0].contest_grievance_half_life)
    for g in range(world.group.shape[0]):
        for h in range(world.group.shape[0]):
            state.group_group[g, h].grievance *= fade
            state.group_group[g, h].feud = 0.0
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            h = state.crossing_end[x, e].holder
            state.crossing_end[x, e].rivals = 0.0
            if h >= 0:
                state.crossing_end[x, e].rivals = weigh(world, state, x, e)
                count_feuds(world, state, x, e, h)


@kernel
def count_feuds(world, state, x, e, h):
    """Clash losses a month that rivals and holder of an end expect of each other."""
    for g in range(world.group.shape[0]):
        hazard = state.crossing_end_group[x, e, g].hazard
        if hazard > 0:
            losses = (
                MONTH
                * hazard
                * world.behaviour[0].contest_loss
                * expected_deaths(world, state, x, e, g, h)
            )
            state.group_group[g, h].feud += losses
            state.group_group[h, g].feud += losses


@kernel
def attacker(world, state, key, day, x, e, u):
    """Who attacks the end today; -1: nobody.

    The draw is looked at first: most days not even the ceiling of the hazards would be reached, and
    nothing need be weighed.
    """
    if u >= ceiling(world, state, x, e):
        return -1
    total = weigh(world, state, x, e)
    if u >= 1.0 - math.exp(-total) or vetoed(world, day, process.ATTACK, x, e):
        return -1
    return challenger(world, state, key, day, x, e, total)


@kernel
def contest(world, state, log, key, day):
    """Weigh every end, then fight what is attacked, in random order."""
    if day < world.run[0].observe_day:
        return
    if (day - world.run[0].observe_day) % WEEK == 0:
        cool_down(world, state)
    attacks = 0
    for x in range(world.crossing.shape[0]):
        first, second = uniform_pair(key, day, process.ATTACK, x, 0)
        for e in range(2):
            state.crossing_end[x, e].attacker = -1
            if state.crossing_end[x, e].holder >= 0 and world.crossing[x].exists > 0:
                u = second if e else first
                state.crossing_end[x, e].attacker = attacker(world, state, key, day, x, e, u)
                if state.crossing_end[x, e].attacker >= 0:
                    attacks += 1
    for _ in range(attacks):
        end = next_attack(world, state, key, day)
        x = end >> 1
        e = end & 1
        g = state.crossing_end[x, e].attacker
        state.crossing_end[x, e].attacker = -1
        fight(world, state, log, key, day, x, e, g)
