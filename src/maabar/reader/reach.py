"""How far a word reaches in its sentence: the phrases after it, and the walls that end its reach."""

from __future__ import annotations

from collections.abc import Iterable

from maabar.reader.clause import RELATIVES, Line
from maabar.reader.unit import Unit

REACH = 22  # words that a search may cross


def units_after(line: Line, i: int, reach: int = REACH) -> Iterable[Unit]:
    """Phrases to the right of word i up to a wall: verb, relative, or far end."""
    for unit in line.units:
        if unit.first <= i:
            continue
        if unit.first - i > reach:
            return
        yield unit


def walled(line: Line, i: int, j: int, verbs: bool = True) -> bool:
    """Whether something between words i and j ends the trigger's reach."""
    for k in range(i + 1, j):
        word = line.words[k].text
        if word in RELATIVES or (line.clause[k] != line.clause[k - 1] and not line.words[k].pause):
            return True
        if verbs and finite(line, k):
            return True
    return False


def verb_between(line: Line, first: int, last: int) -> bool:
    """Whether a finite verb stands in a word range."""
    return any(finite(line, j) for j in range(first, last))


def finite(line: Line, j: int) -> bool:
    """Whether a word can only be a finite verb."""
    return any(r.form.kind in ("past", "present") for r in line.readings[j]) and not any(
        r.form.kind in ("masdar", "noun", "agent", "patient") for r in line.readings[j]
    )


def asyndetic(line: Line, i: int) -> bool:
    """Whether a verb tells more of the noun before it ("raids that X may carry out")."""
    if not i or line.english or line.words[i].pause:
        return False
    back = 2 if line.words[i - 1].text in ("قد", "كان", "كانت") and i > 1 else 1
    k = i - back
    noun = (
        bool(line.classes[k])
        or any(u.last == k + 1 for u in line.units)
        or any(r.form.kind in ("masdar", "noun") for r in line.readings[k])
    )
    return noun and any(
        r.form.suffix in ("ه", "ها") and not r.conjunction and r.form.kind in ("past", "present")
        for r in line.readings[i]
    )
