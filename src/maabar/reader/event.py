"""Who does it, of an English event noun: its owner, or the subject of its verb."""

from __future__ import annotations

from maabar.reader.actor import actors
from maabar.reader.argument import argument, armed
from maabar.reader.claim import Argument
from maabar.reader.clause import Line
from maabar.reader.definite import taken_up
from maabar.reader.governor import light_verb, repelled
from maabar.reader.lexicon import Reading
from maabar.reader.naming import (
    agent_of,
    any_armed,
    forces_of,
    phrase_subject,
    predicate_subject,
)
from maabar.reader.parse import parse
from maabar.reader.phrase import AFTER_PREP, OBJECT, Phrase
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

ASKING = folded("demand demanded demanding demands seek sought seeking urge urged secure secured securing negotiate "
                "negotiated win won obtain obtained")  # fmt: skip
"""Verbs whose subject wants a release that others grant."""

PUT = folded("placed put went kept remained stayed came remain stay go")
"""Verbs with which one is "on alert"."""

CARRIED_OUT = folded(
    "introduced imposed launched conducted staged ordered carried mounted declared committed led "
    "fired waged claimed begun started"
)

TAKEN = folded("taken collected levied paid made done signed enforced")
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
        or _planted(line, i, state)
        or _moved(line, i, reading, state)
        or _between(line, i, state)
        or _governed(line, i, reading, state)
        or (_behind(line, i, state) if _hits(reading) or _kills(reading) else None)
    )
    agent = agent_of(line, i, state)
    agent = agent or _done_by(line, i, state)
    if agent:
        return Subject(agent, "agent", found.unit if found else None, True)
    if found is None and ((_hits(reading) and _told_after(line, i)) or _undergone(line, i)):
        return Subject((), "undergone")
    return found or (Subject(state.subject, "carried") if state.fresh else Subject())


def _done_by(line: Line, i: int, state: State) -> tuple[Argument, ...]:
    """ "A levy was taken by X": X's."""
    found = parse(line)
    phrase = found.phrase_of(i)
    for predicate in found.predicates.values():
        subject = predicate.passive and predicate.kind == "finite" and phrase is not None
        done = line.words[predicate.at].text in CARRIED_OUT | TAKEN
        if subject and done and phrase in predicate.subjects[:1] and predicate.at > i:
            return agent_of(line, predicate.at, state)
    return ()


def _undergone(line: Line, i: int) -> bool:
    """Whether the noun is the subject of a passive: "a curfew was announced" by nobody named."""
    found = parse(line)
    phrase = found.phrase_of(i)
    passives = (
        p for p in found.predicates.values() if p.passive and p.kind == "finite" and not p.depth
    )
    return phrase is not None and any(phrase in p.subjects[:1] for p in passives)


def _told_after(line: Line, i: int) -> bool:
    """Whether an attack is only told as what something came after: not its subject's."""
    phrase = parse(line).phrase_of(i)
    before = line.words[phrase.first - 1].text if phrase is not None and phrase.first else ""
    return before in ("after", "following", "since", "despite", "over")


def _hits(reading: Reading) -> bool:
    return any(f.type in ("STRIKE", "ATTACK") for f in reading.lemma.frames)


def _kills(reading: Reading) -> bool:
    return any(f.type == "CASUALTIES" for f in reading.lemma.frames)


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
    inner = [p for p in after if p.at > verb.at and p.subjects and p.subjects[0].first > verb.at]
    if _says(line, verb.at) and inner:  # "an attack that X said its men had carried out"
        verb = min(inner, key=lambda p: p.at)
    active = line.words[verb.at].text in CARRIED_OUT or any(
        r.lemma.duty == "active" for r in line.readings[verb.at]
    )
    doer = predicate_subject(line, verb, state) if active else Subject()
    return Subject(doer.args, "light", doer.unit) if doer.args else None


def _behind(line: Line, i: int, state: State) -> Subject | None:
    """ "X was behind them", "X claimed the attack": later in the sentence it is said who did it."""
    found = parse(line)
    for predicate in sorted(found.predicates.values(), key=lambda p: p.at):
        if predicate.at <= i or predicate.passive or not predicate.subjects:
            continue
        rest = [w.text for w in line.words[predicate.at + 1 : predicate.at + 4]]
        while rest and rest[0] in _MAYBE:
            rest.pop(0)
        verb = line.words[predicate.at].text
        behind = verb in BE and rest[:1] == ["behind"] and rest[1:2] and rest[1] in _IT
        which = any(line.words[k].text == "which" for k in range(i, predicate.at))
        claimed = verb in ("claimed", "claims") and (
            which or rest[:1] in (["responsibility"], ["it"])
        )
        if behind or claimed:
            doer = predicate_subject(line, predicate, state)
            if doer.args and any_armed(doer.args):
                return Subject(doer.args, "light", doer.unit)
    return None


_MAYBE = folded("probably likely apparently almost certainly")
_IT = folded("it them this these the")


ASCRIBED = folded("attributed ascribed")


def _carried_out_by(line: Line, i: int, state: State) -> Subject | None:
    """ "The ban introduced by X", "a siege that was imposed by X": X's."""
    found = parse(line)
    phrase = found.phrase_of(i)
    for predicate in found.predicates.values():
        same = predicate.kind == "reduced" and phrase in predicate.subjects[:1]
        if same and phrase is not None and line.words[predicate.at].text in ASCRIBED:
            to = (p for p in found.phrases if p.first == predicate.at + 2)
            return next((phrase_subject(line, p, state) for p in to), None)
        if phrase is not None and same and line.words[predicate.at].text in CARRIED_OUT:
            args = agent_of(line, predicate.at, state)
            return Subject(args, "agent", None, True) if args else None
    return None


def _moved(line: Line, i: int, reading: Reading, state: State) -> Subject | None:
    """ "The withdrawal of X": X's."""
    moves = reading.lemma.frames and reading.lemma.frames[-1].type in MOVING
    if not moves or reading.form.kind != "noun" or i + 1 >= len(line.words):
        return None
    sent = line.words[i].text == "reinforcements" and line.words[i + 1].text in ("for", "from")
    if line.words[i + 1].text != "of" and not sent:
        return None
    whose = next((p for p in parse(line).phrases if p.first == i + 2), None)
    if whose is not None and (found := taken_up(line, whose, state)) and any_armed(found.args):
        return found
    unit = next((u for u in line.units if u.first > i), None)
    if unit is None or unit.first - i > 6 or not armed(unit.actor):
        return None
    return Subject(actors(line, unit, state), "genitive", unit)


def _between(line: Line, i: int, state: State) -> Subject | None:
    """ "Clashes between the two sides": of both."""
    for phrase in parse(line).phrases:
        if i < phrase.first <= i + 9 and line.words[phrase.first - 1].text == "between":
            found = taken_up(line, phrase, state)
            if found is not None and len(found.args) > 1:
                return found
            return _on_the_other(line, phrase, state)
    return None


def _on_the_other(line: Line, one: Phrase, state: State) -> Subject | None:
    """ "Between X on one hand and Y on the other": of X and Y."""
    words = [w.text for w in line.words[one.end : one.end + 4]]
    if words[:2] not in (["on", "one"], ["on", "the"]):
        return None
    for other in parse(line).phrases:
        if other.first > one.end and line.words[other.first - 1].text == "and":
            sides = phrase_subject(line, one, state).args + phrase_subject(line, other, state).args
            return Subject(sides, "light") if len(sides) > 1 else None
    return None


def _planted(line: Line, i: int, state: State) -> Subject | None:
    """ "The explosion of a mine left by X": X's."""
    phrase = parse(line).phrase_of(i)
    for predicate in parse(line).predicates.values():
        said = predicate.kind == "reduced" and line.words[predicate.at].text in PLANTED
        inner = predicate.subjects[0] if said and predicate.subjects else None
        if phrase is not None and inner is not None and phrase.first <= inner.first < phrase.end:
            args = agent_of(line, predicate.at, state)
            return Subject(args, "agent", None, True) if args else None
    return None


PLANTED = folded("left planted laid buried dropped fired thrown hidden attached")


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
    elif line.words[verb].text in ASKING and _frees(reading):
        return Subject(state.jailer)
    elif line.words[verb].text in NOT_DOING or _says(line, verb):
        return None
    predicate = found.predicates.get(verb)
    if predicate is None or predicate.passive:
        return None
    doer = predicate_subject(line, predicate, state)
    return Subject(doer.args, "light", doer.unit) if doer.args else None


def _frees(reading: Reading) -> bool:
    return any(f.type == "RELEASE" for f in reading.lemma.frames)


def _plain(line: Line, verb: int) -> bool:
    return line.words[verb].text not in BE and any(
        r.lemma.duty == "plain" for r in line.readings[verb]
    )


def _says(line: Line, verb: int) -> bool:
    """Whether the verb only reports; but who claims an attack did it."""
    said = any(r.lemma.duty == "say" for r in line.readings[verb])
    return said and line.words[verb].text not in ("claimed", "claims")
