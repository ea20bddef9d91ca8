"""Tables as nested lists of records, named by the registry: ``group_place[g][p].men``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from types import SimpleNamespace
from typing import Any

from maabar.variables import STATE, WORLD, Table


def lengths(table: Table, sizes: dict[str, int]) -> tuple[int, ...]:
    """Length of every dim; ``cohort`` is the first dim again."""
    return tuple(sizes[table.dims[0] if dim == "cohort" else dim] for dim in table.dims)


def nested(extent: Sequence[int], table: Table) -> Any:
    """A record of zeros, a list of them, a list of lists ..."""
    if extent:
        return [nested(extent[1:], table) for _ in range(extent[0])]
    return SimpleNamespace(**{f.name: 0 if f.dtype == "i8" else 0.0 for f in table.fields})


def zeros(registry: dict[str, Table], sizes: dict[str, int]) -> SimpleNamespace:
    """All tables of a registry, empty."""
    return SimpleNamespace(
        **{name: nested(lengths(table, sizes), table) for name, table in registry.items()}
    )


def records(
    tables: SimpleNamespace, registry: dict[str, Table], sizes: dict[str, int]
) -> Iterator[tuple[str, tuple[int, ...], SimpleNamespace]]:
    """Every record with its table and index, in the order of the registry."""
    for name, table in registry.items():
        for index in product(*map(range, lengths(table, sizes))):
            record = getattr(tables, name)
            for number in index:
                record = record[number]
            yield name, index, record


def read_world(template: Any, sizes: dict[str, int]) -> SimpleNamespace:
    """The engine's tables of inputs, before any prior is drawn, as plain records.

    ``numbers[n]`` is the n-th number in the order of the registry, as (record, field): priors and
    acts of the timeline name what they set by it.
    """
    world = zeros(WORLD, sizes)
    world.numbers = []
    for name, index, record in records(world, WORLD, sizes):
        row = getattr(template, name)[index or (0,)]
        for field in WORLD[name].fields:
            setattr(record, field.name, row[field.name].item())
            world.numbers.append((record, field.name))
    for name in ("prior", "veto"):
        table = getattr(template, name)
        columns = table.dtype.names
        setattr(
            world,
            name,
            [SimpleNamespace(**dict(zip(columns, row, strict=True))) for row in table.tolist()],
        )
    return world


def empty_state(sizes: dict[str, int]) -> SimpleNamespace:
    """All tables of the state, zero."""
    return zeros(STATE, sizes)
