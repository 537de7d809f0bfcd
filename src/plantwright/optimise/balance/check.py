"""A balance verified against its problem by plain arithmetic: nothing here is shared with the searches that made it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from plantwright.problems.balance import EITHER, NONE, Balance, BalanceProblem


def faults(problem: BalanceProblem, balance: Balance) -> tuple[str, ...]:
    """Everything that a balance does and must not do, in words; empty where it keeps to all of it.

    Parameters
    ----------
    problem
        What binds it.
    balance
        The balance.
    """
    shape = tuple(_shape(problem, balance))
    if shape:
        return shape
    looks = (_order, _takt, _zones, _workers, _places, _times, _limits, _values)
    return tuple(fault for look in looks for fault in look(problem, balance))


def measure(problem: BalanceProblem, balance: Balance, name: str) -> int:
    """What a balance comes to in one measure: see ``Measure``."""
    copies = [int(number) for number in balance.copies]
    line = _stations(problem, balance)
    if name == "stations":
        return sum(copies)
    if name == "people":
        return sum(len({int(balance.place[task]) for task in tasks}) * copies[at] for at, tasks in line.items())
    if name == "takt":
        return balance.takt
    if name == "line_time":
        return sum(copies) * balance.takt
    if name == "moved":
        return _moved(problem, balance)
    if name == "overload":
        return sum(
            int(pieces) * max(0, _load(problem, tasks, variant) - balance.takt * copies[at])
            for variant, pieces in enumerate(problem.pieces)
            for at, tasks in line.items()
        )
    return _cost(problem, balance)


def _shape(problem: BalanceProblem, balance: Balance) -> Iterator[str]:
    if not len(balance.station) == len(balance.place) == len(balance.start) == problem.tasks:
        yield "not every task has a station, a place and a start"
        return
    for task in range(problem.tasks):
        if not 0 <= balance.station[task] < len(balance.copies):
            yield f"task {task} is in station {balance.station[task]}, which there is not"
    for station, copies in enumerate(balance.copies):
        if (station in balance.station) != (copies > 0):
            yield f"station {station} is there {copies} times"
    here = [int(balance.worker[station]) for station, copies in enumerate(balance.copies) if copies > 0]
    if problem.workers is not None and (
        len(set(here)) < len(here) or not set(here) <= set(range(len(problem.workers)))
    ):
        yield "not every station has a worker of its own"


def _stations(problem: BalanceProblem, balance: Balance) -> dict[int, list[int]]:
    line: dict[int, list[int]] = {}
    for task in range(problem.tasks):
        line.setdefault(int(balance.station[task]), []).append(task)
    return line


def _load(problem: BalanceProblem, tasks: list[int], variant: int) -> int:
    return sum(int(problem.variants[variant][task]) for task in tasks)


def _time(problem: BalanceProblem, balance: Balance, task: int) -> Fraction:
    """Of a task where it is: by its worker, or on the average of the mix. [tick]"""
    if problem.workers is not None:
        return Fraction(int(problem.workers[balance.worker[balance.station[task]]][task]))
    pieces = [int(number) for number in problem.pieces]
    total = sum(number * int(problem.variants[variant][task]) for variant, number in enumerate(pieces))
    return Fraction(total, sum(pieces))


def _order(problem: BalanceProblem, balance: Balance) -> Iterator[str]:
    for before, after in problem.arcs:
        if balance.station[before] > balance.station[after]:
            yield f"task {before} comes before task {after} and is in a later station"


def _takt(problem: BalanceProblem, balance: Balance) -> Iterator[str]:
    for station, tasks in _stations(problem, balance).items():
        room = balance.takt * int(balance.copies[station])
        for place in {int(balance.place[task]) for task in tasks}:
            load = sum((_time(problem, balance, task) for task in tasks if balance.place[task] == place), Fraction(0))
            if load > room:
                yield f"station {station} takes {float(load):g} at place {place}, more than {room}"
        for variant in range(len(problem.variants)):
            load_of_one = _load(problem, tasks, variant)
            if problem.longest is not None and load_of_one > problem.longest * int(balance.copies[station]):
                yield f"station {station} takes {load_of_one} for variant {variant}, more than {problem.longest}"
    if problem.takt is not None and balance.takt > problem.takt:
        yield f"the takt {balance.takt} is longer than {problem.takt}"


def _zones(problem: BalanceProblem, balance: Balance) -> Iterator[str]:
    if problem.zoning is None:
        return
    for one, other in problem.zoning.together:
        if balance.station[one] != balance.station[other]:
            yield f"tasks {one} and {other} do not share a station"
    for one, other in problem.zoning.apart:
        if balance.station[one] == balance.station[other]:
            yield f"tasks {one} and {other} share a station"
    if problem.zoning.allowed is not None:
        for task, station in enumerate(balance.station):
            if station >= problem.zoning.allowed.shape[1] or not problem.zoning.allowed[task, station]:
                yield f"task {task} is in station {station}, which is not allowed to it"


def _workers(problem: BalanceProblem, balance: Balance) -> Iterator[str]:
    if problem.workers is None:
        return
    for task, station in enumerate(balance.station):
        if problem.workers[balance.worker[station]][task] == NONE:
            yield f"worker {balance.worker[station]} cannot do task {task}"


def _places(problem: BalanceProblem, balance: Balance) -> Iterator[str]:
    """People who are at a piece: where they stand."""
    for task in range(problem.tasks):
        side = EITHER if problem.side is None else int(problem.side[task])
        if not 0 <= balance.place[task] < problem.places:
            yield f"task {task} is at place {balance.place[task]}, which there is not"
        if side != EITHER and balance.place[task] != side - 1:
            yield f"task {task} is done from the wrong side"


def _times(problem: BalanceProblem, balance: Balance) -> Iterator[str]:
    """People who are at a piece together: within the takt, one task at a time each, precedence within the station."""
    if problem.places == 1:
        return
    end = [int(balance.start[task]) + _time(problem, balance, task) for task in range(problem.tasks)]
    for tasks in _stations(problem, balance).values():
        for task in tasks:
            if balance.start[task] < 0 or end[task] > balance.takt:
                yield f"task {task} is done outside its takt"
            for other in tasks:
                is_one = other > task and balance.place[other] == balance.place[task]
                if is_one and balance.start[other] < end[task] and balance.start[task] < end[other]:
                    yield f"tasks {task} and {other} are done by one person at the same time"
    for before, after in problem.arcs:
        if balance.station[before] == balance.station[after] and end[before] > balance.start[after]:
            yield f"task {after} begins before task {before} ends"


def _limits(problem: BalanceProblem, balance: Balance) -> Iterator[str]:
    copies = [int(number) for number in balance.copies]
    if problem.stations is not None and sum(copies) > problem.stations:
        yield f"{sum(copies)} stations are more than {problem.stations}"
    if max(copies) > problem.parallel:
        yield f"a station is there {max(copies)} times, more than {problem.parallel}"


def _cost(problem: BalanceProblem, balance: Balance) -> int:
    prices = problem.prices
    if prices is None:
        return 0
    total = prices.station * measure(problem, balance, "stations")
    total += prices.person * measure(problem, balance, "people")
    if prices.needs is not None:
        for station, tasks in _stations(problem, balance).items():
            for kind, price in enumerate(prices.equipment):
                if any(prices.needs[task, kind] for task in tasks):
                    total += int(price) * int(balance.copies[station])
    return total


def _moved(problem: BalanceProblem, balance: Balance) -> int:
    present = problem.present
    if present is None:
        return 0
    return sum(
        int(present.cost[task])
        for task in range(problem.tasks)
        if present.station[task] not in (NONE, balance.station[task])
    )


def _values(problem: BalanceProblem, balance: Balance) -> Iterator[str]:
    for name, said, bound in zip(problem.goals, balance.values, balance.bounds, strict=True):
        found = measure(problem, balance, name)
        if found != said:
            yield f"{name} is {found}, not {said}"
        if bound > said:
            yield f"{name} is {said}, below its bound {bound}"
