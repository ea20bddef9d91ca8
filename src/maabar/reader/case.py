"""Roles that a type of event fills in its own way: sides, givers, payers, those who suffer."""

from __future__ import annotations

from maabar.reader.actor import PARTIES, actors, both_sides
from maabar.reader.argument import NOBODY, argument, armed_id, population, texted
from maabar.reader.casualty import casualties
from maabar.reader.claim import Argument
from maabar.reader.clause import Line
from maabar.reader.custody import release
from maabar.reader.enlistment import enlisted, enlisted_with, recruiter
from maabar.reader.frame import Trigger
from maabar.reader.gazetteer import shipped
from maabar.reader.lexicon import grammar
from maabar.reader.reach import REACH, units_after
from maabar.reader.side import parties
from maabar.reader.state import State, Subject
from maabar.reader.text import fold_word
from maabar.reader.unit import ARMED
from maabar.reader.word import bare


def special(
    line: Line, trigger: Trigger, kind: str, found: dict[str, list[Argument]], state: State,
    text: str,
) -> None:  # fmt: skip
    """What a type asks for beyond its slots."""
    if kind == "CASUALTIES":
        casualties(line, trigger, found, state, text)
    if kind in ("CLASH", "MEETING", "AGREEMENT", "COMPETITION"):
        main = grammar()[kind]["subject"]
        settles = line.english and trigger.reading.lemma.name in ("broker", "settle", "mediate")
        sides = Subject() if settles and kind == "AGREEMENT" else trigger.subject
        named = parties(line, trigger.first, sides, state, kind)
        both = any(bare(w.text) & PARTIES for w in line.words)
        lone = len(named) < 2 and trigger.subject.how in ("carried", "none", "light")
        known = both or kind != "CLASH" or trigger.reading.lemma.name == "تبادل"
        if (not named or (lone and kind == "AGREEMENT")) and known:
            named = list(both_sides(line, trigger.first, state) if both else state.parties) or named
        found[main] = [texted(a, text) for a in named]
    if kind in ("ATTACK", "CASUALTIES") and all(a.span is None for a in found.get("actor", ())):
        found["actor"] = _left_behind(line, trigger) or found.get("actor", [])
    if kind in ("ATTACK", "DETENTION", "STRIKE"):
        found["actor"] = [_stranger(a) for a in found.get("actor", ())]
    if kind == "SMUGGLING_FLOW" and not found.get("commodity"):
        unit = trigger.subject.unit
        if unit is not None and unit.thing:
            found["commodity"] = [Argument(unit.thing, unit.thing_span,
                                           text[slice(*unit.thing_span)])]  # fmt: skip
    form = trigger.reading.form  # "there boats cross": a verb that is not of a group carried on
    marked = line.words[trigger.first].passive_mark or trigger.reading.lemma.name == "عبر"
    crossing = form.kind in ("past", "present") and marked
    if kind == "SMUGGLING_FLOW" and trigger.subject.how == "carried" and crossing:
        found["actor"] = [a for a in found.get("actor", ()) if not armed_id(a.id)] or [NOBODY]
    asked = line.english and trigger.subject.how == "carried" and form.kind == "noun"
    nobody = all(a.span is None for a in found.get("actor", ()))
    if kind == "RELEASE" and (nobody or asked) and state.jailer:
        found["actor"] = list(state.jailer)
    told = trigger.subject.how in ("after", "before", "agent")
    if kind == "SIEGE" and state.besieger and not told:
        found["actor"] = list(state.besieger)
    unpaid = trigger.frame.negative and not told
    if kind == "SUPPORT" and trigger.subject.how in ("carried", "none"):
        near = [m for m in line.mentions if m.id == "local-organisation"
                and 0 <= m.span[0] - line.words[trigger.first].end <= 3]  # fmt: skip
        if near:  # organisations speak more often than they act: they give aid
            found["provider"] = [argument(near[0])]
    if kind == "SUPPORT" and unpaid and state.left:
        found["recipient"] = [a for a in found.get("provider", ()) if a.span] or [NOBODY]
        found["provider"] = list(state.left)
    if kind == "WITHDRAWAL" and trigger.subject.passive and trigger.subject.unit is not None:
        owner = trigger.subject.unit.actor
        if (
            owner is not None
            and armed_id(owner.id)
            and all(a.span is None for a in found.get("actor", ()))
        ):
            found["actor"] = [argument(owner)]  # "the offices of X were emptied": X left them
    if kind == "REVENUE" and trigger.reading.lemma.name in ("ذهب", "عاد", "آل"):
        for unit in units_after(line, trigger.first, 9):
            if unit.prep == "to" and (gain := actors(line, unit, state)):
                found["beneficiary"] = list(gain)
                break
    if kind == "RELEASE":
        release(line, trigger, found)
    if kind == "TAKEOVER" and trigger.frame.subtype == "handover":
        _handed(line, trigger, found)
    if kind == "TAKEOVER" and trigger.reading.lemma.name in ("lose", "خسر", "فقد"):
        found["from_actor"], found["actor"] = found.get("actor", []), [NOBODY]
    if kind == "AFFILIATION_CHANGE":
        _left(found)
    if kind == "SUPPORT" and trigger.reading.lemma.name == "تلقى":
        given = {a.id for a in trigger.subject.args}
        found["recipient"] = [a for a in found.get("provider", ()) if a.id in given]
        found["provider"] = [a for a in found.get("provider", ()) if a.id not in given] or [NOBODY]
        if not found["recipient"]:
            del found["recipient"]
    if kind == "LEADERSHIP" and (led := _led(line, trigger)):
        found["organization"] = [led]
    if kind == "LEADERSHIP" and all(a.span is None for a in found.get("organization", ())):
        at = line.words[trigger.first].start
        near = [m for m in line.mentions if m.kind == "actor" and m.subkind in ARMED and not m.zone]
        if near:
            found["organization"] = [argument(min(near, key=lambda m: abs(m.span[0] - at)))]
    if kind == "RECRUITMENT" and found.get("actor"):
        if not line.english:
            enlisted(line, trigger, found, state)
        recruiter(found, enlisted_with(line, trigger), state.subject, line.english)
    if kind == "PRESENCE" and all(a.span is None for a in found.get("actor", ())):
        owner = next((u.actor for u in units_after(line, trigger.first, 5) if u.actor), None)
        if owner is not None:
            found["actor"] = [argument(owner)]
    if (
        kind == "REVENUE"
        and trigger.reading.lemma.name in PAYING
        and found.get("beneficiary")
        and not any(armed_id(a.id) for a in found["beneficiary"])
    ):
        found["payer"] = found.pop("beneficiary")
        ransom = any(bare(w.text) & _RANSOM for w in line.words)
        taker = (ransom and (state.jailer or state.power)) or state.subject
        found["beneficiary"] = list(taker) or [NOBODY]
    if kind == "REVENUE" and trigger.reading.lemma.name in PAYING:
        paid = next((u for u in units_after(line, trigger.first, 12) if u.prep in ("to", "for")
                     and u.actor is not None and armed_id(u.actor.id)), None)  # fmt: skip
        if paid is None and line.english and (people := _paid(line, trigger, text)):
            found["payer"] = list(trigger.subject.args) or found.get("payer", [])
            found["beneficiary"] = [people]
        if paid is not None:
            found["payer"] = [a for a in found.get("beneficiary", ()) if not armed_id(a.id)]
            found["beneficiary"] = list(actors(line, paid, state))
            if not found["payer"]:
                del found["payer"]
    if kind == "CONDITION" and trigger.frame.subtype == "protest":
        found["experiencer"] = [
            Argument("residents", a.span, a.text) if a.id == "civilians" else a
            for a in found.get("experiencer", ())
            if not armed_id(a.id)
        ] or _protesting(line, trigger, text) or [
            a for a in found.get("experiencer", ())
            if a.span and line.words[0].start <= a.span[0]  # men who protest
        ]  # fmt: skip
    if kind == "MOVEMENT" and trigger.frame.subtype == "displacement":
        people = _displaced(line, trigger, state, text)
        found["actor"] = [people or Argument("civilians")]
    if kind == "CONDITION" and trigger.frame.subtype in ("price", "shortage", "economic"):
        found["experiencer"] = [a for a in found.get("experiencer", ()) if a.id in _SUFFER]
        if trigger.reading.lemma.name in DEPRIVING:
            deprived = next(iter(units_after(line, trigger.first, 3)), None)
            owners = actors(line, deprived, state) if deprived else ()
            noun = population(line, deprived) if deprived and not owners else None
            found["experiencer"] = list(owners) or ([texted(noun, text)] if noun else [])
        camp = shipped().kind(next((a.id for a in found.get("place", ())), "")) == "camp"
        if not found["experiencer"] and camp and not line.english:
            found["experiencer"] = [Argument("displaced")]
        if not found["experiencer"]:
            del found["experiencer"]
    if kind == "CONTROL":
        held = next((m for m in line.mentions if m.kind == "actor" and m.zone
                     and m.span[0] > line.words[trigger.first].start), None)  # fmt: skip
        if held is not None and trigger.reading.form.kind in ("masdar", "noun"):
            found["actor"] = [Argument(held.id, held.span, held.text)]
            found.setdefault("place", []).append(argument(held))


def _led(line: Line, trigger: Trigger) -> Argument | None:
    """Whose commander is named or removed ("the removal of the commander of X")."""
    for unit in units_after(line, trigger.first, 8):
        words = line.words[unit.first : min(unit.first + 2, unit.last)]
        if unit.actor is not None and any(bare(w.text) & _POSTS for w in words):
            return argument(unit.actor)
    return None


_POSTS = frozenset(map(fold_word, ["قائد", "قائدا", "مسؤول", "مسؤولا", "رئيس", "رئيسا", "قيادة", "زعيم", "متزعم", "commander", "head", "leader", "chief"]))  # fmt: skip


PAYING = frozenset({"دفع", "pay", "pass", "سدد", "س د د 2", "دفع فدية"})
_RANSOM = frozenset({"فديه", "ransom"})


def _paid(line: Line, trigger: Trigger, text: str) -> Argument | None:
    """ "Paying smugglers 300 dollars": theirs."""
    unit = next(iter(units_after(line, trigger.first, 3)), None)
    if unit is None or unit.prep:
        return None
    people = argument(unit.actor) if unit.actor is not None else population(line, unit)
    return texted(people, text) if people else None


DEPRIVING = frozenset({"حرم"})


def _left_behind(line: Line, trigger: Trigger) -> list[Argument]:
    """Who left the mine or shell behind that went off ("of the remnants of X", "left by X")."""
    for unit in line.units:
        words = line.words[max(0, unit.first - 2) : unit.first + 1]
        if (
            unit.actor is not None
            and armed_id(unit.actor.id)
            and abs(unit.first - trigger.first) < REACH
            and any(bare(w.text) & _REMNANTS for w in words)
        ):
            return [argument(unit.actor)]
    return []


_REMNANTS = frozenset(
    map(fold_word, ["مخلفات", "بقايا", "زرعه", "زرعها", "خلفه", "خلفها", "خلفتها", "زرعتها"])
)


STRANGERS = frozenset(
    {"شخص", "شخصان", "شخصين", "اشخاص", "رجلان", "رجلين", "شبان", "شابان", "شابين"}
)


def _stranger(a: Argument) -> Argument:
    """Persons without a name who attack: gunmen that nobody knows."""
    first = fold_word(a.text).split()[:1] if a.text else []
    unknown = bool(first) and bool(bare(first[0]) & STRANGERS)
    return Argument("unidentified-gunmen", a.span, a.text) if unknown else a


_SUFFER = frozenset({"residents", "civilians", "farmers", "displaced", "teachers", "drivers",
                     "traders", "families", "shopkeepers", "shepherds"})  # fmt: skip


def _displaced(line: Line, trigger: Trigger, state: State, text: str) -> Argument | None:
    """The people who leave, flee or are driven out: near the verb on either side."""
    near = sorted((u for u in line.units if abs(u.first - trigger.first) <= 7),
                  key=lambda u: abs(u.first - trigger.first))  # fmt: skip
    for unit in near:
        if people := population(line, unit):
            return texted(people, text)
        if unit.actor is not None and unit.actor.subkind == "population":
            return argument(unit.actor)
    return None


def _protesting(line: Line, trigger: Trigger, text: str) -> list[Argument]:
    """People named before a protest in its sentence are those who protest."""
    for unit in reversed([u for u in line.units if u.first < trigger.first]):
        people = unit.actor and unit.actor.subkind == "population" and argument(unit.actor)
        some = unit.first > 1 and line.words[unit.first - 2].text in _SOME
        if (unit.prep in ("", "through", "of") or some) and (
            people := people or population(line, unit)
        ):
            return [texted(people, text)]
    return []


_SOME = frozenset(map(fold_word, ["العشرات", "عشرات", "المئات", "مئات", "عدد", "جمع", "حشد"]))


def _handed(line: Line, trigger: Trigger, found: dict[str, list[Argument]]) -> None:
    """Who hands a place over loses it: the receiver takes it."""
    if trigger.reading.lemma.name not in ("سلم", "hand over"):
        return
    for unit in units_after(line, trigger.first, 16):
        if unit.prep in ("to", "for") and unit.actor is not None and armed_id(unit.actor.id):
            found["from_actor"] = found.get("actor", [])
            found["actor"] = [argument(unit.actor)]
            return


def _left(found: dict[str, list[Argument]]) -> None:
    """Unnamed fighters who desert stand for the group that they leave."""
    own = [a for a in found.get("actor", ()) if shipped().kind(a.id) not in ("population", "")]
    left = [a for a in found.get("from_patron", ()) if armed_id(a.id)]
    if left and not any(armed_id(a.id) for a in own):
        found["actor"] = left
