"""By when everything can be over."""

from __future__ import annotations

from plantwright.optimise.schedule.proof.clock import Clocks
from plantwright.problems.schedule import NEVER, NONE, Schedule, ScheduleProblem


def horizon(problem: ScheduleProblem, start: Schedule | None = None) -> int:
    """Longer than some best schedule takes. [tick]

    One operation after the other with the longest waits and setups, from when all is released, free and there; closures
    twice where longest waits may keep work from beginning when it could. A schedule at hand that is longer counts too.
    """
    begin = _begin(problem)
    deadlines = problem.jobs.deadline.tolist()
    longest = _serial(problem, begin)
    if start is not None:
        longest = max(longest, int(start.end.max(initial=0)))
    if deadlines and NEVER not in deadlines:
        longest = min(longest, max(deadlines))
    due = [due for due in problem.jobs.due.tolist() if due != NEVER]
    if any(measure == "earliness" for goal in problem.goals for measure in goal.measures):
        longest += max(due, default=0)
    return longest


def _begin(problem: ScheduleProblem) -> int:
    """When all is released, free and there. [tick]"""
    operations = problem.operations
    columns = (
        *(problem.jobs.release, problem.machines.free, problem.pools.level_from),
        *(operations.fixed_start, operations.reference_start),
    )
    return max(0, *(int(column.max(initial=0)) for column in columns))


def _serial(problem: ScheduleProblem, begin: int) -> int:
    closed = int(problem.calendars.closes.max(initial=0))
    clocks = Clocks(problem, max(closed, begin))
    is_waiting_bounded = bool((problem.arcs.most != NONE).any())
    lags = int(problem.arcs.least.clip(min=0).sum())
    time = begin
    operations, modes = problem.operations, problem.modes
    setups = _longest_setups(problem)
    for operation, (first, many) in enumerate(zip(operations.first_mode.tolist(), operations.modes.tolist())):
        over = time
        for mode in range(first, first + many):
            machine, at = int(modes.machine[mode]), time
            if machine != NONE and setups[machine]:
                calendar = int(problem.machines.calendar[machine])
                at = _after(clocks, calendar, setups[machine], True, time)
            stops, calendar = bool(operations.interruptible[operation]), int(modes.calendar[mode])
            over = max(over, _after(clocks, calendar, _longest(problem, mode), stops, at))
        time = over
    # Lags may fall before a closure and push what follows behind it.
    time += lags + (lags and _closures(problem) * (1 + len(problem.arcs.least)))
    if is_waiting_bounded and len(problem.calendars.opens):
        time = begin + 2 * (time - begin)
    return time + 1


def _after(clocks: Clocks, calendar: int, time: int, stops: bool, at: int) -> int:
    return at + time if calendar == NONE else clocks.free(calendar, time, stops, at)


def _longest(problem: ScheduleProblem, mode: int) -> int:
    """Working time, in the longest batch. [tick]"""
    modes, machine = problem.modes, int(problem.modes.machine[mode])
    if machine == NONE or problem.machines.room[machine] == 1:
        return int(modes.time[mode])
    return int(modes.time[modes.machine == machine].max())


def _longest_setups(problem: ScheduleProblem) -> list[int]:
    return [
        0 if matrix == NONE else int(problem.setups[matrix].max(initial=0))
        for matrix in problem.machines.setup.tolist()
    ]


def _closures(problem: ScheduleProblem) -> int:
    """The longest closure and shift. [tick]"""
    longest = 0
    calendars = problem.calendars
    for first, many in zip(calendars.first_window.tolist(), calendars.windows.tolist()):
        opens, closes = calendars.opens[first : first + many], calendars.closes[first : first + many]
        if many > 1:
            longest = max(longest, int((opens[1:] - opens[:-1]).max()), int((opens[1:] - closes[:-1]).max()))
    return longest
