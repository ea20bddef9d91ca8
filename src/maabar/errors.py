"""What can go wrong, said so that the person at the keyboard can cure it.

A `Finding` is one thing that is wrong with a scenario or with a use of the program: where, what
was said, what was expected, and a cure.  `CODES` holds one sentence for every code.  Exceptions
form one tree, so that the command line shows sentences and never a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "note"]

CODES: dict[str, str] = {
    "E001": "file or folder cannot be read",
    "E002": "file is too large",
    "E003": "file is not UTF-8 text",
    "E004": "not valid YAML",
    "E005": "a tab where YAML wants spaces",
    "E006": "file is empty",
    "E007": "unknown field",
    "E008": "the same key twice in one mapping",
    "E009": "a YAML tag, which could run code and is never needed here",
    "E010": "a YAML anchor or alias",
    "E011": "nested too deep",
    "E012": "format version is not one that this program reads",
    "E013": "required field is missing",
    "E014": "value is of the wrong kind",
    "E015": "an id is not in kebab-case",
    "E016": "unknown id",
    "E017": "unsourced: neither `from` nor `assumed`",
    "E018": "not one of the forms of a quantity",
    "E019": "number is outside what is possible",
    "E020": "share is outside 0 to 1",
    "E021": "range is the wrong way round",
    "E022": "spread of a lognormal is not above 1",
    "E023": "number is not finite",
    "E024": "not a date",
    "E025": "weights of a choice cannot be drawn from",
    "E026": "unknown claim or fact",
    "E027": "its source is not in sources.yaml",
    "E028": "`same_as` names no quantity",
    "E029": "`same_as` goes round in a circle",
    "E030": "date is outside the scenario's time",
    "E031": "two dates are the wrong way round",
    "E032": "timeline row has no act",
    "E033": "timeline row has two acts",
    "E034": "two timeline rows share one id",
    "E035": "the ends of a crossing are not one place on each bank",
    "E036": "a road does not fit the banks",
    "E037": "two roads join one pair of markets",
    "E038": "group has no fighters anywhere",
    "E039": "holder has nobody within reach of its end",
    "E040": "good has a price in fewer than two markets",
    "E041": "market has no place",
    "E042": "unknown parameter of behaviour",
    "E044": "two parameters would share their random draws",
    "E045": "coordinates are finer than 0.01 degree and were rounded",
    "E046": "change touches nothing",
    "E047": "change names an unknown path",
    "E048": "not one of the forms of a change",
    "E049": "pay is said in the wrong place",
    "E050": "a scenario has exactly two banks",
    "E051": "text is not the one that the claims were read from",
    "E052": "stands for a part of the model that does not exist",
    "E053": "what was removed is still in use",
    "E054": "pacts do not divide the groups",
    "E055": "file seems to be cut off",
    "E056": "span is not a piece of the text",
    "E057": "a row of the timeline has one date or one pair of dates",
    "E058": "too much is wrong to say it all at once",
    "E059": "a dated change of what is read on the first morning only",
}
"""One sentence for every code that a finding can carry."""


class Finding(NamedTuple):
    """One thing that is wrong, where it stands, and how to cure it.

    Parameters
    ----------
    code : str
        A key of `CODES`.
    file : str
        Folder and name of the file, or ``"command line"``.
    line : int
        Counted from 1; 0 where there is no line.
    path : str
        Where in the scenario, e.g. ``groups.al-mukhtar.fighters``; may be empty.
    said : str
        What was found there.
    expected : str
        What could stand there.
    cure : str
        What to do.
    severity : {"error", "warning", "note"}
        A scenario with an error is not run.

    Examples
    --------
    >>> cure = 'did you mean "fighters"?'
    >>> print(Finding("E007", "a/scenario.yaml", 41, "groups.ndf.figters", "figters", "", cure))
    a/scenario.yaml:41  groups.ndf.figters  E007 unknown field; did you mean "fighters"?
    """

    code: str
    file: str
    line: int
    path: str
    said: str
    expected: str
    cure: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        sentence = f"{self.code} {CODES[self.code]}"
        if self.said and not self.path.endswith(self.said):
            sentence += f": {self.said}"
        if self.expected:
            sentence += f"; expected {self.expected}"
        if self.cure:
            sentence += f"; {self.cure}"
        if self.severity != "error":
            sentence = f"{self.severity}: {sentence}"
        return "  ".join(part for part in (place, self.path, sentence) if part)


class MaabarError(Exception):
    """Everything that this program raises on purpose; its text is meant for a person."""


class ScenarioError(MaabarError):
    """A scenario cannot be used; `findings` holds everything that is wrong with it, at once.

    Parameters
    ----------
    findings : iterable of Finding
        At least one of severity ``error``; its text leaves notes out.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(str(one) for one in self.findings if one.severity != "note"))


class RunError(MaabarError):
    """A run cannot be started, resumed or opened."""


class Interrupted(RunError):
    """A run was stopped; what is finished is kept.

    Parameters
    ----------
    said : str
        The sentence for people.
    done : int
        Replicates that are stored.
    """

    def __init__(self, said: str, done: int) -> None:
        super().__init__(said)
        self.done = done


class UseError(MaabarError):
    """Wrong use: an unknown name or an impossible number (exit code 2 on the command line)."""
