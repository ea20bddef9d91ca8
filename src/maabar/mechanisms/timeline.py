"""Timeline: outside acts take effect on their day and end on theirs.

A closure, a pay cut, a levy or an intervention sets one number of the world and puts the old one
back when it ends; a siege surrounds a place; a prison release offers men service for freedom.
Dated strikes are carried out by `strikes`.

``take-up = Binomial(men, logistic((freedom + pay + ration - outside wage - fear) / scale))``

Source: C14, C27-C31; the dated rows of each scenario.
Assumes: what outsiders do does not answer to what groups do.
Reads: the rows that are due.
Writes: the numbers that they set; sieges; men who join.
Draws: OFFER.
Emits: closure, opening, pay change, toll change, change, siege, siege lifted, prison release.
"""

from maabar.engine import process
from maabar.engine.derive import derive
from maabar.engine.events import (
    PRISON_RELEASE,
    SIEGE,
    SIEGE_LIFTED,
    emit,
    more_terms,
    terms,
    vetoed,
)
from maabar.engine.fear import fear
from maabar.engine.force import settle
from maabar.engine.kernel import kernel
from maabar.engine.points import pay
from maabar.engine.rng import binomial, logistic, uniform

SET, SCALE, STRIKE_ROW, SIEGE_ROW, RELEASE_ROW = 0, 1, 2, 3, 4

READS = (
    "state.group.enlisted",
    "state.group.first",
    "state.group.flag",
    "state.group.past",
    "state.group.patron",
    "state.group_place.light",
    "state.group_place.men",
    "state.group_place.men_posture",
    "state.place.besieged",
    "state.run.abroad",
    "state.run.arms_lost",
    "state.run.released",
    "state.striker_label.rate",
    "state.striker_place.rate",
    "state.timeline.before",
    "state.timeline.day",
    "state.timeline.done",
    "state.timeline.event",
    "world.behaviour.contest_reach_km",
    "world.behaviour.posture_fresh",
    "world.behaviour.recruitment_freedom",
    "world.behaviour.recruitment_ration",
    "world.behaviour.recruitment_scale",
    "world.behaviour.recruitment_wage_weight",
    "world.behaviour.threat_mix",
    "world.behaviour.threat_near_km",
    "world.behaviour.threat_price_of_fear",
    "world.crossing.exists",
    "world.crossing.pair",
    "world.crossing.travellers",
    "world.crossing_end_patron.post",
    "world.group.founder",
    "world.group.kind",
    "world.group.light",
    "world.group.pay",
    "world.group.recruits",
    "world.market_good.price",
    "world.market_good.traded",
    "world.pair.travellers",
    "world.patron.label",
    "world.patron.levy",
    "world.patron.pay_core",
    "world.patron.pay_foreign",
    "world.patron.pay_local",
    "world.place.bank",
    "world.place.wage",
    "world.place_place.km",
    "world.raw",
    "world.run.observe_day",
    "world.striker.deceived",
    "world.striker.exists",
    "world.striker.lethality",
    "world.striker.restraint_homes",
    "world.striker_patron.restraint",
    "world.timeline.act",
    "world.timeline.actor",
    "world.timeline.crossing",
    "world.timeline.exists",
    "world.timeline.label",
    "world.timeline.part",
    "world.timeline.place",
    "world.timeline.target",
    "world.timeline.until",
    "world.timeline.value",
    "world.veto.day",
    "world.veto.i",
    "world.veto.j",
    "world.veto.process",
)
WRITES = (
    "state.crossing.open_event",
    "state.group.enlisted",
    "state.group.first",
    "state.group.past",
    "state.group_place.light",
    "state.group_place.men",
    "state.patron.pay_event",
    "state.place.besieged",
    "state.place.siege_event",
    "state.run.abroad",
    "state.run.arms_lost",
    "state.run.released",
    "state.timeline.before",
    "state.timeline.done",
    "state.timeline.event",
    "world.crossing_end_patron.levy",
    "world.good.reference_price",
    "world.group_patron.distance",
    "world.pair.travellers",
    "world.place_near.near",
    "world.place_place.reach",
    "world.raw",
)
PROCESS = (process.OFFER,)
EMITS = (
    "closure",
    "opening",
    "pay change",
    "toll change",
    "change",
    "siege",
    "siege lifted",
    "prison release",
)


@kernel
def set_number(world, state, log, day, r):
    """Set or scale one number of the world, remembering the old one."""
    offset = world.timeline[r].target
    before = world.raw[offset]
    state.timeline[r].before = before
    world.raw[offset] = world.timeline[r].value * (
        before if world.timeline[r].act == SCALE else 1.0
    )
    announce(world, state, log, day, r, before)


@kernel
def begun(state, r):
    """Day on which a row took effect; what lies before the first day does so on the first."""
    return max(0, state.timeline[r].day)


@kernel
def next_in_force(world, state, r):
    """The row that changed the same number next after `r` and has not ended, else -1."""
    found = -1
    for n in range(world.timeline.shape[0]):
        if (
            world.timeline[n].exists == 1
            and (world.timeline[n].act == SET or world.timeline[n].act == SCALE)
            and world.timeline[n].target == world.timeline[r].target
            and state.timeline[n].done == 1
            and (begun(state, n), n) > (begun(state, r), r)
            and (found < 0 or (begun(state, n), n) < (begun(state, found), found))
        ):
            found = n
    return found


@kernel
def take_back(world, state, r):
    """The number as it was before row `r`, with what came later and still holds done again."""
    value = state.timeline[r].before
    n = next_in_force(world, state, r)
    while n >= 0:
        state.timeline[n].before = value
        value = world.timeline[n].value * (value if world.timeline[n].act == SCALE else 1.0)
        n = next_in_force(world, state, n)
    world.raw[world.timeline[r].target] = value


@kernel
def announce(world, state, log, day, r, before):
    """One event for a row, however many numbers it sets."""
    row = -1
    if world.timeline[r].label < 0:
        return
    if world.timeline[r].part == 0:
        row = emit(
            log,
            day,
            world.timeline[r].label,
            world.timeline[r].actor,
            -1,
            world.timeline[r].place,
            world.timeline[r].crossing,
            -1,
            world.raw[world.timeline[r].target],
        )
        terms(log, row, before, 0.0, 0.0, 0.0)
    elif r > 0:
        row = state.timeline[r - 1].event
    state.timeline[r].event = row
    if world.timeline[r].crossing >= 0:
        state.crossing[world.timeline[r].crossing].open_event = row
    if world.timeline[r].actor >= 0:
        state.patron[world.timeline[r].actor].pay_event = row


@kernel
def lay_siege(world, state, log, day, r):
    """The place is surrounded until the row ends."""
    p = world.timeline[r].place
    state.place[p].besieged = r
    row = emit(log, day, SIEGE, -1, -1, p, -1, -1, world.timeline[r].value)
    state.place[p].siege_event = row
    state.timeline[r].event = row


@kernel
def lift_siege(world, state, log, day, r):
    """The roads are open again."""
    p = world.timeline[r].place
    if state.place[p].besieged == r:
        state.place[p].besieged = -1
        emit(log, day, SIEGE_LIFTED, -1, -1, p, -1, -1, 0.0)


@kernel
def release_prisoners(world, state, log, key, day, r):
    """Men are offered their freedom for service; those who take it join at once."""
    g = world.timeline[r].target
    p = world.timeline[r].place
    patron = state.group[g].patron
    true = world.patron[patron].label
    danger = fear(
        world,
        state,
        p,
        patron,
        true,
        state.group[g].flag,
        state.group_place[g, p].men_posture,
        False,
    )
    gain = pay(world, g, patron) - world.place[p].wage
    chance = logistic(
        (
            world.behaviour[0].recruitment_freedom
            + world.behaviour[0].recruitment_ration
            + world.behaviour[0].recruitment_wage_weight * gain
            - danger
        )
        / world.behaviour[0].recruitment_scale
    )
    offered = int(world.timeline[r].value)
    joined = binomial(uniform(key, day, process.OFFER, r, 0), offered, chance)
    settle(state, g, p)
    state.group_place[g, p].men += joined
    rifles = int(joined * world.group[g].light)
    state.group_place[g, p].light += rifles
    state.run[0].arms_lost -= rifles
    state.run[0].abroad -= joined
    if day >= world.run[0].observe_day:
        state.run[0].released += joined
        state.group[g].enlisted += joined
    row = emit(log, day, PRISON_RELEASE, g, -1, p, -1, -1, joined)
    terms(log, row, offered, chance, gain, danger)
    more_terms(log, row, 0.0, 0.0, 0.0, 0.0)
    state.timeline[r].event = row


@kernel
def timeline(world, state, log, key, day):
    """Carry out what is due today."""
    changed = False
    reach = world.behaviour[0].contest_reach_km
    near = world.behaviour[0].threat_near_km
    for r in range(world.timeline.shape[0]):
        act = world.timeline[r].act
        if world.timeline[r].exists == 0 or act < 0 or act == STRIKE_ROW:
            continue
        if state.timeline[r].done == 0 and day >= state.timeline[r].day:
            state.timeline[r].done = 1
            if vetoed(world, day, process.OFFER, r, 0):
                state.timeline[r].done = 2
                continue
            if act == SIEGE_ROW:
                lay_siege(world, state, log, day, r)
            elif act == RELEASE_ROW:
                release_prisoners(world, state, log, key, day, r)
            else:
                set_number(world, state, log, day, r)
                changed = True
        elif state.timeline[r].done == 1 and day == world.timeline[r].until:
            state.timeline[r].done = 2
            if act == SIEGE_ROW:
                lift_siege(world, state, log, day, r)
            elif act != RELEASE_ROW:
                take_back(world, state, r)
                changed = True
    if changed:
        moved = (
            world.behaviour[0].contest_reach_km != reach
            or world.behaviour[0].threat_near_km != near
        )
        derive(world, moved)
