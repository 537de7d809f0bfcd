"""Rooms, cards, lots and ovens that are too small for what they must hold at once: deadlocks in waiting."""

from __future__ import annotations

import math
from collections.abc import Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault
from plantwright.model.flows import largest_kit, made_things, thing
from plantwright.model.plant import Plant
from plantwright.model.product import Item, Product
from plantwright.model.route import Operation
from plantwright.model.station import Station


def ovens(plant: Plant) -> Iterator[Finding]:
    """Batches that can never start or never be loaded."""
    for name, station in plant.stations.items():
        batch = station.batch
        if batch is None:
            continue
        here = f"stations.{name}.batch"
        if batch.min is not None and batch.min > batch.max:
            yield fault(
                "E303",
                f"{here}.min",
                f"it starts from {batch.min} pieces, but only {batch.max} fit in",
                f"Write a min of at most {batch.max}.",
            )
            continue
        visitors = list(_visitors(plant, name))
        for thing_id, made, _ in visitors:
            if made.moves_as > batch.max:
                yield fault(
                    "E304",
                    f"{here}.max",
                    f"{thing_id} moves as {made.moves_as} pieces, but only {batch.max} fit in",
                    f"Write a max of at least {made.moves_as}, or a smaller moves-as of {thing_id}.",
                )
        yield from _never_filled(here, station, visitors)


def _never_filled(
    here: str, station: Station, visitors: list[tuple[str, Item | Product, Operation]]
) -> Iterator[Finding]:
    """Ovens that wait for more pieces than can ever stand before them."""
    batch = station.batch
    if batch is None or batch.min is None or batch.wait is not None or not visitors:
        return
    waiting = math.inf if station.room is None else station.room * max(made.moves_as for _, made, _ in visitors)
    if waiting < batch.min:
        yield fault(
            "E309",
            f"{here}.min",
            f"it starts from {batch.min} pieces, but at most {waiting:g} can wait before it",
            "Give the station more room, the batch a smaller min, or a longest wait.",
        )
    if len(visitors) == 1:
        name, made, _ = visitors[0]
        cards = _cards(made)
        if cards is not None and cards < batch.min:
            yield fault(
                "E309",
                f"{here}.min",
                f"it starts from {batch.min} pieces, but never more than {cards} of {name} are in process",
                "Allow more in process, or give the batch a smaller min or a longest wait.",
            )


def _visitors(plant: Plant, station: str) -> Iterator[tuple[str, Item | Product, Operation]]:
    for name, made, route in made_things(plant):
        for operation in route:
            if station in operation.stations:
                yield name, made, operation


def cards(plant: Plant) -> Iterator[Finding]:
    """Lots, panels, samples and transfer lots larger than what may be in process."""
    for name, made, route in made_things(plant):
        here = f"{'products' if isinstance(made, Product) else 'items'}.{name}"
        most = _cards(made)
        if isinstance(made, Item) and made.policy is not None and most is not None and made.policy.lot > most:
            yield fault(
                "E307",
                f"{here}.policy.lot",
                f"a lot of {made.policy.lot} is never called for: there are only {most} cards",
                f"Write a lot of at most {most}, or more cards.",
            )
        if most is None:
            continue
        if made.moves_as > most:
            yield fault(
                "E307",
                f"{here}.moves-as",
                f"it moves as {made.moves_as} pieces, but only {most} may be in process",
                f"Allow at least {made.moves_as} in process.",
            )
        for operation in route:
            yield from _held_back(f"routes.{made.made_by}.{operation.op}", operation, most // made.moves_as)


def _held_back(here: str, operation: Operation, most: int) -> Iterator[Finding]:
    lots = {
        "sample.every": operation.sample.every if operation.sample else 1,
        "transfer": operation.transfer or 1,
    }
    for field, lot in lots.items():
        if lot > max(most, 1):
            yield fault(
                "E310",
                f"{here}.{field}",
                f"a lot of {lot} parts never comes together: only {most} may be in process",
                f"Write a lot of at most {most}, or allow more in process.",
            )


def _cards(made: Item | Product) -> int | None:
    """Pieces that may be in process and stock (kanban, base stock) or in process (CONWIP); None where unlimited."""
    if isinstance(made, Product) and made.conwip is not None:
        return made.conwip
    if made.release is not None and made.release.conwip is not None:
        return made.release.conwip
    policy = made.policy if isinstance(made, Item) else None
    return (policy.kanban or policy.base_stock) if policy else None


def stocks(plant: Plant) -> Iterator[Finding]:
    """Stocks too small for a part that arrives, for what lies there at the start, or for a kit taken at once."""
    for name, item in plant.items.items():
        if item.room is None:
            continue
        here = f"items.{name}.room"
        arriving = _arriving(plant, name, item)
        for what, pieces in (("arrive together", arriving), ("lie there at the start", item.start)):
            if pieces is not None and pieces > item.room:
                yield fault(
                    "E305",
                    here,
                    f"{pieces} pieces {what}, but its stock holds {item.room}",
                    f"Write a room of at least {pieces}.",
                )
    for made_name, made, route in made_things(plant):
        for operation in route:
            for used, pieces in largest_kit(operation).items():
                where = f"{operation.op} of {made_name}"
                yield from _kit(plant, f"items.{used}", used, pieces * made.moves_as, where)


def _arriving(plant: Plant, name: str, item: Item) -> int | None:
    """Pieces that reach the stock together: an order, or a part."""
    if item.buy is None or item.buy.policy is None or item.buy.policy.Q is None:
        return item.moves_as if item.buy is None else None
    named = item.buy.from_
    offers = [named] if isinstance(named, str) else list(named or ())
    offers = offers or [offer for offer, promised in plant.offers.items() if promised.item == name]
    least = [plant.offers[offer].minimum or 0 for offer in offers if offer in plant.offers]
    return max([item.buy.policy.Q, *least])


def _kit(plant: Plant, here: str, used: str, pieces: int, where: str) -> Iterator[Finding]:
    """An item of which an operation takes so many pieces at once."""
    item = thing(plant, used)
    if not isinstance(item, Item):
        return
    if item.room is not None and item.room < pieces:
        yield fault(
            "E308",
            f"{here}.room",
            f"{where} takes {pieces} pieces at once, but its stock holds {item.room}",
            f"Write a room of at least {pieces}.",
        )
    most = _cards(item) if item.made_by else None
    if most is not None and most < pieces:
        yield fault(
            "E308",
            f"{here}.policy",
            f"{where} takes {pieces} pieces at once, but there are only {most} cards",
            f"Write at least {pieces}, better twice as many.",
        )
    policy = item.buy.policy if item.buy else None
    if policy is not None and policy.s is not None and policy.s < pieces - 1:
        yield fault(
            "W508",
            f"{here}.buy.policy.s",
            f"{where} takes {pieces} pieces at once: with {policy.s + 1} left it waits, and nothing is ordered",
            f"Write an s of at least {pieces - 1}.",
        )
