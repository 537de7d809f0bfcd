"""What happened over time, in names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from plantwright.arrays import Outcome
from plantwright.codes import NONE, TICK_S
from plantwright.compile.problem import Problem
from plantwright.results import Series

SELDOM_WAITS = 0.9
"""Share of the most active station's active time from which a station can be the one that holds the others up. [-]"""


def series_of(problem: Problem, outcome: Outcome, *, active: Mapping[str, float]) -> Series:
    """The history of a replication: flows per bin, levels at the end of each.

    ``active`` is the share of its time in which each station does not wait, over the whole run.
    Everything made or sold has its flows and backlog, everything its stock. Stations without a shop count under "".
    """
    items = problem.names.items
    world = outcome.world
    made = {items[i] for i in range(len(items)) if world.item.release[i] != NONE}
    traded = made | set(problem.names.demands)
    shops = (*problem.names.shops, "")
    shop_of = world.station.shop
    by_shop = [np.flatnonzero(shop_of == (NONE if shop == "" else index)) for index, shop in enumerate(shops)]
    return Series(
        bin_s=outcome.bin * TICK_S,
        finished=_columns(_per_bin(outcome.finished), items, made),
        delivered=_columns(_per_bin(outcome.delivered), items, traded),
        ordered=_columns(_per_bin(outcome.ordered), items, traded),
        stock=_columns(outcome.stock, items, items),
        backlog=_columns(outcome.backlog, items, traded),
        wip_by_shop={
            shop: tuple(outcome.wip[:, members].sum(axis=1).tolist())
            for shop, members in zip(shops, by_shop)
            if len(members)
        },
        queue=_columns(outcome.queue, problem.names.stations, problem.names.stations),
        longest_active=_longest_active(outcome.active, problem.names.stations, active),
    )


def _per_bin(cumulative: Any) -> Any:
    """What was added in each bin, from what there was at the end of each."""
    return np.diff(cumulative, axis=0, prepend=np.zeros((1, cumulative.shape[1]), dtype=cumulative.dtype))


def _columns(table: Any, names: tuple[str, ...], wanted: Collection[str]) -> dict[str, tuple[int, ...]]:
    """Columns of a (T, N) table by name."""
    return {name: tuple(table[:, index].tolist()) for index, name in enumerate(names) if name in wanted}


def _longest_active(history: Any, stations: tuple[str, ...], active: Mapping[str, float]) -> tuple[str, ...]:
    """The station that has been active longest without a break at the end of each bin; "" where all wait.

    A station with jobs of days is active for long without holding anybody up: only those count that seldom wait.

    References
    ----------
    C. Roser, M. Nakano, M. Tanaka: A practical bottleneck detection method, Winter Simulation Conference 2001,
    doi 10.1109/WSC.2001.977398.
    """
    least = SELDOM_WAITS * max(active.values(), default=0.0)
    counted = [index for index, name in enumerate(stations) if active[name] >= least]
    names = [stations[index] for index in counted]
    rows = history[:, counted]
    return tuple(names[int(np.argmax(row))] if len(row) and row.max() > 0 else "" for row in rows)
