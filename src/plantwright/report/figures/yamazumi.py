"""The work of each station piled up against the cycle (yamazumi): tasks of the mean unit, and each product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plantwright.report.figure import Figure, Table, figure
from plantwright.report.names import series_class
from plantwright.report.scale import axis
from plantwright.report.svg import Drawing, fit
from plantwright.results.balance import LineBalance, StationBalance, TaskBalance
from plantwright.results.wording import number, percent

TALL, LEFT, TOP, FOOT = 300, 44, 14, 30


def yamazumi(
    balance: LineBalance,
    stations: Sequence[StationBalance],
    tasks: Sequence[TaskBalance],
    products: Mapping[str, str],
) -> Figure:
    """A pile of tasks for each station, the cycle as a line, and a dot for each product."""
    colours = series_class(products)
    caption = (
        f"{balance.name}, {balance.scenario_name}: work at each station for the mean unit, task by task, against the "
        f"cycle of {number(balance.cycle_s)} s; a dot is what one product takes"
    )

    def draw(width: int) -> str:
        return _draw(balance, stations, tasks, products, colours, width, caption)

    legend = [("l-2", "tasks of the mean unit"), *((f"{colours[key]} round", name) for key, name in products.items())]
    table = Table.of(
        "Stations",
        ("station", "tasks", "work, s", "used", *(f"{name}, s" for name in products.values()), "skills", "equipment"),
        [_row(station, tasks, products) for station in stations],
        text=(1, 4 + len(products), 5 + len(products)),
    )
    return figure(f"yamazumi-{balance.line}-{balance.scenario}", caption, draw, table, legend)


def _row(station: StationBalance, tasks: Sequence[TaskBalance], products: Mapping[str, str]) -> tuple[str, ...]:
    names = {task.task: task.name for task in tasks}
    return (
        f"{station.station}{f', {station.side}' if station.side else ''}",
        "; ".join(names[task] for task in station.tasks),
        number(station.load_s),
        percent(station.used_share),
        *(number(station.load_by_product_s.get(product, 0.0)) for product in products),
        ", ".join(station.skills),
        ", ".join(station.equipment),
    )


def _draw(
    balance: LineBalance,
    stations: Sequence[StationBalance],
    tasks: Sequence[TaskBalance],
    products: Mapping[str, str],
    colours: Mapping[str, str],
    width: int,
    caption: str,
) -> str:
    drawing = Drawing(width, TOP + TALL + FOOT, caption)
    cycle = balance.cycle_s or 0.0
    highest = max((max(station.load_by_product_s.values(), default=0.0) for station in stations), default=0.0)
    scale, marks = axis([0.0, cycle, highest], TOP + TALL, TOP)
    for mark in marks:
        drawing.line((LEFT, scale(mark)), (width, scale(mark)), "grid")
        drawing.text(LEFT - 6, scale(mark) + 4, f"{mark:g}", "tick", "end")
    step = (width - LEFT) / max(len(stations), 1)
    times = {(task.task): task for task in tasks}
    for place, station in enumerate(stations):
        x, below = LEFT + place * step + 0.14 * step, 0.0
        for index, key in enumerate(station.tasks):
            task = times[key]
            share = task.time_s / station.beside
            tip = f"{task.name}: {number(task.time_s)} s at {station.station}"
            top = scale(below + share)
            drawing.rect(x, top, (0.72 * step, scale(below) - top - 0.7), f"mark l-{1 + index % 3}", tip)
            below += share
        middle = x + 0.36 * step
        for product, name in products.items():
            load = station.load_by_product_s.get(product)
            if load:
                tip = f"{name} at {station.station}: {number(load)} s"
                drawing.circle(middle, scale(load / station.beside), 4, f"mark {colours[product]}", tip)
        label = fit(station.station, step - 2, 11.5) if step > 30 else f"{place + 1}"
        drawing.text(middle, TOP + TALL + 18, label, "tick", "middle")
    drawing.line((LEFT, scale(cycle)), (width, scale(cycle)), "demand-line", f"cycle {number(cycle)} s")
    return drawing.svg("yamazumi")
