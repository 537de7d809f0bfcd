"""How much the products of a family share, counted on the 150 % bill that the routes make."""

from __future__ import annotations

from plantwright.analytic.commonality import (
    component_index,
    degree_of_commonality,
    parents,
    total_constant_commonality,
)
from plantwright.model.flows import kit, made_things
from plantwright.model.members import kits, members, parts
from plantwright.model.plant import Plant
from plantwright.results import Commonality


def commonality(plant: Plant, name: str) -> Commonality:
    """Indices of a family, and the matrix of items and products behind them."""
    products = members(plant, name)
    uses = parents(kits(plant, products))
    return Commonality(
        parts=len(uses),
        uses=sum(uses.values()),
        dci=degree_of_commonality(list(uses.values())),
        tcci=total_constant_commonality(list(uses.values())),
        ci=component_index([parts(plant, product) for product in products]),
        pieces=_matrix(plant, products),
    )


def _matrix(plant: Plant, products: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Pieces of each item in a unit of each product, options at their shares, in document order."""
    direct: dict[str, dict[str, float]] = {}
    for name, made, route in made_things(plant):
        direct[name] = {}
        for operation in route:
            for used, pieces in kit(made, operation).items() if not operation.side else ():
                direct[name][used] = direct[name].get(used, 0.0) + pieces
    found: dict[str, dict[str, float]] = {}
    for product in products:
        for item, pieces in _exploded(direct, product).items():
            found.setdefault(item, {})[product] = pieces
    return {item: found[item] for item in plant.items if item in found}


def _exploded(direct: dict[str, dict[str, float]], thing: str) -> dict[str, float]:
    """Pieces of everything in one piece of a thing, over all levels."""
    total: dict[str, float] = {}
    for item, pieces in direct.get(thing, {}).items():
        total[item] = total.get(item, 0.0) + pieces
        for below, each in _exploded(direct, item).items():
            total[below] = total.get(below, 0.0) + pieces * each
    return total
