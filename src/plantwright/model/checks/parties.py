"""Owners whose shares are more than the whole, and levels of screening that leave nothing between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault
from plantwright.model.plant import Plant
from plantwright.units import Quantity


def owners(plant: Plant) -> Iterator[Finding]:
    """Shares of a party that add up to more than all of it."""
    things: list[tuple[str, Mapping[str, Quantity | None]]] = [
        (f"suppliers.{name}.owners", supplier.owners) for name, supplier in plant.suppliers.items()
    ]
    if plant.screening is not None:
        things += [(f"screening.owners.{name}.owners", owner.owners) for name, owner in plant.screening.owners.items()]
    for path, shares in things:
        total = sum(share.base for share in shares.values() if share is not None)
        if total > 1 + 1e-9:
            remedy = "Correct a share; leave open the ones that are not known."
            yield fault("E273", path, f"the shares of its owners add up to {100 * total:g} %", remedy)


def levels(plant: Plant) -> Iterator[Finding]:
    """Levels that would refuse everybody, or hold nobody."""
    screening = plant.screening
    if screening is None:
        return
    for name in ("review", "block", "ownership"):
        if getattr(screening, name).base <= 0:
            remedy = "Write the score or share from which on it counts."
            yield fault("E274", f"screening.{name}", "it is 0, so that everybody is meant", remedy)
    if screening.review.base > screening.block.base:
        message = f"review ({screening.review}) is above block ({screening.block}), so that nothing is ever reviewed"
        yield fault("E274", "screening.review", message, "Let review be the lower one.")
