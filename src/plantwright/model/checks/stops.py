"""Failures and maintenance that leave a machine no time to finish anything."""

from __future__ import annotations

import math
from collections.abc import Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault
from plantwright.model.distribution import Law
from plantwright.model.failure import Failure, Maintenance
from plantwright.model.flows import made_things
from plantwright.model.plant import Plant
from plantwright.model.product import Item, Product
from plantwright.model.route import Operation
from plantwright.model.station import Station, failures_written, maintenance_written
from plantwright.model.upkeep import due_dates, hours_lost
from plantwright.model.worktime import first_year
from plantwright.units import show_count, show_duration

TRIES = 100.0
"""Tries in the mean from which work that a failure sends back to its start is worth a word. [-]"""


def lost_work(plant: Plant) -> Iterator[Finding]:
    """Work that a failure sends back to its start, or scraps, and that takes longer than the machine ever works."""
    visits = [(name, made, operation) for name, made, route in made_things(plant) for operation in route]
    for name, station in plant.stations.items():
        for path, failure in failures_written(station):
            if failure.then != "resume" and failure.uptime.by != "operations":
                for thing, made, operation in visits:
                    if name in operation.stations:
                        here = f"stations.{name}.{path}.then"
                        yield from _outlived(here, thing, failure, _longest(station, made, operation))


def _longest(station: Station, made: Item | Product, operation: Operation) -> tuple[float, float, float]:
    """Least, mean and most time of the longest phase of an operation on the fastest machine. [s]"""
    speed = max(machine.speed for machine in station.each_machine)
    pieces = made.moves_as if operation.per == "piece" and station.batch is None else 1
    attended = operation.attended
    hands_on = [law for law in (attended.load, attended.unload) if law] if attended else []
    phases = [_bounds(law, 1.0) for law in hands_on]
    if operation.law is not None:
        phases.append(_bounds(operation.law, pieces / speed))
    return max(phases, default=(0.0, 0.0, 0.0))


def _bounds(law: Law, factor: float) -> tuple[float, float, float]:
    return law.least * factor, law.mean * factor, law.most * factor


def _outlived(here: str, thing: str, failure: Failure, work: tuple[float, float, float]) -> Iterator[Finding]:
    """What is wrong with a failure for work of these bounds."""
    uptime = failure.uptime.law
    least, mean, most = work
    scraps = failure.then == "scrap"
    if least > uptime.most:
        end = "every piece is scrapped" if scraps else "no piece is ever finished"
        yield fault(
            "E320",
            here,
            f"{thing} takes {show_duration(least)} or more, it works for {show_duration(uptime.most)} at most: {end}",
            "Write then: resume, or a longer uptime.",
        )
    elif most > uptime.most and not scraps:
        yield fault(
            "W531",
            here,
            f"{thing} may take longer than {show_duration(uptime.most)}, the longest time it works without a stop: "
            "such a piece is begun again and again, and never finished",
            "Write then: resume, or a law of the uptime without an upper end.",
        )
    elif uptime.kind == "exponential" and mean / uptime.mean > math.log(TRIES):
        tries = math.exp(min(mean / uptime.mean, 50.0))
        yield fault(
            "W531",
            here,
            f"{thing} takes {show_duration(mean)} without a stop where one comes after {show_duration(uptime.mean)} in "
            f"the mean: one piece in {show_count(tries)} gets through" + (" at a try" if not scraps else ""),
            "Write then: resume, or a longer uptime.",
        )


def upkeep(plant: Plant) -> Iterator[Finding]:
    """Maintenance that takes longer than its interval, or that is always left out."""
    for name, station in plant.stations.items():
        for path, stop in maintenance_written(station):
            here = f"stations.{name}.{path}"
            if stop.every is not None and stop.takes.mean >= stop.every.base:
                yield fault(
                    "W532",
                    f"{here}.takes",
                    f"it takes {show_duration(stop.takes.mean)}, and is due every {show_duration(stop.every.base)}: "
                    "what falls due meanwhile is left out",
                    "Write a longer interval, or a shorter stop.",
                )
            if stop.off_shift == "skip" and stop.is_dated and _is_always_left_out(plant, station, stop):
                yield fault(
                    "W533",
                    here,
                    "it is due off shift every time, and always left out",
                    "Write off-shift: wait or run, or another time of day.",
                )


def _is_always_left_out(plant: Plant, station: Station, stop: Maintenance) -> bool:
    dates = due_dates(plant, station, stop, machine=0, end=first_year(plant)[1])
    return bool(dates) and not any(hours_lost(plant, station, stop, machine) for machine in station.each_machine)
