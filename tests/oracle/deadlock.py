"""Deadlock (mechanism 2): finished parts that wait for each other's places in a circle."""

from __future__ import annotations

from plantwright.arrays import FINISHED
from tests.oracle import queues
from tests.oracle.plant import Station


def is_deadlocked(run):
    """Whether some stations are stuck: full, and each of their machines holds a part that can only go to such stations.

    The largest such set is what is left once every station has been taken out of which a machine can be left.
    """
    stuck = [station for station in run.plant.stations if is_jammed(station)]
    while stuck:
        rest = [station for station in stuck if not any(may_be_left(machine, stuck) for machine in station.machines)]
        if rest == stuck:
            return True
        stuck = rest
    return False


def is_jammed(station):
    """Whether a station has no room and every machine holds one finished part that waits for a station or shelf."""
    return not queues.has_room(station) and all(holds_one_that_waits(machine) for machine in station.machines)


def holds_one_that_waits(machine):
    """Of batches and of parts that were split no deadlock is told, unless the part loaded first is the one left."""
    if machine.absent or machine.phase != FINISHED or machine.parts != [machine.first_loaded]:
        return False
    return machine.first_loaded.waits_for is not None


def may_be_left(machine, stuck):
    """Whether the part on a machine waits for something that may come: a shelf, a conveyor, a station not stuck."""
    part = machine.parts[0]
    if not isinstance(part.waits_for, Station):
        return True
    return any(station not in stuck for station, _ in part.operation.places)
