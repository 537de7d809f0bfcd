"""Planned maintenance (mechanism 9): it falls due, and waits until the machine may stop."""

from __future__ import annotations

from plantwright.codes import (
    BY_BUSY,
    BY_CALENDAR,
    BY_CLOCK,
    FALLEN_DUE,
    IN_LOAD,
    IN_WORK,
    LEFT_OUT,
    STRUCK,
    TOGETHER,
    UP,
)
from tests.oracle import failures, repairs, uptimes, work
from tests.oracle.states import settle


def fall_due(run, stop):
    """Maintenance is due: it begins, waits for the machine to finish its part, or is left out, as declared."""
    machine = stop.members[0]
    if stop.by == BY_CALENDAR:
        stop.dates_over += 1
    if uptimes.is_gone(stop):
        return
    if is_left_out(machine, stop):
        uptimes.await_date(run, stop)
        return
    stop.condition = FALLEN_DUE
    if stop.by == BY_BUSY and not may_stop(run, machine, stop):  # it works on, until it may stop
        work.stop(run, machine)
        work.run_on(run, machine)
    heed(run, machine)


def is_off(machine):
    """Off shift, and not finishing what the shift began."""
    return not machine.station.on and not machine.running


def is_left_out(machine, stop):
    """Whether maintenance that falls due off shift, or during a repair, is not done at all."""
    in_repair = machine.stops_now > machine.maintenance_now
    return (stop.skips_off_shift and is_off(machine)) or (stop.during_repair == LEFT_OUT and in_repair)


def may_stop(run, machine, stop):
    """Whether a machine can be stopped now, or has to finish its part, or its repair, first."""
    if machine.stops_now > machine.maintenance_now:  # it is being mended
        return stop.during_repair == TOGETHER
    if machine.maintenance_now > 0 or stop.interrupts or not work.is_at_work(machine):
        return True
    if is_off(machine):
        return stop.runs_off_shift
    return stop.by == BY_BUSY and has_just_begun(run, machine)


def has_just_begun(run, machine):
    """Whether the machine begins an operation at this very instant: nothing of it is done yet."""
    first = IN_WORK if machine.operation.loading is None else IN_LOAD
    begins = machine.running and machine.running_since == run.now
    return begins and machine.phase == first and machine.remaining == machine.duration


def heed(run, machine):
    """Begin the maintenance of a machine that is due and can begin."""
    for stop in machine.failures:
        if stop.condition == FALLEN_DUE and may_stop(run, machine, stop):
            begin(run, machine, stop)


def begin(run, machine, stop):
    """The machine stops for maintenance, which begins or waits for its people."""
    run.note(STRUCK, who=stop.number)
    machine.maintenance_now += 1
    failures.stop_machine(run, machine)
    repairs.stop_ageing(run, machine, stop)
    settle(run, machine)
    repairs.begin_or_ask(run, stop)


def end(run, stop):
    """Maintenance is over: failures that it prevents count anew from now on."""
    machine = stop.members[0]
    machine.maintenance_now -= 1
    for failure in stop.renews:
        if failure.condition == UP and failure.uptimes_drawn > 0:
            if failure.event is not None:
                failure.event.is_void = True
            failure.paused = False
            failure.struck = run.now
            uptimes.begin(run, failure)
            if failure.by == BY_CLOCK:  # the maintenance itself still counts as a stop
                repairs.pause(run, failure)
