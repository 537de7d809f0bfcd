"""Local content as a ratio of two linear expressions, by five named methods.

Value is traced through sub-assemblies: what a made item holds from abroad is what its inputs hold from abroad, and what
a site abroad adds. Everything that comes in goes out into products, so the value from abroad in all products of a line
is the sum over what the line buys and what sites abroad add to it: exactly linear, whatever mix an item comes in.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plantwright.optimise.sourcing.measures import Expression, Measures
from plantwright.problems.sourcing import Floats

METHODS = ("build-down", "build-up", "sats-1286", "value-added", "points")
"""How local content is measured."""


class Ratio(NamedTuple):
    """What is not local, and of what: local content is ``1 - short / base``."""

    short: Expression
    base: Expression


def ratio(measures: Measures, line: int, year: int, *, method: str, of: str, at: str) -> Ratio:
    """What falls short of local content, and its base.

    Parameters
    ----------
    measures
        Of the problem.
    line, year
        Whose.
    method
        One of `METHODS`.
    of
        ``transaction-value`` or ``net-cost``, for the first two methods.
    at
        ``cost`` or ``invoice``.

    Notes
    -----
    With VNM the value of materials that are not local, VOM that of local ones, TV the sales and NC the net cost:

    - build-down ``(base - VNM) / base`` and build-up ``VOM / base``, the base TV or NC;
    - SATS 1286 ``1 - x / TV``, x the imports landed, with freight and duty;
    - value added ``(TV - purchases) / TV``, local purchases deducted as well;
    - points: earned points over all points.

    References
    ----------
    Build-down and build-up: 19 U.S.C. 4033(c). Transaction value and net cost: USMCA, Article 4.5. SATS 1286:2011,
    clause 3.2. Value added: Production Linked Incentive scheme for drones, S.O. 4044(E) of 30 September 2021.
    """
    if method == "points":
        return _points(measures, line, year)
    sold = Expression(np.zeros(measures.columns.size), float(measures.problem.sales[line, year]))
    value = _Value(measures, line, year, at)
    if method == "sats-1286":
        return Ratio(value.imports(), sold)
    if method == "value-added":
        return Ratio(value.bought() + value.added(foreign=True), sold)
    base = sold if of == "transaction-value" else value.net_cost()
    if method == "build-down":
        return Ratio(value.bought(value.foreign) + value.added(foreign=True), base)
    return Ratio(base + value.local_materials().times(-1.0), base)


class _Value:
    """Value that a line takes in a year."""

    def __init__(self, measures: Measures, line: int, year: int, at: str) -> None:
        self.measures, self.line, self.year = measures, line, year
        self.problem = measures.problem
        content = self.problem.content
        self.foreign: Floats = self.problem.offers.content @ ~content.local
        self.is_local = content.local[self.problem.site_country]
        self.invoiced = (at == "invoice") & ~self.problem.home

    def bought(self, share: Floats | None = None) -> Expression:
        """Bought pieces at their price, each offer with its share (O,)."""
        per_piece = self.measures.price * (1.0 if share is None else share[self.measures.columns.lot_offer])
        return self.measures.bought(per_piece, self.line, self.year)

    def added(self, *, foreign: bool | None = None) -> Expression:
        """What sites add: their conversion, or what they invoice less what they are invoiced."""
        measures, problem = self.measures, self.problem
        counts = np.ones(len(self.is_local), dtype=bool) if foreign is None else self.is_local != foreign
        at_cost, invoiced = counts & ~self.invoiced, counts & self.invoiced
        converted = measures.made(problem.makings.cost * at_cost[measures.makes_at], self.line, self.year)
        sent = invoiced[measures.ships_from].astype(float) - invoiced[measures.ships_to]
        received = measures.bought(-measures.price * invoiced[measures.buys_at], self.line, self.year)
        return converted + measures.shipped(measures.invoice * sent, self.line, self.year) + received

    def net_cost(self) -> Expression:
        """Materials and conversion, without freight, duties, interest and what is paid once."""
        return self.bought() + self.added()

    def local_materials(self) -> Expression:
        """Local value in what is built in; the making of the product itself is no material."""
        makings = self.problem.makings
        here = self.is_local[self.measures.makes_at] & makings.final
        assembly = self.measures.made(makings.cost * here, self.line, self.year)
        return self.bought(1.0 - self.foreign) + self.added(foreign=False) + assembly.times(-1.0)

    def imports(self) -> Expression:
        """Imported content landed: price, freight and duty of what is foreign or unknown, and what sites abroad add."""
        measures, problem = self.measures, self.problem
        at, ships = measures.columns, problem.shipments
        unknown = problem.offers.content[:, -1] * problem.content.local[-1]
        imported = (self.foreign + unknown)[at.lot_offer]
        landed = measures.price * (1.0 + problem.purchases.duty[at.lot_purchase])
        landed = landed + problem.purchases.freight[at.lot_purchase]
        crosses = ~self.is_local[measures.ships_from] & self.is_local[measures.ships_to]
        carried = (ships.freight + ships.duty * measures.invoice) * crosses
        bought = measures.bought(landed * imported, self.line, self.year)
        return bought + self.added(foreign=True) + measures.shipped(carried, self.line, self.year)


def unknown_value(measures: Measures, line: int, year: int) -> Expression:
    """Bought value whose origin nobody told."""
    share = measures.problem.offers.content[measures.columns.lot_offer, -1]
    return measures.bought(measures.price * share, line, year)


def _points(measures: Measures, line: int, year: int) -> Ratio:
    points = measures.problem.content.points
    factors = np.zeros(measures.columns.size)
    factors[measures.columns.earned[line, :, year]] = -points
    total = float(points.sum())
    return Ratio(Expression(factors, total), Expression(np.zeros(len(factors)), total))
