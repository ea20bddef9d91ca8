"""A day, in order: the visible list."""

from __future__ import annotations

from importlib import import_module
from typing import Any

DAY = (
    "timeline",
    "strikes",
    "threat",
    "allegiance",
    "posture",
    "diplomacy",
    "contest",
    "deployment",
    "trade",
    "finance",
    "recruitment",
    "civilians",
)
"""Mechanisms in the order in which they act; each is `maabar.mechanisms.NAME.NAME`."""


def mechanism(name: str) -> Any:
    """The entry function of a shipped mechanism.

    Parameters
    ----------
    name : str
        One of `DAY`.

    Raises
    ------
    KeyError
        For any other name.

    Examples
    --------
    >>> mechanism("trade").__name__
    'trade'
    """
    if name not in DAY:
        raise KeyError(name)
    return getattr(import_module(f"maabar.mechanisms.{name}"), name)
