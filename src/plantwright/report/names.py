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
        self._homes = {key: station.shop for key, station in plant.stations.items()}
        self._shops = {key: shop.name for key, shop in plant.shops.items()}
        self._items = {key: item.name for key, item in plant.items.items()}
        self._items |= {key: product.name for key, product in plant.products.items()}
        self._crews = {key: crew.name for key, crew in plant.crews.items()}
        self._suppliers = {key: supplier.name for key, supplier in plant.suppliers.items()}
        others = (plant.calendars, plant.tools, plant.carriers, plant.conveyors, plant.crews)
        self._resources = {key: getattr(thing, "name", "") for things in others for key, thing in things.items()}
        self._resources |= self._items | self._shops | self._stations

    def station(self, key: str) -> str:
        return self._stations.get(key) or _spoken(key)

    def brief(self, key: str, most: int = 24) -> str:
        """A station's name where its shop is named already: without the shop, and what follows a comma or colon cut."""
        name, shop = self.station(key), self.shop(self._homes.get(key))
        rest = name[len(shop) :].strip(" ,:-") if name.lower().startswith(shop.lower()) else ""
        if rest:
            name = rest[0].upper() + rest[1:]
        for mark in (": ", ", ", " ("):
            if len(name) > most:
                name = name.split(mark)[0]
        return name

    def shop(self, key: str | None) -> str:
        return (self._shops.get(key) or _spoken(key)) if key else "Stations"

    def item(self, key: str) -> str:
        return self._items.get(key) or _spoken(key)

    def crew(self, key: str) -> str:
        return self._crews.get(key) or self.resource(key)

    def supplier(self, key: str) -> str:
        return self._suppliers.get(key) or key

    def resource(self, key: str) -> str:
        """A station, crew, tool, item or calendar: whatever a change was tried on."""
        name = self.brief(key, 30) if key in self._stations else self._resources.get(key) or _spoken(key)
        return name[:1].upper() + name[1:]

    def change(self, resource: str, change: str) -> str:
        """A change as a reader says it: ``Press: one more machine``."""
        return f"{self.resource(resource)}: {change}"


def _spoken(key: str) -> str:
    """An id without its hyphens."""
    return key.replace("-", " ").replace("_", " ")


def series_class(keys: Iterable[str]) -> dict[str, str]:
    """CSS class of each series, in the order given."""
    return {key: f"c-{place % SERIES}" for place, key in enumerate(keys)}


def load_legend(loads: Iterable[float | None]) -> list[tuple[str, str]]:
    """The steps of load that occur."""
    present = {load_class(load) for load in loads}
    return [(cls, words) for cls, words in _LOAD_LEGEND if cls in present]


def load_class(load: float | None) -> str:
    """CSS class of a load: five steps up to full, one beyond."""
    if load is None:
        return "l-unknown"
    return f"l-{sum(load >= step for step in _LOAD_STEPS)}"


_LOAD_LEGEND = (
    ("l-0", "under 50 %"),
    ("l-1", "50 to 70 %"),
    ("l-2", "70 to 85 %"),
    ("l-3", "85 to 95 %"),
    ("l-4", "95 to 100 %"),
    ("l-5", "100 % and over"),
)
