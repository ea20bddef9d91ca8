"""What stands in the model for each claim of the report, and whether it exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from maabar.scenario.claims import Claim
from maabar.scenario.schema import SECTIONS, Scenario

MECHANISMS = (
    "timeline",
    "strikes",
    "threat",
    "posture",
    "allegiance",
    "diplomacy",
    "contest",
    "deployment",
    "trade",
    "finance",
    "recruitment",
    "civilians",
)
PATTERNS = tuple(f"P{number}" for number in range(1, 12))


def coverage(scenario: Scenario) -> list[dict[str, Any]]:
    """Each claim, and what stands for it.

    Parameters
    ----------
    scenario : Scenario
        As loaded.

    Returns
    -------
    list of dict
        ``claim, type, role, by, reason`` in the order of claims.yaml; role is one of initial state,
        mechanism, pattern, timeline, context, not modelled; `by` lists paths, mechanisms, patterns
        or rows.  `unfounded` tells which of those do not exist; `check` makes findings of them.

    Examples
    --------
    >>> from maabar.scenario.load import load
    >>> coverage(load("two-crossings"))
    []
    """
    return [
        {
            "claim": name,
            "type": claim.type,
            "role": claim.modelled.role,
            "by": list(claim.modelled.by),
            "reason": claim.modelled.reason,
        }
        for name, claim in scenario.claims.items()
    ]


def unfounded(scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    """Claims that something stands for which does not exist: id, what was said, what could be.

    Parameters
    ----------
    scenario : Scenario
        As loaded.
    """
    for name, claim in scenario.claims.items():
        for said, expected in _unfounded(scenario, claim):
            yield name, said, expected


def _unfounded(scenario: Scenario, claim: Claim) -> Iterator[tuple[str, str]]:
    role, by = claim.modelled.role, claim.modelled.by
    if role in ("context", "not modelled"):
        if by:
            yield ", ".join(by), "a reason, and no `by`"
        if not claim.modelled.reason:
            yield "no reason", "the reason"
        return
    rows = {row.id for row in scenario.timeline}
    tests = {
        "initial state": (lambda one: _stands(scenario, one), "a path of the scenario"),
        "mechanism": (MECHANISMS.__contains__, f"one of {', '.join(MECHANISMS)}"),
        "pattern": (PATTERNS.__contains__, "P1 to P11"),
        "timeline": (rows.__contains__, "the id of a row"),
    }
    exists, expected = tests[role]
    if not by:
        yield "nothing", expected
    for one in by:
        if not exists(one):
            yield one, expected


def _stands(scenario: Scenario, path: str) -> bool:
    return path.split(".")[0] in SECTIONS and scenario.at(path) is not None
