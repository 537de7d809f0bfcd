"""What comes or leaves at a date: machines, crews, tools and carriers, in order of time."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.codes import CARRIER_DATE, CREW_DATE, MACHINE_DATE, TOOL_DATE
from plantwright.compile.draft import Draft
from plantwright.model.presence import carrier_span, crew_span, tool_span

Date = tuple[int, int, int, int]
"""Time [ticks], kind, index, and what is written in ``on``."""


def add_comings(draft: Draft) -> None:
    """Rows of everything that comes after the first instant or leaves before the horizon."""
    found = [date for dates in (_machines, _crews, _tools, _carriers) for date in dates(draft)]
    for time, kind, who, on in sorted(found, key=lambda date: date[0]):  # stable: document order at one date
        if 0 < time <= draft.start:
            draft.came.append(time)
        elif draft.start < time <= draft.horizon:
            draft.rows["coming"].add(time=time, kind=kind, who=who, on=on)


def _machines(draft: Draft) -> Iterator[Date]:
    for machine in range(len(draft.rows["machine"])):
        row = draft.rows["machine"][machine]
        yield row["from_time"], MACHINE_DATE, machine, 1
        yield row["until_time"], MACHINE_DATE, machine, 0


def _crews(draft: Draft) -> Iterator[Date]:
    for name, crew in draft.plant.crews.items():
        start, end = draft.span(crew_span(draft.plant, crew))
        draft.rows["crew"].set(draft.crews[name], away=int(not start <= draft.start < end))
        yield start, CREW_DATE, draft.crews[name], 1
        yield end, CREW_DATE, draft.crews[name], 0


def _tools(draft: Draft) -> Iterator[Date]:
    for name, tool in draft.plant.tools.items():
        start, end = draft.span(tool_span(draft.plant, tool))
        there = tool.number if start <= draft.start < end else 0
        draft.rows["tool"].set(draft.tools[name], number=there, free=there)
        yield start, TOOL_DATE, draft.tools[name], tool.number
        yield end, TOOL_DATE, draft.tools[name], -tool.number


def _carriers(draft: Draft) -> Iterator[Date]:
    for name, carrier in draft.plant.carriers.items():
        start, end = draft.span(carrier_span(draft.plant, carrier))
        draft.rows["carrier"].set(draft.carriers[name], away=int(not start <= draft.start < end))
        yield start, CARRIER_DATE, draft.carriers[name], 1
        yield end, CARRIER_DATE, draft.carriers[name], 0
