"""7. Contest: rivals who could win more than it would cost attack the holder of an end.

``hazard_g = base * logistic((P V - cost) / scale)``, ``P = e_g^m / (e_g^m + phi e_h^m)``; an attack
w.p. ``1 - exp(-sum hazard)``, by a challenger in proportion to its hazard.
"""

from __future__ import annotations

import math

from . import draw
from .holding import bury, take
from .replicate import MONTH, WEEK, Replicate


def contest(r: Replicate) -> None:
    """Weigh every end, then fight over what is attacked, in random order."""
    if not r.observed:
        return
    if (r.day - r.w.run.observe_day) % WEEK == 0:
        cool_down(r)
    attackers: dict[tuple[int, int], int] = {}
    for x, e in r.ends:
        if r.s.crossing_end[x][e].holder >= 0 and r.w.crossing[x].exists:
            hazard = hazards(r, x, e)
            total = sum(hazard.values())
            attacked = r.u(draw.ATTACK, x, e) < 1 - math.exp(-total)
            if attacked and not r.forbidden(draw.ATTACK, x, e):
                attackers[x, e] = pick(hazard, r.u(draw.CHALLENGER, x, e) * total)
    for x, e in sorted(attackers, key=lambda end: r.u(draw.ORDER, *end)):
        fight(r, x, e, attackers[x, e])


def pick(weights: dict[int, float], u: float) -> int:
    """The one in whose slice `u` falls."""
    for one, weight in weights.items():
        u -= weight
        if u < 0:
            return one
    return max(weights)  # rounding only


def win_chance(r: Replicate, challenger: float, holder: float) -> float:
    """Contest success function (Tullock 1980; Hirshleifer 1989); 0 without a force."""
    if challenger <= 0 or holder <= 0:
        return float(challenger > 0)
    odds = r.b.contest_defence * (holder / challenger) ** r.b.contest_decisiveness
    return 1 / (1 + odds)


def chance(r: Replicate, x: int, e: int, g: int, h: int) -> float:
    """Chance of `g` against the holder `h`."""
    here = r.s.crossing_end_group[x][e]
    return win_chance(r, here[g].strength, here[h].strength)


def value(r: Replicate, x: int, e: int, g: int) -> float:
    """Months of the end's income, after cut and levies, USD."""
    return r.b.contest_horizon * r.s.crossing_end[x][e].prize * r.kept(g, x, e)


def expected_deaths(r: Replicate, x: int, e: int, g: int, h: int) -> float:
    """Mean deaths of either side: of the weaker side's engaged force."""
    here = r.s.crossing_end_group[x][e]
    weaker = min(here[g].force, here[h].force)
    return r.b.contest_lethality * r.b.contest_engaged * weaker


def displeasure(r: Replicate, g: int, h: int) -> float:
    """A patron is displeased if one client attacks another; that does not forbid it."""
    patron = r.s.group[g].patron
    common = patron >= 0 and patron == r.s.group[h].patron
    return r.b.contest_displeasure if common else 0.0


def hazards(r: Replicate, x: int, e: int) -> dict[int, float]:
    """Hazard of attack of every rival: a force there, and of another bloc than the holder's."""
    h = r.s.crossing_end[x][e].holder
    result = {}
    for g in r.groups:
        force = r.s.crossing_end_group[x][e][g].force
        if g != h and force >= r.b.deployment_hold_min and not r.allies(g, h):
            cost = r.b.contest_cost + displeasure(r, g, h)
            cost += r.b.contest_loss * expected_deaths(r, x, e, g, h)
            cost -= r.b.contest_grievance * r.s.group_group[g][h].grievance
            gain = chance(r, x, e, g, h) * value(r, x, e, g) - cost
            result[g] = r.b.contest_attack_per_day * draw.logistic(gain / r.b.contest_scale)
    return result


def cool_down(r: Replicate) -> None:
    """Once a week grievances fade, and feuds are counted anew: clash losses expected a month."""
    for one in r.s.group_group:
        for other in one:
            other.grievance *= 2 ** (-WEEK / r.b.contest_grievance_half_life)
            other.feud = 0.0
    for x, e in r.ends:
        end = r.s.crossing_end[x][e]
        end.rivals = 0.0
        if end.holder >= 0:
            hazard = hazards(r, x, e)
            end.rivals = sum(hazard.values(), 0.0)
            for g, rate in hazard.items():
                losses = MONTH * rate * r.b.contest_loss
                losses *= expected_deaths(r, x, e, g, end.holder)
                r.s.group_group[g][end.holder].feud += losses
                r.s.group_group[end.holder][g].feud += losses


def fight(r: Replicate, x: int, e: int, g: int) -> None:
    """One attack: deaths on both sides, bystanders, and perhaps a new holder."""
    end, p = r.s.crossing_end[x][e], r.w.crossing_end[x][e].place
    h, place = end.holder, r.s.place[p]
    mean, wins = expected_deaths(r, x, e, g, h), chance(r, x, e, g, h)
    prize, revenge = value(r, x, e, g), r.s.group_group[g][h].grievance * r.b.contest_grievance
    spread = x << 1 | e
    dead = draw.poisson(r.u(draw.CHALLENGER_DEATHS, x, e), mean)
    lost = bury(r, draw.CHALLENGER_SPREAD, spread, g, p, dead)
    dead = draw.poisson(r.u(draw.HOLDER_DEATHS, x, e), mean)
    killed = lost + bury(r, draw.HOLDER_SPREAD, spread, h, p, dead)
    harm = draw.poisson(r.u(draw.BYSTANDERS, x, e), r.b.contest_bystanders * r.w.place[p].density)
    harm = min(harm, place.population)
    place.population -= harm
    place.harm += harm
    place.alarm += 1
    won = r.u(draw.WIN, x, e) < wins
    row = r.tell(
        "clash",
        actor=g,
        target=h,
        place=p,
        crossing=x,
        end=e,
        amount=killed,
        terms=[
            wins,
            prize,
            r.b.contest_loss * mean,
            displeasure(r, g, h),
            revenge,
            lost,
            harm,
            float(won),
        ],
        causes=[(end.event, wins * prize), (r.s.group_group[g][h].event, revenge)],
    )
    remember_clash(r, x, e, g, h, row, killed)
    if won:
        take(r, x, e, g, row, claimants=2, waited=0)


def remember_clash(r: Replicate, x: int, e: int, g: int, h: int, row: int, killed: int) -> None:
    """Both sides bear a grudge; the clash is counted."""
    for one in (r.s.group_group[g][h], r.s.group_group[h][g]):
        one.grievance += 1
        one.event = row
    r.s.crossing_end[x][e].clashes += 1
    r.s.run.clashes += 1
    r.s.run.killed_clashes += killed
