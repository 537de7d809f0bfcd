"""Ways between stations, the carriers that go them and the conveyors that they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plantwright.codes import NONE
from plantwright.compile.draft import Draft
from plantwright.model.station import Conveyor
from plantwright.model.ways import ways_between
from plantwright.units import TICKS_PER_SECOND

SURE = 1e-9
"""Part of a place by which a conveyor may be short and still has it: lengths are written in decimals. [-]"""


def add_transport(draft: Draft) -> None:
    """Rows of carriers, of conveyors and of ways."""
    for index, carrier in enumerate(draft.plant.carriers.values()):
        first_need, needs = draft.needs(carrier.people)
        draft.rows["carrier"].add(
            number=carrier.number,
            free=carrier.number,
            load=carrier.load,
            return_law=draft.law(carrier.return_),
            calendar=NONE if carrier.calendar is None else draft.calendars.get(carrier.calendar, NONE),
            first_vehicle=len(draft.rows["vehicle"]),
            first_need=first_need,
            needs=needs,
        )
        for ordinal in range(carrier.number):
            draft.rows["vehicle"].add(carrier=index, ordinal=ordinal)
    for conveyor in draft.plant.conveyors.values():
        draft.rows["conveyor"].add(**_conveyor(conveyor))
    for way in draft.plant.travel:
        draft.rows["travel"].add(
            law=draft.law(way.time),
            carrier=NONE if way.carrier is None else draft.carriers[way.carrier],
            conveyor=NONE if way.conveyor is None else draft.conveyors[way.conveyor],
        )


def _conveyor(conveyor: Conveyor) -> dict[str, int]:
    """Places, and ticks from end to end and from one part to the next."""
    speed, spacing = conveyor.speed.base / TICKS_PER_SECOND, conveyor.spacing.base
    return {
        "room": int(conveyor.length.base / spacing + SURE),
        "transit": round(conveyor.length.base / speed),
        "gap": max(1, round(spacing / speed)),
    }


def vehicle_row(draft: Draft, name: str) -> int:
    """The row of a vehicle by its name, ``cart/1``."""
    carrier, _, number = name.rpartition("/")
    return int(draft.rows["carrier"][draft.carriers[carrier]]["first_vehicle"]) + int(number) - 1


def ways(draft: Draft) -> NDArray[np.int32]:
    """Row of the way from station (row) to station (column), the most specific one; a cell of NONE without any."""
    if not draft.plant.travel:
        return np.full((1, 1), NONE, dtype=np.int32)
    chosen = np.full((len(draft.stations), len(draft.stations)), NONE, dtype=np.int32)
    for (start, end), index in ways_between(draft.plant).items():
        chosen[draft.stations[start], draft.stations[end]] = index
    return chosen
