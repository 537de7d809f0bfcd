"""The answer to ``balance`` in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from plantwright.results.balance import BalanceAnswer, LineBalance
from plantwright.results.terminal.tables import SHOWN, table, verdict
from plantwright.results.wording import estimate, number, percent


def balance_lines(balance: BalanceAnswer) -> Iterator[RenderableType]:
    """Each line: its verdict, its rates side by side, and the stations of the highest of them."""
    yield verdict(balance.verdict)
    for line in dict.fromkeys(each.line for each in balance.balances):
        rates = [each for each in balance.balances if each.line == line]
        columns = ("rate", "cycle [s]", "stations", "no fewer than", "efficiency", "moved")
        yield table(rates[0].name, columns, (_rate(each) for each in rates))
        found = [each for each in rates if each.is_feasible]
        if found:
            yield _stations(balance, min(found, key=lambda each: each.takt_s or 0.0))
    if balance.simulated:
        rows = (
            (f"{row.title or row.name}, {row.unit}", estimate(row.a), estimate(row.b), estimate(row.difference))
            for row in balance.simulated[:SHOWN]
        )
        yield table(f"Simulated: {balance.written_back}", ("figure", "as it is", "balanced anew", "difference"), rows)


def _rate(each: LineBalance) -> tuple[str, ...]:
    if not each.is_feasible:
        return each.scenario_name, number(each.cycle_s), "none will do", "", "", ""
    bound = "proven" if each.is_optimal else number(each.bound)
    stations = f"{each.lines} x {each.stations}" if each.lines > 1 else f"{each.stations}"
    return each.scenario_name, number(each.cycle_s), stations, bound, percent(each.efficiency_share), f"{each.moves}"


def _stations(balance: BalanceAnswer, shown: LineBalance) -> RenderableType:
    rows = []
    for station in balance.stations:
        if (station.line, station.scenario) == (shown.line, shown.scenario):
            tasks = ", ".join(station.tasks)
            rows.append((station.station, tasks, number(station.load_s), percent(station.used_share)))
    if len(rows) > SHOWN:
        rows = [*rows[:SHOWN], (f"… {len(rows) - SHOWN} more in --json", "", "", "")]
    return table(f"{shown.scenario_name}: who does what", ("station", "tasks", "work [s]", "used"), rows, text=2)
