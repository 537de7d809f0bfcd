"""Parts in process, lifted: where each of them is, in the order that counts there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby
from typing import Any

from plantwright.codes import ARRIVE, CONVEYED, EMPTY, FINISHED, NONE
from plantwright.compile.memory import Memory
from plantwright.compile.options import combinations
from plantwright.model.product import Item, Product
from plantwright.model.state import DONE, Part


def parts_of(memory: Memory) -> tuple[Part, ...]:
    """All parts in process; neighbours that are alike are one entry."""
    found = chain(_waiting(memory), _in_work(memory), _blocked(memory), _under_way(memory), _held(memory))
    return _counted(found)


def _counted(parts: Iterator[Part]) -> tuple[Part, ...]:
    return tuple(part.model_copy(update={"count": len([*alike])}) for part, alike in groupby(parts))


def _waiting(memory: Memory) -> Iterator[Part]:
    """Parts in queues, as they came."""
    lanes = chain.from_iterable(memory.chain(first) for first in memory.world.lane.first)
    for p in sorted(lanes, key=lambda p: int(memory.world.part.order[p])):
        part = memory.world.part[p]
        yield _part(memory, p, status="waiting", station=_goal(memory, part), since=memory.moment(part.entered))


def _in_work(memory: Memory) -> Iterator[Part]:
    """Parts on machines that are at work, as they were put on."""
    for machine in memory.world.machine:
        if machine.phase not in (EMPTY, FINISHED):
            for p in memory.chain(machine.part, "mate"):
                yield _part(memory, p, status="in-work")


def _blocked(memory: Memory) -> Iterator[Part]:
    """Parts that cannot go on, first blocked first."""
    world = memory.world
    firsts = chain(world.station.first_blocked, world.item.first_blocked, world.conveyor.first_blocked)
    parts = chain.from_iterable(memory.chain(first) for first in firsts)
    for c, carrier in enumerate(world.carrier):
        for p in memory.chain(carrier.first):
            goal = _goal(memory, world.part[p])
            yield _part(memory, p, status="blocked", station=goal, carrier=memory.names.carriers[c])
    done = {p for first in world.item.first_blocked for p in memory.chain(first)}
    for p in sorted(parts, key=lambda p: int(world.part.blocked[p])):
        if p in done:
            yield _part(memory, p, status="blocked", op=DONE)
        else:
            yield _part(memory, p, status="blocked", station=_goal(memory, world.part[p]))


def _under_way(memory: Memory) -> Iterator[Part]:
    """Parts on their way, as they arrive; then those on vehicles and conveyors, the foremost first."""
    for v, vehicle in enumerate(memory.world.vehicle):
        for p in memory.chain(vehicle.aboard, "mate"):
            goal = _goal(memory, memory.world.part[p])
            yield _part(memory, p, status="under-way", station=goal, vehicle=memory.vehicle(v))
    for event in memory.events(ARRIVE):
        for p in memory.chain(event.who, "mate"):
            yield _on_way(memory, p, event.time)
    ends = {event.who: event.time for event in memory.events(CONVEYED)}
    for c, belt in enumerate(memory.world.conveyor):
        for place, p in enumerate(memory.chain(belt.first, "mate")):
            if place == 0 and belt.stands:
                continue  # it is blocked at the end
            arrives = max(int(memory.world.part.entered[p]), memory.now)  # it may stand behind others
            yield _on_way(memory, p, ends.get(c, arrives) if place == 0 else arrives)


def _on_way(memory: Memory, p: int, arrives: int) -> Part:
    goal = _goal(memory, memory.world.part[p])
    return _part(memory, p, status="under-way", station=goal, arrives=memory.moment(arrives))


def _held(memory: Memory) -> Iterator[Part]:
    """Parts that wait until their lot is full."""
    for first in memory.world.operation.held_first:
        for p in memory.chain(first):
            yield _part(memory, p, status="held")


def _goal(memory: Memory, part: Any) -> str:
    return memory.names.stations[int(memory.world.choice.station[int(part.choice)])]


def _part(memory: Memory, p: int, **told: Any) -> Part:
    """The record of a part, with the lot that waits for it."""
    world, names = memory.world, memory.names
    part = world.part[p]
    item = names.items[int(part.item_)]
    thing = memory.plant.items.get(item) or memory.plant.products[item]
    operation = int(part.operation)
    owner = int(world.operation.owner[operation])
    told = {"op": names.operations[operation][1], **told}
    if part.machine != NONE:
        told["machine"] = names.machines[int(part.machine)]
    elif part.origin != NONE and told["status"] != "waiting":
        told["from_"] = names.stations[int(part.origin)]
    if part.conveyor != NONE:
        told["conveyor"] = names.conveyors[int(part.conveyor)]
    if owner != NONE and told["op"] != DONE:
        told["sample_of"] = names.operations[owner][1]
    if part.pieces != thing.moves_as:
        told["pieces"] = int(part.pieces)
    if part.due != part.born:
        told["due"] = memory.moment(part.due)
    if part.tried != NONE and part.tries:
        told |= {"tries": int(part.tries), "tried": names.operations[int(part.tried)][1]}
    if memory.hidden:
        told["defects"] = int(part.defects)
    if part.held != NONE:
        told["lot"] = _counted(_part(memory, q, status="held") for q in memory.chain(part.held))
    return Part(item=item, entered=memory.moment(part.born), options=_options(thing, int(part.option)), **told)


def _options(thing: Item | Product, index: int) -> dict[str, str]:
    """The options of a unit by name."""
    if not isinstance(thing, Product) or not thing.options:
        return {}
    return dict(zip(thing.options, combinations(thing)[index], strict=True))
