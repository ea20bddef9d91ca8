"""Threat: everyone watches who is struck, and where, and forgets.

Each striker's danger to a label is a gamma-Poisson belief about strikes per thousand visible
fighters a day, so that hiding is not counted twice: fewer hits on fewer visible men is the same
danger to those who stay in the open.

``a <- d a + (1 - d) a0 + hits``, ``b <- d b + (1 - d) b0 + visible / 1000``, ``rate = a / b``,
``d = 2^(-1 / half_life)``; the same around every place with distance weights; shock decays.

Source: C34-C37 (fear of being bombed again); gamma-Poisson conjugacy.
Assumes: beliefs are common knowledge; hits and exposure are booked to the flag as far as the
striker is deceived and to the true label for the rest.
Draws: nothing.
Emits: nothing.
"""

import math

from maabar.engine.fear import exposure, visibility
from maabar.engine.kernel import kernel
from maabar.variables import THOUSAND

READS = (
    "state.group.first",
    "state.group.flag",
    "state.group.hq",
    "state.group.hq_fresh",
    "state.group.hq_posture",
    "state.group.past",
    "state.group.patron",
    "state.group.shock",
    "state.group_place.arms_fresh",
    "state.group_place.arms_posture",
    "state.group_place.light",
    "state.group_place.medium",
    "state.group_place.men",
    "state.group_place.men_fresh",
    "state.group_place.men_posture",
    "state.striker.far_today",
    "state.striker_label.exposure",
    "state.striker_label.hits",
    "state.striker_label.seen",
    "state.striker_label.today",
    "state.striker_place.exposure",
    "state.striker_place.hits",
    "state.striker_place.rate",
    "state.striker_place.seen",
    "state.striker_place.today",
    "world.behaviour.posture_fresh",
    "world.behaviour.threat_far_weight",
    "world.behaviour.threat_half_life",
    "world.behaviour.threat_hq_weight",
    "world.behaviour.threat_light_weight",
    "world.behaviour.threat_medium_weight",
    "world.behaviour.threat_prior_exposure",
    "world.behaviour.threat_prior_rate",
    "world.behaviour.threat_shock_half_life",
    "world.patron.label",
    "world.place_near.near",
    "world.striker.deceived",
    "world.striker.restraint_homes",
    "world.striker_label.hostility",
    "world.striker_patron.restraint",
)
WRITES = (
    "state.group.shock",
    "state.striker_label.exposure",
    "state.striker_label.hits",
    "state.striker_label.rate",
    "state.striker_label.seen",
    "state.striker_place.exposure",
    "state.striker_place.hits",
    "state.striker_place.rate",
    "state.striker_place.seen",
)
PROCESS = ()
EMITS = ()


@kernel
def clear(world, state):
    """Forget yesterday's exposure."""
    for v in range(world.striker.shape[0]):
        for label in range(world.striker_label.shape[1]):
            state.striker_label[v, label].seen = 0.0
        for p in range(world.place.shape[0]):
            state.striker_place[v, p].seen = 0.0


@kernel
def look_around(world, state, day):
    """Book what each striker can see, by label and by place, in thousands of fighters."""
    for g in range(world.group.shape[0]):
        patron = state.group[g].patron
        if patron < 0:
            continue
        true = world.patron[patron].label
        shown = state.group[g].flag
        for p in range(state.group[g].first, state.group[g].past):
            men = state.group_place[g, p].men
            if men == 0:
                continue
            arms = exposure(world, 0, state.group_place[g, p].light, state.group_place[g, p].medium)
            men_posture = state.group_place[g, p].men_posture
            arms_posture = state.group_place[g, p].arms_posture
            men_fresh = state.group_place[g, p].men_fresh > day
            arms_fresh = state.group_place[g, p].arms_fresh > day
            for v in range(world.striker.shape[0]):
                seen = men * visibility(world, v, patron, men_posture, men_fresh)
                seen += arms * visibility(world, v, patron, arms_posture, arms_fresh)
                if state.group[g].hq == p:
                    seen += world.behaviour[0].threat_hq_weight * visibility(
                        world, v, patron, state.group[g].hq_posture, state.group[g].hq_fresh > day
                    )
                seen /= THOUSAND
                deceived = world.striker[v].deceived
                state.striker_label[v, shown].seen += deceived * seen
                state.striker_label[v, true].seen += (1.0 - deceived) * seen
                state.striker_place[v, p].seen += seen


@kernel
def believe_label(world, state, v, label, keep):
    """Update the belief about one label."""
    b0 = world.behaviour[0].threat_prior_exposure
    a0 = world.behaviour[0].threat_prior_rate * world.striker_label[v, label].hostility * b0
    far = (
        world.behaviour[0].threat_far_weight
        * state.striker[v].far_today
        * world.striker_label[v, label].hostility
    )
    state.striker_label[v, label].hits = (
        keep * state.striker_label[v, label].hits
        + (1.0 - keep) * a0
        + state.striker_label[v, label].today
        + far
    )
    state.striker_label[v, label].exposure = (
        keep * state.striker_label[v, label].exposure
        + (1.0 - keep) * b0
        + state.striker_label[v, label].seen
    )
    state.striker_label[v, label].rate = (
        state.striker_label[v, label].hits / state.striker_label[v, label].exposure
    )


@kernel
def gather(world, state, v):
    """Sum what is seen around every place, in `rate`; four at once, each in the same order."""
    places = world.place.shape[0]
    for p in range(0, places - 3, 4):
        one = 0.0
        two = 0.0
        three = 0.0
        four = 0.0
        for q in range(places):
            seen = state.striker_place[v, q].seen
            one += world.place_near[p, q].near * seen
            two += world.place_near[p + 1, q].near * seen
            three += world.place_near[p + 2, q].near * seen
            four += world.place_near[p + 3, q].near * seen
        state.striker_place[v, p].rate = one
        state.striker_place[v, p + 1].rate = two
        state.striker_place[v, p + 2].rate = three
        state.striker_place[v, p + 3].rate = four
    for p in range(places - places % 4, places):
        one = 0.0
        for q in range(places):
            one += world.place_near[p, q].near * state.striker_place[v, q].seen
        state.striker_place[v, p].rate = one


@kernel
def struck(world, state, v):
    """Whether a striker hit anything today."""
    hits = 0.0
    for p in range(world.place.shape[0]):
        hits += state.striker_place[v, p].today
    return hits > 0


@kernel
def believe_place(world, state, v, p, keep, hit):
    """Update the belief about what happens around one place."""
    b0 = world.behaviour[0].threat_prior_exposure
    a0 = world.behaviour[0].threat_prior_rate * b0
    hits = 0.0
    seen = state.striker_place[v, p].rate
    if hit:
        for q in range(world.place.shape[0]):
            hits += world.place_near[p, q].near * state.striker_place[v, q].today
    state.striker_place[v, p].hits = (
        keep * state.striker_place[v, p].hits + (1.0 - keep) * a0 + hits
    )
    state.striker_place[v, p].exposure = (
        keep * state.striker_place[v, p].exposure + (1.0 - keep) * b0 + seen
    )
    state.striker_place[v, p].rate = (
        state.striker_place[v, p].hits / state.striker_place[v, p].exposure
    )


@kernel
def threat(world, state, log, key, day):
    """Beliefs of every striker about every label and place; shock fades."""
    keep = math.exp(-math.log(2.0) / world.behaviour[0].threat_half_life)
    fade = math.exp(-math.log(2.0) / world.behaviour[0].threat_shock_half_life)
    clear(world, state)
    look_around(world, state, day)
    for v in range(world.striker.shape[0]):
        for label in range(world.striker_label.shape[1]):
            believe_label(world, state, v, label, keep)
        gather(world, state, v)
        hit = struck(world, state, v)
        for p in range(world.place.shape[0]):
            believe_place(world, state, v, p, keep, hit)
    for g in range(world.group.shape[0]):
        state.group[g].shock *= fade
