"""Starting: a free machine takes the next part, or batch, with its kit, its tools and its people."""

from __future__ import annotations

from plantwright.codes import EMPTY, FAMILY_FIRST, IDLE, SATURATED, STARTED
from tests.oracle import learning, move, plan, presence, queues, release, repairs, stocks, tools, transport, work
from tests.oracle.states import explain, settle_left


def free_machines(station):
    """Machines that could start, in the order in which they are used: longest idle first.

    Where there is one machine only and it needs nothing else, it may be loaded while it is down.
    """
    if not station.on:
        return []
    if station.idle_machines:
        return station.idle_machines
    only = station.machines[0]
    may = station.accepts_while_down and only.phase == EMPTY and not only.absent and only.maintenance_now == 0
    return [only] if may else []


def in_turn(station):
    """The same, but under same-family-first the one goes first that is set up for a family that waits."""
    free = list(free_machines(station))
    if station.rule == FAMILY_FIRST:
        waiting = {lane.family for lane in station.lanes if lane.parts}
        fitting = next((machine for machine in free if machine.family in waiting), None)
        if fitting is not None:
            free.remove(fitting)
            free.insert(0, fitting)
    return free


def can_take_now(run, station, operation, option, pieces):
    """Whether a machine could start such a part at once, nobody waiting or coming before it.

    Where people are needed, those come first who wait for people already.
    """
    if station.waiting > 0 or station.most_in_batch > 0 or 0 < station.coming >= len(station.idle_machines):
        return False
    for machine in free_machines(station):
        if not queues.is_qualified(machine, operation.item):
            continue
        if any(queues.needs_at_once(run, machine, operation)) and is_anybody_to_be_served(run):
            continue
        if not queues.obstacles(run, machine, operation, option, pieces):
            return True
    return False


def is_anybody_to_be_served(run):
    """Whether people who are free could begin a repair, go on with work, or drive: those go before new work."""
    return (
        any(repairs.choose_repairers(failure) is not None for failure in run.repairs_wanted)
        or any(work.may_run(machine) and work.choose_people(machine) is not None for machine in run.asking)
        or any(transport.could_drive(vehicle) for carrier in run.plant.carriers for vehicle in carrier.vehicles)
    )


# Starting something


def start_one(run):
    """The first station in the order of the document that can starts something: True when one did."""
    for station in run.plant.stations:
        started = try_start(run, station)
        settle_left(run, station)
        if started:
            return True
    return False


def try_start(run, station):
    """Start one machine of a station if it can be: True when something started.

    If nothing can, the reason is said: the one said before as long as it holds, else the first that holds.
    """
    free = in_turn(station)
    if not free:
        return False
    kept = set()
    for machine in free:
        lane, found = queues.choose(run, machine)
        if lane is not None:
            start_from(run, machine, lane)
            explain(run, station, IDLE)
            return True
        kept |= found
        source, found = choose_source(run, machine)
        if source is not None:
            start_saturated(run, machine, source)
            explain(run, station, IDLE)
            return True
        kept |= found
    if station.reason not in kept:
        explain(run, station, gravest(kept))
    return False


def gravest(reasons):
    """Of several reasons the first by precedence; a batch that is not full goes before nothing to do."""
    return min(reasons - {IDLE}, default=IDLE)


def start_from(run, machine, lane):
    """A machine takes the first part of a lane, or as many of its parts as an oven holds."""
    station = machine.station
    first = lane.parts.pop(0)
    load(run, machine, first)
    pieces = first.pieces
    while station.most_in_batch > 0 and lane.parts and fits(lane.parts[0], station.most_in_batch - pieces):
        part = lane.parts.pop(0)
        load(run, machine, part)
        pieces += part.pieces
    begin(run, machine, first.operation)


def fits(part, places):
    """Whether a part fits into an oven with so many places left, its kit being there."""
    return part.pieces <= places and stocks.kit_is_there(part.operation, part.option, part.pieces)


def load(run, machine, part):
    """Put a part on a machine with its kit, behind what is on it already."""
    part.machine = machine
    part.comes_from = machine.station
    machine.parts.append(part)
    run.note(STARTED, part=part, who=machine.number, what=part.operation.number, value=part.pieces)
    stocks.take_kit(run, part)


def begin(run, machine, operation):
    """The loaded machine begins an operation."""
    if queues.looks_ahead(machine.station, operation):
        move.keep_place(run, machine, operation.next, queues.place_after(run, machine, operation))
    presence.leave_idle(machine)
    plan.take_turn(operation)
    machine.operation = operation
    operation.starts += 1
    machine.start_number = operation.starts
    machine.starts += 1
    learning.practise(operation)
    phase = work.first_phase(run, machine, operation)
    if work.setup_of(machine, operation) is None:
        machine.family = operation.family
    machine.mounting = 0
    tools.take(run, machine, operation)
    work.enter_phase(run, machine, phase)


# Saturated releases: a part enters at the instant a machine can start it


def choose_source(run, machine):
    """A saturated release whose next part this machine can start, or None; and what keeps it from others."""
    kept = set()
    for source in run.plant.releases:
        stations = [station for station, _ in source.operation.places]
        if source.kind != SATURATED or machine.station not in stations:
            continue
        if source.in_process >= source.cap or not queues.is_qualified(machine, source.item):
            continue
        option = release.option_of_next(run, source)
        found = queues.obstacles(run, machine, source.operation, option, source.pieces)
        if not found:
            return source, kept
        kept |= found
    return None, kept


def start_saturated(run, machine, source):
    """A part enters on the machine, or as many as its oven holds."""
    pieces = 0
    while True:
        part = release.create(run, source, run.now)
        load(run, machine, part)
        pieces += source.pieces
        if pieces + source.pieces > machine.station.most_in_batch or source.in_process >= source.cap:
            break
        option = release.option_of_next(run, source)
        if not stocks.kit_is_there(source.operation, option, source.pieces):
            break
    begin(run, machine, source.operation)
