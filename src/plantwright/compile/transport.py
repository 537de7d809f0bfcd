"""Ways between stations, and the carriers that go them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plantwright.arrays import NONE
from plantwright.compile.draft import Draft


def add_transport(draft: Draft) -> None:
    """Rows of carriers and of ways."""
    for carrier in draft.plant.carriers.values():
        draft.rows["carrier"].add(
            number=carrier.number, free=carrier.number, load=carrier.load, return_law=draft.law(carrier.return_)
        )
    for way in draft.plant.travel:
        carried_by = NONE if way.carrier is None else draft.carriers[way.carrier]
        draft.rows["travel"].add(law=draft.law(way.time), carrier=carried_by)


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


def _ends(draft: Draft, name: str) -> list[tuple[int, int]]:
    """Stations that an end of a way means: the station of that name (rank 2), or those of the shop (rank 1)."""
    of_shop = [draft.stations[id_] for id_, station in draft.plant.stations.items() if station.shop == name]
    if name not in draft.stations:
        return [(station, 1) for station in of_shop]
    return [(draft.stations[name], 2)] + [(station, 1) for station in of_shop if station != draft.stations[name]]


def _stays(start: int, end: int, rank: int) -> bool:
    """Whether a way between shops would lead from a station to itself: only one written for the station does."""
    return start == end and rank < 4
