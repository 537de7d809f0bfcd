"""What people call things: display names by id, and colour classes by position."""

from __future__ import annotations

from collections.abc import Iterable

from plantwright.model.plant import Plant
from plantwright.results import STATES

SERIES = 6
"""Colours for products before they repeat."""

STATE_CLASS = {state: "s-" + state.replace(" ", "-") for state in STATES}
"""CSS class of each machine state."""

_LOAD_STEPS = (0.5, 0.7, 0.85, 0.95, 1.0)


class Names:
    """Display names of a plant; an id that has none, or is not of this plant, is shown as it stands."""

    def __init__(self, plant: Plant) -> None:
        self._stations = {key: station.name for key, station in plant.stations.items()}
        self._shops = {key: shop.name for key, shop in plant.shops.items()}
        self._products = {key: product.name for key, product in plant.products.items()}
        self._items = {key: item.name for key, item in plant.items.items()}

    def station(self, key: str) -> str:
        return self._stations.get(key) or _spoken(key)

    def shop(self, key: str | None) -> str:
        return _spoken(key) if key and not self._shops.get(key) else self._shops.get(key or "") or "No shop"

    def product(self, key: str) -> str:
        return self._products.get(key) or self._items.get(key) or key

    def resource(self, key: str) -> str:
        """A station's name where the resource is one; otherwise what the answer calls it."""
        return self._stations.get(key) or self._shops.get(key) or key[:1].upper() + key[1:]

    def item(self, key: str) -> str:
        return self._products.get(key) or self._items.get(key) or key.replace("-", " ").replace("_", " ")


def _spoken(key: str) -> str:
    """``coat-cure`` as ``Coat cure``; a short id such as ``smt`` or ``M1`` as it stands."""
    if len(key) <= 3 or any(letter.isupper() for letter in key):
        return key
    return key[0].upper() + key[1:].replace("-", " ").replace("_", " ")


def series_class(keys: Iterable[str]) -> dict[str, str]:
    """CSS class of each series, in the order given."""
    return {key: f"c-{place % SERIES}" for place, key in enumerate(keys)}


def load_class(load: float | None) -> str:
    """CSS class of a load: five steps up to full, one beyond."""
    if load is None:
        return "l-unknown"
    return f"l-{sum(load >= step for step in _LOAD_STEPS)}"


LOAD_LEGEND = (
    ("l-0", "under 50 %"),
    ("l-1", "50 to 70 %"),
    ("l-2", "70 to 85 %"),
    ("l-3", "85 to 95 %"),
    ("l-4", "95 to 100 %"),
    ("l-5", "100 % and over"),
)
