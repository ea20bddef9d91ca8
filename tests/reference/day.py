"""A day, in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .allegiance import allegiance
from .begin import begin
from .census import census
from .civilians import civilians
from .contest import contest
from .deployment import deployment
from .diplomacy import diplomacy
from .finance import finance
from .posture import posture
from .recruitment import recruitment
from .replicate import Replicate
from .strikes import strikes
from .threat import threat
from .timeline import timeline
from .trade import trade

DAY = (
    timeline,
    strikes,
    threat,
    allegiance,
    posture,
    diplomacy,
    contest,
    deployment,
    trade,
    finance,
    recruitment,
    civilians,
)


BOUND = 5  # log of a price against its start


def mornings(
    template: Any, sizes: dict[str, int], *, seed: int, number: int, days: int
) -> Iterator[Replicate]:
    """The replicate on every observed morning, from day 0 to day `days`, after the census.

    Parameters
    ----------
    template : World
        The engine's tables of inputs, before priors are drawn.
    sizes : dict
        Lengths of all dims.
    seed, number : int
        The replicate's key.
    days : int
        Days of the observed part.
    """
    r = Replicate(template, sizes, seed, number)
    begin(r)
    last = r.w.run.observe_day + days
    while True:
        census(r)
        if r.observed:
            yield r
        if r.day == last or r.status:
            return
        for mechanism in DAY:
            mechanism(r)
        r.status = status(r)
        r.day += 1


def status(r: Replicate) -> int:
    """1 where a price has left its bounds, and the replicate ends."""
    logs = [one.log_price for row in r.s.market_good for one in row]
    return int(any(abs(log) > BOUND for log in logs))
