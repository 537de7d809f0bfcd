"""Search: a field of walks over plans, of which the best go on side by side, the best plan handed round.

What a schedule can become is decided by its first changes: which lots are late by a night, and which are not. Many
short walks find a good beginning more surely than one long walk (successive halving, with one cut: K. Jamieson and A.
Talwalkar (2016), "Non-stochastic best arm identification and hyperparameter optimization", AISTATS, PMLR 51, 240-248).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from plantwright.optimise.schedule.decode import schedule_on
from plantwright.optimise.schedule.floor.chains import Chain, empty_chain
from plantwright.optimise.schedule.floor.entries import begin, draw_up, walk
from plantwright.optimise.schedule.floor.records import Board, Floor, Plan, empty_board, empty_plan
from plantwright.problems.schedule import Schedule

CHAINS = 2
"""Walks that go on to the end side by side, however many threads there are."""

FIELD = 12
"""Walks with which a search begins; together they try as much as two would."""

HEATS = 0.35
"""Share of a search after which the best of the field go on and the others end. [-]"""

HOT, COLD = 0.05, 0.01
"""How much worse a trial may be, at the start of a search and at its end. [small rises]"""

WARMER = 10.0
"""How much hotter the last walk is, for another view. [-]"""

APART = 8
"""Rounds after which the worse walk goes on from the best plan of all, once the field is down to two. [-]"""

RAMP = 300
"""Changes tried for each unit before walks are as hot as they get. [-]"""


@dataclass
class Walker:
    """One walk.

    Attributes
    ----------
    boards
        The problem, the board under trial, the board it stands on.
    plans
        The plan under trial, the one it stands on, the best seen.
    chain
        Its memory.
    """

    boards: tuple[Floor, Board, Board]
    plans: tuple[Plan, Plan, Plan]
    chain: Chain

    def stand(self, plan: Plan) -> None:
        """Go on from a plan."""
        self.plans[0].whole[:] = plan.whole
        begin(self.boards, self.plans, self.chain)

    def walk(self, trials: int, heat: float) -> None:
        """Try so many changes."""
        self.chain.heat[0] = heat
        walk(self.boards, self.plans, self.chain, trials)

    @property
    def value(self) -> tuple[int, ...]:
        """Limits broken, and values of the goals, of the best plan."""
        return tuple(self.chain.best.tolist())


def walker(floor: Floor, plan: Plan, seed: int) -> Walker:
    """A walk that begins at a plan."""
    boards = (floor, empty_board(floor), empty_board(floor))
    plans = (empty_plan(floor), empty_plan(floor), empty_plan(floor))
    found = Walker(boards, plans, empty_chain(floor, seed))
    found.stand(plan)
    return found


class Search:
    """Walks side by side from one or more plans. The same seed and the same trials give the same answer.

    Parameters
    ----------
    plans
        Where the walks begin, the best first.
    threads
        How many walk at a time; the answer does not depend on it.
    """

    def __init__(self, floor: Floor, plans: list[Plan], seed: int, threads: int) -> None:
        self.floor = floor
        self.threads = threads
        self.rounds = 0
        self.walkers = [walker(floor, plans[each % len(plans)], seed * FIELD + each) for each in range(FIELD)]

    @property
    def best(self) -> Walker:
        """The walk that has seen the best plan, the first of equals."""
        return min(self.walkers, key=lambda each: each.value)

    def step(self, trials: int, share: float) -> None:
        """Let every walk try so many changes, at the heat that belongs to the share of the search that is done.

        As long as few changes were tried for each unit, there are better ones to be found without any heat.
        """
        if share >= HEATS:  # sorted keeps the first of equals first
            self.walkers = sorted(self.walkers, key=lambda each: each.value)[:CHAINS]
        units = len(self.floor.unit_first) - 1
        ramp = min(1.0, int(self.walkers[0].chain.tried[0]) / (RAMP * max(1, units)))
        heat = HOT * (COLD / HOT) ** share * ramp
        each_tries = -(-trials * CHAINS // len(self.walkers))
        self._each(lambda each: each.walk(each_tries, heat * (WARMER if each is self.walkers[-1] else 1.0)))

    def gather(self) -> None:
        """Every so many rounds, a walk that is behind goes on from the best plan seen; a field stays apart."""
        self.rounds += 1
        if self.rounds % APART or len(self.walkers) > CHAINS:
            return
        best = self.best
        for each in self.walkers:
            if each.value > best.value:
                each.stand(best.plans[2])

    @property
    def value(self) -> tuple[bool, int]:
        """Whether limits are broken, and the first goal, of the best plan seen."""
        broken, first, *_ = self.best.value
        return broken > 0, first

    def is_best(self, bounds: tuple[int, ...]) -> bool:
        """Whether the best plan seen meets the bounds."""
        return self.best.value == (0, *bounds)

    def schedule(self) -> Schedule:
        """The best schedule seen."""
        return drawn(self.floor, self.best.plans[2])

    def _each(self, do: Callable[[Walker], None]) -> None:
        if self.threads == 1:
            for each in self.walkers:
                do(each)
            return
        with ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(do, self.walkers))


def drawn(floor: Floor, plan: Plan) -> Schedule:
    """The schedule that follows from a plan."""
    board = empty_board(floor)
    draw_up(floor, board, plan)
    return schedule_on(floor, board)
