"""The file of one chunk of which only sketches of the outcomes are kept.

One row an outcome, its bins as lists; replicates that broke off stand in the file's metadata.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

import numpy as np

from maabar.errors import RunError
from maabar.results.sketch import Sketch

PARTIAL = ".partial"


class Part(NamedTuple):
    """What is kept of many replicates together.

    Parameters
    ----------
    failed : dict of int to int
        Replicates that broke off, and why: a row of `maabar.variables.STATUS`.
    sketch : Sketch
        Outcomes of the others.
    """

    failed: dict[int, int]
    sketch: Sketch


def write(path: Path, part: Part) -> None:
    """Write a part so that it is either whole or not there.

    Raises
    ------
    OSError
        Where it cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet

    sketch = part.sketch
    offsets = pa.array(np.searchsorted(sketch.outcome, np.arange(len(sketch.n) + 1)), pa.int32())
    table = pa.table(
        {
            "n": sketch.n,
            "mean": sketch.mean,
            "square": sketch.square,
            "bin": pa.ListArray.from_arrays(offsets, sketch.bin),
            "held": pa.ListArray.from_arrays(offsets, sketch.held),
            "least": pa.ListArray.from_arrays(offsets, sketch.least),
        }
    ).replace_schema_metadata({"failed": json.dumps(part.failed)})
    partial = f"{path}{PARTIAL}"
    pyarrow.parquet.write_table(table, partial, compression="zstd", write_statistics=False)
    os.replace(partial, path)


def read(path: Path) -> Part:
    """The part in a file.

    Raises
    ------
    RunError
        Where it is missing or not whole.
    """
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(path)
        failed = json.loads(table.schema.metadata[b"failed"])
    except FileNotFoundError:
        raise RunError(
            f"{path} is missing: the run is not finished; --resume finishes it"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise RunError(
            f"{path} cannot be read: {problem}; delete it and run again with --resume"
        ) from None
    lists = {name: table[name].combine_chunks() for name in ("bin", "held", "least")}
    lengths = np.diff(lists["bin"].offsets.to_numpy())
    return Part(
        {int(replicate): code for replicate, code in failed.items()},
        Sketch(
            np.repeat(np.arange(table.num_rows), lengths),
            *(one.values.to_numpy() for one in lists.values()),
            *(table[name].to_numpy() for name in ("n", "mean", "square")),
        ),
    )
