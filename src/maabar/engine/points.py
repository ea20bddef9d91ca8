"""Where a patron's own regulars stand: their points shield those who sit beside them."""

from __future__ import annotations

from maabar.engine.kernel import kernel

LOCAL, COMPANY, CORE = 0, 1, 2
OPEN, HOMES, BESIDE = 0, 1, 2


@kernel
def core_force_near(world, state, patron, p):
    """Whether regulars of `patron` stand within reach of place `p`.

    Source: C03, C04 (new buildings near the points of the Fourth Division).
    """
    if patron < 0:
        return False
    for h in range(world.group.shape[0]):
        if world.group[h].kind == CORE and state.group[h].patron == patron:
            for q in range(state.group[h].first, state.group[h].past):
                if (
                    state.group_place[h, q].men > 0
                    and world.place_place[p, q].km <= world.behaviour[0].posture_beside_km
                ):
                    return True
    return False


@kernel
def pay(world, g, s):
    """What a fighter of `g` is paid under patron `s`, USD a month; a company pays its own."""
    if world.group[g].kind == COMPANY:
        return world.group[g].pay
    if s < 0:
        return 0.0
    if world.group[g].recruits == 1:
        return world.patron[s].pay_foreign
    if world.group[g].recruits == CORE:
        return world.patron[s].pay_core
    return world.patron[s].pay_local
