"""The command line itself: what all commands hang on."""

from __future__ import annotations

from typing import Annotated

import typer

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
