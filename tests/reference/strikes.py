"""2. Strikes: air powers hit what they see of those they are hostile to, and spare some of it."""

from __future__ import annotations

import math

from . import draw
from .fear import visible
from .holding import count_dead
from .replicate import HOMES, Replicate

STRIKE = 2  # an act of the timeline
MEN, ARMS, HQ = 0, 1, 2


def strikes(r: Replicate) -> None:
    """Dated strikes first, then those of the campaigns."""
    for v in r.strikers:
        striker = r.w.striker[v]
        far = striker.far if striker.exists else 0
        r.s.striker[v].far_today = float(draw.poisson(r.u(draw.FAR, v, 0), far))
        for belief in (*r.s.striker_label[v], *r.s.striker_place[v]):
            belief.today = 0.0
    for n in r.rows:
        dated(r, n)
    for v in r.strikers:
        for number in range(draw.poisson(r.u(draw.STRIKES, v, 0), campaign(r, v))):
            actor = v << 16 | number
            target = choose(r, v, actor, r.w.striker[v].miss)
            if target and not r.forbidden(draw.TARGET, actor, 0):
                strike(r, v, actor, target)


def campaign(r: Replicate, v: int) -> float:
    """Campaigns start and stop; today's mean number of strikes."""
    striker, state = r.w.striker[v], r.s.striker[v]
    u = r.u(draw.CAMPAIGN, v, 0)
    if state.campaign:
        state.campaign = int(u >= striker.campaign_stop)
    else:
        state.campaign = int(u < striker.campaign_start)
    rate = striker.rate_on if state.campaign else striker.rate_off
    return rate * striker.active * striker.exists


def dated(r: Replicate, n: int) -> None:
    """A strike on record: day, label, perhaps place and dead are known (the dead of all parts)."""
    row = r.w.timeline[n]
    if row.act != STRIKE or not row.exists or r.s.timeline[n].day != r.day:
        return
    v, actor = row.target, 1 << 28 | n
    if not r.w.striker[v].exists or r.forbidden(draw.TARGET, actor, 0):
        return
    killed = None
    if row.value >= 0:
        whole = int(row.value + 0.5)
        killed = whole * (row.part + 1) // row.parts - whole * row.part // row.parts
    target = choose(r, v, actor, 0, label=row.label, place=row.place)
    if target:
        strike(r, v, actor, target, killed)


def hostility(r: Replicate, v: int, g: int) -> float:
    """By the flag shown as far as it deceives, by the true label for the rest."""
    toward, deceived = r.w.striker_label[v], r.w.striker[v].deceived
    shown, true = r.s.group[g].flag, r.label_of(g)
    return deceived * toward[shown].hostility + (1 - deceived) * toward[true].hostility


def choose(
    r: Replicate, v: int, actor: int, miss: float, label: int = -1, place: int = -1
) -> tuple[int, int] | None:
    """An exponential race of (group, place) by weight, against finding nothing."""
    times: dict[tuple[int, int] | None, float] = {}
    if miss > 0:
        times[None] = -math.log(r.u(draw.MISS, actor, 0)) / miss
    for g in r.groups:
        if r.s.group[g].patron < 0:
            continue
        wanted = hostility(r, v, g) if label < 0 else float(r.label_of(g) == label)
        for p in r.places_of(g):
            weight = wanted * sum(visible(r, v, g, p))
            if weight > 0 and place in (-1, p):
                times[g, p] = -math.log(r.u(draw.TARGET, actor, g << 16 | p)) / weight
    return min(times, key=lambda target: times[target], default=None)


def strike(
    r: Replicate, v: int, actor: int, target: tuple[int, int], killed: int | None = None
) -> None:
    """Kill, destroy, and be believed."""
    g, p = target
    striker, group, here, place = r.w.striker[v], r.s.group[g], r.s.group_place[g][p], r.s.place[p]
    true = r.label_of(g)
    men, arms, hq = visible(r, v, g, p)
    u = r.u(draw.PART, actor, 0) * (men + arms + hq)
    part = MEN if u < men else ARMS if u < men + arms else HQ
    posture = (here.men_posture, here.arms_posture, group.hq_posture)[part]

    deaths = killed
    if deaths is None:
        deaths = draw.poisson(r.u(draw.STRIKE_DEATHS, actor, 0), striker.lethality)
    deaths = min(deaths, here.men)
    light = medium = harm = 0
    if part == ARMS:
        u, w = r.u(draw.LIGHT_LOST, actor, 0), r.u(draw.MEDIUM_LOST, actor, 0)
        light = draw.binomial(u, here.light, striker.arms_lost)
        medium = draw.binomial(w, here.medium, striker.arms_lost)
    if posture == HOMES:
        mean = striker.collateral * r.w.place[p].density
        harm = min(draw.poisson(r.u(draw.STRIKE_CIVILIANS, actor, 0), mean), place.population)

    here.men -= deaths
    here.light -= light
    here.medium -= medium
    count_dead(r, g, deaths)
    r.s.run.arms_lost += light + medium
    place.population -= harm
    place.harm += harm
    place.alarm += 1
    r.s.striker_place[v][p].today += 1
    r.s.striker_label[v][group.flag].today += striker.deceived
    r.s.striker_label[v][true].today += 1 - striker.deceived
    if r.observed:
        r.s.run.killed_strikes += deaths
        r.s.run.strikes += 1
        r.s.striker[v].strikes += 1
    row = r.tell(
        "strike",
        actor=v,
        target=g,
        place=p,
        amount=deaths,
        terms=[harm, light + medium, group.flag, part, *of_record(actor)],
        causes=[(here.event, 1)],
    )
    for h in r.groups:  # those under the same label, and those nearby, are shaken
        other = r.s.group[h]
        if other.men > 0 and other.patron >= 0:
            shock = r.b.threat_shock_near * r.w.place_near[other.hq][p].near
            shock += r.b.threat_shock_label * (r.label_of(h) == true)
            other.shock += shock
            if shock >= 0.5:
                other.hit_event = row


def of_record(actor: int) -> tuple[int, int]:
    """Row of the timeline, or -1 and the number of the striker's strike on the day."""
    return (actor - (1 << 28), 0) if actor >> 28 else (-1, actor & 0xFFFF)
