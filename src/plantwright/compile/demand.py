"""Demand by the day: a year with its season and growth, or dated orders, in whole pieces."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from plantwright.model.demand import Demand, months_of
from plantwright.model.planning import Planning
from plantwright.model.plant import Plant

DAY_S = 86_400.0


def daily_demand(plant: Plant, thing: str, days: int) -> tuple[int, ...]:
    """Pieces of an item or product that customers want on each day from the plant's first.

    Parameters
    ----------
    plant
        The plant whose demand and first day count.
    thing
        Id of the item or product; without a demand every day is 0.
    days
        How many days. [d]

    Returns
    -------
    tuple of int
        Whole pieces: fractions are carried over, so that every total is right to half a piece and the first year's
        exactly. [pieces/d]

    Notes
    -----
    The season's shares are spread evenly over the days of their months, the rest of the year over the other days.
    Growth multiplies each calendar month by 1 + g against the month before; the first year's total stays as written,
    and the next years grow on, with the same season. Demand by a law is shown at its mean. Orders dated before the
    first day fall on it; where there is a forecast as well, they use it up (`daily_forecast`).
    """
    both = zip(daily_ordered(plant, thing, days), daily_forecast(plant, thing, days), strict=True)
    return tuple(ordered + expected for ordered, expected in both)


def daily_ordered(plant: Plant, thing: str, days: int) -> tuple[int, ...]:
    """Pieces of dated orders by the day from the plant's first on which they are due. [pieces/d]"""
    demand = plant.demand.get(thing)
    if demand is None or days <= 0:
        return (0,) * max(days, 0)
    return _dated(demand, plant.from_, days)


def daily_forecast(plant: Plant, thing: str, days: int) -> tuple[int, ...]:
    """Pieces that are expected on each day from the plant's first, beside those already ordered. [pieces/d]

    Notes
    -----
    An order uses up the forecast of its own day, then of the days before it, the nearest first, then of the days after
    it, as far as ``planning.consumption`` reaches. What is ordered beyond the forecast around it comes on top.
    """
    demand = plant.demand.get(thing)
    if demand is None or days <= 0 or (demand.year is None and demand.every is None):
        return (0,) * max(days, 0)
    if not demand.orders:
        return _whole(_rates(demand, plant.from_, days))
    reach = round((plant.planning or Planning()).consumption.base / DAY_S)
    expected = list(_whole(_rates(demand, plant.from_, days + reach)))
    for day, pieces in enumerate(_dated(demand, plant.from_, days + reach)):
        _use_up(expected, day, pieces, reach)
    return tuple(expected[:days])


def _use_up(expected: list[int], day: int, pieces: int, reach: int) -> None:
    """Take the pieces of a day's orders out of the forecast around it."""
    before = range(day, max(day - reach, 0) - 1, -1)
    after = range(day + 1, min(day + reach, len(expected) - 1) + 1)
    for each in (*before, *after) if pieces else ():
        used = min(pieces, expected[each])
        expected[each] -= used
        pieces -= used
        if not pieces:
            return


def monthly_demand(plant: Plant, thing: str, days: int) -> dict[str, int]:
    """Pieces wanted in each calendar month, ``2027-01`` and on, of the days from the plant's first. [pieces]"""
    months: dict[str, int] = {}
    for day, pieces in enumerate(daily_demand(plant, thing, days)):
        month = f"{plant.from_ + dt.timedelta(days=day):%Y-%m}"
        months[month] = months.get(month, 0) + pieces
    return months


def _dated(demand: Demand, first: dt.date, days: int) -> tuple[int, ...]:
    pieces = [0] * days
    for order in demand.orders:
        day = max(0, (order.date - first).days)
        if day < days:
            pieces[day] += order.pieces
    return tuple(pieces)


def _rates(demand: Demand, first: dt.date, days: int) -> list[float]:
    """Mean pieces wanted on each day. [pieces/d]"""
    if demand.year is None:
        pieces = demand.pieces.mean if demand.pieces else 1.0
        between = demand.every.mean if demand.every else math.inf
        return [DAY_S / between * pieces if between > 0 else 0.0] * days
    shares = list(_shares(demand, first, days))
    total = math.fsum(shares[: (_anniversary(first, 1) - first).days])
    return [demand.year * share / total for share in shares[:days]]


def _shares(demand: Demand, first: dt.date, days: int) -> Iterator[float]:
    """Share of its year that falls on each day, times the growth since the first month; whole years."""
    growth = 1.0 + (demand.growth.base if demand.growth else 0.0)
    year = 0
    while year == 0 or _anniversary(first, year) < first + dt.timedelta(days=days):
        start, end = _anniversary(first, year), _anniversary(first, year + 1)
        dates = [start + dt.timedelta(days=day) for day in range((end - start).days)]
        of_month = _share_of_day(demand, dates)
        for date in dates:
            month = (date.year - first.year) * 12 + date.month - first.month
            yield of_month[date.month] * growth**month
        year += 1


def _share_of_day(demand: Demand, dates: list[dt.date]) -> dict[int, float]:
    """Share of the year on one day of each month (1 to 12)."""
    in_month = Counter(date.month for date in dates)
    spans = [(months_of(span), share.base) for span, share in demand.season.items()]
    others = tuple(month for month in range(1, 13) if not any(month in months for months, _ in spans))
    spans.append((others, 1.0 - sum(share for _, share in spans)))
    return {month: share / sum(in_month[each] for each in months) for months, share in spans for month in months}


def _anniversary(first: dt.date, years: int) -> dt.date:
    """The same date so many years on; the 29th of February becomes the 1st of March."""
    if (first.month, first.day) == (2, 29) and not _is_leap(first.year + years):
        return dt.date(first.year + years, 3, 1)
    return first.replace(year=first.year + years)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _whole(rates: list[float]) -> tuple[int, ...]:
    """Whole pieces whose running total is the running total of the rates, rounded."""
    totals = [math.floor(total + 0.5) for total in accumulate(rates)]
    return tuple(here - before for before, here in zip([0, *totals], totals))
