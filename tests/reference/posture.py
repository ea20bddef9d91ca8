"""4. Posture: men, arms and headquarters go where strikes spare them; flags go up.

``U = -fear - cost(posture) + inertia [unchanged] + noise * Gumbel``
"""

from __future__ import annotations

import math

from . import draw
from .fear import fear, fear_of
from .replicate import BESIDE, CORE, HOMES, MOVE, OPEN, Replicate

MEN, ARMS, HQ = 0, 1, 2


def posture(r: Replicate) -> None:
    """Groups that are due, or think of it, review where they sit and what they show."""
    for g in r.groups:
        group = r.s.group[g]
        if group.men == 0 or group.patron < 0:
            continue
        excited = 1 + r.b.posture_shock_gain * group.shock
        chance = 1 - math.exp(-r.b.posture_review_per_day * excited)
        for p in r.places_of(g):
            if group.due or r.u(draw.POSTURE_REVIEW, g, p) < chance:
                review_place(r, g, p)
        chance = 1 - math.exp(-r.b.posture_flag_review_per_day * excited)
        if group.due or r.u(draw.FLAG_REVIEW, g, 0) < chance:
            review_flag(r, g)
        group.due = 0


def review_place(r: Replicate, g: int, p: int) -> None:
    """Men, arms and, where it sits here, the headquarters; regulars are themselves the points."""
    group, here = r.s.group[g], r.s.group_place[g][p]
    beside = r.w.group[g].kind != CORE and r.regulars_near(group.patron, p) > 0
    here.men_posture, here.men_fresh = review(
        r, g, p, MEN, here.men_posture, here.men_fresh, beside
    )
    here.arms_posture, here.arms_fresh = review(
        r, g, p, ARMS, here.arms_posture, here.arms_fresh, beside
    )
    if group.hq == p:
        group.hq_posture, group.hq_fresh = review(
            r, g, p, HQ, group.hq_posture, group.hq_fresh, beside
        )


def review(
    r: Replicate, g: int, p: int, part: int, current: int, known_from: int, beside: bool
) -> tuple[int, int]:
    """The posture of one part from now on, and the day from which its position is known."""
    fresh = known_from > r.day

    def utility(option: int) -> float:
        u = r.u(draw.MEN_POSTURE + part, g, p << 2 | option)
        value = r.b.posture_noise * draw.gumbel(u)
        value -= danger(r, g, p, option, fresh and option == current)
        value -= cost(r, g, p, part, option)
        return value + (r.b.posture_inertia if option == current else 0)

    options = [OPEN, HOMES, *([BESIDE] if beside else []), MOVE]
    option = max(options, key=utility)
    if option == current or r.forbidden(draw.MEN_POSTURE + part, g, p):
        return current, known_from
    tell_move(r, g, p, part, current, fresh, option)
    if option == MOVE:
        return OPEN, r.day + int(r.b.posture_fresh_days)
    return option, r.day


def danger(r: Replicate, g: int, p: int, option: int, fresh: bool) -> float:
    """Fear in a posture under the flag shown; new positions are in the open, but not known."""
    group = r.s.group[g]
    moved = option == MOVE
    sits = OPEN if moved else option
    return fear(r, p, group.patron, r.label_of(g), group.flag, sits, fresh or moved)


def cost(r: Replicate, g: int, p: int, part: int, option: int) -> float:
    """What a posture costs a month beside fear."""
    if option == HOMES:
        anger = r.b.posture_homes_cost_arms if part == ARMS else r.b.posture_homes_cost
        return anger * r.w.place[p].density / 1000
    if option == BESIDE:
        patron = r.w.patron[r.s.group[g].patron]
        return patron.oversight - patron.guard
    return r.b.posture_move_cost if option == MOVE else 0.0


def tell_move(
    r: Replicate, g: int, p: int, part: int, current: int, fresh: bool, option: int
) -> None:
    """The event of a move, its terms, and what it was due to."""
    group, here = r.s.group[g], r.s.group_place[g][p]
    target, amount = -1, float(part)
    if option == MOVE:
        kind, amount = "positions moved", here.men
    elif option == BESIDE:
        kind, target = "moved beside the patron's points", group.patron
    elif part == HQ:
        kind, amount = "headquarters moved", option
    elif option == OPEN:
        kind = "moved into the open"
    elif part == ARMS:
        kind, amount = "weapons moved into homes", here.light + here.medium
    else:
        kind, amount = "men moved into homes", here.men
    left, chosen = danger(r, g, p, current, fresh), danger(r, g, p, option, False)
    spent, spends = cost(r, g, p, part, current), cost(r, g, p, part, option)
    causes = [(group.hit_event, max(0.0, left - chosen))]
    if group.due:
        causes.append((group.patron_event, max(0.0, spent - spends)))
    here.event = r.tell(
        kind,
        actor=g,
        target=target,
        place=p,
        amount=amount,
        terms=[left, chosen, spent, spends, left + spent - chosen - spends, part],
        causes=causes,
    )
    if kind == "weapons moved into homes" and r.observed:
        r.s.run.moved_homes += 1


def mean_fear(r: Replicate, g: int, flag: int) -> float:
    """Fear under a flag, averaged over the men of `g`."""
    men = {p: r.s.group_place[g][p].men for p in r.places_of(g)}
    return sum(n * fear_of(r, g, p, flag) for p, n in men.items()) / max(1, sum(men.values()))


def review_flag(r: Replicate, g: int) -> None:
    """Own label's flag, or another that could be believed."""
    group, true = r.s.group[g], r.label_of(g)

    def mismatch(label: int) -> float:
        return r.b.posture_flag_mismatch if label != true else 0.0

    def utility(label: int) -> float:
        noise = r.b.posture_flag_noise * draw.gumbel(r.u(draw.FLAG, g, label))
        inertia = r.b.posture_flag_inertia if label == group.flag else 0
        return noise - mean_fear(r, g, label) - mismatch(label) + inertia

    options = [n for n in r.labels if n == true or r.w.label_label[true][n].may_show]
    best = max(options, key=utility)
    if best == group.flag or r.forbidden(draw.FLAG, g, 0):
        return
    before, after = mean_fear(r, g, group.flag), mean_fear(r, g, best)
    causes = [(group.hit_event, max(0.0, before - after))]
    if group.due:
        causes.append((group.patron_event, r.b.posture_flag_mismatch))
    group.flag_event = r.tell(
        "flag raised",
        actor=g,
        target=best,
        place=group.hq,
        amount=group.flag,
        terms=[before, after, mismatch(best), before - after - mismatch(best)],
        causes=causes,
    )
    group.flag = best
    if r.observed:
        r.s.run.flags_raised += 1
