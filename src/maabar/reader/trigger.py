"""Triggers: which words of a sentence say that something happened, and of which type."""

from __future__ import annotations

from itertools import pairwise

from maabar.reader.actor import COMPLEMENTS, actors
from maabar.reader.argument import armed
from maabar.reader.claim import Argument
from maabar.reader.clause import FUNCTION, RELATIVES, Line
from maabar.reader.definite import take_up
from maabar.reader.frame import Trigger, choose
from maabar.reader.gazetteer import shipped
from maabar.reader.lexicon import Frame, Reading
from maabar.reader.preposition import folded
from maabar.reader.reach import asyndetic
from maabar.reader.sense import plausible
from maabar.reader.side import parties
from maabar.reader.state import State, Subject
from maabar.reader.subject import subject
from maabar.reader.text import fold_word
from maabar.reader.topic import stands
from maabar.reader.unit import ARMED, Unit
from maabar.reader.word import bare


def triggers(line: Line, state: State) -> list[Trigger]:
    """All triggers of a sentence, left to right in reading order."""
    found: list[Trigger] = []
    state.fresh, state.speaker = False, ()
    if line.english:
        take_up(line, state)
    for i in range(len(line.words)):
        _open_topic(line, i, state)
        readings = plausible(line, i, found)
        if line.english:
            readings = [r for r in readings if stands(line, i, r)]
        for reading in readings:
            doer = subject(line, i, reading, state)
            frame = choose(line, i, reading, doer) or _beyond(line, i, reading, doer)
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
                own = reading.form.kind in ("past", "present") and doer.how in EXPLICIT
                doer = doer if own and doer.args else Subject(last or state.subject, "carried")
            if reading.lemma.name in ("انفجر", "explode", "blow up", "go off") and (
                doer.how != "agent"
                and not (doer.how == "genitive" and doer.unit)
                and not (line.english and (doer.how == "before" or frame.type == "MOVEMENT"))
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


def _beyond(line: Line, i: int, reading: Reading, doer: Subject) -> Frame | None:
    """The frame that holds once an aside between commas is passed over ("sent, at dawn, men")."""
    if line.english or reading.form.kind not in ("past", "present"):
        return None
    aside = _aside(line, i)
    if aside is None:
        return None
    first, last = aside
    clauses, own = list(line.clause), [u.clause for u in line.units]
    drop = line.clause[last] - line.clause[first - 1]
    try:
        for k in range(first, len(clauses)):
            line.clause[k] = clauses[first - 1] if k < last else clauses[k] - drop
        for unit in line.units:
            if unit.first >= first:
                unit.clause = clauses[first - 1] if unit.first < last else unit.clause - drop
        return choose(line, i, reading, doer)
    finally:
        line.clause[:] = clauses
        for unit, clause in zip(line.units, own, strict=True):
            unit.clause = clause


def _aside(line: Line, i: int) -> tuple[int, int] | None:
    """The words between two commas, after the verb and its subject, that open no clause."""
    pauses = [k for k in range(i + 1, min(len(line.words), i + 15)) if line.words[k].pause]
    for first, last in pairwise(pauses):
        if last - first > 6 or first - i > 7:
            return None
        if bare(line.words[first].text) & ASIDES and not any(
            r.form.kind in ("past", "present") for k in range(first + 1, last)
            for r in line.readings[k] if r.lemma.frames
        ):  # fmt: skip
            return first, last
    return None


ASIDES = folded("""اليوم أمس غدا فجر فجرا صباح صباحا ظهر ظهرا عصر عصرا مساء ليل ليلا ليلة منتصف منذ قبل بعد خلال يوم الأحد
    الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأسبوع الشهر مطلع نهاية أواخر بداية قبيل عقب الليلة في حتى بحسب وفق وفقا حسب
    برفقة بمساندة بدعم بحضور بمشاركة بإشراف عبر قرب بالتزامن إثر""")  # fmt: skip
"""What opens a phrase between commas that only adds when, where, with whom or who says so."""


def circumstance(reading: Reading, frame: Frame) -> bool:
    """Whether help is told in passing ("with the support of X"): the topic stays."""
    return frame.type == "SUPPORT" and reading.prefix == "ب"


def _backed(line: Line, i: int) -> bool:
    """Whether "backed by X" only says whose they are."""
    words = [w.text for w in line.words[i : i + 2]]
    return words == ["backed", "by"]


EXPLICIT = ("after", "before", "light", "agent", "genitive")


NO_TOPIC = frozenset({"CASUALTIES", "CONDITION", "ASSESSMENT", "CLASH", "AFFILIATION", "CONTROL",
                      "PRESENCE", "COMPOSITION", "FOUNDING"})  # fmt: skip


def _bring(line: Line, i: int, frame: Frame, doer: Subject, state: State) -> None:
    """The subject just found is what the next clause may leave out."""
    if frame.type in ("CLASH", "MEETING", "AGREEMENT", "COMPETITION"):
        sides = tuple(a for a in parties(line, i, doer, state, frame.type) if a.span)
        if len(sides) > 1:
            state.parties = sides
            if doer.how not in EXPLICIT:
                state.take(sides)
    opened = i > 0 and line.words[i - 1].text in RELATIVES and not line.words[i - 1].pause
    relative = opened or asyndetic(line, i)
    if doer.args and doer.how in EXPLICIT and frame.type not in NO_TOPIC and not relative:
        lasting = _lasting(doer)
        if lasting and not (doer.how == "genitive" and state.fresh):
            state.take(lasting, _head(line, doer.unit))
            state.fresh = True
        elif not lasting and any(a.span for a in doer.args):
            state.remember(doer.args, _head(line, doer.unit))


def _head(line: Line, unit: Unit | None) -> str:
    return line.words[unit.first].text if unit is not None else ""


def _lasting(doer: Subject) -> tuple[Argument, ...]:
    """Actors that a later clause may take up: not people who only suffer."""
    return tuple(a for a in doer.args if a.span and shipped().kind(a.id) != "population")


def _open_topic(line: Line, i: int, state: State) -> None:
    """An actor that opens a clause is what the clause is about, whatever its verb."""
    if state.speaker and (form := REPORTED.get(line.words[i].text.lstrip("وف"))):
        state.take(state.speaker, form=form)
        state.fresh = True
    if line.words[i].text in APPOSED and line.words[i].pause:
        named = [u for u in line.units if u.last <= i and not u.prep and armed(u.actor)]
        if named and i - named[-1].last <= 1:
            state.take(actors(line, named[-1], state), _head(line, named[-1]))
            state.fresh = True
    unit = line.unit_at(i)
    if unit is not None and unit.prep == "for" and i and bare(line.words[i - 1].text) & {"سبق"}:
        state.take(actors(line, unit, state) or state.subject, _head(line, unit))
        state.fresh = True
    if line.english or unit is None or unit.prep or unit.joined or unit.actor is None:
        return
    if unit.actor.subkind == "population" and i == 0:
        state.remember(actors(line, unit, state), _head(line, unit))
    if not armed(unit.actor):
        return
    before = line.words[i - 1] if i else None
    opens = before is None or bool(bare(before.text) & COMPLEMENTS)
    unread = i == 1 and not line.readings[0] and line.covered[0] is None and not line.classes[0]
    if opens or (unread and line.words[0].text not in FUNCTION):
        state.take(actors(line, unit, state) or state.subject, _head(line, unit))
        state.fresh = True


REPORTED = {fold_word(w): form for w, form in (
    ("إنه", "m"), ("إنها", "f"), ("إنهم", "p"), ("بأنه", "m"), ("بأنها", "f"), ("بأنهم", "p"))}  # fmt: skip
"""After these a speaker speaks of itself; how its verbs agree."""


APPOSED = frozenset(map(fold_word, ["وهو", "وهي", "وهم"]))


_NOTED = frozenset({"active", "try", "plan", "threat", "demand", "not", "plain", "other", "say"})


def _note_subject(line: Line, i: int, state: State) -> None:
    """The subject of a verb that tells no event of its own."""
    for reading in line.readings[i]:
        noted = reading.lemma.duty in _NOTED or not reading.lemma.duty
        if noted and not asyndetic(line, i) and reading.form.kind in ("past", "present"):
            doer = subject(line, i, reading, state)
            if doer.args and doer.how in ("after", "before"):
                lasting = _lasting(doer)
                if reading.lemma.duty == "say":
                    lasting = tuple(a for a in lasting if shipped().kind(a.id) in ARMED)
                    state.speaker = lasting
                if lasting:
                    state.take(lasting, _head(line, doer.unit))
                    state.fresh = True
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
            if not previous.subject.args and trigger.subject.how in EXPLICIT:
                previous.subject = trigger.subject
            continue
        if previous is not None and _carried_on(line, previous, trigger):
            previous.last = trigger.last
            if previous.frame.type == trigger.frame.type:
                previous.frame = trigger.frame
            continue
        if previous is not None and _same_quarrel(previous, trigger):
            continue
        if (
            trigger.reading.lemma.name in ("هتف", "رفع")
            and trigger.frame.type == "CONDITION"
            and any(t.frame.type == "CONDITION" for t in kept)
        ):
            continue  # what those who are told of already shouted
        if (
            previous is not None
            and previous.frame.type == trigger.frame.type
            and trigger.frame.type in _SUPPORTED
            and trigger.first - previous.last <= (4 if trigger.frame.type == "REINFORCE" else 2)
            and not trigger.reading.conjunction
            and not _counted_on(line, previous, trigger)
            and line.clause[trigger.first] - line.clause[previous.last - 1] == 0
            and not (trigger.first > 0 and line.words[trigger.first - 1].text == "and")
        ):
            previous.last = trigger.last
            told = previous.subject.args or (line.english and previous.subject.how == "thing")
            if trigger.subject.args and not told:
                previous.subject = trigger.subject
            if previous.frame.subtype == "" and trigger.frame.subtype:
                previous.frame = trigger.frame
            continue
        kept.append(trigger)
    return kept


def _counted_on(line: Line, first: Trigger, second: Trigger) -> bool:
    """Whether more is told than one event: "two dead and four wounded", "protest at prices"."""
    if first.frame.type == "CONDITION":
        return first.frame.subtype != second.frame.subtype
    between = [line.words[k].text for k in range(first.last, second.first)]
    return first.frame.type == "CASUALTIES" and any(w[0] == "و" or w == "and" for w in between)


NOUN_OF = {  # verbs that only carry the noun that comes later in their clause
    "سير دورية": frozenset({"دورية"}),
    "عرض مالا": frozenset({"راتب"}),
    "تبادل": frozenset({"أطلق", "قصف"}),
    "أشرف": frozenset({"درب"}),
    "دفع": frozenset({"رسم", "إتاوة", "ضريبة", "عمولة", "غرامة", "فدية", "حصة"}),
}


SUFFERING = frozenset({"عانى", "اشتكى", "تذمر"})


_TOLD_TWICE = frozenset(
    {"RECRUITMENT", "AGREEMENT", "MEETING", "SMUGGLING_OPERATION", "SMUGGLING_FLOW"}
)


def _carried_on(line: Line, verb: Trigger, noun: Trigger) -> bool:
    """Whether a verb and a noun further on tell one event ("sent, after noon, a patrol")."""
    name = verb.reading.lemma.name
    if (
        noun.frame.type == verb.frame.type
        and noun.reading.form.kind in ("noun", "masdar")
        and not noun.reading.conjunction
        and verb.reading.form.kind in ("past", "present")
        and (aside := _aside(line, verb.first)) is not None
        and aside[1] <= noun.first <= aside[1] + 1
    ):
        return True
    return (
        noun.reading.form.kind in ("noun", "masdar")
        and not noun.reading.conjunction
        and line.clause[noun.first] == line.clause[verb.first]
        and noun.first - verb.last <= 9
        and (
            noun.reading.lemma.name in NOUN_OF.get(name, ())
            or (name in SUFFERING and noun.frame.type == verb.frame.type == "CONDITION")
            or (
                verb.frame.type == noun.frame.type
                and verb.frame.type in _TOLD_TWICE
                and verb.frame.negative == noun.frame.negative
                and not noun.reading.form.suffix
                and verb.reading.form.kind in ("past", "present")
                and noun.first - verb.last <= 6
            )
        )
    )


def _same_quarrel(first: Trigger, second: Trigger) -> bool:
    """Whether what a quarrel is about is told with a second noun ("a row over sharing")."""
    return (
        first.frame.type == second.frame.type == "COMPETITION"
        and second.reading.lemma.name == "تقاسم"
        and second.first - first.last <= 12
    )


HITTING = frozenset({"استهدف", "طال", "ضرب", "هاجم"})


def _relative_event(line: Line, event: Trigger, trigger: Trigger) -> bool:
    """Whether a relative clause only tells more of an event ("the attack that hit ...")."""
    return (
        event.frame.type in ("STRIKE", "ATTACK")
        and trigger.frame.type in ("STRIKE", "ATTACK")
        and event.reading.form.kind in ("noun", "masdar")
        and (
            (
                trigger.first - event.last <= 3
                and any(line.words[k].text in RELATIVES for k in range(event.last, trigger.first))
            )
            or (
                trigger.reading.lemma.name in HITTING
                and not event.reading.article
                and not trigger.reading.conjunction
                and line.clause[trigger.first] == line.clause[event.last - 1]
                and trigger.first - event.last <= 6
            )
        )
    )
