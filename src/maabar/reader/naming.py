"""Who an English noun phrase names: actors, whose men they are, who sent the thing."""

from __future__ import annotations

from maabar.reader.actor import actors, by_agent
from maabar.reader.claim import Argument, Mention
from maabar.reader.clause import Line
from maabar.reader.definite import ENVOYS, forced, in_them, taken_up
from maabar.reader.gazetteer import shipped
from maabar.reader.lexicon import Reading
from maabar.reader.mention import AIR_FORCES, FORCEFUL_EN, NATIONAL
from maabar.reader.parse import parse
from maabar.reader.phrase import OBJECT, Phrase
from maabar.reader.predicate import Predicate
from maabar.reader.preposition import folded
from maabar.reader.pronoun import MEN, OWN_MEN, owner, recent, stands_for, unnamed
from maabar.reader.state import State, Subject
from maabar.reader.unit import ARMED, Unit
from maabar.reader.wordclass import BE, DET, NOUN, POSSESSIVES, PRONOUN, VERBS

ALL_SIDES = folded("parties sides rivals factions groups")
THE_REST = folded("most many some several the rest all")
TIED = folded("linked affiliated backed aligned held led run controlled loyal allied")

SENT = frozenset(
    {"explosive", "shell", "missile", "aircraft", "convoy", "reinforcement", "vehicle"}
)
"""Things that somebody sends, plants or fires."""

BELIEVED = folded(
    "believed thought suspected presumed likely said reported probably apparently possibly"
)

FLYING = AIR_FORCES | {"israel": "israeli-air-force"}

CAPITALS = {"damascus": "syrian-regime"}
"""Capitals that as subjects stand for a government."""

CARRIERS = frozenset({"vehicle", "convoy", "person", "goods", "personnel", "aircraft"})

FORCES = {"usa": "us-forces", "israel": "israeli-air-force"}
"""Countries by whose adjective an attack is of their forces."""


def any_armed(args: tuple[Argument, ...]) -> bool:
    return any(shipped().kind(a.id) in ARMED for a in args)


def predicate_subject(line: Line, predicate: Predicate, state: State) -> Subject:
    """The first of a verb's subjects that can do something."""
    first: Subject | None = None
    head = predicate.subjects[:1]
    if head and unnamed(line, head[0]):  # an apposition says who they are
        head = [p for p in predicate.subjects
                if p.first > head[0].first and not unnamed(line, p)] + head  # fmt: skip
    for phrase in dict.fromkeys([*head, *predicate.subjects]):
        found = phrase_subject(line, phrase, state)
        if found.args and phrase.mates:
            mates = [a for p in phrase.mates for a in phrase_subject(line, p, state).args]
            found.args = tuple({a.id: a for a in (*found.args, *mates)}.values())
        if found.args or (found.unit and found.unit.classes & CARRIERS):
            return found
        first = first or found
    return first or Subject()


def phrase_subject(line: Line, phrase: Phrase, state: State) -> Subject:
    """Who or what a noun phrase names."""
    tags = parse(line).tags
    if tags[phrase.first] == PRONOUN:
        return stands_for(line, phrase.first, state)
    units = [u for u in line.units if u.first < phrase.end and u.last > phrase.first]
    words = [line.words[k].text for k in range(phrase.first, phrase.end)]
    own = bool(POSSESSIVES & set(words))
    whose = phrase.first > 0 and line.words[phrase.first - 1].text == "whose"
    if words[0] == "no":
        return Subject((), "thing")
    if state.people and set(words) <= THE_REST and phrase.first + 1 < len(line.words):
        return Subject(state.people, "carried")
    if (them := in_them(line, phrase)) >= 0:
        return stands_for(line, them, state)
    named = any(u.actor is not None and u.actor.form != "anaphor" for u in units)
    if not named and (believed := _believed(line, phrase)):
        return Subject((believed,), "before", units[0] if units else None)
    sender = parse(line).predicates.get(phrase.verb) if words[-1] in ENVOYS else None
    if sender is not None and phrase.role == OBJECT and not sender.passive and not named:
        return predicate_subject(line, sender, state)
    if again := taken_up(line, phrase, state):
        return again
    men = line.words[phrase.last - 1].text in MEN | OWN_MEN
    if (own or whose) and men and (args := owner(line, phrase, state)):
        return Subject(forced(args), "before", units[0] if units else None)
    for unit in units:
        args = actors(line, unit, state)
        if unit.actor is not None and _bound_name(line, unit.actor):
            continue
        if own and not any(_named(line, a, phrase) for a in args):
            continue
        if args:
            args = tuple(_force(line, a, words) for a in args)
            event = line.readings[phrase.last - 1][:1]
            return Subject(forces_of(args, event[0]) if event else args, "before", unit)
    if words[0] in ("the", "both", "all") and words[-1] in ALL_SIDES and state.parties:
        return Subject(state.parties, "carried", units[0] if units else None)
    if (own or whose) and (args := owner(line, phrase, state)):
        return Subject(args, "before", units[0] if units else None)
    if place := _capital(line, phrase):
        return Subject((place,), "before", units[0] if units else None)
    if args := recent(line, phrase, state):
        return Subject(args, "before", units[0] if units else None)
    if planted := _planted_by(line, phrase, units, state):
        return planted
    if not (units and units[0].classes & SENT) and (args := _event_doer(line, phrase, state)):
        return Subject(args, "before", units[0] if units else None)
    return Subject((), "thing", units[0] if units else None)


def _force(line: Line, a: Argument, words: list[str]) -> Argument:
    """ "A US column": of the forces, not of the country; "cells of ISIS", "militias of Iran"."""
    if a.id == "isis" and {"cells", "cell"} & set(words):
        return Argument("isis-cells", a.span, a.text)
    if a.id == "iran" and {"militias", "factions", "proxies", "militiamen"} & set(words):
        return Argument("iranian-militias", a.span, a.text)
    us = a.id == "usa" and a.text in ("US", "American")
    return Argument("us-forces", a.span, a.text) if us and set(words) & FORCEFUL_EN else a


def _bound_name(line: Line, mention: Mention) -> bool:
    """ "The SDF-linked council": not the SDF."""
    last = max((k for k, m in enumerate(line.covered) if m is mention), default=-1)
    following = line.words[last + 1 : last + 2]
    return bool(last >= 0 and following and following[0].glued and following[0].text in TIED)


def _believed(line: Line, phrase: Phrase) -> Argument | None:
    """ "Aircraft believed to be Israeli", "the jets, Russian as always": of the nation."""
    words = line.words[phrase.last : phrase.last + 4]
    held = 0
    if words and words[0].text in BELIEVED:
        held = 3 if [w.text for w in words[1:3]] == ["to", "be"] else 1
    elif words and words[0].text in ("which", "that"):
        held = next((k + 1 for k, w in enumerate(line.words[phrase.last : phrase.last + 7])
                     if w.text in BE), 0)  # fmt: skip
        words = line.words[phrase.last : phrase.last + 8] if held else []
    elif not (words and words[0].pause and _alone(line, phrase.last)):
        return None
    force = NATIONAL.get(words[held].text, "") if held < len(words) else ""
    flying = bool(line.classes[phrase.last - 1] & {"aircraft"})
    ident = FLYING.get(force, force) if flying else force
    span = (
        line.words[phrase.first].start,
        line.words[min(phrase.last + held, len(line.words) - 1)].end,
    )
    return Argument(ident, span, "") if ident else None


def _alone(line: Line, k: int) -> bool:
    """Whether an adjective at word k stands without a noun."""
    tags = parse(line).tags
    return k + 1 >= len(tags) or line.words[k + 1].pause or tags[k + 1] not in (NOUN, DET)


def _event_doer(line: Line, phrase: Phrase, state: State) -> tuple[Argument, ...]:
    """ "The strikes killed": of who struck, in the event told just before."""
    definite = line.words[phrase.first].text in ("the", "these", "those")
    noun = any(f.type in ("STRIKE", "ATTACK") for r in line.readings[phrase.last - 1]
               if r.form.kind == "noun" for f in r.lemma.frames)  # fmt: skip
    return state.doer if definite and noun and line.sentence.index - state.line <= 1 else ()


def _planted_by(line: Line, phrase: Phrase, units: list[Unit], state: State) -> Subject | None:
    """ "A mine left behind by X": what it does is X's doing."""
    if not any(u.classes & SENT for u in units):
        return None
    for predicate in parse(line).predicates.values():
        if predicate.kind == "reduced" and predicate.subjects[:1] == [phrase]:
            args = agent_of(line, predicate.at, state)
            return Subject(args, "agent", units[0]) if args else None
    return None


def _named(line: Line, a: Argument, phrase: Phrase) -> bool:
    """Whether an argument is named inside the phrase."""
    return a.span is not None and (
        line.words[phrase.first].start <= a.span[0] < line.words[phrase.end - 1].end
    )


def _capital(line: Line, phrase: Phrase) -> Argument | None:
    mention = line.covered[phrase.first]
    if phrase.last - phrase.first == 1 and mention is not None and mention.id in CAPITALS:
        return Argument(CAPITALS[mention.id], mention.span, mention.text)
    return None


def agent_of(line: Line, i: int, state: State) -> tuple[Argument, ...]:
    """The agent of a passive: by X; of "was beaten and arrested by X" of both verbs."""
    predicates = parse(line).predicates
    args = _own_agent(line, i, state)
    if not args and i in predicates and predicates[i].after >= 0:
        args = _own_agent(line, predicates[i].after, state)
    following = next((p for p in predicates.values() if p.after == i), None)
    return args or (_own_agent(line, following.at, state) if following is not None else ())


def _blamed(line: Line, k: int, state: State) -> tuple[Argument, ...]:
    """ "Blamed by X on Y": Y's."""
    if line.words[k + 1 : k + 2] and line.words[k + 1].text == "by":
        for phrase in parse(line).phrases:
            if k < phrase.first <= k + 8 and line.words[phrase.first - 1].text == "on":
                return phrase_subject(line, phrase, state).args
    return ()


def _own_agent(line: Line, i: int, state: State) -> tuple[Argument, ...]:
    """By X, with no other verb between."""
    tags = parse(line).tags
    by = next((k for k in range(i + 1, len(tags)) if line.words[k].text in ("by", "blamed")
               or (tags[k] in VERBS and line.words[k].text != "waiting")), -1)  # fmt: skip
    if by < 0 or line.words[by].text not in ("by", "blamed"):
        return ()
    args = by_agent(line, i, state)
    phrase = next((p for p in parse(line).phrases if p.first == by + 1), None)
    if line.words[by].text == "blamed" and (blamed := _blamed(line, by, state)):
        return blamed
    if args and phrase is not None:
        words = [line.words[k].text for k in range(phrase.first, phrase.end)]
        args = tuple(_force(line, a, words) for a in args)
    if args or phrase is None or line.words[by].text != "by":
        return args
    found = phrase_subject(line, phrase, state)
    return found.args if any_armed(found.args) else ()


def forces_of(args: tuple[Argument, ...], reading: Reading) -> tuple[Argument, ...]:
    """ "US strikes": of the forces of the country."""
    if not any(a.text in ("US", "Israeli", "American") for a in args):
        return args
    hits = any(f.type in ("STRIKE", "ATTACK") for f in reading.lemma.frames)
    return tuple(Argument(FORCES.get(a.id, a.id), a.span, a.text) for a in args) if hits else args
