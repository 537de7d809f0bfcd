"""What must hold in every world that a run leaves behind, whatever the plant: looked up part by part."""

from collections import Counter

from plantwright.codes import (
    BUSY,
    EMPTY,
    FINISHED,
    IDLE,
    NEVER_SHORT,
    NONE,
    OFF,
    ON_WAY_OUT,
    PARKED,
    SETUP,
    STATES,
    TOOL_AWAY,
    TOOL_HELD,
    TOOL_READY,
    WAIT_BATCH,
)
from plantwright.engine.conserve import state_totals, vehicle_totals


def chain(world, first, link="next"):
    """Parts of a list, from its first one on."""
    column = world.part[link]
    found = []
    while first != NONE:
        found.append(int(first))
        first = column[first]
    assert len(found) == len(set(found)), "a list of parts bites its own tail"
    return found


def family(world, p):
    """A part and everything built into it."""
    found = [p]
    for child in chain(world, world.part[p].child, "sibling"):
        found += family(world, child)
    return found


def in_process(world):
    """Parts that are neither free, nor on a shelf, nor built into another."""
    away = set(chain(world, world.clock.free_part[0]))
    assert len(away) == world.clock.free_parts[0]
    for item in world.item:
        for p in chain(world, item.first_serial):
            away.update(family(world, p))
    rest = set(range(len(world.part))) - away
    children = {child for p in rest for child in chain(world, world.part[p].child, "sibling")}
    return sorted(rest - children)


def queues_hold_what_they_count(world):
    """Lanes and stations count the parts in their lists, and waits add up to the queue's integral (Little's law)."""
    for s, station in enumerate(world.station):
        waiting = []
        for lane in world.lane[station.first_lane : station.first_lane + station.lanes]:
            parts = chain(world, lane.first)
            assert lane.count == len(parts)
            assert lane.pieces == sum(world.part[p].pieces for p in parts)
            waiting += parts
        assert station.waiting == len(waiting)
        assert station.inbound >= 0
        now = int(world.clock.now[0])
        waited = sum(now - int(world.part[p].entered) for p in waiting)
        area = int(station.queue_area) + int(station.waiting) * now
        assert area == int(station.wait_sum) + waited, f"Little at station {s}"


def rooms_hold_what_fits(world):
    """No queue holds more parts than it has room for (those under way to an idle machine may find it taken)."""
    has_ways = len(world.route) > 1
    for station in world.station:
        if not has_ways:
            assert station.waiting <= station.room


def parts_are_where_machines_think(world, live):
    """Machines carry the parts that say so; work in process is the sum of pieces."""
    loads = Counter(int(world.part[p].machine) for p in live if world.part[p].machine != NONE)
    for m, machine in enumerate(world.machine):
        assert machine.load == loads[m], f"machine {m}"
        assert (machine.load == 0) == (machine.phase == EMPTY)
        assert machine.down >= machine.planned >= 0
        assert (machine.due_stops > 0) <= (machine.phase != EMPTY or machine.down > 0), "maintenance waits for nothing"
    pieces, contents = Counter(), Counter()
    for p in live:
        pieces[int(world.part[p].item_)] += int(world.part[p].pieces)
        contents[int(world.part[p].item_)] += int(world.part[p].contents)
    for i, item in enumerate(world.item):
        assert item.wip == pieces[i]
        assert item.contents == contents[i]
        assert item.stock >= 0 or item.policy == NEVER_SHORT
        assert item.backlog >= 0
        assert min(item.stock, item.backlog) == 0, "a customer waits before a full shelf"


def people_and_tools_add_up(world):
    """Nobody is held twice, and everybody held is noted where he is held."""
    held = Counter()
    for m, machine in enumerate(world.machine):
        busy = machine.phase not in (EMPTY, FINISHED)
        assert busy or (world.held[m] == NONE).all()
    for row in world.held:
        held.update(int(c) for c in row if c != NONE)
    for c, crew in enumerate(world.crew):
        assert crew.held >= 0
        assert (crew.held > 0) == (held[c] > 0)
    for tool in world.tool:
        units = world.unit[tool.first_unit : tool.first_unit + tool.units]
        states = Counter(units.state.tolist())
        assert (tool.free, tool.held, tool.away) == (states[TOOL_READY], states[TOOL_HELD], states[TOOL_AWAY])
        assert tool.number in (0, tool.units)
        assert tool.free == 0 or tool.number > 0, "a tool lies there that has left"
        ready, u = [], tool.first_free
        while u != NONE:
            ready.append(int(u))
            u = world.unit[u].next
        assert sorted(ready) == [u for u, unit in enumerate(world.unit) if unit.state == TOOL_READY and u in ready]
        assert len(ready) == tool.free
    for m, machine in enumerate(world.machine):
        held, u = Counter(), machine.first_unit
        while u != NONE:
            assert (world.unit[u].state, world.unit[u].machine) == (TOOL_HELD, m)
            held[int(world.unit[u].tool)] += 1
            u = world.unit[u].next
        op = world.operation[machine.operation]
        working = machine.phase not in (EMPTY, FINISHED)
        needs = world.tool_need[op.first_tool : op.first_tool + op.tools] if working and op.tools else ()
        assert held == {int(need.tool): int(need.number) for need in needs}


def states_fill_the_time(world):
    """Machine states are what the machines do, and sum to the time elapsed."""
    totals = state_totals(world)
    assert (totals >= 0).all()
    assert (totals.sum(axis=1) == world.station.machines * int(world.clock.now[0])).all()
    for machine in world.machine:
        station = world.station[machine.station]
        assert machine.state in range(STATES)
        assert (machine.state in (BUSY, SETUP)) == (machine.running != 0)
        assert (machine.state == OFF) == (machine.absent != 0 or (station.on == 0 and machine.running == 0))
        assert station.idle_state in range(STATES) or station.idle_state == WAIT_BATCH
    for s, station in enumerate(world.station):
        idle = [m for m in world.machine if m.station == s and m.state == IDLE]
        assert station.idle == len(idle)
        assert station.here == sum(m.absent == 0 for m in world.machine if m.station == s)


def blocked_parts_have_reason(world):
    """Where there is room, nobody waits for it, but for a machine that is locked."""
    for s, station in enumerate(world.station):
        blocked = chain(world, station.first_blocked)
        assert not blocked or blocked[-1] == station.last_blocked
        assert blocked == sorted(blocked, key=lambda p: world.part[p].blocked)
        if station.waiting + station.inbound < station.room:
            assert all(is_locked(world, p) for p in blocked), f"parts wait for room at station {s}, where there is some"
    for item in world.item:
        free = item.room - item.stock
        first = next((p for p in chain(world, item.first_blocked) if not is_locked(world, p)), NONE)
        assert first == NONE or world.part[first].pieces > free


def is_locked(world, p):
    """Whether a part sits on a machine that is down and hands nothing over."""
    m = world.part[p].machine
    return m != NONE and world.machine[m].down > 0 and world.station[world.machine[m].station].locked != 0


def conveyors_hold_what_they_count(world, live):
    """Parts on a conveyor are those in its list, a gap apart, and whoever waits for it finds no place."""
    now = int(world.clock.now[0])
    on = Counter()
    for c, belt in enumerate(world.conveyor):
        parts = chain(world, belt.first, "mate")
        assert [int(world.part[p].conveyor) for p in parts] == [c] * len(parts)
        on.update(parts)
        assert belt.count == len(parts)
        assert belt.kept >= 0
        assert belt.count + belt.kept <= belt.room
        due = [int(world.part[p].entered) for p in parts]
        assert all(after - before >= belt.gap for before, after in zip(due, due[1:], strict=False))
        assert belt.last == (parts[-1] if parts else NONE)
        queued = chain(world, belt.first_blocked)
        assert belt.queued == len(queued)
        if now >= belt.begin_free and belt.count + belt.kept < belt.room:
            assert all(is_locked(world, p) for p in queued), f"parts wait for a place on conveyor {c} that there is"
    assert {p for p in live if world.part[p].conveyor != NONE} == set(on)


def carriers_carry_what_they_hold(world, live):
    """Vehicles are where their lists say, have their drivers, and none is free while a part waits for it."""
    aboard = Counter()
    for v, vehicle in enumerate(world.vehicle):
        carrier = world.carrier[vehicle.carrier]
        parts = chain(world, vehicle.aboard, "mate")
        aboard.update(parts)
        assert (len(parts) > 0) == (vehicle.phase == ON_WAY_OUT)
        assert len(parts) <= carrier.load
        assert len({int(world.choice[world.part[p].choice].station) for p in parts}) <= 1
        driven = vehicle.phase != PARKED and vehicle.down == 0 and vehicle.asking == 0
        held = world.held[len(world.machine) + len(world.mode) + v]
        assert (held != NONE).sum() == (carrier.needs if driven else 0)
    for c, carrier in enumerate(world.carrier):
        free, v = [], carrier.first_free
        while v != NONE:
            free.append(int(v))
            v = world.vehicle[v].next
        up = [v for v, ve in enumerate(world.vehicle) if ve.carrier == c and ve.phase == PARKED and ve.down == 0]
        assert sorted(free) == up
        assert carrier.free == len(free)
        reason = carrier.on == 0 or (carrier.needs > 0 and world.clock.drivers_wanted[0] != 0)
        assert carrier.free == 0 or carrier.first == NONE or reason, "a part waits for a carrier that is free"
    totals = vehicle_totals(world)
    assert (totals >= 0).all()
    assert (totals.sum(axis=1) == world.carrier.number * int(world.clock.now[0])).all()


def audit(outcome):
    """All of it."""
    world = outcome.world
    queues_hold_what_they_count(world)
    rooms_hold_what_fits(world)
    live = in_process(world)
    parts_are_where_machines_think(world, live)
    conveyors_hold_what_they_count(world, live)
    carriers_carry_what_they_hold(world, live)
    people_and_tools_add_up(world)
    states_fill_the_time(world)
    blocked_parts_have_reason(world)
