"""What may be lost at once: each supplier, site and lane, and the common causes that the document shows or names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plantwright.compile.reach import Node, Way
from plantwright.model.distribution import Law
from plantwright.model.naming import called
from plantwright.model.plant import Plant
from plantwright.model.risk import Event

ON_THE_WAY = ("lane", "port")
"""Kinds of loss that also stop what is already under way."""


@dataclass(frozen=True)
class Cause:
    """A loss.

    Attributes
    ----------
    kind
        supplier, site, lane, country, port or event.
    id, name
        In the document, and as people say it.
    ways
        Places of the ways that it takes.
    recovery
        Law of the time to recover; None where nobody has written one.
    left
        Share of usual deliveries that still comes. [-]
    stops_transit
        Whether it stops what is under way.
    """

    kind: str
    id: str
    name: str
    ways: tuple[int, ...]
    recovery: Law | None
    left: float
    stops_transit: bool

    @property
    def key(self) -> str:
        """``supplier jadewell``."""
        return f"{self.kind} {self.id}"


def causes(plant: Plant, ways: Sequence[Way]) -> tuple[Cause, ...]:
    """All single losses, then common causes; what takes no way is none.

    A country or a port is a cause of its own where more than one supplier, site or lane hangs on it; the country of the
    plant's first site is none, since with it everything is lost.
    """
    home = next((site.country for site in plant.sites.values()), None)
    found = [
        *(_cause(plant, ways, ("supplier", name)) for name in plant.suppliers),
        *(_cause(plant, ways, ("site", name)) for name in plant.sites),
        *(_cause(plant, ways, ("lane", name)) for name in plant.lanes),
        *(_cause(plant, ways, node) for node in _shared(ways, "country") if node[1] != home),
        *(_cause(plant, ways, node) for node in _shared(ways, "port")),
    ]
    found += [_event(plant, ways, name, event) for name, event in (plant.risk.events if plant.risk else {}).items()]
    return tuple(cause for cause in found if cause.ways)


def recovery_of(plant: Plant, node: Node) -> Law | None:
    """Time to recover of a supplier, site or lane: its own, else the longest of its offers."""
    kind, name = node
    if kind == "supplier" and name in plant.suppliers:
        offers = [offer.recovery for offer in plant.offers.values() if offer.supplier == name]
        return plant.suppliers[name].recovery or _longest(offers)
    if kind == "site" and name in plant.sites:
        return plant.sites[name].recovery
    if kind == "lane" and name in plant.lanes:
        return plant.lanes[name].recovery
    return None


def _longest(laws: Iterable[Law | None]) -> Law | None:
    return max((law for law in laws if law is not None), key=lambda law: law.mean, default=None)


def _shared(ways: Sequence[Way], kind: str) -> list[Node]:
    """Countries or ports that more than one supplier, site or lane hangs on, in order of appearance."""
    hanging: dict[Node, set[Node]] = {}
    for way in ways:
        single = {node for node in way.passes if node[0] in ("supplier", "site", "lane")}
        for node in sorted(way.passes):
            if node[0] == kind:
                hanging.setdefault(node, set()).update(single)
    least = 2 if kind == "country" else 1
    return [node for node, parties in hanging.items() if len(parties) >= least]


def _cause(plant: Plant, ways: Sequence[Way], node: Node) -> Cause:
    taken = tuple(place for place, way in enumerate(ways) if node in way.passes)
    law = recovery_of(plant, node)
    if law is None:
        parties = {each for place in taken for each in ways[place].passes if _hangs(plant, each, node)}
        law = _longest(recovery_of(plant, each) for each in sorted(parties))
    return Cause(node[0], node[1], _name(plant, node), taken, law, 0.0, node[0] in ON_THE_WAY)


def _hangs(plant: Plant, party: Node, on: Node) -> bool:
    """Whether the recovery of a party is that of a common cause: of a port its lanes, of a country who is in it."""
    (kind, name), (cause, where) = party, on
    if cause == "port":
        return kind == "lane"
    if cause == "country":
        places = plant.suppliers if kind == "supplier" else plant.sites if kind == "site" else {}
        return name in places and places[name].country == where
    return kind == "supplier"


def _name(plant: Plant, node: Node) -> str:
    sections: dict[str, Mapping[str, Any]] = {"supplier": plant.suppliers, "site": plant.sites, "lane": plant.lanes}
    kind, name = node
    return called(sections[kind], name) if kind in sections else name


def _event(plant: Plant, ways: Sequence[Way], name: str, event: Event) -> Cause:
    lost = set(_lost(event))
    taken = tuple(place for place, way in enumerate(ways) if lost & way.passes)
    law = event.recovery or _longest(recovery_of(plant, node) for node in _parties(plant, ways, taken, lost))
    left = event.left.base if event.left is not None else 0.0
    stops = bool(event.lanes or event.ports)
    return Cause("event", name, event.name or name, taken, law, left, stops)


def _lost(event: Event) -> Iterator[Node]:
    yield from (("country", country) for country in event.countries)
    yield from (("port", port) for port in event.ports)
    yield from (("supplier", supplier) for supplier in event.suppliers)
    yield from (("site", site) for site in event.sites)
    yield from (("lane", lane) for lane in event.lanes)


def _parties(plant: Plant, ways: Sequence[Way], taken: Iterable[int], lost: set[Node]) -> Iterator[Node]:
    """What is lost itself, and where that says nothing of a recovery, whoever hangs on it."""
    named = [node for node in sorted(lost) if recovery_of(plant, node) is not None]
    if named:
        yield from named
        return
    for place in taken:
        yield from sorted(ways[place].passes)
