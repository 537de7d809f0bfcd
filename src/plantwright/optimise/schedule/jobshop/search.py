"""Tabu search from many schedules, then from schedules between the best: the same by one worker or by several."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue

import numpy as np

from plantwright.optimise.schedule.jobshop import tabu
from plantwright.optimise.schedule.jobshop.elites import Elite, Elites, between, elite
from plantwright.optimise.schedule.jobshop.shop import JobShop
from plantwright.optimise.schedule.jobshop.state import BEST, TURN, State, new_state
from plantwright.problems.schedule import Ints, Limit

LOOKAHEAD = 4
"""So many searches are under way, from what was known when those before them had ended: whoever does them. [-]"""
PATIENCE = 12_500
"""A search ends after so many turns without a better schedule. [-]"""
TURNS_OF_WORK = 1000
"""One unit of work. [turns]"""
LEAST_TURNS = 250
"""To begin a search counts as so many, so that one that has nothing to move comes to an end. [turns]"""
MOST_ELITES, LEAST_ELITES = 20, 4
FEW_FROM = 2_000
"""Shops of so many operations have fewer elites. [-]"""
STALE = 4
"""The pool is filled anew, around its best, when so many searches per elite have added none. [-]"""
LEAST_SHARE = 0.15
"""A schedule between two is at least so far from both. [-]"""

CHUNK = 5_000_000
"""Turns times operations between two looks at the clock. [-]"""

Told = Callable[[int, int, Ints, Ints], None]
"""Is told a makespan, after how many turns of those that are in the pool, its modes and order: the best yet."""


@dataclass(frozen=True, slots=True)
class Task:
    """Where a search begins: modes and order, or by dispatching with so much noise; and how long it may be."""

    number: int
    turns: int
    mode: Ints | None = None
    order: Ints | None = None
    noise: int = 0


class Search:
    """A pool of elites and the searches that feed it.

    A search begins from what the pool was when the search ``LOOKAHEAD`` before it had ended, and they are put into the
    pool in their order. So nothing depends on which worker is quicker, unless the clock ends it.
    """

    def __init__(self, shop: JobShop, seed: int, workers: int, bound: int, told: Told | None = None) -> None:
        self.shop, self.seed, self.bound, self.told = shop, seed, bound, told
        self.workers = max(1, min(workers, LOOKAHEAD))
        operations = len(shop.lag) - 1
        self.elites = Elites(max(LEAST_ELITES, min(MOST_ELITES, MOST_ELITES * FEW_FROM // operations)))
        self.chunk = max(10, CHUNK // operations)
        self.random = np.random.default_rng([seed, 0])
        self.states: SimpleQueue[State] = SimpleQueue()
        for _ in range(self.workers):
            self.states.put(new_state(shop))
        self.number = self.starts = self.idle = self.turns = 0
        self.told_of = math.inf
        self.until = math.inf
        self.is_over = threading.Event()
        self.lock = threading.Lock()

    def run(self, limit: Limit, start: tuple[Ints, Ints] | None = None) -> Elite:
        """The best schedule that is found within the limit."""
        turns = math.inf if limit.work is None else limit.work * TURNS_OF_WORK
        self.until = math.inf if limit.seconds is None else time.monotonic() + limit.seconds
        best, _ = self._search(Task(0, 0, *(start or ())))
        under_way: deque[Future[tuple[Elite, int]]] = deque()
        with ThreadPoolExecutor(self.workers) as pool:
            while turns > 0 and best.makespan > self.bound and not self.is_over.is_set():
                while len(under_way) < LOOKAHEAD:
                    under_way.append(pool.submit(self._search, self._task(turns, best if self.number == 0 else None)))
                best, taken = self._take_in(best, under_way.popleft())
                turns -= taken
                self.turns += taken
            timed_out = self.is_over.is_set()
            self.is_over.set()
            for future in under_way:
                if not future.cancel() and timed_out:
                    best, _ = self._take_in(best, future)
        return best

    def _take_in(self, best: Elite, future: Future[tuple[Elite, int]]) -> tuple[Elite, int]:
        """Into the pool with it; the better schedule, and how many turns it took."""
        found, turns = future.result()
        self.idle = 0 if self.elites.add(found) else self.idle + 1
        if self.idle > STALE * self.elites.room:
            del self.elites.kept[1:]
            self.starts, self.idle = 1, 0
        return (found if found.makespan < best.makespan else best), max(turns, LEAST_TURNS)

    def _task(self, turns: float, first: Elite | None) -> Task:
        """What to search next: from a new schedule until the pool is full, then from one between two of the pool."""
        self.number += 1
        most = int(min(turns, 2**60))
        if first is not None:
            self.starts += 1
            return Task(self.number, most, first.mode, first.order)
        kept = self.elites.kept
        if self.starts >= self.elites.room and len(kept) > 1:
            one, other = self.random.choice(len(kept), 2, replace=False)
            share = self.random.uniform(LEAST_SHARE, 1.0 - LEAST_SHARE)
            mode, order = between(kept[one], kept[other], share, self.random)
            return Task(self.number, most, mode, order)
        self.starts += 1
        return Task(self.number, most, noise=100)

    def _search(self, task: Task) -> tuple[Elite, int]:
        """Do a task with a state that is free: the best schedule and how many turns it took."""
        state = self.states.get()
        try:
            return self._in_state(task, state)
        finally:
            self.states.put(state)

    def _in_state(self, task: Task, state: State) -> tuple[Elite, int]:
        state.random[0] = np.random.default_rng([self.seed, 1 + task.number]).integers(1, 2**63, dtype=np.uint64)
        if task.mode is None or task.order is None:
            tabu.dispatch(self.shop, state, task.noise)
        else:
            state.mode[:-1], state.order[:] = task.mode, task.order
        tabu.begin(self.shop, state)
        left, is_done = task.turns, False
        self._tell(state)
        while left > 0 and not is_done and not self._is_late():
            is_done = bool(tabu.search(self.shop, state, min(left, self.chunk), PATIENCE, self.bound))
            left = task.turns - int(state.number[TURN])
            self._tell(state)
        return elite(self.shop, int(state.number[BEST]), state.best_mode, state.best_order), int(state.number[TURN])

    def _is_late(self) -> bool:
        if time.monotonic() >= self.until:
            self.is_over.set()
        return self.is_over.is_set()

    def _tell(self, state: State) -> None:
        with self.lock:
            if state.number[BEST] < self.told_of:
                self.told_of = int(state.number[BEST])
                if self.told is not None:
                    self.told(self.told_of, self.turns, state.best_mode.copy(), state.best_order.copy())
