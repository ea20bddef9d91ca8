"""Commands that make a run and look at it: numbers, events, pictures, tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from maabar.cli.app import app
from maabar.cli.argument import (
    Changes,
    Json,
    Lang,
    RunFolder,
    ScenarioName,
    known,
    run_folder,
)
from maabar.cli.console import Watch, note, print_document, print_table
from maabar.errors import UseError
from maabar.sentence import say

if TYPE_CHECKING:
    from maabar.results.run import Run


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
    from_day: Annotated[
        int | None,
        typer.Option(metavar="D", help="A fork: all share one past up to this day, then part."),
    ] = None,
    of: Annotated[
        int | None, typer.Option(metavar="K", help="Whose past a fork shares; replicate 0.")
    ] = None,
    keep: Annotated[
        Literal["all", "events", "series", "summary"],
        typer.Option(help="What is stored of each replicate; summary: only sketches of outcomes."),
    ] = "all",
    dask: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Compute on a Dask cluster: its scheduler's address."),
    ] = None,
    gpu: Annotated[
        bool, typer.Option("--gpu", help="Compute on a GPU: same decisions, other rounding.")
    ] = False,
    json: Json = False,
    lang: Lang = "en",
) -> None:
    """Run a scenario many times, store what comes of it, and print its outcomes.

    A folder is never overwritten: the same inputs print the same table again.
    """
    import maabar

    if gpu and dask:
        raise UseError("--gpu and --dask exclude each other")
    with Watch(lang) as watch:
        found = maabar.run(
            known(scenario),
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
            from_day=from_day,
            of=of,
            keep=keep,
            on="cuda" if gpu else dask or "threads",
            progress=watch,
        )
    if json:
        print_document(found.document())
    else:
        show(found, lang)
    note(watch.last_words(found))


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

    rows = maabar.events(run_folder(run), replicate, lang=lang)
    if json:
        print_document(rows)
        return
    for line in lines(rows, lang):
        print(line)
    if not rows:
        note(say("run:quiet", lang))


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

    print(maabar.plot(run_folder(run), outcome, out=out, lang=lang))


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
    for path in maabar.export(run_folder(run), out=out):
        print(path)


def show(found: Run, lang: str) -> None:
    """The table of a run, on standard output."""
    from maabar.results.table import footing, heading, tables

    print("\n".join(heading(found, lang)))
    for table in tables(found, lang):
        print_table(table.title, table.head, table.rows)
    print("\n".join(footing(found, lang)))
