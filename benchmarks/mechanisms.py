"""What shows that each mechanism of ``docs/mechanisms.md`` is at work in a year of a plant: a function for each of the
nineteen, which counts what only a plant with that mechanism does.

To be written down is not to be in use: what is declared and never happens counts 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from plantwright import codes
from plantwright.arrays import World
from plantwright.codes import NONE, UNLIMITED
from plantwright.compile import Problem
from plantwright.model.plant import Plant
from plantwright.model.presence import site_at
from plantwright.model.worktime import yearly_hours
from plantwright.results import STATES as STATE_NAMES, Run


class Seen(NamedTuple):
    """A year of a plant: its document, what it was lowered to, what the run left behind, and the same in names."""

    plant: Plant
    problem: Problem
    world: World
    run: Run
    lines: int = 0
    """Lines of its trace."""
    resumed: int = 0
    """Part moves after it was cut, kept as a checkpoint and gone on with."""
    begun: int = 0
    """Parts in process of the state from which another run began."""


Signs = Mapping[str, float]
"""What was seen, in words, and how much of it."""


def stations_and_machines(seen: Seen) -> Signs:
    station, machine, until = seen.world.station, seen.world.machine, seen.problem.until
    done = station.completions
    stays = machine.until_time >= until
    return {
        "operations, first in first out": done[station.rule == codes.FIFO].sum(),
        "operations, shortest time first": done[station.rule == codes.SHORTEST].sum(),
        "operations, earliest due date first": done[station.rule == codes.DUE].sum(),
        "operations, smallest critical ratio first": done[station.rule == codes.CRITICAL].sum(),
        "operations by priority": done[station.rule == codes.PRIORITY].sum(),
        "operations, same family first": done[station.rule == codes.FAMILY_FIRST].sum(),
        "machines of another speed": np.count_nonzero(machine.speed != 1.0),
        "machines that come during the year": np.count_nonzero((machine.from_time > 0) & (machine.absent == 0)),
        "machines that leave during the year": np.count_nonzero(~stays & (machine.absent == 1)),
    }


def blocking(seen: Seen) -> Signs:
    station = seen.world.station
    return {
        "machine hours blocked": _hours(seen, "blocked"),
        "operations that began when their next place was kept": station.completions[station.before_service == 1].sum(),
        "operations before stations of limited room": station.completions[station.room < UNLIMITED].sum(),
    }


def release(seen: Seen) -> Signs:
    release, item = seen.world.release, seen.world.item

    def entered(kind: int) -> float:
        return float(release.created[release.kind == kind].sum())

    def pulled(policy: int) -> float:
        return float(item.released[item.policy == policy].sum())

    capped = (release.kind == codes.LAUNCHED) & (release.cap < UNLIMITED)
    return {
        "parts that entered when a machine could take them": entered(codes.SATURATED),
        "parts that arrived by themselves": entered(codes.ARRIVALS),
        "parts that were turned away": item.turned_away.sum(),
        "parts of sources that are blocked when full": release.created[release.blocks == 1].sum(),
        "units launched for dated orders": entered(codes.LAUNCHED),
        "units let in under a CONWIP": release.created[capped].sum(),
        "pieces called for by kanban": pulled(codes.ON_WITHDRAWAL),
        "pieces called for by base stock": pulled(codes.ON_DEMAND),
        "pieces delivered at a reorder point": item.received[item.policy == codes.REORDER].sum(),
        "orders of customers": item.orders.sum(),
        "pieces of lost orders": item.lost.sum(),
    }


def routes(seen: Seen) -> Signs:
    operation = seen.world.operation
    qualified = seen.world.qualified
    again, past = _targets(operation, "otherwise", "inspected"), _targets(operation, "past_tries", "tries")
    return {
        "operations with a choice of stations": operation.completions[operation.choices > 1].sum(),
        "operations to which rejected parts were sent": operation.completions[again].sum(),
        "operations to which parts go past their last try": operation.completions[past].sum(),
        "machines qualified for some items only": np.count_nonzero((qualified == 0).any(axis=1)),
    }


def setups(seen: Seen) -> Signs:
    station, plant = seen.world.station, seen.plant
    set_up = {name: station.setups[index] for index, name in enumerate(seen.problem.names.stations)}
    written = {name: setup for name in set_up if (setup := plant.stations[name].setup) is not None}
    return {
        "setups": station.setups.sum(),
        "setups that hold people": sum(set_up[name] for name, setup in written.items() if setup.people),
        "setups of stations with a matrix": sum(set_up[name] for name, setup in written.items() if setup.matrix),
        "setups of stations whose first one differs": sum(set_up[n] for n, setup in written.items() if setup.first),
    }


def batches(seen: Seen) -> Signs:
    station, operation, release = seen.world.station, seen.world.operation, seen.world.release
    waiting = math.fsum(each.waiting_for_batch_s for each in seen.run.stations.values()) / 3600
    return {
        "operations of ovens": station.completions[station.batch_max > 0].sum(),
        "machine hours in which ovens waited to fill": waiting,
        "operations before transfer lots": operation.completions[operation.transfer > 1].sum(),
        "panels and lots that move as one part": release.created[release.pieces > 1].sum(),
    }


def assembly(seen: Seen) -> Signs:
    item, operation = seen.world.item, seen.world.operation
    return {
        "pieces taken by kits": item.consumed.sum(),
        "operations that give pieces back": operation.completions[operation.gives > 0].sum(),
        "numbered pieces built in": item.consumed[item.serial == 1].sum(),
        "machine hours that wait for a kit or a tool": _hours(seen, "starved for kit"),
    }


def bought_items(seen: Seen) -> Signs:
    item, offer, plant = seen.world.item, seen.world.offer, seen.plant
    later = [index for each in item for index in range(each.first_offer + 1, each.first_offer + each.offers)]
    hit = [bool(plant.offers[name].outages) for name in seen.problem.names.offers]
    return {
        "pieces delivered": item.received.sum(),
        "orders to suppliers": offer.orders.sum(),
        "orders to those with an outage": offer.orders[hit].sum(),
        "orders to a supplier of second choice": offer.orders[later].sum(),
        "pieces of orders raised to what is sold at least": sum(item.received[_raised(seen)]),
        "orders to suppliers of limited capacity": offer.orders[offer.gap > 0].sum(),
    }


def failures(seen: Seen) -> Signs:
    mode, stations = seen.world.mode, seen.problem.names.stations
    fails, of_carrier = mode.planned == 0, mode.carrier != NONE
    several = [
        whose not in seen.plant.stations and whose not in seen.plant.carriers for whose, _ in seen.problem.names.modes
    ]
    own = [
        bool(fails[k] and 0 <= mode.station[k] < len(stations))
        and mode.ordinal[k] >= len(seen.plant.stations[stations[mode.station[k]]].failures)
        for k in range(len(mode))
    ]

    def done(where: Any) -> float:
        return float(mode.repairs[where].sum())

    return {
        "failures by the clock": done(fails & ~of_carrier & (mode.by == codes.BY_CLOCK)),
        "failures by busy time": done(fails & (mode.by == codes.BY_BUSY)),
        "failures by operations": done(fails & ~of_carrier & (mode.by == codes.BY_COUNT)),
        "failures counted from the last one": done(fails & (mode.from_start == 1)),
        "failures after which work is repeated": done(fails & (mode.then == codes.REPEAT)),
        "failures that scrap the work": done(fails & (mode.then == codes.SCRAP_WORK)),
        "failures of single machines' own kind": done(own),
        "failures shared by the machines of a station": done(fails & (mode.members > 1) & ~np.array(several, bool)),
        "failures of several stations at once": done(several),
        "repairs that hold people": done(fails & (mode.needs > 0)),
        "maintenance by the calendar": done(~fails & (mode.by == codes.BY_CALENDAR)),
        "maintenance after busy hours": done(~fails & (mode.by == codes.BY_BUSY)),
        "maintenance after operations": done(~fails & (mode.by == codes.BY_COUNT)),
        "maintenance after which failures count anew": done(~fails & (mode.renewed > 0)),
    }


def calendars(seen: Seen) -> Signs:
    plant, station = seen.plant, seen.world.station
    on_shifts = station.calendar != NONE
    moved = [_is_put_forward(seen, name) for name in seen.problem.names.stations]

    def without(**changes: Any) -> float:
        """Hours of a year that calendars work less (or more) without something."""
        bare = plant.replace(calendars={name: each.replace(**changes) for name, each in plant.calendars.items()})
        return math.fsum(yearly_hours(plant, name) - yearly_hours(bare, name) for name in plant.calendars)

    return {
        "machine hours off shift": _hours(seen, "off shift"),
        "hours lost to holidays": -without(holidays=False),
        "hours lost to exceptional days": -without(exceptions=()),
        "hours of planned overtime": without(overtime=()),
        "hours by which shifts were made longer": math.fsum(seen.run.overtime_s.values()) / 3600,
        "operations that the end of a shift may interrupt": _completed(
            seen, on_shifts & (station.end_of_shift == codes.INTERRUPT)
        ),
        "operations that are finished after it": _completed(
            seen, on_shifts & (station.end_of_shift == codes.FINISH_PART)
        ),
        "operations not begun before it": _completed(seen, on_shifts & (station.end_of_shift == codes.NO_START)),
        "operations by a clock that is put forward": _completed(seen, on_shifts & np.array(moved, bool)),
    }


def crews(seen: Seen) -> Signs:
    crew, operation, plant = seen.world.crew, seen.world.operation, seen.plant
    practised = list(seen.run.practice.values())
    dated = [name for name, each in plant.crews.items() if each.from_ or each.until]
    return {
        "hours for which people are held": math.fsum(seen.run.spending.held_h.values()),
        "hours of crews that come and leave": math.fsum(seen.run.spending.held_h[name] for name in dated),
        "shifts of crews of which some are absent": crew.shifts[crew.absence > 0].sum(),
        "operations that hold people throughout": operation.completions[operation.needs > 0].sum(),
        "operations that hold them to load and unload": operation.completions[operation.attends > 0].sum(),
        "machine hours that wait for people": _hours(seen, "waiting for people"),
        "operations from which somebody learned": sum(curve.count for curve in practised)
        - seen.world.learning.start.sum(),
    }


def transport(seen: Seen) -> Signs:
    travel, carrier = seen.world.travel, seen.world.carrier
    by_itself = (travel.carrier == NONE) & (travel.conveyor == NONE)
    random = np.isin(seen.world.law.kind, (codes.CONSTANT,), invert=True)[travel.law] & (travel.conveyor == NONE)
    return {
        "ways of parts by themselves": travel.trips[by_itself].sum(),
        "ways and trips of random length": travel.trips[random].sum(),
        "trips of carriers": carrier.tours.sum(),
        "parts carried": carrier.carried.sum(),
        "trips with a driver": carrier.tours[carrier.needs > 0].sum(),
        "trips of carriers that come during the year": _trips_of_dated(seen),
        "failures of carriers": carrier.failures.sum(),
        "carrier hours off shift": math.fsum(each.state_s["off shift"] for each in seen.run.carriers.values()) / 3600,
        "machine hours that wait for a carrier": _waited(seen, "waiting_for_carrier_s"),
        "parts conveyed": seen.world.conveyor.carried.sum(),
        "days in which conveyors held somebody up": math.fsum(each.stands_share for each in seen.run.conveyors.values())
        * seen.run.elapsed_s
        / 86_400,
    }


def yield_and_inspection(seen: Seen) -> Signs:
    operation, item = seen.world.operation, seen.world.item
    return {
        "pieces inspected": operation.inspected.sum(),
        "pieces rejected": operation.rejected.sum(),
        "pieces scrapped": item.scrapped.sum(),
        "operations whose defects stay hidden": operation.completions[operation.hidden == 1].sum(),
        "inspections that may miss a defect": operation.inspected[operation.miss > 0].sum(),
        "inspections that may reject a good piece": operation.inspected[operation.false_reject > 0].sum(),
        "operations whose chance depends on the try": operation.completions[operation.goods > 1].sum(),
        "repairs that may fail": operation.completions[(operation.mends > 0) & (operation.mends < 1)].sum(),
        "samples": operation.samples.sum(),
        "operations on parts of lots that failed": operation.completions[
            _targets(operation, "sample_otherwise", "sample_every")
        ].sum(),
    }


def energy_labour_and_money(seen: Seen) -> Signs:
    spent = seen.run.spending
    return {
        "MWh": spent.total_energy_kwh / 1000,
        **{f"kUSD of {kind}": cost / 1000 for kind, cost in spent.cost.items()},
    }


def states(seen: Seen) -> Signs:
    waiting = {"the repairer": "repairer", "a carrier": "carrier", "a batch to fill": "batch"}
    return {
        **{f"machine hours {state}": _hours(seen, state) for state in STATE_NAMES},
        **{f"of which for {what}": _waited(seen, f"waiting_for_{name}_s") for what, name in waiting.items()},
    }


def start_states(seen: Seen) -> Signs:
    return {
        "pieces on shelves at the start": seen.problem.world.item.stock[
            seen.problem.world.item.policy != codes.NEVER_SHORT
        ].sum(),
        "part moves after a checkpoint": seen.resumed,
        "parts in process of a state from which a run began": seen.begun,
    }


def statistics(seen: Seen) -> Signs:
    item, station = seen.world.item, seen.world.station
    return {
        "flow times": item.flows.sum(),
        "waiting times": station.waits.sum(),
        "times between departures": item.gaps.sum(),
        "pieces that passed everything at once": item.first_passed.sum(),
        "days of history": len(next(iter(seen.run.series.stock.values()))),
    }


def trace(seen: Seen) -> Signs:
    return {"lines of trace": seen.lines}


def tools(seen: Seen) -> Signs:
    told, tool = seen.run.tools.values(), seen.world.tool
    days = seen.run.elapsed_s / 86_400
    return {
        "uses": sum(each.uses for each in told),
        "uses of tools that stations share": sum(
            each.uses for each, row in zip(told, tool, strict=True) if row.users > 1
        ),
        "mountings": sum(each.mounted for each in told),
        "repairs": sum(each.repairs for each in told),
        "tool days on the way back or in repair": days * math.fsum(each.away_mean for each in told),
        "tools that come during the year": sum(bool(each.from_) for each in seen.plant.tools.values()),
    }


MECHANISMS: tuple[Callable[[Seen], Signs], ...] = (
    *(stations_and_machines, blocking, release, routes, setups, batches, assembly, bought_items, failures, calendars),
    *(crews, transport, yield_and_inspection, energy_labour_and_money, states, start_states, statistics, trace, tools),
)
"""The nineteen in the order of their numbers; each is named after its section."""


def signs(seen: Seen) -> dict[str, dict[str, float]]:
    """What a year shows of each mechanism, by the name of its section."""
    return {each.__name__.replace("_", "-"): {what: float(n) for what, n in each(seen).items()} for each in MECHANISMS}


def _trips_of_dated(seen: Seen) -> float:
    """Trips of carriers that come, or leave, at a date."""
    return sum(seen.run.carriers[name].trips for name, each in seen.plant.carriers.items() if each.from_ or each.until)


def _raised(seen: Seen) -> list[int]:
    """Items whose offers sell no fewer than more than what is written to be ordered."""
    least: dict[str, int] = {}
    for offer in seen.plant.offers.values():
        if offer.item is not None and offer.minimum is not None:
            least[offer.item] = max(least.get(offer.item, 0), offer.minimum)
    policies = {name: thing.buy.policy for name, thing in seen.plant.items.items() if thing.buy}
    return [
        index
        for index, name in enumerate(seen.problem.names.items)
        if (policy := policies.get(name)) is not None and policy.Q is not None and least.get(name, 0) > policy.Q
    ]


def _targets(operation: Any, column: str, where: str) -> list[int]:
    """Operations to which a column sends parts, of those operations where another column is above 0."""
    return sorted({int(goal) for goal in operation[column][operation[where] > 0] if goal >= 0})


def _completed(seen: Seen, where: Any) -> float:
    return float(seen.world.station.completions[where].sum())


def _hours(seen: Seen, state: str) -> float:
    """Hours of all machines in a state. [h]"""
    return math.fsum(each.state_s[state] for each in seen.run.stations.values()) / 3600


def _waited(seen: Seen, column: str) -> float:
    """Hours of all machines in a sub-counter. [h]"""
    return math.fsum(getattr(each, column) for each in seen.run.stations.values()) / 3600


def _is_put_forward(seen: Seen, station: str) -> bool:
    """Whether the clock of a station's calendar differs between winter and summer."""
    at = seen.plant.stations[station]
    zone = ZoneInfo(site_at(seen.plant, at.shop, at.calendar).time_zone)
    winter, summer = (datetime(seen.plant.from_.year, month, 1, tzinfo=zone).utcoffset() for month in (1, 7))
    return winter != summer
