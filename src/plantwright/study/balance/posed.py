"""A line at a rate, posed to the optimiser and its balance turned back into names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from plantwright.compile.balancing import lower_line
from plantwright.model.balancing import Balancing
from plantwright.model.plant import Plant
from plantwright.optimise.balance import balance
from plantwright.problems.balance import NONE, Balance, BalanceProblem, Conflict, Effort, Requirement
from plantwright.results.wording import number
from plantwright.study.balance.split import Place, Split, mix_of, time_of
from plantwright.units import TICKS_PER_SECOND

WORK = {"quick": 0.7, "normal": 10.0, "full": 60.0}
"""Effort of a line at one rate. [million loads of stations]"""


def posed(plant: Plant, key: str, scenario: str) -> BalanceProblem:
    """The problem of a line at a rate."""
    line = plant.balancing[key]
    mix = mix_of(plant, line, line.scenarios[scenario])
    times = {product: [time_of(task, product) for task in line.tasks.values()] for product in mix}
    return lower_line(plant, key, scenario, times, list(mix.values()))


def balanced(plant: Plant, key: str, scenario: str, effort: Effort) -> tuple[Split | None, tuple[str, ...]]:
    """A line balanced for a rate; or nothing, and why."""
    line, problem = plant.balancing[key], posed(plant, key, scenario)
    found = balance(problem, effort)
    if isinstance(found, Conflict):
        return None, tuple(_reasons(plant, line, problem, found))
    return _split(line, problem, found), ()


def _split(line: Balancing, problem: BalanceProblem, found: Balance) -> Split:
    tasks, workers = list(line.tasks), list(line.workers)
    places = []
    for station in range(len(found.copies)):
        here = np.flatnonzero(found.station == station)
        for place in sorted(set(found.place[here].tolist())):
            mine = [int(task) for task in here if found.place[task] == place]
            mine.sort(key=lambda task: (int(found.start[task]), task))
            worker = int(found.worker[station])
            places.append(
                Place(
                    tasks=tuple(tasks[task] for task in mine),
                    begins_s=tuple(int(found.start[task]) / TICKS_PER_SECOND for task in mine),
                    number=station,
                    side=("left", "right")[place] if problem.side is not None else "",
                    worker="" if worker == NONE else workers[worker],
                    beside=int(found.copies[station]),
                )
            )
    bound = found.bounds[0] if line.seeks == "stations" else found.bounds[0] / TICKS_PER_SECOND
    proven = found.values[0] == found.bounds[0]
    return Split(tuple(places), found.takt / TICKS_PER_SECOND, float(bound), proven)


def _reasons(plant: Plant, line: Balancing, problem: BalanceProblem, conflict: Conflict) -> Iterator[str]:
    """What cannot be kept together, in the words of the document."""
    if not conflict.is_proven:
        yield "none was found within the effort, which proves nothing: ask for more (effort: full)"
        return
    told = [_requirement(plant, line, problem, each) for each in conflict.requirements]
    if len(told) == 1:
        yield f"{told[0]} cannot be kept"
    else:
        yield f"these cannot be kept together, but would be without any one of them: {'; '.join(told)}"


def _requirement(plant: Plant, line: Balancing, problem: BalanceProblem, one: Requirement) -> str:
    names = [task.name or key for key, task in line.tasks.items()]
    match one.kind:
        case "takt":
            return f"the cycle of {number((problem.takt or 0) / TICKS_PER_SECOND)} s"
        case "stations":
            return f"at most {problem.stations} stations"
        case "order":
            first, second = problem.arcs[one.index].tolist()
            return f'"{names[first]}" before "{names[second]}"'
        case "together" | "apart" if problem.zoning is not None:
            pairs = problem.zoning.together if one.kind == "together" else problem.zoning.apart
            first, second = pairs[one.index].tolist()
            return f'"{names[first]}" and "{names[second]}" {one.kind}'
        case "allowed":
            allowed = list(line.tasks.values())[one.index].only
            return f'"{names[one.index]}" only at {_listed(allowed)}'
        case "longest":
            most = number((problem.longest or 0) / TICKS_PER_SECOND)
            return f"no product longer than {most} s at a station ({line.over} over the cycle)"
        case "worker":
            return f'what workers cannot do: "{names[one.index]}"'
        case "side":
            return f'the side of "{names[one.index]}"'
        case _:
            return one.kind


def _listed(names: Sequence[str]) -> str:
    return " or ".join(names)
