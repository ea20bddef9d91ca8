"""Learn what speaks for who did it: ``python -m maabar.reader.learn FOLDER`` writes ``doer.yaml``.

FOLDER holds labelled reports (see ``tests/reader/reports``). Every matched claim of the sets that
rules were mended on is one choice among the actors in reach (`maabar.reader.doer`); the weights of
a conditional logit are those of the greatest likelihood, less a quadratic penalty. The sets held
out are never read. What the weights are worth on text that they were not made from is measured by
leaving out one set at a time, and printed. Needs scipy (``pip install 'maabar[analysis]'``).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from maabar.reader.doer import WATCH, WEIGHTS, decided, named, outweighing, weights
from maabar.reader.evaluate import MENDED_ON
from maabar.reader.lexicon import grammar
from maabar.reader.read import read
from maabar.reader.score import aliases, invented, pair

PENALTY = 2.0
"""Of the squared weights."""
SEEN = 3
"""A mark met less often has no weight."""
SMALLEST = 0.05
"""Weights nearer to nothing are left out."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A claim of a labelled report: who could have done it, whom the rules name, who did."""

    set: str
    language: str
    ids: tuple[frozenset[str], ...]
    marks: tuple[frozenset[str], ...]
    told: frozenset[str]
    did: frozenset[str]
    margin: float
    decided: bool

    @property
    def right(self) -> bool:
        """Whether the rules are right."""
        return bool(self.told & self.did)


def choices(folder: Path) -> list[Choice]:
    """The choices of all reports of a set, in order, as the rules alone come to them."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        labels = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        found += _of_report(folder, labels)
    return found


def _of_report(folder: Path, labels: dict[str, Any]) -> list[Choice]:
    raw = (folder / labels["document"]["file"]).read_bytes()
    day = labels["document"].get("report_date")
    token = WATCH.set([])
    try:
        document = read(raw, report_date=str(day) if day else None)
        met = {
            (s.line.words[s.trigger.first].start, s.kind): (s, told)
            for s, told in WATCH.get() or ()
        }
    finally:
        WATCH.reset(token)
    table = aliases(labels) | invented(document, labels)
    wanted = [c for c in labels["claims"] if c["tier"] == "explicit"]
    found = []
    for claim, label in pair(list(document.claims), wanted):
        main = next(iter(grammar()[claim.type].values()))
        did = frozenset(table.get(a["id"], a["id"].replace("_", "-"))
                        for a in label["args"].get(main, ()))  # fmt: skip
        scene, told = met.get((claim.trigger[0], claim.type), (None, ()))
        if did and scene is not None:
            options = list(scene.found.values())
            found.append(Choice(
                folder.name, labels["document"]["lang"], tuple(c.ids for c in options),
                tuple(frozenset(c.marks) for c in options),
                named(told), did, scene.margin, decided(scene.trigger, told),
            ))  # fmt: skip
    return found


def fit(learned: list[Choice]) -> dict[str, float]:
    """Weights of greatest penalised likelihood.

    Parameters
    ----------
    learned
        Choices; those whose doer is not among the actors in reach say nothing.

    Returns
    -------
    dict
        Mark to weight, in log odds, by name.
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    told = [c for c in learned if any(ids & c.did for ids in c.ids)]
    counts = Counter(m for c in told for marks in c.marks for m in marks)
    names = sorted(m for m, n in counts.items() if n >= SEEN)
    column = {m: k for k, m in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    choice: list[int] = []
    right: list[bool] = []
    for k, c in enumerate(told):
        for ids, marks in zip(c.ids, c.marks, strict=True):
            known = sorted(column[m] for m in marks if m in column)
            rows += [len(choice)] * len(known)
            columns += known
            choice.append(k)
            right.append(bool(ids & c.did))
    x = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(choice), len(names)))
    of, hit = np.array(choice), np.array(right, dtype=float)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = x @ w
        top = np.full(len(told), -np.inf)
        np.maximum.at(top, of, score)
        e = np.exp(score - top[of])
        every = np.bincount(of, e, len(told))
        hits = np.bincount(of, e * hit, len(told))
        slope = x.T @ (e * hit / hits[of] - e / every[of])
        return float(np.log(every / hits).sum() + PENALTY * (w @ w)), 2 * PENALTY * w - slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B",
                     options={"maxiter": 300}).x  # fmt: skip
    return {m: round(float(w), 2) for m, w in zip(names, found, strict=True) if abs(w) >= SMALLEST}


def right(choice: Choice, table: dict[str, float]) -> bool:
    """Whether the doer named with these weights is right."""
    best = outweighing(choice.ids, choice.marks, choice.told, table, choice.margin)
    if choice.decided or best is None:
        return choice.right
    return bool(choice.ids[best] & choice.did)


def left_out(learned: list[Choice]) -> Iterable[tuple[str, int, float, float]]:
    """Each set: choices, share right by rules alone, and weighed by what the other sets say."""
    for name in dict.fromkeys(c.set for c in learned):
        here = [c for c in learned if c.set == name]
        table = fit([c for c in learned if c.set != name])
        rules = sum(c.right for c in here) / len(here)
        yield name, len(here), rules, sum(right(c, table) for c in here) / len(here)


def main(arguments: list[str] | None = None) -> int:
    """Learn, write the weights, and print what they are worth."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("tests/reader/reports"))
    parser.add_argument("--write", type=Path, default=WEIGHTS, help="where to put the weights")
    options = parser.parse_args(arguments)
    learned = [c for name in MENDED_ON for c in choices(options.folder / name)]
    if not learned:
        print(f"nothing to learn from in {options.folder}", file=sys.stderr)
        return 1
    table = fit(learned)
    head = ("# Made by `python -m maabar.reader.learn FOLDER`: what each mark of an actor speaks "
            "for or against its being\n# the doer, in log odds (`maabar.reader.doer`).\n")  # fmt: skip
    content = {"learned_from": {"choices": len(learned), "sets": ", ".join(MENDED_ON)},
               "weights": table}  # fmt: skip
    options.write.write_text(
        head + yaml.safe_dump(content, sort_keys=False, allow_unicode=True), "utf-8"
    )
    weights.cache_clear()
    print(f"{len(table)} weights from {len(learned)} choices, written to {options.write}")
    print("set left out: choices, right by rules alone, weighed")
    for name, count, rules, weighed in left_out(learned):
        print(f"{name:6} {count:5} {rules:.3f} {weighed:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
