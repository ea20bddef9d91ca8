"""Patterns of the report: each with its mechanism, and with the reason taken away.

A pattern is one or more comparisons.  A comparison measures a statistic in the shipped world and in
one where the reason is ablated while reviews happen all the same, on the same draws.  Its interval
is the 95 % of a bootstrap over replicates, both worlds resampled together.  The rule:

A comparison *bears out* what is told if (1) the interval of the difference, with less without, lies
wholly on the predicted side of zero; and (2) where the statistic is itself a contrast, its interval
with the mechanism does so too; and (3) where facts give a range, its mean with the mechanism lies
within.  A pattern *holds* if every comparison that decides does; else it *fails*.  Others
are reported beside them and decide nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from maabar.analysis import score, statistic
from maabar.analysis.score import Estimate, Interval
from maabar.analysis.trial import FIRST, SECOND, Arm, Observe, Observed, Progress, observe
from maabar.errors import UseError
from maabar.sentence import say

SIEGE = "siege"
PLAIN = Arm()


class Comparison(NamedTuple):
    """One statistic in two worlds.

    Parameters
    ----------
    name : str
        Of its sentence in the catalogue, ``pattern:<id>:<name>``.
    observe : callable
        Chunk to rows.
    estimate : callable
        Rows to the statistic.
    without : Arm
        The world without the reason.
    sign : int
        Predicted sign of with less without; 0: none is predicted, and it decides nothing.
    contrast : bool
        The statistic is itself a contrast, which must lie on the predicted side of zero.
    decides : bool
        Whether the verdict hangs on it.
    act, act_without : Arm, optional
        The statistic is the change that an act makes: these arms less those without the act.
    bounds : tuple of float, optional
        Range of the facts, for the mean with the mechanism.
    plain : Arm
        The world with the mechanism.
    """

    name: str
    observe: Observe
    estimate: Estimate
    without: Arm
    sign: int = 1
    contrast: bool = False
    decides: bool = True
    act: Arm | None = None
    act_without: Arm | None = None
    bounds: tuple[float, float] | None = None
    plain: Arm = PLAIN

    def arms(self) -> tuple[Arm, ...]:
        """The worlds that it needs."""
        arms = (self.plain, self.without, self.act, self.act_without)
        return tuple(arm for arm in arms if arm is not None)


class Pattern(NamedTuple):
    """What the report says must come out.

    Parameters
    ----------
    id : str
        P1 to P11.
    comparisons : tuple of Comparison
        The first is the one that the table shows.
    scenario : str
        Where it is measured; empty: in the scenario asked for.
    """

    id: str
    comparisons: tuple[Comparison, ...]
    scenario: str = ""


def _without(*changes: str) -> Arm:
    return Arm(changes)


_fuel: dict[str, Any] = {
    "estimate": score.mean,
    "without": _without("ablate-price-response"),
    "act": _without("crossings-closed"),
    "act_without": _without("crossings-closed", "ablate-price-response"),
    "contrast": True,
}
_recruits: dict[str, Any] = {
    "observe": statistic.recruits,
    "estimate": score.log_mean,
    "without": _without("ablate-wage"),
    "contrast": True,
}
_FREE_INERTIA = "behaviour.allegiance.revealed_inertia=0"

PATTERNS = (
    Pattern(
        "P1",
        (
            Comparison(
                "levy-income",
                statistic.crossing_over,
                score.mean,
                _without("ablate-levy-income"),
            ),
            Comparison("strikes", statistic.crossing_over, score.mean, _without("ablate-strikes")),
            Comparison(
                "fear",
                statistic.crossing_over,
                score.mean,
                _without("ablate-fear"),
                decides=False,
            ),
            Comparison(
                "free-inertia",
                statistic.crossing_over,
                score.mean,
                _without("ablate-levy-income", _FREE_INERTIA),
                decides=False,
                plain=_without(_FREE_INERTIA),
            ),
            Comparison(
                "size",
                statistic.first_mover("size"),
                score.mean,
                _without("ablate-levy-income"),
                sign=0,
                decides=False,
            ),
            Comparison(
                "distance",
                statistic.first_mover("distance"),
                score.mean,
                _without("ablate-levy-income"),
                sign=0,
                decides=False,
            ),
        ),
    ),
    Pattern(
        "P2",
        (
            Comparison(
                "beside",
                statistic.moves_beside,
                score.contrast,
                _without("ablate-guard-restraint"),
                contrast=True,
            ),
        ),
    ),
    Pattern(
        "P3",
        (
            Comparison(
                "flags",
                statistic.flags_after_hits,
                score.contrast,
                _without("ablate-deceived"),
                contrast=True,
            ),
        ),
    ),
    Pattern(
        "P4",
        (
            Comparison(
                "arms",
                statistic.arms_into_homes,
                score.mean,
                _without("ablate-restraint-homes"),
                contrast=True,
            ),
            Comparison(
                "civilians",
                statistic.civilians_struck,
                score.ratio,
                _without("ablate-restraint-homes"),
                sign=0,
                decides=False,
            ),
        ),
    ),
    Pattern(
        "P5",
        (
            Comparison(
                "meetings",
                statistic.meetings,
                score.contrast,
                _without("ablate-mediation"),
                contrast=True,
            ),
            Comparison(
                "clashes",
                statistic.clashes,
                score.mean,
                _without("ablate-pacts"),
                sign=-1,
            ),
            Comparison("profit", statistic.joint_profit, score.mean, _without("ablate-pacts")),
        ),
    ),
    Pattern(
        "P6",
        (
            Comparison(
                "gathers",
                statistic.gathers_where_it_earns,
                score.mean,
                _without("ablate-prize-contrast"),
            ),
            Comparison(
                "vacancy",
                statistic.vacancies,
                score.rank_correlation,
                _without("ablate-prize-contrast"),
                sign=-1,
                contrast=True,
            ),
        ),
    ),
    Pattern(
        "P7",
        (
            Comparison(
                "slope",
                statistic.fought_over,
                score.poisson_slope,
                _without("ablate-prize-contrast"),
                contrast=True,
            ),
            Comparison("prize", statistic.clashes, score.mean, _without("ablate-prize")),
            Comparison(
                "gaps", statistic.clashes, score.mean, _without("equal-prices"), decides=False
            ),
        ),
    ),
    Pattern(
        "P8",
        (
            Comparison("west", statistic.fuel(FIRST, 10), **_fuel),
            Comparison("east", statistic.fuel(SECOND, 10), sign=-1, **_fuel),
            Comparison(
                "directions",
                statistic.told_directions,
                score.mean,
                _without("equal-prices"),
                contrast=True,
            ),
            Comparison(
                "range-10",
                statistic.fuel(FIRST, 10),
                decides=False,
                bounds=(float(np.log(1.18)), float(np.log(1.33))),
                **_fuel,
            ),
            Comparison(
                "range-30",
                statistic.fuel(FIRST, 30),
                decides=False,
                bounds=(float(np.log(1.18)), float(np.log(1.33))),
                **_fuel,
            ),
        ),
    ),
    Pattern(
        "P9",
        (
            Comparison(
                "takings",
                statistic.largest_takings,
                score.mean,
                _without("equal-prices"),
                bounds=(2.0, 20.0),
            ),
        ),
    ),
    Pattern(
        "P10",
        (
            Comparison(
                "poverty",
                act=_without("poverty"),
                act_without=_without("poverty", "ablate-wage"),
                **_recruits,
            ),
            Comparison(
                "relief",
                act=_without("relief"),
                act_without=_without("relief", "ablate-wage"),
                sign=-1,
                **_recruits,
            ),
        ),
    ),
    Pattern(
        "P11",
        (
            Comparison("release", statistic.men_left, score.mean, _without("no-release")),
            Comparison(
                "release-no-siege",
                statistic.men_left,
                score.mean,
                _without("no-release", "no-siege"),
                decides=False,
                plain=_without("no-siege"),
            ),
            Comparison(
                "siege",
                statistic.men_left,
                score.mean,
                _without("no-siege"),
                sign=0,
                decides=False,
            ),
            Comparison(
                "take-up",
                statistic.take_up,
                score.ratio,
                _without("no-siege"),
                sign=0,
                decides=False,
            ),
        ),
        scenario=SIEGE,
    ),
)
"""All patterns, in order."""


def patterns(
    scenario: str | Path,
    *,
    replicates: int = 500,
    seed: int = 1,
    threads: int | None = None,
    only: Sequence[str] = (),
    lang: str = "en",
    progress: Callable[[str, int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> list[dict[str, Any]]:
    """Measure the patterns; see `maabar.patterns`."""
    if replicates == 1:
        raise UseError("replicates must be at least 2: one replicate has no interval to judge by")
    chosen = _chosen(scenario, only)
    claims = _claims(scenario)
    worlds = {
        (pattern.scenario or scenario, arm): None
        for pattern in chosen
        for comparison in pattern.comparisons
        for arm in comparison.arms()
    }
    tell = Progress(progress, len(worlds) * replicates)
    seen: dict[Any, Observed] = {}
    for source, arm in worlds:
        asked = {
            f"{pattern.id}:{comparison.name}": comparison.observe
            for pattern in chosen
            for comparison in pattern.comparisons
            if (pattern.scenario or scenario) == source and arm in comparison.arms()
        }
        seen[source, arm] = observe(
            source,
            arm,
            asked,
            replicates=replicates,
            seed=seed,
            threads=threads,
            advance=tell.advance,
            cancel=cancel,
        )
    weights = score.resample(replicates, seed)
    return [
        _judged(pattern, pattern.scenario or scenario, seen, weights, claims, lang)
        for pattern in chosen
    ]


def _chosen(scenario: str | Path, only: Sequence[str]) -> list[Pattern]:
    """The patterns that claims of a scenario name, or those asked for.

    Raises
    ------
    UseError
        For a pattern that there is not, or a scenario that names none.
    """
    known = {pattern.id: pattern for pattern in PATTERNS}
    for one in only:
        if one not in known:
            raise UseError(f'no pattern "{one}": there are {", ".join(known)}')
    named = _claims(scenario)
    chosen = [pattern for pattern in PATTERNS if pattern.id in (only or named)]
    if not chosen:
        raise UseError(f"no claim of {scenario} is modelled by a pattern")
    return chosen


def _claims(scenario: str | Path) -> dict[str, list[str]]:
    """Pattern to the claims that it stands for."""
    from maabar.scenario.load import load

    found: dict[str, list[str]] = {}
    for name, claim in load(scenario, allow_unsourced=True).claims.items():
        if claim.modelled.role == "pattern":
            for pattern in claim.modelled.by:
                found.setdefault(pattern, []).append(name)
    return found


def _judged(
    pattern: Pattern,
    source: str | Path,
    seen: dict[Any, Observed],
    weights: np.ndarray,
    claims: dict[str, list[str]],
    lang: str,
) -> dict[str, Any]:
    """One pattern of the document."""
    results = []
    for one in pattern.comparisons:
        worlds = {arm: seen[source, arm] for arm in one.arms()}
        kept = weights * (sum(world.status != 0 for world in worlds.values()) == 0)
        with_, without, difference = measure(one, f"{pattern.id}:{one.name}", worlds, kept)
        results.append(
            {
                "statistic": say(f"pattern:{pattern.id}:{one.name}", lang),
                "ablation": str(one.without),
                "with": with_.document(),
                "without": without.document(),
                "difference": difference.document(),
                "decides": one.decides,
                "borne_out": borne_out(one, with_, difference) if one.sign else None,
                "replicates": int((kept[0] > 0).sum()),
            }
        )
    first = results[0]
    return {
        "id": pattern.id,
        "statement": say(f"pattern:{pattern.id}:statement", lang),
        **{key: first[key] for key in ("statistic", "with", "without", "difference")},
        "verdict": "holds" if all(r["borne_out"] for r in results if r["decides"]) else "fails",
        "claims": claims.get(pattern.id, []),
        "scenario": str(source),
        "comparisons": results,
    }


def measure(
    one: Comparison, name: str, worlds: dict[Arm, Observed], weights: np.ndarray
) -> tuple[Interval, Interval, Interval]:
    """A comparison with, without, and the difference, on common bootstrap weights.

    Parameters
    ----------
    one : Comparison
    name : str
        Under which its rows were observed.
    worlds : dict
        What each of its arms gave.
    weights : ndarray
        See `maabar.analysis.score.resample`.
    """

    def values(arm: Arm) -> np.ndarray:
        return score.spread(worlds[arm].rows[name], weights, one.estimate)

    with_, without = values(one.plain), values(one.without)
    if one.act is not None and one.act_without is not None:
        with_, without = values(one.act) - with_, values(one.act_without) - without
    return score.interval(with_), score.interval(without), score.interval(with_ - without)


def borne_out(one: Comparison, with_: Interval, difference: Interval) -> bool:
    """Whether a comparison bears out what is told: the rule at the head of this module."""
    return (
        difference.beyond(one.sign)
        and (not one.contrast or with_.beyond(one.sign))
        and (one.bounds is None or one.bounds[0] <= with_.mean <= one.bounds[1])
    )
