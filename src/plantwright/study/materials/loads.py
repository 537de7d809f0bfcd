"""What planned orders take of stations, period by period, against the hours of the real calendar."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from plantwright.problems.materials import Floats
from plantwright.results import StationLoad
from plantwright.study.materials.planned import Made
from plantwright.study.materials.together import setup_of

NEGLIGIBLE = 1e-9
"""Hours a period below which a station has no work. [h]"""


def loads(made: Made) -> dict[str, StationLoad]:
    """Hours that the planned orders take of every station that has work, and the hours it has.

    Notes
    -----
    The work of an order is spread evenly from its release to its receipt, a setup that ``planning.items`` names
    falls in the period of its release. Scrap, rework and full batches count in the mean. Alternatives share the work of
    the horizon so that the fullest is as empty as can be. Hours are those of the calendar, less mean stops.
    """
    work = made.work
    needed: defaultdict[str, Floats] = defaultdict(lambda: np.zeros(made.horizon.length))
    for item, thing in enumerate(made.materials.names):
        spread = _spread(made, item)
        for key, hours in work.each.get(thing, {}).items():
            needed[key] += hours * spread
        station, hours = setup_of(made.plant, made.planning, thing)
        if hours:
            needed[station] += hours * (made.plan.releases[item] > 0)
    found = {}
    for place, name in enumerate(work.stations):
        taken = needed[name][: made.shown]
        if taken.sum() > NEGLIGIBLE:
            there = work.hours[place, : made.shown]
            called = made.plant.stations[name].name or name
            found[name] = StationLoad(called, tuple(taken.tolist()), tuple(there.tolist()))
    return found


def _spread(made: Made, item: int) -> Floats:
    """Pieces of an item that are worked on in each period. (T,) float64 [pieces]"""
    lead = max(1, int(made.problem.lead[item]))
    released = made.plan.releases[item].astype(np.float64) / lead
    return np.convolve(released, np.ones(lead))[: len(released)]
