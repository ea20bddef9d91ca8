"""Triggers: which words of a sentence say that something happened, and of which type."""

from __future__ import annotations

from dataclasses import dataclass

from maabar.reader.argument import (
    COMPLEMENTS,
    State,
    Subject,
    actors,
    armed,
    finite,
    light_verb,
    parties,
    units_after,
    walled,
)
from maabar.reader.claim import Argument
from maabar.reader.clause import ARMED, FUNCTION, RELATIVES, Line, Unit
from maabar.reader.gazetteer import shipped
from maabar.reader.lexicon import Frame, Reading
from maabar.reader.subject import ANNOUNCE, subject
from maabar.reader.text import fold_word
from maabar.reader.word import bare

ADJECTIVES = frozenset(map(fold_word, ["مدفعي", "مدفعية", "صاروخي", "صاروخية", "جوي", "جوية", "مكثف", "مكثفة", "عنيف", "عنيفة", "متبادل", "متبادلة", "مسلح", "مسلحة", "بري", "برية", "متقطعة", "متقطع", "عشوائي", "مباشر", "عسكرية", "أمنية", "مشترك", "مشتركة"]))  # fmt: skip
EVENTLESS = frozenset({"", "-"})
WINDOW = 9


@dataclass(slots=True)
class Trigger:
    """A word (range) that carries a type."""

    first: int
    last: int
    reading: Reading
    frame: Frame
    subject: Subject
    governor: int = -1


def triggers(line: Line, state: State) -> list[Trigger]:
    """All triggers of a sentence, left to right in reading order."""
    found: list[Trigger] = []
    state.fresh, state.speaker = False, ()
    for i in range(len(line.words)):
        _open_topic(line, i, state)
        readings = _plausible(line, i, found)
        for reading in readings:
            doer = subject(line, i, reading, state)
            frame = choose(line, i, reading, doer)
            if frame is None:
                continue
            if frame.type == "SUPPORT" and _backed(line, i):
                break
            if frame.type == "MOTIVE":
                last = next(
                    (
                        t.subject.args
                        for t in reversed(found)
                        if t.subject.args and t.subject.how != "passive"
                    ),
                    (),
                )
                doer = Subject(last or state.subject, "carried")
            if reading.lemma.name in ("انفجر", "explode", "blow up", "go off") and doer.how in (
                "carried",
                "genitive",
            ):
                doer = Subject()
            doer = _shared(line, i, reading, doer, found)
            if frame.type:
                found.append(Trigger(i, i + 1, reading, frame, doer))
                if not circumstance(reading, frame):
                    _bring(line, i, frame, doer, state)
            break
        else:
            _note_subject(line, i, state)
    return _deduplicated(line, found)


def circumstance(reading: Reading, frame: Frame) -> bool:
    """Whether help is told in passing ("with the support of X"): the topic stays."""
    return frame.type == "SUPPORT" and reading.prefix == "ب"


def _backed(line: Line, i: int) -> bool:
    """Whether "backed by X" only says whose they are."""
    words = [w.text for w in line.words[i : i + 2]]
    return words == ["backed", "by"]


EXPLICIT = ("after", "before", "light", "agent", "genitive")
NO_TOPIC = frozenset({"CASUALTIES", "CONDITION", "ASSESSMENT", "CLASH", "AFFILIATION", "CONTROL",
                      "PRESENCE", "COMPOSITION"})  # fmt: skip


def _bring(line: Line, i: int, frame: Frame, doer: Subject, state: State) -> None:
    """The subject just found is what the next clause may leave out."""
    if frame.type in ("CLASH", "MEETING", "AGREEMENT", "COMPETITION"):
        sides = tuple(a for a in parties(line, i, doer, state, frame.type) if a.span)
        if len(sides) > 1:
            state.parties = sides
            if doer.how not in EXPLICIT:
                state.subject = sides
    relative = i > 0 and line.words[i - 1].text in RELATIVES
    if doer.args and doer.how in EXPLICIT and frame.type not in NO_TOPIC and not relative:
        lasting = _lasting(doer)
        if lasting and not (doer.how == "genitive" and state.fresh):
            state.subject, state.fresh = lasting, True


def _lasting(doer: Subject) -> tuple[Argument, ...]:
    """Actors that a later clause may take up: not people who only suffer."""
    return tuple(a for a in doer.args if a.span and shipped().kind(a.id) != "population")


def _open_topic(line: Line, i: int, state: State) -> None:
    """An actor that opens a clause is what the clause is about, whatever its verb."""
    if state.speaker and line.words[i].text.lstrip("وف") in REPORTED:
        state.subject, state.fresh = state.speaker, True
    if line.words[i].text in APPOSED and line.words[i].pause:
        named = [u for u in line.units if u.last <= i and not u.prep and armed(u.actor)]
        if named and i - named[-1].last <= 1:
            state.subject, state.fresh = actors(line, named[-1], state), True
    unit = line.unit_at(i)
    if line.english or unit is None or unit.prep or unit.joined or not armed(unit.actor):
        return
    before = line.words[i - 1] if i else None
    opens = before is None or bool(bare(before.text) & COMPLEMENTS)
    unread = i == 1 and not line.readings[0] and line.covered[0] is None and not line.classes[0]
    if opens or (unread and line.words[0].text not in FUNCTION):
        state.subject, state.fresh = actors(line, unit, state) or state.subject, True


REPORTED = frozenset(map(fold_word, ["إنه", "إنها", "إنهم", "بأنه", "بأنها", "بأنهم"]))
"""After these a speaker speaks of itself."""
APPOSED = frozenset(map(fold_word, ["وهو", "وهي", "وهم"]))


_NOTED = frozenset({"active", "try", "plan", "threat", "demand", "not", "plain", "other", "say"})


def _note_subject(line: Line, i: int, state: State) -> None:
    """The subject of a verb that tells no event of its own."""
    for reading in line.readings[i]:
        if reading.lemma.duty in _NOTED and reading.form.kind in ("past", "present"):
            doer = subject(line, i, reading, state)
            if doer.args and doer.how in ("after", "before"):
                lasting = _lasting(doer)
                if reading.lemma.duty == "say":
                    lasting = tuple(a for a in lasting if shipped().kind(a.id) in ARMED)
                    state.speaker = lasting
                if lasting:
                    state.subject, state.fresh = lasting, True
            return


def _shared(line: Line, i: int, reading: Reading, doer: Subject, before: list[Trigger]) -> Subject:
    """Coordinated masdars share their subject ("seized the posts and closing of the road")."""
    last = next((t for t in reversed(before[-2:]) if t.reading.form.kind == "masdar"), None)
    if (
        last is not None
        and reading.conjunction
        and not reading.form.suffix
        and reading.form.kind == "masdar"
        and doer.how in ("carried", "none")
        and last.subject.args
        and i - last.first <= 10
    ):
        return last.subject
    return doer


def _plausible(line: Line, i: int, before: list[Trigger]) -> list[Reading]:
    """Readings that fit the place of the word, best first."""
    readings = [r for r in line.readings[i] if r.lemma.frames]
    if not readings:
        return []
    if line.english:
        previous = line.words[i - 1].text if i else ""
        if previous in _DETERMINERS:
            readings = [r for r in readings if r.form.kind != "present"]
        if line.words[i].capital and i and line.words[i - 1].capital and not line.words[i].pause:
            readings = []
    elif readings and i and readings[0].article and bare(line.words[i - 1].text) & _OFFICES:
        readings = []
    elif i and line.words[i - 1].text in _BUREAUS and not line.words[i].pause:
        readings = [r for r in readings if r.conjunction or r.prefix or r.form.kind not in _NOUNS]
    if not line.english:
        readings = [r for r in readings if not _adjective(line, i, r)]
    verbs = [r for r in readings if r.form.kind in ("past", "present", "participle")]
    nouns = [r for r in readings if r not in verbs]
    if not verbs or not nouns:
        return readings
    if line.english:
        return _english_order(line, i, verbs, nouns)
    word = line.words[i].text
    previous = line.words[i - 1].text if i else ""
    following = line.words[i + 1].text if i + 1 < len(line.words) else ""
    if any(r.article or r.prefix in ("ب", "ك", "ل") for r in nouns if len(word) > 3) and not any(
        not r.prefix and not r.conjunction for r in verbs
    ):
        return nouns
    if line.words[i].passive_mark:
        return verbs + nouns
    nominal = (
        (previous and not line.words[i].pause and _noun_before(line, i))
        or following in ADJECTIVES
        or (
            readings[0].conjunction
            and any(
                t.reading.form.kind == "masdar" and i - t.first < (7 if t is before[-1] else 9)
                for t in before[-2:]
            )
        )
        or _prepositional(previous)
        or (not readings[0].conjunction and _awaited(line, i, before))
        or _verb_stands(line, i, readings)
    )
    return nouns + verbs if nominal else verbs + nouns


_NOUNS = frozenset({"masdar", "noun"})
_BUREAUS = frozenset(map(fold_word, ["مكتب", "مكتبا", "مركز", "مركزا", "شعبة", "دائرة", "لجنة"]))
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "her",
        "this",
        "these",
        "those",
        "of",
        "in",
        "by",
        "with",
        "for",
        "another",
        "any",
        "some",
        "no",
        "new",
        "first",
        "second",
        "main",
    ]
)
_OFFICES = frozenset(map(fold_word, ["مسؤول", "مسؤولة", "شعبة", "مركز", "لجنة", "مكتب", "قسم", "دائرة", "هيئة", "وزارة", "فرع", "جهاز", "مديرية", "محكمة", "قانون", "مرسوم", "وحدة", "شارع", "دوار", "ساحة", "ملف", "قضية", "موسم", "خط", "ضابط", "مدير", "رئيس", "أمير", "والي", "كتيبة", "معبر", "طريق", "نقطة", "نقاط", "معابر"]))  # fmt: skip


def _awaited(line: Line, i: int, before: list[Trigger]) -> bool:
    """Whether a light verb to the left still waits for its noun."""
    governor = light_verb(line, i)
    if governor is None or any(t.first > governor[0] for t in before):
        return False
    duty = governor[1].lemma.duty
    return duty in ("active", "passive", "none", "place", "try") and (
        governor[1].form.kind in ("past", "present")
        and not any(line.words[k].text in RELATIVES for k in range(governor[0], i))
    )


def _adjective(line: Line, i: int, reading: Reading) -> bool:
    """Whether a definite noun only says which force is meant ("the attacking force")."""
    return (
        reading.article
        and reading.form.kind == "masdar"
        and i > 0
        and line.words[i].marbuta
        and not line.words[i].pause
        and line.words[i - 1].text.startswith("ال")
        and bool(line.classes[i - 1] & {"personnel", "faction", "aircraft", "person", "patrol"})
    )


def _verb_stands(line: Line, i: int, readings: list[Reading]) -> bool:
    """Whether the clause has its verb: a second one would need a conjunction or a relative."""
    if any(r.conjunction for r in readings) or line.words[i].pause:
        return False
    if all(r.form.kind == "present" for r in readings if r.form.kind in ("past", "present")):
        return False
    for k in range(i - 1, max(-1, i - 8), -1):
        word = line.words[k]
        if line.clause[k] != line.clause[i] or word.text in RELATIVES or word.text == "قد":
            return False
        if finite(line, k):
            return not any(r.lemma.duty in ("plain", "say") and r.lemma.name not in ANNOUNCE
                           for r in line.readings[k])  # fmt: skip
        if word.pause:
            return False
    return False


def _prepositional(previous: str) -> bool:
    return previous in _BEFORE_NOUN or (previous[:1] in ("و", "ف") and previous[1:] in _BEFORE_NOUN)


_BEFORE_NOUN = frozenset(map(fold_word, ["في", "من", "على", "إلى", "عن", "بعد", "قبل", "عقب", "منذ", "خلال", "أثناء", "عملية", "عمليات", "جراء", "نتيجة", "بسبب", "إثر", "تم", "يتم", "جرى", "يجري", "جرت", "تجري", "حول", "مقابل", "ضد", "رغم", "دون", "عبر", "سقوط", "مع", "بين", "لقاء", "أي", "ثمة", "حملة", "حملات", "محاولة", "وقوع", "كل"]))  # fmt: skip


def _noun_before(line: Line, i: int) -> bool:
    if (
        line.classes[i - 1]
        and line.covered[i - 1] is None
        and not any(r.conjunction for r in line.readings[i])
    ):
        return bool(line.classes[i - 1] & {"campaign", "raid", "explosive"})
    return any(r.lemma.duty in ("active", "passive", "none", "place", "try") for r in
               line.readings[i - 1])  # fmt: skip


def _english_order(line: Line, i: int, verbs: list[Reading], nouns: list[Reading]) -> list[Reading]:
    previous = line.words[i - 1].text if i else ""
    if previous in ("to", "and", "who", "they", "it", "will", "would", "not", "could"):
        return verbs + nouns
    tenses = [r for r in verbs if r.form.kind == "past" or r.form.number == "s"]
    if i + 1 < len(line.words) and finite(line, i + 1):
        return nouns + verbs
    if previous in ("the", "a", "an", "of", "in", "after", "on", "for", "by", "into", "its") or (
        not tenses
    ):
        return nouns + verbs
    if line.covered[i - 1] is not None if i else False:
        return verbs + nouns
    return nouns + verbs


ADJECTIVAL = frozenset({"AFFILIATION", "PRESENCE", "CONTROL", "MOTIVE", "RECRUITMENT",
                        "AFFILIATION_CHANGE", "COMPOSITION"})  # fmt: skip


def choose(line: Line, i: int, reading: Reading, doer: Subject) -> Frame | None:
    """The first frame whose conditions hold; None where there is none."""
    adjective = reading.form.kind in ("agent", "patient")
    for frame in reading.lemma.frames:
        if (
            adjective
            and not line.words[i].tanwin
            and (
                frame.type not in ADJECTIVAL
                and not any(name == "f" for name, _ in frame.conditions)
            )
        ):
            continue
        if all(_holds(line, i, reading, doer, name, options) for name, options in
               frame.conditions):  # fmt: skip
            return frame
    return None


def _holds(
    line: Line, i: int, reading: Reading, doer: Subject, name: str, options: frozenset[str]
) -> bool:
    match name:
        case "c":
            return bool(object_classes(line, i, reading, doer) & options)
        case "w":
            return any(_matches(line, j, options) for j in _ahead(line, i))
        case "p":
            return any(_matches(line, j, options) for j in _behind(line, i))
        case "f":
            kind = reading.form.kind
            return (
                kind in options
                or ("finite" in options and kind in ("past", "present"))
                or ("participle" in options and line.english and kind == "past")
            )
        case "x":
            return line.words[i].text in options
        case "s":
            return bool(subject_classes(doer) & options)
        case "a":
            return _actor_near(line, i, options)
        case "on" | "to" | "from" | "with":
            return any(u.prep == name for u in units_after(line, i, 8))
    return False


def _matches(line: Line, j: int, options: frozenset[str]) -> bool:
    text = line.words[j].text
    return text in options or bool(bare(text) & options)


def _ahead(line: Line, i: int) -> list[int]:
    found = []
    for j in range(i + 1, min(len(line.words), i + 1 + WINDOW)):
        if line.clause[j] > line.clause[i] + (1 if line.words[j].pause else 0) and j - i > 3:
            break
        found.append(j)
    return found


def _behind(line: Line, i: int) -> list[int]:
    return [j for j in range(max(0, i - 4), i) if line.clause[i] - line.clause[j] <= 0
            or i - j <= 2]  # fmt: skip


def object_classes(line: Line, i: int, reading: Reading, doer: Subject) -> frozenset[str]:
    """Classes of what the trigger bears on: its nearest phrases that are not the subject."""
    found: frozenset[str] = frozenset()
    taken = 0
    for unit in units_after(line, i, 12):
        if walled(line, i, unit.first) and unit.first - i > 1:
            break
        if unit.clause - line.clause[i] > 1 or (unit.clause > line.clause[i] and unit.joined):
            break
        if unit is doer.unit and not doer.passive:
            continue
        if unit.prep in ("time", "by", "over", "about", "back", "to", "through") and taken:
            continue
        if unit.prep == "by":
            found |= unit.classes & _MEANS
        if unit.prep in ("time", "by", "to"):
            continue
        if unit.joined and taken and unit.prep not in ("",):
            break
        found |= unit.classes
        if unit.actor is not None and armed(unit.actor):
            found |= {"armed"}
        if unit.place is not None:
            found |= {"place"}
        if unit.actor is not None and unit.actor.subkind == "population":
            found |= {"person"}
        taken += 1
        if taken >= 3:
            break
    if doer.passive and doer.unit is not None:
        found |= doer.unit.classes
    if reading.form.suffix and not found:
        return frozenset({"pronoun"})
    return found


_MEANS = frozenset({"shell", "missile", "aircraft", "explosive"})


def subject_classes(doer: Subject) -> frozenset[str]:
    """Classes of the subject: people, armed, source, or its thing classes."""
    unit = doer.unit
    if unit is None:
        return frozenset({"carried"}) if doer.args else frozenset()
    found = set(unit.classes)
    actor = unit.actor
    if actor is not None and actor.id.endswith(("air-force", "aircraft")):
        found |= {"aircraft"}
    elif armed(actor):
        found.add("armed")
    elif actor is not None and actor.subkind == "population":
        found |= {"people", "person"}
    elif unit.classes & {"person"} and not unit.classes & {"personnel", "post"}:
        found.add("people")
    if any(m.subkind == "source" for m in unit.mentions):
        found.add("source")
    if actor is None and unit.classes and not unit.classes & {"person", "personnel"}:
        found.add("thing")
    return frozenset(found)


def _actor_near(line: Line, i: int, options: frozenset[str]) -> bool:
    for unit in units_after(line, i, 8):
        actor = unit.actor or next((m for m in unit.mentions if m.kind == "actor"), None)
        if actor is None:
            continue
        if "regime" in options:
            return actor.id == "syrian-regime" and unit.first - i <= 2
        return armed(actor)
    return False


_SUPPORTED = {  # a noun that only prepares a verb of the same type
    "STRIKE", "ATTACK", "CLASH", "DETENTION", "MEETING", "AGREEMENT", "REVENUE", "REINFORCE",
    "MOVE_WEAPONS", "RESTRICT", "SUPPORT", "RECRUITMENT", "CONDITION", "COMPETITION", "MOVEMENT",
    "CASUALTIES", "RELEASE", "TAKEOVER", "FOUNDING", "LEADERSHIP",
}  # fmt: skip


def _deduplicated(line: Line, found: list[Trigger]) -> list[Trigger]:
    """One trigger where noun and verb tell one event ("raids hit", "meeting was held")."""
    kept: list[Trigger] = []
    for trigger in found:
        previous = kept[-1] if kept else None
        if previous is not None and _relative_event(line, previous, trigger):
            continue
        if (
            previous is not None
            and previous.frame.type == trigger.frame.type
            and trigger.frame.type in _SUPPORTED
            and trigger.first - previous.last <= (4 if trigger.frame.type == "REINFORCE" else 2)
            and not trigger.reading.conjunction
            and line.clause[trigger.first] - line.clause[previous.last - 1] == 0
            and not (trigger.first > 0 and line.words[trigger.first - 1].text == "and")
        ):
            previous.last = trigger.last
            if trigger.subject.args and not previous.subject.args:
                previous.subject = trigger.subject
            if previous.frame.subtype == "" and trigger.frame.subtype:
                previous.frame = trigger.frame
            continue
        kept.append(trigger)
    return kept


def _relative_event(line: Line, event: Trigger, trigger: Trigger) -> bool:
    """Whether a relative clause only tells more of an event ("the attack that hit ...")."""
    return (
        event.frame.type in ("STRIKE", "ATTACK")
        and trigger.frame.type in ("STRIKE", "ATTACK")
        and event.reading.form.kind in ("noun", "masdar")
        and trigger.first - event.last <= 3
        and any(line.words[k].text in RELATIVES for k in range(event.last, trigger.first))
    )


def head_unit(line: Line, i: int) -> Unit | None:
    """The phrase that a trigger noun stands in."""
    return next((u for u in line.units if u.first <= i < u.last), None)
