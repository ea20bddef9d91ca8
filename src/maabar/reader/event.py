"""Who does it, of an English event noun: its owner, or the subject of its verb."""

from __future__ import annotations

from maabar.reader.actor import actors
from maabar.reader.argument import argument, armed
from maabar.reader.clause import Line
from maabar.reader.governor import light_verb, repelled
from maabar.reader.lexicon import Reading
from maabar.reader.naming import agent_of, forces_of, predicate_subject
from maabar.reader.parse import parse
from maabar.reader.phrase import AFTER_PREP, OBJECT
from maabar.reader.preposition import folded
from maabar.reader.pronoun import owner
from maabar.reader.reach import verb_between
from maabar.reader.state import State, Subject
from maabar.reader.wordclass import BE, POSSESSIVES, VERBS

NOT_DOING = folded(
    "condemn condemned denounce denounced survive survived witness witnessed suffered survived "
    "faced mourned marked blamed sustained received confirmed escaped"
)
"""Verbs whose subject is not the doer of the event that is their object."""

PUT = folded("placed put went kept remained stayed came remain stay go")
"""Verbs with which one is "on alert"."""

CARRIED_OUT = folded(
    "introduced imposed launched conducted staged ordered carried mounted declared committed led "
    "fired waged claimed begun started"
)

MEDIATING = folded("broker brokers brokered mediated sponsored mediate arranged")

ENDED = folded("ended resulted led culminated began started answered retaliated replied reacted")
"""Verbs by which one event brings another: "the raid ended with the arrest"."""

MADE = folded("reached struck had held made concluded signed")
"""Plain verbs that with a noun only say that its event took place."""

MOVING = frozenset({"WITHDRAWAL", "AFFILIATION_CHANGE", "REINFORCE"})


def event_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    if repelled(line, i):
        doers = {a.id for a in state.subject}
        other = tuple(a for a in state.last if a.id not in doers)
        return Subject(other, "carried") if other else Subject()
    found = (
        _owner(line, i, reading, state)
        or _conducted(line, i, state)
        or _carried_out_by(line, i, state)
        or _moved(line, i, reading, state)
        or _governed(line, i, reading, state)
    )
    agent = agent_of(line, i, state)
    if agent:
        return Subject(agent, "agent", found.unit if found else None, True)
    return found or (Subject(state.subject, "carried") if state.fresh else Subject())


def _owner(line: Line, i: int, reading: Reading, state: State) -> Subject | None:
    """ "X's raid", "the X raid"."""
    for unit in line.units:
        if not (unit.first < i <= unit.last + 1 and unit.actor is not None and unit.last <= i + 1):
            continue
        if line.words[i - 1].text == "and" or verb_between(line, unit.first, i):
            continue
        if any(parse(line).tags[k] in VERBS for k in range(unit.first, i)):
            continue
        if unit.actor.span[1] <= line.words[i].start:
            return Subject(forces_of(actors(line, unit, state), reading), "genitive", unit)
    phrase = parse(line).phrase_of(i)
    if phrase is None:
        return None
    for k in range(i - 1, phrase.first - 1, -1):
        mention = line.covered[k]
        if mention is not None and armed(mention) and not mention.zone:
            return Subject(forces_of((argument(mention),), reading), "genitive")
        held = any(f.type in ("DETENTION", "RELEASE") for f in reading.lemma.frames)
        own = line.words[k].text in POSSESSIVES and not held  # "his release" is of him
        if own and (args := owner(line, phrase, state)):
            return Subject(args, "genitive")
    return None


def _conducted(line: Line, i: int, state: State) -> Subject | None:
    """ "The raid that X conducted": X's."""
    found = parse(line)
    phrase = found.phrase_of(i)
    end = phrase.end if phrase is not None else i + 1
    if not end < len(line.words) or line.words[end].text not in ("that", "which"):
        return None
    after = [p for p in found.predicates.values() if p.at > end and p.kind == "finite"]
    verb = min(after, key=lambda p: p.at, default=None)
    if verb is None or verb.passive or not verb.subjects or verb.subjects[0].first <= end:
        return None
    active = any(r.lemma.duty == "active" for r in line.readings[verb.at])
    doer = predicate_subject(line, verb, state) if active else Subject()
    return Subject(doer.args, "light", doer.unit) if doer.args else None


def _carried_out_by(line: Line, i: int, state: State) -> Subject | None:
    """ "The ban introduced by X", "a siege that was imposed by X": X's."""
    found = parse(line)
    phrase = found.phrase_of(i)
    for predicate in found.predicates.values():
        same = predicate.kind == "reduced" and phrase in predicate.subjects[:1]
        if phrase is not None and same and line.words[predicate.at].text in CARRIED_OUT:
            args = agent_of(line, predicate.at, state)
            return Subject(args, "agent", None, True) if args else None
    return None


def _moved(line: Line, i: int, reading: Reading, state: State) -> Subject | None:
    """ "The withdrawal of X": X's."""
    moves = reading.lemma.frames and reading.lemma.frames[-1].type in MOVING
    if not moves or reading.form.kind != "noun" or i + 1 >= len(line.words):
        return None
    if line.words[i + 1].text != "of":
        return None
    unit = next((u for u in line.units if u.first > i), None)
    if unit is None or unit.first - i > 6 or not armed(unit.actor):
        return None
    return Subject(actors(line, unit, state), "genitive", unit)


def _governed(line: Line, i: int, reading: Reading, state: State) -> Subject | None:
    """The subject of the verb whose object the noun is: "carried out a raid"."""
    found = parse(line)
    phrase = found.phrase_of(i)
    verb = phrase.verb if phrase is not None and phrase.role == OBJECT else -1
    if phrase is not None and phrase.role == AFTER_PREP and phrase.verb >= 0:
        brought = line.words[phrase.verb].text in ENDED
        put = line.words[phrase.verb].text in BE | PUT
        before = line.words[phrase.first - 1].text
        apt = (put and before == "on") or (brought and before in ("with", "in", "to"))
        verb = phrase.verb if apt else -1
    if verb < 0 or (_plain(line, verb) and line.words[verb].text not in MADE):
        governor = light_verb(line, i)
        active = governor is not None and governor[1].lemma.duty in ("active", "try", "plan")
        verb = governor[0] if governor is not None and active else -1
    elif line.words[verb].text in MEDIATING:
        return Subject()
    elif line.words[verb].text in NOT_DOING or _says(line, verb):
        return None
    predicate = found.predicates.get(verb)
    if predicate is None or predicate.passive:
        return None
    doer = predicate_subject(line, predicate, state)
    return Subject(doer.args, "light", doer.unit) if doer.args else None


def _plain(line: Line, verb: int) -> bool:
    return line.words[verb].text not in BE and any(
        r.lemma.duty == "plain" for r in line.readings[verb]
    )


def _says(line: Line, verb: int) -> bool:
    """Whether the verb only reports; but who claims an attack did it."""
    said = any(r.lemma.duty == "say" for r in line.readings[verb])
    return said and line.words[verb].text not in ("claimed", "claims")
