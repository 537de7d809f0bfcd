"""What no schedule goes below: bounds of each measure in milliseconds, without a solver.

Paths through arcs and calendars, work of machines, groups of machines and pools with heads and tails, setups that no
sequence avoids, and preemptive schedules of one machine for sums over jobs.
"""

from __future__ import annotations

from plantwright.optimise.schedule.bounds.loads import Load, last_end, loads, pool_ends
from plantwright.optimise.schedule.bounds.paths import Paths
from plantwright.optimise.schedule.bounds.setups import on_machine
from plantwright.optimise.schedule.bounds.sums import flow, late, tardiness, weighted
from plantwright.problems.schedule import NEVER, NONE, Measure, ScheduleProblem

__all__ = ["lower"]


def lower(problem: ScheduleProblem) -> tuple[int, ...]:
    """What no schedule that keeps everything goes below, level by level, each on its own."""
    paths = Paths(problem)
    found = _Bounds(paths)
    return tuple(
        sum(weight * found.of(measure) for measure, weight in zip(goal.measures, goal.weights) if weight)
        for goal in problem.goals
    )


class _Bounds:
    """Bounds of measures, each worked out when it is first asked for."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self.jobs = paths.problem.jobs
        self.loads = loads(paths)
        self._found: dict[Measure, int] = {}

    def of(self, measure: Measure) -> int:
        """The bound of one measure."""
        if measure not in self._found:
            self._found[measure] = getattr(self, f"_{measure}")()
        return self._found[measure]

    def _makespan(self) -> int:
        ends = [0, *self.paths.over]
        ends += [last_end(self.paths, load) for load in self.loads]
        ends += [self._set_up(load) for load in self.loads]
        return max(*ends, *pool_ends(self.paths))

    def _set_up(self, load: Load) -> int:
        """End of one machine with its setups: all after it is free; all but the first after the first work is there."""
        if len(load.machines) > 1:
            return 0
        (machine,) = load.machines
        free = self.paths.problem.machines.free
        setups, first = on_machine(self.paths, load)
        work = -(-sum(load.time.values()) // load.width) + setups
        head = min(self.paths.head[operation] for operation in load.operations)
        tail = min(self.paths.tail[operation] for operation in load.operations)
        # The first setup may be done before its work can begin: ahead of it, or while that is still closed.
        return max(int(free[machine]) + work, head + work - min(first, setups)) + tail

    def _tardiness(self) -> int:
        dates = self.jobs.due.tolist()
        alone = [max(0, end - due) for end, due in zip(self.paths.completion, dates)]
        return weighted(self.paths, self.loads, tardiness, alone)

    def _late(self) -> int:
        alone = [int(end > due) for end, due in zip(self.paths.completion, self.jobs.due.tolist())]
        return weighted(self.paths, self.loads, late, alone)

    def _flow(self) -> int:
        released: int = sum(w * release for w, release in zip(self.jobs.weight.tolist(), self.jobs.release.tolist()))
        return weighted(self.paths, self.loads, flow, self.paths.completion) - released

    def _setups(self) -> int:
        return sum(on_machine(self.paths, load)[0] for load in self.loads if len(load.machines) == 1)

    def _earliness(self) -> int:
        rows = zip(self.jobs.weight.tolist(), self.jobs.due.tolist(), self.jobs.deadline.tolist())
        return sum(weight * max(0, due - deadline) for weight, due, deadline in rows if due != NEVER)

    def _moved(self) -> int:
        operations = self.paths.problem.operations
        rows = zip(operations.reference_start.tolist(), operations.fixed_start.tolist(), self.paths.head)
        return sum(was != NONE and (was < head or fixed not in (NONE, was)) for was, fixed, head in rows)
