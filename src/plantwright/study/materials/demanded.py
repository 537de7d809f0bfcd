"""What is wanted of everything in a period, how far it misses, and the stock of each item on its own against that."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from plantwright.analytic.mrp import low_level_codes
from plantwright.analytic.stock import safety_stock
from plantwright.compile.materials import Materials
from plantwright.model.buying import offers_for
from plantwright.model.planning import DAY_S, Planning
from plantwright.model.plant import Plant
from plantwright.problems.materials import Bill, Floats
from plantwright.study.effective import scv


@dataclass(frozen=True)
class Demanded:
    """A plant whose safety stocks are sought.

    Attributes
    ----------
    plant, planning : Plant, Planning
        The plant, and how it is planned.
    materials : Materials
        In arrays.
    holding : ndarray
        Cost of a piece held for a period. (I,) float64 [base money]
    loops : mapping of str to int
        What a kanban calls for, and the pieces that it holds. [pieces]
    """

    plant: Plant
    planning: Planning
    materials: Materials
    holding: Floats
    loops: Mapping[str, int]

    @cached_property
    def mean(self) -> Floats:
        """Mean demand of each thing in a period, what goes into other things included. (I,) float64 [pieces]"""
        mean: Floats = self.materials.problem.demand.mean(axis=1) @ self._usage
        return mean

    @cached_property
    def deviation(self) -> Floats:
        """How far it misses: standard deviation. (I,) float64 [pieces]"""
        error = self.planning.forecast_error.base * self.materials.forecast.mean(axis=1)
        deviation: Floats = np.sqrt(error**2 @ self._usage**2)
        return deviation

    @cached_property
    def late(self) -> Floats:
        """Standard deviation of the lead time of the first offer; 0 of what is made. (I,) float64 [periods]"""
        found = np.zeros(len(self.materials.names))
        for item, name in enumerate(self.materials.names):
            law = next((self.plant.offers[each].lead_time for each in offers_for(self.plant, name)), None)
            if law is not None:
                found[item] = law.mean * math.sqrt(scv(law)) / DAY_S / self.planning.bucket_days
        return found

    @cached_property
    def _usage(self) -> Floats:
        return usage(self.materials.problem.bill, len(self.materials.names))


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Safety stocks, and what else a method says.

    Attributes
    ----------
    stock : ndarray
        (I,) float64 [pieces]
    least : mapping of int to int
        Least order of things. [pieces]
    notes : tuple of str
        What the reader should know.
    """

    stock: Floats
    least: Mapping[int, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def nothing(demanded: Demanded) -> Kept:
    """No stock but what items say."""
    return Kept(np.zeros(len(demanded.materials.names)))


def each_on_its_own(demanded: Demanded) -> Kept:
    """Of each thing for the span in which nothing new can come: its lead time and the period in which is ordered."""
    lead = demanded.materials.problem.lead
    found = [
        safety_stock(
            float(demanded.mean[item]),
            float(demanded.deviation[item]),
            lead=float(lead[item]) + 1.0,
            lead_deviation=float(demanded.late[item]),
            service=demanded.planning.service.base,
        )
        for item in range(len(lead))
    ]
    return Kept(np.array(found))


def usage(bill: Bill, items: int) -> Floats:
    """Pieces of each thing (column) in a piece of each thing (row), itself once. (I, I) float64 [pieces]"""
    taken = np.eye(items)
    level = low_level_codes(bill, items)
    for child in np.argsort(level, kind="stable"):
        for arc in np.flatnonzero(bill.child == child):
            taken[:, child] += taken[:, bill.parent[arc]] * bill.pieces[arc]
    return taken
