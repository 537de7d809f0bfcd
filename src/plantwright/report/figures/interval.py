"""Capacity with both intervals against the target: in total, by product, and by each method."""

from __future__ import annotations

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.names import Names
from plantwright.report.rows import Rows, interval, target_line
from plantwright.report.scale import Scale, zoom
from plantwright.report.svg import Drawing, text_width
from plantwright.results import CapacityAnswer, Estimate, InputRange
from plantwright.results.wording import about, estimate, number, percent, span

LEGEND = (
    ("mean", "mean"),
    ("band-runs", "from run to run"),
    ("band-inputs", "with the ranges of the plant's figures"),
)


def _ends(value: Estimate, wide: InputRange | None) -> list[float]:
    ends = [value.mean, value.low, value.high]
    if wide is not None:
        ends += [wide.low, wide.high]
    return [end for end in ends if end is not None]


def total(capacity: CapacityAnswer) -> Figure:
    """Good units a year against the target, for the first screen: both intervals, one under the other."""
    value, wide, target = capacity.units_per_year, capacity.units_per_year_inputs, capacity.target_per_year
    ends = _ends(value, wide) + ([float(target)] if target else [])
    caption = f"Good units a year: {estimate(value)} from run to run"
    caption += f", {span(wide)} with the ranges of the plant's figures" if wide else ""
    caption += f"; target {target:,}" if target else ""
    bottom = 172.0 if wide else 104.0

    def draw(width: int) -> str:
        drawing = Drawing(width, bottom + 24, caption)
        scale, marks = zoom(ends, 1, width - 1, 6 if width > NARROW else 4)
        for mark in marks:
            drawing.line((scale(mark), 24), (scale(mark), bottom), "grid")
            drawing.text(scale(mark), bottom + 18, number(mark), "tick", _anchor(scale(mark), width, 24))
        if target:
            drawing.line((scale(target), 22), (scale(target), bottom), "target")
            drawing.text(scale(target), 14, f"target {target:,}", "target-name", _anchor(scale(target), width, 50))
        if value.mean is not None:
            drawing.line((scale(value.mean), 72), (scale(value.mean), bottom), "when")
        if value.low is not None and value.high is not None:
            line = scale(target) if target else -1.0
            _band(drawing, (scale(value.low), scale(value.high)), 58, ("band-runs", "run to run"), line)
        if wide is not None and wide.low is not None and wide.high is not None:
            words = "band-inputs", "ranges of the plant's figures"
            _band(drawing, (scale(wide.low), scale(wide.high)), 128, words, -1.0)
        if value.mean is not None:
            drawing.circle(scale(value.mean), 72, 8, "mean")
        return drawing.svg("figure")

    return figure("capacity-total", caption, draw)


def _anchor(x: float, width: float, half: float) -> str:
    """Where a centred text would leave the figure, it begins or ends at its place instead."""
    return "start" if x < half else "end" if x > width - half else "middle"


def _band(drawing: Drawing, ends: tuple[float, float], top: float, words: tuple[str, str], line: float) -> None:
    """An interval as a band (class, name): the name beside it where there is room clear of ``line``, else above."""
    (left, right), (cls, name) = ends, words
    drawing.rect(left, top, (max(right - left, 2), 28), cls, round_=4)
    long = text_width(name, 13)
    if long + 10 < left and not left - long - 14 < line < left:
        drawing.text(left - 10, top + 19, name, "band-name", "end")
    else:
        drawing.text(max(min(left, drawing.width - long), 0), top - 8, name, "band-name")


def by_product(capacity: CapacityAnswer, names: Names) -> Figure:
    """Each product's good units as a share of its own demand, so that large and small share one axis."""
    entries: list[tuple[str, Estimate, InputRange | None, float]] = []
    if capacity.target_per_year:
        target = float(capacity.target_per_year)
        entries.append(("All products", capacity.units_per_year, capacity.units_per_year_inputs, target))
    entries += [
        (names.item(key), product.units_per_year, product.units_per_year_inputs, float(product.demand_per_year))
        for key, product in capacity.by_product.items()
        if product.demand_per_year
    ]
    caption = "Good units a year of each product as a share of its demand"
    ends = [1.0] + [end / demand for _, value, wide, demand in entries for end in _ends(value, wide)]

    def draw(width: int) -> str:
        rows = Rows(width, len(entries), head=24, label_room=130, value_room=210, pitch=38)
        drawing = Drawing(width, rows.height, caption)
        scale, marks = zoom(ends, rows.start, rows.end, 6 if width > NARROW else 4)
        rows.axis(drawing, scale, marks, percent=True)
        target_line(drawing, rows, scale, 1.0, "demand")
        for place, (name, value, wide, demand) in enumerate(entries):
            rows.write(drawing, place, name, f"{estimate(value)} of {demand:,.0f}", "strong" if place == 0 else "")
            absolute = Scale(scale.low * demand, scale.high * demand, scale.start, scale.end)
            interval(drawing, absolute, rows.middle(place), value, wide, tip=_tip(name, value, wide))
        return drawing.svg("figure")

    return figure("capacity-by-product", caption, draw, _product_table(capacity, names), LEGEND)


def _tip(name: str, value: Estimate, wide: InputRange | None) -> str:
    runs = f"{name}: {estimate(value)} ({value.n} runs)"
    return f"{runs}; with the ranges of the figures {span(wide)}" if wide else runs


def _product_table(capacity: CapacityAnswer, names: Names) -> Table:
    columns = (
        "product",
        "good units/year",
        "with ranges of figures",
        "demand/year",
        "share of demand",
        "share made",
        "held in process",
    )
    rows = [
        (
            names.item(key),
            estimate(product.units_per_year),
            span(product.units_per_year_inputs),
            f"{product.demand_per_year:,}",
            percent(product.mix),
            percent(capacity.realised_mix.get(key)),
            f"{product.conwip:,} ({'given' if product.conwip_given else 'sized here'})",
        )
        for key, product in capacity.by_product.items()
    ]
    return Table.of("Capacity by product", columns, rows)


def methods(capacity: CapacityAnswer) -> Figure:
    """Arithmetic, queueing theory and simulation on one axis."""
    entries: list[tuple[str, Estimate, InputRange | None]] = [
        ("Rough-cut, by the year", Estimate(capacity.rough_cut_per_year), None),
        ("Rough-cut, by the week", Estimate(capacity.rough_cut_by_week_per_year), None),
        ("Queueing estimate", Estimate(capacity.queueing_estimate_per_year), None),
        ("Simulation", capacity.units_per_year, capacity.units_per_year_inputs),
    ]
    caption = "The same question by four methods, units a year"
    target = capacity.target_per_year
    ends = [end for _, value, wide in entries for end in _ends(value, wide)] + ([float(target)] if target else [])

    def draw(width: int) -> str:
        rows = Rows(width, len(entries), head=24 if target else 6, label_room=170, value_room=130, pitch=34)
        drawing = Drawing(width, rows.height, caption)
        scale, marks = zoom(ends, rows.start, rows.end, 5 if width > NARROW else 3)
        rows.axis(drawing, scale, marks)
        if target:
            target_line(drawing, rows, scale, target, f"target {target:,}")
        for place, (name, value, wide) in enumerate(entries):
            shown = estimate(value) if value.half_width else about(value.mean)
            rows.write(drawing, place, name, shown)
            interval(drawing, scale, rows.middle(place), value, wide, "" if value.n else "computed", f"{name}: {shown}")
        return drawing.svg("figure")

    rows = [(name, estimate(value) if value.half_width else about(value.mean)) for name, value, _ in entries]
    return figure("methods", caption, draw, Table.of(caption, ("method", "units/year"), rows))
