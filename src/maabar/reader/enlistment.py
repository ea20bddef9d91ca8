"""Who joins whom: the people are recruits, and the group recruits them."""

from __future__ import annotations

from maabar.reader.actor import actors
from maabar.reader.argument import NOBODY, argument, armed_id
from maabar.reader.claim import Argument
from maabar.reader.clause import Line
from maabar.reader.frame import Trigger
from maabar.reader.reach import units_after
from maabar.reader.state import State


def enlisted(
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


def enlisted_with(line: Line, trigger: Trigger) -> tuple[Argument, ...]:
    """ "Signed up with X", "joined X"."""
    if trigger.reading.lemma.name not in ("join", "enlist", "enrol", "sign up"):
        return ()
    near = (u for u in units_after(line, trigger.first, 8) if u.prep in ("with", "to", "in", ""))
    unit = next((u for u in near if u.actor is not None and armed_id(u.actor.id)), None)
    return (argument(unit.actor),) if line.english and unit and unit.actor else ()


def recruiter(
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
