"""Queues in front of stations (mechanism 1): who joins, who is next, what keeps a machine from starting."""

from __future__ import annotations

from plantwright.codes import (
    BLOCKED,
    CRITICAL,
    DUE,
    FAMILY_FIRST,
    FIFO,
    FOREVER,
    IDLE,
    JOINED,
    KIT,
    NO_START,
    PEOPLE,
    TIMEOUT,
    WAIT_BATCH,
)
from tests.oracle import conveyors, people, plan, stocks, tools, work


def join(run, part, place):
    """A part enters the queue of a station: last in its lane, but before whatever is due later where dates count."""
    station, lane = place
    part.place = place
    part.joined_at = run.now
    part.joined = run.count()
    run.note(JOINED, part=part, who=station.number, what=part.operation.number, value=part.pieces)
    position = len(lane.parts)
    if station.rule in (DUE, CRITICAL):
        while position > 0 and lane.parts[position - 1].due > part.due:
            position -= 1
    lane.parts.insert(position, part)
    if part.operation.rest > 0:
        run.schedule(run.now + part.operation.rest, TIMEOUT, time_is_over)
    if station.longest_wait < FOREVER:
        run.schedule(run.now + station.longest_wait, TIMEOUT, time_is_over)


def time_is_over(run):
    """Some part has waited as long as it may. Whatever is over at one instant is over together."""
    run.timed_out = run.now


# Room


def has_room(station):
    """Whether the queue can take one more; places are kept for parts that are coming."""
    return station.waiting + station.coming < station.room


def has_place(station):
    """Whether a part on its way would find room or, where nothing can wait, an idle machine."""
    if station.room > 0:
        return has_room(station)
    free = len(station.idle_machines) if station.on and station.most_in_batch == 0 else 0
    return station.waiting + station.coming < free


def place_after(run, machine, operation):
    """A place for the operation that follows, the first that is free, there or on the conveyor; None without."""
    for place in operation.next.places:
        belt = conveyors.between(run, machine.station, place[0])
        if conveyors.has_place(belt) if belt else has_place(place[0]):
            return place
    return None


# What keeps a machine from starting


def looks_ahead(station, operation):
    """Blocking before service, where another operation follows."""
    return station.looks_ahead and not isinstance(operation.next, int)


def needs_at_once(run, machine, operation):
    """Groups of people that an operation needs on this machine: for the setup, for loading, for all of it."""
    groups = [operation.people, operation.attendants]
    if operation.planned_on is not None and work.needs_setup(run, machine, operation):
        return [machine.station.setup_people]  # a plan counts on the others only once the setup is over
    if work.needs_setup(run, machine, operation):
        groups.append(machine.station.setup_people)
    return groups


def ends_in_shift(run, machine, operation, pieces):
    """Whether an operation begun now ends before its station's shift does."""
    calendar = machine.station.calendar
    return calendar is None or run.now + work.time_ahead(run, machine, operation, pieces) <= calendar.turns


def obstacles(run, machine, operation, option, pieces):
    """All that keeps a machine from starting an operation now, as states of idleness; nothing: it can."""
    station = machine.station
    if not plan.is_turn(run, machine, operation):
        return {IDLE}
    found = set()
    if looks_ahead(station, operation) and place_after(run, machine, operation) is None:
        found.add(BLOCKED)
    if station.end_of_shift == NO_START and not ends_in_shift(run, machine, operation, pieces):
        found.add(IDLE)
    if not stocks.kit_is_there(operation, option, pieces) or not tools.are_there(operation):
        found.add(KIT)
    if any(people.is_anybody_missing(needs) for needs in needs_at_once(run, machine, operation)):
        found.add(PEOPLE)
    return found


def is_qualified(machine, item):
    return machine.items is None or item in machine.items


def batch_is_ready(run, station, lane):
    """Enough pieces, or the first part has waited long enough: its time-out has happened."""
    if station.most_in_batch == 0 or sum(part.pieces for part in lane.parts) >= station.fewest_in_batch:
        return True
    over = lane.parts[0].joined_at + station.longest_wait
    return run.now > over or run.timed_out == over


def rank(run, machine, lane):
    """What the station's rule compares first; the smaller goes first, ties go to who came first."""
    rule = machine.station.rule
    first = lane.parts[0]
    if rule == FIFO:
        return 0
    if rule == FAMILY_FIRST:
        return 0 if lane.family == machine.family else 1
    if rule == DUE:
        return first.due
    if rule == CRITICAL:
        return int((first.due - run.now) / max(float(lane.rank), 1.0) * 1e6)
    return lane.rank


def choose(run, machine):
    """The lane from which a machine takes its next part, or None; and what keeps it from taking from others."""
    station = machine.station
    kept = set()
    can = []
    for lane in station.lanes:
        if not lane.parts or not is_qualified(machine, lane.parts[0].item):
            continue
        part = lane.parts[0]
        if not batch_is_ready(run, station, lane):
            kept.add(WAIT_BATCH)
            continue
        found = obstacles(run, machine, part.operation, part.option, part.pieces)
        if found:
            kept |= found
        else:
            can.append(lane)
    best = min(can, key=lambda lane: (rank(run, machine, lane), lane.parts[0].joined), default=None)
    return best, kept
