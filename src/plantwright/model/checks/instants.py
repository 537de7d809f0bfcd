"""What takes no time at all, so that a run would never leave one instant."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault
from plantwright.model.distribution import Law
from plantwright.model.flows import made_things
from plantwright.model.journey import Route, next_of
from plantwright.model.plant import Plant
from plantwright.model.product import Item, Product
from plantwright.model.route import Operation
from plantwright.model.station import failures_written


def laws(plant: Plant) -> Iterator[Finding]:
    """Arrivals, orders and failures that follow each other after no time."""
    for section, things in (("products", plant.products), ("items", plant.items)):
        for name, made in things.items():
            if made.release is not None and made.release.every is not None and made.release.every.mean <= 0:
                yield _no_time(f"{section}.{name}.release.every", "arrivals follow each other")
    for name, demand in plant.demand.items():
        if demand.every is not None and demand.every.mean <= 0:
            yield _no_time(f"demand.{name}.every", "orders follow each other")
    for path, uptime in _uptimes(plant):
        if uptime.mean <= 0:
            yield _no_time(f"{path}.uptime", "it fails again")


def _uptimes(plant: Plant) -> Iterator[tuple[str, Law]]:
    """Every law of the time to a failure, by the path of the failure."""
    for name, station in plant.stations.items():
        for path, failure in failures_written(station):
            yield f"stations.{name}.{path}", failure.uptime.law
    for name, carrier in plant.carriers.items():
        for index, failure in enumerate(carrier.failures):
            yield f"carriers.{name}.failures.{failure.name or index}", failure.uptime.law
    for name, shared in plant.shared_failures.items():
        yield f"shared-failures.{name}", shared.uptime


def routes(plant: Plant) -> Iterator[Finding]:
    """Routes through which pieces can pour without end, since nothing on them takes time or has to be waited for."""
    for name, made, route in made_things(plant):
        if not _is_endless(plant, name, made):
            continue
        where = _pours_into(plant, route, made)
        if where is not None:
            yield _no_time(
                f"routes.{made.made_by}.{route[0].op}.time", f"one piece of {name} follows the other {where}"
            )


def _is_endless(plant: Plant, name: str, made: Item | Product) -> bool:
    """Whether there is always one more piece to let in: saturated, CONWIP, or a product when capacity is asked for."""
    if made.release is not None:
        return made.release.saturated or made.release.conwip is not None
    return isinstance(made, Product)


def _pours_into(plant: Plant, route: Route, made: Item | Product) -> str | None:
    """Where pieces go that pass the first operations in no time; None where something holds them up."""
    saturated = made.release is not None and made.release.saturated
    index: int | str = 0
    seen: set[int] = set()
    while isinstance(index, int):
        if index in seen or index >= len(route) or _holds_up(plant, route[index]):
            return None
        seen.add(index)
        following = next_of(route, index)
        if isinstance(following, int):
            if plant.travel:
                return None
            rooms = [plant.stations[name].room for name in route[following].stations if name in plant.stations]
            if saturated and None in rooms:
                return f"into the queue of {route[following].stations[0]}"
        index = following
    return "through the whole route"


def _holds_up(plant: Plant, operation: Operation) -> bool:
    """Whether a piece has to wait at an operation: for its time, for components, for what comes together with it."""
    attended = operation.attended
    laws = (operation.law, attended.load if attended else None, attended.unload if attended else None)
    if any(law is not None and law.mean > 0 for law in laws) or operation.uses:
        return True
    if operation.sample is not None or operation.tools:
        return True
    stations = [plant.stations[name] for name in operation.stations if name in plant.stations]
    return any(station.setup or station.batch or station.failures for station in stations)


def _no_time(path: str, what: str) -> Finding:
    return fault("E311", path, f"{what} after no time at all, without end", "Write a time above 0.")
