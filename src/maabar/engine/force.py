"""The contest success function, and men who fall where they stand."""

from __future__ import annotations

import math

from maabar.engine.kernel import kernel
from maabar.engine.rng import binomial, uniform


@kernel
def win_chance(challenger, holder, m, phi):
    """``e^m / (e^m + phi f^m)`` (Tullock 1980; Hirshleifer 1989); 0 without a force.

    Parameters
    ----------
    challenger, holder : float
        Local strengths.
    m, phi : float
        Decisiveness; the holder's advantage.
    """
    if challenger <= 0:
        return 0.0
    if holder <= 0:
        return 1.0
    return 1.0 / (1.0 + phi * math.exp(m * (math.log(holder) - math.log(challenger))))


@kernel
def contribution(world, state, g, p, place):
    """Men of `g` in `p` who count at `place`."""
    return state.group_place[g, p].men * world.place_place[p, place].reach


@kernel
def count_dead(world, state, day, g, dead):
    """Fighters killed, from the start and from `observe_from`."""
    state.run[0].dead += dead
    if day >= world.run[0].observe_day:
        state.group[g].killed += dead


@kernel
def bury(world, state, key, day, process, i, g, place, deaths):
    """Spread deaths of `g` over the places that sent men to `place`; return those applied.

    A multinomial draw by successive binomials, each capped by who is there.
    """
    weight = 0.0
    for p in range(state.group[g].first, state.group[g].past):
        weight += contribution(world, state, g, p, place)
    left = deaths
    applied = 0
    for p in range(state.group[g].first, state.group[g].past):
        here = contribution(world, state, g, p, place)
        if here > 0 and left > 0:
            share = here / weight if weight > here else 1.0
            fallen = min(
                binomial(uniform(key, day, process, i, p), left, share),
                state.group_place[g, p].men,
            )
            state.group_place[g, p].men -= fallen
            left -= fallen
            applied += fallen
        weight -= here
    count_dead(world, state, day, g, applied)
    return applied


@kernel
def settle(state, g, p):
    """From now on `g` is looked for in place `p`, too."""
    state.group[g].first = min(state.group[g].first, p)
    state.group[g].past = max(state.group[g].past, p + 1)


@kernel
def march(state, g, source, target, men):
    """Move men and their share of the arms from one place to another."""
    here = state.group_place[g, source].men
    if men <= 0 or here <= 0 or source == target:
        return
    light = state.group_place[g, source].light * men // here
    medium = state.group_place[g, source].medium * men // here
    state.group_place[g, source].men -= men
    settle(state, g, target)
    state.group_place[g, target].men += men
    state.group_place[g, source].light -= light
    state.group_place[g, target].light += light
    state.group_place[g, source].medium -= medium
    state.group_place[g, target].medium += medium
