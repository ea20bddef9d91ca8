"""1. Timeline: outside acts take effect on their day and end on theirs."""

from __future__ import annotations

from maabar.variables import EVENTS

from . import draw
from .begin import derive
from .fear import fear_of
from .replicate import Replicate

SET, SCALE, STRIKE, SIEGE, RELEASE = 0, 1, 2, 3, 4


def timeline(r: Replicate) -> None:
    """Acts that are due; a number that an act set goes back to what it was when the act ends."""
    changed = False
    for n in r.rows:
        row, state = r.w.timeline[n], r.s.timeline[n]
        if not row.exists or row.act < 0 or row.act == STRIKE:
            continue
        if state.done == 0 and r.day >= state.day:
            state.done = 1
            if r.forbidden(draw.OFFER, n, 0):
                state.done = 2
                continue
            if row.act == SIEGE:
                r.s.place[row.place].besieged = n
                state.event = r.tell("siege", place=row.place, amount=row.value)
                r.s.place[row.place].siege_event = state.event
            elif row.act == RELEASE:
                state.event = release(r, n)
            else:
                set_number(r, n)
                changed = True
        elif state.done == 1 and r.day == row.until:
            state.done = 2
            if row.act == SIEGE:
                if r.s.place[row.place].besieged == n:
                    r.s.place[row.place].besieged = -1
                    r.tell("siege lifted", place=row.place)
            elif row.act != RELEASE:
                take_back(r, n)
                changed = True
    if changed:
        derive(r)


def set_number(r: Replicate, n: int) -> None:
    """Set or scale one number; one event for an act, however many numbers it sets."""
    row, state = r.w.timeline[n], r.s.timeline[n]
    record, field = r.w.numbers[row.target]
    state.before = getattr(record, field)
    setattr(record, field, row.value * (state.before if row.act == SCALE else 1))
    if row.label < 0:  # a window of recorded strikes: nothing that anybody could see
        return
    if row.part == 0:
        state.event = r.tell(
            EVENTS[row.label].name,
            actor=row.actor,
            place=row.place,
            crossing=row.crossing,
            amount=getattr(record, field),
            terms=[state.before],
        )
    elif n > 0:
        state.event = r.s.timeline[n - 1].event
    if row.crossing >= 0:
        r.s.crossing[row.crossing].open_event = state.event
    if row.actor >= 0:
        r.s.patron[row.actor].pay_event = state.event


def take_back(r: Replicate, ended: int) -> None:
    """What a number was before an act, with the later acts on it that still hold done again."""
    rows, states = r.w.timeline, r.s.timeline

    def order(n: int) -> tuple[int, int]:
        return max(0, states[n].day), n

    later = [
        n
        for n in r.rows
        if rows[n].exists
        and rows[n].act in (SET, SCALE)
        and rows[n].target == rows[ended].target
        and states[n].done == 1
        and order(n) > order(ended)
    ]
    value = states[ended].before
    for n in sorted(later, key=order):
        states[n].before = value
        value = rows[n].value * (value if rows[n].act == SCALE else 1)
    record, field = r.w.numbers[rows[ended].target]
    setattr(record, field, value)


def release(r: Replicate, n: int) -> int:
    """Prisoners are offered freedom for service: ``logistic`` of freedom, ration, gain and fear."""
    row = r.w.timeline[n]
    g, p = row.target, row.place
    group = r.s.group[g]
    danger = fear_of(r, g, p)
    gain = r.pay(g, group.patron) - r.w.place[p].wage
    worth = r.b.recruitment_freedom + r.b.recruitment_ration - danger
    worth += r.b.recruitment_wage_weight * gain
    chance = draw.logistic(worth / r.b.recruitment_scale)
    offered = int(row.value)
    men = draw.binomial(r.u(draw.OFFER, n, 0), offered, chance)
    rifles = int(men * r.w.group[g].light)
    r.s.group_place[g][p].men += men
    r.s.group_place[g][p].light += rifles
    if r.observed:
        group.enlisted += men
        r.s.run.released += men
    r.s.run.abroad -= men
    r.s.run.arms_lost -= rifles
    return r.tell(
        "prison release", actor=g, place=p, amount=men, terms=[offered, chance, gain, danger]
    )
