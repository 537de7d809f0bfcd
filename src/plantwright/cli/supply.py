"""Commands that ask about supply: what to share, plan, make, buy and stock, from whom, where, and what a loss does."""

from __future__ import annotations

from collections.abc import Callable

COMMANDS: tuple[Callable[..., None], ...] = ()
"""The commands of this file, in the order of the help."""
