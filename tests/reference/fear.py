"""Fear of strikes, USD per fighter and month.

``price * 30 / 1000 * sum_v lethality_v * visibility_v * [(1 - mix) * (deceived * r_shown +
(1 - deceived) * r_true) + mix * r_near]``
"""

from __future__ import annotations

from .replicate import BESIDE, HOMES, MONTH, OPEN, Replicate


def visibility(r: Replicate, v: int, patron: int, posture: int, fresh: bool) -> float:
    """What a striker sees and does not spare."""
    if posture == HOMES:
        return 1 - r.w.striker[v].restraint_homes
    if posture == BESIDE and patron >= 0:
        return 1 - r.w.striker_patron[v][patron].restraint
    if posture == OPEN and fresh:
        return r.b.posture_fresh
    return 1.0


def fear(
    r: Replicate, p: int, patron: int, true: int, shown: int, posture: int, fresh: bool = False
) -> float:
    """Price of the deaths expected a month, per fighter."""
    deaths = 0.0
    for v in r.strikers:
        striker, belief = r.w.striker[v], r.s.striker_label[v]
        label = striker.deceived * belief[shown].rate + (1 - striker.deceived) * belief[true].rate
        near = r.s.striker_place[v][p].rate
        rate = (1 - r.b.threat_mix) * label + r.b.threat_mix * near
        if striker.exists:
            deaths += striker.lethality * visibility(r, v, patron, posture, fresh) * rate
    return r.b.threat_price_of_fear * MONTH / 1000 * deaths


def fear_of(r: Replicate, g: int, p: int, flag: int | None = None) -> float:
    """Fear of the men of `g` in `p` as they sit, under their own flag or another."""
    group = r.s.group[g]
    shown = group.flag if flag is None else flag
    return fear(r, p, group.patron, r.label_of(g), shown, r.s.group_place[g][p].men_posture)


def weapons(r: Replicate, g: int, p: int) -> float:
    """Arms of `g` in `p` as a target, in fighters."""
    here = r.s.group_place[g][p]
    return r.b.threat_light_weight * here.light + r.b.threat_medium_weight * here.medium


def visible(r: Replicate, v: int, g: int, p: int) -> tuple[float, float, float]:
    """What striker `v` sees of the men, the arms and the headquarters of `g` in `p`, in fighters."""
    group, here = r.s.group[g], r.s.group_place[g][p]

    def seen(posture: int, known_from: int) -> float:
        return visibility(r, v, group.patron, posture, known_from > r.day)

    return (
        here.men * seen(here.men_posture, here.men_fresh),
        weapons(r, g, p) * seen(here.arms_posture, here.arms_fresh),
        r.b.threat_hq_weight * seen(group.hq_posture, group.hq_fresh) if group.hq == p else 0.0,
    )
