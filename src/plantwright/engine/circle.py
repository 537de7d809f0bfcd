"""Who waits for whom in a deadlock: a circle of stations that are stuck, and why each waits for the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from plantwright.arrays import World
from plantwright.codes import EMPTY, FOREVER, NONE

ROOM, PLACE, KEPT, BATCH = "room", "place", "kept", "batch"
"""Finished parts wait for room; a machine that looks ahead waits for a place; what is free is kept by a machine that
waits elsewhere; an oven waits for parts that have no room to come."""


class Wait(NamedTuple):
    """A station that is stuck, what it waits for, and where."""

    station: int
    kind: str
    goal: int
    keeper: int = NONE
    """The station whose machine keeps the place."""


def circle(world: World) -> list[Wait]:
    """Stations of a deadlock (``engine.deadlock``), each of which waits for the next one and the last for the first."""
    way = [_wait(world, int(np.flatnonzero(world.station.stuck)[0]))]
    seen = [way[0].station]
    while way[-1].goal not in seen:
        way.append(_wait(world, way[-1].goal))
        seen.append(way[-1].station)
    return way[seen.index(way[-1].goal) :]


def _wait(world: World, s: int) -> Wait:
    """What the first machine of a stuck station waits for."""
    first = int(world.station.first_machine[s])
    if world.machine.phase[first] != EMPTY:
        return Wait(s, ROOM, _goal_of(world, first))
    station = world.station[s]
    if station.waiting == 0:
        machines = slice(first, first + int(station.machines))
        keepers = [m for m in _keepers(world, s) if _stuck_parts(world, m)]
        if (world.machine.phase[machines] == EMPTY).sum() <= len(keepers):
            return Wait(s, KEPT, _goal_of(world, keepers[0]), int(world.machine.station[keepers[0]]))
        part = int(station.first_blocked)
    else:
        lanes = world.lane[int(station.first_lane) : int(station.first_lane) + int(station.lanes)]
        lane = next(lane for lane in lanes if lane.count > 0)
        if station.batch_max > 0 and station.batch_wait >= FOREVER and lane.pieces < station.batch_min:
            return Wait(s, BATCH, s)
        part = int(lane.first)
    following = int(world.operation.next[world.part.operation[part]])
    return Wait(s, PLACE, next(goal for goal in _goals(world, following) if world.station.stuck[goal]))


def _goal_of(world: World, machine: int) -> int:
    """Where the first stuck part on a machine waits to go."""
    return int(world.part.waits_for[_stuck_parts(world, machine)[0]])


def _stuck_parts(world: World, machine: int) -> list[int]:
    """Parts on a machine that can go to stuck stations only, first blocked first."""
    stations = len(world.station)
    found = [p for s in range(stations) if world.station.stuck[s] for p in _list(world.part.next, world.station, s)]
    mine = [p for p in found if world.part.machine[p] == machine]
    stuck = [p for p in mine if all(world.station.stuck[goal] for goal in _goals(world, world.part.operation[p]))]
    return sorted(stuck, key=lambda p: int(world.part.blocked[p]))


def _list(following: Any, stations: Any, s: int) -> Iterator[int]:
    """Parts that want into a station."""
    part = int(stations.first_blocked[s])
    while part != NONE:
        yield part
        part = int(following[part])


def _goals(world: World, operation: Any) -> list[int]:
    """Stations that can do an operation."""
    first = int(world.operation.first_choice[operation])
    return [int(goal) for goal in world.choice.station[first : first + int(world.operation.choices[operation])]]


def _keepers(world: World, s: int) -> list[int]:
    """Machines that keep a place at a station."""
    kept = world.machine.reserved
    return [int(m) for m in np.flatnonzero(kept != NONE) if world.choice.station[kept[m]] == s]
