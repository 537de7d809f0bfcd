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
SAME, CHANGED, NEW = 0, 1, 2
"""What an item has been since the pattern was copied: the same, changed, and changed since its steps were looked at."""


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
    level : ndarray
        How cheap time is in each period, and at last what none of them is used for: no step leads further down than it
        costs, once the lots are used as cheaply as possible. (T + 1,) float64
    spent : ndarray
        Setups and holding of each item, worked out anew for those that changed. (I,) float64
    state : ndarray
        Of each item: ``SAME``, ``CHANGED`` or ``NEW``. (I,) int64
    """

    is_lot: Flags
    made: Floats
    stock: Floats
    load: Floats
    before: Ints
    after: Ints
    level: Floats
    spent: Floats
    state: Ints


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
    pattern.state[item] = NEW
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
    pattern.state[item] = NEW
    pattern.is_lot[item, period] = True
    pattern.load[period] += case.time[item]
    link(pattern, item)


@kernel
def close_lot(case: Case, pattern: Pattern, item: int, period: int) -> bool:
    """A lot less, whose work goes to the one before it; False where there is none."""
    before = pattern.before[item, period]
    if before < 0 and pattern.made[item, period] > SLIGHT:
        return False
    pattern.state[item] = NEW
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
        if pattern.state[item] != SAME:
            lots, stock = 0, 0.0
            for period in range(periods):
                lots += pattern.is_lot[item, period]
                stock += pattern.stock[item, period]
            pattern.spent[item] = case.cost[item] * lots + case.held[item] * stock
        total += pattern.spent[item]
    return total


@kernel
def copy_flags(origin: Flags, to: Flags) -> None:
    """Copy lots."""
    for item in range(origin.shape[0]):
        for period in range(origin.shape[1]):
            to[item, period] = origin[item, period]


@kernel
def copy(origin: Pattern, to: Pattern, state: Ints) -> None:
    """Copy the items that changed since they were copied last: a move changes few. Overwritten: ``state``."""
    items, periods = origin.made.shape
    for item in range(items):
        if state[item] == SAME:
            continue
        state[item] = SAME
        to.spent[item] = origin.spent[item]
        for period in range(periods):
            to.is_lot[item, period] = origin.is_lot[item, period]
            to.made[item, period] = origin.made[item, period]
            to.stock[item, period] = origin.stock[item, period]
            to.before[item, period] = origin.before[item, period]
            to.after[item, period] = origin.after[item, period]
    for period in range(periods):
        to.load[period] = origin.load[period]
        to.level[period] = origin.level[period]
    to.level[periods] = origin.level[periods]


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
