"""Numbers as people read them: rounded to what they are worth, thousands separated, unknown where unknown."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from plantwright.results import Chance, Estimate, InputRange, Shortage
from plantwright.units import Quantity, show_duration

UNKNOWN = "unknown"
TELLING = 20
"""Runs that all agree from which a chance is not worth an excuse: they show 86 %. [-]"""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def known(value: float | None) -> bool:
    """Whether there is a number to show at all."""
    return value is not None and math.isfinite(value)


def rounded(value: float, place: int) -> str:
    """``value`` rounded to 10**-place, thousands separated, with a true minus sign.

    >>> rounded(98712.3, -1)
    '98,710'
    """
    shown = f"{round(value, place):,.{max(place, 0)}f}"
    return shown.replace("-", "−") if float(shown.replace(",", "")) else shown.replace("-", "")


def number(value: float | None, figures: int = 3) -> str:
    """A figure with at least ``figures`` significant digits; whole from a thousand up.

    >>> number(76123.4), number(0.76331), number(None)
    ('76,123', '0.763', 'unknown')
    """
    if value is None or not math.isfinite(value):
        return UNKNOWN
    if value == 0:
        return "0"
    place = figures - 1 - math.floor(math.log10(abs(value)))
    shown = rounded(value, min(max(place, 0), 6))
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def about(value: float | None) -> str:
    """A large figure to four significant digits, for a headline.

    >>> about(102345.0)
    '102,300'
    """
    if value is None or not math.isfinite(value):
        return UNKNOWN
    if abs(value) < 1000:
        return number(value)
    return rounded(value, 3 - math.floor(math.log10(abs(value))))


def about_known(value: float, is_whole: bool) -> str:
    """A sum to four digits; unknown, or the least that it is, where a part of it is not known.

    >>> about_known(1234.5, True), about_known(1234.5, False), about_known(0.0, False)
    ('1,234', 'at least 1,234', 'unknown')
    """
    if is_whole:
        return about(value)
    return f"at least {about(value)}" if value else UNKNOWN


def _place_of(half_width: float) -> int:
    """Decimal place to which an interval is worth saying: one digit; two where it is large or begins with 1 or 2."""
    size = math.floor(math.log10(half_width))
    return -size + (half_width >= 10 or half_width < 3 * 10**size)


def estimate(value: Estimate | None) -> str:
    """Mean and half-width, both to the digit to which the half-width is worth saying.

    >>> estimate(Estimate(98712.3, 431.8, 12))
    '98,710 ± 430'
    """
    if value is None or value.mean is None or not math.isfinite(value.mean):
        return UNKNOWN
    if value.half_width is None or not math.isfinite(value.half_width) or value.half_width <= 0:
        return number(value.mean)
    place = min(_place_of(value.half_width), 6)
    return f"{rounded(value.mean, place)} ± {rounded(value.half_width, place)}"


def plus_minus(value: Estimate) -> str:
    """The half-width alone, to the digit to which it is worth saying; nothing where it is unknown.

    >>> plus_minus(Estimate(98712.3, 431.8, 12))
    '± 430'
    """
    return "".join(estimate(value).partition("± ")[1:])


def headline(value: Estimate | None) -> str:
    """The mean alone, to the digit that its interval supports.

    >>> headline(Estimate(98712.3, 431.8, 12))
    '98,700'
    """
    if value is None or value.mean is None or not math.isfinite(value.mean):
        return UNKNOWN
    if not value.half_width:
        return about(value.mean)
    return rounded(value.mean, -math.floor(math.log10(value.half_width)))


def gain(value: Estimate) -> str:
    """A difference with its sign.

    >>> gain(Estimate(812.0, 240.0, 8))
    '+810 ± 240'
    """
    return signed(value, estimate)


def signed(value: Estimate, shown: Callable[[Estimate], str]) -> str:
    """A difference with its sign, shown in one of the ways of this module.

    >>> signed(Estimate(0.031, 0.004, 8), share)
    '+3.1 ± 0.4 %'
    """
    said = shown(value)
    return f"+{said}" if value.mean is not None and value.mean > 0 and said != UNKNOWN else said


def span(value: InputRange | None) -> str:
    """The ends of the second interval: ``91,200 to 103,500``."""
    if value is None or value.low is None or value.high is None:
        return UNKNOWN
    low, high = about(value.low), about(value.high)
    return low if low == high else f"{low} to {high}"


def percent(fraction: float | None) -> str:
    """A share in per cent, to the digit that a reader uses.

    >>> percent(0.8734), percent(0.031), percent(0.0002)
    ('87 %', '3.1 %', 'under 0.1 %')
    """
    if fraction is None or not math.isfinite(fraction):
        return UNKNOWN
    if 0 < fraction < 0.001:
        return "under 0.1 %"
    value = 100 * fraction
    one_decimal = abs(value) < 9.95 or 99 <= value < 99.95
    shown = rounded(value, 1 if one_decimal else 0)
    return f"{shown.removesuffix('.0')} %"


def share(value: Estimate | None) -> str:
    """An estimated share in per cent with its half-width in points."""
    if value is None or value.mean is None or not math.isfinite(value.mean):
        return UNKNOWN
    if not value.half_width:
        return percent(value.mean)
    return f"{estimate(Estimate(100 * value.mean, 100 * value.half_width, value.n))} %"


def duration(seconds: float | None) -> str:
    """A time in the unit that suits its length."""
    return UNKNOWN if seconds is None or not math.isfinite(seconds) else show_duration(seconds)


def time(value: Estimate | None) -> str:
    """An estimated time, mean and half-width in the unit that suits the mean.

    >>> time(Estimate(810000.0, 9000.0, 12))
    '9.38 ± 0.10 d'
    """
    shown = duration(value.mean if value is not None else None)
    if value is None or not value.mean or not value.half_width or shown == UNKNOWN:
        return shown
    unit = shown.rsplit(" ", 1)[1]
    size = Quantity(value=1.0, unit=unit).base
    return f"{estimate(Estimate(value.mean / size, value.half_width / size, value.n))} {unit}"


def chance(value: Chance) -> str:
    """What the runs can show of a probability, never more.

    >>> chance(Chance(1.0, 0.473, 4, 1.0)), chance(Chance(0.75, 0.473, 12, 0.928))
    ('at least 47 %', '47 to 93 %')
    """
    if value.estimate is None or value.at_least is None:
        return UNKNOWN
    if value.estimate == 1 or value.at_most is None:
        return f"at least {percent(value.at_least)}"
    if value.estimate == 0:
        return f"at most {percent(value.at_most)}"
    return f"{percent(value.at_least).removesuffix(' %')} to {percent(value.at_most)}"


def seen(value: Chance) -> str:
    """What a probability rests on: ``4 of 4 simulated years did; so few show no more``."""
    if value.estimate is None or value.at_least is None:
        return ""
    few = "; so few show no more" if value.n < TELLING and value.estimate in (0, 1) else ""
    return f"{round(value.estimate * value.n)} of {value.n} simulated years did{few}"


def titled(key: str, name: str) -> str:
    """A name with its id behind it, for whoever has to type the id.

    >>> titled("rest", "Open-circuit rest place"), titled("saw", "saw")
    ('Open-circuit rest place (rest)', 'saw')
    """
    return f"{name} ({key})" if name and name != key else key


def missing(shortage: Shortage) -> str:
    """What was missing, as it stands in a sentence.

    >>> nothing = Estimate(None)
    >>> missing(Shortage("skill", "weld", nothing, nothing, name="Welding"))
    'people (Welding)'
    """
    name = shortage.name or shortage.key
    return {"skill": f"people ({name})", "tool": f"tools ({name})"}.get(shortage.kind, name)


def runs(count: int) -> str:
    """``1 run``, ``12 runs``."""
    return f"{count} run" if count == 1 else f"{count} runs"


def month(label: str) -> str:
    """``2027-01`` as ``Jan``; any other label as it stands."""
    part = label.split("-")
    return _MONTHS[int(part[1]) - 1] if len(part) == 2 and part[1].isdigit() and 1 <= int(part[1]) <= 12 else label


def gathered(paths: Iterable[str]) -> list[str]:
    """Paths of the document with those of like things taken together.

    >>> gathered(["shops.motors.area", "shops.battery.area", "finance"])
    ['shops.*.area (2)', 'finance']
    """
    alike: dict[str, list[str]] = {}
    for path in dict.fromkeys(paths):
        first, _, rest = path.partition(".")
        _, _, field = rest.partition(".")
        alike.setdefault(f"{first}.*.{field}" if field else path, []).append(path)
    return [f"{shape} ({len(same)})" if len(same) > 1 else same[0] for shape, same in alike.items()]


def sentence(text: str) -> str:
    """First letter upper case, a full stop at the end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?:" else ".")
