"""The plant as a schedule sees it: what stands still with its lots, what is not scheduled, when machines are closed."""

from __future__ import annotations

from collections.abc import Mapping

from plantwright.compile.draft import Closed
from plantwright.compile.schedule.machines import closures
from plantwright.compile.schedule.names import Lowered
from plantwright.compile.schedule.steps import Step
from plantwright.model.failure import Maintenance
from plantwright.model.plant import Plant
from plantwright.model.station import Station
from plantwright.model.worktime import Interval
from plantwright.problems.schedule import NONE

MOST_MACHINES = 10_000
"""Where nothing is scheduled, as many machines as there are lots, but no more. [-]"""


def as_scheduled(lowered: Lowered, routes: Mapping[str, str]) -> Plant:
    """The plant whose lots a schedule moves, from the day on which it begins, each item made by one route."""
    plant = lowered.plant
    stations = {
        name: _as_lots_do(lowered, name, station) if is_scheduled(lowered, name) else _unscheduled(lowered, station)
        for name, station in plant.stations.items()
    }
    items = {n: i.model_copy(update={"made_by": routes[n]}) if n in routes else i for n, i in plant.items.items()}
    products = {n: p.model_copy(update={"made_by": routes[n]}) if n in routes else p for n, p in plant.products.items()}
    update = {"from_": lowered.clock.start.date(), "stations": stations, "items": items, "products": products}
    return plant.model_copy(update=update)


def is_scheduled(lowered: Lowered, station: str) -> bool:
    """Whether a station is one of those that are scheduled."""
    chosen = lowered.scheduling
    if not chosen.shops and not chosen.stations:
        return True
    return station in chosen.stations or lowered.plant.stations[station].shop in chosen.shops


def closed(lowered: Lowered) -> Closed:
    """When machines are closed that the schedule has closed."""
    found: dict[tuple[str, int], list[Interval]] = {}
    moment = lowered.clock.moment
    for name in dict.fromkeys(closure.station for closure in lowered.scheduling.closures):
        for ordinal in range(lowered.plant.stations[name].machine_count if is_scheduled(lowered, name) else 0):
            spans = closures(lowered.clock, lowered.scheduling, name, ordinal)
            found[name, ordinal] = [(moment(start), moment(end)) for start, end in spans]
    return found


def closed_until(lowered: Lowered, index: int, mode: int, begins: int) -> int:
    """Until when the machine was closed last before work that may not be interrupted: that is not begun before.

    Whoever knows of a closure begins nothing that it would break. [tick of the schedule]
    """
    machine = int(lowered.problem.modes.machine[mode])
    if machine == NONE or lowered.problem.operations.interruptible[index]:
        return 0
    each = lowered.equipment[machine]
    spans = closures(lowered.clock, lowered.scheduling, each.station, each.number - 1)
    return max((end for _, end in spans if 0 < end <= begins), default=0)


def _as_lots_do(lowered: Lowered, name: str, station: Station) -> Station:
    """A station whose lots stand still when it is closed: what is finished before that is a piece, and not a lot."""
    interruptible = lowered.problem.operations.interruptible.tolist()
    stands = any(
        isinstance(step, Step) and name in step.operation.stations and stands_still
        for step, stands_still in zip(lowered.steps, interruptible, strict=True)
    )
    if not stands:
        return station
    update: dict[str, object] = {"end_of_shift": "interrupt", "maintenance": _breaks_in(station.maintenance)}
    if not isinstance(station.machines, int):
        update["machines"] = tuple(
            machine.model_copy(update={"maintenance": _breaks_in(machine.maintenance)}) for machine in station.machines
        )
    return station.model_copy(update=update)


def _breaks_in(stops: tuple[Maintenance, ...] | None) -> tuple[Maintenance, ...] | None:
    """Maintenance of which those by the calendar break into the work under way."""
    if stops is None:
        return None
    return tuple(stop.model_copy(update={"interrupts": True}) if stop.is_dated else stop for stop in stops)


def _unscheduled(lowered: Lowered, station: Station) -> Station:
    """A station that is not scheduled: what is done there takes its time and nothing else."""
    nothing = {"setup": None, "batch": None, "room": None, "failures": (), "maintenance": ()}
    machines = min(MOST_MACHINES, max(1, len(lowered.lots)))
    return station.model_copy(update=nothing | {"machines": machines, "end_of_shift": "interrupt"})
