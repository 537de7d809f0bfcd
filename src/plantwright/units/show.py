"""Numbers for people: durations, counts, shares and money as reports print them."""

from __future__ import annotations

import math

_STEPS = ((86_400.0, "d", 172_800.0), (3600.0, "h", 7200.0), (60.0, "min", 120.0), (1.0, "s", 1.0), (1e-3, "ms", 1e-3))


def show_duration(seconds: float) -> str:
    """A time for people: three figures in the unit that suits its length.

    >>> show_duration(9000.0)
    '2.5 h'
    """
    for size, unit, least in _STEPS:
        if abs(seconds) >= least:
            return f"{_three_figures(seconds / size)} {unit}"
    return f"{_three_figures(seconds * 1e6)} us" if seconds else "0 s"


def _three_figures(value: float) -> str:
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 100 else f"{rounded:g}"


def show_count(value: float) -> str:
    """A number of pieces for people: whole, thousands separated ("98,700")."""
    return f"{math.floor(value + 0.5):,}"


def show_share(fraction: float) -> str:
    """A fraction of one for people, in per cent with one decimal ("8.3 %")."""
    return f"{100 * fraction:.1f} %"


def show_money(amount: float, currency: str) -> str:
    """An amount for people: cents below a thousand, whole above ("12,400 EUR")."""
    return f"{amount:,.2f} {currency}" if abs(amount) < 1000 else f"{amount:,.0f} {currency}"
