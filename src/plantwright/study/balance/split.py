"""A balance in names: what each station of a line does, before it is told in rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plantwright.model.balancing import Balancing, Scenario, Task
from plantwright.model.flows import yearly_demand
from plantwright.model.plant import Plant

UNIT = "unit"
"""What a line builds that names no product."""


@dataclass(frozen=True, slots=True)
class Place:
    """A station, or a side of one.

    Attributes
    ----------
    tasks
        In the order in which they are done.
    begins_s
        When each begins after the unit has come. [s]
    number
        Of the station, from 0 at the start of the line; two places of one station share it. [-]
    side
        ``left``, ``right`` or nothing.
    worker
        Who is given it; nothing where nobody in particular is.
    beside
        Stations side by side that share the work.
    """

    tasks: tuple[str, ...]
    begins_s: tuple[float, ...]
    number: int
    side: str = ""
    worker: str = ""
    beside: int = 1


@dataclass(frozen=True, slots=True)
class Split:
    """The work of a line split over its stations.

    Attributes
    ----------
    places
        From the start of the line.
    cycle_s
        Between two units that leave the line. [s]
    bound
        Stations, cycle [s] or paid time [s] that no balance beats.
    """

    places: tuple[Place, ...]
    cycle_s: float
    bound: float
    proven: bool

    @property
    def stations(self) -> int:
        """Stations of one line, those side by side counted each."""
        return sum({place.number: place.beside for place in self.places}.values())


def products(plant: Plant, line: Balancing) -> tuple[str, ...]:
    """What is built on a line, in the order of the plant: its products, or all that its tasks name."""
    named = {product for task in line.tasks.values() if isinstance(task.time, dict) for product in task.time}
    found = line.products or tuple(product for product in plant.routes if product in named)
    if found or not line.stations:
        return found
    here = set(line.stations)
    return tuple(name for name, steps in plant.routes.items() if any(here & set(step.stations) for step in steps))


def time_of(task: Task, product: str) -> float:
    """How long a task takes on a product; 0 where the product does without it. [s]"""
    if isinstance(task.time, dict):
        return task.time[product].base if product in task.time else 0.0
    return task.time.base


def mix_of(plant: Plant, line: Balancing, scenario: Scenario) -> dict[str, float]:
    """The share of each product of a line at a rate: as written, else as in the demand, else all alike. [-]"""
    built = products(plant, line)
    if not built:
        return {UNIT: 1.0}
    demand = yearly_demand(plant)
    parts = dict(scenario.mix) or {product: demand.get(product, 0.0) for product in built}
    total = sum(parts.get(product, 0.0) for product in built)
    if not total:
        return dict.fromkeys(built, 1.0 / len(built))
    return {product: parts.get(product, 0.0) / total for product in built}


def mean_time(line: Balancing, task: str, mix: Mapping[str, float]) -> float:
    """How long a task takes on the mean unit of a mix. [s]"""
    return sum(share * time_of(line.tasks[task], product) for product, share in mix.items())


def skills_of(line: Balancing, place: Place) -> tuple[str, ...]:
    """What its people must have learned, in the order of the work."""
    return tuple(dict.fromkeys(skill for task in place.tasks if (skill := line.tasks[task].skill) is not None))


def equipment_of(line: Balancing, place: Place) -> tuple[str, ...]:
    """What it must have."""
    return tuple(dict.fromkeys(thing for task in place.tasks if (thing := line.tasks[task].equipment) is not None))
