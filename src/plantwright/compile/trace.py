"""The engine's log, lifted to names: a chunk of records becomes a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plantwright import codes
from plantwright.arrays import World
from plantwright.codes import NONE
from plantwright.compile.problem import Names, Problem
from plantwright.model.plant import Plant
from plantwright.results.trace import COLUMNS, EVENTS, TRACE_STATES, TraceHeader, TraceObject, trace_schema
from plantwright.units import TICKS_PER_SECOND

Indices = NDArray[np.int64]
Columns = dict[str, Indices]

CODES = {getattr(codes, event.name.upper().replace(" ", "_")): event for event in EVENTS}
"""What happened, by the code of the engine."""


def trace_lift(plant: Plant, problem: Problem) -> Callable[[Any], pl.DataFrame]:
    """What turns chunks of the engine's log into tables in names.

    Parameters
    ----------
    plant
        The plant that was lowered.
    problem
        What ``lower`` made of it.

    Returns
    -------
    callable
        It takes records (N,) of ``LOG_RECORD`` and gives a table of N rows with the columns of
        ``plantwright.results.trace``. It keeps neither.
    """
    start = round(_midnight(plant).timestamp()) * TICKS_PER_SECOND
    lookup = _lookup(problem.world)
    texts = {name: pl.Series(name, texts, pl.String) for name, texts in _texts(problem.names).items()}

    def lift(chunk: Any) -> pl.DataFrame:
        found = _indices(chunk, lookup)
        found["time"] = start + chunk["time"]
        found["event"] = chunk["code"]
        columns = {"time_s": pl.Series(chunk["time"] / TICKS_PER_SECOND)}
        for column in COLUMNS[1:]:
            indices = found[column.name]
            if column.holds == "name":
                columns[column.name] = texts[column.name].gather(_or_null(indices, indices != NONE))
            elif column.name in ("amount", "value"):
                columns[column.name] = _or_null(indices, _counted(chunk["code"], column.name))
            else:
                columns[column.name] = _or_null(indices, indices != NONE)
        return pl.DataFrame(columns, schema_overrides=trace_schema())

    return lift


def trace_header(plant: Plant, problem: Problem, provenance: Mapping[str, int | str]) -> TraceHeader:
    """What is known of a trace before its first event: the plant and the things in it."""
    objects = tuple(_objects(plant, problem))
    return TraceHeader(plant.name, _midnight(plant), provenance, problem.names.items, objects)


def _midnight(plant: Plant) -> dt.datetime:
    return dt.datetime.combine(plant.from_, dt.time(), dt.UTC)


def _or_null(values: Indices, known: NDArray[np.bool_]) -> pl.Series:
    """Numbers, null where they are not known."""
    return pl.select(pl.when(pl.Series(known)).then(pl.Series(values))).to_series()


def _counted(codes: Indices, column: str) -> NDArray[np.bool_]:
    """Which lines have a number in ``amount`` or ``value``."""
    counts = {code: bool(event.amount if column == "amount" else event.count) for code, event in CODES.items()}
    return np.array([counts[code] for code in range(len(counts))])[codes]


def _texts(names: Names) -> dict[str, list[str]]:
    """What the indices of each column of names stand for."""
    return {
        "event": [CODES[code].name for code in range(len(CODES))],
        "item": list(names.items),
        "operation": [operation for _, operation in names.operations],
        "station": list(names.stations),
        "machine": list(names.machines),
        "crew": list(names.crews),
        "mode": ["/".join(mode) for mode in names.modes],
        "tool": list(names.tools),
        "carrier": list(names.carriers),
        "conveyor": list(names.conveyors),
        "calendar": list(names.calendars),
        "before": list(TRACE_STATES),
        "after": list(TRACE_STATES),
    }


Lookup = dict[str, Callable[[Indices], Columns]]
"""Columns (N,) that the indices (N,) of a kind of thing fill; NONE stays NONE."""


def _lookup(world: World) -> Lookup:
    """How to tell the columns that ``FILLS`` names for each kind of thing."""
    stations, stocks = len(world.station), len(world.station) + len(world.item)
    mode = world.mode
    members = world.link[mode.first_member] if len(mode) else np.zeros(0, np.int64)
    machine_of = _table(np.where((mode.members == 1) & (mode.station != NONE), members, NONE))
    station_of_machine, station_of_mode = _table(world.machine.station), _table(mode.station)
    carrier_of_mode = _table(mode.carrier)
    item_of = _table(world.operation.item_)
    carrier_of, conveyor_of = _table(world.travel.carrier), _table(world.travel.conveyor)
    return {
        "release": lambda index: {},
        "item": lambda index: {"item": index},
        "operation": lambda index: {"operation": index, "item": item_of[index]},
        "station": lambda index: {"station": index},
        "target": lambda index: {
            "station": np.where(index < stations, index, NONE),
            "item": np.where((index >= stations) & (index < stocks), index - stations, NONE),
            "conveyor": np.where(index >= stocks, index - stocks, NONE),
        },
        "machine": lambda index: {"machine": index, "station": station_of_machine[index]},
        "parent": lambda index: {"parent": index},
        "crew": lambda index: {"crew": index},
        "mode": lambda index: {
            "mode": index,
            "station": station_of_mode[index],
            "machine": machine_of[index],
            "carrier": carrier_of_mode[index],
        },
        "tool": lambda index: {"tool": index},
        "travel": lambda index: {"carrier": carrier_of[index], "conveyor": conveyor_of[index]},
        "calendar": lambda index: {"calendar": index},
    }


def _table(column: Any) -> Indices:
    """A column to look indices up in; NONE, the last one to numpy, stays NONE."""
    return np.append(np.asarray(column, np.int64), NONE)


def _indices(chunk: Any, lookup: Lookup) -> Columns:
    """What each line of a chunk says, as indices: a column (N,) each."""
    columns = {column.name: np.full(len(chunk), NONE, np.int64) for column in COLUMNS[3:]}
    columns["part"] = np.array(chunk["part"])
    columns["amount"], columns["value"] = np.array(chunk["what"]), np.array(chunk["value"])
    for code in np.unique(chunk["code"]):
        event, rows = CODES[int(code)], np.flatnonzero(chunk["code"] == code)
        for kind, named in ((event.who, "who"), (event.what, "what")):
            for column, found in lookup[kind](chunk[named][rows]).items() if kind in lookup else ():
                columns[column][rows] = np.where(found != NONE, found, columns[column][rows])
        if event.value == "state":
            columns["before"][rows], columns["after"][rows] = chunk["what"][rows], chunk["value"][rows]
    return columns


def _objects(plant: Plant, problem: Problem) -> Iterator[TraceObject]:
    """Everything that events name, but for the parts."""
    names, world = problem.names, problem.world
    for item in names.items:
        yield TraceObject("item", item, {"kind": "item" if item in plant.items else "product"})
    for name in names.calendars:
        yield TraceObject("calendar", name)
    for name, station in plant.stations.items():
        about: dict[str, int | float | str] = {"machines": station.machine_count, "shop": station.shop or ""}
        yield TraceObject("station", name, about, _works_by(station.calendar, names))
    for name, machine in zip(names.machines, world.machine):
        of = ("station", names.stations[machine.station], "machine of")
        yield TraceObject("machine", name, {"speed": float(machine.speed)}, (of,))
    struck = {"/".join(name): (name[0], int(mode.station)) for name, mode in zip(names.modes, world.mode)}
    for name, (place, station_index) in struck.items():
        yield TraceObject("mode", name, {}, (("carrier" if station_index == NONE else "station", place, "strikes"),))
    for name, crew in plant.crews.items():
        yield TraceObject("crew", name, {"people": crew.people}, _works_by(crew.calendar, names))
    for name, tool in plant.tools.items():
        yield TraceObject("tool", name, {"number": tool.number})
    for name, carrier in plant.carriers.items():
        yield TraceObject("carrier", name, {"number": carrier.number}, _works_by(carrier.calendar, names))
    for name in names.conveyors:
        yield TraceObject("conveyor", name)


def _works_by(calendar: str | None, names: Names) -> tuple[tuple[str, str, str], ...]:
    """A calendar as something related, where there is one."""
    return (("calendar", calendar, "works by"),) if calendar in names.calendars else ()
