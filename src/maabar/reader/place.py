"""Where an event was, when its own phrases do not say: the nearest place, else the one carried on."""

from __future__ import annotations

from maabar.reader.argument import add, argument
from maabar.reader.claim import Argument, Mention
from maabar.reader.clause import Line
from maabar.reader.frame import Trigger
from maabar.reader.gazetteer import shipped
from maabar.reader.state import State

COARSE = ("-governorate", "-countryside", "-desert", "-zone")
LOOSE = frozenset({"ambiguous", "facility_class", "vague", "country", "governorate", "river"})


def locate(
    line: Line, trigger: Trigger, slots: dict[str, str], found: dict[str, list[Argument]],
    state: State,
) -> None:  # fmt: skip
    """Where it happened, when the trigger's own phrases do not say: nearest place, else carried."""
    role = slots.get("in", "")
    if not role or any(found.get(r) for r in ("place", role)):
        return
    options = [m for m in line.mentions if m.kind == "place" and m.subkind not in ("country", "vague")
               and not any(m.span == a.span for fs in found.values() for a in fs)]  # fmt: skip
    exact = [m for m in options if not (coarse(m.id) and _dateline(line, m))]
    options = exact or options
    at = line.words[trigger.first].start
    before = [m for m in options if m.span[0] < at]
    after = [m for m in options if m.span[0] > at and m.span[0] - at < 90]
    chosen = before[0] if before and not after else (after[0] if after else None)
    if chosen is not None and before and after:
        chosen = before[-1] if at - before[-1].span[1] < after[0].span[0] - at else after[0]
    if chosen is not None:
        add(found, role, argument(chosen))
    if (
        not any(found.get(r) for r in ("place", role))
        and state.place
        and line.sentence.index - state.line <= 2
    ):
        for a in state.place[:1]:
            add(found, role, a)


def _dateline(line: Line, mention: Mention) -> bool:
    """Whether a name only heads the report, or is a class such as "the crossings"."""
    return mention.span[0] == line.words[0].start or mention.subkind == "facility_class"


def coarse(ident: str) -> bool:
    """Whether a place says little of where: a governorate, a dateline, "the crossings"."""
    return ident.endswith(COARSE) or shipped().kind(ident) in LOOSE
