"""Finance: what crossings bring is pooled, cut, levied and pocketed; wages and arms are paid.

Toll income goes through the pact's pool, the patron's cut and the levies of other patrons' inland
posts (their officers), and the commanders' take, before the rest reaches the group's cash.
Companies add the margin on what they carry themselves.  Patrons pay their clients' wages; what a
group cannot pay is owed, and remembered.

Source: C20-C24, C51; F-pay-russian-2022; model.md 10.
Assumes: the pool is shared in proportion to ``men^gamma``; partners' posts levy nothing.
Draws: nothing.
Emits: unpaid.
"""

import math

from maabar.engine.events import UNPAID, cause, emit
from maabar.engine.holding import appraise
from maabar.engine.kernel import kernel
from maabar.engine.points import COMPANY, pay
from maabar.variables import MONTH

READS = (
    "state.crossing.carried",
    "state.crossing.margin",
    "state.crossing.people",
    "state.crossing.tonnes",
    "state.crossing_end.fees",
    "state.crossing_end.holder",
    "state.crossing_end.income",
    "state.crossing_end.levy",
    "state.crossing_end.takings",
    "state.crossing_end.today",
    "state.crossing_end.tolls",
    "state.group.alone",
    "state.group.arrears",
    "state.group.bloc",
    "state.group.cash",
    "state.group.first",
    "state.group.gross",
    "state.group.hq",
    "state.group.income",
    "state.group.levied",
    "state.group.men",
    "state.group.net",
    "state.group.past",
    "state.group.patron",
    "state.group.patron_event",
    "state.group.pooled",
    "state.group.share",
    "state.group.takings",
    "state.group.weight",
    "state.group_place.medium",
    "state.group_place.men",
    "state.patron.account",
    "state.patron.officers",
    "state.run.commander",
    "state.run.household",
    "state.run.outside",
    "state.run.trader",
    "world.behaviour.deployment_cargo_share",
    "world.behaviour.deployment_post",
    "world.behaviour.diplomacy_gamma",
    "world.behaviour.diplomacy_pool",
    "world.behaviour.finance_arms_usd_month",
    "world.behaviour.finance_arrears_days",
    "world.behaviour.finance_commanders",
    "world.behaviour.prize_contrast",
    "world.behaviour.prize_level",
    "world.behaviour.trade_income_days",
    "world.crossing_end.levy_person",
    "world.crossing_end.levy_to",
    "world.crossing_end.place",
    "world.crossing_end_patron.post",
    "world.group.cargo",
    "world.group.kind",
    "world.group.pay",
    "world.group.recruits",
    "world.patron.cut",
    "world.patron.levy",
    "world.patron.pay_core",
    "world.patron.pay_foreign",
    "world.patron.pay_local",
    "world.run.observe_day",
)
WRITES = (
    "state.crossing.carried",
    "state.crossing_end.income",
    "state.crossing_end.prize",
    "state.crossing_end.takings",
    "state.group.alone",
    "state.group.arrears",
    "state.group.cash",
    "state.group.gross",
    "state.group.income",
    "state.group.levied",
    "state.group.net",
    "state.group.pooled",
    "state.group.share",
    "state.group.takings",
    "state.group.weight",
    "state.patron.account",
    "state.patron.officers",
    "state.run.commander",
    "state.run.household",
    "state.run.outside",
    "state.run.trader",
)
PROCESS = ()
EMITS = ("unpaid",)


@kernel
def passed_post(world, state, g, x, e, s):
    """Share that posts of `s` take of `g`'s income at an end: none of clients and partners."""
    if s == state.group[g].patron or world.crossing_end_patron[x, e, s].post == 0:
        return 0.0
    for h in range(world.group.shape[0]):
        same = state.group[h].bloc == state.group[g].bloc
        if same and state.group[h].patron == s and state.group[h].men > 0:
            return 0.0
    return world.patron[s].levy


@kernel
def levy_share(world, state, g, x, e):
    """Share that all inland posts together take of `g`'s income at an end."""
    passed = 1.0
    for s in range(world.patron.shape[0]):
        passed *= 1.0 - passed_post(world, state, g, x, e, s)
    return 1.0 - passed


@kernel
def collect(world, state):
    """Tolls and fees reach the holders; levies on goods and people reach who takes them."""
    for g in range(world.group.shape[0]):
        state.group[g].gross = 0.0
        state.group[g].levied = 0.0
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            h = state.crossing_end[x, e].holder
            state.run[0].trader -= state.crossing_end[x, e].tolls
            state.run[0].household -= state.crossing_end[x, e].fees
            if h >= 0:
                state.group[h].gross += state.crossing_end[x, e].today
                state.group[h].levied += state.crossing_end[x, e].today * levy_share(
                    world, state, h, x, e
                )
            levy = state.crossing_end[x, e].levy
            on_people = world.crossing_end[x, e].levy_person * state.crossing[x].people
            state.run[0].household -= on_people
            state.run[0].trader -= levy - on_people
            taker = int(world.crossing_end[x, e].levy_to)
            if taker >= 0:
                credit_officers(world, state, taker, levy)
            elif h >= 0:
                state.group[h].gross += levy
            else:
                state.run[0].outside += levy


@kernel
def credit_officers(world, state, s, amount):
    """A patron's officers take money."""
    state.patron[s].account += amount
    state.patron[s].officers += amount


@kernel
def share_out(world, state):
    """Every bloc pools part of its members' income and shares it by strength."""
    pool = world.behaviour[0].diplomacy_pool
    gamma = world.behaviour[0].diplomacy_gamma
    for g in range(world.group.shape[0]):
        state.group[g].pooled = 0.0
        state.group[g].weight = 0.0
    for g in range(world.group.shape[0]):
        bloc = state.group[g].bloc
        mine = 0.0
        if state.group[g].men > 0:
            mine = math.exp(gamma * math.log(float(state.group[g].men)))
        state.group[g].share = mine
        state.group[g].alone = state.group[g].gross - state.group[g].levied
        state.group[bloc].weight += mine
        state.group[bloc].pooled += pool * state.group[g].alone
    for g in range(world.group.shape[0]):
        bloc = state.group[g].bloc
        net = state.group[g].alone
        if state.group[bloc].weight > 0:
            net *= 1.0 - pool
            net += state.group[bloc].pooled * state.group[g].share / state.group[bloc].weight
        state.group[g].net = net


@kernel
def pay_levies(world, state):
    """Goods pass one post after another; each takes its share of what the others left."""
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            h = state.crossing_end[x, e].holder
            left = state.crossing_end[x, e].today
            if h >= 0:
                for s in range(world.patron.shape[0]):
                    taken = left * passed_post(world, state, h, x, e, s)
                    left -= taken
                    credit_officers(world, state, s, taken)


@kernel
def take_home(world, state, day):
    """Patron's cut, commanders' take, and the rest to the group's cash."""
    keep = 1.0 - 1.0 / max(1.0, world.behaviour[0].trade_income_days)
    for g in range(world.group.shape[0]):
        net = state.group[g].net
        patron = state.group[g].patron
        if patron >= 0:
            cut = world.patron[patron].cut * net
            credit_officers(world, state, patron, cut)
            net -= cut
        pocketed = world.behaviour[0].finance_commanders * net
        state.run[0].commander += pocketed
        state.group[g].cash += net - pocketed
        state.group[g].income = keep * state.group[g].income + (1.0 - keep) * net
        if day >= world.run[0].observe_day:
            state.group[g].takings += net


@kernel
def carry_own_cargo(world, state):
    """Companies earn the traders' margin on what they carry themselves, in the scenario's order."""
    for x in range(world.crossing.shape[0]):
        state.crossing[x].carried = 0.0
        room = world.behaviour[0].deployment_cargo_share * state.crossing[x].tonnes
        for g in range(world.group.shape[0]):
            if world.group[g].kind != COMPANY or room <= 0:
                continue
            men = (
                state.group_place[g, world.crossing_end[x, 0].place].men
                + state.group_place[g, world.crossing_end[x, 1].place].men
            )
            tonnes = min(room, men * world.group[g].cargo)
            margin = state.crossing[x].margin * tonnes / state.crossing[x].tonnes
            state.run[0].trader -= margin
            state.group[g].cash += margin
            state.crossing[x].carried += tonnes
            room -= tonnes


@kernel
def pay_wages(world, state, log, day, g):
    """Wages, then arms and posts, as far as the cash goes; what is unpaid is remembered."""
    patron = state.group[g].patron
    wage = pay(world, g, patron) * state.group[g].men / MONTH
    if patron >= 0 and world.group[g].kind != COMPANY:
        state.patron[patron].account -= wage
        state.group[g].cash += wage
    medium = 0
    places = 0
    for p in range(state.group[g].first, state.group[g].past):
        medium += state.group_place[g, p].medium
        if state.group_place[g, p].men > 0:
            places += 1
    upkeep = (
        world.behaviour[0].finance_arms_usd_month * medium
        + world.behaviour[0].deployment_post * places
    ) / MONTH
    paid = min(wage, state.group[g].cash)
    state.group[g].cash -= paid
    state.run[0].household += paid
    spent = min(upkeep, state.group[g].cash)
    state.group[g].cash -= spent
    state.run[0].outside += spent
    unpaid = 1.0 - paid / wage if wage > 0 else 0.0
    memory = 1.0 / max(1.0, world.behaviour[0].finance_arrears_days)
    before = state.group[g].arrears
    state.group[g].arrears += memory * (unpaid - before)
    if before < 0.5 and state.group[g].arrears >= 0.5:
        row = emit(log, day, UNPAID, g, -1, state.group[g].hq, -1, -1, state.group[g].arrears)
        cause(log, row, state.group[g].patron_event, 1.0)


@kernel
def remember(world, state):
    """The mean income of every end; a vacant one is remembered for what it earned."""
    keep = 1.0 - 1.0 / max(1.0, world.behaviour[0].trade_income_days)
    for x in range(world.crossing.shape[0]):
        for e in range(2):
            if state.crossing_end[x, e].holder >= 0:
                state.crossing_end[x, e].income = (
                    keep * state.crossing_end[x, e].income
                    + (1.0 - keep) * state.crossing_end[x, e].today
                )
    appraise(world, state)


@kernel
def tally(world, state, day):
    """Totals of the observed part."""
    if day >= world.run[0].observe_day:
        for x in range(world.crossing.shape[0]):
            for e in range(2):
                state.crossing_end[x, e].takings += state.crossing_end[x, e].today


@kernel
def finance(world, state, log, key, day):
    """One day's money."""
    collect(world, state)
    share_out(world, state)
    pay_levies(world, state)
    take_home(world, state, day)
    carry_own_cargo(world, state)
    for g in range(world.group.shape[0]):
        if state.group[g].men > 0:
            pay_wages(world, state, log, day, g)
    remember(world, state)
    tally(world, state, day)
