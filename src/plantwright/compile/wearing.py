"""What machines are at and how far their ways to fail are, lifted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plantwright.codes import (
    BY_BUSY,
    BY_CALENDAR,
    BY_COUNT,
    CARRIED,
    CARRIER_FREE,
    COMPLETE,
    EMPTY,
    FAIL,
    FALLEN_DUE,
    IN_LOAD,
    IN_REPAIR,
    IN_SETUP,
    IN_UNLOAD,
    IN_WORK,
    NONE,
    ON_WAY_OUT,
    PARKED,
    REPAIRED,
    UP,
)
from plantwright.compile.families import cares
from plantwright.compile.memory import Memory, lasting
from plantwright.compile.ownership import owner_of
from plantwright.model.state import Ageing, Condition, Ride

PHASES = {IN_SETUP: "setup", IN_LOAD: "load", IN_WORK: "work", IN_UNLOAD: "unload"}
NOT_DRAWN = -1


def conditions_of(memory: Memory) -> dict[str, Condition]:
    """What machines are at that are not simply idle, in the order that settles ties between them."""
    found = {m: _condition(memory, m) for m in _in_order(memory)}
    return {memory.names.machines[m]: condition for m, condition in found.items()}


def _in_order(memory: Memory) -> list[int]:
    """Machines at work by their next event, those that wait for people as they asked, the others, idle ones last."""
    machine = memory.world.machine
    at_work = [m for m in range(len(machine)) if machine.phase[m] != EMPTY]
    next_event = {event.who: event.key for event in memory.events(COMPLETE)}
    for event in memory.events(FAIL):
        mode = memory.world.mode[event.who]
        if mode.by == BY_BUSY:
            next_event[int(memory.world.link[int(mode.first_member)])] = event.key
    asking = [*memory.chain(memory.world.clock.first_ask[0], "next_ask", "machine")]
    place = {m: place for place, m in enumerate(asking)}
    last = 2**62
    at_work.sort(key=lambda m: (next_event.get(m, last), place.get(m, len(place)), m))
    idle = [m for station in range(len(memory.world.station)) for m in _idle_worth_telling(memory, station)]
    down = [m for m in range(len(machine)) if machine.phase[m] == EMPTY and not machine.is_idle[m]]
    return [*at_work, *(m for m in down if _family(memory, m)), *idle]


def _idle_worth_telling(memory: Memory, station: int) -> list[int]:
    """Idle machines of a station, longest idle first, without those at the end that are as new and in plain order."""
    idle = [*memory.chain(memory.world.station.first_idle[station], "next_idle", "machine")]
    told = len(idle)
    while told and not _family(memory, idle[told - 1]) and (told == len(idle) or idle[told - 1] < idle[told]):
        told -= 1
    return idle[:told]


def _family(memory: Memory, m: int) -> str | None:
    """The family that a machine is set up for, where it matters."""
    family = int(memory.world.machine.family[m])
    if family == NONE or not cares(memory.plant.stations[memory.station_of(m)]):
        return None
    return memory.names.families[family]


def _condition(memory: Memory, m: int) -> Condition:
    world = memory.world
    machine = world.machine[m]
    told: dict[str, Any] = {"family": _family(memory, m)}
    if machine.reserved != NONE:
        told["keeps"] = memory.names.stations[int(world.choice.station[int(machine.reserved)])]
    if machine.phase not in PHASES:
        return Condition(**told)
    told |= {"phase": PHASES[int(machine.phase)], "asks": bool(machine.asking), "overtime": bool(machine.overtime)}
    told["crews"] = memory.crews(m)
    operation = world.operation[int(machine.operation)]
    if operation.curves + operation.hand_curves and machine.phase != IN_SETUP and machine.remaining != NOT_DRAWN:
        told["pace"] = float(machine.pace)
    if machine.phase == IN_SETUP and machine.mounting != NONE:
        told["mounting"] = lasting(machine.mounting)
    if machine.phase != IN_SETUP:
        told["family"] = None  # that of what it works on
    if machine.remaining != NOT_DRAWN:
        left = int(machine.ends) - memory.now if machine.running else int(machine.remaining)
        told["elapsed"] = lasting(int(machine.duration) - left)
        if memory.hidden:
            told["remaining"] = lasting(left)
    return Condition(**told)


def failures_of(memory: Memory) -> tuple[Ageing, ...]:
    """How far ways to fail are: those that have struck as they asked for repair, then those that age."""
    modes = memory.world.mode
    keys = {event.who: event.key for kind in (REPAIRED, FAIL) for event in memory.events(kind)}
    asked = [*memory.chain(memory.world.clock.first_repair_ask[0], "next_ask", "mode")]
    place = {k: place for place, k in enumerate(asked)}
    order = sorted(range(len(modes)), key=lambda k: (keys.get(k, 2**62), place.get(k, len(place)), k))
    struck = [_struck(memory, k) for k in order if modes.state[k] != UP]
    return (*struck, *(ageing for k in order if modes.state[k] == UP for ageing in _ageing(memory, k)))


def _owner(memory: Memory, k: int) -> dict[str, str]:
    """Whose way to stop it is, and its name."""
    mode = memory.world.mode[k]
    member = int(memory.world.link[int(mode.first_member)])
    name = memory.names.machines[member] if mode.carrier == NONE else memory.vehicle(member)
    return {"failure": memory.names.modes[k][1], **owner_of(memory.plant, memory.names.modes[k], mode, name)}


def _ageing(memory: Memory, k: int) -> Iterator[Ageing]:
    """A way to fail that ages; nothing where it is new."""
    mode = memory.world.mode[k]
    if mode.draws == 0 or mode.by == BY_CALENDAR:
        return
    left = _until_it_strikes(memory, mode)
    age = int(mode.whole) - left
    told: dict[str, Any] = _owner(memory, k)
    if mode.by == BY_COUNT:
        strikes_at_start = mode.carrier == NONE and not mode.planned
        told["operations"] = age + 1 if strikes_at_start else age  # the one under way, or that it stopped, counts
        if memory.hidden:
            told["remaining_operations"] = left
    else:
        told["age"] = lasting(age)
        if memory.hidden:
            told["remaining"] = lasting(left)
    if age > 0 or memory.hidden or mode.by == BY_COUNT:
        yield Ageing(**told)


def _until_it_strikes(memory: Memory, mode: Any) -> int:
    """What is left of an uptime by the clock that it counts. [ticks or operations]"""
    member = int(memory.world.link[int(mode.first_member)])
    if mode.carrier != NONE and mode.by == BY_COUNT:
        vehicle = memory.world.vehicle[member]
        return int(mode.due) - int(vehicle.trips) + int(vehicle.phase != PARKED)
    if mode.carrier != NONE:
        return int(mode.left) if mode.frozen else int(mode.due) - memory.now
    machine = memory.world.machine[member]
    if mode.by == BY_COUNT:
        return int(mode.due) - int(machine.cycles)
    if mode.by == BY_BUSY:
        busy = machine.running and machine.phase != IN_SETUP
        return int(mode.due) - int(machine.busy_clock) - (memory.now - int(machine.busy_from) if busy else 0)
    return int(mode.left) if mode.frozen else int(mode.due) - memory.now


def _struck(memory: Memory, k: int) -> Ageing:
    """A way to fail that has struck, and how far its repair is."""
    mode = memory.world.mode[k]
    if mode.state == FALLEN_DUE:
        return Ageing(**_owner(memory, k), is_due=True)
    down = -int(mode.struck) if _pauses(memory, mode) else memory.now - int(mode.struck)
    told: dict[str, Any] = {**_owner(memory, k), "down": lasting(down)}
    in_repair = mode.state == IN_REPAIR
    if in_repair or mode.left > 0:
        left = int(mode.ends) - memory.now if in_repair and not mode.frozen else int(mode.left)
        told["repair"] = lasting(int(mode.whole) - left)
        if memory.hidden:
            told["remaining"] = lasting(left)
    if in_repair:
        told["crews"] = memory.crews(len(memory.world.machine) + k)
    return Ageing(**told)


def _pauses(memory: Memory, mode: Any) -> bool:
    """Whether a mode's clocks stand still because its station or carrier is off shift."""
    if mode.runs_off_shift:
        return False
    world = memory.world
    owner = world.station[int(mode.station)] if mode.carrier == NONE else world.carrier[int(mode.carrier)]
    return not owner.on


def rides_of(memory: Memory) -> dict[str, Ride]:
    """Where vehicles are that are not parked in plain order."""
    world = memory.world
    keys = {event.who: event.key for kind in (CARRIED, CARRIER_FREE) for event in memory.events(kind)}
    moving = [v for v in range(len(world.vehicle)) if world.vehicle.phase[v] != PARKED]
    moving.sort(key=lambda v: (keys.get(v, 2**62), v))
    found = {memory.vehicle(v): _ride(memory, v) for v in moving}
    for carrier in world.carrier:
        parked = [*memory.chain(carrier.first_free, "next", "vehicle")]
        if parked != sorted(parked):
            found |= {memory.vehicle(v): Ride() for v in parked}
    return found


def _ride(memory: Memory, v: int) -> Ride:
    vehicle = memory.world.vehicle[v]
    carrier = memory.world.carrier[int(vehicle.carrier)]
    out = vehicle.phase == ON_WAY_OUT
    left = int(vehicle.left) if vehicle.down or vehicle.asking else int(vehicle.ends) - memory.now
    knows_the_way = out or carrier.return_law != NONE
    row_of_driver = len(memory.world.machine) + len(memory.world.mode) + v
    return Ride(
        way="out" if out else "back",
        elapsed=lasting(int(vehicle.whole) - left),
        remaining=None if knows_the_way and not memory.hidden else lasting(left),
        crews=memory.crews(row_of_driver),
    )
