"""Moving (mechanism 2): a part passes to its next operation, waits where it is until it can, or leaves the plant."""

from __future__ import annotations

from plantwright.codes import (
    BLOCKED_BY,
    BY_MIX,
    DONE,
    DRAW_SAMPLE,
    EMPTY,
    NONE,
    PLANNED,
    PULLED,
    SAMPLE_END,
    SCRAPPED,
    SHELVED,
)
from tests.oracle import conveyors, plan, presence, queues, release, start, stocks, transport
from tests.oracle.plant import Conveyor, Item, Operation, Station
from tests.oracle.states import settle_left

LONG_WAY = 2**30
"""Parts by which the queue of a station off shift looks longer."""
NO_ROOM = 2**40
"""The same, of a station without room."""
NOBODY = 2**41
"""The same, of a station that has no machine yet, or none any more."""

# Where to


def send(run, part, goal):
    """Send a part where its operation's outcome sends it."""
    if goal == SAMPLE_END:
        judge_lot(run, part)
    else:
        pass_on(run, part, goal)


def pass_on(run, part, goal):
    if isinstance(goal, Operation):
        send_to_operation(run, part, goal)
    elif goal == DONE:
        finish(run, part)
    else:
        come_off(run, part)
        scrap(run, part)


def send_to_operation(run, part, operation):
    """Pass a part to an operation, or let it wait for that."""
    part.operation = operation
    if passes_to_kept_place(run, part):
        return
    part.place = choose_place(run, part)
    belt = conveyors.between(run, part.comes_from, part.place[0])
    pass_or_wait(run, part, belt or part.place[0])


def pass_or_wait(run, part, target):
    """Let a part pass to the station it has chosen; where it cannot, it waits for that, or for the conveyor there."""
    if is_anybody_before(run, target) or not can_pass(run, part, part.place[0]):
        wait_for(run, part, target)
    else:
        enter(run, part, part.place)


def keep_place(run, machine, operation, place):
    """Keep a place for what a machine begins: on the conveyor there, else at the station."""
    machine.kept_for, machine.kept_place = operation, place
    belt = conveyors.between(run, machine.station, place[0])
    if belt:
        belt.kept += 1
    else:
        place[0].coming += 1


def give_up_place(run, machine):
    """The place that a machine kept, if any, is free again."""
    if machine.kept_place is None:
        return
    belt = conveyors.between(run, machine.station, machine.kept_place[0])
    if belt:
        belt.kept -= 1
    else:
        machine.kept_place[0].coming -= 1
    machine.kept_for = machine.kept_place = None


def passes_to_kept_place(run, part):
    """A part whose next place was kept before its service goes there: True when it did."""
    if part.machine is None or part.machine.kept_for is not part.operation:
        return False
    place = part.machine.kept_place
    give_up_place(run, part.machine)
    if not can_pass(run, part, place[0]):
        return False
    enter(run, part, place)
    return True


def choose_place(run, part):
    """The first station that can take the part now, else the shortest queue that has room, else the shortest."""
    operation = part.operation
    if len(operation.places) == 1:
        return operation.places[0]
    for place in operation.places:
        if start.can_take_now(run, place[0], operation, part.option, part.pieces):
            return place

    def length(place):
        has_no_room = not queues.has_room(place[0]) or is_anybody_before(run, place[0])
        return queue_length(place[0]) + (NO_ROOM if has_no_room else 0)

    return min(operation.places, key=length)


def queue_length(station):
    """Length of a queue as a part with a choice sees it: per machine, and long while the station is off shift."""
    if presence.number_here(station) == 0:
        return NOBODY
    length = (station.waiting + station.coming) * 1024 // presence.number_here(station)
    return length if station.on else length + LONG_WAY


def is_anybody_before(run, target):
    """Whether somebody waits for a station or shelf already: nobody overtakes him."""
    return any(part.waits_for is target for part in run.blocked)


# Passing, and waiting for it


def can_pass(run, part, station):
    """Whether a part can leave for a station now: there is room, or a machine takes it at once."""
    way = transport.way_to(run, part, station)
    if way is not None:
        return conveyors.can_get_on(run, way.conveyor) if way.conveyor else queues.has_place(station)
    return queues.has_room(station) or start.can_take_now(run, station, part.operation, part.option, part.pieces)


def enter(run, part, place):
    """A part passes to a station; where there is no room it is on a machine at once."""
    station = place[0]
    part.place = place
    way = transport.way_to(run, part, station)
    if way is not None and way.conveyor:
        conveyors.get_on(run, part, way)
        return
    if way is not None:
        station.coming += 1
        transport.set_out(run, part, way)
        return
    has_room = queues.has_room(station)
    come_off(run, part)
    queues.join(run, part, place)
    if not has_room:
        start.try_start(run, station)


def wait_for(run, part, target):
    """A part that cannot pass waits where it is, behind all who wait already.

    In the trace targets are numbered: stations, then shelves, then conveyors.
    """
    number = target.number
    if not isinstance(target, Station):
        number += len(run.plant.stations)
    if isinstance(target, Conveyor):
        number += len(run.plant.items)
    operation = NONE if isinstance(target, Item) else part.operation.number
    run.note(BLOCKED_BY, part=part, who=number, what=operation, value=part.pieces)
    part.waits_for = target
    run.blocked.append(part)


def is_locked(part):
    """Whether a finished part sits on a machine that is down and hands nothing over."""
    machine = part.machine
    return machine is not None and machine.stops_now > 0 and machine.station.locked


def move_blocked(run):
    """Let one blocked part pass, the first blocked of those that can: True when one did.

    Before each station, conveyor and shelf only the part blocked first is looked at; a part that may go to several
    stations takes the one that its operation prefers.
    """
    seen = set()
    for part in run.blocked:
        if is_locked(part) or plan.holds_up(part):
            continue
        for target, place in ways_on(run, part):
            if target in seen:
                continue
            if place is None and has_shelf_room(part):
                stop_waiting(run, part)
                shelve(run, part)
                return True
            if place is not None and can_pass(run, part, place[0]):
                stop_waiting(run, part)
                enter(run, part, place)
                return True
        seen.update(target for target, _ in ways_on(run, part))
    return False


def ways_on(run, part):
    """Where a blocked part may go from where it is: targets, with the place where it joins the queue."""
    if isinstance(part.waits_for, Item):
        return [(part.waits_for, None)]
    if isinstance(part.waits_for, Conveyor):
        return [(part.waits_for, part.place)]
    return [
        (place[0], place)
        for place in part.operation.places
        if conveyors.between(run, part.comes_from, place[0]) is part.conveyor
    ]


def stop_waiting(run, part):
    part.waits_for = None
    run.blocked.remove(part)


def come_off(run, part):
    """A part leaves the machine or conveyor it is on, if any; the last one leaves a machine free."""
    machine = part.machine
    if part.conveyor:
        conveyors.get_off(run, part)
    if machine is None:
        return
    part.machine = None
    machine.parts.remove(part)
    if machine.parts:
        return
    give_up_place(run, machine)
    machine.phase = EMPTY
    if machine.stops_now == 0:
        presence.join_idle(run, machine)
    settle_left(run, machine.station)
    machine.station.left = machine


# The end of the way


def has_shelf_room(part):
    return part.item.stock + part.pieces <= part.item.room


def finish(run, part):
    """The end of the route: to the shelf, or the part waits until the shelf has room."""
    if is_anybody_before(run, part.item) or not has_shelf_room(part):
        wait_for(run, part, part.item)
    else:
        shelve(run, part)


def shelve(run, part):
    come_off(run, part)
    run.note(SHELVED, part=part, who=part.item.number, value=part.pieces)
    part.item.release.in_process -= 1
    if part.item.serial:
        part.item.serial_parts.append(part)
    stocks.put_on(run, part.item, part.pieces)


def scrap(run, part):
    """A part is scrapped, a sample with the lot that waits for it; what was called for is called for again."""
    lot, part.lot = part.lot, []
    for each in [part, *lot]:
        run.note(SCRAPPED, part=each, who=each.item.number, value=each.pieces)
        call_again(each)


def call_again(part):
    source = part.item.release
    source.in_process -= 1
    if source.kind == PULLED:
        source.pending += part.pieces
    elif source.kind == PLANNED:
        plan.count_parts(part, -1)
    elif source.launcher is not None and source.launcher.kind == BY_MIX:
        release.undo_launch(source, part.pieces)
    elif source.launcher is not None:
        source.again_due = min(source.again_due, part.due) if source.again > 0 else part.due
        source.again += part.pieces


# Lots


def judge_lot(run, sample):
    """The laboratory's result: the lot goes on, the sample last, or each part goes where failed lots go."""
    sampled = sample.operation.sampled
    sampled.samples += 1
    if sampled.sample_good < 1.0:
        u = run.draws.uniform(DRAW_SAMPLE, sampled.number, sampled.samples)
        if u >= sampled.sample_good:
            fail_lot(run, sample)
            pass_on(run, sample, way_of_failed(sample, sample.operation))
            return
    lot, sample.lot = sample.lot, []
    let_lot_go(run, lot, sample, sampled.next)


def fail_lot(run, sample):
    """The lot that waits for a sample, if any, has failed: its parts go their ways; the sample stays."""
    lot, sample.lot = sample.lot, []
    for part in lot:
        pass_on(run, part, way_of_failed(part, sample.operation))


def way_of_failed(part, laboratory):
    """Where a part of a failed lot goes: back, as often as its cap on tries allows, then past it."""
    sampled = laboratory.sampled
    tries = count_try(part, laboratory)
    return sampled.sample_past if 0 < sampled.sample_tries < tries else sampled.sample_otherwise


def count_try(part, judge):
    """How often in a row a part has now been rejected by an operation, or its lot by a laboratory."""
    part.tries = part.tries + 1 if part.tried is judge else 1
    part.tried = judge
    return part.tries


def let_lot_go(run, lot, last, goal):
    """Parts held aside go on, and last the one that is still on its machine."""
    for part in [*lot, last]:
        send(run, part, goal)
