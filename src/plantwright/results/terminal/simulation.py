"""The answer to ``simulate`` in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from plantwright.results.simulate import SimulateAnswer
from plantwright.results.spending import KINDS, SpendingStatistics
from plantwright.results.terminal.starved import starved_lines
from plantwright.results.terminal.tables import SHOWN, grid, table, verdict
from plantwright.results.wording import duration, estimate, percent, share, time, titled


def simulation_lines(simulate: SimulateAnswer) -> Iterator[RenderableType]:
    """Items, stations and what moves parts, one table each."""
    yield verdict(
        f"{simulate.plant}: {duration(simulate.elapsed_s)} after a warm-up of {duration(simulate.warmup_s)} "
        f"({simulate.kind}), intervals at {percent(simulate.confidence)}"
    )
    if simulate.items:
        columns = ("item", "an hour", "in process", "flow time", "P90", "fill rate")
        rows = (
            (
                titled(key, item.name),
                estimate(item.throughput_per_h),
                estimate(item.wip_mean),
                time(item.flow_time_mean_s),
                time(item.flow_time_p90_s),
                share(item.fill_rate),
            )
            for key, item in simulate.items.items()
            if item.wip_mean.mean or item.throughput_per_h.mean
        )
        yield table("Items", columns, rows)
    yield table("Stations, busiest first", ("station", "busy", "available", "queue", "waiting"), _stations(simulate))
    yield from starved_lines(simulate.stations)
    if simulate.spending is not None:
        yield grid(_spending(simulate.spending, simulate.currency))
    if simulate.crews:
        crews = ((titled(key, crew.name), share(crew.held)) for key, crew in simulate.crews.items())
        yield table("Crews", ("crew", "at work"), crews)
    if simulate.tools:
        columns = ("tool", "of", "held", "away", "uses an hour", "mounted an hour")
        yield table("Tools", columns, _tools(simulate))
    if simulate.carriers:
        columns = ("carrier", "trips an hour", "out", "back", "down", "free")
        yield table("Carriers", columns, _carriers(simulate))
    if simulate.conveyors:
        columns = ("conveyor", "parts an hour", "on it", "of", "waiting for it", "end blocked")
        yield table("Conveyors", columns, _conveyors(simulate))


def _spending(spent: SpendingStatistics, currency: str) -> Iterator[tuple[str, str, str]]:
    """What a good unit takes, and an hour."""
    if spent.energy_kwh_per_h.mean:
        yield "Energy", estimate(spent.energy_kwh_per_unit), f"kWh a good unit; {_by_state(spent)}"
    if spent.crews:
        held, attended = estimate(spent.held_h_per_unit), estimate(spent.attended_h_per_unit)
        yield "People", attended, f"hours a good unit for which they are there, {held} of them at work"
    if spent.cost_per_h["total"].mean:
        kinds = ", ".join(f"{kind} {estimate(spent.unit_cost[kind])}" for kind in KINDS if spent.cost_per_h[kind].mean)
        yield "Cost", estimate(spent.unit_cost["total"]), f"{currency} a good unit: {kinds}"


def _by_state(spent: SpendingStatistics) -> str:
    """The states in which most energy goes, with their shares."""
    total = spent.energy_kwh_per_h.mean or 1.0
    sums: dict[str, float] = {}
    for station in spent.stations.values():
        for state, kwh in station.energy_kwh_per_h_by_state.items():
            sums[state] = sums.get(state, 0.0) + (kwh.mean or 0.0)
    most = sorted(sums.items(), key=lambda entry: -entry[1])[:3]
    return ", ".join(f"{percent(kwh / total)} {state}" for state, kwh in most if kwh)


def _stations(simulate: SimulateAnswer) -> Iterator[tuple[str, ...]]:
    ordered = sorted(simulate.stations.items(), key=lambda entry: -(entry[1].utilisation.mean or 0.0))
    for key, station in ordered[:SHOWN]:
        queue, waiting = estimate(station.queue_mean), time(station.wait_mean_s)
        yield titled(key, station.name), share(station.utilisation), share(station.availability), queue, waiting
    if len(ordered) > SHOWN:
        yield f"… {len(ordered) - SHOWN} more in --json", "", "", "", ""


def _tools(simulate: SimulateAnswer) -> Iterator[tuple[str, ...]]:
    for key, tool in list(simulate.tools.items())[:SHOWN]:
        figures = (tool.held_mean, tool.away_mean, tool.uses_per_h, tool.mounted_per_h)
        yield titled(key, tool.name), str(tool.number), *(estimate(figure) for figure in figures)


def _carriers(simulate: SimulateAnswer) -> Iterator[tuple[str, ...]]:
    for key, carrier in simulate.carriers.items():
        states = (share(carrier.states[state]) for state in ("out", "back", "down", "free"))
        yield titled(key, carrier.name), estimate(carrier.trips_per_h), *states


def _conveyors(simulate: SimulateAnswer) -> Iterator[tuple[str, ...]]:
    for key, belt in simulate.conveyors.items():
        figures = (estimate(belt.carried_per_h), estimate(belt.parts_mean), str(belt.room), estimate(belt.waiting_mean))
        yield titled(key, belt.name), *figures, share(belt.stands_share)
