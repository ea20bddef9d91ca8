"""Forks: many futures from one saved past, and changes that begin where they part.

The past is that of one replicate up to the morning of a day; each future goes on from there on its
own draws.  A change may not reach back: the past is computed with and without the changes, and they
must agree in everything the model remembers.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from maabar.ensemble.plan import RunPlan
from maabar.errors import RunError, UseError


def past(plan: RunPlan, space: Any, mechanisms: Any, engine: Any = None) -> Any:
    """What the futures of a fork share.

    Parameters
    ----------
    plan : RunPlan
        Of a fork.
    space : Workspace
    mechanisms : Mechanisms
    engine : module, optional
        What offers `pause`; the shipped engine unless said.

    Raises
    ------
    RunError
        Where the replicate does not get so far.
    """
    if engine is None:
        from maabar.engine import replicate as engine
    replicate, day = plan.past
    try:
        return engine.pause(
            space, mechanisms, seed=plan.seed, replicate=replicate, day=day, every=plan.every
        )
    except ValueError as problem:
        raise RunError(f"no fork: {problem}; fork another replicate, or earlier") from None


def begun(changes: Iterable[Any], on: datetime.date) -> list[Any]:
    """The same changes, from a day on where they said no date and could begin on one.

    Parameters
    ----------
    changes : iterable of Change
    on : date
        Day of the fork.

    Examples
    --------
    >>> from maabar.scenario.load import load
    >>> change, = load("two-crossings", changes=["patrons.coast.levy=0.1"]).changes_applied
    >>> begun([change], datetime.date(2030, 3, 1))[0].steps[0].since
    datetime.date(2030, 3, 1)
    """
    return [
        change.model_copy(
            update={
                "steps": tuple(
                    step.model_copy(update={"since": on})
                    if step.path and step.since is None and step.is_number
                    else step
                    for step in change.steps
                )
            }
        )
        for change in changes
    ]


def keep_to(plan: RunPlan, scenario: Any, base: Any, listed: Callable[[Any], Any]) -> None:
    """Make sure that a fork has a past, and that its changes leave it as it was.

    Parameters
    ----------
    plan : RunPlan
        Of a fork.
    scenario, base : Scenario
        With and without the changes; `base` None where there are none.
    listed : callable
        World to its compiled mechanisms.

    Raises
    ------
    RunError
        Where the replicate does not get so far.
    UseError
        Where a change shows before the day of the fork.
    """
    from maabar.engine.replicate import workspace
    from maabar.variables import STATE
    from maabar.world import build

    spaces, pasts = [], []
    for one in (scenario, base):
        if one is not None:
            world, _ = build(one, own=plan.own)
            spaces.append(workspace(world))
            pasts.append(past(plan, spaces[-1], listed(world)))
    remembered = [table for table, spec in STATE.items() if spec.dims != ("row",)]
    same = np.array_equal(pasts[0].events, pasts[-1].events) and all(
        np.array_equal(getattr(spaces[0].state, table), getattr(spaces[-1].state, table))
        for table in remembered
    )
    if not same:
        raise UseError(
            f"the changes ({', '.join(plan.changes)}) show before day {plan.past[1]}, where the "
            "futures part; give them a later date (since: or @DATE), or fork earlier"
        )
