"""Who is hurt, and who hurts them: the doer of the event told just before."""

from __future__ import annotations

from collections.abc import Iterable

from maabar.reader.actor import actors
from maabar.reader.argument import NOBODY, argument, population, texted
from maabar.reader.claim import Argument
from maabar.reader.clause import Line
from maabar.reader.frame import Trigger
from maabar.reader.gazetteer import shipped
from maabar.reader.state import State
from maabar.reader.unit import UNNAMED

EVENTS = frozenset({"STRIKE", "ATTACK", "CLASH"})


def casualties(
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
            [texted(a, text) for a in own]
            or ([texted(people, text)] if people else list(state.victim) if near else [])
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
