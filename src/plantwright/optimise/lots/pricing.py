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
    number: Ints,
    capacity: Floats,
    least: Ints,
    most: Ints,
    must: Ints,
    may: Ints,
    worth: Floats,
    chosen: Ints,
) -> None:
    """The best set of items of each period.

    Parameters
    ----------
    first
        Where the requirements of each period begin and end in the next three. (T + 1,) int64
    size, gain
        Time that a requirement takes as a whole, and what making it is worth, the best for its time first. (X,) float64
    bit
        The item of each requirement, as a set. (X,) int64
    time, cost, number
        Of a set: its setups. (2**I,) float64, float64, int64
    capacity
        Time of each period. (T,) float64
    least, most
        How many items may be set up in each period. (T,) int64
    must, may
        Items that are set up in each period, and that may be. (T,) int64
    worth, chosen
        Worth of the best set and the set, -1e300 where none is possible; overwritten. (T,) float64, int64

    Notes
    -----
    Within a set the requirements fill the time by their worth for it, the last perhaps in part (Dantzig's rule).
    """
    for period in range(len(capacity)):
        best = -1e300
        for items in range(len(time)):
            if number[items] < least[period] or number[items] > most[period]:
                continue
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
            if value > best:
                best = value
                chosen[period] = items
        worth[period] = best


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
