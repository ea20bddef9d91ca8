"""Who does it, in Arabic: the subject of a finite verb, a participle, a verbal noun."""

from __future__ import annotations

from maabar.reader.actor import actors, by_agent
from maabar.reader.clause import Line
from maabar.reader.lexicon import Reading
from maabar.reader.masdar import masdar_subject
from maabar.reader.state import State, Subject
from maabar.reader.topic import english_subject
from maabar.reader.unit import MEMBER_CLASSES
from maabar.reader.verb import finite_subject


def subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    """Find who does it."""
    if line.english:
        return english_subject(line, i, reading, state)
    agent = by_agent(line, i, state)
    if reading.form.kind in ("past", "present"):
        found = finite_subject(line, i, reading, state)
    elif reading.form.kind in ("agent", "patient"):
        found = _participle_subject(line, i, reading, state)
    else:
        found = masdar_subject(line, i, reading, state)
    active = reading.form.kind in ("past", "present") and reading.form.number == "p"
    if agent and not (active and found.how in ("after", "before")):
        found = Subject(agent, "agent", found.unit, True, found.units)
    return found


def _participle_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    for unit in reversed([u for u in line.units if u.first < i]):
        if i - unit.last > 6:
            break
        if (
            unit.actor is not None
            or unit.classes & MEMBER_CLASSES
            or unit.classes & {"position", "checkpoint", "hq", "goods"}
        ):
            args = actors(line, unit, state)
            return Subject(args, "before" if args else "thing", unit)
    return Subject(state.subject, "carried") if not reading.article else Subject()
