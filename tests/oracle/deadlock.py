"""Deadlock (mechanism 2): parts that wait for each other's places in a circle."""

from __future__ import annotations

from plantwright.codes import EMPTY, FINISHED, FOREVER, SATURATED
from tests.oracle import conveyors, presence, queues
from tests.oracle.plant import Operation, Station


def is_deadlocked(run):
    """Whether some stations are stuck: no place of theirs will ever be free, whatever happens elsewhere.

    The largest such set is what is left once every station has been taken out that may go on.
    """
    stuck = [station for station in run.plant.stations if is_jammed(station)]
    while stuck:
        rest = [station for station in stuck if not may_go_on(run, station, stuck)]
        if rest == stuck:
            return True
        stuck = rest
    return False


def is_jammed(station):
    """Whether there is no room now, all machines are there and to stay, and none of them is at work."""
    to_stay = all(
        machine.phase == FINISHED or (machine.phase == EMPTY and machine.gone_from >= FOREVER)
        for machine in station.machines
    )
    return not queues.has_room(station) and presence.number_here(station) == len(station.machines) and to_stay


def may_go_on(run, station, stuck):
    """Whether a place may become free, or a machine may take another part."""
    lost = sum(holds_stuck_part(run, machine, stuck) for machine in keepers(run, station))
    if lost < len(keepers(run, station)):
        return True
    finished = [machine for machine in station.machines if machine.phase == FINISHED]
    if not all(holds_stuck_part(run, machine, stuck) for machine in finished):
        return True
    return len(finished) < len(station.machines) and may_start(run, station, stuck, lost)


def keepers(run, station):
    """Machines that keep a place at a station for what they began (blocking before service)."""
    return [
        machine
        for machine in run.plant.machines
        if machine.kept_place is not None
        and machine.kept_place[0] is station
        and conveyors.between(run, machine.station, station) is None
    ]


def holds_stuck_part(run, machine, stuck):
    """Whether some finished part on a machine can go to stuck stations only."""
    return machine.phase == FINISHED and any(
        isinstance(part.waits_for, Station) and all(station in stuck for station, _ in part.operation.places)
        for part in machine.parts
    )


def may_start(run, station, stuck, lost):
    """Whether an empty machine may begin something some day; ``lost`` places are kept for good."""
    if station.coming > lost:
        return True
    for release in run.plant.releases:
        here = any(place[0] is station for place in release.operation.places)
        if release.kind == SATURATED and here and may_begin(run, station, release.operation, stuck):
            return True
    if station.waiting > 0:
        return any(may_start_lane(run, station, lane, stuck) for lane in station.lanes if lane.parts)
    if number_empty(station) <= lost:
        return False
    waiting = [part for part in run.blocked if any(place[0] is station for place in part.operation.places)]
    if not any(part.waits_for is station for part in waiting):
        return True
    stations = [part for part in waiting if isinstance(part.waits_for, Station)]
    return any(is_locked_in(part) or may_begin(run, station, part.operation, stuck) for part in stations)


def number_empty(station):
    return sum(machine.phase == EMPTY for machine in station.machines)


def is_locked_in(part):
    """Whether a part sits on a machine that may refuse to hand it over: then others may go past it."""
    return part.machine is not None and part.machine.station.locked


def may_start_lane(run, station, lane, stuck):
    """Whether what is first in a lane of a full queue may be begun: batches that are too small stay so."""
    pieces = sum(part.pieces for part in lane.parts)
    if station.most_in_batch > 0 and station.longest_wait >= FOREVER and pieces < station.fewest_in_batch:
        return False
    return may_begin(run, station, lane.parts[0].operation, stuck)


def may_begin(run, station, operation, stuck):
    """Whether there may be a place to go to, where a station looks for that before it begins."""
    if not station.looks_ahead or not isinstance(operation.next, Operation):
        return True
    return any(
        conveyors.between(run, station, goal) is not None
        or goal not in stuck
        or queues.has_place(goal)
        or (goal.room == 0 and number_empty(goal) > 0)
        for goal, _ in operation.next.places
    )
