"""The command that lays out many runs, and computes them together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from maabar.cli.app import app
from maabar.cli.argument import Json, Lang, Seed, Threads, known
from maabar.cli.console import Watch, note, print_document, print_table
from maabar.errors import UseError
from maabar.sentence import number, say


@app.command(
    epilog="Example: maabar plan asharah siege --change day-wage-doubled --keep summary --execute"
)
def plan(
    scenarios: Annotated[
        list[str], typer.Argument(metavar="SCENARIO...", help="Shipped ids or folders.")
    ],
    replicates: Annotated[int, typer.Option(help="How often each is run.")] = 1000,
    seed: Seed = 1,
    days: Annotated[
        int | None, typer.Option(help="Length of the observed part; the scenario's unless said.")
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--change",
            metavar="CHANGE",
            help="A future of its own for every scenario: a shipped change, a file, "
            "PATH=VALUE@DATE, or several joined by ' + '; repeatable.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of all runs; runs/plan-HASH unless said.")
    ] = None,
    every: Annotated[int, typer.Option(help="Days between two records of the series.")] = 7,
    allow_unsourced: Annotated[
        bool, typer.Option("--allow-unsourced", help="Take numbers without source or reason.")
    ] = False,
    keep: Annotated[
        Literal["all", "events", "series", "summary"],
        typer.Option(help="What is stored of each replicate; summary: only sketches of outcomes."),
    ] = "all",
    execute: Annotated[
        bool, typer.Option("--execute", help="Compute what is missing; else only show the table.")
    ] = False,
    threads: Threads = None,
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
    """Lay out runs: each scenario as it is and with each change, and how much of each there is.

    With --execute all advance together, so that what is there after a stop is as much of each; the
    same command goes on from there, and is refused where a scenario was changed meanwhile.
    """
    import maabar

    if gpu and dask:
        raise UseError("--gpu and --dask exclude each other")
    on = "cuda" if gpu else dask or "threads"
    table = maabar.plan(
        [known(one) for one in scenarios],
        replicates=replicates,
        seed=seed,
        days=days,
        changes=change or (),
        out=out,
        every=every,
        allow_unsourced=allow_unsourced,
        keep=keep,
        on=on,
    )
    if execute:
        with Watch(lang) as watch:
            table.run(threads=threads, on=on, progress=watch)
    document = table.document()
    if json:
        print_document(document)
        return
    head = [say(f"plan:{one}", lang) for one in ("scenario", "change", "replicates", "kept")]
    rows = [_row(one, lang) for one in document["runs"]]
    print_table("", [*head, say("plan:folder", lang)], rows, numbers=False)
    if execute:
        note(say("plan:done", lang, count=number(len(rows)), path=table.path))
    else:
        note(say("plan:how", lang, option="--execute"))


def _row(one: dict[str, Any], lang: str) -> list[str]:
    change = one["change"] or say("plan:as_it_is", lang)
    return [one["scenario"], change, number(one["replicates"]), number(one["kept"]), one["out"]]
