"""The four plants in Plantwright: the documents beside this file, read, lowered and simulated."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from timed import Found, Model, main

from plantwright.compile import lift, lower
from plantwright.engine import run as engine
from plantwright.io.document import load
from plantwright.results import Run
from plantwright.units import TICKS_PER_SECOND

HERE = Path(__file__).resolve().parent
RATES = {"a": 0.9, "b": 0.7633, "c": 0.7068, "d": 0.949}
"""What comes out, about: a run ends at a time, not after a number of parts. [1/s]"""


def time_in_system(run: Run) -> float:
    """Mean over all parts. [s]"""
    return run.items["part"].flow_time_mean_s


def output(run: Run) -> float:
    """[1/s]"""
    return run.items["part"].finished / run.elapsed_s


def simulate(name: str, figure: Callable[[Run], float], warmup: float, parts: int, seed: int) -> Found:
    """From the document to the figure. ``warmup``: parts before those that count, as a share of these."""
    seconds = parts / RATES[name]
    until = round((1.0 + warmup) * seconds * TICKS_PER_SECOND)
    plant = load(HERE / f"{name}.yaml")
    problem = lower(plant, mode="as-written", until_s=until / TICKS_PER_SECOND)
    outcome = engine.run(
        problem.world, seed=seed, replication=0, until=until, warmup=round(warmup * seconds * TICKS_PER_SECOND)
    )
    run = lift(plant, problem, outcome)
    return Found(int(outcome.world.operation.ends.sum()), figure(run))


def compile_it(_: Model) -> None:
    """Load the engine from the cache, or compile it."""
    engine.warm()


if __name__ == "__main__":
    models = {name: partial(simulate, name, output, 0.1) for name in "bcd"}
    main("plantwright", {"a": partial(simulate, "a", time_in_system, 0.0), **models}, prepare=compile_it)
