"""Running plans on a GPU: the same mechanisms in one thin kernel, a replicate a thread.

Nothing is written twice: the kernel calls `maabar.engine.replicate.course`, which the threads of
this machine run, too, and the mechanisms by name.  Every thread has its own stretch of a buffer for
the world, one for the state and one for the log; the tables are laid over them in the kernel.  A
GPU rounds exponentials and logarithms otherwise, and fuses products into sums: decisions are the
same but where a draw lies within rounding of its threshold; numbers are not promised bit by bit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numba import config, cuda

from maabar.ensemble.job import Job
from maabar.errors import RunError

Progress = Callable[[int], None]
MOST = 1 << 14
"""Replicates on the device at once, where its memory holds so many."""
SHARE = 0.8
"""Of the device's free memory that is used."""
BLOCK = 64
"""Threads of a block."""
EVENTS = 1 << 10
"""Events that the log of a replicate has room for at first; three causes each."""
_UNFINISHED = -1  # the status of a replicate that has not come to its end


def unavailable() -> str:
    """Why no GPU can compute here, with a cure; nothing where one can.

    Examples
    --------
    >>> isinstance(unavailable(), str)
    True
    """
    if cuda.is_available():
        return ""
    return (
        "no GPU here that Numba's CUDA can use: it needs an NVIDIA GPU, its driver and maabar[gpu]"
    )


def _chain(functions: Sequence[Any]) -> Any:
    """A day: one device function that calls the list in its order."""
    if not functions:

        @cuda.jit(device=True)
        def rest(world, state, log, key, day):  # type: ignore[no-untyped-def]
            pass

        return rest
    first, others = functions[0], _chain(functions[1:])
    if not hasattr(first, "py_func"):  # a user's own
        first = cuda.jit(device=True)(first)

    @cuda.jit(device=True)
    def both(world, state, log, key, day):  # type: ignore[no-untyped-def]
        first(world, state, log, key, day)
        others(world, state, log, key, day)

    return both


def _tables(parts: Sequence[tuple[int, int, Any, tuple[int, ...]]]) -> Any:
    """A device function that lays tables over a thread's stretch of a buffer."""
    if not parts:

        @cuda.jit(device=True)
        def none(raw):  # type: ignore[no-untyped-def]
            return ()

        return none
    before = _tables(parts[:-1])
    start, stop, dtype, extent = parts[-1]

    @cuda.jit(device=True)
    def more(raw):  # type: ignore[no-untyped-def]
        return (*before(raw), raw[start:stop].view(dtype).reshape(extent))

    return more


def _layout(tables: Any, lengths: dict[str, int]) -> list[tuple[int, int, Any, tuple[int, ...]]]:
    """Start, stop, dtype and shape of every table in a buffer."""
    from maabar.engine.state import dtype, offsets, shape

    at = offsets(tables, lengths)
    parts = []
    for name, table in tables.items():
        extent = shape(table, lengths)
        row = dtype(table)
        size = len(table.fields) * int(np.prod(extent))
        # Uncompiled, fields are attributes of records only.
        kind = np.dtype((np.record, row)) if config.DISABLE_JIT else row  # type: ignore[attr-defined]
        parts.append((at[name], at[name] + size, kind, extent))
    return parts


def kernel(world: Any, functions: Sequence[Any]) -> Any:
    """The kernel of a list of mechanisms: plain Python, for `numba.cuda.jit`.

    Parameters
    ----------
    world : World
        Gives the sizes of all tables.
    functions : sequence of callable
        In the order of a day.

    Returns
    -------
    callable
        ``(buffers, past, seed, first, days, every)``: `buffers` holds the template, priors, vetoes,
        offsets and kinds of what is recorded; then, with a row a replicate, world, state, events,
        causes, heads of the logs, series and status.
    """
    from maabar.engine.replicate import course, sizes
    from maabar.engine.state import Log, State, World
    from maabar.variables import STATE, WORLD

    lengths = sizes(world)
    world_tables = _tables(_layout(WORLD, lengths))
    state_tables = _tables(_layout(STATE, lengths))
    today = _chain(functions)
    words = np.dtype(np.int64)

    def maabar(buffers, past, seed, first, days, every):  # type: ignore[no-untyped-def]
        (
            template, prior, veto, offsets, whole,
            worlds, states, events, causes, heads, series, status,
        ) = buffers  # fmt: skip
        n = cuda.grid(1)  # type: ignore[call-arg, var-annotated]
        if n < status.shape[0]:
            raw, mine = worlds[n], states[n]
            here = World(raw, raw.view(words), *world_tables(raw), prior, veto)
            now = State(mine, mine.view(words), *state_tables(mine))
            log = Log(events[n], causes[n], heads[n])
            key = (np.uint64(seed), np.uint64(first + n))
            status[n] = course(
                (today,), 1, here, now, log, template, past, key, first + n, days, every,
                offsets, whole, series[n],
            )  # fmt: skip

    return maabar


class Device:
    """What one job is computed on: its kernel, and buffers on the GPU.

    Parameters
    ----------
    job : Job
    """

    def __init__(self, job: Job) -> None:
        from maabar.engine import replicate
        from maabar.ensemble import fork

        self.job, self.plan = job, job.plan
        self.space = replicate.workspace(job.world)
        listed = job.listed(job.world)
        self.compiled = cuda.jit(kernel(job.world, listed.plain))
        self.past = replicate.NOTHING
        if job.plan.past:
            self.past = fork.past(job.plan, self.space, listed)
        self.offsets, self.whole = replicate.recorded(job.world)
        self.days = replicate.record_days(self.plan.days, self.plan.every)
        self.events = EVENTS

    def batch(self) -> int:
        """Replicates at once: as many as fit, whole chunks."""
        from maabar.engine.state import CAUSE, EVENT

        one = 8 * (len(self.space.world.raw) + len(self.space.state.raw))
        one += 8 * len(self.days) * len(self.offsets)
        one += self.events * (EVENT.itemsize + 3 * CAUSE.itemsize)
        chunk = self.plan.chunk
        return max(chunk, min(MOST, int(SHARE * self.free) // one) // chunk * chunk)

    @cached_property
    def free(self) -> int:
        """Memory of the device that was free before this job took any, bytes."""
        return int(cuda.current_context().get_memory_info()[0])

    def _launch(self, first: int, count: int) -> Any:
        """Chunk of some replicates, as the engine would give it; None where a log was full."""
        from maabar.engine.replicate import Chunk, MechanismError
        from maabar.engine.state import CAUSE, EVENT, HEAD, readable

        plan, space, past = self.plan, self.space, self.past
        shared = (space.template, space.world.prior, space.world.veto, self.offsets, self.whole)
        events = np.zeros((count, self.events), EVENT)
        causes = np.zeros((count, 3 * self.events), CAUSE)
        own = (
            np.zeros((count, len(space.world.raw))),
            np.zeros((count, len(space.state.raw))),
            readable(events),
            readable(causes),
            readable(np.zeros((count, 1), HEAD)),
            np.zeros((count, len(self.days), len(self.offsets))),
            np.full(count, _UNFINISHED, np.int64),
        )
        buffers = tuple(_there(one) for one in (*shared, *own))
        told = (past.day, *map(_there, (past.world, past.state)),
                *(_there(readable(one)) for one in (past.events, past.causes)))  # fmt: skip
        blocks = -(-count // BLOCK)
        self.compiled[blocks, BLOCK](buffers, told, plan.seed, first, plan.days, plan.every)
        cuda.synchronize()
        events, causes, heads, series, status = (_here(one) for one in buffers[-5:])
        if (status == _UNFINISHED).any():  # a kernel that raises stops in silence
            raise MechanismError(
                "a mechanism raised an exception on the GPU; run it without --gpu to see which"
            )
        if heads["full"].any():
            return None
        if past.day >= 0:
            series[:, : len(past.series)] = past.series
        return Chunk(
            np.arange(first, first + count, dtype=np.int64),
            status,
            self.days,
            series,
            _written(events, heads["events"]),
            _written(causes, heads["causes"]),
        )

    def chunks(self, numbers: Sequence[int]) -> Iterator[tuple[int, Any]]:
        """What is kept of chunks that follow one another."""
        first = self.plan.span(numbers[0])[0]
        last, count = self.plan.span(numbers[-1])
        found = self._launch(first, last + count - first)
        if found is None:  # longer logs, of which fewer may fit
            self.events *= 2
            room = max(1, self.batch() // self.plan.chunk)
            for at in range(0, len(numbers), room):
                yield from self.chunks(numbers[at : at + room])
            return
        for number in numbers:
            steps = (_piece(found, one - first, many) for one, many in self.plan.steps(number))
            yield number, self.job.harvest(steps)


def _there(array: np.ndarray) -> Any:
    return array if config.ENABLE_CUDASIM else cuda.to_device(array)  # type: ignore[attr-defined]


def _here(array: Any) -> np.ndarray:
    return np.asarray(array if isinstance(array, np.ndarray) else array.copy_to_host())


def _written(rows: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The rows of every replicate's log that are written, one after the other."""
    used = np.arange(rows.shape[1]) < counts.reshape(-1, 1)
    return np.ascontiguousarray(rows[used])


def _piece(chunk: Any, start: int, count: int) -> Any:
    """Some replicates of a chunk."""
    first = chunk.replicates[start]

    def mine(rows: np.ndarray) -> np.ndarray:
        return rows[(rows["replicate"] >= first) & (rows["replicate"] < first + count)]

    part = slice(start, start + count)
    return chunk._replace(
        replicates=chunk.replicates[part],
        status=chunk.status[part],
        series=chunk.series[part],
        events=mine(chunk.events),
        causes=mine(chunk.causes),
    )


def _batches(device: Device) -> Iterator[list[int]]:
    """Chunks that are left, in stretches that fit the device."""
    job = device.job
    stretch: list[int] = []
    for number in job.plan.chunks():
        if number in job.finished:
            continue
        full = len(stretch) * job.plan.chunk >= device.batch()
        if stretch and (full or number != stretch[-1] + 1):
            yield stretch
            stretch = []
        stretch.append(number)
    if stretch:
        yield stretch


def run(
    jobs: Sequence[Job],
    *,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> None:
    """Simulate every chunk that is not finished yet on a GPU.

    Parameters
    ----------
    jobs : sequence of Job
        What to run, a batch of each in turn.
    progress : callable, optional
        Called with the number of replicates that a chunk has added.
    cancel : threading.Event, optional
        Once set, no batch is begun.

    Raises
    ------
    RunError
        Where the GPU fails, or its compiler refuses a user's own mechanism.
    MechanismError
        Where a user's own mechanism raised an exception.
    KeyboardInterrupt
        After Ctrl-C, once the batch that had begun is stored.
    """
    from numba.core.errors import NumbaError
    from numba.cuda.cudadrv.driver import CudaAPIError

    stop = cancel or threading.Event()
    devices = [Device(job) for job in jobs]
    left = [_batches(device) for device in devices]
    try:
        while left and not stop.is_set():
            for device, batches in [*zip(devices, left, strict=True)]:
                stretch = next(batches, None)
                if stretch is None:
                    at = left.index(batches)
                    del devices[at], left[at]
                    continue
                for number, content in device.chunks(stretch):
                    device.job.sink(number, content)
                    if progress:
                        progress(device.plan.span(number)[1])
    except CudaAPIError as problem:
        raise RunError(f"the GPU failed: {problem}; what is finished is kept") from None
    except NumbaError as problem:
        lines = str(problem).strip().splitlines()
        said = next((one for one in lines if not one.startswith("Failed in")), "").rstrip(": ")
        raise RunError(
            f"CUDA's compiler refuses this day ({said}); a GPU's mechanism allocates nothing: run "
            "it without --gpu"
        ) from None
