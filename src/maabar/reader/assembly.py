"""From triggers to claims: fill the roles, read modality, time and quantity, and cut the quote."""

from __future__ import annotations

import datetime

from maabar.reader.argument import (
    PARTIES,
    State,
    actors,
    argument,
    parties,
    population,
    units_after,
    walled,
)
from maabar.reader.claim import Argument, Claim, Span
from maabar.reader.clause import ARMED, Line, Unit
from maabar.reader.gazetteer import shipped
from maabar.reader.lexicon import grammar
from maabar.reader.modality import attribution, modality, polarity, tier
from maabar.reader.moment import moment, quantity
from maabar.reader.trigger import Trigger, triggers
from maabar.reader.word import bare

EVENTS = frozenset({"STRIKE", "ATTACK", "CLASH"})
NOBODY = Argument("unspecified")
PEOPLE_ROLES = frozenset(
    {"victim", "recruit", "member", "experiencer", "object", "target", "payer"}
)
COUNTED = frozenset({"CASUALTIES", "DETENTION", "RELEASE", "REVENUE", "MOVE_WEAPONS", "RECRUITMENT",
                     "RELOCATE", "WITHDRAWAL", "COMPOSITION", "REINFORCE", "SMUGGLING_FLOW",
                     "SUPPORT", "CONDITION", "RESTRICT", "MOVEMENT", "TAKEOVER"})  # fmt: skip
ACTOR_ROLES = frozenset({
    "actor", "party", "participant", "provider", "recipient", "patron", "from_patron", "to_patron",
    "group", "beneficiary", "payer", "organization", "from_actor", "experiencer", "mediator",
})  # fmt: skip
THING_ROLES = frozenset({"object", "commodity", "symbol", "means", "topic", "created"})
PLACE_ROLES = frozenset({"place", "origin", "destination", "route"})
ONGOING = frozenset({"CONTROL", "PRESENCE", "AFFILIATION", "COMPOSITION", "SUPPORT", "CONDITION",
                     "MOTIVE", "LEADERSHIP", "ASSESSMENT"})  # fmt: skip


def claims_of(line: Line, state: State, text: str, day: datetime.date | None) -> list[Claim]:
    """All claims of a sentence; `state` is brought forward."""
    speaker = attribution(line, state)
    found: list[Claim] = []
    before: tuple[Trigger, Claim] | None = None
    state.retold = False
    for trigger in triggers(line, state):
        claim = _claim(line, trigger, state, text, day, speaker)
        if claim is None:
            continue
        claim = _same_mode(claim, trigger, before)
        before = trigger, claim
        found.append(claim)
        _carry(claim, trigger, state, line)
    _carry_topic(line, state)
    state.attribution = speaker
    return _caused(found)


def _caused(claims: list[Claim]) -> list[Claim]:
    """Casualties told before what caused them ("two wounded by a mine") take its actor."""
    found = []
    for k, claim in enumerate(claims):
        if claim.type == "CASUALTIES" and all(a.span is None for a in claim.args["actor"]):
            cause = next((c for c in claims[k + 1 : k + 3] if c.type in EVENTS and c.type != "CLASH"
                          and c.trigger[0] - claim.trigger[1] < 60), None)  # fmt: skip
            if cause is not None and cause.args.get("actor"):
                claim = claim.with_(args={**claim.args, "actor": cause.args["actor"]})
        found.append(claim)
    return found


def _same_mode(claim: Claim, trigger: Trigger, before: tuple[Trigger, Claim] | None) -> Claim:
    """Coordinated masdars share their modality ("agreed to exchange ... and to form ...")."""
    if before is None or claim.modality != "asserted" or not trigger.reading.conjunction:
        return claim
    earlier, told = before
    near = trigger.first - earlier.first <= 10 and told.modality not in ("asserted", "presupposed")
    if near and trigger.reading.form.kind == earlier.reading.form.kind == "masdar":
        return claim.with_(modality=told.modality, aspect=told.aspect)
    return claim


def _claim(
    line: Line, trigger: Trigger, state: State, text: str, day: datetime.date | None, speaker: str
) -> Claim | None:
    kind = trigger.frame.type
    mode = modality(line, trigger)
    sign = polarity(line, trigger)
    if mode is None or sign is None:
        return None
    level = tier(line, trigger)
    if _retold(line, trigger, state):
        state.retold = True
        return None
    args = roles(line, trigger, state, text)
    if kind in ("CONTROL", "PRESENCE") and not args.get("place") and not args.get("object"):
        return None
    if kind in ("AFFILIATION", "SUPPORT") and len(args) < 2 and level != "explicit":
        return None
    if kind == "MOTIVE":
        args = {"actor": args["actor"]}
    trigger_span = (line.words[trigger.first].start, line.words[trigger.last - 1].end)
    span = _span(line, trigger, trigger_span, args)
    amount = quantity(line, trigger.first, text) if kind in COUNTED else {}
    place = next((a.id for a in args.get("place", ())), "")
    return Claim(
        kind, span, text[slice(*span)], trigger_span, args, trigger.frame.subtype, level,
        "presupposed" if level == "presupposed" else mode, sign, _aspect(kind, trigger, mode),
        speaker, moment(line, trigger.first, text, day), amount, place,
        _precision(place), (), f"{trigger.reading.lemma.name}:{kind.lower()}",
        evidence=(trigger.subject.how, trigger.reading.form.kind),
    )  # fmt: skip


def _retold(line: Line, trigger: Trigger, state: State) -> bool:
    """Whether "the shelling" only takes up the event told just before."""
    reading = trigger.reading
    return trigger.subject.how != "light" and (
        (reading.article or (line.english and line.words[max(0, trigger.first - 1)].text in ("the", "these", "those")))
        and reading.form.kind in ("noun", "masdar", "gerund")
        and ((trigger.frame.type in EVENTS and trigger.frame.type == state.event
              and line.sentence.index - state.line <= 2) or trigger.frame.type in state.told)
        and not any(u.place is not None and not walled(line, trigger.first, u.first)
                    for u in units_after(line, trigger.first, 7))
    )  # fmt: skip


def _aspect(kind: str, trigger: Trigger, mode: str) -> str:
    if mode in ("purpose", "expected"):
        return "intended"
    if kind in ONGOING:
        return "state"
    return "ongoing" if trigger.reading.form.kind in ("present", "gerund") else "completed"


def _precision(place: str) -> str:
    if not place:
        return ""
    if place.endswith(("-countryside", "-desert", "-zone", "-governorate")):
        return "area"
    return "settlement"


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
    at = line.words[trigger.first].start
    before = [m for m in options if m.span[0] < at]
    after = [m for m in options if m.span[0] > at and m.span[0] - at < 90]
    chosen = before[0] if before and not after else (after[0] if after else None)
    if chosen is not None and before and after:
        chosen = before[-1] if at - before[-1].span[1] < after[0].span[0] - at else after[0]
    if chosen is not None:
        _add(found, role, argument(chosen))
    elif state.place and line.sentence.index - state.line <= 2:
        for a in state.place[:1]:
            _add(found, role, a)


def _special(
    line: Line, trigger: Trigger, kind: str, found: dict[str, list[Argument]], state: State,
    text: str,
) -> None:  # fmt: skip
    if kind == "CASUALTIES":
        _hurt(line, trigger, found, state, text)
    if kind in ("CLASH", "MEETING", "AGREEMENT", "COMPETITION"):
        main = grammar()[kind]["subject"]
        named = parties(line, trigger.first, trigger.subject, state, kind)
        both = any(bare(w.text) & PARTIES for w in line.words)
        if not named and state.parties and (kind != "CLASH" or both):
            named = list(state.parties)
        found[main] = [_texted(a, text) for a in named]
    if kind == "SMUGGLING_FLOW" and not found.get("commodity"):
        unit = trigger.subject.unit
        if unit is not None and unit.thing:
            found["commodity"] = [Argument(unit.thing, unit.thing_span,
                                           text[slice(*unit.thing_span)])]  # fmt: skip
    if kind == "RELEASE" and all(a.span is None for a in found.get("actor", ())) and state.jailer:
        found["actor"] = list(state.jailer)
    if kind == "RELEASE":
        _held_by(line, trigger, found)
    if kind == "TAKEOVER" and trigger.frame.subtype == "handover":
        _handed(line, trigger, found)
    if kind == "AFFILIATION_CHANGE":
        _left(found)
    if kind == "RECRUITMENT" and found.get("actor"):
        _recruiter(trigger, found)
    if kind == "PRESENCE" and all(a.span is None for a in found.get("actor", ())):
        owner = next((u.actor for u in units_after(line, trigger.first, 5) if u.actor), None)
        if owner is not None:
            found["actor"] = [argument(owner)]
    if (
        kind == "REVENUE"
        and trigger.reading.lemma.name in ("دفع", "pay")
        and found.get("beneficiary")
        and not any(armed_id(a.id) for a in found["beneficiary"])
    ):
        found["payer"] = found.pop("beneficiary")
        if state.subject:
            found["beneficiary"] = list(state.subject)
    if kind == "CONDITION" and trigger.frame.subtype == "protest":
        found["experiencer"] = [
            Argument("residents", a.span, a.text) if a.id == "civilians" else a
            for a in found.get("experiencer", ())
            if not armed_id(a.id)
        ] or _protesting(line, trigger, text)
    if kind == "MOVEMENT" and trigger.frame.subtype == "displacement":
        people = _displaced(line, trigger, state, text)
        found["actor"] = [people or Argument("civilians")]
    if kind == "CONDITION" and trigger.frame.subtype in ("price", "shortage", "economic"):
        found["experiencer"] = [a for a in found.get("experiencer", ()) if a.id in _SUFFER]
        if not found["experiencer"]:
            del found["experiencer"]
    if kind == "CONTROL":
        held = next((m for m in line.mentions if m.kind == "actor" and m.zone
                     and m.span[0] > line.words[trigger.first].start), None)  # fmt: skip
        if held is not None and trigger.reading.form.kind in ("masdar", "noun"):
            found["actor"] = [Argument(held.id, held.span, held.text)]
            found.setdefault("place", []).append(argument(held))


def _hurt(
    line: Line, trigger: Trigger, found: dict[str, list[Argument]], state: State, text: str
) -> None:
    """Victims, and who is behind them: the doer of the event told just before."""
    apart = line.sentence.index - state.line
    near = apart <= int(state.retold or (line.english and state.event == "STRIKE"))
    if not found.get("victim"):
        unit = next((u for u in line.units if u.first <= trigger.first < u.last), None)
        people = population(line, unit) if unit else None
        own = actors(line, unit, state) if unit else ()
        found["victim"] = (
            [_texted(a, text) for a in own]
            or ([_texted(people, text)] if people else list(state.victim) if near else [])
            or [NOBODY]
        )
    named = trigger.subject.how in ("after", "before", "agent", "light")
    plural = trigger.subject.how == "carried" and trigger.reading.form.kind in ("past", "present")
    if not (named or plural) or not found.get("actor"):
        found["actor"] = list(state.doer) if near and state.event and state.doer else [NOBODY]
        if near and state.event == "CLASH":
            hurt = {a.id for a in found["victim"]}
            found["actor"] = (
                [a for a in state.parties if a.id not in hurt] or list(state.parties) or [NOBODY]
            )


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
        if not unit.prep and (people := population(line, unit)):
            return [_texted(people, text)]
    return []


_AT = frozenset({"لدي", "سجون", "معتقلات", "زنازين"})


def _held_by(line: Line, trigger: Trigger, found: dict[str, list[Argument]]) -> None:
    """Prisoners "held by X" are X's to release."""
    if trigger.subject.how in ("after", "before", "agent") and not trigger.subject.passive:
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


def _recruiter(trigger: Trigger, found: dict[str, list[Argument]]) -> None:
    """Where people join a group, the group is the recruiting actor."""
    unit = trigger.subject.unit
    people = unit is not None and unit.actor is None and bool(unit.classes & {"person"})
    if people and unit is not None:
        group = [a for a in found["actor"] if a not in trigger.subject.args]
        if group:
            found.setdefault("recruit", list(trigger.subject.args))
            found["actor"] = group


def _span(
    line: Line, trigger: Trigger, trigger_span: Span, args: dict[str, tuple[Argument, ...]]
) -> Span:
    """Shortest contiguous quote: trigger with the arguments of its own and the next clause."""
    low, high = trigger_span
    bounds = [k for k, c in enumerate(line.clause) if abs(c - line.clause[trigger.first]) <= 1]
    first, last = line.words[bounds[0]].start, line.words[bounds[-1]].end
    for fillers in args.values():
        for a in fillers:
            if a.span and first <= a.span[0] and a.span[1] <= last:
                low, high = min(low, a.span[0]), max(high, a.span[1])
    return low, high


def _carry(claim: Claim, trigger: Trigger, state: State, line: Line) -> None:
    """What later clauses may take up: subject, parties, the event behind casualties, place."""
    main = next(iter(claim.args), "")
    doers = tuple(a for a in claim.args.get(main, ()) if a.span)
    if claim.tier != "explicit":
        return
    if claim.type in ("CLASH", "MEETING", "AGREEMENT", "COMPETITION") and len(doers) > 1:
        state.parties = doers
    if doers and claim.type not in ("CASUALTIES", "CONDITION", "ASSESSMENT", "CLASH"):
        if trigger.subject.how in ("after", "before", "light", "agent", "genitive"):
            state.subject = doers
    if claim.type in ("AGREEMENT", "MEETING"):
        state.told |= {claim.type}
    if claim.type == "DETENTION" and doers:
        state.jailer = doers
    if claim.type in EVENTS and claim.polarity == "positive":
        if doers or line.sentence.index != state.line:
            state.doer = doers
        state.event = claim.type
        state.victim = tuple(a for a in claim.args.get("target", ()) if a.span)
        if claim.type == "CLASH":
            state.doer = ()
    places = tuple(a for r in ("place", "destination", "origin") for a in claim.args.get(r, ())
                   if a.span)  # fmt: skip
    if places:
        state.place = places
    state.line = line.sentence.index


def _carry_topic(line: Line, state: State) -> None:
    """An actor that opens a sentence is its topic even where no trigger takes it up."""
    for unit in line.units[:3]:
        if unit.prep or unit.joined:
            continue
        acting = [m for m in unit.mentions if m.kind == "actor" and m.subkind not in
                  ("source", "population") and not m.zone]  # fmt: skip
        if acting and not state.subject:
            state.subject = (argument(acting[0]),)
        return
