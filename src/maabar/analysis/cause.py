"""What an event came from: its tree of causes, and the decisions that could be forbidden.

An event is a decision (a realignment), an act from outside (a closure), or a consequence of another
one (a takeover after a clash, unpaid wages).  A decision is removed by a veto on it, an act by a
veto on all rows of the timeline behind it; what is only a consequence cannot be removed by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from maabar.analysis.replay import Outcome, Replay, Veto
from maabar.engine import process
from maabar.results.event import POSTURES
from maabar.variables import EVENTS

KINDS = [kind.name for kind in EVENTS]
ACTS = ("closure", "opening", "pay change", "toll change", "change", "siege", "prison release")
CONSEQUENCES = ("siege lifted", "unpaid", "vacated")
SOMEWHERE = (*POSTURES, "withdrawal", "attack", *ACTS, "siege lifted")
"""Kinds that are the same event only in the same place."""
ON_RECORD = 1 << 28  # as in maabar.mechanisms.strikes

Tree = dict[int, dict[int, float]]
"""Row of an event to the rows that moved it, with their weights."""


def ordered(weights: Mapping[int, float]) -> list[int]:
    """Causes, the weightiest first; of equal ones the latest.

    Examples
    --------
    >>> ordered({3: 0.0, 7: 0.0, 5: 1.5})
    [5, 7, 3]
    """
    return sorted(weights, key=lambda row: (-weights[row], -row))


def ancestors(causes: Tree, row: int) -> list[int]:
    """All events that an event came from, directly or not, the nearest first.

    Examples
    --------
    >>> ancestors({5: {3: 1.0, 4: 2.0}, 4: {3: 1.0}, 3: {0: 1.0}}, 5)
    [4, 3, 0]
    """
    found: dict[int, None] = {}
    coming = [row]
    while coming:
        one = coming.pop(0)
        for cause in ordered(causes.get(one, {})):
            if cause not in found:
                found[cause] = None
                coming.append(cause)
    return list(found)


def source(again: Outcome, causes: Tree, row: int) -> int | None:
    """The decision or act that an event is or came with; None: a mere consequence.

    A takeover comes with the clash that was won (or with the claim to what was vacant), an
    agreement with the meeting, an end given up in a withdrawal with that withdrawal.
    """
    events = again.events
    kind = KINDS[events["kind"][row]]
    if kind in ("agreement", "takeover", "vacated"):
        for cause in causes.get(row, {}):
            before = KINDS[events["kind"][cause]]
            soon = events["day"][cause] == events["day"][row]
            if soon and (kind, before) in (
                ("agreement", "meeting"), ("takeover", "clash"), ("vacated", "withdrawal")
            ):  # fmt: skip
                return cause
    if kind in CONSEQUENCES:
        return None
    return row


def vetoes(replay: Replay, again: Outcome, causes: Tree, row: int) -> list[Veto]:
    """What has to be forbidden so that an event does not happen; nothing for a consequence.

    Parameters
    ----------
    replay : Replay
    again : Outcome
        The replicate as it was.
    causes : dict
        Its causes.
    row : int
        The event.
    """
    at = source(again, causes, row)
    if at is None:
        return []
    one = again.events[at]
    day = int(one["day"]) + replay.observe_day
    return [(day, int(process), int(i), int(j)) for process, i, j in _keys(again, at, one)]


def _keys(again: Outcome, row: int, one: Any) -> Iterator[tuple[int, int, int]]:
    kind, g, h, p = KINDS[one["kind"]], one["actor"], one["target"], one["place"]
    x, e = one["crossing"], one["end"]
    match kind:
        case "strike":
            on_record, number = int(one["term_4"]), int(one["term_5"])
            actor = ON_RECORD | on_record if on_record >= 0 else int(g) << 16 | number
            yield process.TARGET, actor, 0
        case "flag raised":
            yield process.FLAG, g, 0
        case "realignment":
            yield process.PATRON, g, h
        case "meeting":
            yield process.MEETING, g, h
        case "breakdown":
            yield process.LEAVING, g, 0
        case "clash" if not _is_race(again, row):
            yield process.ATTACK, x, e
        case "clash" | "takeover":
            yield process.CLAIM, x, e
        case "withdrawal":
            yield process.DEPLOYMENT, g, 2 * (p + 1) + (0 if one["term_5"] else 1)
        case "attack":
            before = again.events[:row]
            same = (before["kind"] == one["kind"]) & (before["day"] == one["day"])
            yield process.SIEGE_ATTACKS, p, int((same & (before["place"] == p)).sum())
        case _ if kind in POSTURES:
            yield process.MEN_POSTURE + int(one["term_5"]), g, p
        case _ if kind in ACTS:
            for r in again.acts.get(row, ()):
                yield process.OFFER, r, 0


def _is_race(again: Outcome, row: int) -> bool:
    """Whether a clash was over a vacant end: a takeover from nobody follows at once."""
    events = again.events
    if row + 1 >= len(events):
        return False
    one, after = events[row], events[row + 1]
    return bool(
        KINDS[after["kind"]] == "takeover"
        and after["target"] < 0
        and all(after[field] == one[field] for field in ("day", "crossing", "end"))
    )


def recurs(again: Outcome, row: int, other: Outcome, first: int, near: int) -> int | None:
    """The day on which an event happens in another future, if it does.

    Parameters
    ----------
    again : Outcome
        Where it happened.
    row : int
        Its row.
    other : Outcome
        Where it may happen.
    first : int
        Day of the removed cause: what was before it is the same and does not count.
    near : int
        How many days sooner or later it may be.

    Returns
    -------
    int or None
        The nearest day; the same event has the same kind, actor and target, and where they matter
        the same end of a crossing and the same place.
    """
    one, events = again.events[row], other.events
    same = events["kind"] == one["kind"]
    fields = ["actor", "target", "crossing", "end"]
    if KINDS[one["kind"]] in SOMEWHERE:
        fields.append("place")
    for field in fields:
        same &= events[field] == one[field]
    days = events["day"][same]
    apart = abs(days - one["day"])
    days = days[(days >= first) & (apart <= near)]
    return int(days[abs(days - one["day"]).argmin()]) if len(days) else None
