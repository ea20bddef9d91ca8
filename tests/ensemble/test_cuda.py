"""The GPU's kernel: decisions of the CPU in the simulator, and PTX where its compiler is installed."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maabar.engine.state import EVENT, readable
from maabar.ensemble import cuda
from maabar.errors import UseError
from maabar.results.run import run

HERE = Path(__file__).parent
BOTH = """
    import datetime, functools
    import numpy as np
    from maabar.engine.day import DAY
    from maabar.ensemble import cuda, threads
    from maabar.ensemble.job import Job
    from maabar.ensemble.plan import plan
    from maabar.results.session import listed
    from maabar.scenario.load import load
    from maabar.world import build

    def own(world, state, log, key, day):
        state.run[0].released += 1

    def both(name, day=DAY, batch=64, warm_up=None, **asked):
        scenario = load(name)
        if warm_up is not None:
            start = scenario.observe_from - datetime.timedelta(days=warm_up)
            scenario = scenario.model_copy(update={"warm_up_from": start})
        world, _ = build(scenario)
        given = {"replicates": 11, "seed": 5, "days": 25, "every": 7} | asked
        cuda.Device.batch = batch if callable(batch) else lambda self: batch
        found = []
        for compute in (cuda.run, functools.partial(threads.run, threads=1)):
            kept = {}
            plans = plan(scenario, mechanisms=[getattr(one, "__name__", one) for one in day], **given)
            compute([Job(plans, world, functools.partial(listed, day=day), kept.__setitem__)])
            assert sorted(kept) == list(plans.chunks())
            found.append([kept[number] for number in sorted(kept)])
        for ours, theirs in zip(*found, strict=True):
            for name, one, other in zip(ours._fields, ours, theirs, strict=True):
                assert one.shape == other.shape, name
                for field in one.dtype.names or ("",):
                    a, b = (one[field], other[field]) if field else (one, other)
                    if a.dtype.kind == "i":
                        assert np.array_equal(a, b), (name, field)
                    else:
                        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12, err_msg=name)
        return found[0]
"""


def simulated(script: str) -> None:
    """Run a script where kernels are simulated."""
    given = os.environ | {"NUMBA_ENABLE_CUDASIM": "1", "NUMBA_DISABLE_JIT": "1"}
    made = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(BOTH) + textwrap.dedent(script)],
        env=given,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert made.returncode == 0, made.stderr[-3000:]


def test_decisions_are_those_of_the_cpu() -> None:
    simulated(
        """
        chunks = both("two-crossings", replicates=9, days=25)
        assert sum(len(one.events) for one in chunks) > 5
        """
    )


def test_a_kernel_that_stops_in_silence_is_noticed() -> None:
    simulated(
        """
        from maabar.engine.replicate import MechanismError

        cuda.kernel = lambda world, functions: lambda *given: None
        try:
            both("two-crossings")
        except MechanismError as problem:
            assert "exception on the GPU" in str(problem), problem
        else:
            raise AssertionError("zeros were taken for results")
        """
    )


def test_a_batch_of_any_size_and_a_log_that_is_full() -> None:
    simulated(
        """
        cuda.EVENTS = 1
        both("two-crossings", replicates=9, batch=8, days=15)
        batches = []
        launch = cuda.Device._launch
        cuda.Device._launch = lambda self, *span: batches.append(span) or launch(self, *span)
        both("two-crossings", replicates=20, batch=lambda self: 16 if self.events < 2 else 8, days=15)
        assert batches[0] == (0, 16) and max(count for _, count in batches[1:]) == 8, batches
        """
    )


def test_what_the_compiler_refuses_is_said_in_a_sentence() -> None:
    simulated(
        """
        from numba.core.errors import TypingError
        from maabar.errors import RunError

        def refuse(self, *span):
            raise TypingError("Failed in cuda mode\\nNo implementation of zeros:\\n >>> zeros")

        cuda.Device._launch = refuse
        try:
            both("two-crossings")
        except RunError as problem:
            assert "(No implementation of zeros)" in str(problem), problem
        else:
            raise AssertionError("nothing was said")
        """
    )


def test_the_shipped_scenario_with_its_warm_up() -> None:
    simulated('both("asharah", replicates=1, days=2, warm_up=2)')


def test_a_fork_and_a_users_mechanism() -> None:
    simulated(
        """
        both("two-crossings", replicates=3, days=12, from_day=8, of=2)
        chunks = both("two-crossings", replicates=2, days=8, day=[*DAY, own])
        plain = both("two-crossings", replicates=2, days=8)
        assert (chunks[0].series != plain[0].series).any()
        """
    )


def test_a_whole_run_says_what_computed_it(tmp_path: Path) -> None:
    simulated(
        f"""
        from maabar.results.run import run
        from maabar.results.store import Store
        cuda.Device.batch = lambda self: 8
        given = dict(replicates=10, days=10)
        there = run("two-crossings", out={str(tmp_path / "there")!r}, on="cuda", **given)
        here = run("two-crossings", out={str(tmp_path / "here")!r}, **given)
        assert there.provenance["inputs"]["device"] == "cuda"
        assert Store(there.path).plan.id != Store(here.path).plan.id
        assert there.outcomes == here.outcomes
        """
    )


@pytest.mark.skipif(not cuda.unavailable(), reason="there is a GPU")
def test_without_a_gpu_it_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UseError, match="no GPU here"):
        run("two-crossings", out=tmp_path / "run", on="cuda", replicates=8, days=10)
    assert not list(tmp_path.iterdir())


def test_logs_are_read_as_far_as_they_are_written() -> None:
    rows = np.zeros((3, 4), EVENT)
    rows["row"] = np.arange(4)
    rows["replicate"] = np.arange(3)[:, None]
    found = cuda._written(readable(rows), np.array([[2], [0], [4]]))
    assert found["replicate"].tolist() == [0, 0, 2, 2, 2, 2]
    assert found["row"].tolist() == [0, 1, 0, 1, 2, 3]


@pytest.mark.skipif(
    importlib.util.find_spec("numba_cuda") is None, reason="needs maabar[gpu]: CUDA's compiler"
)
@pytest.mark.parametrize("scenario", ["two-crossings"])
def test_the_whole_day_compiles_to_ptx(scenario: str) -> None:
    # the simulator takes calls that the compiler refuses; this needs no GPU
    made = subprocess.run(
        [sys.executable, HERE.parents[1] / "bench" / "ptx.py", scenario],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert made.returncode == 0, made.stderr[-3000:]
    assert "PTX" in made.stdout


def test_a_gpu_gives_the_decisions_of_the_cpu(tmp_path: Path) -> None:
    if cuda.unavailable():
        pytest.skip("no GPU here")
    given: dict[str, Any] = {"replicates": 256, "days": 120}
    there = run("two-crossings", out=tmp_path / "there", on="cuda", **given)
    here = run("two-crossings", out=tmp_path / "here", **given)
    same = sum(
        [one["kind"] for one in there.events(k)] == [one["kind"] for one in here.events(k)]
        for k in range(256)
    )
    assert same >= 250
    for name, one in here.outcomes.items():
        other = there.outcomes[name]
        if one["mean"] is not None and one["mcse"]:
            assert abs(other["mean"] - one["mean"]) < 4 * one["mcse"], name
