"""Which frame of a lemma holds: its conditions on objects, subject and the words around."""

from __future__ import annotations

from dataclasses import dataclass

from maabar.reader.argument import armed
from maabar.reader.clause import RELATIVES, Line
from maabar.reader.governor import light_verb
from maabar.reader.lexicon import Frame, Reading
from maabar.reader.reach import units_after, walled
from maabar.reader.state import Subject
from maabar.reader.thing import thing_at
from maabar.reader.word import bare


@dataclass(slots=True)
class Trigger:
    """A word (range) that carries a type."""

    first: int
    last: int
    reading: Reading
    frame: Frame
    subject: Subject
    governor: int = -1


WINDOW = 9


ADJECTIVAL = frozenset({"AFFILIATION", "PRESENCE", "CONTROL", "MOTIVE", "RECRUITMENT",
                        "AFFILIATION_CHANGE", "COMPOSITION"})  # fmt: skip


def choose(line: Line, i: int, reading: Reading, doer: Subject) -> Frame | None:
    """The first frame whose conditions hold; None where there is none."""
    adjective = reading.form.kind in ("agent", "patient")
    for frame in reading.lemma.frames:
        if (
            adjective
            and not line.words[i].tanwin
            and (
                frame.type not in ADJECTIVAL
                and not any(name == "f" for name, _ in frame.conditions)
            )
        ):
            continue
        if all(_holds(line, i, reading, doer, name, options) for name, options in
               frame.conditions):  # fmt: skip
            return frame
    return None


def _holds(
    line: Line, i: int, reading: Reading, doer: Subject, name: str, options: frozenset[str]
) -> bool:
    match name:
        case "c":
            return bool(object_classes(line, i, reading, doer) & options)
        case "w":
            return any(_matches(line, j, options) for j in _ahead(line, i))
        case "p":
            return any(_matches(line, j, options) for j in _behind(line, i))
        case "f":
            kind = reading.form.kind
            return (
                kind in options
                or ("finite" in options and kind in ("past", "present"))
                or ("participle" in options and line.english and kind == "past")
            )
        case "x":
            return line.words[i].text in options
        case "s":
            return bool(subject_classes(doer) & options)
        case "a":
            return _actor_near(line, i, options)
        case "g":
            governor = light_verb(line, i)
            return governor is not None and governor[1].lemma.name.replace(" ", "") in options
        case "on" | "to" | "from" | "with":
            return any(u.prep == name for u in units_after(line, i, 8))
    return False


def _matches(line: Line, j: int, options: frozenset[str]) -> bool:
    text = line.words[j].text
    return text in options or bool(bare(text) & options)


def _ahead(line: Line, i: int) -> list[int]:
    found = []
    for j in range(i + 1, min(len(line.words), i + 1 + WINDOW)):
        if line.clause[j] > line.clause[i] + (1 if line.words[j].pause else 0) and j - i > 3:
            break
        found.append(j)
    return found


def _behind(line: Line, i: int) -> list[int]:
    return [j for j in range(max(0, i - 4), i) if line.clause[i] - line.clause[j] <= 0
            or i - j <= 2]  # fmt: skip


def object_classes(line: Line, i: int, reading: Reading, doer: Subject) -> frozenset[str]:
    """Classes of what the trigger bears on: its nearest phrases that are not the subject."""
    found: frozenset[str] = frozenset()
    taken = 0
    for unit in units_after(line, i, 12):
        if walled(line, i, unit.first) and unit.first - i > 1:
            break
        if unit.clause - line.clause[i] > 1 or (unit.clause > line.clause[i] and unit.joined):
            break
        if unit is doer.unit and not doer.passive:
            continue
        if unit.prep == "by":
            found |= unit.classes & _MEANS
        if unit.prep in ("time", "by", "over", "about", "back", "to", "through") and taken:
            continue
        if unit.prep in ("time", "by", "to"):
            continue
        if unit.joined and taken and unit.prep not in ("",):
            break
        found |= unit.classes
        if unit.actor is not None and armed(unit.actor):
            found |= {"armed"}
        if unit.place is not None:
            found |= {"place"}
        if unit.actor is not None and unit.actor.subkind == "population":
            found |= {"person"}
        taken += 1
        if taken >= 3:
            break
    if doer.passive and doer.unit is not None:
        found |= doer.unit.classes
    if reading.form.suffix and i and line.words[i - 1].text in RELATIVES:
        for k in range(max(0, i - 3), i - 1):  # "the mines that X laid": what was laid
            found |= thing_at(line.words, k)[1]
    if reading.form.suffix and not found:
        return frozenset({"pronoun"})
    return found


_MEANS = frozenset({"shell", "missile", "aircraft", "explosive"})


def subject_classes(doer: Subject) -> frozenset[str]:
    """Classes of the subject: people, armed, source, or its thing classes."""
    unit = doer.unit
    if unit is None:
        return frozenset({"carried"}) if doer.args else frozenset()
    found = set(unit.classes)
    actor = unit.actor
    if actor is not None and actor.id.endswith(("air-force", "aircraft")):
        found |= {"aircraft"}
    elif armed(actor):
        found.add("armed")
    elif actor is not None and actor.subkind == "population":
        found |= {"people", "person"}
    elif unit.classes & {"person"} and not unit.classes & {"personnel", "post"}:
        found.add("people")
    if any(m.subkind == "source" for m in unit.mentions):
        found.add("source")
    if actor is None and unit.classes and not unit.classes & {"person", "personnel"}:
        found.add("thing")
    return frozenset(found)


def _actor_near(line: Line, i: int, options: frozenset[str]) -> bool:
    for unit in units_after(line, i, 8):
        actor = unit.actor or next((m for m in unit.mentions if m.kind == "actor"), None)
        if actor is None:
            continue
        if "regime" in options:
            return actor.id == "syrian-regime" and unit.first - i <= 2
        return armed(actor)
    return False
