"""How many units of each product may be in process: the plant's own limit, or one that is large enough not to bind."""

from __future__ import annotations

import math

from plantwright.model.flows import made_things
from plantwright.model.plant import Plant
from plantwright.model.route import Operation
from plantwright.model.worktime import weekly_hours
from plantwright.study.wanted import Wanted

RESERVE = 3.0
"""Planned flow times that units may be in process, so that queues before the constraint never run empty. [-]"""
PAUSE_H = 72.0
"""Longest usual pause of a calendar, a weekend with the night before and after: what enters before it waits. [h]"""


def work_in_process(plant: Plant, wanted: Wanted, *, units_per_year: float) -> dict[str, int]:
    """Units of each product that may be in process at once; a product whose own release lets it in has no such limit.

    Parameters
    ----------
    plant
        A sound plant.
    wanted
        What counts as output, and in which mix.
    units_per_year
        Rate for which there must be enough: the target or the rough cut. [units]

    Notes
    -----
    The product's own ``conwip`` where it is given. Else Little's law at that rate: three times the planned flow time
    (operation times, stretched from working hours to the calendar) and a weekend, and two units for every machine of
    its route. More would only wait.

    References
    ----------
    Little, J. D. C. (1961), doi:10.1287/opre.9.3.383.
    """
    sizes: dict[str, int] = {}
    for name, made, route in made_things(plant):
        if name not in plant.products or (name not in plant.demand and plant.products[name].release is not None):
            continue
        given = plant.products[name].conwip
        if given is not None:
            sizes[name] = given
            continue
        share = wanted.mix.get(name, 0.0)
        rate = units_per_year * share / 8766.0
        places = share * math.fsum(plant.stations[each].machine_count for each in _stations(route))
        units = rate * (RESERVE * planned_flow_time(plant, route, made.moves_as) + PAUSE_H) + 2 * places
        sizes[name] = math.ceil(max(units, 2.0) / made.moves_as) * made.moves_as
    return sizes


def planned_flow_time(plant: Plant, route: tuple[Operation, ...], moves_as: int = 1) -> float:
    """Operation times of the normal flow, stretched from working hours to the calendar. [h]"""
    total = 0.0
    for operation in route:
        if operation.side or operation.law is None:
            continue
        pieces = 1 if operation.per == "part" else moves_as
        calendar = plant.stations[operation.stations[0]].calendar
        total += operation.law.mean * pieces / 3600 * 168.0 / weekly_hours(plant, calendar)
    return total


def _stations(route: tuple[Operation, ...]) -> dict[str, None]:
    return {name: None for operation in route if not operation.side for name in operation.stations}
