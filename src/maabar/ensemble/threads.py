"""Running a plan on the threads of one machine.

Every chunk of replicates is one task: it computes without the GIL in its thread's own workspace and
hands what it found to the sink.  A replicate depends on the seed and its own number alone, so the
order in which chunks end changes nothing.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Any

from maabar.ensemble import fork
from maabar.ensemble.plan import RunPlan

Sink = Callable[[int, Any], None]
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


def run(
    plan: RunPlan,
    world: Any,
    mechanisms: Any,
    *,
    threads: int | None = None,
    sink: Sink,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    finished: Collection[int] = (),
    engine: Any = None,
) -> None:
    """Simulate every chunk of the plan that is not finished yet.

    Parameters
    ----------
    plan : RunPlan
        What to run.
    world : World
        The scenario in the engine's tables; every thread works on a copy.
    mechanisms : Mechanisms
        The compiled list.
    threads : int, optional
        All cores this process may use, unless said.
    sink : callable
        Called with the chunk's number and content, on the thread that computed it.
    progress : callable, optional
        Called on the calling thread with the number of replicates that a chunk has added.
    cancel : threading.Event, optional
        Once set, chunks that have begun are finished and no other is begun.
    finished : collection of int
        Chunks to leave out.
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
    own = threading.local()
    shared = {}
    if plan.past:
        shared["past"] = fork.past(plan, engine.workspace(world), mechanisms, engine)

    def work(number: int) -> int:
        if stop.is_set():
            return 0
        if not hasattr(own, "workspace"):
            own.workspace = engine.workspace(world)
        first, count = plan.span(number)
        sink(
            number,
            engine.simulate(
                own.workspace,
                mechanisms,
                seed=plan.seed,
                first=first,
                count=count,
                days=plan.days,
                every=plan.every,
                **shared,
            ),
        )
        return count

    def report(count: int) -> None:
        if progress and count:
            progress(count)

    left = (number for number in plan.chunks() if number not in finished)
    threads = threads or cores()
    # The first chunk compiles what is not compiled: here, so that Ctrl-C reaches the compiler.
    for number in islice(left, 1):
        report(work(number))
    with ThreadPoolExecutor(threads, thread_name_prefix="maabar") as pool:
        pending: set[Future[int]] = set()
        try:
            while True:
                room = 0 if stop.is_set() else AHEAD * threads - len(pending)
                pending |= {pool.submit(work, number) for number in islice(left, room)}
                if not pending:
                    break
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    report(future.result())
        except BaseException:
            stop.set()
            raise
