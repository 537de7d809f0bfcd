"""What could protect a plant: more stock, offers qualified before they are needed, steps of capacity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from plantwright.compile.causes import Cause
from plantwright.compile.exposure import Exposed, Phases, phases
from plantwright.compile.opening import Opening
from plantwright.compile.prices import in_base
from plantwright.compile.supply import material_of, price_of
from plantwright.problems.exposure import Floats
from plantwright.problems.protection import ProtectionProblem, Scenario


@dataclass(frozen=True)
class Option:
    """Something that is bought once.

    Attributes
    ----------
    kind
        qualification or capacity.
    name, way
        The offer, or the step of capacity; the place of the way that it opens or widens.
    once
        What it costs. [base money]
    adds
        What it adds to the capacity of its way; 0 for a qualification. [pieces/s]
    """

    kind: str
    name: str
    way: int
    once: float
    adds: float


def options(exposed: Exposed) -> tuple[Option, ...]:
    """Everything that the document offers for sale against losses, each with its price."""
    money, found = exposed.plant.money, []
    for place, way in enumerate(exposed.ways):
        offer = exposed.plant.offers.get(way.name) if way.is_bought else None
        if offer is not None and not offer.qualified and offer.qualification_cost is not None:
            found.append(Option("qualification", way.name, place, in_base(money, offer.qualification_cost), 0.0))
        making = exposed.plant.making.get(way.name) if not way.is_bought else None
        for name, step in making.expansions.items() if making is not None else ():
            found.append(Option("capacity", f"{way.name}.{name}", place, in_base(money, step.cost), step.adds.base))
    return tuple(found)


def protected(exposed: Exposed, stock: Floats, chosen: Sequence[Option]) -> Exposed:
    """The same supply with more pieces of each item on the shelf (I,) and options that have been bought."""
    ways = list(exposed.ways)
    for option in chosen:
        way = ways[option.way]
        wait = 0.0 if option.kind == "qualification" else way.wait
        ways[option.way] = replace(way, wait=wait, capacity=way.capacity + option.adds)
    more = {item: float(pieces) for item, pieces in zip(exposed.items, stock, strict=True)}
    held = {item: pieces + more.get(item, 0.0) for item, pieces in exposed.opening.stock.items()}
    return replace(exposed, ways=tuple(ways), opening=Opening(held, exposed.opening.coming, exposed.opening.is_state))


def values(exposed: Exposed) -> Floats:
    """What a piece of each item is worth in stock: its price, or the bought material in it. (I,) [base money]"""
    found = []
    for item in exposed.items:
        price = price_of(exposed.plant, exposed.network, item)
        found.append(price if price is not None else material_of(exposed.plant, exposed.network, item)[0])
    return np.array(found)


def kept(exposed: Exposed) -> Floats:
    """What more can be kept of in stock: bought items with a price, products of which there is a stock. (I,) bool"""
    worth = values(exposed)
    products = exposed.plant.products
    return np.array(
        [
            worth[place] > 0 and (_is_bought(exposed, place) if item not in products else bool(products[item].start))
            for place, item in enumerate(exposed.items)
        ]
    )


def protecting(
    exposed: Exposed, causes: Sequence[Cause], steps: int, choices: Sequence[Option], *, usual: Phases
) -> ProtectionProblem:
    """The problem of surviving each cause for so many steps, none of which recovers meanwhile.

    Parameters
    ----------
    exposed
        The plant's supply.
    causes
        Losses to survive.
    steps
        Steps of ``usual`` in which nobody may go without. [-]
    choices
        What can be bought.
    usual
        The network step by step when nothing is lost.
    """
    years, holding = exposed.risk.years, exposed.risk.holding.base
    opened = {
        choice.way: phases(protected(exposed, np.zeros(len(exposed.items)), [choice]), usual.length, exposed)
        for choice in choices
    }
    found = [_scenario(exposed, cause, steps, choices, opened=opened, usual=usual) for cause in causes]
    return ProtectionProblem(
        stock_cost=np.where(kept(exposed), values(exposed) * holding, np.inf),
        option_cost=np.array([choice.once / years for choice in choices]),
        scenarios=tuple(found),
    )


def _scenario(
    exposed: Exposed,
    cause: Cause,
    steps: int,
    choices: Sequence[Option],
    *,
    opened: dict[int, Phases],
    usual: Phases,
) -> Scenario:
    """What a cause touches: the items whose ways it takes and everything that they go into."""
    lasting = [(cause, 2.0 * steps * usual.length)]
    lost = usual.under(lasting)
    items = _touched(exposed, cause)
    place = {int(item): local for local, item in enumerate(items)}
    ways = [way for way, item in enumerate(exposed.gives) if int(item) in place]
    local = {way: number for number, way in enumerate(ways)}
    rows = [row for row, (way, part) in enumerate(lost.uses) if way in local and int(part) in place]
    need = planned(usual)
    # What is short is what the loss takes; of things above it no more is made than planned, so that all else suffices.
    direct = {int(exposed.gives[way]) for way in cause.ways}
    bound = [item for item in items if int(item) not in direct or not _is_bought(exposed, int(item))]
    most = np.full((steps, len(items)), np.inf)
    for item in bound:
        most[:, place[int(item)]] = np.cumsum(need[:steps, item])
    gains = []
    for number, choice in enumerate(choices):
        if choice.way in local:
            item = int(exposed.gives[choice.way])
            # Nobody can use more than is taken in all: that is the limit where capacity has none.
            enough = float(need[:steps, item].sum() + lost.demand[:steps, item].sum())
            after = np.minimum(opened[choice.way].under(lasting).capacity[:steps, choice.way], enough)
            before = np.minimum(lost.capacity[:steps, choice.way], enough)
            gains.append((number, local[choice.way], np.maximum(0.0, after - before)))
    return Scenario(
        items=items,
        demand=lost.demand[:steps, items],
        arriving=lost.arriving[:steps, items],
        stock=lost.stock[items],
        gives=np.array([place[int(exposed.gives[way])] for way in ways], dtype=np.int64),
        capacity=lost.capacity[:steps, ways],
        most_made=most,
        uses=np.array(
            [(local[int(lost.uses[row, 0])], place[int(lost.uses[row, 1])]) for row in rows], dtype=np.int64
        ).reshape(-1, 2),
        pieces=lost.pieces[rows],
        gains=tuple(gains),
    )


def _touched(exposed: Exposed, cause: Cause) -> np.ndarray:
    found = {int(exposed.gives[way]) for way in cause.ways}
    for way, part in reversed(exposed.bill[0].tolist()):
        if part in found:
            found.add(int(exposed.gives[way]))
    return np.array(sorted(found), dtype=np.int64)


def _is_bought(exposed: Exposed, item: int) -> bool:
    return exposed.items[item] not in exposed.network.made


def planned(usual: Phases) -> Floats:
    """What the plan makes and takes of each item in each step, where it makes whatever it can make. (T, I)"""
    problem = usual.problem
    need = problem.plan.copy()
    first: dict[int, int] = {}
    for way in problem.uses[:, 0].tolist():
        first.setdefault(int(problem.gives[way]), way)
    for (way, part), pieces in zip(problem.uses, problem.pieces, strict=True):
        item = int(problem.gives[way])
        if first[item] == way:
            need[:, part] += pieces * need[:, item]
    return need
