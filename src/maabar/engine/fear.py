"""Fear of strikes, in USD per fighter and month, from beliefs about who is struck and where."""

from __future__ import annotations

from maabar.engine.kernel import kernel
from maabar.engine.points import BESIDE, HOMES, OPEN
from maabar.variables import MONTH, THOUSAND


@kernel
def visibility(world, v, patron, posture, fresh):
    """What striker `v` sees and does not spare, as a share; `fresh`: positions not yet known."""
    if posture == HOMES:
        return 1.0 - world.striker[v].restraint_homes
    if posture == BESIDE and patron >= 0:
        return 1.0 - world.striker_patron[v, patron].restraint
    if posture == OPEN and fresh:
        return world.behaviour[0].posture_fresh
    return 1.0


@kernel
def fear(world, state, p, patron, true, shown, posture, fresh):
    """Price of the deaths expected of strikes on those who bear a label and sit in a posture.

    ``price * MONTH / 1000 * sum_v lethality_v visibility_v [(1 - mix) (deceived r_shown +
    (1 - deceived) r_true) + mix r_near]``.

    Parameters
    ----------
    p, patron, true, shown, posture : int
        Place, patron (for its points), true label, label shown, posture.
    fresh : bool
        Positions not yet known.

    Returns
    -------
    float
        USD per fighter and month.
    """
    total = 0.0
    mix = world.behaviour[0].threat_mix
    for v in range(world.striker.shape[0]):
        deceived = world.striker[v].deceived
        own = (
            deceived * state.striker_label[v, shown].rate
            + (1.0 - deceived) * state.striker_label[v, true].rate
        )
        rate = (1.0 - mix) * own + mix * state.striker_place[v, p].rate
        total += (
            world.striker[v].exists
            * world.striker[v].lethality
            * visibility(world, v, patron, posture, fresh)
            * rate
        )
    return world.behaviour[0].threat_price_of_fear * MONTH / THOUSAND * total


@kernel
def exposure(world, men, light, medium):
    """Men and arms as one target, in fighters."""
    return (
        men
        + world.behaviour[0].threat_light_weight * light
        + world.behaviour[0].threat_medium_weight * medium
    )
