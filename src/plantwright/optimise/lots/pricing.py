"""What a period is best used for when requirements have prices: every set of items that may be set up is tried.

Sets of items are whole numbers whose bits are the items.
"""

from __future__ import annotations

from plantwright.jit import entry
from plantwright.problems.lots import Floats, Ints

MOST_ITEMS = 12
"""With more items a period has too many sets to try them all. [-]"""


@entry
def best_sets(  # noqa: PLR0913 (a kernel takes arrays one by one)
    first: Ints,
    size: Floats,
    gain: Floats,
    bit: Ints,
    time: Floats,
    cost: Floats,
    capacity: Floats,
    must: Ints,
    may: Ints,
    worth: Floats,
    chosen: Ints,
) -> None:
    """The best set of each size, period by period.

    Parameters
    ----------
    first
        Where the requirements of each period begin and end in the next four. (T + 1,) int64
    size, gain
        Time that a requirement takes as a whole, and what making it is worth, the best for its time first. (X,) float64
    bit
        The item of each requirement, as a set. (X,) int64
    time, cost
        Of a set: its setups. (2**I,) float64
    capacity
        Time of each period. (T,) float64
    must, may
        Items that are set up in each period, and that may be. (T,) int64
    worth, chosen
        Best worth and its set for each number of items; -inf where there is none; overwritten. (T, I + 1)

    Notes
    -----
    Within a set the requirements fill the time by their worth for it, the last perhaps in part (Dantzig's rule).
    """
    for period in range(len(capacity)):
        for number in range(worth.shape[1]):
            worth[period, number] = -1e300
            chosen[period, number] = 0
        for items in range(len(time)):
            if items & must[period] != must[period] or items & may[period] != items:
                continue
            left = capacity[period] - time[items]
            if left < 0.0:
                continue
            value = -cost[items]
            for each in range(first[period], first[period + 1]):
                if gain[each] <= 0.0:
                    break
                if bit[each] & items:
                    if size[each] <= left:
                        left -= size[each]
                        value += gain[each]
                    else:
                        value += gain[each] * left / size[each]
                        break
            number = 0
            rest = items
            while rest:
                rest &= rest - 1
                number += 1
            if value > worth[period, number]:
                worth[period, number] = value
                chosen[period, number] = items


@entry
def fill(
    first: Ints, size: Floats, gain: Floats, bit: Ints, time: Floats, capacity: Floats, items: Ints, share: Floats
) -> None:
    """How much of each requirement is made when these items are set up; overwritten: ``share``, (X,) float64 [-]."""
    for period in range(len(capacity)):
        left = capacity[period] - time[items[period]]
        for each in range(first[period], first[period + 1]):
            share[each] = 0.0
            if gain[each] > 0.0 and bit[each] & items[period] and left > 0.0:
                share[each] = 1.0 if size[each] <= left else left / size[each]
                left -= size[each]
