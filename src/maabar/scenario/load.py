"""Finding and loading scenarios.

Nothing heavy is imported until a scenario is loaded: `maabar list` needs no pydantic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from maabar.errors import Finding, ScenarioError

if TYPE_CHECKING:
    from maabar.scenario.change import Change
    from maabar.scenario.schema import Scenario

EXAMPLES = Path(__file__).parent / "examples"


class Headline(NamedTuple):
    """What a list of scenarios says of one of them."""

    id: str
    title: dict[str, str]
    groups: int
    crossings: int
    days: int


def shipped() -> list[str]:
    """Ids of the scenarios that come with maabar, sorted.

    Examples
    --------
    >>> "asharah" in shipped()
    True
    """
    return sorted(path.parent.name for path in EXAMPLES.glob("*/scenario.yaml"))


def headline(source: str | Path) -> Headline:
    """Title and size of a scenario, read from its text without judging it.

    Parameters
    ----------
    source : str or Path
        A shipped id or a folder.
    """
    folder = find(source)
    text = (folder / "scenario.yaml").read_text(encoding="utf-8", errors="replace")
    sections = dict(re.findall(r"^(\w+):(.*(?:\n(?:[ #].*)?)*)", text, re.MULTILINE))
    titles = re.findall(r"\b(en|ar): *(?:\"([^\"]*)\"|([^,}\n]+))", sections.get("title", ""))
    title = {lang: (quoted or plain).strip() for lang, quoted, plain in titles}
    days = re.search(r"\d+", sections.get("days", ""))
    groups, crossings = (_entries(sections.get(name, "")) for name in ("groups", "crossings"))
    return Headline(folder.name, title, groups, crossings, int(days[0]) if days else 0)


def _entries(section: str) -> int:
    """Keys at the first level of a section's text."""
    first = re.search(r"^( +)[a-z0-9-]+:", section, re.MULTILINE)
    return len(re.findall(rf"^{first[1]}[a-z0-9-]+:", section, re.MULTILINE)) if first else 0


def find(source: str | Path) -> Path:
    """The folder of a scenario.

    Parameters
    ----------
    source : str or Path
        A shipped id, or a folder (or the scenario.yaml in it).

    Raises
    ------
    ScenarioError
        E001 if there is none.
    """
    if isinstance(source, str) and source in shipped():
        return EXAMPLES / source
    path = Path(source)
    if path.is_dir():
        return path.resolve()
    if path.name == "scenario.yaml" and path.is_file():
        return path.resolve().parent
    import difflib

    near = difflib.get_close_matches(str(source), shipped(), 1)
    cure = f'did you mean "{near[0]}"?' if near else f"shipped: {', '.join(shipped()) or 'none'}"
    expected = "the id of a shipped scenario, or a folder"
    raise ScenarioError([Finding("E001", str(source), 0, "", "no such folder", expected, cure)])


def load(
    source: str | Path,
    *,
    changes: Sequence[str | Path | Change] = (),
    allow_unsourced: bool = False,
) -> Scenario:
    """Load a scenario, with its defaults filled in and changes applied.

    Parameters
    ----------
    source : str or Path
        A shipped id or a folder.
    changes : sequence
        Ids of the scenario's own changes, files, ``PATH=VALUE@DATE``, or `Change` objects.
    allow_unsourced : bool
        Let numbers pass that have neither source nor reason.

    Returns
    -------
    Scenario
        Frozen.

    Raises
    ------
    ScenarioError
        With all findings, if one of them is an error.

    Examples
    --------
    >>> load("asharah").title.en  # doctest: +SKIP
    'Al-Asharah, late summer 2022'
    """
    from maabar.scenario.assembly import assemble

    made = assemble(find(source), changes, allow_unsourced=allow_unsourced)
    if made.scenario is None:
        raise ScenarioError(made.findings)
    return made.scenario
