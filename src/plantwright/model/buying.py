"""From whom an item is bought."""

from __future__ import annotations

from plantwright.model.plant import Plant


def offers_for(plant: Plant, name: str) -> tuple[str, ...]:
    """The offers that supply a bought item, preferred first: those it names, else every one that names the item."""
    item = plant.items.get(name)
    if item is None or item.buy is None:
        return ()
    named = item.buy.from_
    if named is None:
        return tuple(each for each, offer in plant.offers.items() if offer.item == name)
    return tuple(each for each in ((named,) if isinstance(named, str) else named) if each in plant.offers)
