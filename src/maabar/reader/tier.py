"""Whether a claim is told outright or only presupposed."""

from __future__ import annotations

import re

from maabar.reader.clause import FINITE, Line
from maabar.reader.context import onward
from maabar.reader.frame import Trigger
from maabar.reader.preposition import PREPOSITIONS, folded
from maabar.reader.text import fold_plain


def tier(line: Line, trigger: Trigger) -> str:
    """Explicit, or presupposed by a noun phrase or a relative clause."""
    kind, reading = trigger.frame.type, trigger.reading
    if kind == "CONTROL" and (
        reading.form.kind in ("masdar", "agent") or _relative(line, trigger.first)
    ):
        return "presupposed"
    if kind in ("PRESENCE", "AFFILIATION") and reading.form.kind in ("agent", "patient", "noun"):
        article = reading.article or line.words[trigger.first].text.startswith("ال")
        return "presupposed" if article or kind == "AFFILIATION" else "explicit"
    if kind == "AFFILIATION" and reading.form.kind == "present" and reading.lemma.name == "تبع":
        return "presupposed"
    if kind in ("PRESENCE", "CONTROL", "AFFILIATION") and _relative(line, trigger.first):
        return "presupposed"
    if kind == "CONTROL" and line.english and reading.form.kind in ("past", "participle", "noun"):
        return "presupposed"
    if kind == "LEADERSHIP" and reading.form.kind == "noun":
        return "presupposed"
    if _bygone(line, trigger):
        return "presupposed"
    return "explicit"


_LONG_AGO = fold_plain(
    r"^(?: \w+){0,4} (?:سابقا|في السابق|(?:قبل|منذ)(?: \w+)? (?:سنوات|أعوام|عام|عامين|سنة|سنتين|عقود|عقد|عقدين)"
    r"|previously|(?:years|decades|a year|months) (?:ago|before|earlier))(?= |$)"
)


def _bygone(line: Line, trigger: Trigger) -> bool:
    """Whether a relative clause tells of it as long past ("houses it had seized years before")."""
    i = trigger.first
    if trigger.frame.type == "FOUNDING":
        return False
    if trigger.reading.form.kind not in ("past", "participle") or trigger.reading.conjunction:
        return False
    bound = _relative(line, i)
    if not bound and not line.english and i and not line.words[i].pause:
        before = line.readings[i - 1]
        named = line.covered[i - 1] is not None or line.words[i - 1].text.startswith("ال")
        bound = not named and i > 1 and line.words[i - 2].text in PREPOSITIONS
        bound = bound and not any(r.form.kind in FINITE for r in before)
    return bound and bool(re.search(_LONG_AGO, onward(line, trigger)))


def _relative(line: Line, i: int) -> bool:
    return any(
        line.words[k].text in _RELATIVE
        for k in range(max(0, i - 3), i)
        if line.clause[k] == line.clause[i] or i - k == 1
    )


_RELATIVE = folded("الذي التي الذين والتي والذي which who that where حيث")
