"""The form of a trigger where a word may be a verb or a noun."""

from __future__ import annotations

from maabar.reader.clause import Line
from maabar.reader.frame import Trigger
from maabar.reader.preposition import PREPOSITIONS


def form_of(line: Line, trigger: Trigger) -> str:
    """Form of a trigger; a word that is also a masdar is one where nothing sets it apart."""
    i, kind = trigger.first, trigger.reading.form.kind
    word = line.words[i]
    if kind == "past" and i and line.words[i - 1].text in PREPOSITIONS and not line.english:
        return "masdar"  # no verb stands after a preposition
    if kind == "past" and after_trying(line, i):
        return "masdar"
    if kind == "past" and not line.english and not word.pause and i and word.text[0] not in "وف":
        same = {r.form.kind for r in line.readings[i] if r.lemma.name == trigger.reading.lemma.name}
        return "masdar" if "masdar" in same else kind
    return kind


def after_trying(line: Line, i: int) -> bool:
    """Whether a word stands right after an Arabic verb of trying or planning, so is no verb."""
    if line.english or not i or line.words[i].pause or line.words[i].text[0] in "وف":
        return False
    return any(
        r.form.kind == "present" and r.lemma.duty in ("try", "plan", "demand")
        for r in line.readings[i - 1]
    )


def past_only(line: Line, k: int) -> bool:
    """Whether a word can only be a verb in the past."""
    kinds = {r.form.kind for r in line.readings[k]}
    return kinds == {"past"}
