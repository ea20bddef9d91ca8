"""The tables of docs/evidence.md: patterns, published models, hindcast.

.venv/bin/python -m verification.evidence [FOLDER]      # FOLDER: tables of the cartel paper, if at hand

Every number comes from the command named above its table.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import maabar
from maabar.cli.console import Watch
from verification import cartel, territory

PAGE = Path(__file__).resolve().parent.parent / "docs" / "evidence.md"
PATTERNS, HINDCAST = 500, 1000  # replicates


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [list(head), ["---"] * len(head), *([str(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def figure(value: float | None) -> str:
    """A number with three digits that count.

    Examples
    --------
    >>> figure(0.01234), figure(32966.2), figure(None)
    ('0.0123', '33,000', '–')
    """
    if value is None or math.isnan(value):
        return "–"
    if value == 0 or abs(value) < 1e-9:
        return "0"
    digits = 2 - math.floor(math.log10(abs(value)))
    return f"{round(value, digits):,.{max(0, digits)}f}"


def estimate(one: Mapping[str, Any]) -> str:
    """A mean with its 95 % interval."""
    if one["mean"] is None:
        return "–"
    low, high = one["ci95"]
    return f"{figure(one['mean'])} [{figure(low)}, {figure(high)}]"


def patterns(found: Sequence[Mapping[str, Any]]) -> str:
    """What decides, with the mechanism, without it, and the difference."""
    rows = []
    for pattern in found:
        for one in pattern["comparisons"]:
            if one["borne_out"] is None:
                said = ""
            else:
                said = "yes" if one["borne_out"] else "**no**"
            rows.append(
                [
                    f"{pattern['id']} {'holds' if pattern['verdict'] == 'holds' else '**fails**'}",
                    one["statistic"],
                    *(estimate(one[key]) for key in ("with", "without", "difference")),
                    said if one["decides"] else f"({said})" if said else "",
                ]
            )
    return table(["", "statistic", "with", "without", "difference", "borne out"], rows)


def claims(found: Mapping[str, Any]) -> str:
    """Dated claims of the report: how probable the model makes them."""
    rows = [
        [
            one["claim"],
            one["gloss"],
            "{}-{}".format(*one["window_days"]),
            *(f"{100 * one[key]:.1f} %" for key in ("share", "no_strikes", "rival", "null")),
            f"{one['log_score']:.2f}",
        ]
        for one in found["claims"]
    ]
    total = found["total"]
    head = [
        "claim",
        "in our words",
        "days",
        "share",
        "no strikes",
        "rival",
        "base rates",
        "log score",
    ]
    return (
        f"{table(head, rows)}\n\nLog score in all {total['model']:.1f} (Monte Carlo error "
        f"{total['mcse']:.1f}); base rates alone {total['null']:.1f}."
    )


def coverage(found: Mapping[str, Any]) -> str:
    """How often the intervals held what was reported, before and after what was held out."""
    rows = []
    for said, held_out in (("before March 2023", False), ("from March 2023 on", True)):
        part = [one for one in found["counts"] if one["held_out"] == held_out]
        rows.append(
            [
                said,
                len(part),
                sum(one["observed"] for one in part),
                f"{sum(one['in50'] for one in part)} of {len(part)}",
                f"{sum(one['in90'] for one in part)} of {len(part)}",
                figure(float(np.mean([one["crps"] for one in part]))),
                figure(float(np.mean([one["crps_poisson"] for one in part]))),
            ]
        )
    return table(
        ["", "kinds and quarters", "events", "in the middle 50 %", "in the middle 90 %", "mean CRPS",
         "of a constant rate"],
        rows,
    )  # fmt: skip


def counts(found: Mapping[str, Any]) -> str:
    """Reported and modelled counts by kind and quarter."""
    return table(
        ["kind", "quarter", "reported", "middle 50 %", "middle 90 %", "CRPS", "of a constant rate"],
        [
            [
                one["kind"],
                one["quarter"] + (" *" if one["held_out"] else ""),
                one["observed"],
                "{:.0f}-{:.0f}".format(*one["interval50"]),
                "{:.0f}-{:.0f}".format(*one["interval90"]),
                figure(one["crps"]),
                figure(one["crps_poisson"]),
            ]
            for one in found["counts"]
        ],
    )


def published(tables: Path | None) -> str:
    """What the published models give in this engine, beside what was published."""
    ties = cartel.without_ties()["largest relative difference"]
    rows: list[list[object]] = [
        [
            "cartel, no rivals and no allies: largest relative difference from scipy",
            f"{ties:.0e}",
            "0",
        ]
    ]
    if tables is not None:
        for what, value in cartel.with_tables(tables).items():
            shown = f"{value:,.0f}" if abs(value) > 1 else f"{value:+.1%}"
            rows.append([f"cartel, with the paper's tables: {what}", shown, cartel.REPORTED[what]])
    found, always = territory.simulate(), territory.simulate(math.inf)
    rows += [
        ["territory: fights at the richest place", f"{found.fights[0]:.2f}", ".60"],
        [
            "territory: fights in the poorer half",
            f"{found.fights[5:].min():.2f} to {found.fights[5:].max():.2f}",
            ".04 to .12",
        ],
        ["territory: place held longest", int(np.argmax(found.spell)) + 1, "5th to 8th"],
        ["territory, all always go out: fights", f"{always.fights.max():.4f}", "below .01"],
    ]
    return table(["", "here", "published"], rows)


def tables(folder: Path | None) -> Iterator[tuple[str, str]]:
    """Each block of the page."""
    with Watch("en") as watch:
        yield "patterns", patterns(maabar.patterns("asharah", replicates=PATTERNS, progress=watch))
    with Watch("en") as watch:
        told = maabar.hindcast("asharah", replicates=HINDCAST, progress=watch)
    yield "claims", claims(told)
    yield "coverage", coverage(told)
    yield "counts", counts(told)
    yield "published", published(folder)


def main(arguments: Sequence[str] = ()) -> None:
    """Write the blocks of the page."""
    folder = Path(arguments[0]) if arguments else None
    text = PAGE.read_text(encoding="utf-8")
    for name, body in tables(folder):
        if name == "published" and folder is None and "paper's tables" in text:
            print("no folder with the tables was given: the table of published models stands")
            continue
        block = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text, times = block.subn(lambda found, body=body: f"{found[1]}{body}\n{found[2]}", text)
        assert times == 1, name
        PAGE.write_text(text, encoding="utf-8")
        print(f"{name}: written to {PAGE.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
