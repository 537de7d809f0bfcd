"""Who is there: idle machines, and machines, crews and tools that come and leave at dates (mechanisms 1, 11, 19)."""

from __future__ import annotations

from plantwright.codes import CALENDAR, UP
from tests.oracle import move, people, shifts, tools, uptimes
from tests.oracle.plant import Carrier, Crew, Machine
from tests.oracle.states import settle


def number_here(station):
    return sum(not machine.absent for machine in station.machines)


def join_idle(run, machine):
    """The machine has nothing to do: the last one to be used next. It goes if its last day is over."""
    idle = machine.station.idle_machines
    if machine in idle or machine.absent:
        return
    if run.now >= machine.gone_from:
        depart(run, machine)
    else:
        idle.append(machine)


def leave_idle(machine):
    if machine in machine.station.idle_machines:
        machine.station.idle_machines.remove(machine)


def depart(run, machine):
    """The machine is gone; with the last one its station closes."""
    machine.absent = True
    if number_here(machine.station) == 0:
        run.schedule(run.now, CALENDAR, send_elsewhere, machine.station)


# Dates


def plan_next_coming(run):
    if run.came < len(run.plant.comings):
        run.schedule(run.plant.comings[run.came].time, CALENDAR, come_or_leave)


def come_or_leave(run):
    """The next thing in order of date comes or leaves."""
    coming = run.plant.comings[run.came]
    run.came += 1
    if isinstance(coming.what, Machine):
        if coming.by > 0:
            machine_comes(run, coming.what)
        else:
            machine_leaves(run, coming.what)
    elif isinstance(coming.what, Crew):
        crew_comes_or_leaves(run, coming.what, coming.by)
    elif isinstance(coming.what, Carrier):
        carrier_comes_or_leaves(run, coming.what, coming.by)
    else:
        tools.come_or_leave(run, coming.what, coming.by)
    plan_next_coming(run)


def machine_comes(run, machine):
    """Its first day: its station may use it, and its failures begin to count."""
    if number_here(machine.station) == 0:
        call_in(run, machine.station)
    machine.absent = False
    for failure in machine.failures:
        if failure.uptimes_drawn == 0 and failure.condition == UP:
            uptimes.begin(run, failure)
    if machine.stops_now == 0:
        join_idle(run, machine)
    settle(run, machine)


def call_in(run, station):
    """A station opens: parts that wait where nobody is, and whose operation it can do, come to it."""
    sharing = [
        other
        for other in run.plant.stations
        if other is not station
        and any({station, other} <= {place[0] for place in operation.places} for operation in run.plant.operations)
    ]
    for other in sharing:
        if number_here(other) == 0:
            run.schedule(run.now, CALENDAR, send_elsewhere, other)


def machine_leaves(run, machine):
    """Its last day is over: it goes if it is idle, else once its part has left it and it is up."""
    if machine in machine.station.idle_machines:
        leave_idle(machine)
        depart(run, machine)
        settle(run, machine)


def send_elsewhere(run, station):
    """A station has closed: parts that wait there, or for a carrier to it, go to another one, once there is one."""
    for lane in station.lanes:
        for part in list(lane.parts):
            if any(number_here(other) > 0 for other, _ in part.operation.places):
                lane.parts.remove(part)
                move.send_to_operation(run, part, part.operation)
    for carrier in run.plant.carriers:
        for part in list(carrier.waiting):
            if part.place[0] is station and any(number_here(other) > 0 for other, _ in part.operation.places):
                carrier.waiting.remove(part)
                station.coming -= 1
                move.send_to_operation(run, part, part.operation)


def crew_comes_or_leaves(run, crew, by):
    """Its first day, or the end of its last one; who is held then finishes what he does."""
    crew.away = by < 0
    people.come_or_leave(run, crew, crew.on)
    if by > 0:
        people.plan_next_day(run, crew)


def carrier_comes_or_leaves(run, carrier, by):
    """Its first day, or the end of its last one; vehicles under way come back."""
    if by < 0:
        shifts.turn_carrier(run, carrier, False)
        carrier.away = True
        return
    carrier.away = False
    for vehicle in carrier.vehicles:
        for failure in vehicle.failures:
            if failure.uptimes_drawn == 0:
                uptimes.begin(run, failure)
    shifts.turn_carrier(run, carrier, carrier.calendar is None or carrier.calendar.on)
