"""The launch sequence of a mixed line, and how far the people of each station drift with it."""

from __future__ import annotations

import numpy as np

from plantwright.compile.balancing import launching
from plantwright.model.plant import Plant
from plantwright.optimise.balance.sequence import drift, launch
from plantwright.problems.balance import Effort, Ints
from plantwright.problems.launching import LaunchProblem
from plantwright.results.balance import Drift, Launch
from plantwright.study.balance.split import Split, mix_of, time_of
from plantwright.study.balance.written import station_names
from plantwright.units import TICKS_PER_SECOND

ROUNDS = 4
"""Rounds of the sequence after which people stand where they stand after each further one, or drift for good. [-]"""


def launched(plant: Plant, key: str, scenario: str, split: Split, effort: Effort) -> tuple[list[Launch], list[Drift]]:
    """The sequence and the drift of a line at a rate; nothing where it builds one product only."""
    line = plant.balancing[key]
    mix = mix_of(plant, line, line.scenarios[scenario])
    if len(mix) < 2:
        return [], []
    times = [
        [sum(time_of(line.tasks[task], product) for task in place.tasks) / place.beside for place in split.places]
        for product in mix
    ]
    problem = launching(line, times, list(mix.values()), split.cycle_s)
    order = launch(problem, effort).order
    batches = np.repeat(np.arange(len(mix)), problem.pieces)
    names = station_names(plant, line, 1 + max(place.number for place in split.places))
    levelled, gathered = _last_round(problem, order), _last_round(problem, batches)
    products = list(mix)
    launches = [Launch(key, scenario, place, products[variant]) for place, variant in enumerate(order.tolist(), 1)]
    drifts = [
        Drift(
            line=key,
            scenario=scenario,
            place=place.number + 1,
            station=names[place.number],
            reaches_s=int(levelled[0][number]) / TICKS_PER_SECOND,
            length_s=int(problem.length[number]) / TICKS_PER_SECOND,
            overload_s=int(levelled[1][number]) / TICKS_PER_SECOND,
            overload_batches_s=int(gathered[1][number]) / TICKS_PER_SECOND,
        )
        for number, place in enumerate(split.places)
    ]
    return launches, drifts


def _last_round(problem: LaunchProblem, order: Ints) -> tuple[Ints, Ints]:
    """How far each station reaches, and its work left over, in the last of several rounds. (M,) int64 [tick]"""
    moved = drift(problem, np.tile(order, ROUNDS))
    last = slice(-len(order), None)
    reach = (moved.end[:, last] + moved.overload[:, last]).max(axis=1)
    return reach, moved.overload[:, last].sum(axis=1)
