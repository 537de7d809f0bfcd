"""Plans by annealing: lots are opened, closed, moved and exchanged at random, and used as cheaply as possible."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from plantwright.jit import entry, kernel
from plantwright.optimise.lots.flow import Paths, settle
from plantwright.optimise.lots.model import LotModel
from plantwright.optimise.lots.patterns import (
    NEW,
    Case,
    Pattern,
    Seeds,
    close_lot,
    copy,
    copy_flags,
    cost_of,
    drawn,
    excess,
    link,
    open_lot,
)
from plantwright.problems.lots import Flags, Floats

MOVES = 750
"""Moves of a run for each item and period. [-]"""
WORK = 30_000_000
"""Moves times items times periods of a run at most, for a move in a large pattern takes longer: about a second. [-]"""
BLOCKS = 150
"""Parts of a run: between them it cools, and the price of overtime is set anew. [-]"""
WARM, COLD = (0.2, 0.1), 0.02
"""How warm runs begin, in turn, and how they all end: what may be lost at a time, in mean setup costs. [-]"""
SELDOM, OFTEN = 0.3, 0.5
"""Share of moves after which a plan keeps to its time: below, overtime becomes dearer, above, cheaper. [-]"""
DEARER, CHEAPER = 1.15, 1.1
PRICES = 0.02, 0.1, 1000.0
"""Least, first and highest price of overtime, as a multiple of holding from the first period to the last. [-]"""
TOGGLE, MOVE, REPLACE = 0.3, 0.75, 0.9
"""Up to these draws: a lot more or less, a lot a period or two off, another item instead; else two change places."""


def suits(model: LotModel) -> bool:
    """Whether lots only share one resource, whose time they take."""
    problem = model.problem
    return problem.bill is None and problem.capacity.shape[0] == 1 and bool(np.all(problem.unit_time > 0.0))


class Annealing:
    """Runs one after the other, each from the plan it is given.

    References
    ----------
    Kirkpatrick, S., Gelatt, C. D., Vecchi, M. P. (1983), Optimization by simulated annealing,
    doi:10.1126/science.220.4598.671. Overtime at a price that follows how often the time is kept: Gendreau, M., Hertz,
    A., Laporte, G. (1994), doi:10.1287/mnsc.40.10.1276.
    """

    def __init__(self, model: LotModel) -> None:
        problem = model.problem
        unit = problem.unit_time[0]
        self.due: Floats = model.due * unit[:, None]
        self.case = Case(
            problem.setup_cost.astype(float),
            problem.setup_time[0].astype(float),
            problem.holding / unit,
            problem.capacity[0].astype(float),
        )
        items, periods = self.due.shape
        cells = items * periods
        self.moves = max(1, min(MOVES * cells, WORK // cells) // BLOCKS)
        self.dear = float(self.case.held.max()) * periods or 1.0
        self.paths = Paths(*(np.zeros(periods + 1, np.int64) for _ in range(4)))
        self.runs = 0
        self.chance: Floats = np.ones(self.due.shape)

    def run(self, setups: Flags, is_over: Callable[[], bool]) -> Flags | None:
        """The best setups that keep to the time, met on the way from these; None where none do."""
        pattern, kept = self._pattern(setups), self._pattern(setups)
        usual = float(self.case.cost.mean()) or 1.0
        warm = WARM[self.runs % len(WARM)]
        self.runs += 1
        random = np.array([0x9E3779B97F4A7C15 ^ self.runs], np.uint64)
        best, known = setups.copy(), np.array([math.inf, 0.0])
        least, price, most = (self.dear * share for share in PRICES)
        for block in range(BLOCKS):
            if is_over():
                break
            heat = usual * warm * (COLD / warm) ** (block / BLOCKS)
            anneal(self.case, pattern, kept, best, self.paths, self.chance, random, self.moves, heat, price, known)
            if known[1] < SELDOM:
                price = min(most, DEARER * price)
            elif known[1] > OFTEN:
                price = max(least, price / CHEAPER)
        return best if np.isfinite(known[0]) else None

    def _pattern(self, setups: Flags) -> Pattern:
        """Lots by their setups, and at the first requirement of an item; each serves what is due until the next."""
        shape = self.due.shape
        is_lot = setups.copy()
        for item in range(shape[0]):
            due = np.flatnonzero(self.due[item])
            if len(due) and not is_lot[item, : due[0] + 1].any():
                is_lot[item, due[0]] = True
        made, stock = np.zeros(shape), np.zeros(shape)
        latest = np.maximum.accumulate(np.where(is_lot, np.arange(shape[1]), -1), axis=1)
        for item, period in np.argwhere(self.due > 0.0):
            made[item, latest[item, period]] += self.due[item, period]
            stock[item, latest[item, period] : period] += self.due[item, period]
        load = made.sum(axis=0) + self.case.time @ is_lot
        before, after = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        level, spent, state = np.zeros(shape[1] + 1), np.zeros(shape[0]), np.full(shape[0], NEW)
        pattern = Pattern(is_lot, made, stock, load, before, after, level, spent, state)
        linked(pattern)
        return pattern


@kernel
def change(case: Case, pattern: Pattern, chance: Floats, random: Seeds) -> int:
    """A move at random: 1; 0 where it is not to be made, -1 where it cannot be made and is half made."""
    items, periods = pattern.made.shape
    draw = drawn(random)
    item, period = int(drawn(random) * items), int(drawn(random) * periods)
    if drawn(random) >= chance[item, period]:
        return 0
    is_lot = pattern.is_lot[item, period]
    if draw < TOGGLE:
        if is_lot:
            return 1 if close_lot(case, pattern, item, period) else -1
        open_lot(case, pattern, item, period)
        return 1
    if not is_lot:
        return 0
    if draw < MOVE:
        step = 1 if drawn(random) < 0.7 else 2
        to = period + step if drawn(random) < 0.5 else period - step
        if to < 0 or to >= periods or pattern.is_lot[item, to] or drawn(random) >= chance[item, to]:
            return 0
        open_lot(case, pattern, item, to)
        return 1 if close_lot(case, pattern, item, period) else -1
    other = int(drawn(random) * items)
    if pattern.is_lot[other, period] or drawn(random) >= chance[other, period]:
        return 0
    if draw < REPLACE:
        open_lot(case, pattern, other, period)
        return 1 if close_lot(case, pattern, item, period) else -1
    to = period + 1 + int(drawn(random) * 3.0)
    if to >= periods or pattern.is_lot[item, to] or not pattern.is_lot[other, to]:
        return 0
    if drawn(random) >= chance[item, to] or drawn(random) >= chance[other, to]:
        return 0
    open_lot(case, pattern, item, to)
    open_lot(case, pattern, other, period)
    if close_lot(case, pattern, item, period) and close_lot(case, pattern, other, to):
        return 1
    return -1


@entry
def linked(pattern: Pattern) -> None:
    """Find the nearest lots of every item."""
    for item in range(pattern.made.shape[0]):
        link(pattern, item)


@entry
def anneal(  # noqa: PLR0913 (a kernel takes arrays one by one)
    case: Case,
    pattern: Pattern,
    kept: Pattern,
    best: Flags,
    paths: Paths,
    chance: Floats,
    random: Seeds,
    moves: int,
    heat: float,
    price: float,
    known: Floats,
) -> None:
    """Try moves at one temperature.

    Parameters
    ----------
    pattern, kept
        The present plan, and room for a copy of it.
    best
        The cheapest lots so far that keep to the time; overwritten when better ones are met. (I, T) bool
    heat
        What may be lost by a move with a chance of 1/e. [money]
    price
        Of overtime. [money/time]
    known
        Cost of ``best``, and how often the moves left a plan that keeps to the time; overwritten. (2,) float64
    """
    pattern.level[:] = 0.0
    pattern.state[:] = NEW
    settle(case, pattern, paths, price)
    cost = cost_of(case, pattern, price)
    keeps = excess(case, pattern) < 1e-5
    copy(pattern, kept, pattern.state)
    number = 0
    for _ in range(moves):
        made = 0
        for _ in range(1000):
            made = change(case, pattern, chance, random)
            if made != 0:
                break
        if made > 0:
            settle(case, pattern, paths, price)
            new = cost_of(case, pattern, price)
            if new <= cost or drawn(random) < math.exp((cost - new) / heat):
                cost = new
                keeps = excess(case, pattern) < 1e-5
                copy(pattern, kept, pattern.state)
                if keeps and cost < known[0] - 1e-6:
                    known[0] = cost
                    copy_flags(pattern.is_lot, best)
            else:
                copy(kept, pattern, pattern.state)
        elif made < 0:
            copy(kept, pattern, pattern.state)
        number += keeps
    known[1] = number / moves
