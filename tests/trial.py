"""A plant written as text, run once from empty: what the tests of mechanisms look at."""

from dataclasses import dataclass
from typing import Any

from hypothesis import reject
from ruamel.yaml import YAML

from plantwright.arrays import Outcome
from plantwright.compile import Problem, lift, lower
from plantwright.engine.replication import Deadlock
from plantwright.engine.run import run
from plantwright.model.plant import Plant
from plantwright.units import TICKS_PER_SECOND


def plant_of(document):
    """The plant of a document written as text, or as the tree that a strategy drew."""
    tree = YAML(typ="safe").load(document) if isinstance(document, str) else document
    return Plant.model_validate({"name": "trial", **tree})


@dataclass
class Trial:
    """One run: the world it left behind, and the same in names."""

    problem: Problem
    outcome: Outcome
    run: Any
    bin_s: float

    @property
    def items(self):
        return self.run.items

    @property
    def stations(self):
        return self.run.stations

    def record(self, kind, name):
        """The record that the engine keeps of a station, item or other thing."""
        plural = {
            "station": "stations",
            "item": "items",
            "crew": "crews",
            "tool": "tools",
            "carrier": "carriers",
            "conveyor": "conveyors",
        }
        return self.outcome.world._asdict()[kind][getattr(self.problem.names, plural[kind]).index(name)]

    def operation(self, item, op):
        """The record of an operation."""
        return self.outcome.world.operation[self.problem.names.operations.index((item, op))]

    def times(self, item, column="finished"):
        """When pieces of an item were finished (or delivered, or ordered), to the width of a bin [s]."""
        counts = self.outcome._asdict()[column][:, self.problem.names.items.index(item)]
        found, before = [], 0
        for row, count in enumerate(counts):
            found += [round((row + 1) * self.bin_s, 6)] * int(count - before)
            before = count
        return found

    def levels(self, item, column="stock"):
        """Stock (or backlog) of an item at the end of each bin [pieces]."""
        return [int(level) for level in self.outcome._asdict()[column][:, self.problem.names.items.index(item)]]

    def states(self, station):
        """Machine time of a station by state, those that occurred [s]."""
        return {name: round(time, 6) for name, time in self.stations[station].state_s.items() if time}


def simulate(document, until, *, bin_s=1.0, seed=1, warmup=0.0, mode="as-written", conwip=None):
    """Run a plant once; ``until``, ``warmup`` and ``bin_s`` in seconds."""
    plant = plant_of(document)
    problem = lower(plant, mode=mode, until_s=until, conwip=conwip)
    ticks = {
        name: round(value * TICKS_PER_SECOND) for name, value in (("until", until), ("warmup", warmup), ("bin", bin_s))
    }
    outcome = run(problem.world, seed=seed, replication=0, **ticks)
    return Trial(problem, outcome, lift(plant, problem, outcome), bin_s)


def simulate_drawn(document, until, **asked):
    """``simulate`` for plants that a strategy drew; those whose parts come to wait for each other are left out."""
    try:
        return simulate(document, until, **asked)
    except Deadlock:
        reject()
