"""Ways to stop: one record per machine and failure or planned maintenance, or one for all that stop together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from plantwright.codes import (
    BY_BUSY,
    BY_CALENDAR,
    BY_CLOCK,
    BY_COUNT,
    LEFT_OUT,
    NONE,
    REPEAT,
    RESUME,
    SCRAP_WORK,
    TOGETHER,
    WAITS,
)
from plantwright.compile.draft import Draft
from plantwright.model.failure import Failure, Maintenance, SharedFailure
from plantwright.model.station import Carrier, Machine, Station
from plantwright.model.upkeep import due_dates
from plantwright.units import TICKS_PER_SECOND, ticks

CLOCKS = {"clock": BY_CLOCK, "busy": BY_BUSY, "operations": BY_COUNT}
THENS = {"resume": RESUME, "repeat": REPEAT, "scrap": SCRAP_WORK}
DURING_REPAIR = {"wait": WAITS, "together": TOGETHER, "skip": LEFT_OUT}
SEVERAL = "shared-failures"
"""Whose a failure of several stations is."""
CLOSURE = "closure"
"""Name of a stop for which a machine is closed once."""
LAST_ORDINAL = 63
"""Random numbers of maintenance are counted down from here, those of failures up from 0."""


def add_failures(draft: Draft) -> None:
    """Rows of all modes, and which of them each machine and each vehicle has."""
    modes = _Modes(draft)
    for name, station in draft.plant.stations.items():
        modes.add_station(name, station)
    for number, (name, failure) in enumerate(draft.plant.shared_failures.items()):
        modes.add_shared(number, name, failure)
    for machine, rows in modes.of_machine.items():
        first, count = draft.link(rows)
        draft.rows["machine"].set(machine, first_mode=first, modes=count)
    of_vehicles = _Modes(draft)
    for name, carrier in draft.plant.carriers.items():
        of_vehicles.add_carrier(name, carrier)
    for vehicle, rows in of_vehicles.of_machine.items():
        first, count = draft.link(rows)
        draft.rows["vehicle"].set(vehicle, first_mode=first, modes=count)


class _Modes:
    """Modes under construction: ``of_machine`` names those of each machine (or vehicle)."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.of_machine: dict[int, list[int]] = {}

    def add_carrier(self, name: str, carrier: Carrier) -> None:
        """Failures of a carrier's vehicles."""
        first = self.draft.rows["carrier"][self.draft.carriers[name]]["first_vehicle"]
        vehicles = range(first, first + carrier.number)
        owner = {"station": NONE, "carrier": self.draft.carriers[name]}
        for ordinal, failure in enumerate(carrier.failures):
            for group in [list(vehicles)] if failure.shared else [[vehicle] for vehicle in vehicles]:
                self.add_failure(name, ordinal, failure, group, **owner)

    def add_station(self, name: str, station: Station) -> None:
        """Failures shared by the station, then those of each machine, then its maintenance."""
        owner = self.draft.stations[name]
        first = self.draft.rows["station"][owner]["first_machine"]
        machines = list(enumerate(station.each_machine, first))
        for ordinal, failure in enumerate(station.failures):
            if failure.shared:
                self.add_failure(name, ordinal, failure, [row for row, _ in machines], station=owner)
            else:
                for row, machine in machines:
                    if machine.failures is None:
                        self.add_failure(name, ordinal, failure, [row], station=owner)
        for position, (row, machine) in enumerate(machines):
            for ordinal, failure in enumerate(machine.failures or (), len(station.failures)):
                self.add_failure(name, ordinal, failure, [row], station=owner)
            self.add_maintenance(name, station, machine, position, row)
            self.add_closures(name, position, row)

    def add_failure(self, name: str, ordinal: int, failure: Failure, machines: Sequence[int], **owner: int) -> None:
        self.add(
            (name, failure.name or f"failure {ordinal + 1}"),
            machines,
            **owner,
            ordinal=ordinal,
            law=self.draft.law(failure.uptime.law),
            by=CLOCKS[failure.uptime.by],
            from_start=int(failure.counted_from == "start"),
            runs_off_shift=int(failure.off_shift == "run"),
            **self.repair(failure),
        )

    def add_shared(self, number: int, name: str, failure: SharedFailure) -> None:
        """A failure of several stations; it belongs to none of them, and knows no shifts."""
        self.add(
            (SEVERAL, name),
            list(self.members(failure)),
            station=len(self.draft.stations) + len(self.draft.carriers) + number,
            law=self.draft.law(failure.uptime),
            by=BY_CLOCK,
            from_start=int(failure.counted_from == "start"),
            runs_off_shift=1,
            **self.repair(failure),
        )

    def members(self, failure: SharedFailure) -> Iterable[int]:
        """Machines of the stations and shops that a failure names, in document order."""
        for name, station in self.draft.plant.stations.items():
            if failure.strikes(name, station.shop):
                row = self.draft.rows["station"][self.draft.stations[name]]
                yield from range(row["first_machine"], row["first_machine"] + row["machines"])

    def repair(self, failure: Failure | SharedFailure) -> dict[str, int]:
        first_need, needs = self.draft.needs(failure.people)
        law = self.draft.law(failure.repair)
        return {"repair_law": law, "then": THENS[failure.then], "first_need": first_need, "needs": needs}

    def add_maintenance(self, name: str, station: Station, machine: Machine, position: int, row: int) -> None:
        for ordinal, stop in enumerate(station.maintenance_of(machine)):
            first_need, needs = self.draft.needs(stop.people)
            first_renewed, renewed = self.draft.link(self.renewed(row, stop))
            self.add(
                (name, stop.name or f"maintenance {ordinal + 1}"),
                [row],
                station=self.draft.stations[name],
                ordinal=LAST_ORDINAL - ordinal,
                planned=1,
                repair_law=self.draft.law(stop.takes),
                first_need=first_need,
                needs=needs,
                interrupts=int(stop.interrupts),
                runs_off_shift=int(stop.off_shift == "run"),
                skips_off_shift=int(stop.off_shift == "skip"),
                during_repair=DURING_REPAIR[stop.during_repair],
                first_renewed=first_renewed,
                renewed=renewed,
                **self.due(station, stop, position),
            )

    def add_closures(self, name: str, position: int, row: int) -> None:
        """Spans in which a machine is closed: maintenance at a known moment that breaks into all else and needs nobody.

        Each has a length of its own, hence a mode of its own; nothing of it is drawn.
        """
        for span in self.draft.closed.get((name, position), ()):
            start, end = (self.draft.instant(moment) for moment in span)
            first, _ = self.draft.link([start])
            self.add(
                (name, CLOSURE),
                [row],
                station=self.draft.stations[name],
                planned=1,
                by=BY_CALENDAR,
                repair_law=self.draft.constant(end - start),
                interrupts=1,
                runs_off_shift=1,
                during_repair=TOGETHER,
                first_date=first,
                dates=int(start < end),
            )

    def due(self, station: Station, stop: Maintenance, position: int) -> dict[str, int]:
        """By what a maintenance is due, and how long after the last one or on which dates."""
        if stop.every_operations is not None:
            return {"by": BY_COUNT, "law": self.draft.number(stop.every_operations)}
        if stop.every_busy is not None:
            return {"by": BY_BUSY, "law": self.draft.constant(ticks(stop.every_busy))}
        start = dt.datetime.combine(self.draft.plant.from_, dt.time(), tzinfo=dt.UTC)
        end = start + dt.timedelta(seconds=self.draft.horizon / TICKS_PER_SECOND)
        dates = due_dates(self.draft.plant, station, stop, machine=position, end=end)
        due = [self.draft.instant(date) for date in dates]
        over = sum(date <= self.draft.start for date in due) if self.draft.state is not None else 0
        first, count = self.draft.link(due)
        return {"by": BY_CALENDAR, "law": NONE, "first_date": first, "dates": count, "next_date": over}

    def renewed(self, machine: int, stop: Maintenance) -> list[int]:
        """Modes of the machine's own that count anew after a maintenance."""
        own = [mode for mode in self.of_machine.get(machine, ()) if self.draft.rows["mode"][mode]["members"] == 1]
        return [mode for mode in own if self.draft.modes[mode][1] in stop.renews]

    def add(self, name: tuple[str, str], machines: Sequence[int], **columns: int) -> None:
        first_member, members = self.draft.link(machines)
        self.draft.modes.append(name)
        mode = self.draft.rows["mode"].add(first_member=first_member, members=members, **columns)
        for machine in machines:
            self.of_machine.setdefault(machine, []).append(mode)
