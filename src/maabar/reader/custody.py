"""Whose the prisoners are that are let go."""

from __future__ import annotations

from maabar.reader.argument import argument, armed_id
from maabar.reader.claim import Argument
from maabar.reader.clause import Line
from maabar.reader.frame import Trigger
from maabar.reader.reach import units_after
from maabar.reader.word import bare


def release(line: Line, trigger: Trigger, found: dict[str, list[Argument]]) -> None:
    """Prisoners "held by X" are X's to release."""
    if trigger.subject.how in ("after", "before", "agent") and not trigger.subject.passive:
        return
    if line.english and (jailer := _jailer(line, trigger)):
        found["actor"] = [jailer]
        return
    for unit in units_after(line, trigger.first, 12):
        words = line.words[max(0, unit.first - 2) : unit.first]
        if (
            unit.actor is not None
            and armed_id(unit.actor.id)
            and any(bare(w.text) & _AT for w in words)
        ):
            found["actor"] = [argument(unit.actor)]
            return


_AT = frozenset({"لدي", "سجون", "معتقلات", "زنازين"})


def _jailer(line: Line, trigger: Trigger) -> Argument | None:
    """ "The release of men arrested by X": X's to give."""
    if trigger.subject.how in ("agent", "light"):
        return None
    held = False
    for k in range(trigger.last, min(trigger.last + 12, len(line.words))):
        word = line.words[k]
        if word.pause:
            return None
        held = held or word.text in _TAKEN
        if held and word.text == "by":
            unit = next((u for u in units_after(line, k, 6)), None)
            return argument(unit.actor) if unit and unit.actor and armed_id(unit.actor.id) else None
    return None


_TAKEN = frozenset({"arrested", "detained", "held", "captured", "kidnapped", "abducted", "seized"})
