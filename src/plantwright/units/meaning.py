"""What a written unit means: a table for the common ones, composition of its entries, pint for the rest."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any, NamedTuple

from plantwright.errors import nearest


class UnitError(ValueError):
    """A quantity that cannot be read, or is of the wrong kind. The message is meant for the author of the document."""


class Unit(NamedTuple):
    """What a written unit means: the factor to canonical units, its powers of (time, length, mass, money), its name."""

    factor: float
    powers: tuple[int, int, int, int]
    dimension: str
    currency: str | None = None

    @property
    def family(self) -> str:
        """Units of one family convert into each other: plain numbers, shares and counts are one."""
        return "number" if self.dimension in ("dimensionless", "share", "count") else self.dimension


_NAMES = {
    (1, 0, 0, 0): "time",
    (-1, 0, 0, 0): "rate",
    (0, 1, 0, 0): "length",
    (-1, 1, 0, 0): "speed",
    (0, 2, 0, 0): "area",
    (0, 3, 0, 0): "volume",
    (0, 0, 1, 0): "mass",
    (-3, 2, 1, 0): "power",
    (-2, 2, 1, 0): "energy",
    (0, 0, 0, 1): "money",
    (-1, 0, 0, 1): "money/time",
    (2, -2, -1, 1): "money/energy",
    (0, -1, 0, 1): "money/length",
    (0, -2, 0, 1): "money/area",
    (0, 0, -1, 1): "money/mass",
    (0, 0, 0, 0): "count",
}

_SYMBOLS: dict[tuple[int, int, int, int], dict[float, str]] = {
    (1, 0, 0, 0): {
        1e-6: "us µs μs",
        1e-3: "ms",
        1.0: "s sec second seconds",
        60.0: "min minute minutes",
        3600.0: "h hr hour hours",
        86_400.0: "d day days",
        604_800.0: "week weeks",
    },
    (-1, 0, 0, 0): {1.0: "Hz"},
    (0, 1, 0, 0): {1e-3: "mm", 1e-2: "cm", 1.0: "m", 1e3: "km"},
    (0, 2, 0, 0): {1e4: "ha"},
    (0, 3, 0, 0): {1e-6: "ml mL", 1e-3: "l L"},
    (0, 0, 1, 0): {1e-6: "mg", 1e-3: "g", 1.0: "kg", 1e3: "t"},
    (-3, 2, 1, 0): {1.0: "W", 1e3: "kW", 1e6: "MW"},
    (-2, 2, 1, 0): {1.0: "J", 1e3: "kJ", 1e6: "MJ", 3600.0: "Wh", 3.6e6: "kWh", 3.6e9: "MWh"},
    (0, 0, 0, 0): {1.0: "1 piece pieces pcs unit units part parts item items placement placements cycle cycles"},
}
_SHARES = {"%": 1e-2, "‰": 1e-3, "ppm": 1e-6, "dpmo": 1e-6}
_TABLE: dict[str, Unit] = {"": Unit(1.0, (0, 0, 0, 0), "dimensionless")}
_TABLE |= {
    name: Unit(factor, powers, _NAMES[powers])
    for powers, row in _SYMBOLS.items()
    for factor, names in row.items()
    for name in names.split()
}
_TABLE |= {name: Unit(factor, (0, 0, 0, 0), "share") for name, factor in _SHARES.items()}

CURRENCIES = frozenset(
    re.findall(
        r"[A-Z]{3}",
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD "
        "CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF "
        "GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP "
        "LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB "
        "PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL "
        "THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW "
        "ZWG",
    )
)
"""ISO 4217 codes that a plant may use."""

_FACTOR = re.compile(r"([A-Za-zµμ%‰]+?|1)\^?([23]|[²³])?")
_PER = re.compile(r"(?:^| )per ")
_INDEFINITE = re.compile(r"(?i)\b(months?|mo|years?|yrs?|quarters?)\b")


@lru_cache(maxsize=4096)
def meaning(unit: str) -> Unit:
    """What a written unit means, from the table, composed of table entries, or from pint."""
    if _INDEFINITE.search(unit):
        raise UnitError(f'"{unit}" has no definite length; write days or weeks')
    return from_table(unit) or _from_pint(unit)


@lru_cache(maxsize=4096)
def from_table(unit: str) -> Unit | None:
    """A table entry or a quotient of products of them ("EUR/h", "m2", "EUR/kWh"); None where a symbol is unknown."""
    if unit in _TABLE:
        return _TABLE[unit]
    over, *under = _PER.sub("/", unit).split("/")
    signed = [(symbol, 1) for symbol in re.split(r"[*·]", over or "1")]
    signed += [(symbol, -1) for part in under for symbol in re.split(r"[*·]", part)]
    factors = [_factor(symbol, sign) for symbol, sign in signed]
    known = [factor for factor in factors if factor is not None]
    return _product(known) if len(known) == len(factors) else None


def _product(factors: list[Unit]) -> Unit | None:
    if len(factors) == 1:
        return factors[0]
    time, length, mass, money = (sum(column) for column in zip(*(factor.powers for factor in factors), strict=True))
    currencies = {factor.currency for factor in factors if factor.currency}
    if len(currencies) > 1 or money not in (0, 1):
        return None
    powers = (time, length, mass, money)
    scale = math.prod(factor.factor for factor in factors)
    return Unit(scale, powers, _named(powers), next(iter(currencies)) if money else None)


def _named(powers: tuple[int, int, int, int]) -> str:
    """The name of a dimension, or its powers where it has none."""
    axes = zip(("time", "length", "mass", "money"), powers, strict=True)
    return _NAMES.get(powers) or " ".join(f"{axis}^{power}" for axis, power in axes if power)


def _factor(symbol: str, sign: int) -> Unit | None:
    """One symbol with an optional square or cube, to the power of ``sign``."""
    found = _FACTOR.fullmatch(symbol)
    if found is None:
        return None
    unit = _TABLE.get(found[1]) or _money(found[1])
    if unit is None:
        return None
    exponent = sign * {"2": 2, "²": 2, "3": 3, "³": 3}.get(found[2], 1)
    if exponent == 1:
        return unit
    time, length, mass, money = (power * exponent for power in unit.powers)
    powers = (time, length, mass, money)
    return Unit(unit.factor**exponent, powers, _named(powers), unit.currency)


def _money(symbol: str) -> Unit | None:
    code = symbol[-3:]
    scale = {"": 1.0, "k": 1e3, "M": 1e6}.get(symbol[:-3])
    return Unit(scale, (0, 0, 0, 1), "money", code) if scale and code in CURRENCIES else None


@lru_cache(maxsize=1)
def _registry() -> Any:
    import pint  # half a second; only a document with an uncommon unit pays it

    return pint.UnitRegistry(cache_folder=None)


def _from_pint(unit: str) -> Unit:
    """An uncommon unit ("inch", "psi"): powers of time, length and mass are understood, others only named."""
    try:
        one = _registry().Quantity(1.0, unit).to_base_units()
        dimensions = dict(one.dimensionality)
        factor = float(one.magnitude)
    except Exception as error:  # pint raises many kinds, tokenizer errors included
        raise UnitError(_unknown(unit)) from error
    time, length, mass = (dimensions.pop(f"[{name}]", 0) for name in ("time", "length", "mass"))
    if dimensions or any(power != int(power) for power in (time, length, mass)):
        return Unit(factor, (0, 0, 0, 0), str(one.dimensionality))
    powers = (int(time), int(length), int(mass), 0)
    return Unit(factor, powers, _named(powers))


def _unknown(unit: str) -> str:
    near = nearest(unit, _TABLE)
    if unit.upper() in CURRENCIES:
        near = unit.upper()
    return f'"{unit}" is not a unit known here' + (f'; did you mean "{near}"?' if near else "")
