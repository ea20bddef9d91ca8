"""English pronouns and unnamed men: it, they, its fighters, the attackers."""

from __future__ import annotations

from maabar.reader.actor import actors
from maabar.reader.argument import argument, armed
from maabar.reader.claim import Argument
from maabar.reader.clause import Line
from maabar.reader.definite import spoken, taken_up, unit_as
from maabar.reader.gazetteer import shipped
from maabar.reader.parse import parse
from maabar.reader.phrase import FREE, Phrase
from maabar.reader.preposition import folded
from maabar.reader.state import State, Subject
from maabar.reader.unit import ARMED, Unit
from maabar.reader.wordclass import DET, PRONOUN

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
    if text == "we" and (who := spoken(line, state)) is not None:
        return Subject((who,), "carried")
    if text in NOBODY:
        return Subject()
    args, unit = _antecedent(line, i, text, state)
    if text in ("he", "she") and unit is None and not state.speaker:
        return Subject()
    how = "before" if unit else "carried"
    lasting = text in ("it", "they") and len(args) == 1 and args[0].span is not None
    if unit is None and lasting and _armed(args[0]):
        unit = unit_as(line, Phrase(i, i + 1), line.unit_at(i), args[0])
        how = "before"
    return Subject(args, how, unit) if args else Subject()


def _armed(a: Argument) -> bool:
    return shipped().kind(a.id) in ARMED


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
        if beside := _beside(line, phrase, state):
            return beside
        return _antecedent(line, own, line.words[own].text, state)[0]
    before = [p for p in parse(line).phrases if p.end <= phrase.first]
    for unit in reversed(_units(line, before[-1]) if before else []):
        if args := actors(line, unit, state):
            return args
    return ()


def _beside(line: Line, phrase: Phrase, state: State) -> tuple[Argument, ...]:
    """Of "X and four of its lorries", where X is no subject: X's."""
    tags, k = parse(line).tags, phrase.first - 1
    if k > 2 and line.words[k].text == "of" and tags[k - 1] == DET:
        k -= 2  # "and four of its lorries"
    if k < 1 or line.words[k].text not in ("and", "or"):
        return ()
    named = line.covered[k - 1]
    heads = [p for p in parse(line).phrases if p.first <= k - 1 < p.end]
    if named is None or not armed(named) or named.zone or all(p.role == FREE for p in heads):
        return ()
    return (argument(named),)


OWN_MEN = folded("drivers employees clerks crews agents supporters followers relays couriers men gunmen snipers "
                 "artillery jets warplanes drones police gunners pilots lieutenants envoys leaders leadership spokesman "
                 "chief deputy battalions ranks wing office convoy convoys checkpoints")  # fmt: skip


def _units(line: Line, phrase: Phrase) -> list[Unit]:
    return [u for u in line.units if u.first < phrase.end and u.last > phrase.first]


def _antecedent(
    line: Line, i: int, text: str, state: State
) -> tuple[tuple[Argument, ...], Unit | None]:
    """The latest subject before word i that agrees; else the topic of the sentences before."""
    single = text in SINGULAR
    seen: list[tuple[tuple[Argument, ...], Unit | None]] = []
    found = parse(line)
    for predicate in sorted(found.predicates.values(), key=lambda p: -p.at):
        for phrase in predicate.subjects[:1]:
            if phrase.first >= i or found.tags[phrase.first] == PRONOUN:
                continue
            again = taken_up(line, phrase, state)
            if again is not None:
                seen.append((again.args, again.unit))
                continue
            for unit in _units(line, phrase):
                args = tuple(a for a in actors(line, unit, state) if _may_act(a))
                if args:
                    seen.append((args, unit))
                    break
    for args, where in seen:
        if agrees(args, single):
            return args, where
    if not seen:  # "the arrival of Hezbollah officers, where they met"
        at = line.words[i].start
        means = {id(m) for u in line.units if u.prep == "through" for m in u.mentions}
        here = [m for m in line.mentions if armed(m) and not m.zone and m.span[1] <= at
                and id(m) not in means]  # fmt: skip
        apt = [m for m in here if agrees((argument(m),), single)]
        if apt:
            near = next((u for u in line.units if apt[-1] in u.mentions), None)
            return (argument(apt[-1]),), near
    if text in SINGULAR and state.people and state.topics and (late := _late(state)):
        return (late,), None
    if state.people and text in ("they", "them"):
        return state.people, None
    for args, _ in state.topics:
        if agrees(args, single) and any(_may_act(a) for a in args):
            return args, None
    if state.subject:
        return state.subject, None
    last = tuple(a for a in state.seen[-1:] if _may_act(a))
    return seen[0] if seen else (last, None)


def _late(state: State) -> Argument | None:
    """After a sentence about people: whom it named last, not whom earlier ones were about."""
    told, topic = state.people[0].span, state.topics[0][0][0].span
    last = state.seen[-1] if state.seen else None
    if last is None or last.span is None or told is None or topic is None:
        return None
    return last if topic < told < last.span else None


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
    if head in ("cell", "cells") and any(a.id.startswith("isis") for a in (*here, *state.seen)):
        return (Argument("isis-cells"),)
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
        if head in ("jihadists", "extremists") and not state.doer:
            return (Argument("isis"),)
    if head in BODIES:  # "the division": no country
        here = [a for a in here if shipped().kind(a.id) != "country"]
    fresh = line.words[phrase.first].text in ("a", "an", "another")
    if head not in MEN | ATTACKERS or (fresh and head in BODIES):
        return ()
    if head in ATTACKERS and here and _of_cells(line, here[-1]):
        return (Argument("isis-cells", here[-1].span, here[-1].text),)
    fighting = [a for a in (*reversed(here), *state.last, *state.subject)
                if shipped().kind(a.id) != "organisation"]  # fmt: skip
    return tuple(here[-1:] if here and here[-1] in fighting else fighting[:1])


def _of_cells(line: Line, named: Argument) -> bool:
    """Whether an actor was named as "cells of X"."""
    if named.id != "isis" or named.span is None:
        return False
    k = next((k for k, w in enumerate(line.words) if w.start >= named.span[0]), 0)
    return any(w.text in ("cell", "cells") for w in line.words[max(0, k - 4) : k])
