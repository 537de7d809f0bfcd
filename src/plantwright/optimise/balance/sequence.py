"""Launch orders: piece after piece, from all states that the pieces so far can lead to.

A state is what has been launched of each variant, where the work of each station stands, and the last pieces as far as
options look back. Two orders that lead to the same state have the same future: the better one goes on. Where there are
more states than may be kept the order is good and not proven.

References
----------
N. Boysen, M. Fliedner, A. Scholl (2009), "Sequencing mixed-model assembly lines: survey, classification and model
critique", European Journal of Operational Research 192(2), doi 10.1016/j.ejor.2007.09.013; C. A. Yano, R. Rachamadugu
(1991), "Sequencing to minimize work overload in assembly lines with product options", Management Science 37(5),
doi 10.1287/mnsc.37.5.572; Y. Monden (1983), "Toyota Production System" (goal chasing)
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plantwright.problems.balance import Effort, Ints
from plantwright.problems.launching import Drift, Launch, LaunchMeasure, LaunchProblem

STATES = 20_000
"""States that are looked at for a million of work. [-]"""


class State(NamedTuple):
    """What the future of an order depends on."""

    launched: tuple[int, ...]
    begin: tuple[int, ...]
    recent: tuple[int, ...]


class Path(NamedTuple):
    """What an order has cost so far, and its pieces from the last one back."""

    cost: tuple[int, ...]
    pieces: tuple[int, Path] | None


def launch(problem: LaunchProblem, effort: Effort | None = None) -> Launch:
    """A launch order: the best one where all states could be kept.

    Raises
    ------
    ValueError
        There are no pieces.
    """
    total = int(problem.pieces.sum())
    if total == 0:
        raise ValueError("a mix needs a piece")
    work = (effort or Effort()).work
    keep = max(1, int(STATES * work / total)) if np.isfinite(work) else 10**9
    back = int(problem.options.window.max(initial=1)) - 1 if problem.options is not None else 0
    start = State((0,) * len(problem.pieces), (0,) * len(problem.length), ())
    layer = {start: Path((0,) * len(problem.goals), None)}
    is_cut = False
    for _ in range(total):
        layer = _next(problem, layer, back)
        if len(layer) > keep:
            is_cut = True
            best = sorted(layer.items(), key=lambda each: (each[1].cost, _unevenness(problem, each[0]), each[0]))
            layer = dict(best[:keep])
    path = min(layer.values(), key=lambda each: each.cost)
    order = _order(path)
    bounds = path.cost if not is_cut else least(problem, path.cost)
    return Launch(order, path.cost, bounds)


def goal_chasing(pieces: Ints) -> Ints:
    """The order in which each piece keeps what has been launched as even as it can then be. (P,) int64"""
    total, launched = int(pieces.sum()), np.zeros(len(pieces), dtype=np.int64)
    order = []
    for place in range(1, total + 1):
        lag = np.where(launched < pieces, place * pieces - total * launched, np.iinfo(np.int64).min)
        order.append(int(lag.argmax()))
        launched[order[-1]] += 1
    return np.array(order, dtype=np.int64)


def drift(problem: LaunchProblem, order: Ints) -> Drift:
    """How work moves along an order: in each station it begins with the piece or when the one before is done.

    What is not done when a piece leaves is done by somebody else (a relief, or later); work then goes on with the next
    piece where it is.
    """
    shape = (len(problem.length), len(order))
    begin, end, overload, idle = (np.zeros(shape, dtype=np.int64) for _ in range(4))
    free = np.zeros(len(problem.length), dtype=np.int64)
    for place, variant in enumerate(order.tolist()):
        begin[:, place] = np.maximum(0, free)
        idle[:, place] = np.maximum(0, -free)
        would = begin[:, place] + problem.time[variant]
        end[:, place] = np.minimum(would, np.maximum(problem.length, begin[:, place]))
        overload[:, place] = would - end[:, place]
        free = end[:, place] - problem.takt
    return Drift(begin, end, overload, idle)


def least(problem: LaunchProblem, values: tuple[int, ...]) -> tuple[int, ...]:
    """What no order goes below in each goal, whatever the others, by sums alone."""
    bounds = {"options": 0, "overload": _least_overload(problem), "level": _least_unevenness(problem.pieces)}
    return tuple(min(value, bounds[goal]) for goal, value in zip(problem.goals, values, strict=True))


def _next(problem: LaunchProblem, layer: dict[State, Path], back: int) -> dict[State, Path]:
    """The best order to each state with a piece more."""
    found: dict[State, Path] = {}
    for state, path in layer.items():
        for variant, pieces in enumerate(problem.pieces.tolist()):
            if state.launched[variant] == pieces:
                continue
            child, step = _launched(problem, state, variant, back)
            cost = tuple(one + other for one, other in zip(path.cost, step, strict=True))
            known = found.get(child)
            if known is None or cost < known.cost:
                found[child] = Path(cost, (variant, path))
    return found


def _launched(problem: LaunchProblem, state: State, variant: int, back: int) -> tuple[State, tuple[int, ...]]:
    """The state after one piece more, and what it costs in each goal."""
    launched = tuple(number + (each == variant) for each, number in enumerate(state.launched))
    begin, overload = [], 0
    for at, time, length in zip(state.begin, problem.time[variant].tolist(), problem.length.tolist(), strict=True):
        end = min(at + time, length)
        overload += at + time - end
        begin.append(max(0, end - problem.takt))
    recent = (*state.recent, variant)
    child = State(launched, tuple(begin), recent[-back:] if back else ())
    costs: dict[LaunchMeasure, int] = {
        "options": _broken(problem, recent),
        "overload": overload,
        "level": _unevenness(problem, child),
    }
    return child, tuple(costs[goal] for goal in problem.goals)


def _broken(problem: LaunchProblem, recent: tuple[int, ...]) -> int:
    """Options of which the window that ends here has more pieces than allowed. [-]"""
    options = problem.options
    if options is None:
        return 0
    return sum(
        int(sum(bool(options.has[variant, option]) for variant in recent[-window:]) > most)
        for option, (most, window) in enumerate(zip(options.most.tolist(), options.window.tolist(), strict=True))
    )


def _unevenness(problem: LaunchProblem, state: State) -> int:
    """Squared distance between what has been launched and its even share, times the square of the pieces. [-]"""
    total, place = int(problem.pieces.sum()), sum(state.launched)
    return sum(
        (total * number - place * pieces) ** 2
        for number, pieces in zip(state.launched, problem.pieces.tolist(), strict=True)
    )


def _least_overload(problem: LaunchProblem) -> int:
    """Work beyond the time from the first piece's coming to the last one's leaving, over stations. [tick]"""
    work = problem.pieces @ problem.time
    there = (int(problem.pieces.sum()) - 1) * problem.takt + problem.length
    return int(np.maximum(0, work - there).sum())


def _least_unevenness(pieces: Ints) -> int:
    """The least squared distance at each place by itself: even shares rounded down, the largest rests rounded up."""
    total, found = int(pieces.sum()), 0
    for place in range(1, total + 1):
        share = place * pieces
        launched = share // total
        up = np.argsort(-(share % total), kind="stable")[: place - int(launched.sum())]
        launched[up] += 1
        found += int(((total * launched - share) ** 2).sum())
    return found


def _order(path: Path) -> Ints:
    order = []
    while path.pieces is not None:
        variant, path = path.pieces
        order.append(variant)
    return np.array(order[::-1], dtype=np.int64)
