"""Which station holds the plant back, as the runs show it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from plantwright.model.flows import made_things
from plantwright.model.plant import Plant
from plantwright.results import Run
from plantwright.study.figures import OFF, pressure, share

KIT_SHORT = 0.03
"""Share of its time on shift that a station of a product may wait for its kit before components are to blame. [-]"""


def binding_station(plant: Plant, runs: Sequence[Run], sold: Sequence[str]) -> str:
    """The station that waits least for work and room, among those that can be to blame.

    Parameters
    ----------
    plant
        The plant.
    runs
        Replications of its capacity.
    sold
        What counts as output.
    """
    names = suspects(plant, runs, sold)
    return max(names, key=lambda name: math.fsum(pressure(run.stations[name]) for run in runs))


def suspects(plant: Plant, runs: Sequence[Run], sold: Sequence[str]) -> tuple[str, ...]:
    """Stations that can hold the plant back, in document order.

    Where the stations of the products hardly ever wait for their kits, components are there in time and whoever makes
    them, however busy, is not to blame.
    """
    on_products: dict[str, None] = {}
    everywhere: dict[str, None] = {}
    for name, _, route in made_things(plant):
        stations = dict.fromkeys(each for operation in route if not operation.side for each in operation.stations)
        everywhere |= stations
        if name in sold:
            on_products |= stations
    short = max((_short_of_kit(runs, name) for name in on_products), default=0.0)
    blamed = everywhere if short > KIT_SHORT else on_products
    return tuple(name for name in plant.stations if name in blamed)


def _short_of_kit(runs: Sequence[Run], station: str) -> float:
    """Share of the time on shift in which a station waits for its kit. [-]"""
    short = math.fsum(share(run.stations[station], "starved for kit") for run in runs)
    on_shift = math.fsum(1 - share(run.stations[station], OFF) for run in runs)
    return short / on_shift if on_shift else 0.0
