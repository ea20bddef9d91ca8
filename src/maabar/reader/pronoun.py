"""English pronouns and unnamed men: it, they, its fighters, the attackers."""

from __future__ import annotations

from maabar.reader.actor import actors
from maabar.reader.argument import argument, armed
from maabar.reader.claim import Argument
from maabar.reader.clause import Line
from maabar.reader.gazetteer import shipped
from maabar.reader.parse import parse
from maabar.reader.phrase import Phrase
from maabar.reader.preposition import folded
from maabar.reader.state import State, Subject
from maabar.reader.unit import Unit
from maabar.reader.wordclass import PRONOUN

KIN = folded(
    "relatives family families sons son children child wife brother brothers sister daughter "
    "daughters mother father parents neighbours residents people"
)
PLURALS = folded("men people police women children")
SINGULAR = frozenset({"it", "its", "he", "his", "she", "her"})
BODIES = folded("force group militia brigade division faction")
ATTACKERS = folded("attackers assailants raiders bombers perpetrators")
MEN = folded(
    "militants militant fighters members guards officers commanders patrol patrols militiamen recruits "
    "units forces men commander officer militia group force cell cells snipers division brigade"
)
JIHADISTS = folded("militants militant insurgents jihadists extremists terrorists")
ARMY = folded("army soldiers troops soldier")
STATES = frozenset({"state_force", "foreign_force", "government"})
NOBODY = folded("none nobody others everyone everybody we i you")


def stands_for(line: Line, i: int, state: State) -> Subject:
    """Who the pronoun at word i is."""
    text = line.words[i].text
    if text in NOBODY:
        return Subject()
    args, unit = _antecedent(line, i, text, state)
    return Subject(args, "before" if unit else "carried", unit) if args else Subject()


def owner(line: Line, phrase: Phrase, state: State) -> tuple[Argument, ...]:
    """Whose men: "its fighters", "whose cells"."""
    words = [line.words[k].text for k in range(phrase.first, phrase.last)]
    if set(words) & KIN:
        return ()
    cells = words[-1] == "cells"
    args = _owner(line, phrase, state)
    return tuple(Argument("isis-cells", a.span, a.text) if cells and a.id == "isis" else a
                 for a in args)  # fmt: skip


def _owner(line: Line, phrase: Phrase, state: State) -> tuple[Argument, ...]:
    own = next((k for k in range(phrase.first, phrase.end)
                if line.words[k].text in ("its", "their", "his", "her")), -1)  # fmt: skip
    if own >= 0:
        return _antecedent(line, own, line.words[own].text, state)[0]
    before = [p for p in parse(line).phrases if p.end <= phrase.first]
    for unit in reversed(_units(line, before[-1]) if before else []):
        if args := actors(line, unit, state):
            return args
    return ()


OWN_MEN = folded("drivers employees clerks crews agents supporters followers relays couriers men")


def _units(line: Line, phrase: Phrase) -> list[Unit]:
    return [u for u in line.units if u.first < phrase.end and u.last > phrase.first]


def _antecedent(
    line: Line, i: int, text: str, state: State
) -> tuple[tuple[Argument, ...], Unit | None]:
    """The latest subject before word i that agrees; else the topic of the sentences before."""
    single = text in SINGULAR
    seen: list[tuple[tuple[Argument, ...], Unit]] = []
    found = parse(line)
    for predicate in sorted(found.predicates.values(), key=lambda p: -p.at):
        for phrase in predicate.subjects[:1]:
            if phrase.first >= i or found.tags[phrase.first] == PRONOUN:
                continue
            for unit in _units(line, phrase):
                args = tuple(a for a in actors(line, unit, state) if _may_act(a))
                if args:
                    seen.append((args, unit))
                    break
    for args, unit in seen:
        if agrees(args, single):
            return args, unit
    if not seen:  # "the arrival of Hezbollah officers, where they met"
        at = line.words[i].start
        here = [m for m in line.mentions if armed(m) and not m.zone and m.span[1] <= at]
        apt = [m for m in here if agrees((argument(m),), single)]
        if apt:
            named = next((u for u in line.units if apt[-1] in u.mentions), None)
            return (argument(apt[-1]),), named
    if state.people and text == "they":
        return state.people, None
    for args, _ in state.topics:
        if agrees(args, single) and any(_may_act(a) for a in args):
            return args, None
    return (state.subject, None) if state.subject else (seen[0] if seen else ((), None))


def _may_act(a: Argument) -> bool:
    kind = shipped().kind(a.id)
    return kind not in ("population", "source")


def agrees(args: tuple[Argument, ...], single: bool) -> bool:
    """Whether actors can be "it" or "they"; acronyms and foreign names can be both."""
    if len(args) > 1:
        return not single
    head = args[0].text.split()[-1] if args[0].text else ""
    if head[:1].isupper() and shipped().kind(args[0].id) != "country":
        return True  # "the Syrian Democratic Forces": it or they
    if head.lower() in PLURALS or (head.endswith("s") and not head.isupper()):
        return not single
    return single or head.isupper() or shipped().kind(args[0].id) not in ("", "country")


def unnamed(line: Line, phrase: Phrase) -> bool:
    """Whether a phrase names no actor: only then "recent" may lend it one."""
    return not any(u.actor is not None for u in _units(line, phrase))


def recent(line: Line, phrase: Phrase, state: State) -> tuple[Argument, ...]:
    """Whose the unnamed men are: of the armed actor spoken of last."""
    head = line.words[phrase.last - 1].text
    at = line.words[phrase.first].start
    here = [argument(m) for m in line.mentions if armed(m) and not m.zone and m.span[1] <= at]
    if head in ATTACKERS and state.doer:
        return state.doer
    words = {line.words[k].text for k in range(phrase.first, phrase.last)}
    if "army" in words:
        return (Argument("syrian-army"),)
    if words & ARMY:
        states = [a for a in (*reversed(here), *reversed(state.seen)) if shipped().kind(a.id) in STATES
                  and not a.id.endswith("air-force")]  # fmt: skip
        return tuple(states[:1]) or (Argument("syrian-army"),)
    if head in JIHADISTS:
        known = [a for a in (*reversed(here), *reversed(state.seen)) if a.id.startswith("isis")]
        if known:
            return tuple(known[:1])
    fresh = line.words[phrase.first].text in ("a", "an", "another")
    if head not in MEN | ATTACKERS or (fresh and head in BODIES):
        return ()
    return tuple(here[-1:]) or state.last or state.subject
