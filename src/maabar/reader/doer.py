"""Which actor did it: candidates of a claim, what speaks for each, and the likeliest."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from maabar.reader.argument import State, actors, agentive, argument, finite, population
from maabar.reader.claim import Argument
from maabar.reader.clause import ARMED, RELATIVES, Line, Unit
from maabar.reader.gazetteer import shipped
from maabar.reader.subject import agree
from maabar.reader.trigger import Trigger

WEIGHTS = Path(__file__).with_name("doer.yaml")
NOBODY = Argument("unspecified")
REMEMBERED = 12
MASDAR = frozenset({"masdar", "noun", "gerund"})
FINITE = frozenset({"past", "present"})


@dataclass(frozen=True, slots=True)
class Heard:
    """An actor of an earlier sentence: how it stood there."""

    args: tuple[Argument, ...]
    sentence: int
    opening: bool
    prep: str
    kind: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Actors that may have done it, and what speaks for them."""

    args: tuple[Argument, ...]
    cues: tuple[str, ...]


def group(ident: str) -> str:
    """Coarse kind of an actor."""
    kind = shipped().kind(ident)
    if ident == "unidentified-gunmen":
        return "gunmen"
    if kind in ("population", "source", "country", "tribe", "person", "company"):
        return kind
    return "armed" if kind in ARMED or not kind else kind


def _form(trigger: Trigger) -> str:
    kind = trigger.reading.form.kind
    shape = "m" if kind in MASDAR else "f" if kind in FINITE else "p"
    return shape + ("!" if trigger.subject.passive else "")


def _few(n: int, most: int = 3) -> str:
    return str(min(n, most))


def _figures(line: Line, state: State) -> Iterator[tuple[Unit, tuple[Argument, ...], Argument]]:
    for unit in line.units:
        if unit.head == "=":
            continue
        seen: set[str] = set()
        acting = [m for m in unit.mentions if m.kind == "actor" and m.subkind != "source" and not m.zone]
        joint = actors(line, unit, state)
        for m in acting:
            a = argument(m)
            if a.id not in seen:
                seen.add(a.id)
                yield unit, (joint if any(j.id == a.id for j in joint) else (a,)), a
        for a in joint:
            if a.id not in seen and not acting:
                seen.add(a.id)
                yield unit, joint, a
        if not acting and not joint and (people := population(line, unit)):
            yield unit, (people,), people


def candidates(
    line: Line, trigger: Trigger, state: State, args: dict[str, tuple[Argument, ...]]
) -> tuple[Candidate, ...]:
    """Everybody who may have done it, nobody included, with cues."""
    main = next(iter(args), "")
    ruled = {a.id for a in args.get(main, ())} or {"unspecified"}
    kind, how = trigger.frame.type, trigger.subject.how
    lang = "e" if line.english else "a"
    form = lang + _form(trigger)
    others = {a.id: role for role, fs in args.items() if role != main for a in fs}
    found: list[Candidate] = []
    i = trigger.first

    def common(ident: str) -> list[str]:
        cues = []
        if ident in ruled:
            cues += ["rule", f"rule:{how}", f"rule:{how}:{form}", f"rule:{kind}"]
        else:
            cues += [f"other:{how}"]
        k = group(ident)
        cues += [f"kind:{k}", f"kind:{kind}:{k}"]
        if ident in others:
            cues += [f"role:{others[ident]}", f"role:{form}:{others[ident]}"]
        for name in ("subject", "last", "doer", "jailer", "parties"):
            held = getattr(state, name)
            if any(a.id == ident for a in held):
                cues += [f"state:{name}", f"state:{name}:{form}"]
                if name == "subject" and state.fresh:
                    cues += [f"state:fresh:{form}"]
        count = sum(any(a.id == ident for a in h.args) for h in state.heard)
        cues.append(f"told:{_few(count)}")
        return cues

    named: set[str] = set()
    for unit, joint, a in _figures(line, state):
        inside = unit.first <= i < unit.last
        after = unit.first > i
        named.add(a.id)
        cues = common(a.id)
        side = "i" if inside else "A" if after else "B"
        low, high = (i + 1, unit.first) if after else (unit.last, i)
        between = [u for u in line.units if low <= u.first < high]
        verbs = sum(finite(line, j) for j in range(low, high))
        rivals = sum(u.actor is not None for u in between)
        apart = abs(line.clause[i] - line.clause[unit.first])
        prep = unit.prep + ("&" if unit.joined else "")
        cues += [
            f"at:{form}:{side}:{prep}",
            f"far:{form}:{side}:{_few(len(between))}",
            f"clause:{lang}:{side}:{_few(apart)}",
            f"verbs:{form}:{side}:{_few(verbs, 2)}",
            f"rivals:{side}:{_few(rivals, 2)}",
        ]
        if after and unit.first - i == 1:
            cues.append(f"next:{form}:{prep}:{group(a.id)}")
            cues.append(f"next:{kind}:{form[1]}:{prep}")
        if not after and i - unit.last <= 0:
            cues.append(f"close:{form}:{prep}")
        if unit is line.units[0]:
            cues.append(f"open:{form}:{prep}")
        if i and line.words[i - 1].text in RELATIVES and unit.last == i - 1:
            cues.append("relative")
        if not agentive(unit):
            cues.append(f"patient:{side}")
        if after and form[1] == "f" and not line.english and not unit.prep:
            cues.append(f"gender:{agree(trigger.reading, line, unit)}:{group(a.id)}")
            word = line.words[unit.first]
            if word.text.endswith("ين") or word.tanwin:
                cues.append("accusative")
        if a.id not in {x.id for x in unit.mentions[:1] and [argument(unit.mentions[0])]}:
            cues.append("second")
        found.append(Candidate(joint, tuple(cues)))
    for h in state.heard:
        for a in h.args:
            if a.id in named:
                continue
            back = line.sentence.index - h.sentence
            cues = common(a.id)
            cues += [f"back:{form}:{_few(back, 4)}", f"back:{h.prep}", f"back:open:{h.opening}"]
            found.append(Candidate(h.args, tuple(cues)))
            break
    known = named | {a.id for h in state.heard for a in h.args}
    for a in args.get(main, ()):
        if a.id not in known and a.id != "unspecified":
            found.append(Candidate(args[main], (*common(a.id), "made")))
            break
    cues = ["null", f"null:{kind}", f"null:{form}", f"null:{how}"]
    if trigger.reading.form.suffix:
        cues.append("null:suffix")
    if trigger.reading.article:
        cues.append("null:article")
    if ruled == {"unspecified"}:
        cues += ["null:rule", f"null:rule:{how}", f"null:rule:{kind}", f"null:rule:{form}"]
    found.append(Candidate((NOBODY,), tuple(cues)))
    return tuple(found)


def hear(line: Line, state: State) -> None:
    """Remember who was named in a sentence."""
    first = line.units[0] if line.units else None
    fresh = [
        Heard(joint, line.sentence.index, unit is first and not unit.prep, unit.prep, group(a.id))
        for unit, joint, a in _figures(line, state)
    ]
    state.heard = (*reversed(fresh), *state.heard)[:REMEMBERED]


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """What each cue weighs, as learned."""
    if not WEIGHTS.exists():
        return {}
    return yaml.load(WEIGHTS.read_text("utf-8"), yaml.CSafeLoader)["weights"]


def shares(options: tuple[Candidate, ...]) -> list[float]:
    """Probability of each candidate."""
    table = weights()
    scores = [sum(table.get(c, 0.0) for c in o.cues) for o in options]
    top = max(scores)
    odds = [math.exp(s - top) for s in scores]
    whole = sum(odds)
    return [o / whole for o in odds]


def likeliest(
    args: dict[str, tuple[Argument, ...]], options: tuple[Candidate, ...]
) -> dict[str, tuple[Argument, ...]]:
    """The roles with the likeliest doer in the main one."""
    main = next(iter(args), "")
    if not main or not weights():
        return args
    by_id: dict[str, float] = {}
    for option, share in zip(options, shares(options), strict=True):
        by_id[option.args[0].id] = by_id.get(option.args[0].id, 0.0) + share
    best = max(by_id, key=lambda i: by_id[i])
    if any(a.id == best for a in args[main]):
        return args
    chosen = next(o for o in options if o.args[0].id == best)
    return {**args, main: chosen.args}
