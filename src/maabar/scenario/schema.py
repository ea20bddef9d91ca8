"""What a scenario may say: its sections, and how to ask for what stands at a path.

The models are frozen and know all their fields.  Defaults of entities stand in
`maabar.scenario.default`, those of behaviour in `maabar.scenario.behaviour`.
"""

from __future__ import annotations

import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator

from maabar.scenario.change import Change
from maabar.scenario.claims import Claim, Fact, Report, Source
from maabar.scenario.entity import (
    Bank,
    Crossing,
    Currency,
    Good,
    Group,
    Label,
    Market,
    Pact,
    Patron,
    Place,
    Road,
    Striker,
    Travellers,
)
from maabar.scenario.part import Name, Part
from maabar.scenario.path import leaves, walk
from maabar.scenario.quantity import Amount, Choice, Quantity, Switch
from maabar.scenario.reference import Id, problem
from maabar.scenario.timeline import Row


class Scenario(Part):
    """The system that an analyst describes, with defaults filled in; read it with `load`.

    The order of ids in the file is their order here (the slots of the engine).
    """

    format: Literal[1] = Field(description="version of this format")
    id: Id = Field(description="the scenario's id")
    title: Name = Field(description="a title")
    about: Name | None = Field(None, description="what it is about")
    warm_up_from: datetime.date | None = Field(None, description="first day of the warm-up, if any")
    observe_from: datetime.date = Field(description="the day on which what is said here holds")
    days: int = Field(gt=0, le=36500, description="days from observe_from that a run lasts")
    currency: Currency = Field(description="local money")
    banks: dict[str, Bank] = Field(description="exactly two; the first is end 0 of a crossing")
    labels: dict[str, Label] = Field(description="what flags say")
    patrons: dict[str, Patron] = Field(description="powers that pay groups")
    groups: dict[str, Group] = Field(description="armed groups")
    strikers: dict[str, Striker] = Field({}, description="air powers")
    places: dict[str, Place] = Field(description="settlements")
    markets: dict[str, Market] = Field(description="markets")
    roads: dict[str, Road] = Field({}, description="roads between markets of one bank")
    goods: dict[str, Good] = Field({}, description="what is traded")
    crossings: dict[str, Crossing] = Field({}, description="crossings of the river")
    travellers: Travellers = Field(Travellers(), description="people who cross")
    pacts: tuple[Pact, ...] = Field((), description="pacts in force at the start")
    behaviour: dict[str, dict[str, Amount]] = Field(
        {}, description="parameters of each mechanism; all have priors"
    )
    timeline: tuple[Row, ...] = Field((), description="what happens from outside")

    folder: Path = Field(Path(), exclude=True, description="where it was read from")
    source_hash: str = Field("", exclude=True, description="sha256 of all that was read")
    report: Report | None = Field(None, exclude=True, description="the text of the claims")
    claims: dict[str, Claim] = Field({}, exclude=True, description="what the reports say")
    facts: dict[str, Fact] = Field({}, exclude=True, description="what other sources say")
    sources: dict[str, Source] = Field({}, exclude=True, description="what was read")
    aliases: dict[str, str] = Field({}, exclude=True, description="other ids of the same things")
    changes_applied: tuple[Change, ...] = Field((), exclude=True, description="changes, in order")
    removed: frozenset[str] = Field(frozenset(), exclude=True, description="paths of what is gone")

    @field_validator("banks")
    @classmethod
    def _two_banks(cls, banks: dict[str, Bank]) -> dict[str, Bank]:
        if len(banks) != 2:
            raise problem("E050", len(banks), "two", "name the two sides of the river")
        return banks

    @cached_property
    def parameters(self) -> dict[str, Quantity | Choice | Switch]:
        """Every quantity, choice and switch by its path, in the scenario's order."""
        return dict(leaves({name: getattr(self, name, None) for name in SECTIONS}))

    def at(self, path: str) -> Any:
        """What stands at a parameter path, with defaults filled in.

        Parameters
        ----------
        path : str
            Keys joined by dots, e.g. ``patrons.russia.pay_usd_month.local``; rows of the timeline
            by their id.

        Returns
        -------
        Quantity, Choice, str, bool or None
            None where nothing stands, e.g. a cap that was left out.

        Raises
        ------
        KeyError
            If the first word is no section of a scenario.
        """
        section, *rest = path.split(".")
        if section not in SECTIONS:
            raise KeyError(path)
        found = walk(getattr(self, section), rest)
        return found.value if isinstance(found, Switch) else found


SECTIONS = tuple(name for name, field in Scenario.model_fields.items() if not field.exclude)
"""The sections of scenario.yaml, in order."""
