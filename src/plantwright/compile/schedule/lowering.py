"""Orders of a plant into a scheduling problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from plantwright.compile.schedule.clock import TICK_S, clock_of
from plantwright.compile.schedule.draft import Draft, Row, pools_of
from plantwright.compile.schedule.goals import goals_of
from plantwright.compile.schedule.linking import link, link_supplies, travel_times
from plantwright.compile.schedule.machines import Equipment, equipment, place_levels, setup_times
from plantwright.compile.schedule.modes import ways
from plantwright.compile.schedule.names import Gate, Lowered, Supply
from plantwright.compile.schedule.orders import Lot, lots_of
from plantwright.compile.schedule.people import People, Pool, amounts
from plantwright.compile.schedule.steps import Step, is_places, steps_of
from plantwright.compile.schedule.windows import Windows, Working, common
from plantwright.errors import Finding, RunError
from plantwright.model.plant import Plant
from plantwright.model.scheduling import ScheduledOrder, Scheduling
from plantwright.model.ways import Pair
from plantwright.problems.schedule import NONE, Ints, ScheduleProblem

TAIL_S = 26 * 7 * 86_400
"""How far calendars reach beyond the horizon if nothing else is said: half a year. [s]"""
NOT_BUILT_IN = "Nothing that is scheduled waits for {item}: that it is missing changes nothing."


@dataclass
class Lowering:
    """What is known while orders become a problem."""

    plant: Plant
    scheduling: Scheduling
    working: Working
    people: People
    lots: list[Lot]
    steps: list[Step | Gate] = field(default_factory=list)
    equipment: dict[str, list[tuple[int, Equipment]]] = field(default_factory=dict)
    pools: list[Pool] = field(default_factory=list)
    families: dict[str, int] = field(default_factory=dict)
    stations: list[str] = field(default_factory=list)
    supplies: list[Supply] = field(default_factory=list)
    draft: Draft = field(default_factory=Draft)
    met: dict[tuple[str, ...], Windows] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)

    @cached_property
    def travel(self) -> dict[Pair, int]:
        """How long the ways between stations take. [tick]"""
        return travel_times(self.plant)

    @cached_property
    def of_lot(self) -> list[list[int]]:
        """Steps of each lot."""
        found: list[list[int]] = [[] for _ in self.lots]
        for index, step in enumerate(self.steps):
            found[step.lot].append(index)
        return found

    @cached_property
    def late(self) -> dict[str, int]:
        """When missing items come. [tick]"""
        return {each.item: self.working.clock.tick(each.until) for each in self.scheduling.missing}

    def is_scheduled(self, station: str) -> bool:
        """Whether a station's machines and people are scheduled."""
        chosen = self.scheduling
        if not chosen.shops and not chosen.stations:
            return True
        return station in chosen.stations or self.plant.stations[station].shop in chosen.shops


def lower_schedule(plant: Plant, orders: Mapping[str, ScheduledOrder], tail: float = TAIL_S) -> Lowered:
    """Turn orders into a problem of jobs, operations, machines, pools and calendars.

    Parameters
    ----------
    plant
        A sound plant; scheduled by the defaults where it says nothing of scheduling.
    orders
        What has to be made.
    tail
        How far calendars reach beyond the horizon. [s]

    Raises
    ------
    RunError
        Operations that no machine can do, nobody is trained for, or that never fit between two breaks: all at once.
    """
    scheduling = plant.scheduling or Scheduling()
    clock = clock_of(plant)
    working = Working(plant, clock, round((scheduling.horizon.base + tail) / TICK_S))
    made = Lowering(plant, scheduling, working, People(working), lots_of(plant, scheduling, orders, clock))
    _gather(made)
    _add_pools(made)
    _add_machines(made)
    for number in range(len(made.lots)):
        _add_job(made, number)
    if made.faults:
        raise RunError(*made.faults)
    link_supplies(made)
    setups = _setups(made)
    problem = ScheduleProblem(
        **made.draft.records(),
        pools=pools_of(made.pools),
        calendars=working.calendars(),
        setups=setups,
        goals=goals_of(scheduling),
    )
    return Lowered(
        plant=plant,
        scheduling=scheduling,
        orders=dict(orders),
        problem=problem,
        clock=clock,
        lots=tuple(made.lots),
        steps=tuple(made.steps),
        equipment=tuple(each for _, each in sorted(pair for row in made.equipment.values() for pair in row)),
        stations=tuple(made.stations),
        people=made.people,
        pools=tuple(made.pools),
        families=tuple(made.families),
        supplies=tuple(made.supplies),
        notes=tuple(made.notes),
        tail=tail,
    )


def _gather(made: Lowering) -> None:
    """Steps of all lots in the order of the problem: what they wait for, then route by route."""
    for number, lot in enumerate(made.lots):
        found = [step for route in lot.routes for step in steps_of(made.plant, number, lot, route)]
        used = dict.fromkeys(item for step in found for item in step.operation.uses)
        made.steps += [Gate(number, item) for item in used if made.late.get(item, 0) > 0]
        made.steps += found
    gates = {step.item for step in made.steps if isinstance(step, Gate)}
    made.notes |= dict.fromkeys(NOT_BUILT_IN.format(item=item) for item in made.late if item not in gates)


def _add_pools(made: Lowering) -> None:
    """Pools of skills, tools and places that the steps ask for."""
    skills: dict[str, None] = {}
    tools: dict[str, None] = {}
    places: dict[str, None] = {}
    for step in made.steps:
        if isinstance(step, Gate):
            continue
        for name in step.operation.stations:
            station = made.plant.stations[name]
            if not made.is_scheduled(name):
                continue
            skills |= dict.fromkeys(step.operation.people)
            skills |= dict.fromkeys(step.operation.attended.people if step.operation.attended else ())
            skills |= dict.fromkeys(station.setup.people if station.setup else ())
            tools |= dict.fromkeys(step.operation.tools)
            places |= dict.fromkeys([name] if is_places(station) else ())
    made.pools += made.people.pools(skills)
    made.pools += [Pool("tool", (name,), 1, ((0, made.plant.tools[name].number),)) for name in tools]
    for name in places:
        levels = place_levels(made.working.clock, made.scheduling, name, made.plant.stations[name].machine_count)
        made.pools.append(Pool("places", (name,), 1, levels))


def _add_machines(made: Lowering) -> None:
    """Machines of every scheduled station that some step can go to, in document order."""
    visited = {name for step in made.steps if isinstance(step, Step) for name in step.operation.stations}
    for name, station in made.plant.stations.items():
        if name not in visited or not made.is_scheduled(name) or is_places(station):
            continue
        row = made.equipment.setdefault(name, [])
        for each in equipment(made.working, made.scheduling, name):
            row.append((len(made.draft.machines), each))
            made.draft.machines.append(_machine(made, each))


def _machine(made: Lowering, each: Equipment) -> Row:
    station = made.plant.stations[each.station]
    setup = station.setup
    people = setup.people if setup is not None else {}
    windows = common(each.windows, made.people.windows(people)) if setup is not None else each.windows
    return {
        "room": station.batch.max if station.batch is not None else 1,
        "free": 0,
        "state": NONE,  # known when all families are
        "setup": NONE,
        "ahead": int(made.scheduling.setups_ahead),
        "calendar": made.working.number(windows),
        **made.draft.need(amounts(made.pools, people)),
    }


def _add_job(made: Lowering, number: int) -> None:
    """A lot with its operations, their modes and what they wait for."""
    lot = made.lots[number]
    made.draft.jobs.append(
        {
            "release": lot.release,
            "due": lot.due,
            "deadline": lot.deadline,
            "weight": lot.weight,
            "routes": len(lot.routes),
        }
    )
    mine = made.of_lot[number]
    for index in mine:
        ways(made, index)
    link(made, number, mine)


def _setups(made: Lowering) -> Ints:
    """Setup matrices by station, and which machine has which; what machines are set up for at the start."""
    families = list(made.families)
    matrices: list[list[list[int]]] = []
    for name, row in made.equipment.items():
        setup = made.plant.stations[name].setup
        for index, each in row:
            machine = made.draft.machines[index]
            machine["state"] = made.families.get(made.scheduling.state.get(each.name, ""), NONE)
            machine["setup"] = NONE if setup is None else len(matrices)
        if setup is not None:
            matrices.append(setup_times(setup, families))
    return np.array(matrices, dtype=np.int64).reshape(len(matrices), len(families) + 1, len(families))
