"""Civilians: the dead are counted, some flee and most come back, a few leave for good.

``flee ~ Binomial(people, flee_clash * alarms + flee_death * dead per 1,000 + flee_siege)``; the
displaced return at a rate; a share of those who cross does not come back.

Source: C49, C50, C58; model.md 12.
Assumes: people flee where they are hit, not where they are poor.
Draws: FLIGHT, RETURN, EMIGRATION, SIEGE_ATTACKS, SIEGE_DEATHS, SIEGE_CIVILIANS.
Emits: attack.
"""

from maabar.engine import process
from maabar.engine.events import ATTACK, cause, emit, terms, vetoed
from maabar.engine.force import count_dead
from maabar.engine.kernel import kernel
from maabar.engine.rng import binomial, poisson, uniform
from maabar.variables import THOUSAND

READS = (
    "state.crossing.first_today",
    "state.crossing.people",
    "state.group.killed",
    "state.group_place.men",
    "state.place.alarm",
    "state.place.besieged",
    "state.place.dead",
    "state.place.displaced",
    "state.place.emigrated",
    "state.place.harm",
    "state.place.killed",
    "state.place.population",
    "state.place.siege_event",
    "state.run.dead",
    "state.run.killed_clashes",
    "world.behaviour.civilians_flee_clash",
    "world.behaviour.civilians_flee_death",
    "world.behaviour.civilians_flee_siege",
    "world.behaviour.civilians_return_per_day",
    "world.crossing_end.place",
    "world.run.emigrants",
    "world.run.observe_day",
    "world.timeline.civilians",
    "world.timeline.killed",
    "world.timeline.value",
    "world.veto.day",
    "world.veto.i",
    "world.veto.j",
    "world.veto.process",
)
WRITES = (
    "state.group.killed",
    "state.group_place.men",
    "state.place.alarm",
    "state.place.dead",
    "state.place.displaced",
    "state.place.emigrated",
    "state.place.harm",
    "state.place.killed",
    "state.place.population",
    "state.run.dead",
    "state.run.killed_clashes",
)
PROCESS = (
    process.FLIGHT,
    process.RETURN,
    process.EMIGRATION,
    process.SIEGE_ATTACKS,
    process.SIEGE_DEATHS,
    process.SIEGE_CIVILIANS,
)
EMITS = ("attack",)


@kernel
def defender(state, p):
    """The group with most men in a besieged place; -1: none."""
    best = -1
    most = 0
    for g in range(state.group.shape[0]):
        if state.group_place[g, p].men > most:
            most = state.group_place[g, p].men
            best = g
    return best


@kernel
def press_siege(world, state, log, key, day, p):
    """Besiegers attack at the row's rate; those inside and the people bear it."""
    r = state.place[p].besieged
    count = poisson(uniform(key, day, process.SIEGE_ATTACKS, p, 0), world.timeline[r].value)
    for n in range(count):
        g = defender(state, p)
        i = p << 8 | n
        if vetoed(world, day, process.SIEGE_ATTACKS, p, n):
            continue
        dead = 0
        if g >= 0:
            dead = poisson(uniform(key, day, process.SIEGE_DEATHS, i, 0), world.timeline[r].killed)
            dead = min(dead, state.group_place[g, p].men)
            state.group_place[g, p].men -= dead
            count_dead(world, state, day, g, dead)
            if day >= world.run[0].observe_day:
                state.run[0].killed_clashes += dead
        harm = poisson(
            uniform(key, day, process.SIEGE_CIVILIANS, i, 0), world.timeline[r].civilians
        )
        harm = min(harm, state.place[p].population)
        state.place[p].population -= harm
        state.place[p].harm += harm
        state.place[p].alarm += 1.0
        row = emit(log, day, ATTACK, -1, g, p, -1, -1, dead)
        terms(log, row, harm, 0.0, 0.0, 0.0)
        cause(log, row, state.place[p].siege_event, 1.0)


@kernel
def flee(world, state, key, day, p):
    """Some of the people of a place that was hit leave it."""
    alarm = state.place[p].alarm
    chance = world.behaviour[0].civilians_flee_clash * alarm
    if state.place[p].besieged >= 0:
        chance += world.behaviour[0].civilians_flee_siege
    if state.place[p].harm > 0:
        people = max(1, state.place[p].population)
        chance += world.behaviour[0].civilians_flee_death * state.place[p].harm / people * THOUSAND
    if chance > 0:
        gone = binomial(uniform(key, day, process.FLIGHT, p, 0), state.place[p].population, chance)
        state.place[p].population -= gone
        state.place[p].displaced += gone


@kernel
def come_back(world, state, key, day, p):
    """The displaced return, not into a siege."""
    if state.place[p].displaced > 0 and state.place[p].besieged < 0:
        back = binomial(
            uniform(key, day, process.RETURN, p, 0),
            state.place[p].displaced,
            world.behaviour[0].civilians_return_per_day,
        )
        state.place[p].displaced -= back
        state.place[p].population += back


@kernel
def emigrate(world, state, key, day, x):
    """A share of those who cross does not come back."""
    first = state.crossing[x].first_today
    second = state.crossing[x].people - first
    for e in range(2):
        p = world.crossing_end[x, e].place
        departed = second if e == 0 else first
        gone = binomial(
            uniform(key, day, process.EMIGRATION, x, e), departed, world.run[0].emigrants
        )
        gone = min(gone, state.place[p].population)
        state.place[p].population -= gone
        state.place[p].emigrated += gone


@kernel
def civilians(world, state, log, key, day):
    """What the day did to people."""
    for p in range(world.place.shape[0]):
        if state.place[p].besieged >= 0:
            press_siege(world, state, log, key, day, p)
        if state.place[p].alarm > 0 or state.place[p].besieged >= 0:
            flee(world, state, key, day, p)
        come_back(world, state, key, day, p)
        state.place[p].dead += state.place[p].harm
        if day >= world.run[0].observe_day:
            state.place[p].killed += state.place[p].harm
        state.place[p].harm = 0
        state.place[p].alarm = 0.0
    for x in range(world.crossing.shape[0]):
        emigrate(world, state, key, day, x)
