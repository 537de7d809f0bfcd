"""Setup and batch families: one code for each name in the whole plant."""

from __future__ import annotations

from plantwright.compile.draft import Draft
from plantwright.model.journey import Route
from plantwright.model.route import Operation
from plantwright.model.station import Station


def family_of(draft: Draft, item: str, route: Route, operation: Operation) -> int:
    """The code of an operation's family; 0 where none of its stations cares.

    The family written, else the item's own id. Where an item comes to an oven with several operations, each of them is
    a family of its own: they take different times.
    """
    caring = {name for name in operation.stations if cares(draft.plant.stations[name])}
    if not caring:
        return 0
    name = operation.family
    if name is None:
        ovens = {station for station in caring if draft.plant.stations[station].batch}
        visits = sum(1 for other in route if ovens & set(other.stations) and other.family is None)
        name = f"{item}/{operation.op}" if visits > 1 else item
    return draft.families.setdefault(name, len(draft.families))


def cares(station: Station) -> bool:
    """Whether it matters to a station which family a part is of."""
    return station.setup is not None or station.batch is not None or station.rule == "same-family"
