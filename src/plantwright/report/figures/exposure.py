"""Who delivers what into what, coloured by what it costs to lose him."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plantwright.model.flows import built_from
from plantwright.model.plant import Plant
from plantwright.report.figure import NARROW, Figure, figure
from plantwright.report.names import Names
from plantwright.report.svg import Drawing, fit
from plantwright.results import ExposureRow, RiskAnswer
from plantwright.results.terminal.risk import money

PITCH, BOX, HEAD = 21.0, 17.0, 26.0
STEPS = (1e-9, 0.05, 0.2, 0.5, 0.999)
"""Shares of the dearest loss at which the colour deepens. [-]"""
LEGEND = (
    ("l-0", "loses nothing"),
    ("l-1", "under 5 % of the dearest loss"),
    ("l-2", "5 to 20 %"),
    ("l-3", "20 to 50 %"),
    ("l-4", "over 50 %"),
    ("l-5", "the dearest"),
    ("pipe-aside", "behind the supplier"),
)


@dataclass(frozen=True, slots=True)
class _Node:
    key: str
    name: str
    cls: str
    tip: str


def exposure_map(answer: RiskAnswer, plant: Plant, names: Names) -> Figure:
    """Suppliers on the left, what they deliver in the middle, products on the right."""
    losses = _losses(answer)
    suppliers, items, products, links = _network(answer, plant, names, losses)
    caption = "Who delivers what into what; the deeper the colour, the more margin is lost with it"
    height = HEAD + PITCH * max(len(suppliers), len(items), len(products)) + 6

    def draw(width: int) -> str:
        drawing = Drawing(width, height, caption)
        columns = _columns(width)
        places = {
            (column, node.key): HEAD + PITCH * (row + 0.5) * _spread(nodes, height)
            for column, nodes in enumerate((suppliers, items, products))
            for row, node in enumerate(nodes)
        }
        for start, end, cls in links:
            if start in places and end in places:
                left = columns[start[0]][0] + columns[start[0]][1]
                _link(drawing, (left, places[start]), (columns[end[0]][0], places[end]), cls)
        for column, (title, nodes) in enumerate((("Suppliers", suppliers), ("Items", items), ("Products", products))):
            x, room = columns[column]
            drawing.text(x, 14, title, "panel")
            for node in nodes:
                y = places[column, node.key]
                drawing.open(f"station {node.cls}", node.tip)
                drawing.rect(x, y - BOX / 2, (room, BOX), "box", round_=3)
                drawing.text(x + 5, y + 4, fit(node.name, room - 10, 11.5), "box-name")
                drawing.close()
        return drawing.svg("figure")

    return figure("exposure-map", caption, draw, legend=LEGEND)


def exposure_class(share: float) -> str:
    """CSS class of a loss as a share of the dearest."""
    return f"l-{sum(share >= step for step in STEPS)}"


def _columns(width: int) -> tuple[tuple[float, float], ...]:
    """Left edge and width of the boxes of each column."""
    if width <= NARROW:
        return (0.0, 116.0), (144.0, 112.0), (284.0, width - 284.0)
    return (0.0, 190.0), (320.0, 210.0), (width - 190.0, 190.0)


def _spread(nodes: Sequence[_Node], height: float) -> float:
    """How far apart the boxes of a column stand, so that every column is as tall."""
    return (height - HEAD - 6) / (PITCH * max(len(nodes), 1))


def _losses(answer: RiskAnswer) -> Mapping[str, ExposureRow]:
    return {row.id: row for row in answer.exposures if row.kind == "supplier"}


def _network(
    answer: RiskAnswer, plant: Plant, names: Names, losses: Mapping[str, ExposureRow]
) -> tuple[list[_Node], list[_Node], list[_Node], list[tuple[tuple[int, str], tuple[int, str], str]]]:
    most = max((row.loss_p50 for row in losses.values()), default=0.0)
    shares = {key: row.loss_p50 / most if most else 0.0 for key, row in losses.items()}
    offered: dict[str, set[str]] = {}
    for offer in plant.offers.values():
        if offer.supplier is not None and offer.supplier in losses and offer.item is not None:
            offered.setdefault(offer.item, set()).add(offer.supplier)
    suppliers = [
        _Node(key, row.name, exposure_class(shares[key]), _tip(row, answer.currency)) for key, row in losses.items()
    ]
    held = {
        item: max((shares[each] for each in by if _hurts(losses[each], item, names)), default=0.0)
        for item, by in offered.items()
    }
    ordered = sorted(offered, key=lambda item: -held[item])
    items = [_Node(item, names.item(item), exposure_class(held[item]), names.item(item)) for item in ordered]
    products = [_Node(key, names.item(key), "l-unknown", names.item(key)) for key in plant.products]
    links = [
        ((0, each), (1, item), "pipe hot" if shares[each] > 0 and held[item] > 0 else "pipe")
        for item, by in offered.items()
        for each in sorted(by)
    ]
    links += [
        ((0, key), (1, item), "pipe pipe-aside" + (" hot" if shares[key] > 0 and held[item] > 0 else ""))
        for key, row in losses.items()
        for item in row.items
        if key not in offered.get(item, ())
    ]
    into = _products_of(plant)
    links += [
        ((1, item), (2, product), "pipe hot" if held[item] > 0 else "pipe")
        for item in offered
        for product in plant.products
        if item in into[product]
    ]
    return suppliers, items, products, links


def _hurts(row: ExposureRow, item: str, names: Names) -> bool:
    """Whether an item is what a loss makes short."""
    return row.short_of == names.item(item) or row.short_of == item


def _products_of(plant: Plant) -> dict[str, set[str]]:
    """Everything that goes into each product."""
    below = built_from(plant)
    found: dict[str, set[str]] = {}
    for product in plant.products:
        inside, waiting = set[str](), [product]
        while waiting:
            for part in below.get(waiting.pop(), ()):
                if part not in inside:
                    inside.add(part)
                    waiting.append(part)
        found[product] = inside
    return found


def _tip(row: ExposureRow, currency: str) -> str:
    lost = f"{money(row.loss_p50)} {currency} lost" if row.loss_p50 else "nothing lost"
    stops = "" if row.stops_day_p50 is None else f", production falls behind on day {row.stops_day_p50:.0f}"
    return f"{row.name}: {lost}{stops}"


def _link(drawing: Drawing, start: tuple[float, float], end: tuple[float, float], cls: str) -> None:
    middle = (start[0] + end[0]) / 2
    points = (start, (middle, start[1]), (middle, end[1]), end)
    first, *others = (f"{x:.1f} {y:.1f}" for x, y in points)
    curve = f"M{first} C{' '.join(others)}"
    drawing.open(cls)
    drawing.path(curve, "line")
    drawing.close()
