"""Where value comes from: shares that add up, floors that can be measured."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault
from plantwright.model.plant import Plant

_WHOLE = 1e-9
"""Share beyond 100 % that rounding may make. [-]"""


def contents(plant: Plant) -> Iterator[Finding]:
    """Offers whose value comes from more than everywhere."""
    for name, offer in plant.offers.items():
        total = sum(share.base for share in offer.content.values())
        if total > 1.0 + _WHOLE:
            yield fault(
                "E263",
                f"offers.{name}.content",
                f"its value comes to {100 * total:.4g} % from the countries named",
                "Let the shares add up to 100 % or less; the rest counts as of its origin.",
            )


def floors(plant: Plant) -> Iterator[Finding]:
    """Floors of local content that nothing can be measured against."""
    content = plant.sourcing.local_content if plant.sourcing is not None else None
    if content is None or (content.floor is None and not content.floors):
        return
    here = "sourcing.local-content"
    first = next(iter(plant.sites.values()), None)
    if not content.countries and (first is None or first.country is None):
        yield fault("E264", f"{here}.countries", "no country counts as local", "Write countries: [...] here.")
    if content.method == "points" and not content.points:
        yield fault("E264", f"{here}.points", "no item has points", "Write points: {item: 5, ...} here.")
    if content.method == "points" or (content.method.startswith("build") and content.of == "net-cost"):
        return
    for name in plant.demand:
        if name in plant.products and plant.products[name].price is None:
            yield fault(
                "E264",
                f"products.{name}.price",
                f"{content.method} is a share of the sales, and nobody says what {name} is sold for",
                "Write its price, or take build-down or build-up of net-cost.",
            )
