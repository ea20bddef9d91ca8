"""Rules of the timeline: dates in order and within the scenario's time, one act to a row."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from maabar.scenario.document import Steps
from maabar.scenario.overlay import resolve
from maabar.scenario.quantity import Quantity, Switch
from maabar.scenario.reference import did_you_mean
from maabar.scenario.schema import Scenario
from maabar.scenario.shape import Slot
from maabar.scenario.timeline import ACTS, Row
from maabar.scenario.verdict import Remark
from maabar.variables import FIRST_MORNING


def time_of(scenario: Scenario) -> tuple[datetime.date, datetime.date]:
    """First and last day that a run can reach."""
    start = scenario.warm_up_from or scenario.observe_from
    left = (datetime.date.max - scenario.observe_from).days
    return start, scenario.observe_from + datetime.timedelta(days=min(scenario.days, left))


def windows(scenario: Scenario) -> Iterator[Remark]:
    """Warm-up, and the windows in which strikes are on record."""
    warm, observe = scenario.warm_up_from, scenario.observe_from
    if warm and warm > observe:
        cure = "start the warm-up before the day that is observed"
        yield Remark("E031", ("warm_up_from",), str(warm), f"before {observe}", cure)
    start, end = time_of(scenario)
    for name, striker in scenario.strikers.items():
        for number, (first, last) in enumerate(striker.recorded):
            steps = ("strikers", name, "recorded", number)
            if first > last:
                yield Remark("E031", steps, f"{first} to {last}", "first, last", "swap the dates")
            elif last < start or first > end:
                expected = f"{start} to {end}"
                yield Remark("E030", steps, f"{first} to {last}", expected, "delete it", "warning")


def rows(scenario: Scenario, root: Slot, data: Mapping[str, Any]) -> Iterator[Remark]:
    """Every row of the timeline."""
    seen: dict[str, int] = {}
    for number, row in enumerate(scenario.timeline):
        steps: Steps = ("timeline", number)
        if row.id in seen:
            yield Remark("E034", (*steps, "id"), row.id, "unique ids", "rename one of them")
        seen[row.id] = number
        acts = [act for act in ACTS if getattr(row, act) is not None]
        if not acts:
            yield Remark("E032", steps, "", f"one of {', '.join(ACTS)}", "say what happens")
        if len(acts) > 1:
            cure = "write a row for each"
            yield Remark("E033", (*steps, acts[1]), " and ".join(acts), "one act", cure)
        yield from _row_dates(scenario, row, steps)
        yield from _row_acts(scenario, row, steps)
        if row.set:
            yield from _set(root, data, row.set.path, (*steps, "set", "path"))


def _row_dates(scenario: Scenario, row: Row, steps: Steps) -> Iterator[Remark]:
    if (row.on is None) == (row.between is None):
        said = "neither" if row.on is None else "both"
        yield Remark("E057", steps, said, "`on` or `between`", "keep one of them")
        return
    key, (first, last) = "on" if row.on else "between", row.days
    start, end = time_of(scenario)
    if first > last:
        said = f"{first}, {last}"
        yield Remark("E031", (*steps, key), said, "[first, last]", f"write [{last}, {first}]")
    if first < start or last > end:
        said = str(first if first < start else last)
        cure = "leave the row out, or move warm_up_from or days"
        yield Remark("E030", (*steps, key), said, f"{start} to {end}", cure)
    if row.until and row.until <= last:
        cure = "give a later day"
        yield Remark("E031", (*steps, "until"), f"until {row.until}", f"after {last}", cure)
    if row.siege and not row.until:
        yield Remark(
            "E013", (*steps, "until"), "", "the day on which the siege ends", "add `until:`"
        )


def _row_acts(scenario: Scenario, row: Row, steps: Steps) -> Iterator[Remark]:
    if change := row.toll_change:
        crossing = scenario.crossings.get(change.crossing)
        if crossing and change.end not in crossing.ends:
            cure = did_you_mean(change.end, crossing.ends, f"name {' or '.join(crossing.ends)}")
            expected = f"an end of {change.crossing}"
            yield Remark("E016", (*steps, "toll_change", "end"), change.end, expected, cure)
        if not change.model_fields_set - {"crossing", "end"}:
            expected, cure = "a levy or a cap", "say what changes"
            yield Remark("E013", (*steps, "toll_change"), "no levy and no cap", expected, cure)
    group = scenario.groups.get(row.pay_change.group or "") if row.pay_change else None
    if group and group.kind != "company":
        said = f"a group of kind {group.kind}"
        cure = "name its patron and the class"
        where = (*steps, "pay_change", "group")
        yield Remark("E049", where, said, "a company", cure)


def _set(root: Slot, data: Mapping[str, Any], path: str, steps: Steps) -> Iterator[Remark]:
    targets, missing, options = resolve(root, data, path)
    if not targets:
        cure = did_you_mean(missing, options, "see the paths that `maabar describe` shows")
        yield Remark("E046" if "*" in missing else "E047", steps, missing, "", cure)
    elif any(t.slot.form != "leaf" or t.slot.model not in (Quantity, Switch) for t in targets):
        cure = "name a number within it"
        yield Remark("E048", steps, path, "a path of numbers", cure)
    elif any(_meets(path, one) for one in FIRST_MORNING):
        cure = "change it without a date, so that it holds from the start"
        yield Remark("E059", steps, path, "a number that is read every day", cure)


def _meets(pattern: str, other: str) -> bool:
    """Whether two patterns could mean one path."""
    mine, theirs = pattern.split("."), other.split(".")
    return len(mine) == len(theirs) and all(
        fnmatchcase(one, two) or fnmatchcase(two, one)
        for one, two in zip(mine, theirs, strict=True)
    )


def named_in(row: Row) -> Iterator[tuple[str, str]]:
    """Section and id of the entities that a row acts on or by."""
    if row.strike:
        yield "strikers", row.strike.by
    if row.siege:
        yield "places", row.siege.place
    if row.prison_release:
        yield "groups", row.prison_release.group
    if row.pay_change:
        yield "patrons", row.pay_change.patron or ""
        yield "groups", row.pay_change.group or ""
    if row.toll_change:
        yield "crossings", row.toll_change.crossing
