"""A lowered schedule: the problem in arrays, and the names of its indices."""

from __future__ import annotations

from dataclasses import dataclass

from plantwright.compile.schedule.clock import Clock
from plantwright.compile.schedule.machines import Equipment
from plantwright.compile.schedule.orders import Lot
from plantwright.compile.schedule.people import People, Pool
from plantwright.compile.schedule.steps import Step
from plantwright.model.plant import Plant
from plantwright.model.scheduling import ScheduledOrder, Scheduling
from plantwright.problems.schedule import ScheduleProblem


@dataclass(frozen=True, slots=True)
class Gate:
    """The moment at which a missing item comes: an operation without a machine or a length.

    Attributes
    ----------
    lot
        Number of the lot that waits for it.
    item
        What is missing.
    """

    lot: int
    item: str


@dataclass(frozen=True, slots=True)
class Supply:
    """Pieces of one lot that another one builds in: an arc between two orders.

    Attributes
    ----------
    item
        What is built in.
    lot, operation
        The lot that gives it, and the operation that takes it.
    pieces
        How many. [pieces]
    arc
        Its arc in the problem.
    """

    item: str
    lot: int
    operation: int
    pieces: float
    arc: int


@dataclass(frozen=True, slots=True, eq=False)
class Lowered:
    """A schedule to be made.

    Attributes
    ----------
    plant, scheduling, orders
        What it was made from.
    problem
        In arrays.
    clock
        When its ticks are.
    lots
        Names of the jobs J.
    steps
        Names of the operations N.
    equipment
        Names of the machines M.
    stations
        Station of each mode K.
    people
        The crews while it lasts.
    pools
        Names of the pools P.
    families
        Names of the setup families F.
    supplies
        What orders build in of each other.
    notes
        What the reader should know.
    tail
        How far calendars reach beyond the horizon. [s]
    """

    plant: Plant
    scheduling: Scheduling
    orders: dict[str, ScheduledOrder]
    problem: ScheduleProblem
    clock: Clock
    lots: tuple[Lot, ...]
    steps: tuple[Step | Gate, ...]
    equipment: tuple[Equipment, ...]
    stations: tuple[str, ...]
    people: People
    pools: tuple[Pool, ...]
    families: tuple[str, ...]
    supplies: tuple[Supply, ...]
    notes: tuple[str, ...]
    tail: float

    def operation(self, number: int) -> str:
        """What an operation is called in its route: its ``op``, or what it waits for."""
        step = self.steps[number]
        return step.operation.op if isinstance(step, Step) else f"await {step.item}"

    def machine_of(self, mode: int) -> str:
        """The machine of a mode: ``mould/3``; empty where it has none."""
        machine = int(self.problem.modes.machine[mode])
        return self.equipment[machine].name if machine >= 0 else ""
