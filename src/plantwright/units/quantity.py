"""A number and its unit as people write them: "4.5 min", "3/h", "38 kEUR", "8 %"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from plantwright.units.meaning import UnitError, from_table, meaning

_NUMBER = r"[+-]?(?:\d{1,3}(?: \d{3})+(?!\d)|\d+(?:_\d+)*|(?=\.\d))(?:\.\d+)?(?:[eE][+-]?\d+)?"
_ONE = re.compile(rf"({_NUMBER})\s*(.*)", re.DOTALL)
_SEVERAL = re.compile(rf"(?:{_NUMBER}\s*[a-zµμ]+\s*){{2,}}")
_PAIR = re.compile(rf"({_NUMBER})\s*([a-zµμ]+)")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit exactly as written. Equal when written alike: 60 s is not 1 min, though both last as long.

    >>> Quantity.parse("1 h 30 min").base
    5400.0
    >>> str(Quantity.parse("52 000/h"))
    '52000/h'
    """

    value: float
    unit: str = ""

    @classmethod
    def parse(cls, raw: object) -> Quantity:
        """The quantity that a text or a number of a document means.

        Parameters
        ----------
        raw
            "4.5 min", "60 000", "52 000/h", "38 kEUR", "1 h 30 min", 12, 0.08, or a Quantity.

        Raises
        ------
        UnitError
            The text is no quantity, its unit is unknown, or the unit has no definite length (months, years).
        """
        if isinstance(raw, Quantity):
            return raw
        if isinstance(raw, str):
            return _parse(raw)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return _finite(float(raw), "")
        raise UnitError(f'{told(raw)} stands where a quantity such as "4.5 min" is needed')

    @property
    def base(self) -> float:
        """The value in canonical units: s, 1/s, m, m/s, kg, J, W, m2, fractions of one, its own currency."""
        return self.value * meaning(self.unit).factor

    @property
    def dimension(self) -> str:
        """What it measures: "time", "rate", "share", "money/time" ..., "dimensionless" for a plain number."""
        return meaning(self.unit).dimension

    @property
    def currency(self) -> str | None:
        """The ISO 4217 code, None where it is not money."""
        return meaning(self.unit).currency

    def to(self, unit: str) -> Quantity:
        """The same quantity in another unit of its dimension (and currency)."""
        here, there = meaning(self.unit), meaning(unit)
        if (here.family, here.currency) != (there.family, there.currency):
            raise UnitError(f'"{self}" cannot be told in {unit or "plain numbers"}')
        return Quantity(self.value * here.factor / there.factor, unit)

    def __str__(self) -> str:
        number = repr(float(self.value)).removesuffix(".0")
        gap = "" if not self.unit or self.unit.startswith("/") else " "
        return number + gap + self.unit

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse,
            serialization=core_schema.plain_serializer_function_ser_schema(written),
            json_schema_input_schema=core_schema.union_schema([core_schema.str_schema(), core_schema.float_schema()]),
        )


def written(quantity: Quantity) -> str | float:
    """A quantity as a document holds it: text, or a number where it has no unit."""
    if quantity.unit:
        return str(quantity)
    return int(quantity.value) if quantity.value.is_integer() else quantity.value


def told(raw: object) -> str:
    """How a value that is no text is named to the author of the document."""
    if isinstance(raw, bool):
        return "yes/no"
    names = {dict: "a group of fields", list: "a list", tuple: "a list", type(None): "nothing"}
    return names.get(type(raw), f'"{raw}"')


def _finite(value: float, unit: str) -> Quantity:
    if not math.isfinite(value):
        raise UnitError(f"{value} is not a number one can plan with")
    return Quantity(value, unit)


@lru_cache(maxsize=65_536)
def _parse(raw: str) -> Quantity:
    text = _SPACES.sub(" ", raw).strip()
    if re.match(r"[+-]?\d+,\d", text):
        raise UnitError(f'"{raw}" has a comma; write decimals with a point (4.5) and thousands with a space (60 000)')
    found = _ONE.fullmatch(text)
    if found is None or not found[1]:
        raise UnitError(f'"{raw}" is not a quantity; write a number and a unit, such as "4.5 min"')
    unit = re.sub(r" ?([/*·]) ?", r"\1", found[2])
    if from_table(unit) is None and _SEVERAL.fullmatch(text):
        return _sum(text)
    meaning(unit)
    return _finite(_number(found[1]), unit)


def _number(text: str) -> float:
    return float(text.replace(" ", ""))


def _sum(text: str) -> Quantity:
    """The sum of a compound ("1 h 30 min" is 90 min): the last unit is kept, so that whole numbers stay whole."""
    parts = [Quantity(_number(number), unit) for number, unit in _PAIR.findall(text)]
    last = parts[-1].unit
    return _finite(math.fsum(part.to(last).value for part in parts), last)
