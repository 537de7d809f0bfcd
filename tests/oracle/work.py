"""The work on a machine: setup, loading, the operation itself, unloading, and the people each of them needs."""

from __future__ import annotations

from plantwright.codes import (
    BY_BUSY,
    COMPLETE,
    DRAW_LOAD,
    DRAW_SETUP,
    DRAW_UNLOAD,
    DRAW_WORK,
    EMPTY,
    FAIL,
    FINISHED,
    IN_LOAD,
    IN_SETUP,
    IN_UNLOAD,
    IN_WORK,
)
from tests.oracle import failures, learning, outcome, people, tools, uptimes
from tests.oracle.draw import whole
from tests.oracle.states import settle


def setup_of(machine, operation):
    """The law of the change of family that a machine needs before an operation; None without."""
    return machine.station.setups.get((machine.family, operation.family))


def needs_setup(run, machine, operation):
    """Whether a machine has to change its family, or to mount tools, before an operation."""
    changes = setup_of(machine, operation) is not None
    return changes or tools.mounting_time(run, machine, operation) is not None


def first_phase(run, machine, operation):
    if needs_setup(run, machine, operation):
        return IN_SETUP
    return IN_WORK if operation.loading is None else IN_LOAD


def phase_after(operation, phase):
    """The phase that follows; None when the operation is over."""
    if phase == IN_SETUP and operation.loading is not None:
        return IN_LOAD
    if phase in (IN_SETUP, IN_LOAD):
        return IN_WORK
    return IN_UNLOAD if phase == IN_WORK and operation.unloading is not None else None


def is_at_work(machine):
    """Whether an operation is under way, running or not."""
    return machine.phase not in (EMPTY, FINISHED)


def may_run(machine):
    """Up, and on shift or finishing what the shift began."""
    return machine.stops_now == 0 and (machine.station.on or machine.finishing)


# How long it takes


def work_time(run, machine, operation, number, pieces):
    """Time of the operation's start of that number."""
    if operation.work is None:
        return 0
    time = run.draws.sample(operation.work, DRAW_WORK, operation.number, number)
    if operation.per_piece:
        time *= pieces
    return whole(time / machine.speed)


def setup_time(run, machine, operation):
    """Time of the change of family, mounting of tools left out; changes are numbered by themselves."""
    law = setup_of(machine, operation)
    if law is None:
        return 0
    return run.draws.ticks(law, DRAW_SETUP, operation.number, operation.setups + 1)


def phase_time(run, machine, operation, phase, number, pieces, ahead=0):
    """Time of a phase after the setup, of the operation's start of that number."""
    if phase == IN_LOAD:
        time = run.draws.ticks(operation.loading, DRAW_LOAD, operation.number, number)
    elif phase == IN_UNLOAD:
        time = run.draws.ticks(operation.unloading, DRAW_UNLOAD, operation.number, number)
    else:
        time = work_time(run, machine, operation, number, pieces)
    return learning.learned(operation, phase, time, ahead)


def time_ahead(run, machine, operation, pieces):
    """How long the next start of an operation would take, from setup to unloading."""
    time = setup_time(run, machine, operation) + (tools.mounting_time(run, machine, operation) or 0)
    phase = phase_after(operation, IN_SETUP)
    while phase is not None:
        time += phase_time(run, machine, operation, phase, operation.starts + 1, pieces, ahead=1)
        phase = phase_after(operation, phase)
    return time


def duration(run, machine):
    """Draw how long the present phase takes."""
    operation = machine.operation
    if machine.phase != IN_SETUP:
        number, pieces = machine.start_number, machine.parts[0].pieces
        return phase_time(run, machine, operation, machine.phase, number, pieces)
    time = machine.mounting + setup_time(run, machine, operation)
    if setup_of(machine, operation) is not None:
        operation.setups += 1
    return time


# Phase after phase


def enter_phase(run, machine, phase):
    """Go into a phase; how long it takes is drawn when it is really begun."""
    machine.phase = phase
    machine.remaining = None
    go_on(run, machine)
    settle(run, machine)
    failures.strike_by_count(run, machine)


def go_on(run, machine):
    """Work on if nothing but people is missing; without them the machine asks, and holds nobody meanwhile."""
    if not is_at_work(machine) or machine.running or machine.asking or not may_run(machine):
        return
    if hold_people(run, machine):
        run_on(run, machine)
    else:
        release_people(run, machine)
        machine.asking = True
        run.asking.append(machine)


def run_on(run, machine):
    """Run with what remains of the phase: to its end, or to the failure by busy time that comes before it."""
    if machine.remaining is None:
        machine.duration = duration(run, machine)
        machine.remaining = machine.duration
    machine.running = True
    machine.running_since = run.now
    failure = uptimes.next_counted(machine, BY_BUSY)
    if failure is not None and machine.phase != IN_SETUP and failure.due - machine.busy_time < machine.remaining:
        time = run.now + failure.due - machine.busy_time
        machine.event = run.schedule(time, FAIL, failures.fall_due, failure)
    else:
        machine.event = run.schedule(run.now + machine.remaining, COMPLETE, complete, machine)


def stop(run, machine):
    """Stop in the middle of a phase; what remains is kept."""
    if not machine.running:
        return
    passed = run.now - machine.running_since
    machine.running = False
    machine.remaining -= passed
    machine.event.is_void = True
    if machine.phase != IN_SETUP:
        machine.busy_time += passed


def interrupt(run, machine):
    """Stop, and let people help elsewhere until it goes on."""
    stop(run, machine)
    release_people(run, machine)


def complete(run, machine):
    """A phase is over: the next one, or the end of the operation."""
    machine.running = False
    if machine.phase == IN_SETUP:
        machine.family = machine.operation.family
    else:
        machine.busy_time += run.now - machine.running_since
    people.let_go(run, machine.helpers)
    following = phase_after(machine.operation, machine.phase)
    if following is not None:
        enter_phase(run, machine, following)
    else:
        outcome.end_operation(run, machine)


# Who is needed


def helpers_needed(machine):
    """People needed for the present phase only."""
    if machine.phase == IN_SETUP:
        return machine.station.setup_people
    if machine.phase == IN_WORK:
        return []
    return machine.operation.attendants


def crew_needed(machine):
    """People needed from the end of the setup to the end of the operation."""
    return [] if machine.phase == IN_SETUP else machine.operation.people


def choose_people(machine):
    """Those whom the present phase needs and who are not held yet: for all of the operation, and as helpers.

    None if not all of them can be had together.
    """
    crew = people.choose(crew_needed(machine)) if not machine.crew else []
    if crew is None:
        return None
    for each, amount in crew:  # whoever comes for all of the operation does not come as a helper too
        each.held += amount
    helpers = people.choose(helpers_needed(machine)) if not machine.helpers else []
    for each, amount in crew:
        each.held -= amount
    return None if helpers is None else (crew, helpers)


def hold_people(run, machine):
    """Hold everybody whom the present phase needs, or nobody more: True when all are there."""
    chosen = choose_people(machine)
    if chosen is None:
        return False
    crew, helpers = chosen
    people.hold(run, crew)
    people.hold(run, helpers)
    machine.crew += crew
    machine.helpers += helpers
    return True


def release_people(run, machine):
    people.let_go(run, machine.helpers)
    people.let_go(run, machine.crew)


def stop_asking(run, machine):
    if machine.asking:
        machine.asking = False
        run.asking.remove(machine)


def serve_asking(run):
    """Let the machine go on that asked first of those whose people can be had: True when one did."""
    for machine in run.asking:
        if may_run(machine) and hold_people(run, machine):
            stop_asking(run, machine)
            run_on(run, machine)
            settle(run, machine)
            failures.strike_by_count(run, machine)
            return True
    return False


def drop(run, machine):
    """The operation is over or lost: everything it holds is let go."""
    release_people(run, machine)
    machine.finishing = False
    tools.give_back(run, machine)
