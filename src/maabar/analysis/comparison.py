"""Futures side by side: what a change alters, replicate by replicate on the same draws.

A draw belongs to a decision (its day, process and actors), not to a position in a stream, so that
replicate k of two runs differs only by what follows from their difference.  Subtracting within
replicates therefore takes the common luck out (common random numbers: Glasserman and Yao 1992); how
much that is worth is reported with every difference as the variance ratio.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from maabar.analysis.replay import revived
from maabar.errors import RunError, UseError
from maabar.results import outcome
from maabar.results.meaning import meaning
from maabar.results.run import RUNS, Run, prepare
from maabar.results.session import BLOCK, Session, backend, chosen, conduct
from maabar.results.store import Store
from maabar.sentence import LANGUAGES, say

Progress = Callable[[str, int, int], None]

ALIKE = {
    "seed": "run both with the same --seed",
    "days": "run both over the same --days",
    "every": "run both with the same --every: means over the run are means over records",
    "past": "fork both on the same day from the same replicate (--from-day, --of)",
    "code": "run both again with this version",
}
"""What two runs must share for their replicates to be pairs, and what to do where they do not."""


class Other(NamedTuple):
    """A future that is held against the base.

    Parameters
    ----------
    id : str
        The change as it was named, or a run's folder.
    asks : dict of str to str
        By language: the question.
    run : Run
    """

    id: str
    asks: dict[str, str]
    run: Run


class Comparison(NamedTuple):
    """Runs of one system on the same draws.

    Parameters
    ----------
    base : Run
    others : tuple of Other
    """

    base: Run
    others: tuple[Other, ...]

    @property
    def outcomes(self) -> list[str]:
        """Names of the numbers that every run has, in the order of the base."""
        shared = set.intersection(*(set(one.run.outcomes) for one in self.others))
        return [name for name in self.base.outcomes if name in shared]

    def pairs(self, other: Other, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Numbers of the base and of another future: two arrays (replicate, name).

        Only replicates that are sound in both count; NaN where a number does not exist, such as
        the day of what does not happen.
        """
        before, after = values(self.base, names), values(other.run, names)
        count = min(len(before[0]), len(after[0]))
        sound = (before[0][:count] == 0) & (after[0][:count] == 0)
        return before[1][:count][sound], after[1][:count][sound]

    def difference(self, name: str, other: int = 0) -> np.ndarray:
        """What a future has more than the base of one number, replicate by replicate.

        Parameters
        ----------
        name : str
            One of `outcomes`.
        other : int
            Which future.
        """
        found = self.known([name])
        if len(found) > 1:
            raise UseError(f'"{name}" is several numbers; name one of them, such as "{found[0]}"')
        before, after = self.pairs(self.others[other], found)
        difference: np.ndarray = (after - before)[:, 0]
        return difference

    def known(self, asked: Sequence[str]) -> list[str]:
        """Names of numbers, families (``toll_income``) spelt out.

        Raises
        ------
        UseError
            For one that does not exist.
        """
        from maabar.scenario.reference import did_you_mean

        found: list[str] = []
        families = dict.fromkeys(one.partition(".")[0] for one in self.outcomes)
        for said in asked:
            mine = [one for one in self.outcomes if said in (one, one.partition(".")[0])]
            if not mine:
                cure = did_you_mean(
                    said, {*self.outcomes, *families}, f"known: {', '.join(families)}"
                )
                raise UseError(f'unknown outcome "{said}"; {cure}')
            found += mine
        return found

    def document(self, lang: str = "en") -> dict[str, Any]:
        """What ``maabar compare --json`` prints; see `maabar.compare`."""
        summary, names = self.base.summary, self.outcomes
        first = {key: summary[key] for key in ("scenario", "replicates", "seed", "days")}
        changes = []
        for other in self.others:
            effects = self._effects(other, names)
            changes.append(
                {
                    "id": other.id,
                    "asks": other.asks[lang],
                    "out": str(other.run.path),
                    "outcomes": {
                        name: {
                            "unit": summary["outcomes"][name]["unit"],
                            "meaning": meaning(self.base.provenance, name, lang),
                            **one,
                        }
                        for name, one in zip(names, effects, strict=True)
                    },
                }
            )
        return {"base": {**first, "out": str(self.base.path)}, "changes": changes}

    def _effects(self, other: Other, names: Sequence[str]) -> list[dict[str, Any]]:
        step = max(1, BLOCK // self.base.summary["replicates"])
        return [
            one
            for start in range(0, len(names), step)
            for one in effects(*self.pairs(other, names[start : start + step]))
        ]


def values(run: Run, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Status of every replicate of a run, and its numbers: (replicate, name)."""
    place = {row["name"]: number for number, row in enumerate(run.provenance["outcomes"])}
    columns = [place[name] for name in names]
    blocks = [(status, block[:, columns]) for status, block in Store(run.path).outcomes()]
    return np.concatenate([one for one, _ in blocks]), np.concatenate([one for _, one in blocks])


def effects(before: np.ndarray, after: np.ndarray) -> list[dict[str, Any]]:
    """Paired differences of every column.

    Parameters
    ----------
    before, after : ndarray, shape (replicate, number)
        NaN where a number does not exist; it is compared where it does in both, and has changed
        where it does in one.

    Returns
    -------
    list of dict
        ``base`` (mean before), ``difference`` (``median, p5, p95, mean, mcse, n``),
        ``changed_share``, and ``variance_ratio``: the variance of the paired difference over that
        of two independent runs, so that 0.1 stands for a tenth of the replicates at the same
        precision, and None where nothing varies.

    Examples
    --------
    >>> before = np.array([[1.0], [3.0], [5.0], [3.0]])
    >>> after = np.array([[2.0], [4.0], [6.0], [3.0]])
    >>> one, = effects(before, after)
    >>> one["difference"]["mean"], one["changed_share"], round(one["variance_ratio"], 3)
    (0.75, 0.75, 0.045)
    """
    difference = after - before
    rows = outcome.summary([(np.zeros(len(before)), difference)])
    found = []
    for column, row in enumerate(rows):
        a, b = before[:, column], after[:, column]
        changed = (a != b) & ~(np.isnan(a) & np.isnan(b))
        pair = np.isfinite(a) & np.isfinite(b)
        several = pair.sum() > 1
        apart = a[pair].var(ddof=1) + b[pair].var(ddof=1) if several else 0.0
        ratio = difference[pair, column].var(ddof=1) / apart if apart > 0 else None
        known = a[np.isfinite(a)]
        found.append(
            {
                "base": float(known.mean()) if len(known) else None,
                "difference": row,
                "changed_share": float(changed.mean()) if len(changed) else None,
                "variance_ratio": None if ratio is None else float(ratio),
            }
        )
    return found


# -- what is compared -----------------------------------------------------------------------------


class Arm(NamedTuple):
    """A run that is stored, or one that is still to be made.

    Parameters
    ----------
    run : Run
    session : Session, optional
        Makes it; None where it stands.
    """

    run: Run
    session: Session | None


def compare(
    base: str | Path | Run,
    other: Any,
    *,
    replicates: int | None = None,
    seed: int | None = None,
    days: int | None = None,
    threads: int | None = None,
    out: str | Path | None = None,
    allow_unsourced: bool = False,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> Comparison:
    """Run a scenario with and without changes on the same draws; see `maabar.compare`."""
    wanted = {"replicates": replicates, "seed": seed, "days": days}
    asked = list(other) if isinstance(other, list | tuple) else [other]
    if not asked:
        raise UseError("nothing to compare with: name a change (--change) or another run")
    ground = _Ground(base, wanted, Path(out or RUNS), allow_unsourced)
    arms = [ground.arm(None), *(ground.arm(one) for one in asked)]
    missing = {arm.run.path: arm.session for arm in arms if arm.session}
    if missing:
        sessions = list(missing.values())
        conduct(sessions, backend("threads", threads), progress=progress, cancel=cancel)
    for one in arms[1:]:
        alike(arms[0].run, one.run)
    others = (
        Other(_name(said), _asks(arm.run), arm.run)
        for said, arm in zip(asked, arms[1:], strict=True)
    )
    return Comparison(arms[0].run, tuple(others))


def alike(base: Run, other: Run) -> None:
    """Make sure that replicates of two runs are pairs.

    Raises
    ------
    UseError
        Where they are not, with the cause and a cure.
    """
    ours, theirs = Store(base.path).plan, Store(other.path).plan
    where = f"{base.path} and {other.path} cannot be compared replicate by replicate"
    there, here = base.provenance["ids"], other.provenance["ids"]
    differs = [
        dim
        for dim in there
        if dim != "row" and list(there[dim]) != list(here.get(dim, ()))[: len(there[dim])]
    ]
    if differs:
        said = ours.scenario, theirs.scenario
        names = f"of different scenarios ({', '.join(said)})" if said[0] != said[1] else "unlike"
        raise UseError(
            f"{where}: they are {names}, with another {', '.join(differs)}; compare a scenario "
            "with changes of its own (--change)"
        )
    if base.provenance["observe_from"] != other.provenance["observe_from"]:
        raise UseError(f"{where}: they begin on different days; let both observe from the same")
    for name, cure in ALIKE.items():
        ours_, theirs_ = getattr(ours, name), getattr(theirs, name)
        if ours_ != theirs_:
            raise UseError(f"{where}: {name} {_short(ours_)} and {_short(theirs_)}; {cure}")


def _short(value: Any) -> str:
    return (
        ", ".join(map(str, value)) if isinstance(value, tuple) and value else str(value or "none")
    )


def _stored(said: Any) -> Run | None:
    """A run, or the run in a folder; None for anything else."""
    if isinstance(said, Run):
        return said
    if isinstance(said, str | Path) and (Path(said) / "provenance.json").is_file():
        return Run(Path(said))
    return None


def _whole(run: Run) -> Run:
    """A run that is complete."""
    store = Store(run.path)
    store.need("outcomes")
    if store.state(store.plan) != "complete":
        raise RunError(f"{run.path} is not finished; finish it with `maabar run ... --resume`")
    return run


class _Ground:
    """What all futures of a comparison share: the scenario, and how it is run."""

    def __init__(
        self,
        base: str | Path | Run,
        wanted: Mapping[str, int | None],
        out: Path,
        allow_unsourced: bool,
    ) -> None:
        from maabar.scenario.change import Change

        self.stored = _stored(base)
        self.out = out
        self.changes: list[Any] = []
        self.settings: dict[str, Any] = {"every": 7, "mechanisms": chosen(None, ())}
        if self.stored is None:
            if not isinstance(base, str | Path):
                raise UseError("the base is a scenario's name or folder, or a run")
            self.source: str | Path = base
            self.unsourced = allow_unsourced
            given = {"replicates": 1000, "seed": 1, "days": None}
            self.settings |= given | {
                key: value for key, value in wanted.items() if value is not None
            }
            return
        plans, said = Store(_whole(self.stored).path).plan, self.stored.provenance
        for key, value in wanted.items():
            if value is not None and value != getattr(plans, key):
                raise UseError(
                    f"{key} {value} was asked for, and {self.stored.path} has "
                    f"{getattr(plans, key)}; leave --{key} out, or compare the scenario itself"
                )
        self.source, self.unsourced = self.stored.path / "scenario", True
        self.changes = [Change.model_validate(revived(one)) for one in said["changes"]]
        self.settings = {
            key: getattr(plans, key)
            for key in ("replicates", "seed", "days", "every", "mechanisms")
        }
        if plans.past:
            self.settings |= {"of": plans.past[0], "from_day": plans.past[1]}

    def arm(self, said: Any) -> Arm:
        """The base (None), another run, or a future with a change."""
        run = self.stored if said is None else _stored(said)
        if run is not None:
            return Arm(_whole(run), None)
        parts = [] if said is None else _parts(said)
        folder = Path(said) if isinstance(said, str | Path) else None
        if folder is not None and (folder / "scenario.yaml").is_file():
            return self._new(folder, [])
        return self._new(self.source, [*self.changes, *parts])

    def _new(self, source: str | Path, changes: list[Any]) -> Arm:
        own = [one for one in self.settings["mechanisms"] if "@" in str(one)]
        if own:
            raise UseError(
                f"{source} was run with mechanisms of its own ({', '.join(own)}), which its folder "
                "does not hold; run both yourself and compare their folders"
            )
        session = prepare(
            source,
            changes=changes,
            folder=self.out,
            allow_unsourced=self.unsourced,
            **self.settings,
        )
        run = Run(session.store.path)
        stands = session.store.state(session.plan) == "complete"
        return Arm(run, None if stands else session)


def _parts(said: Any) -> list[Any]:
    """The changes of a future: several at once are joined by `` + ``."""
    return said.split(" + ") if isinstance(said, str) else [said]


def _name(said: Any) -> str:
    run = _stored(said)
    return str(run.path) if run else str(getattr(said, "id", said))


def _asks(run: Run) -> dict[str, str]:
    """The questions of a run's changes; of a run without any, what it is."""
    changes = run.provenance["changes"]
    if not changes:
        return {lang: say("compare:unchanged", lang) for lang in LANGUAGES}
    return {lang: " ".join(one["asks"][lang] for one in changes) for lang in LANGUAGES}
