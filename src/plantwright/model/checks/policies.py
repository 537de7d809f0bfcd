"""How things are called for: by a policy, a release or a demand, and only by one that fits."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.errors import Finding, nearest
from plantwright.model.checks.fault import fault, listed
from plantwright.model.plant import Plant
from plantwright.model.product import Item


def callings(plant: Plant) -> Iterator[Finding]:
    """Policies that do not fit how an item is supplied, and made things that nothing calls for."""
    for name, item in plant.items.items():
        here = f"items.{name}"
        if item.buy is not None:
            yield from _bought(plant, here, name, item)
        if item.made_by is not None:
            yield from _made(plant, here, name, item)
    for name, product in plant.products.items():
        here = f"products.{name}"
        wanted = name in plant.demand or (plant.target is not None and len(plant.products) == 1)
        wanted = wanted or name in scheduled(plant)
        if product.release is None and not wanted:
            yield fault(
                "W505",
                here,
                "nobody orders it, so that none is made",
                "Write it under demand, or give it a release to test the plant.",
            )
        elif product.release is not None and name in plant.demand:
            yield fault(
                "W506",
                f"{here}.release",
                "it has a release and a demand: the release fills the plant whatever is ordered",
                "Keep one of them.",
            )


def scheduled(plant: Plant) -> frozenset[str]:
    """Items and products of which orders are written to be scheduled; of a misspelt one, what may be meant."""
    named = [order.item for order in plant.scheduling.orders.values()] if plant.scheduling else []
    things = [*plant.items, *plant.products]
    return frozenset(name if name in things else nearest(name, things) or name for name in named)


def _is_only_scheduled(plant: Plant) -> bool:
    """Whether nothing is made but the orders of a schedule, for which there is enough of all that they do not order."""
    return bool(plant.scheduling and plant.scheduling.orders) and not plant.demand and plant.target is None


def _bought(plant: Plant, here: str, name: str, item: Item) -> Iterator[Finding]:
    if item.policy is not None and item.buy is not None and item.buy.policy is not None:
        yield fault("E221", f"{here}.policy", "it has two policies, here and under buy", "Keep the one under buy.")
    policy = (item.buy.policy if item.buy else None) or item.policy
    if policy is not None and policy.s is None:
        kind = "kanban" if policy.kanban is not None else "base-stock"
        yield fault(
            "E222",
            f"{here}.buy.policy",
            f"{kind} calls for making; a bought item is ordered by s and Q",
            "Write {s: pieces left when an order goes out, Q: pieces per order}.",
        )
    offered = any(offer.item == name for offer in plant.offers.values())
    if item.buy and policy is not None and not item.buy.from_ and not offered:
        yield fault(
            "E223",
            f"{here}.buy",
            "it is ordered, but from nobody, so that nothing ever arrives",
            "Write from: with an offer, or leave the policy out where it is never short.",
        )


def _made(plant: Plant, here: str, name: str, item: Item) -> Iterator[Finding]:
    policy = item.policy
    if policy is not None and policy.s is not None:
        yield fault(
            "E222",
            f"{here}.policy",
            "s and Q order from suppliers; a made item is called for by kanban or base-stock",
            "Write kanban or base-stock.",
        )
    if policy is not None and item.release is not None:
        yield fault(
            "E224",
            f"{here}.release",
            "it has a policy and a release, and only one can call for it",
            "Keep one of them.",
        )
    is_called = name in plant.demand or name in scheduled(plant) or _is_only_scheduled(plant)
    if policy is None and item.release is None and item.buy is None and not is_called:
        yield fault(
            "E225",
            here,
            "neither a policy nor a release nor a demand says when it is made, so that none ever is",
            "Write policy: {kanban: pieces}, or a release.",
        )


def offers(plant: Plant) -> Iterator[Finding]:
    """Offers of another item than the one bought, without capacity, or that nobody takes."""
    taken: dict[str, str] = {}
    for name, item in plant.items.items():
        if item.buy and item.buy.from_ is None:
            taken |= {offer: name for offer, promised in plant.offers.items() if promised.item == name}
        named = item.buy.from_ if item.buy else None
        for offer in (named,) if isinstance(named, str) else named or ():
            taken[offer] = name
            other = plant.offers[offer].item if offer in plant.offers else None
            if other is not None and other != name:
                yield fault(
                    "E226",
                    f"items.{name}.buy.from",
                    f'offer "{offer}" is for {other}, not for {name}',
                    "Name an offer for this item.",
                )
    for name, promised in plant.offers.items():
        if promised.capacity is not None and promised.capacity.base <= 0:
            yield fault(
                "E227",
                f"offers.{name}.capacity",
                "an offer of nothing per time never delivers",
                "Write a capacity above 0, or leave it out.",
            )
        if name not in taken and (plant.sourcing is None or promised.item is None):
            yield fault(
                "W507",
                f"offers.{name}",
                "nobody buys from it",
                f"Write it under buy.from of {promised.item or 'an item'}.",
            )


def nothing_to_make(plant: Plant) -> Iterator[Finding]:
    """A plant in which no piece is ever released."""
    calls = [name for name, item in plant.items.items() if item.release or item.policy]
    calls += [name for name, product in plant.products.items() if product.release or name in plant.demand]
    calls += scheduled(plant)
    wanted = plant.target is not None and bool(plant.products)
    if not calls and not wanted and not any(name in plant.items for name in plant.demand):
        made = listed([*plant.products, *plant.items])
        yield fault(
            "E220",
            "products" if plant.products else "routes",
            f"nobody orders anything and nothing is released{f', neither {made}' if made else ''}",
            "Write demand: {product: {year: pieces}}, or a release.",
        )
