"""The part of the page on balanced lines: for each the work piled up by station, what comes before what, the launch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plantwright.model.plant import Plant
from plantwright.report.figure import Figure, Section, Table
from plantwright.report.figures.launching import launching
from plantwright.report.figures.precedence import precedence
from plantwright.report.figures.yamazumi import yamazumi
from plantwright.report.names import Names
from plantwright.results.balance import BalanceAnswer, LineBalance
from plantwright.results.wording import about, estimate, number, percent


def sections(balance: BalanceAnswer, plant: Plant, names: Names) -> Iterator[Section]:
    """A section for each line: its rates side by side, then pictures of the last of them, the highest rate."""
    for line in dict.fromkeys(each.line for each in balance.balances):
        rates = [each for each in balance.balances if each.line == line]
        found = [each for each in rates if each.is_feasible]
        shown = min(found, key=lambda each: each.takt_s or 0.0) if found else None
        simulated = _simulated(balance) if balance.written_back.startswith(f"{line} ") else ()
        yield Section(
            f"balance-{line}",
            f"How is the work split? {rates[0].name}",
            " ".join(each.verdict for each in ([shown] if shown else rates)),
            tuple(_figures(balance, shown, names)) if shown else (),
            (_rates(rates, balance.currency), *simulated),
            notes=tuple(reason for each in rates for reason in each.reasons),
            folded=tuple(_folded(balance, [each for each in found if each is not shown])),
        )


def _figures(balance: BalanceAnswer, shown: LineBalance, names: Names) -> Iterator[Figure]:
    key = (shown.line, shown.scenario)
    stations = [each for each in balance.stations if (each.line, each.scenario) == key]
    tasks = [each for each in balance.tasks if (each.line, each.scenario) == key]
    products = {name: names.item(name) for each in stations for name in each.load_by_product_s}
    yield yamazumi(shown, stations, tasks, products)
    yield precedence(shown, tasks)
    sequence = [each.product for each in balance.launches if (each.line, each.scenario) == key]
    drifts = [each for each in balance.drifts if (each.line, each.scenario) == key]
    if len(products) > 1 and sequence:
        yield launching(shown, sequence, drifts, products)


def _rates(rates: Sequence[LineBalance], currency: str) -> Table:
    """The rates of a line side by side."""
    rows = [
        (
            each.scenario_name,
            number(each.takt_s),
            f"{each.lines}",
            number(each.cycle_s),
            f"{each.stations * each.lines}" if each.is_feasible else "none will do",
            _bound(each),
            percent(each.efficiency_share),
            f"{each.moves}",
            about(each.moves_cost) if each.moves_cost else "",
        )
        for each in rates
    ]
    columns = (
        "rate",
        "takt, s",
        "lines",
        "cycle, s",
        "stations in all",
        "no fewer than",
        "efficiency",
        "tasks moved",
        f"moves, {currency}",
    )
    return Table.of("The rates side by side", columns, rows)


def _bound(each: LineBalance) -> str:
    if not each.is_feasible or each.bound is None:
        return ""
    if each.is_optimal:
        return "proven"
    return f"{number(each.bound * each.lines)}" if each.seeks == "stations" else number(each.bound)


def _simulated(balance: BalanceAnswer) -> Iterator[Table]:
    if balance.simulated:
        rows = [
            (row.title or row.name, row.unit, estimate(row.a), estimate(row.b), estimate(row.difference))
            for row in balance.simulated[:8]
        ]
        columns = ("figure", "unit", "as it is", "balanced anew", "difference")
        yield Table.of("Written back and simulated on the same random numbers", columns, rows, text=(1,))


def _folded(balance: BalanceAnswer, others: Sequence[LineBalance]) -> Iterator[Table]:
    """Who does what at the other rates."""
    for each in others:
        names = {task.task: task.name for task in balance.tasks}
        rows = [
            (station.station, "; ".join(names[key] for key in station.tasks), number(station.load_s))
            for station in balance.stations
            if (station.line, station.scenario) == (each.line, each.scenario)
        ]
        yield Table.of(f"{each.name}, {each.scenario_name}: stations", ("station", "tasks", "work, s"), rows, text=(1,))
