"""Machines of the stations that are scheduled: when they work, and what changing over costs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plantwright.compile.schedule.clock import Clock, ticks
from plantwright.compile.schedule.windows import Window, Windows, Working, common, either, without
from plantwright.model.presence import cut, machine_span
from plantwright.model.scheduling import Scheduling
from plantwright.model.station import Machine, Setup, Station
from plantwright.model.upkeep import due_dates


@dataclass(frozen=True, slots=True)
class Equipment:
    """One machine.

    Attributes
    ----------
    station, number
        Its station, and which of its machines it is, from 1.
    machine
        What is written of it.
    windows
        When it can work.
    """

    station: str
    number: int
    machine: Machine
    windows: Windows

    @property
    def name(self) -> str:
        """``mould/3``."""
        return f"{self.station}/{self.number}"

    def can_make(self, item: str, route: str) -> bool:
        """Whether it is qualified for an item."""
        return not self.machine.only or item in self.machine.only or route in self.machine.only


def equipment(working: Working, scheduling: Scheduling, name: str) -> Iterator[Equipment]:
    """Every machine of a station that is there during the schedule."""
    station = working.plant.stations[name]
    for ordinal, machine in enumerate(station.each_machine):
        windows = machine_windows(working, scheduling, name, ordinal)
        if windows:
            yield Equipment(name, ordinal + 1, machine, windows)


def machine_windows(working: Working, scheduling: Scheduling, name: str, ordinal: int) -> Windows:
    """When a machine can work: the shifts of its station, while it is there, less maintenance and closures."""
    plant, station = working.plant, working.plant.stations[name]
    machine = station.each_machine[ordinal]
    there = working.in_ticks([cut(machine_span(plant, station, machine), working.span)])
    shifts = common(working.of(station.calendar), there)
    closed = closures(working.clock, scheduling, name, ordinal)
    return without(shifts, [*closed, *_maintained(working, station, machine, ordinal, shifts)])


def place_windows(working: Working, scheduling: Scheduling, name: str) -> Windows:
    """When the places of a station can be worked at, all of them."""
    return without(working.of(working.plant.stations[name].calendar), closures(working.clock, scheduling, name))


def place_levels(clock: Clock, scheduling: Scheduling, name: str, count: int) -> tuple[tuple[int, int], ...]:
    """How many places of a station there are from when on, less those that are closed one by one."""
    whole = closures(clock, scheduling, name)
    single: list[Window] = []
    for number in range(count):
        single += without(either([tuple(closures(clock, scheduling, name, number))]), whole)
    edges = sorted({0, *(max(0, edge) for span in single for edge in span)})
    return tuple((edge, count - sum(start <= edge < end for start, end in single)) for edge in edges)


def closures(clock: Clock, scheduling: Scheduling, name: str, ordinal: int | None = None) -> list[Window]:
    """Closures of a machine, its station's with them; of the station alone where no machine is told."""
    return [
        (clock.tick(closure.from_), clock.tick(closure.until))
        for closure in scheduling.closures
        if closure.station == name and (closure.machine is None or closure.machine - 1 == ordinal)
    ]


def _maintained(
    working: Working, station: Station, machine: Machine, ordinal: int, shifts: Windows
) -> Iterator[Window]:
    """Planned maintenance by the calendar, in the mean time that it takes."""
    clock: Clock = working.clock
    for stop in station.maintenance_of(machine):
        if not stop.is_dated:
            continue
        for date in due_dates(working.plant, station, stop, machine=ordinal, end=working.span[1]):
            if date >= clock.start:
                yield from _stopped(clock.tick(date), ticks(stop.takes.mean), shifts, stop.off_shift)


def _stopped(begin: int, takes: int, shifts: Windows, off_shift: str) -> Iterator[Window]:
    """What maintenance that is due at a moment closes: working time, unless it runs off shift too."""
    is_open = any(start <= begin < end for start, end in shifts)
    if off_shift == "run" or not shifts:
        yield begin, begin + takes
        return
    if off_shift == "skip" and not is_open:
        return
    for start, end in shifts:
        if end > begin and takes > 0:
            first = max(start, begin)
            last = min(end, first + takes)
            takes -= last - first
            yield first, last


def setup_times(setup: Setup, families: list[str]) -> list[list[int]]:
    """Setup times from each family (last row: from none) to each family. [tick]"""
    change = 0 if setup.between_families is None else ticks(setup.between_families.mean)
    rows = []
    for before in families:
        written = setup.matrix.get(before, {})
        rows.append([ticks(written[to].base) if to in written else 0 if to == before else change for to in families])
    return [*rows, [_first(setup, to, change) for to in families]]


def _first(setup: Setup, to: str, change: int) -> int:
    """Setup of a machine that is set up for nothing: as written, else as any change, else the longest one there is."""
    if setup.first is not None:
        return ticks(setup.first.mean)
    if setup.between_families is not None:
        return change
    return max((ticks(row[to].base) for row in setup.matrix.values() if to in row), default=0)
