"""What lifting a state needs to know of a world at rest: its time, its pending events, its lists, its names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from plantwright.arrays import World
from plantwright.codes import COMPLETE, EARLIEST, FAIL, KIND_SHIFT, NONE, REPAIRED
from plantwright.compile.problem import Names, Problem
from plantwright.model.plant import Plant
from plantwright.units import TICKS_PER_SECOND, Quantity


class Event(NamedTuple):
    """A pending event: when, in which order among those of one time, whose, and its epoch (or what it brings)."""

    time: int
    key: int
    who: int
    epoch: int


class Memory:
    """A world between two steps, with what its numbers stand for.

    ``hidden`` asks for what nobody in the plant could know, too.
    """

    def __init__(self, plant: Plant, problem: Problem, world: World, *, hidden: bool) -> None:
        self.plant, self.problem, self.world, self.hidden = plant, problem, world, hidden
        self.names: Names = problem.names
        self.now = int(world.clock.now[0])
        self._first = dt.datetime.combine(plant.from_, dt.time(), tzinfo=dt.UTC)

    def moment(self, tick: int) -> dt.datetime:
        """The date and time of a tick."""
        return self._first + dt.timedelta(microseconds=int(tick))

    @cached_property
    def _events(self) -> dict[int, list[Event]]:
        found: dict[int, list[Event]] = {}
        world = self.world
        to_come = world.event[: int(world.clock.events[0])]
        if world.clock.vacant[0]:
            to_come = np.delete(to_come, int(world.clock.order[0]) & EARLIEST)
        for time, key, who, epoch in sorted(to_come.tolist()):
            kind = key >> KIND_SHIFT
            if not self._is_void(kind, who, epoch):
                found.setdefault(kind, []).append(Event(time, key, who, epoch))
        return found

    def _is_void(self, kind: int, who: int, epoch: int) -> bool:
        if kind == COMPLETE:
            return bool(self.world.machine.epoch[who] != epoch)
        return kind in (FAIL, REPAIRED) and bool(self.world.mode.epoch[who] != epoch)

    def events(self, kind: int) -> list[Event]:
        """Pending events of a kind, in the order in which they come."""
        return self._events.get(kind, [])

    def chain(self, first: Any, link: str = "next", kind: str = "part") -> Iterator[int]:
        """Indices of a list, from its first one on."""
        column = getattr(self.world, kind)[link]
        at = int(first)
        while at != NONE:
            yield at
            at = int(column[at])

    def station_of(self, machine: int) -> str:
        """The station of a machine."""
        return self.names.stations[int(self.world.machine.station[machine])]

    def vehicle(self, row: int) -> str:
        """The name of a vehicle."""
        vehicle = self.world.vehicle[row]
        return f"{self.names.carriers[int(vehicle.carrier)]}/{int(vehicle.ordinal) + 1}"

    def unit(self, row: int) -> str:
        """The name of one tool."""
        tool = int(self.world.unit.tool[row])
        return f"{self.names.tools[tool]}/{row - int(self.world.tool.first_unit[tool]) + 1}"

    def crews(self, row: int) -> tuple[str, ...]:
        """The crews whose people a row of ``held`` holds."""
        return tuple(self.names.crews[crew] for crew in self.world.held[row].tolist() if crew != NONE)


def lasting(ticks: int) -> Quantity:
    """A length of time. [s]"""
    return Quantity(int(ticks) / TICKS_PER_SECOND, "s")
