"""Product families: options, rules and modules of one platform."""

from __future__ import annotations

from plantwright.model.record import Record


class Family(Record):
    """A platform and what its variants choose from."""

    name: str = ""
    """What people call it."""
