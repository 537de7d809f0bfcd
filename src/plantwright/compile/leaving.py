"""A world at rest, lifted into a state in names.

Written down is what people in the plant could know. What only the simulator knows (how long something will still take,
defects that nobody has found) is left out unless it is asked for; whoever begins from the state draws it anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from plantwright.arrays import World
from plantwright.codes import ARRIVAL, ARRIVALS, DELIVERY, LAUNCHED, NEVER_SHORT, NONE, ORDER, TOOL_FREE
from plantwright.compile.lowering import lower
from plantwright.compile.memory import Memory, lasting
from plantwright.compile.problem import Problem
from plantwright.compile.tracking import parts_of
from plantwright.compile.wearing import conditions_of, failures_of, rides_of
from plantwright.model.plant import Plant
from plantwright.model.state import Called, Delivery, Since, State, Tooling
from plantwright.units import TICKS_PER_SECOND


def lift_state(plant: Plant, problem: Problem, world: World, *, hidden: bool = False) -> State:
    """The state of a plant in the middle or at the end of a run.

    Parameters
    ----------
    plant
        The plant that was lowered.
    problem
        What ``lower`` made of it.
    world
        The world of a run between two steps, everything that can move having moved.
    hidden
        Write down what nobody in the plant could know, too: all remaining times, and defects not found.

    Returns
    -------
    State
        From which a run goes on like this one; where nothing is random, with the same events.
    """
    memory = Memory(plant, problem, world, hidden=hidden)
    state = State(
        plant=plant.name,
        at=memory.moment(memory.now),
        parts=parts_of(memory),
        stocks=_levels(memory, "stock"),
        backlogs={name: pieces for name, pieces in _levels(memory, "backlog").items() if pieces},
        deliveries=_deliveries(memory),
        machines=conditions_of(memory),
        vehicles=rides_of(memory),
        failures=failures_of(memory),
        tools=_tools(memory),
        arrivals=_arrivals(memory),
        customers=_customers(memory),
        overtime=_overtime(memory),
        practice=_practice(memory),
        mix=_mix(memory),
        offers=_offers(memory),
    )
    return state.model_copy(update={"orders": _orders(memory, state)})


def _levels(memory: Memory, column: str) -> dict[str, int]:
    """Pieces of every item, but of what is never short."""
    item = memory.world.item
    levels = zip(memory.names.items, item[column].tolist(), item.policy.tolist(), strict=True)
    return {name: pieces for name, pieces, policy in levels if policy != NEVER_SHORT}


def _deliveries(memory: Memory) -> tuple[Delivery, ...]:
    events = memory.events(DELIVERY)
    names = memory.names.items
    return tuple(Delivery(item=names[event.who], pieces=event.epoch, due=memory.moment(event.time)) for event in events)


def _offers(memory: Memory) -> dict[str, Any]:
    """The last delivery agreed with each offer whose capacity counts."""
    offer = memory.world.offer
    rows = zip(memory.names.offers, offer.last_delivery.tolist(), offer.gap.tolist(), strict=True)
    return {name: memory.moment(last) for name, last, gap in rows if last and gap}


def _tools(memory: Memory) -> dict[str, Tooling]:
    """Tools that are not as new: held ones, those away as they come back, free ones where order or place counts."""
    world = memory.world
    held = [u for m in world.machine for u in reversed([*memory.chain(m.first_unit, "next", "unit")])]
    away = {event.who: event.time for event in memory.events(TOOL_FREE)}
    free = [u for tool in world.tool for u in _free_worth_telling(memory, tool)]
    found = {memory.unit(u): _tooling(memory, u) for u in held}
    found |= {memory.unit(u): _tooling(memory, u, away=lasting(back - memory.now)) for u, back in away.items()}
    return found | {memory.unit(u): _tooling(memory, u) for u in free}


def _free_worth_telling(memory: Memory, tool: Any) -> list[int]:
    """Free units of a tool in their order, unless they are in plain order, unused and on no machine."""
    free = [*memory.chain(tool.first_free, "next", "unit")]
    plain = free == sorted(free) and all(_tooling(memory, u) == Tooling() for u in free)
    return [] if plain and len(free) == tool.units else free


def _tooling(memory: Memory, u: int, **told: Any) -> Tooling:
    unit = memory.world.unit[u]
    machine = int(unit.machine)
    if machine != NONE and unit.mounting == memory.world.machine.mountings[machine]:
        told["machine"] = memory.names.machines[machine]
    return Tooling(uses=int(unit.uses), **told)


def _arrivals(memory: Memory) -> dict[str, Since]:
    releases = memory.world.release
    coming = [r for r in range(len(releases)) if releases.kind[r] == ARRIVALS and not releases.standing[r]]
    coming.sort(key=_turns(memory, ARRIVAL))
    return {memory.names.releases[r]: _since(memory, releases[r]) for r in coming}


def _customers(memory: Memory) -> dict[str, Since]:
    demands = memory.world.demand
    ordering = sorted(np.flatnonzero(demands.law != NONE).tolist(), key=_turns(memory, ORDER))
    return {memory.names.demands[d]: _since(memory, demands[d]) for d in ordering}


def _turns(memory: Memory, kind: int) -> Callable[[int], int]:
    """Whose event of a kind comes first; of those at one instant, whose was known first."""
    turn = {event.who: place for place, event in enumerate(memory.events(kind))}
    return lambda who: turn.get(who, len(turn))


def _since(memory: Memory, recurring: Any) -> Since:
    left = int(recurring.due) - memory.now
    return Since(elapsed=lasting(int(recurring.whole) - left), remaining=lasting(left) if memory.hidden else None)


def _overtime(memory: Memory) -> dict[str, Any]:
    """Calendars that are on where they are written to be off, and until when."""
    found = {}
    for name, calendar in zip(memory.names.calendars, memory.world.calendar, strict=True):
        first = int(calendar.first_change)
        changes = memory.world.link[first : first + int(calendar.changes)]
        if calendar.extended or calendar.next_change != (changes <= memory.now).sum():
            found[name] = memory.moment(calendar.turns)
    return found


def _practice(memory: Memory) -> dict[str, int]:
    """How often what is learned has been exercised, where it has been since the beginning."""
    curves = zip(memory.names.curves, memory.world.learning, strict=True)
    return {name: int(curve.start) + int(curve.count) for name, curve in curves if curve.count}


def _mix(memory: Memory) -> dict[str, float]:
    releases = zip(memory.names.releases, memory.world.release.credit.tolist(), strict=True)
    return {name: credit for name, credit in releases if credit}


def _orders(memory: Memory, state: State) -> tuple[Called, ...]:
    """What is called for and not begun, of items of which it does not follow from the rest of the state."""
    problem = memory.problem
    until_s = problem.until / TICKS_PER_SECOND
    again = lower(memory.plant, mode=problem.mode, until_s=until_s, conwip=dict(problem.conwip), state=state)
    follows = dict(zip(again.names.releases, range(len(again.names.releases)), strict=True))
    found: list[Called] = []
    for r, name in enumerate(problem.names.releases):
        release = memory.world.release[r]
        if name not in follows:
            continue
        there = again.world.release[follows[name]]
        if release.kind == LAUNCHED and release.openings:
            if _to_make(memory.world, r, memory.now) != _to_make(again.world, follows[name], memory.now):
                found += _open(memory, r, name)
        elif (release.pending, release.again) != (there.pending, there.again):
            found += _called(name, int(release.pending), int(release.again), outside=release.kind == ARRIVALS)
    return tuple(found)


def _called(name: str, pending: int, again: int, *, outside: bool) -> list[Called]:
    orders = [Called(item=name, pieces=again)] if again else []
    return orders + ([Called(item=name, pieces=pending, complete=outside)] if pending else [])


def _to_make(world: World, r: int, now: int) -> list[tuple[int, int, int]]:
    """Openings that are left of a release: from when, due, pieces."""
    release = world.release[r]
    first = int(release.first_opening)
    openings = world.opening[first + int(release.opened) : first + int(release.openings)]
    rows = [(int(row.time), int(row.due), int(row.pieces)) for row in openings]
    if rows and release.taken:
        rows[0] = (rows[0][0], rows[0][1], rows[0][2] - int(release.taken))
    again = [(now, int(release.again_due), int(release.again))] if release.again > 0 else []
    return again + [(max(now, time), due, pieces) for time, due, pieces in rows]


def _open(memory: Memory, r: int, name: str) -> list[Called]:
    """Openings that are open now."""
    left = [(due, pieces) for time, due, pieces in _to_make(memory.world, r, memory.now) if time <= memory.now]
    return [Called(item=name, pieces=pieces, due=memory.moment(due)) for due, pieces in left]
