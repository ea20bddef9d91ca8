"""Tables in memory: structured arrays on one buffer, laid out by the registry."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import numba
import numpy as np

from maabar.variables import STATE, TERMS, WORLD, Table


def _record(name: str, fields: list[str]) -> Any:
    """A named tuple whose fields the registry gives, which a type checker cannot follow."""
    return namedtuple(name, fields)


def _rows(fields: list[tuple[str, str]]) -> np.dtype[Any]:
    """Structured dtype, aligned: a compiler that cannot know that loads byte by byte."""
    return np.dtype(fields, align=True)


World = _record("World", ["raw", "words", *WORLD, "prior", "veto"])
State = _record("State", ["raw", "words", *STATE])
Log = _record("Log", ["event", "cause", "head"])

PRIOR = _rows(
    [
        ("kind", "i8"),  # 1 uniform, 2 lognormal, 3 copy, 4 option, 5 option that is an index
        ("offset", "i8"),
        ("key", "i8"),
        ("a", "f8"),
        ("b", "f8"),
        ("value", "f8"),
        ("source", "i8"),
        ("scale", "f8"),
    ]
)
VETO = _rows([("day", "i8"), ("process", "i8"), ("i", "i8"), ("j", "i8")])
EVENT = _rows(
    [
        *(
            (name, "i8")
            for name in (
                "replicate",
                "row",
                "day",
                "kind",
                "actor",
                "target",
                "place",
                "crossing",
                "end",
            )
        ),
        ("amount", "f8"),
        *((f"term_{k}", "f8") for k in range(TERMS)),
    ]
)
CAUSE = _rows([("replicate", "i8"), ("row", "i8"), ("cause", "i8"), ("weight", "f8")])
HEAD = _rows(
    [
        (name, "i8")
        for name in ("events", "causes", "first_event", "replicate", "observe_day", "full")
    ]
)


def dtype(table: Table) -> np.dtype[Any]:
    """Structured dtype of one table: eight bytes a field."""
    return _rows([(field.name, field.dtype) for field in table.fields])


def shape(table: Table, sizes: dict[str, int]) -> tuple[int, ...]:
    """Shape of one table; a table without dims has one row, ``cohort`` repeats the first dim."""
    if not table.dims:
        return (1,)
    return tuple(sizes[table.dims[0] if dim == "cohort" else dim] for dim in table.dims)


def offsets(tables: dict[str, Table], sizes: dict[str, int]) -> dict[str, int]:
    """First word of every table in the buffer, and the length of the whole under ``""``."""
    start, at = 0, {}
    for name, table in tables.items():
        at[name] = start
        start += len(table.fields) * int(np.prod(shape(table, sizes)))
    at[""] = start
    return at


def views(
    tables: dict[str, Table], sizes: dict[str, int], raw: np.ndarray
) -> dict[str, np.ndarray]:
    """Every table as a structured view on `raw`, plus the buffer as floats and as integers."""
    at = offsets(tables, sizes)
    result: dict[str, np.ndarray] = {"raw": raw, "words": raw.view(np.int64)}
    for name, table in tables.items():
        count = len(table.fields) * int(np.prod(shape(table, sizes)))
        view = raw[at[name] : at[name] + count].view(dtype(table)).reshape(shape(table, sizes))
        result[name] = readable(view)
    return result


def readable(table: np.ndarray) -> np.ndarray:
    """The same table with fields as attributes where Numba does not provide them (JIT off)."""
    return table.view(np.recarray) if numba.config.DISABLE_JIT else table  # type: ignore[attr-defined]


def new_state(sizes: dict[str, int]) -> Any:
    """A State of zeros for these sizes."""
    return State(**views(STATE, sizes, np.zeros(offsets(STATE, sizes)[""])))


def copy_world(world: Any, sizes: dict[str, int]) -> Any:
    """A World on a buffer of its own, for one thread."""
    tables = views(WORLD, sizes, world.raw.copy())
    return World(**tables, prior=world.prior, veto=world.veto)


def new_log(events: int) -> Any:
    """An event log with room for `events` events and three causes each."""
    return Log(
        readable(np.zeros(events, EVENT)),
        readable(np.zeros(3 * events, CAUSE)),
        readable(np.zeros(1, HEAD)),
    )
