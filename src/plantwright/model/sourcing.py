"""What `sourcing` weighs: years, limits and the floor of local content."""

from __future__ import annotations

from plantwright.model.record import Record


class Sourcing(Record):
    """How sourcing is decided."""

    name: str = ""
    """What people call it."""
