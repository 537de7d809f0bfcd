"""How long a schedule is sought, and the search itself."""

from __future__ import annotations

from dataclasses import dataclass

from plantwright.compile.schedule.names import Lowered
from plantwright.optimise.schedule.solve import solve
from plantwright.problems.schedule import Limit, Schedule
from plantwright.study.progress import Progress, Silent

WORK = {"quick": 300, "normal": 3_000, "full": 30_000}
"""Rounds of improvement by effort. [-]"""
SHARE = 10
"""A schedule for a comparison is sought so many times shorter than the one that is asked for. [-]"""


@dataclass(frozen=True)
class Search:
    """How long and by whom schedules are sought.

    Attributes
    ----------
    limit
        Work, or seconds of the clock.
    seed
        Key of all random numbers.
    workers
        Threads; None for as many as there are processors.
    progress
        Told how far it is.
    """

    limit: Limit
    seed: int = 1
    workers: int | None = None
    progress: Progress | None = None

    def best(self, lowered: Lowered, *, start: Schedule | None = None, what: str = "the schedule") -> Schedule:
        """The best schedule found; its progress is told."""
        teller = _Teller(self.progress or Silent(), what)
        found = solve(lowered.problem, self.limit, workers=self.workers, told=teller.told, start=start, seed=self.seed)
        teller.end()
        return found

    def shortly(self, lowered: Lowered, *, start: Schedule | None = None) -> Schedule:
        """A good schedule, for a comparison."""
        work = None if self.limit.work is None else max(1, self.limit.work // SHARE)
        seconds = None if self.limit.seconds is None else self.limit.seconds / SHARE
        limit = Limit(work, seconds)
        return solve(lowered.problem, limit, workers=self.workers, start=start, seed=self.seed)


class _Teller:
    """Turns shares done into advances of a stage."""

    def __init__(self, progress: Progress, what: str) -> None:
        self.progress = progress
        self.done = 0.0
        progress.begin(what, 1.0)

    def told(self, share: float, _value: int, _bound: int) -> None:
        """So much of the work is done."""
        self.progress.advance(max(0.0, share - self.done))
        self.done = max(self.done, share)

    def end(self) -> None:
        """All of it."""
        self.progress.advance(max(0.0, 1.0 - self.done))
        self.progress.end()


def limit_of(effort: str, seconds: float | None) -> Limit:
    """Work by effort, or seconds of the clock where these are given."""
    return Limit(WORK.get(effort, WORK["normal"])) if seconds is None else Limit(None, seconds)
