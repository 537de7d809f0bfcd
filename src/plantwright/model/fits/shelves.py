"""Stocks, backlogs, what is called for, what comes, and what happens at intervals."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.errors import Finding, nearest
from plantwright.model.checks.fault import fault
from plantwright.model.fits.absent import absent
from plantwright.model.fits.known import Known
from plantwright.model.product import Item, Product
from plantwright.model.state import Delivery


def moments(known: Known) -> Iterator[Finding]:
    """A state from before the plant's first day."""
    at, first = known.state.at, known.plant.from_
    if at.date() < first:
        yield fault(
            "E280",
            "at",
            f"the state is of {at:%Y-%m-%d}, before the plant's first day, {first}",
            "Let the plant begin earlier (from), or correct the moment.",
        )


def names(known: Known) -> Iterator[Finding]:
    """Items, offers and calendars that nothing in the plant bears."""
    state, plant = known.state, known.plant
    for field, written in (("stocks", state.stocks), ("backlogs", state.backlogs)):
        for name in written:
            if name not in known.things:
                yield absent(f"{field}.{name}", "item or product", name, known.things)
    listed = [(f"orders.{index}.item", order.item) for index, order in enumerate(state.orders)]
    listed += [(f"deliveries.{index}.item", delivery.item) for index, delivery in enumerate(state.deliveries)]
    for here, name in listed:
        if name not in known.things:
            yield absent(here, "item or product", name, known.things)
    for field, named, what, valid in (
        ("offers", state.offers, "offer", plant.offers),
        ("overtime", state.overtime, "calendar", plant.calendars),
        ("mix", state.mix, "product", plant.products),
    ):
        for name in named:
            if name not in valid:
                yield absent(f"{field}.{name}", what, name, valid)


def levels(known: Known) -> Iterator[Finding]:
    """Stocks and backlogs that cannot be together, or that nothing ever changes."""
    for name, pieces in known.state.backlogs.items():
        thing = known.things.get(name)
        stock = known.state.stocks.get(name, 0)
        if thing is not None and pieces and stock:
            yield fault(
                "E296",
                f"backlogs.{name}",
                f'customers wait for {pieces} of "{name}", while {stock} are in stock',
                "Lower both by the smaller one: they would have been delivered.",
            )
        if thing is not None and name not in known.plant.demand:
            yield fault(
                "W523",
                f"backlogs.{name}",
                f'nobody orders "{name}" in this plant, but customers wait for it',
                "They are served first of all.",
            )
    for name, pieces in known.state.stocks.items():
        item = known.plant.items.get(name)
        if item is not None and item.room is not None and pieces > item.room:
            yield fault(
                "W524",
                f"stocks.{name}",
                f'{pieces} of "{name}" are in stock, where there is room for {item.room}',
                "Nothing is put there until there is room again.",
            )


def orders(known: Known) -> Iterator[Finding]:
    """Pieces called for of what begins by itself, and pieces that nothing makes."""
    for index, order in enumerate(known.state.orders):
        thing = known.things.get(order.item)
        if thing is None:
            continue
        here = f"orders.{index}.item"
        release = thing.release
        if not known.route(order.item):
            yield fault("E297", here, f'no route makes "{order.item}"', "Put what is bought under deliveries.")
        elif release is not None and (release.saturated or release.conwip is not None):
            how = "saturated" if release.saturated else "conwip"
            yield fault(
                "E297", here, f'"{order.item}" is begun by itself ({how}): nothing of it is called for', "Leave it out."
            )


def deliveries(known: Known) -> Iterator[Finding]:
    """Deliveries of what is not ordered, by offers of something else, or in the past."""
    for index, delivery in enumerate(known.state.deliveries):
        here = f"deliveries.{index}"
        thing = known.things.get(delivery.item)
        offers = _offers(known, thing, delivery)
        if thing is not None and delivery.due is None and not offers:
            yield fault(
                "E298",
                here,
                f'no offer supplies "{delivery.item}", so that nobody knows when this comes',
                "Say when it is due.",
            )
        if delivery.offer is not None and offers and delivery.offer not in offers:
            yield absent(f"{here}.offer", f"offer for {delivery.item}", delivery.offer, offers)
        at = known.state.at
        if delivery.due is not None and delivery.due <= at:
            yield fault(
                "E286",
                f"{here}.due",
                f"it is due at {delivery.due:%Y-%m-%d %H:%M}, not after the moment of the state",
                "Put what has come into stocks, or give a later date.",
            )
        if delivery.ordered is not None and delivery.ordered > at:
            yield fault(
                "E286",
                f"{here}.ordered",
                f"it was ordered at {delivery.ordered:%Y-%m-%d %H:%M}, after the moment of the state",
                "Give an earlier moment.",
            )


def _offers(known: Known, thing: Item | Product | None, delivery: Delivery) -> list[str]:
    """The offers by which an item is ordered; none where it is never short, or not bought."""
    if not isinstance(thing, Item) or thing.buy is None or (thing.buy.policy or thing.policy) is None:
        return []
    named = thing.buy.from_
    if named is None:
        return [name for name, offer in known.plant.offers.items() if offer.item == delivery.item]
    return [named] if isinstance(named, str) else [*named]


def recurring(known: Known) -> Iterator[Finding]:
    """Intervals of what does not come at intervals."""
    for name in known.state.arrivals:
        thing = known.things.get(name)
        if thing is None:
            yield absent(f"arrivals.{name}", "item or product", name, known.things)
        elif thing.release is None or thing.release.every is None:
            yield fault(
                "E299",
                f"arrivals.{name}",
                f'"{name}" does not arrive at intervals',
                "Leave it out, or give it a release with every.",
            )
    for name in known.state.customers:
        demand = known.plant.demand.get(name)
        if demand is None or demand.every is None:
            yield fault(
                "E299",
                f"customers.{name}",
                f'customers do not order "{name}" at intervals',
                "Leave it out, or give it a demand with every.",
            )


def practice(known: Known) -> Iterator[Finding]:
    """Practice in what nothing in the plant learns."""
    for name in known.state.practice:
        if name not in known.learned:
            yield fault(
                "W525",
                f"practice.{name}",
                f'nothing in the plant is learned as "{name}"',
                "It counts for nothing; a skill is named as it is, an operation as route.operation.",
                near=nearest(name, known.learned),
            )
