"""What of a schedule is kept when the rest is arranged anew: who runs where, after whom, on each machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plantwright.problems.schedule import NONE, Schedule, ScheduleProblem


@dataclass(frozen=True, slots=True)
class Order:
    """The order in which modes that are kept run on their machine.

    Attributes
    ----------
    place
        Place on its machine, by mode; those of a batch share one.
    settled
        Operations that also keep their times.
    """

    place: dict[int, int]
    settled: frozenset[int] = frozenset()

    def is_known(self, one: int, other: int) -> bool:
        """Whether both are kept."""
        return one in self.place and other in self.place

    def may_follow(self, before: int, after: int) -> bool:
        """Whether one mode may come right before another: between two that are kept none is that is kept."""
        return not self.is_known(before, after) or self.place[after] == self.place[before] + 1

    def compare(self, one: int, other: int) -> int:
        """Below 0: the first comes earlier; 0: in one batch; above 0: later. Both are kept."""
        return self.place[one] - self.place[other]


NOTHING = Order({})
"""Nothing is kept."""


def order(problem: ScheduleProblem, schedule: Schedule, free: set[int], keeps_times: bool) -> Order:
    """The order of all that runs and is not free, and if asked its times."""
    place: dict[int, int] = {}
    for work in _by_machine(problem, schedule, free):
        index, last = -1, (NONE, NONE, NONE)
        for start, end, family, mode, room in work:
            index += room == 1 or (start, end, family) != last
            last = start, end, family
            place[mode] = index
    runs = (operation for operation, mode in enumerate(schedule.mode.tolist()) if mode != NONE)
    return Order(place, frozenset(runs) - free if keeps_times else frozenset())


def _by_machine(
    problem: ScheduleProblem, schedule: Schedule, free: set[int]
) -> Iterator[list[tuple[int, int, int, int, int]]]:
    """Start, end, family, mode and room of the machine, in order."""
    found: dict[int, list[tuple[int, int, int, int, int]]] = {}
    rows = zip(schedule.start.tolist(), schedule.end.tolist(), schedule.mode.tolist())
    for operation, (start, end, mode) in enumerate(rows):
        if mode == NONE or operation in free or problem.modes.machine[mode] == NONE:
            continue
        machine = int(problem.modes.machine[mode])
        row = (start, end, int(problem.modes.family[mode]), mode, int(problem.machines.room[machine]))
        found.setdefault(machine, []).append(row)
    for work in found.values():
        yield sorted(work)
