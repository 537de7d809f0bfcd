"""Ways to fail: one record per machine, or one for all machines of a station that fail together."""

from __future__ import annotations

from plantwright.arrays import BY_BUSY, BY_CLOCK, BY_COUNT, REPEAT, RESUME, SCRAP_WORK
from plantwright.compile.draft import Draft
from plantwright.model.station import Failure

CLOCKS = {"clock": BY_CLOCK, "busy": BY_BUSY, "operations": BY_COUNT}
THENS = {"resume": RESUME, "repeat": REPEAT, "scrap": SCRAP_WORK}


def add_failures(draft: Draft) -> None:
    """Rows of all modes, and which of them each machine has."""
    of_machine: dict[int, list[int]] = {}
    for name, station in draft.plant.stations.items():
        row = draft.rows["station"][draft.stations[name]]
        machines = range(row["first_machine"], row["first_machine"] + row["machines"])
        for ordinal, failure in enumerate(station.failures):
            for group in [list(machines)] if failure.shared else [[machine] for machine in machines]:
                mode = _add_mode(draft, name, ordinal, failure, group)
                for machine in group:
                    of_machine.setdefault(machine, []).append(mode)
    for machine, modes in of_machine.items():
        first, count = draft.link(modes)
        draft.rows["machine"].set(machine, first_mode=first, modes=count)


def _add_mode(draft: Draft, station: str, ordinal: int, failure: Failure, machines: list[int]) -> int:
    first_member, members = draft.link(machines)
    first_need, needs = draft.needs(failure.people)
    draft.modes.append((station, failure.name or f"failure {ordinal + 1}"))
    return draft.rows["mode"].add(
        first_member=first_member,
        members=members,
        station=draft.stations[station],
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
