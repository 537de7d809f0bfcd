"""Where to put plants, depots, test ranges and posts."""

from __future__ import annotations

from plantwright.model.record import Record


class Siting(Record):
    """One question of where things should stand."""

    name: str = ""
    """What people call it."""
