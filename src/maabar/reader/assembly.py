"""From triggers to claims: read modality, time, quantity; cut the quote; carry what is left out."""

from __future__ import annotations

import datetime

from maabar.reader.actor import PARTIES, actors
from maabar.reader.argument import NOBODY, argument, armed_id, sided
from maabar.reader.attribution import attribution
from maabar.reader.casualty import EVENTS, other_side
from maabar.reader.claim import Argument, Claim, Span
from maabar.reader.clause import Line
from maabar.reader.doer import WATCH, Scene, decided, group, weighed
from maabar.reader.frame import Trigger
from maabar.reader.gazetteer import shipped
from maabar.reader.modality import modality
from maabar.reader.moment import moment, quantity
from maabar.reader.place import coarse
from maabar.reader.polarity import polarity
from maabar.reader.preposition import folded
from maabar.reader.reach import units_after, walled
from maabar.reader.role import roles
from maabar.reader.state import Deed, State
from maabar.reader.text import fold_word
from maabar.reader.tier import tier
from maabar.reader.topic import sentence_people, sentence_topic
from maabar.reader.trigger import circumstance, triggers
from maabar.reader.unit import UNNAMED
from maabar.reader.verb import finite_subject
from maabar.reader.word import bare

SEEN = 12
COUNTED = frozenset({"CASUALTIES", "DETENTION", "RELEASE", "REVENUE", "MOVE_WEAPONS", "RECRUITMENT",
                     "RELOCATE", "WITHDRAWAL", "COMPOSITION", "REINFORCE", "SMUGGLING_FLOW",
                     "SUPPORT", "CONDITION", "RESTRICT", "MOVEMENT", "TAKEOVER"})  # fmt: skip


ONGOING = frozenset({"CONTROL", "PRESENCE", "AFFILIATION", "COMPOSITION", "SUPPORT", "CONDITION",
                     "MOTIVE", "LEADERSHIP", "ASSESSMENT"})  # fmt: skip


def claims_of(line: Line, state: State, text: str, day: datetime.date | None) -> list[Claim]:
    """All claims of a sentence; `state` is brought forward."""
    speaker = attribution(line, state)
    found: list[Claim] = []
    before: tuple[Trigger, Claim] | None = None
    state.retold = ""
    del state.deeds[:-1]
    if not state.issuer and line.sentence.index < 2:
        state.issuer = tuple(argument(m) for m in line.mentions if sided(m))[:1]
    state.voice = state.voice or _speaks(line)
    for trigger in triggers(line, state):
        claim = _claim(line, trigger, state, text, day, speaker)
        if claim is None:
            continue
        claim = _same_mode(claim, trigger, before)
        if claim.type == "MOTIVE" and before is not None:
            claim = _moved(claim, before[1])
        if claim.type != "CASUALTIES":  # whose doer is that of what caused them
            claim = _weighed(claim, line, trigger, state)
        before = trigger, claim
        found.append(claim)
        _carry(claim, trigger, state, line)
    if len(found) > 1 and found[0].type == "MOTIVE":
        found[0] = _moved(found[0], found[1])
    found = [_sided(claim, found) for claim in found]
    _carry_topic(line, state)
    state.note_bands(line)
    state.seen = (*state.seen, *(argument(m) for m in line.mentions if sided(m)))[-SEEN:]
    for m in line.mentions:
        if m.kind == "actor":
            state.heard[m.id] = state.heard.get(m.id, (0, 0))[0] + 1, line.sentence.index
    state.attribution = speaker
    return [_caused(claim, found, line, state) for claim in found]


def _weighed(claim: Claim, line: Line, trigger: Trigger, state: State) -> Claim:
    """The claim with the doer that the text speaks for most."""
    told = _main(claim)
    if decided(trigger, told) and WATCH.get() is None:
        return claim
    scene = Scene(line, trigger, claim.args, state)
    doer = weighed(scene, told)
    if doer is told:
        return claim
    return claim.with_(
        args={**claim.args, scene.main: doer}, evidence=("weighed", claim.evidence[1])
    )


def _caused(claim: Claim, told: list[Claim], line: Line, state: State) -> Claim:
    """Casualties whose doer is not named are of the event of the sentence that caused them."""
    known = any(a.id != "unspecified" for a in claim.args.get("actor", ()))
    named = claim.evidence[0] in NAMED and (known or not line.english)
    if claim.type != "CASUALTIES" or named or claim.evidence[0] == "reduced":
        return claim
    if _stray(line, claim):
        return claim.with_(args={**claim.args, "actor": (NOBODY,)})
    if not line.english and (keeper := _in_prison_of(line, claim, state)):
        return claim.with_(args={**claim.args, "actor": keeper})
    if claim.evidence[0] == "passive" and (sent := _by_means(line, claim, state)):
        return claim.with_(args={**claim.args, "actor": sent})
    events = [c for c in told if c.type in EVENTS and c.polarity == "positive"]
    if not events and (fired := _fired_at(line, claim, told)):
        return claim.with_(args={**claim.args, "actor": fired})
    before = [c for c in events if c.trigger[0] < claim.trigger[0]]
    if not events:
        return claim
    resulting = bool(before) and _results(line, claim)
    cause = before[-1] if resulting else min(
        events, key=lambda c: abs(c.trigger[0] - claim.trigger[0]))  # fmt: skip
    if cause.args.get("place") and (not claim.place or coarse(claim.place)):
        claim = claim.with_(args={**claim.args, "place": cause.args["place"]}, place=cause.place)
    victims = claim.args.get("victim", ())
    if cause.type == "CLASH" and _of_both(line, claim):
        doers = cause.args.get("party", ())
    elif cause.type == "CLASH":
        doers = other_side(cause.args.get("party", ()), victims)
    else:
        hurt = {a.id for a in victims}
        doers = tuple(a for a in cause.args.get("actor", ()) if a.id not in hurt and _harming(a.id))
    if cause.type == "CLASH" and not doers:
        doers = (NOBODY,)
    vague = claim.evidence[0] in ("carried", "none", "undergone") and all(
        a.id == "unspecified" for a in cause.args.get("actor", ())
    )
    if not doers and vague:
        doers = (NOBODY,)
    return claim.with_(args={**claim.args, "actor": doers}) if doers else claim


def _sided(claim: Claim, told: list[Claim]) -> Claim:
    """A quarrel that turns into a clash has the sides of the clash, and the other way round."""
    if claim.type not in ("CLASH", "COMPETITION") or any(
        a.id != "unspecified" for a in _main(claim)
    ):
        return claim
    for other in told:
        if other.type in ("CLASH", "COMPETITION") and other is not claim:
            sides = tuple(a for a in _main(other) if a.id != "unspecified")
            if sides:
                return claim.with_(args={**claim.args, next(iter(claim.args)): sides})
    return claim


def _main(claim: Claim) -> tuple[Argument, ...]:
    return claim.args.get(next(iter(claim.args), ""), ())


def _first_word(line: Line, claim: Claim) -> int:
    return next(k for k, w in enumerate(line.words) if w.end > claim.trigger[0])


def _by_means(line: Line, claim: Claim, state: State) -> tuple[Argument, ...]:
    """Who threw, fired or laid what hurt ("wounded by a grenade that X threw")."""
    i = _first_word(line, claim)
    for k in range(i + 2, min(len(line.words), i + 10)):
        thrown = line.classes[k - 1] & MEANS or line.classes[k - 2] & MEANS
        for reading in line.readings[k] if thrown else ():
            if reading.form.kind == "past" and reading.form.suffix in ("ه", "ها"):
                found = finite_subject(line, k, reading, state)
                if found.how == "after":
                    return found.args
    return ()


def _in_prison_of(line: Line, claim: Claim, state: State) -> tuple[Argument, ...]:
    """In whose prison, or under whose torture, somebody died."""
    i = _first_word(line, claim)
    for unit in units_after(line, i, 12):
        between = line.words[i : unit.last]
        if unit.actor is not None and any(bare(w.text) & PRISONS for w in between):
            return actors(line, unit, state)
    return ()


PRISONS = folded("سجون سجن أقبية معتقلات معتقل زنازين تعذيب")
MEANS = frozenset({"explosive", "shell", "missile", "fire", "weapon"})


def _fired_at(line: Line, claim: Claim, told: list[Claim]) -> tuple[Argument, ...]:
    """Who used fire before people were hurt ("dispersed them with bullets, and two were hurt")."""
    before = [c for c in told if c.trigger[0] < claim.trigger[0] and c.type in FORCED]
    shots = any("fire" in line.classes[k] for k in range(_first_word(line, claim)))
    doers = _main(before[-1]) if before and shots else ()
    return tuple(a for a in doers if armed_id(a.id))


FORCED = frozenset({"RESTRICT", "DETENTION", "MOVEMENT", "CONDITION"})


def _of_both(line: Line, claim: Claim) -> bool:
    """Whether the dead are said to be of both sides."""
    i = _first_word(line, claim)
    return any(bare(w.text) & PARTIES for w in line.words[i : i + 9])


def _stray(line: Line, claim: Claim) -> bool:
    """Whether bullets that nobody aimed, or shells of unknown origin, did it."""
    i = _first_word(line, claim)
    near = line.words[max(0, i - 4) : i + 12]
    return any(bare(w.text) & STRAY for w in near)


def _results(line: Line, claim: Claim) -> bool:
    """Whether the casualties are told as what came of something ("which led to the death of")."""
    i = _first_word(line, claim)
    return any(bare(w.text) & _RESULT for w in line.words[max(0, i - 4) : i])


_RESULT = folded("""أدى أدت أسفر أسفرت تسبب تسببت أوقع أوقعت خلف خلفت نتج مخلفا مخلفة مسفرا مسفرة
    أودى أودت يسفر تسفر leaving killing wounding""")  # fmt: skip


def _harming(ident: str) -> bool:
    """Whether somebody may have killed: an armed actor, gunmen, nobody told; not the people."""
    return shipped().kind(ident) != "population" or ident in UNNAMED


NAMED = frozenset({"after", "before", "agent", "light", "asked"})


def _moved(motive: Claim, deed: Claim) -> Claim:
    """The reason given for a deed is its doer's."""
    main = next(iter(deed.args), "")
    who = tuple(a for a in deed.args.get(main, ()) if a.id != "unspecified")
    return motive.with_(args={**motive.args, "actor": who}) if who else motive


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
        state.retold = kind
        return None
    args = roles(line, trigger, state, text)
    args = _presumed(kind, args, state, line.english)
    args = _resolved(line, trigger, args, state)
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


POLICING = frozenset({"DETENTION", "RESTRICT", "MOVEMENT"})
PRESUMED = frozenset({"DETENTION", "WITHDRAWAL", "REINFORCE", "RECRUITMENT"})


def _presumed(
    kind: str, args: dict[str, tuple[Argument, ...]], state: State, named_only: bool
) -> dict[str, tuple[Argument, ...]]:
    """Arrests, retreats and the like that name nobody are told of the actor spoken of last."""
    main = next(iter(args), "")
    if all(a.span is None for a in args.get(main, ())):
        last = (state.subject if state.fresh else ()) if named_only else state.last
        known = state.power or last if kind == "DETENTION" else state.last
        if kind in PRESUMED and known:
            return {**args, main: known}
    return args


def _speaks(line: Line) -> bool:
    """Whether the sentence speaks as "we": "our fighters", "our forces"."""
    if line.english:
        return any(
            w.text == "our" and line.classes[k + 1 : k + 2] and line.classes[k + 1] & OURS
            for k, w in enumerate(line.words)
        )
    return any(w.text.endswith("نا") and line.classes[k] & OURS for k, w in enumerate(line.words))


OURS = frozenset({"personnel", "position", "patrol", "checkpoint"})
ORDINALS = folded("أولا ثانيا ثالثا رابعا خامسا سادسا")
RESOLVED = frozenset({"RESTRICT", "LEADERSHIP", "FOUNDING", "RECRUITMENT", "DETENTION", "RELEASE",
                      "ATTACK", "BASE_ESTABLISHED", "REINFORCE"})  # fmt: skip


def _resolved(
    line: Line, trigger: Trigger, args: dict[str, tuple[Argument, ...]], state: State
) -> dict[str, tuple[Argument, ...]]:
    """Deeds that a statement lists without a doer are of who issues it ("first: closing ...")."""
    main = next(iter(args), "")
    item = trigger.first and line.words[trigger.first - 1].text in ORDINALS
    masdar = trigger.reading.form.kind == "masdar" and trigger.first <= 3
    listed = (masdar or item) and not line.english
    nobody = all(a.id == "unspecified" for a in args.get(main, ()))
    if state.voice and state.issuer and listed and nobody and trigger.frame.type in RESOLVED:
        return {**args, main: state.issuer}
    return args


def _retold(line: Line, trigger: Trigger, state: State) -> bool:
    """Whether "the shelling" only takes up the event told just before."""
    reading = trigger.reading
    if trigger.frame.type == "CASUALTIES" and _tallied(line, trigger.first):
        return True
    return trigger.subject.how != "light" and (
        (reading.article or (line.english and line.words[max(0, trigger.first - 1)].text in ("the", "these", "those")))
        and reading.form.kind in ("noun", "masdar", "gerund")
        and ((_alike(trigger.frame.type) == _alike(state.event)
              and line.sentence.index - state.line <= 2) or trigger.frame.type in state.told)
        and not any(u.place is not None and u.clause == line.clause[trigger.first] and not walled(line, trigger.first, u.first)
                    for u in units_after(line, trigger.first, 7))
    )  # fmt: skip


def _alike(kind: str) -> str:
    """Strikes and attacks are taken up by each other's nouns."""
    return "ATTACK" if kind == "STRIKE" else kind if kind in EVENTS else f"-{kind}"


STRAY = frozenset(map(fold_word, ["مخلفات", "طائش", "طائشة", "stray", "مصدرها", "مصدره"]))
"""Bullets that nobody aimed."""
TALLIES = frozenset(map(fold_word, ["عدد", "حصيلة", "إجمالي", "مجموع", "toll", "number"]))


def _tallied(line: Line, i: int) -> bool:
    """Whether the dead are a running total ("the number of the killed since January")."""
    grows = any(line.words[k].text in _GROWS for k in range(max(0, i - 7), i))
    return grows and any(bare(line.words[k].text) & TALLIES for k in range(max(0, i - 3), i))


_GROWS = frozenset(
    map(
        fold_word,
        [
            "يرتفع",
            "ارتفع",
            "ارتفعت",
            "ترتفع",
            "ليرتفع",
            "لترتفع",
            "بلغ",
            "brings",
            "bringing",
            "raises",
        ],
    )
)


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
    state.deeds.append(
        Deed(
            line.sentence.index,
            group(claim.type),
            frozenset(a.id for a in _main(claim)) or frozenset({"unspecified"}),
            frozenset(a.id for role, fs in claim.args.items() if role != main for a in fs),
        )
    )
    doers = tuple(a for a in claim.args.get(main, ()) if a.span)
    if claim.tier != "explicit":
        return
    if claim.type in ("CLASH", "MEETING", "AGREEMENT", "COMPETITION") and len(doers) > 1:
        state.parties = doers
    passing = circumstance(trigger.reading, trigger.frame)
    lasting = not passing and claim.type not in (
        "CASUALTIES",
        "CONDITION",
        "ASSESSMENT",
        "CLASH",
        "FOUNDING",
    )
    named = trigger.subject.how in ("after", "before", "light", "agent")
    if claim.evidence[0] == "weighed":
        named = any(a.span and line.words[0].start <= a.span[0] for a in doers)
    if doers and lasting and named:
        state.take(doers)
    if not passing and any(armed_id(a.id) for a in doers):
        state.last = doers
    searched = claim.type in POLICING or claim.subtype == "raid"
    if not passing and searched and any(armed_id(a.id) for a in doers):
        state.power = doers
    if claim.type in ("AGREEMENT", "MEETING", "CLASH", "COMPETITION"):
        state.told |= {claim.type}
    if claim.type in ("DETENTION", "RELEASE") and doers:
        state.jailer = doers
    if claim.type == "SIEGE" and doers and claim.polarity == "positive":
        state.besieger = doers
    if claim.type == "AFFILIATION_CHANGE":
        state.left = claim.args.get("from_patron", ()) or state.left
    if claim.type in EVENTS and claim.polarity == "positive":
        if doers or line.sentence.index != state.line:
            state.doer = doers
        state.event = claim.type
        state.victim = tuple(a for a in claim.args.get("target", ()) if a.span)
        if claim.type == "CLASH":
            state.doer = ()
    places = tuple(a for r in ("place", "destination", "origin") for a in claim.args.get(r, ())
                   if a.span and shipped().kind(a.id) not in ("facility_class", "ambiguous"))  # fmt: skip
    if places:
        state.place = places
    state.line = line.sentence.index


def _carry_topic(line: Line, state: State) -> None:
    """An actor that opens a sentence is its topic even where no trigger takes it up."""
    if line.english:
        topic = sentence_topic(line, state).args
        state.people = sentence_people(line, state)
        if topic and any(a.span for a in topic):
            state.take(topic)
        return
    for unit in line.units[:3]:
        if unit.prep or unit.joined:
            continue
        acting = [m for m in unit.mentions if m.kind == "actor" and m.subkind not in
                  ("source", "population") and not m.zone]  # fmt: skip
        if acting and not state.subject:
            state.take((argument(acting[0]),))
        return
