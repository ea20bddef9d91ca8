"""maabar: armed groups at river crossings, from a report's claims to a simulated system.

The verbs of the command line, as functions of the same names and arguments.  Importing this module
imports nothing else; each verb imports what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime
    import threading

    import xarray

    from maabar.analysis.comparison import Comparison
    from maabar.errors import Finding
    from maabar.reader.claim import Document
    from maabar.reader.llm import Model
    from maabar.results.experiment import Experiment
    from maabar.results.run import Run
    from maabar.scenario.change import Change
    from maabar.scenario.claims import Shown
    from maabar.scenario.schema import Scenario

__version__ = "0.1.0"
__all__ = [
    "check",
    "claims",
    "compare",
    "coverage",
    "describe",
    "draft",
    "events",
    "explain",
    "export",
    "hindcast",
    "load",
    "open",
    "patterns",
    "plan",
    "plot",
    "read",
    "review",
    "run",
]


def check(scenario: str | Path, *, changes: Sequence[str | Path | Change] = ()) -> list[Finding]:
    """Everything that is wrong with a scenario, at once.

    Parameters
    ----------
    scenario : str or Path
        A shipped id or a folder.
    changes : sequence of str, Path or Change
        Shipped ids, files, or ``PATH=VALUE@DATE``.

    Returns
    -------
    list of Finding
        Empty where nothing is wrong.

    Examples
    --------
    >>> import maabar
    >>> [finding for finding in maabar.check("two-crossings") if finding.severity == "error"]
    []
    """
    from maabar.scenario.check import check

    return check(scenario, changes=changes)


def claims(scenario: str | Path | Scenario, *, text: str | Path | None = None) -> list[Shown]:
    """The claims of a scenario's report, beside their sentences where the text is at hand.

    Parameters
    ----------
    scenario : str, Path or Scenario
        A shipped id, a folder, or a loaded scenario.
    text : str or Path, optional
        The report's text file, byte for byte the one that the claims were read from.

    Raises
    ------
    ScenarioError
        Where the scenario cannot be used, or the text is another one.

    Examples
    --------
    >>> import maabar
    >>> maabar.claims("two-crossings")
    []
    """
    from maabar.errors import RunError
    from maabar.scenario.claims import show

    try:
        return show(_loaded(scenario), None if text is None else Path(text).read_bytes())
    except OSError as problem:
        raise RunError(f"{text} cannot be read: {problem.strerror or problem}") from None


def compare(
    base: str | Path | Run,
    other: str | Path | Change | Run | Sequence[str | Path | Change | Run],
    *,
    replicates: int | None = None,
    seed: int | None = None,
    days: int | None = None,
    threads: int | None = None,
    out: str | Path | None = None,
    allow_unsourced: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> Comparison:
    """What changes would alter: differences replicate by replicate, on the same draws.

    Parameters
    ----------
    base : str, Path or Run
        A shipped id, a folder, a stored run or its folder.
    other : str, Path, Change or Run, or a sequence of them
        Futures to hold against it, each of its own: a shipped change, a file, ``PATH=VALUE@DATE``,
        several changes joined by `` + ``, another scenario folder, or another run.
    replicates, seed, days : int, optional
        As of `run`: 1000, 1 and the scenario's own unless said; those of a stored run.
    threads : int, optional
        All cores unless said; changes no result.
    out : str or Path, optional
        Where the runs are kept, a folder each; ``runs`` unless said.
    allow_unsourced : bool
        Take numbers that name neither a source nor a reason.
    progress, cancel
        As of `run`, over all futures.

    Returns
    -------
    Comparison
        `document()`: ``base``, and ``changes`` with ``id, asks, out, outcomes``; an outcome has
        ``unit, meaning, base`` (the mean without the change), ``difference`` (``median, p5, p95,
        mean, mcse, n`` over replicates), ``changed_share`` (of replicates that changed at all) and
        ``variance_ratio`` (of the paired difference to that of independent runs).
        `difference(name)`: one number's differences, an array over replicates.

    Raises
    ------
    ScenarioError
        For an unknown change, with what was perhaps meant.
    UseError
        For runs of different scenarios, seeds, days or versions, whose replicates are no pairs.
    RunError
        Where a run was stopped; the same call goes on from there.

    Notes
    -----
    Runs that stand already are used as they are.  Replicates that failed in either run are left
    out; a number that does not exist in one of the two (the day of what does not happen) has
    changed, and has no difference.

    Examples
    --------
    >>> found = maabar.compare("two-crossings", "north-closed")         # doctest: +SKIP
    >>> found.difference("toll_income.south").mean()                    # doctest: +SKIP
    """
    from maabar.analysis.comparison import compare

    return compare(
        base,
        other,
        replicates=replicates,
        seed=seed,
        days=days,
        threads=threads,
        out=out,
        allow_unsourced=allow_unsourced,
        progress=progress,
        cancel=cancel,
    )


def coverage(scenario: str | Path | Scenario) -> list[dict[str, Any]]:
    """What stands for each claim of the report in the model.

    Parameters
    ----------
    scenario : str, Path or Scenario
        A shipped id, a folder, or a loaded scenario.

    Returns
    -------
    list of dict
        ``claim, type, role, by, reason``; role is one of initial state, mechanism, pattern,
        timeline, context, not modelled; `by` lists paths, mechanisms, patterns or rows.

    Examples
    --------
    >>> import maabar
    >>> maabar.coverage("two-crossings")
    []
    """
    from maabar.scenario.coverage import coverage

    return coverage(_loaded(scenario))


def describe(
    scenario: str | Path | Scenario,
    *,
    changes: Sequence[str | Path | Change] = (),
    lang: str = "en",
) -> str:
    """A scenario read back in plain words: who holds what, who pays whom, what is assumed.

    Parameters
    ----------
    scenario : str, Path or Scenario
        A shipped id, a folder, or a loaded scenario.
    changes : sequence of str, Path or Change
        Shipped ids, files, or ``PATH=VALUE@DATE``.
    lang : {"en", "ar"}
        Language.

    Examples
    --------
    >>> import maabar
    >>> "Ford Guard" in maabar.describe("two-crossings")
    True
    """
    from maabar.scenario.describe import describe

    return describe(_loaded(scenario, changes), lang=lang)


def draft(
    claims: Document | str | Path, *, out: str | Path, decisions: str | Path | None = None
) -> Path:
    """Turn the claims of a report into a first scenario that checks and runs.

    Parameters
    ----------
    claims : Document or path
        What `read` returned, or a file that ``maabar read`` wrote.
    out : path
        The folder to write; its name becomes the scenario's id.
    decisions : path, optional
        What the review page saved: only accepted and edited claims are used.

    Returns
    -------
    Path
        The folder; ``draft.md`` in it lists what is left open.

    Raises
    ------
    ReadError
        For claims or decisions that cannot be used, a folder that holds something, or where no
        group or settlement is named.

    Examples
    --------
    >>> maabar.draft("claims.yaml", out="my-scenario")                  # doctest: +SKIP
    """
    from maabar.reader.draft import draft

    return draft(claims, out=out, decisions=decisions)


def events(run: str | Path, replicate: int, *, lang: str = "en") -> list[dict[str, Any]]:
    """The story of one replicate as dated sentences, with what each event was due to.

    Parameters
    ----------
    run : str or Path
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
        Where the folder is no run.

    Examples
    --------
    >>> maabar.events("runs/asharah-1a2b3c4d", 3)[0]["sentence"]        # doctest: +SKIP
    """
    from maabar.results.dataset import events

    return events(run, replicate, lang=lang)


def explain(
    run: str | Path,
    *,
    replicate: int | None = None,
    event: int | None = None,
    kind: str | None = None,
    actor: str | None = None,
    target: str | None = None,
    cause: str | None = None,
    change: str | Path | None = None,
    threads: int | None = None,
    lang: str = "en",
    progress: Callable[[str, int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> dict[str, Any]:
    """Why an event happened, and whether it would have happened without its cause.

    Parameters
    ----------
    run : str or Path
        The run's folder.
    replicate, event : int, optional
        One event: its replicate and its row, as `events` gives them.
    kind, actor, target : str, optional
        The first such event of the replicate, or of every replicate where none is named.
    cause : str, optional
        Remove all causes of this kind in the tree of causes, instead of the direct cause.
    change : str or Path, optional
        Take the cause away by a change instead; of all replicates.
    threads : int, optional
        All cores unless said; changes no result.
    lang : {"en", "ar"}
        Language of the sentences.
    progress, cancel
        As of `run`.

    Returns
    -------
    dict
        Of one replicate ``event, sentence, terms, grounds, causes, necessity``; over all
        ``replicates, happened, causes, necessity, sufficiency``.  `necessity` is the share of
        replicates without the event within 30 days once the cause is removed, `sufficiency` the
        share with it once the cause is added where it was absent: ``share, ci95, replicates``.

    Raises
    ------
    UseError
        For an unknown replicate, event, kind, actor or target.
    RunError
        Where the folder's replicates, run again, are not what it holds.

    Notes
    -----
    What this does and does not establish stands in ``docs/why.md`` (Pearl 2009, chapter 9).

    Examples
    --------
    >>> maabar.explain("runs/asharah-1a2b3c4d", kind="realignment")     # doctest: +SKIP
    """
    from maabar.analysis.explain import explain

    return explain(
        run,
        replicate=replicate,
        event=event,
        kind=kind,
        actor=actor,
        target=target,
        cause=cause,
        change=change,
        threads=threads,
        lang=lang,
        progress=progress,
        cancel=cancel,
    )


def export(run: str | Path | Run, *, out: str | Path | None = None) -> list[Path]:
    """Write a run as CSV tables: outcomes, replicates, events, causes and series.

    Parameters
    ----------
    run : str, Path or Run
        A complete run.
    out : str or Path, optional
        Folder for the tables; by default ``csv`` in the run's folder.

    Examples
    --------
    >>> maabar.export("runs/asharah-1a2b3c4d")                          # doctest: +SKIP
    """
    from maabar.results.export import export

    return export(run, out=out)


def hindcast(
    scenario: str | Path,
    *,
    replicates: int = 1000,
    seed: int = 1,
    threads: int | None = None,
    lang: str = "en",
    progress: Callable[[str, int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> dict[str, Any]:
    """How probable the model makes what the report tells, and what was reported after it.

    Parameters
    ----------
    scenario : str or Path
        A shipped id or a folder, with ``hindcast.yaml`` and ``observed.yaml``.
    replicates : int
        How often each world (as it is, and without strikes) is run.
    seed : int
        Key of the random draws, of reporting and of the bootstrap.
    threads : int, optional
        All cores unless said; changes no result.
    lang : {"en", "ar"}
        Language of the glosses.
    progress, cancel
        As of `run`.

    Returns
    -------
    dict
        ``claims`` (``claim, gloss, window_days, share, no_strikes, rival, null, log_score``),
        ``total`` (``model, null, mcse``: nats, the error over replicates) and ``counts`` by kind
        and quarter (``observed, interval50, interval90, in50, in90, crps, crps_poisson``).

    Raises
    ------
    UseError
        Where the scenario says nothing to hindcast.

    Notes
    -----
    Log scores are sums over claims one by one; claims of one episode are not independent.

    Examples
    --------
    >>> maabar.hindcast("asharah")["total"]                             # doctest: +SKIP
    """
    from maabar.analysis.hindcast import hindcast

    return hindcast(
        scenario,
        replicates=replicates,
        seed=seed,
        threads=threads,
        lang=lang,
        progress=progress,
        cancel=cancel,
    )


def load(
    scenario: str | Path,
    *,
    changes: Sequence[str | Path | Change] = (),
    allow_unsourced: bool = False,
) -> Scenario:
    """Read and check a scenario.

    Parameters
    ----------
    scenario : str or Path
        A shipped id or a folder.
    changes : sequence of str, Path or Change
        Shipped ids, files, or ``PATH=VALUE@DATE``.
    allow_unsourced : bool
        Take numbers that name neither a source nor a reason.

    Returns
    -------
    Scenario
        Frozen, with all defaults filled in.

    Raises
    ------
    ScenarioError
        With everything that is wrong, at once.

    Examples
    --------
    >>> import maabar
    >>> len(maabar.load("two-crossings").crossings)
    2
    """
    from maabar.scenario.load import load

    return load(scenario, changes=changes, allow_unsourced=allow_unsourced)


def open(run: str | Path) -> xarray.Dataset:
    """The series and outcomes of a run, with units, meanings and provenance.

    Parameters
    ----------
    run : str or Path
        The run's folder.

    Returns
    -------
    xarray.Dataset
        Variables ``table.name`` as in the registry, over replicate, day and their own dims;
        `value` over replicate and outcome; `status`.

    Raises
    ------
    RunError
        Where the folder is no run.

    Examples
    --------
    >>> maabar.open("runs/asharah-1a2b3c4d")["group.cash"]              # doctest: +SKIP
    """
    from maabar.results.dataset import open

    return open(run)


def patterns(
    scenario: str | Path,
    *,
    replicates: int = 500,
    seed: int = 1,
    threads: int | None = None,
    only: Sequence[str] = (),
    lang: str = "en",
    progress: Callable[[str, int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> list[dict[str, Any]]:
    """What the report says must come out: with its reason, and with the reason taken away.

    Parameters
    ----------
    scenario : str or Path
        A shipped id or a folder whose claims name patterns.
    replicates : int
        How often each world is run.
    seed : int
        Key of the random draws and of the bootstrap.
    threads : int, optional
        All cores unless said; changes no result.
    only : sequence of str
        P1 to P11; all that the claims name unless said.
    lang : {"en", "ar"}
        Language of the sentences.
    progress, cancel
        As of `run`.

    Returns
    -------
    list of dict
        ``id, statement, statistic, with, without, difference, verdict, claims, scenario,
        comparisons``; `with` and the like are ``{mean, ci95}`` over replicates.

    Raises
    ------
    UseError
        For an unknown pattern, or where no claim names one.

    Notes
    -----
    The rule behind a verdict stands in ``docs/evidence.md`` and in `maabar.analysis.pattern`.

    Examples
    --------
    >>> [p["verdict"] for p in maabar.patterns("asharah", only=["P4"])] # doctest: +SKIP
    ['holds']
    """
    from maabar.analysis.pattern import patterns

    return patterns(
        scenario,
        replicates=replicates,
        seed=seed,
        threads=threads,
        only=only,
        lang=lang,
        progress=progress,
        cancel=cancel,
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
    """A table of runs: each scenario as it is, and with each change.

    Parameters
    ----------
    scenarios : str, Path or sequence of them
        Shipped ids or folders.
    replicates, seed, days, every, allow_unsourced, keep, on
        As of `run`, for every run.
    changes : sequence of str, Path or Change
        Futures of their own: shipped ids, files, ``PATH=VALUE@DATE``, several joined by `` + ``.
    out : str or Path, optional
        Folder of all runs; ``runs/plan-<hash8>`` unless said.

    Returns
    -------
    Experiment
        `document()`: ``out``, and ``runs`` with ``scenario, change, replicates, seed, days, keep,
        out, kept, state``.  `run()` computes what is missing, a chunk of each run in turn, so that
        what is there after a stop is as much of each.

    Raises
    ------
    ScenarioError
        Where a scenario or change cannot be used.
    UseError
        For impossible numbers.

    Examples
    --------
    >>> import maabar
    >>> table = maabar.plan("two-crossings", changes=["north-closed"], replicates=100)
    >>> [(row["change"], row["kept"], row["state"]) for row in table.document()["runs"]]
    [('', 0, 'new'), ('north-closed', 0, 'new')]
    """
    from maabar.results.experiment import plan

    return plan(
        scenarios,
        replicates=replicates,
        seed=seed,
        days=days,
        changes=changes,
        out=out,
        every=every,
        allow_unsourced=allow_unsourced,
        keep=keep,
        on=on,
    )


def plot(
    run: str | Path | Run | Comparison,
    outcome: str | None = None,
    *,
    out: str | Path | None = None,
    lang: str = "en",
) -> Path:
    """Draw a run, or one of its outcomes (needs the extra ``plot``).

    Parameters
    ----------
    run : str, Path, Run or Comparison
        A complete run; of what `compare` found, the differences.
    outcome : str, optional
        A number or a family of numbers; nothing: four panels of the whole.
    out : str or Path, optional
        PNG or SVG file; by default in the run's folder.
    lang : {"en", "ar"}
        Language.

    Examples
    --------
    >>> maabar.plot("runs/asharah-1a2b3c4d", "toll_income")             # doctest: +SKIP
    """
    from maabar.plots import plot

    return plot(run, outcome, out=out, lang=lang)


def read(
    report: bytes | str,
    *,
    source: str | None = None,
    report_date: datetime.date | str | None = None,
    gazetteer: str | Path | None = None,
    llm: Model | None = None,
    file: str = "",
) -> Document:
    """Read a report in Arabic or English into sourced claims, each tied to its sentence.

    Parameters
    ----------
    report : bytes or str
        The report itself, not its path: plain text or an HTML page, UTF-8 or windows-1256.
    source : str, optional
        Address of the report; kept with the claims.
    report_date : date or str, optional
        Day of the report; with it "yesterday" becomes a date.
    gazetteer : path, optional
        Names of your own, which are added to the package's.
    llm : Model, optional
        A language model (`maabar.reader.llm.connect`); what it proposes must stand in the text.
    file : str
        Name of the file, for the output and for messages.

    Returns
    -------
    Document
        Claims with spans and confidence, mentions, and proposals for names that are not known.

    Raises
    ------
    ReadError
        Where this is no report, or an option cannot be used.

    Examples
    --------
    >>> import maabar
    >>> found = maabar.read("قصف الطيران الإسرائيلي مواقع الميليشيات الإيرانية في مدينة البوكمال.")
    >>> [(claim.type, claim.place) for claim in found.claims]
    [('STRIKE', 'al-bukamal')]
    """
    from maabar.reader.read import read

    return read(
        report,
        source=source,
        report_date=report_date,
        gazetteer=gazetteer,
        llm=llm,
        file=file,
    )


def review(claims: Document | str | Path, report: bytes | str) -> str:
    """A page on which a person accepts, edits or rejects the claims of a report, offline.

    Parameters
    ----------
    claims : Document or path
        What `read` returned, or a file that ``maabar read`` wrote.
    report : bytes or str
        The report itself, byte for byte.

    Returns
    -------
    str
        The page; what it saves goes to `draft` as ``decisions``.

    Raises
    ------
    ReadError
        Where the claims cannot be used or are of another text.

    Examples
    --------
    >>> import maabar
    >>> text = "اعتقلت قسد ثلاثة شبان في هجين."
    >>> 'dir="rtl"' in maabar.review(maabar.read(text), text)
    True
    """
    from maabar.reader.review import review

    return review(claims, report)


def run(
    scenario: str | Path | Scenario,
    *,
    replicates: int = 1000,
    seed: int = 1,
    days: int | None = None,
    changes: Sequence[str | Path | Change] = (),
    without: Sequence[str] = (),
    threads: int | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    every: int = 7,
    allow_unsourced: bool = False,
    mechanisms: Sequence[str | Callable[..., None]] | None = None,
    own: Sequence[float] = (),
    from_day: int | None = None,
    of: int | None = None,
    keep: str = "all",
    on: str = "threads",
    progress: Callable[[str, int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> Run:
    """Run a scenario many times and store what comes of it.

    Parameters
    ----------
    scenario : str, Path or Scenario
        A shipped id, a folder, or a loaded scenario.
    replicates : int
        How many; replicate k is the same whatever their number.
    seed : int
        Key of the random draws, 0 to 2**32 - 1.
    days : int, optional
        Length of the observed part; the scenario's own unless said.
    changes : sequence of str, Path or Change
        Shipped ids, files, or ``PATH=VALUE@DATE``.
    without : sequence of str
        Mechanisms to leave out.
    threads : int, optional
        All cores unless said; changes no result.
    out : str or Path, optional
        The run's folder; ``runs/<scenario>-<hash8>`` unless said.
    resume : bool
        Finish a run that was stopped.
    every : int
        Days between two records of the series.
    allow_unsourced : bool
        Take numbers that name neither a source nor a reason.
    mechanisms : sequence of str or callable, optional
        The mechanisms of a day, in order; a function ``(world, state, log, key, day)`` is a user's
        own.
    own : sequence of float
        Parameters of a user's own mechanisms: `world.own[n].value`; `state.own` has as many rows.
    from_day, of : int, optional
        A fork: all share the past of replicate `of` (0 unless said) up to the morning of this day
        and go on from there on their own draws; changes without a date begin on it.
    keep : {"all", "events", "series", "summary"}
        What is stored of single replicates: outcomes with events and series, with events, with
        series, or nothing: then a sketch of each outcome, with quantiles within 1 %, in a memory
        that does not grow with the replicates.
    on : str
        What computes: ``threads`` of this machine, or the address of a Dask scheduler
        (``tcp://...``), with the same bytes; or ``cuda``, a GPU, with the same decisions.
    progress : callable, optional
        Called with what happens (``compiling``, ``running``), replicates done, and how many in all.
    cancel : threading.Event, optional
        Set it to stop after the chunks that have begun.

    Returns
    -------
    Run
        `outcomes`, `dataset()`, `events(k)` and `path`.

    Raises
    ------
    ScenarioError
        Where the scenario cannot be used.
    RunError
        Where the folder holds something else, or the run was stopped.
    UseError
        For an unknown mechanism or an impossible number.

    Notes
    -----
    A folder is never overwritten.  A run that is complete is returned as it is.

    Examples
    --------
    >>> run = maabar.run("two-crossings", replicates=8, days=30)        # doctest: +SKIP
    >>> run.outcomes["clashes"]["median"]                               # doctest: +SKIP
    """
    from maabar.results.run import run

    return run(
        scenario,
        replicates=replicates,
        seed=seed,
        days=days,
        changes=changes,
        without=without,
        threads=threads,
        out=out,
        resume=resume,
        every=every,
        allow_unsourced=allow_unsourced,
        mechanisms=mechanisms,
        own=own,
        from_day=from_day,
        of=of,
        keep=keep,
        on=on,
        progress=progress,
        cancel=cancel,
    )


def _loaded(
    scenario: str | Path | Scenario, changes: Sequence[str | Path | Change] = ()
) -> Scenario:
    if isinstance(scenario, str | Path):
        return load(scenario, changes=changes, allow_unsourced=True)
    return scenario
