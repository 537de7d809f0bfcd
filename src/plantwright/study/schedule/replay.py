"""Schedules replayed in the simulator: what becomes of them when times vary, machines fail and pieces are rejected."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from plantwright.analytic.statistics import clopper_pearson, student_half_width
from plantwright.compile.replayed import Listener, Replayed
from plantwright.compile.schedule.clock import TICK_S
from plantwright.compile.schedule.following import Course, Replayable
from plantwright.compile.schedule.names import Lowered
from plantwright.problems.schedule import NEVER, NONE, Goal, Schedule, ScheduleProblem
from plantwright.results import Chance, Estimate
from plantwright.study.progress import Progress, Silent
from plantwright.study.schedule.hours import Hours
from plantwright.units import TICKS_PER_SECOND

TICK = TICK_S * TICKS_PER_SECOND
"""A tick of the schedule in ticks of the simulator."""
QUANTILES = (0.1, 0.5, 0.9)
LOOKS = 8
"""Once its schedule is over, a run is looked at so many times while that lasted. [-]"""
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Replays:
    """What a schedule came to, run after run. Times are in ticks of the schedule; infinite where it never happened.

    Attributes
    ----------
    lowered
        What was scheduled.
    operations
        Which operation each column of the bars is.
    start, end
        Of each bar in each run. (R, V) float64 [tick]
    setup
        Working time from the begin of its setup to its start. (R, V) float64 [tick]
    done
        When each lot was done. (R, J) float64 [tick]
    pieces
        Good pieces of each lot. (R, J) int64 [pieces]
    until
        When the runs ended. [tick]
    """

    lowered: Lowered
    operations: tuple[int, ...]
    start: Floats
    end: Floats
    setup: Floats
    done: Floats
    pieces: NDArray[np.int64]
    until: float

    @property
    def runs(self) -> int:
        """How many there were."""
        return len(self.done)

    @cached_property
    def lots_of(self) -> dict[str, list[int]]:
        """Lots of each order."""
        found: dict[str, list[int]] = {}
        for number, lot in enumerate(self.lowered.lots):
            found.setdefault(lot.order, []).append(number)
        return found

    def order_done(self, order: str) -> Floats:
        """When the last lot of an order was done. (R,) float64 [tick]"""
        found: Floats = self.done[:, self.lots_of[order]].max(axis=1)
        return found

    def on_time(self, order: str, confidence: float = 0.95) -> Chance | None:
        """Chance that an order is done by its due date, with its exact interval; None where it has none."""
        due = self.lowered.lots[self.lots_of[order][0]].due
        return None if due == NEVER else _chance(self.order_done(order) <= due, confidence)

    def complete(self, order: str, confidence: float = 0.95) -> Chance:
        """Chance that an order comes to all the good pieces that it wants."""
        mine = self.lots_of[order]
        wanted = sum(self.lowered.lots[number].pieces for number in mine)
        return _chance(self.pieces[:, mine].sum(axis=1) >= wanted, confidence)

    def bars(self) -> dict[int, tuple[Floats, Floats]]:
        """P10, P50 and P90 of start and end of each operation, by its number. [tick]"""
        starts, ends = (np.quantile(each, QUANTILES, axis=0, method="higher") for each in (self.start, self.end))
        return {index: (starts[:, place], ends[:, place]) for place, index in enumerate(self.operations)}

    def values(self) -> Floats:
        """What the goals come to, run after run and level by level. (R, L) float64 [tick or weight]"""
        return np.stack([self._value(goal) for goal in self.lowered.problem.goals], axis=1)

    def expected(self, confidence: float = 0.95) -> tuple[Estimate, ...]:
        """The mean of each level with its interval."""
        return tuple(self.estimate(level, confidence) for level in self.values().T)

    def estimate(self, values: Floats, confidence: float = 0.95) -> Estimate:
        """The mean of something over the runs with its interval; of one run alone there is none."""
        half_width = student_half_width(values, confidence) if self.runs > 1 else None
        if half_width is not None and np.ptp(values) == 0.0:
            half_width = 0.0  # what is left is rounding
        return Estimate(float(values.mean()), half_width, self.runs)

    def _value(self, goal: Goal) -> Floats:
        found: Floats = np.zeros(self.runs)
        for measure, weight in zip(goal.measures, goal.weights, strict=True):
            found = found + weight * self._measured(measure)
        return found

    def _measured(self, measure: str) -> Floats:
        """A measure, run after run; what is never done counts as done when the run ends. (R,) float64"""
        jobs = self.lowered.problem.jobs
        done = np.minimum(self.done, self.until)
        past = np.where(jobs.due < NEVER, done - jobs.due, 0.0)
        weight = jobs.weight.astype(np.float64)
        match measure:
            case "makespan":
                found = done.max(axis=1, initial=0.0)
            case "tardiness":
                found = np.maximum(past, 0.0) @ weight
            case "late":
                found = (past > 0.0) @ weight
            case "flow":
                found = (done - jobs.release) @ weight
            case "setups":
                found = np.where(np.isfinite(self.setup), self.setup, 0.0).sum(axis=1)
            case "earliness":
                found = np.maximum(-past, 0.0) @ weight
            case _:  # nothing is moved to another machine, and whatever runs at another time was not planned so
                found = np.zeros(self.runs)
        return np.asarray(found, np.float64)


@dataclass(frozen=True, slots=True)
class How:
    """How schedules are replayed.

    Attributes
    ----------
    runs, first
        How many replications, and the number of the first. [-]
    seed
        Key of all random numbers: the same runs of two schedules meet the same times and failures.
    workers
        Threads; changes nothing but the time it takes.
    early_s
        How long before its time in the schedule an operation may begin; as soon as its turn has come where left out.
        [s]
    is_certain
        Whether everything takes the time that the schedule took it to take, and nothing fails.
    progress
        Told how far it is.
    what
        What it is told to be.
    """

    runs: int
    first: int = 0
    seed: int = 1
    workers: int | None = None
    early_s: float | None = None
    is_certain: bool = False
    progress: Progress | None = None
    what: str = "replaying the schedule"


def replay(lowered: Lowered, schedule: Schedule, how: How) -> Replays:
    """Follow a schedule in the simulator, run after run.

    Raises
    ------
    RunError
        Lots of one item go by different routes.
    """
    longest = int(schedule.end.max(initial=0))
    course = Replayable(lowered, longest).course(schedule, early_s=how.early_s, is_certain=how.is_certain)
    told = how.progress or Silent()
    told.begin(how.what, float(how.runs))
    found = []
    with ThreadPoolExecutor(how.workers) as pool:
        for each in pool.map(lambda number: _one(course, how.seed, number), range(how.first, how.first + how.runs)):
            found.append(each)
            told.advance(1.0)
    told.end()
    return _gathered(lowered, schedule, course, found)


def _one(course: Course, seed: int, number: int) -> Replayed:
    """One run, which ends when every lot is done or lost."""
    from plantwright.engine.replication import Deadlock, begun
    from plantwright.engine.worlds import flush

    listener = Listener(course.followed)
    world = course.followed.problem.world
    run = begun(world, seed=seed, replication=number, until=course.until, log=listener)
    to = course.ends
    with suppress(Deadlock):  # what cannot move any more is never done, and told so
        while not run.is_over and not course.is_done(run.world):
            run.advance(min(to, course.until))
            to += max(1, (course.ends - course.start) // LOOKS)
    if run.is_over:
        run.outcome()  # checks that nothing was lost
    flush(run.world, listener)
    return listener.told()


def _gathered(lowered: Lowered, schedule: Schedule, course: Course, found: list[Replayed]) -> Replays:
    def ticks(column: str) -> Floats:
        raw = np.array([getattr(each, column) for each in found], np.float64)
        return np.where(raw == NONE, np.inf, (raw - course.start) / TICK)

    begin, start, end, done = (ticks(column) for column in ("begin", "start", "end", "done"))
    setup = _setups(lowered.problem, schedule, course.operations, begin, start)
    pieces = np.array([each.pieces for each in found], np.int64)
    until = (course.until - course.start) / TICK
    return Replays(lowered, course.operations, start, end, setup, done, pieces, until)


def _setups(
    problem: ScheduleProblem, schedule: Schedule, operations: Sequence[int], begin: Floats, start: Floats
) -> Floats:
    """Time for which the machine was open between begin and start; infinite where it never started. (R, V) [tick]"""
    machine = problem.modes.machine[schedule.mode[np.array(operations, np.int64)]]
    calendar = np.where(machine == NONE, NONE, problem.machines.calendar[machine])
    hours, found = Hours(problem.calendars), np.full(start.shape, np.inf)
    for each in np.unique(calendar).tolist():
        mine = calendar == each
        with np.errstate(invalid="ignore"):
            found[:, mine] = hours.open_before(each, start[:, mine]) - hours.open_before(each, begin[:, mine])
    return np.where(np.isfinite(start), found, np.inf)


def _chance(hits: NDArray[np.bool_], confidence: float) -> Chance:
    low, high = clopper_pearson(int(hits.sum()), len(hits), confidence)
    return Chance(float(hits.mean()), low, len(hits), high)
