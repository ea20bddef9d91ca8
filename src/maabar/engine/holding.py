"""Who holds the ends of crossings: posts are manned, taken and given up."""

from __future__ import annotations

from maabar.engine.events import TAKEOVER, VACATED, cause, emit, terms
from maabar.engine.force import contribution, march
from maabar.engine.kernel import kernel
from maabar.variables import MONTH


@kernel
def man_post(world, state, g, place):
    """Send a garrison to a point just taken, from where most men came; return its size."""
    best = -1
    most = 0.0
    for p in range(world.place.shape[0]):
        here = contribution(world, state, g, p, place)
        if p != place and here > most:
            most = here
            best = p
    wanted = int(world.behaviour[0].contest_garrison) - state.group_place[g, place].men
    if best < 0 or wanted <= 0:
        return 0
    men = min(wanted, state.group_place[g, best].men // 2)
    march(state, g, best, place, men)
    return men


@kernel
def take(world, state, log, day, x, e, g, row, claimants, waited):
    """The end changes hands: the event follows from `row`, a clash or what vacated it."""
    p = world.crossing_end[x, e].place
    men = man_post(world, state, g, p)
    taken = emit(log, day, TAKEOVER, g, state.crossing_end[x, e].holder, p, x, e, men)
    terms(
        log,
        taken,
        state.crossing_end[x, e].prize,
        claimants,
        waited,
        state.crossing_end_group[x, e, g].strength,
    )
    cause(log, taken, row, 1.0)
    state.crossing_end[x, e].holder = g
    state.crossing_end[x, e].vacated = -1
    state.crossing_end[x, e].event = taken
    state.run[0].takeovers += 1


@kernel
def vacate(world, state, log, day, x, e, row):
    """The holder is gone; the end tolls nothing until somebody takes it."""
    h = state.crossing_end[x, e].holder
    p = world.crossing_end[x, e].place
    event = emit(log, day, VACATED, h, -1, p, x, e, state.crossing_end[x, e].income)
    terms(log, event, state.group_place[h, p].men, 0.0, 0.0, 0.0)
    cause(log, event, row, 1.0)
    state.crossing_end[x, e].holder = -1
    state.crossing_end[x, e].left = h
    state.crossing_end[x, e].vacated = day
    state.crossing_end[x, e].event = event
    state.crossing_end[x, e].fee = 0.0
    for k in range(world.good.shape[0]):
        state.crossing_end_good[x, e, k].toll = 0.0


@kernel
def appraise(world, state):
    """What every end is worth a month to a challenger, from its mean income."""
    total = 0.0
    for x in range(world.crossing.shape[0]):
        total += state.crossing_end[x, 0].income + state.crossing_end[x, 1].income
    mean = total / max(1, 2 * world.crossing.shape[0])
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            apart = world.behaviour[0].prize_contrast * (state.crossing_end[x, e].income - mean)
            state.crossing_end[x, e].prize = MONTH * world.behaviour[0].prize_level * (mean + apart)
