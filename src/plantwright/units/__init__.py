"""Quantities as people write them ("4.5 min", "3/h", "38 kEUR", "8 %"), and the engine's one clock tick.

Units end at this border: the model keeps what was written, everything below ``compile`` sees canonical numbers only.
Common units are a table lookup; pint is imported for the uncommon ones alone, so that a plant of several thousand
quantities loads in a fraction of a second.
"""

from plantwright.units.kinds import (
    LONGEST,
    Area,
    Count,
    Duration,
    Energy,
    Kind,
    Length,
    Mass,
    Money,
    MoneyPerEnergy,
    MoneyPerLength,
    MoneyPerMass,
    MoneyPerUnit,
    MoneyRate,
    Power,
    Rate,
    Share,
    Speed,
)
from plantwright.units.meaning import CURRENCIES, UnitError
from plantwright.units.quantity import Quantity
from plantwright.units.show import show_count, show_duration, show_money, show_share
from plantwright.units.tick import TICK, TICKS_PER_SECOND, seconds, ticks

__all__ = [
    "CURRENCIES",
    "LONGEST",
    "TICK",
    "TICKS_PER_SECOND",
    "Area",
    "Count",
    "Duration",
    "Energy",
    "Kind",
    "Length",
    "Mass",
    "Money",
    "MoneyPerEnergy",
    "MoneyPerLength",
    "MoneyPerMass",
    "MoneyPerUnit",
    "MoneyRate",
    "Power",
    "Quantity",
    "Rate",
    "Share",
    "Speed",
    "UnitError",
    "seconds",
    "show_count",
    "show_duration",
    "show_money",
    "show_share",
    "ticks",
]
