"""The command that asks what if: futures side by side on the same draws."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from maabar.cli.app import app
from maabar.cli.argument import Json, Lang, Threads, known
from maabar.cli.console import Watch, note, print_document, print_table
from maabar.errors import UseError
from maabar.sentence import counted, date, say


@app.command(
    epilog="Example: maabar compare asharah --change coalition-strikes-stop --change flour-aid"
)
def compare(
    base: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="A shipped id, a folder, or a run's folder.")
    ],
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--change",
            metavar="CHANGE",
            help="A future of its own: a shipped change, a file, PATH=VALUE@DATE, several joined "
            "by ' + ', or another run's folder; repeatable.",
        ),
    ] = None,
    replicates: Annotated[
        int | None, typer.Option(help="How often each future is run; 1000 unless said.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Key of the random draws; 1 unless said.")
    ] = None,
    days: Annotated[
        int | None, typer.Option(help="Length of the observed part; the scenario's unless said.")
    ] = None,
    threads: Threads = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OUTCOME",
            help="Show this number, or family of numbers, instead of the whole system; repeatable.",
        ),
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the differences: PNG or SVG.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where the runs are kept, a folder each; runs unless said.")
    ] = None,
    allow_unsourced: Annotated[
        bool, typer.Option("--allow-unsourced", help="Take numbers without source or reason.")
    ] = False,
    json: Json = False,
    lang: Lang = "en",
) -> None:
    """Say what changes would alter: differences replicate by replicate, on the same draws.

    Each future is a run, kept like any other: what stands already is not computed again, and after
    Ctrl-C the same command goes on.
    """
    import maabar
    from maabar.results.table import contrast

    if not change:
        raise UseError("nothing to compare with: name a change (--change), or another run's folder")
    family(outcome or ())
    with Watch(lang) as watch:
        found = maabar.compare(
            base if (Path(base) / "provenance.json").is_file() else known(base),
            change,
            replicates=replicates,
            seed=seed,
            days=days,
            threads=threads,
            out=out,
            allow_unsourced=allow_unsourced,
            progress=watch,
        )
    names = found.known(outcome or ())
    document = found.document(lang)
    if plot is not None:
        note(str(maabar.plot(found, outcome[0] if outcome else None, out=plot, lang=lang)))
    if json:
        print_document(document)
        return
    _heading(document, found.base.provenance, lang)
    tables = contrast(document, names, lang)
    for table in tables:
        print_table(table.title, table.head, table.rows)
    print(say("compare:ratio_is" if tables else "compare:none", lang))
    print(say("compare:folder", lang, id=say("compare:as_it_is", lang), path=found.base.path))
    for one in document["changes"]:
        print(say("compare:folder", lang, id=one["id"], path=one["out"]))


def family(asked: Sequence[str]) -> None:
    """Make sure, before anything is run, that there are such outcomes.

    Raises
    ------
    UseError
        For a name that begins as none does.
    """
    from maabar.results.outcome import OUTCOMES
    from maabar.scenario.reference import did_you_mean

    names = [one.name for one in OUTCOMES]
    for said in asked:
        if said.partition(".")[0] not in names:
            cure = did_you_mean(said, names, f"known: {', '.join(names)}")
            raise UseError(f'unknown outcome "{said}"; {cure}')


def _heading(document: Mapping[str, Any], provenance: Mapping[str, Any], lang: str) -> None:
    """What is compared, what each change asks, and how to read a row."""
    base = document["base"]
    start = datetime.date.fromisoformat(provenance["observe_from"])
    print(
        say(
            "compare:title",
            lang,
            title=provenance["title"][lang],
            replicates=counted(base["replicates"], "replicate", lang),
            days=counted(base["days"], "day", lang),
            date=date(start, lang),
        )
    )
    for one in document["changes"]:
        if one["asks"] != one["id"]:
            print(f"  {one['id']}: {one['asks']}")
    print(say("compare:how", lang) + "\n")
