"""Who does it, in English: the subject that the clauses give, the owner of an event noun."""

from __future__ import annotations

from maabar.reader.argument import (
    State,
    Subject,
    actors,
    argument,
    armed,
    by_agent,
    light_verb,
    repelled,
    verb_between,
)
from maabar.reader.claim import Argument, Mention
from maabar.reader.clause import ARMED, Line, Unit
from maabar.reader.gazetteer import shipped
from maabar.reader.lexicon import Reading
from maabar.reader.mention import AIR_FORCES, NATIONAL
from maabar.reader.parse import Predicate, parse
from maabar.reader.phrase import AFTER_PREP, FREE, OBJECT, Phrase
from maabar.reader.preposition import folded
from maabar.reader.pronoun import MEN, owner, recent, stands_for, unnamed
from maabar.reader.wordclass import BE, POSSESSIVES, PRONOUN, VERBS

NOT_DOING = folded(
    "condemn condemned denounce denounced survive survived witness witnessed suffered survived "
    "faced mourned marked blamed sustained received confirmed escaped"
)
"""Verbs whose subject is not the doer of the event that is their object."""
DEEDS = frozenset({"DETENTION", "RESTRICT", "TAKEOVER", "STRIKE", "ATTACK", "RELEASE", ""})
TIED = folded("linked affiliated backed aligned held led run controlled loyal allied")
SENT = frozenset(
    {"explosive", "shell", "missile", "aircraft", "convoy", "reinforcement", "vehicle"}
)
"""Things that somebody sends, plants or fires."""
BELIEVED = folded("believed thought suspected presumed likely said reported")
FLYING = AIR_FORCES | {"israel": "israeli-air-force"}
PUT = folded("placed put went kept remained stayed came remain stay go")
"""Verbs with which one is "on alert"."""
CARRIED_OUT = folded(
    "introduced imposed launched conducted staged ordered carried mounted declared committed led "
    "fired waged claimed begun started"
)
MEDIATING = folded("broker brokers brokered mediated sponsored mediate arranged")
KEEPING = folded("kept keep keeps keeping")
ENDED = folded("ended resulted led culminated began started answered retaliated replied reacted")
"""Verbs by which one event brings another: "the raid ended with the arrest"."""
MADE = folded("reached struck had held made concluded signed")
"""Plain verbs that with a noun only say that its event took place."""
CAPITALS = {"damascus": "syrian-regime"}
"""Capitals that as subjects stand for a government."""
CARRIERS = frozenset({"vehicle", "convoy", "person", "goods", "personnel", "aircraft"})


def english_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    """Find who does it."""
    predicate = parse(line).predicates.get(i)
    if predicate is None or reading.form.kind == "noun":
        return _noun_subject(line, i, reading, state)
    found = predicate_subject(line, predicate, state)
    if _deed(reading) and found.args and not _armed(found.args):
        found = _outer(line, predicate, state) or found  # "a man who fled and seized"
    if predicate.kind == "reduced" and (kept := _kept(line, predicate, state)):
        return kept
    if predicate.passive and _stands(reading) and found.args:
        return found  # "fighters stationed at X"
    if predicate.passive or _suffered(reading):
        agent = _agent(line, i, state) or _at_checkpoint(line, i, state)
        if not agent and any(f.type == "LEADERSHIP" for f in reading.lemma.frames):
            agent = found.args  # "its commander was dismissed"
        aside = predicate.kind == "reduced" and _told_aside(line, predicate)
        how = "agent" if agent else "reduced" if aside else "passive"
        return Subject(agent, how, found.unit, True)
    if predicate.kind == "bare" and (by := _attempted_by(line, i, state)):
        return by
    if predicate.subjects or "who" in [w.text for w in line.words[max(0, i - 3) : i]]:
        return found  # "it is not clear who": nobody
    return Subject(state.subject, "carried") if state.subject else Subject()


def _deed(reading: Reading) -> bool:
    """Whether only the armed do it."""
    types = {f.type for f in reading.lemma.frames}
    return bool(types) and types <= DEEDS


def _armed(args: tuple[Argument, ...]) -> bool:
    return any(shipped().kind(a.id) in ARMED for a in args)


def _outer(line: Line, predicate: Predicate, state: State) -> Subject | None:
    """The armed subject of an outer clause that "and" may go on with."""
    for phrase in predicate.subjects[1:]:
        if phrase.first < predicate.subjects[0].first:
            found = phrase_subject(line, phrase, state)
            if _armed(found.args):
                return found
    return None


def _kept(line: Line, predicate: Predicate, state: State) -> Subject | None:
    """ "X kept the crossings shut": X shut them."""
    phrase = next(iter(predicate.subjects), None)
    if phrase is None or phrase.role != OBJECT or line.words[phrase.verb].text not in KEEPING:
        return None
    keeper = parse(line).predicates.get(phrase.verb)
    return predicate_subject(line, keeper, state) if keeper is not None else None


def _stands(reading: Reading) -> bool:
    """Whether a passive tells where somebody is or to whom he belongs."""
    types = {f.type for f in reading.lemma.frames}
    return bool(types) and types <= {"PRESENCE", "AFFILIATION"}


def _suffered(reading: Reading) -> bool:
    """Whether the subject only suffers: who dies does nothing."""
    return reading.lemma.name == "die"


def _told_aside(line: Line, predicate: Predicate) -> bool:
    """Whether a participle only says which ones ("to avenge its members killed in X")."""
    phrase = next(iter(predicate.subjects), None)
    if phrase is None:
        return False
    if phrase.verb >= 0 and line.words[phrase.verb].text in ("left", "leave", "leaving"):
        return False
    others = (p for p in parse(line).predicates.values() if p.kind != "reduced")
    return phrase.role != FREE or any(phrase in p.subjects for p in others)


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


def sentence_topic(line: Line, state: State) -> Subject:
    """Who the sentence is about: the first armed subject of its main clauses."""
    for predicate in sorted(parse(line).predicates.values(), key=lambda p: p.at):
        if predicate.depth or predicate.kind != "finite":
            continue
        found = predicate_subject(line, predicate, state)
        if found.args and all(shipped().kind(a.id) in ARMED for a in found.args):
            return found
    return Subject()


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
    men = line.words[phrase.last - 1].text in MEN
    if (own or whose) and men and (args := owner(line, phrase, state)):
        return Subject(args, "before", units[0] if units else None)
    for unit in units:
        args = actors(line, unit, state)
        if unit.actor is not None and _bound_name(line, unit.actor):
            continue
        if own and not any(_named(line, a, phrase) for a in args):
            continue
        if args:
            event = line.readings[phrase.last - 1][:1]
            return Subject(_forces(args, event[0]) if event else args, "before", unit)
    if believed := _believed(line, phrase):
        return Subject((believed,), "before", units[0] if units else None)
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


def _bound_name(line: Line, mention: Mention) -> bool:
    """ "The SDF-linked council": not the SDF."""
    last = max((k for k, m in enumerate(line.covered) if m is mention), default=-1)
    following = line.words[last + 1 : last + 2]
    return bool(last >= 0 and following and following[0].glued and following[0].text in TIED)


def _believed(line: Line, phrase: Phrase) -> Argument | None:
    """ "Aircraft believed to be Israeli": Israel's."""
    words = [w.text for w in line.words[phrase.last : phrase.last + 4]]
    if len(words) < 4 or words[0] not in BELIEVED or words[1:3] != ["to", "be"]:
        return None
    force = NATIONAL.get(words[3], "")
    flying = bool(line.classes[phrase.last - 1] & {"aircraft"})
    ident = FLYING.get(force, force) if flying else force
    span = (line.words[phrase.first].start, line.words[phrase.last + 3].end)
    return Argument(ident, span, "") if ident else None


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
            args = _agent(line, predicate.at, state)
            return Subject(args, "before", units[0]) if args else None
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


def _agent(line: Line, i: int, state: State) -> tuple[Argument, ...]:
    """The agent of a passive: by X, with no other verb between."""
    tags = parse(line).tags
    by = next((k for k in range(i + 1, len(tags)) if line.words[k].text in ("by", "blamed")
               or tags[k] in VERBS), -1)  # fmt: skip
    if by < 0 or line.words[by].text not in ("by", "blamed"):
        return ()
    args = by_agent(line, i, state)
    phrase = next((p for p in parse(line).phrases if p.first == by + 1), None)
    if args or phrase is None or line.words[by].text != "by":
        return args
    found = phrase_subject(line, phrase, state)
    return found.args if _armed(found.args) else ()


def _carried_out_by(line: Line, i: int, state: State) -> Subject | None:
    """ "The ban introduced by X", "a siege that was imposed by X": X's."""
    found = parse(line)
    phrase = found.phrase_of(i)
    for predicate in found.predicates.values():
        same = predicate.kind == "reduced" and phrase in predicate.subjects[:1]
        if phrase is not None and same and line.words[predicate.at].text in CARRIED_OUT:
            args = _agent(line, predicate.at, state)
            return Subject(args, "agent", None, True) if args else None
    return None


def _at_checkpoint(line: Line, i: int, state: State) -> tuple[Argument, ...]:
    """What is done "at a checkpoint of X" without an agent is X's doing."""
    for unit in line.units:
        if unit.first < i or unit.clause != line.clause[i] or unit.prep not in ("in", "through"):
            continue
        if unit.classes & {"checkpoint"} and armed(unit.actor):
            return actors(line, unit, state)
    return ()


def _attempted_by(line: Line, i: int, state: State) -> Subject | None:
    """ "Attempts by X to close": X's."""
    by = next((u for u in line.units if u.prep == "by" and 0 <= i - 1 - u.last <= 1), None)
    if by is None or by.actor is None:
        return None
    before = [p for p in parse(line).predicates.values() if p.at < by.first]
    if before and max(before, key=lambda p: p.at).passive:
        return None  # "were ordered by X to withdraw"
    return Subject(actors(line, by, state), "light", by)


def _noun_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
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
    agent = _agent(line, i, state)
    if agent:
        return Subject(agent, "agent", found.unit if found else None, True)
    return found or (Subject(state.subject, "carried") if state.fresh else Subject())


MOVING = frozenset({"WITHDRAWAL", "AFFILIATION_CHANGE", "REINFORCE"})
FORCES = {"usa": "us-forces", "israel": "israeli-air-force"}
"""Countries by whose adjective an attack is of their forces."""


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


def _forces(args: tuple[Argument, ...], reading: Reading) -> tuple[Argument, ...]:
    """ "US strikes": of the forces of the country."""
    if not any(a.text in ("US", "Israeli", "American") for a in args):
        return args
    hits = any(f.type in ("STRIKE", "ATTACK") for f in reading.lemma.frames)
    return tuple(Argument(FORCES.get(a.id, a.id), a.span, a.text) for a in args) if hits else args


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
            return Subject(_forces(actors(line, unit, state), reading), "genitive", unit)
    phrase = parse(line).phrase_of(i)
    if phrase is None:
        return None
    for k in range(i - 1, phrase.first - 1, -1):
        mention = line.covered[k]
        if mention is not None and armed(mention) and not mention.zone:
            return Subject(_forces((argument(mention),), reading), "genitive")
        held = any(f.type in ("DETENTION", "RELEASE") for f in reading.lemma.frames)
        own = line.words[k].text in POSSESSIVES and not held  # "his release" is of him
        if own and (args := owner(line, phrase, state)):
            return Subject(args, "genitive")
    return None


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
