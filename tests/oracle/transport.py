"""Ways between stations (mechanism 12): parts set out by themselves or on carriers, to a place kept for them."""

from __future__ import annotations

from plantwright.codes import (
    ARRIVE,
    BY_COUNT,
    CARRIED,
    CARRIER_FREE,
    DRAW_RETURN,
    DRAW_TRAVEL,
    ON_WAY_BACK,
    ON_WAY_OUT,
    PARKED,
    SET_OUT,
    UP,
)
from tests.oracle import failures, move, people, presence, queues, repairs


def way_to(run, part, station):
    """The way from where a part is to a station; None where it moves in no time, also from the end of a conveyor."""
    return None if part.conveyor else run.plant.ways.get((part.comes_from, station))


def set_out(run, part, way):
    """A part begins its way: by itself, or on a carrier, for which it waits where it is."""
    if way.carrier is None:
        move.come_off(run, part)
        depart(run, part, way)
        run.schedule(run.now + time_of(run, way), ARRIVE, arrive, [part])
    else:
        way.carrier.waiting.append(part)
        dispatch(run, way.carrier)


def depart(run, part, way):
    run.note(SET_OUT, part=part, who=part.place[0].number, what=way.number, value=part.pieces)


def time_of(run, way):
    way.trips += 1
    return run.draws.ticks(way.time, DRAW_TRAVEL, way.number, way.trips)


def arrive(run, parts):
    """Parts reach the end of their way and enter the queue in which their place was kept."""
    for part in parts:
        station = part.place[0]
        station.coming -= 1
        if presence.number_here(station) == 0 and len(part.operation.places) > 1:  # its machines have left meanwhile
            move.send_to_operation(run, part, part.operation)
        else:
            queues.join(run, part, part.place)


# Carriers


def dispatch(run, carrier):
    """Vehicles set out at once where they need no drivers; else when the plant settles, after repairs."""
    if not carrier.people:
        send_out(run, carrier)


def may_set_out(carrier):
    """Whether a part waits and a vehicle is free; only a driver may be missing."""
    return bool(carrier.waiting and carrier.on and carrier.free)


def send_out(run, carrier):
    """Free vehicles set out, with their drivers, for the parts that wait, first come first served: True if one did."""
    some = False
    while may_set_out(carrier) and take_drivers(run, carrier.free[0]):
        drive(run, carrier.free.pop(0))
        some = True
    return some


def take_drivers(run, vehicle):
    """Hold those who drive: True when they are there."""
    drivers = people.choose(vehicle.carrier.people)
    if drivers is None:
        return False
    people.hold(run, drivers)
    vehicle.drivers = drivers
    return True


def could_drive(vehicle):
    """Whether a vehicle waits for nothing but a driver who is free."""
    carrier = vehicle.carrier
    waits = vehicle.asking or (vehicle in carrier.free and may_set_out(carrier))
    return bool(waits and carrier.people) and people.choose(carrier.people) is not None


def serve_drivers(run):
    """Vehicles that stand on their way go on, then carriers set out: True when one did."""
    some = False
    for carrier in run.plant.carriers:
        for vehicle in carrier.vehicles:
            some |= vehicle.asking and drive_on(run, vehicle)
    for carrier in run.plant.carriers:
        some |= send_out(run, carrier)
    return some


def drive(run, vehicle):
    """A vehicle takes the first waiting part, and others with the same way, up to its load."""
    carrier = vehicle.carrier
    start, goal = carrier.waiting[0].comes_from, carrier.waiting[0].place[0]
    way = run.plant.ways[start, goal]
    same = [part for part in carrier.waiting if part.comes_from is start and part.place[0] is goal]
    vehicle.aboard = same[: carrier.load]
    for part in vehicle.aboard:
        carrier.waiting.remove(part)
        depart(run, part, way)
        move.come_off(run, part)
    carrier.trips += 1
    vehicle.trips += 1
    vehicle.phase = ON_WAY_OUT
    vehicle.left = vehicle.back = time_of(run, way)
    if carrier.way_back is not None:
        vehicle.back = run.draws.ticks(carrier.way_back, DRAW_RETURN, carrier.number, carrier.trips)
    move_on(run, vehicle)


def move_on(run, vehicle):
    """A vehicle goes what is left of its way."""
    vehicle.ends = run.now + vehicle.left
    if vehicle.phase == ON_WAY_OUT:
        vehicle.event = run.schedule(vehicle.ends, CARRIED, unload, vehicle)
    else:
        vehicle.event = run.schedule(vehicle.ends, CARRIER_FREE, come_back, vehicle)


def unload(run, vehicle):
    """A vehicle is where it takes its load, and goes back empty."""
    arrive(run, vehicle.aboard)
    vehicle.aboard = []
    vehicle.phase = ON_WAY_BACK
    vehicle.left = vehicle.back
    move_on(run, vehicle)


def come_back(run, vehicle):
    """A vehicle is back: its driver goes; it fails if it has made its trips, or takes what waits.

    One whose carrier has left meanwhile fails no more.
    """
    vehicle.phase = PARKED
    people.let_go(run, vehicle.drivers)
    vehicle.carrier.free.append(vehicle)
    for failure in vehicle.failures:
        is_counted = failure.by == BY_COUNT and failure.condition == UP and failure.members[0] is vehicle
        is_counted = is_counted and not vehicle.carrier.away
        if is_counted and vehicle.trips >= failure.due:
            failures.strike(run, failure)
    dispatch(run, vehicle.carrier)


# Vehicles that fail


def break_down(run, vehicle):
    """A vehicle breaks down, where it stands or on its way; its driver may help elsewhere."""
    vehicle.stops_now += 1
    if vehicle.phase == PARKED:
        if vehicle in vehicle.carrier.free:
            vehicle.carrier.free.remove(vehicle)
    elif vehicle.asking:
        vehicle.asking = False
    elif vehicle.stops_now == 1:
        vehicle.left = vehicle.ends - run.now
        vehicle.event.is_void = True
        people.let_go(run, vehicle.drivers)


def mended(run, vehicle, failure):
    """One reason less for which a vehicle stands still; with the last one gone it is free, or goes on with its way."""
    if vehicle.stops_now > 0:
        if not failure.is_shared:
            repairs.pause(run, failure)
        return
    repairs.age_on(run, vehicle)
    if vehicle.phase == PARKED:
        vehicle.carrier.free.append(vehicle)
        dispatch(run, vehicle.carrier)
    else:
        drive_on(run, vehicle)


def drive_on(run, vehicle):
    """A vehicle that stood on its way goes on with its driver, or waits for one: True when it goes."""
    vehicle.asking = not take_drivers(run, vehicle)
    if not vehicle.asking:
        move_on(run, vehicle)
    return not vehicle.asking
