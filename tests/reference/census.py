"""The morning's count, from which the day's decisions are taken."""

from __future__ import annotations

from .replicate import CORE, HOMES, WEEK, Replicate


def census(r: Replicate) -> None:
    """Men, clients, arms in homes, ends held; local force (in the warm-up once a week)."""
    for patron in r.s.patron:
        patron.clients = 0.0
    for g in r.groups:
        group, places = r.s.group[g], r.s.group_place[g]
        group.men = sum(here.men for here in places)
        banks = {r.w.place[p].bank for p in r.places_of(g)}
        group.banks = sum(1 << bank for bank in banks)
        arms = sum(here.light + here.medium for here in places)
        hidden = sum(here.light + here.medium for here in places if here.arms_posture == HOMES)
        group.arms_in_homes = hidden / max(1, arms)
        group.held = len(list(r.ends_of(g)))
        group.allied = int(any(h != g and r.allies(g, h) for h in r.groups))
        if group.patron >= 0:
            r.s.patron[group.patron].clients += group.men
    if r.observed or r.day % WEEK == 0:
        for x, e in r.ends:
            count_force(r, x, e)


def count_force(r: Replicate, x: int, e: int) -> None:
    """``sum_p men * arms multiplier * exp(-distance / reach)`` on the end's bank, and who helps."""
    place = r.w.crossing_end[x][e].place
    here = r.s.crossing_end_group[x][e]
    for g in r.groups:
        here[g].force = float(
            sum(
                (at.men + r.b.contest_medium_multiplier * min(at.men, at.medium))
                * r.w.place_place[p][place].reach
                for p, at in enumerate(r.s.group_place[g])
            )
        )
    for g in r.groups:
        here[g].strength = here[g].force
        if here[g].force > 0:
            partners = sum(here[h].force for h in r.groups if h != g and r.allies(g, h))
            here[g].strength += r.b.diplomacy_support * partners
            patron = r.s.group[g].patron
            if patron >= 0 and r.w.group[g].kind != CORE:
                regulars = sum(
                    here[h].force
                    for h in r.groups
                    if r.w.group[h].kind == CORE and r.s.group[h].patron == patron
                )
                here[g].strength += r.b.allegiance_support_core * regulars
