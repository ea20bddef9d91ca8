"""How fast reports are read: one of 3,000 characters, and a thousand."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from maabar.reader import read

REPORTS = Path(__file__).parents[1] / "tests" / "reader" / "reports"
COUNT = 1000


def readings() -> Iterator[tuple[str, str]]:
    """First reading with the lists loaded, one report of 3,000 characters, a thousand reports."""
    texts = [one.read_bytes() for one in sorted(REPORTS.glob("*/*.txt"))]
    start = time.process_time()
    read(texts[0])
    yield "first reading, names and words loaded with it, s", f"{time.process_time() - start:.2f}"
    arabic = "\n".join(one.decode() for one in texts if "\u0627" in one.decode())
    long = arabic[:3000]
    times = []
    for _ in range(7):
        start = time.process_time()
        read(long)
        times.append(time.process_time() - start)
    yield (
        "a report of 3,000 characters, s (least and most of 7)",
        (f"{min(times):.3f} to {max(times):.3f}"),
    )
    chosen = list(islice(cycle(texts), COUNT))
    size = sum(len(one.decode()) for one in chosen) / COUNT
    start, wall = time.process_time(), time.perf_counter()
    for one in chosen:
        read(one)
    spent, wall = time.process_time() - start, time.perf_counter() - wall
    yield (
        f"reports a second per core ({COUNT:,} of {size:,.0f} characters on average)",
        f"{COUNT / spent:.0f} of processor time, {COUNT / wall:.0f} by the clock",
    )
