"""Which station, or what stations share, holds the plant back, as the runs show it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from plantwright.model.flows import made_things
from plantwright.model.plant import Plant
from plantwright.results import Run, SharedCutRow, SharedUse
from plantwright.study.estimate import ratio
from plantwright.study.figures import OFF, pressure, share
from plantwright.study.year import Year

KIT_SHORT = 0.03
"""Share of its time on shift that a station of a product may wait for its kit before components are to blame. [-]"""

TIE = 0.01
"""Share of the time by which what stations share has to be busier than the busiest station to be named. [-]"""


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


def binding_shared(year: Year, runs: Sequence[Run], station: str) -> SharedUse | None:
    """The carrier, conveyor or tool that waits less than the station that waits least; None where there is none.

    Parameters
    ----------
    year
        The plant and its rough cut.
    runs
        Replications of its capacity.
    station
        The station that waits least for work and room.
    """
    least = math.fsum(pressure(run.stations[station]) for run in runs) / len(runs)
    found = [
        SharedUse(row.kind, row.resource, row.name, math.fsum(_use(year, run, row) for run in runs) / len(runs))
        for row in year.rough.shared
    ]
    busiest = max(found, key=lambda each: each.use, default=None)
    return busiest if busiest is not None and busiest.use > least + TIE else None


def _use(year: Year, run: Run, row: SharedCutRow) -> float:
    """Share of its time on shift that the work of a run took of what stations share. [-]

    A vehicle that goes half empty is half used. How long tools are held also tells of shifts that interrupt: theirs is
    the arithmetic of what was made.
    """
    if row.kind == "carrier":
        carrier = run.carriers[row.resource]
        on_shift = math.fsum(carrier.state_s.values()) - carrier.state_s["off shift"]
        filled = ratio(carrier.carried, carrier.trips * year.plant.carriers[row.resource].load)
        under_way = on_shift - carrier.state_s["free"] - carrier.state_s["down"]
        return ratio(filled * under_way + carrier.state_s["down"], on_shift)
    if row.kind == "conveyor":
        belt = year.plant.conveyors[row.resource]
        gap_h = belt.spacing.base / belt.speed.base / 3600
        return ratio(run.conveyors[row.resource].carried * gap_h * year.scale(run), row.hours_per_year)
    return ratio(year.total(run), row.units_per_year)


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
