"""Ways to fail: one record per machine (or vehicle), or one for all of a station (or carrier) that fail together."""

from __future__ import annotations

from plantwright.arrays import BY_BUSY, BY_CLOCK, BY_COUNT, NONE, REPEAT, RESUME, SCRAP_WORK
from plantwright.compile.draft import Draft
from plantwright.model.station import Failure

CLOCKS = {"clock": BY_CLOCK, "busy": BY_BUSY, "operations": BY_COUNT}
THENS = {"resume": RESUME, "repeat": REPEAT, "scrap": SCRAP_WORK}


def add_failures(draft: Draft) -> None:
    """Rows of all modes, and which of them each machine and each vehicle has."""
    of_machine: dict[int, list[int]] = {}
    for name, station in draft.plant.stations.items():
        row = draft.rows["station"][draft.stations[name]]
        machines = range(row["first_machine"], row["first_machine"] + row["machines"])
        for ordinal, failure in enumerate(station.failures):
            for group in [list(machines)] if failure.shared else [[machine] for machine in machines]:
                mode = _add_mode(draft, name, ordinal, failure, group, station=draft.stations[name])
                for machine in group:
                    of_machine.setdefault(machine, []).append(mode)
    for machine, modes in of_machine.items():
        first, count = draft.link(modes)
        draft.rows["machine"].set(machine, first_mode=first, modes=count)
    _add_failures_of_carriers(draft)


def _add_failures_of_carriers(draft: Draft) -> None:
    """Rows of the modes of carriers, and which of them each vehicle has."""
    of_vehicle: dict[int, list[int]] = {}
    for name, carrier in draft.plant.carriers.items():
        first_vehicle = draft.rows["carrier"][draft.carriers[name]]["first_vehicle"]
        vehicles = range(first_vehicle, first_vehicle + carrier.number)
        for ordinal, failure in enumerate(carrier.failures):
            for group in [list(vehicles)] if failure.shared else [[vehicle] for vehicle in vehicles]:
                mode = _add_mode(draft, name, ordinal, failure, group, station=NONE, carrier=draft.carriers[name])
                for vehicle in group:
                    of_vehicle.setdefault(vehicle, []).append(mode)
    for vehicle, modes in of_vehicle.items():
        first, count = draft.link(modes)
        draft.rows["vehicle"].set(vehicle, first_mode=first, modes=count)


def _add_mode(draft: Draft, name: str, ordinal: int, failure: Failure, members: list[int], **owner: int) -> int:
    first_member, count = draft.link(members)
    first_need, needs = draft.needs(failure.people)
    draft.modes.append((name, failure.name or f"failure {ordinal + 1}"))
    return draft.rows["mode"].add(
        **owner,
        first_member=first_member,
        members=count,
        ordinal=ordinal,
        law=draft.law(failure.uptime.law),
        repair_law=draft.law(failure.repair),
        by=CLOCKS[failure.uptime.by],
        then=THENS[failure.then],
        from_start=int(failure.counted_from == "start"),
        runs_off_shift=int(failure.off_shift == "run"),
        first_need=first_need,
        needs=needs,
    )
