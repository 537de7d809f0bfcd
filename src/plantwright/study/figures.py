"""What replications saw of items, stations and crews, each figure with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence

from plantwright.model.naming import called, thing_called
from plantwright.model.plant import Plant
from plantwright.results import (
    STATES,
    CrewStatistics,
    Estimate,
    ItemRun,
    ItemStatistics,
    Run,
    StationRun,
    StationStatistics,
)
from plantwright.study.estimate import estimate, ratio
from plantwright.study.indicators import indicators_of
from plantwright.study.shortages import shortages_at

OFF, MAINTENANCE, DOWN, BUSY = "off shift", "maintenance", "down", "busy"


def items_of(plant: Plant, runs: Sequence[Run], confidence: float = 0.95) -> dict[str, ItemStatistics]:
    """Figures of every item that moved or was asked for in any of the replications, in document order."""
    seen = [name for name in runs[0].items if any(_seen(run.items[name]) for run in runs)]
    return {name: _item(plant, runs, name, confidence) for name in seen}


def _seen(item: ItemRun) -> bool:
    return bool(item.released or item.finished or item.ordered or item.consumed or item.wip_mean)


def _item(plant: Plant, runs: Sequence[Run], name: str, confidence: float) -> ItemStatistics:
    seen = [(run.items[name], run.elapsed_s / 3600) for run in runs]

    def quantile(label: str) -> Estimate:
        return estimate((item.flow_time_quantiles_s.get(label, math.nan) for item, _ in seen), confidence)

    def waited(label: str) -> Estimate:
        return estimate((item.wait_quantiles_s.get(label, math.nan) for item, _ in seen), confidence)

    return ItemStatistics(
        name=thing_called(plant, name),
        throughput_per_h=estimate((item.finished / hours for item, hours in seen), confidence),
        wip_mean=estimate((item.wip_mean for item, _ in seen), confidence),
        flow_time_mean_s=estimate((item.flow_time_mean_s for item, _ in seen), confidence),
        flow_time_p50_s=quantile("P50"),
        flow_time_p90_s=quantile("P90"),
        flow_time_p95_s=quantile("P95"),
        flow_time_p99_s=quantile("P99"),
        fill_rate=estimate((ratio(item.met_at_once, item.ordered) for item, _ in seen), confidence),
        stock_mean=estimate((item.stock_mean for item, _ in seen), confidence),
        scrapped_per_h=estimate((item.scrapped / hours for item, hours in seen), confidence),
        first_pass_yield=estimate((first_pass(item) for item, _ in seen), confidence),
        rolled_yield=estimate((rolled(item) for item, _ in seen), confidence),
        first_pass_yield_by_operation={
            op: estimate((item.first_pass_by_operation.get(op, math.nan) for item, _ in seen), confidence)
            for op in dict.fromkeys(op for item, _ in seen for op in item.first_pass_by_operation)
        },
        wait_mean_s=estimate((item.wait_mean_s for item, _ in seen), confidence),
        wait_p50_s=waited("P50"),
        wait_p90_s=waited("P90"),
        wait_p95_s=waited("P95"),
        wait_p99_s=waited("P99"),
        departure_cv2=estimate((item.departure_cv2 for item, _ in seen), confidence),
        backlog_mean=estimate((item.backlog_mean for item, _ in seen), confidence),
        service_level=estimate((ratio(item.orders_met, item.orders) for item, _ in seen), confidence),
    )


def first_pass(item: ItemRun) -> float:
    """Share of what left the route that nobody ever rejected; nan where nobody looks. [-]"""
    return ratio(item.first_passed, item.finished + item.scrapped) if item.first_pass_by_operation else math.nan


def rolled(item: ItemRun) -> float:
    """Rolled throughput yield: the product of what the operations pass at the first try; nan where nobody looks. [-]"""
    return math.prod(item.first_pass_by_operation.values()) if item.first_pass_by_operation else math.nan


def stations_of(plant: Plant, runs: Sequence[Run], confidence: float = 0.95) -> dict[str, StationStatistics]:
    """Figures of every station, in document order."""
    return {name: _station(plant, runs, name, confidence) for name in plant.stations if name in runs[0].stations}


def _station(plant: Plant, runs: Sequence[Run], name: str, confidence: float) -> StationStatistics:
    seen = [(run.stations[name], run.elapsed_s) for run in runs]
    indicators = [indicators_of(station) for station, _ in seen]
    by_item = dict.fromkeys(item for station, _ in seen for item in station.wait_mean_s_by_item)

    def waited(label: str) -> Estimate:
        return estimate((station.wait_quantiles_s.get(label, math.nan) for station, _ in seen), confidence)

    return StationStatistics(
        name=called(plant.stations, name),
        machines=plant.stations[name].machine_count,
        shop=plant.stations[name].shop,
        queue_mean=estimate((station.queue_mean for station, _ in seen), confidence),
        wait_mean_s=estimate((station.wait_mean_s for station, _ in seen), confidence),
        wait_mean_s_by_item={
            item: estimate((station.wait_mean_s_by_item.get(item, math.nan) for station, _ in seen), confidence)
            for item in by_item
        },
        wait_p50_s=waited("P50"),
        wait_p90_s=waited("P90"),
        wait_p95_s=waited("P95"),
        wait_p99_s=waited("P99"),
        utilisation=estimate((utilisation(station) for station, _ in seen), confidence),
        availability=estimate((available(station) for station, _ in seen), confidence),
        throughput_per_h=estimate((station.pieces / elapsed * 3600 for station, elapsed in seen), confidence),
        states={state: estimate((share(station, state) for station, _ in seen), confidence) for state in STATES},
        iso22400={name: estimate((each[name] for each in indicators), confidence) for name in indicators[0]},
        short_of=shortages_at(plant, runs, name, confidence),
    )


def crews_of(plant: Plant, runs: Sequence[Run], confidence: float = 0.95) -> dict[str, CrewStatistics]:
    """Figures of every crew, in document order."""
    return {
        name: CrewStatistics(estimate((run.crews[name] for run in runs), confidence), called(plant.crews, name))
        for name in runs[0].crews
    }


def share(station: StationRun, state: str) -> float:
    """Share of all machine time in a state. [-]"""
    return ratio(station.state_s.get(state, 0.0), math.fsum(station.state_s.values()))


def scheduled_s(station: StationRun) -> float:
    """Machine time on shift. [s]"""
    return math.fsum(station.state_s.values()) - station.state_s.get(OFF, 0.0)


def utilisation(station: StationRun) -> float:
    """Share of the scheduled machine time spent working. [-]"""
    return ratio(station.state_s.get(BUSY, 0.0), scheduled_s(station))


def available(station: StationRun) -> float:
    """Share of the scheduled machine time not down and not in maintenance. [-]"""
    lost = station.state_s.get(DOWN, 0.0) + station.state_s.get(MAINTENANCE, 0.0)
    return 1 - ratio(lost, scheduled_s(station))


def pressure(station: StationRun) -> float:
    """Share of the scheduled machine time in which a station waits neither for work nor for room. [-]

    A station that waits for people counts: it has work and holds the plant up, though its machines are not short.

    References
    ----------
    Roser, C., Nakano, M., Tanaka, M. (2001), A practical bottleneck detection method, Winter Simulation Conference,
    doi:10.1109/WSC.2001.977398: everything but starved and blocked is active.
    """
    waits = math.fsum(station.state_s.get(name, 0.0) for name in ("idle", "blocked", "starved for kit"))
    return 1 - ratio(waits, scheduled_s(station))
