"""Who learns what: the curves that each operation practises, and how far they come in the first year."""

from __future__ import annotations

from collections import defaultdict

from plantwright.model.flows import made_things, target_amounts, things_through
from plantwright.model.learning import Learning, SkillLearning, is_settled, mean_pace
from plantwright.model.plant import Plant
from plantwright.model.route import Operation

Curves = dict[str, Learning]
"""Learning curves by name: a skill's, or ``route.op``, or both together."""


def curves_of(plant: Plant, name: str, operation: Operation) -> tuple[Curves, Curves]:
    """Curves that an operation practises: for all of it, and to load and unload only."""
    if operation.learning is not None:
        return _open({name: operation.learning}), {}
    attended = operation.attended.people if operation.attended else {}
    return _open(_of_skills(plant, name, operation.people)), _open(_of_skills(plant, name, attended))


def _of_skills(plant: Plant, name: str, people: dict[str, float]) -> Curves:
    found: Curves = {}
    for skill in people:
        learning = plant.skills[skill].learning if skill in plant.skills else None
        if isinstance(learning, SkillLearning):
            found[skill if learning.by == "skill" else f"{name}.{skill}"] = learning
    return found


def _open(curves: Curves) -> Curves:
    """Without those that leave every time as it is written."""
    return {name: learning for name, learning in curves.items() if not is_settled(learning)}


def mean_paces(plant: Plant) -> dict[tuple[str, str], tuple[float, float]]:
    """Mean share of the written times, of work and of loading, by route and operation, where something is learned. [-]

    Notes
    -----
    Of the executions that the target (or the demand) of the first year takes; without one, of the first execution. Of
    several curves the slowest counts, as in a run.
    """
    practised = {
        (made.made_by or "", operation.op): curves
        for _, made, route in made_things(plant)
        for operation in route
        if any(curves := curves_of(plant, f"{made.made_by}.{operation.op}", operation))
    }
    if not practised:
        return {}
    times = _times(plant, practised)
    found = {}
    for key, (work, hands) in practised.items():
        paces = {name: mean_pace(learning, times[name]) for name, learning in (work | hands).items()}
        found[key] = (max((paces[name] for name in work), default=1.0), max(paces.values()))
    return found


def _times(plant: Plant, practised: dict[tuple[str, str], tuple[Curves, Curves]]) -> dict[str, float]:
    """Executions in the first year by curve."""
    through = things_through(plant, target_amounts(plant))
    times: defaultdict[str, float] = defaultdict(float)
    for name, made, route in made_things(plant):
        for operation in route:
            work, hands = practised.get((made.made_by or "", operation.op), ({}, {}))
            batch = max((_most(plant, station) for station in operation.stations), default=1)
            for curve in work | hands:
                times[curve] += through[name, operation.op] / max(made.moves_as, batch)
    return times


def _most(plant: Plant, station: str) -> int:
    """Pieces that a station works on at once."""
    batch = plant.stations[station].batch if station in plant.stations else None
    return batch.max if batch else 1
