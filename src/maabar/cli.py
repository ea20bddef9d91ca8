"""The command line: one command a question, results on standard output, all else beside it.

Nothing heavy is imported before a command runs: `list` and ``--help`` need neither NumPy nor the
scenario's models.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from maabar.errors import MaabarError, ScenarioError, UseError
from maabar.sentence import counted, number, say

if TYPE_CHECKING:
    from rich.progress import Progress

    from maabar.results.run import Run

Lang = Annotated[Literal["en", "ar"], typer.Option(help="Language of sentences and tables.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
ScenarioName = Annotated[str, typer.Argument(metavar="SCENARIO", help="A shipped id or a folder.")]
RunFolder = Annotated[str, typer.Argument(metavar="RUN", help="A folder that `run` made.")]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--change",
        metavar="CHANGE",
        help="A shipped change, a file, or PATH=VALUE@DATE (date optional); repeatable.",
    ),
]
WIDE = 140  # columns of a table that goes to a file or a pipe
HEAD = 18  # characters of a line in the head of a column of numbers
QUIET = 10.0  # seconds between two lines of progress where there is no bar

app = typer.Typer(
    name="maabar",
    help="Armed groups at river crossings: from a report's claims to a simulated system.",
    epilog="Begin with: maabar run two-crossings --replicates 100",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from maabar import __version__

        print(f"maabar {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error; goes with any command.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command("list", epilog="Example: maabar list --json")
def list_scenarios(json: Json = False, lang: Lang = "en") -> None:
    """List the scenarios that come with maabar."""
    from maabar.scenario.load import headline, shipped

    rows = [headline(one) for one in shipped()]
    if json:
        _document([row._asdict() for row in rows])
        return
    for row in rows:
        sizes = {
            f"{noun}s": counted(getattr(row, f"{noun}s"), noun, lang)
            for noun in ("group", "crossing", "day")
        }
        print(say("list:row", lang, id=row.id, title=row.title[lang], **sizes))


@app.command(epilog="Example: maabar check asharah")
def check(scenario: ScenarioName, change: Changes = None, json: Json = False) -> None:
    """Say everything that is wrong with a scenario, at once."""
    import maabar

    findings = maabar.check(_scenario(scenario), changes=change or ())
    if json:
        _document([finding._asdict() for finding in findings])
    else:
        for finding in findings:
            print(finding)
        if not findings:
            _note(f"{scenario}: nothing found")
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)


@app.command(epilog="Example: maabar describe asharah --lang ar")
def describe(scenario: ScenarioName, change: Changes = None, lang: Lang = "en") -> None:
    """Read a scenario back in plain words: who holds what, who pays whom, what is assumed."""
    import maabar

    print(maabar.describe(_scenario(scenario), changes=change or (), lang=lang))


@app.command(epilog="Example: maabar coverage asharah --json")
def coverage(scenario: ScenarioName, json: Json = False) -> None:
    """Say what stands for each claim of the report in the model, and what does not."""
    import maabar

    rows = maabar.coverage(_scenario(scenario))
    if json:
        _document(rows)
        return
    _table(
        "",
        ["claim", "type", "role", "by", "reason"],
        [
            [row["claim"], row["type"], row["role"], ", ".join(row["by"]), row["reason"] or ""]
            for row in rows
        ],
        numbers=False,
    )


@app.command(epilog="Example: maabar claims asharah --text report.txt")
def claims(
    scenario: ScenarioName,
    text: Annotated[
        Path | None, typer.Option(help="The report's text: shows each claim beside its sentence.")
    ] = None,
    json: Json = False,
    lang: Lang = "en",
) -> None:
    """List the claims of the scenario's report, each beside its sentence if the text is at hand."""
    import maabar

    shown = maabar.claims(_scenario(scenario), text=text)
    if json:
        _document(
            [
                {"id": one.id, **one.claim.model_dump(mode="json"), "sentence": one.sentence}
                for one in shown
            ]
        )
        return
    for one in shown:
        print(f"{one.id}  {one.claim.type}  {getattr(one.claim.gloss, lang)}")
        if one.sentence:
            print(f"      \N{RIGHT-TO-LEFT ISOLATE}{one.sentence}\N{POP DIRECTIONAL ISOLATE}")


@app.command(epilog="Example: maabar run asharah --replicates 1000 --change ablate-strikes")
def run(
    scenario: ScenarioName,
    replicates: Annotated[int, typer.Option(help="How often the scenario is run.")] = 1000,
    seed: Annotated[int, typer.Option(help="Key of the random draws.")] = 1,
    days: Annotated[
        int | None, typer.Option(help="Length of the observed part; the scenario's unless said.")
    ] = None,
    change: Changes = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="MECHANISM", help="A mechanism to leave out; repeatable."),
    ] = None,
    threads: Annotated[
        int | None, typer.Option(min=1, help="All cores unless said; changes no result.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The run's folder; runs/SCENARIO-HASH unless said.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Finish a run that was stopped.")
    ] = False,
    every: Annotated[int, typer.Option(help="Days between two records of the series.")] = 7,
    allow_unsourced: Annotated[
        bool, typer.Option("--allow-unsourced", help="Take numbers without source or reason.")
    ] = False,
    json: Json = False,
    lang: Lang = "en",
) -> None:
    """Run a scenario many times, store what comes of it, and print its outcomes.

    A folder is never overwritten: the same inputs print the same table again.
    """
    import maabar

    with _Watch(lang) as watch:
        found = maabar.run(
            _scenario(scenario),
            replicates=replicates,
            seed=seed,
            days=days,
            changes=change or (),
            without=without or (),
            threads=threads,
            out=out,
            resume=resume,
            every=every,
            allow_unsourced=allow_unsourced,
            progress=watch,
        )
    if json:
        _document(found.document())
    else:
        _show(found, lang)
    _note(watch.last_words(found))


@app.command(epilog="Example: maabar events runs/asharah-1a2b3c4d --replicate 3 --lang ar")
def events(
    run: RunFolder,
    replicate: Annotated[int, typer.Option(help="Which replicate, counted from 0.")],
    json: Json = False,
    lang: Lang = "en",
) -> None:
    """Tell the story of one replicate in dated sentences, with what each event was due to."""
    import maabar
    from maabar.results.event import lines

    rows = maabar.events(_run(run), replicate, lang=lang)
    if json:
        _document(rows)
        return
    for line in lines(rows, lang):
        print(line)
    if not rows:
        _note(say("run:quiet", lang))


@app.command(epilog="Example: maabar plot runs/asharah-1a2b3c4d toll_income --out tolls.svg")
def plot(
    run: RunFolder,
    outcome: Annotated[
        str | None,
        typer.Argument(metavar="OUTCOME", help="A number or a family of numbers of the run."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="PNG or SVG file; in RUN unless said.")] = None,
    lang: Lang = "en",
) -> None:
    """Draw a run, or one of its outcomes; prints the path of the picture."""
    import maabar

    print(maabar.plot(_run(run), outcome, out=out, lang=lang))


@app.command(epilog="Example: maabar export runs/asharah-1a2b3c4d --csv")
def export(
    run: RunFolder,
    csv: Annotated[bool, typer.Option("--csv", help="As CSV tables, one a file.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder; RUN/csv unless said.")] = None,
) -> None:
    """Write a run as tables for a spreadsheet; prints their paths."""
    import maabar

    if not csv:
        raise UseError("say as what: --csv")
    for path in maabar.export(_run(run), out=out):
        print(path)


def _register_reader() -> None:
    """The reader's commands, where they are installed."""
    if importlib.util.find_spec("maabar.cli_reader"):
        importlib.import_module("maabar.cli_reader").register(app)


def _scenario(said: str) -> str:
    """A shipped id or a folder.

    Raises
    ------
    UseError
        Where it is neither.
    """
    from maabar.scenario.load import find

    try:
        find(said)
    except ScenarioError as problem:
        raise UseError(str(problem)) from None
    return said


def _run(said: str) -> Path:
    """A run's folder.

    Raises
    ------
    UseError
        Where there is no such folder.
    """
    path = Path(said)
    if path.is_dir():
        return path
    from maabar.results.run import RUNS
    from maabar.scenario.reference import did_you_mean

    there = [str(one) for one in sorted(Path(RUNS).glob("*")) if one.is_dir()]
    cure = did_you_mean(said, there, "`maabar run` makes one")
    raise UseError(f'no run "{said}": no such folder; {cure}')


class _Watch:
    """Tells how far a run is: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.bar: Progress | None = None
        self.begun: float | None = None
        self.told = 0.0
        self.before = 0

    def __enter__(self) -> _Watch:
        return self

    def __exit__(self, *problem: object) -> None:
        if self.bar:
            self.bar.stop()

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.perf_counter()
        if what == "compiling":
            _note(say("run:compiling", self.lang))
            return
        if self.begun is None:
            self.begun = self.told = now
            self.before = done
            if sys.stderr.isatty():
                self.start(total)
        rate = (done - self.before) / (now - self.begun) if now > self.begun else 0.0
        if self.bar:
            self.bar.update(self.bar.task_ids[0], completed=done, rate=f"{rate:.0f}/s")
        elif done > self.before and (now - self.told > QUIET or done == total):
            self.told = now
            left = round((total - done) / rate) if rate else 0
            _note(
                say(
                    "run:progress", self.lang, done=done, total=total, rate=f"{rate:.0f}", left=left
                )
            )

    def start(self, total: int) -> None:
        """Show the bar."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self.bar.add_task(say("run:running", self.lang), total=total, rate="")
        self.bar.start()

    def last_words(self, found: Run) -> str:
        """How fast it went, or that nothing was computed."""
        if self.begun is None:
            return say("table:stands", self.lang)
        session = found.timing["sessions"][-1]
        return say(
            "table:cold" if session["cold"] else "table:speed",
            self.lang,
            replicates=counted(session["replicates"], "replicate", self.lang),
            seconds=number(session["seconds"]),
            rate=number(session["replicates"] / max(session["seconds"], 0.001)),
        )


def _show(found: Run, lang: str) -> None:
    """The table of a run, on standard output."""
    from maabar.results.table import footing, heading, tables

    print("\n".join(heading(found, lang)))
    for table in tables(found, lang):
        _table(table.title, table.head, table.rows)
    print("\n".join(footing(found, lang)))


def _table(
    title: str, head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = True
) -> None:
    """A table on standard output, as wide as the terminal."""
    from textwrap import fill

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)
    table = Table(
        title=Text(title, "bold") if title else None,
        title_justify="left",
        box=SIMPLE_HEAD,
        show_edge=False,
    )
    whole = console.width >= WIDE // 2 + WIDE // 4  # else rather wrapped than cut
    for place, one in enumerate(head):
        if numbers and place > 0:
            table.add_column(Text(fill(one, HEAD)), justify="right", no_wrap=whole, overflow="fold")
        else:
            table.add_column(Text(one), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    console.print()


def _document(document: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False))


def _note(text: str) -> None:
    """A line for people, on standard error."""
    print(text, file=sys.stderr, flush=True)


_register_reader()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; errors are sentences, tracebacks only with ``--debug``."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Arabic, whatever the locale says
    try:
        app(args=[one for one in given if one != "--debug"], prog_name="maabar")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except MaabarError as problem:
        if debug:
            raise
        _note(str(problem))
        sys.exit(2 if isinstance(problem, UseError) else 1)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as problem:
        if debug:
            raise
        said = f"{type(problem).__name__}: {problem}".splitlines()[0]
        _note(f"internal error, please report it with what --debug shows: {said}")
        sys.exit(1)


if __name__ == "__main__":
    main()
