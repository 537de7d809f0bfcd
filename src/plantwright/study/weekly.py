"""Rough-cut arithmetic by the week: what the calendars let through, and the rooms they need between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from plantwright.analytic.week import rooms_needed, weekly_throughput
from plantwright.model.plant import Plant
from plantwright.model.worktime import first_year
from plantwright.results import BufferNeed
from plantwright.study.chains import Link, chains, profile, stages, usual_week
from plantwright.study.rough import Rough
from plantwright.study.wanted import Wanted

Profiles = dict[str, NDArray[np.float64]]
NEGLIGIBLE = 1.0
"""Pieces of a buffer that are not worth a row. [pieces]"""


@dataclass(frozen=True, slots=True)
class Weekly:
    """What the weeks of the real calendar let through.

    Attributes
    ----------
    units_per_year : float
        By the chain that lets the least through, week after week with its holidays. [units]
    chain : tuple of str
        Its stations.
    buffers : tuple of BufferNeed
        Rooms that different calendars need between them.
    """

    units_per_year: float
    chain: tuple[str, ...]
    buffers: tuple[BufferNeed, ...]


def weekly(plant: Plant, wanted: Wanted, rough: Rough) -> Weekly:
    """The rough cut with calendars, rooms and stays.

    Parameters
    ----------
    plant
        A sound plant.
    wanted
        What counts as output.
    rough
        Its rough cut by the year, which bounds every station.

    Notes
    -----
    A usual week is repeated until it is steady, for every chain; the chain that lets the least through is then run
    through the hours of the plant's first year, holidays included, twice: the first year fills it.
    """
    found = chains(plant, wanted, rough)
    if not found:
        return Weekly(rough.units_per_year, (rough.binding,), ())
    calendars = list(dict.fromkeys(link.calendar for chain in found for link in chain))
    monday = usual_week(plant, calendars)
    week = {name: profile(plant, name, monday, hours=168) for name in calendars}
    flows = [weekly_throughput(stages(chain, week), most_weeks=40).per_week for chain in found]
    binding = found[int(np.argmin(flows))]
    year = _year(plant, binding)
    return Weekly(
        units_per_year=min(rough.units_per_year, year),
        chain=tuple(dict.fromkeys(name for link in binding for name in (link.first, link.last))),
        buffers=_buffers(plant, found, week, wanted.target),
    )


def _year(plant: Plant, chain: Sequence[Link]) -> float:
    """Units that a chain lets through in the plant's first year. [units]"""
    start, end = first_year(plant)
    hours = round((end - start).total_seconds() / 3600)
    profiles = {link.calendar: profile(plant, link.calendar, start, hours=hours) for link in chain}
    if all(not link.stay_h and math.isinf(link.room) for link in chain):
        return min(link.units_per_hour * float(profiles[link.calendar].sum()) for link in chain)
    flow = weekly_throughput(stages(chain, profiles), most_weeks=2)
    return flow.per_week


def _buffers(
    plant: Plant, found: Sequence[Sequence[Link]], week: Profiles, target: int | None
) -> tuple[BufferNeed, ...]:
    """The rooms needed between neighbours on different calendars, the fullest chain counting for each pair."""
    needs: dict[tuple[str, str], BufferNeed] = {}
    for chain in found:
        free = weekly_throughput(stages(chain, week, roomy=True), most_weeks=40).per_week
        flow = min(free, target * 7 / _days(plant)) if target else free
        try:
            rooms = rooms_needed(stages(chain, week, roomy=True), flow * (1 - 1e-6))
        except ValueError:
            continue
        for index, (link, following) in enumerate(pairwise(chain)):
            pieces = float(rooms[index]) * following.pieces
            key = (link.last, following.first)
            if pieces > NEGLIGIBLE and (key not in needs or needs[key].needed_pieces < pieces):
                needs[key] = _need(plant, key, (link, following), pieces, week)
    return tuple(needs.values())


def _need(plant: Plant, key: tuple[str, str], pair: tuple[Link, Link], pieces: float, week: Profiles) -> BufferNeed:
    """One row: needed, there, and what the pair alone lets through in a year with the room that is there."""
    room = pair[1].room
    per_week = weekly_throughput(stages(pair, week), most_weeks=40).per_week
    share = _days(plant) / 7
    return BufferNeed(
        before=key[0],
        after=key[1],
        needed_pieces=math.ceil(pieces),
        room_pieces=None if math.isinf(room) else round(room * pair[1].pieces),
        per_year=per_week * share,
    )


def _days(plant: Plant) -> float:
    start, end = first_year(plant)
    return (end - start).days
