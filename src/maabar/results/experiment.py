"""Experiments: scenarios times changes times replicates, as a table of runs.

The folder of an experiment follows from what was asked, in words; each run in it is named by what
was meant, down to the bytes of its scenario.  So the same request goes on where it was stopped, and
one whose inputs have changed meanwhile is refused rather than mixed with what is there.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from maabar.errors import RunError, UseError
from maabar.results.run import RUNS, Run, prepare
from maabar.results.session import Progress, Session, backend, conduct
from maabar.results.store import read_json, write_json

if TYPE_CHECKING:
    from maabar.scenario.change import Change

TABLE = "plan.json"
SAID = ("scenario", "change", "replicates", "seed", "days", "keep")
"""What a row says of its run, beside its folder."""


class Row(NamedTuple):
    """One run of an experiment.

    Parameters
    ----------
    scenario : str
    change : str
        As it was named; empty for the scenario as it is.
    session : Session
    """

    scenario: str
    change: str
    session: Session

    def document(self) -> dict[str, Any]:
        """``scenario, change, replicates, seed, days, keep, out, kept, state``."""
        store, plan = self.session.store, self.session.plan
        state = store.state(plan)
        return {
            "scenario": self.scenario,
            "change": self.change,
            **{name: getattr(plan, name) for name in SAID[2:]},
            "out": str(store.path),
            "kept": 0 if state == "new" else store.count(plan),
            "state": state,
        }


class Experiment(NamedTuple):
    """A table of runs, none of which need exist yet.

    Parameters
    ----------
    path : Path
        Folder of all its runs.
    rows : tuple of Row
    """

    path: Path
    rows: tuple[Row, ...]

    def document(self) -> dict[str, Any]:
        """What ``maabar plan --json`` prints: ``out`` and ``runs``, a row each."""
        return {"out": str(self.path), "runs": [row.document() for row in self.rows]}

    def run(
        self,
        *,
        threads: int | None = None,
        on: str = "threads",
        progress: Progress | None = None,
        cancel: threading.Event | None = None,
    ) -> list[Run]:
        """Compute what is missing, a chunk of each run in turn.

        Parameters
        ----------
        threads, on, progress, cancel
            As of `maabar.run`, over all runs together.

        Raises
        ------
        RunError
            Where the folder holds another experiment, or the runs were stopped.
        """
        self._keep_table()
        missing = [
            row.session
            for row in self.rows
            if row.session.store.state(row.session.plan) != "complete"
        ]
        if missing:
            conduct(missing, backend(on, threads), progress=progress, cancel=cancel)
        return [Run(row.session.store.path) for row in self.rows]

    def _keep_table(self) -> None:
        """Write down which runs these are, or make sure that they are those written down."""
        rows = [
            {"scenario": row.scenario, "change": row.change} | row.session.plan.inputs()
            for row in self.rows
        ]
        table = {"runs": json.loads(json.dumps(rows))}
        if (self.path / TABLE).is_file():
            there = read_json(self.path / TABLE)
            if there != table:
                raise RunError(_differs(self.path, there["runs"], table["runs"]))
            return
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            write_json(self.path / TABLE, table)
        except OSError as problem:
            raise RunError(f"cannot write to {self.path}: {problem.strerror or problem}") from None


def _differs(path: Path, there: list[dict[str, Any]], here: list[dict[str, Any]]) -> str:
    """What to say of an experiment whose inputs are not those of its folder."""
    cure = "choose another folder with --out, or bring the inputs back"
    if len(there) != len(here):
        return f"{path} holds an experiment of {len(there)} runs, not {len(here)}; {cure}"
    ours, theirs = next((one, two) for one, two in zip(here, there, strict=True) if one != two)
    names = [name for name in ours | theirs if ours.get(name) != theirs.get(name)]
    said = " + ".join(filter(None, (ours["scenario"], ours["change"])))
    return (
        f"{path} holds an experiment of other inputs: {said} has another {', '.join(names)} "
        f"than when it was begun; {cure}"
    )


def plan(
    scenarios: str | Path | Sequence[str | Path],
    *,
    replicates: int = 1000,
    seed: int = 1,
    days: int | None = None,
    changes: Sequence[str | Path | Change] = (),
    out: str | Path | None = None,
    every: int = 7,
    allow_unsourced: bool = False,
    keep: str = "all",
    on: str = "threads",
) -> Experiment:
    """A table of runs: each scenario as it is and with each change; see `maabar.plan`."""
    asked = [scenarios] if isinstance(scenarios, str | Path) else list(scenarios)
    if not asked:
        raise UseError("nothing to plan: name a scenario")
    settings: dict[str, Any] = {
        "replicates": replicates,
        "seed": seed,
        "days": days,
        "every": every,
        "keep": keep,
        "device": on if on == "cuda" else "",
    }
    names = [str(getattr(one, "id", one)) for one in changes]
    words = json.dumps([[str(one) for one in asked], names, settings], sort_keys=True)
    name = f"plan-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
    folder = Path(out) if out is not None else Path(RUNS) / name
    rows = [
        Row(
            str(scenario),
            said,
            prepare(
                scenario,
                changes=parts,
                folder=folder,
                allow_unsourced=allow_unsourced,
                **settings,
            ),
        )
        for scenario in asked
        for said, parts in [("", []), *zip(names, map(_parts, changes), strict=True)]
    ]
    return Experiment(folder, tuple(rows))


def _parts(change: Any) -> list[Any]:
    """The changes of a future: several at once are joined by `` + ``."""
    return list(change.split(" + ")) if isinstance(change, str) else [change]
