"""Laws of random times and counts, written as people say them: ``lognormal(2 h, 1 h)``, ``4 min``,
``900 placements at 52 000/h``.

Conventions: laws take the arithmetic mean and standard deviation (``normal``, ``lognormal``, ``gamma``);
``normal`` is truncated at 0 and keeps its mean; ``geometric(p)`` counts whole steps from 1, optionally of a
given length.
"""

from __future__ import annotations

import math
import re
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_serializer, model_validator
from pydantic_core import core_schema

from plantwright.errors import nearest
from plantwright.units import LONGEST, Quantity, UnitError

ARGUMENTS: dict[str, tuple[str, ...]] = {
    "constant": ("value",),
    "exponential": ("mean",),
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "normal": ("mean", "sd"),
    "lognormal": ("mean", "sd"),
    "gamma": ("mean", "sd"),
    "erlang": ("mean", "k"),
    "weibull": ("mean", "shape"),
    "geometric": ("p", "step?"),
}
"""The laws and their arguments in order; a trailing ``?`` marks one that may be left out."""

PURE_NUMBERS = {"k", "shape", "p"}

_CALL = re.compile(r"^\s*([a-z]+)\s*\(([^()]*)\)\s*$")
_WORK = re.compile(r"^\s*([\d\s_.,]+?)\s*([A-Za-z][\w -]*?)?\s+at\s+(.+)$")


class Law(BaseModel):
    """A law of a random quantity: its kind and its arguments in the units written."""

    model_config = ConfigDict(frozen=True)

    kind: str
    args: tuple[Quantity, ...]
    text: str

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, (str, int, float, Quantity)) and not isinstance(value, bool):
            return _parse(str(value))
        if isinstance(value, dict) and set(value) <= {"kind", "args", "text"}:
            return value
        raise ValueError('a law is written like "4 min", "exponential(30 min)" or "lognormal(2 h, 1 h)"')

    @model_validator(mode="after")
    def _possible(self) -> Self:
        _refuse_impossible(self.kind, self.args)
        return self

    @model_serializer
    def _text(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": ["string", "number"],
            "description": "A quantity or a law of it: " + ", ".join(_signature(kind) for kind in ARGUMENTS),
            "examples": ["4.5 min", "exponential(30 min)", "lognormal(2 h, 1 h)"],
        }

    @property
    def mean(self) -> float:
        """Arithmetic mean in the canonical unit [s, 1/s, -]; a geometric law in steps of its length."""
        first = self.args[0].base
        match self.kind:
            case "uniform":
                return (first + self.args[1].base) / 2
            case "triangular":
                return (first + self.args[1].base + self.args[2].base) / 3
            case "geometric":
                return (self.args[1].base if len(self.args) > 1 else 1.0) / first
            case _:
                return first

    @property
    def least(self) -> float:
        """The value that no variate falls below, in the canonical unit [s, -]."""
        if self.kind in ("constant", "uniform", "triangular"):
            return self.args[0].base
        return (self.args[1].base if len(self.args) > 1 else 1.0) if self.kind == "geometric" else 0.0

    @property
    def most(self) -> float:
        """The value that no variate exceeds, infinite where there is none. [s, -]"""
        return self.args[-1].base if self.kind in ("constant", "uniform", "triangular") else math.inf

    @property
    def dimension(self) -> str:
        """The dimension of a variate of this law: ``time``, ``count``, ..."""
        if self.kind == "geometric":
            return self.args[1].dimension if len(self.args) > 1 else "count"
        return self.args[0].dimension

    def __str__(self) -> str:
        return self.text


def _signature(kind: str) -> str:
    required = ", ".join(name.rstrip("?") for name in ARGUMENTS[kind])
    return f"{kind}({required})"


def _parse(text: str) -> dict[str, Any]:
    """Read a law; the text is kept as written so that documents round-trip."""
    clean = " ".join(text.split())
    if call := _CALL.match(clean):
        kind, inside = call.groups()
        if kind not in ARGUMENTS:
            guess = nearest(kind, ARGUMENTS)
            hint = f', perhaps "{guess}"' if guess else ""
            raise ValueError(f'"{kind}" is no law that Plantwright knows{hint}; it knows {", ".join(ARGUMENTS)}')
        args = tuple(_quantity(part) for part in inside.split(",") if part.strip())
        allowed = ARGUMENTS[kind]
        required = sum(not name.endswith("?") for name in allowed)
        if not required <= len(args) <= len(allowed):
            raise ValueError(f"{kind} takes {_signature(kind)}, {len(args)} arguments were given")
        return {"kind": kind, "args": args, "text": clean}
    if work := _WORK.match(clean):
        count, _, rate = work.groups()
        pieces, per_time = _quantity(count), _quantity(rate)
        if per_time.dimension != "rate" or per_time.base <= 0:
            raise ValueError(f'"{rate}" is not a rate such as "52 000/h"')
        return {"kind": "constant", "args": (Quantity(pieces.value / per_time.base, "s"),), "text": clean}
    return {"kind": "constant", "args": (_quantity(clean),), "text": clean}


def _quantity(text: str) -> Quantity:
    try:
        return Quantity.parse(text)
    except UnitError as error:
        raise ValueError(str(error)) from None


def _refuse_impossible(kind: str, args: tuple[Quantity, ...]) -> None:
    """Refuse arguments with which the law does not exist, in the words of its definition."""
    named = dict(zip((name.rstrip("?") for name in ARGUMENTS[kind]), args, strict=False))
    for name, quantity in named.items():
        if quantity.base < 0:
            raise ValueError(f"{name} is {quantity}: it cannot be negative")
        if name in PURE_NUMBERS and quantity.dimension not in ("count", "dimensionless", "share"):
            raise ValueError(f"{name} is a pure number, {quantity} has a unit")
    dimensions = {quantity.dimension for name, quantity in named.items() if name not in PURE_NUMBERS}
    if len(dimensions) > 1:
        raise ValueError(f"the arguments of {kind} must have one dimension, found {' and '.join(sorted(dimensions))}")
    values = [quantity.base for quantity in args]
    if kind in ("uniform", "triangular") and values != sorted(values):
        raise ValueError(f"{kind} needs its arguments in rising order")
    if kind == "geometric" and not 0 < values[0] <= 1:
        raise ValueError("p must be above 0 and at most 1")
    if kind == "erlang" and (values[1] < 1 or values[1] != int(values[1])):
        raise ValueError("k must be a whole number from 1")
    if kind in ("weibull", "exponential", "gamma", "lognormal") and min(values) <= 0:
        raise ValueError(f"the arguments of {kind} must be above 0")


def _time_law(value: Law) -> Law:
    if value.dimension != "time" and not (value.dimension in ("count", "dimensionless") and value.mean == 0):
        raise ValueError(f'"{value}" is a {value.dimension}; a time such as "4.5 min" is needed here')
    if value.mean > LONGEST:
        raise ValueError(f'"{value}" is more than 100 years; a time such as "4.5 min" is needed here')
    return value


class _TimeLaw:
    """Marks a law whose variates are times."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(_time_law, handler(source))


TimeLaw = Annotated[Law, _TimeLaw]
