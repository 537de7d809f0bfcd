"""What a good unit takes: money by what it is spent on and by whom, energy by station and state."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plantwright.report.figure import Figure, Table, figure
from plantwright.report.figures.states import WORK_FIRST
from plantwright.report.names import STATE_CLASS, Names
from plantwright.report.rows import Rows
from plantwright.report.scale import axis
from plantwright.report.svg import Drawing
from plantwright.results import KINDS, Estimate, SpendingStatistics
from plantwright.results.wording import estimate, number, percent

SHOWN = 14
"""Rows drawn; the table has them all."""
KIND_CLASS = {"energy": "c-1", "running": "c-3", "labour": "c-0", "material": "c-2"}
KIND_NAME = {"energy": "Energy", "running": "Running machines", "labour": "People", "material": "Bought material"}


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody, or something, that takes a share: an amount of each of some parts, by CSS class."""

    name: str
    parts: Mapping[str, float]
    tip: str

    @property
    def total(self) -> float:
        return math.fsum(self.parts.values())


def by_kind(spent: SpendingStatistics, currency: str) -> Figure:
    """Money that a good unit takes, by what it is spent on."""
    total = spent.unit_cost["total"].mean or 0.0
    kinds = [kind for kind in KINDS if spent.unit_cost[kind].mean]
    rows = [
        Row(
            KIND_NAME[kind],
            {KIND_CLASS[kind]: spent.unit_cost[kind].mean or 0.0},
            f"{KIND_NAME[kind]}: {estimate(spent.unit_cost[kind])} {currency} a good unit",
        )
        for kind in sorted(kinds, key=lambda kind: -(spent.unit_cost[kind].mean or 0.0))
    ]
    caption = f"{currency} that a good unit takes, {number(total)} in all"
    table = [
        (KIND_NAME.get(kind, "Total"), estimate(cost), percent((cost.mean or 0.0) / total if total else None))
        for kind, cost in spent.unit_cost.items()
    ]
    columns = ("spent on", f"{currency}/unit", "share")
    shown = [f"{number(row.total)}, {percent(row.total / total)}" for row in rows]
    return _bars("unit-cost", (caption, currency), rows, shown, Table.of(caption, columns, table))


def by_whom(spent: SpendingStatistics, currency: str, names: Names) -> Figure:
    """Money that a good unit takes besides material: people, energy and machines, by crew and station."""
    units = _of(spent.good_units_per_h)
    rows = []
    for key, crew in spent.crews.items():
        cost, hours = _of(crew.labour_cost_per_h) / units, _of(crew.attended_h_per_h) / units
        tip = f"{names.crew(key)}: {number(cost)} {currency} for {number(hours)} h a good unit"
        rows.append(Row(names.crew(key), {KIND_CLASS["labour"]: cost}, tip))
    for key, station in spent.stations.items():
        energy, running = (_of(each) / units for each in (station.energy_cost_per_h, station.running_cost_per_h))
        tip = f"{names.station(key)}: energy {number(energy)}, running {number(running)} {currency} a good unit"
        rows.append(Row(names.brief(key, 30), {KIND_CLASS["energy"]: energy, KIND_CLASS["running"]: running}, tip))
    rows = sorted((row for row in rows if row.total), key=lambda row: -row.total)
    count = f"the {SHOWN} largest of {len(rows)} crews and stations" if len(rows) > SHOWN else "by crew and station"
    caption = f"{currency} that a good unit takes besides material, {count}"
    kinds = [kind for kind in ("labour", "energy", "running") if any(row.parts.get(KIND_CLASS[kind]) for row in rows)]
    legend = [(KIND_CLASS[kind], KIND_NAME[kind].lower()) for kind in kinds] if len(kinds) > 1 else []
    shown = [number(row.total) for row in rows]
    return _bars("spent-by", (caption, currency), rows, shown, _by_whom_table(spent, currency, names), legend)


def _by_whom_table(spent: SpendingStatistics, currency: str, names: Names) -> Table:
    units = _of(spent.good_units_per_h)

    def cells(*figures: Estimate | None) -> list[str]:
        return ["–" if figure is None else number(_of(figure) / units) for figure in figures]

    rows = [
        (names.crew(key), "crew", *cells(crew.attended_h_per_h, crew.held_h_per_h, None, crew.labour_cost_per_h))
        for key, crew in spent.crews.items()
    ]
    for key, station in spent.stations.items():
        cost = Estimate(_of(station.energy_cost_per_h) + _of(station.running_cost_per_h))
        rows.append((names.station(key), "station", *cells(None, None, station.energy_kwh_per_h, cost)))
    columns = ("name", "what", "hours there/unit", "at work/unit", "kWh/unit", f"{currency}/unit")
    return Table.of("What a good unit takes of crews and stations", columns, rows, text=(1,))


def energy(spent: SpendingStatistics, names: Names) -> Figure:
    """Energy that a good unit takes, by station and by what its machines were doing."""
    units = _of(spent.good_units_per_h)
    drawing = {key: station for key, station in spent.stations.items() if station.energy_kwh_per_h.mean}
    ordered = sorted(drawing.items(), key=lambda entry: -_of(entry[1].energy_kwh_per_h))
    rows, table = [], []
    for key, station in ordered:
        kwh = {state: _of(each) / units for state, each in station.energy_kwh_per_h_by_state.items()}
        said = ", ".join(f"{state} {number(amount)}" for state, amount in kwh.items() if amount)
        tip = f"{names.station(key)}: {said} kWh a good unit"
        rows.append(
            Row(names.brief(key, 30), {STATE_CLASS[state]: kwh[state] for state in WORK_FIRST if kwh.get(state)}, tip)
        )
        total, work = math.fsum(kwh.values()), kwh.get("busy", 0.0)
        table.append((names.station(key), number(total), number(work), percent(1 - work / total)))
    count = f"the {SHOWN} largest of {len(rows)} stations" if len(rows) > SHOWN else "every station"
    caption = f"kWh that a good unit takes, by what the machines were doing, {count}"
    present = [state for state in WORK_FIRST if any(row.parts.get(STATE_CLASS[state]) for row in rows[:SHOWN])]
    columns = ("station", "kWh/unit", "of which busy", "not busy")
    legend = [(STATE_CLASS[state], state) for state in present]
    shown = [number(row.total) for row in rows]
    named = Table.of("Energy of a good unit by station", columns, table)
    return _bars("energy", (caption, "kWh"), rows, shown, named, legend)


def material(spent: SpendingStatistics, currency: str, names: Names) -> Table:
    """What a good unit takes of every bought item, the dearest first."""
    units = _of(spent.good_units_per_h)
    ordered = sorted(spent.materials.items(), key=lambda entry: -_of(entry[1].material_cost_per_h))
    rows = [
        (names.item(key), key, number(_of(each.consumed_per_h) / units), number(_of(each.material_cost_per_h) / units))
        for key, each in ordered
    ]
    return Table.of("Bought items in a good unit", ("item", "id", "pieces/unit", f"{currency}/unit"), rows, text=(1,))


def _of(figure: Estimate) -> float:
    return figure.mean or 0.0


def _bars(
    name: str,
    words: tuple[str, str],
    rows: Sequence[Row],
    shown: Sequence[str],
    table: Table,
    legend: Sequence[tuple[str, str]] = (),
) -> Figure:
    """One bar a row, its parts side by side; ``words`` are the caption and the unit."""
    caption, unit = words
    drawn = rows[:SHOWN]

    def draw(width: int) -> str:
        places = Rows(width, len(drawn), label_room=220, value_room=110, pitch=24)
        drawing = Drawing(width, places.height, caption)
        scale, marks = axis([0.0, *(row.total for row in drawn)], places.start, places.end, 5)
        places.axis(drawing, scale, marks, unit)
        for place, (row, value) in enumerate(zip(drawn, shown)):
            places.write(drawing, place, row.name, value)
            drawing.open("column", row.tip)
            level = 0.0
            for cls, amount in row.parts.items():
                x = scale(level)
                drawing.rect(x, places.middle(place) - 6, (scale(level + amount) - x, 12), f"mark {cls}")
                level += amount
            drawing.close()
        return drawing.svg("figure")

    return figure(name, caption, draw, table, legend)
