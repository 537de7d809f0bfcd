"""Lines to balance: from names to the problem that the optimiser reads. Times in ticks, money in whole base units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import gcd, lcm

import numpy as np

from plantwright.compile.prices import in_base
from plantwright.model.balancing import Balancing, Task
from plantwright.model.plant import Plant
from plantwright.problems.balance import (
    EITHER,
    LEFT,
    NONE,
    RIGHT,
    Arcs,
    BalanceProblem,
    Flags,
    Ints,
    Measure,
    Present,
    Prices,
    Zoning,
)
from plantwright.problems.launching import LaunchProblem
from plantwright.units import TICKS_PER_SECOND

GOALS: dict[str, Measure] = {"stations": "stations", "takt": "takt", "both": "line_time"}
SIDES = {"either": EITHER, "left": LEFT, "right": RIGHT}
FINEST = 40
"""Pieces of a mix at most: shares are rounded to so many parts. [-]"""


def lower_line(
    plant: Plant, key: str, scenario: str, times: Mapping[str, Sequence[float]], shares: Sequence[float]
) -> BalanceProblem:
    """A line at one of its rates.

    Parameters
    ----------
    plant
        A sound plant.
    key, scenario
        Ids of the line and of the rate.
    times
        Time of each task, by product of the mix; tasks in document order. [s]
    shares
        Share of each product in the mix. [-]
    """
    line, rate = plant.balancing[key], plant.balancing[key].scenarios[scenario]
    order = {task: place for place, task in enumerate(line.tasks)}
    takt = None if rate.takt is None else _ticks(rate.takt.base * (rate.lines or line.lines))
    variants = np.array([[_ticks(each) for each in row] for row in times.values()], dtype=np.int64)
    limit = takt is not None and len(variants) > 1
    return BalanceProblem(
        time=variants if len(variants) > 1 else variants[0],
        arcs=_pairs((order[before], order[task]) for task, given in line.tasks.items() for before in given.after),
        takt=takt,
        stations=most(line) if line.most or line.seeks == "takt" or _is_bound(line) else None,
        goals=_goals(line, len(variants)),
        mix=pieces(shares) if len(variants) > 1 else None,
        longest=_ticks((1 + line.over.base) * takt / TICKS_PER_SECOND) if limit and takt is not None else None,
        zoning=_zoning(line, order),
        prices=_prices(plant, line),
        present=_present(plant, line),
        workers=_workers(line, variants) if line.workers else None,
        people=line.people,
        side=np.array([SIDES[task.side] for task in line.tasks.values()]) if line.sides else None,
        parallel=line.parallel,
    )


def launching(
    line: Balancing, times: Sequence[Sequence[float]], shares: Sequence[float], cycle: float
) -> LaunchProblem:
    """The launch of a mix on a balanced line.

    Parameters
    ----------
    times
        Of each product at each station. [s]
    shares
        Of each product in the mix. [-]
    cycle
        Between two units. [s]
    """
    work = np.array([[_ticks(each) for each in row] for row in times], dtype=np.int64)
    length = np.full(work.shape[1], _ticks(line.length * cycle), dtype=np.int64)
    count = pieces(shares) if line.launch is None else _of_length(shares, line.launch)
    return LaunchProblem(work, count, _ticks(cycle), length, goals=("overload", "level"))


def _of_length(shares: Sequence[float], units: int) -> Ints:
    """So many units by their shares, the largest rests rounded up (Hamilton). (V,) int64 [-]"""
    exact = np.array(shares) * units
    whole: Ints = np.floor(exact).astype(np.int64)
    whole[np.argsort(-(exact - whole), kind="stable")[: units - int(whole.sum())]] += 1
    return whole


def pieces(shares: Sequence[float]) -> Ints:
    """A mix in whole pieces, as few as show each share to one part in ``FINEST``. (V,) int64 [-]

    >>> pieces([0.6, 0.25, 0.15]).tolist()
    [12, 5, 3]
    """
    parts = [max(Fraction(share).limit_denominator(FINEST), Fraction(1, FINEST)) for share in shares]
    common = lcm(*(part.denominator for part in parts))
    if common > FINEST:
        common = FINEST
    whole = [max(round(part * common), 1) for part in parts]
    return np.array(whole, dtype=np.int64) // gcd(*whole)


def most(line: Balancing) -> int:
    """Stations that a line may have."""
    return line.most or max(len(line.stations), len(line.tasks) if line.seeks != "takt" else 1)


def _ticks(seconds: float) -> int:
    return round(seconds * TICKS_PER_SECOND)


def _pairs(found: object) -> Arcs:
    return np.array(sorted(set(found)), dtype=np.int64).reshape(-1, 2)  # type: ignore[call-overload]


def _is_bound(line: Balancing) -> bool:
    """Whether some task may not be done anywhere."""
    return any(task.only for task in line.tasks.values())


def _goals(line: Balancing, variants: int) -> tuple[Measure, ...]:
    """What is sought, then what equipment and moves cost, then how even products are, as far as there is any of it."""
    goals: list[Measure] = [GOALS[line.seeks]]
    if line.equipment and any(task.equipment for task in line.tasks.values()):
        goals.append("cost")
    if any(task.station for task in line.tasks.values()):
        goals.append("moved")
    if variants > 1 and line.seeks == "stations":
        goals.append("overload")
    return tuple(goals)


def _zoning(line: Balancing, order: Mapping[str, int]) -> Zoning | None:
    if not (line.together or line.apart or _is_bound(line)):
        return None
    allowed: Flags | None = None
    if _is_bound(line):
        allowed = np.ones((len(order), most(line)), dtype=np.bool_)
        for task, given in line.tasks.items():
            if given.only:
                allowed[order[task]] = False
                allowed[order[task], [line.stations.index(station) for station in given.only]] = True
    return Zoning(
        together=_pairs((order[a], order[b]) for one in line.together for a, b in combinations(one, 2)),
        apart=_pairs((order[a], order[b]) for one in line.apart for a, b in combinations(one, 2)),
        allowed=allowed,
    )


def _prices(plant: Plant, line: Balancing) -> Prices | None:
    if not line.equipment:
        return None
    kinds = {kind: place for place, kind in enumerate(line.equipment)}
    needs = np.zeros((len(line.tasks), len(kinds)), dtype=np.bool_)
    for place, task in enumerate(line.tasks.values()):
        if task.equipment is not None:
            needs[place, kinds[task.equipment]] = True
    money = [round(in_base(plant.money, price)) for price in line.equipment.values()]
    return Prices(equipment=np.array(money, dtype=np.int64), needs=needs)


def _present(plant: Plant, line: Balancing) -> Present | None:
    """Where tasks are done today; a move that nobody has priced counts 1, so that few are made."""

    def price(task: Task) -> int:
        money = task.moving or line.moving
        return 1 if money is None else round(in_base(plant.money, money))

    if not any(task.station for task in line.tasks.values()):
        return None
    station = [NONE if task.station is None else line.stations.index(task.station) for task in line.tasks.values()]
    return Present(
        np.array(station, dtype=np.int64), np.array([price(task) for task in line.tasks.values()], dtype=np.int64)
    )


def _workers(line: Balancing, variants: Ints) -> Ints:
    """Time of each worker for each task, of the dearest product where there are several. (W, N) int64 [tick]"""
    longest = variants.max(axis=0)
    rows = [
        [
            NONE if task in worker.cannot else round(int(time) * worker.factors.get(task, worker.factor))
            for task, time in zip(line.tasks, longest, strict=True)
        ]
        for worker in line.workers.values()
    ]
    return np.array(rows, dtype=np.int64)
