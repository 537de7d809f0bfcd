"""The schedule: everything named is there, orders can be made, dates come one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault, unknown
from plantwright.model.flows import thing
from plantwright.model.plant import Plant
from plantwright.model.scheduling import Scheduling


def names(plant: Plant) -> Iterator[Finding]:
    """Things that the schedule names and that are not there."""
    written = plant.scheduling
    if written is None:
        return
    things = [*plant.items, *plant.products]
    for field, named, valid in (
        ("shops", written.shops, plant.shops),
        ("stations", written.stations, plant.stations),
        ("lots", written.lots, things),
        ("stock", written.stock, things),
        ("alternatives", written.alternatives, things),
    ):
        yield from _known(f"scheduling.{field}", named, valid)
    for key, order in written.orders.items():
        yield from _known(f"scheduling.orders.{key}.item", (order.item,), things)
    for item, routes in written.alternatives.items():
        yield from _known(f"scheduling.alternatives.{item}", routes, plant.routes, "route", "routes")
    for index, closure in enumerate(written.closures):
        yield from _known(f"scheduling.closures.{closure.name or index}.station", (closure.station,), plant.stations)
    for index, missing in enumerate(written.missing):
        yield from _known(f"scheduling.missing.{index}.item", (missing.item,), things)
    works = {f"{route}.{operation.op}" for route, steps in plant.routes.items() for operation in steps}
    for name in written.unbroken:
        if name not in works:
            yield from _known("scheduling.unbroken", (name,), [*plant.stations, *works], "station or route.op")
    yield from _states(plant, written)


def _known(
    path: str, named: Iterable[str], valid: Collection[str], what: str = "", section: str = ""
) -> Iterator[Finding]:
    field = path.split(".")[1]
    kind = {"shops": "shop", "stations": "station", "closures": "station"}.get(field, "item or product")
    home = {"shop": "shops", "station": "stations", "item or product": "items or products"}
    for name in named:
        if name not in valid:
            yield unknown(path, what or kind, name, valid, section or home.get(what or kind, "stations or routes"))


def _states(plant: Plant, written: Scheduling) -> Iterator[Finding]:
    """Machines that are set up for something: they are there, and so is the family."""
    machines = {
        f"{name}/{number + 1}": station
        for name, station in plant.stations.items()
        for number in range(station.machine_count)
    }
    families = {operation.family for route in plant.routes.values() for operation in route if operation.family}
    families |= plant.items.keys() | plant.products.keys()
    for machine, family in written.state.items():
        path = f"scheduling.state.{machine}"
        if machine not in machines:
            yield unknown(path, "machine", machine, machines, "stations")
        elif family not in families:
            yield unknown(path, "family", family, families, "the operations of routes")
        elif machines[machine].setup is None:
            yield fault(
                "W561", path, "its station has no setups: it does not matter what it is set up for", "Delete it."
            )
    for index, closure in enumerate(written.closures):
        station = plant.stations.get(closure.station)
        if station is not None and closure.machine is not None and closure.machine > station.machine_count:
            yield fault(
                "E563",
                f"scheduling.closures.{closure.name or index}.machine",
                f"{closure.station} has {station.machine_count} machines, and none of the number {closure.machine}",
                "Name one that is there, or leave it out for all of them.",
            )


def orders(plant: Plant) -> Iterator[Finding]:
    """Orders that nothing can make, and dates that do not come one after the other."""
    written = plant.scheduling
    if written is None:
        return
    for key, order in written.orders.items():
        here = f"scheduling.orders.{key}"
        made = thing(plant, order.item)
        if made is not None and made.made_by not in plant.routes:
            yield fault(
                "E560", f"{here}.item", f"{order.item} has no route: nothing makes it", "Order what it goes into."
            )
        for field, end in (("due", order.due), ("deadline", order.deadline)):
            if order.release is not None and end is not None and _is_before(end, order.release):
                yield fault(
                    "E561",
                    f"{here}.{field}",
                    f"it ends on {end:%Y-%m-%d %H:%M}, before it is released on {order.release:%Y-%m-%d %H:%M}",
                    "Correct one of the two.",
                )
        if order.due is not None and written.start is not None and _is_before(order.due, written.start):
            yield fault(
                "W560",
                f"{here}.due",
                f"it was due on {order.due:%Y-%m-%d %H:%M}, before the schedule begins",
                "It is late whatever happens: correct the date, or leave it as a reminder.",
            )
    for index, closure in enumerate(written.closures):
        if not _is_before(closure.from_, closure.until):
            yield fault(
                "E562",
                f"scheduling.closures.{closure.name or index}.until",
                "it ends when it begins, or before",
                "Correct one of the two.",
            )


def waits(plant: Plant) -> Iterator[Finding]:
    """Least and most times after an operation before, where there is none."""
    for name, route in plant.routes.items():
        first = route[0] if route else None
        for field in ("wait", "within"):
            if first is not None and getattr(first, field) is not None:
                yield fault(
                    "W562",
                    f"routes.{name}.{first.op}.{field}",
                    "no operation of its route comes before it: there is nothing to count from",
                    "Write it at a later operation, or delete it.",
                )


def _is_before(first: dt.datetime, second: dt.datetime) -> bool:
    """Whether a moment comes before another; of the two, one may say its offset and the other mean the local clock."""
    if (first.tzinfo is None) != (second.tzinfo is None):
        return False
    return first < second
