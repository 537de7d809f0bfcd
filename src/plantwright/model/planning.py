"""How `materials` plans: buckets, fences, lots and safety stocks."""

from __future__ import annotations

from plantwright.model.record import Record


class Planning(Record):
    """How material is planned."""

    name: str = ""
    """What people call it."""
