"""The kinds of quantity that fields of the model hold, checked as a document is read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from plantwright.units.meaning import UnitError
from plantwright.units.quantity import Quantity, told, written

_WORDS = {
    "time": "a time",
    "rate": "a rate",
    "share": "a share",
    "length": "a length",
    "speed": "a speed",
    "mass": "a mass",
    "area": "an area",
    "volume": "a volume",
    "power": "a power",
    "energy": "an amount of energy",
    "money": "an amount of money",
    "money/time": "money per time",
    "money/energy": "money per energy",
    "money/length": "money per length",
    "money/area": "money per area",
    "money/mass": "money per mass",
    "count": "a count",
}


LONGEST = 100 * 365.25 * 86_400.0
"""The longest time that a plant is asked to plan with [s]: calendars and clocks hold it with a wide margin."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field of the model holds: a quantity of one dimension, checked when a document is read."""

    dimension: str
    examples: tuple[str, ...]
    negative: bool = False
    most: float = math.inf
    limit: str = ""

    @property
    def needed(self) -> str:
        return f'{_WORDS[self.dimension]} such as "{self.examples[0]}"'

    @property
    def plain(self) -> bool:
        """Whether a number without a unit will do."""
        return self.dimension in ("share", "count")

    def read(self, raw: object) -> Quantity:
        """The quantity, or UnitError in the words of the document's author. A plain 0 is nothing of anything."""
        if isinstance(raw, bool) or not isinstance(raw, str | int | float | Quantity):
            raise UnitError(f"{told(raw)} stands where {self.needed} is needed")
        quantity = Quantity.parse(raw)
        unitless = quantity.dimension == "dimensionless"
        if quantity.dimension != self.dimension and not (unitless and (self.plain or quantity.value == 0)):
            is_ = "has no unit" if unitless else f"is {_WORDS.get(quantity.dimension, 'measured in ' + quantity.unit)}"
            raise UnitError(f'"{raw}" {is_}; {self.needed} is needed here')
        if quantity.value < 0 and not self.negative:
            raise UnitError(f'"{raw}" is negative; {self.needed} is needed here')
        if quantity.base > self.most:
            raise UnitError(f'"{raw}" is more than {self.limit}; {self.needed} is needed here')
        return quantity

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(written)
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        text = {"type": "string", "description": f"{_WORDS[self.dimension]}".capitalize(), "examples": [*self.examples]}
        plain: dict[str, Any] = {"const": 0}
        if self.dimension == "share":
            plain = {"type": "number", "minimum": 0, "maximum": 1}
        return {"anyOf": [text, plain]}


class Whole(Kind):
    """A whole number of things, 0 or more: 60000, "60 000", "60_000", "60 000 pieces"."""

    def whole(self, raw: object) -> int:
        if isinstance(raw, int) and not isinstance(raw, bool):
            return raw
        value = self.read(raw).value
        if not value.is_integer():
            raise UnitError(f'"{raw}" is not whole; {self.needed} is needed here')
        return int(value)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self.whole, core_schema.int_schema(ge=0))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        text = {"type": "string", "pattern": r"^\d[\d _]*( \w+)?$", "examples": [*self.examples]}
        return {"anyOf": [{"type": "integer", "minimum": 0}, text]}


Duration = Annotated[Quantity, Kind("time", ("4.5 min", "30 s", "1.5 h", "2 d"), most=LONGEST, limit="100 years")]
Rate = Annotated[Quantity, Kind("rate", ("3/h", "52 000/h"))]
Share = Annotated[Quantity, Kind("share", ("8 %", "97.5 %"), most=1.0, limit="100 %")]
Length = Annotated[Quantity, Kind("length", ("12 m", "80 mm"))]
Speed = Annotated[Quantity, Kind("speed", ("0.5 m/s", "30 m/min"))]
Power = Annotated[Quantity, Kind("power", ("4 kW",))]
Energy = Annotated[Quantity, Kind("energy", ("0.3 kWh",))]
Mass = Annotated[Quantity, Kind("mass", ("38 kg",))]
Area = Annotated[Quantity, Kind("area", ("120 m2",))]
Money = Annotated[Quantity, Kind("money", ("38 kEUR", "0.12 USD"), negative=True)]
MoneyPerUnit = Money
MoneyRate = Annotated[Quantity, Kind("money/time", ("9 EUR/h",), negative=True)]
MoneyPerEnergy = Annotated[Quantity, Kind("money/energy", ("0.11 EUR/kWh",))]
MoneyPerLength = Annotated[Quantity, Kind("money/length", ("0.02 EUR/km",))]
MoneyPerMass = Annotated[Quantity, Kind("money/mass", ("0.4 USD/kg",))]
Count = Annotated[int, Whole("count", ("60 000", "12"))]
