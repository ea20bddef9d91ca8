"""One whole replicate, and chunks of them: the only compiled loop that Python calls."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numba
import numpy as np

from maabar.engine import warm
from maabar.engine.begin import begin
from maabar.engine.census import census
from maabar.engine.day import DAY, mechanism
from maabar.engine.derive import derive
from maabar.engine.kernel import cache_folder, compiled, kernel, own_kernel
from maabar.engine.prior import draw_priors
from maabar.engine.state import CAUSE, EVENT, Log, copy_world, new_log, new_state, readable, shape
from maabar.variables import STATE, Variable

CHUNK = 8
"""Replicates of one chunk: chunk c holds replicates ``[CHUNK * c, CHUNK * (c + 1))``."""

_SLOTS = 16  # every list of mechanisms is filled up to this length, so that one loop serves all
_EVENTS = 1 << 14
_BOUND = 5.0  # log of a price against its start
UNSTABLE, NOT_A_NUMBER, LOG_FULL = 1, 2, 3


class MechanismError(Exception):
    """A user's own mechanism does not compile, or raised an exception."""


class Column(NamedTuple):
    """Where a recorded variable stands in a row of the series.

    Parameters
    ----------
    table, name : str
        The registry's names.
    dims : tuple of str
        Dims, in order.
    shape : tuple of int
        Their lengths; ``()`` for a single number.
    start, stop : int
        Half-open range of columns.
    dtype, unit, meaning, kind : str
        As in the registry.
    """

    table: str
    name: str
    dims: tuple[str, ...]
    shape: tuple[int, ...]
    start: int
    stop: int
    dtype: str
    unit: str
    meaning: str
    kind: str


class Chunk(NamedTuple):
    """What a chunk of replicates gives.

    Parameters
    ----------
    replicates, status : ndarray of int64, shape (count,)
        Replicate numbers; rows of `maabar.variables.STATUS`.
    days : ndarray of int64, shape (records,)
        Days from `observe_from`; 0 is its morning.
    series : ndarray of float64, shape (count, records, width)
        See `layout`.
    events, causes : structured ndarray
        `maabar.engine.state.EVENT` and `CAUSE`.
    """

    replicates: np.ndarray
    status: np.ndarray
    days: np.ndarray
    series: np.ndarray
    events: np.ndarray
    causes: np.ndarray


class Past(NamedTuple):
    """Where a replicate stood on the morning of a day, and how it came there; see `pause`.

    Parameters
    ----------
    world, state : ndarray of float64
        Buffers: everything that goes on.
    events, causes : structured ndarray
        The log so far; what comes refers to its rows.
    series : ndarray of float64, shape (records, width)
        Records before that morning.
    day : int
        Counted from `observe_from`; -1 for no past, which is to begin at the beginning.
    every : int
        Cadence of the series, days.
    """

    world: np.ndarray
    state: np.ndarray
    events: np.ndarray
    causes: np.ndarray
    series: np.ndarray
    day: int
    every: int


NOTHING = Past(
    np.zeros(0), np.zeros(0), np.zeros(0, EVENT), np.zeros(0, CAUSE), np.zeros((0, 0)), -1, 1
)
"""No past."""


class Workspace:
    """One thread's own world, state and log.

    Parameters
    ----------
    world : World
        Shared template; only read.
    """

    def __init__(self, world: Any) -> None:
        self.sizes = sizes(world)
        self.template = world.raw
        self.world = copy_world(world, self.sizes)
        self.state = new_state(self.sizes)
        self.log = new_log(_EVENTS)

    def grow(self) -> None:
        """Twice the room for events."""
        self.log = new_log(2 * len(self.log.event))


class Mechanisms(NamedTuple):
    """A day's list, compiled.

    Parameters
    ----------
    names : tuple of str
        As provenance shows them.
    functions : tuple
        First-class functions, filled up to a fixed length.
    plain : tuple
        The same as they were written, for other compilers.
    """

    names: tuple[str, ...]
    functions: tuple[Any, ...]
    plain: tuple[Any, ...]


class _FirstClass(numba.types.WrapperAddressProtocol):
    """A compiled function that can stand in a tuple of functions of one type."""

    def __init__(self, dispatcher: Any, signature: Any) -> None:
        dispatcher.compile(signature.args)
        self._dispatcher = dispatcher
        self._result = dispatcher.overloads[signature.args]
        self._signature = signature

    def __wrapper_address__(self) -> int:
        name = self._result.fndesc.llvm_cfunc_wrapper_name
        return int(self._result.library.get_pointer_to_function(name))

    def signature(self) -> Any:
        return self._signature


@kernel
def idle(world, state, log, key, day):
    """Nothing: fills a list of mechanisms up to its fixed length."""


@kernel
def _record(state, offsets, whole, row):
    for n in range(offsets.shape[0]):
        row[n] = float(state.words[offsets[n]]) if whole[n] else state.raw[offsets[n]]


@kernel
def _health(world, state):
    for m in range(world.market.shape[0]):
        for k in range(world.good.shape[0]):
            z = state.market_good[m, k].log_price
            if not math.isfinite(z):
                return NOT_A_NUMBER
            if abs(z) > _BOUND:
                return UNSTABLE
    for g in range(world.group.shape[0]):
        if not math.isfinite(state.group[g].cash):
            return NOT_A_NUMBER
    return 0


def _start(world, state, log, template, key, replicate):  # type: ignore[no-untyped-def]
    for n in range(template.shape[0]):
        world.raw[n] = template[n]
    draw_priors(world, key)
    derive(world, True)
    begin(world, state, key)
    log.head[0].first_event = log.head[0].events
    log.head[0].replicate = replicate
    log.head[0].observe_day = world.run[0].observe_day


_start = kernel(_start)


@kernel
def _resume(world, state, log, replicate, past_world, past_state, past_event, past_cause):
    """Put a saved past back, its log included."""
    for n in range(past_world.shape[0]):
        world.raw[n] = past_world[n]
    for n in range(past_state.shape[0]):
        state.raw[n] = past_state[n]
    head = log.head
    head[0].first_event = head[0].events
    head[0].replicate = replicate
    head[0].observe_day = world.run[0].observe_day
    events = past_event.shape[0]
    causes = past_cause.shape[0]
    if head[0].events + events > log.event.shape[0] or head[0].causes + causes > log.cause.shape[0]:
        head[0].full = 1
    else:
        for n in range(events):
            log.event[head[0].events + n] = past_event[n]
            log.event[head[0].events + n].replicate = replicate
        for n in range(causes):
            log.cause[head[0].causes + n] = past_cause[n]
            log.cause[head[0].causes + n].replicate = replicate
    head[0].events += events
    head[0].causes += causes


def course(
    mechanisms,
    used,
    world,
    state,
    log,
    template,
    past,
    key,
    replicate,
    days,
    every,
    offsets,
    whole,
    series,
):  # type: ignore[no-untyped-def]
    """One replicate from its beginning, or from a saved past; its series and its status."""
    past_day, past_world, past_state, past_event, past_cause = past
    begun = 0
    record = 0
    status = 0
    if past_day >= 0:
        _resume(world, state, log, replicate, past_world, past_state, past_event, past_cause)
        begun = world.run[0].observe_day + past_day
        record = (past_day + every - 1) // every
    else:
        _start(world, state, log, template, key, replicate)
    observe = world.run[0].observe_day  # a buffer that is used first holds nothing before
    for day in range(begun, observe + days):
        census(world, state, day)
        if day >= observe and (day - observe) % every == 0:
            _record(state, offsets, whole, series[record])
            record += 1
        for m in range(used):
            mechanisms[m](world, state, log, key, day)
        status = _health(world, state)
        if status != 0:
            break
    census(world, state, observe + days)
    while record < series.shape[0]:
        _record(state, offsets, whole, series[record])
        record += 1
    return status


course = kernel(course)


def _loop(
    mechanisms, used, world, state, log, template, past, seed, first, days, every,
    offsets, whole, series, status,
):  # type: ignore[no-untyped-def]  # fmt: skip
    log.head[0].events = 0
    log.head[0].causes = 0
    log.head[0].full = 0
    for n in range(status.shape[0]):
        key = (np.uint64(seed), np.uint64(first + n))
        status[n] = course(
            mechanisms, used, world, state, log, template, past, key, first + n, days, every,
            offsets, whole, series[n],
        )  # fmt: skip


_loop = compiled(_loop)


def sizes(world: Any) -> dict[str, int]:
    """Lengths of all dims of a world."""
    return {
        "group": world.group.shape[0],
        "patron": world.patron.shape[0],
        "striker": world.striker.shape[0],
        "label": world.label_label.shape[0],
        "place": world.place.shape[0],
        "market": world.market.shape[0],
        "good": world.good.shape[0],
        "pair": world.pair.shape[0],
        "crossing": world.crossing.shape[0],
        "end": 2,
        "row": world.timeline.shape[0],
        "own": world.own.shape[0],
    }


def _recorded(world: Any) -> list[tuple[str, int, Variable]]:
    return [
        (table, position, field)
        for table, spec in STATE.items()
        for position, field in enumerate(spec.fields)
        if field.series
    ]


def layout(world: Any) -> list[Column]:
    """Columns of the series, in the registry's order.

    Parameters
    ----------
    world : World

    Returns
    -------
    list of Column
    """
    columns = []
    start = 0
    lengths = sizes(world)
    for table, _, field in _recorded(world):
        spec = STATE[table]
        dims = spec.dims
        extent = shape(spec, lengths) if dims else ()
        stop = start + int(np.prod(extent, dtype=int))
        columns.append(
            Column(
                table, field.name, dims, extent, start, stop,
                field.dtype, field.unit, field.meaning, field.kind,
            )
        )  # fmt: skip
        start = stop
    return columns


def recorded(world: Any) -> tuple[np.ndarray, np.ndarray]:
    """Word of every recorded number in the state's buffer, and whether it is an integer."""
    lengths = sizes(world)
    at: dict[str, int] = {}
    start = 0
    for table, spec in STATE.items():
        at[table] = start
        start += len(spec.fields) * int(np.prod(shape(spec, lengths)))
    offsets: list[int] = []
    whole: list[bool] = []
    for table, position, field in _recorded(world):
        width = len(STATE[table].fields)
        for row in range(int(np.prod(shape(STATE[table], lengths)))):
            offsets.append(at[table] + row * width + position)
            whole.append(field.dtype == "i8")
    return np.array(offsets, np.int64), np.array(whole, np.bool_)


def workspace(world: Any) -> Workspace:
    """A workspace for one thread."""
    return Workspace(world)


def _signature(space: Workspace) -> Any:
    types = numba.types
    return types.void(
        numba.typeof(space.world),
        numba.typeof(space.state),
        numba.typeof(space.log),
        types.UniTuple(types.uint64, 2),
        types.int64,
    )


def mechanisms(
    world: Any,
    names: Sequence[str] | None = None,
    *,
    own: dict[str, Callable[..., None]] | None = None,
) -> Mechanisms:
    """A day's list of mechanisms, compiled where Numba compiles.

    Parameters
    ----------
    world : World
        Gives the types.
    names : sequence of str, optional
        Shipped names and keys of `own`, in order; by default `maabar.engine.day.DAY`.
    own : dict, optional
        A user's own functions ``(world, state, log, key, day)`` by name.

    Raises
    ------
    KeyError
        For a name that is neither shipped nor in `own`.
    MechanismError
        For a function that does not compile.
    """
    names = tuple(DAY if names is None else names)
    given = own or {}
    if len(names) > _SLOTS:
        raise ValueError(f"a day holds at most {_SLOTS} mechanisms, not {len(names)}")
    functions = [
        _guarded(given[name], place) if name in given else mechanism(name)
        for place, name in enumerate(names)
    ]
    functions += [idle] * (_SLOTS - len(functions))
    plain = tuple(given.get(name) or mechanism(name) for name in names)
    if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
        return Mechanisms(names, tuple(functions), plain)
    signature = _signature(Workspace(world))
    if is_cold():
        _compile_in_two_processes(world, [name for name in names if name not in given])
    for name, function in zip(names, functions, strict=False):
        if name in given:
            try:
                _first_class(function, signature)
            except Exception as problem:  # Numba has KeyErrors, too
                raise MechanismError(f'mechanism "{name}" does not compile: {problem}') from None
    return Mechanisms(names, tuple(_first_class(one, signature) for one in functions), plain)


def _compile_in_two_processes(world: Any, names: Sequence[str]) -> None:
    """Fill the cache: half of the day in a second process, the other half here."""
    theirs = [name for name in names if name in warm.SHARE]
    other = warm.start(theirs)
    compile_shipped(world, [name for name in names if other is None or name not in theirs])
    if other is not None:
        other.wait()


def compile_shipped(world: Any, names: Sequence[str]) -> None:
    """Compile shipped mechanisms into the cache on disk.

    Parameters
    ----------
    world : World
        Gives the types.
    names : sequence of str
        Some of `maabar.engine.day.DAY`.
    """
    signature = _signature(Workspace(world))
    for name in names:
        _first_class(mechanism(name), signature)


@cache
def _first_class(function: Any, signature: Any) -> _FirstClass:
    return _FirstClass(function, signature)


@cache
def _as_kernel(function: Any) -> Any:
    """A user's plain function, compiled without a cache; compiled ones are taken as they are."""
    if numba.config.DISABLE_JIT or hasattr(function, "py_func"):  # type: ignore[attr-defined]
        return function
    return own_kernel(function)


@cache
def _guarded(function: Any, place: int) -> Any:
    """The same, with a note in the log's head where it raises: Numba would only print that."""
    inner = _as_kernel(function)
    if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
        return inner
    raised = -1 - place

    def guarded(world, state, log, key, day):  # type: ignore[no-untyped-def]
        try:
            inner(world, state, log, key, day)
        except Exception:
            log.head[0].full = raised

    return own_kernel(guarded)


def is_cold() -> bool:
    """True where the engine has not been compiled on this machine yet."""
    folder = cache_folder()
    return not folder.is_dir() or not any(folder.rglob("replicate*._loop*.nbi"))


def record_days(days: int, every: int) -> np.ndarray:
    """Days on which the series is recorded: 0, every, 2 every ... and the last evening."""
    return np.append(np.arange(0, days, every, dtype=np.int64), days)


def simulate(
    space: Workspace,
    functions: Mechanisms,
    *,
    seed: int,
    first: int,
    count: int,
    days: int,
    every: int,
    past: Past = NOTHING,
) -> Chunk:
    """Run replicates ``first .. first + count - 1``.

    Parameters
    ----------
    space : Workspace
        This thread's.
    functions : Mechanisms
    seed : int
        32 bits.
    first, count : int
        Replicates; each gives the same bytes in any chunk.
    days : int
        Days from `observe_from`; the warm-up comes before.
    every : int
        Cadence of the series, days.
    past : Past, optional
        Go on from here, on each replicate's own draws; its own past comes back the same.

    Returns
    -------
    Chunk

    Raises
    ------
    ValueError
        Where the past is of another world, cadence, or time to come.
    MechanismError
        Where a user's own mechanism raised an exception.
    """
    _fits(space, past, days, every)
    offsets, whole = recorded(space.world)
    mornings = record_days(days, every)
    series = np.zeros((count, len(mornings), len(offsets)))
    status = np.zeros(count, np.int64)
    used = len(functions.names)
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _loop(
                functions.functions, used, space.world, space.state, space.log, space.template,
                (past.day, past.world, past.state, readable(past.events), readable(past.causes)),
                seed, first, days, every, offsets, whole, series, status,
            )  # fmt: skip
        full = int(space.log.head[0]["full"])
        if full < 0:
            raise MechanismError(
                f'mechanism "{functions.names[-1 - full]}" raised an exception; to see which and '
                "where, run it with NUMBA_DISABLE_JIT=1 (slow) and few replicates"
            )
        if not full:
            break
        space.grow()
    head = space.log.head[0]
    if past.day >= 0:
        series[:, : len(past.series)] = past.series
    return Chunk(
        np.arange(first, first + count, dtype=np.int64),
        status,
        mornings,
        series,
        np.array(space.log.event[: head["events"]]),
        np.array(space.log.cause[: head["causes"]]),
    )


def _fits(space: Workspace, past: Past, days: int, every: int) -> None:
    if past.day >= 0 and (
        (len(past.world), len(past.state)) != (len(space.world.raw), len(space.state.raw))
        or past.every != every
        or past.day > days
    ):
        raise ValueError("the past is of another world, another cadence, or of a later day")


def pause(
    space: Workspace, functions: Mechanisms, *, seed: int, replicate: int, day: int, every: int
) -> Past:
    """Run one replicate up to the morning of a day.

    Parameters
    ----------
    space : Workspace
    functions : Mechanisms
    seed, replicate : int
        Key of its draws.
    day : int
        From `observe_from`, at least 0.
    every : int
        Cadence of the series, days.

    Returns
    -------
    Past
        For `simulate`.

    Raises
    ------
    ValueError
        Where the replicate did not come so far in good health.
    """
    chunk = simulate(space, functions, seed=seed, first=replicate, count=1, days=day, every=every)
    if chunk.status[0]:
        raise ValueError(f"replicate {replicate} broke off before day {day}")
    before = int((chunk.days < day).sum())
    return Past(
        space.world.raw.copy(),
        space.state.raw.copy(),
        chunk.events,
        chunk.causes,
        chunk.series[0, :before].copy(),
        day,
        every,
    )


__all__ = [
    "NOTHING",
    "Chunk",
    "Column",
    "Log",
    "MechanismError",
    "Mechanisms",
    "Past",
    "Workspace",
    "layout",
    "mechanisms",
    "pause",
    "simulate",
]
