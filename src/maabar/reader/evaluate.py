"""Score the reader against labelled reports: ``python -m maabar.reader.evaluate FOLDER``.

FOLDER holds ``dev/`` to ``dev9/``, ``test/`` and ``test3/`` (see its README). The labels of the
reference report are scored too where ``$MAABAR_SHARED/report`` or ``../shared/report`` is there.
Only totals are printed, with bootstrap intervals over reports.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

import numpy as np
import yaml

from maabar.reader.confidence import TABLE, shares
from maabar.reader.score import BANDS, Score, f1, score_folder, score_reference, total

MENDED_ON = ("dev", "dev2", "dev3", "dev4", "dev5", "dev6", "dev7", "dev8", "dev9")
REFERENCE = "reference"
COLUMNS = {
    "reference report (in sample)": (REFERENCE,),
    "dev to dev5 (in sample)": MENDED_ON[:5],
    "dev6 to dev9 (in sample)": MENDED_ON[5:],
    "test (held out)": ("test",),
    "test3 (held out)": ("test3",),
}
CALIBRATED_ON = "test3"
REPLICATES = 1000
MARK = re.compile(r"(<!-- scores -->\n).*?(<!-- end -->)", re.S)


def reference_folder() -> Path | None:
    """Where the reference report is, if it is here."""
    for base in (os.environ.get("MAABAR_SHARED"), "../shared"):
        if base and (Path(base) / "report" / "claims-reference.yaml").is_file():
            return Path(base) / "report"
    return None


def interval(scores: list[Score], part: str, which: int = 2) -> tuple[float, float]:
    """Bootstrap interval (95 %) over reports of F1 (or precision 0, recall 1), or of a share."""
    counts = np.array([getattr(s, part) for s in scores])
    draws = np.random.default_rng(1).integers(0, len(counts), (REPLICATES, len(counts)))
    sums = counts[draws].sum(axis=1)
    if counts.shape[1] == 3:
        found = [f1(list(map(int, row)))[which] for row in sums]
    else:
        found = [row[0] / row[1] for row in sums if row[1]]
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def rows(scores: list[Score]) -> list[tuple[str, str]]:
    """The table's column for one set."""
    whole = total(scores)

    def three(part: str) -> str:
        shown = " / ".join(f"{x:.2f}" for x in f1(getattr(whole, part)))
        if len(scores) > 1:
            low, high = interval(scores, part)
            shown += f" ({low:.2f}-{high:.2f})"
        return shown

    def share(counts: list[int], part: str = "") -> str:
        if not counts[1]:
            return "-"
        shown = f"{counts[0] / counts[1]:.2f} ({counts[0]}/{counts[1]})"
        if part and len(scores) > 1:
            low, high = interval(scores, part)
            shown += f" ({low:.2f}-{high:.2f})"
        return shown

    hits, extra, missed = whole.claims
    right = whole.strict[0]
    strict = " / ".join(
        f"{x:.2f}" for x in f1([right, hits + extra - right, hits + missed - right])
    )
    found = [
        ("reports", str(whole.reports)),
        ("names: precision / recall / F1", three("names")),
        ("all mentions", three("mentions")),
        ("explicit claims, type + trigger", three("claims")),
        ("all claims, presupposed too", three("every")),
        ("strict: with the actor set", strict),
        ("right actor among matched", share(whole.actor, "actor")),
        ("place among matched", share(whole.place)),
        ("modality among matched", share(whole.modality)),
        ("polarity among matched", share(whole.polarity)),
        ("traps violated", f"{whole.traps[0]} of {whole.traps[1]}"),
    ]
    for band in BANDS:
        entry = whole.bands.get(band, [0, 0])
        found.append((f"right at confidence {band[0]:.1f}-{min(band[1], 1):.1f}", share(entry)))
    return found


def table(sets: dict[str, list[Score]]) -> str:
    """A Markdown table, one column a set."""
    columns = {name: rows(scores) for name, scores in sets.items()}
    labels = [label for label, _ in next(iter(columns.values()))]
    lines = ["| | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    for k, label in enumerate(labels):
        lines.append(f"| {label} | " + " | ".join(c[k][1] for c in columns.values()) + " |")
    return "\n".join(lines)


def calibrate(folder: Path) -> str:
    """Count right claims by evidence on reports that no rule was made from; write the table."""
    counts = total(score_folder(folder / CALIBRATED_ON)).evidence
    content = {
        "measured_on": f"{CALIBRATED_ON}: {len(list((folder / CALIBRATED_ON).glob('*.yaml')))} reports",
        "right": "an explicit claim whose type and trigger agree with a label",
        "counts": {k: counts.get(k, [0, 0]) for k in range(6)},
    }
    head = (
        "# Made by `python -m maabar.reader.evaluate FOLDER --calibrate`: evidence: [right, of].\n"
    )
    TABLE.write_text(
        head + yaml.safe_dump(content, sort_keys=False, default_flow_style=None), "utf-8"
    )
    shares.cache_clear()
    return "\n".join(
        f"evidence {k}: {counts.get(k, [0, 0])[0]} of {counts.get(k, [0, 0])[1]} right, "
        f"confidence {share:.2f}"
        for k, share in shares().items()
    )


def _scores(folder: Path, names: tuple[str, ...]) -> list[Score]:
    """Scores of the reports of some sets; none of those that are not here."""
    found: list[Score] = []
    for name in names:
        here = reference_folder() if name == REFERENCE else folder / name
        if here is not None:
            found += score_reference(here) if name == REFERENCE else score_folder(here)
    return found


def main(arguments: list[str] | None = None) -> int:
    """Print the table, write it into a page, or calibrate."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("tests/reader/reports"))
    parser.add_argument("sets", nargs="?", help="names, by commas, a column each")
    parser.add_argument("--calibrate", action="store_true", help="measure the confidence table")
    parser.add_argument("--write", type=Path, help="put the table between a page's marks")
    options = parser.parse_args(arguments)
    if options.calibrate:
        print(calibrate(options.folder))
        return 0
    names = options.sets.split(",") if options.sets else []
    columns = {name: (name,) for name in names} or COLUMNS
    sets = {column: _scores(options.folder, parts) for column, parts in columns.items()}
    sets = {column: scores for column, scores in sets.items() if scores}
    if not sets:
        print(f"nothing to score in {options.folder}", file=sys.stderr)
        return 1
    shown = table(sets)
    print(shown)
    if options.write:
        page = options.write.read_text("utf-8")
        options.write.write_text(MARK.sub(lambda m: m[1] + shown + "\n" + m[2], page), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
