"""What is lost with a unit that is not delivered: its margin as written, or its price less the material in it."""

from __future__ import annotations

from plantwright.compile.prices import in_base
from plantwright.compile.supply import Supply, material_of
from plantwright.errors import Finding, Place, RunError
from plantwright.model.plant import Plant


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
        if name not in plant.products:
            found[name] = 0.0
            free.append(name)
            continue
        margin, unknown = margin_of(plant, network, name)
        unpriced.update(dict.fromkeys(unknown))
        if margin is None:
            missing.append(name)
        else:
            found[name] = margin
    if missing:
        raise RunError(*(_without_price(name) for name in missing))
    return found, tuple(_notes(free, list(unpriced)))


def margin_of(plant: Plant, network: Supply, product: str) -> tuple[float | None, tuple[str, ...]]:
    """What a unit of a product earns [base money], and the items in it whose unknown price is left out.

    Its margin where one is written, else its price less its material; None where it has neither margin nor price.
    """
    sold = plant.products[product]
    if sold.margin is not None:
        return in_base(plant.money, sold.margin), ()
    if sold.price is None:
        return None, ()
    if sold.material_cost is not None:
        return in_base(plant.money, sold.price) - in_base(plant.money, sold.material_cost), ()
    material, unknown = material_of(plant, network, product)
    return in_base(plant.money, sold.price) - material, unknown


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
