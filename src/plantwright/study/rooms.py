"""Lines and assemblies of stations with finite rooms between them, found in a plant and asked of the decompositions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from plantwright.analytic.decomposition import Machine, plant_estimate
from plantwright.model.flows import largest_kit, made_things, things_through
from plantwright.model.plant import Plant
from plantwright.model.product import Item
from plantwright.model.route import Operation
from plantwright.study.effective import Effective
from plantwright.study.wanted import Wanted

LARGE = 200
"""Room from which more would change nothing that matters. [parts]"""


def rooms_estimate(plant: Plant, wanted: Wanted, stations: Sequence[Effective]) -> float:
    """Units a year that the tightest line or assembly with finite rooms lets through; endless where there is none.

    Parameters
    ----------
    plant, wanted, stations
        A sound plant, what counts as output, and its stations with work.

    Notes
    -----
    Two stations belong together where all that the first makes goes to the second, through a queue that nobody else
    fills or a shelf that nobody else fills or takes from, on the same calendar and not in batches. Everywhere else
    work counts as always there and room as unlimited.
    """
    known = {station.name: station for station in stations}
    joints = {
        name: joint for name, joint in _joints(plant, wanted, known).items() if {name, joint.into} <= known.keys()
    }
    return min((_made(tree, joints, known) for tree in _trees(joints, list(known))), default=math.inf)


@dataclass(frozen=True, slots=True)
class _Joint:
    """Where all that a station makes goes: the next station, the room before it [units], and whether it is a shelf."""

    into: str
    room: float
    shelf: bool


@dataclass(slots=True)
class _Flows:
    """Who delivers to whom: each station's ways out, and by each queue and each shelf who fills and empties it."""

    out: dict[str, set[_Joint | None]] = field(default_factory=dict)
    into_queue: dict[str, set[str]] = field(default_factory=dict)

    def add(self, stations: Sequence[str], joint: _Joint | None) -> None:
        for name in stations:
            self.out.setdefault(name, set()).add(joint if len(stations) == 1 else None)
            if joint and not joint.shelf:
                self.into_queue.setdefault(joint.into, set()).add(name)


def _joints(plant: Plant, wanted: Wanted, known: dict[str, Effective]) -> dict[str, _Joint]:
    """The one way out of each station that has just one, with a room of its own."""
    flows = _Flows()
    through = things_through(plant, wanted.units(1.0))
    takers = _takers(plant, through)
    for name, made, route in made_things(plant):
        worked = tuple(operation for operation in route if through[name, operation.op] > 0.0)
        for operation, following in _steps(worked):
            if following is not None:
                after = following.stations[0]
                only = len(following.stations) == 1 and after in known
                flows.add(operation.stations, _queue(plant, known[after]) if only else None)
            else:
                shelf = _shelf(made, takers.get(name, [])) if isinstance(made, Item) else None
                flows.add(operation.stations, shelf)
    one_way = {name: ways.pop() for name, ways in flows.out.items() if len(ways) == 1}
    return {name: joint for name, joint in one_way.items() if joint and _fits(plant, name, joint, flows)}


def _steps(route: Sequence[Operation]) -> Iterator[tuple[Operation, Operation | None]]:
    """From each operation to those that come after it, rejected pieces included; to nothing at the end."""
    by_name = {operation.op: operation for operation in route}
    normal = [operation for operation in route if not operation.side]
    yield from zip_longest(normal, normal[1:])
    for operation in route:
        if operation.side:
            yield operation, by_name.get(operation.then or "")
        if operation.else_ and operation.else_.to in by_name:
            yield operation, by_name[operation.else_.to]


def _queue(plant: Plant, after: Effective) -> _Joint:
    """The joint through the queue of a station."""
    room = plant.stations[after.name].room
    return _Joint(after.name, math.inf if room is None else room / after.starts, shelf=False)


def _takers(plant: Plant, through: dict[tuple[str, str], float]) -> dict[str, list[tuple[tuple[str, ...], float]]]:
    """Operations that build in each item: their stations, and pieces in a unit of the mix."""
    found: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    for name, _, route in made_things(plant):
        for operation in route:
            for used, pieces in largest_kit(operation).items():
                found.setdefault(used, []).append((operation.stations, pieces * through[name, operation.op]))
    return found


def _shelf(made: Item, takers: Sequence[tuple[tuple[str, ...], float]]) -> _Joint | None:
    """The joint through the shelf of an item that one station takes from."""
    if len(takers) != 1 or len(takers[0][0]) != 1 or takers[0][1] <= 0.0 or not made.room:
        return None
    ((stations, pieces),) = takers
    return _Joint(stations[0], made.room / pieces, shelf=True)


def _fits(plant: Plant, name: str, joint: _Joint, flows: _Flows) -> bool:
    first, second = plant.stations[name], plant.stations[joint.into]
    alone = joint.shelf or flows.into_queue[joint.into] == {name}
    plain = not first.batch and not second.batch and first.calendar == second.calendar
    return alone and plain and joint.into != name and math.isfinite(joint.room)


def _trees(joints: dict[str, _Joint], names: Sequence[str]) -> Iterator[list[str]]:
    """Stations that hang together; those that run in a circle are left out."""
    ends: dict[str, list[str]] = {}
    for name in names:
        seen, end = {name}, name
        while end in joints and joints[end].into not in seen:
            end = joints[end].into
            seen.add(end)
        if end not in joints:
            ends.setdefault(end, []).append(name)
    yield from (tree for tree in ends.values() if len(tree) > 1)


def _made(tree: Sequence[str], joints: dict[str, _Joint], known: dict[str, Effective]) -> float:
    """Units a year of one line or assembly. [units]"""
    lots = min(known[name].starts for name in tree)  # in a unit: what moves together is one part, and several one kit
    machines = [_machine(known[name], lots) for name in tree]
    into = [tree.index(joints[name].into) if name in joints else -1 for name in tree]
    rooms = [min(LARGE, math.floor(joints[name].room * lots + 1e-9)) if name in joints else 0 for name in tree]
    return plant_estimate(machines, into, rooms=rooms) * known[tree[0]].hours / lots


def _machine(station: Effective, lots: float) -> Machine:
    each = station.starts / lots
    return Machine(
        time=station.time_h * each,
        scv=station.scv / each,
        machines=station.machines,
        uptime=station.uptime_h,
        repair=station.repair_h,
    )
