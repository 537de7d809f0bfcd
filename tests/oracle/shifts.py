"""Calendars (mechanism 10): crews, carriers and stations go on and off shift."""

from __future__ import annotations

from plantwright.codes import CALENDAR, FOREVER, INTERRUPT, SHIFT, UP
from tests.oracle import failures, maintenance, people, repairs, transport, work
from tests.oracle.states import settle


def plan_next_change(run, calendar):
    changes = calendar.changes[calendar.changed :]
    turn_at(run, calendar, changes[0] if changes else FOREVER)


def turn_at(run, calendar, time):
    calendar.turns = time
    if time < FOREVER:
        run.schedule(time, CALENDAR, change, calendar)


def goes_on(run, calendar):
    """Whether the shift that would end now is made longer, since work has piled up; if so it ends later."""
    if not calendar.on or calendar.is_longer or not any(calendar.ends_shift[calendar.changed : calendar.changed + 1]):
        return False
    extra = max((rule.extra for rule in calendar.overtime if is_called_for(run, rule)), default=0)
    if extra == 0:
        return False
    next_shift = calendar.changes[calendar.changed + 1 : calendar.changed + 2]
    if next_shift and next_shift[0] <= run.now + extra:  # it follows at once
        calendar.changed += 2
        plan_next_change(run, calendar)
    else:
        calendar.is_longer = True
        turn_at(run, calendar, run.now + extra)
    return True


def is_called_for(run, rule):
    level = rule.queue.waiting if rule.queue else rule.backlog.owed
    return rule.begin <= run.now < rule.end and level > rule.above


def change(run, calendar):
    """A calendar turns on or off, for its crews first, so that people are there to start; or its shift goes on."""
    if goes_on(run, calendar):
        return
    calendar.is_longer = False
    calendar.on = not calendar.on
    calendar.changed += 1
    run.note(SHIFT, who=calendar.number, value=int(calendar.on))
    for crew in calendar.crews:
        people.come_or_leave(run, crew, calendar.on)
    for carrier in calendar.carriers:
        turn_carrier(run, carrier, calendar.on)
    for station in calendar.stations:
        if calendar.on:
            turn_on(run, station)
        else:
            turn_off(run, station)
    plan_next_change(run, calendar)


def own_failures(thing):
    """Failures of a machine or vehicle that know shifts; those of a group at its first member."""
    return [failure for failure in thing.failures if failure.members[0] is thing]


def turn_off(run, station):
    """The shift ends: work is interrupted or will be finished, clocks that pause stand still."""
    for machine in station.machines:
        for failure in own_failures(machine):
            stop_clock(run, failure)
    station.on = False
    for machine in station.machines:
        if station.end_of_shift == INTERRUPT:
            work.interrupt(run, machine)
        elif machine.running:
            machine.finishing = True
        maintenance.heed(run, machine)
        settle(run, machine)


def turn_on(run, station):
    """The shift begins: interrupted work goes on, clocks run again."""
    station.on = True
    for machine in station.machines:
        machine.finishing = False
        for failure in own_failures(machine):
            restart_clock(run, failure, machine)
        work.go_on(run, machine)
        settle(run, machine)
        failures.strike_by_count(run, machine)


def turn_carrier(run, carrier, on):
    """A carrier's shift begins or ends: vehicles under way come back, parked ones stand or go."""
    if carrier.away or carrier.on == on:
        return
    carrier.on = on
    for vehicle in carrier.vehicles:
        for failure in own_failures(vehicle):
            if on:
                restart_clock(run, failure, vehicle)
            else:
                stop_clock(run, failure)
    if on:
        transport.dispatch(run, carrier)


def stop_clock(run, failure):
    """Failures and repairs that pause off shift stand still; time off shift does not count from the last failure on."""
    if not failure.runs_off_shift:
        if failure.condition != UP:
            failure.struck -= run.now
        repairs.pause(run, failure)


def restart_clock(run, failure, thing):
    if not failure.runs_off_shift and failure.condition != UP:
        failure.struck += run.now
    if failure.condition != UP or failure.is_shared or thing.stops_now == 0:
        repairs.resume(run, failure)
