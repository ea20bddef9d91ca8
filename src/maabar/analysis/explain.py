"""Why an event happened: its causes as a tree, what was weighed, the test of the direct cause."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from maabar.analysis import ground
from maabar.analysis.cause import KINDS, ancestors, ordered
from maabar.analysis.necessity import NEAR, Asked, Withheld, necessity, under_change, withhold
from maabar.analysis.replay import Replay, Stored
from maabar.engine.replicate import is_cold
from maabar.ensemble.threads import cores
from maabar.errors import UseError
from maabar.results.event import KINDS as TERMS_OF
from maabar.results.event import Teller
from maabar.sentence import name, say


def explain(
    run: str | Path,
    *,
    replicate: int | None = None,
    event: int | None = None,
    kind: str | None = None,
    actor: str | None = None,
    target: str | None = None,
    cause: str | None = None,
    change: str | Path | None = None,
    threads: int | None = None,
    lang: str = "en",
    progress: Callable[[str, int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> dict[str, Any]:
    """Why an event happened, in one replicate or over all; see `maabar.explain`."""
    for said, what in ((kind, "kind"), (cause, "cause")):
        if said is not None:
            _known(said, what)
    if event is not None and (replicate is None or kind or actor or target):
        raise UseError(
            "--event is the row of one replicate: it goes with --replicate, and without --kind"
        )
    if event is None and kind is None:
        raise UseError("say which event: --replicate K --event N, or --kind KIND (and --actor)")
    if change is not None and (replicate is not None or cause is not None):
        raise UseError(
            "--change asks of all replicates: leave --replicate, --event and --cause out"
        )
    if progress and is_cold():
        progress("compiling", 0, 0)
    replay = Replay(run)
    asked = Asked(kind, actor, target) if kind else None
    if asked:
        for said, column in ((actor, "actor"), (target, "target")):
            if said is not None:
                replay.number(asked.kind, column, said)
    if replicate is None:
        assert asked
        threads = threads or cores()
        given: dict[str, Any] = {"threads": threads, "progress": progress, "cancel": cancel}
        if change is not None:
            found = under_change(replay, asked, change, **given)
        else:
            found = necessity(replay, asked, cause=cause, **given)
        return {**asked._asdict(), "says": _asked(replay, asked, lang), "near_days": NEAR} | found
    stored = _stored(replay, replicate)
    row = asked.first(stored) if asked else event
    if row is None or not 0 <= row < len(stored.events):
        raise UseError(_nothing(replay, stored, row, asked))
    return One(replay, stored, row, lang).told(cause)


def _asked(replay: Replay, asked: Asked, lang: str) -> str:
    """The kind of event that is asked for, in words."""
    titles, kind = replay.provenance["titles"], TERMS_OF[asked.kind]
    names = [
        name(titles[dim], said, lang)
        for dim, said in ((kind.actor, asked.actor), (kind.target, asked.target))
        if said
    ]
    said = say(f"kind:{asked.kind}", lang)
    return f"{said} ({' > '.join(names)})" if names else said


def _known(said: str, option: str) -> None:
    from maabar.scenario.reference import did_you_mean

    if said not in KINDS:
        cure = did_you_mean(said, KINDS, f"known: {', '.join(KINDS)}")
        raise UseError(f'--{option}: no kind of event "{said}"; {cure}')


def _stored(replay: Replay, replicate: int) -> Stored:
    plan = replay.plan
    if not 0 <= replicate < plan.replicates:
        raise UseError(
            f"no replicate {replicate} in {replay.store.path}: it has 0 to {plan.replicates - 1}"
        )
    for stored in replay.stored([replicate]):
        return stored
    raise UseError(
        f"replicate {replicate} of {replay.store.path} is not computed yet; `maabar run ... "
        "--resume` finishes the run"
    )


def _nothing(replay: Replay, stored: Stored, row: int | None, asked: Asked | None) -> str:
    where = f"replicate {stored.replicate} of {replay.store.path}"
    see = f"`maabar events {replay.store.path} --replicate {stored.replicate}` lists them"
    if asked:
        what = " ".join(one for one in (asked.kind, asked.actor, asked.target) if one)
        return f"no event {what} in {where}; {see}"
    last = len(stored.events) - 1
    return f"no event {row} in {where}: " + (f"it has 0 to {last}; {see}" if last >= 0 else "none")


class One:
    """An event of one replicate.

    Parameters
    ----------
    replay : Replay
    stored : Stored
    row : int
    lang : {"en", "ar"}
    """

    def __init__(self, replay: Replay, stored: Stored, row: int, lang: str) -> None:
        self.replay, self.stored, self.row, self.lang = replay, stored, row, lang
        said = replay.provenance
        self.start = datetime.date.fromisoformat(said["observe_from"])
        self.ids, self.titles = said["ids"], said["titles"]
        self.teller = Teller(self.ids, self.titles, lang)
        self.again = replay.run(stored.replicate)
        replay.compare(stored, self.again)

    def told(self, cause: str | None) -> dict[str, Any]:
        """``event, sentence, terms, grounds, causes, necessity``."""
        one = self.stored.events[self.row]
        event = self.head(self.row) | {
            key: one[key] for key in ("actor", "target", "place", "crossing", "end", "amount")
        }
        event["replicate"] = self.stored.replicate
        keys = [int(self.replay.world.timeline["key"][r]) for r in self.acts()]
        world = self.replay.world_on(self.stored.replicate, one["day"]) if one["day"] >= 0 else None
        numbers = ground.Ground(self.replay.scenario, world, self.replay.index, self.lang)
        return {
            "event": event,
            "sentence": self.teller.sentence(one),
            "terms": ground.terms(one, self.ids, self.titles, self.lang),
            "grounds": numbers.told(one, self.patron(), keys),
            "causes": self.tree(self.row, set()),
            "necessity": self.necessity(withhold(self.replay, self.stored, self.row, cause), cause),
        }  # fmt: skip

    def head(self, row: int) -> dict[str, Any]:
        """``row, day, date, kind`` of an event."""
        one = self.stored.events[row]
        day = self.start + datetime.timedelta(days=one["day"])
        return {"row": row, "day": one["day"], "date": day.isoformat(), "kind": one["kind"]}

    def acts(self) -> tuple[int, ...]:
        """Rows of the timeline behind the event."""
        one = self.stored.events[self.row]
        if one["kind"] == "strike":
            return (int(one["term_4"]),) if one["term_4"] >= 0 else ()
        return self.again.acts.get(self.row, ())

    def patron(self) -> str | None:
        """The patron that a realignment left, or that the actor serves."""
        one = self.stored.events[self.row]
        if one["kind"] == "realignment":
            return str(self.ids["patron"][int(one["amount"])])
        if TERMS_OF[one["kind"]].actor != "group" or one["actor"] is None:
            return None
        patron = int(self.again.patrons[self.replay.index["group"][one["actor"]]])
        served = self.ids["patron"][patron] if patron >= 0 else None
        for before in self.stored.events[: self.row]:
            if before["kind"] == "realignment" and before["actor"] == one["actor"]:
                served = before["target"]
        return served

    def tree(self, row: int, seen: set[int]) -> list[dict[str, Any]]:
        """The causes of an event with their own; each is told once, where it is met first."""
        weights = self.stored.causes.get(row, {})
        whole = sum(weights.values())
        found = []
        for cause in ordered(weights):
            again = cause in seen
            seen.add(cause)
            found.append(
                self.head(cause)
                | {
                    "sentence": self.teller.sentence(self.stored.events[cause]),
                    "weight": weights[cause],
                    "share": weights[cause] / whole if whole > 0 else None,
                    "told": again,
                    "causes": [] if again else self.tree(cause, seen),
                }
            )
        return found

    def necessity(self, tested: Withheld, cause: str | None) -> dict[str, Any]:
        """What the test of the cause gave: ``share`` 1 where the event did not happen again."""
        found: dict[str, Any] = {"share": None, "ci95": [None, None], "replicates": 0}
        found |= {"near_days": NEAR, "removed": list(tested.removed), "happened": None}
        if not tested.removed:
            return found | {"reason": self.reason(cause)}
        date = None
        if tested.day is not None:
            date = (self.start + datetime.timedelta(days=tested.day)).isoformat()
        share = 1.0 if tested.day is None else 0.0
        return found | {"share": share, "replicates": 1, "happened": date}

    def reason(self, cause: str | None) -> str:
        """Why nothing could be removed."""
        direct = ordered(self.stored.causes.get(self.row, {}))
        if cause is not None:
            tree = ancestors(self.stored.causes, self.row)
            if all(self.stored.events[one]["kind"] != cause for one in tree):
                return say("explain:no_such", self.lang, kind=say(f"kind:{cause}", self.lang))
            what = cause
        elif not direct:
            return say("explain:none", self.lang)
        else:
            what = self.stored.events[direct[0]]["kind"]
        return say("explain:consequence", self.lang, kind=say(f"kind:{what}", self.lang))
