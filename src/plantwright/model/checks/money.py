"""Money: every currency is one, and has a rate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plantwright.errors import Finding, nearest
from plantwright.model.checks.fault import fault
from plantwright.model.path import fields_given
from plantwright.model.plant import Plant
from plantwright.units import CURRENCIES, Quantity


def currencies(plant: Plant) -> Iterator[Finding]:
    """Codes that are no currency, amounts in currencies without a rate, a rate of the base currency."""
    base, rates = plant.money.base, plant.money.rates
    for path, code in (("money.base", base), *((f"money.rates.{code}", code) for code in rates)):
        if code not in CURRENCIES:
            yield fault(
                "E260", path, f'"{code}" is no currency', "Write its ISO 4217 code.", near=nearest(code, CURRENCIES)
            )
    if rates.get(base, 1.0) != 1.0:
        yield fault(
            "E261", f"money.rates.{base}", f"one {base} is one {base}, not {rates[base]:g}", "Delete this rate."
        )
    missing: set[str] = set()
    for path, _, value in fields_given(plant):
        for code in _codes(value):
            if code != base and code not in rates and code not in missing:
                missing.add(code)
                yield fault(
                    "E262",
                    path,
                    f"an amount in {code}, but nothing says what one {code} is worth in {base}",
                    f"Write money: {{rates: {{{code}: value of one {code} in {base}}}}}.",
                )


def _codes(value: Any) -> Iterator[str]:
    """Currencies of a value that is an amount or holds amounts."""
    if isinstance(value, Quantity):
        if value.currency is not None:
            yield value.currency
    elif isinstance(value, dict):
        for entry in value.values():
            if isinstance(entry, (Quantity, dict)):
                yield from _codes(entry)
