"""The ways through a plant as chains of stages for the weekly fluid, everything in units of the mix.

A chain leads from a made item that takes no other made item, along its route, into the stock from which a kit takes it,
on along the consumer's route and so to a product. What joins on the way counts as present, and a station that serves
several items gives each the share that the mix asks for. So a chain shows what calendars, rooms and places let through,
one way at a time: an upper bound.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plantwright.analytic.fluid import Stage
from plantwright.model.flows import largest_kit, made_things, things_through
from plantwright.model.plant import Plant
from plantwright.model.product import Item
from plantwright.model.route import Operation
from plantwright.model.worktime import first_year, intervals, yearly_hours
from plantwright.study.rough import Rough
from plantwright.study.wanted import Wanted

STAY_H = 3.0
"""From this length on a piece that works round the clock is followed while it stays; shorter is only work. [h]"""

Through = dict[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Link:
    """One station on a chain, in units of the mix.

    Attributes
    ----------
    first, last : str
        The station; several neighbours on one calendar become one link, named by its ends.
    calendar : str
        When it works.
    units_per_hour : float
        What it makes in an hour on shift, mean availability counted. [units/h]
    stay_h : float
        How long a piece stays; 0 for short work. [h]
    room : float
        Units that can wait before it. [units]
    pieces : float
        Pieces that share this room, in a unit of the mix. [-]
    """

    first: str
    last: str
    calendar: str
    units_per_hour: float
    stay_h: float
    room: float
    pieces: float


def chains(plant: Plant, wanted: Wanted, rough: Rough) -> list[list[Link]]:
    """Every way from a first operation to a product; neighbours on one calendar are one link."""
    walker = _Walker(plant, wanted, rough)
    return [joined(chain) for chain in walker.chains()]


class _Walker:
    """What all chains of one plant share."""

    def __init__(self, plant: Plant, wanted: Wanted, rough: Rough) -> None:
        self.plant = plant
        self.through: Through = things_through(plant, wanted.units(1.0))
        self.made = {name: (made, route) for name, made, route in made_things(plant)}
        self.rows = {row.station: row for row in rough.rows}
        self.at_station: dict[str, float] = {}
        self.taken: dict[str, list[tuple[float, str, int]]] = {}
        for name, (_, route) in self.made.items():
            for index, operation in enumerate(route):
                pieces = self.through[name, operation.op]
                for station in operation.stations:
                    self.at_station[station] = self.at_station.get(station, 0.0) + pieces
                for used, number in largest_kit(operation).items():
                    self.taken.setdefault(used, []).append((pieces * number, name, index))

    def chains(self) -> Iterator[list[Link]]:
        for name, (_, route) in self.made.items():
            takes_made = any(used in self.made for operation in route for used in operation.uses)
            if not takes_made and (chain := list(self._walk(name))):
                yield chain

    def _walk(self, name: str, begin: int = 0, room: float = math.inf) -> Iterator[Link]:
        made, route = self.made[name]
        for operation in route[begin:]:
            pieces = self.through[name, operation.op]
            if operation.side or pieces <= 0.0:
                continue
            yield self._link(operation, pieces, room)
            room = math.inf
        takers = self.taken.get(name)
        if takers:
            flow, consumer, index = max(takers, key=lambda taker: taker[0])
            stock = _stock_room(made) if isinstance(made, Item) else math.inf
            yield from self._walk(consumer, index, stock / flow if flow else math.inf)

    def _link(self, operation: Operation, pieces: float, stock: float) -> Link:
        """The operation's station; with alternatives, all of them together."""
        names = [name for name in operation.stations if name in self.rows]
        station = self.plant.stations[names[0]]
        rate = sum(
            self.rows[name].units_per_year / max(1e-9, yearly_hours(self.plant, self.plant.stations[name].calendar))
            for name in names
        )
        rooms = [self.plant.stations[name].room for name in names]
        through = sum(self.at_station[name] for name in names)
        waiting = math.inf if any(room is None for room in rooms) else sum(room or 0 for room in rooms) / through
        hours = operation.law.mean / 3600 if operation.law else 0.0
        stays = hours >= STAY_H and yearly_hours(self.plant, station.calendar) == _all_hours(self.plant)
        calendar = station.calendar or "always"
        shared = pieces if stock < waiting else through
        return Link(names[0], names[0], calendar, rate, hours if stays else 0.0, min(waiting, stock), shared)


def _stock_room(item: Item) -> float:
    """Pieces that the stock of an item can hold, or that its policy lets circulate. [pieces]"""
    policy = item.policy
    limits = [item.room, policy.kanban if policy else None, policy.base_stock if policy else None]
    return min((float(limit) for limit in limits if limit is not None), default=math.inf)


def _all_hours(plant: Plant) -> float:
    return yearly_hours(plant, None)


def joined(chain: Sequence[Link]) -> list[Link]:
    """Neighbours that work at the same hours as one link: between them no room is ever needed for the calendar."""
    links: list[Link] = []
    for link in chain:
        last = links[-1] if links else None
        if last and not last.stay_h and not link.stay_h and last.calendar == link.calendar:
            rate = min(last.units_per_hour, link.units_per_hour)
            links[-1] = replace(last, last=link.last, units_per_hour=rate)
        else:
            links.append(link)
    return links


def stages(chain: Sequence[Link], profiles: dict[str, NDArray[np.float64]], *, roomy: bool = False) -> list[Stage]:
    """The chain for the fluid, in hourly steps.

    Parameters
    ----------
    chain
        Links.
    profiles
        Share of each step that each calendar works, (T,) float64. [-]
    roomy
        Take all rooms as unlimited.
    """
    found = []
    for index, link in enumerate(chain):
        on = profiles[link.calendar]
        room = chain[index + 1].room if index + 1 < len(chain) and not roomy else math.inf
        if link.stay_h:
            steps = max(1, round(link.stay_h))
            places = link.units_per_hour * steps
            found.append(Stage(on * places, room_after=room, residence=steps, places=places))
        else:
            found.append(Stage(on * link.units_per_hour, room_after=room))
    return found


def profile(plant: Plant, calendar: str, start: dt.datetime, *, hours: int) -> NDArray[np.float64]:
    """Share of each hour from an instant on that a calendar works. (hours,) float64 [-]"""
    on = np.zeros(hours)
    for begin, end in intervals(plant, calendar, start, start + dt.timedelta(hours=hours)):
        first, last = ((instant - start).total_seconds() / 3600 for instant in (begin, end))
        edges = np.arange(math.floor(first), min(math.ceil(last), hours))
        on[edges] += np.minimum(last, edges + 1) - np.maximum(first, edges)
    return on


def usual_week(plant: Plant, calendars: Sequence[str]) -> dt.datetime:
    """The Monday of the first week of the plant's year in which the calendars work the most: no holidays in it."""
    start, end = first_year(plant)
    start += dt.timedelta(days=-start.weekday() % 7)
    weeks = [start + dt.timedelta(weeks=week) for week in range(max(1, (end - start).days // 7))]
    return max(
        weeks, key=lambda monday: sum(float(profile(plant, name, monday, hours=168).sum()) for name in calendars)
    )
