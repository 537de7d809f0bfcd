"""What `risk` looks at: common causes, the survival that is asked for, how what is short is shared out."""

from __future__ import annotations

from plantwright.model.record import Record


class Risk(Record):
    """What may be lost, and what the plant has to live through."""

    name: str = ""
    """What people call it."""
