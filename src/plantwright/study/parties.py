"""The parties of a plant: suppliers, those behind them, those who own them, and customers by name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from plantwright.model.plant import Plant
from plantwright.model.screening import Owner, Screening
from plantwright.model.supply import Supplier
from plantwright.problems.screening import Sought

Shares = Mapping[str, float | None]
"""Owners by the key of their party, with shares [-]; None is unknown."""


@dataclass(frozen=True)
class Party:
    """Somebody a plant deals with, or who stands behind somebody.

    Attributes
    ----------
    key
        Where the document names it; unique.
    name
        What people call it.
    names
        All its names.
    country
        ISO 3166 code of where it is, empty where that is unknown.
    owners
        Who owns it.
    behind
        Keys of suppliers it buys from.
    """

    key: str
    name: str
    names: tuple[str, ...]
    country: str = ""
    owners: Shares = field(default_factory=dict)
    behind: tuple[str, ...] = ()

    @property
    def sought(self) -> Sought:
        """The party as it is looked for on lists."""
        return Sought(self.names, (self.country.split("-")[0],) if self.country else ())

    @property
    def fingerprint(self) -> str:
        """sha256 of what is known of it: a decision about it holds only as long as this stays the same."""
        told = [sorted(self.names), self.country, sorted((owner, str(share)) for owner, share in self.owners.items())]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    @property
    def unknown_share(self) -> float:
        """Share of which it is not known who holds it. [-]"""
        return max(0.0, 1.0 - sum(share or 0.0 for share in self.owners.values()))


def parties_of(plant: Plant) -> dict[str, Party]:
    """Every party of a plant by its key: suppliers, owners, customers, in document order."""
    return {party.key: party for party in _parties(plant)}


def customer_key(name: str) -> str:
    """The key of a customer."""
    return f"customer {name}"


def _parties(plant: Plant) -> Iterator[Party]:
    named = _Named(plant)
    for key, supplier in plant.suppliers.items():
        behind = tuple(f"suppliers.{other}" for other in supplier.buys_from)
        yield named.party(f"suppliers.{key}", key, supplier, behind)
    for key, owner in named.screening.owners.items():
        yield named.party(f"screening.owners.{key}", key, owner, ())
    for name in named.others():
        yield Party(f"owner {name}", name, (name,))
    orders = (order for demand in plant.demand.values() for order in demand.orders)
    for customer in dict.fromkeys(order.customer.strip() for order in orders):
        if customer:
            yield Party(customer_key(customer), customer, (customer,))


class _Named:
    """Whom the names of owners mean: a supplier or an owner by id or name, else somebody known by this name alone."""

    def __init__(self, plant: Plant) -> None:
        self.plant = plant
        self.screening = plant.screening or Screening()
        self._keys: dict[str, str] = {}
        for section, things in (("screening.owners", self.screening.owners), ("suppliers", plant.suppliers)):
            self._keys |= {thing.name.casefold(): f"{section}.{key}" for key, thing in things.items() if thing.name}
        for section, things in (("screening.owners", self.screening.owners), ("suppliers", plant.suppliers)):
            self._keys |= {key.casefold(): f"{section}.{key}" for key in things}

    def party(self, key: str, id_: str, thing: Supplier | Owner, behind: tuple[str, ...]) -> Party:
        name = thing.name or id_
        owners = {self._key(owner): None if share is None else share.base for owner, share in thing.owners.items()}
        return Party(key, name, tuple(dict.fromkeys([name, *thing.aliases])), thing.country or "", owners, behind)

    def others(self) -> Iterator[str]:
        """Owners that nothing else in the document describes."""
        things: list[Supplier | Owner] = [*self.plant.suppliers.values(), *self.screening.owners.values()]
        names = (owner for thing in things for owner in thing.owners)
        yield from dict.fromkeys(name.strip() for name in names if name.strip().casefold() not in self._keys)

    def _key(self, owner: str) -> str:
        return self._keys.get(owner.strip().casefold(), f"owner {owner.strip()}")
