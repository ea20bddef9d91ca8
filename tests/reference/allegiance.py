"""5. Allegiance: a group compares the patrons that would take it, and now and then changes.

``U(s) = pay_s - discomfort_s + (30 / F) sum_x T_x keep_x(s) (1 - cut_s) (1 - levy_sx) + guard_s
- distance_gs + inertia [s is mine] + noise * Gumbel``
"""

from __future__ import annotations

import math
from typing import NamedTuple

from . import draw
from .contest import win_chance
from .fear import fear
from .replicate import BESIDE, CORE, HOMES, MONTH, OPEN, WEEK, Replicate


class Offer(NamedTuple):
    """What a patron is worth to a fighter, USD a month."""

    pay: float
    discomfort: float
    income: float
    levy: float
    guard: float
    distance: float

    @property
    def worth(self) -> float:
        return self.pay - self.discomfort + self.income - self.levy + self.guard - self.distance


def allegiance(r: Replicate) -> None:
    """Watch through the warm-up; then those under review choose, in random order."""
    if not r.observed:
        if r.day % WEEK == 0:
            watch(r)
        return
    if r.day == r.w.run.observe_day:
        reveal(r)
    applicants = [g for g in r.groups if under_review(r, g)]
    for g in sorted(applicants, key=lambda g: r.u(draw.APPLICANT, g, 0)):
        mine = r.s.group[g].patron
        s = best_patron(r, g)
        if s != mine and not r.forbidden(draw.PATRON, g, s):
            realign(r, g, s)


def offer(r: Replicate, g: int, s: int) -> Offer:
    """The terms of patron `s` for group `g`."""
    income = levied = 0.0
    for x, e in r.ends_of(g):
        earned = r.s.crossing_end[x][e].income * keep(r, g, s, x, e) * (1 - r.w.patron[s].cut)
        income += earned
        levied += earned * r.w.crossing_end_patron[x][e][s].levy
    each = r.b.allegiance_income_weight * MONTH / max(1, r.s.group[g].men)
    return Offer(
        r.pay(g, s),
        discomfort(r, g, s),
        each * income,
        each * r.b.allegiance_levy_weight * levied,
        r.w.patron[s].guard,
        r.w.group_patron[g][s].distance,
    )


def discomfort(r: Replicate, g: int, s: int) -> float:
    """Mean over men of the least of fear and cost over postures, under the flag of `s`."""
    label, weight = r.w.patron[s].label, r.b.allegiance_fear_weight
    total = 0.0
    for p in r.places_of(g):
        anger = r.b.posture_homes_cost * r.w.place[p].density / 1000
        options = [
            weight * fear(r, p, s, label, label, OPEN),
            weight * fear(r, p, s, label, label, HOMES) + anger,
        ]
        if r.regulars_near(s, p) > 0:
            beside = weight * fear(r, p, s, label, label, BESIDE)
            options.append(beside + r.w.patron[s].oversight)
        total += r.s.group_place[g][p].men * min(options)
    return total / max(1, sum(here.men for here in r.s.group_place[g]))


def keep(r: Replicate, g: int, s: int, x: int, e: int) -> float:
    """Chance of holding an end with the friends that `s` brings, against the strongest rival."""
    here = r.s.crossing_end_group[x][e]
    strength, rival = here[g].force, 0.0
    for h in r.groups:
        if h == g:
            continue
        client, regular = r.s.group[h].patron == s, r.w.group[h].kind == CORE
        if r.allies(g, h):
            strength += r.b.diplomacy_support * here[h].force
        elif client and regular:
            strength += r.b.allegiance_support_core * here[h].force
        else:
            if client:  # a fellow client helps a little, and is a rival all the same
                strength += r.b.allegiance_support_client * here[h].force
            rival = max(rival, here[h].force)
    return 1 - win_chance(r, rival, strength)


def would_take(r: Replicate, g: int, s: int) -> bool:
    """A patron takes a group that it may take and has room for."""
    room = r.w.patron[s].capacity - r.s.patron[s].clients
    may = r.w.patron[s].exists and r.w.group_patron[g][s].may_join
    return bool(may) and r.s.group[g].men <= room


def watch(r: Replicate) -> None:
    """What others offered those who stayed."""
    for g in r.groups:
        if r.w.group[g].kind != CORE and r.s.group[g].men > 0:
            mine = r.s.group[g].patron
            for s in r.patrons:
                if s != mine and r.w.group_patron[g][s].may_join:
                    gap = offer(r, g, s).worth - offer(r, g, mine).worth
                    r.s.group_patron[g][s].gap += gap


def reveal(r: Replicate) -> None:
    """Inertia is at least what staying through the warm-up took, on average."""
    weeks = math.ceil(r.w.run.observe_day / WEEK)
    for g in r.groups:
        group = r.s.group[g]
        group.inertia = r.b.allegiance_inertia
        if weeks > 0 and r.b.allegiance_revealed_inertia > 0:
            gaps = [r.s.group_patron[g][s].gap / weeks for s in r.patrons if s != group.patron]
            group.inertia = max([group.inertia, *gaps])


def under_review(r: Replicate, g: int) -> bool:
    """Shock and unpaid wages make a group think."""
    group = r.s.group[g]
    if r.w.group[g].kind == CORE or group.men == 0 or group.patron < 0:
        return False
    excited = 1 + r.b.allegiance_shock_gain * (group.shock + group.arrears)
    chance = 1 - math.exp(-r.b.allegiance_review_per_day * excited)
    return r.u(draw.ALLEGIANCE_REVIEW, 0, g) < chance


def best_patron(r: Replicate, g: int) -> int:
    """The patron of highest utility among those that would take `g`, its own included."""
    mine = r.s.group[g].patron

    def utility(s: int) -> float:
        noise = r.b.allegiance_noise * draw.gumbel(r.u(draw.PATRON, g, s))
        return offer(r, g, s).worth + noise + (r.s.group[g].inertia if s == mine else 0)

    return max((s for s in r.patrons if s == mine or would_take(r, g, s)), key=utility)


def realign(r: Replicate, g: int, s: int) -> None:
    """Change patrons; posture, flag and headquarters are reviewed the same day."""
    group = r.s.group[g]
    mine = group.patron
    old, new = offer(r, g, mine), offer(r, g, s)
    levy_gain = old.levy - new.levy
    row = r.tell(
        "realignment",
        actor=g,
        target=s,
        place=group.hq,
        amount=mine,
        terms=[
            new.pay - old.pay,
            old.discomfort - new.discomfort,
            new.income - old.income,
            levy_gain,
            new.guard - old.guard,
            old.distance - new.distance,
            group.inertia,
            new.worth - old.worth,
        ],
        causes=[
            (group.hit_event, max(0.0, old.discomfort - new.discomfort)),
            (r.s.patron[mine].pay_event, max(0.0, new.pay - old.pay)),
            *((r.s.crossing_end[x][e].event, max(0.0, levy_gain)) for x, e in r.ends_of(g)),
        ],
    )
    r.s.patron[mine].clients -= group.men
    r.s.patron[s].clients += group.men
    group.patron, group.patron_event, group.due = s, row, 1
    group.inertia = r.b.allegiance_inertia
    group.realigned = r.day
    if group.first_realigned < 0:
        group.first_realigned = r.day - r.w.run.observe_day
    r.s.run.realignments += 1
