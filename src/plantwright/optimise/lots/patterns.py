"""Which item has a lot in which period, and the cheapest use of these lots: kernels of the annealing.

Everything is in the time of the resource, not in pieces. An item's requirements are made in lots; what a lot makes can
move to the item's lot before it, which costs holding, or to the one after it, as far as there is stock.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from plantwright.jit import by_pointer, kernel
from plantwright.problems.lots import Flags, Floats, Ints

SLIGHT = 1e-7
"""Less time, or money for a unit of time, is rounding."""
MOST_PATHS = 200
"""So many improvements at most before a pattern is judged: a guard against rounding."""


@by_pointer
class Case(NamedTuple):
    """What does not change.

    Attributes
    ----------
    cost, time, held : ndarray
        Of each item: of a setup, and of holding what a unit of time makes for a period. (I,) float64
    capacity : ndarray
        Time of each period. (T,) float64
    """

    cost: Floats
    time: Floats
    held: Floats
    capacity: Floats


@by_pointer
class Pattern(NamedTuple):
    """Lots, and what they make.

    Attributes
    ----------
    is_lot : ndarray
        Whether an item has a lot in a period. (I, T) bool
    made, stock : ndarray
        Time spent on the item there, and the time that its stock at the end took. (I, T) float64
    load : ndarray
        Time taken by all lots and their setups. (T,) float64
    before, after : ndarray
        The item's nearest lots: -1 and T where there is none. (I, T) int64
    """

    is_lot: Flags
    made: Floats
    stock: Floats
    load: Floats
    before: Ints
    after: Ints


@by_pointer
class Paths(NamedTuple):
    """Room to work: the cheapest way for a unit of time to get to each period, its last step, and marks. Each (T,)."""

    distance: Floats
    origin: Ints
    item: Ints
    mark: Ints


@kernel
def link(pattern: Pattern, item: int) -> None:
    """Find the nearest lots of an item again."""
    periods = len(pattern.load)
    last = -1
    for period in range(periods):
        pattern.before[item, period] = last
        if pattern.is_lot[item, period]:
            last = period
    last = periods
    for back in range(periods):
        period = periods - 1 - back
        pattern.after[item, period] = last
        if pattern.is_lot[item, period]:
            last = period


@kernel
def shift(pattern: Pattern, item: int, origin: int, to: int, amount: float) -> None:
    """Make so much in another lot of the item."""
    pattern.made[item, origin] -= amount
    pattern.made[item, to] += amount
    pattern.load[origin] -= amount
    pattern.load[to] += amount
    for period in range(to, origin):
        pattern.stock[item, period] += amount
    for period in range(origin, to):
        pattern.stock[item, period] -= amount


@kernel
def open_lot(case: Case, pattern: Pattern, item: int, period: int) -> None:
    """A lot more, which makes nothing yet."""
    pattern.is_lot[item, period] = True
    pattern.load[period] += case.time[item]
    link(pattern, item)


@kernel
def close_lot(case: Case, pattern: Pattern, item: int, period: int) -> bool:
    """A lot less, whose work goes to the one before it; False where there is none."""
    before = pattern.before[item, period]
    if before < 0 and pattern.made[item, period] > SLIGHT:
        return False
    if before >= 0:
        shift(pattern, item, period, before, pattern.made[item, period])
    pattern.load[period] -= pattern.made[item, period] + case.time[item]
    pattern.made[item, period] = 0.0
    pattern.is_lot[item, period] = False
    link(pattern, item)
    return True


@kernel
def excess(case: Case, pattern: Pattern) -> float:
    """Time beyond capacity. [time]"""
    total = 0.0
    for period in range(len(pattern.load)):
        total += max(0.0, pattern.load[period] - case.capacity[period])
    return total


@kernel
def cost_of(case: Case, pattern: Pattern, price: float) -> float:
    """Setups, holding, and overtime at its price. [money]"""
    total = float(price * excess(case, pattern))
    items, periods = pattern.made.shape
    for item in range(items):
        for period in range(periods):
            total += case.held[item] * pattern.stock[item, period]
            if pattern.is_lot[item, period]:
                total += case.cost[item]
    return total


@kernel
def settle(case: Case, pattern: Pattern, paths: Paths, price: float) -> None:
    """Use the lots as cheaply as possible: a flow of least cost.

    Time flows from period to period over neighbouring lots of an item. While there is a cycle of negative cost it is
    followed, while there is such a path to a period with time left, it is (Klein, M. (1967),
    doi:10.1287/mnsc.14.3.205).
    After a small change few are left.
    """
    for _ in range(MOST_PATHS):
        end, is_cycle = _cheapest(case, pattern, paths, price)
        if end < 0 or _follow(case, pattern, paths, end, is_cycle) <= 0.0:
            return


@kernel
def _cheapest(case: Case, pattern: Pattern, paths: Paths, price: float) -> tuple[int, bool]:
    """Where the best path ends, or a period on a negative cycle and True; -1 where nothing is to be gained."""
    periods = len(pattern.load)
    for period in range(periods):
        is_over = pattern.load[period] > case.capacity[period] + SLIGHT
        paths.distance[period] = -price if is_over else 0.0
        paths.origin[period] = -1
    for sweep in range(periods + 2):
        if not _relax(case, pattern, paths, sweep % 2 == 0):
            break
        on = _cycle(paths)
        if on >= 0:
            return on, True
    end, best = -1, -1e-6
    for period in range(periods):
        has_time = case.capacity[period] - pattern.load[period] > SLIGHT
        if has_time and paths.distance[period] < best:
            end, best = period, paths.distance[period]
    return end, False


@kernel
def _relax(case: Case, pattern: Pattern, paths: Paths, is_backward: bool) -> bool:
    """Every step once (Bellman and Ford), beyond lots that make nothing; whether one was an improvement."""
    items, periods = pattern.made.shape
    is_better = False
    for turn in range(periods):
        period = periods - 1 - turn if is_backward else turn
        here = paths.distance[period]
        for item in range(items):
            if pattern.made[item, period] <= SLIGHT:
                continue
            to = pattern.before[item, period]
            while to >= 0:
                is_better |= _reach(paths, item, period, to, here + case.held[item] * (period - to))
                to = -1 if pattern.made[item, to] > SLIGHT else pattern.before[item, to]
            to = pattern.after[item, period]
            while to < periods and pattern.stock[item, to - 1] > SLIGHT:
                is_better |= _reach(paths, item, period, to, here - case.held[item] * (to - period))
                to = periods if pattern.made[item, to] > SLIGHT else pattern.after[item, to]
    return is_better


@kernel
def _reach(paths: Paths, item: int, origin: int, to: int, distance: float) -> bool:
    if distance >= paths.distance[to] - SLIGHT:
        return False
    paths.distance[to], paths.origin[to], paths.item[to] = distance, origin, item
    return True


@kernel
def _cycle(paths: Paths) -> int:
    """A period on a cycle of steps; -1 where there is none."""
    periods = len(paths.mark)
    for period in range(periods):
        paths.mark[period] = -1
    for period in range(periods):
        at = period
        while at >= 0 and paths.mark[at] < 0:
            paths.mark[at] = period
            at = paths.origin[at]
        if at >= 0 and paths.mark[at] == period:
            return at
    return -1


@kernel
def _follow(case: Case, pattern: Pattern, paths: Paths, end: int, is_cycle: bool) -> float:
    """Move as much as the path or cycle allows; how much. [time]"""
    amount = 1e300 if is_cycle else case.capacity[end] - pattern.load[end]
    at = end
    while paths.origin[at] >= 0:
        origin, item = paths.origin[at], paths.item[at]
        amount = min(amount, pattern.made[item, origin])
        for period in range(origin, at):
            amount = min(amount, pattern.stock[item, period])
        at = origin
        if at == end:
            break
    over = pattern.load[at] - case.capacity[at]
    if not is_cycle and over > SLIGHT:
        amount = min(amount, over)
    at = end
    while paths.origin[at] >= 0:
        origin = paths.origin[at]
        shift(pattern, paths.item[at], origin, at, amount)
        at = origin
        if at == end:
            break
    return amount


Seeds = NDArray[np.uint64]


@kernel
def drawn(random: Seeds) -> float:
    """The next number, from 0 to 1, of the generator xorshift (Marsaglia, G. (2003), doi:10.18637/jss.v008.i14)."""
    state = random[0]
    state ^= state << np.uint64(13)
    state ^= state >> np.uint64(7)
    state ^= state << np.uint64(17)
    random[0] = state
    return float(state >> np.uint64(11)) * (1.0 / 9007199254740992.0)
