"""Who and what fill the roles of a trigger: subject, objects, places, and each type's own cases."""

from __future__ import annotations

from collections.abc import Iterable

from maabar.reader.argument import (
    PARTIES,
    REACH,
    State,
    Subject,
    actors,
    argument,
    both_sides,
    parties,
    population,
    units_after,
    walled,
)
from maabar.reader.claim import Argument, Mention
from maabar.reader.clause import ARMED, UNNAMED, Line, Unit
from maabar.reader.frame import Trigger
from maabar.reader.gazetteer import shipped
from maabar.reader.lexicon import grammar
from maabar.reader.text import fold_word
from maabar.reader.word import bare

EVENTS = frozenset({"STRIKE", "ATTACK", "CLASH"})


NOBODY = Argument("unspecified")


PEOPLE_ROLES = frozenset(
    {"victim", "recruit", "member", "experiencer", "object", "target", "payer"}
)


ACTOR_ROLES = frozenset({
    "actor", "party", "participant", "provider", "recipient", "patron", "from_patron", "to_patron",
    "group", "beneficiary", "payer", "organization", "from_actor", "experiencer", "mediator",
})  # fmt: skip


THING_ROLES = frozenset({"object", "commodity", "symbol", "means", "topic", "created"})


PLACE_ROLES = frozenset({"place", "origin", "destination", "route"})


def roles(line: Line, trigger: Trigger, state: State, text: str) -> dict[str, tuple[Argument, ...]]:
    """Every role that can be filled, the actor's first."""
    kind = trigger.frame.type
    slots = grammar()[kind]
    found: dict[str, list[Argument]] = {}
    doer = trigger.subject
    main = slots.get("subject", "")
    if doer.args and main:
        found[main] = [_texted(a, text) for a in doer.args]
    if doer.passive and doer.unit is not None and slots.get("object"):
        _fill(line, doer.unit, slots["object"], found, state, text, kind)
    _objects(line, trigger, slots, found, state, text)
    _places(line, trigger, slots, found, state)
    _special(line, trigger, kind, found, state, text)
    if main and not found.get(main):
        found[main] = [Argument(_DEFAULT.get((kind, trigger.frame.subtype), "unspecified"))]
    ordered = {main: found.pop(main)} if main else {}
    ordered |= found
    return {role: tuple(dict.fromkeys(fs)) for role, fs in ordered.items() if fs}


def _texted(a: Argument, text: str) -> Argument:
    return Argument(a.id, a.span, text[slice(*a.span)]) if a.span else a


def _objects(
    line: Line, trigger: Trigger, slots: dict[str, str], found: dict[str, list[Argument]],
    state: State, text: str,
) -> None:  # fmt: skip
    doer, kind = trigger.subject, trigger.frame.type
    bare_done = doer.passive
    last_role = ""
    for unit in units_after(line, trigger.last - 1):
        if walled(line, trigger.last - 1, unit.first):
            break
        if unit is doer.unit and not doer.passive:
            continue
        if unit.clause - line.clause[trigger.first] > 1:
            break
        if unit.joined and last_role:
            role = last_role
        elif not unit.prep:
            if unit.pause and unit.first - trigger.last > 1:
                continue
            role = slots.get("object", "") if not bare_done else ""
            bare_done = bare_done or bool(role)
        elif (
            unit.prep == "in" and unit.place is None and not unit.classes & {"settlement", "place"}
        ):
            role = slots.get("object", "") if _by_means(unit, kind) else ""
        else:
            role = slots.get(unit.prep, "")
        last_role = role
        if role:
            _fill(line, unit, role, found, state, text, kind)
        elif unit.prep == "in" and unit.place is not None:
            _add(found, "place", argument(unit.place))


def _by_means(unit: Unit, kind: str) -> bool:
    """Objects that come with bi-: to push reinforcements, to smuggle oil."""
    wanted = {"MOVE_WEAPONS": {"weapon"}, "REINFORCE": {"reinforcement", "personnel", "convoy"},
              "SMUGGLING_FLOW": {"goods", "fuel", "drug"}, "SUPPORT": {"armed"}}  # fmt: skip
    return bool(unit.classes & wanted.get(kind, set()))


def _add(found: dict[str, list[Argument]], role: str, arg: Argument) -> None:
    found.setdefault(role, [])
    if all(a.id != arg.id for a in found[role]):
        found[role].append(arg)


def _fill(
    line: Line, unit: Unit, role: str, found: dict[str, list[Argument]], state: State, text: str,
    kind: str,
) -> None:  # fmt: skip
    """Put what a phrase is about into a role, and its thing or place where they belong."""
    acting = list(actors(line, unit, state))
    places = [argument(m) for m in unit.mentions if m.kind == "place" or m.zone]
    thing = (
        Argument(unit.thing, unit.thing_span, text[slice(*unit.thing_span)])
        if (unit.thing and unit.thing not in ("person", "settlement"))
        else None
    )
    if role in ACTOR_ROLES:
        for a in acting:
            _add(found, role, _texted(a, text))
        if (
            not acting
            and role in ("recipient", "experiencer", "payer")
            and (people := population(line, unit))
        ):
            _add(found, role, _texted(people, text))
    elif role in ("victim", "target", "recruit", "member"):
        for a in acting:
            _add(found, role, _texted(a, text))
        if not acting and (people := population(line, unit)):
            _add(found, role, _texted(people, text))
        if thing is not None and role == "target":
            _add(found, "object", thing)
        for a in places:
            _add(found, "place", a)
    elif role in THING_ROLES:
        if thing is not None:
            _add(found, role, thing)
        elif places and kind in ("TAKEOVER", "RESTRICT", "SIEGE"):
            _add(found, role, places[0])
        elif acting:
            _add(found, role, _texted(acting[0], text))
        for a in places:
            _add(found, "origin" if kind == "WITHDRAWAL" else "place", a)
    elif role in PLACE_ROLES:
        for a in places:
            _add(found, role, a)
        if not places and thing is not None and role in ("place", "destination", "route"):
            _add(found, role, thing)
    elif role == "about" and acting:
        _add(found, role, _texted(acting[0], text))


def _places(
    line: Line, trigger: Trigger, slots: dict[str, str], found: dict[str, list[Argument]],
    state: State,
) -> None:  # fmt: skip
    """Where it happened, when the trigger's own phrases do not say: nearest place, else carried."""
    role = slots.get("in", "")
    if not role or any(found.get(r) for r in ("place", role)):
        return
    options = [m for m in line.mentions if m.kind == "place" and m.subkind not in ("country", "vague")
               and not any(m.span == a.span for fs in found.values() for a in fs)]  # fmt: skip
    exact = [m for m in options if not (coarse(m.id) and _dateline(line, m))]
    options = exact or options
    at = line.words[trigger.first].start
    before = [m for m in options if m.span[0] < at]
    after = [m for m in options if m.span[0] > at and m.span[0] - at < 90]
    chosen = before[0] if before and not after else (after[0] if after else None)
    if chosen is not None and before and after:
        chosen = before[-1] if at - before[-1].span[1] < after[0].span[0] - at else after[0]
    if chosen is not None:
        _add(found, role, argument(chosen))
    if (
        not any(found.get(r) for r in ("place", role))
        and state.place
        and line.sentence.index - state.line <= 2
    ):
        for a in state.place[:1]:
            _add(found, role, a)


def _dateline(line: Line, mention: Mention) -> bool:
    """Whether a name only heads the report, or is a class such as "the crossings"."""
    return mention.span[0] == line.words[0].start or mention.subkind == "facility_class"


COARSE = ("-governorate", "-countryside", "-desert", "-zone")
LOOSE = frozenset({"ambiguous", "facility_class", "vague", "country", "governorate", "river"})


def coarse(ident: str) -> bool:
    """Whether a place says little of where: a governorate, a dateline, "the crossings"."""
    return ident.endswith(COARSE) or shipped().kind(ident) in LOOSE


def _special(
    line: Line, trigger: Trigger, kind: str, found: dict[str, list[Argument]], state: State,
    text: str,
) -> None:  # fmt: skip
    if kind == "CASUALTIES":
        _hurt(line, trigger, found, state, text)
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
        found[main] = [_texted(a, text) for a in named]
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
        _held_by(line, trigger, found)
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
            _joined(line, trigger, found, state)
        _recruiter(found, _enlisted_with(line, trigger), state.subject, line.english)
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
        unnamed = trigger.subject.how in ("thing", "none") and not trigger.subject.args
        gained = found.get("beneficiary", [])
        if line.english and unnamed and all(a.span is None for a in gained) and paid is None:
            found["beneficiary"] = list(
                state.jailer or gained
            )  # "relatives had to pay 600 dollars"
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
            people = deprived and (actors(line, deprived, state) or population(line, deprived))
            found["experiencer"] = list(people) if isinstance(people, tuple) else (
                [_texted(people, text)] if people else [])  # fmt: skip
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
    return _texted(people, text) if people else None


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


def _hurt(
    line: Line, trigger: Trigger, found: dict[str, list[Argument]], state: State, text: str
) -> None:
    """Victims, and who is behind them: the doer of the event told just before."""
    gap = line.sentence.index - state.line
    near = gap <= int(
        bool(state.retold)
        or _taken_up(line)
        or (line.english and state.event in ("STRIKE", "ATTACK"))
    )
    unit = next((u for u in line.units if u.first <= trigger.first < u.last), None)
    if unit is not None and unit.actor is not None and trigger.reading.form.kind == "noun":
        found["victim"] = [argument(unit.actor)]  # "two dead of the division": its own
    if not found.get("victim"):
        people = population(line, unit) if unit else None
        own = actors(line, unit, state) if unit else ()
        found["victim"] = (
            [_texted(a, text) for a in own]
            or ([_texted(people, text)] if people else list(state.victim) if near else [])
            or [NOBODY]
        )
    _spare(found)
    named = trigger.subject.how in ("after", "before", "agent", "light", "asked")
    if named and line.english and trigger.reading.lemma.name == "lose":  # "lost their lives"
        found["victim"], found["actor"] = found.get("actor") or found["victim"], []
    plural = trigger.subject.how == "carried" and trigger.reading.form.kind in ("past", "present")
    if not (named or plural) or not found.get("actor"):
        apart = trigger.subject.how in ("thing", "reduced")
        known = near and state.event and state.doer and not apart
        found["actor"] = list(state.doer) if known else [NOBODY]
        if near and "CLASH" in (state.event, state.retold):
            found["actor"] = list(other_side(state.parties, found["victim"])) or [NOBODY]


def _taken_up(line: Line) -> bool:
    """Whether the sentence speaks of "the attack" that was told before."""
    return any(
        r.article
        and r.form.kind in ("noun", "masdar")
        and any(f.type in EVENTS for f in r.lemma.frames)
        for readings in line.readings
        for r in readings
    )


def other_side(sides: Iterable[Argument], hurt: Iterable[Argument]) -> tuple[Argument, ...]:
    """Who of the sides of a clash hurt the other; who hurt bystanders is not told."""
    victims = {a.id for a in hurt}
    if any(shipped().kind(ident) == "population" for ident in victims):
        return ()
    return tuple(a for a in sides if a.id not in victims) or tuple(sides)


def _spare(found: dict[str, list[Argument]]) -> None:
    """Who is hurt, or unarmed, is not who hurts."""
    hurt = {a.id for a in found["victim"]}
    suffering = [a for a in found.get("actor", ()) if shipped().kind(a.id) == "population"
                 and a.id not in UNNAMED]  # fmt: skip
    if suffering and all(a.span is None for a in found["victim"]):
        found["victim"] = suffering
    found["actor"] = [a for a in found.get("actor", ()) if a.id not in hurt and a not in suffering]


def armed_id(ident: str) -> bool:
    """Whether an id is of an armed or governing actor."""
    return shipped().kind(ident) in ARMED


_DEFAULT = {("CONDITION", s): "residents" for s in ("price", "shortage", "economic", "")} | {
    ("CONDITION", "protest"): "protesters"}  # fmt: skip


_SUFFER = frozenset({"residents", "civilians", "farmers", "displaced", "teachers", "drivers",
                     "traders", "families", "shopkeepers", "shepherds"})  # fmt: skip


def _displaced(line: Line, trigger: Trigger, state: State, text: str) -> Argument | None:
    """The people who leave, flee or are driven out: near the verb on either side."""
    near = sorted((u for u in line.units if abs(u.first - trigger.first) <= 7),
                  key=lambda u: abs(u.first - trigger.first))  # fmt: skip
    for unit in near:
        if people := population(line, unit):
            return _texted(people, text)
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
            return [_texted(people, text)]
    return []


_SOME = frozenset(map(fold_word, ["العشرات", "عشرات", "المئات", "مئات", "عدد", "جمع", "حشد"]))
_AT = frozenset({"لدي", "سجون", "معتقلات", "زنازين"})


def _held_by(line: Line, trigger: Trigger, found: dict[str, list[Argument]]) -> None:
    """Prisoners "held by X" are X's to release."""
    if trigger.subject.how in ("after", "before", "agent") and not trigger.subject.passive:
        return
    if line.english and (jailer := _jailer(line, trigger)):
        found["actor"] = [jailer]
        return
    for unit in units_after(line, trigger.first, 12):
        words = line.words[max(0, unit.first - 2) : unit.first]
        if (
            unit.actor is not None
            and armed_id(unit.actor.id)
            and any(bare(w.text) & _AT for w in words)
        ):
            found["actor"] = [argument(unit.actor)]
            return


def _jailer(line: Line, trigger: Trigger) -> Argument | None:
    """ "The release of men arrested by X": X's to give."""
    if trigger.subject.how in ("agent", "light"):
        return None
    held = False
    for k in range(trigger.last, min(trigger.last + 12, len(line.words))):
        word = line.words[k]
        if word.pause:
            return None
        held = held or word.text in _TAKEN
        if held and word.text == "by":
            unit = next((u for u in units_after(line, k, 6)), None)
            return argument(unit.actor) if unit and unit.actor and armed_id(unit.actor.id) else None
    return None


_TAKEN = frozenset({"arrested", "detained", "held", "captured", "kidnapped", "abducted", "seized"})


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


def _joined(
    line: Line, trigger: Trigger, found: dict[str, list[Argument]], state: State
) -> None:  # fmt: skip
    """Whom people join ("joined X", "signed up for the ranks of X") takes them on."""
    if trigger.reading.lemma.name not in JOINING:
        return
    for unit in units_after(line, trigger.first, 9):
        ranks = "ranks" in unit.classes or unit.prep in ("to", "for", "in")
        if ranks and unit.actor is not None and armed_id(unit.actor.id):
            people = [a for a in found["actor"] if a.span and a.id != unit.actor.id]
            if people:
                found.setdefault("recruit", people)
            found["actor"] = list(actors(line, unit, state))
            return


JOINING = frozenset({"التحق", "انضم", "تطوع", "طوع", "انتسب"})


def _enlisted_with(line: Line, trigger: Trigger) -> tuple[Argument, ...]:
    """ "Signed up with X", "joined X"."""
    if trigger.reading.lemma.name not in ("join", "enlist", "enrol", "sign up"):
        return ()
    near = (u for u in units_after(line, trigger.first, 8) if u.prep in ("with", "to", "in", ""))
    unit = next((u for u in near if u.actor is not None and armed_id(u.actor.id)), None)
    return (argument(unit.actor),) if line.english and unit and unit.actor else ()


def _recruiter(
    found: dict[str, list[Argument]],
    joined: tuple[Argument, ...],
    last: tuple[Argument, ...],
    english: bool,
) -> None:
    """Where people join a group, the group is the recruiting actor."""
    group = [a for a in found["actor"] if armed_id(a.id)]
    people = [a for a in found["actor"] if not armed_id(a.id)]
    if people and not group and english:  # "young men signed up": with those spoken of
        group = [a for a in joined or last if armed_id(a.id)] or [NOBODY]
    elif joined and english:
        group, people = list(joined), people or group
    if group and people:
        found.setdefault("recruit", people)
        found["actor"] = group
