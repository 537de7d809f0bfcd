"""How a long study tells the outside how far it is, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What a study reports to. Calls may come from several threads."""

    def begin(self, what: str, total: float) -> None:
        """A stage starts; ``total`` is its work in any unit."""

    def advance(self, work: float) -> None:
        """So much of the stage is done, in the unit of its total."""

    def end(self) -> None:
        """The stage is over."""


class Silent:
    """Nobody listens."""

    def begin(self, what: str, total: float) -> None:
        """Nothing to do."""

    def advance(self, work: float) -> None:
        """Nothing to do."""

    def end(self) -> None:
        """Nothing to do."""
