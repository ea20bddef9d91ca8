"""Count what the reader gets right on labelled reports: names, claims, roles, modality, traps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from maabar.reader.claim import Claim, Document
from maabar.reader.confidence import evidence
from maabar.reader.gazetteer import keys, shipped
from maabar.reader.lexicon import grammar
from maabar.reader.read import read

BANDS = ((0.0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))
PLACES = ("place", "destination", "origin")


def _three() -> list[int]:
    return [0, 0, 0]


def _two() -> list[int]:
    return [0, 0]


@dataclass
class Score:
    """Counts over reports: (hits, extra, missed) or (right, of)."""

    names: list[int] = field(default_factory=_three)
    mentions: list[int] = field(default_factory=_three)
    claims: list[int] = field(default_factory=_three)
    every: list[int] = field(default_factory=_three)
    strict: list[int] = field(default_factory=_two)
    actor: list[int] = field(default_factory=_two)
    place: list[int] = field(default_factory=_two)
    modality: list[int] = field(default_factory=_two)
    polarity: list[int] = field(default_factory=_two)
    traps: list[int] = field(default_factory=_two)
    bands: dict[tuple[float, float], list[int]] = field(default_factory=dict)
    evidence: dict[int, list[int]] = field(default_factory=dict)
    reports: int = 0

    def __add__(self, other: Score) -> Score:
        """Counts of both."""
        total = Score()
        for part in fields(Score):
            mine, theirs = getattr(self, part.name), getattr(other, part.name)
            if isinstance(mine, dict):
                joined: Any = {
                    k: [
                        a + b
                        for a, b in zip(mine.get(k, [0, 0]), theirs.get(k, [0, 0]), strict=True)
                    ]
                    for k in sorted(mine.keys() | theirs.keys())
                }
            elif isinstance(mine, list):
                joined = [a + b for a, b in zip(mine, theirs, strict=True)]
            else:
                joined = mine + theirs
            setattr(total, part.name, joined)
        return total


def f1(counts: list[int]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (hits, extra, missed).

    Examples
    --------
    >>> f1([8, 2, 2])
    (0.8, 0.8, 0.8000000000000002)
    """
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


def invented(document: Document, labels: dict[str, Any]) -> dict[str, str]:
    """Ids of names that only this report has: the label's to ours, where both mark one place."""
    return {
        label["id"]: m.id
        for label in labels["mentions"]
        for m in document.mentions
        if label["id"].startswith("unknown:")
        and m.id.startswith("unknown-")
        and overlap(m.span, label["span"])
    }


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


def score(document: Document, labels: dict[str, Any]) -> Score:
    """Counts of one report against its labels."""
    total = Score(reports=1)
    table = aliases(labels) | invented(document, labels)

    def ours(ident: str) -> str:
        return table.get(ident, ident.replace("_", "-"))

    _mentions(document, labels, total, ours)
    wanted = [c for c in labels["claims"] if c["tier"] == "explicit"]
    others = [c for c in labels["claims"] if c["tier"] != "explicit"]
    explicit = [c for c in document.claims if c.tier == "explicit"]
    pairs = pair(list(document.claims), wanted)
    matched = {id(c) for c, _ in pairs}
    spare = pair([c for c in document.claims if id(c) not in matched], others)
    excused = {id(c) for c, _ in spare}
    extra = [c for c in explicit if id(c) not in matched and id(c) not in excused]
    total.claims = [len(pairs), len(extra), len(wanted) - len(pairs)]
    rest = [c for c in document.claims if id(c) not in matched | excused]
    hits = len(pairs) + len(spare)
    total.every = [hits, len(rest), len(labels["claims"]) - hits]
    for claim, label in pairs:
        _roles(claim, label, total, ours)
    for claim in explicit:
        if id(claim) in excused:
            continue
        right = id(claim) in matched
        band = next(b for b in BANDS if b[0] <= claim.confidence < b[1])
        for entry in (
            total.bands.setdefault(band, [0, 0]),
            total.evidence.setdefault(evidence(claim), [0, 0]),
        ):
            entry[0] += right
            entry[1] += 1
    for trap in labels.get("traps", ()):
        total.traps[1] += 1
        total.traps[0] += any(violates(c, trap) for c in document.claims)
    for trap in labels.get("must_not_extract", ()):
        total.traps[1] += 1
        total.traps[0] += violates_reference(document, trap)
    return total


def _roles(claim: Claim, label: dict[str, Any], total: Score, ours: Callable[[str], str]) -> None:
    main = next(iter(grammar()[claim.type].values()))
    mine = {a.id for a in claim.args.get(main, ())}
    theirs = {ours(a["id"]) for a in label["args"].get(main, ())}
    _mark(total.actor, bool(mine & theirs) or not theirs)
    _mark(total.strict, mine == theirs)
    at = {ours(a["id"]) for r in PLACES for a in label["args"].get(r, ())}
    if at:
        _mark(total.place, bool(at & {a.id for r in PLACES for a in claim.args.get(r, ())}))
    _mark(total.modality, claim.modality == label["modality"])
    _mark(total.polarity, claim.polarity == label["polarity"])


def _mark(counts: list[int], right: bool) -> None:
    counts[0] += right
    counts[1] += 1


def _mentions(
    document: Document, labels: dict[str, Any], total: Score, ours: Callable[[str], str]
) -> None:
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
    total.mentions = [len(used), len(extra), len(labels["mentions"]) - len(used)]
    total.names = [named[0], sum(m.form == "name" for m in extra), named[1]]


def violates(claim: Claim, trap: dict[str, Any]) -> bool:
    """Whether a claim is what the trap says must not be read out of its span."""
    ban, (start, end) = trap["must_not"], trap["span"]
    ids = {a.id for fs in claim.args.values() for a in fs}
    return (
        start <= claim.trigger[0] and claim.trigger[1] <= end and claim.type in ban["type"]
        and ban.get("modality", claim.modality) == claim.modality
        and ban.get("polarity", claim.polarity) == claim.polarity
        and ("actor" not in ban or ban["actor"] in ids)
    )  # fmt: skip


def violates_reference(document: Document, trap: dict[str, Any]) -> bool:
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


def score_folder(folder: Path) -> list[Score]:
    """Scores of every labelled report of a folder."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        labels = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        raw = (folder / labels["document"]["file"]).read_bytes()
        day = labels["document"].get("report_date")
        found.append(score(read(raw, report_date=str(day) if day else None), labels))
    return found


def score_reference(folder: Path) -> list[Score]:
    """Score of the reference report, whose labels are in a file of their own."""
    labels = yaml.load((folder / "claims-reference.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return [score(read((folder / labels["document"]["file"]).read_bytes()), labels)]


def total(scores: Iterable[Score]) -> Score:
    """Counts of all reports together."""
    return sum(scores, Score())
