"""Money, value and carbon of a plan as linear expressions of its columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plantwright.optimise.sourcing.columns import Columns
from plantwright.problems.sourcing import Floats, Indices, SourcingProblem

COSTS = ("material", "duty", "freight", "pipeline", "conversion", "qualification", "opening", "steps")
"""What money goes to."""


class Expression(NamedTuple):
    """``factors x + constant``."""

    factors: Floats
    constant: float = 0.0

    def __add__(self, other: tuple[object, ...]) -> Expression:
        """The sum of two expressions."""
        assert isinstance(other, Expression)
        return Expression(self.factors + other.factors, self.constant + other.constant)

    def times(self, number: float) -> Expression:
        """So many times as much."""
        return Expression(self.factors * number, self.constant * number)

    def at(self, x: Floats) -> float:
        """Its value."""
        return float(self.factors @ x) + self.constant


class Measures:
    """Expressions by line and year.

    Parameters
    ----------
    problem
        Prices, contents, ways.
    columns
        What the expressions are of.
    """

    def __init__(self, problem: SourcingProblem, columns: Columns) -> None:
        self.problem = problem
        self.columns = columns
        self.price = problem.offers.price[columns.lot_tier]
        self.invoice = np.nan_to_num(problem.shipments.invoice)
        self.makes_at = problem.node_site[problem.makings.node]
        self.buys_at = problem.node_site[problem.purchases.node[columns.lot_purchase]]
        self.ships_from = problem.node_site[problem.shipments.start]
        self.ships_to = problem.node_site[problem.shipments.end]

    def none(self) -> Expression:
        """Nothing."""
        return Expression(np.zeros(self.columns.size))

    def bought(self, per_piece: Floats, line: int | None, year: int) -> Expression:
        """So much for each piece of a lot. ``per_piece`` is (R,); of all lines where ``line`` is None."""
        return self._of(self.columns.bought[:, :, year], per_piece, line)

    def made(self, per_piece: Floats, line: int | None, year: int) -> Expression:
        """So much for each piece of a making. ``per_piece`` is (M,)."""
        return self._of(self.columns.made[:, :, year], per_piece, line)

    def shipped(self, per_piece: Floats, line: int | None, year: int) -> Expression:
        """So much for each piece of a shipment. ``per_piece`` is (H,)."""
        return self._of(self.columns.shipped[:, :, year], per_piece, line)

    def _of(self, block: Indices, per_piece: Floats, line: int | None) -> Expression:
        factors = np.zeros(self.columns.size)
        chosen = block if line is None else block[[line]]
        factors[chosen] = per_piece[None, :] * self.columns.unit[chosen]
        return Expression(factors)

    def cost(self, year: int) -> dict[str, Expression]:
        """Money of a year, by what it goes to; not discounted, the value that steps keep not taken off."""
        problem, buys, ships = self.problem, self.problem.purchases, self.problem.shipments
        by_lot = self.columns.lot_purchase
        freight = self.bought(buys.freight[by_lot], None, year) + self.shipped(ships.freight, None, year)
        duty = self.bought(self.price * buys.duty[by_lot], None, year)
        pipeline = self.bought(self.price * buys.lead[by_lot] * problem.holding, None, year)
        return {
            "material": self.bought(self.price, None, year),
            "duty": duty + self.shipped(self.invoice * ships.duty, None, year),
            "freight": freight,
            "pipeline": pipeline + self.shipped(ships.holding, None, year),
            "conversion": self.made(problem.makings.cost, None, year),
            "qualification": self._decided(self.columns.qualified[:, year], problem.offers.qualification),
            "opening": self._decided(self.columns.opened[:, year], problem.makings.opening),
            "steps": self._decided(self.columns.built[:, year], problem.steps.cost),
        }

    def _decided(self, columns: Indices, money: Floats) -> Expression:
        factors = np.zeros(self.columns.size)
        factors[columns] = money
        return Expression(factors)

    def spent(self, year: int) -> Expression:
        """All money of a year."""
        return sum(self.cost(year).values(), self.none())

    def once(self) -> Expression:
        """Money that is paid once, in all years."""
        kinds = ("qualification", "opening", "steps")
        return sum((self.cost(year)[kind] for year in range(self.problem.years) for kind in kinds), self.none())

    def kept(self) -> Expression:
        """What steps are worth at the end of the horizon, when it ends.

        A step paid in year t is used from t + delay on and loses its value evenly over its life.
        """
        problem, factors = self.problem, np.zeros(self.columns.size)
        steps = problem.steps
        for year in range(problem.years):
            used = np.maximum(0.0, problem.years - year - steps.delay)
            left = np.where(np.isfinite(steps.life), np.maximum(0.0, 1.0 - used / steps.life), 0.0)
            factors[self.columns.built[:, year]] = steps.cost * left
        return Expression(factors)

    def total_cost(self) -> Expression:
        """What a plan is judged by: money of all years, worth today, less what the steps keep."""
        discount = self.problem.discount
        spent = (self.spent(year).times(float(discount[year])) for year in range(self.problem.years))
        return sum(spent, self.kept().times(-float(discount[-1])))

    def carbon(self, year: int) -> Expression:
        """Emissions of a year. [kg]"""
        problem = self.problem
        bought = self.bought(problem.purchases.carbon[self.columns.lot_purchase], None, year)
        made = self.made(problem.makings.carbon, None, year)
        return bought + made + self.shipped(problem.shipments.carbon, None, year)

    def from_country(self, country: int, year: int) -> Expression:
        """Value of what comes from a country: bought pieces by their content, conversion by site, at cost."""
        problem = self.problem
        share = problem.offers.content[self.columns.lot_offer, country]
        here = problem.site_country[self.makes_at] == country
        return self.bought(self.price * share, None, year) + self.made(problem.makings.cost * here, None, year)

    def all_value(self, year: int) -> Expression:
        """Value of everything bought and made, at cost."""
        return self.bought(self.price, None, year) + self.made(self.problem.makings.cost, None, year)

    def outlay(self, year: int) -> Expression:
        """What the plant itself pays in a year when other sites of its group invoice it, once-only money left out."""
        problem, buys, ships = self.problem, self.problem.purchases, self.problem.shipments
        by_lot = self.columns.lot_purchase
        landed = self.price * (1.0 + buys.duty[by_lot] + problem.holding * buys.lead[by_lot]) + buys.freight[by_lot]
        comes = problem.home[self.ships_to].astype(float)
        leaves = problem.home[self.ships_from].astype(float)
        carried = ships.freight + ships.holding + ships.duty * self.invoice
        return (
            self.bought(landed * problem.home[self.buys_at], None, year)
            + self.made(problem.makings.cost * problem.home[self.makes_at], None, year)
            + self.shipped(self.invoice * (comes - leaves) + carried * comes, None, year)
        )
