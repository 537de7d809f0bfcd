"""Names that refer to something: stations, calendars, items, offers ... must exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault, unknown
from plantwright.model.flows import made_things
from plantwright.model.journey import Route
from plantwright.model.plant import Plant
from plantwright.model.station import Machine, Setup, Station, owners
from plantwright.model.worktime import ALWAYS

_COUNTRY = re.compile(r"[A-Z]{2}")
"""ISO 3166 code of a country."""


class _Reference(NamedTuple):
    path: str
    what: str
    name: str | None
    valid: Iterable[str]
    section: str


def unknown_names(plant: Plant) -> Iterator[Finding]:
    """Names in the document that nothing bears, with the nearest that something does."""
    for look in (_places, _resources, _things, _buying, _sourcing, _operations):
        for path, what, name, valid, section in look(plant):
            if name is not None and name not in valid:
                yield unknown(path, what, name, valid, section)


def names_used_twice(plant: Plant) -> Iterator[Finding]:
    """An id that means two things at once."""
    for name in plant.products:
        if name in plant.items:
            yield fault(
                "E202",
                f"items.{name}",
                f'"{name}" is an item and a product, so that its name means two things',
                "Give one of them another id.",
            )
    for way, travel in enumerate(plant.travel):
        for end, name in (("from", travel.from_), ("to", travel.to)):
            kinds = [kind for kind, things in _ends(plant).items() if name in things]
            if len(kinds) > 1:
                yield fault(
                    "E202",
                    f"travel.{way}.{end}",
                    f'"{name}" is a {" and a ".join(kinds)}, so that this way is not clear',
                    "Give one of them another id.",
                )


def _ends(plant: Plant) -> dict[str, Iterable[str]]:
    """What a way may begin or end at."""
    return {"station": plant.stations, "shop": plant.shops, "site": plant.sites}


def _places(plant: Plant) -> Iterator[_Reference]:
    for name, shop in plant.shops.items():
        yield _Reference(f"shops.{name}.site", "site", shop.site, plant.sites, "sites")
        for other in shop.distance:
            yield _Reference(f"shops.{name}.distance", "shop", other, plant.shops, "shops")
    for name, calendar in plant.calendars.items():
        yield _Reference(f"calendars.{name}.site", "site", calendar.site, plant.sites, "sites")
        for index, overtime in enumerate(calendar.overtime):
            here = f"calendars.{name}.overtime.{overtime.name or index}.when"
            if overtime.when is not None:
                yield _Reference(f"{here}.queue", "station", overtime.when.queue, plant.stations, "stations")
                things = [*plant.products, *plant.items]
                yield _Reference(f"{here}.backlog", "item", overtime.when.backlog, things, "items or products")
    for name, step in plant.programme.items():
        yield _Reference(f"programme.{name}.shop", "shop", step.shop, plant.shops, "shops")
        for before in step.after:
            yield _Reference(f"programme.{name}.after", "step", before, plant.programme, "programme")
    for way, travel in enumerate(plant.travel):
        ends = [name for things in _ends(plant).values() for name in things]
        what, where = "station, shop or site", "stations, shops or sites"
        yield _Reference(f"travel.{way}.from", what, travel.from_, ends, where)
        yield _Reference(f"travel.{way}.to", what, travel.to, ends, where)
        yield _Reference(f"travel.{way}.carrier", "carrier", travel.carrier, plant.carriers, "carriers")
        yield _Reference(f"travel.{way}.conveyor", "conveyor", travel.conveyor, plant.conveyors, "conveyors")


def _resources(plant: Plant) -> Iterator[_Reference]:
    calendars = [*plant.calendars, ALWAYS]
    things = [*plant.products, *plant.items, *plant.routes]
    for name, station in plant.stations.items():
        yield _Reference(f"stations.{name}.shop", "shop", station.shop, plant.shops, "shops")
        yield _Reference(f"stations.{name}.calendar", "calendar", station.calendar, calendars, "calendars")
        for index, machine in enumerate(station.machines if isinstance(station.machines, tuple) else ()):
            for item in machine.only:
                here = f"stations.{name}.machines.{machine.name or index}.only"
                yield _Reference(here, "item", item, things, "items or products")
        yield from _families(plant, name, station.setup)
        yield from _renewed(name, station)
    for name, shared in plant.shared_failures.items():
        for each in shared.stations:
            yield _Reference(f"shared-failures.{name}.stations", "station", each, plant.stations, "stations")
        for each in shared.shops:
            yield _Reference(f"shared-failures.{name}.shops", "shop", each, plant.shops, "shops")
    for name, crew in plant.crews.items():
        yield _Reference(f"crews.{name}.shop", "shop", crew.shop, plant.shops, "shops")
        yield _Reference(f"crews.{name}.calendar", "calendar", crew.calendar, calendars, "calendars")
        for skill in (*crew.levels, *crew.training):
            yield _Reference(f"crews.{name}", "skill of this crew", skill, crew.skills, "its skills")
    for name, carrier in plant.carriers.items():
        yield _Reference(f"carriers.{name}.calendar", "calendar", carrier.calendar, calendars, "calendars")


def _renewed(name: str, station: Station) -> Iterator[_Reference]:
    """Failures that maintenance makes count anew: those, not shared, of a machine that is maintained so."""
    where = f"failures of {name}, not shared"
    for here, owner in owners(station):
        machines = [owner] if isinstance(owner, Machine) else station.each_machine
        known = {
            failure.name
            for machine in machines
            for failure in station.failures_of(machine)
            if failure.name and not failure.shared
        }
        for number, stop in enumerate(owner.maintenance or ()):
            path = f"stations.{name}.{here}maintenance.{stop.name or number}.renews"
            for failure in stop.renews:
                yield _Reference(path, "failure", failure, sorted(known), where)


def _families(plant: Plant, name: str, setup: Setup | None) -> Iterator[_Reference]:
    """Families between which a station is set up: those of the operations that come to it."""
    if setup is None or not setup.matrix:
        return
    known = {
        operation.family or thing
        for thing, _, route in made_things(plant)
        for operation in route
        if name in operation.stations
    }
    here = f"stations.{name}.setup.matrix"
    where = f"family of an operation at {name}"
    for before, row in setup.matrix.items():
        yield _Reference(f"{here}.{before}", "family", before, known, where)
        for after in row:
            yield _Reference(f"{here}.{before}.{after}", "family", after, known, where)


def _things(plant: Plant) -> Iterator[_Reference]:
    for name, product in plant.products.items():
        yield _Reference(f"products.{name}.made-by", "route", product.made_by, plant.routes, "routes")
    for name, item in plant.items.items():
        yield _Reference(f"items.{name}.made-by", "route", item.made_by, plant.routes, "routes")
    things = [*plant.products, *plant.items]
    for name in plant.demand:
        yield _Reference(f"demand.{name}", "product or item", name, things, "products or items")


def _buying(plant: Plant) -> Iterator[_Reference]:
    for name, item in plant.items.items():
        offers = item.buy.from_ if item.buy else None
        for offer in (offers,) if isinstance(offers, str) else offers or ():
            yield _Reference(f"items.{name}.buy.from", "offer", offer, plant.offers, "offers")
    for name, promised in plant.offers.items():
        yield _Reference(f"offers.{name}.item", "item", promised.item, plant.items, "items")
        yield _Reference(f"offers.{name}.supplier", "supplier", promised.supplier, plant.suppliers, "suppliers")
        yield _Reference(f"offers.{name}.to", "site", promised.to, plant.sites, "sites")
        yield _Reference(f"offers.{name}.lane", "lane", promised.lane, plant.lanes, "lanes")
    for name, supplier in plant.suppliers.items():
        for behind in supplier.buys_from:
            yield _Reference(f"suppliers.{name}.buys-from", "supplier", behind, plant.suppliers, "suppliers")
    yield from _losses(plant)


def _sourcing(plant: Plant) -> Iterator[_Reference]:
    things = [*plant.products, *plant.items]
    for name, making in plant.making.items():
        yield _Reference(f"making.{name}.item", "item or product", making.item, things, "items or products")
        yield _Reference(f"making.{name}.site", "site", making.site, plant.sites, "sites")
    for name, lane in plant.lanes.items():
        yield _Reference(f"lanes.{name}.to", "site", lane.to, plant.sites, "sites")
        start = None if lane.from_ is not None and _COUNTRY.fullmatch(lane.from_) else lane.from_
        yield _Reference(f"lanes.{name}.from", "supplier or site", start, [*plant.suppliers, *plant.sites], "suppliers")
    for item in plant.sourcing.local_content.points if plant.sourcing is not None else ():
        yield _Reference("sourcing.local-content.points", "item or product", item, things, "items or products")


def _losses(plant: Plant) -> Iterator[_Reference]:
    """What events of ``risk`` take."""
    for name, event in plant.risk.events.items() if plant.risk is not None else ():
        for field, kind, known in (
            ("suppliers", "supplier", plant.suppliers),
            ("sites", "site", plant.sites),
            ("lanes", "lane", plant.lanes),
        ):
            for each in getattr(event, field):
                yield _Reference(f"risk.events.{name}.{field}", kind, each, known, field)


def _operations(plant: Plant) -> Iterator[_Reference]:
    things = [*plant.items, *plant.products]
    for name, route in plant.routes.items():
        for operation in route:
            here = f"routes.{name}.{operation.op}"
            for station in operation.stations:
                yield _Reference(f"{here}.station", "station", station, plant.stations, "stations")
            for used in operation.uses:
                yield _Reference(f"{here}.uses.{used}", "item", used, things, "items")
            for given in operation.gives:
                yield _Reference(f"{here}.gives.{given}", "item", given, things, "items")
            for tool in operation.tools:
                yield _Reference(f"{here}.tools.{tool}", "tool", tool, plant.tools, "tools")
        yield from _steps(name, route)


def _steps(name: str, route: Route) -> Iterator[_Reference]:
    """Names of operations within a route."""
    ops = [operation.op for operation in route]
    ends = [*ops, "scrap"]
    for operation in route:
        here, where = f"routes.{name}.{operation.op}", f"route {name}"
        yield _Reference(f"{here}.then", "operation", operation.then, [*ends, "done"], where)
        ways = [("else", operation.else_)]
        if operation.sample:
            ways.append(("sample.else", operation.sample.else_))
            for op in operation.sample.operations:
                yield _Reference(f"{here}.sample.operations", "operation", op, ops, where)
        for field, way in ways:
            if way:
                yield _Reference(f"{here}.{field}.to", "operation", way.to, ops, where)
                yield _Reference(f"{here}.{field}.then", "operation", way.then, ends, where)
