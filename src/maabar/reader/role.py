"""Who and what fill the roles of a trigger, by the slots that the grammar gives its type."""

from __future__ import annotations

from maabar.reader.actor import actors
from maabar.reader.argument import add, argument, population, texted
from maabar.reader.case import special
from maabar.reader.claim import Argument
from maabar.reader.clause import Line
from maabar.reader.frame import Trigger
from maabar.reader.lexicon import grammar
from maabar.reader.place import locate
from maabar.reader.reach import units_after, walled
from maabar.reader.state import State
from maabar.reader.unit import Unit

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
        found[main] = [texted(a, text) for a in doer.args]
    if doer.passive and doer.unit is not None and slots.get("object"):
        _fill(line, doer.unit, slots["object"], found, state, text, kind)
    _objects(line, trigger, slots, found, state, text)
    locate(line, trigger, slots, found, state)
    special(line, trigger, kind, found, state, text)
    if main and not found.get(main):
        found[main] = [Argument(_DEFAULT.get((kind, trigger.frame.subtype), "unspecified"))]
    ordered = {main: found.pop(main)} if main else {}
    ordered |= found
    return {role: tuple(dict.fromkeys(fs)) for role, fs in ordered.items() if fs}


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
            add(found, "place", argument(unit.place))


def _by_means(unit: Unit, kind: str) -> bool:
    """Objects that come with bi-: to push reinforcements, to smuggle oil."""
    wanted = {"MOVE_WEAPONS": {"weapon"}, "REINFORCE": {"reinforcement", "personnel", "convoy"},
              "SMUGGLING_FLOW": {"goods", "fuel", "drug"}, "SUPPORT": {"armed"}}  # fmt: skip
    return bool(unit.classes & wanted.get(kind, set()))


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
            add(found, role, texted(a, text))
        if (
            not acting
            and role in ("recipient", "experiencer", "payer")
            and (people := population(line, unit))
        ):
            add(found, role, texted(people, text))
    elif role in ("victim", "target", "recruit", "member"):
        for a in acting:
            add(found, role, texted(a, text))
        if not acting and (people := population(line, unit)):
            add(found, role, texted(people, text))
        if thing is not None and role == "target":
            add(found, "object", thing)
        for a in places:
            add(found, "place", a)
    elif role in THING_ROLES:
        if thing is not None:
            add(found, role, thing)
        elif places and kind in ("TAKEOVER", "RESTRICT", "SIEGE"):
            add(found, role, places[0])
        elif acting:
            add(found, role, texted(acting[0], text))
        for a in places:
            add(found, "origin" if kind == "WITHDRAWAL" else "place", a)
    elif role in PLACE_ROLES:
        for a in places:
            add(found, role, a)
        if not places and thing is not None and role in ("place", "destination", "route"):
            add(found, role, thing)
    elif role == "about" and acting:
        add(found, role, texted(acting[0], text))


_DEFAULT = {("CONDITION", s): "residents" for s in ("price", "shortage", "economic", "")} | {
    ("CONDITION", "protest"): "protesters"}  # fmt: skip
