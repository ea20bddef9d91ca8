"""The entities of a scenario: every field with its unit and meaning.

The reference of the YAML format is generated from these descriptions.  A quantity that may be left
out has its prior in `maabar.scenario.default`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from maabar.scenario.default import PRIORS
from maabar.scenario.part import Name, Part, measured
from maabar.scenario.quantity import (
    Amount,
    HolderChoice,
    PatronChoice,
    Positive,
    Prior,
    Quantity,
    Share,
    Sourced,
    Standing,
    Switch,
)
from maabar.scenario.reference import (
    BankId,
    GoodId,
    GroupId,
    LabelId,
    MarketId,
    PatronId,
    PlaceId,
    RoadId,
)
from maabar.scenario.timeline import Window

Grid = Annotated[float, AfterValidator(lambda degrees: round(degrees, 2))]
"""Degrees, rounded to 0.01: settlements, never positions."""


def supplied(key: str, unit: str, means: str) -> Any:
    """A quantity whose prior is supplied where the scenario says nothing."""
    return measured(unit, means, Prior.model_validate(PRIORS[key]))


class Entity(Part):
    """Something with a name."""

    name: Name = Field(description="what it is called")


class Removable(Part):
    """Something that a change may remove."""

    exists: bool = Field(True, description="false: keeps its slot, unused")


class Currency(Part):
    """The money that people of the place count in."""

    code: str = Field(min_length=1, description="ISO 4217 code")
    per_usd: Positive = measured("1/USD", "how much of it a US dollar costs")


class Bank(Part):
    """One side of the river."""

    name: Name = Field(description="what it is called")


class Label(Part):
    """What a flag says."""

    name: Name = Field(description="what it is called")
    may_show: tuple[LabelId, ...] = Field(
        (), description="other labels that a group of this label could plausibly show"
    )


class Pay(Part):
    """What a patron pays a fighter of each class."""

    local: Amount = measured("USD/month", "pay of a local fighter")
    foreign: Amount | None = measured(
        "USD/month", "of a foreign fighter; local's if left out", None
    )
    core: Amount | None = measured("USD/month", "of its own regulars; local's if left out", None)


class Patron(Entity, Removable):
    """A power that pays groups, shields them and takes a share of what they earn."""

    label: LabelId = Field(description="the label that its clients bear")
    pay_usd_month: Pay = Field(description="what it pays")
    capacity_fighters: Amount = measured("1", "how many fighters it will take on")
    cut: Share = supplied("patrons.cut", "1", "share of its clients' crossing income that it takes")
    levy: Share = supplied("patrons.levy", "1", "share its posts take of goods of others' clients")
    guard_usd_month: Amount = supplied(
        "patrons.guard_usd_month", "USD/month", "worth of its protection to a fighter"
    )
    oversight_usd_month: Amount = supplied(
        "patrons.oversight_usd_month", "USD/month", "cost to a fighter of sitting under its eyes"
    )
    mediation: Amount = supplied(
        "patrons.mediation", "1", "how far its officers bring leaders together"
    )


class Arms(Part):
    """Weapons for each fighter."""

    light: Amount = supplied("groups.arms_per_fighter.light", "1", "light weapons")
    medium: Amount = supplied("groups.arms_per_fighter.medium", "1", "medium weapons")


class Group(Entity, Removable):
    """An armed group."""

    kind: Literal["local", "company", "core"] = Field(
        description="company: trades on its own account; core: a patron's regulars, never realign"
    )
    recruits: Literal["local", "foreign", "core"] = Field(
        "local", description="the class that its patron pays it as; core for core"
    )
    founder: PatronChoice | None = Field(None, description="the patron that founded it")
    patron: PatronChoice = Field(description="the patron that backs it at the start")
    flag: LabelId | None = Field(
        None, description="flag shown at the start; its patron's if left out"
    )
    may_join: tuple[PatronId, ...] | None = Field(
        None, description="patrons that would take it; all if left out"
    )
    hq: PlaceId | None = Field(
        None, description="headquarters; where most fighters are if left out"
    )
    home: PlaceId | None = Field(None, description="where its men come from; hq if left out")
    fighters: dict[PlaceId, Amount] = measured("1", "fighters at each place at the start")
    arms_per_fighter: Arms = Field(Arms(), description="its weapons")
    pay_usd_month: Amount | None = measured("USD/month", "what a company pays its own", None)
    cash_usd_per_fighter: Amount = supplied(
        "groups.cash_usd_per_fighter", "USD", "cash at the start, per fighter"
    )
    cargo_tonnes_fighter_day: Amount = supplied(
        "groups.cargo_tonnes_fighter_day", "t/day", "what one fighter of a company can carry"
    )
    distance_usd_month: dict[PatronId, Quantity] = measured(
        "USD/month", "cost of serving a patron; behaviour.allegiance.distance if left out", {}
    )

    @model_validator(mode="before")
    @classmethod
    def _class_of_core(cls, said: Any) -> Any:
        if isinstance(said, dict) and said.get("kind") == "core" and "recruits" not in said:
            return {**said, "recruits": "core"}
        return said


class Campaign(Part):
    """Air power comes in campaigns."""

    start_per_day: Share = supplied(
        "strikers.campaign.start_per_day", "1/day", "chance that a campaign starts"
    )
    stop_per_day: Share = supplied(
        "strikers.campaign.stop_per_day", "1/day", "chance that a campaign stops"
    )
    active: Share = supplied("strikers.campaign.active", "1", "chance that one is on at the start")


class Rates(Part):
    """Strikes a day."""

    on: Amount = measured("1/day", "in a campaign")
    off: Amount = measured("1/day", "otherwise")


class Striker(Entity, Removable):
    """An air power."""

    campaign: Campaign = Field(Campaign(), description="how its campaigns begin and end")
    strikes_per_day: Rates = Field(description="strikes on the map")
    far_per_day: Amount = supplied(
        "strikers.far_per_day", "1/day", "strikes elsewhere in the country"
    )
    hostility: dict[LabelId, Amount] = measured("1", "how hostile it is to a label; 0 if left out")
    restraint_homes: Share = supplied("strikers.restraint_homes", "1", "how far it spares homes")
    restraint_beside: dict[PatronId, Share] = measured(
        "1", "how far it spares what sits beside the patron's points; 0 if left out", {}
    )
    killed_per_strike: Amount = measured("1", "mean deaths of a strike")
    collateral: Amount = supplied(
        "strikers.collateral", "km2", "civilian deaths of a strike on homes, per person and km2"
    )
    arms_lost: Share = supplied("strikers.arms_lost", "1", "share of the arms hit that is lost")
    deceived: Share = supplied(
        "strikers.deceived", "1", "weight of the flag shown against the true label"
    )
    miss: Amount = supplied("strikers.miss", "1", "weight of striking nothing, in visible fighters")
    recorded: tuple[Window, ...] = Field(
        (), description="windows whose strikes are all in the timeline"
    )


class Place(Entity, Removable):
    """A settlement."""

    lat: Annotated[Grid, Field(ge=-90, le=90)] = measured("degree", "latitude, to 0.01")
    lon: Annotated[Grid, Field(ge=-180, le=180)] = measured("degree", "longitude, to 0.01")
    market: MarketId = Field(description="where its people buy; it lies on that market's bank")
    population: Amount = measured("1", "people at the start")
    density_km2: Amount = supplied("places.density_km2", "1/km2", "people per built-up km2")
    outside_wage_usd_month: Amount = supplied(
        "places.outside_wage_usd_month", "USD/month", "what a man earns without a gun"
    )
    recruitable: Share = supplied("places.recruitable", "1", "share that could be recruited")


class Offer(Part):
    """One good in one market."""

    price_usd: Positive = measured("USD", "price of a unit before trade settles")
    demand_day: Amount = measured("1/day", "units used a day")


class Market(Entity):
    """A market, which the places around it share."""

    bank: BankId = Field(description="the bank that it is on")
    aid: Amount = supplied("markets.aid", "1", "multiplies the cost of the basket")
    goods: dict[GoodId, Offer] = Field(description="what is traded there")


class Road(Part):
    """A road between two markets of one bank."""

    name: Name | None = Field(None, description="what it is called")
    between: tuple[MarketId, MarketId] = Field(description="the markets that it joins")
    haulage_usd_tonne: Amount = measured("USD/t", "cost of carrying a tonne")
    posts: tuple[PatronId, ...] = Field((), description="patrons with posts on it")
    open: bool = Field(True, description="false: closed")


class Good(Entity):
    """Something that is traded."""

    unit: Name = Field(description="what is counted")
    weight_kg: Positive = measured("kg", "weight of a unit")
    concealable: bool = Field(description="true: passes a closed crossing unseen")
    basket_share: Share = supplied("goods.basket_share", "1", "share of a household's basket")
    demand_elasticity: Amount = supplied(
        "goods.demand_elasticity", "1", "fall of demand with price"
    )
    supply_elasticity: Amount = supplied(
        "goods.supply_elasticity", "1", "rise of supply with price"
    )
    flow_units_day: Amount = measured(
        "1/day", "flow over a river pair where the margin is the reference price"
    )
    road_ease: Amount = supplied("goods.road_ease", "1", "the same on a road, as a multiple")


class End(Part):
    """One end of a crossing."""

    holder: HolderChoice = Field(description="the group that holds it at the start; null: vacant")
    inland: tuple[RoadId, ...] = Field((), description="roads that its goods take inland")
    toll_cap_usd_tonne: Amount | None = measured("USD/t", "cap on the toll; none if left out", None)
    fee_cap_usd: Amount | None = measured("USD", "cap on a traveller's fee; none if left out", None)
    levy_usd_tonne: Amount | None = measured("USD/t", "levy on goods beside the toll", None)
    levy_usd_person: Amount | None = measured("USD", "levy on a traveller beside the fee", None)
    levy_to: PatronId | None = Field(None, description="who takes the levies; else its holder")


class Crossing(Removable):
    """A crossing of the river, between one place on each bank."""

    name: Name | None = Field(None, description="what it is called")
    ends: dict[PlaceId, End] = Field(description="its two ends, by place")
    capacity_tonnes_day: Positive = measured("t/day", "weight that it can carry")
    informal_share: Share = supplied(
        "crossings.informal_share", "1", "share of the capacity where nobody holds an end"
    )
    haulage_usd_tonne: Amount = measured("USD/t", "cost of carrying a tonne over")
    travellers_day: Amount = measured("1/day", "people who would cross at no fee, both ways")
    open: Switch = Field(
        Standing.model_validate({"value": True, "assumed": "open unless said otherwise"}),
        description="open at the start",
    )


class Travellers(Part):
    """People who cross."""

    fee_scale_usd: Positive = supplied(
        "travellers.fee_scale_usd", "USD", "the fee at which demand falls to 1/e"
    )
    westbound_share: Share = supplied(
        "travellers.westbound_share", "1", "share that crosses to the first bank"
    )
    emigrant_share: Share = supplied(
        "travellers.emigrant_share", "1", "share of travellers who do not return"
    )


class Pact(Sourced):
    """Groups bound by a profit-sharing pact at the start."""

    members: tuple[GroupId, ...] = Field(min_length=2, description="groups that it binds")
    enforced: bool = Field(False, description="true: cannot be left")
