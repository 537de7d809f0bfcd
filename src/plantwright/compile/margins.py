"""What is lost with a unit that is not delivered: its margin as written, or its price less the material in it."""

from __future__ import annotations

from plantwright.compile.prices import in_base
from plantwright.compile.supply import Supply, material_of
from plantwright.errors import Finding, Place, RunError
from plantwright.model.plant import Plant
from plantwright.model.product import Product


def margins(plant: Plant, network: Supply) -> tuple[dict[str, float], tuple[str, ...]]:
    """Margin of each thing that customers take [base money], and what the reader should know of them.

    Raises
    ------
    RunError
        A product has neither a margin nor a price.
    """
    found: dict[str, float] = {}
    missing, unpriced, free = [], dict[str, None](), []
    for name in network.wanted:
        thing = plant.products.get(name)
        if thing is None:
            found[name] = 0.0
            free.append(name)
        elif thing.margin is not None:
            found[name] = in_base(plant.money, thing.margin)
        elif thing.price is None:
            missing.append(name)
        else:
            found[name] = in_base(plant.money, thing.price) - _material(plant, network, name, thing, unpriced)
    if missing:
        raise RunError(*(_without_price(name) for name in missing))
    return found, tuple(_notes(free, list(unpriced)))


def _material(plant: Plant, network: Supply, name: str, thing: Product, unpriced: dict[str, None]) -> float:
    if thing.material_cost is not None:
        return in_base(plant.money, thing.material_cost)
    cost, unknown = material_of(plant, network, name)
    unpriced.update(dict.fromkeys(unknown))
    return cost


def _without_price(name: str) -> Finding:
    remedy = "Write its margin, or its price."
    return Finding("E485", f"what is lost with a unit of {name} is not known", remedy, Place(f"products.{name}"))


def _notes(free: list[str], unpriced: list[str]) -> list[str]:
    notes = []
    if free:
        notes.append(f"Of {', '.join(free)} no margin is known: what is not delivered of them counts nothing in money")
    if unpriced:
        notes.append(f"Margins leave out material whose price nobody has written: {', '.join(unpriced)}")
    return notes
