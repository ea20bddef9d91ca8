"""From what pydantic says about data to findings that a person can act on.

A `Ledger` collects the findings of one file: it knows the line of every part, also of what a change
put there from another file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from maabar.errors import Finding, Severity
from maabar.scenario.document import Document, Steps
from maabar.scenario.overlay import name_of
from maabar.scenario.part import Part
from maabar.scenario.quantity import Choice, Quantity
from maabar.scenario.reference import did_you_mean, one_of
from maabar.scenario.shape import Slot, slot_at

MOST = 300
"""Findings of one file before the rest is left for later."""

_QUANTITY = ("value", "range", "median", "spread", "same_as", "times", "from", "assumed")
_KINDS = {
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "string_type": "text",
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "tuple_type": "a list",
}
_BOUNDS = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at most"),
}


class Remark(NamedTuple):
    """Something that a rule found, at some steps of a file."""

    code: str
    steps: Steps
    said: str
    expected: str
    cure: str
    severity: Severity = "error"


class Ledger:
    """The findings of one file.

    Parameters
    ----------
    document : Document
        The file as read; its findings are taken over.
    root : Slot
        What the file may hold.
    """

    def __init__(self, document: Document, root: Slot) -> None:
        self.document = document
        self.root = root
        self.data: Any = document.data
        self.findings: list[Finding] = list(document.findings)
        self.elsewhere: dict[Steps, tuple[str, int]] = {}

    def where(self, steps: Steps) -> tuple[str, int]:
        """File and line of a part, or of the nearest part around it."""
        for end in range(len(steps), -1, -1):
            near = steps[:end]
            if near in self.elsewhere:
                return self.elsewhere[near]
            if near in self.document.lines:
                return self.document.file, self.document.lines[near]
        return self.document.file, 0

    def add(
        self,
        code: str,
        steps: Steps,
        said: str = "",
        expected: str = "",
        cure: str = "",
        severity: Severity = "error",
    ) -> None:
        """Take down a finding about the part at these steps."""
        if len(self.findings) >= MOST:
            return
        if len(self.findings) == MOST - 1:
            cure = "cure what is said above it, then check again"
            code, said, expected, severity = "E058", f"{MOST} findings", "", "error"
        file, line = self.where(steps)
        path = name_of(self.data, steps)
        self.findings.append(Finding(code, file, line, path, said, expected, cure, severity))

    def judge(self, error: ValidationError, base: Steps = ()) -> None:
        """Take down everything that pydantic found in the part at `base`."""
        for one in error.errors(include_url=False) if len(self.findings) < MOST else ():
            steps = (*base, *(step for step in one["loc"] if step != "[key]"))
            if one["type"] == "too_short" and len(one["input"]) >= one["ctx"]["min_length"]:
                continue  # what is wrong with its items is said of each
            if any(steps[:end] in self.document.spoiled for end in range(1, len(steps) + 1)):
                continue  # its finding is there already
            self._judge(one, steps)

    def _judge(self, one: Mapping[str, Any], steps: Steps) -> None:
        kind, said, context = one["type"], one["input"], one.get("ctx", {})
        slot = slot_at(self.root, steps)
        if kind.startswith("E0"):
            if kind == "E017" and steps[-1:] == ("assumed",):
                steps = steps[:-1]
            self.add(kind, steps, context["said"], context["expected"], context["cure"])
        elif kind == "extra_forbidden":
            around = slot_at(self.root, steps[:-1])
            options = around.keys if around else []
            if around and around.form == "leaf":
                options = list(_fields_of_leaf(around.model))
            cure = did_you_mean(str(steps[-1]), options, f"delete it, or use {one_of(options)}")
            self.add("E007", steps, str(steps[-1]), "", cure)
        elif kind == "missing" and isinstance(steps[-1], str):
            means = slot.means if slot else ""
            self.add("E013", steps, "", means, f"add `{steps[-1]}:`")
        elif kind == "missing" or (
            kind in ("too_long", "too_short") and "actual_length" in context
        ):
            expected, cure = _length(context)
            self.add("E014", steps, _shown(said), expected, cure)
        elif kind == "literal_error" and steps[-1:] == ("format",):
            self.add("E012", steps, _shown(said), "1", "write `format: 1`")
        elif kind == "literal_error":
            options = [
                part.strip(" '") for part in context["expected"].replace(" or ", ",").split(",")
            ]
            cure = did_you_mean(str(said), options, f"write {one_of(options)}")
            self.add("E014", steps, _shown(said), one_of(options), cure)
        elif kind in ("date_type", "date_parsing"):
            self.add("E024", steps, _shown(said), "YYYY-MM-DD", "write it without quotes")
        elif kind in _BOUNDS:
            name, word = _BOUNDS[kind]
            limit = f"{word} {context[name]:g}"
            self.add("E019", steps, _shown(said), limit, f"write a number {limit}")
        elif kind == "finite_number":
            self.add("E023", steps, _shown(said), "a number", "write a finite number")
        else:
            expected = _KINDS.get(kind, one["msg"].removeprefix("Input should be ").lower())
            self.add("E014", steps, _shown(said), expected, _cure(said, expected))


def _fields_of_leaf(model: type[Part]) -> tuple[str, ...]:
    if issubclass(model, Quantity):
        return _QUANTITY
    return ("value", "from", "assumed") + (("choice",) if issubclass(model, Choice) else ())


def _length(context: Mapping[str, Any]) -> tuple[str, str]:
    least, most = context.get("min_length"), context.get("max_length")
    if least is not None:
        return f"at least {least}", "name more, or leave the field out"
    return (f"a list of {most}", f"write {most}") if most else ("more items", "complete the list")


def _cure(said: Any, expected: str) -> str:
    if said is None:
        return "fill it in, or remove it"
    if isinstance(said, str) and "number" in expected:
        try:
            return f"write {float(said.replace(',', '')):g} without quotes or commas"
        except ValueError:
            return "write a number"
    if expected == "text":
        return f'write "{said}" in quotes' if isinstance(said, int | float | bool) else "write text"
    if expected == "a list" and isinstance(said, str):
        return f"write [{said}]"
    return f"write {expected}"


def _shown(said: Any) -> str:
    if said is None:
        return "nothing"
    if isinstance(said, Mapping):
        return "a mapping"
    if isinstance(said, tuple):
        return f"a list of {len(said)}"
    if isinstance(said, bool):
        return str(said).lower()
    text = f'"{said}"' if isinstance(said, str) else str(said)
    return text if len(text) <= 42 else f'{text[:38]}..."'
