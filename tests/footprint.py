"""What a mechanism touches, seen from outside: bytes before and after, with the compiler off.

Every mechanism of a day runs twice from the same state: once as it is, and once with every field
that it does not declare filled with what would show (NaN, indices far out of range).  If the second
run gives the same in all declared fields and in the log, nothing undeclared was read; if what was
filled in is still there, nothing undeclared was written.

NUMBA_DISABLE_JIT=1 .venv/bin/python -m tests.footprint     # prints what is wrong, as JSON
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings

from maabar.engine import replicate
from maabar.engine.census import census
from maabar.engine.day import DAY, mechanism
from maabar.engine.state import new_log
from maabar.scenario.load import load
from maabar.variables import EVENTS, STATE, WORLD
from maabar.world import build
from tests.conftest import Bench, eager
from tests.fiction import Fiction, scenarios, write

POISON = {"f8": np.nan, "i8": 1 << 40}


def declared(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Fields that a mechanism says it touches, and those it says it writes."""
    module = import_module(f"maabar.mechanisms.{name}")
    return frozenset(module.READS) | frozenset(module.WRITES), frozenset(module.WRITES)


def fields(space: replicate.Workspace) -> dict[str, np.ndarray]:
    """A view of every field of world and state, by its name in READS and WRITES."""
    found = {}
    for side, spec, tables in (("world", WORLD, space.world), ("state", STATE, space.state)):
        for table, rows in spec.items():
            for field in rows.fields:
                found[f"{side}.{table}.{field.name}"] = getattr(tables, table)[field.name]
    return found


def _snapshot(space: replicate.Workspace) -> list[np.ndarray]:
    buffers = (space.world.raw, space.state.raw, *space.log)
    return [one.copy() for one in buffers]


def _restore(space: replicate.Workspace, saved: list[np.ndarray]) -> None:
    for one, copy in zip((space.world.raw, space.state.raw, *space.log), saved, strict=True):
        one[...] = copy


def trespasses(
    space: replicate.Workspace,
    whole: dict[str, np.ndarray],
    name: str,
    act: Callable[..., None],
    key: Any,
    day: int,
) -> list[str]:
    """Undeclared fields that a mechanism reads or writes on this day."""
    touches, writes = declared(name)
    anywhere = "world.raw" in writes  # the timeline sets any number of the world
    outside = [
        one for one in whole if one not in touches and not (anywhere and one.startswith("world."))
    ]
    saved, before = _snapshot(space), _copies(whole)
    first = int(space.log.head["events"][0])
    act(space.world, space.state, space.log, key, day)
    clean_run, clean = _snapshot(space), _copies(whole)
    wrong = [
        f"{name} writes {one}"
        for one in whole.keys() - writes
        if not (anywhere and one.startswith("world.")) and not _same(clean[one], before[one])
    ]
    kinds = space.log.event["kind"][first : int(space.log.head["events"][0])]
    emits = import_module(f"maabar.mechanisms.{name}").EMITS
    wrong += [f"{name} emits {EVENTS[k].name}" for k in kinds if EVENTS[k].name not in emits]
    _restore(space, saved)
    for one in outside:
        whole[one][...] = POISON[whole[one].dtype.str[1:]]
    try:
        act(space.world, space.state, space.log, key, day)
    except (IndexError, OverflowError, ValueError) as trouble:
        wrong.append(f"{name} reads something undeclared: {trouble}")
    else:
        wrong += [f"{name} writes {one}" for one in outside if not _poisoned(whole[one])]
        wrong += [
            f"{name}: {one} depends on something undeclared"
            for one in whole.keys() - {*outside}
            if not _same(whole[one], clean[one])
        ]
        log = zip(space.log, clean_run[2:], strict=True)
        if any(now.tobytes() != then.tobytes() for now, then in log):
            wrong.append(f"{name}: the log depends on something undeclared")
    _restore(space, clean_run)
    return wrong


def _copies(whole: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {one: values.copy() for one, values in whole.items()}


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


def _poisoned(values: np.ndarray) -> bool:
    poison = POISON[values.dtype.str[1:]]
    return bool(np.isnan(values).all() if values.dtype.kind == "f" else (values == poison).all())


def set_out(here: Bench, number: int) -> tuple[replicate.Workspace, Any]:
    """The first morning of a replicate, and its key."""
    space, key = here.space, (np.uint64(1), np.uint64(number))
    space.log = new_log(1000)  # little to copy
    replicate._start(space.world, space.state, space.log, space.template, key, number)
    census(space.world, space.state, 0)
    return space, key


def walk(here: Bench, days: int, number: int = 0) -> tuple[set[str], Counter[str]]:
    """All trespasses of some days of one replicate, and the events that happened in them."""
    space, key = set_out(here, number)
    whole = fields(space)
    wrong: set[str] = set()
    for day in range(days):
        census(space.world, space.state, day)
        for name in DAY:
            wrong |= {*trespasses(space, whole, name, mechanism(name), key, day)}
    events = space.log.event["kind"][: int(space.log.head["events"][0])]
    return wrong, Counter(EVENTS[number].name for number in events)


def caught() -> dict[str, list[str]]:
    """What is found in a mechanism that does what it does not declare."""

    def hides(touch: Callable[[Any, Any], None]) -> list[str]:
        def act(world: Any, state: Any, log: Any, key: Any, day: int) -> None:
            mechanism("threat")(world, state, log, key, day)
            touch(world, state)

        space, key = set_out(eager("two-crossings"), 0)
        return trespasses(space, fields(space), "threat", act, key, 0)

    def write(world: Any, state: Any) -> None:
        state.group["cash"][0] += 1.0

    def read(world: Any, state: Any) -> None:
        state.group["shock"][0] += state.group["cash"][0]

    def change(world: Any, state: Any) -> None:
        world.striker["deceived"][0] *= 0.5

    def follow(world: Any, state: Any) -> None:
        state.group["shock"][state.crossing_end["holder"][0, 0]] += 1.0

    return {
        "nothing": hides(lambda world, state: None),
        "write": hides(write),
        "read": hides(read),
        "change": hides(change),
        "follow": hides(follow),
    }


def main() -> None:
    """Walk through worlds in which every decision is taken often."""
    wrong: set[str] = set()
    seen: Counter[str] = Counter()

    def note(here: Bench, days: int) -> None:
        found, events = walk(here, days)
        wrong.update(found)
        seen.update(events)

    @settings(
        max_examples=6,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(scenarios())
    def note_made_up(said: Fiction) -> None:
        with TemporaryDirectory() as folder:
            scenario = load(write(said, Path(folder)), allow_unsourced=True)
        world, names = build(scenario)
        day = replicate.mechanisms(world)
        note(Bench(scenario, world, names, replicate.workspace(world), day), 30)

    note(eager("two-crossings"), 25)
    note_made_up()
    json.dump({"wrong": sorted(wrong), "seen": seen, "caught": caught()}, sys.stdout)


if __name__ == "__main__":
    main()
