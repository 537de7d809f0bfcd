"""Ways between stations, the carriers that go them and the conveyors that they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plantwright.arrays import NONE
from plantwright.compile.draft import Draft
from plantwright.model.station import Conveyor
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
    count = len(draft.stations)
    chosen = np.full((count, count), NONE, dtype=np.int32)
    best = np.zeros((count, count), dtype=np.int32)
    for index, way in enumerate(draft.plant.travel):
        for start, rank_from in _ends(draft, way.from_):
            for end, rank_to in _ends(draft, way.to):
                rank = rank_from + rank_to
                if rank > best[start, end] and not _stays(start, end, rank):
                    chosen[start, end], best[start, end] = index, rank
    return chosen


STATION, SHOP, SITE = 4, 2, 1
"""How specific an end of a way is; a way is as specific as its two ends together."""


def _ends(draft: Draft, name: str) -> list[tuple[int, int]]:
    """Stations that an end of a way means, with how specifically: by their own name, their shop's or their site's."""
    found = []
    for station, written in draft.plant.stations.items():
        shop = draft.plant.shops.get(written.shop) if written.shop is not None else None
        names = {STATION: station, SHOP: written.shop, SITE: shop.site if shop is not None else None}
        rank = max((rank for rank, named in names.items() if named == name), default=0)
        if rank:
            found.append((draft.stations[station], rank))
    return found


def _stays(start: int, end: int, rank: int) -> bool:
    """Whether a way between shops would lead from a station to itself: only one written for the station does."""
    return start == end and rank < 2 * STATION
