"""A walk of one searcher: what it stands on, what it tries, and the best that it has seen."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from plantwright.jit import by_pointer
from plantwright.optimise.schedule.floor.records import MEASURES, NOWHERE, Floor
from plantwright.problems.schedule import NONE, Ints

# Kinds of moves (``Chain.chance``)
SWAP_BOUND, INSERT, SHIFT_JOB, CHANGE_MODE, CHANGE_ROUTE, JOIN_FAMILY, SWAP_NEAR, HOLD = range(8)
KINDS = 8


@by_pointer
class Chain(NamedTuple):
    """What a walk keeps besides boards and plans.

    Attributes
    ----------
    random
        State of its random numbers. (1,) uint64
    given, state, stack
        Order under trial, and marks for settling it. (U,)
    position
        Of each unit in the order that it stands on. (U,)
    now, new, best
        Limits broken, and values of the goals: of where it stands, of the trial, of the best. (levels + 1,)
    chance
        Of each kind of move, added up. (KINDS,)
    heat
        How much worse a trial may be, in small rises; the size of small rises of each value. (1 + levels + 1,) float64
    tried
        Trials so far. (1,)
    """

    random: NDArray[np.uint64]
    given: Ints
    state: Ints
    stack: Ints
    position: Ints
    now: Ints
    new: Ints
    best: Ints
    chance: Ints
    heat: NDArray[np.float64]
    tried: Ints


def empty_chain(floor: Floor, seed: int) -> Chain:
    """A walk that has not begun."""
    U, levels = len(floor.unit_first) - 1, len(floor.goal) // MEASURES
    order = [np.zeros(U, dtype=np.int64) for _ in range(4)]
    values = [np.zeros(levels + 1, dtype=np.int64) for _ in range(3)]
    state = np.array([np.random.SeedSequence(seed).generate_state(1, np.uint64)[0] | np.uint64(1)])
    chance = np.cumsum(chances(floor)).astype(np.int64)
    return Chain(state, *order, *values, chance, np.zeros(levels + 2), np.zeros(1, dtype=np.int64))


def chances(floor: Floor) -> Ints:
    """How often each kind of move is tried, in parts of the sum: those that the problem has a use for."""
    goal = floor.goal.reshape(-1, MEASURES).sum(axis=0)
    held = goal[5] > 0 or np.any(floor.reference_start != NONE) or np.any(floor.reference_machine != NOWHERE)
    chance = np.zeros(KINDS, dtype=np.int64)
    chance[[SWAP_BOUND, INSERT, SHIFT_JOB, SWAP_NEAR]] = (40, 12, 12, 16)
    chance[CHANGE_MODE] = 20 if np.any(floor.modes > 1) else 0
    chance[CHANGE_ROUTE] = 6 if np.any(floor.route != NONE) else 0
    chance[JOIN_FAMILY] = 16 if floor.setups.any() else 0
    chance[HOLD] = 16 if held else 0
    return chance
