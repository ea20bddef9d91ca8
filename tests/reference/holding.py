"""Men fall, march and man posts; ends of crossings are taken and given up."""

from __future__ import annotations

from . import draw
from .replicate import Replicate


def bury(r: Replicate, process: int, i: int, g: int, place: int, deaths: int) -> int:
    """Deaths of `g` fall on the places that sent men to `place`, by how many; those applied.

    A multinomial draw by successive binomials, each capped by who is there.
    """
    sent = {p: r.s.group_place[g][p].men * r.w.place_place[p][place].reach for p in r.places}
    left, applied = deaths, 0
    for p in r.places:
        if sent[p] > 0 and left > 0:
            rest = sum(sent[q] for q in r.places[p:])
            fallen = draw.binomial(r.u(process, i, p), left, sent[p] / rest)
            fallen = min(fallen, r.s.group_place[g][p].men)
            r.s.group_place[g][p].men -= fallen
            left -= fallen
            applied += fallen
    count_dead(r, g, applied)
    return applied


def count_dead(r: Replicate, g: int, dead: int) -> None:
    """Fighters killed, since the start and in the observed part."""
    r.s.run.dead += dead
    if r.observed:
        r.s.group[g].killed += dead


def march(r: Replicate, g: int, source: int, target: int, men: int) -> None:
    """Men take their share of the arms with them, rounded down."""
    here, there = r.s.group_place[g][source], r.s.group_place[g][target]
    if men <= 0 or source == target:
        return
    light, medium = here.light * men // here.men, here.medium * men // here.men
    for one, sign in ((here, -1), (there, 1)):
        one.men += sign * men
        one.light += sign * light
        one.medium += sign * medium


def take(r: Replicate, x: int, e: int, g: int, row: int, claimants: int, waited: int) -> None:
    """The end changes hands because of event `row`; a garrison comes from where most men came."""
    end, p = r.s.crossing_end[x][e], r.w.crossing_end[x][e].place
    sent = {q: r.s.group_place[g][q].men * r.w.place_place[q][p].reach for q in r.places if q != p}
    source = max(sent, key=lambda q: sent[q], default=p)
    wanted = int(r.b.contest_garrison) - r.s.group_place[g][p].men
    men = 0
    if source != p and sent[source] > 0 and wanted > 0:
        men = min(wanted, r.s.group_place[g][source].men // 2)
        march(r, g, source, p, men)
    end.event = r.tell(
        "takeover",
        actor=g,
        target=end.holder,
        place=p,
        crossing=x,
        end=e,
        amount=men,
        terms=[end.prize, claimants, waited, r.s.crossing_end_group[x][e][g].strength],
        causes=[(row, 1)],
    )
    end.holder, end.vacated = g, -1
    r.s.run.takeovers += 1


def vacate(r: Replicate, x: int, e: int, row: int) -> None:
    """The holder is gone because of event `row`, and with it toll and fee."""
    end, p = r.s.crossing_end[x][e], r.w.crossing_end[x][e].place
    end.event = r.tell(
        "vacated",
        actor=end.holder,
        place=p,
        crossing=x,
        end=e,
        amount=end.income,
        terms=[r.s.group_place[end.holder][p].men],
        causes=[(row, 1)],
    )
    end.left, end.holder, end.vacated = end.holder, -1, r.day
    end.fee = 0.0
    for good in r.s.crossing_end_good[x][e]:
        good.toll = 0.0
