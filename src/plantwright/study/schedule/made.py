"""A schedule with all it was made of, and what it comes to in names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from plantwright.compile.schedule.crewing import crews_of, running
from plantwright.compile.schedule.names import Gate, Lowered
from plantwright.compile.schedule.orders import Lot
from plantwright.problems.schedule import NEVER, NONE, Schedule
from plantwright.study.schedule.reasons import Reason, Reasons


@dataclass(frozen=True)
class Made:
    """A schedule.

    Attributes
    ----------
    lowered
        What was to be scheduled.
    schedule
        In arrays.
    """

    lowered: Lowered
    schedule: Schedule

    @cached_property
    def bars(self) -> list[int]:
        """Operations that run and take a machine, people or time, in the order in which they begin."""
        steps, start = self.lowered.steps, self.schedule.start
        shown = [index for index in running(self.schedule) if not isinstance(steps[index], Gate)]
        return sorted(shown, key=lambda index: (int(start[index]), index))

    @cached_property
    def reasons(self) -> Reasons:
        """Why they stand where they stand."""
        return Reasons(self.lowered, self.schedule)

    @cached_property
    def reason(self) -> dict[int, Reason]:
        """What each operation that runs waited for."""
        return {index: self.reasons.of(index) for index in running(self.schedule)}

    @cached_property
    def crews(self) -> dict[int, tuple[str, ...]]:
        """Who does each operation."""
        return crews_of(self.lowered, self.schedule)

    @cached_property
    def lots_of(self) -> dict[str, list[int]]:
        """Lots of each order, in document order."""
        found: dict[str, list[int]] = {}
        for number, lot in enumerate(self.lowered.lots):
            found.setdefault(lot.order, []).append(number)
        return found

    @cached_property
    def of_lot(self) -> list[list[int]]:
        """Bars of each lot."""
        found: list[list[int]] = [[] for _ in self.lowered.lots]
        for index in self.bars:
            found[self.lot_number(index)].append(index)
        return found

    @cached_property
    def length(self) -> int:
        """When the last bar ends. [tick]"""
        return max((int(self.schedule.end[index]) for index in self.bars), default=0)

    @cached_property
    def late(self) -> frozenset[str]:
        """Orders that are past their due date."""
        return frozenset(order for order in self.lots_of if self.tardiness(order) > 0)

    def lot_number(self, index: int) -> int:
        """The lot of an operation."""
        return int(self.lowered.problem.operations.job[index])

    def lot(self, index: int) -> Lot:
        """The same by name."""
        return self.lowered.lots[self.lot_number(index)]

    def start(self, order: str) -> int:
        """When an order begins. [tick]"""
        return min(int(self.schedule.start[index]) for number in self.lots_of[order] for index in self.of_lot[number])

    def end(self, order: str) -> int:
        """When the last of its lots is done. [tick]"""
        return max(int(self.schedule.end[index]) for number in self.lots_of[order] for index in self.of_lot[number])

    def due(self, order: str) -> int | None:
        """When it is due; None without a date. [tick]"""
        due = self.lowered.lots[self.lots_of[order][0]].due
        return None if due == NEVER else due

    def tardiness(self, order: str) -> int:
        """Time past its due date; 0 of what is in time. [tick]"""
        due = self.due(order)
        return 0 if due is None else max(0, self.end(order) - due)

    def last(self, order: str) -> int:
        """The bar that ends last of an order."""
        mine = [index for number in self.lots_of[order] for index in self.of_lot[number]]
        return max(mine, key=lambda index: (int(self.schedule.end[index]), index))

    def chain(self, index: int) -> list[int]:
        """Bars that lead to one, the last first: each waited for the next."""
        found: list[int] = []
        while index != NONE and index not in found:
            found.append(index)
            reason = self.reason[index]
            index = NONE if reason.kind == "within" else reason.other
        return found

    @cached_property
    def critical(self) -> frozenset[int]:
        """Bars on the chain of a late order; of the last bar where none is late."""
        if not self.bars:
            return frozenset()
        ends = [self.last(order) for order in self.late]
        if not ends:
            ends = [max(self.bars, key=lambda index: (int(self.schedule.end[index]), index))]
        return frozenset(index for end in ends for index in self.chain(end))
