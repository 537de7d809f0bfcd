"""What a plant is asked to make: what counts as good output, in which mix, and how much of it a year."""

from __future__ import annotations

import math
from dataclasses import dataclass

from plantwright.errors import Finding, RunError
from plantwright.model.flows import built_from, made_things, target_amounts
from plantwright.model.plant import Plant


@dataclass(frozen=True, slots=True)
class Wanted:
    """The output that answers count.

    Attributes
    ----------
    sold : tuple of str
        Products; where there are none, the made items that nothing is built from.
    mix : dict of str to float
        Demanded share of each, equal where nothing is demanded. They add up to 1. [-]
    target : int or None
        Units a year that the plant is meant to make; None where nothing says so. [units]
    spares : dict of str to float
        Pieces a year of items that are sold beside the products. [pieces]
    """

    sold: tuple[str, ...]
    mix: dict[str, float]
    target: int | None
    spares: dict[str, float]

    def units(self, amount: float) -> dict[str, float]:
        """An amount of units in the demanded mix, by product."""
        return {name: amount * share for name, share in self.mix.items()}


def wanted(plant: Plant) -> Wanted:
    """What counts as output of a plant.

    Raises
    ------
    RunError
        The plant makes nothing.
    """
    sold = sold_things(plant)
    if not sold:
        raise RunError(Finding("E413", "no route makes anything", "Give an item or a product a made-by."))
    amounts = target_amounts(plant)
    mine = {name: amounts.get(name, 0.0) for name in sold}
    total = math.fsum(mine.values())
    mix = {name: amount / total if total else 1.0 / len(sold) for name, amount in mine.items()}
    target = plant.target if plant.target is not None else (round(total) or None)
    return Wanted(sold, mix, target, {name: amount for name, amount in amounts.items() if name not in mine and amount})


def sold_things(plant: Plant) -> tuple[str, ...]:
    """Products that a route makes, in document order; else made items that no kit takes."""
    made = [name for name, _, _ in made_things(plant)]
    products = tuple(name for name in made if name in plant.products)
    if products:
        return products
    taken = {used for kit in built_from(plant).values() for used in kit}
    return tuple(name for name in made if name not in taken)
