"""What waits for what: steps of a lot for each other, lots for what they build in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from plantwright.compile.schedule.clock import ticks
from plantwright.compile.schedule.names import Gate, Supply
from plantwright.compile.schedule.steps import Step, is_places
from plantwright.model.flows import kit, thing
from plantwright.model.plant import Plant
from plantwright.model.ways import Pair, ways_between
from plantwright.problems.schedule import NONE

if TYPE_CHECKING:
    from plantwright.compile.schedule.lowering import Lowering

SHORT = "Of {item} {pieces:,} more are built in than there are on hand and in its orders: they are taken to be there."


def link(made: Lowering, number: int, mine: list[int]) -> None:
    """Arcs between the operations of a lot."""
    gates = [index for index in mine if isinstance(made.steps[index], Gate)]
    for route in made.lots[number].routes:
        chain = [(index, step) for index in mine if isinstance(step := made.steps[index], Step) and step.route == route]
        for (before, first), (after, second) in pairwise(chain):
            _follow(made, (before, first), (after, second), _way(made, first, second))
        for gate in gates:
            waiting = made.steps[gate]
            takes = [index for index, step in chain if waiting.item in step.operation.uses]
            for index in takes[:1]:
                made.draft.arc(gate, index, least=0)


def _follow(made: Lowering, one: tuple[int, Step], other: tuple[int, Step], way: int) -> None:
    """A step after the one before it: after all of its pieces, or after the first ones of them."""
    (before, first), (after, second) = one, other
    operation = second.operation
    least = max(way, 0 if operation.wait is None else ticks(operation.wait.base))
    most = NONE if operation.within is None else max(ticks(operation.within.base), least)
    overlap = made.lots[first.lot].overlap
    ovens = any(made.plant.stations[name].batch for step in (first, second) for name in step.operation.stations)
    if overlap is None or overlap >= min(first.pieces, second.pieces) or most != NONE or ovens:
        made.draft.arc(before, after, least=least, most=most)
    else:
        moved = overlap / first.pieces
        slowest = max(time for time in _times(made, before))
        fastest = min(time for time in _times(made, after))
        made.draft.arc(before, after, least=ticks(slowest * moved) + least, from_start=True)
        made.draft.arc(before, after, least=least - int(fastest * (1.0 - overlap / second.pieces)))
    made.draft.operations[before]["blocks"] = int(_blocks(made, before, second))


def _times(made: Lowering, operation: int) -> list[int]:
    row = made.draft.operations[operation]
    return [mode["time"] for mode in made.draft.modes[row["first_mode"] : row["first_mode"] + row["modes"]]]


def _blocks(made: Lowering, before: int, second: Step) -> bool:
    """Whether a finished lot stays on its machine until the next one takes it: there is no room before that one."""
    row = made.draft.operations[before]
    has_machine = made.draft.modes[row["first_mode"]]["machine"] != NONE
    stations = [made.plant.stations[name] for name in second.operation.stations]
    return has_machine and all(station.room == 0 and not is_places(station) for station in stations)


def travel_times(plant: Plant) -> dict[Pair, int]:
    """How long the ways between stations take. [tick]"""
    found = {}
    for pair, index in ways_between(plant).items():
        way = plant.travel[index]
        if way.conveyor is not None:
            belt = plant.conveyors[way.conveyor]
            found[pair] = ticks(belt.length.base / belt.speed.base)
        elif way.time is not None:
            found[pair] = ticks(way.time.mean)
    return found


def _way(made: Lowering, first: Step, second: Step) -> int:
    """The longest way from where a step may be done to where the next one may. [tick]"""
    pairs = ((start, end) for start in first.operation.stations for end in second.operation.stations)
    return max(made.travel.get(pair, 0) for pair in pairs)


def link_supplies(made: Lowering) -> None:
    """Lots that build in what other lots make wait for these: stock first, then by due date."""
    ordered = {lot.item for lot in made.lots}
    for item in dict.fromkeys(lot.item for lot in made.lots):
        wanting = [
            (index, step)
            for index, step in enumerate(made.steps)
            if isinstance(step, Step) and item in step.operation.uses and item in ordered
        ]
        if wanting:
            _peg(made, item, wanting)


def _peg(made: Lowering, item: str, wanting: list[tuple[int, Step]]) -> None:
    """Give stock and lots of an item to the operations that build it in, the earliest due first."""
    lots = sorted(
        (number for number, lot in enumerate(made.lots) if lot.item == item),
        key=lambda number: (min(made.lots[number].due, made.lots[number].deadline), number),
    )
    given: list[tuple[int, float]] = [
        (NONE, float(made.scheduling.stock.get(item, 0))),
        *((number, float(made.lots[number].pieces)) for number in lots),
    ]
    short = 0.0
    for index, step in sorted(wanting, key=lambda pair: (made.lots[pair[1].lot].due, pair[0])):
        wanted = kit(thing(made.plant, step.item), step.operation)[item] * step.pieces
        while wanted > 1e-9 and given:
            number, left = given[0]
            taken = min(wanted, left)
            wanted -= taken
            given[0] = (number, left - taken)
            if number != NONE and taken > 1e-9:
                _supply(made, item, number, index, taken)
            if given[0][1] <= 1e-9:
                given.pop(0)
        short += max(0.0, wanted)
    if short > 0.5:
        made.notes[SHORT.format(item=item, pieces=round(short))] = None


def _supply(made: Lowering, item: str, lot: int, taker: int, pieces: float) -> None:
    """An arc from the end of each route of a lot to the operation that builds its pieces in."""
    step = made.steps[taker]
    for route in made.lots[lot].routes:
        last = max(
            index for index in made.of_lot[lot] if isinstance(each := made.steps[index], Step) and each.route == route
        )
        giver = made.steps[last]
        way = _way(made, giver, step) if isinstance(giver, Step) and isinstance(step, Step) else 0
        arc = made.draft.arc(last, taker, least=way)
        made.supplies.append(Supply(item, lot, taker, pieces, arc))
