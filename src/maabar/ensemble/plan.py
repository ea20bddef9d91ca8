"""What an ensemble runs: pure data, and the name that follows from it.

A run is named by everything that its results depend on, so that the same inputs find the same
folder and other inputs another one.  Threads, folders and the clock change no result and are no
part of it; the number of replicates is part of it, because it says which results there are.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from maabar.errors import UseError

SEEDS = 2**32
"""Seeds are 32-bit words of the generator's key, and so are replicates."""
STEP = 8
"""Replicates that are computed at once."""
KEEPS = {"summary": 32 * STEP, "series": STEP, "events": STEP, "all": STEP}
"""What a run may keep, and how many replicates are then stored together."""


class RunPlan(NamedTuple):
    """The inputs of an ensemble.

    Parameters
    ----------
    scenario : str
        Id of the scenario.
    source : str
        Hash of the scenario's files and of the changes made to them.
    changes : tuple of str
        The changes, as they were named.
    code : str
        Version and hash of the code that the results depend on.
    seed : int
        First half of the key of every random draw; the replicate is the second.
    replicates : int
        How many; replicate k is the same whatever their number.
    days : int
        Length of the observed part, days.
    every : int
        Days between two records of the series.
    mechanisms : tuple of str
        Names, in the order of a day; a user's own carries a hash of its text.
    chunk : int
        Replicates that are computed and stored together.
    past : tuple of int
        Of a fork: the replicate whose past all share, and the day on which they part.
    keep : {"summary", "series", "events", "all"}
        Sketches of the outcomes alone; or the outcomes of every replicate, with series, with
        events, or with both.
    device : str
        ``cuda`` where a GPU computes, which rounds otherwise.
    own : tuple of float
        Parameters of a user's own mechanisms, in `world.own`.

    Examples
    --------
    >>> plan = RunPlan("toy", "0" * 64, (), "0.1.0", 1, 20, 10, 7, ("strikes",))
    >>> plan.record_days(), list(plan.chunks())
    ([0, 7, 10], [0, 1, 2])
    >>> plan.span(2)
    (16, 4)
    """

    scenario: str
    source: str
    changes: tuple[str, ...]
    code: str
    seed: int
    replicates: int
    days: int
    every: int
    mechanisms: tuple[str, ...]
    chunk: int = STEP
    past: tuple[int, ...] = ()
    keep: str = "all"
    device: str = ""
    own: tuple[float, ...] = ()

    @property
    def id(self) -> str:
        """``<scenario>-<hash8>``."""
        text = json.dumps(self.inputs(), sort_keys=True)
        return f"{self.scenario}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"

    def inputs(self) -> dict[str, Any]:
        """All fields, but of the last four only what is not as usual."""
        usual = {"past": (), "keep": "all", "device": "", "own": ()}
        return {key: one for key, one in self._asdict().items() if usual.get(key) != one}

    def chunks(self) -> Iterator[int]:
        """Numbers of the chunks: chunk c holds the replicates from ``c * chunk`` on."""
        return iter(range(-(-self.replicates // self.chunk)))

    def span(self, number: int) -> tuple[int, int]:
        """First replicate of a chunk, and how many it holds."""
        first = number * self.chunk
        return first, min(self.chunk, self.replicates - first)

    def steps(self, number: int) -> Iterator[tuple[int, int]]:
        """First replicate and count of what is computed at once, through a chunk."""
        first, count = self.span(number)
        for start in range(0, count, STEP):
            yield first + start, min(STEP, count - start)

    def record_days(self) -> list[int]:
        """Days of the series, counted from `observe_from`; the last day is always one of them."""
        return [*range(0, self.days, self.every), self.days]


@cache
def code() -> str:
    """Version and hash of the code that results depend on.

    Examples
    --------
    >>> code().startswith("0.")
    True
    """
    from maabar import __version__

    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for file in sorted(
        [root / "variables.py", root / "world.py", root / "results" / "outcome.py"]
        + [
            path
            for part in ("engine", "mechanisms", "scenario")
            for path in root.glob(f"{part}/*.py")
        ]
    ):
        if file.exists():
            digest.update(file.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def mechanism_name(mechanism: str | Callable[..., None]) -> str:
    """A shipped mechanism's name, or a user's function's name and a hash of what it is.

    That is the text of its file and the numbers that it takes from around it.
    """
    if isinstance(mechanism, str):
        return mechanism
    function = getattr(mechanism, "py_func", mechanism)
    try:
        digest = hashlib.sha256(Path(inspect.getfile(function)).read_bytes())
        digest.update(inspect.getsource(function).encode())
    except (OSError, TypeError):
        raise UseError(f"{function.__name__} must stand in a file, which names its run") from None
    around = inspect.getclosurevars(function)
    for name, value in sorted({**around.globals, **around.nonlocals}.items()):
        if isinstance(value, int | float | tuple | np.ndarray):
            kind = getattr(value, "dtype", "")
            said = value.tolist() if isinstance(value, np.ndarray) else value
            digest.update(f"{name} {kind} {said!r}".encode())
    return f"{function.__name__}@{digest.hexdigest()[:8]}"


def whole(name: str, said: Any, low: int, high: int) -> int:
    """`said`, if it is a whole number within bounds.

    Raises
    ------
    UseError
        Otherwise.
    """
    if isinstance(said, bool) or not isinstance(said, int) or not low <= said <= high:
        raise UseError(f"{name} must be a whole number from {low} to {high}, not {said}")
    return said


def plan(
    scenario: Any,
    *,
    replicates: int,
    seed: int,
    days: int | None,
    every: int,
    mechanisms: Sequence[str | Callable[..., None]],
    changes: Iterable[str] = (),
    from_day: int | None = None,
    of: int | None = None,
    keep: str = "all",
    device: str = "",
    own: Sequence[float] = (),
) -> RunPlan:
    """The plan of an ensemble over a loaded scenario.

    Parameters
    ----------
    scenario : Scenario
        As loaded, with its changes.
    replicates, seed, days, every : int
        `days` None: the scenario's own.
    mechanisms : sequence of str or callable
        In the order of a day.
    changes : iterable of str
        How the changes were named, for people; their content is in the scenario's hash.
    from_day, of : int, optional
        Of a fork: the day on which all part from the past of replicate `of` (0 unless said).
    keep : {"summary", "series", "events", "all"}
        What is stored.
    device : {"", "cuda"}
        What computes.
    own : sequence of float
        Parameters of a user's own mechanisms.

    Returns
    -------
    RunPlan

    Raises
    ------
    UseError
        Where a number is out of bounds, or there is nothing of the name to keep.
    """
    if keep not in KEEPS:
        raise UseError(f'nothing called "{keep}" to keep; known: {", ".join(KEEPS)}')
    days = whole("days", scenario.days if days is None else days, 1, 36_500)
    past: tuple[int, ...] = ()
    if from_day is not None:
        past = whole("of", of or 0, 0, SEEDS - 1), whole("from_day", from_day, 0, days)
    elif of is not None:
        raise UseError("`of` names the replicate to fork: say from which day, too (--from-day)")
    return RunPlan(
        scenario=scenario.id,
        source=scenario.source_hash,
        changes=tuple(str(change) for change in changes),
        code=code(),
        seed=whole("seed", seed, 0, SEEDS - 1),
        replicates=whole("replicates", replicates, 1, SEEDS - 1),
        days=days,
        every=whole("every", every, 1, 36_500),
        mechanisms=tuple(mechanism_name(one) for one in mechanisms),
        chunk=KEEPS[keep],
        past=past,
        keep=keep,
        device=device,
        own=tuple(float(one) for one in own),
    )
