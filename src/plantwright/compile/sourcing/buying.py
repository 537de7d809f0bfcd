"""Offers and their ways to the sites, lowered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from plantwright.compile.prices import in_base
from plantwright.compile.sourcing.names import UNKNOWN, Purchase
from plantwright.compile.sourcing.plan import DAY_S, YEAR_S, Planned, modes
from plantwright.compile.supply import Bought
from plantwright.errors import Finding, RunError
from plantwright.model.lane import Lane, Mode
from plantwright.model.supply import Offer
from plantwright.problems.sourcing import Floats, Offers, Purchases


class Way(NamedTuple):
    """An offer that comes to a site by a mode of a lane."""

    bought: Bought
    site: str
    lane: str | None
    mode_name: str | None
    mode: Mode | None
    usual: Mode | None

    @property
    def purchase(self) -> Purchase:
        """How it is called."""
        bought = self.bought
        return Purchase(bought.offer, bought.item, bought.supplier, self.site, self.lane, self.mode_name)


@dataclass(frozen=True)
class Buying:
    """All that can be bought: offers that have a price, in document order of their items.

    Attributes
    ----------
    planned
        The plant.
    offers
        In plain numbers.
    ways
        How they come.
    unpriced
        Offers that cannot be weighed: nobody says what they cost.
    """

    planned: Planned
    offers: tuple[Bought, ...]
    ways: tuple[Way, ...]
    unpriced: tuple[str, ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """Every country that value comes from, in the order of the document."""
        found = [code for bought in self.offers for code in self.content(bought)]
        return tuple(dict.fromkeys(code for code in found if code != UNKNOWN))

    @property
    def suppliers(self) -> tuple[str, ...]:
        """Who sells; an offer without a supplier is its own."""
        return tuple(dict.fromkeys(seller(bought) for bought in self.offers))

    def content(self, bought: Bought) -> dict[str, float]:
        """Share of an offer's value by country: as written, the rest from its origin, else unknown."""
        offer = self.planned.plant.offers[bought.offer]
        shares = {code: share.base for code, share in offer.content.items()}
        rest = 1.0 - sum(shares.values())
        origin = offer.origin or UNKNOWN
        if rest > 1e-9:
            shares[origin] = shares.get(origin, 0.0) + rest
        return shares


def buying(planned: Planned) -> Buying:
    """What can be bought, and how it comes.

    Raises
    ------
    RunError
        There is an item that nobody makes and of which no offer has a price.
    """
    priced, unpriced, missing = [], [], []
    for item in planned.network.items:
        offers = planned.network.bought.get(item, ())
        mine = [bought for bought in offers if prices(planned, bought)]
        unpriced += [bought.offer for bought in offers if not prices(planned, bought)]
        priced += mine
        if not mine and item not in planned.network.made:
            missing.append(item)
    if missing:
        raise RunError(*(_no_price(planned, item) for item in missing))
    ways = tuple(way for bought in priced for way in _ways(planned, bought))
    return Buying(planned, tuple(priced), ways, tuple(unpriced))


def prices(planned: Planned, bought: Bought) -> dict[int, float]:
    """Price of a piece from each quantity of an order on; the item's own price where the offer has none."""
    if bought.prices:
        return dict(bought.prices)
    item = planned.plant.items[bought.item]
    return {1: in_base(planned.plant.money, item.price)} if item.price is not None else {}


def seller(bought: Bought) -> str:
    """Who sells: the supplier, or the offer itself where nobody is named."""
    return bought.supplier or bought.offer


def _no_price(planned: Planned, item: str) -> Finding:
    if item not in planned.network.bought:
        return Finding("E470", f"nobody makes {item} and nobody offers it", f"Write an offer with item: {item}.")
    here = planned.network.bought[item][0].offer
    what = f"no offer for {item} has a price, so that there is nothing to weigh"
    return Finding("E470", what, f"Write prices: {{1: ...}} in offers.{here}, or a price in items.{item}.")


def _ways(planned: Planned, bought: Bought) -> Iterator[Way]:
    offer = planned.plant.offers[bought.offer]
    for site in [offer.to] if offer.to is not None else planned.sites:
        lanes = _lanes(planned, bought, offer, site)
        if not lanes and (offer.to is not None or site == planned.sites[0]):
            yield Way(bought, site, None, None, None, None)
        for name, lane in lanes.items():
            found = modes(lane)
            usual = next(iter(found.values()))
            for mode_name, mode in found.items():
                yield Way(bought, site, name, mode_name, mode, usual)


def _lanes(planned: Planned, bought: Bought, offer: Offer, site: str) -> dict[str, Lane]:
    """The lane that an offer names, else those from its supplier, else those from the country it ships from."""
    if offer.lane is not None:
        lane = planned.plant.lanes.get(offer.lane)
        return {offer.lane: lane} if lane is not None and lane.to in (None, site) else {}
    return planned.lanes({bought.supplier}, site) or planned.lanes({bought.country}, site)


def offers_of(found: Buying, items: Sequence[str], countries: Sequence[str], need: Floats) -> Offers:
    """Offers as arrays. ``need`` is (I, T) [pieces/year]: what bounds an offer that is qualified within a year."""
    planned, rhythm = found.planned, float(found.planned.sourcing.orders)
    written = [planned.plant.offers[bought.offer] for bought in found.offers]
    listed = [(index, *price) for index, bought in enumerate(found.offers) for price in _sorted(planned, bought)]
    content = np.zeros((len(found.offers), len(countries)))
    for index, bought in enumerate(found.offers):
        for code, share in found.content(bought).items():
            content[index, countries.index(code)] = share
    return Offers(
        item=_whole(items.index(bought.item) for bought in found.offers),
        supplier=_whole(found.suppliers.index(seller(bought)) for bought in found.offers),
        incremental=np.array([offer.breaks == "incremental" for offer in written], dtype=bool),
        minimum=np.array([bought.minimum * rhythm for bought in found.offers], dtype=float),
        capacity=np.array(
            [_capacity(planned, bought, need[items.index(bought.item)]) for bought in found.offers]
        ).reshape(-1, planned.sourcing.years),
        qualification=np.array(
            [0.0 if o.qualified else in_base(planned.plant.money, o.qualification_cost) for o in written]
        ),
        content=content,
        price_offer=_whole(index for index, _, _ in listed),
        price_from=np.array([start * rhythm for _, start, _ in listed]),
        price=np.array([price for _, _, price in listed]),
    )


def _sorted(planned: Planned, bought: Bought) -> list[tuple[int, float]]:
    return sorted(prices(planned, bought).items())


def _capacity(planned: Planned, bought: Bought, need: Floats) -> list[float]:
    """Most pieces in each year; of a year in which the offer is still being qualified only the rest counts."""
    offer, found, begins = planned.plant.offers[bought.offer], [], 0.0
    waits = offer.qualification.base if offer.qualification is not None and not offer.qualified else 0.0
    for year, seconds in enumerate(planned.seconds):
        ready = min(1.0, max(0.0, (begins + seconds - waits) / seconds))
        most = bought.capacity * seconds
        found.append(most if ready >= 1.0 else ready * min(most, float(need[year])))
        begins += seconds
    return found


def purchases_of(found: Buying, node_of: dict[tuple[str, str], int]) -> Purchases:
    """Ways as arrays. ``node_of`` numbers items at sites."""
    offers = [bought.offer for bought in found.offers]
    return Purchases(
        offer=_whole(offers.index(way.bought.offer) for way in found.ways),
        node=_whole(node_of[way.bought.item, way.site] for way in found.ways),
        freight=np.array([freight(found.planned, way.bought.item, way.mode, way.lane) for way in found.ways]),
        duty=np.array([way.bought.duty for way in found.ways], dtype=float),
        lead=np.array([lead_time(way) / YEAR_S for way in found.ways]),
        carbon=np.array([_carbon(found.planned, way) for way in found.ways]),
    )


def lead_time(way: Way) -> float:
    """From order to delivery: the offer's own includes the usual mode; another one takes longer or shorter. [s]"""
    taken = [mode.time.base if mode is not None and mode.time is not None else 0.0 for mode in (way.mode, way.usual)]
    return max(DAY_S, way.bought.lead_time + taken[0] - taken[1])


def freight(planned: Planned, item: str, mode: Mode | None, lane: str | None) -> float:
    """Freight of a piece. [base money]

    Raises
    ------
    RunError
        The lane charges by mass, and that of the item is unknown.
    """
    if mode is None:
        return 0.0
    money = in_base(planned.plant.money, mode.cost_per_piece)
    if mode.cost is None:
        return money
    mass = _mass(planned, item)
    if mass is None:
        what = f"lane {lane} charges by mass, but nobody says how heavy {item} is"
        raise RunError(Finding("E471", what, f"Write mass: ... in items.{item}, or cost-per-piece in the mode."))
    return money + in_base(planned.plant.money, mode.cost) * mass


def carried(planned: Planned, item: str, mode: Mode | None) -> float:
    """CO2-equivalent of carrying a piece; 0 where its mass or the mode's figure is unknown. [kg]"""
    if mode is None or mode.carbon is None:
        return 0.0
    return mode.carbon * (_mass(planned, item) or 0.0)


def _carbon(planned: Planned, way: Way) -> float:
    offer, item = planned.plant.offers[way.bought.offer], planned.plant.items[way.bought.item]
    embodied = offer.carbon or item.carbon
    return (0.0 if embodied is None else embodied.base) + carried(planned, way.bought.item, way.mode)


def _mass(planned: Planned, item: str) -> float | None:
    thing = planned.plant.items.get(item)
    return thing.mass.base if thing is not None and thing.mass is not None else None


def _whole(numbers: Iterator[int]) -> np.ndarray:
    return np.array(list(numbers), dtype=np.int64)
