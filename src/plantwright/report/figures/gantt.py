"""The schedule as bars on a time line: a still picture, and the data of the chart that the page's script draws."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from plantwright.report.figure import Figure, Table, figure
from plantwright.report.svg import Drawing, fit

ROWS = 32
"""Machines in the still picture; the chart has them all. [-]"""
ROW, AXIS = 20, 30
COLOURS = 9
"""Colours of kinds before they repeat; the script counts the same. [-]"""
SECONDS_A_DAY = 86400.0
LATE, CRITICAL = 1, 2


@dataclass(frozen=True, slots=True)
class Bar:
    """An operation on the time line. All times in seconds from the start of the schedule.

    Attributes
    ----------
    machine, order, kind
        Keys of the machine (empty: none), of the order, and of what it is coloured by.
    crews
        Keys of those who do it.
    operation
        What is done.
    start_s, end_s, setup_s
        When; and from when on it is set up, where it is. [s]
    why
        What it waited for.
    late, critical
        Whether its order is late; whether it is on the chain that decides.
    low_s, high_s
        Tenth and ninetieth percentile of its end in reality, where it was replayed. [s]
    """

    machine: str
    order: str
    kind: str
    operation: str
    start_s: float
    end_s: float
    setup_s: float | None = None
    why: str = ""
    late: bool = False
    critical: bool = False
    crews: tuple[str, ...] = ()
    low_s: float | None = None
    high_s: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A machine: its name, and when it is closed or down [s]."""

    name: str
    closed: tuple[tuple[float, float], ...] = ()
    down: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """Whom the bars are for."""

    name: str
    customer: str = ""
    due_s: float | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the chart shows.

    Attributes
    ----------
    origin
        The start of the schedule on the clock of the site.
    machines, orders, crews, kinds
        What the keys of the bars stand for, in the order in which they are shown.
    bars
        The operations.
    offsets
        From when on (seconds) the clock of the site is ahead of the clock at the origin by so much: daylight saving.
    """

    origin: datetime
    machines: Mapping[str, Row]
    orders: Mapping[str, Order]
    kinds: Mapping[str, str]
    bars: Sequence[Bar]
    crews: Mapping[str, str]
    offsets: Sequence[tuple[float, float]] = ((0.0, 0.0),)

    @property
    def until_s(self) -> float:
        """The end of the last bar. [s]"""
        return max((max(bar.end_s, bar.high_s or 0.0) for bar in self.bars), default=1.0)


def gantt(name: str, caption: str, plan: Plan, table: Table | None = None) -> Figure:
    """The still picture, with the data from which the page's script makes a chart to zoom, filter and hover."""
    legend = [(f"c-{place % COLOURS}", words) for place, words in enumerate(plan.kinds.values())]
    if any(bar.setup_s is not None for bar in plan.bars):
        legend.append(("s-idle gantt-setup", "setup"))
    legend.append(("s-off-shift", "closed"))
    if any(row.down for row in plan.machines.values()):
        legend.append(("gantt-down", "down"))
    if any(bar.late for bar in plan.bars):
        legend.append(("gantt-late", "for a late order"))
    if any(bar.critical for bar in plan.bars):
        legend.append(("gantt-critical", "critical chain"))
    still = figure(name, caption, lambda width: _still(plan, width, caption), table, legend)
    return replace(still, data=data(plan))


def data(plan: Plan) -> str:
    """What the script reads, as JSON that can stand inside a page: keys by their place, times in whole seconds."""
    machines, orders, kinds, crews = (
        {key: place for place, key in enumerate(keys)} for keys in (plan.machines, plan.orders, plan.kinds, plan.crews)
    )
    operations = {words: place for place, words in enumerate(dict.fromkeys(bar.operation for bar in plan.bars))}
    reasons = {words: place for place, words in enumerate(dict.fromkeys(bar.why for bar in plan.bars if bar.why))}
    told = {
        "origin": plan.origin.replace(tzinfo=UTC).timestamp(),
        "offsets": [list(step) for step in plan.offsets],
        "until": round(plan.until_s),
        "machines": [
            {"name": row.name, "closed": _whole(row.closed), "down": _whole(row.down)} for row in plan.machines.values()
        ],
        "orders": [
            {"name": order.name, "customer": order.customer, "due": _second(order.due_s), "late": order.late}
            for order in plan.orders.values()
        ],
        "crews": [{"name": name} for name in plan.crews.values()],
        "kinds": list(plan.kinds.values()),
        "operations": list(operations),
        "reasons": list(reasons),
        "bars": [
            [
                round(bar.start_s),
                round(bar.end_s),
                _second(bar.setup_s),
                machines.get(bar.machine, -1),
                orders[bar.order],
                operations[bar.operation],
                kinds[bar.kind],
                reasons.get(bar.why, -1),
                _second(bar.low_s),
                _second(bar.high_s),
                LATE * bar.late + CRITICAL * bar.critical,
                [crews[crew] for crew in bar.crews],
            ]
            for bar in plan.bars
        ],
    }
    return json.dumps(told, separators=(",", ":")).replace("<", "\\u003c")


def _whole(spans: Sequence[tuple[float, float]]) -> list[list[int]]:
    return [[round(start), round(end)] for start, end in spans]


def _second(value: float | None) -> int | None:
    return None if value is None else round(value)


def _still(plan: Plan, width: int, caption: str) -> str:
    """The busiest machines as rows; the bars of a kind in a row are one path, so that thousands stay light."""
    shown = _busiest(plan)
    side = 0.22 * width
    drawing = Drawing(width, AXIS + ROW * len(shown) + 6, caption)
    scale = (width - side) / plan.until_s
    for place, key in enumerate(shown):
        row, top = plan.machines[key], AXIS + ROW * place
        drawing.text(0, top + 14, fit(row.name, side - 8, 12), "row-name")
        for cls, spans in (("gantt-closed", row.closed), ("gantt-down", row.down)):
            drawing.path(_boxes(spans, side, scale, top + 1, ROW - 2, plan.until_s), cls)
        bars = [bar for bar in plan.bars if bar.machine == key]
        setups = [(bar.setup_s, bar.start_s) for bar in bars if bar.setup_s is not None]
        drawing.path(_boxes(setups, side, scale, top + 7, ROW - 14, plan.until_s), "gantt-setup")
        for number, kind in enumerate(plan.kinds):
            worked = [(bar.start_s, bar.end_s) for bar in bars if bar.kind == kind]
            drawing.path(_boxes(worked, side, scale, top + 3, ROW - 6, plan.until_s), f"mark c-{number % COLOURS}")
        late = [(bar.start_s, bar.end_s) for bar in bars if bar.late]
        drawing.path(_boxes(late, side, scale, top + ROW - 6, 3, plan.until_s), "gantt-late")
    _days(drawing, plan, side, scale)
    return drawing.svg("gantt")


def _busiest(plan: Plan) -> list[str]:
    """The machines with most to do, in document order."""
    busy = dict.fromkeys(plan.machines, 0.0)
    for bar in plan.bars:
        if bar.machine in busy:
            busy[bar.machine] += bar.end_s - bar.start_s
    most = set(sorted((key for key in busy if busy[key]), key=lambda key: -busy[key])[:ROWS])
    return [key for key in plan.machines if key in most]


def _boxes(
    spans: Sequence[tuple[float, float]], left: float, scale: float, top: float, tall: float, until_s: float
) -> str:
    """Rectangles as one path; nothing where there is none."""
    return "".join(
        f"M{left + start * scale:.1f} {top:.1f}h{max((min(end, until_s) - start) * scale, 0.4):.1f}v{tall:.1f}"
        f"H{left + start * scale:.1f}Z"
        for start, end in spans
        if start < until_s
    )


def _days(drawing: Drawing, plan: Plan, left: float, scale: float) -> None:
    """A line and a name for each midnight on the clock of the site, as many as there is room for."""
    midnight = plan.origin.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    begun = (plan.origin.replace(tzinfo=None) - midnight).total_seconds()
    every = max(1, round(46 / (SECONDS_A_DAY * scale) + 0.5))
    day = 0
    while (at := day * SECONDS_A_DAY - begun) < plan.until_s:
        if at >= 0 and day % every == 0:
            x = left + at * scale
            drawing.line((x, AXIS - 6), (x, drawing.height - 6), "grid")
            when = midnight + timedelta(days=day)
            if x + 34 < drawing.width:
                drawing.text(x + 2, AXIS - 10, f"{when:%a} {when.day}", "tick")
        day += 1
