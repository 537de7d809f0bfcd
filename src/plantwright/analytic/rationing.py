"""What planners do who share out what is short by a fixed rule, step by step, knowing nothing of tomorrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from plantwright.problems.phases import Course, PhasedProblem

SLACK = 1e-9
"""What may be missing of a need, relative to it, and still counts as met. [-]"""
NEWTON = 60
"""Tangents tried at most; a convex line of pieces needs as many as it has pieces on the way. [-]"""


class _Need(NamedTuple):
    """What a step's production takes from the shelf of each item, and how fast that grows with the production."""

    pieces: list[float]
    slope: list[float]


def ration(problem: PhasedProblem, capacity: np.ndarray, order: Sequence[Sequence[int]]) -> Course:
    """The course of a network under a rule.

    Parameters
    ----------
    problem
        The network.
    capacity
        What each way can give in each step. (T, A) float64 [pieces]
    order
        Items that customers take, in groups: a group is served before the next one, within it all get the same share
        of their plan.

    Notes
    -----
    In each step deliveries come, each item from its preferred ways first, as much as the plan takes and, where stock
    has fallen below its start, as much as fills it again. Then production follows its plan and what it has fallen
    behind, as far as every shelf allows: what goes into a thing is taken from its shelf and, where that is empty, made
    from what goes into it. What is missing is found by Newton's method, which is exact after a few steps since needs
    are convex and piecewise linear. Then customers take what they want from what is there; the rest is lost.

    Examples
    --------
    A bought part goes into a product of which 10 are wanted in each of two steps; it is cut off, and 14 are there:

    >>> wants = np.array([[10.0, 0.0], [10.0, 0.0]])
    >>> nothing, uses, items = np.zeros((2, 2)), np.array([[0, 1]]), np.array([0, 1])
    >>> ways = np.array([[np.inf, 0.0], [np.inf, 0.0]])
    >>> problem = PhasedProblem(
    ...     wants, wants, np.array([0.0, 14.0]), nothing, np.array([50.0, 0.0]), items, ways, uses, np.ones(1)
    ... )
    >>> course = ration(problem, ways, [[0]])
    >>> course.unmet[:, 0].tolist(), course.loss, course.short_of.tolist()
    ([0.0, 6.0], 300.0, [-1, 1])
    """
    return _Planner(problem, capacity).course(order)


class _Planner:
    def __init__(self, problem: PhasedProblem, capacity: np.ndarray) -> None:
        self.problem, self.capacity = problem, capacity
        self.steps, self.items = problem.demand.shape
        self.ways_to: list[list[int]] = [[] for _ in range(self.items)]
        for way, item in enumerate(problem.gives):
            self.ways_to[item].append(way)
        self.parts: list[list[tuple[int, float]]] = [[] for _ in problem.gives]
        for (way, item), pieces in zip(problem.uses, problem.pieces, strict=True):
            self.parts[way].append((int(item), float(pieces)))
        self.is_made = [any(self.parts[way] for way in ways) for ways in self.ways_to]
        self.stock = [float(pieces) for pieces in problem.stock]
        self.made = np.zeros((self.steps, len(problem.gives)))
        self.behind = np.zeros(self.items)
        self.usual = self._usual()

    def _usual(self) -> np.ndarray:
        """What the plan takes of each item in each step, shelves as they are. (T, I)"""
        need = self.problem.plan.copy()
        bought = np.array([not made for made in self.is_made])
        need[:, bought] += self.problem.demand[:, bought]
        for item in range(self.items):
            for part, pieces in self.parts[self.ways_to[item][0]] if self.ways_to[item] else ():
                need[:, part] += pieces * need[:, item]
        return need

    def course(self, order: Sequence[Sequence[int]]) -> Course:
        """All steps."""
        problem = self.problem
        unmet, stock = np.zeros((self.steps, self.items)), np.zeros((self.steps, self.items))
        short_of = np.full(self.steps, -1)
        for step in range(self.steps):
            self._receive(step)
            self.room = [float(each) for each in self.capacity[step]]
            want = problem.plan[step] + self.behind
            made, short_of[step] = self._produce(step, want, order)
            self.behind = np.maximum(0.0, want - made)
            for item in np.flatnonzero(problem.demand[step]):
                given = min(problem.demand[step, item], self.stock[item])
                self.stock[item] -= given
                missing = problem.demand[step, item] - given
                unmet[step, item] = missing if missing > SLACK * problem.demand[step, item] else 0.0
            stock[step] = self.stock
        return Course(unmet, self.made, stock, short_of, float((unmet * problem.margin).sum()))

    def _receive(self, step: int) -> None:
        """Deliveries of what is bought: what is on its way, then new ones, preferred ways first."""
        for item in range(self.items):
            if self.is_made[item]:
                self.stock[item] += self.problem.arriving[step, item]
                continue
            self.stock[item] += self.problem.arriving[step, item]
            want = self.usual[step, item] + max(0.0, self.problem.stock[item] - self.stock[item])
            for way in self.ways_to[item]:
                given = min(want, float(self.capacity[step, way]))
                self.made[step, way] = given
                self.stock[item] += given
                want -= given

    # --------------------------------------------------------------------------------------------------- production

    def _produce(self, step: int, want: np.ndarray, order: Sequence[Sequence[int]]) -> tuple[np.ndarray, int]:
        """Make what is wanted as far as shelves and ways allow; what was made, and what was short first."""
        done, short_of = np.zeros(self.items), -1
        for group in order:
            active = [item for item in group if want[item] > 0 and self.is_made[item]]
            while active:
                share, binding = self._largest(done, want, active)
                done[active] += share * (want[active] - done[active])
                if binding < 0:
                    break
                # A product that cannot be made any faster is the plant's own limit; only parts are short.
                if self.problem.demand[step, binding] <= 0 and short_of < 0:
                    short_of = binding
                held = self._held(done, active, binding)
                active = [item for item in active if item not in held]
        self._book(step, done)
        return done, short_of

    def _largest(self, done: np.ndarray, want: np.ndarray, active: Sequence[int]) -> tuple[float, int]:
        """The largest share of what active products still want that can be made, and the item that forbids more."""
        direction = {item: float(want[item] - done[item]) for item in active}
        share, binding = 1.0, -1
        for _ in range(NEWTON):
            need = self._explode(done, direction, share)
            over, at, slope = 0.0, -1, 0.0
            for item in range(self.items):
                missing = need.pieces[item] - self._there(item)
                if missing > SLACK * max(1.0, need.pieces[item]) and need.slope[item] > 0:
                    cut = missing / need.slope[item]
                    if cut > over:
                        over, at, slope = cut, item, need.slope[item]
            if at < 0 or slope <= 0:
                return share, binding
            share, binding = max(0.0, share - over), at
            if share <= 0.0:
                return 0.0, binding
        return share, binding

    def _there(self, item: int) -> float:
        """What can be had of an item: made as much as its ways allow, bought what lies on the shelf."""
        if self.is_made[item]:
            return float(sum(self.room[way] for way in self.ways_to[item]))
        return self.stock[item]

    def _explode(self, done: np.ndarray, direction: dict[int, float], share: float) -> _Need:
        """What has to be made (or, if bought, taken) of each item, shelves of what is made used first."""
        pieces, slope = [0.0] * self.items, [0.0] * self.items
        for item in range(self.items):
            own = direction.get(item, 0.0)
            make, grows = float(done[item]) + share * own, own
            if pieces[item] > 0 or slope[item] > 0:
                rest = pieces[item] - self.stock[item] if self.is_made[item] else pieces[item]
                if rest > 0:
                    make, grows = make + rest, grows + slope[item]
            pieces[item], slope[item] = make, grows
            if make <= 0 and grows <= 0:
                continue
            for way, given, more in self._split(item, make, grows):
                for part, each in self.parts[way]:
                    pieces[part] += each * given
                    slope[part] += each * more
        return _Need(pieces, slope)

    def _split(self, item: int, make: float, grows: float) -> list[tuple[int, float, float]]:
        """Ways that make an item, preferred first: way, pieces, growth (of the way that is not full)."""
        ways = self.ways_to[item]
        if not self.is_made[item] or not ways:
            return []
        found, rest = [], make
        for way in ways[:-1]:
            given = min(rest, self.room[way])
            found.append((way, given, grows if rest <= self.room[way] else 0.0))
            rest -= given
            if rest <= 0:
                return found
        return [*found, (ways[-1], rest, grows)]

    def _held(self, done: np.ndarray, active: Sequence[int], short: int) -> list[int]:
        """The products that cannot be made any faster because an item is short; all of them where none is to blame."""
        return [item for item in active if self._explode(done, {item: 1.0}, 0.0).slope[short] > 0] or list(active)

    def _book(self, step: int, done: np.ndarray) -> None:
        """Take what production took off the shelves and put what it made there."""
        need = self._explode(done, {}, 0.0)
        asked = [0.0] * self.items
        for item in range(self.items):
            make = need.pieces[item]
            if self.is_made[item]:
                for way, given, _ in self._split(item, make, 0.0):
                    self.made[step, way] += given
                    for part, each in self.parts[way]:
                        asked[part] += each * given
                self.stock[item] += make
            self.stock[item] = max(0.0, self.stock[item] - asked[item])
