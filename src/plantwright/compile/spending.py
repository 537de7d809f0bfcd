"""Energy, hours and money of a finished replication, from its accounts of states, people and stocks."""

from __future__ import annotations

import math
from collections.abc import Mapping

from plantwright.arrays import Outcome
from plantwright.codes import PERSON, TICK_S
from plantwright.compile.account import closed
from plantwright.compile.prices import HOUR
from plantwright.compile.problem import Problem
from plantwright.model.plant import Plant
from plantwright.results import ItemRun, Spending, StationRun

RUNNING = ("setup", "busy")
"""States in which a machine runs."""


def spending_of(
    plant: Plant,
    problem: Problem,
    outcome: Outcome,
    *,
    stations: Mapping[str, StationRun],
    items: Mapping[str, ItemRun],
) -> Spending:
    """What a replication spent: power by state, people while they are there, machines that run, pieces built in."""
    prices = problem.prices
    energy = {
        name: {state: kw * stations[name].state_s[state] / HOUR for state, kw in power.items()}
        for name, power in prices.power_kw.items()
    }
    crews = {name: _hours(outcome, index) for index, name in enumerate(problem.names.crews)}
    consumed = {name: items[name].consumed for name in prices.piece if items[name].consumed}
    return Spending(
        currency=prices.currency,
        good_units=sum(items[name].finished for name in good_units(plant)),
        energy_kwh=energy,
        energy_cost={name: math.fsum(kwh.values()) * prices.energy_per_kwh for name, kwh in energy.items()},
        running_cost={
            name: cost * math.fsum(stations[name].state_s[state] for state in RUNNING) / HOUR
            for name, cost in prices.running_per_h.items()
        },
        attended_h={name: attended for name, (attended, _) in crews.items()},
        held_h={name: held for name, (_, held) in crews.items()},
        labour_cost={name: wage * crews[name][0] for name, wage in prices.wage_per_h.items()},
        consumed=consumed,
        material_cost={name: pieces * prices.piece[name] for name, pieces in consumed.items()},
    )


def good_units(plant: Plant) -> list[str]:
    """What counts as a unit: the products or, without, what is made and built into nothing."""
    if plant.products:
        return list(plant.products)
    used = {name for route in plant.routes.values() for operation in route for name in operation.uses}
    return [name for name, item in plant.items.items() if item.made_by is not None and name not in used]


def _hours(outcome: Outcome, index: int) -> tuple[float, float]:
    """Hours for which people of a crew were there (or stayed on), and in which they were held."""
    crew = outcome.world.crew[index]
    there = closed(crew.present_area, crew.present, outcome.end) + closed(crew.over_area, crew.over, outcome.end)
    held = closed(crew.held_area, crew.held, outcome.end)
    return there / PERSON * TICK_S / HOUR, held / PERSON * TICK_S / HOUR
