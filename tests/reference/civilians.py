"""12. Civilians: the dead are counted, some flee and most come back, a few leave for good.

``flee ~ Binomial(people, flee_clash * alarms + flee_death * dead per 1,000 + flee_siege)``
"""

from __future__ import annotations

from . import draw
from .holding import count_dead
from .replicate import Replicate


def civilians(r: Replicate) -> None:
    """What the day did to people."""
    for p in r.places:
        place = r.s.place[p]
        if place.besieged >= 0:
            press_siege(r, p)
        if place.alarm > 0 or place.besieged >= 0:
            flee(r, p)
        if place.displaced > 0 and place.besieged < 0:
            u = r.u(draw.RETURN, p, 0)
            back = draw.binomial(u, place.displaced, r.b.civilians_return_per_day)
            place.displaced -= back
            place.population += back
        place.dead += place.harm
        place.killed += place.harm * r.observed
        place.harm, place.alarm = 0, 0.0
    for x, e in r.ends:
        emigrate(r, x, e)


def press_siege(r: Replicate, p: int) -> None:
    """Besiegers attack at the row's rate; the largest group inside and the people bear it."""
    place = r.s.place[p]
    row = r.w.timeline[place.besieged]
    for n in range(draw.poisson(r.u(draw.SIEGE_ATTACKS, p, 0), row.value)):
        if r.forbidden(draw.SIEGE_ATTACKS, p, n):
            continue
        i = p << 8 | n
        men = [r.s.group_place[g][p].men for g in r.groups]
        dead, g = 0, -1
        if max(men) > 0:
            g = men.index(max(men))
            dead = draw.poisson(r.u(draw.SIEGE_DEATHS, i, 0), row.killed)
            dead = min(dead, men[g])
            r.s.group_place[g][p].men -= dead
            count_dead(r, g, dead)
            if r.observed:
                r.s.run.killed_clashes += dead
        harm = draw.poisson(r.u(draw.SIEGE_CIVILIANS, i, 0), row.civilians)
        harm = min(harm, place.population)
        place.population -= harm
        place.harm += harm
        place.alarm += 1
        r.tell(
            "attack",
            target=g,
            place=p,
            amount=dead,
            terms=[harm],
            causes=[(place.siege_event, 1)],
        )


def flee(r: Replicate, p: int) -> None:
    """Some of the people of a place that was hit leave it."""
    place = r.s.place[p]
    chance = r.b.civilians_flee_clash * place.alarm
    chance += r.b.civilians_flee_death * place.harm / max(1, place.population) * 1000
    if place.besieged >= 0:
        chance += r.b.civilians_flee_siege
    gone = draw.binomial(r.u(draw.FLIGHT, p, 0), place.population, chance)
    place.population -= gone
    place.displaced += gone


def emigrate(r: Replicate, x: int, e: int) -> None:
    """A share of those who leave this bank does not come back."""
    crossing, place = r.s.crossing[x], r.s.place[r.w.crossing_end[x][e].place]
    departed = crossing.people - crossing.first_today if e == 0 else crossing.first_today
    gone = draw.binomial(r.u(draw.EMIGRATION, x, e), departed, r.w.run.emigrants)
    gone = min(gone, place.population)
    place.population -= gone
    place.emigrated += gone
