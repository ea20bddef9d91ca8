"""Posture: men, arms and headquarters go where strikes spare them; flags go up.

Each part of a group in a place sits in the open, in homes, or beside the points of its patron's own
regulars; or it takes new positions in the same place, not known for some weeks.  Homes cost the
anger of the neighbours, the patron's eyes cost freedom.  A group may show another's flag if that is
believable, at a cost.

``U = -fear - cost(posture) + inertia [unchanged] + noise * Gumbel``

Source: C01-C03, C05, C06, C33-C37.
Assumes: each part is moved as a whole; what is moved is seen by all who strike alike.
Draws: POSTURE_REVIEW, MEN_POSTURE, ARMS_POSTURE, HQ_POSTURE, FLAG_REVIEW, FLAG.
Emits: positions moved, weapons moved into homes, moved beside the patron's points, men moved into
homes, moved into the open, headquarters moved, flag raised.
"""

import math

from maabar.engine import process
from maabar.engine.events import (
    FLAG_RAISED,
    HQ_MOVED,
    MEN_HIDDEN,
    MOVED_BESIDE,
    MOVED_OPEN,
    POSITIONS_MOVED,
    WEAPONS_HIDDEN,
    cause,
    emit,
    more_terms,
    terms,
    vetoed,
)
from maabar.engine.fear import fear
from maabar.engine.kernel import kernel
from maabar.engine.points import BESIDE, CORE, HOMES, OPEN, core_force_near
from maabar.engine.rng import gumbel, uniform
from maabar.variables import THOUSAND

MEN, ARMS, HQ = 0, 1, 2
MOVE = 3  # new positions in the same place

READS = (
    "state.group.due",
    "state.group.first",
    "state.group.flag",
    "state.group.hit_event",
    "state.group.hq",
    "state.group.hq_fresh",
    "state.group.hq_posture",
    "state.group.men",
    "state.group.past",
    "state.group.patron",
    "state.group.patron_event",
    "state.group.shock",
    "state.group_place.arms_fresh",
    "state.group_place.arms_posture",
    "state.group_place.light",
    "state.group_place.medium",
    "state.group_place.men",
    "state.group_place.men_fresh",
    "state.group_place.men_posture",
    "state.run.flags_raised",
    "state.run.moved_homes",
    "state.striker_label.rate",
    "state.striker_place.rate",
    "world.behaviour.posture_beside_km",
    "world.behaviour.posture_flag_inertia",
    "world.behaviour.posture_flag_mismatch",
    "world.behaviour.posture_flag_noise",
    "world.behaviour.posture_flag_review_per_day",
    "world.behaviour.posture_fresh",
    "world.behaviour.posture_fresh_days",
    "world.behaviour.posture_homes_cost",
    "world.behaviour.posture_homes_cost_arms",
    "world.behaviour.posture_inertia",
    "world.behaviour.posture_move_cost",
    "world.behaviour.posture_noise",
    "world.behaviour.posture_review_per_day",
    "world.behaviour.posture_shock_gain",
    "world.behaviour.threat_mix",
    "world.behaviour.threat_price_of_fear",
    "world.group.kind",
    "world.label_label.may_show",
    "world.patron.guard",
    "world.patron.label",
    "world.patron.oversight",
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
    "state.group.flag",
    "state.group.flag_event",
    "state.group.hq_fresh",
    "state.group.hq_posture",
    "state.group_place.arms_fresh",
    "state.group_place.arms_posture",
    "state.group_place.event",
    "state.group_place.men_fresh",
    "state.group_place.men_posture",
    "state.run.flags_raised",
    "state.run.moved_homes",
)
PROCESS = (
    process.POSTURE_REVIEW,
    process.MEN_POSTURE,
    process.ARMS_POSTURE,
    process.HQ_POSTURE,
    process.FLAG_REVIEW,
    process.FLAG,
)
EMITS = (
    "positions moved",
    "weapons moved into homes",
    "moved beside the patron's points",
    "men moved into homes",
    "moved into the open",
    "headquarters moved",
    "flag raised",
)


@kernel
def process_of(part):
    """The kind of decision that placing a part is."""
    if part == MEN:
        return process.MEN_POSTURE
    return process.ARMS_POSTURE if part == ARMS else process.HQ_POSTURE


@kernel
def cost(world, p, patron, part, option):
    """What a posture costs a month, beside fear."""
    if option == HOMES:
        anger = (
            world.behaviour[0].posture_homes_cost_arms
            if part == ARMS
            else world.behaviour[0].posture_homes_cost
        )
        return anger * world.place[p].density / THOUSAND
    if option == BESIDE:
        return world.patron[patron].oversight - world.patron[patron].guard
    if option == MOVE:
        return world.behaviour[0].posture_move_cost
    return 0.0


@kernel
def danger(world, state, g, p, option, fresh):
    """Fear in a posture under the flag shown."""
    patron = state.group[g].patron
    seen_as = OPEN if option == MOVE else option
    return fear(
        world,
        state,
        p,
        patron,
        world.patron[patron].label,
        state.group[g].flag,
        seen_as,
        fresh or option == MOVE,
    )


@kernel
def choose(world, state, key, day, g, p, part, current, fresh, beside):
    """The best option for one part; `beside`: whether the patron's points are within reach."""
    best = current
    most = -math.inf
    for option in range(4):
        if option == BESIDE and not beside:
            continue
        u = uniform(key, day, process_of(part), g, p << 2 | option)
        value = world.behaviour[0].posture_noise * gumbel(u)
        value -= danger(world, state, g, p, option, fresh and option == current)
        value -= cost(world, p, state.group[g].patron, part, option)
        if option == current:
            value += world.behaviour[0].posture_inertia
        if value > most:
            most = value
            best = option
    return best


@kernel
def event_kind(part, option):
    """Which event a move of a part is."""
    if option == MOVE:
        return POSITIONS_MOVED
    if option == BESIDE:
        return MOVED_BESIDE
    if part == HQ:
        return HQ_MOVED
    if option == HOMES:
        return WEAPONS_HIDDEN if part == ARMS else MEN_HIDDEN
    return MOVED_OPEN


@kernel
def tell(world, state, log, day, g, p, part, current, option, fresh):
    """Write the event of a move, its terms and what it was due to."""
    kind = event_kind(part, option)
    patron = state.group[g].patron
    amount = float(part)
    if kind == WEAPONS_HIDDEN:
        amount = state.group_place[g, p].light + state.group_place[g, p].medium
    elif kind in (MEN_HIDDEN, POSITIONS_MOVED):
        amount = state.group_place[g, p].men
    elif kind == HQ_MOVED:
        amount = option
    target = patron if kind == MOVED_BESIDE else -1
    row = emit(log, day, kind, g, target, p, -1, -1, amount)
    left = danger(world, state, g, p, current, fresh)
    chosen = danger(world, state, g, p, option, False)
    spent = cost(world, p, patron, part, current)
    spends = cost(world, p, patron, part, option)
    terms(log, row, left, chosen, spent, spends)
    more_terms(log, row, left + spent - chosen - spends, part, 0.0, 0.0)
    cause(log, row, state.group[g].hit_event, max(0.0, left - chosen))
    if state.group[g].due > 0:
        cause(log, row, state.group[g].patron_event, max(0.0, spent - spends))
    state.group_place[g, p].event = row
    if kind == WEAPONS_HIDDEN and day >= world.run[0].observe_day:
        state.run[0].moved_homes += 1


@kernel
def place_part(world, state, log, key, day, g, p, part, current, fresh_until, beside):
    """Review one part; return its posture and the day until which its position is not known."""
    fresh = fresh_until > day
    option = choose(world, state, key, day, g, p, part, current, fresh, beside)
    if option == current or vetoed(world, day, process_of(part), g, p):
        return current, fresh_until
    tell(world, state, log, day, g, p, part, current, option, fresh)
    if option == MOVE:
        return OPEN, day + int(world.behaviour[0].posture_fresh_days)
    return option, day


@kernel
def review_place(world, state, log, key, day, g, p):
    """Men, arms and, where it sits here, the headquarters; regulars are themselves the points."""
    beside = world.group[g].kind != CORE and core_force_near(world, state, state.group[g].patron, p)
    posture, fresh = place_part(
        world, state, log, key, day, g, p, MEN,
        state.group_place[g, p].men_posture, state.group_place[g, p].men_fresh, beside,
    )  # fmt: skip
    state.group_place[g, p].men_posture = posture
    state.group_place[g, p].men_fresh = fresh
    posture, fresh = place_part(
        world, state, log, key, day, g, p, ARMS,
        state.group_place[g, p].arms_posture, state.group_place[g, p].arms_fresh, beside,
    )  # fmt: skip
    state.group_place[g, p].arms_posture = posture
    state.group_place[g, p].arms_fresh = fresh
    if state.group[g].hq == p:
        posture, fresh = place_part(
            world, state, log, key, day, g, p, HQ,
            state.group[g].hq_posture, state.group[g].hq_fresh, beside,
        )  # fmt: skip
        state.group[g].hq_posture = posture
        state.group[g].hq_fresh = fresh


@kernel
def mean_fear(world, state, g, label):
    """Fear under a flag, averaged over the men of `g`."""
    patron = state.group[g].patron
    total = 0.0
    men = 0
    for p in range(state.group[g].first, state.group[g].past):
        here = state.group_place[g, p].men
        if here > 0:
            men += here
            total += here * fear(
                world,
                state,
                p,
                patron,
                world.patron[patron].label,
                label,
                state.group_place[g, p].men_posture,
                False,
            )
    return total / max(1, men)


@kernel
def review_flag(world, state, log, key, day, g):
    """Own label's flag, or another that could be believed."""
    true = world.patron[state.group[g].patron].label
    flag = state.group[g].flag
    best = flag
    most = -math.inf
    for label in range(world.label_label.shape[0]):
        if label != true and world.label_label[true, label].may_show == 0:
            continue
        u = uniform(key, day, process.FLAG, g, label)
        value = world.behaviour[0].posture_flag_noise * gumbel(u)
        value -= mean_fear(world, state, g, label)
        if label != true:
            value -= world.behaviour[0].posture_flag_mismatch
        if label == flag:
            value += world.behaviour[0].posture_flag_inertia
        if value > most:
            most = value
            best = label
    if best == flag or vetoed(world, day, process.FLAG, g, 0):
        return
    before = mean_fear(world, state, g, flag)
    after = mean_fear(world, state, g, best)
    row = emit(log, day, FLAG_RAISED, g, best, state.group[g].hq, -1, -1, flag)
    mismatch = world.behaviour[0].posture_flag_mismatch if best != true else 0.0
    terms(log, row, before, after, mismatch, before - after - mismatch)
    cause(log, row, state.group[g].hit_event, max(0.0, before - after))
    if state.group[g].due > 0:
        cause(log, row, state.group[g].patron_event, world.behaviour[0].posture_flag_mismatch)
    state.group[g].flag = best
    state.group[g].flag_event = row
    if day >= world.run[0].observe_day:
        state.run[0].flags_raised += 1


@kernel
def posture(world, state, log, key, day):
    """Groups that are due, or think of it, review where they sit and what they show."""
    for g in range(world.group.shape[0]):
        if state.group[g].men == 0 or state.group[g].patron < 0:
            continue
        due = state.group[g].due > 0
        excited = 1.0 + world.behaviour[0].posture_shock_gain * state.group[g].shock
        chance = 1.0 - math.exp(-world.behaviour[0].posture_review_per_day * excited)
        for p in range(state.group[g].first, state.group[g].past):
            if state.group_place[g, p].men > 0:
                u = uniform(key, day, process.POSTURE_REVIEW, g, p)
                if due or u < chance:
                    review_place(world, state, log, key, day, g, p)
        chance = 1.0 - math.exp(-world.behaviour[0].posture_flag_review_per_day * excited)
        if due or uniform(key, day, process.FLAG_REVIEW, g, 0) < chance:
            review_flag(world, state, log, key, day, g)
        state.group[g].due = 0
