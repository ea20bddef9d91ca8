"""What computing one plan takes, and in which turn the chunks of several plans come."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from maabar.ensemble.plan import RunPlan

Harvest = Callable[[Iterator[Any]], Any]
"""The steps of one chunk, as the engine gives them, to what is kept of them."""
Sink = Callable[[int, Any], None]
"""Takes a chunk's number and what is kept of it."""


def last(steps: Iterator[Any]) -> Any:
    """The one step of a chunk as it is.

    Examples
    --------
    >>> last(iter(["chunk"]))
    'chunk'
    """
    (step,) = steps
    return step


class Job(NamedTuple):
    """A plan with all that computes it.

    Parameters
    ----------
    plan : RunPlan
    world : World
        The scenario in the engine's tables; every worker takes a copy.
    listed : callable
        World to the compiled list of mechanisms; told to workers that are elsewhere.
    sink : callable
        Called once for every chunk, as they come.
    harvest : callable
        Called where the chunk is computed.
    finished : collection of int
        Chunks to leave out.
    """

    plan: RunPlan
    world: Any
    listed: Callable[[Any], Any]
    sink: Sink
    harvest: Harvest = last
    finished: Collection[int] = ()


def turns(jobs: Sequence[Job]) -> Iterator[tuple[int, int]]:
    """Job and chunk, one of every job in turn, so that a run that is stopped is balanced.

    Examples
    --------
    >>> plan = RunPlan("toy", "", (), "", 1, 20, 10, 7, ())
    >>> jobs = [Job(plan, None, None, print, finished={1}), Job(plan, None, None, print)]
    >>> list(turns(jobs))
    [(0, 0), (1, 0), (1, 1), (0, 2), (1, 2)]
    """
    for row in zip_longest(*(job.plan.chunks() for job in jobs)):
        for at, number in enumerate(row):
            if number is not None and number not in jobs[at].finished:
                yield at, number
