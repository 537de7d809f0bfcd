"""Assembly line balancing: always a balance where one was found, always a bound, and what is in the way otherwise.

A simple line, also one with pairs that share a station or an average over variants, is searched by layers of states
(``simple``, ``cycle``). Everything else goes to a constraint programme that begins with a constructed balance
(``general``). ``check`` looks at what comes out and shares no code with either.
"""

from __future__ import annotations

import numpy as np

from plantwright.optimise.balance import general
from plantwright.optimise.balance.conflict import conflict
from plantwright.optimise.balance.construct import plain
from plantwright.optimise.balance.cycle import least_line_time, shortest_takt
from plantwright.optimise.balance.effort import Spent
from plantwright.optimise.balance.groups import Groups, grouped
from plantwright.optimise.balance.measures import values
from plantwright.optimise.balance.simple import fewest_stations
from plantwright.optimise.balance.span import span
from plantwright.problems.balance import Balance, BalanceProblem, Conflict, Effort, Ints, Requirement

__all__ = ["balance"]

SIMPLE = (("stations",), ("stations", "takt"), ("takt",), ("line_time",))
"""Goals that the search by layers answers."""


def balance(problem: BalanceProblem, effort: Effort | None = None) -> Balance | Conflict:
    """The best balance of a line that the effort finds, or what is in the way of any.

    Raises
    ------
    ValueError
        Tasks come before themselves, or the problem asks for what does not go together.
    RunError
        The line is not a simple one and OR-Tools is not installed.
    """
    spent = Spent(effort or Effort())
    _sound(problem)
    groups = grouped(problem)
    too_long = _too_long(problem)
    if too_long is not None:
        return too_long
    if _is_simple(problem):
        return _simple(problem, groups, spent)
    return general.solve(problem, groups, spent)


def _sound(problem: BalanceProblem) -> None:
    """What goes together.

    Raises
    ------
    ValueError
        It does not.
    """
    if problem.tasks == 0 or not problem.goals:
        raise ValueError("a balance needs a task and a goal")
    is_sought = {"takt", "line_time"} & {*problem.goals}
    if problem.takt is None and not is_sought:
        raise ValueError("without a takt it has to be a goal")
    if "line_time" in problem.goals and problem.takt is None and problem.stations is None:
        raise ValueError("stations times takt needs a longest takt or most stations")
    if problem.workers is not None and (problem.places > 1 or problem.parallel > 1 or len(problem.variants) > 1):
        raise ValueError("workers with times of their own are alone in a station that is there once, for one variant")
    if problem.places > 1 and problem.parallel > 1:
        raise ValueError("stations with several people are there once")


def _is_simple(problem: BalanceProblem) -> bool:
    """Whether the search by layers answers it as it is."""
    zoning = problem.zoning
    has_zones = zoning is not None and (len(zoning.apart) > 0 or zoning.allowed is not None)
    binds = has_zones or problem.longest is not None or problem.workers is not None
    many = problem.places > 1 or problem.parallel > 1
    return not binds and not many and problem.goals in SIMPLE and (problem.goals[0] != "takt" or bool(problem.stations))


def _too_long(problem: BalanceProblem) -> Conflict | None:
    """The first task that fits into no station, whatever else is asked."""
    if problem.takt is None or problem.workers is not None:
        return None
    room = problem.takt * int(problem.pieces.sum()) * problem.parallel
    long = np.flatnonzero(problem.mixed > room).tolist()
    return Conflict((Requirement("takt", long[0]),), True) if long else None


def _simple(problem: BalanceProblem, groups: Groups, spent: Spent) -> Balance | Conflict:
    """A simple line, its tasks in groups, its times over the whole mix."""
    time, pieces = groups.total(problem.mixed), int(problem.pieces.sum())
    limit = problem.stations or groups.count
    longest = (problem.takt or int(time.sum())) * pieces
    if problem.goals[0] == "stations" and int(time.max()) <= longest:
        return _fewest(problem, groups, longest, spent)
    if problem.goals == ("line_time",):
        found, bound = least_line_time(time, groups.arcs, longest, limit, pieces, spent)
        return _within(problem, groups, found.station, -(-found.takt // pieces), (bound,), spent)
    if problem.goals == ("takt",):
        found = shortest_takt(time, groups.arcs, limit, spent)
        return _within(problem, groups, found.station, -(-found.takt // pieces), (-(-found.bound // pieces),), spent)
    return general.solve(problem, groups, spent)


def _fewest(problem: BalanceProblem, groups: Groups, longest: int, spent: Spent) -> Balance | Conflict:
    """Fewest stations for a takt, and where it is asked the shortest takt of so many."""
    time, pieces = groups.total(problem.mixed), int(problem.pieces.sum())
    takt = longest // pieces
    station, least = fewest_stations(time, groups.arcs, longest, spent)
    stations = int(station.max()) + 1
    if problem.stations is not None and least > problem.stations:
        return conflict(problem, groups, span(problem))
    if problem.goals == ("stations",):
        return _within(problem, groups, station, takt, (least,), spent)
    found = shortest_takt(time, groups.arcs, stations, spent)
    if found.takt <= longest:
        station, takt = found.station, -(-found.takt // pieces)
    return _within(problem, groups, station, takt, (least, -(-found.bound // pieces)), spent)


def _within(
    problem: BalanceProblem, groups: Groups, station: Ints, takt: int, bounds: tuple[int, ...], spent: Spent
) -> Balance | Conflict:
    """The balance, unless it takes more stations, or a longer takt, than there may be: then another is sought."""
    where = np.unique(station, return_inverse=True)[1].astype(np.int64)[groups.of]
    stations = int(where.max()) + 1
    is_over = problem.stations is not None and stations > problem.stations
    if is_over or (problem.takt is not None and takt > problem.takt):
        return general.solve(problem, groups, spent)
    draft = plain(where, takt)
    return general.lifted(draft, values(problem, draft), bounds)
