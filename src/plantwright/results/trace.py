"""The trace in names: its columns and its events, each declared once. Lift, files and documentation read this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from plantwright.results.run import STATES

TRACE_STATES = (*STATES, "waiting for repairer", "waiting for carrier", "waiting for batch")
"""States as the trace tells them: those of a machine, then why nothing happens although it could."""


@dataclass(frozen=True, slots=True)
class TraceColumn:
    """A column of the trace.

    Attributes
    ----------
    name : str
        As in the table.
    holds : str
        ``seconds``, ``moment``, ``name`` or ``count``.
    sentence : str
        What stands there.
    names_object : bool
        Whether it names a thing of the plant that is followed through the trace, rather than describing the event.
    """

    name: str
    holds: Literal["seconds", "moment", "name", "count"]
    sentence: str
    names_object: bool = False


COLUMNS = (
    TraceColumn("time_s", "seconds", "Time since midnight (UTC) of the plant's first day."),
    TraceColumn("time", "moment", "The same as a moment in UTC."),
    TraceColumn("event", "name", "What happened: one of the events below."),
    TraceColumn("part", "count", "Which part, numbered from 0 in the order in which they come to be.", True),
    TraceColumn("parent", "count", "The part that it was taken from.", True),
    TraceColumn("item", "name", "Item or product: of the part, of what is built into it, or of the shelf.", True),
    TraceColumn("operation", "name", "Operation of the route of that item."),
    TraceColumn("station", "name", "The station.", True),
    TraceColumn("machine", "name", "The machine, as `station/name` or `station/number`.", True),
    TraceColumn("crew", "name", "The crew.", True),
    TraceColumn("mode", "name", "The failure, as `station/name` or `carrier/name`.", True),
    TraceColumn("tool", "name", "The tool.", True),
    TraceColumn("carrier", "name", "Who carries the part, or fails.", True),
    TraceColumn("conveyor", "name", "The conveyor that it travels on, or waits for.", True),
    TraceColumn("calendar", "name", "The calendar.", True),
    TraceColumn("before", "name", "The state that ends."),
    TraceColumn("after", "name", "The state that begins."),
    TraceColumn("amount", "count", "The first number of the event, where it has two."),
    TraceColumn("value", "count", "The number of the event; of two, the second."),
)
"""Columns of a trace, in order. Where a column says nothing about an event it is empty."""

FILLS: Mapping[str, tuple[str, ...]] = {
    "release": (),
    "item": ("item",),
    "operation": ("item", "operation"),
    "station": ("station",),
    "target": ("station", "item", "conveyor"),
    "machine": ("machine", "station"),
    "parent": ("parent",),
    "crew": ("crew",),
    "mode": ("mode", "station", "machine", "carrier"),
    "tool": ("tool",),
    "travel": ("carrier", "conveyor"),
    "calendar": ("calendar",),
    "state": (),
}
"""Columns that each kind of thing fills; a machine tells its station too, a failure whose it is."""


@dataclass(frozen=True, slots=True)
class TraceEvent:
    """A kind of event.

    Attributes
    ----------
    name : str
        As in the column ``event``; the engine's code has the same name in capitals.
    sentence : str
        What happened.
    part : bool
        Whether it is about a part.
    who, what : str
        What kind of thing the engine names in those columns of its log (``FILLS``); ``state``, or what a number
        counts; nothing.
    value : str
        What its number counts; ``state``; nothing.
    role : mapping
        What a thing is to the event, where that is more than its column says.
    transition : str
        Step in the life of an operation, in the words of the XES standard; "" where the event is none.
    """

    name: str
    sentence: str
    part: bool = False
    who: str = ""
    what: str = ""
    value: str = ""
    role: Mapping[str, str] = field(default_factory=dict)
    transition: str = ""

    @property
    def amount(self) -> str:
        """What the number in the engine's column ``what`` counts; "" where there is none."""
        return "" if self.what in FILLS else self.what

    @property
    def count(self) -> str:
        """What the number in the column ``value`` counts; "" where there is none."""
        return "" if self.value in FILLS else self.value

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that tell more of it than when, what and how many."""
        named = {name for kind in (self.who, self.what) for name in FILLS.get(kind, ())}
        named |= {"part"} if self.part else set()
        named |= {"before", "after"} if self.value == "state" else set()
        return tuple(column.name for column in COLUMNS if column.name in named)


EVENTS = (
    TraceEvent("entered", "A part enters the plant.", True, "release", "item", "pieces"),
    TraceEvent(
        "joined", "A part joins the queue of a station.", True, "station", "operation", "pieces",
        transition="schedule",
    ),
    TraceEvent(
        "started", "A part is put on a machine: setup and loading, then the operation.", True,
        "machine", "operation", "pieces", transition="start",
    ),
    TraceEvent(
        "ended", "Its operation is over; it has not been judged yet.", True,
        "machine", "operation", "pieces", transition="complete",
    ),
    TraceEvent(
        "rejected", "Pieces are rejected: so many that are defective, so many that are sound.", True,
        "operation", "defective", "sound",
    ),
    TraceEvent(
        "split", "Some of its pieces go their own way, as a new part.", True,
        "parent", "item", "pieces", {"part": "new part", "parent": "taken from"},
    ),
    TraceEvent(
        "blocked by", "It cannot leave: the next station, conveyor or shelf has no room.", True,
        "target", "operation", "pieces", {"station": "waits for", "conveyor": "waits for"},
    ),
    TraceEvent(
        "set out", "It begins its way to a station.", True, "station", "travel", "pieces", {"station": "goes to"},
    ),
    TraceEvent("shelved", "It is finished and reaches its shelf.", True, "item", "", "pieces"),
    TraceEvent("scrapped", "It is scrapped.", True, "item", "", "pieces"),
    TraceEvent(
        "built in", "Components are taken from their shelf into the part.", True,
        "item", "", "pieces", {"item": "component"},
    ),
    TraceEvent(
        "state", "A machine changes its state; before the first there is none.", False, "machine", "state", "state",
    ),
    TraceEvent(
        "idle because", "Why the idle machines of a station have nothing to do changes.", False,
        "station", "state", "state",
    ),
    TraceEvent("struck", "A failure strikes, of one machine or of all that share it, or of a carrier.", False, "mode"),
    TraceEvent("mended", "Its repair is over.", False, "mode"),
    TraceEvent("stock", "What lies on a shelf changes.", False, "item", "change", "level"),
    TraceEvent("ordered", "A customer orders; so many of the pieces are met at once.", False, "item", "met", "pieces"),
    TraceEvent("received", "A delivery arrives.", False, "item", "", "pieces"),
    TraceEvent(
        "present", "People of a crew come or leave: thousandths of a person there from now on.", False,
        "crew", "", "present",
    ),
    TraceEvent(
        "held", "People of a crew are taken (above 0) or let go: thousandths of a person.", False,
        "crew", "change", "held",
    ),
    TraceEvent("tool", "Tools are taken (below 0) or come back.", False, "tool", "change", "free"),
    TraceEvent("shift", "A calendar turns on (1) or off (0).", False, "calendar", "", "on"),
)  # fmt: skip
"""Everything that a trace tells."""


@dataclass(frozen=True, slots=True)
class TraceObject:
    """A thing of the plant that events name.

    Attributes
    ----------
    column : str
        The column in which it stands.
    name : str
        How it is called there.
    attributes : mapping
        What is known of it before the run begins.
    related : tuple of (str, str, str)
        Things that it belongs to: their column, their name, and what they are to it.
    """

    column: str
    name: str
    attributes: Mapping[str, int | float | str] = field(default_factory=dict)
    related: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TraceHeader:
    """What is known of a trace before its first event.

    Attributes
    ----------
    plant : str
        Name of the plant.
    start : datetime
        Second 0 of the trace, in UTC.
    provenance : mapping
        What it can be repeated from.
    items : tuple of str
        Every item and product.
    objects : tuple of TraceObject
        Things that events name, but for the parts.
    """

    plant: str
    start: dt.datetime
    provenance: Mapping[str, int | str]
    items: tuple[str, ...] = ()
    objects: tuple[TraceObject, ...] = ()


def trace_schema() -> dict[str, Any]:
    """Columns of a trace and their polars types."""
    import polars as pl

    types = {"seconds": pl.Float64(), "moment": pl.Datetime("us", "UTC"), "name": pl.String(), "count": pl.Int64()}
    return {column.name: types[column.holds] for column in COLUMNS}
