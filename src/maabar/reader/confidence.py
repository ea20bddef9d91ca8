"""How sure a claim is: the share right among claims with the same evidence, measured.

`evidence` counts what speaks for a claim, 0 to 5. ``confidence.yaml`` holds how many claims of each
count were right on reports that no rule was made from, and which those were; it is made by
``python -m maabar.reader.evaluate FOLDER --calibrate``. Shares are smoothed by four claims of the
mean and kept from falling as the evidence grows (pool adjacent violators).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from maabar.reader.claim import Claim

TABLE = Path(__file__).with_name("confidence.yaml")
SMOOTHING = 4
MODEL = 0.5
"""Confidence of a language model's claim: not measured."""

CLEAR = frozenset({"STRIKE", "DETENTION", "CASUALTIES", "CLASH", "WITHDRAWAL", "RELEASE", "MEETING",
                   "RECRUITMENT", "SIEGE", "RAISE_FLAG", "AGREEMENT", "TAKEOVER"})  # fmt: skip


def evidence(claim: Claim) -> int:
    """Evidence for a claim, 0 to 5: a clear type, a named subject, asserted, with details."""
    how = claim.evidence[0] if claim.evidence else ""
    points = 1
    points += claim.type in CLEAR
    points += how in ("after", "agent", "genitive", "light", "before")
    points += claim.tier == "explicit" and claim.modality == "asserted"
    points += bool(len(claim.args) >= 3 or claim.time)
    points -= claim.tier != "explicit"
    return max(0, min(5, points))


@lru_cache(maxsize=1)
def shares() -> dict[int, float]:
    """Share right by evidence, as measured.

    Examples
    --------
    >>> found = list(shares().values())
    >>> found == sorted(found)
    True
    """
    counts = yaml.load(TABLE.read_text("utf-8"), yaml.CSafeLoader)["counts"]
    mean = sum(c[0] for c in counts.values()) / max(1, sum(c[1] for c in counts.values()))
    blocks = [
        [right + SMOOTHING * mean, of + SMOOTHING, 1] for _, (right, of) in sorted(counts.items())
    ]
    k = 0
    while k + 1 < len(blocks):
        if blocks[k][0] / blocks[k][1] > blocks[k + 1][0] / blocks[k + 1][1]:
            blocks[k] = [a + b for a, b in zip(blocks[k], blocks.pop(k + 1), strict=True)]
            k = max(0, k - 1)
        else:
            k += 1
    found = [round(right / of, 2) for right, of, size in blocks for _ in range(int(size))]
    return dict(zip(sorted(counts), found, strict=True))


def confidence(claim: Claim) -> float:
    """Probability that the claim is right (type and place in the text)."""
    if claim.rule.startswith("llm"):
        return MODEL
    return shares()[evidence(claim)]
