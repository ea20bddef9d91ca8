"""A plan is named by everything that changes results, and by nothing else."""

from types import SimpleNamespace

import pytest

from maabar.engine.replicate import CHUNK, record_days
from maabar.ensemble.plan import KEEPS, STEP, RunPlan, code, mechanism_name, plan
from maabar.errors import UseError

pytestmark = pytest.mark.uncompiled

SCENARIO = SimpleNamespace(id="toy", source_hash="a" * 64, days=30)
PLAN = RunPlan("toy", "a" * 64, ("x",), "0.1.0+1", 1, 20, 30, 7, ("strikes", "trade"))


@pytest.mark.parametrize(
    "other",
    [
        {"source": "b" * 64},
        {"changes": ()},
        {"code": "0.1.0+2"},
        {"seed": 2},
        {"replicates": 21},
        {"days": 31},
        {"every": 1},
        {"mechanisms": ("trade", "strikes")},
        {"past": (0, 10)},
        {"keep": "summary"},
        {"device": "cuda"},
        {"own": (1.0,)},
    ],
)
def test_every_input_changes_the_id(other: dict[str, object]) -> None:
    assert PLAN._replace(**other).id != PLAN.id


def test_the_id_says_the_scenario_and_is_stable() -> None:
    assert PLAN.id == PLAN._replace(seed=1).id
    assert PLAN.id.startswith("toy-")
    assert len(PLAN.id) == len("toy-") + 8


@pytest.mark.parametrize("replicates", [1, 7, 8, 9, 16, 100])
def test_chunks_hold_every_replicate_once(replicates: int) -> None:
    some = PLAN._replace(replicates=replicates)
    held = [
        replicate
        for number in some.chunks()
        for first, count in [some.span(number)]
        for replicate in range(first, first + count)
    ]
    assert held == list(range(replicates))
    assert all(some.span(number)[0] == number * some.chunk for number in some.chunks())


@pytest.mark.parametrize(("days", "every"), [(30, 7), (28, 7), (1, 7), (5, 1), (7, 7)])
def test_recorded_days_are_the_engines(days: int, every: int) -> None:
    assert PLAN._replace(days=days, every=every).record_days() == list(record_days(days, every))


def test_chunks_are_the_engines() -> None:
    assert RunPlan._field_defaults["chunk"] == CHUNK == STEP
    assert set(KEEPS.values()) - {KEEPS["summary"]} == {CHUNK}


@pytest.mark.parametrize("keep", KEEPS)
def test_steps_hold_every_replicate_of_a_chunk_once(keep: str) -> None:
    some = PLAN._replace(replicates=300, keep=keep, chunk=KEEPS[keep])
    held = [
        replicate
        for number in some.chunks()
        for first, count in some.steps(number)
        for replicate in range(first, first + count)
    ]
    assert held == list(range(300))
    assert all(count <= STEP for number in some.chunks() for _, count in some.steps(number))


def test_what_is_usual_is_no_part_of_the_inputs() -> None:
    assert not {"past", "keep", "device", "own"} & set(PLAN.inputs())
    assert PLAN._replace(keep="summary").inputs()["keep"] == "summary"
    with pytest.raises(UseError, match="nothing called"):
        plan(SCENARIO, replicates=8, seed=1, days=None, every=7, mechanisms=(), keep="nothing")


@pytest.mark.parametrize(
    "wrong",
    [
        {"replicates": 0},
        {"replicates": 2.5},
        {"replicates": True},
        {"seed": -1},
        {"seed": 2**32},
        {"days": 0},
        {"every": 0},
    ],
)
def test_impossible_numbers_are_refused(wrong: dict[str, object]) -> None:
    given = {"replicates": 8, "seed": 1, "days": None, "every": 7} | wrong
    with pytest.raises(UseError, match=next(iter(wrong))):
        plan(SCENARIO, mechanisms=(), **given)


def test_days_are_the_scenarios_unless_said() -> None:
    some = plan(SCENARIO, replicates=8, seed=1, days=None, every=7, mechanisms=("trade",))
    assert (some.days, some.scenario, some.source) == (30, "toy", "a" * 64)
    assert some.code == code()


def test_an_own_mechanism_is_named_by_its_text() -> None:
    def flood(world, state, log, key, day):
        pass

    first = mechanism_name(flood)

    def flood(world, state, log, key, day):
        day + 1

    assert first.startswith("flood@")
    assert first != mechanism_name(flood)
