"""The registry: every input, state and result field of the model, described once.

Memory layout (`world`, `engine.state`), validation, file metadata and the reference tables in the
docs are all generated from here.  A table holds the fields that share one set of dims; every field
takes eight bytes (``f8`` or ``i8``), so that a table is one structured array.
"""

from __future__ import annotations

from typing import NamedTuple

DIMS = {
    "group": "armed groups, in the scenario's order",
    "patron": "patrons",
    "striker": "air powers",
    "label": "what a flag says",
    "place": "settlements",
    "market": "markets",
    "good": "goods",
    "pair": "two markets joined by crossings (river pair) or by a road",
    "crossing": "crossings of the river",
    "end": "the two ends of a crossing: 0 first bank, 1 second bank",
    "row": "acts of the timeline",
    "own": "parameters and state of a user's own mechanisms",
    "cohort": "the same dim again, where a table is square (label x label, group x group)",
}


class Variable(NamedTuple):
    """One field of one table.

    Parameters
    ----------
    name : str
        Field name, unique within its table.
    unit : str
        Unit inside the model; ``"1"`` for shares, counts and flags.
    meaning : str
        One sentence.
    dtype : str
        ``"f8"`` or ``"i8"``.
    kind : str
        ``input`` (from the scenario), ``derived`` (computed from inputs), ``state``, ``scratch``
        (recomputed every day) or ``total`` (accumulates from `observe_from`).
    path : str
        Where an input stands in the scenario, with the dims in braces.
    fallback : str
        The path that is read where `path` says nothing.
    default : float
        The value where neither path says anything.
    scale : float
        Scenario unit to model unit.
    refers : str
        The dim that an index field points into (-1: none).
    series : bool
        Recorded at the chosen cadence.
    """

    name: str
    unit: str
    meaning: str
    dtype: str = "f8"
    kind: str = "input"
    path: str = ""
    fallback: str = ""
    default: float = 0.0
    scale: float = 1.0
    refers: str = ""
    series: bool = False


class Table(NamedTuple):
    """Fields that share dims."""

    dims: tuple[str, ...]
    fields: tuple[Variable, ...]


def _given(name: str, unit: str, meaning: str, path: str, **more: object) -> Variable:
    return Variable(name, unit, meaning, path=path, **more)  # type: ignore[arg-type]


def _index(name: str, meaning: str, path: str, refers: str, **more: object) -> Variable:
    return Variable(
        name,
        "index",
        meaning,
        "i8",
        path=path,
        refers=refers,
        default=-1,
        **more,  # type: ignore[arg-type]
    )


def _derived(name: str, unit: str, meaning: str, dtype: str = "f8") -> Variable:
    return Variable(name, unit, meaning, dtype, "derived")


def _state(name: str, unit: str, meaning: str, dtype: str = "f8", **more: object) -> Variable:
    return Variable(name, unit, meaning, dtype, "state", **more)  # type: ignore[arg-type]


def _scratch(name: str, unit: str, meaning: str, dtype: str = "f8", **more: object) -> Variable:
    return Variable(name, unit, meaning, dtype, "scratch", **more)  # type: ignore[arg-type]


def _total(name: str, unit: str, meaning: str, dtype: str = "f8") -> Variable:
    return Variable(name, unit, meaning, dtype, "total", series=True)


def _exists(of: str) -> Variable:
    return Variable("exists", "1", f"0 where a change removed the {of}", default=1.0)


def _behaviour(mechanism: str, **fields: tuple[str, str]) -> tuple[Variable, ...]:
    return tuple(
        _given(f"{mechanism}_{name}", unit, meaning, f"behaviour.{mechanism}.{name}")
        for name, (unit, meaning) in fields.items()
    )


MONTH = 30.0  # days; the model's month, so that a month's pay is thirty days' pay
WEEK = 7  # days
THOUSAND = 1000.0

BEHAVIOUR = (
    *_behaviour(
        "threat",
        price_of_fear=("USD", "what a fighter would give to avoid one expected death"),
        half_life=("day", "half-life of beliefs about strikes"),
        prior_exposure=("thousand", "weight of the belief before any strike"),
        prior_rate=("1/day/thousand", "strikes believed before any was seen, at hostility 1"),
        mix=("1", "weight of what happens around a place, against one's own label"),
        near_km=("km", "distance at which a neighbour's strike counts a third"),
        far_weight=("1", "weight of a strike elsewhere in the country"),
        light_weight=("1", "exposure of a light weapon, in fighters"),
        medium_weight=("1", "exposure of a medium weapon, in fighters"),
        hq_weight=("1", "exposure of a headquarters, in fighters"),
        shock_label=("1", "shock to groups under the label that was hit"),
        shock_near=("1", "shock to groups beside the place that was hit"),
        shock_half_life=("day", "half-life of shock"),
    ),
    *_behaviour(
        "posture",
        review_per_day=("1/day", "chance of a review of posture"),
        flag_review_per_day=("1/day", "chance of a review of the flag"),
        shock_gain=("1", "how much one unit of shock raises the chance of a review"),
        inertia=("USD/month", "worth of leaving things as they are"),
        noise=("USD/month", "scale of the Gumbel draw"),
        homes_cost=("USD/month", "local anger at men in homes, per 1,000 people per km2"),
        homes_cost_arms=("USD/month", "local anger at arms in homes, per 1,000 people per km2"),
        move_cost=("USD/month", "cost of new positions in the same place"),
        fresh=("1", "visibility of positions just moved to"),
        fresh_days=("day", "days until new positions are known"),
        beside_km=("km", "how near a patron's core force must be to sit beside its points"),
        flag_mismatch=("USD/month", "cost of showing another's flag"),
        flag_inertia=("USD/month", "worth of keeping the flag that flies"),
        flag_noise=("USD/month", "scale of the Gumbel draw for flags"),
    ),
    *_behaviour(
        "allegiance",
        review_per_day=("1/day", "chance of a review of the patron"),
        shock_gain=("1", "how much one unit of shock raises the chance of a review"),
        noise=("USD/month", "scale of the Gumbel draw"),
        inertia=("USD/month", "worth of staying with one's patron"),
        distance=("USD/month", "cost of serving a patron that is not one's founder"),
        support_core=("1", "share of a patron's core force that helps a client hold"),
        support_client=("1", "share of a fellow client's force that helps a client hold"),
        revealed_inertia=("1", "1: inertia at least what staying through the warm-up took"),
        fear_weight=("1", "1; 0 takes fear out of the choice"),
        income_weight=("1", "1; 0 takes crossing income out of the choice"),
        levy_weight=("1", "1; 0 takes other patrons' levies out of the choice"),
    ),
    *_behaviour(
        "prize",
        level=("1", "1; 0 makes crossings worth nothing to a challenger"),
        contrast=("1", "1; 0 makes all crossings worth the same"),
    ),
    *_behaviour(
        "diplomacy",
        meet_per_day=("1/day", "base rate at which two leaders meet"),
        shared=("1", "gain of the rate per shared crossing end"),
        mediation=("1", "gain of the rate through a common patron's officers"),
        recent=("1", "gain of the rate after a realignment of either"),
        recent_days=("day", "how long a realignment counts as recent"),
        pool=("1", "share of crossing income that a pact pools"),
        gamma=("1", "power of strength in the shares of the pool"),
        monitoring=("USD/month", "cost to a member of watching another"),
        leave_per_day=("1/day", "base rate of leaving a pact"),
        leave_scale=("USD/month", "scale of the gain from leaving"),
        support=("1", "share of a pact partner's force that helps"),
        trust=("1", "trust where nothing has happened"),
        trust_gain=("1", "share of distrust that an agreement removes"),
        trust_loss=("1", "share of trust that a breakdown removes"),
        trust_half_life=("day", "half-life of trust above or below its rest"),
    ),
    *_behaviour(
        "contest",
        attack_per_day=("1/day", "rate of attack where the gain is overwhelming"),
        decisiveness=("1", "exponent m of the contest success function"),
        defence=("1", "advantage phi of the holder"),
        scale=("USD", "scale of the expected gain"),
        horizon=("month", "months of income that a crossing is worth"),
        cost=("USD", "fixed cost of an attack"),
        loss=("USD", "cost of one expected death"),
        displeasure=("USD", "a patron's displeasure at an attack on its other client"),
        grievance=("USD", "worth of revenge per unit of grievance"),
        grievance_half_life=("day", "half-life of grievance"),
        reach_km=("km", "distance at which a third of a force counts"),
        medium_multiplier=("1", "force added by one medium weapon per fighter"),
        engaged=("1", "share of the local force that fights"),
        lethality=("1", "deaths per engaged fighter of the weaker side"),
        bystanders=("km2", "civilian deaths per clash, person and km2"),
        garrison=("1", "men who move to a point just taken"),
    ),
    *_behaviour(
        "deployment",
        review_per_day=("1/day", "chance of a review of where a group sits"),
        shock_gain=("1", "how much one unit of shock raises the chance of a review"),
        noise=("USD/month", "scale of the Gumbel draw, whole group"),
        inertia=("USD/month", "worth of staying, per fighter"),
        home=("USD/month", "worth of a man at home"),
        guard=("USD/month", "worth of a patron's core force within reach, per fighter"),
        post=("USD/month", "fixed cost of a presence in a place"),
        upkeep=("USD/month", "cost of a man away from home"),
        hold_min=("1", "local force below which an end is not held"),
        claim_per_day=("1/day", "rate at which a vacant end worth having is claimed"),
        effort_cost=("USD", "cost of one unit of effort in a contest for a vacant end"),
        cargo_share=("1", "share of a crossing's flow that a company can carry"),
        drift_per_month=("1/month", "share of men who drift to where they earn more"),
        drift_scale=("USD/month", "scale of the pull of income per man"),
    ),
    *_behaviour(
        "trade",
        theta=("1", "taste of traders for variety, share of the reference price"),
        toll_lag=("1/day", "share of the gap to the toll aimed at closed in a day"),
        fee_share=("1", "fee that a monopolist asks of a traveller, in fee scales"),
        speed=("1/day", "speed of prices"),
        price_response=("1", "1; 0 makes traders blind to tolls and closures"),
        income_days=("day", "memory of the mean income of an end"),
    ),
    *_behaviour(
        "finance",
        commanders=("1", "share of net crossing income that commanders keep"),
        arms_usd_month=("USD/month", "upkeep of a medium weapon"),
        arrears_days=("day", "memory of unpaid wages"),
    ),
    *_behaviour(
        "recruitment",
        enlist_per_day=("1/day", "rate of enlisting where the gain is overwhelming"),
        desert_per_day=("1/day", "rate of deserting where the loss is overwhelming"),
        scale=("USD/month", "scale of the gain"),
        ration=("USD/month", "worth of food and standing that come with a gun"),
        wage_weight=("1", "1; 0 takes wages out of the choice"),
        arrears=("1", "weight of unpaid wages in deserting"),
        replenish_per_day=("1/day", "rate at which a patron replaces its foreign or core losses"),
        freedom=("USD/month", "worth of leaving prison"),
    ),
    *_behaviour(
        "civilians",
        flee_death=("1", "chance of fleeing per civilian death per 1,000 people"),
        flee_clash=("1", "chance of fleeing after a clash or strike"),
        flee_siege=("1/day", "rate of fleeing a siege"),
        return_per_day=("1/day", "rate of return"),
    ),
)

WORLD = {
    "run": Table(
        (),
        (
            _derived("observe_day", "day", "days of warm-up before the observed part", "i8"),
            _given("per_usd", "1/USD", "the scenario's currency per USD", "currency.per_usd"),
            _given(
                "fee_scale", "USD", "fee that divides travellers by e", "travellers.fee_scale_usd"
            ),
            _given(
                "westbound",
                "1",
                "share of travellers towards the first bank",
                "travellers.westbound_share",
            ),
            _given(
                "emigrants",
                "1",
                "share of travellers who do not return",
                "travellers.emigrant_share",
            ),
        ),
    ),
    "behaviour": Table((), BEHAVIOUR),
    "label_label": Table(
        ("label", "cohort"),
        (_derived("may_show", "1", "1 where a group of the first label could show the second"),),
    ),
    "patron": Table(
        ("patron",),
        (
            _exists("patron"),
            _index("label", "the label that its clients bear", "patrons.{patron}.label", "label"),
            _given(
                "pay_local",
                "USD/month",
                "pay of a local fighter",
                "patrons.{patron}.pay_usd_month.local",
            ),
            _given(
                "pay_foreign",
                "USD/month",
                "pay of a foreign fighter",
                "patrons.{patron}.pay_usd_month.foreign",
                fallback="patrons.{patron}.pay_usd_month.local",
            ),
            _given(
                "pay_core",
                "USD/month",
                "pay of its own regulars",
                "patrons.{patron}.pay_usd_month.core",
                fallback="patrons.{patron}.pay_usd_month.local",
            ),
            _given(
                "capacity", "1", "fighters it will take on", "patrons.{patron}.capacity_fighters"
            ),
            _given(
                "cut", "1", "share of its clients' crossing income it takes", "patrons.{patron}.cut"
            ),
            _given("levy", "1", "share its posts take of others' goods", "patrons.{patron}.levy"),
            _given(
                "guard", "USD/month", "worth of its protection", "patrons.{patron}.guard_usd_month"
            ),
            _given(
                "oversight",
                "USD/month",
                "cost of sitting under its eyes",
                "patrons.{patron}.oversight_usd_month",
            ),
            _given(
                "mediation",
                "1",
                "how far its officers bring leaders together",
                "patrons.{patron}.mediation",
            ),
        ),
    ),
    "group": Table(
        ("group",),
        (
            _exists("group"),
            _derived("kind", "1", "0 local, 1 company, 2 core", "i8"),
            _derived("recruits", "1", "0 local, 1 foreign, 2 core: the pay class", "i8"),
            _index("founder", "the patron that founded it", "groups.{group}.founder", "patron"),
            _index("patron", "the patron at the start", "groups.{group}.patron", "patron"),
            _index("flag", "the flag shown at the start", "groups.{group}.flag", "label"),
            _index("hq", "place of its headquarters at the start", "groups.{group}.hq", "place"),
            _index("home", "the place its men come from", "groups.{group}.home", "place"),
            _given(
                "pay", "USD/month", "what a company pays its own", "groups.{group}.pay_usd_month"
            ),
            _given(
                "light", "1", "light weapons per fighter", "groups.{group}.arms_per_fighter.light"
            ),
            _given(
                "medium",
                "1",
                "medium weapons per fighter",
                "groups.{group}.arms_per_fighter.medium",
            ),
            _given(
                "cash",
                "USD",
                "cash per fighter at the start",
                "groups.{group}.cash_usd_per_fighter",
            ),
            _given(
                "cargo",
                "t/day",
                "what one fighter of a company can carry",
                "groups.{group}.cargo_tonnes_fighter_day",
            ),
            _derived("bloc", "index", "first member of its bloc at the start", "i8"),
            _derived("bound", "1", "1 where its pact is enforced and cannot be left"),
        ),
    ),
    "group_patron": Table(
        ("group", "patron"),
        (
            _derived("may_join", "1", "1 where the patron would take the group"),
            _given(
                "distance",
                "USD/month",
                "cost to the group of serving the patron",
                "groups.{group}.distance_usd_month.{patron}",
                fallback="behaviour.allegiance.distance",
            ),
        ),
    ),
    "group_place": Table(
        ("group", "place"),
        (_given("fighters", "1", "fighters at the start", "groups.{group}.fighters.{place}"),),
    ),
    "striker": Table(
        ("striker",),
        (
            _exists("striker"),
            _given(
                "campaign_start",
                "1/day",
                "chance that a campaign starts",
                "strikers.{striker}.campaign.start_per_day",
            ),
            _given(
                "campaign_stop",
                "1/day",
                "chance that a campaign stops",
                "strikers.{striker}.campaign.stop_per_day",
            ),
            _given(
                "campaign_active",
                "1",
                "chance that a campaign is on at the start",
                "strikers.{striker}.campaign.active",
            ),
            _given(
                "rate_on",
                "1/day",
                "strikes a day in a campaign",
                "strikers.{striker}.strikes_per_day.on",
            ),
            _given(
                "rate_off",
                "1/day",
                "strikes a day otherwise",
                "strikers.{striker}.strikes_per_day.off",
            ),
            _given(
                "far",
                "1/day",
                "strikes a day elsewhere in the country",
                "strikers.{striker}.far_per_day",
            ),
            _given(
                "restraint_homes",
                "1",
                "how far it spares homes",
                "strikers.{striker}.restraint_homes",
            ),
            _given(
                "lethality", "1", "mean deaths of a strike", "strikers.{striker}.killed_per_strike"
            ),
            _given(
                "collateral",
                "km2",
                "civilian deaths of a strike on homes, per person and km2",
                "strikers.{striker}.collateral",
            ),
            _given(
                "arms_lost",
                "1",
                "share of the arms hit that is lost",
                "strikers.{striker}.arms_lost",
            ),
            _given(
                "deceived",
                "1",
                "weight of the flag shown against the true label",
                "strikers.{striker}.deceived",
            ),
            _given(
                "miss",
                "1",
                "weight of striking nothing, in visible fighters",
                "strikers.{striker}.miss",
            ),
            Variable("active", "1", "0 in windows where its strikes are on record", default=1.0),
        ),
    ),
    "striker_label": Table(
        ("striker", "label"),
        (
            _given(
                "hostility",
                "1",
                "how hostile it is to a label",
                "strikers.{striker}.hostility.{label}",
            ),
        ),
    ),
    "striker_patron": Table(
        ("striker", "patron"),
        (
            _given(
                "restraint",
                "1",
                "how far it spares what sits beside the patron's points",
                "strikers.{striker}.restraint_beside.{patron}",
            ),
        ),
    ),
    "place": Table(
        ("place",),
        (
            _exists("place"),
            _index("market", "the market it buys in", "places.{place}.market", "market"),
            _derived("bank", "index", "0 first bank, 1 second", "i8"),
            _given("population", "1", "people at the start", "places.{place}.population"),
            _given(
                "density",
                "1/km2",
                "people per km2 of the built-up part",
                "places.{place}.density_km2",
            ),
            _given(
                "wage",
                "USD/month",
                "what a man earns without a gun",
                "places.{place}.outside_wage_usd_month",
            ),
            _given(
                "recruitable",
                "1",
                "share of the people who could be recruited",
                "places.{place}.recruitable",
            ),
        ),
    ),
    "place_place": Table(
        ("place", "cohort"),
        (
            _derived("km", "km", "great-circle distance"),
            _derived(
                "reach", "1", "share of a force that counts at the other place; 0 across the river"
            ),
        ),
    ),
    "place_near": Table(
        ("place", "cohort"),
        (_derived("near", "1", "weight of what happens at the other place"),),
    ),
    "market": Table(
        ("market",),
        (
            _derived("bank", "index", "0 first bank, 1 second", "i8"),
            _given("aid", "1", "multiplier of the basket's cost", "markets.{market}.aid"),
        ),
    ),
    "market_good": Table(
        ("market", "good"),
        (
            _derived("traded", "1", "1 where the good has a price"),
            _given(
                "price",
                "USD",
                "price of a unit before trade settles",
                "markets.{market}.goods.{good}.price_usd",
            ),
            _given(
                "demand", "1/day", "units used a day", "markets.{market}.goods.{good}.demand_day"
            ),
        ),
    ),
    "good": Table(
        ("good",),
        (
            _given("weight", "t", "weight of a unit", "goods.{good}.weight_kg", scale=0.001),
            _derived("concealable", "1", "1 where it passes a closed crossing unseen"),
            _given("basket", "1", "its share of a household's basket", "goods.{good}.basket_share"),
            _given(
                "demand_elasticity",
                "1",
                "fall of demand with price",
                "goods.{good}.demand_elasticity",
            ),
            _given(
                "supply_elasticity",
                "1",
                "rise of supply with price",
                "goods.{good}.supply_elasticity",
            ),
            _given(
                "flow",
                "1/day",
                "flow at a margin as large as the reference price",
                "goods.{good}.flow_units_day",
            ),
            _given("road_ease", "1", "the same on a road, as a multiple", "goods.{good}.road_ease"),
            _derived("reference_price", "USD", "mean price over the markets that trade it"),
        ),
    ),
    "pair": Table(
        ("pair",),
        (
            _derived("a", "index", "first market (first bank of a river pair)", "i8"),
            _derived("b", "index", "second market", "i8"),
            _derived("road", "index", "1 for a road, 0 for a river pair", "i8"),
            _derived(
                "through_a", "index", "seat of the first market: its siege closes the road", "i8"
            ),
            _derived("through_b", "index", "seat of the second market", "i8"),
            _derived("first", "index", "first crossing of a river pair", "i8"),
            _given("haulage", "USD/t", "haulage on a road", "roads.{pair}.haulage_usd_tonne"),
            _given("open", "1", "1 where the road is open", "roads.{pair}.open", default=1.0),
            _derived("travellers", "1/day", "people who would cross at no fee, both ways"),
        ),
    ),
    "crossing": Table(
        ("crossing",),
        (
            _exists("crossing"),
            _derived("pair", "index", "its market pair", "i8"),
            _derived("next", "index", "next crossing of the pair, -1 at the end", "i8"),
            _given(
                "capacity",
                "t/day",
                "weight it can carry",
                "crossings.{crossing}.capacity_tonnes_day",
            ),
            _given(
                "informal",
                "1",
                "share of its capacity where nobody holds an end",
                "crossings.{crossing}.informal_share",
            ),
            _given(
                "haulage",
                "USD/t",
                "cost of carrying a tonne over",
                "crossings.{crossing}.haulage_usd_tonne",
            ),
            _given(
                "travellers",
                "1/day",
                "people who would cross at no fee, both ways",
                "crossings.{crossing}.travellers_day",
            ),
            _given("open", "1", "1 where it is open", "crossings.{crossing}.open", default=1.0),
        ),
    ),
    "crossing_end": Table(
        ("crossing", "end"),
        (
            _derived("place", "index", "the settlement at this end", "i8"),
            _index(
                "holder",
                "who holds the end at the start",
                "crossings.{crossing}.ends.{end}.holder",
                "group",
            ),
            _given(
                "toll_cap",
                "USD/t",
                "cap on the toll",
                "crossings.{crossing}.ends.{end}.toll_cap_usd_tonne",
                default=1e18,
            ),
            _given(
                "fee_cap",
                "USD",
                "cap on a traveller's fee",
                "crossings.{crossing}.ends.{end}.fee_cap_usd",
                default=1e18,
            ),
            _given(
                "levy_tonne",
                "USD/t",
                "levy on goods beside the toll",
                "crossings.{crossing}.ends.{end}.levy_usd_tonne",
            ),
            _given(
                "levy_person",
                "USD",
                "levy on a traveller beside the fee",
                "crossings.{crossing}.ends.{end}.levy_usd_person",
            ),
            Variable(
                "levy_to",
                "index",
                "the patron that takes the levy; -1: the holder's own",
                path="crossings.{crossing}.ends.{end}.levy_to",
                refers="patron",
                default=-1.0,
            ),
        ),
    ),
    "crossing_end_patron": Table(
        ("crossing", "end", "patron"),
        (
            _derived("post", "1", "1 where the patron has a post on the inland road"),
            _derived("levy", "1", "share that other patrons' posts take from a client of this one"),
        ),
    ),
    "timeline": Table(
        ("row",),
        (
            _exists("row"),
            _derived("act", "1", "0 set, 1 scale, 2 strike, 3 siege, 4 release, -1 nothing", "i8"),
            _derived("first_day", "day", "first possible day", "i8"),
            _derived("last_day", "day", "last possible day", "i8"),
            _derived("until", "day", "day on which it ends; -1: never", "i8"),
            _derived("target", "index", "offset, striker, place or group", "i8"),
            _derived(
                "label",
                "index",
                "label of a strike's target; of a number set: the event's kind",
                "i8",
            ),
            _derived("place", "index", "place of a strike or release; -1: anywhere", "i8"),
            _derived("part", "index", "which of several strikes or numbers of one row", "i8"),
            _derived("parts", "1", "how many strikes the row has", "i8"),
            _derived("actor", "index", "the patron whose pay it changes; -1: none", "i8"),
            _derived("crossing", "index", "the crossing that it closes, opens or levies", "i8"),
            Variable("key", "1", "hash of the row's id, for its date", "i8", "derived"),
            Variable(
                "value", "1", "value, factor, deaths in all, attacks a day, or men", default=-1.0
            ),
            Variable("killed", "1", "deaths of an attack in a siege"),
            Variable("civilians", "1", "civilian deaths of an attack in a siege"),
        ),
    ),
    "own": Table(("own",), (Variable("value", "1", "a parameter of a user's own mechanism"),)),
}

STATE = {
    "run": Table(
        (),
        (
            _state("status", "1", "0 ok, else a sentence of `engine.status`", "i8"),
            _state("household", "USD", "account of households"),
            _state("trader", "USD", "account of traders"),
            _state("outside", "USD", "account of the world outside"),
            _state("commander", "USD", "account of commanders", series=True),
            _state("abroad", "1", "men who went to (+) or came from (-) outside", "i8"),
            _state("dead", "1", "fighters killed since the start", "i8"),
            _state("arms_lost", "1", "weapons destroyed, less those handed out from outside", "i8"),
            _total("released", "1", "prisoners who joined", "i8"),
            _total("clashes", "1", "clashes", "i8"),
            _total("strikes", "1", "strikes that hit", "i8"),
            _total("takeovers", "1", "ends that changed hands", "i8"),
            _total("meetings", "1", "meetings of leaders", "i8"),
            _total("agreements", "1", "pacts made or widened", "i8"),
            _total("breakdowns", "1", "pacts left", "i8"),
            _total("realignments", "1", "changes of patron", "i8"),
            _total("withdrawals", "1", "withdrawals from places", "i8"),
            _total("moved_homes", "1", "moves of arms into homes", "i8"),
            _total("flags_raised", "1", "changes of the flag shown", "i8"),
            _total("killed_strikes", "1", "fighters killed in strikes", "i8"),
            _total("killed_clashes", "1", "fighters killed in clashes", "i8"),
            _total("recruits", "1", "men who enlisted", "i8"),
            _total("deserters", "1", "men who deserted", "i8"),
        ),
    ),
    "patron": Table(
        ("patron",),
        (
            _state("account", "USD", "subsidies paid (-) and cuts and levies taken (+)"),
            _total("officers", "USD", "cuts and levies taken by its officers"),
            _state("pay_event", "row", "last event that changed what it pays", "i8"),
            _scratch("clients", "1", "fighters of its clients"),
            _scratch("force", "1", "local force of its regulars, at the end being counted"),
        ),
    ),
    "group": Table(
        ("group",),
        (
            _state("patron", "index", "patron now", "i8", refers="patron", series=True),
            _state("flag", "index", "flag shown", "i8", refers="label", series=True),
            _state("bloc", "index", "first member of its bloc", "i8", refers="group", series=True),
            _state("hq", "index", "place of its headquarters", "i8", refers="place"),
            _state("hq_posture", "1", "posture of its headquarters", "i8"),
            _state("hq_fresh", "day", "day on which the headquarters' new position is known", "i8"),
            _state("cash", "USD", "cash", series=True),
            _state("shock", "1", "how shaken it is by strikes"),
            _state("arrears", "1", "share of wages unpaid, recent mean"),
            _state("inertia", "USD/month", "worth of staying with its patron"),
            _state("due", "1", "1: reviews posture and flag today", "i8"),
            _state("realigned", "day", "day of the last change of patron; -1: never", "i8"),
            _state(
                "first_realigned",
                "day",
                "day of the first change of patron; -1: never",
                "i8",
                series=True,
            ),
            _state("hit_event", "row", "last strike that shook it", "i8"),
            _state("patron_event", "row", "last event that changed its patron", "i8"),
            _state("flag_event", "row", "last event that changed its flag", "i8"),
            _state("pact_event", "row", "last event that changed its bloc", "i8"),
            _state("established", "1", "fighters at the start, its establishment", "i8"),
            _scratch("men", "1", "fighters in all places", "i8", series=True),
            _scratch("allied", "1", "1 where it is bound by a pact", "i8"),
            _scratch("banks", "1", "banks it has men on: 1 first, 2 second, 3 both", "i8"),
            _scratch("arms_in_homes", "1", "share of its weapons in homes", series=True),
            _scratch("held", "1", "ends of crossings held", "i8", series=True),
            _state("first", "index", "first place in which it ever had men or arms", "i8"),
            _state("past", "index", "the place after the last of these", "i8"),
            _scratch("gross", "USD/day", "toll and fee income of the ends it holds"),
            _scratch("levied", "USD/day", "what other patrons' posts take of it"),
            _scratch("alone", "USD/day", "what is left of it before the pact's pool"),
            _scratch("net", "USD/day", "the same after the pool"),
            _scratch("pooled", "USD/day", "pool of the bloc that it is the first member of"),
            _scratch("weight", "1", "weight of the members of that bloc in the pool"),
            _scratch("share", "1", "its own weight in the pool"),
            _scratch(
                "stake", "USD", "what the vacant end being claimed is worth to it; then its effort"
            ),
            _state("income", "USD/day", "net crossing income, recent mean", series=True),
            _total("killed", "1", "fighters killed", "i8"),
            _total("enlisted", "1", "men who enlisted", "i8"),
            _total("deserted", "1", "men who deserted", "i8"),
            _total("takings", "USD", "net crossing income"),
        ),
    ),
    "group_patron": Table(
        ("group", "patron"),
        (
            _state(
                "gap",
                "USD/month",
                "sum over warm-up days of what the patron offered above one's own",
            ),
        ),
    ),
    "group_group": Table(
        ("group", "cohort"),
        (
            _state("trust", "1", "trust between two groups"),
            _state("grievance", "1", "grievance of the first against the second"),
            _state("event", "row", "last event that moved trust or grievance", "i8"),
            _scratch("feud", "USD/month", "clash losses between the two expected now"),
        ),
    ),
    "group_place": Table(
        ("group", "place"),
        (
            _state("men", "1", "fighters", "i8"),
            _state("light", "1", "light weapons", "i8"),
            _state("medium", "1", "medium weapons", "i8"),
            _state("men_posture", "1", "0 open, 1 in homes, 2 beside the patron's points", "i8"),
            _state("arms_posture", "1", "the same for arms", "i8"),
            _state("men_fresh", "day", "day on which the men's new position is known", "i8"),
            _state("arms_fresh", "day", "day on which the arms' new position is known", "i8"),
            _state("event", "row", "last event that moved them", "i8"),
            _scratch("weight", "1", "visible weight to the striker at work"),
        ),
    ),
    "striker": Table(
        ("striker",),
        (
            _state("campaign", "1", "1 in a campaign", "i8"),
            _scratch("far_today", "1", "strikes of today elsewhere in the country"),
            _total("strikes", "1", "strikes that hit", "i8"),
        ),
    ),
    "striker_label": Table(
        ("striker", "label"),
        (
            _state("hits", "1", "discounted hits (gamma shape)"),
            _state("exposure", "thousand day", "discounted exposure (gamma rate)"),
            _scratch("rate", "1/day/thousand", "believed rate of strikes"),
            _scratch("today", "1", "hits of today"),
            _scratch("seen", "thousand", "visible exposure today"),
        ),
    ),
    "striker_place": Table(
        ("striker", "place"),
        (
            _state("hits", "1", "discounted hits around the place"),
            _state("exposure", "thousand day", "discounted exposure around the place"),
            _scratch("rate", "1/day/thousand", "believed rate around the place"),
            _scratch("today", "1", "hits of today at the place"),
            _scratch("seen", "thousand", "visible exposure today at the place"),
        ),
    ),
    "place": Table(
        ("place",),
        (
            _state("population", "1", "people living here now", "i8"),
            _state("stock", "1", "men who could be recruited", "i8"),
            _state("displaced", "1", "people who fled from here", "i8", series=True),
            _state("emigrated", "1", "people who left for good", "i8"),
            _state("arrived", "1", "travellers arrived less departed", "i8"),
            _state("besieged", "row", "timeline row of the siege; -1: none", "i8"),
            _state("siege_event", "row", "event that began the siege", "i8"),
            _state("alarm", "1", "clashes and strikes since the last evening"),
            _state("harm", "1", "civilians killed since the last evening", "i8"),
            _state("dead", "1", "civilians killed since the start", "i8"),
            _total("killed", "1", "civilians killed", "i8"),
        ),
    ),
    "market": Table(
        ("market",),
        (_scratch("basket", "1", "cost of the basket against its base", series=True),),
    ),
    "market_good": Table(
        ("market", "good"),
        (
            _state("price", "USD", "price of a unit", series=True),
            _state("log_price", "1", "log of the price against its start"),
            _state("demand", "1/day", "demand at the starting price"),
            _state("supply", "1/day", "supply at the starting price"),
            _state("stock", "1", "units stored since the start"),
            _scratch("used", "1/day", "units used today"),
            _scratch("made", "1/day", "units made today"),
            _scratch("inflow", "1/day", "net inflow today"),
            _scratch("answer", "1/day/USD", "rise of the net inflow with the price"),
        ),
    ),
    "pair_good": Table(
        ("pair", "good"),
        (
            _scratch("flow", "1/day", "flow from the first market to the second", series=True),
            _scratch("margin", "USD", "what is left to a trader, after tolls and haulage"),
            _state("start", "1/day", "flow at the start, which traders blind to prices repeat"),
        ),
    ),
    "crossing": Table(
        ("crossing",),
        (
            _scratch("tonnes", "t/day", "weight carried", series=True),
            _scratch(
                "margin", "USD/day", "traders' margin on what is carried, after tolls and haulage"
            ),
            _scratch("carried", "t/day", "weight carried by companies on their own account"),
            _scratch("people", "1", "people who crossed today", "i8"),
            _scratch("first_today", "1", "people who crossed to the first bank today", "i8"),
            _total("travellers", "1", "people who crossed", "i8"),
            _state("first", "1", "people who crossed to the first bank", "i8"),
            _state("second", "1", "people who crossed to the second bank", "i8"),
            _state("open_event", "row", "last event that closed or opened it", "i8"),
        ),
    ),
    "crossing_good": Table(
        ("crossing", "good"),
        (
            _scratch("flow", "1/day", "flow from the first bank to the second"),
            _scratch("share", "1", "share of the pair's flow"),
        ),
    ),
    "crossing_end": Table(
        ("crossing", "end"),
        (
            _state(
                "holder",
                "index",
                "who holds the end; -1: vacant",
                "i8",
                refers="group",
                series=True,
            ),
            _scratch(
                "bloc", "index", "the bloc that sets its tolls; -1: none", "i8", refers="group"
            ),
            _state("fee", "USD", "fee asked of a traveller"),
            _scratch("tolls", "USD/day", "tolls on goods taken today"),
            _scratch("fees", "USD/day", "fees of travellers taken today"),
            _scratch("levy", "USD/day", "levies taken today beside tolls and fees"),
            _scratch("today", "USD/day", "tolls and fees taken today", series=True),
            _state("income", "USD/day", "tolls and fees, recent mean"),
            _scratch("prize", "USD/month", "what the end is worth a month to a challenger"),
            _state("vacated", "day", "day on which it fell vacant; -1: held", "i8"),
            _state("left", "index", "the group that left it last; -1: none", "i8", refers="group"),
            _scratch("attacker", "index", "the group that attacks it today; -1: none", "i8"),
            _state("event", "row", "last event that changed its holder", "i8"),
            _scratch("rivals", "1/day", "sum of the hazards of attack"),
            _total("takings", "USD", "tolls and fees taken"),
            _total("clashes", "1", "clashes over the end", "i8"),
            _total("vacant_days", "day", "days without a holder", "i8"),
        ),
    ),
    "crossing_end_good": Table(
        ("crossing", "end", "good"), (_state("toll", "USD", "toll on a unit"),)
    ),
    "crossing_end_group": Table(
        ("crossing", "end", "group"),
        (
            _scratch("force", "1", "own local force"),
            _scratch("strength", "1", "local force with the help of partners and patron"),
            _scratch("hazard", "1/day", "hazard of attack on the holder"),
        ),
    ),
    "timeline": Table(
        ("row",),
        (
            _state("day", "day", "the day on which it happens", "i8"),
            _state("before", "1", "value before the act, restored when it ends"),
            _state("done", "1", "1 once it has happened", "i8"),
            _state("event", "row", "its event", "i8"),
        ),
    ),
    "own": Table(("own",), (_state("value", "1", "state of a user's own mechanism"),)),
}


FIRST_MORNING = (
    "currency.per_usd",
    "groups.*.patron",
    "groups.*.flag",
    "groups.*.hq",
    "groups.*.fighters.*",
    "groups.*.arms_per_fighter.medium",
    "groups.*.cash_usd_per_fighter",
    "strikers.*.campaign.active",
    "places.*.population",
    "places.*.recruitable",
    "markets.*.goods.*.demand_day",
    "crossings.*.ends.*.holder",
)
"""Paths of inputs that are read on the first morning only: a dated change of them does nothing."""


class EventKind(NamedTuple):
    """One kind of event: what its columns mean.

    Parameters
    ----------
    name : str
        The kind, as people read it.
    actor, target : str
        The dims that the columns `actor` and `target` index ("" where unused).
    amount : str
        What `amount` counts ("" where unused).
    terms : tuple of str
        Names of the decision's terms, in the order of the columns `term_0`, `term_1`, ...
    """

    name: str
    actor: str
    target: str
    amount: str
    terms: tuple[str, ...] = ()


POSTURE_TERMS = ("fear left", "fear chosen", "cost left", "cost chosen", "gain", "part")

EVENTS = (
    EventKind(
        "strike",
        "striker",
        "group",
        "fighters killed",
        (
            "civilians killed",
            "arms lost",
            "flag shown",
            "part hit",
            "row of the timeline (-1 none)",
            "number on the day",
        ),
    ),
    EventKind("positions moved", "group", "", "men", POSTURE_TERMS),
    EventKind("weapons moved into homes", "group", "", "weapons", POSTURE_TERMS),
    EventKind(
        "moved beside the patron's points",
        "group",
        "patron",
        "part (0 men, 1 arms, 2 headquarters)",
        POSTURE_TERMS,
    ),
    EventKind("men moved into homes", "group", "", "men", POSTURE_TERMS),
    EventKind(
        "moved into the open", "group", "", "part (0 men, 1 arms, 2 headquarters)", POSTURE_TERMS
    ),
    EventKind(
        "headquarters moved", "group", "", "part of the move (0 open, 1 homes)", POSTURE_TERMS
    ),
    EventKind(
        "flag raised",
        "group",
        "label",
        "label hauled down",
        ("fear left", "fear chosen", "mismatch", "gain"),
    ),
    EventKind(
        "realignment",
        "group",
        "patron",
        "patron left",
        ("pay", "fear", "income", "levy", "guard", "distance", "inertia", "gain"),
    ),
    EventKind(
        "meeting",
        "group",
        "group",
        "",
        ("rate", "shared ends", "mediation", "recent realignment", "trust"),
    ),
    EventKind(
        "agreement",
        "group",
        "group",
        "members of the bloc",
        ("clash losses saved", "toll gain", "monitoring", "least gain of a member"),
    ),
    EventKind(
        "breakdown", "group", "group", "members left in the bloc", ("income out", "income in")
    ),
    EventKind(
        "clash",
        "group",
        "group",
        "fighters killed",
        (
            "win chance",
            "prize",
            "expected losses",
            "displeasure",
            "grievance",
            "attacker's dead",
            "civilians killed",
            "won",
        ),
    ),
    EventKind(
        "takeover",
        "group",
        "group",
        "men of the garrison",
        ("prize", "claimants", "days vacant", "strength"),
    ),
    EventKind(
        "withdrawal",
        "group",
        "",
        "places left",
        ("value of staying", "value chosen", "men moved", "inertia", "places left", "gathered"),
    ),
    EventKind("vacated", "group", "", "income of the end, USD a day", ("local force",)),
    EventKind("closure", "", "", ""),
    EventKind("opening", "", "", ""),
    EventKind("pay change", "patron", "", "USD a month", ("before",)),
    EventKind("toll change", "", "", ""),
    EventKind("change", "", "", "new value", ("before",)),
    EventKind("siege", "", "", "attacks a day"),
    EventKind("siege lifted", "", "", ""),
    EventKind("attack", "", "group", "fighters killed", ("civilians killed",)),
    EventKind(
        "prison release", "group", "", "men who joined", ("offered", "chance", "wage gain", "fear")
    ),
    EventKind("unpaid", "group", "", "share of wages unpaid"),
)
TERMS = 8  # columns for the terms of a decision

STATUS = (
    "done",
    "a price left its bounds: markets are unstable at these draws",
    "a value is not a number",
    "the event log is full",
)
