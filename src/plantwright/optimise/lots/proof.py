"""The proof of a bound, beside the search for a plan or after it."""

from __future__ import annotations

import threading
import time

from plantwright.optimise.lots.model import LotModel
from plantwright.optimise.lots.periods import suits
from plantwright.optimise.lots.tree import Tree
from plantwright.problems.lots import LotEffort


class Proof:
    """Grows the tree, where there is one for the problem."""

    def __init__(self, model: LotModel, effort: LotEffort, end: float) -> None:
        self.model, self.effort, self.end = model, effort, end
        self.bound = 0.0
        self.failure: BaseException | None = None
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._run, name="proof of lots", daemon=True)

    def start(self) -> None:
        """Begin beside the search."""
        self.thread.start()

    def finish(self) -> float:
        """The bound, once the effort is spent; begun now if it was not. [money]"""
        if self.thread.ident is None:
            self._run()
        else:
            self.thread.join()
        if self.failure is not None:
            raise self.failure
        return self.bound

    def stop(self) -> None:
        """End it; what it found so far is not asked for."""
        self.stopped.set()
        if self.thread.is_alive():
            self.thread.join()

    def _run(self) -> None:
        if not suits(self.model.problem):
            return
        try:
            tree = Tree(self.model, lambda: self.stopped.is_set() or time.monotonic() > self.end)
            tree.grow(self.effort.bound_nodes)
            self.bound = tree.bound
        except Exception as failure:  # told by finish(), in the thread that asked
            self.failure = failure
