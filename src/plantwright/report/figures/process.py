"""Work in process by shop, and how long units take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.names import Names, series_class
from plantwright.report.rows import Rows
from plantwright.report.scale import Scale, axis, short
from plantwright.report.svg import Drawing
from plantwright.results import Estimate, ServiceFigures
from plantwright.results.wording import duration, estimate

PANEL = 92
NEARLY_ALL = 0.99
"""Share of the units that the axis shows; the slowest run out of it on the right."""
SEVERAL = 3.0
"""It ends at so many times the P90 at the latest."""
LEGEND = (("mean-line", "mean"), ("late-line", "nine in ten"))
DAY, HOUR, MINUTE = 86_400.0, 3600.0, 60.0


def wip(by_shop: Mapping[str, Estimate], names: Names) -> Figure:
    """Mean pieces in each shop with their interval."""
    caption = "Pieces in process in each shop, mean over the year"

    def draw(width: int) -> str:
        rows = Rows(width, len(by_shop), label_room=170, value_room=120, pitch=28)
        drawing = Drawing(width, rows.height, caption)
        ends = [end for value in by_shop.values() for end in (value.mean, value.high) if end is not None]
        scale, marks = axis([0.0, *ends], rows.start, rows.end, 5)
        rows.axis(drawing, scale, marks, "pieces")
        for place, (shop, value) in enumerate(by_shop.items()):
            rows.write(drawing, place, names.shop(shop), estimate(value))
            y, size = rows.middle(place), scale(value.mean or 0.0) - rows.start
            drawing.rect(rows.start, y - 6, (size, 12), "mark c-0", f"{names.shop(shop)}: {estimate(value)} pieces", 2)
            if value.low is not None and value.high is not None:
                drawing.line((scale(max(value.low, 0)), y), (scale(value.high), y), "whisker")
        return drawing.svg("figure")

    rows = [(names.shop(shop), estimate(value)) for shop, value in by_shop.items()]
    return figure("wip", caption, draw, Table.of(caption, ("shop", "pieces"), rows))


def _unit(longest: float) -> tuple[float, str]:
    for size, name in ((DAY, "days"), (HOUR, "hours"), (MINUTE, "minutes")):
        if longest >= 2 * size:
            return size, name
    return 1.0, "seconds"


def flow_time(service: ServiceFigures, names: Names) -> Figure:
    """Distribution of the flow time of each product, one panel each on a shared axis; lines mark mean and P90.

    Entries of a histogram are (upper edge of the bin [s], share of units); a bin is as high as its share over its
    width, so that areas compare. The axis ends where nearly all units are out.
    """
    found = {key: bars for key, bars in service.flow_time_histogram.items() if bars}
    colours = series_class(service.flow_time_histogram)
    longest = max(_shown(bars, service.flow_time_p90_s.get(key)) for key, bars in found.items())
    size, unit = _unit(longest)
    caption = f"How long units take from start to finish, {unit}; nine in ten are out by the dashed line"

    def draw(width: int) -> str:
        drawing = Drawing(width, PANEL * len(found) + 26, caption)
        scale, marks = axis([0.0, longest / size], 1, width - 10, 6 if width > NARROW else 4)
        for place, (key, bars) in enumerate(found.items()):
            bottom = PANEL * (place + 1)
            for mark in marks:
                drawing.line((scale(mark), bottom - PANEL + 26), (scale(mark), bottom), "grid")
            _hills(drawing, [(edge / size, part) for edge, part in bars], scale, bottom, colours[key])
            drawing.text(0, bottom - PANEL + 16, names.item(key), "panel")
            drawing.text(width, bottom - PANEL + 16, _said(service, key), "row-value", "end")
            for times, cls in ((service.flow_time_mean_s, "when"), (service.flow_time_p90_s, "when late")):
                at = times[key].mean if key in times else None
                if at is not None and at <= size * scale.high:
                    drawing.line((scale(at / size), bottom - PANEL + 26), (scale(at / size), bottom), cls)
        for mark in marks:
            label = f"{short(mark)} {unit}" if mark == marks[-1] else short(mark)
            anchor = "end" if mark == marks[-1] else "start" if mark == marks[0] else "middle"
            drawing.text(scale(mark), PANEL * len(found) + 18, label, "tick", anchor)
        return drawing.svg("figure")

    rows = [
        (names.item(key), duration(mean.mean), duration(service.flow_time_p90_s.get(key, Estimate(None)).mean))
        for key, mean in service.flow_time_mean_s.items()
    ]
    table = Table.of("Flow time by product", ("product", "mean", "nine in ten within"), rows)
    return figure("flow-time", caption, draw, table, LEGEND)


def _shown(bars: Sequence[tuple[float, float]], late: Estimate | None) -> float:
    """Where the axis ends for a product: nearly all units are out, or it is several times what nine in ten need [s]."""
    seen, longest = 0.0, bars[-1][0]
    for edge, part in bars:
        seen += part
        if seen >= NEARLY_ALL:
            longest = edge
            break
    return min(longest, SEVERAL * late.mean) if late is not None and late.mean else longest


def _said(service: ServiceFigures, key: str) -> str:
    mean, late = service.flow_time_mean_s.get(key), service.flow_time_p90_s.get(key)
    parts = [f"mean {duration(mean.mean)}"] if mean else []
    parts += [f"nine in ten within {duration(late.mean)}"] if late else []
    return ", ".join(parts)


def _hills(drawing: Drawing, bars: list[tuple[float, float]], scale: Scale, bottom: float, colour: str) -> None:
    """Bins as one stepped area."""
    edges = [max(2 * bars[0][0] - bars[1][0], 0.0) if len(bars) > 1 else 0.0, *(edge for edge, _ in bars)]
    heights = [part / max(right - left, 1e-12) for left, right, (_, part) in zip(edges, edges[1:], bars)]
    highest = max(heights) or 1.0
    points = [(scale.within(edges[0]), float(bottom))]
    for left, right, height in zip(edges, edges[1:], heights):
        if left >= scale.high:
            break
        y = bottom - (PANEL - 34) * height / highest
        points += [(scale.within(left), y), (scale.within(right), y)]
    drawing.polyline([*points, (points[-1][0], float(bottom))], f"hill {colour}", close=True)
