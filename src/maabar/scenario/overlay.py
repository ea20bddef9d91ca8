"""Applying a change to the data of a scenario, before they are judged.

Because a change acts on the data, whatever it says is judged like the rest: with its line, its
limits and "did you mean".  A dated change becomes a row of the timeline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from maabar.errors import Finding, Severity
from maabar.scenario.change import Change, Step
from maabar.scenario.document import Document, Steps
from maabar.scenario.quantity import Choice, Quantity, Switch
from maabar.scenario.reference import did_you_mean
from maabar.scenario.shape import Slot

_WILD = re.compile(r"[*?\[]")
_NOTHING = object()


class Target(NamedTuple):
    """Something that a path fits: where it stands, what it is now, what may stand there."""

    steps: Steps
    now: Any  # _NOTHING where the schema allows something that the scenario leaves out
    slot: Slot


class Applied(NamedTuple):
    """What became of the data.

    Parameters
    ----------
    data : dict
        The data with the change in place.
    lines : dict
        File and line of what the change said, by steps.
    removed : set of str
        Paths of entities that no longer exist.
    findings : list of Finding
        What is wrong with the change.
    """

    data: dict[str, Any]
    lines: dict[Steps, tuple[str, int]]
    removed: set[str]
    findings: list[Finding]


def apply(root: Slot, data: dict[str, Any], change: Change, document: Document) -> Applied:
    """Apply a change to the data of a scenario, in which priors are filled in.

    Parameters
    ----------
    root : Slot
        The slot of a whole scenario.
    data : dict
        Changed in place; its parts are copied as needed.
    change : Change
        The change.
    document : Document
        Where the change stands, for findings.
    """
    applied = Applied(data, {}, set(), [])
    for number, step in enumerate(change.steps):
        line = document.line(("change", number))

        def find(
            code: str,
            path: str,
            said: str,
            expected: str,
            cure: str,
            severity: Severity = "error",
            line: int = line,
        ) -> None:
            applied.findings.append(
                Finding(code, document.file, line, path, said, expected, cure, severity)
            )

        if step.add:
            rows = _rows(data, step.add)
            steps = (step.add, len(rows))
            _put(data, (step.add,), (*rows, {"assumed": _reason(change), **(step.row or {})}))
            applied.lines[steps] = (document.file, line)
            continue
        path = step.path or step.remove or ""
        targets, missing, options = resolve(root, data, path)
        if not targets:
            wild = bool(_WILD.search(missing))
            cure = did_you_mean(missing, options, f"there is: {', '.join(sorted(options)[:8])}")
            find("E046" if wild else "E047", path, missing, "", cure if options else "correct it")
            continue
        if "value" not in step.model_fields_set:
            targets = [target for target in targets if target.now is not _NOTHING]
        if not targets:
            find("E046", path, "nothing stands there yet", "", "give it a `value` instead")
            continue
        if step.remove:
            for target in targets:
                if not _remove(applied, target):
                    cure = "set its quantities to 0, or close it"
                    find("E048", path, "cannot be removed", "", cure)
            applied.lines.update({target.steps: (document.file, line) for target in targets})
        elif not all(_fits(step, target.slot) for target in targets):
            what = "a quantity" if step.times is not None or step.since else "a value"
            find("E048", path, "", what, f"name {what} within it, as `maabar describe` shows them")
        elif step.since:
            rows = _rows(data, "timeline")
            steps = ("timeline", len(rows))
            _put(data, ("timeline",), (*rows, _row(change, number, step, rows)))
            applied.lines[steps] = (document.file, line)
        else:
            same = True
            named = {name_of(data, target.steps) for target in targets}
            for target in targets:
                if step.times is not None and _follows(root, data, target.now, named):
                    continue  # what it moves with is scaled already
                new = _new(step, target, change)
                same = same and _number(new) == _number(target.now)
                _put(data, target.steps, new)
                applied.lines[target.steps] = (document.file, line)
            if same:
                cure = "leave it out, or say another value"
                find("E046", path, "it is so already", "a difference", cure, "warning")
    return applied


def resolve(root: Slot, data: Any, path: str) -> tuple[list[Target], str, set[str]]:
    """Everything that a path fits; failing that, the key that fits nothing and what there is."""
    targets = [Target((), data, root)]
    for key in path.split("."):
        found = [below for target in targets for below in _below(target, key)]
        if not found:
            return [], key, {one for target in targets for one, _ in _inside(target)}
        targets = found
    return targets, "", set()


def name_of(data: Any, steps: Steps) -> str:
    """Steps as a path; rows of the timeline by their id."""
    words: list[str] = []
    here = data
    for step in steps:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            here = None
        if isinstance(step, str):
            words.append(step)
        elif isinstance(here, Mapping) and isinstance(here.get("id"), str):
            words.append(here["id"])
        elif words:
            words[-1] += f"[{step}]"
    return ".".join(words)


def _inside(target: Target) -> Iterator[tuple[str, Target]]:
    """What stands directly inside, and what could stand there."""
    steps, now, slot = target
    if slot.form == "rows" and isinstance(now, tuple):
        for number, row in enumerate(now):
            if isinstance(row, Mapping) and "id" in row:
                yield str(row["id"]), Target((*steps, number), row, slot.inner)
    elif isinstance(now, Mapping) and slot.form in ("part", "map"):
        for key in slot.keys if slot.form == "part" else now:
            below = slot.below(key)
            if below:
                yield key, Target((*steps, key), now.get(key, _NOTHING), below)


def _below(target: Target, key: str) -> Iterator[Target]:
    wild = bool(_WILD.search(key))
    found = False
    for name, inner in _inside(target):
        if name == key or (wild and inner.now is not _NOTHING and fnmatchcase(name, key)):
            found = True
            yield inner
    if not (found or wild) and target.slot.form == "map" and target.slot.inner.form == "leaf":
        yield Target((*target.steps, key), _NOTHING, target.slot.inner)


def _fits(step: Step, slot: Slot) -> bool:
    """Whether a step could act on this slot."""
    quantity = slot.form == "leaf" and slot.model in (Quantity, Switch)
    if step.times is not None:
        return slot.form == "leaf" and slot.model is Quantity
    return quantity if step.since else slot.form == "leaf"


def _follows(root: Slot, data: Any, now: Any, named: set[str]) -> bool:
    """Whether something moves, perhaps by way of others, with one of the paths named."""
    seen: set[str] = set()
    while isinstance(now, Mapping) and isinstance(path := now.get("same_as"), str):
        if path in named or path in seen:
            return path in named
        seen.add(path)
        now = next((target.now for target in resolve(root, data, path)[0]), None)
    return False


def _new(step: Step, target: Target, change: Change) -> Any:
    now, reason = target.now, _reason(change)
    if step.times is not None:
        return _times(now, step.times, f"times {step.times:g}: {reason}")
    if target.slot.model in (Quantity, Choice, Switch):
        if isinstance(step.value, Mapping):
            unsourced = not {"from", "assumed"} & set(step.value)
            return {**step.value, "assumed": reason} if unsourced else dict(step.value)
        return {"value": step.value, "assumed": reason}
    return step.value


def _times(now: Any, factor: float, reason: str) -> Any:
    """A quantity, as it stands in the data, times a factor."""
    if isinstance(now, Quantity):
        return now.scaled(factor).model_copy(update={"assumed": f"{now.assumed}; {reason}"})
    if isinstance(now, int | float) and not isinstance(now, bool):
        return {"value": now * factor, "assumed": reason}
    if not isinstance(now, Mapping):
        return now
    new = dict(now)
    for key in ("value", "median"):
        if isinstance(now.get(key), int | float):
            new[key] = now[key] * factor
    if isinstance(ends := now.get("range"), tuple):
        new["range"] = tuple(end * factor if isinstance(end, int | float) else end for end in ends)
    if "same_as" in now and isinstance(now.get("times", 1.0), int | float):
        new["times"] = now.get("times", 1.0) * factor
    return new | {"assumed": f"{now['assumed']}; {reason}" if "assumed" in now else reason}


def _number(said: Any) -> Any:
    """What a quantity says, without its source."""
    if isinstance(said, Quantity):
        return said.kind, said.a, said.b, said.source
    if isinstance(said, Switch):
        return {"value": said.value}
    if isinstance(said, Mapping):
        return {key: value for key, value in said.items() if key not in ("from", "assumed")}
    return {"value": said}


def _row(change: Change, number: int, step: Step, rows: tuple[Any, ...]) -> dict[str, Any]:
    """The row that a dated change becomes."""
    words = "-".join(re.findall(r"[a-z0-9]+", change.id.lower()))
    taken = {row.get("id") for row in rows if isinstance(row, Mapping)}
    name = next(
        one
        for extra in range(10_000)
        if (one := f"change-{words}-{number + extra + 1}") not in taken
    )
    act = {"times": step.times} if step.times is not None else {"value": float(step.value)}
    row = {"id": name, "on": step.since, "set": {"path": step.path, **act}}
    return row | ({"until": step.until} if step.until else {}) | {"assumed": _reason(change)}


def _remove(applied: Applied, target: Target) -> bool:
    """Mark an entity as gone, or delete what may be left out; False if it must stay."""
    if target.slot.form == "part" and "exists" in target.slot.keys:
        applied.removed.add(name_of(applied.data, target.steps))
        _put(applied.data, (*target.steps, "exists"), False)
        return True
    field = target.slot.field
    optional = field is not None and not field.is_required() and target.slot.form == "leaf"
    entry = field is None and target.slot.form == "leaf"
    if not (optional or entry):
        return False
    _put(applied.data, target.steps, _NOTHING)
    return True


def _rows(data: Mapping[str, Any], section: str) -> tuple[Any, ...]:
    rows = data.get(section)
    return rows if isinstance(rows, tuple) else ()


def _reason(change: Change) -> str:
    return f"the change {change.id}"


def _put(data: dict[str, Any], steps: Steps, new: Any) -> None:
    """Put something at the end of the steps, copying what stands on the way."""
    first, *rest = steps
    here: Any = data
    if not rest:
        if new is _NOTHING:
            here.pop(first, None)
        else:
            here[first] = new
        return
    inner = here[first]
    copy: Any = list(inner) if isinstance(inner, tuple) else dict(inner)
    here[first] = copy
    _put(copy, tuple(rest), new)
    if isinstance(inner, tuple):
        here[first] = tuple(copy)
