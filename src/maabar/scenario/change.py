"""A change: a small overlay on a scenario, in the scenario's own words.

It stands in a file of `changes/`, or on the command line as ``PATH=VALUE`` or ``PATH=VALUE@DATE``.
`maabar.scenario.overlay` applies it.
"""

from __future__ import annotations

import datetime
import re
from typing import Any, Literal, NamedTuple

from pydantic import Field, model_validator

from maabar.scenario.document import Document, parse
from maabar.scenario.part import Name, Part
from maabar.scenario.reference import problem

COMMAND_LINE = "command line"

_ASSIGNMENT = re.compile(
    r"(?P<path>[^=@]+)=(?P<value>.*?)(@(?P<since>\d{4}-\d{2}-\d{2}))?", re.DOTALL
)
_FACTOR = re.compile(r"x(?P<times>\d+(\.\d*)?|\.\d+)")


class Step(Part):
    """One thing that a change does: sets or scales, removes, or adds a row or a pact."""

    path: str | None = Field(None, description="what is changed, with * for any letters of a key")
    value: Any = Field(None, description="number, yes or no, id, or a quantity with its source")
    times: float | None = Field(None, description="factor on the quantity")
    since: datetime.date | None = Field(
        None, description="from this day on; from the start without"
    )
    until: datetime.date | None = Field(None, description="up to this day")
    remove: str | None = Field(None, description="path of what is removed; its slot stays, unused")
    add: Literal["timeline", "pacts"] | None = Field(None, description="where `row` is added")
    row: dict[str, Any] | None = Field(None, description="the row or pact that is added")

    @model_validator(mode="after")
    def _one_form(self) -> Step:
        given = self.model_fields_set
        if given - {"since", "until"} not in (
            {"path", "value"},
            {"path", "times"},
            {"remove"},
            {"add", "row"},
        ) or (given & {"since", "until"} and "path" not in given):
            forms = "{path, value}, {path, times}, {remove} or {add, row}"
            cure = "`since` and `until` go with `path` only" if "path" not in given else "say one"
            raise problem("E048", ", ".join(sorted(given)) or "nothing", forms, cure)
        if self.until and not self.since:
            raise problem("E048", "until without since", "both", "say since when")
        if self.since and self.until and self.until <= self.since:
            raise problem("E031", f"until {self.until}", f"after {self.since}", "swap the dates")
        if self.since and not self.is_number:
            said = "an id or a prior from a day on"
            raise problem("E048", said, "a number, true or false", "leave `since` out")
        return self

    @property
    def is_number(self) -> bool:
        """Whether it sets a plain number (or yes or no), or scales."""
        return self.times is not None or isinstance(self.value, int | float)


class Change(Part):
    """What a counterfactual changes, and what it asks."""

    format: Literal[1] = 1
    id: str = Field(description="its id; of a change on the command line, its text")
    title: Name = Field(description="a title")
    asks: Name = Field(description="the question that it answers")
    steps: tuple[Step, ...] = Field(alias="change", min_length=1, description="what it does")


class Said(NamedTuple):
    """A change before it is judged, with the document that it stands in."""

    document: Document
    data: dict[str, Any]


def assignment(text: str) -> Said | None:
    """A change from ``PATH=VALUE@DATE``; None if the text has another form.

    The value is YAML; ``x0.8`` is a factor.

    Examples
    --------
    >>> assignment("crossings.*.open=false@2022-10-01").data["change"][0]["value"]
    False
    """
    found = _ASSIGNMENT.fullmatch(text.strip())
    if not found:
        return None
    document = parse(f"value: {found['value']}\n", COMMAND_LINE)
    step: dict[str, Any] = {"path": found["path"].strip()}
    if factor := _FACTOR.fullmatch(found["value"].strip()):
        step["times"] = float(factor["times"])
    else:
        step["value"] = (document.data or {}).get("value")
    if found["since"]:
        day = parse(f"{found['since']}\n", COMMAND_LINE)
        step["since"] = day.data
        document = document._replace(findings=(*document.findings, *day.findings))
    name = {"en": text, "ar": text}
    data = {"format": 1, "id": text, "title": name, "asks": name, "change": (step,)}
    return Said(document._replace(lines={}), data)
