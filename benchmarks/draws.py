"""Random plants for which a closed form is meant, drawn from a fixed seed: the same ones for everybody.

A drawn plant is a document, so that the simulation and the estimate of ``capacity`` read it as they read any other, and
the numbers that it was written from, for the closed form itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from plantwright.analytic.decomposition import Machine
from plantwright.model.plant import Plant

SEED = 2027
Generator = np.random.Generator


@dataclass(frozen=True)
class Drawn:
    """A saturated line or assembly: machines, the machine each feeds (-1 leaves), room of the queue after each."""

    machines: tuple[Machine, ...]
    into: tuple[int, ...]
    rooms: tuple[int, ...]

    @property
    def slowest(self) -> float:
        """What its slowest machine makes alone. [1/s]"""
        return min(machine.alone for machine in self.machines)

    def plant(self) -> Plant:
        """The document: a chain is one route, what meets at an assembly comes from a shelf."""
        stations: dict[str, Any] = {f"m{at}": _station(machine) for at, machine in enumerate(self.machines)}
        feeders = {at: [each for each, into in enumerate(self.into) if into == at] for at in range(len(self.into))}
        routes: dict[str, list[dict[str, Any]]] = {}
        made: dict[str, dict[str, Any]] = {}
        for at, before in feeders.items():
            if len(before) == 1:
                stations[f"m{at}"]["room"] = self.rooms[before[0]]
                continue
            chain = list(self._chain(at, feeders))
            name = f"line-{at}"
            routes[name] = [
                {"op": f"o{each}", "station": f"m{each}", "time": _law(self.machines[each])} for each in chain
            ]
            if before:
                routes[name][0]["uses"] = {f"line-{self._first(each, feeders)}": 1 for each in before}
            made[name] = {"made-by": name, "release": {"saturated": True}}
            if self.into[chain[-1]] >= 0:
                made[name]["room"] = self.rooms[chain[-1]]
        end = next(name for name, record in made.items() if "room" not in record)
        items = {name: record for name, record in made.items() if name != end}
        return plant_of(stations=stations, routes=routes, items=items, products={end: made[end]})

    def _chain(self, at: int, feeders: dict[int, list[int]]) -> Iterator[int]:
        yield at
        after = self.into[at]
        if after >= 0 and len(feeders[after]) == 1:
            yield from self._chain(after, feeders)

    def _first(self, at: int, feeders: dict[int, list[int]]) -> int:
        while len(feeders[at]) == 1:
            at = feeders[at][0]
        return at


def plant_of(**parts: Any) -> Plant:
    """A plant of these parts of a document."""
    return Plant.model_validate({"plantwright": 1, "name": "drawn", **parts})


def _station(machine: Machine) -> dict[str, Any]:
    found: dict[str, Any] = {"machines": machine.machines}
    if machine.repair:
        stop = {"uptime": f"exponential({machine.uptime!r} s) busy", "repair": f"exponential({machine.repair!r} s)"}
        found["failures"] = [{"name": "stop", **stop}]
    return found


def _law(machine: Machine) -> str:
    return law(machine.time, machine.scv)


def law(mean: float, scv: float) -> str:
    """A law with this mean [s] and squared coefficient of variation as documents write it."""
    if scv == 0.0:
        return f"{mean!r} s"
    if scv == 1.0:
        return f"exponential({mean!r} s)"
    return f"gamma({mean!r} s, {mean * scv**0.5!r} s)"


class Kind(NamedTuple):
    """Random plants of one kind: how many, what they are, and how one is drawn."""

    name: str
    number: int
    says: str
    draw: Callable[[Generator], Drawn]

    def plants(self) -> list[Drawn]:
        """All of this kind; independent of how many there are of others."""
        generator = np.random.default_rng([SEED, *self.name.encode()])
        return [self.draw(generator) for _ in range(self.number)]


def line(machines: Sequence[Machine], rooms: Sequence[int]) -> Drawn:
    count = len(machines)
    return Drawn(tuple(machines), (*range(1, count), -1), (*rooms, 0))


def between(generator: Generator, low: float, high: float, digits: int = 3) -> float:
    return round(float(generator.uniform(low, high)), digits)


def number(generator: Generator, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    return int(generator.integers(low, high + 1))


def rooms(generator: Generator, count: int, most: int) -> list[int]:
    return [number(generator, 0, most) for _ in range(count)]


def failures(generator: Generator) -> dict[str, float]:
    """Up 30 to 150 s of work, down 2 to 12 s."""
    return {"uptime": between(generator, 30, 150, 1), "repair": between(generator, 2, 12, 1)}


def exponential(generator: Generator) -> Drawn:
    count = number(generator, 3, 10)
    machines = [Machine(between(generator, 0.7, 1.2)) for _ in range(count)]
    return line(machines, rooms(generator, count - 1, 8))


def balanced(generator: Generator) -> Drawn:
    count = number(generator, 3, 10)
    return line([Machine(1.0)] * count, rooms(generator, count - 1, 8))


def exponential_failing(generator: Generator) -> Drawn:
    count = number(generator, 3, 10)
    machines = [Machine(between(generator, 0.7, 1.1), **failures(generator)) for _ in range(count)]
    return line(machines, rooms(generator, count - 1, 15))


def equal_speed(generator: Generator) -> Drawn:
    count = number(generator, 3, 10)
    machines = [Machine(1.0, 0.0, **failures(generator)) for _ in range(count)]
    return line(machines, rooms(generator, count - 1, 15))


def unequal_speed(generator: Generator) -> Drawn:
    count = number(generator, 3, 10)
    machines = [Machine(between(generator, 0.7, 1.1), 0.0, **failures(generator)) for _ in range(count)]
    return line(machines, rooms(generator, count - 1, 15))


def regular(generator: Generator) -> Drawn:
    """Times of any variability up to exponential, one to three machines, half of the stations with failures."""
    count = number(generator, 3, 10)
    fails = bool(generator.integers(2))
    machines = []
    for _ in range(count):
        parallel = number(generator, 1, 3)
        stops = failures(generator) if fails else {}
        machines.append(
            Machine(between(generator, 0.7, 1.1) * parallel, between(generator, 0.1, 1.0, 2), parallel, **stops)
        )
    return line(machines, rooms(generator, count - 1, 8))


def assembly(generator: Generator) -> Drawn:
    """Two or three feeders of one or two machines, an assembly, up to two machines after it; exponential."""
    feeders, after = number(generator, 2, 3), number(generator, 0, 2)
    into: list[int] = []
    for _ in range(feeders):
        into += [len(into) + 1] * number(generator, 0, 1)
        into.append(-2)
    joined = len(into)
    into = [joined if target == -2 else target for target in into] + [*range(joined + 1, joined + after + 1), -1]
    machines = tuple(Machine(between(generator, 0.7, 1.1)) for _ in into)
    shelves = [1 + room for room in rooms(generator, len(into) - 1, 7)]  # a shelf without room would hold nothing
    return Drawn(machines, tuple(into), (*shelves, 0))


LINES = (
    Kind("exponential", 40, "exponential times, speeds that differ", exponential),
    Kind("balanced", 20, "exponential times, all speeds alike", balanced),
    Kind("exponential-failing", 40, "exponential times, machines that fail", exponential_failing),
    Kind("equal-speed", 40, "constant times, one speed, machines that fail (DDX)", equal_speed),
    Kind("unequal-speed", 40, "constant times, speeds that differ, machines that fail (ADDX)", unequal_speed),
    Kind("any-times", 20, "times of any variability, parallel machines, with and without failures", regular),
)
"""Two hundred lines of 3 to 10 machines."""
ASSEMBLIES = Kind("assembly", 30, "exponential feeders, an assembly and what follows it", assembly)
