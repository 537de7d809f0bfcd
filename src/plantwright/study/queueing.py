"""An estimate of the capacity by queueing formulas, in milliseconds: what random times and breakdowns cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from plantwright.analytic.closed import closed_estimate
from plantwright.model.flows import made_things, things_through
from plantwright.model.plant import Plant
from plantwright.model.route import Operation
from plantwright.study.effective import Effective, effective
from plantwright.study.rooms import rooms_estimate
from plantwright.study.rough import Rough
from plantwright.study.wanted import Wanted

YEAR_H = 8766.0
"""A mean year. [h]"""

MACHINES, UNITS, ROOMS = "machines", "units in process", "rooms"
"""What an estimate is limited by."""
NO_LESS = 1e-6
"""Share of the rough cut by which an estimate is no less. [-]"""


class Queueing(NamedTuple):
    """What queueing formulas expect.

    Attributes
    ----------
    units_per_year : float
        [units]
    limit : str
        `MACHINES`: the rough cut; `UNITS` in process or `ROOMS` between stations do not keep every machine busy.
    """

    units_per_year: float
    limit: str


def queueing_estimate(plant: Plant, wanted: Wanted, rough: Rough, *, conwip: Mapping[str, int]) -> Queueing:
    """Units a year of a plant with random times, breakdowns, finite rooms and a limited number of units in process.

    Parameters
    ----------
    plant, wanted, rough
        A sound plant, what counts as output, and its rough cut.
    conwip
        Units of each product in process; empty where nothing limits them.

    Notes
    -----
    The least of three: the rough cut; the loop in which the allowed units circulate through GI/G/m queues, shared with
    components, which count as present as long as their stations keep up; and each line or assembly of stations with
    finite rooms between them, always supplied. Crews, setups and what calendars do to each other are left out.

    References
    ----------
    `plantwright.analytic.closed.closed_estimate` and `plantwright.analytic.decomposition.plant_estimate`.
    """
    stations = effective(plant, wanted, rough)
    found = [
        Queueing(rough.units_per_year, MACHINES),
        Queueing(_loop(plant, wanted, stations, float(sum(conwip.values()))), UNITS),
        Queueing(rooms_estimate(plant, wanted, stations), ROOMS),
    ]
    least = min(found, key=lambda each: each.units_per_year)
    return least if least.units_per_year < found[0].units_per_year * (1.0 - NO_LESS) else found[0]


def _loop(plant: Plant, wanted: Wanted, stations: Sequence[Effective], units: float) -> float:
    """Units a year that so many units in process make; endless where nothing limits them. [units]"""
    if not units or not stations:
        return float("inf")
    stretched = [YEAR_H / station.hours for station in stations]
    return YEAR_H * closed_estimate(
        [station.passage_h * stretch for station, stretch in zip(stations, stretched, strict=True)],
        units,
        visits=[station.starts for station in stations],
        machines=[station.machines for station in stations],
        scvs=[station.passage_scv for station in stations],
        routing=_ways(plant, wanted, stations),
        carried=[station.carried for station in stations],
    )


def _ways(plant: Plant, wanted: Wanted, stations: Sequence[Effective]) -> NDArray[np.float64] | None:
    """Share of the starts of each station whose unit goes to another next, from the last to the first. (S, S) [-]

    None where units move or are worked on in lots.
    """
    index = {station.name: at for at, station in enumerate(stations)}
    through = things_through(plant, wanted.units(1.0))
    ways = np.zeros((len(stations), len(stations)))
    for name, made, route in made_things(plant):
        if name not in wanted.mix:
            continue
        if made.moves_as > 1 or any(plant.stations[each].batch for operation in route for each in operation.stations):
            return None
        worked = [operation for operation in route if any(each in index for each in operation.stations)]
        for operation, following in zip(worked, _following(worked), strict=True):
            for here in operation.stations:
                for there in following.stations:
                    if here in index and there in index:
                        share = through[name, operation.op] / len(operation.stations) / len(following.stations)
                        ways[index[here], index[there]] += share / stations[index[here]].starts
    return ways


def _following(route: Sequence[Operation]) -> list[Operation]:
    """The operation that mostly comes after each: what it names, else the next of the normal flow, else the first."""
    by_name = {operation.op: operation for operation in route}
    found = []
    for at, operation in enumerate(route):
        later = [each for each in route[at + 1 :] if not each.side]
        found.append(by_name.get(operation.then or "") or (later[0] if later else route[0]))
    return found
