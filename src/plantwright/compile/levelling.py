"""The smoothest plan of production: never later than customers ask for it, never earlier than it may be made."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise


def levelled(demand: Sequence[float], stock: float, ahead: int) -> list[float]:
    """Pieces to make in each step.

    Parameters
    ----------
    demand
        Pieces wanted in each step, with ``ahead`` steps more than are planned.
    stock
        Finished pieces at the beginning. [pieces]
    ahead
        How many steps before they are wanted pieces may be made. [-]

    Notes
    -----
    The running total of what is made lies between the total of what is wanted less the stock and the same so many steps
    later. The plan is the shortest line between the two, a string pulled taut: it changes its rate only where it
    touches a bound, and no other plan has a lower peak.

    Examples
    --------
    A peak is made ahead in even steps:

    >>> levelled([2.0, 2.0, 8.0, 2.0, 2.0, 2.0], stock=0.0, ahead=2)
    [4.0, 4.0, 4.0, 2.0]
    """
    total = [0.0, *accumulate(demand)]
    steps = len(demand) - ahead
    least = [max(0.0, wanted - stock) for wanted in total]
    most = [least[min(step + ahead, len(demand))] if step else 0.0 for step in range(len(total))]
    line = _taut(least, most)
    return [later - earlier for earlier, later in pairwise(line[: steps + 1])]


def _taut(least: Sequence[float], most: Sequence[float]) -> list[float]:
    """The shortest line from the first to the last point between two bounds that meet in both."""
    last = len(least) - 1
    line = [least[0]]
    while len(line) <= last:
        at, height = len(line) - 1, line[-1]
        until, slope = _leg(least, most, at, height)
        line += [height + slope * (step - at) for step in range(at + 1, until + 1)]
    return line


def _leg(least: Sequence[float], most: Sequence[float], at: int, height: float) -> tuple[int, float]:
    """Where a straight line from a point has to bend, and its slope until there."""
    low, high = -math.inf, math.inf
    low_at = high_at = at
    for step in range(at + 1, len(least)):
        up, down = (least[step] - height) / (step - at), (most[step] - height) / (step - at)
        if up > high:
            return high_at, high
        if down < low:
            return low_at, low
        if up >= low:
            low, low_at = up, step
        if down <= high:
            high, high_at = down, step
    return len(least) - 1, (least[-1] - height) / (len(least) - 1 - at)
