"""Reading a run: as an xarray Dataset, and its events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from maabar.results import event
from maabar.results.store import UNFINISHED, Store

if TYPE_CHECKING:
    import xarray


def open(path: str | Path) -> xarray.Dataset:
    """The series and outcomes of a run.

    Parameters
    ----------
    path : str or Path
        The run's folder.

    Returns
    -------
    xarray.Dataset
        Variables ``table.name`` as in the registry, over replicate, day and their own dims, with
        units and meanings in their attrs; `value` over replicate and outcome; `status`.  Ids are
        coordinates; a variable that points at one holds its position, and the ids in
        ``flag_meanings``.  Replicates that are not computed yet are left out, and so are series
        where the run keeps none.  Read lazily.

    Raises
    ------
    RunError
        Where the folder is no run, or keeps nothing of single replicates.

    Examples
    --------
    >>> run = maabar.run("two-crossings", replicates=8, days=30)        # doctest: +SKIP
    >>> maabar.open(run.path)["group.cash"].median("replicate")         # doctest: +SKIP
    """
    import xarray

    store = Store(path)
    store.need("outcomes")
    plan = store.plan
    found = xarray.open_zarr(store.series, consolidated=False, chunks=None)
    found.attrs["path"] = str(store.path)
    if store.count(plan) == plan.replicates:
        return found
    return found.isel(replicate=found["status"].to_numpy() != UNFINISHED)


def events(path: str | Path, replicate: int, *, lang: str = "en") -> list[dict[str, Any]]:
    """The story of one replicate.

    Parameters
    ----------
    path : str or Path
        The run's folder.
    replicate : int
        Counted from 0.
    lang : {"en", "ar"}
        Language of the sentences.

    Returns
    -------
    list of dict
        ``row, day, date, kind, actor, target, place, crossing, amount, causes, sentence``; `causes`
        are rows of earlier events, the weightiest first.

    Raises
    ------
    UseError
        Where the run has no such replicate.
    RunError
        Where the folder is no run, or the replicate is not computed yet.

    Examples
    --------
    >>> maabar.events("runs/asharah-1a2b3c4d", 3)[0]["sentence"]        # doctest: +SKIP
    """
    return event.story(Store(path), replicate, lang)
