"""The ways to do an operation: at which machine, when, for how long, with whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plantwright.compile.schedule.machines import Equipment, place_windows
from plantwright.compile.schedule.names import Gate
from plantwright.compile.schedule.people import amounts, pool_of
from plantwright.compile.schedule.steps import Step, is_places
from plantwright.compile.schedule.windows import Windows, common, longest
from plantwright.errors import Finding, Place, nearest
from plantwright.model.station import Machine, Station
from plantwright.problems.schedule import NONE

if TYPE_CHECKING:
    from plantwright.compile.schedule.lowering import Lowering

NOWHERE = -2
"""No machine, where one would be needed."""

AVERAGED = (
    "People who only load and unload are held for their share of an operation's time. Repair loops and samples are not "
    "scheduled: pieces that come again take their expected share of each operation's time."
)


def ways(made: Lowering, index: int) -> None:
    """Add an operation with its modes."""
    step = made.steps[index]
    first = len(made.draft.modes)
    if isinstance(step, Gate):
        _add_mode(made, "", NONE, 0, NONE, made.working.whole, {})
        fixed = max(made.late[step.item], made.lots[step.lot].release)
        _add_operation(made, step.lot, NONE, first, pieces=1, fixed=(first, fixed), interruptible=True)
        return
    is_whole = _is_whole(made, step)
    refused: list[str] = []
    for name in step.operation.stations:
        station = made.plant.stations[name]
        for machine, each in _machines(made, name, step):
            speed = each.machine.speed if each is not None else 1.0
            time = step.time(station, speed=speed, allowance=made.scheduling.allowance.base)
            held = _held(made, step, name, station)
            windows = _windows(made, step, name, each, time)
            why = _why_not(made, step, held, windows, time if is_whole else 0)
            if why:
                refused.append(why)
            else:
                _add_mode(made, name, machine, time, _family(made, step, station), windows, held)
    if len(made.draft.modes) == first:
        made.faults.append(_impossible(made, step, refused))
        _add_mode(made, "", NONE, 0, NONE, made.working.whole, {})
    rooms = [step.room(made.plant.stations[name]) for name in step.operation.stations if _has_oven(made, name)]
    lot = made.lots[step.lot]
    route = lot.routes.index(step.route) if len(lot.routes) > 1 else NONE
    _add_operation(made, step.lot, route, first, pieces=max(rooms, default=1), interruptible=not is_whole)


def _has_oven(made: Lowering, name: str) -> bool:
    return made.plant.stations[name].batch is not None and made.is_scheduled(name)


def _add_operation(
    made: Lowering,
    lot: int,
    route: int,
    first: int,
    *,
    pieces: int,
    interruptible: bool,
    fixed: tuple[int, int] = (NONE, NONE),
) -> None:
    made.draft.operations.append(
        {
            "job": lot,
            "route": route,
            "first_mode": first,
            "modes": len(made.draft.modes) - first,
            "blocks": 0,
            "interruptible": int(interruptible),
            "pieces": pieces,
            "fixed_mode": fixed[0],
            "fixed_start": fixed[1],
            "reference_mode": NONE,
            "reference_start": NONE,
        }
    )


def _add_mode(
    made: Lowering, station: str, machine: int, time: int, family: int, windows: Windows, held: dict[int, int]
) -> None:
    made.stations.append(station)
    made.draft.modes.append(
        {
            "machine": machine,
            "time": time,
            "family": family,
            "calendar": made.working.number(windows),
            **made.draft.need(held),
        }
    )


def _machines(made: Lowering, name: str, step: Step) -> Iterator[tuple[int, Equipment | None]]:
    """Machines of a station that can do a step; none by name where it is counted in places, or not scheduled."""
    if name not in made.equipment:
        yield NONE, None
        return
    for index, each in made.equipment[name]:
        if each.can_make(step.item, step.route):
            yield index, each


def _is_whole(made: Lowering, step: Step) -> bool:
    """Whether breaks may not interrupt a step: where that is written, and where one run cannot be left alone."""
    unbroken = made.scheduling.unbroken
    if f"{step.route}.{step.operation.op}" in unbroken:
        return True
    for name in step.operation.stations:
        station = made.plant.stations[name]
        is_one = step.pieces <= station.batch.max if station.batch is not None else step.parts <= 1
        if name in unbroken or (station.end_of_shift != "interrupt" and is_one):
            return True
    return False


def _held(made: Lowering, step: Step, name: str, station: Station) -> dict[int, int]:
    """What a step holds of pools at a station. [unit of the pool]"""
    if not made.is_scheduled(name):
        return {}
    operation = step.operation
    people = dict(operation.people)
    if operation.attended is not None:
        made.notes[AVERAGED] = None
        for skill, number in operation.attended.people.items():
            people[skill] = people.get(skill, 0.0) + number * step.hands_share
    held = amounts(made.pools, people)
    for tool, number in operation.tools.items():
        held[pool_of(made.pools, "tool", tool)] = number
    if is_places(station):
        held[pool_of(made.pools, "places", name)] = step.room(station)
    return held


def _windows(made: Lowering, step: Step, name: str, each: Equipment | None, time: int) -> Windows:
    """When a step can be worked on: by its machine, and by its people; by who loads it, where that is short enough."""
    operation = step.operation
    own = each.name if each is not None else f"{name}/"
    if not made.is_scheduled(name):
        return made.working.of(made.plant.stations[name].calendar)
    found = _met(made, own, each, tuple(operation.people))
    if operation.attended is None:
        return found
    attended = _met(made, own, each, (*operation.people, *operation.attended.people))
    return attended if time <= longest(attended) else found


def _met(made: Lowering, own: str, each: Equipment | None, skills: tuple[str, ...]) -> Windows:
    """Windows of a machine, or of the places of a station, in which people of all skills are there."""
    key = (own, *skills)
    if key not in made.met:
        station = own.rpartition("/")[0]
        machine = each.windows if each is not None else place_windows(made.working, made.scheduling, station)
        made.met[key] = common(machine, made.people.windows(skills))
    return made.met[key]


def _why_not(made: Lowering, step: Step, held: dict[int, int], windows: Windows, time: int) -> str:
    """Why a step can never run like this; nothing where it can. ``time`` is what has to fit in one window."""
    for number, amount in held.items():
        pool = made.pools[number]
        if amount > pool.most:
            there = f"{pool.most / pool.unit:g}"
            return f"it takes {amount / pool.unit:g} of {' or '.join(pool.names)}, and {there} are there at most"
    if not windows:
        return "nobody and nothing is ever there for it at the same time"
    if time > longest(windows):
        return (
            f"it takes {time / 3600:.1f} h without a break, and the longest stretch is {longest(windows) / 3600:.1f} h"
        )
    return ""


def _family(made: Lowering, step: Step, station: Station) -> int:
    """Setup or batch family of a step; the item's own id where none is written, as in the simulator."""
    if station.setup is None and station.batch is None:
        return NONE
    name = step.operation.family
    if name is None:
        ovens = {each for each in step.operation.stations if made.plant.stations[each].batch is not None}
        route = made.plant.routes[step.route]
        visits = sum(1 for other in route if ovens & set(other.stations) and other.family is None)
        name = f"{step.item}/{step.operation.op}" if visits > 1 else step.item
    return made.families.setdefault(name, len(made.families))


def _impossible(made: Lowering, step: Step, refused: list[str]) -> Finding:
    """An operation that nothing can do."""
    path = Place(f"routes.{step.route}.{step.operation.op}")
    lot = made.lots[step.lot]
    if refused:
        remedy = "Split the order into lots, let breaks interrupt it, or give it more people or time."
        return Finding("E571", f"order {lot.order} can never run: {refused[0]}", remedy, path)
    machines: list[Machine] = [
        machine for name in step.operation.stations for machine in made.plant.stations[name].each_machine
    ]
    known = [item for machine in machines for item in machine.only]
    return Finding(
        "E570",
        f"order {lot.order} has no machine: none of {' or '.join(step.operation.stations)} is there that may "
        f"make {step.item}",
        "Qualify a machine for it (only), or let the closures that take them all end.",
        path,
        nearest(step.item, known),
    )
