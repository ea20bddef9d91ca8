"""Rows of the timeline: what happens from outside, with its date and its source."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from maabar.scenario.part import Part, measured
from maabar.scenario.quantity import Amount, Quantity, Sourced
from maabar.scenario.reference import (
    CrossingId,
    GroupId,
    Id,
    LabelId,
    PatronId,
    PlaceId,
    StrikerId,
    known,
    problem,
)

Window = tuple[datetime.date, datetime.date]


def _some(section: str) -> Any:
    """Ids of a section, or ``*`` for all of them."""

    def judge(said: str, info: ValidationInfo) -> str:
        return said if said == "*" else known(section, said, info)

    return AfterValidator(judge)


class ToOrTimes(Part):
    """A new number, or a factor on the one in force."""

    to: Quantity | None = Field(None, description="the new number")
    times: Quantity | None = Field(None, description="factor on the number in force")

    @model_validator(mode="after")
    def _one(self) -> ToOrTimes:
        if (self.to is None) == (self.times is None):
            said = "neither" if self.to is None else "both"
            raise problem("E018", said, "either `to` or `times`", "keep one of them")
        return self


class Strike(Part):
    """Strikes that happened."""

    by: StrikerId = Field(description="the air power")
    on: LabelId = Field(description="the true label of what was hit")
    at: PlaceId | None = Field(None, description="where; anywhere if left out")
    count: int = Field(1, ge=1, le=1000, description="how many")
    killed: Amount | None = measured("1", "fighters killed in all; drawn if left out", None)


class Crossings(Part):
    """Crossings that are closed or opened."""

    crossings: tuple[CrossingId, ...] = Field(min_length=1, description="which")


class PayChange(ToOrTimes):
    """A patron pays a class otherwise, or a company its own."""

    patron: PatronId | None = Field(None, description="the patron that pays")
    class_: Literal["local", "foreign", "core"] | None = Field(
        None, alias="class", description="whom the patron pays so"
    )
    group: GroupId | None = Field(None, description="the company that pays")

    @model_validator(mode="after")
    def _payer(self) -> PayChange:
        if (self.patron is None) == (self.group is None):
            said = "neither" if self.patron is None else "both"
            raise problem("E049", said, "`patron` and `class`, or `group`", "name who pays")
        if (self.patron is None) != (self.class_ is None):
            raise problem("E049", "", "`class` with a patron only", "name the class that is paid")
        return self


class TollChange(Part):
    """Levies or caps of one end of a crossing."""

    crossing: CrossingId = Field(description="the crossing")
    end: PlaceId = Field(description="the place of the end")
    levy_usd_tonne: Amount | None = measured("USD/t", "levy on goods beside the toll", None)
    levy_usd_person: Amount | None = measured("USD", "levy on a traveller beside the fee", None)
    levy_to: PatronId | None = Field(None, description="the patron that takes the levies")
    toll_cap_usd_tonne: Amount | None = measured("USD/t", "cap on the toll; 0: untolled", None)
    fee_cap_usd: Amount | None = measured("USD", "cap on a traveller's fee", None)


class Siege(Part):
    """A place cut off and attacked."""

    place: PlaceId = Field(description="the place")
    attacks_per_day: Amount = measured("1/day", "attacks on those within")
    killed_per_attack: Amount = measured("1", "fighters within killed in an attack")
    civilians_per_attack: Amount = measured("1", "civilians killed in an attack")


class PrisonRelease(Part):
    """Prisoners offered their freedom for service."""

    group: GroupId = Field(description="the group that they may join")
    at: PlaceId = Field(description="where")
    men: Amount = measured("1", "prisoners to whom it is offered")


class WageChange(ToOrTimes):
    """What men earn without a gun."""

    places: tuple[Annotated[str, _some("places")], ...] = Field(
        min_length=1, description="ids or *"
    )


class Aid(Part):
    """Help that makes the basket cheaper."""

    markets: tuple[Annotated[str, _some("markets")], ...] = Field(
        min_length=1, description="ids or *"
    )
    basket_times: Amount = measured("1", "factor on the cost of the basket")


class Set(Part):
    """A dated change of any quantity."""

    path: str = Field(description="path, with * for any key")
    value: float | None = Field(None, description="the new number")
    times: float | None = Field(None, description="factor on the number in force")

    @model_validator(mode="after")
    def _one(self) -> Set:
        if (self.value is None) == (self.times is None):
            said = "neither" if self.value is None else "both"
            raise problem("E018", said, "either `value` or `times`", "keep one of them")
        return self


ACTS = (
    "strike",
    "closure",
    "opening",
    "pay_change",
    "toll_change",
    "siege",
    "prison_release",
    "wage_change",
    "aid",
    "set",
)


class Row(Sourced):
    """One thing that happens from outside, on a day or on an unknown day between two."""

    id: Id = Field(description="unique among the rows")
    on: datetime.date | None = Field(None, description="the day")
    between: Window | None = Field(None, description="first and last possible day, each drawn")
    until: datetime.date | None = Field(None, description="the day on which it ends")
    strike: Strike | None = Field(None, description="strikes that happened")
    closure: Crossings | None = Field(None, description="crossings closed")
    opening: Crossings | None = Field(None, description="crossings opened")
    pay_change: PayChange | None = Field(None, description="pay")
    toll_change: TollChange | None = Field(None, description="levies or caps at a crossing")
    siege: Siege | None = Field(None, description="a siege; needs `until`")
    prison_release: PrisonRelease | None = Field(None, description="freedom for service")
    wage_change: WageChange | None = Field(None, description="wages outside the groups")
    aid: Aid | None = Field(None, description="cheaper food and fuel")
    set: Set | None = Field(None, description="any quantity")
    exists: bool = Field(True, description="false: keeps its slot, unused")

    @property
    def act(self) -> str:
        """The word for what happens, one of `ACTS`."""
        return next(act for act in ACTS if getattr(self, act) is not None)

    @property
    def days(self) -> Window:
        """First and last possible day."""
        if self.between:
            return self.between
        assert self.on is not None
        return self.on, self.on
