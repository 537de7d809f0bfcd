"""The oracle: a plant simulated slowly and obviously, event by event, to be compared with the engine line by line.

It looks for everything that can move after every event, instead of keeping notes of what may have changed.
"""

from __future__ import annotations

from plantwright.codes import IDLE, NONE, OFF, STATE
from tests.oracle import (
    deadlock,
    lacks,
    move,
    people,
    plan,
    presence,
    release,
    repairs,
    shifts,
    start,
    stocks,
    tools,
    transport,
    uptimes,
    work,
)
from tests.oracle.reading import Reader
from tests.oracle.run import Run


def simulate(world, *, seed, replication, until, most_lines=None):
    """Run a lowered plant to a time [ticks], to a deadlock, or through the instant in which its trace gets too long.

    Returns
    -------
    list of tuple, int, Counter
        The trace as lines (time, code, part, who, what, value); the time reached [ticks]; and machine time without
        each thing (``lacks.Waits``). [ticks]
    """
    run = Run(Reader(world).plant(), seed, replication)
    waits = lacks.Waits()
    begin(run)
    settle_all(run)
    waits.look(run)
    if deadlock.is_deadlocked(run):
        return run.trace, run.now, waits.ticks
    while (event := run.next_event(until)) is not None:
        run.now = event.time
        if event.is_void:
            continue
        event.happen(run, *event.arguments)
        settle_all(run)
        waits.look(run)
        if deadlock.is_deadlocked(run):
            return run.trace, run.now, waits.ticks
        if most_lines is not None and len(run.trace) > most_lines:
            until = run.now
    waits.pass_on(until)
    return run.trace, until, waits.ticks


def begin(run):
    """The first instant: everything is empty, and whatever has a clock of its own begins to count."""
    plant = run.plant
    for station in plant.stations:
        open_station(run, station)
    for crew in plant.crews:
        open_crew(run, crew)
    for carrier in plant.carriers:
        carrier.on = not carrier.away and (carrier.calendar is None or carrier.calendar.on)
        carrier.free = list(carrier.vehicles)
    for tool in plant.tools:
        tools.open_tool(tool)
    for calendar in plant.calendars:
        shifts.plan_next_change(run, calendar)
    for failure in plant.failures:
        if not uptimes.is_gone(failure):
            uptimes.begin(run, failure)
    presence.plan_next_coming(run)
    for item in plant.items:
        stocks.reorder(run, item)
    for source in plant.releases:
        release.plan_first(run, source)
    plan.look_when_times_come(run)
    for demand in plant.demands:
        stocks.plan_next_order(run, demand)


def open_station(run, station):
    station.on = station.calendar is None or station.calendar.on
    for machine in station.machines:
        machine.absent = machine.first_day > 0
        presence.join_idle(run, machine)
        machine.state = IDLE if station.on and not machine.absent else OFF
        run.note(STATE, who=machine.number, what=NONE, value=machine.state)


def open_crew(run, crew):
    crew.on = crew.calendar is None or crew.calendar.on
    if crew.on:
        people.come_or_leave(run, crew, True)
        people.plan_next_day(run, crew)


def settle_all(run):
    """The plant settles: until nothing can move any more, the first thing of this list that can happen happens."""
    while move.move_blocked(run) or let_one_in(run) or serve_people(run) or start.start_one(run):
        pass


def let_one_in(run):
    """Parts enter, releases in the order of the document, products that compete last."""
    for source in run.plant.releases:
        if source.launcher is None and release.let_in(run, source):
            return True
    return any(release.launch(run, launcher) for launcher in run.plant.launchers)


def serve_people(run):
    """People who are free go to repairs, then to work that waits for them, then to carriers."""
    return repairs.serve(run) or work.serve_asking(run) or transport.serve_drivers(run)
