"""Lead times in whole periods, and from when on something new can come."""

from __future__ import annotations

from collections.abc import Mapping

from plantwright.model.buying import offers_for
from plantwright.model.flows import built_from, made_things
from plantwright.model.planning import Planning
from plantwright.model.plant import Plant
from plantwright.model.pulling import pulled
from plantwright.study.release import planned_flow_time
from plantwright.units import Quantity


def lead_periods(plant: Plant, planning: Planning) -> dict[str, int]:
    """Lead time of everything, rounded up to whole periods. [periods]

    Notes
    -----
    As it is written; else of what a kanban calls for nothing, since it is taken from what the kanban holds; of what is
    made otherwise the planned flow time (operation times stretched from working hours to the
    calendar; rounding up leaves room for waiting), of what is bought the mean of its first offer. What is bought
    without an offer is there at once.
    """
    routes = {name: (made, route) for name, made, route in made_things(plant)}
    loops = pulled(plant, planning)
    found: dict[str, int] = {}
    for name in (*plant.products, *plant.items):
        given = planning.items.get(name)
        if given is not None and given.lead_time is not None:
            time = given.lead_time
        elif name in loops:
            time = Quantity(0.0, "s")
        elif name in routes:
            made, route = routes[name]
            time = Quantity(planned_flow_time(plant, route, made.moves_as), "h")
        else:
            time = Quantity(next((plant.offers[each].lead_time.mean for each in offers_for(plant, name)), 0.0), "s")
        found[name] = planning.periods(time)
    return found


def longest_path(plant: Plant, leads: Mapping[str, int]) -> int:
    """Longest sum of lead times from a purchase to a sale. [periods]

    A plan that is complete for some periods has to look so much further ahead.
    """
    built = built_from(plant)
    below: dict[str, int] = {}

    def down(name: str) -> int:
        if name not in below:
            below[name] = leads[name] + max((down(child) for child in built.get(name, ())), default=0)
        return below[name]

    return max((down(name) for name in leads), default=0)


def fences(plant: Plant, planning: Planning) -> dict[str, int]:
    """First period in which a new order of something that is sold and made may come. [periods]"""
    frozen = planning.periods(planning.frozen)
    made = {name for name, _, _ in made_things(plant)}
    return {name: frozen for name in plant.demand if name in made}
