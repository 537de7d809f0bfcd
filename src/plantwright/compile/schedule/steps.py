"""The operations of a lot: which steps of its route it goes through, with how many pieces, for how long."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from plantwright.compile.schedule.clock import ticks
from plantwright.compile.schedule.orders import Lot, started
from plantwright.model.flows import thing
from plantwright.model.journey import journey, next_of
from plantwright.model.plant import Plant
from plantwright.model.route import Operation
from plantwright.model.station import Station

MANY = 24
"""Equal machines of a station without setups from which it is counted in places: one for each part. [-]"""
_SLACK = 1e-9


@dataclass(frozen=True)
class Step:
    """One operation of one lot.

    Attributes
    ----------
    lot
        Number of its lot.
    item
        What the lot makes.
    route, index
        Its place in a route of the plant.
    operation
        What is written there.
    pieces
        Pieces that it sees in the mean, those that come again included. [pieces]
    moves_as
        Pieces of a part. [pieces]
    """

    lot: int
    item: str
    route: str
    index: int
    operation: Operation
    pieces: float
    moves_as: int

    @cached_property
    def parts(self) -> float:
        """Parts that it sees. [parts]"""
        return self.pieces / self.moves_as

    def room(self, station: Station) -> int:
        """Room that it takes of a machine or of the places of a station. [pieces]"""
        if station.batch is not None:
            return min(math.ceil(self.pieces - _SLACK), station.batch.max)
        return min(math.ceil(self.parts - _SLACK), station.machine_count) if is_places(station) else 1

    def time(self, station: Station, *, speed: float, allowance: float) -> int:
        """Working time of the lot at one machine of a station, or in its places. [tick]"""
        law = self.operation.law
        own = 0.0 if law is None else law.mean
        if station.batch is not None:
            rounds = math.ceil(self.pieces / station.batch.max - _SLACK)
            seconds = rounds * (own + self.hands)
        elif is_places(station):
            rounds = math.ceil(self.parts / station.machine_count - _SLACK)
            each = own * (self.moves_as if self.operation.per == "piece" else 1)
            seconds = rounds * (each + self.hands)
        else:
            seconds = own * (self.pieces if self.operation.per == "piece" else self.parts) + self.hands * self.parts
        return ticks(seconds / speed * (1.0 + allowance))

    @property
    def hands(self) -> float:
        """Time to load and unload, once. [s]"""
        attended = self.operation.attended
        laws = (attended.load, attended.unload) if attended is not None else ()
        return sum(law.mean for law in laws if law is not None)

    @property
    def hands_share(self) -> float:
        """Share of its time for which those who load and unload are held. [-]"""
        law = self.operation.law
        own = 0.0 if law is None else law.mean
        return self.hands / (own + self.hands) if self.hands else 0.0


def is_places(station: Station) -> bool:
    """Whether a station is counted in places instead of machine by machine."""
    return (
        isinstance(station.machines, int)
        and station.machines > MANY
        and station.setup is None
        and station.batch is None
    )


def steps_of(plant: Plant, number: int, lot: Lot, route_name: str) -> Iterator[Step]:
    """The steps of a lot on a route, side steps left out."""
    route = plant.routes[route_name]
    made = thing(plant, lot.item)
    begun, trip = started(route, lot.pieces), journey(route)
    index: int | str = 0
    seen: set[int] = set()
    while isinstance(index, int) and index not in seen:
        seen.add(index)
        operation = route[index]
        if not operation.side:
            pieces = begun * trip.visits[index]
            yield Step(number, lot.item, route_name, index, operation, pieces, made.moves_as if made else 1)
        index = next_of(route, index)
