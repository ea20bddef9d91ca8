"""The folder of one run.

::

    runs/<scenario>-<hash8>/
        provenance.json           inputs, names, columns: enough to repeat the run
        scenario/                 the scenario's files, as they were
        series.zarr/              series, outcomes and status, one chunk a variable and chunk
        events/chunk-00000.parquet
        causes/chunk-00000.parquet
        parts/chunk-00000.parquet where only sketches of the outcomes are kept, in place of these
        summary.json              written last: the run is complete
        timing.json               the only place with clock times

Every file is written beside its place as ``*.partial`` and renamed; `status` is the last of a
chunk.  So a run that was stopped at any moment holds whole chunks and, at most, leftovers.  All but
timing.json is the same bytes however the run was computed: Zarr's chunks are little-endian numbers
packed with zstd, which is what its codecs ``bytes`` and ``zstd`` say, written here without Zarr's
machinery because that takes a millisecond a variable.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from maabar.ensemble.plan import KEEPS, RunPlan
from maabar.errors import RunError
from maabar.results import part
from maabar.results.part import PARTIAL, Part

FORMAT = 1
MISSING = {"float32": float("nan"), "float64": float("nan"), "int32": -(2**31)}
UNFINISHED = -1
LEVEL = 1  # higher ones pack these numbers no better
LESS = {
    "outcomes": ("summary",),
    "series": ("summary", "events"),
    "events": ("summary", "series"),
}
"""What does not keep what."""
FOLDERS = {
    "summary": ("parts",),
    "series": (),
    "events": ("events", "causes"),
    "all": ("events", "causes"),
}
NEED = {
    "outcomes": "numbers of single replicates",
    "series": "series",
    "events": "events",
}


class Field(NamedTuple):
    """A variable of the series store.

    Parameters
    ----------
    name : str
        ``table.name``, as in the registry.
    dims : tuple of str
        Beside replicate and day.
    shape : tuple of int
        Their sizes.
    start, stop : int
        Columns of the engine's series.
    dtype : str
        ``float32`` or ``int32``.
    unit, meaning, kind, refers : str
        From the registry.
    """

    name: str
    dims: tuple[str, ...]
    shape: tuple[int, ...]
    start: int
    stop: int
    dtype: str
    unit: str
    meaning: str
    kind: str
    refers: str = ""


class Content(NamedTuple):
    """What is kept of the single replicates of a chunk.

    Parameters
    ----------
    status : int array, one a replicate
        0 done, else a row of `maabar.variables.STATUS`.
    series : float array (replicate, record, column), or None
    outcomes : float array (replicate, outcome)
    tables : mapping
        Folder (``events``, ``causes``) to Arrow table; empty where no events are kept.
    """

    status: np.ndarray
    series: np.ndarray | None
    outcomes: np.ndarray
    tables: Mapping[str, Any]


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write a file so that it is either whole or not there."""
    partial = f"{path}{PARTIAL}"
    try:
        with open(partial, "wb") as file:
            file.write(data)
        os.replace(partial, path)
    except OSError:
        Path(partial).unlink(missing_ok=True)
        raise


def write_json(path: Path, document: Any) -> None:
    """Write a document as indented JSON; what is not a number becomes null."""
    text = json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)
    write_bytes(path, text.encode() + b"\n")


def read_json(path: Path) -> Any:
    """The document in a JSON file.

    Raises
    ------
    RunError
        Where it is missing or not whole.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RunError(
            f"{path.parent} is not a run: no {path.name} there; `maabar run` makes one"
        ) from None
    except (OSError, ValueError) as problem:
        raise RunError(f"{path} cannot be read: {problem}") from None


def _pack(array: np.ndarray) -> bytes:
    from numcodecs.zstd import Zstd

    return bytes(Zstd(LEVEL).encode(np.ascontiguousarray(array)))


class Store:
    """The folder of one run, to write it and to read it.

    Parameters
    ----------
    path : Path
        The run's own folder.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.series = self.path / "series.zarr"

    # -- what is there ----------------------------------------------------------------------------

    @property
    def provenance(self) -> dict[str, Any]:
        """Inputs, names and columns."""
        document: dict[str, Any] = read_json(self.path / "provenance.json")
        if document.get("format") != FORMAT:
            raise RunError(
                f"{self.path} has format {document.get('format')}; this version reads {FORMAT}"
            )
        return document

    @property
    def plan(self) -> RunPlan:
        """The plan that made the run."""
        inputs: dict[str, Any] = self.provenance["inputs"]
        return RunPlan(
            **inputs
            | {name: tuple(value) for name, value in inputs.items() if isinstance(value, list)}
        )

    def state(self, plan: RunPlan) -> str:
        """``new``, ``incomplete`` or ``complete``.

        Raises
        ------
        RunError
            Where the folder holds something else than this plan's run.
        """
        if not self.path.exists() or (self.path.is_dir() and not any(self.path.iterdir())):
            return "new"
        if not (self.path / "provenance.json").is_file():
            raise RunError(
                f"{self.path} exists and is not a run of maabar; choose another folder with --out"
            )
        there = self.plan
        differs = [
            f"{name} {_short(theirs)} there, {_short(ours)} asked for"
            for name, theirs, ours in zip(plan._fields, there, plan, strict=True)
            if theirs != ours
        ]
        if differs:
            raise RunError(
                f"{self.path} holds a run of other inputs ({'; '.join(differs)}); "
                "choose another folder with --out"
            )
        return "complete" if (self.path / "summary.json").is_file() else "incomplete"

    def finished(self, plan: RunPlan) -> set[int]:
        """Numbers of the chunks that are stored whole."""
        last = self.part if plan.keep == "summary" else self._status
        return {number for number in plan.chunks() if last(number).is_file()}

    def part(self, number: int) -> Path:
        """File of a chunk of which only sketches are kept."""
        return self.path / "parts" / f"chunk-{number:05d}.parquet"

    def parts(self) -> Iterator[Part]:
        """What is kept of every chunk in turn, where only sketches are."""
        return (part.read(self.part(number)) for number in self.plan.chunks())

    def keeps(self, what: str) -> bool:
        """Whether a run keeps `outcomes` of single replicates, `series` or `events`."""
        return self.plan.keep not in LESS[what]

    def need(self, what: str) -> None:
        """Make sure that a run keeps `outcomes` of single replicates, `series` or `events`.

        Raises
        ------
        RunError
            Where it does not, with what would.
        """
        if not self.keeps(what):
            raise RunError(
                f"{self.path} keeps no {NEED[what]} (--keep {self.plan.keep}); run the scenario "
                f"again with --keep {what if what in KEEPS else 'all'}"
            )

    def count(self, plan: RunPlan) -> int:
        """Replicates that are stored."""
        return sum(plan.span(number)[1] for number in self.finished(plan))

    def status(self, number: int) -> np.ndarray:
        """Status of the replicates of one chunk: 0 where they are sound."""
        self.need("outcomes")
        plan = self.plan
        return self._unpack("status", number, 1, "<i4")[: plan.span(number)[1]]

    def table(self, folder: str, number: int) -> Any:
        """The Arrow table of one chunk."""
        import pyarrow.parquet

        self.need("events")
        path = self.path / folder / f"chunk-{number:05d}.parquet"
        try:
            return pyarrow.parquet.read_table(path)
        except FileNotFoundError:
            raise RunError(f"{self.path} has no {folder}/{path.name}: not finished yet") from None
        except (OSError, ValueError) as problem:
            raise self._cut(path, number, problem) from None

    def outcomes(self, columns: slice = slice(None)) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Status and outcomes of every chunk in turn."""
        self.need("outcomes")
        plan, width = self.plan, len(self.provenance["outcomes"])
        for number in plan.chunks():
            count = plan.span(number)[1]
            status = self._unpack("status", number, 1, "<i4").reshape(plan.chunk)
            values = self._unpack("value", number, 2, "<f8").reshape(plan.chunk, width)
            yield status[:count], values[:count, columns]

    # -- writing ----------------------------------------------------------------------------------

    def create(
        self,
        plan: RunPlan,
        *,
        fields: Sequence[Field],
        outcomes: Sequence[Mapping[str, Any]],
        ids: Mapping[str, Sequence[str]],
        about: Mapping[str, Any],
        files: Mapping[str, bytes],
    ) -> None:
        """Make the folder with everything but results: beside its place, then renamed.

        Parameters
        ----------
        plan : RunPlan
            The inputs.
        fields : sequence of Field
            Variables of the series.
        outcomes : sequence of mapping
            ``name`` and ``unit`` of every outcome, in order.
        ids : mapping
            Dim to ids.
        about : mapping
            What else the provenance holds.
        files : mapping
            Name below ``scenario/`` to content.

        Raises
        ------
        RunError
            Where the folder cannot be written.
        """
        temporary = self.path.with_name(self.path.name + PARTIAL)
        document = {
            "format": FORMAT,
            "inputs": plan.inputs(),
            **about,
            "outcomes": list(outcomes),
            "ids": {dim: list(names) for dim, names in ids.items()},
            "fields": [field._asdict() for field in fields],
        }
        try:
            shutil.rmtree(temporary, ignore_errors=True)
            for folder in ("scenario", *FOLDERS[plan.keep]):
                (temporary / folder).mkdir(parents=True)
            for name, data in files.items():
                file = temporary / "scenario" / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
            write_json(temporary / "provenance.json", document)
            if plan.keep != "summary":
                shown = [] if plan.keep in LESS["series"] else fields
                _describe(temporary / "series.zarr", plan, shown, outcomes, ids, document)
            os.replace(temporary, self.path)
        except OSError as problem:
            shutil.rmtree(temporary, ignore_errors=True)
            raise self.cannot_write(problem) from None

    def clear(self) -> None:
        """Remove what an earlier, stopped run left half written."""
        for leftover in self.path.rglob(f"*{PARTIAL}"):
            leftover.unlink(missing_ok=True)

    def write(
        self, number: int, content: Content | Part, plan: RunPlan, fields: Iterable[Field]
    ) -> None:
        """Store a chunk, its status last."""
        import pyarrow.parquet

        if isinstance(content, Part):
            part.write(self.part(number), content)
            return
        count = len(content.status)
        if content.series is not None:
            self._put_series(number, content.series, plan, fields)
        value = np.full((plan.chunk, content.outcomes.shape[1]), np.nan)
        value[:count] = content.outcomes
        self._put("value", number, 2, value)
        for folder, table in content.tables.items():
            path = f"{self.path}/{folder}/chunk-{number:05d}.parquet"
            ids = [one.name for one in table.schema if str(one.type).startswith("dictionary")]
            pyarrow.parquet.write_table(
                table,
                path + PARTIAL,
                compression="zstd",
                use_dictionary=ids or False,
                write_statistics=False,
            )
            os.replace(path + PARTIAL, path)
        status = np.full(plan.chunk, UNFINISHED, np.int32)
        status[:count] = content.status
        self._put("status", number, 1, status)

    def _put_series(
        self, number: int, series: np.ndarray, plan: RunPlan, fields: Iterable[Field]
    ) -> None:
        for field in fields:
            missing, part = MISSING[field.dtype], series[:, :, field.start : field.stop]
            whole = np.full((plan.chunk, *part.shape[1:]), missing, field.dtype)
            if field.dtype == "int32":
                part = np.where(np.isfinite(part), part, missing)
            whole[: len(part)] = part
            self._put(field.name, number, 2 + len(field.dims), whole)

    def cannot_write(self, problem: OSError, plan: RunPlan | None = None) -> RunError:
        """What to say when the folder cannot be written."""
        if problem.errno in (errno.ENOSPC, errno.EDQUOT) and plan:
            return RunError(
                f"no space left at {self.path}: {self.count(plan)} of {plan.replicates} replicates "
                "are kept; free some space and run again with --resume"
            )
        return RunError(f"cannot write to {self.path}: {problem.strerror or problem}")

    # -- Zarr's chunks ----------------------------------------------------------------------------

    def _status(self, number: int) -> Path:
        return self._chunk("status", number, 1)

    def _chunk(self, variable: str, number: int, dims: int) -> Path:
        return Path(self._place(variable, number, dims))

    def _place(self, variable: str, number: int, dims: int) -> str:
        return f"{self.series}/{variable}/c.{number}" + ".0" * (dims - 1)

    def _put(self, variable: str, number: int, dims: int, array: np.ndarray) -> None:
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        write_bytes(self._place(variable, number, dims), _pack(little))

    def _unpack(self, variable: str, number: int, dims: int, dtype: str) -> np.ndarray:
        from numcodecs.zstd import Zstd

        path = self._chunk(variable, number, dims)
        try:
            return np.frombuffer(Zstd().decode(path.read_bytes()), dtype)
        except FileNotFoundError:
            raise RunError(
                f"{self.path} is not finished; finish it with `maabar run ... --resume`"
            ) from None
        except (OSError, RuntimeError, ValueError) as problem:
            raise self._cut(path, number, problem) from None

    def _cut(self, path: Path, number: int, problem: Exception) -> RunError:
        """What to say of a file that is not whole."""
        return RunError(
            f"{path} cannot be read: {problem}; delete {self._status(number)} and "
            f"{self.path / 'summary.json'}, and run again with --resume"
        )


def _short(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return text[:8] if len(text) == 64 else (text or "none")


def _describe(
    path: Path,
    plan: RunPlan,
    fields: Sequence[Field],
    outcomes: Sequence[Mapping[str, Any]],
    ids: Mapping[str, Sequence[str]],
    provenance: Mapping[str, Any],
) -> None:
    """Write the Zarr store's metadata and coordinates."""
    import zarr
    from zarr.codecs import ZstdCodec

    store = zarr.create_group(
        path,
        zarr_format=3,
        attributes={
            "title": provenance["title"]["en"],
            "history": f"maabar {plan.code}",
            "provenance": {key: provenance[key] for key in ("format", "inputs", "observe_from")},
            "sources": list(provenance["sources"]),
        },
    )
    days = plan.record_days()

    def coordinate(name: str, values: np.ndarray, **attributes: Any) -> None:
        array = store.create_array(
            name,
            shape=values.shape,
            chunks=values.shape,
            dtype=str if values.dtype.kind == "U" else values.dtype,
            dimension_names=[attributes.pop("dim", name)],
            attributes=attributes,
        )
        array[:] = values.astype(object) if values.dtype.kind == "U" else values

    def variable(name: str, dtype: str, dims: Sequence[str], **attributes: Any) -> None:
        store.create_array(
            name,
            shape=tuple(sizes[dim] for dim in dims),
            chunks=tuple(plan.chunk if dim == "replicate" else sizes[dim] for dim in dims),
            dtype=dtype,
            fill_value=attributes.pop("fill", MISSING.get(dtype)),
            dimension_names=list(dims),
            chunk_key_encoding={"name": "default", "separator": "."},
            compressors=ZstdCodec(level=LEVEL),
            attributes=attributes,
        )

    used = sorted(
        {dim for field in fields for dim in field.dims} | {f.refers for f in fields} - {""}
    )
    sizes = {dim: len(ids[dim]) for dim in used}
    sizes |= {"replicate": plan.replicates, "day": len(days), "outcome": len(outcomes)}
    for dim in used:
        coordinate(dim, np.array(ids[dim]), long_name=dim)
    coordinate("outcome", np.array([row["name"] for row in outcomes]), long_name="named outcome")
    coordinate("replicate", np.arange(plan.replicates), long_name="replicate")
    coordinate("day", np.array(days), long_name=f"days from {provenance['observe_from']}")
    coordinate(
        "date",
        np.array(days),
        dim="day",
        units=f"days since {provenance['observe_from']}",
        calendar="proleptic_gregorian",
    )
    for field in fields:
        attributes: dict[str, Any] = {
            "units": field.unit,
            "long_name": field.meaning,
            "kind": field.kind,
        }
        if field.refers:
            attributes["refers"] = field.refers
            attributes["flag_values"] = list(range(len(ids[field.refers])))
            attributes["flag_meanings"] = " ".join(ids[field.refers])
        variable(field.name, field.dtype, ("replicate", "day", *field.dims), **attributes)
    variable(
        "value",
        "float64",
        ("replicate", "outcome"),
        long_name="named outcomes, units in `outcome_unit`",
        fill=float("nan"),
    )
    coordinate("outcome_unit", np.array([row["unit"] for row in outcomes]), dim="outcome")
    variable(
        "status",
        "int32",
        ("replicate",),
        fill=UNFINISHED,
        long_name="0 done, -1 not yet computed, else why the replicate failed",
    )
