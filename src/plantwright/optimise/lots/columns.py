"""What periods have offered so far: the columns of the mixture, each numbered once and for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plantwright.optimise.lots.periods import Limits, Offer, Periods
from plantwright.problems.lots import Flags, Floats, Ints


class Columns:
    """Grows as periods offer."""

    def __init__(self, periods: Periods) -> None:
        self.periods = periods
        self.count = 0
        self.period: Ints = np.zeros(1024, np.int64)
        """In which period. (at least ``count``,) int64"""
        self.items: Ints = np.zeros(1024, np.int64)
        """The set of items that it sets up. (at least ``count``,) int64"""
        self.cost: Floats = np.zeros(1024)
        """Of its setups and of what it holds. (at least ``count``,) float64 [money]"""
        self.first: Ints = np.zeros(1025, np.int64)
        """Where its rows and shares begin in the next two. (more than ``count``,) int64"""
        self.row: Ints = np.zeros(1 << 15, np.int64)
        self.share: Floats = np.zeros(1 << 15)

    def add(self, offer: Offer, duals: Floats | None) -> Ints:
        """Number what the periods offer; with ``duals`` only what is worth it. The new numbers."""
        periods = self.periods
        used = np.flatnonzero(offer.share > 1e-12)
        row, share, of = periods.requirement[used], offer.share[used], periods.made[used]
        every = np.arange(periods.problem.periods)
        cost = periods.cost[offer.items] + np.bincount(of, periods.held[used] * share, minlength=len(every))
        wanted = np.ones(len(every), bool)
        if duals is not None:
            worth = np.bincount(of, duals[row] * share, minlength=len(every)) + duals[periods.requirements :]
            wanted = cost - worth < -1e-7
        size = np.where(wanted, np.bincount(of, minlength=len(every)) + 1, 0)
        new = np.arange(self.count, self.count + int(wanted.sum()))
        self._room(len(new), int(size.sum()))
        self.period[new], self.items[new], self.cost[new] = every[wanted], offer.items[wanted], cost[wanted]
        begin = self.first[self.count]
        ends = begin + np.cumsum(size[wanted])
        self.first[new + 1] = ends
        kept = wanted[of]
        rows = np.concatenate([row[kept], periods.requirements + every[wanted]])
        shares = np.concatenate([share[kept], np.ones(len(new))])
        order = np.argsort(np.concatenate([of[kept], every[wanted]]), kind="stable")
        self.row[begin : begin + len(order)], self.share[begin : begin + len(order)] = rows[order], shares[order]
        self.count += len(new)
        return new

    def forget(self, bases: Sequence[Ints]) -> None:
        """Drop the columns that are in none of these, whose numbers are changed to the new ones."""
        which = np.unique(np.concatenate(bases))
        begins, self.row, self.share = self.entries(which)
        self.first = np.append(begins, len(self.row))
        self.period, self.items, self.cost = self.period[which], self.items[which], self.cost[which]
        self.count = len(which)
        for basis in bases:
            basis[:] = np.searchsorted(which, basis)

    def _room(self, columns: int, entries: int) -> None:
        """Make the arrays long enough for so many more columns with so many entries."""
        while self.count + columns > len(self.items):
            self.period, self.items, self.cost = (_doubled(each) for each in (self.period, self.items, self.cost))
            self.first = np.append(self.first, np.zeros(len(self.items) + 1 - len(self.first), np.int64))
        while self.first[self.count] + entries > len(self.row):
            self.row, self.share = _doubled(self.row), _doubled(self.share)

    def allowed(self, which: Ints, limits: Limits) -> Flags:
        """Which of them the limits allow."""
        items, of = self.items[which], self.period[which]
        number = self.periods.number[items]
        allowed: Flags = (number >= limits.least[of]) & (number <= limits.most[of])
        allowed &= (items & limits.must[of] == limits.must[of]) & (items & limits.may[of] == items)
        return allowed

    def entries(self, which: Ints) -> tuple[Ints, Ints, Floats]:
        """Where each begins, the rows, the shares: of these columns one after the other."""
        sizes = self.first[which + 1] - self.first[which]
        ends = np.cumsum(sizes)
        begins = ends - sizes
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.first[which] - begins, sizes)
        return begins, self.row[places], self.share[places]

    def setups(self, which: Ints, weight: Floats) -> Floats:
        """How much each item is set up in each period when these columns have these weights. (T, I) float64"""
        problem = self.periods.problem
        setups = np.zeros((problem.periods, problem.items))
        within = (self.items[which][:, None] >> np.arange(problem.items)) & 1
        np.add.at(setups, self.period[which], within * weight[:, None])
        return setups


def _doubled(numbers: NDArray[Any]) -> NDArray[Any]:
    """The same and as much room again."""
    return np.concatenate([numbers, np.zeros_like(numbers)])
