"""Who does it, in Arabic, of a verbal noun: its genitive, the light verb that carries it, its maker."""

from __future__ import annotations

from maabar.reader.actor import actors, agentive
from maabar.reader.argument import armed
from maabar.reader.clause import RELATIVES, Line
from maabar.reader.governor import light_verb, repelled
from maabar.reader.lexicon import Reading, harms
from maabar.reader.reach import REACH, asyndetic, finite, units_after, walled
from maabar.reader.state import State, Subject
from maabar.reader.text import fold_word
from maabar.reader.unit import ARMED, MEMBER_CLASSES, Unit
from maabar.reader.verb import assisting, finite_subject, harms_body, transitive


def masdar_subject(line: Line, i: int, reading: Reading, state: State, depth: int = 0) -> Subject:
    following = next(iter(units_after(line, i, 6)), None)
    if harms_body(reading):
        following = None
    if (
        reading.prefix == "ب"
        and reading.lemma.frames[-1:]
        and (reading.lemma.frames[-1].type == "SUPPORT")
    ):
        helper = next((u for u in units_after(line, i, 5) if armed(u.actor)), None)
        if helper is not None and helper.prep in ("", "from", "of"):
            return Subject(actors(line, helper, state), "genitive", helper)
    charged = reading.prefix == "ب" or (reading.conjunction and reading.form.kind == "masdar")
    if charged and (accused := _accused(line, i, state)).args:
        return accused
    if reading.prefix == "ب" and reading.lemma.noun and _event(reading):
        struck = _means_of(line, i, state)
        if struck.args:
            return struck
    if reading.prefix == "ب" and reading.form.kind == "masdar" and transitive(reading):
        doing = _doing(line, i, state)
        verb = line.readings[i - 1][0] if i and finite(line, i - 1) else None
        if not doing.args and verb is not None and verb.lemma.duty != "demand":
            doing = finite_subject(line, i - 1, verb, state)
            doing = Subject(doing.args, "light", doing.unit) if doing.how == "before" else Subject()
        if doing.args:
            return doing
    if i > 1 and (driven := _driven(line, i, state)).args:
        return driven
    undertaken = _undertaken(line, i, reading, state, depth)
    if undertaken.args:
        return undertaken
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
        and (not transitive(reading) or _raided(line, i, reading, own))
        and not harms_body(reading)
        and not reading.form.suffix
    ):
        return Subject(actors(line, own, state), "genitive", own)
    if _answered(line, i) or repelled(line, i):
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
        if duty == "demand" and not _levied(reading):
            return _addressee(line, j, i, verb, state)
        if duty in ("active", "try", "plan", "threat", "demand"):
            found = _verb_subject(line, j, verb, state, depth)
            if found.args:
                return Subject(found.args, "light", found.unit)
        if duty == "place":
            return Subject((), "none")
        if duty == "none" and verb.form.number in ("p", "d"):  # "they inflicted five dead"
            found = _verb_subject(line, j, verb, state, depth)
            if found.args:
                return Subject(found.args, "light", found.unit)
    if reading.form.suffix and not transitive(reading) and state.subject:
        return Subject(state.subject, "carried")
    if state.fresh and state.subject:
        return Subject(state.subject, "carried")
    earlier = [u for u in line.units if u.first < i]
    for unit in reversed(earlier):
        if i - unit.last > REACH:
            break
        if assisting(line, unit) or _suffers(line, unit):
            continue
        if armed(unit.actor) and not unit.prep and not unit.joined and agentive(unit):
            return Subject(actors(line, unit, state), "carried", unit)
    if state.subject and (reading.form.suffix or reading.conjunction or reading.prefix):
        return Subject(state.subject, "carried")
    return Subject()


def _levied(reading: Reading) -> bool:
    """Money that is asked for is for who asks."""
    return any(f.type == "REVENUE" for f in reading.lemma.frames)


def _driven(line: Line, i: int, state: State) -> Subject:
    """Who is made to do it ("forced the people to leave", "drove the protesters to stone it")."""
    if line.words[i - 1].text not in ("الي", "علي"):
        return Subject()
    for j in range(i - 2, max(-1, i - 9), -1):
        if any(r.lemma.name in CAUSING and r.form.kind in ("past", "present", "masdar")
               for r in line.readings[j]):  # fmt: skip
            driven = [u for u in line.units if j < u.first < i and not u.prep and u.head != "="]
            args = actors(line, driven[-1], state) if driven else ()
            return Subject(args, "asked", driven[-1]) if args else Subject()
        if finite(line, j):
            return Subject()
    return Subject()


CAUSING = frozenset(
    {"دفع", "أجبر", "أرغم", "حمل", "ج ب ر 4", "ر غ م 4", "ض ط ر 8", "د ف ع", "ح م ل"}
)


def _addressee(line: Line, j: int, i: int, verb: Reading, state: State) -> Subject:
    """Of whom an act is demanded: "they called on X to release", "asked of X the release"."""
    asking = _verb_subject(line, j, verb, state)
    for unit in line.units:
        if (
            j < unit.first < i
            and unit is not asking.unit
            and (armed(unit.actor) or unit.classes & MEMBER_CLASSES)
            and not unit.joined
            and unit.prep in ("", "from", "to")
            and (asked := actors(line, unit, state))
        ):
            return Subject(asked, "asked", unit)
    return Subject()


def _suffers(line: Line, unit: Unit) -> bool:
    """Whether the men are those killed or hurt ("the death of six of its men")."""
    return any(
        harms_body(r) and r.form.kind in ("masdar", "noun")
        for k in range(max(0, unit.first - 2), unit.first)
        for r in line.readings[k]
    )


def _undertaken(line: Line, i: int, reading: Reading, state: State, depth: int) -> Subject:
    """Who sets about a deed: the genitive of "X proceeded to expel Y" is expelled, not the doer."""
    owner = next((u for u in line.units if u.first == i + 1 and not u.prep), None)
    own = owner is not None and agentive(owner) and not transitive(reading)
    if own or reading.form.kind != "masdar" or depth >= 3:
        return Subject()
    before = line.words[i - 1].text if i else ""
    linked = reading.prefix == "ب" or before in ("علي", "الي", "في", "من") or before[:1] == "ب"
    governor = light_verb(line, i, FAR) if linked else None
    if governor is None or governor[1].lemma.duty not in ("active", "try", "plan", "demand"):
        return Subject()
    if governor[1].lemma.duty == "demand":
        return _addressee(line, governor[0], i, governor[1], state)
    found = _verb_subject(line, governor[0], governor[1], state, depth)
    return Subject(found.args, "light", found.unit) if found.args else Subject()


FAR = 22
"""Words that may stand between a light verb and the deed it carries."""


def _accused(line: Line, i: int, state: State) -> Subject:
    """Who is said to have done it ("X accused Y, who sit in Z, of killing them")."""
    for j in range(i - 1, max(-1, i - 24), -1):
        verb = next((r for r in line.readings[j] if r.lemma.name == "و ه م 8"), None)
        if verb is None or verb.form.kind not in ("past", "present"):
            other = finite(line, j) or any(
                r.lemma.duty and r.form.kind in ("past", "present") for r in line.readings[j]
            )
            if other and not asyndetic(line, j) and line.words[j - 1].text not in RELATIVES:
                return Subject()
            continue
        named = [u for u in line.units if j < u.first < i and not u.prep and not u.joined
                 and u.head != "=" and u.actor is not None and not u.pause]  # fmt: skip
        told = named[1:] if len(named) > 1 and _topic_free(line, j) else named
        if told:
            return Subject(actors(line, told[0], state), "asked", told[0])
        return Subject()
    return Subject()


def _topic_free(line: Line, j: int) -> bool:
    """Whether no subject stands before the verb, so that the first name after it is one."""
    return not any(u.last == j and u.actor is not None for u in line.units)


def _means_of(line: Line, i: int, state: State) -> Subject:
    """The subject of the verb whose means an event noun is ("X targeted with two raids a camp of Y")."""
    for k in range(i - 1, max(-1, i - 6), -1):
        if line.clause[k] != line.clause[i] or line.words[k].text in RELATIVES:
            return Subject()
        for reading in line.readings[k]:
            if reading.form.kind in ("past", "present") and reading.lemma.name in _STRIKING:
                found = finite_subject(line, k, reading, state)
                return Subject(found.args, "light", found.unit) if not found.passive else Subject()
    return Subject()


_STRIKING = frozenset({"استهدف", "ضرب", "هاجم", "طال", "قصف", "ر د د", "باغت"})


def _doing(line: Line, i: int, state: State) -> Subject:
    """The actor right before bi- and a masdar ("X answered with the shelling of Y")."""
    for unit in line.units:
        if (
            0 <= i - unit.last <= 1
            and armed(unit.actor)
            and not unit.prep
            and unit.head != "="
            and not assisting(line, unit)
            and "casualty" not in unit.classes
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
                found = finite_subject(line, k, reading, state)
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
                found = finite_subject(line, k, reading, state)
                helped = any(f.type == "SUPPORT" for f in reading.lemma.frames)
                if found.how == "after" and not helped:
                    return Subject(found.args, "genitive", found.unit)
    for k in range(i + 1, min(len(line.words), i + 9)):
        if line.words[k].text in ORIGINS:
            unit = next(iter(units_after(line, k, 4)), None)
            if unit is not None and unit.actor is not None:
                return Subject(actors(line, unit, state), "genitive", unit)
    for unit in units_after(line, i, 7):
        if walled(line, i, unit.first):
            break
        if any("support" in line.classes[k] for k in range(max(0, unit.first - 2), unit.first)):
            continue
        if unit.prep == "from" and unit.actor is not None and unit.actor.subkind in ARMED:
            return Subject(actors(line, unit, state), "genitive", unit)
    return Subject()


def _verb_subject(line: Line, j: int, verb: Reading, state: State, depth: int = 0) -> Subject:
    if verb.form.kind in ("past", "present"):
        return finite_subject(line, j, verb, state)
    unit = next(iter(units_after(line, j, 4)), None)
    if unit is not None and not unit.prep and agentive(unit):
        return Subject(actors(line, unit, state), "after", unit)
    return masdar_subject(line, j, verb, state, depth + 1)


def _genitive_subject(line: Line, reading: Reading, unit: Unit) -> bool:
    """Whether the noun after a masdar is its subject rather than its object."""
    if unit.head and unit.classes & {"person", "personnel", "casualty"}:
        taking = reading.lemma.frames[-1:] and reading.lemma.frames[-1].type == "TAKEOVER"
        return not transitive(reading) or (bool(taking) and unit.actor is not None)
    harmful = harms(reading)
    if harmful and reading.lemma.frames[-1].type in ("CASUALTIES", "RELEASE"):
        return False
    if not transitive(reading):
        return True
    return unit.actor is not None and unit.actor.subkind not in ("population",)
