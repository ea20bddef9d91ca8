"""Everything that is wrong with a scenario, at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from maabar.errors import Finding, ScenarioError
from maabar.scenario.load import find

if TYPE_CHECKING:
    from maabar.scenario.change import Change


def check(
    source: str | Path,
    *,
    changes: Sequence[str | Path | Change] = (),
    allow_unsourced: bool = False,
) -> list[Finding]:
    """Judge a scenario.

    Parameters
    ----------
    source : str or Path
        A shipped id or a folder.
    changes : sequence
        As for `load`.
    allow_unsourced : bool
        Numbers without source or reason become warnings.

    Returns
    -------
    list of Finding
        By file and line; empty if all is well.  Never raises on bad content.

    Examples
    --------
    >>> check("nowhere")[0].code
    'E001'
    """
    from maabar.scenario.assembly import assemble

    try:
        folder = find(source)
    except ScenarioError as error:
        return list(error.findings)
    return list(assemble(folder, changes, allow_unsourced=allow_unsourced).findings)
