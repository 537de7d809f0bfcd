"""From the takt of the station that binds to good units: the losses of the simulated year, line by line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from plantwright.analytic.losses import WorkedHours, loss_waterfall
from plantwright.model.journey import journey
from plantwright.model.load import Task, machine_hours, tasks
from plantwright.model.naming import called, without_details
from plantwright.model.plant import Plant
from plantwright.model.route import Operation
from plantwright.results import Loss, Run
from plantwright.study.year import Year

LOST = {
    "availability": ("down", "maintenance"),
    "setup": ("setup",),
    "waiting for people": ("waiting for people",),
    "starving": ("starved for kit", "idle"),
    "blocking": ("blocked",),
}
"""Lines of the waterfall and the states of ``results.STATES`` that they count."""

NAMES = {
    "scheduled time at nominal speed": ("Scheduled time at nominal speed", "takt", "every scheduled hour, no loss"),
    "spares": ("Spare parts", "spares", "made on the same machines, not units"),
    "availability": ("Breakdowns", "availability", "machines down or waiting for the repairer"),
    "setup": ("Setup", "setup", "changing over between families"),
    "waiting for people": ("Waiting for people", "people", "work and machine are there, nobody free to do it"),
    "starving": ("Starving", "starving", "no work at hand: the balance of the plant, its calendars, missing parts"),
    "blocking": ("Blocking", "blocking", "finished work has no room to go to"),
    "speed": ("Partly filled and random times", "speed", "batches not full at their start, times off their mean"),
    "rework and re-tests": ("Rework and re-tests", "yield", "second and later passes"),
    "yield": ("Scrap", "yield", "work in pieces that were scrapped here or later"),
    "unexplained": ("Stocks and sampling", "stocks", "work that is still inside, and yields off their mean"),
    "mix": ("Mix", "mix", "products made in another mix than the demanded one"),
}  # fmt: skip
"""Names of the lines for people, their kind, and what they mean."""


def waterfall(year: Year, runs: Sequence[Run], station: str) -> tuple[Loss, ...]:
    """The losses of one station, from what its scheduled hours could make to the good units that the plant made.

    Parameters
    ----------
    year
        The plant and what counts as output.
    runs
        Replications of the capacity run; the lines are means over them.
    station
        The station that is followed: the one that binds.

    Notes
    -----
    States are measured; how the work done splits into good units, rework and scrap is the arithmetic of the routes.
    What the two disagree about stands in a line of its own.
    """
    wanted = year.wanted
    work = Work(year, station, share_done(year, runs, station))
    means = _mean_hours(year, runs, station)
    nominal = _mean(run.stations[station].pieces * year.scale(run) for run in runs) * work.hours_per_piece
    made = {name: _mean(year.made(run)[name] for run in runs) for name in wanted.sold}
    good = math.fsum(made.values())
    for_units = max(0.0, nominal - work.spares)
    fall = loss_waterfall(
        {**{line: means[line] for line in LOST}, "spares": work.spares},
        means["busy"] - work.spares,
        worked=WorkedHours(
            nominal=for_units,
            repeated=for_units * work.repeated,
            scrapped=for_units * work.scrapped,
            in_good_units=math.fsum(made[name] * hours for name, hours in work.good_hours.items()),
        ),
        hours_per_unit=work.good_per_unit,
        good_units=good,
    )
    level = fall.start.units
    name, kind, explanation = NAMES[fall.start.name]
    rows = [Loss(name, kind, level, level, explanation)]
    for line in fall.lines:
        level = round(level + line.units, 1)
        name, kind, explanation = NAMES[line.name]
        if line.tenths:
            rows.append(Loss(name, kind, line.units, level, explanation))
    return (*rows, Loss("Good units", "good", level, level, "what the simulated year makes"))


class Work:
    """The machine-hours of one station in a unit, split by the arithmetic of the routes.

    ``part`` is the share of the pieces that it works on itself where it has alternatives. [-]

    Attributes
    ----------
    hours_per_piece : float
        Nominal machine-hours of a piece, over everything that the station does. [h]
    good_hours : dict of str to float
        Machine-hours in a good unit of each product if nothing is repeated or scrapped. [h]
    good_per_unit : float
        The same for a unit of the mix. [h]
    repeated, scrapped : float
        Shares of the hours for units in second passes, and in first passes of pieces that are lost. [-]
    spares : float
        Machine-hours a year in spare parts. [h]
    """

    def __init__(self, year: Year, station: str, part: float) -> None:
        plant, wanted = year.plant, year.wanted
        unit = wanted.units(1.0)
        mine = _hours_at(plant, station, unit)
        done = math.fsum(hours for _, hours in mine)
        pieces = math.fsum(task.pieces for task, _ in mine)
        perfect = flawless(plant)
        self.hours_per_piece = done / pieces if pieces else 0.0
        self.good_hours = {
            name: part * math.fsum(hours for _, hours in _hours_at(perfect, station, {name: 1.0}))
            for name in wanted.sold
        }
        self.good_per_unit = math.fsum(unit[name] * each for name, each in self.good_hours.items())
        again = math.fsum(hours * _repeats(plant, task) for task, hours in mine)
        self.repeated = again / done if done else 0.0
        self.scrapped = max(0.0, 1.0 - self.repeated - self.good_per_unit / part / done) if done else 0.0
        self.spares = part * math.fsum(hours for _, hours in _hours_at(plant, station, wanted.spares))


def _hours_at(plant: Plant, station: str, amounts: Mapping[str, float]) -> list[tuple[Task, float]]:
    """Nominal machine-hours of each operation that a station can do, for an amount of output. [h]"""
    record = plant.stations[station]
    return [
        (task, task.pieces * machine_hours(record, task))
        for task in tasks(plant, amounts)
        if station in task.operation.stations and task.pieces
    ]


def share_done(year: Year, runs: Sequence[Run], station: str) -> float:
    """Share of the pieces of its operations that a station works on itself, not one of its alternatives. [-]"""
    group = {station}
    for route in year.plant.routes.values():
        for operation in route:
            if station in operation.stations:
                group.update(operation.stations)
    mine = math.fsum(run.stations[station].pieces for run in runs)
    return mine / (math.fsum(run.stations[name].pieces for run in runs for name in group) or 1.0) or 1.0


def _repeats(plant: Plant, task: Task) -> float:
    """Share of the passes of an operation that are second or later ones; all of a side operation. [-]"""
    if task.operation.side:
        return 1.0
    route = plant.routes[task.route]
    visits = journey(route).visits[route.index(task.operation)]
    return max(0.0, visits - 1.0) / visits if visits else 0.0


def flawless(plant: Plant) -> Plant:
    """The plant as if everything were good at once."""
    routes = {name: tuple(_without_losses(operation) for operation in route) for name, route in plant.routes.items()}
    return plant.model_copy(update={"routes": routes})


def _without_losses(operation: Operation) -> Operation:
    sample = operation.sample.model_copy(update={"good": None}) if operation.sample else None
    return operation.model_copy(update={"good": None, "false_reject": None, "sample": sample})


def _mean_hours(year: Year, runs: Sequence[Run], station: str) -> dict[str, float]:
    """Machine-hours a year of each line and of busy; together all scheduled time. [h]"""
    found = {}
    for line, states in {**LOST, "busy": ("busy",)}.items():
        found[line] = _mean(
            math.fsum(run.stations[station].state_s.get(state, 0.0) for state in states) / 3600 * year.scale(run)
            for run in runs
        )
    return found


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return math.fsum(known) / len(known)


def reconciliation(year: Year, losses: Sequence[Loss], station: str) -> tuple[Loss, ...]:
    """From the rough cut of a station to the good units of the simulation, line by line; sums exactly.

    What the rough cut counts already (mean breakdowns, rework and scrap, spare parts) shows only with what differs from
    its mean, in one line.
    """
    start = round(year.rough.row(station).units_per_year, 1)
    end = losses[-1].level_after
    own = [line for line in losses if line.kind not in ("takt", "good", "availability", "yield", "spares")]
    rest = round(end - start - math.fsum(line.units_per_year for line in own), 1)
    level = start
    name = without_details(called(year.plant.stations, station))
    rows = [Loss("Rough cut", "takt", start, start, f"hours of {name}, mean breakdowns and yields, no waiting")]
    beyond = Loss("Beyond the mean", "availability", rest, 0.0, "breakdowns, repairers and yields off their mean")
    for line in (beyond, *own):
        level = round(level + line.units_per_year, 1)
        rows.append(Loss(line.name, line.kind, line.units_per_year, level, line.explanation))
    return (*rows, Loss("Good units", "good", end, end, "what the simulated year makes"))
