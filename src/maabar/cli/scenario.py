"""Commands that read a scenario: what is shipped, what is wrong with it, what it says and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maabar.cli.app import app
from maabar.cli.argument import Changes, Json, Lang, ScenarioName, known
from maabar.cli.console import note, print_document, print_table
from maabar.sentence import counted, say


@app.command("list", epilog="Example: maabar list --json")
def list_scenarios(json: Json = False, lang: Lang = "en") -> None:
    """List the scenarios that come with maabar."""
    from maabar.scenario.load import headline, shipped

    rows = [headline(one) for one in shipped()]
    if json:
        print_document([row._asdict() for row in rows])
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

    findings = maabar.check(known(scenario), changes=change or ())
    if json:
        print_document([finding._asdict() for finding in findings])
    else:
        for finding in findings:
            print(finding)
        if not findings:
            note(f"{scenario}: nothing found")
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)


@app.command(epilog="Example: maabar describe asharah --lang ar")
def describe(scenario: ScenarioName, change: Changes = None, lang: Lang = "en") -> None:
    """Read a scenario back in plain words: who holds what, who pays whom, what is assumed."""
    import maabar

    print(maabar.describe(known(scenario), changes=change or (), lang=lang))


@app.command(epilog="Example: maabar coverage asharah --json")
def coverage(scenario: ScenarioName, json: Json = False) -> None:
    """Say what stands for each claim of the report in the model, and what does not."""
    import maabar

    rows = maabar.coverage(known(scenario))
    if json:
        print_document(rows)
        return
    print_table(
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

    shown = maabar.claims(known(scenario), text=text)
    if json:
        print_document(
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
