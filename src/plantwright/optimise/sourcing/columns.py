"""What a plan decides: the columns of the programme, each kind a block of indices."""

from __future__ import annotations

import numpy as np

from plantwright.problems.sourcing import Flags, Floats, Indices, SourcingProblem


class Columns:
    """Blocks of columns; a column of pieces counts in units of its item, so that all of them are about 1.

    Attributes
    ----------
    lot_purchase, lot_tier
        A lot is a purchase at one of the prices of its offer. Each (R,) int64
    bought
        Pieces of a lot. (P, R, T) int64
    made, shipped
        (P, M, T) and (P, H, T) int64
    tier
        Whether an offer is bought at this price (all-units), or this far up its prices (incremental). (K, T) int64
    qualified, running, opened, built
        (O, T), (M, T), (M, T) and (X, T) int64
    earned
        Whether the points of an item are earned. (P, I, T) int64
    lost
        Share of a product that stops with a supplier. (V, G, T) int64
    served
        Share of the demand that is met: 1, except where it is asked what can be. (1,) int64
    slack
        What a limit is missed by: 0, except where it is asked how far it has to be loosened. (1,) int64
    lower, upper, unit
        Bounds and pieces per unit. (n,) float64
    integer
        (n,) bool
    """

    def __init__(self, problem: SourcingProblem) -> None:
        offers, makings, purchases = problem.offers, problem.makings, problem.purchases
        pairs = [
            (purchase, tier)
            for purchase, offer in enumerate(purchases.offer)
            for tier in np.flatnonzero(offers.price_offer == offer)
        ]
        self.lot_purchase: Indices = np.array([purchase for purchase, _ in pairs], dtype=np.int64)
        self.lot_tier: Indices = np.array([tier for _, tier in pairs], dtype=np.int64)
        self.lot_offer: Indices = purchases.offer[self.lot_purchase]
        self.size = 0
        P, T = problem.lines, problem.years
        self.bought = self._block(P, len(pairs), T)
        self.made = self._block(P, len(makings.node), T)
        self.shipped = self._block(P, len(problem.shipments.start), T)
        self.tier = self._block(len(offers.price), T)
        self.qualified = self._block(len(offers.item), T)
        self.running = self._block(len(makings.node), T)
        self.opened = self._block(len(makings.node), T)
        self.built = self._block(len(problem.steps.making), T)
        self.earned = self._block(P, len(problem.content.points), T)
        self.lost = self._block(*_axes(problem), T)
        self.served = self._block(1)
        self.slack = self._block(1)
        self.most = most_pieces(problem)
        self.unit = self._units(problem)
        self.lower, self.upper, self.integer = self._bounds(problem)

    def _block(self, *shape: int) -> Indices:
        block = np.arange(self.size, self.size + int(np.prod(shape)), dtype=np.int64).reshape(shape)
        self.size += block.size
        return block

    def _units(self, problem: SourcingProblem) -> Floats:
        """Pieces per unit of each column: what a year takes of the item at most; 1 for decisions."""
        unit = np.ones(self.size)
        of_item = self.most.max(axis=1, initial=0.0)
        of_item = np.where(of_item > 0, of_item, 1.0)
        offers, nodes = problem.offers, problem.node_item
        unit[self.bought] = of_item[offers.item[self.lot_offer]][None, :, None]
        unit[self.made] = of_item[nodes[problem.makings.node]][None, :, None]
        unit[self.shipped] = of_item[nodes[problem.shipments.start]][None, :, None]
        return unit

    def _bounds(self, problem: SourcingProblem) -> tuple[Floats, Floats, Flags]:
        lower, upper, integer = np.zeros(self.size), np.full(self.size, np.inf), np.zeros(self.size, dtype=bool)
        for block in (self.tier, self.qualified, self.running, self.opened, self.built, self.earned):
            upper[block] = 1.0
            integer[block] = True
        free = plain_offers(problem)[problem.offers.price_offer]
        lower[self.tier[free]] = 1.0
        for block, is_free in (
            (self.qualified, problem.offers.qualification <= 0),
            (self.opened, problem.makings.opening <= 0),
        ):
            upper[block[is_free]] = 0.0
        lower[self.running[problem.makings.opening <= 0]] = 1.0
        upper[self.earned[:, problem.content.points <= 0]] = 0.0
        lower[self.served] = upper[self.served] = 1.0
        upper[self.slack] = 0.0
        integer &= lower < upper
        return lower, upper, integer


def _axes(problem: SourcingProblem) -> tuple[int, int]:
    return len(problem.exposures.recovery), len(problem.exposures.line)


def plain_offers(problem: SourcingProblem) -> Flags:
    """Offers with one price, no minimum and nothing to pay once: using them decides nothing. (O,) bool"""
    offers = problem.offers
    prices = np.bincount(offers.price_offer, minlength=len(offers.item))
    plain: Flags = (prices == 1) & (offers.minimum <= 0) & (offers.qualification <= 0)
    return plain


def most_pieces(problem: SourcingProblem) -> Floats:
    """Most pieces of each item that any plan can need in a year: every making takes what the hungriest one takes.

    Returns
    -------
    ndarray
        (I, T) float64 [pieces/year]
    """
    items = problem.need.shape[1]
    hungriest = np.zeros((items, items))
    for making, node in enumerate(problem.makings.node):
        takes = np.zeros(items)
        np.add.at(takes, problem.node_item, np.maximum(problem.makings.uses[making], 0.0))
        made = problem.node_item[node]
        hungriest[made] = np.maximum(hungriest[made], takes)
    wanted = np.zeros((items, problem.years))
    np.add.at(wanted, problem.node_item, problem.demand.sum(axis=0))
    most = wanted.copy()
    for _ in range(items):
        deeper = wanted + hungriest.T @ most
        if np.allclose(deeper, most, rtol=1e-12, atol=0.0):
            break
        most = deeper
    return most
