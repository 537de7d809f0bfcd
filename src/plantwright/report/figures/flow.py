"""The flow of the plant: shops as lanes, stations as boxes coloured by load, pipes where material moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plantwright.model.plant import Plant
from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.figures.flow_graph import Link, Pair, between_shops, in_order, links
from plantwright.report.figures.flow_layout import Grid, Lane, grid, lanes, pipe, rounded, tracks
from plantwright.report.names import Names, load_class, load_legend
from plantwright.report.svg import Drawing, text_width, wrap
from plantwright.results.wording import percent

NO_SHOP = ""
TAKES = 11.5
"""Size of the words on what comes in; the style sheet says the same [px]."""


def flow(plant: Plant, names: Names, loads: Mapping[str, float | None], meaning: str) -> Figure:
    """The plant drawn shop by shop. ``loads`` colours the stations; ``meaning`` says what load is here."""
    found = links(plant)
    shops = _shops(plant, found)
    passed = between_shops(found, lambda key: plant.stations[key].shop or NO_SHOP)
    by_shop = ", shop by shop" if len(shops) > 1 else ""
    caption = f"The flow of {plant.name}{by_shop}: {len(plant.stations)} stations coloured by load ({meaning})"
    legend = load_legend(loads.get(key) for key in plant.stations)
    if any(link.aside for link in found):
        legend.append(("pipe-aside", "rework, repair, samples"))

    def draw(width: int) -> str:
        sizes = grid(width)
        header = _Header(sizes, names, passed)
        placed = lanes(shops, found, sizes, {shop: header.height(shop) for shop in shops})
        drawing = Drawing(width, placed[-1].bottom(sizes) + 2, caption)
        for lane in placed:
            header.draw(drawing, lane, [loads.get(key) for key in lane.cells])
            for link in found:
                if link.start in lane.cells and link.end in lane.cells:
                    _pipe(drawing, lane, sizes, link, names)
            for key, cell in lane.cells.items():
                _box(drawing, lane, sizes, cell, _Station(key, names, _machines(plant, key), loads.get(key)))
        _bus(drawing, placed, sizes, passed, names)
        return drawing.svg("figure flow")

    return figure("flow", caption, draw, _table(plant, found, names, loads), legend)


def _machines(plant: Plant, key: str) -> int:
    return plant.stations[key].machine_count


def _shops(plant: Plant, found: list[Link]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for key, station in plant.stations.items():
        members.setdefault(station.shop or NO_SHOP, []).append(key)
    home = {key: shop for shop, keys in members.items() for key in keys}
    ordered = in_order(list(members), [(home[link.start], home[link.end]) for link in found if not link.aside])
    return {shop: members[shop] for shop in ordered}


class _Header:
    """A lane and what stands above its boxes: its name, its highest load, what comes in."""

    def __init__(self, sizes: Grid, names: Names, passed: Mapping[Pair, tuple[str, ...]]) -> None:
        self._sizes = sizes
        self._names = names
        self._passed = passed
        self._inside = sizes.lane - 2 * sizes.left

    def _takes(self, shop: str) -> str:
        sources = [
            f"{' · '.join(self._names.item(item) for item in items)} ({self._names.shop(start)})"
            for (start, end), items in self._passed.items()
            if end == shop
        ]
        return "takes " + "; ".join(sources) if sources else ""

    def _beside(self, shop: str) -> float:
        """Room beside the name, before the load; none on a phone."""
        return 0.0 if self._sizes.width <= NARROW else self._inside - text_width(self._names.shop(shop), 15) - 150

    def _below(self, shop: str) -> list[str]:
        """What does not fit beside the name stands in lines under it."""
        takes = self._takes(shop)
        fits = not takes or text_width(takes, TAKES) <= self._beside(shop)
        return [] if fits else wrap(takes, self._inside, TAKES, 2)

    def height(self, shop: str) -> float:
        return 38 + 14 * len(self._below(shop))

    def draw(self, drawing: Drawing, lane: Lane, loads: list[float | None]) -> None:
        sizes, name, below = self._sizes, self._names.shop(lane.shop), self._below(lane.shop)
        known = [load for load in loads if load is not None]
        highest = f"highest load {percent(max(known))}" if known else ""
        drawing.rect(0.5, lane.top, (sizes.lane, lane.bottom(sizes) - lane.top), "lane", round_=8)
        drawing.text(sizes.left, lane.top + 22, name, "lane-name")
        drawing.text(sizes.lane - sizes.left, lane.top + 22, highest, "lane-load", "end")
        if not below:
            drawing.text(sizes.left + text_width(name, 15) + 10, lane.top + 22, self._takes(lane.shop), "lane-takes")
        for number, line in enumerate(below):
            drawing.text(sizes.left, lane.top + 39 + 14 * number, line, "lane-takes")


class _Station:
    """What a box says."""

    def __init__(self, key: str, names: Names, machines: int, load: float | None) -> None:
        name = names.station(key)
        self.key = key
        self.brief = names.brief(key)
        self.load = load
        self.count = f"{machines:,} ×" if machines > 1 else ""
        self.tip = f"{name}: {machines:,} machine{'s' if machines > 1 else ''}, load {percent(load)}"


def _box(drawing: Drawing, lane: Lane, sizes: Grid, cell: tuple[int, int], station: _Station) -> None:
    x, y = sizes.x(cell[0]), lane.y(sizes, cell[1])
    drawing.open(f"station {load_class(station.load)}", station.tip, station.key)
    drawing.rect(x, y, (sizes.box, sizes.height), "box", round_=5)
    lines = wrap(station.brief, sizes.box - 11, 11.5, 3)
    for number, line in enumerate(lines):
        drawing.text(x + 7, y + 15 + 12.5 * number, line, "box-name")
    drawing.text(x + 7, y + sizes.height - 7, station.count, "box-small")
    shown = percent(station.load) if station.load is not None else ""
    drawing.text(x + sizes.box - 7, y + sizes.height - 7, shown, "box-load", "end")
    drawing.close()


def _pipe(drawing: Drawing, lane: Lane, sizes: Grid, link: Link, names: Names) -> None:
    points = pipe(lane, sizes, link)
    cls = "pipe pipe-aside" if link.aside else "pipe"
    drawing.open(
        cls,
        f"{names.station(link.start)} to {names.station(link.end)}: {', '.join(link.items)}",
        f"{link.start} {link.end}",
    )
    drawing.path(rounded(points), "line")
    _arrow(drawing, points[-1], 1)
    drawing.close()


def _arrow(drawing: Drawing, tip: tuple[float, float], direction: int) -> None:
    x, y = tip
    drawing.polyline([(x, y), (x - 6 * direction, y - 3.5), (x - 6 * direction, y + 3.5)], "head", close=True)


def _bus(
    drawing: Drawing, placed: list[Lane], sizes: Grid, passed: Mapping[Pair, tuple[str, ...]], names: Names
) -> None:
    """Pipes between shops, beside the lanes: down from the delivering shop, in where it is taken."""
    chosen = tracks(placed, passed)
    by_shop = {lane.shop: lane for lane in placed}
    edge, pitch = sizes.lane + 0.5, (sizes.width - sizes.lane - 14) / (1 + max(chosen.values(), default=0))
    places = _arrivals(placed, passed, sizes)
    for start in sorted(chosen, key=list(by_shop).index):
        x, out = edge + 11 + chosen[start] * min(pitch, 9), by_shop[start].bottom(sizes) - 12
        drawing.open("pipe bus", f"{names.shop(start)} delivers", f"shop:{start}")
        for pair in passed:
            if pair[0] == start:
                drawing.path(rounded([(edge, out), (x, out), (x, places[pair]), (edge + 1, places[pair])]), "line")
                _arrow(drawing, (edge, places[pair]), -1)
        drawing.close()


def _arrivals(placed: list[Lane], passed: Iterable[Pair], sizes: Grid) -> dict[Pair, float]:
    """Height at which each pipe enters its lane, one under the other."""
    found: dict[Pair, float] = {}
    for lane in placed:
        pairs = [pair for pair in passed if pair[1] == lane.shop]
        step = min(9, (lane.bottom(sizes) - lane.top - 34) / max(len(pairs), 1))
        found |= {pair: lane.top + 14 + step * number for number, pair in enumerate(pairs)}
    return found


def _table(plant: Plant, found: list[Link], names: Names, loads: Mapping[str, float | None]) -> Table:
    to: dict[str, list[str]] = {}
    for link in found:
        to.setdefault(link.start, []).append(names.station(link.end) + (" (aside)" if link.aside else ""))
    rows = [
        (
            names.station(key),
            names.shop(station.shop),
            f"{station.machine_count:,}",
            percent(loads.get(key)),
            ", ".join(to.get(key, ())) or "–",
        )
        for key, station in plant.stations.items()
    ]
    return Table.of(
        "Stations and where they deliver", ("station", "shop", "machines", "load", "delivers to"), rows, text=(1, 4)
    )
