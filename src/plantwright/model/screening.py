"""How parties are held against lists of those with whom nobody may deal."""

from __future__ import annotations

from plantwright.model.record import Record


class Screening(Record):
    """Lists that parties are held against, and what a likeness means."""

    name: str = ""
    """What people call it."""
