"""10. Finance: toll income -> pact pool -> levies and cut -> commanders -> cash -> wages and posts.

Every transfer has two sides: household, trader, group, patron, commander, outside.
"""

from __future__ import annotations

from .replicate import COMPANY, MONTH, Replicate


def finance(r: Replicate) -> None:
    """One day's money."""
    collect(r)
    share_out(r)
    take_home(r)
    for x in r.crossings:
        carry_own_cargo(r, x)
    for g in r.groups:
        if r.s.group[g].men > 0:
            pay_wages(r, g)
    remember(r)


def credit_officers(r: Replicate, s: int, amount: float) -> None:
    """A patron's officers take money."""
    r.s.patron[s].account += amount
    r.s.patron[s].officers += amount


def posts(r: Replicate, g: int, x: int, e: int) -> dict[int, float]:
    """Patrons whose inland posts levy `g` there: not its own, nor its partners'."""
    spare = {r.s.group[g].patron}
    spare |= {r.s.group[h].patron for h in r.groups if r.allies(g, h) and r.s.group[h].men > 0}
    return {
        s: r.w.patron[s].levy
        for s in r.patrons
        if r.w.crossing_end_patron[x][e][s].post and s not in spare
    }


def collect(r: Replicate) -> None:
    """Tolls and fees reach the holders, levies those who take them."""
    run = r.s.run
    for group in r.s.group:
        group.gross = group.levied = 0.0
    for x, e in r.ends:
        given, end = r.w.crossing_end[x][e], r.s.crossing_end[x][e]
        run.trader -= end.tolls
        run.household -= end.fees
        people = given.levy_person * r.s.crossing[x].people
        run.household -= people
        run.trader -= end.levy - people
        if given.levy_to >= 0:
            credit_officers(r, int(given.levy_to), end.levy)
        elif end.holder >= 0:
            r.s.group[end.holder].gross += end.levy
        else:
            run.outside += end.levy
        if end.holder >= 0:
            r.s.group[end.holder].gross += end.today
            left = end.today  # one post after another takes its share of what the others left
            for s, levy in posts(r, end.holder, x, e).items():
                credit_officers(r, s, levy * left)
                left -= levy * left
            r.s.group[end.holder].levied += end.today - left
        if r.observed:
            end.takings += end.today


def share_out(r: Replicate) -> None:
    """Every bloc pools a share of its members' income and divides it by ``men^gamma``."""
    pool = r.b.diplomacy_pool
    for group in r.s.group:
        group.alone = group.gross - group.levied
        group.share = float(group.men**r.b.diplomacy_gamma) if group.men > 0 else 0.0
    for g, first in enumerate(r.s.group):
        bloc = [group for group in r.s.group if group.bloc == g]
        first.weight = sum((group.share for group in bloc), 0.0)
        first.pooled = sum((pool * group.alone for group in bloc), 0.0)
        for group in bloc:
            group.net = group.alone  # where nobody is left, nothing is pooled
            if first.weight > 0:
                group.net = (1 - pool) * group.alone + first.pooled * group.share / first.weight


def memory(r: Replicate) -> float:
    """Weight of today in a mean of recent incomes."""
    return 1 / max(1.0, r.b.trade_income_days)


def take_home(r: Replicate) -> None:
    """Patron's cut, commanders' take, the rest is cash."""
    for group in r.s.group:
        net = group.net
        if group.patron >= 0:
            cut = r.w.patron[group.patron].cut * net
            credit_officers(r, group.patron, cut)
            net -= cut
        r.s.run.commander += r.b.finance_commanders * net
        group.cash += (1 - r.b.finance_commanders) * net
        group.income += memory(r) * (net - group.income)
        if r.observed:
            group.takings += net


def carry_own_cargo(r: Replicate, x: int) -> None:
    """Companies earn the traders' margin on what they carry, in the scenario's order."""
    state = r.s.crossing[x]
    state.carried = 0.0
    room = r.b.deployment_cargo_share * state.tonnes
    for g in r.groups:
        if r.w.group[g].kind == COMPANY and room > 0:
            men = sum(r.s.group_place[g][r.w.crossing_end[x][e].place].men for e in (0, 1))
            tonnes = min(room, men * r.w.group[g].cargo)
            margin = state.margin * tonnes / state.tonnes
            r.s.run.trader -= margin
            r.s.group[g].cash += margin
            state.carried += tonnes
            room -= tonnes


def pay_wages(r: Replicate, g: int) -> None:
    """Wages, then arms and posts, as far as the cash goes; what is unpaid is remembered."""
    group = r.s.group[g]
    wage = r.pay(g, group.patron) * group.men / MONTH
    if r.w.group[g].kind != COMPANY and group.patron >= 0:
        r.s.patron[group.patron].account -= wage
        group.cash += wage
    medium = sum(here.medium for here in r.s.group_place[g])
    upkeep = r.b.finance_arms_usd_month * medium
    upkeep = (upkeep + r.b.deployment_post * len(r.places_of(g))) / MONTH
    paid = min(wage, group.cash)
    group.cash -= paid
    r.s.run.household += paid
    spent = min(upkeep, group.cash)
    group.cash -= spent
    r.s.run.outside += spent
    before = group.arrears
    unpaid = 1 - paid / wage if wage > 0 else 0.0
    group.arrears += (unpaid - before) / max(1.0, r.b.finance_arrears_days)
    if before < 0.5 <= group.arrears:
        r.tell(
            "unpaid",
            actor=g,
            place=group.hq,
            amount=group.arrears,
            causes=[(group.patron_event, 1)],
        )


def remember(r: Replicate) -> None:
    """Mean income of every end; a vacant one keeps what it earned."""
    for x, e in r.ends:
        end = r.s.crossing_end[x][e]
        if end.holder >= 0:
            end.income += memory(r) * (end.today - end.income)
    appraise(r)


def appraise(r: Replicate) -> None:
    """What every end is worth a month to a challenger: its mean income, level and contrast as set."""
    mean = sum(r.s.crossing_end[x][e].income for x, e in r.ends) / max(1, len(r.ends))
    for x, e in r.ends:
        end = r.s.crossing_end[x][e]
        contrast = r.b.prize_contrast * (end.income - mean)
        end.prize = MONTH * r.b.prize_level * (mean + contrast)
