"""A plant, lowered to what material requirements planning reads: the bill, demand, stock and open orders by period."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from plantwright.compile.coverage import Coming, coming, on_hand, still_taken
from plantwright.compile.demand import daily_forecast, daily_ordered
from plantwright.model.flows import kit, made_things
from plantwright.model.journey import journey
from plantwright.model.plant import Plant
from plantwright.model.state import State
from plantwright.problems.materials import Bill, Ints, MaterialsProblem

Daily = Callable[[Plant, str, int], tuple[int, ...]]
"""Pieces of a thing by the day from the plant's first, for so many days."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """The periods that are planned.

    Attributes
    ----------
    first : date
        Today: the first day of period 0.
    days : int
        Length of a period. [d], >= 1
    length : int
        How many periods. [periods], >= 1
    """

    first: dt.date
    days: int
    length: int

    def period(self, day: dt.date) -> int:
        """The period that a day falls into; what is past falls into the first. [periods]"""
        return max(0, (day - self.first).days // self.days)

    def begin(self, period: int) -> dt.date:
        """First day of a period."""
        return self.first + dt.timedelta(days=period * self.days)


@dataclass(frozen=True, slots=True, eq=False)
class Materials:
    """A plant ready to be planned.

    Attributes
    ----------
    names : tuple of str
        Products, then items: what the indices stand for.
    problem : MaterialsProblem
        In arrays; without safety stocks.
    orders, forecast : ndarray
        The demand, ordered and still expected. (I, T) int64 [pieces]
    coming : tuple of Coming
        Open orders in the order of their dates, those after the horizon left out.
    taken : ndarray
        Pieces of the stock that work in process has yet to take. (I,) int64 [pieces]
    """

    names: tuple[str, ...]
    problem: MaterialsProblem
    orders: Ints
    forecast: Ints
    coming: tuple[Coming, ...]
    taken: Ints


def lower_materials(
    plant: Plant,
    horizon: Horizon,
    *,
    leads: Mapping[str, int],
    earliest: Mapping[str, int],
    state: State | None = None,
) -> Materials:
    """Turn a plant into the arrays that are planned.

    Parameters
    ----------
    plant
        A plant whose bill has no cycle.
    horizon
        The periods.
    leads
        Lead time of each item and product. [periods]
    earliest
        First period in which new orders of a thing may come, where that is later than its lead time. [periods]
    state
        What is where; as at the beginning of a run when left out.

    Notes
    -----
    Stock is what lies on the shelf, less what customers wait for and less what work in process has yet to take. What a
    teardown gives back counts against what the same route takes, and not otherwise.
    """
    names = (*plant.products, *plant.items)
    index = {name: place for place, name in enumerate(names)}
    orders, forecast = (_by_period(plant, horizon, names, daily) for daily in (daily_ordered, daily_forecast))
    lead_days = {name: periods * horizon.days for name, periods in leads.items()}
    end = horizon.begin(horizon.length)
    open_orders = tuple(each for each in coming(plant, horizon.first, state, lead_days) if each.due < end)
    scheduled = np.zeros_like(orders)
    for each in open_orders:
        scheduled[index[each.item], horizon.period(each.due)] += each.pieces
    there, taken = on_hand(plant, state), still_taken(plant, state)
    stock = np.array([there[name] for name in names], dtype=np.int64)
    bound = np.array([taken.get(name, 0) for name in names], dtype=np.int64)
    lead = np.array([leads[name] for name in names], dtype=np.int64)
    first = np.array([earliest.get(name, 0) for name in names], dtype=np.int64)
    problem = MaterialsProblem(
        bill=_bill(plant, index),
        demand=orders + forecast,
        stock=stock - bound,
        scheduled=scheduled,
        safety=np.zeros_like(stock),
        lead=lead,
        earliest=np.maximum(lead, first),
    )
    return Materials(names, problem, orders, forecast, open_orders, bound)


def _by_period(plant: Plant, horizon: Horizon, names: tuple[str, ...], daily: Daily) -> Ints:
    """What is wanted of each thing in each period. (I, T) int64 [pieces]"""
    passed = (horizon.first - plant.from_).days
    days = horizon.days * horizon.length
    wanted = np.array([daily(plant, name, passed + days)[passed:] for name in names], dtype=np.int64)
    by_period: Ints = wanted.reshape(len(names), horizon.length, horizon.days).sum(axis=2)
    return by_period


def _bill(plant: Plant, index: Mapping[str, int]) -> Bill:
    """What goes into a good piece of everything that is made."""
    arcs: list[tuple[int, int, float]] = []
    for name, made, route in made_things(plant):
        trip = journey(route)
        if trip.good <= 0:
            continue
        amounts: defaultdict[str, float] = defaultdict(float)
        for operation, visits in zip(route, trip.visits, strict=True):
            for used, pieces in kit(made, operation).items():
                amounts[used] += pieces * visits / trip.good
            for given, number in operation.gives.items():
                amounts[given] -= number * visits / trip.good
        arcs += [(index[name], index[used], pieces) for used, pieces in amounts.items() if pieces > 0]
    parent, child, pieces_each = zip(*arcs, strict=True) if arcs else ((), (), ())
    return Bill(np.array(parent, dtype=np.int64), np.array(child, dtype=np.int64), np.array(pieces_each, dtype=float))
