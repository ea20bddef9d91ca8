"""What is kept of a chunk: all of it, some, or sketches of its outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from maabar.results import event, outcome
from maabar.results.part import Part
from maabar.results.sketch import sketch
from maabar.results.store import Content


class Harvest:
    """Takes what a run keeps from the steps of a chunk, where they are computed.

    Parameters
    ----------
    keep : {"summary", "series", "events", "all"}
    columns : mapping
        ``table.name`` to what has `start`, `stop` and `shape`.
    world : World
    numbers : ndarray of int
        Which outcomes are worth a column: see `maabar.results.outcome.numbers`.
    ids : mapping
        Dim to ids.
    """

    def __init__(
        self,
        keep: str,
        columns: Mapping[str, Any],
        world: Any,
        numbers: np.ndarray,
        ids: Mapping[str, Sequence[str]],
    ) -> None:
        self.keep = keep
        self.columns = columns
        self.world = world
        self.numbers = numbers
        self.ids = ids

    def __call__(self, steps: Iterator[Any]) -> Content | Part:
        """What is kept of a chunk."""
        if self.keep == "summary":
            return self._part(steps)
        (chunk,) = steps
        return Content(
            chunk.status,
            chunk.series if self.keep in ("series", "all") else None,
            self._outcomes(chunk),
            event.tables(chunk, self.ids) if self.keep in ("events", "all") else {},
        )

    def _outcomes(self, chunk: Any) -> np.ndarray:
        return outcome.compute(outcome.View(chunk, self.columns, self.world), self.numbers)

    def _part(self, steps: Iterator[Any]) -> Part:
        failed: dict[int, int] = {}
        blocks = []
        for chunk in steps:
            for at in np.flatnonzero(chunk.status):
                failed[int(chunk.replicates[at])] = int(chunk.status[at])
            blocks.append(self._outcomes(chunk))
        return Part(failed, sketch(np.concatenate(blocks)))
