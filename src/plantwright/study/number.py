"""The number in a value of the document, and the value with another: laws keep their shape, counts stay whole."""

from __future__ import annotations

import re
from typing import Any

from plantwright.model.distribution import ARGUMENTS, PURE_NUMBERS, Law
from plantwright.model.failure import Uptime
from plantwright.units import Quantity, UnitError

_AT = re.compile(r"^(.*\sat\s+)(.+)$")


def number_of(value: Any, unit_like: str | None = None) -> float | None:
    """The number that a range is about, in canonical units; None where there is no single number.

    Parameters
    ----------
    value
        A value of the model: a count, quantity, law or uptime.
    unit_like
        An end of the range as written: a rate picks the speed in "900 placements at 52 000/h".

    Examples
    --------
    >>> number_of(Law.model_validate("lognormal(2 h, 1 h)")), number_of(Quantity.parse("8 %"))
    (7200.0, 0.08)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, Quantity):
        return value.base
    if isinstance(value, Uptime):
        return number_of(value.law, unit_like)
    if isinstance(value, Law):
        if unit_like is not None and (speed := _speed(value, unit_like)) is not None:
            return speed.base
        return value.mean
    return None


def with_number(value: Any, number: float, unit_like: str | None = None) -> Any:
    """The value with another number, as a document would write it. Laws are stretched: mean and spread together.

    Parameters
    ----------
    value
        A value of the model that has a number.
    number
        The new one. [canonical unit]
    unit_like
        As for `number_of`.

    Examples
    --------
    >>> with_number(Law.model_validate("lognormal(2 h, 1 h)"), 3600.0)
    'lognormal(1 h, 0.5 h)'
    >>> with_number(740, 700.4), with_number(Quantity.parse("8 %"), 0.1)
    (700, '10 %')
    """
    if isinstance(value, int):
        return max(0, int(number + 0.5))
    if isinstance(value, float):
        return number
    if isinstance(value, Quantity):
        return str(_with_base(value, number))
    if isinstance(value, Uptime):
        clock = "" if value.by == "clock" else f" {value.by}"
        return with_number(value.law, number, unit_like) + clock
    assert isinstance(value, Law)
    if unit_like is not None and (speed := _speed(value, unit_like)) is not None:
        found = _AT.match(value.text)
        assert found is not None
        return f"{found[1]}{_with_base(speed, number)}"
    return stretched(value, number / value.mean if value.mean else 1.0)


def stretched(law: Law, factor: float) -> str:
    """A law whose variates are ``factor`` times as long, in the units written.

    Examples
    --------
    >>> stretched(Law.model_validate("uniform(2 min, 4 min)"), 0.5)
    'uniform(1 min, 2 min)'
    """
    if law.kind == "geometric" and len(law.args) == 1:
        return f"geometric({_plain(min(1.0, law.args[0].base / factor))})"
    names = [name.rstrip("?") for name in ARGUMENTS[law.kind]]
    args = [
        argument if name in PURE_NUMBERS else _with_base(argument, argument.base * factor)
        for name, argument in zip(names, law.args, strict=False)
    ]
    if law.kind == "constant":
        return str(args[0])
    return f"{law.kind}({', '.join(map(str, args))})"


def _with_base(quantity: Quantity, number: float) -> Quantity:
    """The quantity with another value, in its own unit."""
    one = Quantity(1.0, quantity.unit).base
    return Quantity(float(_plain(number / one)), quantity.unit)


def _plain(number: float) -> str:
    """Ten significant digits: enough for any input, and free of the last bits of a division."""
    return f"{number:.10g}"


def _speed(law: Law, unit_like: str) -> Quantity | None:
    """The speed in ``900 placements at 52 000/h`` where the range is one of speeds."""
    found = _AT.match(law.text)
    if found is None:
        return None
    try:
        is_rate = Quantity.parse(unit_like).dimension == "rate"
    except UnitError:
        return None
    return Quantity.parse(found[2]) if is_rate else None
