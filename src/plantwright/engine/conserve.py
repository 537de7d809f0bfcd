"""Conservation, checked after every run: what came in is out, scrapped or inside, and state times fill the time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from plantwright.arrays import World
from plantwright.codes import IDLE, KIT, NEVER_SHORT, PEOPLE, STATES, WAIT_BATCH


def opening_balance(world: World) -> dict[str, Any]:
    """What is inside when statistics begin, by item (I,): work in process, its contents, stock; the time [ticks]."""
    levels = {name: world.item[name].copy() for name in ("wip", "stock", "contents")}
    return {**levels, "now": int(world.clock.now[0])}


def imbalances(world: World, before: dict[str, Any]) -> list[str]:
    """Every account that does not balance, in words; empty when all do."""
    item = world.item
    wrong = []
    inside = before["wip"] + item.released - item.finished - item.scrapped - item.wip
    wrong += [f"item {i}: {gap} pieces in process are unaccounted for" for i, gap in enumerate(inside) if gap]
    shelf = before["stock"] + item.finished + item.received - item.consumed - item.delivered - item.stock
    wrong += [
        f"item {i}: {gap} pieces of stock are unaccounted for"
        for i, gap in enumerate(shelf)
        if gap and item.policy[i] != NEVER_SHORT
    ]
    inside = before["contents"] + item.taken - item.built_in - item.lost_in - item.contents
    wrong += [f"item {i}: {gap} components built in are unaccounted for" for i, gap in enumerate(inside) if gap]
    if item.consumed.sum() != item.taken.sum():
        wrong.append(f"{item.consumed.sum()} components left their shelves and {item.taken.sum()} were built in")
    elapsed = int(world.clock.now[0]) - before["now"]
    missing = world.station.machines * elapsed - state_totals(world).sum(axis=1)
    wrong += [f"station {s}: states miss the elapsed time by {gap} ticks" for s, gap in enumerate(missing) if gap]
    wrong += [f"station {s}: {why}" for s, why in _lacks(world)]
    missing = world.carrier.number * elapsed - vehicle_totals(world).sum(axis=1)
    wrong += [f"carrier {c}: states miss the elapsed time by {gap} ticks" for c, gap in enumerate(missing) if gap]
    return wrong


def _lacks(world: World) -> Iterator[tuple[int, str]]:
    """Stations whose machines wait longer for one thing than at all, or wait while nothing is missing."""
    totals = state_totals(world)
    waits = totals[:, PEOPLE] + totals[:, KIT]
    ticks = lack_totals(world)
    for row, station in enumerate(world.lack.station):
        if not 0 <= ticks[row] <= waits[station]:
            yield station, f"{ticks[row]} ticks without something, of {waits[station]} in which anything was missing"
    sums = np.zeros(len(waits), np.int64)
    np.add.at(sums, world.lack.station, ticks)
    for station in np.flatnonzero(sums < waits):
        yield station, f"waits for {waits[station] - sums[station]} ticks for nothing that is missing"


def lack_totals(world: World) -> Any:
    """Machine time for which each thing was missing up to now: (lacks,) int64 [ticks]."""
    return world.lack.area + world.lack.machines * int(world.clock.now[0])


def state_totals(world: World) -> Any:
    """Machine time by station and state up to now: (S, STATES) int64 [ticks]."""
    now = int(world.clock.now[0])
    totals = world.state_time[: len(world.station)].copy()
    state = np.where(world.machine.state == IDLE, world.station.idle_state[world.machine.station], world.machine.state)
    np.add.at(totals, (world.machine.station, state), now)
    totals[:, IDLE] += totals[:, WAIT_BATCH]
    return totals[:, :STATES]


def vehicle_totals(world: World) -> Any:
    """Vehicle time by carrier and state up to now: (C, STATES) int64 [ticks]."""
    totals = world.state_time[len(world.station) :].copy()
    np.add.at(totals, (world.vehicle.carrier, world.vehicle.state), int(world.clock.now[0]))
    return totals[:, :STATES]
