"""What commands are told: options and arguments that several of them take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from maabar.errors import ScenarioError, UseError

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
Seed = Annotated[int, typer.Option(help="Key of the random draws.")]
Threads = Annotated[
    int | None, typer.Option(min=1, help="All cores unless said; changes no result.")
]


def known(said: str) -> str:
    """A shipped id or a folder.

    Raises
    ------
    UseError
        Where it is neither.
    """
    from maabar.scenario.load import find

    if not said:
        raise UseError('no scenario "": name a shipped one (`maabar list`) or a folder')
    try:
        find(said)
    except ScenarioError as problem:
        raise UseError(str(problem)) from None
    return said


def run_folder(said: str) -> Path:
    """A run's folder.

    Raises
    ------
    UseError
        Where there is no such folder.
    """
    path = Path(said)
    if said and path.is_dir():
        return path
    from maabar.results.run import RUNS
    from maabar.scenario.reference import did_you_mean

    there = [str(one) for one in sorted(Path(RUNS).glob("*")) if one.is_dir()]
    cure = did_you_mean(said, there, "`maabar run` makes one")
    raise UseError(f'no run "{said}": no such folder; {cure}')
