"""What governs a word: the verb that carries it ("carried out a raid"), wards it off, a negation."""

from __future__ import annotations

from maabar.reader.clause import NEGATIONS, Line
from maabar.reader.lexicon import Reading
from maabar.reader.reach import finite

DUTIFUL = frozenset({"past", "present", "masdar", "noun", "gerund", "participle"})


def light_verb(line: Line, i: int, reach: int = 10) -> tuple[int, Reading] | None:
    """The verb that carries the noun at word i: "carried out a raid"."""
    for j in range(i - 1, max(-1, i - reach), -1):
        if line.clause[j] < line.clause[i] - 2:
            return None
        for reading in line.readings[j]:
            willing = reading.form.kind in DUTIFUL or (
                reading.form.kind == "agent" and not reading.article and not line.english
            )
            duty = reading.lemma.duty if willing else ""
            if duty in ("active", "passive", "place", "none", "try", "plan", "threat", "demand"):
                return j, reading
        if finite(line, j):
            return None
    return None


REPEL = frozenset({"ص د د", "ص د ي 5", "أحبط", "ف ش ل 4", "repel", "thwart", "foil"})


def repelled(line: Line, i: int) -> bool:
    """Whether the noun names what was warded off: its doer is the other side."""
    return any(r.lemma.name in REPEL for k in range(max(0, i - 4), i) for r in line.readings[k])


WITHOUT = frozenset({"دون", "بدون", "عدم"})


def negated(line: Line, i: int) -> bool:
    """Whether a negation governs the trigger."""
    for k in range(i - 1, max(-1, i - 5), -1):
        if line.clause[k] != line.clause[i] and not (
            line.words[k + 1].text == "ان" and line.words[k].text in WITHOUT
        ):
            break
        if line.words[k].text in NEGATIONS or (
            line.words[k].text[1:] in NEGATIONS and (line.words[k].text[0] in "وف")
        ):
            return True
    return False
