"""What the numbers of a run mean, in the words of its own scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maabar.results import outcome


def meaning(provenance: Mapping[str, Any], name: str, lang: str = "en", part: str = "means") -> str:
    """What a number of a run means, with the scenario's names."""
    row = next(row for row in provenance["outcomes"] if row["name"] == name)
    return outcome.meaning(
        name.partition(".")[0],
        row["ids"],
        ids=provenance["ids"],
        titles=provenance["titles"],
        ends=provenance["ends"],
        lang=lang,
        part=part,
    )
