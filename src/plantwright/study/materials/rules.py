"""The lot rule of each item: how net requirements are gathered to orders."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from plantwright.analytic.ordering import (
    Sizes,
    economic_quantity,
    for_periods,
    gathered,
    least_cost_starts,
    until_next,
)
from plantwright.compile.materials import Materials
from plantwright.compile.prices import in_base
from plantwright.model.buying import offers_for
from plantwright.model.flows import thing
from plantwright.model.planning import Planning, PlanningItem
from plantwright.model.plant import Plant
from plantwright.model.pulling import pulled
from plantwright.problems.materials import Floats, Ints
from plantwright.study.materials.values import YEAR_D

ECONOMIC = ("eoq", "poq", "wagner-whitin")
"""Rules that weigh what an order costs against what stock costs."""


@dataclass(frozen=True, slots=True)
class LotRule:
    """How the orders of one item are sized.

    Attributes
    ----------
    rule : str
        The rule of the document.
    sizes : Sizes
        Quantities that may be ordered.
    order_cost : float
        Of an order. [base money]
    holding : float
        Of a piece held for a period. [base money]
    """

    rule: str
    sizes: Sizes
    order_cost: float = 0.0
    holding: float = 0.0

    def of_at_least(self, pieces: int) -> LotRule:
        """The same rule with larger orders."""
        return replace(self, sizes=replace(self.sizes, least=max(self.sizes.least, pieces)))

    def __call__(self, net: Ints) -> Ints:
        """Receipts for net requirements by period."""
        length = len(net)
        match self.rule:
            case "eoq":
                quantity = round(self._economic(net))
                least = max(self.sizes.least, min(quantity, self.sizes.most or quantity))
                return gathered(net, for_periods(length, 1), Sizes(least, self.sizes.multiple, self.sizes.most))
            case "poq":
                mean = float(net.mean())
                periods = round(self._economic(net) / mean) if mean else 1
                return gathered(net, for_periods(length, periods), self.sizes)
            case "wagner-whitin":
                starts = least_cost_starts(net, self.order_cost, self.holding)
                return gathered(net, until_next(length, starts), self.sizes)
            case _:
                return gathered(net, for_periods(length, 1), self.sizes)

    def _economic(self, net: Ints) -> float:
        """The economic order quantity of mean net requirements; one piece where nothing is needed. [pieces]"""
        mean = float(net.mean())
        return economic_quantity(mean, self.order_cost, self.holding) if mean and self.holding else max(1.0, mean)


def lot_rules(plant: Plant, planning: Planning, materials: Materials, values: Floats) -> list[LotRule]:
    """The rule of each item and product, in their order.

    Notes
    -----
    What a kanban calls for is filled up as it is emptied, lot for lot. Orders of what is made are whole parts
    (``moves-as``); of what is bought they keep to the minimum of the offer. Where nobody has written what an order
    costs, or what a piece is worth, nothing can be weighed: then the economic rules order for one period.
    """
    share = planning.holding.base * planning.bucket_days / YEAR_D
    found, loops = [], pulled(plant, planning)
    for name, value in zip(materials.names, values, strict=True):
        given = planning.items.get(name, PlanningItem())
        cost = given.order_cost if given.order_cost is not None else planning.order_cost
        holding = 0.0 if math.isnan(value) else float(value) * share
        rule = asked_rule(planning, name)
        if name in loops or (rule in ECONOMIC and (cost is None or not holding)):
            rule = "lot-for-lot"
        found.append(LotRule(rule, _sizes(plant, name, given), in_base(plant.money, cost), holding))
    return found


def asked_rule(planning: Planning, name: str) -> str:
    """The rule that the document asks for."""
    return planning.items.get(name, PlanningItem()).rule or planning.rule


def _sizes(plant: Plant, name: str, given: PlanningItem) -> Sizes:
    offer = next((plant.offers[each] for each in offers_for(plant, name)), None)
    made = thing(plant, name)
    least = max(given.minimum or 1, (offer.minimum or 1) if offer is not None else 1)
    multiple = given.multiple or (made.moves_as if made is not None and made.made_by else 1)
    if given.rule == "fixed" and given.quantity is not None:
        multiple = given.quantity
    return Sizes(least, multiple, given.maximum or 0)
