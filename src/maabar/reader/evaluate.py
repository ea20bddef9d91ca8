"""Score the reader against labelled reports: ``python -m maabar.reader.evaluate FOLDER``.

FOLDER holds ``dev/`` and ``test/`` (see its README). The labels of the reference report are scored
too where ``$MAABAR_SHARED/report`` or ``../shared/report`` is there. Only totals are printed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from maabar.reader.claim import Claim, Document
from maabar.reader.gazetteer import keys, shipped
from maabar.reader.lexicon import grammar
from maabar.reader.read import read

BANDS = ((0.0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 1.01))


@dataclass
class Score:
    """Counts over a set of reports."""

    names: list[int] = field(default_factory=lambda: [0, 0, 0])
    mentions: list[int] = field(default_factory=lambda: [0, 0, 0])
    claims: list[int] = field(default_factory=lambda: [0, 0, 0])
    every: list[int] = field(default_factory=lambda: [0, 0, 0])
    strict: int = 0
    actor: list[int] = field(default_factory=lambda: [0, 0])
    place: list[int] = field(default_factory=lambda: [0, 0])
    modality: list[int] = field(default_factory=lambda: [0, 0])
    polarity: list[int] = field(default_factory=lambda: [0, 0])
    traps: list[int] = field(default_factory=lambda: [0, 0])
    bands: dict[tuple[float, float], list[int]] = field(default_factory=dict)
    reports: int = 0


def f1(counts: list[int]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (hits, extra, missed)."""
    hits, extra, missed = counts
    precision = hits / (hits + extra) if hits + extra else 0.0
    recall = hits / (hits + missed) if hits + missed else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def overlap(one: Iterable[int], other: Iterable[int]) -> bool:
    """Whether two spans share a character."""
    (a, b), (c, d) = one, other
    return a < d and c < b


def aliases(labels: dict[str, Any]) -> dict[str, str]:
    """Ids of the reference labels to ours, by their Arabic names."""
    table: dict[str, str] = {}
    gazetteer = shipped()
    for section in ("entities", "places"):
        for ident, entry in (labels.get(section) or {}).items():
            names = [*(entry.get("ar") or "").split(" / "), entry.get("en") or ""]
            found = None
            for name in (*entry.get("variants", ()), *names):
                words = list(keys(name))
                if words and not found:
                    found = next((i for i, n in gazetteer.find(words, 0) if n == len(words)), None)
            table[ident] = found or ident.replace("_", "-")
    return table


def pair(found: list[Claim], wanted: list[dict[str, Any]]) -> list[tuple[Claim, dict[str, Any]]]:
    """Match claims one to one: same type, overlapping triggers."""
    pairs, used = [], set()
    for label in wanted:
        where = (label.get("trigger") or label)["span"]
        for k, claim in enumerate(found):
            if k not in used and claim.type == label["type"] and overlap(claim.trigger, where):
                used.add(k)
                pairs.append((claim, label))
                break
    return pairs


def score(document: Document, labels: dict[str, Any], total: Score) -> None:
    """Add one report to the totals."""
    table = aliases(labels)

    def ours(ident: str) -> str:
        return table.get(ident, ident.replace("_", "-"))

    total.reports += 1
    _score_mentions(document, labels, total, ours)
    wanted = [c for c in labels["claims"] if c["tier"] == "explicit"]
    others = [c for c in labels["claims"] if c["tier"] != "explicit"]
    explicit = [c for c in document.claims if c.tier == "explicit"]
    pairs = pair(list(document.claims), wanted)
    matched = {id(c) for c, _ in pairs}
    spare = pair([c for c in document.claims if id(c) not in matched], others)
    excused = {id(c) for c, _ in spare}
    extra = [c for c in explicit if id(c) not in matched and id(c) not in excused]
    _add(total.claims, len(pairs), len(extra), len(wanted) - len(pairs))
    rest = [c for c in document.claims if id(c) not in matched | excused]
    _add(total.every, len(pairs) + len(spare), len(rest),
         len(labels["claims"]) - len(pairs) - len(spare))  # fmt: skip
    for claim, label in pairs:
        main = next(iter(grammar()[claim.type].values()))
        mine = {a.id for a in claim.args.get(main, ())}
        theirs = {ours(a["id"]) for a in label["args"].get(main, ())}
        total.actor[1] += 1
        total.actor[0] += bool(mine & theirs) or not theirs
        total.strict += mine == theirs
        at = {ours(a["id"]) for r in ("place", "destination", "origin") for a in
              label["args"].get(r, ())}  # fmt: skip
        if at:
            here = {a.id for r in ("place", "destination", "origin") for a in claim.args.get(r, ())}
            total.place[1] += 1
            total.place[0] += bool(at & here)
        total.modality[1] += 1
        total.modality[0] += claim.modality == label["modality"]
        total.polarity[1] += 1
        total.polarity[0] += claim.polarity == label["polarity"]
    for claim in explicit:
        if id(claim) in excused:
            continue
        for band in BANDS:
            if band[0] <= claim.confidence < band[1]:
                entry = total.bands.setdefault(band, [0, 0])
                entry[1] += 1
                entry[0] += id(claim) in matched
    for trap in labels.get("traps", ()):
        total.traps[1] += 1
        total.traps[0] += any(_violates(c, trap) for c in document.claims)
    for trap in labels.get("must_not_extract", ()):
        total.traps[1] += 1
        total.traps[0] += _violates_reference(document, trap)


def _score_mentions(document: Document, labels: dict[str, Any], total: Score, ours: Any) -> None:
    mine = list(document.mentions)
    used: set[int] = set()
    named = [0, 0]
    for label in labels["mentions"]:
        hit = next((k for k, m in enumerate(mine) if k not in used and m.id == ours(label["id"])
                    and overlap(m.span, label["span"])), None)  # fmt: skip
        if hit is not None:
            used.add(hit)
        if label.get("form", "name") == "name":
            named[hit is None] += 1
    extra = [m for k, m in enumerate(mine) if k not in used]
    _add(total.mentions, len(used), len(extra), len(labels["mentions"]) - len(used))
    _add(total.names, named[0], sum(m.form == "name" for m in extra), named[1])


def _add(counts: list[int], *more: int) -> None:
    for k, n in enumerate(more):
        counts[k] += n


def _violates(claim: Claim, trap: dict[str, Any]) -> bool:
    ban, (start, end) = trap["must_not"], trap["span"]
    ids = {a.id for fs in claim.args.values() for a in fs}
    return (
        start <= claim.trigger[0] and claim.trigger[1] <= end and claim.type in ban["type"]
        and ban.get("modality", claim.modality) == claim.modality
        and ban.get("polarity", claim.polarity) == claim.polarity
        and ("actor" not in ban or ban["actor"] in ids)
    )  # fmt: skip


def _violates_reference(document: Document, trap: dict[str, Any]) -> bool:
    """The reference words its traps freely: read types out of "must_not"."""
    words = set(trap["must_not"].replace("/", " ").replace(":", " ").split())
    types = words & set(grammar())
    for claim in document.claims:
        if not overlap(claim.trigger, trap["span"]):
            continue
        actor = {a.id for r in ("participant", "actor", "party") for a in claim.args.get(r, ())}
        if "SDF" in words:
            if claim.type in ("MEETING", "SMUGGLING_OPERATION") and "sdf" in actor:
                return True
            continue
        done = claim.modality == "asserted" and claim.tier == "explicit"
        if claim.type in types and (done or "event)" in words) and claim.polarity == "positive":
            return True
    return False


def score_folder(folder: Path) -> Score:
    """Score every labelled report of a folder."""
    total = Score()
    for path in sorted(folder.glob("*.yaml")):
        labels = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        raw = (folder / labels["document"]["file"]).read_bytes()
        day = labels["document"].get("report_date")
        score(read(raw, report_date=str(day) if day else None), labels, total)
    return total


def reference_folder() -> Path | None:
    """Where the reference report is, if it is here."""
    for base in (os.environ.get("MAABAR_SHARED"), "../shared"):
        if base and (Path(base) / "report" / "claims-reference.yaml").is_file():
            return Path(base) / "report"
    return None


def rows(total: Score) -> list[tuple[str, str]]:
    """The table's column for one set."""

    def three(counts: list[int]) -> str:
        return " / ".join(f"{x:.2f}" for x in f1(counts))

    def share(counts: list[int]) -> str:
        return f"{counts[0] / counts[1]:.2f} ({counts[0]}/{counts[1]})" if counts[1] else "-"

    matched = total.actor[1]
    strict = [total.strict, total.claims[0] + total.claims[1] - total.strict,
              total.claims[0] + total.claims[2] - total.strict]  # fmt: skip
    found = [
        ("reports", str(total.reports)),
        ("names: precision / recall / F1", three(total.names)),
        ("all mentions", three(total.mentions)),
        ("explicit claims, type + trigger", three(total.claims)),
        ("all claims, presupposed too", three(total.every)),
        ("strict: with the actor set", three(strict)),
        ("right actor among matched", share(total.actor)),
        ("place among matched", share(total.place)),
        ("modality among matched", share(total.modality)),
        ("polarity among matched", share(total.polarity)),
        ("traps violated", f"{total.traps[0]} of {total.traps[1]}"),
    ]
    for band in BANDS:
        entry = total.bands.get(band, [0, 0])
        found.append((f"right at confidence {band[0]:.1f}-{min(band[1], 1):.1f}", share(entry)))
    assert matched >= 0
    return found


def table(sets: dict[str, Score]) -> str:
    """A Markdown table, one column a set."""
    columns = {name: rows(total) for name, total in sets.items()}
    labels = [label for label, _ in next(iter(columns.values()))]
    lines = ["| | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    for k, label in enumerate(labels):
        lines.append(f"| {label} | " + " | ".join(c[k][1] for c in columns.values()) + " |")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Print the table; a third argument names the sets to score."""
    folder = Path(arguments[0] if arguments else "tests/reader/reports")
    wanted = arguments[1].split(",") if len(arguments) > 1 else ["reference", "dev", "test"]
    sets: dict[str, Score] = {}
    here = reference_folder()
    if "reference" in wanted and here is not None:
        labels = yaml.load((here / "claims-reference.yaml").read_text("utf-8"), yaml.CSafeLoader)
        sets["reference report (in sample)"] = Score()
        raw = (here / labels["document"]["file"]).read_bytes()
        score(read(raw), labels, sets["reference report (in sample)"])
    for name in ("dev", "test"):
        if name in wanted and (folder / name).is_dir():
            sets[name] = score_folder(folder / name)
    if not sets:
        print(f"nothing to score in {folder}", file=sys.stderr)
        return 1
    print(table(sets))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
