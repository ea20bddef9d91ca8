"""An event's decision can be forbidden, and then it is gone and nothing before it has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from tests.analysis.conftest import EAGER

from maabar.analysis.cause import CONSEQUENCES, KINDS, ancestors, recurs, source, vetoes
from maabar.analysis.replay import Outcome, Replay, Stored
from maabar.results.run import Run

WHERE = ("kind", "actor", "target", "place", "crossing", "end")
WORLDS: dict[str, dict[str, Any]] = {
    "two-crossings": {"changes": EAGER, "replicates": 4, "days": 60},
    "siege": {"replicates": 2},
    "asharah": {"replicates": 2, "days": 60},
}


def alike(one: Outcome, event: np.void) -> int:
    """How many events of the same day are like this one."""
    same = one.events["day"] == event["day"]
    for field in WHERE:
        same &= one.events[field] == event[field]
    return int(same.sum())


def some(again: Outcome, each: int) -> list[int]:
    """A few events of every kind."""
    rows: list[int] = []
    for kind in np.unique(again.events["kind"]):
        found = np.flatnonzero(again.events["kind"] == kind)
        rows += found[:: max(1, len(found) // each)][:each].tolist()
    return rows


def test_an_event_that_is_forbidden_does_not_happen(made: Callable[..., Run]) -> None:
    seen: set[str] = set()
    for name, given in WORLDS.items():
        replay = Replay(made(name, **given).path)
        for stored in replay.stored(range(99)):
            again = replay.run(stored.replicate)
            replay.compare(stored, again)
            rows = some(again, 3)
            seen |= {KINDS[again.events["kind"][row]] for row in rows}
            for row in rows:
                forbid(replay, stored, again, row)
    rare = {"change", "unpaid"}
    assert set(KINDS) - seen <= rare, set(KINDS) - seen


def forbid(replay: Replay, stored: Stored, again: Outcome, row: int) -> None:
    """Forbid an event: one fewer of its like on its day, and all days before as they were."""
    event = again.events[row]
    veto = vetoes(replay, again, stored.causes, row)
    if not veto:
        assert KINDS[event["kind"]] in CONSEQUENCES
        return
    other = replay.run(stored.replicate, days=event["day"] + 1, veto=veto)
    assert alike(other, event) == alike(again, event) - 1, event
    early = int((again.events["day"] < event["day"]).sum())
    assert other.events[:early].tobytes() == again.events[:early].tobytes()


def test_a_veto_on_nothing_changes_nothing(replay: Replay) -> None:
    again, other = replay.run(3), replay.run(3, veto=[(5, 999, 0, 0), (10_000, 12, 1, 1)])
    assert again.events.tobytes() == other.events.tobytes()
    assert again.causes.tobytes() == other.causes.tobytes()


def test_an_act_is_forbidden_with_all_its_parts(made: Callable[..., Run]) -> None:
    size: dict[str, Any] = {"replicates": 1, "days": 90}
    plain = Replay(made("two-crossings", **size).path).run(0)
    changed = made(
        "two-crossings", changes=["patrons.*.pay_usd_month.local=x0.5@2030-01-20"], **size
    )
    replay = Replay(changed.path)
    again = replay.run(0)
    (row,) = np.flatnonzero(again.events["kind"] == KINDS.index("change")).tolist()
    veto = vetoes(replay, again, {}, row)
    assert len(veto) == 6  # two patrons, and three classes that are paid alike
    other = replay.run(0, veto=veto)
    fields = [field for field in plain.events.dtype.names if field not in ("term_4",)]
    assert other.events[fields].tolist() == plain.events[fields].tolist()
    one = replay.run(0, veto=veto[:3])
    assert one.events[fields].tolist() != plain.events[fields].tolist()


def test_what_comes_with_a_decision(made: Callable[..., Run]) -> None:
    replay = Replay(made("two-crossings", **WORLDS["two-crossings"]).path)
    found = set()
    for stored in replay.stored(range(99)):
        again = replay.run(stored.replicate)
        for row, event in enumerate(again.events):
            at = source(again, stored.causes, row)
            if at is not None and at != row:
                found.add((KINDS[event["kind"]], KINDS[again.events["kind"][at]]))
                assert again.events["day"][at] == event["day"]
    assert found == {("agreement", "meeting"), ("takeover", "clash"), ("vacated", "withdrawal")}


def test_ancestors_are_all_that_can_be_reached() -> None:
    causes = {9: {7: 1.0, 8: 2.0}, 8: {3: 0.0, 2: 0.0}, 7: {3: 1.0}, 5: {1: 1.0}}
    assert ancestors(causes, 9) == [8, 7, 3, 2]
    assert ancestors(causes, 5) == [1]
    assert ancestors(causes, 1) == []


def test_the_same_event_is_found_near_its_day(replay: Replay) -> None:
    stored: Stored = next(iter(replay.stored([0])))
    again = replay.run(0)
    for row, event in enumerate(again.events):
        assert recurs(again, row, again, int(event["day"]), 30) == event["day"]
    empty = again._replace(events=again.events[:0])
    assert recurs(again, 0, empty, 0, 30) is None
    late = again._replace(events=again.events.copy())
    late.events["day"] += 31
    last = len(stored.events) - 1
    alone = late._replace(events=late.events[last:])
    assert recurs(again, last, alone, 0, 30) is None
    assert recurs(again, last, alone, 0, 31) is not None
