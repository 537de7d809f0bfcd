"""Random queues, open plants with rework and closed loops, drawn from the same fixed seed as the lines of `draws`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from plantwright.analytic.networks import OpenNetwork, open_network
from plantwright.analytic.queues import gigm_wait
from plantwright.model.plant import Plant

from .draws import SEED, Generator, between, law, number, plant_of

NUMBER = 30
"""Plants of each kind."""


@dataclass(frozen=True)
class Queue:
    """One station with unlimited room."""

    load: float
    machines: int
    arrival_scv: float
    service_scv: float

    def plant(self) -> Plant:
        every = law(1.0 / self.load / self.machines, self.arrival_scv)
        return plant_of(
            stations={"m": {"machines": self.machines}},
            routes={"job": [{"op": "work", "station": "m", "time": law(1.0, self.service_scv)}]},
            products={"job": {"made-by": "job", "release": {"every": every}}},
        )

    def wait(self) -> float:
        """Mean wait by formula, of times of 1 s. [s]"""
        rate = self.load * self.machines
        scvs = {"arrival_scv": self.arrival_scv, "service_scv": self.service_scv}
        return gigm_wait(rate, 1.0, machines=self.machines, **scvs)


@dataclass(frozen=True)
class Rework:
    """Stations in a row, fed with one part a second; what fails at some goes back to an earlier one or to the same."""

    times: tuple[float, ...]
    machines: tuple[int, ...]
    scvs: tuple[float, ...]
    arrival_scv: float
    back: dict[int, tuple[int, float]]
    """By station: where its rejects go, and their share."""

    def plant(self) -> Plant:
        route: list[dict[str, Any]] = []
        for at, (time, scv) in enumerate(zip(self.times, self.scvs, strict=True)):
            step: dict[str, Any] = {"op": f"o{at}", "station": f"m{at}", "time": law(time, scv)}
            if at in self.back:
                to, share = self.back[at]
                step |= {"good": 1.0 - share, "else": {"to": f"o{to}"}}
            route.append(step)
        return plant_of(
            stations={f"m{at}": {"machines": count} for at, count in enumerate(self.machines)},
            routes={"part": route},
            products={"part": {"made-by": "part", "release": {"every": law(1.0, self.arrival_scv)}}},
        )

    def network(self) -> OpenNetwork:
        """The same by decomposition."""
        ways = self.ways()
        outside = np.zeros(len(self.times))
        outside[0] = 1.0
        scvs = {"service_scvs": self.scvs, "external_scvs": self.arrival_scv}
        return open_network(outside, ways, service_times=self.times, machines=self.machines, **scvs)

    def ways(self) -> np.ndarray:
        """Share of the parts of a station that go to another next."""
        ways = np.eye(len(self.times), k=1)
        for at, (to, share) in self.back.items():
            ways[at] *= 1.0 - share
            ways[at, to] += share
        return ways


@dataclass(frozen=True)
class Loop:
    """A closed line."""

    times: tuple[float, ...]
    machines: tuple[int, ...]
    scvs: tuple[float, ...]
    parts: int

    def plant(self) -> Plant:
        steps = enumerate(zip(self.times, self.scvs, strict=True))
        return plant_of(
            stations={f"m{at}": {"machines": count} for at, count in enumerate(self.machines)},
            routes={"part": [{"op": f"o{at}", "station": f"m{at}", "time": law(*each)} for at, each in steps]},
            products={"part": {"made-by": "part", "release": {"conwip": self.parts}}},
        )


def queue(generator: Generator) -> Queue:
    """Loads of 0.6 to 0.9, one to six machines, arrivals and times of an scv of 0.2 to 1.5."""
    return Queue(
        between(generator, 0.6, 0.9),
        number(generator, 1, 6),
        between(generator, 0.2, 1.5, 2),
        between(generator, 0.2, 1.5, 2),
    )


def rework(generator: Generator) -> Rework:
    """Three to eight stations at loads of 0.5 to 0.85; one to three of them reject 5 to 25 %."""
    count = number(generator, 3, 8)
    back = {}
    for at in generator.choice(count, size=number(generator, 1, 3), replace=False):
        back[int(at)] = (number(generator, 0, int(at)), between(generator, 0.05, 0.25, 2))
    shape = Rework((1.0,) * count, (1,) * count, (1.0,) * count, 1.0, back)
    rates = shape.network().rates
    machines = tuple(number(generator, 1, 3) for _ in range(count))
    loads = [between(generator, 0.5, 0.85) for _ in range(count)]
    times = tuple(round(load * many / float(rate), 4) for load, many, rate in zip(loads, machines, rates, strict=True))
    scvs = tuple(between(generator, 0.2, 1.5, 2) for _ in range(count))
    return Rework(times, machines, scvs, between(generator, 0.25, 1.0, 2), back)


def loop(generator: Generator) -> Loop:
    """Three to six stations of one to three machines and up to three parts for each machine."""
    count = number(generator, 3, 6)
    machines = tuple(number(generator, 1, 3) for _ in range(count))
    times = tuple(round(between(generator, 0.6, 1.1) * many, 3) for many in machines)
    scvs = tuple(between(generator, 0.1, 1.5, 2) for _ in range(count))
    return Loop(times, machines, scvs, number(generator, count, 3 * sum(machines)))


def drawn(kind: str) -> list[Any]:
    """All plants of a kind: ``queue``, ``rework`` or ``loop``."""
    draw = {"queue": queue, "rework": rework, "loop": loop}[kind]
    generator = np.random.default_rng([SEED, *kind.encode()])
    return [draw(generator) for _ in range(NUMBER)]
