"""Strikes: air powers hit what they can see of those they are hostile to, and spare some of it.

A campaign switches on and off; on each strike every group in every place stands against the chance
of finding nothing, in proportion to its visible men and arms and to the hostility its flag draws.

``W = hostility * (fighters + w_arms * arms) * visibility``, chosen by an exponential race against a
miss weight; ``deaths ~ Poisson(lethality)``, capped by who is there; civilians die only when what
was hit sat in homes: ``Poisson(collateral * density)``.

Source: C14-C16, C35-C37; F-deaths-per-strike.
Assumes: a striker sees flags and postures, not intentions; strikes of one day are independent.
Draws: CAMPAIGN, STRIKES, TARGET, MISS, PART, STRIKE_DEATHS, LIGHT_LOST, MEDIUM_LOST,
STRIKE_CIVILIANS, FAR.
Emits: strike.
"""

from maabar.engine import process
from maabar.engine.events import STRIKE, cause, emit, more_terms, terms, vetoed
from maabar.engine.fear import exposure, visibility
from maabar.engine.force import count_dead
from maabar.engine.kernel import kernel
from maabar.engine.points import HOMES
from maabar.engine.rng import binomial, exponential, poisson, uniform

STRIKE_ROW = 2
ON_RECORD = 1 << 28  # marks draws of a dated strike; the others are of (striker, number)

READS = (
    "state.group.flag",
    "state.group.hq",
    "state.group.hq_fresh",
    "state.group.hq_posture",
    "state.group.killed",
    "state.group.men",
    "state.group.patron",
    "state.group.shock",
    "state.group_place.arms_fresh",
    "state.group_place.arms_posture",
    "state.group_place.event",
    "state.group_place.light",
    "state.group_place.medium",
    "state.group_place.men",
    "state.group_place.men_fresh",
    "state.group_place.men_posture",
    "state.group_place.weight",
    "state.place.alarm",
    "state.place.harm",
    "state.place.population",
    "state.run.arms_lost",
    "state.run.dead",
    "state.run.killed_strikes",
    "state.run.strikes",
    "state.striker.campaign",
    "state.striker.strikes",
    "state.striker_label.today",
    "state.striker_place.today",
    "state.timeline.day",
    "world.behaviour.posture_fresh",
    "world.behaviour.threat_hq_weight",
    "world.behaviour.threat_light_weight",
    "world.behaviour.threat_medium_weight",
    "world.behaviour.threat_shock_label",
    "world.behaviour.threat_shock_near",
    "world.patron.label",
    "world.place.density",
    "world.place_near.near",
    "world.run.observe_day",
    "world.striker.active",
    "world.striker.arms_lost",
    "world.striker.campaign_start",
    "world.striker.campaign_stop",
    "world.striker.collateral",
    "world.striker.deceived",
    "world.striker.exists",
    "world.striker.far",
    "world.striker.lethality",
    "world.striker.miss",
    "world.striker.rate_off",
    "world.striker.rate_on",
    "world.striker.restraint_homes",
    "world.striker_label.hostility",
    "world.striker_patron.restraint",
    "world.timeline.act",
    "world.timeline.exists",
    "world.timeline.label",
    "world.timeline.part",
    "world.timeline.parts",
    "world.timeline.place",
    "world.timeline.target",
    "world.timeline.value",
    "world.veto.day",
    "world.veto.i",
    "world.veto.j",
    "world.veto.process",
)
WRITES = (
    "state.group.hit_event",
    "state.group.killed",
    "state.group.shock",
    "state.group_place.light",
    "state.group_place.medium",
    "state.group_place.men",
    "state.group_place.weight",
    "state.place.alarm",
    "state.place.harm",
    "state.place.population",
    "state.run.arms_lost",
    "state.run.dead",
    "state.run.killed_strikes",
    "state.run.strikes",
    "state.striker.campaign",
    "state.striker.far_today",
    "state.striker.strikes",
    "state.striker_label.today",
    "state.striker_place.today",
)
PROCESS = (
    process.CAMPAIGN,
    process.STRIKES,
    process.TARGET,
    process.MISS,
    process.PART,
    process.STRIKE_DEATHS,
    process.LIGHT_LOST,
    process.MEDIUM_LOST,
    process.STRIKE_CIVILIANS,
    process.FAR,
)
EMITS = ("strike",)


@kernel
def visible_men(world, state, v, g, p, day):
    """Men of `g` in `p` as striker `v` sees them, in fighters."""
    return state.group_place[g, p].men * visibility(
        world,
        v,
        state.group[g].patron,
        state.group_place[g, p].men_posture,
        state.group_place[g, p].men_fresh > day,
    )


@kernel
def visible_arms(world, state, v, g, p, day):
    """Arms of `g` in `p` as striker `v` sees them, in fighters."""
    return exposure(
        world, 0, state.group_place[g, p].light, state.group_place[g, p].medium
    ) * visibility(
        world,
        v,
        state.group[g].patron,
        state.group_place[g, p].arms_posture,
        state.group_place[g, p].arms_fresh > day,
    )


@kernel
def visible_hq(world, state, v, g, p, day):
    """The headquarters of `g`, if it sits in `p`, in fighters."""
    if state.group[g].hq != p:
        return 0.0
    return world.behaviour[0].threat_hq_weight * visibility(
        world, v, state.group[g].patron, state.group[g].hq_posture, state.group[g].hq_fresh > day
    )


@kernel
def hostility(world, state, v, g):
    """Hostility that `g` draws: by its flag as far as that deceives, by its label for the rest."""
    patron = state.group[g].patron
    if patron < 0:
        return 0.0
    deceived = world.striker[v].deceived
    shown = world.striker_label[v, state.group[g].flag].hostility
    true = world.striker_label[v, world.patron[patron].label].hostility
    return deceived * shown + (1.0 - deceived) * true


@kernel
def weigh_targets(world, state, v, label, place, day):
    """Weight of every (group, place); a dated strike names a true label and perhaps a place."""
    for g in range(world.group.shape[0]):
        patron = state.group[g].patron
        wanted = hostility(world, state, v, g)
        if label >= 0:
            wanted = 1.0 if patron >= 0 and world.patron[patron].label == label else 0.0
        for p in range(world.place.shape[0]):
            weight = 0.0
            if wanted > 0 and state.group_place[g, p].men > 0 and (place < 0 or place == p):
                weight = wanted * (
                    visible_men(world, state, v, g, p, day)
                    + visible_arms(world, state, v, g, p, day)
                    + visible_hq(world, state, v, g, p, day)
                )
            state.group_place[g, p].weight = weight


@kernel
def choose_target(world, state, key, day, actor, miss):
    """Exponential race keyed by (group, place) against a miss; packed ``g << 16 | p`` or -1."""
    best = -1
    least = 0.0
    found = False
    if miss > 0:
        least = exponential(uniform(key, day, process.MISS, actor, 0)) / miss
        found = True
    for g in range(world.group.shape[0]):
        for p in range(world.place.shape[0]):
            weight = state.group_place[g, p].weight
            if weight > 0:
                target = g << 16 | p
                time = exponential(uniform(key, day, process.TARGET, actor, target)) / weight
                if not found or time < least:
                    found = True
                    least = time
                    best = target
    return best


@kernel
def choose_part(world, state, key, day, v, actor, g, p):
    """Which part is hit, by what is visible of it: 0 men, 1 arms, 2 headquarters."""
    men = visible_men(world, state, v, g, p, day)
    arms = visible_arms(world, state, v, g, p, day)
    whole = men + arms + visible_hq(world, state, v, g, p, day)
    u = uniform(key, day, process.PART, actor, 0) * whole
    if u < men:
        return 0
    return 1 if u < men + arms else 2


@kernel
def posture_of(state, g, p, part):
    """Posture of the part that was hit."""
    if part == 0:
        return state.group_place[g, p].men_posture
    if part == 1:
        return state.group_place[g, p].arms_posture
    return state.group[g].hq_posture


@kernel
def shake(world, state, g, p, row):
    """Groups under the same label, and groups nearby, are shaken."""
    label = world.patron[state.group[g].patron].label
    for h in range(world.group.shape[0]):
        if state.group[h].men > 0 and state.group[h].patron >= 0:
            shock = world.behaviour[0].threat_shock_near * (
                world.place_near[state.group[h].hq, p].near
            )
            if world.patron[state.group[h].patron].label == label:
                shock += world.behaviour[0].threat_shock_label
            state.group[h].shock += shock
            if shock >= 0.5:
                state.group[h].hit_event = row


@kernel
def strike(world, state, log, key, day, v, actor, target, killed):
    """Kill, destroy, be believed: one strike on one part of one group in one place."""
    g = target >> 16
    p = target & 0xFFFF
    part = choose_part(world, state, key, day, v, actor, g, p)
    deaths = killed
    if deaths < 0:
        deaths = poisson(
            uniform(key, day, process.STRIKE_DEATHS, actor, 0), world.striker[v].lethality
        )
    deaths = min(deaths, state.group_place[g, p].men)
    lost = 0
    if part == 1:
        share = world.striker[v].arms_lost
        light = binomial(
            uniform(key, day, process.LIGHT_LOST, actor, 0), state.group_place[g, p].light, share
        )
        medium = binomial(
            uniform(key, day, process.MEDIUM_LOST, actor, 0), state.group_place[g, p].medium, share
        )
        state.group_place[g, p].light -= light
        state.group_place[g, p].medium -= medium
        state.run[0].arms_lost += light + medium
        lost = light + medium
    harm = 0
    if posture_of(state, g, p, part) == HOMES:
        harm = poisson(
            uniform(key, day, process.STRIKE_CIVILIANS, actor, 0),
            world.striker[v].collateral * world.place[p].density,
        )
        harm = min(harm, state.place[p].population)
    state.group_place[g, p].men -= deaths
    state.place[p].population -= harm
    state.place[p].harm += harm
    state.place[p].alarm += 1.0
    state.striker_place[v, p].today += 1.0
    deceived = world.striker[v].deceived
    state.striker_label[v, state.group[g].flag].today += deceived
    state.striker_label[v, world.patron[state.group[g].patron].label].today += 1.0 - deceived
    row = emit(log, day, STRIKE, v, g, p, -1, -1, deaths)
    terms(log, row, harm, lost, state.group[g].flag, part)
    if actor >= ON_RECORD:
        more_terms(log, row, actor - ON_RECORD, 0.0, 0.0, 0.0)
    else:
        more_terms(log, row, -1.0, actor & 0xFFFF, 0.0, 0.0)
    cause(log, row, state.group_place[g, p].event, 1.0)
    shake(world, state, g, p, row)
    count_dead(world, state, day, g, deaths)
    if day >= world.run[0].observe_day:
        state.run[0].killed_strikes += deaths
        state.run[0].strikes += 1
        state.striker[v].strikes += 1


@kernel
def campaign(world, state, key, day, v):
    """Campaigns start and stop; return today's mean number of strikes."""
    u = uniform(key, day, process.CAMPAIGN, v, 0)
    if state.striker[v].campaign == 1:
        if u < world.striker[v].campaign_stop:
            state.striker[v].campaign = 0
    elif u < world.striker[v].campaign_start:
        state.striker[v].campaign = 1
    rate = world.striker[v].rate_on if state.striker[v].campaign == 1 else world.striker[v].rate_off
    return rate * world.striker[v].active * world.striker[v].exists


@kernel
def dated_strikes(world, state, log, key, day):
    """Strikes on record: the day, the label and the dead are known, the target's part is not."""
    for r in range(world.timeline.shape[0]):
        if (
            world.timeline[r].act == STRIKE_ROW
            and world.timeline[r].exists > 0
            and state.timeline[r].day == day
        ):
            v = world.timeline[r].target
            actor = ON_RECORD | r
            if world.striker[v].exists > 0 and not vetoed(world, day, process.TARGET, actor, 0):
                killed = -1
                if world.timeline[r].value >= 0:
                    whole = int(world.timeline[r].value + 0.5)
                    part = world.timeline[r].part
                    parts = world.timeline[r].parts
                    killed = whole * (part + 1) // parts - whole * part // parts
                weigh_targets(
                    world, state, v, world.timeline[r].label, world.timeline[r].place, day
                )
                target = choose_target(world, state, key, day, actor, 0.0)
                if target >= 0:
                    strike(world, state, log, key, day, v, actor, target, killed)


@kernel
def strikes(world, state, log, key, day):
    """Dated strikes first, then those of the campaigns."""
    for v in range(world.striker.shape[0]):
        state.striker[v].far_today = poisson(
            uniform(key, day, process.FAR, v, 0), world.striker[v].far * world.striker[v].exists
        )
        for label in range(world.striker_label.shape[1]):
            state.striker_label[v, label].today = 0.0
        for p in range(world.place.shape[0]):
            state.striker_place[v, p].today = 0.0
    dated_strikes(world, state, log, key, day)
    for v in range(world.striker.shape[0]):
        mean = campaign(world, state, key, day, v)
        count = poisson(uniform(key, day, process.STRIKES, v, 0), mean)
        for n in range(count):
            actor = v << 16 | n
            weigh_targets(world, state, v, -1, -1, day)
            target = choose_target(world, state, key, day, actor, world.striker[v].miss)
            if target >= 0 and not vetoed(world, day, process.TARGET, actor, 0):
                strike(world, state, log, key, day, v, actor, target, -1)
