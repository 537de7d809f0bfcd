"""The cheapest use of lots: a flow of least cost, found again after small changes."""

from __future__ import annotations

from typing import NamedTuple

from plantwright.jit import by_pointer, kernel
from plantwright.optimise.lots.patterns import CHANGED, NEW, SLIGHT, Case, Pattern, shift
from plantwright.problems.lots import Ints

MOST_CYCLES = 200
"""So many improvements at most before a pattern is judged: a guard against rounding."""


@by_pointer
class Paths(NamedTuple):
    """Room to work, each with a place for each period and one for time that is not used: (T + 1,) int64.

    Attributes
    ----------
    origin, item : ndarray
        The step on which each was reached last: from where, -1 for nowhere, and the item that moves.
    fresh : ndarray
        1 where steps from there may lead further down than they cost.
    mark : ndarray
        For the search of a cycle.
    """

    origin: Ints
    item: Ints
    fresh: Ints
    mark: Ints


@kernel
def settle(case: Case, pattern: Pattern, paths: Paths, price: float) -> None:
    """Use the lots as cheaply as possible.

    Time flows from period to period over neighbouring lots of an item; what a period has left, and overtime, flow
    from and to a place beyond them. While there is a cycle of negative cost it is followed (Klein, M. (1967),
    doi:10.1287/mnsc.14.3.205). The levels that show that there is none stay with the pattern: after a change only steps
    that lead further down than they cost are followed up.
    """
    items, periods = pattern.made.shape
    for place in range(periods + 1):
        paths.fresh[place] = 0
    for _ in range(MOST_CYCLES):
        for place in range(periods + 1):
            paths.origin[place] = -1
        for item in range(items):
            if pattern.state[item] == NEW:
                pattern.state[item] = CHANGED
                for period in range(periods):
                    _step(case, pattern, paths, item, period)
        on = _cycle_below(case, pattern, paths, price)
        if on < 0 or _follow(case, pattern, paths, on) <= 0.0:
            return


@kernel
def _cycle_below(case: Case, pattern: Pattern, paths: Paths, price: float) -> int:
    """A place on a cycle of negative cost; -1 where there is none (Bellman and Ford, from the levels at hand)."""
    periods = len(pattern.load)
    for period in range(periods):
        _leave(case, pattern, paths, period, price)
        _enter(case, pattern, paths, period, price)
    for sweep in range(2 * periods + 4):
        is_lower = False
        for turn in range(periods + 1):
            place = turn if sweep % 2 else periods - turn
            if paths.fresh[place] == 0:
                continue
            paths.fresh[place] = 0
            is_lower = True
            if place == periods:
                for period in range(periods):
                    _enter(case, pattern, paths, period, price)
            else:
                for item in range(len(case.cost)):
                    _step(case, pattern, paths, item, place)
                _leave(case, pattern, paths, place, price)
        if not is_lower:
            return -1
        on = _cycle(paths)
        if on >= 0:
            return int(on)
    return -1


@kernel
def _step(case: Case, pattern: Pattern, paths: Paths, item: int, period: int) -> None:
    """What an item makes in a period can go to the lot before it and the one after, beyond lots that make nothing."""
    if pattern.made[item, period] <= SLIGHT:
        return
    periods = len(pattern.load)
    here, held = pattern.level[period], case.held[item]
    to = pattern.before[item, period]
    while to >= 0:
        _reach(pattern, paths, item, period, to, here + held * (period - to))
        to = -1 if pattern.made[item, to] > SLIGHT else pattern.before[item, to]
    to = pattern.after[item, period]
    while to < periods and pattern.stock[item, to - 1] > SLIGHT:
        _reach(pattern, paths, item, period, to, here - held * (to - period))
        to = periods if pattern.made[item, to] > SLIGHT else pattern.after[item, to]


@kernel
def _leave(case: Case, pattern: Pattern, paths: Paths, period: int, price: float) -> None:
    """More work in a period takes time that is not used, or else overtime."""
    periods = len(pattern.load)
    dear = 0.0 if case.capacity[period] - pattern.load[period] > SLIGHT else price
    _reach(pattern, paths, -1, period, periods, pattern.level[period] + dear)


@kernel
def _enter(case: Case, pattern: Pattern, paths: Paths, period: int, price: float) -> None:
    """Less work in a period saves overtime, or nothing."""
    periods = len(pattern.load)
    saved = price if pattern.load[period] - case.capacity[period] > SLIGHT else 0.0
    _reach(pattern, paths, -1, periods, period, pattern.level[periods] - saved)


@kernel
def _reach(pattern: Pattern, paths: Paths, item: int, origin: int, to: int, level: float) -> None:
    if level < pattern.level[to] - SLIGHT:
        pattern.level[to] = level
        paths.origin[to], paths.item[to], paths.fresh[to] = origin, item, 1


@kernel
def _cycle(paths: Paths) -> int:
    """A place on a cycle of steps; -1 where there is none."""
    places = len(paths.mark)
    for place in range(places):
        paths.mark[place] = -1
    for place in range(places):
        at = place
        while at >= 0 and paths.mark[at] < 0:
            paths.mark[at] = place
            at = paths.origin[at]
        if at >= 0 and paths.mark[at] == place:
            return at
    return -1


@kernel
def _follow(case: Case, pattern: Pattern, paths: Paths, on: int) -> float:
    """Move as much as the cycle allows; how much. [time]"""
    amount = 1e300
    at = on
    while True:
        origin = paths.origin[at]
        amount = min(amount, _room(case, pattern, paths.item[at], origin, at))
        at = origin
        if at == on:
            break
    while True:
        origin = paths.origin[at]
        if paths.item[at] >= 0:
            shift(pattern, paths.item[at], origin, at, amount)
        at = origin
        if at == on:
            return float(amount)


@kernel
def _room(case: Case, pattern: Pattern, item: int, origin: int, to: int) -> float:
    """How much a step can move; where there is no time left or no overtime to save, any amount. [time]"""
    periods = len(pattern.load)
    if item < 0:
        spare = case.capacity[origin] - pattern.load[origin] if to == periods else pattern.load[to] - case.capacity[to]
        return spare if spare > SLIGHT else 1e300
    amount = pattern.made[item, origin]
    for period in range(origin, to):
        amount = min(amount, pattern.stock[item, period])
    return float(amount)
