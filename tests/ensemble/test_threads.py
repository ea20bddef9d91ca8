"""Chunks are computed once each, on as many threads as asked for, and can be stopped."""

import threading
import time
from typing import Any

import pytest

from maabar.ensemble import threads
from maabar.ensemble.job import Job
from maabar.ensemble.plan import RunPlan

pytestmark = pytest.mark.uncompiled

PLAN = RunPlan("toy", "", (), "", 3, 60, 30, 7, ())


class Engine:
    """Offers what the engine offers; a chunk is what it was asked for."""

    def __init__(self, pause: float = 0.0) -> None:
        self.pause = pause
        self.lock = threading.Lock()
        self.busy = self.busiest = 0
        self.spaces: dict[int, set[str]] = {}

    def workspace(self, world: Any) -> object:
        return object()

    def simulate(self, space: object, mechanisms: Any, **asked: int) -> dict[str, int]:
        with self.lock:
            self.spaces.setdefault(id(space), set()).add(threading.current_thread().name)
            self.busy += 1
            self.busiest = max(self.busiest, self.busy)
        time.sleep(self.pause)
        with self.lock:
            self.busy -= 1
        return asked


def run(engine: Engine, **more: Any) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    given = {key: more.pop(key) for key in ("sink", "finished") if key in more}
    job = Job(PLAN, None, lambda world: None, **{"sink": found.__setitem__} | given)
    threads.run([job], engine=engine, **more)
    return found


@pytest.mark.parametrize("count", [1, 2, 5])
def test_every_chunk_once_whatever_the_threads(count: int) -> None:
    seen: list[int] = []
    found = run(Engine(0.001), threads=count, progress=seen.append)
    assert sorted(found) == list(range(8))
    assert [found[7][key] for key in ("first", "count", "seed", "days", "every")] == [
        56,
        4,
        3,
        30,
        7,
    ]
    assert sum(seen) == 60


def test_no_more_threads_than_asked_for_each_with_its_own_workspace() -> None:
    engine = Engine(0.01)
    run(engine, threads=3)
    assert 1 < engine.busiest <= 3
    assert all(len(names) == 1 for names in engine.spaces.values())
    assert len(engine.spaces) <= 4  # three, and the calling thread's for the first chunk


def test_compiling_is_done_by_the_caller_and_all_else_by_threads() -> None:
    # once, and where Ctrl-C reaches it
    seen: list[tuple[int, str]] = []

    class Watched(Engine):
        def simulate(self, space: object, mechanisms: Any, **asked: int) -> dict[str, int]:
            seen.append((asked["count"], threading.current_thread().name))
            return super().simulate(space, mechanisms, **asked)

    run(Watched(), threads=2)
    assert seen[0] == (0, threading.current_thread().name)
    assert sum(count for count, _ in seen) == 60
    assert all(count and name.startswith("maabar") for count, name in seen[1:])


def test_finished_chunks_are_left_out() -> None:
    assert sorted(run(Engine(), threads=2, finished={0, 3, 7})) == [1, 2, 4, 5, 6]
    assert run(Engine(), threads=2, finished=range(8)) == {}


def test_cancelling_finishes_what_has_begun_and_begins_no_other() -> None:
    cancel = threading.Event()
    found: dict[int, Any] = {}

    def sink(number: int, chunk: Any) -> None:
        found[number] = chunk
        if number >= 2:
            cancel.set()

    run(Engine(0.005), threads=2, sink=sink, cancel=cancel)
    assert {0, 1, 2} <= set(found)
    assert len(found) < 8


def test_ctrl_c_keeps_what_has_begun() -> None:
    found: dict[int, Any] = {}
    seen: list[int] = []

    def progress(count: int) -> None:
        seen.append(count)
        if len(seen) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Engine(0.005), threads=2, sink=found.__setitem__, progress=progress)
    assert 3 <= len(found) < 8


def test_an_error_of_the_sink_stops_the_run() -> None:
    found: list[int] = []

    def sink(number: int, chunk: Any) -> None:
        found.append(number)
        if number == 2:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        run(Engine(0.005), threads=2, sink=sink)
    assert len(found) < 8


def test_in_flight_is_bounded() -> None:
    waiting = threading.Event()
    begun: list[int] = []

    def sink(number: int, chunk: Any) -> None:
        begun.append(number)
        waiting.wait(5)

    worker = threading.Thread(target=run, args=(Engine(),), kwargs={"threads": 2, "sink": sink})
    worker.start()
    deadline = time.monotonic() + 10
    while len(begun) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.05)
    assert len(begun) == 2  # one on each thread
    waiting.set()
    worker.join(10)
    assert sorted(begun) == list(range(8))


def test_several_plans_are_stopped_in_balance() -> None:
    cancel = threading.Event()
    found: list[tuple[str, int]] = []

    def sink(name: str) -> Any:
        def take(number: int, chunk: Any) -> None:
            found.append((name, number))
            if len(found) == 12:
                cancel.set()

        return take

    plan = PLAN._replace(replicates=160)
    jobs = [Job(plan, None, lambda world: None, sink(name)) for name in "abc"]
    threads.run(jobs, engine=Engine(0.002), threads=2, cancel=cancel)
    kept = [sum(one == name for one, _ in found) for name in "abc"]
    assert sum(kept) >= 12
    assert max(kept) - min(kept) <= 3  # two that run at once, and one turn
    assert sorted(found) == [
        (name, number) for name, n in zip("abc", kept, strict=True) for number in range(n)
    ]


def test_a_chunk_is_harvested_step_by_step() -> None:
    found: dict[int, list[tuple[int, int]]] = {}
    job = Job(
        PLAN._replace(chunk=24, keep="summary"),
        None,
        lambda world: None,
        found.__setitem__,
        lambda steps: [(step["first"], step["count"]) for step in steps],
    )
    threads.run([job], engine=Engine(), threads=2)
    assert found[0] == [(0, 8), (8, 8), (16, 8)]
    assert found[2] == [(48, 8), (56, 4)]
