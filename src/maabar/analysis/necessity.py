"""Probabilities of necessity and of sufficiency: a cause taken away, and put where it was absent.

Every replicate is its own control: it is run again on the same draws with one thing otherwise.

``PN = P(no event without the cause | cause and event)``,
``PS = P(event with the cause | neither cause nor event)``.

Source: Pearl 2009, Causality, 2nd ed., section 9.2; the interval is that of Wilson 1927.
Assumes: the model; what its draws would have been without the cause is what they are with it.
"""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Any, NamedTuple

from maabar.analysis.cause import KINDS, Tree, ancestors, ordered, recurs, vetoes
from maabar.analysis.replay import Outcome, Replay, Stored, with_strike
from maabar.errors import UseError

Progress = Callable[[str, int, int], None]
NEAR = 30
"""Days within which an event counts as the same one."""


def wilson(count: int, of: int) -> tuple[float, float]:
    """95 % interval of a share.

    Examples
    --------
    >>> [round(one, 3) for one in wilson(8, 10)]
    [0.49, 0.943]
    """
    z = 1.959963984540054
    share, grown = count / of, 1 + z * z / of
    middle = (share + z * z / (2 * of)) / grown
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / grown
    return 0.0 if count == 0 else middle - half, 1.0 if count == of else middle + half


def estimate(count: int, of: int) -> dict[str, Any]:
    """A share with its interval: ``share, ci95, replicates``."""
    if not of:
        return {"share": None, "ci95": [None, None], "replicates": 0}
    return {"share": count / of, "ci95": list(wilson(count, of)), "replicates": of}


def bounds(with_cause: float, without: float) -> list[float]:
    """Least and most probability of necessity, from how often the event happens in both worlds.

    Examples
    --------
    >>> bounds(0.5, 0.125), bounds(0.9, 0.7)[1]
    ([0.75, 1.0], 0.33333333333333337)
    """
    return [max(0.0, 1 - without / with_cause), min(1.0, (1 - without) / with_cause)]


class Withheld(NamedTuple):
    """One replicate without a cause.

    Parameters
    ----------
    replicate, row : int
        The event.
    removed : tuple of int
        Rows of the causes that were removed; none where nothing could be.
    causes : tuple of str
        Their kinds; where nothing could be removed, kinds of the direct cause.
    day : int or None
        The day on which the event happened all the same.
    lag : int
        Days from the first of the causes to the event.
    strike : dict
        Where the first cause is a strike: whose, on which label, where, as the timeline has it.
    """

    replicate: int
    row: int
    removed: tuple[int, ...]
    causes: tuple[str, ...]
    day: int | None
    lag: int
    strike: dict[str, int]


def chosen(causes: Tree, again: Outcome, row: int, kind: str | None) -> list[int]:
    """The causes to remove: the direct one, or all of a kind in the tree."""
    if kind is None:
        return ordered(causes.get(row, {}))[:1]
    return [one for one in ancestors(causes, row) if KINDS[again.events["kind"][one]] == kind]


def withhold(replay: Replay, stored: Stored, row: int, kind: str | None = None) -> Withheld:
    """Run a replicate again without the causes of an event.

    Parameters
    ----------
    replay : Replay
    stored : Stored
        The replicate.
    row : int
        The event.
    kind : str, optional
        Remove all causes of this kind in the tree; the direct cause unless said.

    Raises
    ------
    RunError
        Where the replicate, run again, is not what is stored.
    """
    number, day = stored.replicate, stored.events[row]["day"]
    again = replay.run(number, days=day + 1)
    replay.compare(stored, again, day)
    rows = chosen(stored.causes, again, row, kind)
    kinds = tuple(KINDS[again.events["kind"][one]] for one in rows)
    removed = tuple(one for one in rows if vetoes(replay, again, stored.causes, one))
    if not removed:
        return Withheld(number, row, (), kinds, None, 0, {})
    veto = [key for one in removed for key in vetoes(replay, again, stored.causes, one)]
    first = min(removed)
    begun = int(again.events["day"][first])
    other = replay.run(number, days=day + NEAR + 1, veto=veto)
    strike = {}
    if KINDS[again.events["kind"][first]] == "strike":
        one = again.events[first]
        strike = {"target": int(one["actor"]), "place": int(one["place"]), "day": begun}
        strike["label"] = _label(stored, first, again, replay)
    happened = recurs(again, row, other, begun, NEAR)
    return Withheld(number, row, removed, kinds, happened, day - begun, strike)


def _label(stored: Stored, row: int, again: Outcome, replay: Replay) -> int:
    """True label of the group that a strike hit: that of its patron then."""
    struck = stored.events[row]["target"]
    patron = int(again.patrons[replay.index["group"][struck]])
    for one in stored.events[:row]:
        if one["kind"] == "realignment" and one["actor"] == struck:
            patron = replay.index["patron"][one["target"]]
    return int(replay.world.patron["label"][patron])


def each(
    work: Callable[[Any], Any],
    items: Iterable[Any],
    *,
    threads: int,
    cancel: threading.Event | None = None,
) -> Iterator[Any]:
    """Results of a function on threads, in no order; stops at once after Ctrl-C.

    Raises
    ------
    KeyboardInterrupt
        Also where `cancel` was set.
    """
    stop = cancel or threading.Event()
    left = iter(items)
    with ThreadPoolExecutor(threads, thread_name_prefix="maabar") as pool:
        pending: set[Future[Any]] = set()
        try:
            while True:
                if stop.is_set():
                    raise KeyboardInterrupt
                pending |= {
                    pool.submit(work, one) for one in islice(left, 2 * threads - len(pending))
                }
                if not pending:
                    return
                done, pending = wait(pending, return_when=FIRST_COMPLETED, timeout=0.5)
                for future in done:
                    yield future.result()
        finally:
            for future in pending:
                future.cancel()


class Asked(NamedTuple):
    """Which event: its kind, and whose and towards whom where that is said."""

    kind: str
    actor: str | None = None
    target: str | None = None

    def first(self, stored: Stored) -> int | None:
        """Row of the first such event of the observed part."""
        for one in stored.events:
            if one["day"] >= 0 and all(
                said in (None, one[column]) for column, said in self._asdict().items()
            ):
                return int(one["row"])
        return None

    def among(self, replay: Replay, again: Outcome, since: int = 0) -> Any:
        """Which of the events of a replicate are such events, from a day on."""
        events = again.events
        same = (events["kind"] == KINDS.index(self.kind)) & (events["day"] >= since)
        for column in ("actor", "target"):
            said = getattr(self, column)
            if said is not None:
                same &= events[column] == replay.number(self.kind, column, said)
        return same


def necessity(
    replay: Replay,
    asked: Asked,
    *,
    cause: str | None = None,
    threads: int,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> dict[str, Any]:
    """Over all replicates: would the event have happened without its cause, and with one more?

    Returns
    -------
    dict
        ``replicates, happened, causes, necessity, sufficiency``.

    Raises
    ------
    UseError
        Where no replicate has the event.
    """
    tell = progress or (lambda what, done, total: None)

    def work(chunk: int) -> tuple[list[Withheld], list[int]]:
        rows, sound = replay.first(chunk, **asked._asdict()), replay.sound(chunk)
        having = replay.stored([n for n in sound if n in rows])
        found = [withhold(replay, one, rows[one.replicate], cause) for one in having]
        without = [n for n in sound if n not in rows]
        replay.vouch(without)
        return found, without

    tested: list[Withheld] = []
    lacking: list[int] = []
    total = replay.store.count(replay.plan)
    tell("running", 0, total)
    for found, without in each(work, replay.chunks(), threads=threads, cancel=cancel):
        tested += found
        lacking += without
        tell("running", len(tested), total)
    if not tested:
        raise nowhere(replay, asked, len(lacking))
    tested.sort()
    lacking.sort()
    could = [one for one in tested if one.removed]
    counts = Counter(one.causes[0] if one.causes else None for one in tested)
    added = sufficiency(
        replay, asked, could, lacking, threads=threads, cancel=cancel,
        advance=lambda n: tell("running", len(tested) + n, total),
    )  # fmt: skip
    return {
        "replicates": len(tested) + len(lacking),
        "happened": len(tested),
        "causes": [{"kind": kind, "replicates": n} for kind, n in counts.most_common()],
        "necessity": estimate(sum(one.day is None for one in could), len(could))
        | {"untested": len(tested) - len(could)},
        "sufficiency": added,
    }


def nowhere(replay: Replay, asked: Asked, count: int) -> UseError:
    """What to say where no replicate has the event."""
    what = " ".join(one for one in asked if one)
    return UseError(f"no {what} in any of the {count} replicates of {replay.store.path}")


def sufficiency(
    replay: Replay,
    asked: Asked,
    tested: Sequence[Withheld],
    lacking: Sequence[int],
    *,
    threads: int,
    advance: Callable[[int], None],
    cancel: threading.Event | None = None,
) -> dict[str, Any]:
    """The strikes that came before the event, put into replicates without it, in turn.

    Each goes into the timeline on its own day, as a strike of the same power on the same label in
    the same place.  Only strikes can be added: a decision has its reasons in the model, and an act
    of the timeline is in every replicate already.
    """
    strikes = [one for one in tested if one.strike]
    if not strikes or not lacking:
        reason = "no_replicate" if strikes else "no_strike"
        return estimate(0, 0) | {"untested": 0, "reason": reason}
    more = Replay(replay.store.path, [with_strike(replay.scenario)])
    pairs = [(number, strikes[n % len(strikes)]) for n, number in enumerate(lacking)]

    def happens(pair: tuple[int, Withheld]) -> bool | None:
        number, one = pair
        day = one.strike["day"]
        at = day + replay.observe_day
        given = {"first_day": at, "last_day": at} | {
            key: one.strike[key] for key in ("target", "label", "place")
        }
        other = more.run(number, days=day + one.lag + NEAR + 1, strike=given)
        strike = other.events["kind"] == KINDS.index("strike")
        if not (strike & (other.events["term_4"] == more.added)).any():
            return None
        return bool(asked.among(replay, other, day).any())

    results: list[bool | None] = []
    for one in each(happens, pairs, threads=threads, cancel=cancel):
        results.append(one)
        advance(len(results))
    hit = [one for one in results if one is not None]
    return estimate(sum(hit), len(hit)) | {"untested": len(results) - len(hit)}


def under_change(
    replay: Replay,
    asked: Asked,
    change: Any,
    *,
    threads: int,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> dict[str, Any]:
    """The same of a change that takes a cause away everywhere, such as `ablate-strikes`.

    Every replicate is run under the change.  Necessity: of those with the event in the run, the
    share without it within 30 days of then; sufficiency: of those without it under the change, the
    share with it in the run, where the cause is there.  Contrary: of those without the event in the
    run, the share with it under the change; where that is not small, the cause also prevents.
    Bounds: what both shares of replicates with the event, alone, say of the necessity that it
    happens at all, however the draws of the two futures hang together (Tian and Pearl 2000).

    Returns
    -------
    dict
        ``replicates, happened, change, necessity, sufficiency, contrary``.
    """
    tell = progress or (lambda what, done, total: None)
    more = Replay(replay.store.path, [change])

    def work(chunk: int) -> list[tuple[bool, bool, bool]]:
        rows, found = replay.first(chunk, **asked._asdict()), []
        sound = replay.sound(chunk)
        replay.vouch([n for n in sound if n not in rows])
        for number in sound:
            if number not in rows:
                found.append((False, bool(asked.among(more, more.run(number)).any()), False))
        for stored in replay.stored([n for n in sound if n in rows]):
            day = stored.events[rows[stored.replicate]]["day"]
            replay.compare(stored, replay.run(stored.replicate, days=day + 1), day)
            other = more.run(stored.replicate)
            there = asked.among(more, other)
            near = there & (abs(other.events["day"] - day) <= NEAR)
            found.append((True, bool(there.any()), bool(near.any())))
        return found

    results: list[tuple[bool, bool, bool]] = []
    total = replay.store.count(replay.plan)
    tell("running", 0, total)
    for one in each(work, replay.chunks(), threads=threads, cancel=cancel):
        results += one
        tell("running", len(results), total)
    had = [near for here, _, near in results if here]
    if not had:
        raise nowhere(replay, asked, len(results))
    without = [here for here, there, _ in results if not there]
    lacking = [there for here, there, _ in results if not here]
    return {
        "replicates": len(results),
        "happened": len(had),
        "change": str(change),
        "necessity": estimate(had.count(False), len(had))
        | {"bounds": bounds(len(had) / len(results), 1 - len(without) / len(results))},
        "sufficiency": estimate(without.count(True), len(without)),
        "contrary": estimate(lacking.count(True), len(lacking)),
    }
