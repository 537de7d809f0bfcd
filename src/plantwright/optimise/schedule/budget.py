"""How much of a search is done, by work or by the clock, and what it has come to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from plantwright.problems.schedule import Limit, Schedule, ScheduleProblem

Told = Callable[[float, int, int], None]
"""Told the share done, the value of the first goal and its bound."""

PLACED = 20_000_000
"""Operations placed by each walk where no limit is told. [-]"""

FEWEST, MOST = 2_000, 100_000
"""Trials of each walk where no limit is told. [-]"""

ROUNDS = 40
"""Rounds into which the work is divided: after each the walks are compared."""

ROUND_S = 0.2
"""How long a round takes when the clock is the limit. [s]"""


class Budget:
    """A limit, and what of it is used.

    Attributes
    ----------
    work
        Trials of each walk; None where the clock alone is the limit.
    history
        Seconds or trials after which a value of the first goal was reached.
    """

    def __init__(self, problem: ScheduleProblem, limit: Limit, told: Told | None) -> None:
        self.began = time.monotonic()
        self.seconds = limit.seconds
        self.work = limit.work
        if self.work is None and self.seconds is None:
            self.work = min(MOST, max(FEWEST, PLACED // max(1, len(problem.operations.job))))
        self.told = told
        self.trials = 0
        self.history: list[tuple[float, int]] = []
        self._best: tuple[bool, int] | None = None
        self._share = 0.0

    @property
    def elapsed(self) -> float:
        """Since it began. [s]"""
        return time.monotonic() - self.began

    @property
    def share(self) -> float:
        """Of the limit that is used; the larger of the two where work and clock are limits. [-]"""
        by_work = self.trials / max(1, self.work) if self.work is not None else 0.0
        by_clock = self.elapsed / max(1e-9, self.seconds) if self.seconds is not None else 0.0
        return min(1.0, max(by_work, by_clock))

    def left(self, until: float = 1.0) -> Limit:
        """What is left of the limit, or of this share of it."""
        work = None if self.work is None else max(0, int(self.work * until) - self.trials)
        return Limit(work, None if self.seconds is None else max(0.0, self.seconds * until - self.elapsed))

    def allow(self, seconds: float) -> None:
        """Let time that is not searched, for compiling, not count."""
        self.began += seconds

    def use(self, until: float) -> None:
        """Note that work was done until this share of the limit."""
        if self.work is not None:
            self.trials = max(self.trials, int(self.work * until))

    def rounds(self, until: float) -> Iterator[int]:
        """Trials for one round after the other, until so much of the limit is used."""
        trials = max(1, int((self.work or 0) * until) // ROUNDS)
        while self.share < until:
            if self.work is not None:
                trials = min(trials, self.work - self.trials)
            began = time.monotonic()
            yield trials
            self.trials += trials
            if self.work is None:
                took = max(1e-6, time.monotonic() - began)
                trials = max(1, int(trials * min(4.0, ROUND_S / took)))

    def hear(self, schedule: Schedule, share: float | None = None) -> None:
        """Note a schedule, and tell of it."""
        self.note((not schedule.complete, schedule.values[0]))
        self.tell((not schedule.complete, schedule.values[0]), schedule.bounds[0], share)

    def note(self, value: tuple[bool, int]) -> None:
        """Add to the history what is better than all before."""
        if self._best is None or value < self._best:
            self._best = value
            self.history.append((float(self.trials) if self.work is not None else self.elapsed, value[1]))

    def tell(self, value: tuple[bool, int], bound: int, share: float | None = None) -> None:
        """Tell of progress: it never goes back."""
        if self.work is None:
            self.note(value)
        self._share = max(self._share, self.share if share is None else share)
        if self.told is not None and self._best is not None:
            self.told(self._share, self._best[1], bound)
