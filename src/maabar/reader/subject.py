"""Who does it, in Arabic: the subject of a finite verb, a participle, a verbal noun."""

from __future__ import annotations

from maabar.reader.argument import (
    COMPLEMENTS,
    REACH,
    State,
    Subject,
    actors,
    agentive,
    armed,
    by_agent,
    finite,
    harms,
    light_verb,
    units_after,
    verb_between,
    walled,
)
from maabar.reader.claim import Argument
from maabar.reader.clause import ARMED, MEMBER_CLASSES, RELATIVES, Line, Unit
from maabar.reader.lexicon import Reading
from maabar.reader.text import fold_word
from maabar.reader.topic import english_subject
from maabar.reader.word import bare

GENDER_F = frozenset(
    map(fold_word, ["قسد", "داعش", "الأسايش", "روسيا", "تركيا", "إيران", "إسرائيل", "قيادة"])
)


GENDER_M = frozenset(map(fold_word, ["النظام", "التنظيم", "تنظيم", "التحالف", "الجيش", "جيش", "فرع", "الفرع", "حرس", "لواء", "الفوج", "الحرس", "الدفاع", "الأمن", "حزب", "مجلس", "أمن", "الحشد", "طيران", "الطيران", "الأهالي"]))  # fmt: skip


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


def subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    """Find who does it."""
    if line.english:
        return english_subject(line, i, reading, state)
    agent = by_agent(line, i, state)
    if reading.form.kind in ("past", "present"):
        found = _finite_subject(line, i, reading, state)
    elif reading.form.kind in ("agent", "patient"):
        found = _participle_subject(line, i, reading, state)
    else:
        found = _masdar_subject(line, i, reading, state)
    if agent:
        found = Subject(agent, "agent", found.unit, True, found.units)
    return found


def _finite_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    plural = reading.form.number == "p"
    relative = i > 0 and line.words[i - 1].text in RELATIVES
    past = reading.form.kind == "past"
    marked = (past and line.words[i].passive_mark) or reading.form.passive is True
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
                if args and not _patient_like(reading, unit, line):
                    return Subject(args, "after", unit)
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
        and _transitive(reading) and (past or not state.subject)
        and object_unit.first - i <= 2 and not plural
        and _same_gender(reading, line, object_unit)
        and not _accusative(line, object_unit)
        and not (state.fresh and state.subject and not harms_body(reading) and not _nominative(line, object_unit))
        and (_nominative(line, object_unit) or not (
            state.subject and _feminine(state.subject) and reading.form.gender == "f"))
    ):  # fmt: skip
        return Subject((), "passive", object_unit, True)
    if state.subject:
        return Subject(state.subject, "carried")
    return Subject()


FREED = frozenset(map(fold_word, ["سبيل", "سراح", "سبيلهم", "سراحهم", "سبيله", "سراحه"]))
"""After these stand the freed, never those who free them."""


def _object_case(line: Line, unit: Unit) -> bool:
    """Whether the first word of people is written in the accusative: no subject."""
    word = line.words[unit.first]
    people = unit.actor is None or unit.actor.subkind == "population"
    sound = word.text.endswith("ين") and unit.actor is not None
    return people and bool(sound or word.tanwin)


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
    return harms(reading) and not _object_follows(line, unit)


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
    """Verbs of killing and wounding, which news writes in the passive."""
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
            verb_between(line, unit.last, i - int(relative)) and not (relative)
        ):
            break
        if line.clause[i] - unit.clause > 1 + int(relative) and not _enclosed(line, unit, i):
            break
        if (unit.joined and not unit.pause) or unit.head == "=":
            continue
        if (
            _oblique(line, unit)
            or (unit.prep or _helper(line, unit) or line.words[unit.first].tanwin)
            and not relative
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


def _participle_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    for unit in reversed([u for u in line.units if u.first < i]):
        if i - unit.last > 6:
            break
        if (
            unit.actor is not None
            or unit.classes & MEMBER_CLASSES
            or unit.classes & {"position", "checkpoint", "hq", "goods"}
        ):
            args = actors(line, unit, state)
            return Subject(args, "before" if args else "thing", unit)
    return Subject(state.subject, "carried") if not reading.article else Subject()


def _masdar_subject(line: Line, i: int, reading: Reading, state: State, depth: int = 0) -> Subject:
    following = next(iter(units_after(line, i, 6)), None)
    if _hurts(reading):
        following = None
    if (
        reading.prefix == "ب"
        and reading.lemma.frames[-1:]
        and (reading.lemma.frames[-1].type == "SUPPORT")
    ):
        helper = next((u for u in units_after(line, i, 5) if armed(u.actor)), None)
        if helper is not None and helper.prep in ("", "from", "of"):
            return Subject(actors(line, helper, state), "genitive", helper)
    if reading.prefix == "ب" and reading.form.kind == "masdar" and _transitive(reading):
        doing = _doing(line, i, state)
        if doing.args:
            return doing
    flag = (
        reading.lemma.noun
        and reading.lemma.frames[-1:]
        and (reading.lemma.frames[-1].type == "RAISE_FLAG")
    )
    if (
        following is not None
        and not flag
        and not following.prep
        and not following.joined
        and (
            following.first - i <= 2
            and not following.pause
            and agentive(following)
            and not reading.form.suffix
            and _genitive_subject(line, reading, following)
        )
    ):
        args = actors(line, following, state)
        if args:
            return Subject(args, "genitive", following)
    if _event(reading):
        made = _made_by(line, i, state)
        if made.args:
            return made
    own = next((u for u in units_after(line, i, 8) if u.prep in ("for", "of") and u.head != "="
                and u.actor is not None and not walled(line, i, u.first)), None)  # fmt: skip
    if (
        own is not None
        and (not _transitive(reading) or _raided(line, i, reading, own))
        and not _hurts(reading)
        and not reading.form.suffix
    ):
        return Subject(actors(line, own, state), "genitive", own)
    if _answered(line, i):
        return Subject()
    announced = _announcer(line, i, reading, state)
    if announced.args:
        return announced
    governor = light_verb(line, i)
    if governor is not None and depth < 3:
        j, verb = governor
        duty = verb.lemma.duty
        if duty == "passive":
            victim = _verb_subject(line, j, verb, state)
            return Subject((), "passive", victim.unit, True, [victim.unit] if victim.unit else [])
        if duty in ("active", "try", "plan", "threat", "demand"):
            found = _verb_subject(line, j, verb, state, depth)
            if found.args:
                return Subject(found.args, "light", found.unit)
        if duty == "place":
            return Subject((), "none")
    if reading.form.suffix and not _transitive(reading) and state.subject:
        return Subject(state.subject, "carried")
    if state.fresh and state.subject:
        return Subject(state.subject, "carried")
    earlier = [u for u in line.units if u.first < i]
    for unit in reversed(earlier):
        if i - unit.last > REACH:
            break
        if _helper(line, unit) or _suffers(line, unit):
            continue
        if armed(unit.actor) and not unit.prep and not unit.joined and agentive(unit):
            return Subject(actors(line, unit, state), "carried", unit)
    if state.subject and (reading.form.suffix or reading.conjunction or reading.prefix):
        return Subject(state.subject, "carried")
    return Subject()


def _helper(line: Line, unit: Unit) -> bool:
    """Whether the actor only helps or watches ("with the support of X")."""
    return unit.first > 0 and any(
        r.prefix == "ب" and r.form.kind in ("masdar", "noun") for r in line.readings[unit.first - 1]
    )


def _suffers(line: Line, unit: Unit) -> bool:
    """Whether the men are those killed or hurt ("the death of six of its men")."""
    return any(
        _hurts(r) and r.form.kind in ("masdar", "noun")
        for k in range(max(0, unit.first - 2), unit.first)
        for r in line.readings[k]
    )


def _doing(line: Line, i: int, state: State) -> Subject:
    """The actor right before bi- and a masdar ("X answered with the shelling of Y")."""
    for unit in line.units:
        if (
            0 <= i - unit.last <= 1
            and armed(unit.actor)
            and not unit.prep
            and unit.head != "="
            and not _helper(line, unit)
            and unit.first > 0
            and line.clause[i] == line.clause[unit.first]
            and not any(r.form.kind in ("masdar", "noun") for r in line.readings[unit.first - 1])
            and not (unit.last < i and line.readings[i - 1])
        ):
            return _verbs_own(line, unit, state) or Subject(
                actors(line, unit, state), "light", unit
            )
    return Subject()


def _verbs_own(line: Line, unit: Unit, state: State) -> Subject | None:
    """The subject of the verb before an actor, where the actor is its object."""
    for k in range(unit.first - 1, -1, -1):
        if line.clause[k] != line.clause[unit.first]:
            return None
        for reading in line.readings[k]:
            if reading.lemma.name == "و ه م 8":
                return None  # the accused, not the accuser, is said to have done it
            if reading.form.kind in ("past", "present"):
                found = _finite_subject(line, k, reading, state)
                other = found.how == "after" and found.unit is not unit
                return Subject(found.args, "light", found.unit) if other else None
    return None


def _raided(line: Line, i: int, reading: Reading, own: Unit) -> bool:
    """An attack of X ("hujum li-X"), where X is armed and follows at once."""
    return (
        reading.lemma.noun
        and reading.lemma.frames[-1].type in ("ATTACK", "STRIKE")
        and not reading.prefix
        and own.first - i <= 3
        and armed(own.actor)
    )


ANSWERS = frozenset(map(fold_word, ["ردا", "انتقاما", "احتجاجا", "وردا", "الرد", "ثأرا"]))


def _answered(line: Line, i: int) -> bool:
    """Whether the noun names what somebody else did ("in answer to the shelling of ...")."""
    return (
        i > 1 and line.words[i - 2].text in ANSWERS and line.words[i - 1].text in ("علي", "من", "ل")
    )


ANNOUNCE = frozenset({"ع ل ن 4", "ب ن ي 5"})


def _announcer(line: Line, i: int, reading: Reading, state: State) -> Subject:
    """Who announces or claims a deed has done it ("the ministry announced the arrest of ...")."""
    if reading.prefix or reading.conjunction or reading.form.kind not in ("masdar", "noun"):
        return Subject()
    for j in range(i - 1, max(-1, i - 9), -1):
        for r in line.readings[j]:
            if r.form.kind in ("past", "present") and r.lemma.name in ANNOUNCE:
                unit = next(iter(units_after(line, j, 3)), None)
                if unit is not None and unit.last <= i and not unit.prep and armed(unit.actor):
                    return Subject(actors(line, unit, state), "light", unit)
                if (unit is None or unit.first > i) and state.subject:
                    return Subject(state.subject, "carried")
        if finite(line, j):
            break
    return Subject()


def _event(reading: Reading) -> bool:
    frames = reading.lemma.frames
    return bool(frames) and frames[-1].type in ("STRIKE", "ATTACK", "SIEGE", "RESTRICT", "DETENTION",
                                                "MOVEMENT", "REINFORCE")  # fmt: skip


ORIGINS = frozenset(map(fold_word, ["مصدره", "مصدرها", "مصدرهما"]))


def _made_by(line: Line, i: int, state: State) -> Subject:
    """Who makes an event that a noun names: "raids that X carried out", "a strike from X"."""
    for k in range(i + 1, min(len(line.words), i + 6)):
        for reading in line.readings[k]:
            if reading.form.suffix in ("ه", "ها") and reading.form.kind in ("past", "present"):
                found = _finite_subject(line, k, reading, state)
                helped = any(f.type == "SUPPORT" for f in reading.lemma.frames)
                if found.how == "after" and not helped:
                    return found
    for k in range(i + 1, min(len(line.words), i + 9)):
        if line.words[k].text in ORIGINS:
            unit = next(iter(units_after(line, k, 4)), None)
            if unit is not None and unit.actor is not None:
                return Subject(actors(line, unit, state), "genitive", unit)
    for unit in units_after(line, i, 7):
        if walled(line, i, unit.first):
            break
        if unit.prep == "from" and unit.actor is not None and unit.actor.subkind in ARMED:
            return Subject(actors(line, unit, state), "genitive", unit)
    return Subject()


def _hurts(reading: Reading) -> bool:
    """Death and injury nouns: what follows them is the victim."""
    return bool(reading.lemma.frames) and reading.lemma.frames[-1].type == "CASUALTIES"


def _verb_subject(line: Line, j: int, verb: Reading, state: State, depth: int = 0) -> Subject:
    if verb.form.kind in ("past", "present"):
        return _finite_subject(line, j, verb, state)
    unit = next(iter(units_after(line, j, 4)), None)
    if unit is not None and not unit.prep and agentive(unit):
        return Subject(actors(line, unit, state), "after", unit)
    return _masdar_subject(line, j, verb, state, depth + 1)


_INTRANSITIVE = frozenset({"MOVEMENT", "WITHDRAWAL", "CLASH", "AFFILIATION_CHANGE", "MEETING",
                           "AGREEMENT", "PRESENCE", "COMPETITION", "CONDITION"})  # fmt: skip


def _transitive(reading: Reading) -> bool:
    frames = reading.lemma.frames
    return not frames or frames[-1].type not in _INTRANSITIVE


def _genitive_subject(line: Line, reading: Reading, unit: Unit) -> bool:
    """Whether the noun after a masdar is its subject rather than its object."""
    if unit.head and unit.classes & {"person", "personnel", "casualty"}:
        taking = reading.lemma.frames[-1:] and reading.lemma.frames[-1].type == "TAKEOVER"
        return not _transitive(reading) or (bool(taking) and unit.actor is not None)
    harmful = harms(reading)
    if harmful and reading.lemma.frames[-1].type in ("CASUALTIES", "RELEASE"):
        return False
    if not _transitive(reading):
        return True
    return unit.actor is not None and unit.actor.subkind not in ("population",)
