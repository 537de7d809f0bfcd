"""What a period is best used for when requirements have prices: the best of all sets of items that may be set up.

Sets of items are whole numbers whose bits are the items. What a period's time is worth at best bounds what a set can
earn, so that few sets are looked at closely.
"""

from __future__ import annotations

from typing import NamedTuple

from plantwright.jit import by_pointer, entry, kernel
from plantwright.problems.lots import Floats, Ints

MOST_ITEMS = 12
"""With more items a period has too many sets to try them all. [-]"""
SLIGHT = 1e-7
"""So much less may come of adding up in another order. [money]"""
HALVINGS = 12
"""So often the span in which the worth of a unit of time lies is halved. [-]"""


@by_pointer
class Offers(NamedTuple):
    """Prices, and what periods can do at them.

    Attributes
    ----------
    first : ndarray
        Where the requirements of each period begin and end in the next three. (T + 1,) int64
    size, gain : ndarray
        Time that a requirement takes as a whole, and what making it is worth, the best for its time first. (X,) float64
    item : ndarray
        Of each requirement. (X,) int64
    setup_time : ndarray
        Of each item. (I,) float64
    setup_cost : ndarray
        Of each item in each period. (T, I) float64
    capacity : ndarray
        Time of each period. (T,) float64
    least, most : ndarray
        How many items may be set up in each period. (T,) int64
    must, may : ndarray
        Items that are set up in each period, and that may be. (T,) int64
    number, time : ndarray
        Of each set: how many items, and the time of their setups. (2**I,) int64, float64
    value, total : ndarray
        Room to work: what an item and a set earn at most. (I,), (2**I,) float64
    """

    first: Ints
    size: Floats
    gain: Floats
    item: Ints
    setup_time: Floats
    setup_cost: Floats
    capacity: Floats
    least: Ints
    most: Ints
    must: Ints
    may: Ints
    number: Ints
    time: Floats
    value: Floats
    total: Floats


@entry
def best_sets(offers: Offers, worth: Floats, chosen: Ints) -> None:
    """The best set of items of each period.

    Parameters
    ----------
    offers
        At which prices, and among what.
    worth, chosen
        Worth of the best set and the set, -1e300 where none is possible; overwritten. (T,) float64, int64

    Notes
    -----
    Within a set the requirements fill the time by their worth for it, the last perhaps in part (Dantzig's rule). If a
    unit of time costs l, a set earns at most l times the period's time and what each of its items earns beyond l for
    the time it takes. This holds for any l; the best l is found by halving.
    """
    items = len(offers.setup_time)
    for period in range(len(offers.capacity)):
        price, likely = _price_of_time(offers, period)
        total = offers.total
        total[0] = price * offers.capacity[period]
        for item in range(items):
            bit = 1 << item
            for rest in range(bit):
                total[bit + rest] = total[rest] + offers.value[item]
        worth[period] = -1e300
        if _is_allowed(offers, period, likely):
            chosen[period] = likely
            worth[period] = _worth(offers, period, likely)
        for tried in range(len(total)):
            if total[tried] + SLIGHT > worth[period] and _is_allowed(offers, period, tried):
                value = _worth(offers, period, tried)
                if value > worth[period]:
                    worth[period] = value
                    chosen[period] = tried


@kernel
def _is_allowed(offers: Offers, period: int, items: int) -> bool:
    """Whether a set keeps the limits, and its setups fit into the period."""
    if items & offers.must[period] != offers.must[period] or items & offers.may[period] != items:
        return False
    if offers.number[items] < offers.least[period] or offers.number[items] > offers.most[period]:
        return False
    return bool(offers.time[items] <= offers.capacity[period])


@kernel
def _price_of_time(offers: Offers, period: int) -> tuple[float, int]:
    """The price of a unit of the period's time, at which what its best items ask for just fits, and these items."""
    low, high = 0.0, 0.0
    for each in range(offers.first[period], offers.first[period + 1]):
        if offers.size[each] > 0.0:
            high = max(high, offers.gain[each] / offers.size[each])
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        _values(offers, period, middle)
        likely = _likely(offers, period)
        used = offers.time[likely]
        for each in range(offers.first[period], offers.first[period + 1]):
            if offers.gain[each] <= middle * offers.size[each]:
                break
            if likely >> offers.item[each] & 1:
                used += offers.size[each]
        if used > offers.capacity[period]:
            low = middle
        else:
            high = middle
    _values(offers, period, high)
    return high, _likely(offers, period)


@kernel
def _values(offers: Offers, period: int, price: float) -> None:
    """What each item earns beyond the time that it takes."""
    for item in range(len(offers.value)):
        offers.value[item] = -offers.setup_cost[period, item] - price * offers.setup_time[item]
    for each in range(offers.first[period], offers.first[period + 1]):
        surplus = offers.gain[each] - price * offers.size[each]
        if surplus <= 0.0:
            break
        offers.value[offers.item[each]] += surplus


@kernel
def _likely(offers: Offers, period: int) -> int:
    """The items that earn most together, if time were for sale."""
    chosen = offers.must[period]
    number = offers.number[chosen]
    while number < offers.most[period]:
        best = -1
        for item in range(len(offers.value)):
            is_open = offers.may[period] >> item & 1 and not chosen >> item & 1
            if is_open and (best < 0 or offers.value[item] > offers.value[best]):
                best = item
        if best < 0 or (offers.value[best] <= 0.0 and number >= offers.least[period]):
            break
        chosen |= 1 << best
        number += 1
    return int(chosen)


@kernel
def _worth(offers: Offers, period: int, items: int) -> float:
    """What a set of items earns."""
    left = offers.capacity[period] - offers.time[items]
    value = 0.0
    for item in range(len(offers.value)):
        if items >> item & 1:
            value -= offers.setup_cost[period, item]
    for each in range(offers.first[period], offers.first[period + 1]):
        if offers.gain[each] <= 0.0:
            break
        if items >> offers.item[each] & 1:
            if offers.size[each] > left:
                return float(value + offers.gain[each] * left / offers.size[each])
            left -= offers.size[each]
            value += offers.gain[each]
    return value


@entry
def fill(offers: Offers, items: Ints, share: Floats) -> None:
    """How much of each requirement is made when these items are set up; overwritten: ``share``, (X,) float64 [-]."""
    for period in range(len(offers.capacity)):
        left = offers.capacity[period] - offers.time[items[period]]
        for each in range(offers.first[period], offers.first[period + 1]):
            share[each] = 0.0
            if offers.gain[each] > 0.0 and items[period] >> offers.item[each] & 1 and left > 0.0:
                share[each] = 1.0 if offers.size[each] <= left else left / offers.size[each]
                left -= offers.size[each]
