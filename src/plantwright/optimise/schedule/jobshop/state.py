"""What a search works on: one schedule with all that follows from it, the best one, and what is tabu."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plantwright.jit import by_pointer
from plantwright.optimise.schedule.jobshop.shop import JobShop
from plantwright.problems.schedule import Ints

SLOTS = 2**13
"""Room for what is tabu; a power of two, as many times the longest tenure. [-]"""

MAKESPAN, BEST, TURN, IDLE, CHANGED_FROM, CHANGED_TO, COUNT = range(7)
"""Rows of ``number``: of the schedule and of the best; turns in all and since the last best; which part of the order
changed."""

VALUE, TIES, OPERATION, MODE, LEFT, PICKS = range(6)
"""Rows of ``pick``: the move that is best so far, how many are as good, what is moved how, and to the right of what."""


@by_pointer
class State(NamedTuple):
    """A schedule under search. N operations, K modes, M machines, W the most that a machine could do.

    Attributes
    ----------
    mode, on, time
        Of each operation its mode, its machine and how long it takes. (N + 1,) int64
    left, right, place
        Neighbours on the machine, N for none, and how many are before. (N + 1,) int64
    line, done
        Operations of each machine in order, and how many. (M, W) int64, (M,) int64
    order, rank
        All operations, none before what it waits for, and where each stands. (N,), (N + 1,) int64
    head, end, tail
        Start, end, and time from the start to the end of all, at least. (N + 1,) int64 [tick]
    best_mode, best_order
        The best schedule: modes and order. (N,) int64
    path, ahead, mark
        Room: a critical path, new heads, and what is marked. (N + 1,) int64
    tabu_key, tabu_until, mode_until
        Pairs of neighbours by their key, and modes: in which turn they may come back. (SLOTS,), (SLOTS,), (K,) int64
    word
        Random numbers that scatter the keys. (N + 1,) int64
    random
        The generator. (1,) uint64
    number, pick
        See the constants of this module. int64
    """

    mode: Ints
    on: Ints
    time: Ints
    left: Ints
    right: Ints
    place: Ints
    line: Ints
    done: Ints
    order: Ints
    rank: Ints
    head: Ints
    end: Ints
    tail: Ints
    best_mode: Ints
    best_order: Ints
    path: Ints
    ahead: Ints
    mark: Ints
    tabu_key: Ints
    tabu_until: Ints
    mode_until: Ints
    word: Ints
    random: NDArray[np.uint64]
    number: Ints
    pick: Ints


def new_state(shop: JobShop) -> State:
    """Room for a search in this shop."""
    N, K, M, W = len(shop.lag) - 1, len(shop.time), len(shop.room), int(shop.room.max())
    random = np.random.default_rng(N)
    sizes: dict[str, Any] = dict.fromkeys(State._fields, N + 1)
    sizes |= {"line": (M, W), "done": M, "order": N, "best_mode": N, "best_order": N}
    sizes |= {"tabu_key": SLOTS, "tabu_until": SLOTS, "mode_until": K, "number": COUNT, "pick": PICKS}
    arrays: dict[str, Any] = {name: np.zeros(size, np.int64) for name, size in sizes.items()}
    arrays["word"] = random.integers(0, 2**40, N + 1)
    arrays["random"] = np.ones(1, np.uint64)
    return State(**arrays)
