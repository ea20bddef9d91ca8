"""The sides of a clash, meeting, agreement or rivalry."""

from __future__ import annotations

from collections.abc import Iterable

from maabar.reader.actor import actors
from maabar.reader.argument import armed
from maabar.reader.claim import Argument
from maabar.reader.clause import RELATIVES, Line
from maabar.reader.reach import units_after, verb_between
from maabar.reader.state import State, Subject
from maabar.reader.text import fold_word
from maabar.reader.unit import Unit


def parties(line: Line, i: int, subject: Subject, state: State, kind: str) -> list[Argument]:
    """All sides of a clash, meeting, agreement or rivalry."""
    convened = any(r.lemma.name == "جمع" for r in line.readings[i])
    mediated = convened or (subject.how == "agent" and kind in ("AGREEMENT", "MEETING"))
    named = [] if subject.how == "carried" or mediated else list(subject.args)
    for unit in units_after(line, i, 30):
        if any(
            line.words[k].text in RELATIVES or _other_sides(line, k, kind)
            for k in range(i + 1, unit.first)
        ):
            break
        if unit.clause - line.clause[i] > 2 or (unit.joined and unit.prep == ""):
            continue
        present = (
            unit.prep == "" and kind == "MEETING" and not verb_between(line, i + 1, unit.first)
        )
        envoys = unit.prep == "about" and "parties" in unit.classes
        if unit.prep in ("between", "with") or present or envoys or _attending(line, unit):
            for a in actors(line, unit, state):
                if all(n.id != a.id for n in named) and a.id not in HELD:
                    named.append(a)
    if kind == "MEETING" and not line.english:
        named += [a for a in _gathered(line, i, state) if all(n.id != a.id for n in named)]
    if not named:
        named = list(_sides_before(line, i, state))
    if not named and subject.how == "carried" and not convened:
        named = list(subject.args)
    return named


HELD = frozenset({"detainees"})
"""Those who sit at no table."""


def _gathered(line: Line, i: int, state: State) -> Iterable[Argument]:
    """Whom a meeting brought together ("a meeting that joined officers with envoys of X")."""
    verb = next((k for k in range(i + 1, min(len(line.words), i + 9))
                 if any(r.lemma.name in GATHERING for r in line.readings[k])), None)  # fmt: skip
    if verb is None:
        return
    for unit in units_after(line, verb, 14):
        if verb_between(line, verb + 1, unit.first):
            return
        if unit.prep in ("", "in", "with") and (unit.actor is None or armed(unit.actor)):
            yield from actors(line, unit, state)


GATHERING = frozenset({"جمع", "ضم"})


def _sides_before(line: Line, i: int, state: State) -> tuple[Argument, ...]:
    """Sides told before the noun ("between X and Y a quarrel broke out")."""
    for unit in line.units:
        near = 0 < i - unit.last <= 10 and line.clause[i] == unit.clause
        if near and unit.prep == "between" and not unit.joined:
            return actors(line, unit, state)
    return ()


def _other_sides(line: Line, k: int, kind: str) -> bool:
    """Whether a noun there has sides of its own ("an accord after clashes between ...")."""
    return any(
        r.form.kind in ("masdar", "noun")
        and any(f.type in SIDED and f.type != kind for f in r.lemma.frames)
        for r in line.readings[k]
    )


SIDED = frozenset({"CLASH", "COMPETITION", "MEETING"})
_ATTEND = frozenset(map(fold_word, ["بحضور", "بمشاركة", "ومشاركة", "وحضور"]))


def _attending(line: Line, unit: Unit) -> bool:
    return any(line.words[k].text in _ATTEND for k in range(max(0, unit.first - 3), unit.last))
