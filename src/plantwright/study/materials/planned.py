"""A plan of material with all it was made of, and its orders in names."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plantwright.compile.materials import Horizon, Materials
from plantwright.compile.prices import price_of
from plantwright.model.buying import offers_for
from plantwright.model.flows import thing
from plantwright.model.naming import called, thing_called
from plantwright.model.planning import Planning
from plantwright.model.plant import Plant
from plantwright.problems.materials import Floats, Ints, MaterialsPlan, MaterialsProblem
from plantwright.results import Message, PlannedOrder
from plantwright.study.materials.rules import LotRule
from plantwright.study.materials.together import Together
from plantwright.study.materials.work import Work


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A plan, and everything it was made of.

    Attributes
    ----------
    plant, planning : Plant, Planning
        What was asked, refused parties left out, and how it is planned.
    horizon : Horizon
        The periods of the arrays; the first ``shown`` of them are told.
    materials : Materials
        Names, demand and open orders.
    problem, plan : MaterialsProblem, MaterialsPlan
        With safety stocks; and what came of it.
    lots : sequence of LotRule
        The rule of each thing.
    values : ndarray
        Value of a piece; NaN where unknown. (I,) float64 [base money]
    loops : mapping of str to int
        What a kanban calls for, and the pieces that it holds. [pieces]
    unsupplied : frozenset of str
        Bought items that nobody may supply.
    together : Together or None
        Lots that were sized together; None where each rule was on its own.
    notes : tuple of str
        What the reader should know of its safety stocks.
    work : Work
        What everything takes of the stations.
    shown : int
        Periods that are told. [periods]
    """

    plant: Plant
    planning: Planning
    horizon: Horizon
    materials: Materials
    problem: MaterialsProblem
    plan: MaterialsPlan
    lots: Sequence[LotRule]
    values: Floats
    loops: Mapping[str, int]
    unsupplied: frozenset[str]
    together: Together | None
    notes: tuple[str, ...]
    work: Work
    shown: int

    def day(self, period: int) -> str:
        """First day of a period."""
        return self.horizon.begin(period).isoformat()

    def name(self, item: int) -> str:
        """What people call a thing."""
        return thing_called(self.plant, self.materials.names[item])

    def number(self, item: int, period: int, part: int = 0) -> str:
        """Number of the planned order of a thing that comes in a period, or of one of the parts of it."""
        return f"{self.materials.names[item]}/{self.day(period)}{f'/{part}' if part else ''}"

    def kind(self, item: int) -> str:
        """``make``, ``buy``, or ``pull`` of what a kanban calls for."""
        if self.materials.names[item] in self.loops:
            return "pull"
        return "make" if self.is_made(item) else "buy"

    def is_made(self, item: int) -> bool:
        """Whether a route makes it."""
        what = thing(self.plant, self.materials.names[item])
        made_by = what.made_by if what is not None else None
        return made_by in self.plant.routes

    def message(
        self, kind: str, item: int, order: str = "", *, pieces: int, date: str, text: str, to: str = ""
    ) -> Message:
        """Something about a thing that somebody has to decide or do."""
        return Message(kind, self.materials.names[item], self.name(item), order, pieces, date, to, text)

    def rows(self, table: Ints, item: int) -> tuple[int, ...]:
        """The periods of a thing that are told. [pieces]"""
        return tuple(table[item, : self.shown].tolist())


def planned_orders(made: Made) -> tuple[PlannedOrder, ...]:
    """Every order that is released within the periods told, in the order of release.

    An order that is larger than its most becomes several, numbered.
    """
    found = []
    names, lead = made.materials.names, made.problem.lead
    for period in range(made.shown):
        for item, name in enumerate(names):
            pieces = int(made.plan.releases[item, period])
            due = period + int(lead[item])
            parts = made.lots[item].sizes.split(pieces)
            for number, part in enumerate(parts, start=1):
                found.append(_order(made, item, name, (period, due), part, number if len(parts) > 1 else 0))
    return tuple(found)


def _order(made: Made, item: int, name: str, when: tuple[int, int], pieces: int, part: int) -> PlannedOrder:
    plant = made.plant
    offer = next(iter(offers_for(plant, name)), None)
    supplier = plant.offers[offer].supplier if offer is not None else None
    price = price_of(plant, name, pieces)
    return PlannedOrder(
        order=made.number(item, when[1], part),
        item=name,
        name=made.name(item),
        kind=made.kind(item),
        pieces=pieces,
        release=made.day(when[0]),
        due=made.day(when[1]),
        offer=offer,
        supplier=called(plant.suppliers, supplier) if supplier is not None else None,
        cost=None if price is None or math.isnan(price) else price * pieces,
    )
