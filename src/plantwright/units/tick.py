"""The engine's clock: whole ticks of one microsecond."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from plantwright.units.meaning import UnitError, meaning
from plantwright.units.quantity import Quantity

TICK = 1e-6
"""The engine's clock tick. [s]"""
TICKS_PER_SECOND = 1_000_000


def ticks(quantity: Quantity) -> int:
    """A time in clock ticks of one microsecond, halves rounded up [ticks].

    >>> ticks(Quantity.parse("200 ms"))
    200000
    """
    if quantity.value and quantity.dimension != "time":
        raise UnitError(f'"{quantity}" is not a time')
    exact = Decimal(repr(quantity.value)) * Decimal(repr(meaning(quantity.unit).factor)) * TICKS_PER_SECOND
    return int((exact + Decimal("0.5")).to_integral_value(ROUND_FLOOR))


def seconds(ticks: int) -> float:
    """Clock ticks in seconds [s]."""
    return ticks / TICKS_PER_SECOND
