"""What offers and stations cannot do of a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from plantwright.model.buying import offers_for
from plantwright.model.supply import Outage
from plantwright.results import Message, StationLoad
from plantwright.study.materials.planned import Made

FULL = 1.0 + 1e-9
"""Load above which a station cannot do it. [-]"""
DAY_S = 86_400.0


def offers(made: Made) -> Iterator[Message]:
    """Purchases that are more than an offer can deliver, or that come while it is cut off."""
    for item, thing in enumerate(made.materials.names):
        key = next(iter(offers_for(made.plant, thing)), None)
        if key is None:
            continue
        offer = made.plant.offers[key]
        if offer.capacity is not None:
            yield from _too_much(made, item, key, offer.capacity.base * made.horizon.days * DAY_S)
        for outage in offer.outages:
            yield from _cut_off(made, item, key, outage)


def _too_much(made: Made, item: int, key: str, most: float) -> Iterator[Message]:
    """More than an offer can deliver up to some day, one large order at the start aside."""
    bought = made.plan.receipts[item, : made.shown]
    beyond = np.cumsum(bought) - bought.max(initial=0) - most * np.arange(1, len(bought) + 1)
    if (beyond > 0).any():
        pieces, day = int(np.ceil(beyond.max())), made.day(int(np.argmax(beyond > 0)))
        text = (
            f"{made.name(item)}: the plan asks {key} for {pieces:,} more than it can deliver, {most:,.0f} a period; "
            "buy them elsewhere too"
        )
        yield made.message("offer", item, key, pieces=pieces, date=day, text=text)


def _cut_off(made: Made, item: int, key: str, outage: Outage) -> Iterator[Message]:
    """What is to come while an offer delivers less."""
    if outage.until <= made.horizon.first:
        return
    first, last = made.horizon.period(outage.from_), made.horizon.period(outage.until)
    pieces = int(made.plan.receipts[item, first : min(last + 1, made.shown)].sum())
    if pieces:
        text = (
            f"{made.name(item)}: {pieces:,} are to come by {key} while it delivers less, "
            f"{outage.from_} to {outage.until}; order earlier or elsewhere"
        )
        yield made.message("offer", item, key, pieces=pieces, date=outage.from_.isoformat(), text=text)


def stations(made: Made, load: Mapping[str, StationLoad]) -> Iterator[Message]:
    """Stations whose planned work takes more hours than there are."""
    for key, row in load.items():
        beyond = [needed - there for needed, there in zip(row.needed_h, row.hours_h, strict=True)]
        over = [period for period, hours in enumerate(row.needed_h) if hours > FULL * row.hours_h[period]]
        if over:
            most = max(over, key=lambda period: beyond[period])
            text = (
                f"{row.name}: overloaded in {len(over)} of {made.shown} periods, most from {made.day(most)} on "
                f"({row.needed_h[most]:,.0f} h of work in {row.hours_h[most]:,.0f} h); "
                f"{sum(beyond[period] for period in over):,.0f} h have to be moved or added"
            )
            yield Message("overload", key, row.name, "", 0, made.day(over[0]), "", text)
