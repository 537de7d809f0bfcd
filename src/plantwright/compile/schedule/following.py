"""A schedule for the simulator: the plant as it is scheduled, and each lot with where and when it goes."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

from plantwright.arrays import World
from plantwright.codes import PLANNED
from plantwright.compile.following import Followed, Lot, Visit, follow
from plantwright.compile.lowering import lower
from plantwright.compile.planned import Planned
from plantwright.compile.problem import Problem
from plantwright.compile.schedule.clock import TICK_S
from plantwright.compile.schedule.machines import Equipment
from plantwright.compile.schedule.names import Gate, Lowered
from plantwright.compile.schedule.orders import started
from plantwright.compile.schedule.plant import as_scheduled, closed, closed_until, is_scheduled
from plantwright.compile.schedule.steps import Step, is_places
from plantwright.errors import Finding, RunError
from plantwright.model.station import Station
from plantwright.model.ways import ways_between
from plantwright.problems.schedule import NEVER, NONE, Schedule
from plantwright.units import TICKS_PER_SECOND

LONGEST = 4.0
"""A run lasts so many times as long as its schedule, and then some. [-]"""
THEN_SOME_S = 14 * 86_400


@dataclass(frozen=True, eq=False)
class Course:
    """What the simulator runs to replay a schedule.

    Attributes
    ----------
    followed : Followed
        The plant that follows it.
    operations : tuple of int
        Which operation of the scheduling problem each visit is, lot after lot.
    start, ends : int
        When the schedule begins and ends. [tick of the simulator]
    """

    followed: Followed
    operations: tuple[int, ...]
    start: int

    ends: int

    @property
    def until(self) -> int:
        """When a run ends at the latest. [tick of the simulator]"""
        return self.followed.problem.until

    def is_done(self, world: World) -> bool:
        """Whether every lot has come in and nothing is under way any more."""
        entered = int(world.release.opened[world.release.kind == PLANNED].sum())
        return entered == len(self.followed.first) and int(world.item.wip.sum()) == 0


class Replayable:
    """A scheduling problem whose schedules the simulator can follow.

    Parameters
    ----------
    lowered
        The problem in names.
    longest
        Length of the longest schedule that is to be followed. [tick of the schedule]

    Raises
    ------
    RunError
        Lots of one item go by different routes.
    """

    def __init__(self, lowered: Lowered, longest: int) -> None:
        self.lowered = lowered
        self.first_day = lowered.clock.start.date()
        midnight = dt.datetime.combine(self.first_day, dt.time(), tzinfo=dt.UTC)
        self.offset_s = (lowered.clock.start - midnight).total_seconds()
        self.until_s = self.offset_s + LONGEST * longest * TICK_S + THEN_SOME_S
        self._lowered: dict[tuple[tuple[str, str], ...], Problem] = {}

    def course(self, schedule: Schedule, *, early_s: float | None = None, is_certain: bool = False) -> Course:
        """A schedule as the simulator follows it (``compile.following``)."""
        lots, operations = self._lots(schedule)
        problem = self._problem(self._routes(schedule))
        set_up = self._set_up()
        followed = follow(problem, lots, early_s=early_s, is_certain=is_certain, set_up=set_up)
        begin, end = self._s(0), max(lot.ends_s for lot in lots)
        return Course(followed, operations, round(begin * TICKS_PER_SECOND), round(end * TICKS_PER_SECOND))

    def _set_up(self) -> dict[str, str]:
        """The family that each machine is set up for at the start, by its name in the simulator."""
        state = self.lowered.scheduling.state
        return {_called(each): state[each.name] for each in self.lowered.equipment if each.name in state}

    # ---------------------------------------------------------------------------------------------------- the plant

    def _problem(self, routes: Mapping[str, str]) -> Problem:
        """The plant in arrays, each item made by one route."""
        key = tuple(sorted(routes.items()))
        if key not in self._lowered:
            plant = as_scheduled(self.lowered, routes)
            plan = {item: [Planned(1, 0.0, 0.0)] for item in routes}
            self._lowered[key] = lower(
                plant, mode="as-written", until_s=self.until_s, plan=plan, closed=closed(self.lowered)
            )
        return self._lowered[key]

    # ----------------------------------------------------------------------------------------------------- the lots

    def _routes(self, schedule: Schedule) -> dict[str, str]:
        """The route by which each item is made."""
        found: dict[str, str] = {}
        for number, step in enumerate(self.lowered.steps):
            if isinstance(step, Gate) or schedule.mode[number] == NONE:
                continue
            if found.setdefault(step.item, step.route) != step.route:
                told = f"lots of {step.item} go by {found[step.item]} and by {step.route} in one schedule"
                raise RunError(Finding("E577", told, "Replay schedules in which each item goes by one route."))
        return found

    def _lots(self, schedule: Schedule) -> tuple[list[Lot], tuple[int, ...]]:
        members: list[list[int]] = [[] for _ in self.lowered.lots]
        for number, step in enumerate(self.lowered.steps):
            if isinstance(step, Step) and schedule.mode[number] != NONE:
                members[step.lot].append(number)
        gates = self._gates(schedule)
        rests = self._rests(schedule)
        lots = []
        for number, mine in enumerate(members):
            written = self.lowered.lots[number]
            visits = tuple(self._visit(schedule, index, gates.get(index, 0), rests.get(index, 0.0)) for index in mine)
            route = self.lowered.steps[mine[0]]
            assert isinstance(route, Step)
            lots.append(
                Lot(
                    item=written.item,
                    pieces=started(self.lowered.plant.routes[route.route], written.pieces),
                    enters_s=min(visit.begins_s for visit in visits),
                    due_s=self._s(min(written.due, NEVER // TICKS_PER_SECOND // 4)),
                    visits=visits,
                    ends_s=max(self._s(int(schedule.end[index])) for index in mine),
                )
            )
        return lots, tuple(index for mine in members for index in mine)

    def _visit(self, schedule: Schedule, index: int, gate: int, rest_s: float) -> Visit:
        step = self.lowered.steps[index]
        assert isinstance(step, Step)
        mode = int(schedule.mode[index])
        name = self.lowered.stations[mode]
        station = self.lowered.plant.stations[name]
        machine = int(self.lowered.problem.modes.machine[mode])
        begins = int(schedule.start[index] if schedule.setup[index] == NONE else schedule.setup[index])
        return Visit(
            operation=step.operation.op,
            machine=_called(self.lowered.equipment[machine]) if machine != NONE else name,
            begins_s=self._s(begins),
            takes_s=self._takes(schedule, index, mode) * TICK_S,
            earliest_s=self._s(after) if (after := max(gate, closed_until(self.lowered, index, mode, begins))) else 0.0,
            rest_s=rest_s,
            rounds=_rounds(step, station),
            is_alone=not is_scheduled(self.lowered, name),
        )

    def _takes(self, schedule: Schedule, index: int, mode: int) -> int:
        """How long a machine works on it in the schedule, breaks of people only included. [tick]

        The simulator lets people who are held finish what they do.
        """
        machine = int(self.lowered.problem.modes.machine[mode])
        if machine == NONE:
            return int(self.lowered.problem.modes.time[mode])
        start, end = int(schedule.start[index]), int(schedule.end[index])
        windows = self.lowered.equipment[machine].windows
        return sum(max(0, min(end, closes) - max(start, opens)) for opens, closes in windows)

    def _s(self, tick: int) -> float:
        """A tick of the schedule in seconds from the simulator's first midnight. [s]"""
        return self.offset_s + tick * TICK_S

    def _gates(self, schedule: Schedule) -> dict[int, int]:
        """When what an operation needs from outside comes. [tick of the schedule]"""
        arcs = self.lowered.problem.arcs
        found: dict[int, int] = {}
        for before, after in zip(arcs.before.tolist(), arcs.after.tolist(), strict=True):
            if isinstance(self.lowered.steps[before], Gate):
                found[after] = max(found.get(after, 0), int(schedule.end[before]))
        return found

    def _rests(self, schedule: Schedule) -> dict[int, float]:
        """How long lots rest before an operation, in the queue there, once they have come. [s]"""
        plant = self.lowered.plant
        ways = ways_between(plant)
        arcs = self.lowered.problem.arcs
        found: dict[int, float] = {}
        for before, after in zip(arcs.before.tolist(), arcs.after.tolist(), strict=True):
            one, other = self.lowered.steps[before], self.lowered.steps[after]
            if not isinstance(one, Step) or not isinstance(other, Step) or one.lot != other.lot:
                continue
            if other.operation.wait is None or NONE in (schedule.mode[before], schedule.mode[after]):
                continue
            pair = (self.lowered.stations[int(schedule.mode[before])], self.lowered.stations[int(schedule.mode[after])])
            way = plant.travel[ways[pair]] if pair in ways else None
            under_way = way.time.mean if way is not None and way.time is not None else 0.0
            found[after] = max(0.0, other.operation.wait.base - under_way)
        return found


def _called(each: Equipment) -> str:
    """What a machine is called in the simulator."""
    return f"{each.station}/{each.machine.name or each.number}"


def _rounds(step: Step, station: Station) -> int | None:
    """How often the time of an operation comes for a lot: each part of it, or as many as go at once."""
    if station.batch is not None:
        return math.ceil(step.pieces / station.batch.max)
    return math.ceil(step.parts / station.machine_count) if is_places(station) else None
