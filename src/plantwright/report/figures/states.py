"""What the machines do: stacked bars of the time of each station, shop by shop."""

from __future__ import annotations

from collections.abc import Mapping

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.names import STATE_CLASS, Names
from plantwright.report.svg import Drawing, fit
from plantwright.results import STATES, Estimate, StationStatistics
from plantwright.results.wording import percent, share

ROW, HEAD = 20, 34
WORK_FIRST = (
    "busy",
    "setup",
    "blocked",
    "starved for kit",
    "waiting for people",
    "idle",
    "down",
    "maintenance",
    "off shift",
)
"""States from left to right: work first, losses next, off shift last."""


def states(stations: Mapping[str, StationStatistics], names: Names) -> Figure:
    """One bar per station; its number is the share of the time in which it works."""
    shops: dict[str | None, list[str]] = {}
    for key, station in stations.items():
        shops.setdefault(station.shop, []).append(key)
    present = [state for state in WORK_FIRST if any(_mean(stations[key], state) > 0 for key in stations)]
    caption = "Share of the time that the machines of each station spend in each state; the number is busy time"

    def draw(width: int) -> str:
        columns = _columns(shops, 1 if width <= NARROW or len(stations) < 12 else 2)
        height = max(sum(HEAD + ROW * len(shops[shop]) for shop in column) for column in columns)
        drawing = Drawing(width, height, caption)
        room = (width - 36 * (len(columns) - 1)) / len(columns)
        for number, column in enumerate(columns):
            left, y = number * (room + 36), 0.0
            for shop in column:
                drawing.text(left, y + 22, names.shop(shop), "panel")
                y += HEAD
                for key in shops[shop]:
                    _bar(drawing, (left, y, room), (names.brief(key, 30), names.station(key)), stations[key])
                    y += ROW
        return drawing.svg("figure")

    legend = [(STATE_CLASS[state], state) for state in present]
    return figure("states", caption, draw, _table(stations, names, present), legend)


def _mean(station: StationStatistics, state: str) -> float:
    return station.states.get(state, Estimate(None)).mean or 0.0


def _columns(shops: Mapping[str | None, list[str]], count: int) -> list[list[str | None]]:
    """Shops in order, divided into ``count`` columns of about equal height."""
    total = sum(HEAD + ROW * len(keys) for keys in shops.values())
    columns: list[list[str | None]] = [[] for _ in range(count)]
    used = 0.0
    for shop, keys in shops.items():
        height = HEAD + ROW * len(keys)
        columns[min(int((used + height / 2) / total * count), count - 1)].append(shop)
        used += height
    return [column for column in columns if column]


def _bar(
    drawing: Drawing, where: tuple[float, float, float], names: tuple[str, str], station: StationStatistics
) -> None:
    left, y, room = where
    brief, name = names
    label = min(0.36 * room, 210)
    start, end = left + label, left + room - 40
    drawing.text(left, y + 12, fit(brief, label - 8, 12), "row-name")
    x = start
    drawing.open("column", f"{name}: " + ", ".join(_words(station)))
    for state in WORK_FIRST:
        width = _mean(station, state) * (end - start)
        drawing.rect(x, y + 2, (max(width - 0.8, 0), 13), f"mark {STATE_CLASS[state]}")
        x += width
    drawing.close()
    drawing.text(left + room, y + 12, percent(station.states.get("busy", Estimate(None)).mean), "row-value", "end")


def _words(station: StationStatistics) -> list[str]:
    return [f"{state} {percent(_mean(station, state))}" for state in WORK_FIRST if _mean(station, state) >= 0.0005]


def _table(stations: Mapping[str, StationStatistics], names: Names, present: list[str]) -> Table:
    ordered = [state for state in STATES if state in present]
    rows = [
        (
            names.station(key),
            *(share(station.states.get(state)) if state in station.states else "–" for state in ordered),
        )
        for key, station in stations.items()
    ]
    return Table.of("Machine states, share of all time", ("station", *ordered), rows)
