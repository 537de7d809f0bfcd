"""How many pieces of everything a plant has to move for what it delivers: demand, bill of materials, yields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from plantwright.model.demand import Demand
from plantwright.model.journey import Journey, journey
from plantwright.model.plant import Plant
from plantwright.model.product import Item, Product
from plantwright.model.route import Operation
from plantwright.model.worktime import first_year, hours
from plantwright.units import Share

Amounts = dict[str, float]
"""Pieces of items and products by id."""


def thing(plant: Plant, name: str) -> Item | Product | None:
    """The product or item of an id; None where there is none."""
    return plant.products.get(name) or plant.items.get(name)


def made_things(plant: Plant) -> Iterator[tuple[str, Item | Product, tuple[Operation, ...]]]:
    """Everything that a route of the plant makes, products first: id, item or product, operations."""
    things: list[tuple[str, Item | Product]] = [*plant.products.items(), *plant.items.items()]
    for name, made in things:
        if made.made_by in plant.routes:
            yield name, made, plant.routes[made.made_by]


def kit(made: Item | Product | None, operation: Operation) -> Amounts:
    """Pieces that an operation builds in per piece, in the mean over the option that chooses among amounts."""
    amounts: Amounts = {}
    for used, pieces in operation.uses.items():
        if isinstance(pieces, int):
            amounts[used] = float(pieces)
        else:
            shares = options_of(made).get(chooser(made, operation, pieces), {})
            amounts[used] = sum(shares[value].base * number for value, number in pieces.items() if value in shares)
    return amounts


def options_of(made: Item | Product | None) -> dict[str, dict[str, Share]]:
    """What differs from unit to unit of a product: option, value, share."""
    return made.options if isinstance(made, Product) else {}


def chooser(made: Item | Product | None, operation: Operation, by_value: Mapping[str, int]) -> str:
    """The option that chooses among amounts written by value: the one named, else the one that has these values."""
    if operation.option is not None:
        return operation.option
    return next((name for name, mix in options_of(made).items() if by_value.keys() <= mix.keys()), "")


def largest_kit(operation: Operation) -> dict[str, int]:
    """Most pieces that an operation builds in per piece, whatever the option says."""
    return {
        used: pieces if isinstance(pieces, int) else max(pieces.values(), default=0)
        for used, pieces in operation.uses.items()
    }


def built_from(plant: Plant) -> dict[str, dict[str, None]]:
    """The bill of materials, derived from what operations use: for each made thing, what goes into it, in order."""
    return {
        name: {used: None for operation in route for used in operation.uses} for name, _, route in made_things(plant)
    }


def yearly_demand(plant: Plant) -> Amounts:
    """Pieces that customers want in the plant's first year."""
    return {name: _in_first_year(plant, demand) for name, demand in plant.demand.items()}


def _in_first_year(plant: Plant, demand: Demand) -> float:
    start, end = first_year(plant)
    if demand.every is not None:
        orders = hours([(start, end)]) * 3600 / demand.every.mean if demand.every.mean else 0.0
        return orders * (demand.pieces.mean if demand.pieces else 1.0)
    dated = sum(order.pieces for order in demand.orders if start.date() <= order.date < end.date())
    return float(max(demand.year or 0, dated))  # orders are part of the forecast


def target_amounts(plant: Plant) -> Amounts:
    """Pieces a year that the plant is meant to deliver.

    The yearly demand; where the plant has a ``target``, its products are scaled to it in the demanded mix. A plant with
    a target and a single product needs no demand. Empty where nothing says what is wanted.
    """
    wanted = {name: amount for name, amount in yearly_demand(plant).items() if amount}
    if plant.target is None:
        return wanted
    if len(plant.products) == 1:
        return {**wanted, next(iter(plant.products)): float(plant.target)}
    total = sum(amount for name, amount in wanted.items() if name in plant.products)
    scale = plant.target / total if total else 1.0
    return {name: amount * (scale if name in plant.products else 1.0) for name, amount in wanted.items()}


def needs(plant: Plant, wanted: Mapping[str, float]) -> Amounts:
    """Good pieces of everything that what is wanted takes, spares, scrap and what teardowns give back counted.

    Parameters
    ----------
    plant
        A plant whose bill of materials has no cycle.
    wanted
        Pieces to deliver, by id of product or item.

    Raises
    ------
    ValueError
        The bill of materials has a cycle.
    """
    needed: defaultdict[str, float] = defaultdict(float, wanted)
    for name in _parents_first(plant):
        needed[name] = max(0.0, needed[name])
        made = thing(plant, name)
        if made is None or made.made_by not in plant.routes or not needed[name]:
            continue
        route = plant.routes[made.made_by]
        trip = journey(route)
        for operation, passes in zip(route, _passes(trip, needed[name]), strict=True):
            for used, pieces in kit(made, operation).items():
                needed[used] += pieces * passes
            for given, pieces in operation.gives.items():
                needed[given] -= pieces * passes
    return {name: max(0.0, amount) for name, amount in needed.items()}


def things_through(plant: Plant, wanted: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """Pieces that pass each operation, by thing made and operation, rework and scrap counted.

    Parameters
    ----------
    plant
        A plant whose bill of materials has no cycle.
    wanted
        Pieces to deliver, by id of product or item; per year or per unit, the result is in the same.
    """
    needed = needs(plant, wanted)
    return {
        (name, operation.op): passes
        for name, _, route in made_things(plant)
        for operation, passes in zip(route, _passes(journey(route), needed.get(name, 0.0)), strict=True)
    }


def units_through(plant: Plant, wanted: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """Pieces that pass each operation, by route and operation; see `things_through`."""
    by_route: defaultdict[tuple[str, str], float] = defaultdict(float)
    for (name, op), passes in things_through(plant, wanted).items():
        made = thing(plant, name)
        if made is not None and made.made_by is not None:
            by_route[made.made_by, op] += passes
    return dict(by_route)


def _passes(trip: Journey, good: float) -> list[float]:
    """Visits of each operation for so many good pieces; none where no good piece ever comes out."""
    return [visits * good / trip.good if trip.good > 0 else 0.0 for visits in trip.visits]


def _parents_first(plant: Plant) -> list[str]:
    """Everything made or used, what is built of it before it."""
    built = built_from(plant)
    given = {
        name: {child: None for operation in route for child in operation.gives} for name, _, route in made_things(plant)
    }
    try:
        return _sorted({name: {**built[name], **given[name]} for name in built})
    except CycleError:
        pass  # what is given back may close a circle; then it only saves what comes later anyway
    try:
        return _sorted(built)
    except CycleError as error:
        raise ValueError(f"the bill of materials has a cycle: {' -> '.join(error.args[1])}") from None


def _sorted(children: Mapping[str, Mapping[str, None]]) -> list[str]:
    return list(TopologicalSorter({name: list(below) for name, below in children.items()}).static_order())[::-1]
