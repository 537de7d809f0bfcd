"""Failures strike and are mended (mechanism 9): of one machine or vehicle, or of several together."""

from __future__ import annotations

from plantwright.codes import BY_COUNT, EMPTY, FINISHED, IN_SETUP, IN_WORK, MENDED, REPEAT, SCRAP_WORK, STRUCK, UP
from tests.oracle import maintenance, move, people, presence, repairs, transport, uptimes, work
from tests.oracle.states import settle


def fall_due(run, failure):
    """A failure strikes; maintenance begins, or waits until it can."""
    if failure.planned:
        maintenance.fall_due(run, failure)
    elif not uptimes.is_gone(failure):
        strike(run, failure)


def strike(run, failure):
    """A failure strikes: its machines stop, and the repair begins or waits for people."""
    run.note(STRUCK, who=failure.number)
    failure.struck = run.now
    for thing in failure.members:
        if failure.carrier:
            transport.break_down(run, thing)
        else:
            break_down(run, thing, failure.then)
        repairs.stop_ageing(run, thing, failure)
        if not failure.carrier:
            settle(run, thing)
    repairs.begin_or_ask(run, failure)


def break_down(run, machine, then):
    """A machine stops in the middle of what it does."""
    stop_machine(run, machine)
    lose_work(run, machine, then)


def stop_machine(run, machine):
    """A machine stops, for a failure or for maintenance; its people may help elsewhere."""
    work.interrupt(run, machine)
    presence.leave_idle(machine)
    machine.stops_now += 1
    machine.finishing = False


def strike_by_count(run, machine):
    """What is counted in operations is due as an operation begins, before any of its time has passed."""
    due = uptimes.next_counted(machine, BY_COUNT)
    while due is not None and machine.phase == IN_WORK and machine.running and machine.starts >= due.due:
        fall_due(run, due)
        due = uptimes.next_counted(machine, BY_COUNT)


def lose_work(run, machine, then):
    """Work that has begun is resumed, or begun anew, or the parts are scrapped; setups are never lost."""
    if not work.is_at_work(machine) or machine.phase == IN_SETUP or machine.remaining is None:
        return
    if then == REPEAT:
        machine.remaining = machine.duration
    elif then == SCRAP_WORK:
        work.stop_asking(run, machine)
        work.drop(run, machine)
        for part in list(machine.parts):
            move.scrap(run, part)
        machine.parts.clear()
        machine.phase = EMPTY
        move.give_up_place(run, machine)


def repaired(run, failure):
    """A repair or maintenance ends: people go, machines work on or are free."""
    run.note(MENDED, who=failure.number)
    failure.condition = UP
    people.let_go(run, failure.repairers)
    uptimes.begin(run, failure)
    if failure.planned:
        maintenance.end(run, failure)
    for thing in failure.members:
        thing.stops_now -= 1
        if failure.carrier:
            transport.mended(run, thing, failure)
        else:
            mended(run, thing, failure)


def mended(run, machine, failure):
    """One reason less for which a machine stands still; with the last one gone it goes on."""
    maintenance.heed(run, machine)
    if machine.stops_now > 0:
        if not failure.is_shared:
            repairs.pause(run, failure)
        settle(run, machine)
        return
    repairs.age_on(run, machine)
    if machine.phase == EMPTY:
        presence.join_idle(run, machine)
    elif machine.phase != FINISHED:
        work.go_on(run, machine)
    settle(run, machine)
    strike_by_count(run, machine)
