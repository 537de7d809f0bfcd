"""At which price a choice changes: exact, by solving again."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plantwright.optimise.sourcing.model import Model
from plantwright.optimise.sourcing.solve import Question, Solution, solve
from plantwright.problems.sourcing import Floats, Indices

ROUNDS = 30
CLOSE = 1e-7
"""Share of the plan's cost below which two plans cost the same. [-]"""


Kept = tuple[tuple[Indices, Floats, Floats], ...]
"""Columns with the values they keep."""


class Switch(NamedTuple):
    """A change of an offer's price that changes the plan.

    Attributes
    ----------
    price
        By how much a piece becomes cheaper or dearer, in all years. [money/piece]
    solution
        The plan from there on.
    """

    price: float
    solution: Solution


def cheaper(model: Model, best: Solution, offer: int, *, alone: bool = False) -> Switch | None:
    """How much cheaper an offer has to become until more of it is bought; None where no price does it.

    Parameters
    ----------
    model
        The constraints.
    best
        The best plan at the prices as they are.
    offer
        Its number.
    alone
        Whether decisions about other items stay as they are; all quantities are free in any case.

    Notes
    -----
    The least of ``(cost(plan) - cost*) / (Q(plan) - Q*)`` over all plans that buy more (Q: discounted pieces, with duty
    and pipeline on the price): a fractional programme, solved by Dinkelbach's method. What local content and other
    limits count is kept at the prices as they are.

    References
    ----------
    W. Dinkelbach (1967), "On nonlinear fractional programming", Management Science 13(7), doi 10.1287/mnsc.13.7.492
    """
    price = float(model.problem.offers.price[model.problem.offers.price_offer == offer].max())
    return _switch(model, best, -_pieces(model, offer), price, _kept(model, best, offer) if alone else ())


def dearer(model: Model, best: Solution, offer: int, *, alone: bool = False) -> Switch | None:
    """How much dearer an offer may become until less of it is bought; None where up to ten times its price nothing is.

    Parameters
    ----------
    model, best, offer, alone
        As for `cheaper`.
    """
    price = float(model.problem.offers.price[model.problem.offers.price_offer == offer].max())
    return _switch(model, best, _pieces(model, offer), 9.0 * price, _kept(model, best, offer) if alone else ())


def _pieces(model: Model, offer: int) -> Floats:
    """Money that one more unit of money a piece costs, by column."""
    problem, at = model.problem, model.columns
    lots = np.flatnonzero(at.lot_offer == offer)
    ways = at.lot_purchase[lots]
    on = 1.0 + problem.purchases.duty[ways] + problem.holding * problem.purchases.lead[ways]
    found = np.zeros(at.size)
    columns = at.bought[:, lots, :]
    found[columns] = on[None, :, None] * problem.discount[None, None, :-1] * at.unit[columns]
    return found


def _kept(model: Model, best: Solution, offer: int) -> Kept:
    """Decisions about all items but the offer's, as they are in a plan."""
    problem, at = model.problem, model.columns
    item = problem.offers.item[offer]
    mine = problem.offers.item == item
    made = problem.node_item[problem.makings.node] == item
    free = np.concatenate(
        [
            at.tier[mine[problem.offers.price_offer]].ravel(),
            at.qualified[mine].ravel(),
            at.running[made].ravel(),
            at.opened[made].ravel(),
            at.built[made[problem.steps.making]].ravel(),
            at.earned.ravel(),
        ]
    )
    others = np.setdiff1d(np.flatnonzero(at.integer), free)
    values = np.round(best.x[others])
    return ((others, values, values),)


def _switch(model: Model, best: Solution, pieces: Floats, most: float, kept: Kept) -> Switch | None:
    """The least price change below ``most`` for which a plan with other ``pieces x`` costs as little as the best."""
    cost, before = model.cost.factors, float(pieces @ best.x)
    close, change, found = CLOSE * abs(best.objective), most, None
    for _ in range(ROUNDS):
        other = solve(model, Question({}, cost + change * pieces, kept))
        if other is None:
            break
        gained = before - float(pieces @ other.x)
        worse = float(cost @ other.x) - best.objective
        if gained <= 0 or change * gained - worse <= close:
            break
        found = Switch(max(0.0, worse / gained), other)
        if found.price >= change * (1.0 - 1e-9):
            break
        change = found.price
    return found
