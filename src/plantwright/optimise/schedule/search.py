"""Search: walks over plans side by side, the best of them handed round."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from plantwright.optimise.schedule.decode import schedule_on
from plantwright.optimise.schedule.floor.chains import Chain, empty_chain
from plantwright.optimise.schedule.floor.entries import begin, draw_up, walk
from plantwright.optimise.schedule.floor.records import Board, Floor, Plan, empty_board, empty_plan
from plantwright.problems.schedule import Schedule

CHAINS = 2
"""Walks side by side, however many threads there are."""

HOT, COLD = 0.3, 0.01
"""How much worse a trial may be, at the start of a search and at its end. [mean rises]"""

ROUNDS = 40
"""Times that the walks are compared, and the worse one goes on from the better one's best."""


@dataclass
class Walker:
    """One walk: its boards (under trial and standing), plans (the same, and the best) and its memory."""

    floor: Floor
    trial: Board
    board: Board
    tried: Plan
    plan: Plan
    best: Plan
    chain: Chain

    def stand(self, plan: Plan) -> None:
        """Go on from a plan."""
        self.tried.whole[:] = plan.whole
        begin(self.floor, self.trial, self.board, self.tried, self.plan, self.best, self.chain)

    def walk(self, trials: int, heat: float) -> None:
        """Try so many changes."""
        self.chain.heat[0] = heat
        walk(self.floor, self.trial, self.board, self.tried, self.plan, self.best, self.chain, trials)

    @property
    def value(self) -> tuple[int, ...]:
        """Limits broken, and values of the goals, of the best plan."""
        return tuple(self.chain.best.tolist())


def walker(floor: Floor, plan: Plan, seed: int) -> Walker:
    """A walk that begins at a plan."""
    boards, plans = (empty_board(floor), empty_board(floor)), (empty_plan(floor) for _ in range(3))
    found = Walker(floor, *boards, *plans, empty_chain(floor, seed))
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
        self.walkers = [walker(floor, plans[each % len(plans)], seed * CHAINS + each) for each in range(CHAINS)]

    @property
    def best(self) -> Walker:
        """The walk that has seen the best plan, the first of equals."""
        return min(self.walkers, key=lambda each: each.value)

    def step(self, trials: int, share: float) -> None:
        """Let every walk try so many changes, at the heat that belongs to the share of the search that is done."""
        heat = HOT * (COLD / HOT) ** share
        self._each(lambda each: each.walk(trials, heat))

    def gather(self) -> None:
        """Walks that are behind go on from the best plan seen."""
        best = self.best
        for each in self.walkers:
            if each.value > best.value:
                each.stand(best.best)

    def schedule(self) -> Schedule:
        """The best schedule seen."""
        return drawn(self.floor, self.best.best)

    def _each(self, do: Callable[[Walker], None]) -> None:
        if self.threads == 1:
            for each in self.walkers:
                do(each)
            return
        with ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(do, self.walkers))


def drawn(floor: Floor, plan: Plan) -> Schedule:
    """The schedule that follows from a plan."""
    board, work = empty_board(floor), np.zeros((2, len(plan.order)), dtype=np.int64)
    draw_up(floor, board, plan, plan.order.copy(), work[0], work[1])
    return schedule_on(floor, board)
