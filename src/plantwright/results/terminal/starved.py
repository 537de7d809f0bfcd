"""What stations wait for, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType

from plantwright.results.simulate import Shortage, StationStatistics
from plantwright.results.terminal.tables import SHOWN, table
from plantwright.results.wording import estimate, missing, share, titled

COLUMNS = ("station", "waited for", "of its time", "machine hours a year")


def starved_lines(stations: Mapping[str, StationStatistics], most: int = SHOWN) -> Iterator[RenderableType]:
    """A table of stations and what was missing there, the longest wait first; nothing where nobody waited."""
    waits = [(titled(key, station.name), each) for key, station in stations.items() for each in station.short_of]
    waits.sort(key=lambda wait: -(wait[1].hours_per_year.mean or 0.0))
    if waits:
        yield table("Starved by", COLUMNS, _rows(waits, most), 2)


def _rows(waits: list[tuple[str, Shortage]], most: int) -> Iterator[tuple[str, ...]]:
    for station, shortage in waits[:most]:
        yield station, missing(shortage), share(shortage.share), estimate(shortage.hours_per_year)
    if len(waits) > most:
        yield f"… {len(waits) - most} more in --json", "", "", ""
