"""How early each operation can begin, and how much must come after it: paths through arcs, modes and calendars."""

from __future__ import annotations

from plantwright.optimise.schedule.bounds.hours import Hours, hours
from plantwright.problems.schedule import NONE, ScheduleProblem


class Paths:
    """What is known of each operation on its own.

    Attributes
    ----------
    modes
        Modes it can run in.
    is_sure
        It is done whatever routes are taken.
    head, early
        It begins and ends no earlier. [tick]
    least
        Its shortest working time. [tick]
    tail, job_tail
        So much comes after its end, before all is over and before its job is. [tick]
    over, completion
        The last operation of each job ends no earlier; one without operations is complete when it is released. [tick]
    """

    def __init__(self, problem: ScheduleProblem) -> None:
        self.problem = problem
        self.hours: dict[int, Hours] = hours(problem)
        operations = problem.operations
        self.job, self.route = operations.job.tolist(), operations.route.tolist()
        many = problem.jobs.routes.tolist()
        self.is_sure = [route == NONE or many[job] == 1 for job, route in zip(self.job, self.route)]
        self.modes = _modes(problem)
        time = problem.modes.time.tolist()
        self.least = [min(time[mode] for mode in modes) for modes in self.modes]
        self._arcs = self._told_arcs()
        self.head, self.early = self._forwards()
        self.tail = self._backwards(within_jobs=False)
        self.job_tail = self._backwards(within_jobs=True)
        self.over = self._over()
        releases = problem.jobs.release.tolist()
        self.completion = [max(release, end) for release, end in zip(releases, self.over)]

    def _told_arcs(self) -> list[tuple[int, int, bool, int]]:
        """Arcs that lead onwards in number, so that one pass is enough; others would only raise the bound."""
        arcs = self.problem.arcs
        rows = zip(arcs.before.tolist(), arcs.after.tolist(), arcs.from_start.tolist(), arcs.least.tolist())
        return [row for row in rows if row[0] < row[1]]

    def _goes_with(self, one: int, other: int) -> bool:
        """The first is done whenever the other is."""
        return self.is_sure[one] or (self.job[one], self.route[one]) == (self.job[other], self.route[other])

    def _forwards(self) -> tuple[list[int], list[int]]:
        release = self.problem.jobs.release.tolist()
        fixed = self.problem.operations.fixed_start.tolist()
        stops = self.problem.operations.interruptible.tolist()
        before: list[list[tuple[int, bool, int]]] = [[] for _ in self.job]
        for one, other, from_start, lag in self._arcs:
            if self._goes_with(one, other):
                before[other].append((one, from_start, lag))
        free, machine = self.problem.machines.free.tolist(), self.problem.modes.machine.tolist()
        calendar, time = self.problem.modes.calendar.tolist(), self.problem.modes.time.tolist()
        head, early = [0] * len(self.job), [0] * len(self.job)
        for operation, modes in enumerate(self.modes):
            at = max(release[self.job[operation]], fixed[operation], 0)
            for one, from_start, lag in before[operation]:
                at = max(at, (head[one] if from_start else early[one]) + lag)
            begun = fixed[operation] != NONE
            found = []
            for mode in modes:
                start = at if machine[mode] == NONE else max(at, free[machine[mode]])
                start, end = self.hours[calendar[mode]].earliest(start, time[mode], stops[operation])
                found.append((at if begun else start, end))
            head[operation], early[operation] = min(row[0] for row in found), min(row[1] for row in found)
        return head, early

    def _backwards(self, within_jobs: bool) -> list[int]:
        """Tails from ends; those from starts are kept beside them for work that overlaps."""
        tail, reach = [0] * len(self.job), list(self.least)
        after: list[list[tuple[int, bool, int]]] = [[] for _ in self.job]
        for one, other, from_start, lag in self._arcs:
            if self._goes_with(other, one) and (not within_jobs or self.job[one] == self.job[other]):
                after[one].append((other, from_start, lag))
        for operation in reversed(range(len(self.job))):
            for other, from_start, lag in after[operation]:
                if from_start:
                    reach[operation] = max(reach[operation], lag + reach[other])
                else:
                    tail[operation] = max(tail[operation], lag + reach[other])
            reach[operation] = max(reach[operation], self.least[operation] + tail[operation])
        return tail

    def _over(self) -> list[int]:
        """The latest of its ends, by the quickest of its routes."""
        found = [0 for _ in self.problem.jobs.release]
        ways: list[list[int]] = [[0] * many for many in self.problem.jobs.routes.tolist()]
        for job, route, end in zip(self.job, self.route, self.early):
            if route == NONE:
                found[job] = max(found[job], end)
            else:
                ways[job][route] = max(ways[job][route], end)
        return [max(end, min(of_job)) for end, of_job in zip(found, ways)]


def _modes(problem: ScheduleProblem) -> list[list[int]]:
    operations = problem.operations
    rows = zip(operations.first_mode.tolist(), operations.modes.tolist(), operations.fixed_mode.tolist())
    return [[fixed] if fixed != NONE else list(range(first, first + many)) for first, many, fixed in rows]
