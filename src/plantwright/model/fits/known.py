"""What the checks of a state look up in the plant again and again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from plantwright.model.failure import Failure, Maintenance
from plantwright.model.journey import Route
from plantwright.model.plant import Plant
from plantwright.model.practice import curves_of
from plantwright.model.product import Item, Product
from plantwright.model.route import Operation
from plantwright.model.state import Part, State
from plantwright.model.station import Machine, Station


class Placed(NamedTuple):
    """A machine: its station, what is written of it."""

    station: str
    machine: Machine


class Known:
    """A plant's things by the names that states use."""

    def __init__(self, state: State, plant: Plant) -> None:
        self.state, self.plant = state, plant
        self.things: dict[str, Item | Product] = {**plant.items, **plant.products}

    @cached_property
    def machines(self) -> dict[str, Placed]:
        """Machines by ``station/1``."""
        return {
            f"{name}/{machine.name or number}": Placed(name, machine)
            for name, station in self.plant.stations.items()
            for number, machine in enumerate(station.each_machine, 1)
        }

    @cached_property
    def vehicles(self) -> dict[str, str]:
        """The carrier of each vehicle, by ``cart/1``."""
        carriers = self.plant.carriers.items()
        return {f"{name}/{number}": name for name, carrier in carriers for number in range(1, carrier.number + 1)}

    @cached_property
    def tools(self) -> dict[str, str]:
        """The kind of each tool, by ``mould/1``."""
        kinds = self.plant.tools.items()
        return {f"{name}/{number}": name for name, tool in kinds for number in range(1, tool.number + 1)}

    @cached_property
    def stops(self) -> dict[str, dict[str, Failure | Maintenance]]:
        """Ways to stop by whose they are (a machine, a vehicle, a whole station or carrier) and their names."""
        found: dict[str, dict[str, Failure | Maintenance]] = {}
        for name, (station, machine) in self.machines.items():
            written = self.plant.stations[station]
            found[name] = dict(_failures(written, machine)) | _upkeep(written, machine)
        for name, written in self.plant.stations.items():
            shared = enumerate(written.failures, 1)
            found[name] = {each.name or f"failure {number}": each for number, each in shared if each.shared}
        for name, carrier in self.plant.carriers.items():
            ways = {each.name or f"failure {number}": each for number, each in enumerate(carrier.failures, 1)}
            found[name] = {way: each for way, each in ways.items() if each.shared}
            for number in range(1, carrier.number + 1):
                found[f"{name}/{number}"] = {way: each for way, each in ways.items() if not each.shared}
        return found

    @cached_property
    def learned(self) -> set[str]:
        """What is learned: skills, ``route.operation``, and both together."""
        found: set[str] = set()
        for name, route in self.plant.routes.items():
            for operation in route:
                found.update(*curves_of(self.plant, f"{name}.{operation.op}", operation))
        return found

    def route(self, item: str) -> Route:
        """The route that makes an item; empty where none does."""
        thing = self.things.get(item)
        made_by = None if thing is None else thing.made_by
        return self.plant.routes.get(made_by, ()) if made_by is not None else ()

    def operation(self, item: str, op: str) -> Operation | None:
        """An operation of the route of an item."""
        return next((operation for operation in self.route(item) if operation.op == op), None)

    def station_of(self, part: Part) -> str | None:
        """Where a part waits or goes: as written, or the only station of its operation."""
        operation = self.operation(part.item, part.op)
        if part.station is not None or operation is None:
            return part.station
        return operation.stations[0] if len(operation.stations) == 1 else None

    def pieces(self, part: Part) -> int:
        """Pieces in a part."""
        thing = self.things.get(part.item)
        return part.pieces or (thing.moves_as if thing is not None else 1)

    def families(self, station: str) -> set[str]:
        """Families that a station can be set up for."""
        found = set()
        for name, thing in self.things.items():
            for operation in self.plant.routes.get(thing.made_by or "", ()):
                if station in operation.stations:
                    found |= {operation.family or name, f"{name}/{operation.op}"}
        return found

    def parts(self) -> Iterator[tuple[str, Part]]:
        """All parts with their paths, those of lots too."""
        yield from _with_lots("parts", self.state.parts)


def _with_lots(path: str, parts: tuple[Part, ...]) -> Iterator[tuple[str, Part]]:
    for index, part in enumerate(parts):
        yield f"{path}.{index}", part
        yield from _with_lots(f"{path}.{index}.lot", part.lot)


def _failures(station: Station, machine: Machine) -> Iterator[tuple[str, Failure]]:
    """Failures of one machine alone, by name."""
    own = machine.failures
    if own is None:
        numbered = enumerate(station.failures, 1)
    else:
        numbered = enumerate(own, len(station.failures) + 1)
    for number, failure in numbered:
        if not failure.shared:
            yield failure.name or f"failure {number}", failure


def _upkeep(station: Station, machine: Machine) -> dict[str, Maintenance]:
    """Planned maintenance of one machine, by name."""
    stops = enumerate(station.maintenance_of(machine), 1)
    return {stop.name or f"maintenance {number}": stop for number, stop in stops}
