"""8. Deployment: a group sits where it is worth sitting; what it leaves is raced for.

``value(p, n) = income keep(n) - clash losses + own cargo + n (home or -upkeep + guard - fear) -
post``; effort in a race for a vacant end ``x_i = min(e_i, X (1 - X / V_i) / c)``,
``X = (n - 1) / sum 1 / V`` over those for whom ``V_i > X`` (Stein 2002), won in proportion to
``x_i^m``.
"""

from __future__ import annotations

import math

from . import draw
from .contest import pick, remember_clash, win_chance
from .fear import fear_of
from .holding import bury, march, take, vacate
from .replicate import COMPANY, CORE, MONTH, WEEK, Replicate

STAY = (-1, False)  # place, and whether the group gathers there; otherwise it leaves it


def deployment(r: Replicate) -> None:
    """Reviews, or once a week drift; what is unmanned falls vacant; what is vacant is claimed."""
    if not r.observed:
        return
    for g in r.groups:
        group = r.s.group[g]
        if group.men == 0 or r.w.group[g].kind == CORE or group.patron < 0:
            continue
        excited = 1 + r.b.deployment_shock_gain * group.shock
        chance = 1 - math.exp(-r.b.deployment_review_per_day * excited)
        if r.u(draw.DEPLOYMENT_REVIEW, g, 0) < chance:
            review(r, g)
        elif (r.day + g) % WEEK == 0:
            drift(r, g)
    for x, e in r.ends:
        h, p = r.s.crossing_end[x][e].holder, r.w.crossing_end[x][e].place
        if h >= 0 and r.s.group_place[h][p].men < r.b.deployment_hold_min:
            vacate(r, x, e, r.s.group_place[h][p].event)
    for x, e in r.ends:
        if r.s.crossing_end[x][e].holder < 0 and r.w.crossing[x].exists:
            r.s.crossing_end[x][e].vacant_days += 1
            claim(r, x, e)


# -- reviews -------------------------------------------------------------------------------------


def place_value(r: Replicate, g: int, p: int, men: float) -> float:
    """What `men` of `g` in `p` are worth to it, USD a month."""
    if men <= 0:
        return 0.0
    each = -fear_of(r, g, p)
    each += r.b.deployment_home if p == r.w.group[g].home else -r.b.deployment_upkeep
    if r.regulars_near(r.s.group[g].patron, p) > 0:
        each += r.b.deployment_guard
    total = men * each - r.b.deployment_post
    for x, e in r.ends:
        if r.w.crossing_end[x][e].place == p:
            if r.s.crossing_end[x][e].holder == g:
                total += end_value(r, x, e, g, men)
            if r.w.group[g].kind == COMPANY:
                total += cargo_value(r, x, g, men)
    return total


def end_value(r: Replicate, x: int, e: int, g: int, men: float) -> float:
    """Income of an end times the chance to keep it with `men` there, less clash losses."""
    end, here = r.s.crossing_end[x][e], r.s.crossing_end_group[x][e]
    rival = max([here[h].strength for h in r.groups if not r.allies(g, h)], default=0.0)
    now = r.s.group_place[g][r.w.crossing_end[x][e].place].men
    strength = max(0.0, here[g].strength + men - now)
    keep = 1 - win_chance(r, rival, strength)
    deaths = r.b.contest_lethality * r.b.contest_engaged * min(rival, strength)
    losses = MONTH * end.rivals * r.b.contest_loss * deaths
    return keep * r.kept(g, x, e) * end.prize - losses


def cargo_value(r: Replicate, x: int, g: int, men: float) -> float:
    """Margin on what `men` of a company can carry over a crossing, up to its share of the flow."""
    tonnes = r.b.deployment_cargo_share * r.s.crossing[x].tonnes
    if tonnes <= 0:
        return 0.0
    mean = sum(crossing.margin for crossing in r.s.crossing) / len(r.s.crossing)
    contrast = r.b.prize_contrast * (r.s.crossing[x].margin - mean)
    margin = r.b.prize_level * (mean + contrast)
    loaded = min(1.0, men * r.w.group[g].cargo / tonnes)
    return MONTH * r.b.deployment_cargo_share * margin * loaded


def review(r: Replicate, g: int) -> None:
    """The group as a whole: stay, leave a place (the men spread over the others), or gather."""
    sits = {p: r.s.group_place[g][p].men for p in r.places_of(g)}
    everybody = r.s.group[g].men
    if len(sits) < 2:
        return

    def without(left: int) -> float:
        rest = max(1, everybody - sits[left])
        return sum(
            place_value(r, g, p, men + sits[left] * men / rest)
            for p, men in sits.items()
            if p != left
        )

    value = {STAY: sum(place_value(r, g, p, men) for p, men in sits.items())}
    for p in sits:
        value[p, False] = without(p)
        value[p, True] = place_value(r, g, p, everybody)
    inertia = r.b.deployment_inertia * everybody

    def number(option: tuple[int, bool]) -> int:
        p, gather = option
        return 0 if option == STAY else 2 * (p + 1) + (not gather)

    def utility(option: tuple[int, bool]) -> float:
        noise = r.b.deployment_noise * draw.gumbel(r.u(draw.DEPLOYMENT, g, number(option)))
        return value[option] + noise + (inertia if option == STAY else 0)

    best = max(value, key=utility)
    if best != STAY and not r.forbidden(draw.DEPLOYMENT, g, number(best)):
        withdraw(r, g, best, [value[STAY], value[best], 0, inertia])


def withdraw(r: Replicate, g: int, option: tuple[int, bool], terms: list[float]) -> None:
    """Men and arms leave; ends that they held there fall vacant."""
    group = r.s.group[g]
    place, gather = option
    leaves = [p for p in r.places_of(g) if (p != place) == gather]
    row = r.tell(
        "withdrawal",
        actor=g,
        place=place,
        amount=len(leaves),
        terms=[*terms, len(leaves), float(gather)],
        causes=[(group.hit_event, group.shock)],
    )
    moved = 0
    for p in leaves:
        moved += r.s.group_place[g][p].men
        goal = place
        if gather:
            march(r, g, p, place, r.s.group_place[g][p].men)
        else:
            goal = spread(r, g, p)
        if group.hq == p:
            group.hq, group.hq_posture, group.hq_fresh = goal, 0, 0
        r.s.group_place[g][p].event = row
    r.events[row].terms[2] = moved
    r.s.run.withdrawals += 1
    for x, e in r.ends_of(g):
        if r.s.group_place[g][r.w.crossing_end[x][e].place].men == 0:
            vacate(r, x, e, row)


def spread(r: Replicate, g: int, left: int) -> int:
    """Empty a place into the others in proportion; the last few go to the largest, returned."""
    here = r.s.group_place[g]
    men = here[left].men
    rest = max(1, r.s.group[g].men - men)
    for p in r.places_of(g):
        if p != left:
            march(r, g, left, p, min(here[left].men, men * here[p].men // rest))
    goal = max((p for p in r.places if p != left), key=lambda p: here[p].men)
    march(r, g, left, goal, here[left].men)
    return goal


def drift(r: Replicate, g: int) -> None:
    """A few men go from where ends earn least per man to where they earn most."""
    here = r.s.group_place[g]
    sits = r.places_of(g)
    if not sits:
        return
    earns = {
        p: sum(
            r.s.crossing_end[x][e].prize
            for x, e in r.ends_of(g)
            if r.w.crossing_end[x][e].place == p
        )
        / here[p].men
        for p in sits
    }
    best, worst = max(sits, key=lambda p: earns[p]), min(sits, key=lambda p: earns[p])
    if best == worst:
        return
    pull = 2 * draw.logistic((earns[best] - earns[worst]) / r.b.deployment_drift_scale) - 1
    share = r.b.deployment_drift_per_month * WEEK / MONTH * pull
    men = draw.binomial(r.u(draw.DRIFT, g, 0), here[worst].men, share)
    if earns[worst] > 0:  # a post keeps its garrison
        men = min(men, max(0, here[worst].men - int(r.b.contest_garrison)))
    march(r, g, worst, best, men)


# -- vacant ends ---------------------------------------------------------------------------------


def claimants(r: Replicate, x: int, e: int) -> dict[int, float]:
    """The strongest of each bloc with a force there, who did not leave it last; what it earns."""
    here, end = r.s.crossing_end_group[x][e], r.s.crossing_end[x][e]
    able = [g for g in r.groups if here[g].force >= r.b.deployment_hold_min and g != end.left]
    strongest: dict[int, int] = {}
    for g in able:
        bloc = r.s.group[g].bloc
        if bloc not in strongest or here[g].force > here[strongest[bloc]].force:
            strongest[bloc] = g
    prize = r.b.contest_horizon * max(0.0, end.prize)
    stakes = {g: prize * r.kept(g, x, e) for g in sorted(strongest.values())}
    return {g: stake for g, stake in stakes.items() if stake > 0}


def efforts(r: Replicate, x: int, e: int, stakes: dict[int, float]) -> dict[int, float]:
    """Stein's efforts of those for whom the race is worth it, capped by force; alone: all of it."""
    force = {g: r.s.crossing_end_group[x][e][g].force for g in stakes}
    while len(stakes) > 1:
        total = (len(stakes) - 1) / sum(1 / stake for stake in stakes.values())
        last = min(stakes, key=lambda g: stakes[g])
        if stakes[last] > total:
            c = r.b.deployment_effort_cost
            return {g: min(force[g], total * (1 - total / v) / c) for g, v in stakes.items()}
        stakes = {g: stake for g, stake in stakes.items() if g != last}
    return {g: force[g] for g in stakes}


def claim(r: Replicate, x: int, e: int) -> None:
    """A vacant end: the richer, the sooner somebody moves."""
    end = r.s.crossing_end[x][e]
    stakes = claimants(r, x, e)
    if not stakes:
        return
    gain = max(stakes.values()) - r.b.contest_cost
    hazard = r.b.deployment_claim_per_day * draw.logistic(gain / r.b.contest_scale)
    if r.u(draw.CLAIM, x, e) >= 1 - math.exp(-hazard) or r.forbidden(draw.CLAIM, x, e):
        return
    effort = efforts(r, x, e, stakes)
    odds = {g: one**r.b.contest_decisiveness for g, one in effort.items() if one > 0}
    if not odds:
        return
    winner = pick(odds, r.u(draw.CLAIM_WIN, x, e) * sum(odds.values()))
    others = [g for g in odds if g != winner]
    waited = r.day - max(0, end.vacated)
    if others:
        chance = odds[winner] / sum(odds.values())
        row = scuffle(r, x, e, winner, chance, max(others, key=lambda g: odds[g]))
        take(r, x, e, winner, row, claimants=2, waited=waited)
    else:
        take(r, x, e, winner, end.event, claimants=1, waited=waited)


def scuffle(r: Replicate, x: int, e: int, winner: int, chance: float, rival: int) -> int:
    """The strongest loser of a race does not give way without a fight."""
    end, p, here = r.s.crossing_end[x][e], r.w.crossing_end[x][e].place, r.s.crossing_end_group
    weaker = min(here[x][e][winner].force, here[x][e][rival].force)
    mean = r.b.contest_lethality * r.b.contest_engaged * weaker
    n = x << 1 | e
    dead = draw.poisson(r.u(draw.CLAIM_DEATHS, n, 0), mean)
    lost = bury(r, draw.CLAIM_SPREAD, n << 1, winner, p, dead)
    dead = draw.poisson(r.u(draw.CLAIM_DEATHS, n, 1), mean)
    killed = lost + bury(r, draw.CLAIM_SPREAD, n << 1 | 1, rival, p, dead)
    prize = r.b.contest_horizon * end.prize
    row = r.tell(
        "clash",
        actor=winner,
        target=rival,
        place=p,
        crossing=x,
        end=e,
        amount=killed,
        terms=[chance, prize, r.b.contest_loss * mean, 0, 0, lost, 0, 1],
        causes=[(end.event, prize)],
    )
    r.s.place[p].alarm += 1
    remember_clash(r, x, e, winner, rival, row, killed)
    return row
