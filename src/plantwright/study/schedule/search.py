"""How long a schedule is sought, and the search itself."""

from __future__ import annotations

from dataclasses import dataclass

from plantwright.compile.schedule.names import Lowered
from plantwright.optimise.schedule.solve import solve
from plantwright.problems.schedule import Limit, Schedule
from plantwright.study.progress import Progress, Silent

PLACED = {"quick": 5_000_000, "normal": 30_000_000, "full": 300_000_000}
"""Operations that a search places by effort: each of its trials places all of them anew. [-]"""
FEWEST, MOST = 500, 20_000
"""Trials of a search, however large or small the problem. [-]"""
SHARE = 10
"""A schedule for a comparison is sought so many times shorter than the one that is asked for. [-]"""


@dataclass(frozen=True)
class Search:
    """How long and by whom schedules are sought.

    Attributes
    ----------
    effort
        How much work.
    seconds
        Of the clock, in place of it. [s]
    seed
        Key of all random numbers.
    workers
        Threads; None for as many as there are processors.
    progress
        Told how far it is.
    """

    effort: str
    seconds: float | None = None
    seed: int = 1
    workers: int | None = None
    progress: Progress | None = None

    def best(self, lowered: Lowered, *, start: Schedule | None = None, what: str = "the schedule") -> Schedule:
        """The best schedule found; its progress is told."""
        teller = _Teller(self.progress or Silent(), what)
        found = solve(
            lowered.problem, self.limit(lowered), workers=self.workers, told=teller.told, start=start, seed=self.seed
        )
        teller.end()
        return found

    def shortly(self, lowered: Lowered, *, start: Schedule | None = None, what: str | None = None) -> Schedule:
        """A good schedule, for a comparison; its progress is told where it has a name."""
        limit = self.limit(lowered, SHARE)
        teller = _Teller(self.progress if self.progress and what else Silent(), what or "")
        found = solve(lowered.problem, limit, workers=self.workers, told=teller.told, start=start, seed=self.seed)
        teller.end()
        return found

    def limit(self, lowered: Lowered, share: int = 1) -> Limit:
        """The limit of a search, or of one that is so many times shorter."""
        if self.seconds is not None:
            return Limit(None, self.seconds / share)
        trials = PLACED.get(self.effort, PLACED["normal"]) // max(1, len(lowered.steps))
        return Limit(max(1, min(MOST, max(FEWEST, trials)) // share))


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
