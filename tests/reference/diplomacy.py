"""6. Diplomacy: leaders meet to share what crossings bring, and some pacts break.

``rate = base * 2 trust * (shared * ends + mediation * common) * (1 + recent)``; two blocs agree
if every member gains: ``30 * (income together - apart) + clash losses saved - monitoring``.
"""

from __future__ import annotations

import math

from . import draw
from .replicate import MONTH, WEEK, Replicate


def diplomacy(r: Replicate) -> None:
    """Every two leaders of different blocs may meet; every member of a pact may leave."""
    if not r.observed:
        return
    for g in r.groups:
        if r.s.group[g].men == 0:
            continue
        for h in r.groups[g + 1 :]:
            if could_meet(r, g, h):
                chance = 1 - math.exp(-rate(r, g, h))
                if r.u(draw.MEETING, g, h) < chance and not r.forbidden(draw.MEETING, g, h):
                    meet(r, g, h)
        consider_leaving(r, g)
    if r.day % WEEK == 0:
        share = 1 - 2 ** (-WEEK / r.b.diplomacy_trust_half_life)
        for g in r.groups:
            for one in r.s.group_group[g]:
                one.trust += share * (r.b.diplomacy_trust - one.trust)


# -- meetings ------------------------------------------------------------------------------------


def could_meet(r: Replicate, g: int, h: int) -> bool:
    """Two blocs, with men on one bank or with one patron."""
    one, other = r.s.group[g], r.s.group[h]
    near = bool(one.banks & other.banks) or one.patron == other.patron
    return other.men > 0 and near and not r.allies(g, h)


def shared_ends(r: Replicate, g: int, h: int) -> int:
    """Ends of crossings that both could reach."""
    return sum(
        min(r.s.crossing_end_group[x][e][g].force, r.s.crossing_end_group[x][e][h].force)
        >= r.b.deployment_hold_min
        for x, e in r.ends
    )


def common_officers(r: Replicate, g: int, h: int) -> float:
    """How far officers of a common patron bring the two together."""
    patron = r.s.group[g].patron
    common = patron >= 0 and patron == r.s.group[h].patron
    return r.w.patron[patron].mediation if common else 0.0


def newcomer(r: Replicate, g: int, h: int) -> bool:
    """Whether either changed its patron lately."""
    since = max(r.s.group[g].realigned, r.s.group[h].realigned)
    return since >= 0 and r.day - since <= r.b.diplomacy_recent_days


def rate(r: Replicate, g: int, h: int) -> float:
    """Meetings a day."""
    occasions = r.b.diplomacy_shared * shared_ends(r, g, h)
    occasions += r.b.diplomacy_mediation * common_officers(r, g, h)
    recent = 1 + r.b.diplomacy_recent * newcomer(r, g, h)
    return r.b.diplomacy_meet_per_day * 2 * r.s.group_group[g][h].trust * occasions * recent


def meet(r: Replicate, g: int, h: int) -> None:
    """Two leaders meet; a pact of their blocs follows if every member gains."""
    one, other, between = r.s.group[g], r.s.group[h], r.s.group_group[g][h]
    boost = r.b.diplomacy_recent * newcomer(r, g, h)
    row = r.tell(
        "meeting",
        actor=g,
        target=h,
        place=one.hq,
        terms=[
            rate(r, g, h),
            shared_ends(r, g, h),
            common_officers(r, g, h),
            float(newcomer(r, g, h)),
            between.trust,
        ],
        causes=[
            (one.patron_event, boost),
            (other.patron_event, boost),
            (between.event, between.trust),
        ],
    )
    r.s.run.meetings += 1
    gain = toll_gain(r, one.bloc, other.bloc)
    least = min(
        [member_gain(r, n, other.bloc, gain) for n in members(r, one.bloc)]
        + [member_gain(r, n, one.bloc, gain) for n in members(r, other.bloc)]
    )
    if least > 0:
        agree(r, g, h, row, gain, least)


def agree(r: Replicate, g: int, h: int, met: int, gain: float, least: float) -> None:
    """The two blocs become one."""
    a, b = r.s.group[g].bloc, r.s.group[h].bloc
    row = r.tell(
        "agreement",
        actor=g,
        target=h,
        place=r.s.group[g].hq,
        amount=len(members(r, a)) + len(members(r, b)),
        terms=[feud(r, g, b) + feud(r, h, a), MONTH * gain, r.b.diplomacy_monitoring, least],
        causes=[(met, 1)],
    )
    for group in r.s.group:
        if group.bloc in (a, b):
            group.bloc, group.pact_event = min(a, b), row
    move_trust(r, g, h, row, r.b.diplomacy_trust_gain, 1)
    r.s.run.agreements += 1


def move_trust(r: Replicate, g: int, h: int, row: int, share: float, toward: float) -> None:
    """Trust goes a share of the way, on both sides."""
    for one in (r.s.group_group[g][h], r.s.group_group[h][g]):
        one.trust += share * (toward - one.trust)
        one.event = row


# -- what a pact is worth ------------------------------------------------------------------------


def members(r: Replicate, bloc: int) -> list[int]:
    """Groups of a bloc that have men."""
    return [g for g in r.groups if r.s.group[g].bloc == bloc and r.s.group[g].men > 0]


def own_income(r: Replicate, g: int) -> float:
    """Mean income of the ends held, USD a day."""
    return sum((r.s.crossing_end[x][e].income for x, e in r.ends_of(g)), 0.0)


def allotted(r: Replicate, g: int, together: list[int], gain: float) -> float:
    """Income of `g` among `together`, who pool a share of it and share that by ``men^gamma``."""
    income = sum(own_income(r, h) for h in together)
    if income <= 0:
        return 0.0
    weight = {h: max(1, r.s.group[h].men) ** r.b.diplomacy_gamma for h in together}
    pool = r.b.diplomacy_pool
    mine = (1 - pool) * own_income(r, g) + pool * income * weight[g] / sum(weight.values())
    return (1 + gain / income) * mine


def feud(r: Replicate, g: int, bloc: int) -> float:
    """Clash losses that `g` expects a month with the members of a bloc."""
    return sum(r.s.group_group[g][h].feud for h in r.groups if r.s.group[h].bloc == bloc)


def member_gain(r: Replicate, g: int, other: int, gain: float) -> float:
    """What joining another bloc is worth to `g`, USD a month."""
    ours, theirs = members(r, r.s.group[g].bloc), members(r, other)
    more = allotted(r, g, ours + theirs, gain) - allotted(r, g, ours, 0)
    return MONTH * more + feud(r, g, other) - r.b.diplomacy_monitoring * len(theirs)


def toll_gain(r: Replicate, a: int, b: int) -> float:
    """What setting tolls together would bring two blocs, USD a day.

    ``income * (f(n') / f(n) - 1)``, ``f(n) = n / (n + 1)^2``, ``n = 1 / Herfindahl``.
    """

    def profit(concentration: float) -> float:
        n = 1 / concentration
        return n / (n + 1) ** 2

    gain = 0.0
    for pair in r.river_pairs:
        for e in (0, 1):
            income: dict[object, float] = {}  # of every bloc; a vacant end is a bloc of its own
            for x in r.crossings_of(pair):
                end = r.s.crossing_end[x][e]
                bloc = r.s.group[end.holder].bloc if end.holder >= 0 else ("vacant", x)
                income[bloc] = income.get(bloc, 0.0) + end.income
            total, mine, theirs = sum(income.values()), income.get(a, 0), income.get(b, 0)
            if mine > 0 and theirs > 0:
                before = sum((one / total) ** 2 for one in income.values())
                after = before + 2 * mine * theirs / total**2
                gain += (mine + theirs) * (profit(after) / profit(before) - 1)
    return gain


# -- leaving -------------------------------------------------------------------------------------


def consider_leaving(r: Replicate, g: int) -> None:
    """Leave w.p. ``base * logistic((out - in) / scale)``, USD a month."""
    ours = members(r, r.s.group[g].bloc)
    if len(ours) < 2 or r.w.group[g].bound:
        return
    inside = MONTH * allotted(r, g, ours, 0) - r.b.diplomacy_monitoring * (len(ours) - 1)
    outside = MONTH * own_income(r, g)
    chance = draw.logistic((outside - inside) / r.b.diplomacy_leave_scale)
    chance *= r.b.diplomacy_leave_per_day
    if r.u(draw.LEAVING, g, 0) < chance and not r.forbidden(draw.LEAVING, g, 0):
        leave(r, g, outside, inside)


def leave(r: Replicate, g: int, outside: float, inside: float) -> None:
    """A member leaves its pact; the others go on without it, and trust it less."""
    group = r.s.group[g]
    others = [h for h in r.groups if h != g and r.allies(g, h)]
    row = r.tell(
        "breakdown",
        actor=g,
        target=others[0],
        place=group.hq,
        amount=len(members(r, group.bloc)) - 1,
        terms=[outside, inside],
        causes=[(group.pact_event, 1)],
    )
    for h in others:
        r.s.group[h].bloc = others[0]
        move_trust(r, g, h, row, r.b.diplomacy_trust_loss, 0)
    group.bloc = g
    group.pact_event = r.s.group[others[-1]].pact_event = row
    r.s.run.breakdowns += 1
