"""Who does it, in English: the subject that the clauses give to a verb."""

from __future__ import annotations

from maabar.reader.actor import actors
from maabar.reader.argument import armed
from maabar.reader.claim import Argument
from maabar.reader.clause import Line
from maabar.reader.definite import note_titles
from maabar.reader.event import event_subject
from maabar.reader.gazetteer import shipped
from maabar.reader.lexicon import Reading
from maabar.reader.naming import agent_of, any_armed, phrase_subject, predicate_subject
from maabar.reader.parse import parse
from maabar.reader.phrase import FREE, OBJECT, object_follows
from maabar.reader.predicate import Predicate
from maabar.reader.preposition import folded
from maabar.reader.state import State, Subject
from maabar.reader.unit import ARMED
from maabar.reader.wordclass import DET, NOUN, PRONOUN, VERB, VERBS

DEEDS = frozenset({"DETENTION", "RESTRICT", "TAKEOVER", "STRIKE", "ATTACK", "RELEASE", ""})

KEEPING = folded("kept keep keeps keeping")


def english_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    """Find who does it."""
    predicate = parse(line).predicates.get(i)
    verbal = predicate is not None and predicate.kind in ("finite", "bare")
    if predicate is None or (reading.form.kind == "noun" and not verbal):
        return event_subject(line, i, reading, state)
    found = predicate_subject(line, predicate, state)
    if _deed(reading) and found.args and not any_armed(found.args):
        found = _outer(line, predicate, state) or found  # "a man who fled and seized"
    if predicate.kind == "reduced" and (kept := _kept(line, predicate, state)):
        return kept
    if predicate.passive and _stands(reading) and found.args:
        return found  # "fighters stationed at X"
    if predicate.passive or _suffered(reading):
        agent = agent_of(line, i, state) or _at_checkpoint(line, i, state)
        if not agent and predicate.after >= 0:
            agent = _at_checkpoint(line, predicate.after, state)
        if not agent and {f.type for f in reading.lemma.frames} <= {"LEADERSHIP", ""}:
            agent = found.args  # "its commander was dismissed"
        aside = predicate.kind == "reduced" and _told_aside(line, predicate)
        how = "agent" if agent else "reduced" if aside else "passive"
        return Subject(agent, how, found.unit, True)
    if reading.lemma.name in OPENING and not predicate.passive and _of_itself(line, predicate):
        return Subject((), "thing")
    if predicate.kind == "bare" and (by := _attempted_by(line, i, state)):
        return by
    if predicate.subjects or "who" in [w.text for w in line.words[max(0, i - 3) : i]]:
        return found  # "it is not clear who": nobody
    return Subject(state.subject, "carried") if state.subject else Subject()


def stands(line: Line, i: int, reading: Reading) -> bool:
    """Whether a present form is a verb where it stands: "the charges", "the loads" are none."""
    tags = parse(line).tags
    if reading.form.kind == "past" and tags[i] in (NOUN, DET) and line.words[i - 1].text == "the":
        return False  # "two of the detained"
    adjective = reading.form.kind in ("past", "participle") and tags[i] == DET
    if adjective and i + 1 < len(tags) and tags[i + 1] == NOUN and not line.words[i].pause:
        return False  # "displaced households"
    if reading.form.kind == "noun" and tags[i] == VERB:
        return not any(
            r.form.kind in ("past", "present") for r in line.readings[i] if r.lemma.frames
        )
    return reading.form.kind != "present" or tags[i] in VERBS


OPENING = frozenset({"reopen", "close", "opened fire"})


def _of_itself(line: Line, predicate: Predicate) -> bool:
    """Whether "it reopened" is of what opens: a pronoun, and nothing that is opened."""
    tags = parse(line).tags
    pronoun = bool(predicate.subjects) and tags[predicate.subjects[0].first] == PRONOUN
    return pronoun and not object_follows(line, tags, predicate.at)


def _deed(reading: Reading) -> bool:
    """Whether only the armed do it."""
    types = {f.type for f in reading.lemma.frames}
    return bool(types) and types <= DEEDS


def _outer(line: Line, predicate: Predicate, state: State) -> Subject | None:
    """The armed subject of an outer clause that "and" may go on with."""
    for phrase in predicate.subjects[1:]:
        if phrase.first < predicate.subjects[0].first:
            found = phrase_subject(line, phrase, state)
            if any_armed(found.args):
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


def sentence_people(line: Line, state: State) -> tuple[Argument, ...]:
    """The people that the first clause of a sentence is about."""
    finite = [p for p in parse(line).predicates.values() if not p.depth and p.kind == "finite"]
    if not finite:
        return ()
    args = predicate_subject(line, min(finite, key=lambda p: p.at), state).args
    return args if all(shipped().kind(a.id) == "population" for a in args) else ()


def sentence_topic(line: Line, state: State) -> Subject:
    """Who the sentence is about: the first armed subject of its main clauses."""
    note_titles(line, state)
    for predicate in sorted(parse(line).predicates.values(), key=lambda p: p.at):
        if predicate.depth or predicate.kind != "finite":
            continue
        found = predicate_subject(line, predicate, state)
        if found.args and all(shipped().kind(a.id) in ARMED for a in found.args):
            return found
    return Subject()


def _at_checkpoint(line: Line, i: int, state: State) -> tuple[Argument, ...]:
    """What is done "at a checkpoint of X" without an agent is X's doing."""
    for unit in line.units:
        if unit.first < i or unit.clause != line.clause[i] or unit.prep not in ("in", "through"):
            continue
        if unit.classes & {"checkpoint"} and armed(unit.actor):
            return actors(line, unit, state)
        for other in parse(line).predicates.values():  # "a checkpoint run by X"
            held = other.kind == "reduced" and unit.classes & {"checkpoint"}
            if held and any(p.first <= unit.first < p.last for p in other.subjects[:1]):
                return agent_of(line, other.at, state)
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
