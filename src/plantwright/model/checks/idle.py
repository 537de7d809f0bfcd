"""Things defined that nothing uses: often a slip of the pen elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault
from plantwright.model.plant import Plant


def idle_things(plant: Plant) -> Iterator[Finding]:
    """Stations, routes, tools, carriers, conveyors, shops, skills and suppliers that nothing names."""
    operations = [operation for route in plant.routes.values() for operation in route]
    visited = {name for operation in operations for name in operation.stations}
    for name in plant.stations:
        if name not in visited:
            yield fault(
                "W501", f"stations.{name}", "no route uses this station", "Name it in an operation, or delete it."
            )
    made = {item.made_by for item in plant.items.values()} | {each.made_by for each in plant.products.values()}
    for name in plant.routes:
        if name not in made:
            yield fault(
                "W514", f"routes.{name}", "nothing is made by this route", f"Write made-by: {name}, or delete it."
            )
    held = {name for operation in operations for name in operation.tools}
    behind = {name for supplier in plant.suppliers.values() for name in supplier.buys_from}
    for section, things, used in (
        ("tools", plant.tools, held),
        ("carriers", plant.carriers, {travel.carrier for travel in plant.travel}),
        ("conveyors", plant.conveyors, {travel.conveyor for travel in plant.travel}),
        ("shops", plant.shops, {station.shop for station in plant.stations.values()}),
        ("skills", plant.skills, {skill for crew in plant.crews.values() for skill in crew.skills}),
        ("suppliers", plant.suppliers, {offer.supplier for offer in plant.offers.values()} | behind),
    ):
        for name in things:
            if name not in used:
                yield fault("W515", f"{section}.{name}", "nothing in the document uses it", "Name it, or delete it.")
