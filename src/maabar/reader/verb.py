"""Who does it, in Arabic, of a finite verb: after it, before it, left out, in the passive."""

from __future__ import annotations

from maabar.reader.actor import COMPLEMENTS, actors, agentive
from maabar.reader.argument import armed
from maabar.reader.claim import Argument
from maabar.reader.clause import RELATIVES, Line
from maabar.reader.gazetteer import shipped
from maabar.reader.gender import GENDER_F, GENDER_M, shape
from maabar.reader.lexicon import Reading, harms
from maabar.reader.preposition import TENS, folded
from maabar.reader.reach import finite, units_after, verb_between, walled
from maabar.reader.state import State, Subject, us
from maabar.reader.text import fold_word
from maabar.reader.thing import thing_at
from maabar.reader.unit import MEMBER_CLASSES, UNNAMED, Unit
from maabar.reader.word import Word, bare


def agree(reading: Reading, line: Line, unit: Unit) -> bool:
    """Whether a verb before its subject agrees in gender with it, where both are known."""
    gender = reading.form.gender
    if line.english or not gender or reading.form.number not in ("s", ""):
        return True
    head = line.words[unit.first].text
    forms = bare(head)
    if forms & GENDER_F:
        return gender == "f"
    if forms & GENDER_M:
        return gender == "m"
    if head.endswith(("ه", "ات")) and unit.classes & {"person", "personnel"} == frozenset():
        return gender == "f"
    return True


def _complement(line: Line, i: int, reading: Reading) -> Unit | None:
    """The subject between "that" and its verb, or told by "it had happened to X that he ..."."""
    unit = next((u for u in line.units if u.last == i and u.head != "="), None)
    if unit is not None and unit.actor is not None and unit.first and not unit.prep:
        told = line.words[unit.first - 1].text in THAT_CLAUSE and not reading.form.suffix
        if told and agentive(unit) and agree(reading, line, unit):
            return unit
    if i > 2 and line.words[i - 1].text == "ان":
        unit = next((u for u in line.units if u.last == i - 1 and u.prep == "for"), None)
        happened = unit is not None and bare(line.words[unit.first - 1].text) & HAPPENED
        return unit if happened else None
    return None


THAT_CLAUSE = folded("إن أن بأن وأن وإن فإن لأن لكن ولكن")
HAPPENED = folded("سبق يسبق")


def finite_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    plural = reading.form.number == "p"
    relative = i > 0 and line.words[i - 1].text in RELATIVES
    past = reading.form.kind == "past"
    marked = (past and line.words[i].passive_mark) or reading.form.passive is True
    if past and plural and not reading.form.gender and us(state):  # "we seized"
        return Subject(us(state), "carried")
    if i and line.words[i - 1].text in DECREES and state.subject:  # "issued an order that bans"
        return Subject(state.subject, "carried")
    if relative and i > 1 and line.words[i - 2].text == "الامر":  # "which led to": the event
        return Subject((), "thing")
    if i > 1 and line.words[i - 1].text == "من" and line.words[i - 2].text in ("هو", "هي", "هم"):
        cleft = next((u for u in line.units if u.last == i - 2 and u.actor is not None), None)
        if cleft is not None:  # "it is X who killed them"
            return Subject(actors(line, cleft, state), "before", cleft)
    if not marked and (named := _complement(line, i, reading)):  # "that X supports Y"
        args = actors(line, named, state)
        if args:
            return Subject(args, "before", named)
    told_of = relative and not marked and _antecedent(line, i, reading)
    if told_of:
        return Subject(actors(line, told_of, state), "before", told_of)
    if not plural and not marked:
        for unit in units_after(line, i, 14):
            if walled(line, i, unit.first):
                break
            if unit.clause != line.clause[i] and not _aside(line, i, unit.first):
                break
            if any(line.words[k].text in FREED for k in range(i + 1, unit.first)):
                break
            if reading.lemma.duty and any(
                r.form.kind == "masdar" and r.lemma.frames
                for k in range(i + 1, unit.first)
                for r in line.readings[k]
            ):
                break
            if unit.prep or (unit.joined and unit.first - i > 1) or _object_case(line, unit):
                continue
            if ((unit.actor is not None and agentive(unit)) or (
                unit.classes & MEMBER_CLASSES and _agent_head(unit, line)
            )) and agree(reading, line, unit) and not (relative and reading.form.suffix == ""
                                                   and _object_like(unit)):  # fmt: skip
                args = actors(line, unit, state)
                unable = _coercive(reading) and all(map(_unarmed, args))
                if args and not unable and not _patient_like(reading, unit, line):
                    return Subject(args, "after", unit)
            sender = None if unit.actor else _sender(line, unit, state)
            if sender is not None and unit.classes & _SENT:
                return sender
            break
    owned = relative and bool(reading.form.suffix)  # "that it founded": the noun before is object
    before = Subject() if owned else _topic(line, i, reading, state)
    object_unit = next((u for u in units_after(line, i, 8) if not u.prep and not u.joined
                        and not verb_between(line, i + 1, u.first)), None)  # fmt: skip
    if marked and not before.args:
        return Subject((), "passive", object_unit, True)
    if marked:
        return Subject((), "passive", object_unit or before.unit, True)
    if before.args:
        return before
    people = object_unit is not None and bool(
        object_unit.classes
        & {"person", "personnel", "detainees", "property", "vehicle", "convoy", "position"}
        or object_unit.mentions
    )
    if (
        reading.form.passive is None and people and object_unit is not None
        and transitive(reading) and (past or not state.subject)
        and object_unit.first - i <= 2 and not plural
        and _same_gender(reading, line, object_unit)
        and not _accusative(line, object_unit)
        and not (state.fresh and state.subject and not harms_body(reading) and not _nominative(line, object_unit))
        and (_nominative(line, object_unit) or not (
            state.subject and _feminine(state.subject) and reading.form.gender == "f"))
    ):  # fmt: skip
        return Subject((), "passive", object_unit, True)
    if state.subject:
        return Subject(state.agreeing(reading.form.gender, reading.form.number), "carried")
    return Subject()


def _coercive(reading: Reading) -> bool:
    """Whether only those with power can do it: arrest, confiscate, conscript, shell."""
    frames = [f for f in reading.lemma.frames if f.type]
    return bool(frames) and all(
        f.type in _POWER or (f.type == "RESTRICT" and f.subtype == "seizure") for f in frames
    )


_POWER = frozenset({"DETENTION", "RELEASE", "STRIKE", "SIEGE", "RECRUITMENT"})


def _unarmed(a: Argument) -> bool:
    return shipped().kind(a.id) == "population" and a.id not in UNNAMED and a.id != "smugglers"


def _sender(line: Line, unit: Unit, state: State) -> Subject | None:
    """Who sent what comes ("vehicles that X sent arrived")."""
    for k in range(unit.last, min(len(line.words), unit.last + 3)):
        for reading in line.readings[k]:
            if reading.form.kind == "past" and reading.form.suffix in ("ه", "ها"):
                found = finite_subject(line, k, reading, state)
                if found.how == "after":
                    return found
    return None


_SENT = frozenset({"convoy", "vehicle", "reinforcement", "personnel", "aircraft"})


def _antecedent(line: Line, i: int, reading: Reading) -> Unit | None:
    """Who "who" is, where the clause has no pronoun for them: they do what the verb says."""
    if reading.form.suffix or any(
        w.text in _RESUMPTIVE for w in line.words[i + 1 : i + 7] if not w.pause
    ):
        return None
    unit = next((u for u in line.units if u.last == i - 1 and u.head != "="), None)
    if unit is None or unit.actor is None or not armed(unit.actor):
        return None
    word = line.words[unit.first].text
    feminine = shape(word) == "f"
    number = reading.form.number
    if number in ("s", "") and reading.form.gender and shape(word) in ("f", "m"):
        return unit if feminine == (reading.form.gender == "f") else None
    return unit


_RESUMPTIVE = folded("""عليه عليها عليهم فيه فيها منه منها به بها له لها إليه إليها عنه عنها عبره عبرها
    خلاله خلالها بينها بينهم معها معه معهم منهم فوقه فوقها""")  # fmt: skip


DECREES = folded("""قرارا تعميما بيانا أمرا مرسوما تعليمات تعميم قرار بيان قرارات أوامر إعلانا مذكرة
    فتوى تهديدا إنذارا""")  # fmt: skip


FREED = frozenset(map(fold_word, ["سبيل", "سراح", "سبيلهم", "سراحهم", "سبيله", "سراحه"]))
"""After these stand the freed, never those who free them."""


def _object_case(line: Line, unit: Unit) -> bool:
    """Whether the first word of people is written in the accusative: no subject."""
    word = line.words[unit.first]
    people = unit.actor is None or unit.actor.subkind == "population"
    sound = word.text.endswith("ين") and unit.actor is not None
    return accusative(line, unit.first) or (people and sound)


def _owner_of_oblique(line: Line, unit: Unit) -> bool:
    """Whether a name only says whose a noun with a preposition is ("on convoys of X")."""
    return not unit.prep and any(
        u.last == unit.first and u.prep and not u.mentions and not unit.pause for u in line.units
    )


def accusative(line: Line, k: int) -> bool:
    """Whether a noun is written as an object: it ends in the accusative an and no number rules it."""
    word = line.words[k]
    if k and (line.words[k - 1].text[-1:].isdigit() or bare(line.words[k - 1].text) & TENS):
        return False
    plain = Word(word.text[:-1], word.start, word.end)
    marked = word.text.endswith("ا") and len(word.text) > 4 and bool(thing_at([plain], 0)[0])
    return word.tanwin or marked


def _oblique(line: Line, unit: Unit) -> bool:
    """Whether people stand in a case that no subject before its verb has."""
    return _object_case(line, unit) and (
        unit.first == 0 or line.words[unit.first - 1].text not in COMPLEMENTS
    )


def _patient_like(reading: Reading, unit: Unit, line: Line) -> bool:
    """A lone person after a verb that could be passive ("qutila madani") is no agent."""
    if unit.actor is not None and unit.actor.subkind not in ("population",):
        member = unit.classes & {"person", "personnel"} and unit.head not in ("", "=")
        return bool(member) and harms(reading) and not _object_follows(line, unit)
    if unit.actor is None and unit.classes & {"personnel", "patrol"}:
        head = line.words[unit.first].text
        if head.endswith(("نا", "ها", "هم")) or (
            head[-1] == "ه" and not line.words[unit.first].marbuta
        ):
            return False  # "our forces stormed"
    ended = reading.lemma.name == "قضى" and any(
        u.prep == "on" and 0 <= u.first - unit.last <= 8 for u in line.units
    )  # "put an end to" is a deed; without "to" it is to die
    return harms(reading) and not ended and not _object_follows(line, unit)


def _object_follows(line: Line, unit: Unit) -> bool:
    index = line.units.index(unit)
    for other in line.units[index + 1 : index + 4]:
        if (
            other.first - unit.last > 6
            or other.pause
            or other.joined
            or verb_between(line, unit.last, other.first)
        ):
            return False
        if not other.prep and (other.classes or other.mentions) and other.head != "=":
            return True
    return False


def _agent_head(unit: Unit, line: Line) -> bool:
    return bool(unit.classes & {"personnel", "patrol", "aircraft", "convoy", "post", "person",
                                "faction"})  # fmt: skip


def _object_like(unit: Unit) -> bool:
    return bool(unit.classes & {"position", "hq", "weapon", "goods"})


def _same_gender(reading: Reading, line: Line, unit: Unit) -> bool:
    head = line.words[unit.first].text
    feminine = head.endswith(("ه", "ات", "تين", "تان"))
    return reading.form.gender == ("f" if feminine else "m")


def harms_body(reading: Reading) -> bool:
    """Words of killing and wounding: their verbs stand in the passive, their nouns before the victim."""
    return bool(reading.lemma.frames) and reading.lemma.frames[-1].type == "CASUALTIES"


def _accusative(line: Line, unit: Unit) -> bool:
    """Whether the first words after a verb are written as its object."""
    words = [line.words[k] for k in range(unit.first, min(unit.first + 2, unit.last))]
    return any(w.text.endswith("ين") or w.tanwin for w in words)


def _nominative(line: Line, unit: Unit) -> bool:
    return line.words[unit.first].text.endswith(("ون", "ان"))


def _feminine(args: tuple[Argument, ...]) -> bool:
    words = fold_word(args[0].text).split()
    return bool(words) and not set(words[:1]) & GENDER_M


def _aside(line: Line, i: int, j: int) -> bool:
    """Whether the clause breaks between i and j only enclose a remark of time or place."""
    breaks = [k for k in range(i + 1, j + 1) if line.clause[k] != line.clause[k - 1]]
    return (
        len(breaks) == 2 and breaks[1] - breaks[0] <= 8 and all(line.words[k].pause for k in breaks)
    )


def _topic(line: Line, i: int, reading: Reading, state: State) -> Subject:
    """Subject before the verb: the noun that opens the clause, or a relative's antecedent."""
    best: Unit | None = None
    relative = i > 0 and line.words[i - 1].text in RELATIVES
    for unit in reversed([u for u in line.units if u.first < i]):
        if i - unit.last > (18 if _enclosed(line, unit, i) else 12) or (
            _deed_between(line, unit.last, i) and not relative
        ):
            break
        if line.clause[i] - unit.clause > 1 + int(relative) and not _enclosed(line, unit, i):
            break
        if (unit.joined and not unit.pause) or unit.head == "=":
            continue
        if (
            _oblique(line, unit)
            or _owner_of_oblique(line, unit)
            or (
                (unit.prep or assisting(line, unit) or line.words[unit.first].tanwin)
                and not relative
            )
        ):
            continue
        if unit.actor is not None or unit.classes & MEMBER_CLASSES:
            best = unit
            close = i - unit.last <= 0 and reading.form.number == "p"
            if relative or close:
                break
            if not _verb_before(line, unit):
                break
            best = None
            break
        if unit.classes & {"explosive", "missile", "shell", "raid", "convoy"}:
            best = unit
            break
    if best is None:
        return Subject()
    args = actors(line, best, state)
    if not args and not best.classes & {"convoy", "aircraft", "patrol"}:
        return Subject((), "thing", best) if best.classes else Subject()
    return Subject(args, "before", best)


def _deed_between(line: Line, first: int, last: int) -> bool:
    """Whether a verb that tells something stands between: "they were", "they kept" do not."""
    return any(
        finite(line, k) and not any(r.lemma.duty == "plain" for r in line.readings[k])
        for k in range(first, last)
    )


def _enclosed(line: Line, unit: Unit, i: int) -> bool:
    """Whether only an apposition between commas parts an actor from its verb."""
    breaks = [k for k in range(unit.last, i + 1) if line.clause[k] != line.clause[k - 1]]
    return (
        2 <= len(breaks) <= 3
        and breaks[-1] == i
        and armed(unit.actor)
        and not unit.prep
        and all(line.words[k].pause for k in breaks)
    )


def _verb_before(line: Line, unit: Unit) -> bool:
    """Whether the noun already is the subject or object of an earlier verb in its clause."""
    for k in range(unit.first - 1, max(-1, unit.first - 12), -1):
        if line.clause[k] != line.clause[unit.first]:
            return False
        if finite(line, k):
            return not any(r.lemma.duty == "plain" for r in line.readings[k])
    return False


def assisting(line: Line, unit: Unit) -> bool:
    """Whether the actor only helps or watches ("with the support of X")."""
    return unit.first > 0 and any(
        r.prefix == "ب" and r.form.kind in ("masdar", "noun") for r in line.readings[unit.first - 1]
    )


_INTRANSITIVE = frozenset({"MOVEMENT", "WITHDRAWAL", "CLASH", "AFFILIATION_CHANGE", "MEETING",
                           "AGREEMENT", "PRESENCE", "COMPETITION", "CONDITION"})  # fmt: skip


def transitive(reading: Reading) -> bool:
    frames = reading.lemma.frames
    return not frames or any(f.type and f.type not in _INTRANSITIVE for f in frames)
