"""Running plans on a Dask cluster: the same chunks, elsewhere.

Every chunk is one task.  A worker builds what it needs once, computes a chunk as a thread of this
machine would, keeps what the run keeps of it, and sends that back; here it goes to the sink.  So
the bytes are those of threads on the same kind of machine, and a worker that dies costs the chunks
it had begun, which the scheduler gives to others.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from maabar.ensemble.job import Job, turns
from maabar.ensemble.plan import code
from maabar.ensemble.threads import AHEAD, Bench
from maabar.errors import RunError, UseError

Progress = Callable[[int], None]
PATIENCE = 30.0
"""Seconds to wait for the scheduler, and for a first worker."""
RETRIES = 2
"""How often a task that failed is tried again."""
BENCHES = 8
"""Jobs that a worker keeps ready."""

_ready: OrderedDict[str, Bench] = OrderedDict()
_lock = threading.Lock()


class Order(NamedTuple):
    """What a worker is told, once for every job.

    Parameters
    ----------
    job : Job
        Without its sink.
    code : str
        Version and hash of the code here, which must be the worker's, too.
    """

    job: Job
    code: str


def nowhere(number: int, content: Any) -> None:
    """Stands for the sink, which stays here."""


def compute(order: Order, number: int) -> Any:
    """What is kept of a chunk, computed on a worker.

    Raises
    ------
    RunError
        Where the worker has other code.
    """
    if order.code != code():
        raise RunError(
            f"a worker runs maabar {code()}, this is {order.code}; install the same on all"
        )
    with _lock:
        name = order.job.plan.id
        if name not in _ready:
            from maabar.engine import replicate

            _ready[name] = Bench(order.job, replicate)
            if len(_ready) > BENCHES:
                _ready.popitem(last=False)
        bench = _ready[name]
    return bench.compute(number)


def run(
    jobs: Sequence[Job],
    *,
    address: str,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> None:
    """Simulate every chunk that is not finished yet on a cluster.

    Parameters
    ----------
    jobs : sequence of Job
        What to run, a chunk of each in turn.  Sinks are called here.
    address : str
        Of the scheduler, such as ``tcp://127.0.0.1:8786``.
    progress : callable, optional
        Called with the number of replicates that a chunk has added.
    cancel : threading.Event, optional
        Once set, no chunk is begun, and those that have begun are given up.

    Raises
    ------
    UseError
        Where Dask is not installed.
    RunError
        Where the cluster cannot be reached, is lost, or a task fails again and again.
    KeyboardInterrupt
        After Ctrl-C.
    """
    try:
        from distributed import Client
        from distributed.comm import CommClosedError
    except ImportError:
        raise UseError('a Dask cluster needs Dask here: pip install "maabar[cluster]"') from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as problem:
        raise RunError(f"no Dask scheduler at {address}: {problem}") from None
    try:
        _run(client, jobs, progress, cancel or threading.Event())
    except (CommClosedError, TimeoutError) as problem:
        raise RunError(
            f"the cluster at {address} was lost: {problem}; what is finished is kept, and --resume "
            "goes on from there"
        ) from None
    finally:
        client.close(timeout=2)


def _run(
    client: Any, jobs: Sequence[Job], progress: Progress | None, cancel: threading.Event
) -> None:
    from distributed import KilledWorker, as_completed

    client.wait_for_workers(1, timeout=PATIENCE)
    # Tasks, not scattered data: what was on a worker that died is made again.
    orders = [
        client.submit(Order, job._replace(sink=nowhere, finished=()), code(), pure=False)
        for job in jobs
    ]
    left = turns(jobs)
    asked: dict[Any, tuple[int, int]] = {}
    done = as_completed(loop=client.loop)

    def ask(room: int) -> None:
        for at, number in islice(left, max(0, room)):
            task = client.submit(compute, orders[at], number, pure=False, retries=RETRIES)
            asked[task] = at, number
            done.add(task)

    ask(AHEAD)
    for task in done:
        at, number = asked.pop(task)
        try:
            content = task.result()
        except KilledWorker as problem:
            raise RunError(f"workers died, one after the other: {problem}") from None
        jobs[at].sink(number, content)
        if progress:
            progress(jobs[at].plan.span(number)[1])
        if cancel.is_set():
            client.cancel(list(asked))
            return
        ask(AHEAD * max(1, sum(client.nthreads().values())) - len(asked))
