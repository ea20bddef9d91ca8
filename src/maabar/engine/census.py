"""The morning's count: who has how many men where, and how strong that makes them at each end."""

from __future__ import annotations

from maabar.engine.kernel import kernel
from maabar.engine.points import CORE, HOMES
from maabar.variables import WEEK


@kernel
def census(world, state, day):
    """Count men, clients, ends held, arms in homes and local force.

    Decisions of a day are taken from this count, whatever happens in their course.  In the warm-up
    nobody fights; forces are counted once a week, when offers of patrons are looked at.
    """
    _count_men(world, state)
    _count_allies(world, state)
    _count_ends(world, state)
    if day >= world.run[0].observe_day or day % WEEK == 0:
        _count_force(world, state)


@kernel
def _count_men(world, state):
    for s in range(world.patron.shape[0]):
        state.patron[s].clients = 0.0
    for g in range(world.group.shape[0]):
        men = 0
        banks = 0
        arms = 0
        hidden = 0
        for p in range(state.group[g].first, state.group[g].past):
            men += state.group_place[g, p].men
            if state.group_place[g, p].men > 0:
                banks |= 1 << world.place[p].bank
            here = state.group_place[g, p].light + state.group_place[g, p].medium
            arms += here
            if state.group_place[g, p].arms_posture == HOMES:
                hidden += here
        state.group[g].men = men
        state.group[g].banks = banks
        state.group[g].arms_in_homes = hidden / max(1.0, float(arms))
        state.group[g].held = 0
        state.group[g].allied = 0
        if state.group[g].patron >= 0:
            state.patron[state.group[g].patron].clients += men


@kernel
def _count_allies(world, state):
    for g in range(world.group.shape[0]):
        first = state.group[g].bloc
        if first != g:
            state.group[g].allied = 1
            state.group[first].allied = 1


@kernel
def _count_ends(world, state):
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            holder = state.crossing_end[x, e].holder
            if holder >= 0:
                state.group[holder].held += 1


@kernel
def _count_force(world, state):
    groups = world.group.shape[0]
    multiplier = world.behaviour[0].contest_medium_multiplier
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            for g in range(groups):
                state.crossing_end_group[x, e, g].force = 0.0
    for g in range(groups):
        for p in range(state.group[g].first, state.group[g].past):
            men = state.group_place[g, p].men
            if men > 0:
                here = men + multiplier * min(men, state.group_place[g, p].medium)
                e = world.place[p].bank  # a force does not reach across the river
                for x in range(world.crossing.shape[0]):
                    place = world.crossing_end[x, e].place
                    state.crossing_end_group[x, e, g].force += (
                        here * world.place_place[p, place].reach
                    )
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            _count_support(world, state, x, e)


@kernel
def _count_support(world, state, x, e):
    """Own force, a share of the pact partners' and of the patron's regulars'."""
    for s in range(world.patron.shape[0]):
        state.patron[s].force = 0.0
    for g in range(world.group.shape[0]):
        if world.group[g].kind == CORE and state.group[g].patron >= 0:
            state.patron[state.group[g].patron].force += state.crossing_end_group[x, e, g].force
    for g in range(world.group.shape[0]):
        strength = state.crossing_end_group[x, e, g].force
        if strength > 0:
            if state.group[g].allied > 0:
                strength += world.behaviour[0].diplomacy_support * _partners(world, state, x, e, g)
            if state.group[g].patron >= 0 and world.group[g].kind != CORE:
                regulars = state.patron[state.group[g].patron].force
                strength += world.behaviour[0].allegiance_support_core * regulars
        state.crossing_end_group[x, e, g].strength = strength


@kernel
def _partners(world, state, x, e, g):
    """Force of the pact partners of `g` at an end."""
    force = 0.0
    for h in range(world.group.shape[0]):
        if h != g and state.group[h].bloc == state.group[g].bloc:
            force += state.crossing_end_group[x, e, h].force
    return force
