"""The command line: one command a question, results on standard output, all else beside it.

Nothing heavy is imported before a command runs: `list` and ``--help`` need neither NumPy nor the
scenario's models.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

from maabar.cli.app import app
from maabar.cli.console import note
from maabar.errors import MaabarError, UseError

COMMANDS = ("scenario", "run", "plan", "question", "explain", "evidence", "reader")
"""Modules, in the order of ``--help``."""
for _module in COMMANDS:
    importlib.import_module(f"maabar.cli.{_module}")


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
        note(str(problem))
        sys.exit(2 if isinstance(problem, UseError) else 1)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as problem:
        if debug:
            raise
        said = f"{type(problem).__name__}: {problem}".splitlines()[0]
        note(f"internal error, please report it with what --debug shows: {said}")
        sys.exit(1)
