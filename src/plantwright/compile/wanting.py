"""What machines wait for at the end of a run, and what will never come."""

from __future__ import annotations

from plantwright.arrays import Outcome
from plantwright.codes import LACK_ITEM, LACK_SKILL, LACK_TOOL, NO_POLICY, NONE, TICK_S
from plantwright.compile.account import closed
from plantwright.compile.problem import Problem
from plantwright.model.naming import called, thing_called
from plantwright.model.plant import Plant
from plantwright.results import Missing

KINDS = {LACK_SKILL: ("skill", "skills"), LACK_ITEM: ("item", "items"), LACK_TOOL: ("tool", "tools")}
"""What people call the kinds of ``lack``, and the names of each."""


def short_of(problem: Problem, outcome: Outcome, station: int) -> dict[Missing, float]:
    """Machine time of a station for which each thing was missing; what never was is left out. [s]"""
    record = outcome.world.station[station]
    found = {}
    for lack in outcome.world.lack[record.first_lack : record.first_lack + record.lacks]:
        ticks = closed(lack.area, lack.machines, outcome.end)
        if ticks:
            kind, names = KINDS[int(lack.kind)]
            found[Missing(kind, getattr(problem.names, names)[int(lack.who)])] = ticks * TICK_S
    return found


def ran_out(plant: Plant, problem: Problem, outcome: Outcome) -> str:
    """A sentence on stocks that stations wait for and nobody supplies; empty where there are none."""
    waits: dict[str, list[str]] = {}
    world = outcome.world
    for lack in world.lack:
        if lack.kind == LACK_ITEM and lack.machines > 0 and not _is_supplied(outcome, int(lack.who)):
            station = called(plant.stations, problem.names.stations[int(lack.station)])
            waits.setdefault(problem.names.items[int(lack.who)], []).append(station)
    told = [f"{' and '.join(stations)} for {thing_called(plant, name)}" for name, stations in waits.items()]
    if not told:
        return ""
    first = next(iter(waits))
    return (
        f"it waits for what nobody supplies ({', '.join(told)}): say where {thing_called(plant, first)} comes from, "
        f"in items.{first} (buy, with an offer and a policy, or made-by)"
    )


def _is_supplied(outcome: Outcome, index: int) -> bool:
    """Whether an item is made, bought, given by a teardown or under way."""
    item = outcome.world.item[index]
    given = bool((outcome.world.give.item_ == index).any())
    return item.policy != NO_POLICY or item.release != NONE or item.on_order > 0 or given
