"""A problem and a schedule as plain lists: what the checks read."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import pairwise

from plantwright.problems.schedule import NONE, Schedule, ScheduleProblem


class Clock:
    """Working time told on the clock, window by window."""

    def __init__(self, opens: list[int], closes: list[int]) -> None:
        self.opens = opens
        self.closes = closes

    def window(self, time: int) -> int | None:
        """The window that is open at a time, if one is."""
        index = bisect_right(self.opens, time) - 1
        return index if index >= 0 and time < self.closes[index] else None

    def whole(self, start: int, time: int) -> int | None:
        """End of what is done without a stop; None where it does not fit. [tick]"""
        index = self.window(start)
        return start + time if index is not None and start + time <= self.closes[index] else None

    def broken(self, start: int, time: int, anywhere: bool) -> int | None:
        """End of what closures interrupt; None where it begins while closed, or never ends. [tick]

        ``anywhere``: what has begun may stand still at the start of the schedule.
        """
        index = self.window(start)
        if index is None:
            if not anywhere:
                return None
            index = bisect_right(self.opens, start)
        for row in range(index, len(self.opens)):
            begin = max(start, self.opens[row])
            if begin + time <= self.closes[row]:
                return begin + time
            time -= self.closes[row] - begin
        return None


class Plain:
    """A problem and a schedule as lists of Python's integers.

    Attributes
    ----------
    done
        Operations that run, by the schedule.
    """

    def __init__(self, problem: ScheduleProblem, schedule: Schedule) -> None:
        self.problem = problem
        self.job = problem.operations.job.tolist()
        self.family = problem.modes.family.tolist()
        self.machine = problem.modes.machine.tolist()
        self.start: list[int] = schedule.start.tolist()
        self.end: list[int] = schedule.end.tolist()
        self.mode: list[int] = schedule.mode.tolist()
        self.setup: list[int] = schedule.setup.tolist()
        self.done = [index for index, mode in enumerate(self.mode) if mode != NONE]
        self.clocks = _clocks(problem)

    def runs(self, calendar: int, start: int, time: int, stops: bool, anywhere: bool = False) -> int | None:
        """When work ends that begins at ``start``; None where it cannot begin then. [tick]

        Work of no time is done at any time, open or closed.
        """
        if calendar == NONE or time == 0:
            return start + time
        clock = self.clocks[calendar]
        return clock.broken(start, time, anywhere) if stops else clock.whole(start, time)

    def follows(self) -> list[list[int]]:
        """What follows each operation by an arc and runs."""
        found: list[list[int]] = [[] for _ in self.mode]
        for before, after in zip(self.problem.arcs.before.tolist(), self.problem.arcs.after.tolist()):
            if self.mode[before] != NONE and self.mode[after] != NONE:
                found[before].append(after)
        return found

    def held(self) -> list[int]:
        """Until when each operation holds its machine. [tick]

        One that blocks holds it until the first of those that follow it begins.
        """
        follows = self.follows()
        blocks = self.problem.operations.blocks.tolist()
        return [
            max(end, min(self.start[after] for after in after_it)) if blocked and after_it else end
            for end, blocked, after_it in zip(self.end, blocks, follows)
        ]

    @cached_property
    def groups(self) -> dict[int, list[list[int]]]:
        """What each machine does, in order: lists of one operation, or of those of a batch."""
        by_machine: dict[int, list[int]] = {}
        for operation in self.done:
            by_machine.setdefault(self.machine[self.mode[operation]], []).append(operation)
        by_machine.pop(NONE, None)
        rooms = self.problem.machines.room.tolist()
        return {machine: self._batches(rooms[machine], work) for machine, work in sorted(by_machine.items())}

    def _batches(self, room: int, work: list[int]) -> list[list[int]]:
        """Operations in order of their times; on a machine with room those with the same times and family together."""

        def times(operation: int) -> tuple[int, int, int]:
            return self.start[operation], self.end[operation], self.family[self.mode[operation]]

        work.sort(key=lambda operation: (*times(operation), operation))
        groups = [[work[0]]]
        for last, this in pairwise(work):
            if room > 1 and times(last) == times(this):
                groups[-1].append(this)
            else:
                groups.append([this])
        return groups


def _clocks(problem: ScheduleProblem) -> list[Clock]:
    calendars = problem.calendars
    opens, closes = calendars.opens.tolist(), calendars.closes.tolist()
    rows = [(first, first + many) for first, many in zip(calendars.first_window.tolist(), calendars.windows.tolist())]
    return [Clock(opens[first:last], closes[first:last]) for first, last in rows]
