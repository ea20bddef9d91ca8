"""What commands print: results on standard output, all else beside it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from maabar.sentence import counted, number, say

if TYPE_CHECKING:
    from rich.progress import Progress

    from maabar.results.run import Run

WIDE = 140  # columns of a table that goes to a file or a pipe
HEAD = 18  # characters of a line in the head of a column of numbers
QUIET = 10.0  # seconds between two lines of progress where there is no bar


class Watch:
    """Tells how far a run is: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.bar: Progress | None = None
        self.begun: float | None = None
        self.told = 0.0
        self.before = 0

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *problem: object) -> None:
        if self.bar:
            self.bar.stop()

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.perf_counter()
        if what == "compiling":
            note(say("run:compiling", self.lang))
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
            note(
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


def print_table(
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


def print_document(document: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False))


def note(text: str) -> None:
    """A line for people, on standard error."""
    print(text, file=sys.stderr, flush=True)
