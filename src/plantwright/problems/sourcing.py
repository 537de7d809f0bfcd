"""Make or buy, from whom, at which site, over years: the decision and the plan that solves it.

Axes: I items, N nodes (an item at a site), S sites, C countries (the last one is "unknown"), V suppliers, O offers,
K prices of offers, B purchases (an offer to a node by a way), M makings (an item at a site), X steps of capacity,
H shipments between sites, T years, P lines, G products. A line is what local content is measured on: all products
together (P = 1), or each of them (P = G), and then pieces are told apart by the line they go to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Offers:
    """What may be bought.

    Attributes
    ----------
    item, supplier
        What is offered, and by whom. Each (O,) int64
    incremental
        Whether a lower price is paid only for the pieces beyond its quantity (incremental discount); otherwise it is
        paid for all pieces of the year (all-units discount). (O,) bool
    minimum
        Least pieces in a year in which any are bought. (O,) float64 [pieces/year]
    capacity
        Most pieces in each year; infinite where nothing bounds them. (O, T) float64 [pieces/year]
    qualification
        Paid once, in the first year in which any are bought. (O,) float64 [money]
    content
        Where its value comes from; rows add up to 1, the last column is of unknown origin. (O, C) float64 [-]
    price_offer, price_from, price
        Offer, quantity from which it holds, and price of a piece; ascending quantities within an offer, the first of
        them holds below it as well. (K,) int64, (K,) float64 [pieces/year], (K,) float64 [money/piece]
    """

    item: Indices
    supplier: Indices
    incremental: Flags
    minimum: Floats
    capacity: Floats
    qualification: Floats
    content: Floats
    price_offer: Indices
    price_from: Floats
    price: Floats


@dataclass(frozen=True, eq=False)
class Purchases:
    """Ways by which offers come to nodes.

    Attributes
    ----------
    offer, node
        What is bought and where it arrives. Each (B,) int64
    freight
        (B,) float64 [money/piece]
    duty
        Share of the price. (B,) float64 [-]
    lead
        Time in which the money is tied up. (B,) float64 [years]
    carbon
        Embodied and emitted on the way. (B,) float64 [kg/piece]
    """

    offer: Indices
    node: Indices
    freight: Floats
    duty: Floats
    lead: Floats
    carbon: Floats


@dataclass(frozen=True, eq=False)
class Makings:
    """What may be made, where, from what.

    Attributes
    ----------
    node
        Item and site. (M,) int64
    uses
        Pieces of each node that a good piece takes. (M, N) float64 [-]
    cost
        Conversion: everything but what goes in. (M,) float64 [money/piece]
    capacity
        (M, T) float64 [pieces/year]
    opening
        Paid once, in the first year in which any are made. (M,) float64 [money]
    carbon
        (M,) float64 [kg/piece]
    final
        Whether it makes what is sold: its conversion is no material. (M,) bool
    """

    node: Indices
    uses: Floats
    cost: Floats
    capacity: Floats
    opening: Floats
    carbon: Floats
    final: Flags


@dataclass(frozen=True, eq=False)
class Steps:
    """Capacity that money adds to a making; steps of one making are taken in the order written.

    Attributes
    ----------
    making
        (X,) int64
    capacity
        Added to every year from that on in which it is ready. (X,) float64 [pieces/year]
    cost
        Paid once. (X,) float64 [money]
    delay
        Years from payment until it is ready. (X,) int64 [years]
    life
        Years of use over which its value is lost evenly; what is left at the end of the horizon counts as money, an
        infinite life as none. (X,) float64 [years]
    """

    making: Indices
    capacity: Floats
    cost: Floats
    delay: Indices
    life: Floats


@dataclass(frozen=True, eq=False)
class Shipments:
    """Ways between sites of one group.

    Attributes
    ----------
    start, end
        Nodes of one item at two sites. Each (H,) int64
    freight
        (H,) float64 [money/piece]
    duty
        Share of the invoice. (H,) float64 [-]
    holding
        What the time on the way costs. (H,) float64 [money/piece]
    carbon
        (H,) float64 [kg/piece]
    invoice
        Transfer price; NaN where none is known. (H,) float64 [money/piece]
    """

    start: Indices
    end: Indices
    freight: Floats
    duty: Floats
    holding: Floats
    carbon: Floats
    invoice: Floats


@dataclass(frozen=True, eq=False)
class Content:
    """How local content is measured, and how much of it there has to be.

    Attributes
    ----------
    method
        ``build-down``, ``build-up``, ``sats-1286``, ``value-added`` or ``points``.
    of
        ``transaction-value`` (what is sold) or ``net-cost``: the base of the first two methods.
    at
        ``cost`` or ``invoice``: how pieces from another site of the group are valued.
    floor
        Least share of each line in each year; NaN where none is asked for. (P, T) float64 [-]
    measured
        Lines whose local content is measured. (P,) bool
    local
        Countries that count as local; the last one is "unknown". (C,) bool
    points
        Points for an item of which only local pieces are built in. (I,) float64 [-]
    """

    method: str
    of: str
    at: str
    floor: Floats
    measured: Flags
    local: Flags
    points: Floats


@dataclass(frozen=True, eq=False)
class Exposures:
    """What the loss of a supplier puts at stake.

    Attributes
    ----------
    line
        Line of each product. (G,) int64
    needs
        Whether a product needs an item. (G, I) bool
    margin
        Earned with each product. (G, T) float64 [money/year]
    recovery
        Time until a lost supplier delivers again. (V,) float64 [years]
    """

    line: Indices
    needs: Flags
    margin: Floats
    recovery: Floats


@dataclass(frozen=True, eq=False)
class Limits:
    """What a plan must not exceed; infinite where nothing is limited.

    Attributes
    ----------
    budget
        All money of a year. (T,) float64 [money/year]
    investment
        Steps, openings and qualifications of all years. [money]
    country
        Share of one country in the value of everything bought and made in a year. (C,) float64 [-]
    carbon
        (T,) float64 [kg/year]
    exposure
        Margin lost with the worst supplier in its recovery time. [money]
    """

    budget: Floats
    investment: float
    country: Floats
    carbon: Floats
    exposure: float = np.inf


@dataclass(frozen=True, eq=False)
class SourcingProblem:
    """Everything that a plan decides about, and what binds it.

    Attributes
    ----------
    node_item, node_site
        Each (N,) int64
    site_country
        (S,) int64
    demand
        What customers take from each node. (P, N, T) float64 [pieces/year]
    sales
        What they pay. (P, T) float64 [money/year]; NaN where a price is missing
    need
        Pieces of each item that the demand takes where everything is made. (P, I, T) float64 [pieces/year]
    discount
        Worth today of money in each year. (T,) float64 [-], and one more for the end of the horizon: (T + 1,)
    holding
        Cost of money and storage. [1/year]
    home
        Sites from which customers are served: the plant itself, which others of the group may invoice. (S,) bool
    """

    node_item: Indices
    node_site: Indices
    site_country: Indices
    demand: Floats
    sales: Floats
    need: Floats
    discount: Floats
    holding: float
    home: Flags
    offers: Offers
    purchases: Purchases
    makings: Makings
    steps: Steps
    shipments: Shipments
    content: Content
    exposures: Exposures
    limits: Limits

    @property
    def years(self) -> int:
        """Years of the horizon."""
        return int(self.demand.shape[2])

    @property
    def lines(self) -> int:
        """Lines on which local content is measured."""
        return int(self.demand.shape[0])

    def replace(self, **changes: Any) -> Self:
        """The problem with other parts."""
        return replace(self, **changes)


@dataclass(frozen=True, eq=False)
class SourcingPlan:
    """What is bought, made, shipped and built.

    Attributes
    ----------
    bought
        (P, B, T) float64 [pieces/year]
    paid
        For them, at the price that the quantity of the whole offer has. (P, B, T) float64 [money/year]
    made
        (P, M, T) float64 [pieces/year]
    shipped
        (P, H, T) float64 [pieces/year]
    qualified
        Offers that are qualified in a year. (O, T) bool
    opened
        Makings that are opened in a year. (M, T) bool
    built
        Steps that are paid in a year. (X, T) bool
    earned
        Items whose points are earned. (P, I, T) bool
    """

    bought: Floats
    paid: Floats
    made: Floats
    shipped: Floats
    qualified: Flags
    opened: Flags
    built: Flags
    earned: Flags


__all__ = [
    "Content",
    "Exposures",
    "Flags",
    "Floats",
    "Indices",
    "Limits",
    "Makings",
    "Offers",
    "Purchases",
    "Shipments",
    "SourcingPlan",
    "SourcingProblem",
    "Steps",
]
