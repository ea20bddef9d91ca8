"""One replicate: its inputs, its state, its day, its draws and its log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from maabar.variables import EVENTS, TERMS

from . import draw
from .table import empty_state, read_world

KIND = {kind.name: number for number, kind in enumerate(EVENTS)}
MONTH = 30  # days
WEEK = 7  # days
LOCAL, COMPANY, CORE = 0, 1, 2  # kinds of group
OPEN, HOMES, BESIDE, MOVE = 0, 1, 2, 3  # postures; the last: new positions in the same place


class Replicate:
    """What every mechanism reads and writes.

    Attributes
    ----------
    w, b, s : SimpleNamespace
        The world (inputs), its behavioural parameters, and the state.
    day : int
        From the start of the warm-up.
    events : list of SimpleNamespace
        With `causes`, a list of (earlier row, weight).
    """

    def __init__(self, template: Any, sizes: dict[str, int], seed: int, number: int) -> None:
        self.w = read_world(template, sizes)
        self.s = empty_state(sizes)
        self.b = self.w.behaviour
        self.key = (seed, number)
        self.day = 0
        self.status = 0  # a row of maabar.variables.STATUS
        self.events: list[SimpleNamespace] = []
        self.groups = range(sizes["group"])
        self.patrons = range(sizes["patron"])
        self.strikers = range(sizes["striker"])
        self.labels = range(sizes["label"])
        self.places = range(sizes["place"])
        self.markets = range(sizes["market"])
        self.goods = range(sizes["good"])
        self.pairs = range(sizes["pair"])
        self.rows = range(sizes["row"])
        self.crossings = range(sizes["crossing"])
        self.ends = [(x, e) for x in self.crossings for e in (0, 1)]

    # -- draws ---------------------------------------------------------------------------------

    def u(self, process: int, i: int, j: int) -> float:
        """Today's uniform number of one decision."""
        return draw.uniform(self.key, self.day, process, i, j)

    def forbidden(self, process: int, i: int, j: int) -> bool:
        """Whether the run forbids this decision."""
        return any((v.day, v.process, v.i, v.j) == (self.day, process, i, j) for v in self.w.veto)

    # -- the log -------------------------------------------------------------------------------

    def tell(
        self,
        kind: str,
        *,
        actor: int = -1,
        target: int = -1,
        place: int = -1,
        crossing: int = -1,
        end: int = -1,
        amount: float = 0,
        terms: Sequence[float] = (),
        causes: Sequence[tuple[int, float]] = (),
    ) -> int:
        """Write an event; its row.  A cause is an earlier row (-1: none) and its weight."""
        row = len(self.events)
        self.events.append(
            SimpleNamespace(
                row=row,
                day=self.day - self.w.run.observe_day,
                kind=KIND[kind],
                actor=actor,
                target=target,
                place=place,
                crossing=crossing,
                end=end,
                amount=amount,
                terms=[*terms, *[0.0] * (TERMS - len(terms))],
                causes=[(earlier, weight) for earlier, weight in causes if earlier >= 0],
            )
        )
        return row

    # -- questions that many mechanisms ask ------------------------------------------------------

    @property
    def observed(self) -> bool:
        """Whether the warm-up is over."""
        return self.day >= self.w.run.observe_day

    def crossings_of(self, pair: int) -> list[int]:
        """Crossings of a river pair of markets."""
        return [x for x in self.crossings if self.w.crossing[x].pair == pair]

    @property
    def river_pairs(self) -> list[int]:
        """Pairs of markets that a river parts."""
        return [r for r in self.pairs if not self.w.pair[r].road]

    def ends_of(self, g: int) -> Iterator[tuple[int, int]]:
        """Ends that a group holds."""
        return ((x, e) for x, e in self.ends if self.s.crossing_end[x][e].holder == g)

    def places_of(self, g: int) -> list[int]:
        """Places where a group has men at this moment."""
        return [p for p in self.places if self.s.group_place[g][p].men > 0]

    def allies(self, g: int, h: int) -> bool:
        """Whether two groups are of one bloc (a group is its own ally)."""
        return self.s.group[g].bloc == self.s.group[h].bloc

    def label_of(self, g: int) -> int:
        """The true label of a group: its patron's."""
        return self.w.patron[self.s.group[g].patron].label

    def regulars_near(self, patron: int, p: int) -> int:
        """Men of a patron's own force within reach of a place: their points shield."""
        if patron < 0:
            return 0
        return sum(
            self.s.group_place[h][q].men
            for h in self.groups
            if self.w.group[h].kind == CORE and self.s.group[h].patron == patron
            for q in self.places
            if self.w.place_place[p][q].km <= self.b.posture_beside_km
        )

    def pay(self, g: int, s: int) -> float:
        """Pay of a fighter of `g` under patron `s`, USD a month; a company pays its own."""
        if self.w.group[g].kind == COMPANY:
            return self.w.group[g].pay
        if s < 0:
            return 0.0
        patron = self.w.patron[s]
        return (patron.pay_local, patron.pay_foreign, patron.pay_core)[self.w.group[g].recruits]

    def kept(self, g: int, x: int, e: int) -> float:
        """What the patron's cut and other patrons' levies leave of an end's income."""
        s = self.s.group[g].patron
        if s < 0:
            return 1.0
        return (1 - self.w.patron[s].cut) * (1 - self.w.crossing_end_patron[x][e][s].levy)
