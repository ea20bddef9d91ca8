"""Running plans on the threads of one machine.

Every chunk of replicates is one task: it computes without the GIL in its thread's own workspace and
hands what is kept of it to the sink.  A replicate depends on the seed and its own number alone, so
the order in which chunks end changes nothing.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Any

from maabar.ensemble import fork
from maabar.ensemble.job import Job, turns

Progress = Callable[[int], None]
AHEAD = 2
"""Tasks in the pool for every thread: the next is ready, and no more."""


def cores() -> int:
    """Cores that this process may use.

    Examples
    --------
    >>> cores() >= 1
    True
    """
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


class Bench:
    """What one job is computed on: its list, its past, and a workspace for every thread.

    Parameters
    ----------
    job : Job
    engine : module
        What offers `workspace` and `simulate`.
    """

    def __init__(self, job: Job, engine: Any) -> None:
        self.job = job
        self.engine = engine
        self.mechanisms = job.listed(job.world)
        self.own = threading.local()
        self.more: dict[str, Any] = {}
        if job.plan.past:
            self.more["past"] = fork.past(job.plan, self.space(), self.mechanisms, engine)

    def space(self) -> Any:
        """This thread's workspace."""
        if not hasattr(self.own, "space"):
            self.own.space = self.engine.workspace(self.job.world)
        return self.own.space

    def compile(self) -> None:
        """Compile what is not compiled yet, by computing no replicate."""
        self.simulate(0, 0)

    def compute(self, number: int) -> Any:
        """What is kept of a chunk."""
        steps = self.job.plan.steps(number)
        return self.job.harvest(self.simulate(first, count) for first, count in steps)

    def simulate(self, first: int, count: int) -> Any:
        """Some replicates, as the engine gives them."""
        plan = self.job.plan
        return self.engine.simulate(
            self.space(),
            self.mechanisms,
            seed=plan.seed,
            first=first,
            count=count,
            days=plan.days,
            every=plan.every,
            **self.more,
        )


def run(
    jobs: Sequence[Job],
    *,
    threads: int | None = None,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    engine: Any = None,
) -> None:
    """Simulate every chunk that is not finished yet.

    Parameters
    ----------
    jobs : sequence of Job
        What to run, a chunk of each in turn.  Sinks are called on the thread that computed.
    threads : int, optional
        All cores this process may use, unless said.
    progress : callable, optional
        Called on the calling thread with the number of replicates that a chunk has added.
    cancel : threading.Event, optional
        Once set, chunks that have begun are finished and no other is begun.
    engine : module, optional
        What offers `workspace` and `simulate`; the shipped engine unless said.

    Raises
    ------
    KeyboardInterrupt
        After Ctrl-C, once the chunks that had begun are stored.
    """
    if engine is None:
        from maabar.engine import replicate as engine

    stop = cancel or threading.Event()
    benches: dict[int, Bench] = {}

    def work(at: int, number: int) -> int:
        if stop.is_set():
            return 0
        jobs[at].sink(number, benches[at].compute(number))
        return jobs[at].plan.span(number)[1]

    def report(count: int) -> None:
        if progress and count:
            progress(count)

    left = turns(jobs)
    threads = threads or cores()
    with ThreadPoolExecutor(threads, thread_name_prefix="maabar") as pool:
        pending: set[Future[int]] = set()
        try:
            while True:
                room = 0 if stop.is_set() else AHEAD * threads - len(pending)
                for at, number in islice(left, room):
                    if at not in benches:
                        benches[at] = Bench(jobs[at], engine)
                        benches[at].compile()  # here, so that Ctrl-C reaches the compiler
                    pending.add(pool.submit(work, at, number))
                if not pending:
                    break
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    report(future.result())
        except BaseException:
            stop.set()
            raise
