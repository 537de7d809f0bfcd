"""Periods one by one: the requirements get prices, and each period decides alone what it makes of them.

Whatever the prices, the sum of the prices less what all periods together earn at best is a lower bound of the cost of
any plan; it is higher the better the prices are, and higher still where the number of items set up in a period is
given.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plantwright.optimise.lots.model import LotModel
from plantwright.optimise.lots.pricing import MOST_ITEMS, Offers, best_sets, fill
from plantwright.problems.lots import Floats, Ints, LotProblem


class Limits(NamedTuple):
    """What a part of the search tree allows in each period: how many items, and which. Each (T,) int64."""

    least: Ints
    most: Ints
    must: Ints
    may: Ints


class Offer(NamedTuple):
    """What every period would do at some prices.

    Attributes
    ----------
    bound : float
        No plan within the limits costs less. [money]
    items : ndarray
        The set of items that each period sets up. (T,) int64
    share : ndarray
        What it makes of each requirement, in the order of the model's shares. (X,) float64 [-]
    """

    bound: float
    items: Ints
    share: Floats


def suits(problem: LotProblem) -> bool:
    """Whether the bound can be worked out: one resource, few items, nothing that goes into anything."""
    return problem.bill is None and problem.capacity.shape[0] == 1 and problem.items <= MOST_ITEMS


class Periods:
    """The single-period problems of a lot-sizing problem.

    References
    ----------
    Araujo, S. A. de, De Reyck, B., Degraeve, Z., Fragkos, I., Jans, R. (2015), Period decompositions for the
    capacitated lot sizing problem with setup times, doi:10.1287/ijoc.2014.0636.
    """

    def __init__(self, model: LotModel) -> None:
        problem = model.problem
        self.problem, self.model = problem, model
        by_period = np.argsort(model.made, kind="stable")
        self.shares: Ints = by_period
        """Shares of the model in the order of the periods in which they are made. (X,) int64"""
        self.item, self.made = model.item[by_period], model.made[by_period]
        self.first = np.searchsorted(self.made, np.arange(problem.periods + 1)).astype(np.int64)
        rows = np.cumsum(model.made == 0) - 1
        self.requirement: Ints = rows[by_period]
        """The requirement that each share is part of. (X,) int64"""
        self.requirements = int(rows[-1]) + 1 if len(rows) else 0
        self.held = problem.holding[self.item] * model.pieces[by_period] * (model.needed[by_period] - self.made)
        self.size = problem.unit_time[0, self.item] * model.pieces[by_period]
        self.capacity = np.ascontiguousarray(problem.capacity[0])
        sets = np.arange(1 << problem.items)
        within = (sets[:, None] >> np.arange(problem.items)) & 1
        self.number = within.sum(axis=1)
        self.setup_time = np.ascontiguousarray(problem.setup_time[0])
        self.setup_cost = np.tile(problem.setup_cost, (problem.periods, 1))
        self.time, self.cost = within @ problem.setup_time[0], within @ problem.setup_cost

    def everything(self) -> Limits:
        """Nothing given yet."""
        periods, items = self.problem.periods, self.problem.items
        zero = np.zeros(periods, np.int64)
        return Limits(
            zero, np.full(periods, items, np.int64), zero.copy(), np.full(periods, (1 << items) - 1, np.int64)
        )

    def offer(self, price: Floats, limits: Limits) -> Offer | None:
        """What the periods do at these prices of requirements, (P,) float64 [money]; None where one can do nothing."""
        gain = price[self.requirement] - self.held
        with np.errstate(divide="ignore", invalid="ignore"):
            density = np.where(gain > 0.0, gain / self.size, -1.0)
        order = np.lexsort((-density, self.made))
        worth = np.empty(self.problem.periods)
        items = np.empty(self.problem.periods, np.int64)
        offers = Offers(
            first=self.first,
            size=self.size[order],
            gain=gain[order],
            item=self.item[order],
            setup_time=self.setup_time,
            setup_cost=self.setup_cost,
            capacity=self.capacity,
            least=limits.least,
            most=limits.most,
            must=limits.must,
            may=limits.may,
            number=self.number,
            time=self.time,
            value=np.empty(self.problem.items),
            total=np.empty(len(self.time)),
        )
        best_sets(offers, worth, items)
        if np.any(worth < -1e299):
            return None
        share = np.empty(len(order))
        fill(offers, items, share)
        back = np.empty(len(order))
        back[order] = share
        return Offer(float(price.sum() - worth.sum()), items, back)
