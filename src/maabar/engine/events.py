"""The log: what happened, on what terms, because of what; and decisions that a run forbids."""

from __future__ import annotations

from maabar.engine.kernel import kernel
from maabar.variables import EVENTS

(
    STRIKE,
    POSITIONS_MOVED,
    WEAPONS_HIDDEN,
    MOVED_BESIDE,
    MEN_HIDDEN,
    MOVED_OPEN,
    HQ_MOVED,
    FLAG_RAISED,
    REALIGNMENT,
    MEETING,
    AGREEMENT,
    BREAKDOWN,
    CLASH,
    TAKEOVER,
    WITHDRAWAL,
    VACATED,
    CLOSURE,
    OPENING,
    PAY_CHANGE,
    TOLL_CHANGE,
    CHANGE,
    SIEGE,
    SIEGE_LIFTED,
    ATTACK,
    PRISON_RELEASE,
    UNPAID,
) = range(len(EVENTS))


@kernel
def emit(log, day, kind, actor, target, place, crossing, end, amount):
    """Write an event and return its row in the replicate; a full log only counts.

    Parameters
    ----------
    day : int
        Day of the run, counted from the start of the warm-up.
    kind : int
        Row of `maabar.variables.EVENTS`.
    actor, target, place, crossing, end : int
        Indices; -1 where there is none.
    amount : float
        What the kind says it is.
    """
    head = log.head
    row = head[0].events - head[0].first_event
    at = head[0].events
    head[0].events += 1
    if at >= log.event.shape[0]:
        head[0].full = 1
        return row
    event = log.event
    event[at].replicate = head[0].replicate
    event[at].row = row
    event[at].day = day - head[0].observe_day
    event[at].kind = kind
    event[at].actor = actor
    event[at].target = target
    event[at].place = place
    event[at].crossing = crossing
    event[at].end = end
    event[at].amount = amount
    event[at].term_0 = 0.0
    event[at].term_1 = 0.0
    event[at].term_2 = 0.0
    event[at].term_3 = 0.0
    event[at].term_4 = 0.0
    event[at].term_5 = 0.0
    event[at].term_6 = 0.0
    event[at].term_7 = 0.0
    return row


@kernel
def terms(log, row, t0, t1, t2, t3):
    """Write the first four terms of a decision."""
    at = log.head[0].first_event + row
    if at < log.event.shape[0]:
        log.event[at].term_0 = t0
        log.event[at].term_1 = t1
        log.event[at].term_2 = t2
        log.event[at].term_3 = t3


@kernel
def more_terms(log, row, t4, t5, t6, t7):
    """Write the last four terms of a decision."""
    at = log.head[0].first_event + row
    if at < log.event.shape[0]:
        log.event[at].term_4 = t4
        log.event[at].term_5 = t5
        log.event[at].term_6 = t6
        log.event[at].term_7 = t7


@kernel
def cause(log, row, earlier, weight):
    """Say that event `earlier` (-1: none) moved event `row`, with a weight of at least 0."""
    if earlier < 0 or earlier >= row:
        return
    at = log.head[0].causes
    log.head[0].causes += 1
    if at >= log.cause.shape[0]:
        log.head[0].full = 1
        return
    log.cause[at].replicate = log.head[0].replicate
    log.cause[at].row = row
    log.cause[at].cause = earlier
    log.cause[at].weight = weight


@kernel
def vetoed(world, day, process, i, j):
    """True where the run forbids this decision (`world.veto`)."""
    for k in range(world.veto.shape[0]):
        if (
            world.veto[k].day == day
            and world.veto[k].process == process
            and world.veto[k].i == i
            and world.veto[k].j == j
        ):
            return True
    return False
