"""When failures and maintenance are due next (mechanism 9), each by its own clock."""

from __future__ import annotations

from plantwright.codes import BY_BUSY, BY_CALENDAR, BY_CLOCK, BY_COUNT, DRAW_UPTIME, FAIL, IN_UNLOAD, UP
from tests.oracle import failures, work
from tests.oracle.draw import whole


def source_of(failure):
    """Whose random numbers a failure uses: its place in its station's list, and that of its (first) machine."""
    return failure.place * 64 + failure.ordinal % 64, failure.members[0].ordinal


def draw_uptime(run, failure):
    owner, ordinal = source_of(failure)
    uptime = run.draws.sample(failure.uptime, DRAW_UPTIME, owner, failure.uptimes_drawn, ordinal)
    failure.uptimes_drawn += 1
    return whole(uptime)


def counted_on(machine, by):
    """Failures of a kind that are up and counted on this machine (those of a group on its first machine)."""
    return [
        failure
        for failure in machine.failures
        if failure.by == by and failure.condition == UP and failure.members[0] is machine
    ]


def next_counted(machine, by):
    """The failure by busy time, or by count, that is due first; None without."""
    return min(counted_on(machine, by), key=lambda failure: failure.due, default=None)


def is_gone(failure):
    """Whether none of its machines (or vehicles) is there, so that it cannot strike."""
    if failure.carrier is not None:
        return failure.carrier.away
    return all(machine.absent for machine in failure.members)


def begin(run, failure):
    """Draw, or look up, when a failure is due next."""
    if failure.by == BY_CALENDAR:
        failure.uptimes_drawn += 1
        await_date(run, failure)
        return
    first = failure.members[0]
    uptime = draw_uptime(run, failure)
    if failure.by == BY_BUSY:
        failure.due = first.busy_time + uptime
    elif failure.by == BY_COUNT and failure.carrier:
        failure.due = first.trips + max(uptime, 1)
    elif failure.by == BY_COUNT:
        has_begun = work.is_at_work(first) and first.phase != IN_UNLOAD
        failure.due = first.starts + max(uptime, 1)
        if not has_begun:  # the next start is not one that is over
            failure.due += 1
        if failure.planned:  # maintenance waits for the end of an operation: it is due with the start of the last one
            failure.due -= 1
    else:
        await_clock(run, failure, uptime)


def await_clock(run, failure, uptime):
    """By the clock: from now on or, ``counted-from: start``, from the last time on."""
    failure.due = run.now + uptime
    if failure.from_start and failure.uptimes_drawn > 1:
        failure.due = failure.struck + uptime
        while failure.due <= run.now:  # one that falls due during a repair is dropped
            failure.due += max(draw_uptime(run, failure), 1)
    if stands_still(failure):
        failure.paused = True
        failure.left = failure.due - run.now
    else:
        failure.event = run.schedule(failure.due, FAIL, failures.fall_due, failure)


def await_date(run, failure):
    """Maintenance by the calendar: the next date that is not over."""
    while failure.dates_over < len(failure.dates) and failure.dates[failure.dates_over] < run.now:
        failure.dates_over += 1
    if failure.dates_over < len(failure.dates):
        time = failure.dates[failure.dates_over]
        failure.event = run.schedule(time, FAIL, failures.fall_due, failure)


def stands_still(failure):
    """Whether a failure's clock and repairs pause now, because its station or carrier is off shift."""
    if failure.runs_off_shift:
        return False
    return not (failure.carrier or failure.station).on


def is_ageing(failure):
    return failure.condition == UP and failure.by == BY_CLOCK
