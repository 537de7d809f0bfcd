"""Tables of the trace: its columns and its events, from their declarations."""

from __future__ import annotations

from plantwright.results.trace import COLUMNS, EVENTS

from .markdown import table

HOLDS = {"seconds": "number", "moment": "moment", "name": "text", "count": "whole number"}


def columns() -> str:
    """A row for each column."""
    rows = [(f"`{column.name}`", HOLDS[column.holds], column.sentence) for column in COLUMNS]
    return table(("column", "holds", "what"), rows)


def events() -> str:
    """A row for each kind of event."""
    rows = [
        (f"`{event.name}`", event.sentence, ", ".join(f"`{name}`" for name in event.columns), event.amount, event.count)
        for event in EVENTS
    ]
    return table(("event", "what happened", "columns", "`amount`", "`value`"), rows)
