"""Pictures of a run, and of runs side by side (needs the extra ``plot``)."""

from __future__ import annotations

import datetime
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from maabar.analysis.comparison import Comparison
from maabar.errors import RunError, UseError
from maabar.results.meaning import meaning
from maabar.results.outcome import OUTCOMES
from maabar.results.run import Run
from maabar.results.store import Store
from maabar.sentence import counted, date, name, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SUFFIXES = (".png", ".svg")
BANDS = ((0.05, 0.95, 0.2), (0.25, 0.75, 0.4))  # quantiles and how dark
INK, SOFT = "#1f4e79", "#c8553d"
ROWS = 16  # bars in one panel
PANELS = (
    "tolls_total", "travellers_total", "clashes", "takeovers",
    "realignments", "recruits", "deserters", "displaced",
)  # fmt: skip
WIDTH = 4  # panels in a row


def plot(
    run: str | Path | Run | Comparison,
    outcome: str | None = None,
    *,
    out: str | Path | None = None,
    lang: str = "en",
) -> Path:
    """Draw a run, or one of its outcomes.

    Parameters
    ----------
    run : str, Path, Run or Comparison
        A complete run; of what `maabar.compare` found, the differences.
    outcome : str, optional
        A number (``clashes``, ``toll_income.al-asharah--darnaj``): over days where it has a
        series, else over replicates.  A family of numbers (``toll_income``): a bar for each.
        Nothing: tolls and clashes at crossings, changes of patron and arms in homes at once; of a
        comparison, numbers of the whole system.
    out : str or Path, optional
        PNG or SVG file; by default in the run's folder.
    lang : {"en", "ar"}
        Language.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    RunError
        Without matplotlib, or where the run is not complete.
    UseError
        For an outcome or a kind of file that does not exist.

    Examples
    --------
    >>> maabar.plot("runs/asharah-1a2b3c4d", "clashes")                 # doctest: +SKIP
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise RunError('pictures need matplotlib: pip install "maabar[plot]"') from None

    beside = run if isinstance(run, Comparison) else None
    if isinstance(run, Comparison):
        run = run.base
    run = run if isinstance(run, Run) else Run(Path(run))
    stem = outcome or ("comparison" if beside else run.summary["scenario"])
    path = Path(out) if out is not None else run.path / f"{stem}.png"
    if path.suffix not in SUFFIXES:
        raise UseError(f'a picture is .png or .svg, not "{path.suffix or path.name}"')
    drawing = _Drawing(run, lang)
    if beside:
        figure = _beside(Figure, beside, outcome, lang)
    elif outcome is None:
        figure = Figure(figsize=(12, 8), layout="constrained")
        drawing.whole(figure)
    else:
        figure = Figure(figsize=(8, 5), layout="constrained")
        drawing.one(figure.subplots(), outcome)
    figure.suptitle(drawing.title())
    try:
        figure.savefig(path, dpi=120, metadata={"Date": None} if path.suffix == ".svg" else None)
    except OSError as problem:
        raise RunError(f"cannot write {path}: {problem.strerror or problem}") from None
    return path


def _beside(figure_of: type[Figure], found: Comparison, outcome: str | None, lang: str) -> Figure:
    """Differences: a panel for every number, a row for every change."""
    names = found.known([outcome] if outcome else PANELS)
    columns = min(WIDTH, len(names))
    rows = -(-len(names) // columns)
    height = 1.2 + rows * (1.2 + 0.3 * len(found.others))
    figure = figure_of(figsize=(3.6 * columns + 2.4, height), layout="constrained")
    panels = figure.subplots(rows, columns, sharey=True, squeeze=False).flat
    differences = [found.pairs(other, names) for other in found.others]
    for column, (panel, one) in enumerate(zip(panels, names, strict=False)):
        for row, (before, after) in enumerate(differences):
            difference = (after - before)[:, column]
            difference = difference[np.isfinite(difference)]
            if not len(difference):
                continue
            for low, high, dark in BANDS:
                a, b = np.quantile(difference, (low, high))
                panel.barh(row, b - a, left=a, color=INK, alpha=dark, height=0.6)
            panel.plot(difference.mean(), row, "|", color=SOFT, markersize=12, markeredgewidth=2)
        panel.use_sticky_edges = False
        panel.axvline(0, color="0.4", linewidth=0.8)
        said = meaning(found.base.provenance, one, lang)
        panel.set_title(fill(said, 34), fontsize="small")
        unit = next(each.unit for each in OUTCOMES if each.name == one.partition(".")[0])
        panel.set_xlabel(say(f"units:{unit}", lang), fontsize="small")
        panel.set_yticks(range(len(found.others)), [other.id for other in found.others])
        if not column % columns:
            panel.set_ylim(len(found.others) - 0.5, -0.5)
    for panel in panels:
        panel.set_visible(False)
    figure.supxlabel(say("compare:band", lang), fontsize="small")
    return figure


class _Drawing:
    def __init__(self, run: Run, lang: str) -> None:
        self.run = run
        self.lang = lang
        self.provenance = run.provenance
        self.data = run.dataset()
        self.data = self.data.isel(replicate=self.data["status"].to_numpy() == 0)

    def title(self) -> str:
        """The run in words."""
        replicates = counted(self.data.sizes["replicate"], "replicate", self.lang)
        return f"{self.provenance['title'][self.lang]}: {replicates}"

    def days(self) -> str:
        """Label of an axis of days."""
        start = datetime.date.fromisoformat(self.provenance["observe_from"])
        return say("plot:days", self.lang, date=date(start, self.lang))

    def values(self, outcome: str) -> np.ndarray:
        """A number in every replicate."""
        found: np.ndarray = self.data["value"].sel(outcome=outcome).to_numpy()
        return found

    def family(self, outcome: str) -> dict[str, dict[str, str]]:
        """The numbers of an outcome, with their ids."""
        return {
            row["name"]: row["ids"]
            for row in self.provenance["outcomes"]
            if row["name"].partition(".")[0] == outcome
        }

    def label(self, own: dict[str, str]) -> str:
        """A number's ids in words."""
        titles = self.provenance["titles"]
        return ", ".join(name(titles[dim], one, self.lang) for dim, one in own.items())

    # -- whole pictures ---------------------------------------------------------------------------

    def whole(self, figure: Figure) -> None:
        """Four panels: where money is, who leaves whom, where they fight, where arms are."""
        tolls, moves, clashes, homes = figure.subplots(2, 2).flat
        Store(self.run.path).need("series")
        self.bars(tolls, "toll_income")
        tolls.set_title(say("plot:tolls", self.lang))
        self.moves(moves)
        moves.set_title(say("plot:realigned", self.lang))
        self.bars(clashes, "clashes_at")
        clashes.set_title(say("plot:clashes", self.lang))
        men = self.data["group.men"]
        share = (self.data["group.arms_in_homes"] * men).sum("group") / men.sum("group")
        self.fan(homes, share.to_numpy())
        homes.set_ylim(0, None)
        homes.set_title(say("plot:homes", self.lang))

    def one(self, axes: Axes, outcome: str) -> None:
        """One outcome."""
        family = self.family(outcome)
        if family and outcome not in family:
            self.bars(axes, outcome)
            unit = next(one for one in OUTCOMES if one.name == outcome).unit
            axes.set_xlabel(say(f"units:{unit}", self.lang))
            return
        own = self.family(outcome.partition(".")[0]).get(outcome)
        if own is None:
            raise self.unknown(outcome)
        axes.set_title(meaning(self.provenance, outcome, self.lang), wrap=True, fontsize="medium")
        series = next(one for one in OUTCOMES if one.name == outcome.partition(".")[0]).series
        if series in self.data:
            found = self.data[series].sel(dict(own))
            rest = [dim for dim in found.dims if dim not in ("replicate", "day")]
            self.fan(axes, found.sum(rest).to_numpy())
            axes.set_ylabel(found.attrs.get("units", "").replace("1", "", 1))
        else:
            values = self.values(outcome)
            axes.hist(values[np.isfinite(values)], bins=30, color=INK)
            axes.set_ylabel(say("plot:replicates", self.lang))

    def unknown(self, outcome: str) -> UseError:
        """What to say of an outcome that the run does not have."""
        from maabar.scenario.reference import did_you_mean

        names = {row["name"] for row in self.provenance["outcomes"]}
        families = sorted({one.partition(".")[0] for one in names})
        known = f"known: {', '.join(families)}"
        return UseError(
            f'unknown outcome "{outcome}"; {did_you_mean(outcome, names | set(families), known)}'
        )

    # -- panels -----------------------------------------------------------------------------------

    def bars(self, axes: Axes, outcome: str) -> None:
        """A bar for every number of an outcome: median, 50 % and 90 % of replicates."""
        family = self.family(outcome)
        values = {one: self.values(one) for one in family}
        values = {one: own[np.isfinite(own)] for one, own in values.items()}
        first = sorted(
            (one for one in values if len(values[one])), key=lambda one: values[one].mean()
        )
        for row, one in enumerate(first[-ROWS:]):
            for low, high, dark in BANDS:
                a, b = np.quantile(values[one], (low, high))
                axes.barh(row, b - a, left=a, color=INK, alpha=dark, height=0.6)
            axes.plot(
                np.median(values[one]), row, "|", color=SOFT, markersize=12, markeredgewidth=2
            )
        axes.set_yticks(
            range(len(first[-ROWS:])), [self.label(family[one]) for one in first[-ROWS:]]
        )
        axes.set_xlim(0, None)
        axes.set_xlabel(say("plot:band", self.lang))

    def fan(self, axes: Axes, values: np.ndarray) -> None:
        """Median, 50 % and 90 % of replicates over days; `values` is (replicate, day)."""
        days = self.data["day"].to_numpy()
        for low, high, dark in BANDS:
            a, b = np.nanquantile(values, (low, high), axis=0)
            axes.fill_between(days, a, b, color=INK, alpha=dark, linewidth=0)
        axes.plot(days, np.nanmedian(values, axis=0), color=SOFT, label=say("plot:band", self.lang))
        axes.legend(frameon=False, fontsize="small")
        axes.set_xlabel(self.days())

    def moves(self, axes: Axes) -> None:
        """Share of replicates in which a group has left its patron, by day."""
        grid = np.arange(self.run.summary["days"] + 1)
        curves: dict[str, Any] = {}
        for one, own in self.family("first_realigned_day").items():
            days = np.sort(self.values(one)[np.isfinite(self.values(one))])
            curves[self.label(own)] = np.searchsorted(days, grid, side="right")
        first = sorted(curves, key=lambda one: -curves[one][-1])[:6]
        for one in first:
            share = curves[one] / self.data.sizes["replicate"]
            axes.plot(grid, share, label=one, drawstyle="steps-post")
        axes.set_ylim(0, None)
        axes.set_xlabel(self.days())
        axes.legend(frameon=False, fontsize="small", loc="upper left")
