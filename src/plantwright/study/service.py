"""The dated demand, served from an empty plant with its start stocks: deliveries, stock built ahead, flow times."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from itertools import islice

from plantwright.compile import lower, monthly_demand
from plantwright.results import Estimate, Month, Run, ServiceFigures
from plantwright.study.estimate import estimate, over, ratio
from plantwright.study.replicate import DAY, Lowered, Span, complete, replications
from plantwright.study.session import Session
from plantwright.units import TICKS_PER_SECOND

LEAST, MOST = 2, 8
"""Replications of the service run. [-]"""
FIRST = 10_000
"""Number of its first replication, apart from those of the capacity runs. [-]"""


def serve(session: Session) -> list[Run]:
    """Replications of the plant's first year under its dated demand.

    None where no product has a demand, a year of it does not fit the effort, or somebody pressed Ctrl-C.
    """
    year, effort = session.year, session.effort
    if not _demanded(session) or session.crowd.interrupted or year.moves_per_year > effort.service_moves:
        return []
    problem = lower(session.plant, mode="service", until_s=year.whole / TICKS_PER_SECOND, conwip=year.conwip)
    span = Span(year.whole, 0, DAY)
    count = min(max(LEAST, int(effort.service_moves / year.moves_per_year)), MOST)
    jobs = replications(Lowered(session.plant, problem), span, seed=session.seed, first=FIRST, history=True)
    found = session.crowd.run(list(islice(jobs, count)), "deliveries against the dated demand")
    return complete(found)


def _demanded(session: Session) -> list[str]:
    """Products that customers ask for."""
    return [name for name in session.year.wanted.sold if name in session.plant.demand]


def figures(session: Session, runs: Sequence[Run]) -> ServiceFigures | None:
    """How the demand is served; None without a service run."""
    names = _demanded(session)
    if not runs:
        return None

    def each(figure: Callable[[Run, str], float]) -> dict[str, Estimate]:
        return {name: estimate(figure(run, name) for run in runs) for name in names}

    days = session.year.whole // DAY
    return ServiceFigures(
        service_level=over(runs, lambda run: _total(run, names, "met_at_once") / max(1, _total(run, names, "ordered"))),
        delivered_per_year=over(runs, lambda run: _total(run, names, "delivered")),
        demand_per_year=sum(sum(monthly_demand(session.plant, name, days).values()) for name in names),
        flow_time_mean_s=each(lambda run, name: run.items[name].flow_time_mean_s),
        flow_time_p90_s=each(lambda run, name: run.items[name].flow_time_quantiles_s.get("P90", math.nan)),
        flow_time_histogram={name: _histogram(runs, name) for name in names},
        wip_by_shop=_by_shop(runs),
        highest_stock=each(lambda run, name: float(max(run.series.stock[name], default=0))),
        output_by_week={name: _weeks(runs, name) for name in names},
    )


def _total(run: Run, names: Sequence[str], column: str) -> float:
    return float(sum(getattr(run.items[name], column) for name in names))


def _histogram(runs: Sequence[Run], name: str) -> tuple[tuple[float, float], ...]:
    """Upper end of each bin and its share of all flow times, all replications together. [s, -]"""
    counts: dict[float, int] = {}
    for run in runs:
        for edge, count in run.items[name].flow_time_histogram_s:
            counts[edge] = counts.get(edge, 0) + count
    total = sum(counts.values())
    return tuple((edge, ratio(count, total)) for edge, count in sorted(counts.items()))


def _by_shop(runs: Sequence[Run]) -> dict[str, Estimate]:
    """Mean parts in each shop at the ends of days."""
    shops = [shop for shop in runs[0].series.wip_by_shop if shop]
    return {
        shop: estimate(ratio(sum(run.series.wip_by_shop[shop]), len(run.series.wip_by_shop[shop])) for run in runs)
        for shop in shops
    }


def _weeks(runs: Sequence[Run], name: str) -> tuple[float, ...]:
    """Good units in each week of the year, mean over the replications."""
    days = [sum(each) / len(runs) for each in zip(*(run.series.finished[name] for run in runs), strict=True)]
    return tuple(math.fsum(days[at : at + 7]) for at in range(0, len(days) - 6, 7))


def months(session: Session, runs: Sequence[Run]) -> tuple[Month, ...]:
    """Demand, deliveries, stock and backlog of every calendar month; empty without a service run."""
    if not runs:
        return ()
    names, plant = _demanded(session), session.plant
    days = session.year.whole // DAY
    spans: dict[str, list[int]] = {}
    for day in range(days):
        spans.setdefault(f"{plant.from_ + dt.timedelta(days=day):%Y-%m}", []).append(day)
    demand = {name: monthly_demand(plant, name, days) for name in names}
    return tuple(
        Month(
            month=label,
            demand={name: demand[name].get(label, 0) for name in names},
            delivered={name: estimate(_sum(run.series.delivered[name], span) for run in runs) for name in names},
            stock_end={name: estimate(float(run.series.stock[name][span[-1]]) for run in runs) for name in names},
            backlog_end={name: estimate(float(run.series.backlog[name][span[-1]]) for run in runs) for name in names},
        )
        for label, span in spans.items()
    )


def _sum(series: Sequence[int], days: Sequence[int]) -> float:
    return float(sum(series[day] for day in days))
