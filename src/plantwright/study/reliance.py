"""What the loss of a supplier stops: with modules shared, and with copies that each have a source of their own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from plantwright.compile.reach import behind
from plantwright.compile.supply import Bought, Supply, supply
from plantwright.model.naming import called
from plantwright.model.plant import Plant
from plantwright.optimise.exposure import exposure
from plantwright.problems.exposure import Cut, ExposureProblem
from plantwright.results import Exposed
from plantwright.study.apart import apart, copy_of
from plantwright.study.exposed import WEEKS, known_margin, weekly_margins
from plantwright.study.modules import Module

MISSED = 1e-6
"""Share of a product's demand from which it counts as stopped. [-]"""


@dataclass(frozen=True, slots=True)
class _Loss:
    """What a week without a supplier costs, and whom it stops."""

    margin: float = 0.0
    products: tuple[str, ...] = ()


def suppliers_lost(plant: Plant, name: str, modules: tuple[Module, ...]) -> tuple[Exposed, ...]:
    """Margin lost in each week without a supplier, once stocks are gone and all other sources give what they can.

    Parameters
    ----------
    plant
        A sound plant.
    name
        The family.
    modules
        What its products share.

    Notes
    -----
    With copies, each product's copy of a bought module comes from one source: the first product from the first offer,
    the second from the second, and round again. That is how products that share nothing come to their suppliers: a
    loss then hits fewer products, and nothing stands in. Sharing pools the sources as well.
    """
    together = _losses(plant, {})
    alone = _losses(apart(plant, name, modules), _sources(plant, modules))
    unit = weekly_margins(plant)[1]
    rows = [
        Exposed(
            kind="supplier",
            key=key,
            name=called(plant.suppliers, key),
            products_shared=together[key].products,
            products_apart=alone.get(key, _Loss()).products,
            loss_shared=together[key].margin,
            loss_apart=alone.get(key, _Loss()).margin,
            unit=unit,
        )
        for key in together
        if max(together[key].margin, alone.get(key, _Loss()).margin) > 0
    ]
    return tuple(sorted(rows, key=lambda row: (-max(row.loss_shared, row.loss_apart), row.key)))


def _sources(plant: Plant, modules: tuple[Module, ...]) -> dict[str, str]:
    """The one offer of each product's copy of a bought module."""
    network = supply(plant)
    return {
        copy_of(module.item, product): copy_of(offers[place % len(offers)].offer, product)
        for module in modules
        if (offers := network.bought.get(module.item, ()))
        for place, product in enumerate(module.needs)
    }


def _losses(plant: Plant, sources: Mapping[str, str]) -> dict[str, _Loss]:
    """What a week without each supplier costs."""
    network = supply(plant)
    problem, nodes = _problem(plant, network, sources)
    if not nodes:
        return {}
    found = exposure(problem, [Cut((place,), 1.0) for place in range(len(nodes))])
    sold = [place for place, item in enumerate(network.items) if item in plant.products]
    return {
        node: _Loss(
            float(found.loss[place]),
            tuple(network.items[item] for item in sold if found.unmet[place, item] > MISSED * problem.demand[item]),
        )
        for place, node in enumerate(nodes)
    }


def _problem(plant: Plant, network: Supply, sources: Mapping[str, str]) -> tuple[ExposureProblem, list[str]]:
    """The network week by week at steady rates, without stock; and its suppliers by place."""
    places = {item: place for place, item in enumerate(network.items)}
    nodes = {supplier: place for place, supplier in enumerate(plant.suppliers)}
    gives: list[int] = []
    capacity: list[float] = []
    uses: list[tuple[int, int]] = []
    pieces: list[float] = []
    passes: list[tuple[int, int]] = []
    for item, place in places.items():
        offers = [offer for offer in network.bought.get(item, ()) if _counts(plant, offer, sources.get(item))]
        for offer in offers:
            lost = behind(plant, offer.supplier) if offer.supplier is not None else ()
            passes += [(len(gives), nodes[each]) for each in lost if each in nodes]
            gives.append(place)
            capacity.append(math.inf if item in sources else offer.capacity * 86_400 * 7)
        for used, count in network.bill.get(item, {}).items():
            uses.append((len(gives), places[used]))
            pieces.append(count)
        if item in network.bill or not offers:  # made here, or bought from nobody who is named
            gives.append(place)
            capacity.append(math.inf)
    margins = [known_margin(plant, network, item) if item in plant.products else 0.0 for item in places]
    units = [1.0 if item in plant.products else 0.0 for item in places]
    return ExposureProblem(
        demand=np.array([network.wanted.get(item, 0.0) / WEEKS for item in places]),
        stock=np.zeros(len(places)),
        margin=np.array(units if None in margins else margins, dtype=float),
        gives=np.array(gives, dtype=np.int64),
        capacity=np.array(capacity),
        uses=np.array(uses, dtype=np.int64).reshape(-1, 2),
        pieces=np.array(pieces),
        passes=np.array(passes, dtype=np.int64).reshape(-1, 2),
        node_capacity=np.full(len(nodes), math.inf),
    ), list(nodes)


def _counts(plant: Plant, offer: Bought, source: str | None) -> bool:
    """Whether an offer gives anything in a loss: it may be used as it is, and is the source where there is only one."""
    return plant.offers[offer.offer].qualified and (source is None or offer.offer == source)
