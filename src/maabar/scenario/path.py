"""Paths: keys joined by dots, as in ``groups.al-mukhtar.fighters.al-asharah``.

Items of lists never appear in a path; rows of the timeline stand by their id.  In a pattern every
key may hold ``*`` for any letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from maabar.scenario.part import Part
from maabar.scenario.quantity import Choice, Quantity, Switch

Leaf = Quantity | Choice | Switch


def parts(whole: Any) -> Iterator[tuple[str, Any]]:
    """What stands directly inside something, each with its key."""
    if isinstance(whole, Mapping):
        yield from whole.items()
    elif isinstance(whole, Part):
        for name, field in type(whole).model_fields.items():
            yield field.alias or name, getattr(whole, name)
    elif isinstance(whole, tuple):
        yield from ((row.id, row) for row in whole if hasattr(row, "id"))


def leaves(whole: Any, path: str = "") -> Iterator[tuple[str, Leaf]]:
    """Every quantity, choice and switch below, with its path."""
    for key, part in parts(whole):
        here = f"{path}.{key}" if path else key
        if isinstance(part, Leaf):
            yield here, part
        elif isinstance(part, Mapping | Part | tuple):
            yield from leaves(part, here)


def walk(whole: Any, keys: Sequence[str]) -> Any:
    """What stands at the end of the keys; None where nothing does."""
    for key in keys:
        whole = None if isinstance(whole, Leaf) else dict(parts(whole)).get(key)
        if whole is None:
            return None
    return whole


def matches(pattern: str, path: str) -> bool:
    """Whether a path fits a pattern, key by key.

    Examples
    --------
    >>> matches("crossings.*.open", "crossings.a--b.open")
    True
    """
    wanted, keys = pattern.split("."), path.split(".")
    return len(wanted) == len(keys) and all(map(fnmatchcase, keys, wanted))
