"""Items and products as stocks: policies, start stocks, offers."""

from __future__ import annotations

from plantwright.codes import NEVER_SHORT, NO_POLICY, NONE, ON_DEMAND, ON_WITHDRAWAL, REORDER, UNLIMITED
from plantwright.compile.draft import Draft
from plantwright.model.product import Item, Policy, Product
from plantwright.model.supply import Offer
from plantwright.units import TICKS_PER_SECOND


def add_items(draft: Draft) -> None:
    """Rows of all items, then of all products, with their offers."""
    histograms = 0
    for name in draft.items:
        thing = draft.thing(name)
        made = is_made(draft, thing)
        row = draft.rows["item"].add(
            room=UNLIMITED,
            reorder=NONE,
            lot=thing.moves_as,
            flow_histogram=histograms if made else NONE,
            wait_histogram=histograms + 1 if made else NONE,
            serial=int(isinstance(thing, Item) and thing.serial),
        )
        histograms += 2 * made
        policy = _made_policy(draft, name, thing) if made else _bought_policy(draft, name, thing)
        if name in draft.plan and policy["policy"] != NEVER_SHORT:
            policy = {**policy, "policy": NO_POLICY, "reorder": NONE}
        start = policy.get("start", 0) if thing.start is None else thing.start
        draft.rows["item"].set(row, **{**policy, "start": start, "stock": start})
        if draft.state is not None:
            stock, backlog = draft.state.stocks.get(name, start), draft.state.backlogs.get(name, 0)
            draft.rows["item"].set(row, stock=stock, backlog=backlog)
        if isinstance(thing, Item) and thing.room is not None:
            draft.rows["item"].set(row, room=thing.room)
    draft.histograms = histograms
    _link_users(draft)


def is_made(draft: Draft, thing: Item | Product) -> bool:
    """Whether a route of the plant makes it."""
    return thing.made_by is not None and thing.made_by in draft.plant.routes


def level(policy: Policy) -> int:
    """Pieces that a policy keeps in stock, in process or on order."""
    if policy.s is not None and policy.Q is not None:
        return policy.s + policy.Q
    return policy.kanban or policy.base_stock or 0


def call_size(policy: Policy, moves_as: int) -> int:
    """Pieces called for together: the lot, or the order quantity, in whole parts."""
    pieces = policy.Q or policy.lot
    return -(-pieces // moves_as) * moves_as


def _made_policy(draft: Draft, name: str, thing: Item | Product) -> dict[str, int]:
    """Columns of something made: called for by its policy, by each order, or not at all.

    A reorder point with a quantity is base stock s + Q called for in lots of Q.
    """
    policy = thing.policy if isinstance(thing, Item) else None
    if policy is not None:
        rule = ON_WITHDRAWAL if policy.kanban is not None else ON_DEMAND
        return {"policy": rule, "lot": call_size(policy, thing.moves_as), "start": level(policy)}
    return {"policy": ON_DEMAND if is_made_to_order(draft, name, thing) else NO_POLICY}


def is_made_to_order(draft: Draft, name: str, thing: Item | Product) -> bool:
    """Whether each order calls for its pieces: demand by a law, and nothing else that says how parts enter."""
    demand = draft.plant.demand.get(name)
    policy = thing.policy if isinstance(thing, Item) else None
    by_law = demand is not None and demand.every is not None
    return by_law and policy is None and thing.release is None and not is_launched(draft, name)


def is_launched(draft: Draft, name: str) -> bool:
    """Whether a launcher lets it in: what has a yearly or dated demand and no policy, and in ``capacity`` every product
    with a demand. As written, a release of its own goes first.
    """
    demand = draft.plant.demand.get(name)
    thing = draft.thing(name)
    if demand is None or not is_made(draft, thing):
        return False
    if isinstance(thing, Product) and draft.mode == "capacity":
        return True
    if thing.release is not None and (draft.mode == "as-written" or isinstance(thing, Item)):
        return False
    has_policy = isinstance(thing, Item) and thing.policy is not None
    return demand.every is None and not has_policy


def _bought_policy(draft: Draft, name: str, thing: Item | Product) -> dict[str, int]:
    """Columns of something bought or only given: reordered from its offers, never short, or what is there is there."""
    buy = thing.buy if isinstance(thing, Item) else None
    if buy is None:
        return {"policy": NO_POLICY}
    policy = buy.policy or (thing.policy if isinstance(thing, Item) else None)
    offers = _offers(draft, name, buy.from_)
    if policy is None or not offers:
        return {"policy": NEVER_SHORT}
    quantity = call_size(policy, 1)
    reorder = policy.s if policy.s is not None else level(policy) - quantity
    first = len(draft.rows["offer"])
    for offer in offers:
        least = draft.plant.offers[offer].minimum
        draft.offers.append(offer)
        _add_offer(draft, draft.plant.offers[offer], max(quantity, least if least is not None else 0))
    return {
        "policy": REORDER,
        "reorder": reorder,
        "quantity": quantity,
        "first_offer": first,
        "offers": len(offers),
        "start": level(policy),
    }


def _offers(draft: Draft, name: str, written: str | tuple[str, ...] | None) -> list[str]:
    """The offers that supply an item, preferred first: those named, else every one that names the item."""
    if written is None:
        return [id_ for id_, offer in draft.plant.offers.items() if offer.item == name]
    return [written] if isinstance(written, str) else list(written)


def _add_offer(draft: Draft, offer: Offer, quantity: int) -> None:
    first = len(draft.rows["outage"])
    for outage in offer.outages:
        left = outage.left.base if outage.left is not None else 0.0
        draft.rows["outage"].add(start=draft.tick(outage.from_), end=draft.tick(outage.until), left=left)
    per_second = offer.capacity.base if offer.capacity is not None else 0.0
    draft.rows["offer"].add(
        law=draft.law(offer.lead_time),
        quantity=quantity,
        gap=round(quantity / per_second * TICKS_PER_SECOND) if per_second > 0 else 0,
        first_outage=first,
        outages=len(offer.outages),
    )


def _link_users(draft: Draft) -> None:
    """Which stations take kits from each stock, in document order."""
    users: dict[str, set[int]] = {}
    for route in draft.plant.routes.values():
        for operation in route:
            for used in operation.uses:
                users.setdefault(used, set()).update(draft.stations[name] for name in operation.stations)
    for name, stations in users.items():
        first, count = draft.link(sorted(stations))
        draft.rows["item"].set(draft.items[name], first_user=first, users=count)
