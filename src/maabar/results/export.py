"""A run as CSV tables, for spreadsheets and other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from maabar.errors import RunError
from maabar.results.run import Run
from maabar.results.store import Store


def export(run: str | Path | Run, *, out: str | Path | None = None) -> list[Path]:
    """Write a run as CSV tables.

    Parameters
    ----------
    run : str, Path or Run
        A complete run.
    out : str or Path, optional
        Folder for the tables; by default ``csv`` in the run's folder.

    Returns
    -------
    list of Path
        ``outcomes.csv`` (a row for every outcome), ``replicates.csv`` (a row for every replicate, a
        column for every outcome), ``events.csv`` and ``causes.csv``, and a ``series-TABLE.csv`` for
        every table of the registry: a row for every replicate, day and entity, a column for every
        variable; of a run that keeps less (`keep`) what there is.

    Raises
    ------
    RunError
        Where the run is not complete, or the tables cannot be written.

    Examples
    --------
    >>> maabar.export("runs/asharah-1a2b3c4d")                          # doctest: +SKIP
    """
    run = run if isinstance(run, Run) else Run(Path(run))
    outcomes = run.outcomes
    store = Store(run.path)
    folder = Path(out) if out is not None else run.path / "csv"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tables = {"outcomes": _outcomes(outcomes)}
        if store.keeps("outcomes"):
            tables["replicates"] = _replicates(store, list(outcomes))
        if store.keeps("events"):
            tables |= {one: _log(store, one) for one in ("events", "causes")}
        written = [_write(folder / f"{name}.csv", rows) for name, rows in tables.items()]
        return [*written, *(_series(run, folder) if store.keeps("series") else ())]
    except OSError as problem:
        raise RunError(f"cannot write to {folder}: {problem.strerror or problem}") from None


def _write(path: Path, tables: Iterator[Any]) -> Path:
    """Write Arrow tables of one schema one after the other."""
    from pyarrow import csv

    first = next(tables)
    with csv.CSVWriter(path, first.schema) as writer:
        writer.write_table(first)
        for table in tables:
            writer.write_table(table)
    return path


def _outcomes(outcomes: Mapping[str, Mapping[str, Any]]) -> Iterator[Any]:
    import pyarrow as pa

    yield pa.Table.from_pylist([{"outcome": one, **row} for one, row in outcomes.items()])


def _replicates(store: Store, names: Sequence[str]) -> Iterator[Any]:
    import pyarrow as pa

    first = 0
    for status, values in store.outcomes():
        columns = {"replicate": np.arange(first, first + len(status)), "status": status}
        yield pa.table(columns | dict(zip(names, values.T.copy(), strict=True)))
        first += len(status)


def _log(store: Store, folder: str) -> Iterator[Any]:
    for number in store.plan.chunks():
        table = store.table(folder, number)
        yield table.cast(_plain(table.schema))


def _plain(schema: Any) -> Any:
    """The same columns with text in place of dictionaries, which CSV does not have."""
    import pyarrow as pa

    return pa.schema(
        (field.name, pa.string() if pa.types.is_dictionary(field.type) else field.type)
        for field in schema
    )


def _series(run: Run, folder: Path) -> Iterator[Path]:
    data = run.dataset()
    tables: dict[str, list[str]] = {}
    for name in data.data_vars:
        if "." in str(name):
            tables.setdefault(str(name).partition(".")[0], []).append(str(name))
    size = Store(run.path).plan.chunk
    for table, names in tables.items():
        blocks = (
            _block(data.isel(replicate=slice(first, first + size)), names)
            for first in range(0, data.sizes["replicate"], size)
        )
        yield _write(folder / f"series-{table}.csv", blocks)


def _block(data: Any, names: Sequence[str]) -> Any:
    """One table of some replicates: ids in the first columns, then a column a variable."""
    import pyarrow as pa

    dims = data[names[0]].dims
    shape = tuple(data.sizes[dim] for dim in dims)
    index = np.indices(shape).reshape(len(shape), -1)
    columns: dict[str, Any] = {
        dim: pa.array(data[dim].to_numpy().tolist()).take(pa.array(place))
        for dim, place in zip(dims, index, strict=True)
    }
    dates = np.datetime_as_string(data["date"].to_numpy(), unit="D")
    columns["date"] = pa.array(dates.tolist()).take(pa.array(index[dims.index("day")]))
    for name in names:
        values = data[name].to_numpy().reshape(-1)
        refers = data[name].attrs.get("refers")
        if refers:
            known = pa.array(data[refers].to_numpy().tolist())
            column = known.take(pa.array(values, mask=values < 0))
        else:
            column = pa.array(values)
        columns[name.partition(".")[2]] = column
    return pa.table(columns)
