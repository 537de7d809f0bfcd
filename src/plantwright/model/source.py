"""Where the numbers come from, and how far each may be off."""

from __future__ import annotations

from typing import Literal

from plantwright.model.record import Record


class Source(Record):
    """The provenance and range of one number of the document."""

    path: str
    """Path of the number in the document: ``stations.rest.machines``; ``*`` stands for any one step."""
    mark: Literal["S", "E"]
    """S: a public source gives the figure. E: an engineering estimate."""
    source: str = ""
    """Who says so."""
    low: str | None = None
    """Lowest value that is believed, in the unit of the number."""
    high: str | None = None
    """Highest value that is believed."""
    note: str = ""
    """Anything a reader should know."""
