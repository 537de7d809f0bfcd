"""Which products a family has, and what may be chosen of them."""

from __future__ import annotations

from plantwright.model.family import PRODUCT, Family
from plantwright.model.flows import built_from
from plantwright.model.plant import Plant

NOT_OFFERED = "-"
"""The value of an option that a product does not have."""
ALL = "products"
"""Name of the family of all products, where a plant names none."""


def families(plant: Plant) -> dict[str, Family]:
    """Every family of a plant: those described, those that products name, else one of all products."""
    named = {product.platform: Family() for product in plant.products.values() if product.platform is not None}
    return {**plant.families, **{name: family for name, family in named.items() if name not in plant.families}} or {
        ALL: Family(name=plant.name)
    }


def members(plant: Plant, name: str) -> tuple[str, ...]:
    """Products of a family, in document order."""
    if name not in plant.families and not any(product.platform for product in plant.products.values()):
        return tuple(plant.products)
    chosen = plant.families[name].products if name in plant.families else {}
    return tuple(key for key, product in plant.products.items() if product.platform == name or key in chosen)


def options(plant: Plant, name: str) -> dict[str, tuple[str, ...]]:
    """Options of a family with their values: the product, those described, and what else differs from unit to unit.

    An option that is not described is one of the products that have it alone; of the others it is ``NOT_OFFERED``.
    """
    family, of_family = families(plant)[name], members(plant, name)
    found: dict[str, tuple[str, ...]] = {PRODUCT: of_family, **family.options}
    for option in dict.fromkeys(option for key in of_family for option in plant.products[key].options):
        if option not in family.options:
            mixes = [plant.products[key].options.get(option) for key in of_family]
            found[option] = tuple(dict.fromkeys(value for mix in mixes for value in mix or (NOT_OFFERED,)))
    return found


def own_values(plant: Plant, name: str, product: str) -> dict[str, tuple[str, ...]]:
    """Values that a product has or is sold with, by option; options that it leaves to the customer are left out."""
    family = families(plant)[name]
    found = dict(family.products.get(product, {}))
    for option, values in options(plant, name).items():
        mix = plant.products[product].options.get(option)
        if mix is not None:
            sold = found.get(option, values)
            found[option] = tuple(value for value in sold if value in mix)
        elif option != PRODUCT and option not in family.options:
            found[option] = (NOT_OFFERED,)
    return found


def kits(plant: Plant, products: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """What goes directly into each made thing of the products' bills, whatever options say: the 150 % bill."""
    built = built_from(plant)
    found: dict[str, frozenset[str]] = {}
    waiting = list(products)
    while waiting:
        parent = waiting.pop()
        if parent in built and parent not in found:
            found[parent] = frozenset(built[parent])
            waiting += sorted(found[parent])
    return {name: found[name] for name in built if found.get(name)}


def parts(plant: Plant, product: str) -> frozenset[str]:
    """Everything that goes into a product, over all levels and options."""
    return frozenset().union(*kits(plant, (product,)).values())
