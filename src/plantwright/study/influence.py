"""Which inputs can move the answer at all: those at stations that come near to holding the plant back.

With a dozen draws and hundreds of inputs some correlate by chance. Only inputs that the arithmetic gives a hold on the
output are asked for their correlation.
"""

from __future__ import annotations

from collections.abc import Mapping

from plantwright.model.plant import Plant
from plantwright.study.change import Keys
from plantwright.study.ranking import skills_at

ELSEWHERE = 0.001
"""Weight of what no station is known for: offers, travel, demand. [-]"""
STOPS = 0.1
"""Weight of breakdowns and setups against the work itself: they take so much of the time. [-]"""


def influence(plant: Plant, keys: Keys, relative_width: float, *, weights: Mapping[str, float]) -> float:
    """How far the range of one value can move the output, as a rough share of it. [-]

    Parameters
    ----------
    plant
        The plant.
    keys
        Where the value stands.
    relative_width
        Width of its range by its value. [-]
    weights
        How likely each station holds the plant back, by id.
    """
    held = sum(weights.get(name, 0.0) for name in stations_of(plant, keys))
    part = STOPS if {"failures", "setup", "maintenance"} & set(map(str, keys)) else 1.0
    return relative_width * part * max(held, ELSEWHERE)


def stations_of(plant: Plant, keys: Keys) -> set[str]:
    """The stations whose work a value changes."""
    section, name = str(keys[0]), str(keys[1]) if len(keys) > 1 else ""
    if section == "stations":
        return {name}
    if section == "routes" and len(keys) > 2:
        return set(plant.routes[name][int(keys[2])].stations)
    if section == "calendars":
        return {each for each, station in plant.stations.items() if station.calendar == name}
    if section == "crews":
        skills = set(plant.crews[name].skills)
        return {each for each in plant.stations if skills & skills_at(plant, each)}
    return set()
