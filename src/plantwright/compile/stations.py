"""Stations, their machines and their setups."""

from __future__ import annotations

from plantwright.codes import (
    CRITICAL,
    DUE,
    FAMILY_FIRST,
    FIFO,
    FINISH_PART,
    FOREVER,
    INTERRUPT,
    NO_START,
    NONE,
    PRIORITY,
    SHORTEST,
    UNLIMITED,
)
from plantwright.compile.draft import Draft
from plantwright.model.presence import machine_span
from plantwright.model.product import Item
from plantwright.model.station import Batch, Setup, Station
from plantwright.units import ticks

RULES = {
    "fifo": FIFO,
    "shortest": SHORTEST,
    "due": DUE,
    "critical-ratio": CRITICAL,
    "priority": PRIORITY,
    "same-family": FAMILY_FIRST,
}
ENDS_OF_SHIFT = {"interrupt": INTERRUPT, "finish": FINISH_PART, "no-start": NO_START}

MOST_WAITS = 300
"""Stations up to which each keeps a histogram of its waiting times: 46 kB apiece in every run."""


def add_stations(draft: Draft) -> None:
    """Rows of all stations, in document order, and of their machines."""
    for index, (name, station) in enumerate(draft.plant.stations.items()):
        first = _add_machines(draft, name, station)
        draft.rows["station"].add(
            first_machine=first,
            machines=station.machine_count,
            rule=RULES[station.rule],
            room=UNLIMITED if station.room is None else station.room,
            calendar=NONE if station.calendar is None else draft.calendars.get(station.calendar, NONE),
            end_of_shift=ENDS_OF_SHIFT[station.end_of_shift],
            shop=NONE if station.shop is None else draft.shops[station.shop],
            locked=int(station.locked is True),
            before_service=int(station.blocking == "before"),
            restricted=int(any(machine.only for machine in station.each_machine)),
            **_batch(station.batch),
        )
        if index >= MOST_WAITS and not draft.notes.count(_NO_WAITS):
            draft.notes.append(_NO_WAITS)


_NO_WAITS = f"Quantiles of waiting times are kept for the first {MOST_WAITS} stations only."


def _add_machines(draft: Draft, name: str, station: Station) -> int:
    first = len(draft.rows["machine"])
    index = draft.stations[name]
    for ordinal, machine in enumerate(station.each_machine):
        from_time, until_time = draft.span(machine_span(draft.plant, station, machine))
        draft.machines.append(f"{name}/{machine.name or ordinal + 1}")
        draft.rows["machine"].add(
            station=index,
            ordinal=ordinal,
            speed=machine.speed,
            from_time=from_time,
            until_time=until_time,
            busy_due=FOREVER,
            count_due=FOREVER,
        )
    return first


def _batch(batch: Batch | None) -> dict[str, int]:
    if batch is None:
        return {"batch_wait": int(FOREVER)}
    fewest = batch.min
    if fewest is None:
        fewest = batch.max if batch.wait is not None else 1
    wait = int(FOREVER) if batch.wait is None else ticks(batch.wait)
    return {"batch_max": batch.max, "batch_min": min(fewest, batch.max), "batch_wait": wait}


def add_setups(draft: Draft) -> None:
    """Setup times of every station that has them, once the families are known."""
    for name, station in draft.plant.stations.items():
        row = draft.stations[name]
        draft.rows["station"].set(row, families=len(draft.families))
        if station.setup is None:
            continue
        first, _ = draft.link(_setup_block(draft, station.setup))
        first_need, needs = draft.needs(station.setup.people)
        draft.rows["station"].set(row, first_setup=first, first_setup_need=first_need, setup_needs=needs)


def _setup_block(draft: Draft, setup: Setup) -> list[int]:
    """Law rows from no family yet (first row) and from each family (the others) to each family."""
    change = draft.law(setup.between_families)
    families = list(draft.families)
    block = [_first_setup(draft, setup, to) for to in families]
    for before in families:
        for to in families:
            written = setup.matrix.get(before, {}).get(to)
            if written is not None:
                block.append(draft.constant(ticks(written)))
            else:
                block.append(NONE if before == to else change)
    return block


def _first_setup(draft: Draft, setup: Setup, to: str) -> int:
    """Setup of a machine without a family: as declared, else as any change, else the longest one to that family."""
    if setup.first is not None or setup.between_families is not None:
        return draft.law(setup.first if setup.first is not None else setup.between_families)
    longest = max((ticks(row[to]) for row in setup.matrix.values() if to in row), default=0)
    return draft.constant(longest) if longest else NONE


def qualifications(draft: Draft) -> list[list[int]]:
    """Whether each machine may work on each item; one cell where every machine may work on all."""
    machines = [machine for station in draft.plant.stations.values() for machine in station.each_machine]
    if not any(machine.only for machine in machines):
        return [[1]]
    routes = {name: thing.made_by for name, thing in _made(draft).items()}
    return [
        [int(not machine.only or name in machine.only or routes.get(name) in machine.only) for name in draft.items]
        for machine in machines
    ]


def _made(draft: Draft) -> dict[str, Item]:
    return {name: item for name, item in draft.plant.items.items() if item.made_by is not None}
